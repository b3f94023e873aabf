"""The layouts, and what a layout is told and gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edition.diagnostics import Diagnostic
from edition.printing.words import ENGLISH, Words

if TYPE_CHECKING:
    from weasyprint import Document


@dataclass(frozen=True, slots=True)
class Face:
    """A page of a spread: its style, and which sides of the rows stand on it, 0 the original, 1 the translation."""

    style: str
    sides: tuple[int, ...]


Layout = tuple[Face, ...]  # the pages of a spread

FACING: Layout = (Face("original", (0,)), Face("translation", (1,)))
COLUMNS: Layout = (Face("columns", (0, 1)),)
SINGLE: Layout = (Face("single", (0,)),)


@dataclass(frozen=True, slots=True)
class Heading:
    """What is around a text: short title of the book, title of the part, words, number of the first page.

    Every so many lines of a page have a number as `line_numbers` says; none if it is 0. With `turn_numbers` each turn
    has its number beside its first line.
    """

    book: str
    part: str
    words: Words = ENGLISH
    first_page: int = 1
    line_numbers: int = 0
    turn_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts as set: all pages in order, and what is wrong.

    `named` has the numbers of the pages on which each key of a person, place or other is named, in text or notes, and
    each block stands, by its id. `drift` is how far, in px, the two sides of a row lie apart at most; None of a text
    that stands alone. The documents live as long as their pages are used.
    """

    documents: tuple[Document, ...]
    pages: list[Any]
    named: Mapping[str, Sequence[int]]
    findings: tuple[Diagnostic, ...] = ()
    drift: float | None = None

    def summary(self, rows: int) -> str:
        """How many rows stand on how many pages, and whether they are in step."""
        if self.drift is None:
            return f"{rows} paragraphs on {len(self.pages)} pages"
        several = len(self.documents)
        where = f"{len(self.pages) // several} spreads" if several > 1 else f"{len(self.pages)} pages"
        return f"{rows} rows on {where}, at most {self.drift * 0.75:.2f} pt out of step"


def in_sequence(parts: Sequence[Texts]) -> Texts:
    """Texts that were set one after the other, as one."""
    named: dict[str, list[int]] = {}
    for part in parts:
        for key, pages in part.named.items():
            named.setdefault(key, []).extend(pages)
    return Texts(
        documents=tuple(document for part in parts for document in part.documents),
        pages=[page for part in parts for page in part.pages],
        named=named,
        findings=tuple(found for part in parts for found in part.findings),
    )
