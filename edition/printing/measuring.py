"""How high everything is: each text set once, as wide as it will be, on pages so tall that nothing has to end."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.printing.blocks import Block
from edition.printing.markup import block_html, column, document_html, notes_html, wide_labels
from edition.printing.placed import NOWHERE, Place, SetLine, anchors, lines
from edition.printing.press import Press
from edition.printing.rows import BINDING, Row
from edition.printing.setting import Face, Heading, Layout
from edition.printing.slicing import letters

SLACK = 1.5  # px that rounding may take from a page
_ROWS_PER_TALL_PAGE = 400
_TALL = "100000mm"
_ONE_LINE = 3.0  # px that the base lines of cells may lie apart
_TEXTS = ("original", "translation")
_PROBE = "#top, #bottom { position: absolute; top: 0 } #bottom { top: auto; bottom: 0 }"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a side of a row, of the block number `block`. `bottom` and `baseline` are px from the top of the row.

    `letters` counts those of the block up to its end, without white space; None where a word goes on after it.
    """

    bottom: float
    block: int
    letters: int | None
    baseline: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a row as it was measured: its height in px and its lines."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """In px: the sides of each row, the height of each note by its id, and the height that a page can hold.

    `pages` are those of a spread, each by the sides that stand on it. `note_lines` has the lines of each note by its
    id, counted from its top. Parts of notes that go on overleaf are added to both when they are cut.
    """

    rows: tuple[tuple[Side, Side], ...]
    notes: dict[str, float]
    capacity: float
    pages: tuple[tuple[int, ...], ...] = ((0,), (1,))
    note_lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)


def measure(press: Press, rows: Sequence[Row], layout: Layout, heading: Heading) -> Measures:
    """Set each text of a layout on tall pages, in its style, and read the heights."""
    probe = press.set(document_html('<div id="top"></div><div id="bottom"></div>', heading), layout[0].style, _PROBE)
    edges = anchors(probe)
    tall = f"@page {{ size: {probe.pages[0].width}px {_TALL} !important }}"
    notes: dict[str, float] = {}
    note_lines: dict[str, tuple[Line, ...]] = {}
    sides = [[Side(0.0, ())] * len(rows) for _ in (0, 1)]
    texts = [(face, side) for face in layout for side in face.sides]
    for face, side in texts:
        press.say(f"measuring the {_TEXTS[side]} text" if len(texts) > 1 else "measuring the text")
        places, set_lines = _set(press, document_html(_tall(rows, face, side), heading), face.style, tall)
        gc.collect()  # the tall pages, which hold each other
        sides[side] = [_side(row.sides[side], f"row.{at}", places, set_lines) for at, row in enumerate(rows)]
        for note in (note for row in rows for block in row.sides[side] for note in block.notes):
            place = places.get(note.id, NOWHERE)
            notes[note.id] = place.bottom - place.top
            counted = _counted(note.html, set_lines.get(note.id, []))
            note_lines[note.id] = tuple(Line(line.bottom - place.top, 0, count) for line, count in counted)
    capacity = edges["bottom"].bottom - edges["top"].top - SLACK
    pages = tuple(face.sides for face in layout)
    return Measures(tuple(zip(*sides, strict=True)), notes, capacity, pages, note_lines)


def _set(press: Press, html: str, style: str, tall: str) -> tuple[dict[str, Place], dict[str, list[SetLine]]]:
    document = press.set(html, style, tall)
    return anchors(document), lines(document)


def _tall(rows: Sequence[Row], face: Face, side: int) -> str:
    """Every row of one text, and under it its notes."""
    pieces: list[str] = []
    label = wide_labels(rows)
    for number, row in enumerate(rows):
        away = ' style="break-before: page"' if number and number % _ROWS_PER_TALL_PAGE == 0 else ""
        blocks = "".join(block_html(block, label) for block in row.sides[side])
        notes = [note for block in row.sides[side] for note in block.notes]
        text = column(f'<div class="row" id="row.{number}">{blocks}</div>', face, side)
        pieces.append(f"<div{away}>{text}{notes_html(notes, label)}</div>")
    return "".join(pieces)


def _side(
    blocks: Sequence[Block], row: str, places: Mapping[str, Place], set_lines: Mapping[str, list[SetLine]]
) -> Side:
    place = places.get(row, NOWHERE)
    found: list[Line] = []
    for number, block in enumerate(blocks):
        own = set_lines.get(block.id, [])
        bottom = places.get(block.id, NOWHERE).bottom
        counted = _of_rows(block.html, own, bottom) if block.is_tabular else _counted(block.html, own)
        if block.kind in BINDING:  # no page ends after it
            counted = [(line, None) for line, _ in counted]
        found += (Line(line.bottom - place.top, number, count, line.baseline - place.top) for line, count in counted)
    return Side(place.bottom - place.top, tuple(found))


def _of_rows(html: str, set_lines: Sequence[SetLine], bottom: float) -> list[tuple[SetLine, int | None]]:
    """The lines of rows of a table, each once for all cells. No page ends but after the last, below their edge."""
    lines: list[SetLine] = []
    for line in sorted(set_lines, key=lambda line: line.baseline):
        if not lines or line.baseline > lines[-1].baseline + _ONE_LINE:
            lines.append(line)
    counted: list[tuple[SetLine, int | None]] = [(line, None) for line in lines]
    if lines:
        counted[-1] = replace(lines[-1], bottom=bottom), len("".join(letters(html).split()))
    return counted


def _counted(html: str, set_lines: Sequence[SetLine]) -> list[tuple[SetLine, int | None]]:
    """Each line with the letters of the HTML up to its end. What a line has beyond them is a hyphen it ends with."""
    text = letters(html)
    ends = _word_ends(text)
    solid = "".join(text.split())
    reached = 0
    counted: list[tuple[SetLine, int | None]] = []
    for line in set_lines:
        own = "".join(line.text.split())
        reached += len(own) if solid.startswith(own, reached) else len(own) - 1
        counted.append((line, reached if reached in ends else None))
    return counted


def _word_ends(text: str) -> set[int]:
    """After how many letters a word ends."""
    ends: set[int] = set()
    reached = 0
    for word in text.split():
        reached += len(word)
        ends.add(reached)
    return ends
