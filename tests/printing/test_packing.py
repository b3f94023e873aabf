"""Filling spreads: every row once and in order, nothing higher than the page, headings with what follows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edition.diagnostics import Location
from edition.printing.blocks import Block
from edition.printing.inline import Note
from edition.printing.measuring import Line, Measures, Side
from edition.printing.packing import Spread, body_height, notes_height, pack
from edition.printing.rows import Row
from edition.printing.slicing import letters

LINE, NOTE = 10.0, 8.0


def side(name: str, lines: int, notes: int, kind: str) -> tuple[tuple[Block, ...], Side]:
    """A paragraph of so many lines of one word each, its notes called in the first lines."""
    if not lines:
        return (), Side(0.0, ())
    ids = [f"{name}.{number}" for number in range(min(notes, lines))]
    html = " ".join(f"word{f'{chr(0)}note {ids[at]}{chr(0)}' if at < len(ids) else ''}" for at in range(lines))
    made = tuple(Note(each, "textual", "x", None) for each in ids)
    block = Block(name, kind, html, "en", Location("text.xml", 1), notes=made)
    return (block,), Side(lines * LINE, tuple(Line((at + 1) * LINE, 0, 4 * (at + 1)) for at in range(lines)))


def build(shapes: list[tuple[int, int, int, bool]], capacity: float) -> tuple[list[Row], Measures]:
    rows, sides, notes = [], [], dict[str, float]()
    for number, (left, right, noted, heads) in enumerate(shapes):
        kind = "head" if heads else "paragraph"
        (original, original_side), (translation, translation_side) = (
            side(f"o{number}", left, noted, kind),
            side(f"t{number}", right, noted, kind),
        )
        rows.append(Row(original, translation))
        sides.append((original_side, translation_side))
        notes |= {note.id: NOTE for block in (*original, *translation) for note in block.notes}
    return rows, Measures(tuple(sides), notes, capacity)


def texts(spreads: tuple[Spread, ...], at: int) -> str:
    return "".join(
        letters(block.html).replace(" ", "")
        for spread in spreads
        for piece in spread.pieces
        for block in piece.row.sides[at]
    )


shapes = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 30), st.integers(0, 3), st.booleans()), min_size=1, max_size=12
)


@given(shapes, st.integers(60, 400))
def test_spreads_hold_everything_once_and_no_more_than_fits(
    shapes: list[tuple[int, int, int, bool]], capacity: int
) -> None:
    rows, measures = build(shapes, capacity)
    spreads = pack(rows, measures)
    for at in (0, 1):
        assert texts(spreads, at) == "word" * sum(shape[at] for shape in shapes)
    notes = [note.id for spread in spreads for piece in spread.pieces for at in (0, 1) for note in piece.notes([at])]
    assert sorted(notes) == sorted(measures.notes)
    for spread in spreads:
        height = body_height(spread.pieces) + max(notes_height(spread.pieces, [at], measures) for at in (0, 1))
        assert height <= capacity or not spread.whole
    numbers = [(piece.number, piece.part) for spread in spreads for piece in spread.pieces]
    assert numbers == sorted(set(numbers))


def test_a_paragraph_is_cut_where_the_page_ends() -> None:
    rows, measures = build([(5, 5, 0, False), (10, 8, 0, False)], 100.0)
    first, second = pack(rows, measures)
    assert [len(piece.sides[0].lines) for piece in first.pieces] == [5, 4]
    assert [len(piece.sides[1].lines) for piece in first.pieces] == [5, 3]
    assert [len(piece.sides[0].lines) for piece in second.pieces] == [6]
    assert first.pieces[1].row.original[0].cut
    assert second.pieces[0].row.original[0].resumes


def test_no_line_stands_alone() -> None:
    rows, measures = build([(8, 0, 0, False), (3, 3, 0, False)], 100.0)
    first, second = pack(rows, measures)
    assert [len(piece.sides[0].lines) for piece in first.pieces] == [8]
    assert [len(piece.sides[0].lines) for piece in second.pieces] == [3]


def joined(*sides: tuple[tuple[Block, ...], Side]) -> tuple[tuple[Block, ...], Side]:
    """Paragraphs one under the other, as one side of a row."""
    lines: list[Line] = []
    for number, (_, own) in enumerate(sides):
        above = len(lines) * LINE
        lines += (Line(above + line.bottom, number, line.letters) for line in own.lines)
    return tuple(block for blocks, _ in sides for block in blocks), Side(len(lines) * LINE, tuple(lines))


def paragraphs(name: str, counts: list[int]) -> tuple[tuple[Block, ...], Side]:
    return joined(*(side(f"{name}{number}", count, 0, "paragraph") for number, count in enumerate(counts)))


several = st.lists(st.integers(1, 6), min_size=1, max_size=9)


@given(several, several, st.integers(6, 20))
def test_no_line_of_a_paragraph_within_a_row_stands_alone(left: list[int], right: list[int], capacity: int) -> None:
    (original, one), (translation, other) = paragraphs("o", left), paragraphs("t", right)
    spreads = pack([Row(original, translation)], Measures(((one, other),), {}, capacity * LINE))
    for spread in spreads:
        for piece in spread.pieces:
            for blocks, measured in zip(piece.row.sides, piece.sides, strict=True):
                for number, block in enumerate(blocks):
                    alone = sum(line.block == number for line in measured.lines) == 1
                    assert not (alone and (block.cut or block.resumes))


def test_a_page_may_end_between_paragraphs_of_a_row() -> None:
    (original, one), (_, none) = paragraphs("o", [3, 3, 3, 3]), paragraphs("t", [])
    first, second = pack([Row(original, ())], Measures(((one, none),), {}, 80.0))
    assert [len(spread.pieces[0].sides[0].lines) for spread in (first, second)] == [6, 6]


def test_a_heading_goes_with_what_follows() -> None:
    rows, measures = build([(8, 8, 0, False), (1, 1, 0, True), (3, 3, 0, False)], 100.0)
    first, second = pack(rows, measures)
    assert [piece.number for piece in first.pieces] == [0]
    assert [piece.number for piece in second.pieces] == [1, 2]


def test_notes_go_with_their_lines() -> None:
    rows, measures = build([(12, 12, 3, False)], 100.0)
    first, _ = pack(rows, measures)
    assert len(first.pieces[0].notes([0])) == 3
    assert len(first.pieces[0].sides[0].lines) == 6


def test_what_fits_nowhere_is_said_to_be_too_much() -> None:
    rows, measures = build([(3, 3, 3, False), (2, 2, 0, False)], 40.0)
    spreads = pack(rows, measures)
    assert [spread.whole for spread in spreads] == [False, True]


def test_the_last_spread_is_not_nearly_empty() -> None:
    rows, measures = build([(20, 20, 0, False)], 180.0)
    assert [len(spread.pieces[0].sides[0].lines) for spread in pack(rows, measures)] == [15, 5]
    rows, measures = build([(20, 20, 0, False)], 150.0)
    assert [len(spread.pieces[0].sides[0].lines) for spread in pack(rows, measures)] == [15, 5]


def test_what_cannot_be_spared_stays_where_it_is() -> None:
    rows, measures = build([(1, 1, 0, True), (17, 0, 0, True), (1, 1, 0, False), (1, 1, 0, False)], 200.0)
    first, second = pack(rows, measures)
    assert [len(spread.pieces) for spread in (first, second)] == [3, 1]


def with_notes(block: Block, text: str) -> Block:
    return replace(block, notes=tuple(replace(note, html=text) for note in block.notes))


@given(shapes, st.integers(100, 400), st.integers(1, 90))
def test_notes_of_any_length_are_there_once_and_no_more_than_fits(
    shapes: list[tuple[int, int, int, bool]], capacity: int, lines: int
) -> None:
    """Each has so many lines of one word, and may go on overleaf as often as it must."""
    rows, measures = build(shapes, capacity)
    text = " ".join(["word"] * lines)
    rows = [
        Row(
            *(
                tuple(replace(each, notes=tuple(replace(n, html=text) for n in each.notes)) for each in s)
                for s in row.sides
            )
        )
        for row in rows
    ]
    set_lines = tuple(Line((at + 1) * NOTE, 0, 4 * (at + 1)) for at in range(lines))
    wanted = dict.fromkeys(measures.notes, lines)
    measures = replace(
        measures, notes=dict.fromkeys(wanted, lines * NOTE), note_lines=dict.fromkeys(wanted, set_lines)
    )
    spreads = pack(rows, measures)
    found = dict.fromkeys(wanted, 0)
    for spread in spreads:
        height = body_height(spread.pieces) + max(notes_height(spread.pieces, [at], measures) for at in (0, 1))
        assert height <= capacity or not spread.whole
        for note in (note for piece in spread.pieces for note in piece.notes([0, 1])):
            found[note.id.split(".rest")[0]] += len(note.html.split())
    if all(spread.whole for spread in spreads):
        assert found == wanted
    called = [note.id for spread in spreads for piece in spread.pieces for note in piece.called([0, 1])]
    assert sorted(called) == sorted(wanted)
    numbers = [(piece.number, piece.part) for spread in spreads for piece in spread.pieces if piece.has_text]
    assert numbers == sorted(set(numbers))
