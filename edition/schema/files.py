"""The files of a schema, whatever language it is written in: only from its folder or the edition's, and bounded.

Nothing is fetched from the network, and nothing is opened that lies elsewhere.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from lxml import etree

from edition.errors import EditionError
from edition.schema.wording import quoted
from edition.tei.names import XML_NAMESPACE
from edition.tei.parse import read as read_xml

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
XML_BASE = f"{{{XML_NAMESPACE}}}base"
# Line and column, on elements that were made from a file that is no XML. The prefix xml is always there.
PLACE = f"{{{XML_NAMESPACE}}}place"
MAX_BYTES = 16 * 1024 * 1024  # of all files of a schema together; that of the whole of TEI has 2 MB
MAX_FILES = 200


@dataclass(frozen=True, eq=False)
class SchemaFile:
    """One file of a schema: what messages call it, where it lies, and its root element.

    `addresses` are those of the web that it names, and the files that catalogs have for them.
    """

    path: str
    file: Path
    root: etree._Element
    addresses: dict[str, Path] = field(default_factory=dict)


def place_of(path: str, element: etree._Element) -> str:
    """Where an element of a schema was written, as messages say it."""
    return f"{path}:{element.get(PLACE) or element.sourceline}"


def read_root(file: Path, path: str) -> etree._Element:
    """The root of a schema in XML. Raises EditionError, with the place, for what is none."""
    document = read_xml(file, path)
    if document.root is None:
        wrong = document.findings[0]
        raise EditionError(f"{wrong.location}: the schema is not sound XML: {wrong.message}", advice=wrong.hint)
    return document.root


@dataclass(frozen=True, slots=True)
class Form:
    """How a schema language begins: what it is called, its root elements, and advice for who begins otherwise.

    `read` are the ways to read files whose suffixes say that they are no XML. Where paths are `based`, the language
    reads them from what xml:base says; of the others it is not known.
    """

    name: str
    roots: frozenset[str]
    advice: str
    read: Mapping[str, Callable[[Path, str], etree._Element]] = field(default_factory=dict)
    based: bool = False


Find = Callable[[str], Path | None]  # the file of this machine that catalogs name for an address

_find: ContextVar[Find] = ContextVar("find", default=lambda address: None)


@contextlib.contextmanager
def finding_by(find: Find) -> Iterator[None]:
    """Have the schemas that are loaded meanwhile look up what they want from the web."""
    before = _find.set(find)
    try:
        yield
    finally:
        _find.reset(before)


def based(reference: etree._Element, location: str) -> str:
    """A location as it is meant from the folder of its file, by the bases around it (XML Base, 4; RELAX NG, 4.5)."""
    base = ""
    for node in reversed((reference, *reference.iterancestors())):
        base = _joined(base, node.get(XML_BASE, ""))
    return _joined(base, location)


def _joined(base: str, location: str) -> str:
    """As RFC 3986, 5.2, has it, but that a path may lead up further than its base is deep."""
    if not location or _ADDRESS.match(location):
        return location or base
    if _ADDRESS.match(base):
        return urljoin(base, location)
    joined = posixpath.join(posixpath.dirname(base), location)
    return posixpath.normpath(joined) + "/" * joined.endswith("/") if base else location


@dataclass
class Files:
    """What has been read so far. `folders` are those that a schema may take files from."""

    form: Form
    folders: tuple[Path, ...]
    read: dict[Path, SchemaFile] = field(default_factory=dict)
    size: int = 0
    find: Find = field(default_factory=_find.get)

    @classmethod
    def of(cls, form: Form, file: Path, path: str) -> Files:
        """For a schema in `file`: its folder, and the edition's if `path` leads from there to the file."""
        own, parts = file.resolve(), PurePosixPath(path).parts
        if not PurePosixPath(path).is_absolute() and own.parts[-len(parts) :] == parts:
            return cls(form, (own.parent, own.parents[len(parts) - 1]))
        return cls(form, (own.parent,))

    def add(self, file: Path, path: str, suffix: str = "") -> SchemaFile:
        """Read one file, as its suffix or `suffix` says. Raises EditionError, with the place, also for its size."""
        suffix = suffix or PurePosixPath(path).suffix
        root = self.form.read.get(suffix.lower(), read_root)(file, path)
        self.size += file.stat().st_size
        if self.size > MAX_BYTES or len(self.read) >= MAX_FILES:
            raise EditionError(
                f"{path}: the schema is larger than {MAX_BYTES // 1024**2} MiB or {MAX_FILES} files",
                advice="use a schema for what this edition needs",
            )
        if root.tag not in self.form.roots:
            begin = etree.QName(root).localname
            raise EditionError(
                f"{place_of(path, root)}: not {self.form.name}: it begins with <{begin}>",
                advice=self.form.advice,
            )
        found = SchemaFile(path, file, root)
        self.read[file.resolve()] = found
        return found

    def follow(self, including: SchemaFile, reference: etree._Element, attribute: str) -> SchemaFile:
        """The file that an attribute of an element refers to, read once. Raises EditionError."""
        location = based(reference, reference.get(attribute, ""))
        file = self._target(including, reference, attribute)
        known = self.read.get(file.resolve())
        path = posixpath.normpath(posixpath.join(posixpath.dirname(including.path), location))
        path = file.as_posix() if _ADDRESS.match(location) else path
        return known or self.add(file, path)

    def _target(self, including: SchemaFile, reference: etree._Element, attribute: str) -> Path:
        written = reference.get(attribute, "")
        location = based(reference, written)
        place = place_of(including.path, reference)
        if location != written and not self.form.based:
            raise EditionError(f"{place}: the schema uses xml:base", advice="write paths from the file's own folder")
        if _ADDRESS.match(location):
            mapped = self.find(location)
            if mapped is not None and mapped.is_file():
                self.folders = (*self.folders, mapped.resolve().parent)  # the user's own catalog leads there
                including.addresses[written] = mapped
                return mapped
            name = PurePosixPath(location).name or "x.xml"
            raise EditionError(
                f"{place}: the schema wants {quoted(location)} from elsewhere, and nothing comes from the network",
                advice=f'save it beside the schema and write {attribute}="{name}", or give a catalog that has it',
            )
        targets = [including.file.parent / each for each in (location, unquote(location)) if "\0" not in each]
        for target in targets:
            if not any(target.resolve().is_relative_to(folder) for folder in self.folders):
                raise EditionError(
                    f"{place}: the schema wants {quoted(location)}, which lies outside its folder and the edition's",
                    advice="put the file into the schema's folder",
                )
        found = next((target for target in targets if target.is_file()), None)
        if found is None:
            raise EditionError(
                f"{place}: the schema wants {quoted(location)}, and there is no such file",
                advice="check the path, or put the file there",
            )
        return found
