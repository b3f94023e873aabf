"""Text that reaches over the edges of its page or its column, where nobody reads it: too wide, shifted, too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.joining import BREAK
from edition.printing.rules import OVERFULL
from edition.tei import parse

if TYPE_CHECKING:
    from weasyprint import Document, Page

_TOLERANCE = 0.5  # px
_HANGING = 2.0  # px that a line may be wider than its block, by the kerning of its last letter
_EACH = 5  # findings that are told one by one
_WORDS, _LENGTH = 5, 60  # words that are told, and characters of them
_LONG = 16  # characters of a word that may be too long for a line
_DIVIDE = (
    "put a soft hyphen (&#xAD;) where it may be divided, or a zero-width space (&#x200B;) where without a hyphen"
)
_LOOK = "look for widths and shifts in print.stylesheets, or enlarge print.page"


def over_the_edges(document: Document, sources: Sequence[parse.Document]) -> Iterator[Diagnostic]:
    """A finding for each of the first pages that have such text, with the first of it.

    It is told where the sources have it, if it has a word that is too long for a line.
    """
    found = ((number, next(_beyond(page), "")) for number, page in enumerate(document.pages, 1))
    for number, text in islice(((number, text) for number, text in found if text), _EACH):
        place = _place(max(text.split(), key=len), sources)
        shown = text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
        yield OVERFULL.finding(
            f"{shown!r} reaches over the edge of {'its line on ' if place else ''}page {number}",
            place or Location(CONFIG_NAME),
            hint=_DIVIDE if place else _LOOK,
        )


def _beyond(page: Page) -> Iterator[str]:
    """The words that lie outside a page or a block. WeasyPrint does not publish its boxes; there is no other way."""
    from weasyprint.formatting_structure import boxes

    for box in page._page_box.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox) and box.text.strip():
            right, bottom = box.position_x + box.width, box.position_y + box.height
            over = max(-box.position_x, -box.position_y, right - page.width, bottom - page.height)
            if over > _TOLERANCE:
                yield _told(box.text)
        elif isinstance(box, boxes.BlockContainerBox):
            lines = (line for line in box.children if isinstance(line, boxes.LineBox))
            words = (max(_text(line).split(), key=len, default="") for line in lines if _is_wider(line, box))
            yield from (_told(word) for word in words if len(word) >= _LONG)


def _is_wider(line: Any, block: Any) -> bool:
    return bool(line.width > block.width + _HANGING)


def _text(line: Any) -> str:
    from weasyprint.formatting_structure import boxes

    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


def _told(text: str) -> str:
    return " ".join(text.replace(BREAK, "").split()[:_WORDS])


def _place(word: str, sources: Sequence[parse.Document]) -> Location | None:
    """The first line of a source that has a long word, however it is written there."""
    if len(word) < _LONG:
        return None
    for source in sources:
        text = unescape(source.file.read_text("utf-8", errors="replace"))
        at = text.find(word)
        if at >= 0:
            return Location(source.path, text.count("\n", 0, at) + 1)
    return None
