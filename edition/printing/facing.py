"""Facing pages in step: original on verso, translation on recto, each row of both at the same height.

Both texts are first set on very tall pages, to learn how high each row and each note is. A row then takes the larger
height of its two sides, spreads are filled row by row as long as rows and notes fit on both pages, and each text is
set again with these heights and page ends. What came out is measured and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic
from edition.printing.markup import Labels, block_html, document_html, notes_html, number_notes, wide_label
from edition.printing.press import Place, Press, anchors
from edition.printing.rows import Row
from edition.printing.rules import OUT_OF_STEP, OVERFULL
from edition.printing.setting import Heading, Texts

if TYPE_CHECKING:
    from weasyprint import Document

SIDES = ("original", "translation")

# All in CSS px, 96 to the inch.
GAP = 6.0  # above a turn
ABOVE_NOTES = 12.0
BETWEEN_SERIES = 4.0
SLACK = 1.5  # what rounding may take from a page
TOLERANCE = 0.5  # how far apart two sides may begin and still be in step
_ROWS_PER_TALL_PAGE = 400
_TALL = "100000mm"


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights: of each row, the larger of its sides; of each note by id; and of what a page can hold."""

    rows: tuple[float, ...]
    notes: dict[str, float]
    capacity: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows that share a spread. A `long` one is higher than a page: its sides flow on over as many as they need."""

    rows: tuple[int, ...]
    long: bool = False


def set_facing(press: Press, rows: Sequence[Row], heading: Heading) -> Texts:
    """Set both texts on facing pages, the first of which has the even number `heading.first_page`."""
    measures = measure(press, rows, heading)
    spreads = pack(rows, measures)
    setter = _Setter(press, rows, heading, measures, spreads)
    sides = [setter.set(side) for side in (0, 1)]
    padding = [setter.missing_pages(side, sides[side], sides[1 - side]) for side in (0, 1)]
    sides = [setter.set(side, padding[side]) if any(padding[side].values()) else sides[side] for side in (0, 1)]
    places = [anchors(side) for side in sides]
    findings, drift = _verify(rows, spreads, places)
    first = places[0] if len(places[0]) else places[1]
    return Texts(
        documents=tuple(sides),
        pages=[page for pair in zip(sides[0].pages, sides[1].pages, strict=False) for page in pair],
        row_pages=tuple(heading.first_page + 2 * first[f"row.{number}"].page for number in range(len(rows))),
        findings=tuple(findings),
        drift=drift,
    )


def measure(press: Press, rows: Sequence[Row], heading: Heading) -> Measures:
    """Set each text once on tall pages and read the heights of its rows and notes."""
    probe = press.set(document_html('<div id="top"></div><div id="bottom"></div>', heading), *_PROBE)
    page, place = probe.pages[0], anchors(probe)
    sheet = f"@page {{ size: {page.width}px {_TALL} !important }}"
    heights, notes = [0.0] * len(rows), dict[str, float]()
    for side in (0, 1):
        found = anchors(press.set(document_html(_tall(rows, side), heading), SIDES[side], sheet))
        for number in range(len(rows)):
            heights[number] = max(heights[number], _height(found[f"row.{number}"]))
        for note in (note for row in rows for block in row.sides[side] for note in block.notes):
            notes[note.id] = _height(found[note.id])
    return Measures(tuple(heights), notes, place["bottom"].bottom - place["top"].top - SLACK)


def _height(place: Place) -> float:
    return place.bottom - place.top


_PROBE = ("original", "#top, #bottom { position: absolute; top: 0 } #bottom { top: auto; bottom: 0 }")


def _tall(rows: Sequence[Row], side: int) -> str:
    """Every row of one text, and under it its notes."""
    pieces: list[str] = []
    for number, row in enumerate(rows):
        away = ' style="break-before: page"' if number and number % _ROWS_PER_TALL_PAGE == 0 else ""
        blocks = "".join(block_html(block, wide_label) for block in row.sides[side])
        notes = [note for block in row.sides[side] for note in block.notes]
        pieces.append(f'<div class="row" id="row.{number}"{away}>{blocks}</div>{notes_html(notes, wide_label)}')
    return "".join(pieces)


def pack(rows: Sequence[Row], measures: Measures) -> tuple[Spread, ...]:
    """Fill spreads with rows, as many as fit with their notes on both pages. A heading stays with what follows."""
    spreads: list[Spread] = []
    on_page: tuple[int, ...] = ()
    for bound in _bound(rows):
        if _fits(rows, measures, on_page + bound):
            on_page += bound
            continue
        if on_page:
            spreads.append(Spread(on_page))
        fits = _fits(rows, measures, bound)
        on_page = bound if fits else ()
        if not fits:
            spreads.append(Spread(bound, long=True))
    return (*spreads, Spread(on_page)) if on_page else tuple(spreads)


def _bound(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    """The rows in packs that must not be parted: headings with the row after them."""
    waiting: tuple[int, ...] = ()
    for number, row in enumerate(rows):
        waiting += (number,)
        if not row.binds:
            yield waiting
            waiting = ()
    if waiting:
        yield waiting


def _fits(rows: Sequence[Row], measures: Measures, numbers: tuple[int, ...]) -> bool:
    body = _body_height(rows, measures, numbers)
    notes = max(_notes_height(rows, measures, numbers, side) for side in (0, 1))
    return body + notes <= measures.capacity


def _body_height(rows: Sequence[Row], measures: Measures, numbers: tuple[int, ...]) -> float:
    return sum(measures.rows[number] + _gap(rows, numbers, number) for number in numbers)


def _gap(rows: Sequence[Row], numbers: tuple[int, ...], number: int) -> float:
    """The space above a row: none at the top of a page or within a turn."""
    return GAP if rows[number].opens and number != numbers[0] else 0.0


def _notes_height(rows: Sequence[Row], measures: Measures, numbers: tuple[int, ...], side: int) -> float:
    notes = [note for number in numbers for block in rows[number].sides[side] for note in block.notes]
    if not notes:
        return 0.0
    series = {note.series for note in notes}
    spaces = ABOVE_NOTES + BETWEEN_SERIES * (len(series) - 1)
    return spaces + sum(measures.notes[note.id] for note in notes)


class _Setter:
    """Sets one text after the other on the pages that were packed."""

    def __init__(
        self, press: Press, rows: Sequence[Row], heading: Heading, measures: Measures, spreads: Sequence[Spread]
    ) -> None:
        self._press = press
        self._rows = rows
        self._heading = heading
        self._measures = measures
        self._spreads = spreads
        self._labels = _labels(rows, spreads)
        self._leaves = _leaves(rows, spreads)

    def set(self, side: int, padding: dict[int, int] | None = None) -> Document:
        """One text. `padding` says after which spread how many empty pages stand, to keep up with the other text."""
        sections = []
        for number, spread in enumerate(self._spreads):
            sections.append(self._long(number, side) if spread.long else self._page(number, side))
            sections += ['<section class="page"></section>'] * (padding or {}).get(number, 0)
        first = f"@page :first {{ counter-reset: page {self._heading.first_page + side - 2} }}"
        ends = ".page, .long { break-before: page }"
        return self._press.set(document_html("".join(sections), self._heading), SIDES[side], ends, first)

    def _page(self, spread: int, side: int) -> str:
        numbers = self._spreads[spread].rows
        rows, measures = self._rows, self._measures
        body = "".join(self._row(number, side, _gap(rows, numbers, number)) for number in numbers)
        notes = [note for number in numbers for block in rows[number].sides[side] for note in block.notes]
        if notes:
            room = measures.capacity - _body_height(rows, measures, numbers)
            above = room - _notes_height(rows, measures, numbers, side)
            body += (
                f'<aside class="notes" style="margin-top: {above:.3f}px; padding-top: {ABOVE_NOTES / 2:.3f}px" '
                f'id="notes.{spread}">{notes_html(notes, self._labels.of, BETWEEN_SERIES)}</aside>'
            )
        return f'<section class="page" id="page.{spread}" data-leaves="{self._leaves[spread]}">{body}</section>'

    def _long(self, spread: int, side: int) -> str:
        """A row that is higher than a page flows, and its notes stand at the foot of each page as they come."""
        blocks = (block for number in self._spreads[spread].rows for block in self._rows[number].sides[side])
        flowing = "".join(block_html(block, self._labels.of, flowing=True) for block in blocks)
        anchor = "".join(f'<div id="row.{number}"></div>' for number in self._spreads[spread].rows)
        leaves = f'data-leaves="{self._leaves[spread]}"'
        return f'<section class="long" id="page.{spread}" {leaves}>{anchor}{flowing}</section>'

    def _row(self, number: int, side: int, gap: float) -> str:
        blocks = "".join(block_html(block, self._labels.of) for block in self._rows[number].sides[side])
        height = f"padding-top: {gap:.3f}px; min-height: {self._measures.rows[number]:.3f}px"
        return f'<div class="row" id="row.{number}" style="{height}">{blocks}</div>'

    def missing_pages(self, side: int, own: Document, other: Document) -> dict[int, int]:
        """How many pages each spread of this text lacks to be as long as the same spread of the other."""
        lengths = [self._lengths(document) for document in (own, other)]
        return {number: max(0, lengths[1][number] - lengths[0][number]) for number in range(len(self._spreads))}

    def _lengths(self, document: Document) -> list[int]:
        place = anchors(document)
        starts = [place[f"row.{spread.rows[0]}"].page for spread in self._spreads]
        return [after - start for start, after in zip(starts, [*starts[1:], len(document.pages)], strict=True)]


def _labels(rows: Sequence[Row], spreads: Sequence[Spread]) -> Labels:
    """Letters begin anew on each page; numbers run through both texts in the order of the pages."""
    pages = [
        [note for number in spread.rows for block in rows[number].sides[side] for note in block.notes]
        for spread in spreads
        for side in (0, 1)
    ]
    return number_notes(pages)


def _leaves(rows: Sequence[Row], spreads: Sequence[Spread]) -> list[str]:
    """What each running head says of the leaves of the original that the page shows."""
    current, said = "", []
    for spread in spreads:
        blocks = [block for number in spread.rows for block in rows[number].original]
        begun = [leaf for block in blocks for leaf in block.leaves]
        at_top = bool(begun) and blocks[0].html.startswith('<span class="stroke"')
        first = begun[0] if begun and (at_top or not current) else current
        current = begun[-1] if begun else current
        said.append(f"leaf {first}" if first == current else f"leaves {first}–{current}" if current else "")
    return said


def _verify(
    rows: Sequence[Row], spreads: Sequence[Spread], places: Sequence[dict[str, Place]]
) -> tuple[list[Diagnostic], float]:
    """Compare where the two texts really put each row; the second value is the largest difference, in px."""
    found: list[Diagnostic] = []
    drift = 0.0
    for number, row in enumerate(rows):
        left, right = (place[f"row.{number}"] for place in places)
        drift = max(drift, abs(left.top - right.top))
        if left.page != right.page or abs(left.top - right.top) > TOLERANCE:
            found.append(_out_of_step(row, left.page != right.page))
    for number, spread in enumerate(spreads):
        found += (_overfull(rows, spread, side) for side in (0, 1) if not _holds(number, spread, places[side]))
    return found, drift


def _holds(number: int, spread: Spread, place: dict[str, Place]) -> bool:
    """Whether a page holds its rows and its notes, and nothing runs into anything."""
    page = place[f"page.{number}"]
    if spread.long:
        return True
    notes = place.get(f"notes.{number}")
    last = place[f"row.{spread.rows[-1]}"]
    return page.page == page.last_page and (notes is None or last.bottom <= notes.top + TOLERANCE)


def _out_of_step(row: Row, apart: bool) -> Diagnostic:
    block = (row.original or row.translation)[0]
    what = "begin on different spreads" if apart else "begin at different heights"
    hint = "look for height, margin or padding of .row and .page in print.stylesheets"
    return OUT_OF_STEP.finding(f"original and translation of this {block.kind} {what}", block.location, hint=hint)


def _overfull(rows: Sequence[Row], spread: Spread, side: int) -> Diagnostic:
    blocks = [block for number in spread.rows for block in (*rows[number].sides[side], *rows[number].sides[1 - side])]
    return OVERFULL.finding(
        f"the page of the {SIDES[side]} that begins here does not hold its lines and notes",
        blocks[0].location,
        hint="look for height, margin, padding and font of .row and .note in print.stylesheets",
    )
