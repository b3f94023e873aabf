"""Reading XML that nobody vouches for: no network, no entities, no other files, bounded size and depth.

Malformed XML is a finding, not a failure: `read` returns a Document whose `root` is None and whose findings
say what is wrong. A file that cannot be opened at all is an EditionError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from edition import files
from edition.diagnostics import Diagnostic
from edition.tei.malformed import explain, misdeclared, unresolved

MAX_BYTES = 512 * 1024 * 1024
_XML = files.Kind("an XML file", MAX_BYTES, "split the text into several files")
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


def in_parts(data: bytes, file: Path, path: str, take: dict[str, Take]) -> Document | None:
    """What `parsed` gives, where `take` is called with each element of a name as soon as all of it has been read.

    It may take away what the element holds and what stands before it, so that no large tree grows. None for a file
    that must be seen whole: one that is not well-formed, or that has entities, which may be anywhere.
    """
    parser = etree.XMLPullParser(("end",), tag=tuple(take), **_OPTIONS)
    parser.resolvers.add(_Nothing())
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
