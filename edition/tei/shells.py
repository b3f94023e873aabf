"""A large document of which only what matters is in its tree: of the elements that are sound there are shells.

A shell has its name and nothing else, but for an instruction that tells how many elements are in it, and where it was
written: it can be opened. White space between elements is left out. All else is as in the tree of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from edition.tei.parse import Document, parsed
from edition.tei.written import Written, escaped

Wanted = Callable[[str], bool]  # whether the element of a start tag is kept though it is sound

_TARGET = "left-out"  # a document as it was written has no instructions any more
_WITHIN = "within"


@dataclass(frozen=True, eq=False)
class Shells:
    """What the shells of a document leave out.

    `ids` are all of the document. `pairs` are as in its `remains`; it `is_valid` if only its pointers matter.
    """

    written: Written
    pairs: Counter[tuple[str, str]]
    ids: Collection[str]
    is_valid: bool

    def names(self, root: etree._Element) -> Counter[str]:
        """How often each element is in the document."""
        names = Counter((str(root.tag),))
        for (_, name), count in self.pairs.items():
            names[name] += count
        return names

    def open(self, element: etree._Element) -> None:
        """Put into a shell what was left out of it; nothing else is changed."""
        if not is_shell(element):
            return
        _, begin, end = _told(element)
        bindings = "".join(
            f' xmlns{f":{prefix}" if prefix else ""}="{escaped(uri)}"' for prefix, uri in element.nsmap.items()
        )
        body, first = self.written.body
        content = memoryview(body)[first + begin : first + end]
        written = b"".join((f"<{_WITHIN}{bindings}>".encode(), content, f"</{_WITHIN}>".encode()))
        root = parsed(written, Path(), "").root
        if root is not None:
            whole = root[0]
            element[:] = list(whole)
            element.text = whole.text
            element.attrib.update(whole.attrib)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a document whose sound elements have become shells: how that is written.

    `pairs` are the names of all elements of the document but its root, each after that of its parent. It `is_valid`
    if all of them were sound.
    """

    written: bytes
    pairs: Counter[tuple[str, str]]
    is_valid: bool


@dataclass(frozen=True)
class Sifted(Document):
    """A large document of which only what matters is in its tree, which has `shells`."""

    shells: Shells = field(kw_only=True)


def shells_of(document: Document) -> Shells | None:
    """The shells in the tree of a document, None for that of a whole one."""
    return document.shells if isinstance(document, Sifted) else None


def shell(name: str, elements: int, begin: int, end: int) -> str:
    """How a shell is written: `elements` are in it, and these bytes of the body hold it."""
    return f"<{name}><?{_TARGET} {elements} {begin} {end}?></{name}>"


def is_shell(element: etree._Element) -> bool:
    """Whether nothing of an element is there but its name."""
    return len(element) == 1 and isinstance(element[0], etree._ProcessingInstruction) and element[0].target == _TARGET


def numbered(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The elements that are there, with their numbers in the reading order of the whole document."""
    number = 0
    for element in root.iter(etree.Element):
        yield number, element
        number += 1 + (_told(element)[0] if is_shell(element) else 0)


def _told(element: etree._Element) -> tuple[int, int, int]:
    elements, begin, end = map(int, (element[0].text or "").split())
    return elements, begin, end
