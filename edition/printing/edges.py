"""Text that reaches over the edges of its page, where nobody reads it: too wide, shifted, or too much of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.rules import OVERFULL

if TYPE_CHECKING:
    from weasyprint import Document, Page

_TOLERANCE = 0.5  # px
_EACH = 5  # findings that are told one by one


def over_the_edges(document: Document) -> Iterator[Diagnostic]:
    """A finding for each of the first pages that have such text, with the first of it."""
    found = ((number, next(_beyond(page), "")) for number, page in enumerate(document.pages, 1))
    for number, text in islice(((number, text) for number, text in found if text), _EACH):
        yield OVERFULL.finding(
            f"{text!r} reaches over the edge of page {number}",
            Location(CONFIG_NAME),
            hint="look for widths and shifts in print.stylesheets, or enlarge print.page",
        )


def _beyond(page: Page) -> Iterator[str]:
    """The words that lie outside a page. WeasyPrint does not publish its boxes; there is no other way."""
    from weasyprint.formatting_structure import boxes

    for box in page._page_box.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox) and (words := box.text.split()):
            right, bottom = box.position_x + box.width, box.position_y + box.height
            over = max(-box.position_x, -box.position_y, right - page.width, bottom - page.height)
            if over > _TOLERANCE:
                yield " ".join(words[:5])
