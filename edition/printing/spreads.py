"""Both texts in step, on facing pages or in columns of one page: each row of both at the same height.

Both texts are measured, a row takes the larger height of its two sides, spreads are packed, and each page of a
spread is set with these heights and page ends; facing pages are two documents, put together in turn. What came out is
measured again and compared. A text that stands alone is set in the same way, without the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic
from edition.printing.blocks import Block
from edition.printing.inline import leaves, names
from edition.printing.markup import Labels, block_html, column, document_html, notes_html, number_notes, spoken
from edition.printing.measuring import Measures, measure
from edition.printing.packing import (
    ABOVE_NOTES,
    BETWEEN_SERIES,
    Piece,
    Spread,
    body_height,
    gap,
    notes_height,
    pack,
)
from edition.printing.placed import NOWHERE, Place, anchors
from edition.printing.press import Press, numbered
from edition.printing.rows import Row
from edition.printing.rules import OUT_OF_STEP, OVERFULL
from edition.printing.setting import Face, Heading, Layout, Texts
from edition.printing.widths import with_columns

if TYPE_CHECKING:
    from weasyprint import Document

_ABOVE_RULE = 11.0  # px of ABOVE_NOTES
TOLERANCE = 0.5  # px that two sides may begin apart and still be in step


def set_texts(press: Press, rows: Sequence[Row], layout: Layout, heading: Heading) -> Texts:
    """Set rows in a layout, from page `heading.first_page` on; of facing pages that is a left one."""
    rows, wide = with_columns(press, rows, layout, heading)
    measures = measure(press, rows, layout, heading)
    setter = _Setter(press, layout, heading, measures, pack(rows, measures))
    faces = [setter.set(face) for face in layout]
    lengths = [setter.lengths(document) for document in faces]
    if lengths[0] != lengths[-1]:
        missing = (_missing(lengths[at], lengths[1 - at]) for at in (0, 1))
        faces = [setter.set(face, lacking) for face, lacking in zip(layout, missing, strict=True)]
    places = [anchors(document) for document in faces]
    drift, apart = setter.apart(places)
    return Texts(
        documents=tuple(faces),
        pages=[page for spread in zip(*(document.pages for document in faces), strict=False) for page in spread],
        named=setter.named(places),
        findings=(*wide, *apart, *setter.overfull(places)),
        drift=drift,
    )


def _missing(own: Sequence[int], other: Sequence[int]) -> dict[int, int]:
    """How many pages each spread lacks to be as long as the same spread of the other text."""
    return {number: max(0, more - less) for number, (less, more) in enumerate(zip(own, other, strict=True))}


@dataclass(frozen=True)
class _Setter:
    """Sets one page of all spreads after the other as they were packed, and looks at what came of it."""

    press: Press
    layout: Layout
    heading: Heading
    measures: Measures
    spreads: Sequence[Spread]

    @cached_property
    def labels(self) -> Labels:
        """Letters begin anew on each page; numbers run through both texts in the order of the pages."""
        return number_notes(
            [note for piece in spread.pieces for note in piece.called(face.sides)]
            for spread in self.spreads
            for face in self.layout
        )

    @cached_property
    def leaves(self) -> list[str]:
        """What each running head says of the leaves of the original that the page shows."""
        current, said = "", []
        for spread in self.spreads:
            blocks = [block for piece in spread.pieces for block in piece.row.original]
            begun = [leaf for block in blocks for leaf in leaves(block.html)]
            at_top = bool(begun) and blocks[0].html.startswith('<span class="stroke"')
            first = begun[0] if begun and (at_top or not current) else current
            current = begun[-1] if begun else current
            words = self.heading.words
            several = (
                words.of("leaves", first=first, last=current) if first != current else words.of("leaf", leaf=current)
            )
            said.append(several if current else "")
        return said

    def set(self, face: Face, missing: Mapping[int, int] | None = None) -> Document:
        """One page of each spread, and after some so many empty ones, `missing`, to keep up with the other."""
        sections: list[str] = []
        for number in range(len(self.spreads)):
            sections.append(self._page(number, face))
            sections += ['<section class="page"><p></p></section>'] * (missing or {}).get(number, 0)
        at, several = self.layout.index(face), len(self.layout)
        self.press.say(f"setting text {at + 1} of {several} on {len(self.spreads)} pages")
        page = self.heading.first_page + at
        first = numbered(page) if several == 1 else f"@page :first {{ counter-reset: page {page - several} }}"
        return self.press.set(document_html("".join(sections), self.heading), face.style, first)

    def _page(self, number: int, face: Face) -> str:
        pieces = self.spreads[number].pieces
        body = "".join(column(self._text(pieces, side), face, side) for side in face.sides)
        if len(face.sides) > 1:  # columns are out of the flow
            body = f'<div class="columns" style="height: {body_height(pieces):.3f}px">{body}</div>'
        notes = [note for piece in pieces for note in piece.notes(face.sides)]
        if notes:
            room = self.measures.capacity - body_height(pieces) - notes_height(pieces, face.sides, self.measures)
            space = f"margin-top: {max(room, 0) + _ABOVE_RULE:.3f}px; padding-top: {ABOVE_NOTES - _ABOVE_RULE:.3f}px"
            told = notes_html(notes, self.labels.of, BETWEEN_SERIES, self.heading.words)
            body += f'<aside class="notes" id="notes.{number}" style="{space}">{told}</aside>'
        shown = escape(self.leaves[number])
        return (
            f'<section class="{self._kind(number, face)}" id="page.{number}" data-leaves="{shown}">{body}</section>'
        )

    def _kind(self, number: int, face: Face) -> str:
        """A recto has the outer margin on its right; of columns each has its own on either page."""
        page = self.heading.first_page + number * len(self.layout) + self.layout.index(face)
        return "page recto" if page % 2 and len(face.sides) == 1 else "page"

    def _text(self, pieces: Sequence[Piece], side: int) -> str:
        """The rows of one side, and what stands in the margin beside them."""
        rows = (self._piece(piece, side, gap(pieces, piece)) for piece in pieces)
        return "".join((*rows, *self._margin(pieces, side)))

    def _margin(self, pieces: Sequence[Piece], side: int) -> Iterator[str]:
        """The numbers of turns and of every so many lines of a page. They stand beside the text and break no line."""
        top, count = 0.0, 0
        for piece in pieces:
            top += gap(pieces, piece)
            turns = {number: block for number, block in enumerate(piece.row.sides[side]) if block.turn}
            for line in piece.sides[side].lines:
                count += 1
                every = self.heading.line_numbers
                if (
                    every and count % every == 0 and top + line.baseline <= self.measures.capacity
                ):  # else it is told as too much
                    yield _beside("line-number", top + line.baseline, str(count))
                if self.heading.turn_numbers and line.block in turns:
                    yield self._turn_number(turns.pop(line.block), top + line.baseline)
            top += piece.height

    def _turn_number(self, block: Block, baseline: float) -> str:
        """The number of the turn that a block begins, which is heard before it."""
        heard = spoken("turn", self.heading.words, turn=escape(block.turn))
        return _beside("turn-number", baseline, block.turn, f' data-block="{block.id}" {heard}')

    def _piece(self, piece: Piece, side: int, above: float) -> str:
        if not piece.has_text:
            return ""
        blocks = "".join(block_html(block, self.labels.of, self.heading.words) for block in piece.row.sides[side])
        height = f"padding-top: {above:.3f}px; min-height: {piece.height:.3f}px"
        return f'<div class="row" id="{_name(piece, side)}" style="{height}">{blocks}</div>'

    def lengths(self, document: Document) -> list[int]:
        """How many pages each spread really takes of a text: one, unless something does not fit."""
        places = anchors(document)
        pages = [places.get(f"page.{number}", NOWHERE) for number in range(len(self.spreads))]
        return [1 + page.last_page - page.page for page in pages]

    def named(self, places: Sequence[Mapping[str, Place]]) -> dict[str, list[int]]:
        """The pages on which each key is named, in a text or its notes, and on which each block stands."""
        found: dict[str, list[int]] = {}
        for number, spread in enumerate(self.spreads):
            for at, (face, place) in enumerate(zip(self.layout, places, strict=True)):
                page = self.heading.first_page + at + len(self.layout) * place.get(f"page.{number}", NOWHERE).page
                for piece in spread.pieces:
                    blocks = [block for side in face.sides for block in piece.row.sides[side]]
                    told = [*(block.html for block in blocks), *(note.html for note in piece.notes(face.sides))]
                    for name in {*(block.id for block in blocks), *(name for html in told for name in names(html))}:
                        found.setdefault(name, []).append(page)
        return found

    def apart(self, places: Sequence[Mapping[str, Place]]) -> tuple[float | None, list[Diagnostic]]:
        """How far the sides of a row lie apart at most, in px, and the rows that are out of step."""
        of_side = [place for face, place in zip(self.layout, places, strict=True) for _ in face.sides]
        if len(of_side) == 1:
            return None, []
        drift, found = 0.0, []
        for piece in (piece for spread in self.spreads for piece in spread.pieces if piece.has_text):
            left, right = (place.get(_name(piece, side), NOWHERE) for side, place in enumerate(of_side))
            drift = max(drift, abs(left.top - right.top))
            if left.page != right.page or abs(left.top - right.top) > TOLERANCE or NOWHERE in (left, right):
                found.append(_out_of_step(piece, left, right))
        return drift, found

    def overfull(self, places: Sequence[Mapping[str, Place]]) -> list[Diagnostic]:
        """The pages that do not hold what they should."""
        return [
            _overfull(spread, face, self.measures.capacity)
            for number, spread in enumerate(self.spreads)
            for face, place in zip(self.layout, places, strict=True)
            if not self._holds(number, face, place)
        ]

    def _holds(self, number: int, face: Face, places: Mapping[str, Place]) -> bool:
        page, notes = places.get(f"page.{number}", NOWHERE), places.get(f"notes.{number}")
        end = page.top + self.measures.capacity if notes is None else notes.top
        rows = [piece for piece in self.spreads[number].pieces if piece.has_text][-1:]
        lasts = (places.get(_name(row, side), NOWHERE) for row in rows for side in face.sides)
        return page.page == page.last_page and all(last.bottom <= end + TOLERANCE for last in lasts)


def _beside(kind: str, baseline: float, number: str, more: str = "") -> str:
    """A number in the margin beside the line that stands so many px from the top of the page."""
    return f'<span class="{kind}" style="top: {baseline:.3f}px"{more}>{escape(number)}</span>'


def _name(piece: Piece, side: int) -> str:
    return f"row.{piece.number}.{piece.part}.{side}"


def _out_of_step(piece: Piece, left: Place, right: Place) -> Diagnostic:
    block = next(block for side in piece.row.sides for block in side)
    what = "begin on different spreads" if left.page != right.page else "begin at different heights"
    what = "are not both printed" if NOWHERE in (left, right) else what
    hint = "look for height, margin or padding of .row and .page in print.stylesheets"
    return OUT_OF_STEP.finding(f"original and translation of this {block.kind} {what}", block.location, hint=hint)


def _overfull(spread: Spread, face: Face, capacity: float) -> Diagnostic:
    blocks = [(block, piece) for piece in spread.pieces for side in piece.row.sides for block in side]
    row = next((block for block, piece in blocks if block.is_tabular and piece.height > capacity), None)
    if row is not None:
        hint = "make several rows of it, or enlarge print.page"
        return OVERFULL.finding("this row of a table is higher than its page", row.location, hint=hint)
    block, _ = blocks[0]
    page = f"the page of the {face.style}" if face.style in ("original", "translation") else "the page"
    return OVERFULL.finding(
        f"{page} that begins here does not hold its lines and notes",
        block.location,
        hint="enlarge print.page, shorten the note, or look for margins and fonts in print.stylesheets",
    )
