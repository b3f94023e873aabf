"""XSD: of 1.0 the verdict by libxml2, the explanation by a walk of our own with what xmlschema read of the schema.

A schema of XSD 1.1 goes to `xsd_newer`.

Why three. libxml2 judges 100 KB in two milliseconds, but after the first misplaced child it passes over the rest of
that parent, names no nearest element, and knows no columns. xmlschema finds more, but tells its findings of the
parent and in its own words, and follow-on errors among them. So libxml2's verdict stands alone, and a file that it
accepts costs nothing more. Only for a file that it refuses is xmlschema imported, to read the schema (its groups,
derivations and simple types), and `explain` walks the file with that: linear in its size, since contents are
automata made on demand and values are judged once each. What libxml2 complains of and the walk does not is told in
libxml2's words, so that a refused file is never passed over in silence.

What libxml2 says of an xml:id that is used twice or is no name is left out: that is REF101, which names both places,
and REF102.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.schema import xsd_reading
from edition.schema.complaints import complaints, untold
from edition.schema.declarations import Declarations
from edition.schema.explain import explain
from edition.schema.faults import Fault
from edition.schema.files import SchemaFile
from edition.schema.findings import findings
from edition.schema.keys import Keys
from edition.schema.places import Spot
from edition.schema.rules import BAD_VALUE, NOT_VALID
from edition.schema.wording import quoted
from edition.schema.xsd_files import MAX_BYTES_SLOW, XSD, is_newer, mapped, may_have_ids, vet
from edition.tei.parse import Document, read_bytes

if TYPE_CHECKING:
    from xml.etree import ElementTree

    from xmlschema import XMLSchemaBase

    from edition.schema.languages import Schema


def load(file: Path, path: str) -> Schema:
    """The schema in `file`, which messages call `path`.

    Files that it brings in are taken from its folder and, where `path` leads to it from there, the edition's.
    Raises EditionError, naming the place in the schema, when it cannot be read or is no schema.
    """
    files = vet(file, path)
    if is_newer(files):
        from edition.schema import xsd_newer

        return xsd_newer.load(files, path)
    try:
        return XsdSchema(files, path, etree.XMLSchema(_tree(files)))
    except etree.XMLSchemaParseError as error:
        wrong = [entry for entry in error.error_log if entry.level >= etree.ErrorLevels.ERROR]
        if wrong and all(entry.type_name == "SCHEMAP_NOT_DETERMINISTIC" for entry in wrong):
            return _judged_slowly(path, files, wrong)
        raise _broken(files, wrong) from error


def _tree(files: Sequence[SchemaFile]) -> etree._Element:
    """The schema's own file, whose parser opens the vetted ones and no others for whoever follows its includes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    parser.resolvers.add(_Vetted(files))
    return etree.fromstring(read_bytes(files[0].file, files[0].path), parser, base_url=str(files[0].file.resolve()))


class _Vetted(etree.Resolver):
    def __init__(self, files: Sequence[SchemaFile]) -> None:
        self._files = files

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        known = _file_of(system_url, self._files)
        if known is None:
            return self.resolve_string("", context)
        return self.resolve_filename(str(known.file.resolve()), context)  # the same name for the same file throughout


class XsdSchema:
    """A schema that was loaded. Without a `judge` xmlschema gives the verdict too."""

    def __init__(self, files: Sequence[SchemaFile], path: str, judge: etree.XMLSchema | None) -> None:
        """`files` are all that the schema is in, its own first."""
        self.path = path
        self._schema_files = files
        self._files = [each.file for each in files]
        self._mapped = mapped(files)
        self._judge = judge
        self._may_have_ids = may_have_ids(files)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Why a document is not valid, in reading order; nothing if it is. One that could not be parsed is passed.

        Raises EditionError for a document too large for the slow judge.
        """
        root = document.root
        if root is None:
            return
        if self._judge is None:
            yield from findings(document, self._slow_verdict(document, root))
        elif not self._judge.validate(root.getroottree()):
            yield from findings(document, self._faults(root, list(self._judge.error_log)))
        elif self._id_types:
            yield from findings(document, self._id_faults(root))

    def _faults(self, root: etree._Element, log: list[etree._LogEntry]) -> Iterator[Fault]:
        """What the walk found, then what only libxml2 saw; its words alone where xmlschema cannot read the schema."""
        heard = complaints(root, log)
        refused = frozenset(
            (each.element, each.attribute)
            for each in heard
            if each.rule is BAD_VALUE and self._id_types.get((str(each.element.tag), each.attribute)) != "ID"
        )
        walked = [] if self.declarations is None else list(explain(self.declarations, root, refused))
        walked += self._id_faults(root)
        yield from walked
        yield from untold(heard, walked, Keys(self._schema_files))
        if not walked and not log:
            yield Fault(NOT_VALID, Spot(root), "the file is not valid, and libxml2 does not say why")

    def _id_faults(self, root: etree._Element) -> Sequence[Fault]:
        if not self._id_types:
            return []
        from edition.schema.relaxng.ids import id_faults  # with all of RELAX NG

        return list(id_faults(root, self._id_types))

    def _slow_verdict(self, document: Document, root: etree._Element) -> Iterator[Fault]:
        if document.file.stat().st_size > MAX_BYTES_SLOW:
            raise EditionError(
                f"{document.path}: too large for this schema: {self.path} is ambiguous, and takes minutes to check",
                advice=f"make {self.path} unambiguous (XSD part 1, 3.8.6), or split the file",
            )
        refused = next(self._reading.iter_errors(cast("ElementTree.Element", root)), None)
        if refused is None:
            return
        faults = [] if self.declarations is None else list(explain(self.declarations, root))
        yield from faults or [Fault(NOT_VALID, Spot(root), str(refused.reason))]

    @cached_property
    def _reading(self) -> XMLSchemaBase:
        if self._judge is None:  # no verdict rests on what was kept
            return xsd_reading.build(self._files[0], self._mapped, strict=True)
        from edition.schema import xsd_keeping

        return xsd_keeping.build(self._files, self._mapped)

    @cached_property
    def _id_types(self) -> Mapping[tuple[str, str], str]:
        """libxml2 looks for no element that an IDREF names, and calls a second ID of one name a bad value."""
        if self._may_have_ids:
            with contextlib.suppress(xsd_reading.CannotReadError):
                return xsd_reading.id_types(self._reading)
        return {}

    @cached_property
    def declarations(self) -> Declarations | None:
        """What the schema declares, for explanations; None where xmlschema cannot read it."""
        try:
            return xsd_reading.read(self._reading)
        except xsd_reading.CannotReadError:
            return None


def _judged_slowly(path: str, files: Sequence[SchemaFile], wrong: Sequence[etree._LogEntry]) -> XsdSchema:
    """libxml2 finds some sound schemas ambiguous, such as `a{2}, (b | a)`; where xmlschema does not, it judges."""
    schema = XsdSchema(files, path, None)
    if schema.declarations is None:
        raise _broken(files, wrong)
    for pattern in (pattern for each in files for pattern in each.root.iter(f"{XSD}pattern")):
        regex = pattern.get("value", "")
        if xsd_reading.may_run_away(regex):
            raise EditionError(
                f"{path}: the schema has ambiguous contents, and matching {quoted(regex)} can take for ever",
                advice="take the ambiguity away, or write the pattern without a group that is repeated",
            )
    return schema


def _broken(files: Sequence[SchemaFile], wrong: Sequence[etree._LogEntry]) -> EditionError:
    if not wrong:
        return EditionError(f"{files[0].path}: the schema is broken, and libxml2 does not say why")
    entry = wrong[0]
    place = _file_of(entry.filename, files) or files[0]
    message = re.sub(r"\{http://www.w3.org/2001/XMLSchema\}", "xs:", entry.message).strip().removesuffix(".")
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return EditionError(f"{place.path}:{entry.line}: the schema is broken: {message}{more}")


def _file_of(url: str | None, files: Sequence[SchemaFile]) -> SchemaFile | None:
    """The file that libxml2 speaks of: it knows them by their places on the disk, with or without percent signs.

    Those that a catalog has it knows by their addresses until they are opened.
    """
    names = [name for name in (url or "", unquote(url or "")) if name and "\0" not in name]
    known = mapped(files)
    places = {known.get(name) or Path(name).resolve() for name in names}
    return next((known for known in files if known.file.resolve() in places), None)
