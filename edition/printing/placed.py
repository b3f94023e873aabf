"""Where things came to stand in a document that was set: its lines, and each element that has an id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import Document


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it was set: its bottom and its base line, in px from the top of the page, and its text."""

    bottom: float
    text: str
    baseline: float


def lines(document: Document) -> dict[str, list[SetLine]]:
    """The lines of each element that has an id, or states in `data-of` that of the block that it is of.

    WeasyPrint does not publish its boxes; there is no other way.
    """
    from weasyprint.formatting_structure import boxes

    found: dict[str, list[SetLine]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            name = isinstance(box, boxes.LineBox) and box.element is not None and _name(box.element)
            if name:
                text = "".join(
                    part.text for part in box.descendants() if isinstance(part, boxes.TextBox) and not _is_added(part)
                )
                line = SetLine(box.position_y + box.height, text, box.position_y + box.baseline)
                found.setdefault(name, []).append(line)
    return found


def _name(element: Any) -> str:
    return str(element.get("id") or element.get("data-of") or "")


def _is_added(box: Any) -> bool:
    """Whether text is none of the block's own: the call of a note, its label, or made by a style."""
    return "::" in box.element_tag or bool({"call", "label"} & set((box.element.get("class") or "").split()))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element came to stand: its first page from 0, top and bottom there in px, and its last page."""

    page: int
    top: float
    bottom: float
    last_page: int


NOWHERE = Place(0, 0.0, 0.0, 0)  # of what a stylesheet hides


def anchors(document: Document) -> dict[str, Place]:
    """The place of each element that has an id."""
    found: dict[str, Place] = {}
    for number, page in enumerate(document.pages):
        for name, (_, top, _, bottom) in page.anchors.items():
            found[name] = (
                replace(found[name], last_page=number) if name in found else Place(number, top, bottom, number)
            )
    return found
