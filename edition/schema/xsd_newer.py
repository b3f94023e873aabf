"""XSD 1.1, which libxml2 does not know: the verdict by xmlschema, and an assertion that fails in its own words.

What is wrong beside assertions is explained as for XSD 1.0, unless the schema has what the walk does not know: types
that depend on attributes, and contents that are open. An assertion sees its element and nothing else (part 1,
3.13.4); what would have it open files, or match for ever, is refused with the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.schema import xsd_reading
from edition.schema.declarations import Declarations
from edition.schema.explain import explain
from edition.schema.faults import Fault
from edition.schema.files import SchemaFile
from edition.schema.findings import findings
from edition.schema.places import Spot
from edition.schema.rules import NOT_VALID
from edition.schema.wording import quoted
from edition.schema.xsd_files import MAX_BYTES_SLOW, XSD, mapped
from edition.tei.parse import Document

if TYPE_CHECKING:
    from xml.etree import ElementTree

    from xmlschema import XMLSchemaBase, XMLSchemaValidationError

_ASSERTING = (f"{XSD}assert", f"{XSD}assertion", f"{XSD}alternative")
_UNKNOWN_TO_THE_WALK = (f"{XSD}alternative", f"{XSD}openContent", f"{XSD}defaultOpenContent")
_MOST_ERRORS = 1_000  # of one file; xmlschema goes on for ever in a file that has nothing to do with the schema
_OPENING = re.compile(r"\b(?:doc|doc-available|collection)\s*\(")
_MATCHING = re.compile(r"\b(?:matches|replace|tokenize)\s*\(")
# Of a call, the pattern: its second argument, if that is a string.
_PATTERN = re.compile(r"""\b(?:matches|replace|tokenize)\s*\((?:[^()'",]|\([^()]*\))*,\s*("[^"]*"|'[^']*')\s*[,)]""")


def load(files: Sequence[SchemaFile], path: str) -> NewerXsdSchema:
    """The schema whose own file is the first. Raises EditionError, with the place, for a broken or unsafe one."""
    for file in files:
        for node in file.root.iter(etree.Element):
            _refuse_unsafe(file, node)
    try:
        return NewerXsdSchema(
            files, path, xsd_reading.build(files[0].file, mapped(files), strict=True, version="1.1")
        )
    except xsd_reading.CannotReadError as error:
        raise _broken(files, error) from error


def _refuse_unsafe(file: SchemaFile, node: etree._Element) -> None:
    test = node.get("test", "") if node.tag in _ASSERTING else ""
    regexes = [found[1][1:-1] for found in _PATTERN.finditer(test)]
    if node.tag == f"{XSD}pattern":
        regexes.append(node.get("value", ""))
    place = f"{file.path}:{node.sourceline}"
    if _OPENING.search(test):
        raise EditionError(f"{place}: an assertion cannot open files", advice="let it look at its own element alone")
    runaway = next((regex for regex in regexes if xsd_reading.may_run_away(regex)), None)
    if runaway is not None:
        advice = "write the pattern without a group that is repeated"
        raise EditionError(f"{place}: matching {quoted(runaway)} can take for ever", advice=advice)
    if len(_MATCHING.findall(test)) > len(_PATTERN.findall(test)):
        raise EditionError(
            f"{place}: an assertion matches by a pattern that is not written in it",
            advice="write the pattern as a string: matches(@n, '[0-9]+')",
        )


class NewerXsdSchema:
    """A schema of XSD 1.1 that was loaded."""

    def __init__(self, files: Sequence[SchemaFile], path: str, judge: XMLSchemaBase) -> None:
        self.path = path
        self._judge = judge
        self._is_walkable = not any(True for file in files for _ in file.root.iter(*_UNKNOWN_TO_THE_WALK))

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Why a document is not valid, in reading order; nothing if it is. One that could not be parsed is passed.

        Raises EditionError for a document that is too large for xmlschema.
        """
        if document.root is None:
            return
        if document.file.stat().st_size > MAX_BYTES_SLOW:
            raise EditionError(
                f"{document.path}: too large for {self.path}: XSD 1.1 takes ten seconds a megabyte",
                advice="split the file, or write the schema in XSD 1.0 and its assertions in Schematron",
            )
        yield from findings(document, self._faults(document.root))

    def _faults(self, root: etree._Element) -> Iterator[Fault]:
        from xmlschema.validators import XsdAssert, XsdAssertionFacet

        said = self._judge.iter_errors(cast("ElementTree.Element", root))
        errors = list(islice(said, _MOST_ERRORS))
        asserted = [each for each in errors if isinstance(each.validator, (XsdAssert, XsdAssertionFacet))]
        others = [each for each in errors if each not in asserted]
        walked = list(explain(self._declarations, root)) if others and self._is_walkable else []
        told = walked or [Fault(NOT_VALID, _spot(each, root), _sentence(each.reason)) for each in others]
        yield from told
        wrong = {fault.spot.element for fault in told}  # what is asserted of these may only follow from that
        yield from (_failed(each, root) for each in asserted if _spot(each, root).element not in wrong)

    @cached_property
    def _declarations(self) -> Declarations:
        return xsd_reading.read(self._judge)


def _spot(error: XMLSchemaValidationError, root: etree._Element) -> Spot:
    return Spot(error.elem if isinstance(error.elem, etree._Element) else root)


def _sentence(reason: str | None) -> str:
    return " ".join((reason or "the file is not valid").split()).removesuffix(".")


def _failed(error: XMLSchemaValidationError, root: etree._Element) -> Fault:
    """What an assertion asks, and the schema's own words on it where there are some."""
    from xmlschema.validators import XsdAssertionFacet

    spot, assertion = _spot(error, root), error.validator
    test = " ".join(str(getattr(assertion, "path", "")).split())
    what = f"<{etree.QName(spot.element).localname}>"
    if isinstance(assertion, XsdAssertionFacet):
        what = f"{quoted(str(error.obj))} in {what}"
    note = xsd_reading.note_of(getattr(assertion, "annotation", None))
    return Fault(NOT_VALID, spot, f"{what} breaks an assertion of the schema", note or f"this must be true: {test}")


def _broken(files: Sequence[SchemaFile], error: xsd_reading.CannotReadError) -> EditionError:
    """xmlschema knows the file and the element, but not the line."""
    from xmlschema import XMLSchemaParseError

    cause = error.__cause__
    if not isinstance(cause, XMLSchemaParseError):
        return EditionError(f"{files[0].path}: the schema is broken: {_sentence(str(error))}")
    name = unquote(urlsplit(cause.schema_url or "").path)
    file = next((each for each in files if str(each.file.resolve()) == name), files[0])
    alike = (
        node.sourceline
        for node in file.root.iter(etree.Element)
        if cause.elem is not None and node.tag == cause.elem.tag and dict(node.attrib) == dict(cause.elem.attrib)
    )
    return EditionError(f"{file.path}:{next(alike, 1)}: the schema is broken: {_sentence(cause.message)}")
