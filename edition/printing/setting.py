"""What a layout is told and what it gives back, whatever layout it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edition.diagnostics import Diagnostic

if TYPE_CHECKING:
    from weasyprint import Document


@dataclass(frozen=True, slots=True)
class Heading:
    """What running heads say: short title of the book, title of the part; its language, its first page's number."""

    book: str
    part: str
    language: str
    first_page: int = 1


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts as set: all pages in order, the number of the page each row begins on, and what is wrong.

    `drift` is how far, in px, the two sides of a row lie apart at most. The documents live as long as their pages.
    """

    documents: tuple[Document, ...]
    pages: list[Any]
    row_pages: tuple[int, ...]
    findings: tuple[Diagnostic, ...] = ()
    drift: float = 0.0
