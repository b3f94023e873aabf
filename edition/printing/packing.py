"""What stands on which spread: rows as long as they fit on both pages with their notes, the last perhaps in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edition.printing.blocks import Block
from edition.printing.inline import Note
from edition.printing.measuring import Line, Measures, Side
from edition.printing.overleaf import note_height, part_notes
from edition.printing.rows import Row
from edition.printing.slicing import cut

# All in CSS px, 96 to the inch.
GAP = 6.0  # above a turn
ABOVE_NOTES = 16.0
BETWEEN_SERIES = 4.0
_FEWEST = 2  # lines of a paragraph that may stand alone at the end or the beginning of a page


_LEAST = 0.25  # of a page that the last one holds, if the one before it can spare it
_STEPS = 20  # in which that is tried

_Bound = tuple["Piece", ...]  # pieces that must not be parted from each other
_Half = tuple[tuple[Block, ...], Side]  # blocks of one side, and their measures


@dataclass(frozen=True, slots=True)
class Piece:
    """A row, or the part of it that stands on one spread: its number, its part from 0, its measured sides.

    Of its notes those that are `kept` stand at the foot of its page, all if that is None. What is not kept goes on in
    a piece without text.
    """

    number: int
    part: int
    row: Row
    sides: tuple[Side, Side]
    kept: tuple[Note, ...] | None = None

    @property
    def height(self) -> float:
        return max(side.height for side in self.sides)

    @property
    def has_text(self) -> bool:
        return any(block.html for side in self.row.sides for block in side)

    def called(self, sides: Sequence[int]) -> list[Note]:
        """The notes that are called in the text of some sides."""
        return self._notes(sides) if self.has_text else []

    def notes(self, sides: Sequence[int]) -> list[Note]:
        """The notes of some sides at the foot of the page."""
        if self.kept is None:
            return self._notes(sides)
        kept = {note.id: note for note in self.kept}
        return [kept[note.id] for note in self._notes(sides) if note.id in kept]

    def _notes(self, sides: Sequence[int]) -> list[Note]:
        return [note for side in sides for block in self.row.sides[side] for note in block.notes]


@dataclass(frozen=True, slots=True)
class Spread:
    """What stands on a spread. It is not `whole` where it does not hold what it should."""

    pieces: tuple[Piece, ...]
    whole: bool = True


def pack(rows: Sequence[Row], measures: Measures) -> tuple[Spread, ...]:
    """Fill spreads one after the other. A heading stays with what follows it; the last spread is not nearly empty."""
    waiting = list(_bound(rows, measures))
    before: list[_Bound] = []
    spreads: list[Spread] = []
    while waiting:
        left, before = before, waiting
        spread, waiting = _fill(before, measures, measures.capacity)
        spreads.append(spread)
    if len(spreads) > 1 and body_height(spreads[-1].pieces) < _LEAST * measures.capacity:
        spreads[-2:] = _balanced(left, measures) or spreads[-2:]
    return tuple(spreads)


def _bound(rows: Sequence[Row], measures: Measures) -> Iterator[_Bound]:
    """The rows in groups that must not be parted: headings with the row after them."""
    waiting: _Bound = ()
    for number, row in enumerate(rows):
        waiting += (Piece(number, 0, row, measures.rows[number]),)
        if not row.binds:
            yield waiting
            waiting = ()
    if waiting:
        yield waiting


def _fill(waiting: Sequence[_Bound], measures: Measures, capacity: float) -> tuple[Spread, list[_Bound]]:
    """One spread of so many px with the first of what waits, and what waits then."""
    pieces: _Bound = ()
    for at, bound in enumerate(waiting):
        if _fits(pieces + bound, measures, capacity):
            pieces += bound
            continue
        rest = list(waiting[at + 1 :])
        for first, second in partings(bound[-1]):
            longer = (*pieces, *bound[:-1], first)
            if _fits(longer, measures, capacity):
                return Spread(longer), [(second,), *rest]
        if pieces:
            return Spread(pieces), [bound, *rest]
        spread, late = _with_notes_overleaf(bound, measures, capacity)
        return spread, [*late, *rest]
    return Spread(pieces), []


def _with_notes_overleaf(bound: _Bound, measures: Measures, capacity: float) -> tuple[Spread, list[_Bound]]:
    """A spread that begins with some of these pieces though it cannot hold their notes, and what is left of both."""
    first, second = next(iter(reversed([*partings(bound[-1])])), (bound[-1], None))
    pieces = (*bound[:-1], first)
    room = capacity - body_height(pieces) - ABOVE_NOTES - BETWEEN_SERIES
    kept: list[Note] = []
    over: list[Note] = []
    for sides in measures.pages:
        notes = [note for piece in pieces for note in piece.notes(sides)]
        held, left = part_notes(notes, room, measures)
        if left and not held:
            return Spread(bound, whole=False), []
        kept += held
        over += left
    if not over:
        return Spread(bound, whole=False), []
    late = _late(pieces, over)
    after = [] if second is None else [(replace(second, part=second.part + 1),)]
    return Spread(tuple(replace(piece, kept=tuple(kept)) for piece in pieces)), [(late,), *after]


def _late(pieces: Sequence[Piece], over: Sequence[Note]) -> Piece:
    """What is left of the notes of some pieces, beside no text."""
    left, right = (
        tuple(_without_text(block, over) for piece in pieces for block in piece.row.sides[side]) for side in (0, 1)
    )
    return Piece(pieces[-1].number, pieces[-1].part + 1, Row(left, right), (Side(0.0, ()), Side(0.0, ())))


def _without_text(block: Block, over: Sequence[Note]) -> Block:
    own = {name for note in block.notes for name in (note.id, f"{note.id}.rest")}
    return replace(block, html="", opens=False, notes=tuple(note for note in over if note.id in own))


def _fits(pieces: _Bound, measures: Measures, capacity: float) -> bool:
    notes = max(notes_height(pieces, sides, measures) for sides in measures.pages)
    return body_height(pieces) + notes <= capacity


def _balanced(waiting: Sequence[_Bound], measures: Measures) -> list[Spread] | None:
    """The last two spreads, of which the first gives the second as little as it needs; None where that cannot be."""
    for steps in range(1, _STEPS):
        first, rest = _fill(waiting, measures, measures.capacity * (1 - steps / (2 * _STEPS)))
        second, none = _fill(rest, measures, measures.capacity)
        if none or not (first.whole and second.whole):
            return None
        if body_height(second.pieces) >= _LEAST * measures.capacity:
            return [first, second]
    return None


def body_height(pieces: Sequence[Piece]) -> float:
    return sum(piece.height + gap(pieces, piece) for piece in pieces)


def gap(pieces: Sequence[Piece], piece: Piece) -> float:
    """The space above a piece: none at the top of a page or within a turn."""
    top = next((each for each in pieces if each.has_text), None)
    return GAP if piece.part == 0 and piece.row.opens and piece is not top else 0.0


def notes_height(pieces: Sequence[Piece], sides: Sequence[int], measures: Measures) -> float:
    """The height of the notes of these sides at the foot of one page, with the space above them."""
    notes = [note for piece in pieces for note in piece.notes(sides)]
    if not notes:
        return 0.0
    series = {note.series for note in notes}
    return ABOVE_NOTES + BETWEEN_SERIES * (len(series) - 1) + sum(note_height(note, measures) for note in notes)


def partings(piece: Piece) -> Iterator[tuple[Piece, Piece]]:
    """The ways to part a piece in two, longest first part first.

    The higher side is cut after a line, the other where it is about as far; a side too short to be cut stays whole.
    """
    longer = max((0, 1), key=lambda side: len(piece.sides[side].lines))
    places = [_places(side) for side in piece.sides]
    counts = [len(side.lines) for side in piece.sides]
    for at in reversed(places[longer]):
        share = at / counts[longer]
        yield _parted(
            piece, [at if side == longer else _nearest(places[side], counts[side], share) for side in (0, 1)]
        )


def _places(side: Side) -> list[int]:
    """After how many lines a page may end: beside no line of the row, or of a block in it, that would stand alone."""
    lines = side.lines
    starts = [at for at, line in enumerate(lines) if at == 0 or line.block != lines[at - 1].block]
    places: list[int] = []
    for start, end in pairwise((*starts, len(lines))):
        places += [*range(start + _FEWEST, end - _FEWEST + 1), end]
    return [at for at in places if _FEWEST <= at <= len(lines) - _FEWEST and lines[at - 1].letters is not None]


def _nearest(places: Sequence[int], count: int, share: float) -> int:
    """After how many of its lines to cut a side so that about this share is before the cut; all, if it must."""
    return min(places, key=lambda at: abs(at - share * count), default=count)


def _parted(piece: Piece, cuts: Sequence[int]) -> tuple[Piece, Piece]:
    """A piece in two, each side cut after its number of lines."""
    left, right = (_cut_side(piece.row.sides[side], piece.sides[side], cuts[side]) for side in (0, 1))
    first, rest = zip(left, right, strict=True)
    return _piece(piece, piece.part, first), _piece(piece, piece.part + 1, rest)


def _piece(piece: Piece, part: int, halves: tuple[_Half, _Half]) -> Piece:
    (left, left_side), (right, right_side) = halves
    return Piece(piece.number, part, Row(left, right), (left_side, right_side))


def _cut_side(blocks: tuple[Block, ...], side: Side, at: int) -> tuple[_Half, _Half]:
    """One side of a row up to its line `at`, and what is left of it, both with their measures."""
    if at == len(side.lines):
        return (blocks, side), ((), Side(0.0, ()))
    last, rest = side.lines[at - 1], side.lines[at:]
    number, reached = last.block + 1, 0
    before, after = blocks[:number], blocks[number:]
    if rest[0].block == last.block:
        number, reached = last.block, last.letters or 0
        head, tail = cut(blocks[number], reached)
        before, after = (*blocks[:number], head), (tail, *after)
    moved = tuple(_moved(line, last.bottom, number, reached) for line in rest)
    return (before, Side(last.bottom, side.lines[:at])), (after, Side(side.height - last.bottom, moved))


def _moved(line: Line, up: float, number: int, reached: int) -> Line:
    """A line after a cut: the block `number` is now the first one, and without its first letters."""
    letters = line.letters if line.letters is None or line.block != number else line.letters - reached
    return Line(line.bottom - up, line.block - number, letters, line.baseline - up)
