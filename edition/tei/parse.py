"""Reading XML that nobody vouches for: no network, no entities, no other files, bounded size and depth.

Malformed XML is a finding, not a failure: `read` returns a Document whose `root` is None and whose findings
say what is wrong. A file that cannot be opened at all is an EditionError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from edition import files
from edition.diagnostics import Diagnostic
from edition.tei.malformed import explain, misdeclared, unresolved

MAX_BYTES = 512 * 1024 * 1024
_XML = files.Kind("an XML file", MAX_BYTES, "split the text into several files")
_PIECE = 64 * 1024  # bytes that are parsed at once where elements are taken as they come
_LARGE_PIECE = 1024**2  # bytes that are parsed at once where everything is

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
    parser = _parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        log, parser = parser.error_log, _parser(recover=True)
        if not _is_of_namespaces(log):
            return Document(path, file, None, tuple(explain(data, path, parser)))
        root = etree.fromstring(data, parser)
    wrong = misdeclared(data, path)
    found = (wrong,) if wrong else tuple(unresolved(root, parser.error_log, path))
    return Document(path, file, None if found else root, found)


def _is_of_namespaces(log: etree._ListErrorLog) -> bool:
    """libxml2 wants URIs for names of namespaces; XML wants words (Namespaces in XML 1.0, section 2.3)."""
    said = [entry.type for entry in log]
    return bool(said) and all(kind == etree.ErrorTypes.WAR_NS_URI for kind in said)


class WholeError(Exception):
    """A file that must be seen whole: it is not well-formed, or has a DOCTYPE, whose entities may be anywhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What was read of a document and not yet let go: `root`, and the way down to where the reading is.

    Its first `begun` elements were in the pieces before. Of the last there is more to come, unless this `is_last`.
    """

    root: etree._Element
    begun: int
    is_last: bool

    @property
    def elements(self) -> list[etree._Element]:
        """The elements that begin in this piece, with all their attributes; each is in one piece."""
        elements = list(self.root.iter(etree.Element))
        return elements[self.begun :] if self.is_last else elements[self.begun : -1]


def in_pieces(data: bytes) -> Iterator[Piece]:
    """The same, never with more of the tree in memory than one piece and the elements around it.

    Raises WholeError, perhaps after many pieces, for a file of which `parsed` would have more to tell.
    """
    if misdeclared(data, ""):
        raise WholeError
    root, begun, last = None, 0, None
    try:
        parser = _pulling("start", _root_name(data))
        for start in range(0, len(data), _LARGE_PIECE):
            parser.feed(data[start : start + _LARGE_PIECE])
            for _, element in parser.read_events():
                root = element if root is None else root
            if root is None:
                continue
            if _has_doctype(root):
                raise WholeError
            if _way_down(root)[-1] is not last:  # else this is all comments, or one text
                yield Piece(root, begun, is_last=False)
                begun, last = _let_go(_way_down(root))
        yield Piece(parser.close(), begun, is_last=True)
    except etree.XMLSyntaxError as error:
        raise WholeError from error


def _root_name(data: bytes) -> str:
    """Events are asked for of this name alone: they are how the tree of a file that is being read is to be had."""
    parser = _pulling("start")
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        for _, element in parser.read_events():
            return str(element.tag)
    raise WholeError


def _way_down(root: etree._Element) -> list[etree._Element]:
    """The elements from the root to where the reading is: each the last of the one before."""
    way = [root]
    while (last := next(way[-1].iterchildren(etree.Element, reversed=True), None)) is not None:
        way.append(last)
    return way


def _let_go(way: list[etree._Element]) -> tuple[int, etree._Element]:
    """Take away what was read whole, and give the last element, which stays, and how many are around it.

    What stands after it may still grow, and is left as it is.
    """
    for element, inner in pairwise(way):
        del element[: element.index(inner)]
        element.text = None
    return len(way) - 1, way[-1]


def in_parts(data: bytes, file: Path, path: str, take: dict[str, Take]) -> Document | None:
    """The same, where `take` is called with each element of a name as soon as the whole of it has been read.

    It may take away what the element holds and what stands before it, so that no large tree grows. None for a file
    that must be seen whole: one that is not well-formed, or that has entities, which may be anywhere.
    """
    parser = _pulling("end", *take)
    try:
        for element in _complete(data, parser):
            if _has_doctype(element) and any(unresolved(element, (), path)):
                return None
            take[str(element.tag)](element)
        root = parser.close()
    except etree.XMLSyntaxError:
        return None
    wrong = misdeclared(data, path)
    if any(unresolved(root, parser.feed_error_log, path)):
        return None
    return Document(path, file, None if wrong else root, (wrong,) if wrong else ())


def _pulling(event: Literal["start", "end"], *names: str) -> etree.XMLPullParser:
    parser = etree.XMLPullParser((event,), tag=names or None, **_OPTIONS)
    parser.resolvers.add(_Nothing())
    return parser


def _complete(data: bytes, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        yield from (element for _, element in parser.read_events())


def _has_doctype(element: etree._Element) -> bool:
    return element.getroottree().docinfo.internalDTD is not None


def read_bytes(file: Path, path: str) -> bytes:
    """What an XML file holds. Raises EditionError for what is no regular file, and for more than MAX_BYTES."""
    return files.read_bytes(file, path, _XML)


class _Nothing(etree.Resolver):
    """Whatever a DOCTYPE names is empty: with collect_ids=False libxml2 loads external DTDs, load_dtd or not."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        return self.resolve_string("<!-- -->", context)


# collect_ids=False: a duplicate xml:id is a finding with both places, not a fatal error.
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "collect_ids": False,
}


def _parser(*, recover: bool = False) -> etree.XMLParser:
    parser: etree.XMLParser = etree.XMLParser(recover=recover, **_OPTIONS)
    parser.resolvers.add(_Nothing())
    return parser
