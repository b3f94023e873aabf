"""Reading XML that nobody vouches for: no network, no other files, bounded size and depth.

Of entities, only those get their text whose DTD a catalog has (see `doctype`).

Malformed XML is a finding, not a failure: `read` returns a Document whose `root` is None and whose findings
say what is wrong. A file that cannot be opened at all is an EditionError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from edition import files
from edition.diagnostics import Diagnostic
from edition.tei import doctype, entities
from edition.tei.malformed import explain, misdeclared

MAX_BYTES = 512 * 1024 * 1024
_XML = files.Kind("an XML file", MAX_BYTES, "split the text into several files")
LARGE = 8 * 1024**2  # bytes of a file of which no tree is made in vain, and none of all of it if less is enough
_PIECE = 64 * 1024  # bytes that are parsed at once where elements are taken as they come

Take = Callable[[etree._Element], None]


@dataclass(frozen=True)
class Document:
    """A file as it was parsed. `path` is as messages name it, `file` where it lies; `root` is None if unreadable."""

    path: str
    file: Path
    root: etree._Element | None
    findings: tuple[Diagnostic, ...] = ()


def read(file: Path, path: str) -> Document:
    """Parse one file. Raises EditionError when it cannot be opened or is larger than MAX_BYTES."""
    return parsed(read_bytes(file, path), file, path)


def parsed(data: bytes, file: Path, path: str) -> Document:
    """What `data`, the bytes of a file, say."""
    if len(data) >= LARGE and not _may_have_tree(data):
        return Document(path, file, None, tuple(explain(data, path, _parser(recover=True, deaf=True))))
    root, log = _tree(data)
    if root is None:
        return Document(path, file, None, tuple(explain(data, path, _parser(recover=True))))
    wrong = misdeclared(data, path)
    if wrong:
        return Document(path, file, None, (wrong,))
    if entities.are_in(root, log):
        return _with_entities(data, Document(path, file, root), log)
    return Document(path, file, root)


def _with_entities(data: bytes, document: Document, log: etree._ListErrorLog) -> Document:
    """A file that has entities beside those of XML: with the text that the DTD gives them, if a catalog has it."""
    root, said = document.root, doctype.read(data, document.file)
    if root is None:
        return document
    if entities.may_be_put_in(root, log, said):
        places = list(entities.used(root, log))
        root, log = _tree(data, said.declarations)
        if root is None:
            return replace(document, root=None, findings=(entities.unfit(places, log, said, document.path),))
    found = tuple(entities.unresolved(root, log, said, document.path))
    return replace(document, root=None if found else root, findings=found)


def _tree(data: bytes, declarations: str = "") -> tuple[etree._Element | None, etree._ListErrorLog]:
    """The root, None for what is not well-formed, and what the parser has said."""
    parser = _parser(declarations)
    try:
        return etree.fromstring(data, parser), parser.error_log
    except etree.XMLSyntaxError:
        log, parser = parser.error_log, _parser(declarations, recover=True)
        return (etree.fromstring(data, parser), parser.error_log) if _is_of_namespaces(log) else (None, log)


def _may_have_tree(data: bytes) -> bool:
    """Whether a large file may be well-formed, found before a tree grows in vain, ten times as large as it."""
    parser = _parser(deaf=True)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # how deep elements may be nested is another number where there is no tree
        return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return True


def _is_of_namespaces(log: etree._ListErrorLog) -> bool:
    """libxml2 wants URIs for names of namespaces; XML wants words (Namespaces in XML 1.0, section 2.3)."""
    said = [entry.type for entry in log]
    return bool(said) and all(kind == etree.ErrorTypes.WAR_NS_URI for kind in said)


def in_parts(data: bytes, file: Path, path: str, take: dict[str, Take]) -> Document | None:
    """What `parsed` gives, where `take` is called with each element of a name as soon as all of it has been read.

    It may take away what the element holds and what stands before it, so that no large tree grows. None for a file
    that must be seen whole: one that is not well-formed, or that has entities, which may be anywhere.
    """
    parser = etree.XMLPullParser(("end",), tag=tuple(take), **_OPTIONS)
    parser.resolvers.add(_Instead(""))
    try:
        for element in _complete(data, parser):
            if _has_doctype(element) and entities.are_in(element, ()):
                return None
            take[str(element.tag)](element)
        root = parser.close()
    except etree.XMLSyntaxError:
        return None
    wrong = misdeclared(data, path)
    if entities.are_in(root, parser.feed_error_log):
        return None
    return Document(path, file, None if wrong else root, (wrong,) if wrong else ())


def _complete(data: bytes, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        yield from (element for _, element in parser.read_events())


def _has_doctype(element: etree._Element) -> bool:
    return element.getroottree().docinfo.internalDTD is not None


def read_bytes(file: Path, path: str) -> bytes:
    """What an XML file holds. Raises EditionError for what is no regular file, and for more than MAX_BYTES."""
    return files.read_bytes(file, path, _XML)


class _Deaf:
    """Takes nothing that a parser has to tell, so that it makes no tree and only looks for errors."""

    def close(self) -> None:
        """The end of the document, without which no parser takes a target."""


class _Instead(etree.Resolver):
    """What libxml2 gets in place of all that a DOCTYPE names: at first these declarations, then nothing.

    With collect_ids=False it asks for external DTDs, load_dtd or not.
    """

    def __init__(self, declarations: str) -> None:
        self._declarations = declarations

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        declarations, self._declarations = self._declarations, ""
        return self.resolve_string(declarations or "<!-- -->", context)


# collect_ids=False: a duplicate xml:id is a finding with both places, not a fatal error.
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "collect_ids": False,
}


def _parser(declarations: str = "", *, recover: bool = False, deaf: bool = False) -> etree.XMLParser:
    """With `declarations`, the entities that they declare are resolved. One that is `deaf` makes no tree."""
    options = _OPTIONS | {"resolve_entities": True} if declarations else _OPTIONS
    options = options | {"target": _Deaf()} if deaf else options
    parser: etree.XMLParser = etree.XMLParser(recover=recover, **options)
    parser.resolvers.add(_Instead(declarations))
    return parser
