"""The bookmarks: the parts of the book, and each text with all its heads below it, though its pages alternate.

WeasyPrint makes them in the order of pages, where a head of the translation comes after the one that it faces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from edition.printing.placed import anchors

if TYPE_CHECKING:
    from weasyprint import Document

_Target: TypeAlias = tuple[int, float, float]  # page from 0, x, y
_Bookmark: TypeAlias = tuple[str, _Target, "list[_Bookmark]", str]  # as WeasyPrint has them


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark: what it says, the id that it leads to, and how deep it stands, from 0."""

    title: str
    anchor: str
    depth: int = 0


def outline(document: Document, entries: Sequence[Entry]) -> Callable[..., list[_Bookmark]]:
    """What makes the bookmarks of a document, in place of its own `make_bookmark_tree`. None leads nowhere."""
    places = anchors(document)
    heights = [page.height for page in document.pages]

    def tree(scale: float = 1, transform_pages: bool = False) -> list[_Bookmark]:
        root: list[_Bookmark] = []
        above: list[tuple[int, list[_Bookmark]]] = [(-1, root)]
        for entry in (entry for entry in entries if entry.anchor in places):
            place = places[entry.anchor]
            top = heights[place.page] - place.top if transform_pages else place.top  # a PDF counts from the bottom
            while above[-1][0] >= entry.depth:
                above.pop()
            below: list[_Bookmark] = []
            above[-1][1].append((entry.title, (place.page, 0.0, top * scale), below, "open"))
            above.append((entry.depth, below))
        return root

    return tree
