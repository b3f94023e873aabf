"""The cheapest way to lay two sequences of turns beside each other, by dynamic programming within a band.

A path is made of *beads*: one turn beside one, one beside two, two beside one, a turn that has moved past its
neighbours, or a turn that has nothing beside it. The first turn of a gap costs more than those that follow it (Gotoh
1982), so that a scene left out is one decision and not hundreds. Cells are counted as (turns of the original, turns
of the translation) that are behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edition.parity.alignment.arrays import Reals

NEVER = 1e18
ROWS = 64  # rows of a window

FARTHEST = 12  # turns that a turn may move past

_GAP, _ONE, _SPLIT, _MERGED, _EXTRA, _MOVED = range(6)  # what has moved by one, by two, and so on comes last
_KIND, _GAP_GOES_ON, _EXTRA_GOES_ON = 31, 32, 64


@dataclass(frozen=True, slots=True)
class Bead:
    """Turns `here` to `here_end` of the original beside `there` to `there_end`, counted from 0, ends excluded.

    Of as many turns on both sides, more than one, the first of the original stands last in the translation, or, if
    that is `earlier`, the last stands first; the others follow each other.
    """

    here: int
    here_end: int
    there: int
    there_end: int
    earlier: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        return self.here_end - self.here, self.there_end - self.there

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """The turns that stand one beside one; of turns divided or joined, and of a gap, there are none."""
        size, others = self.shape
        if size != others:
            return
        for here in range(self.here, self.here_end):
            by = here - self.here + (1 if self.earlier else -1)
            yield here, self.there + by % size


@dataclass(frozen=True, slots=True)
class Window:
    """Rows `first` to `last` of the table, ends included, and the columns `low` to `high` that are looked at."""

    first: int
    last: int
    low: int
    high: int


@dataclass(frozen=True)
class Path:
    """The beads in order, what they cost together, and the numbers of the windows whose edge the path touches."""

    cost: float
    beads: tuple[Bead, ...]
    touched: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Prices by row and column: one to one, one to two, two to one, and of turns that have moved (see `moves`)."""

    one: Reals
    split: Reals
    merged: Reals
    moved: tuple[Reals, ...]


class Costs(Protocol):
    """What beads cost. `open` is the price of the first turn of a gap, `extend` of each that follows; no turn moves
    past more than `far` others."""

    @property
    def open(self) -> float: ...
    @property
    def extend(self) -> float: ...
    @property
    def far(self) -> int: ...
    def block(self, window: Window) -> Block:
        """For each cell of a window the prices of the beads that end there."""


def moves(far: int) -> tuple[tuple[int, bool], ...]:
    """Past how many others a turn may move, and whether it then stands earlier. Past one is either turn's move."""
    return tuple((by, earlier) for by in range(1, far + 1) for earlier in (False, True) if by > 1 or not earlier)


def full_width(rows: int, columns: int) -> list[Window]:
    """Windows that leave nothing out."""
    return [Window(first, min(first + ROWS - 1, rows), 0, columns) for first in range(1, rows + 1, ROWS)]


def cheapest(costs: Costs, columns: int, windows: Sequence[Window]) -> Path:
    """The cheapest path within the windows, which follow each other without a gap and reach both corners.

    Takes time and memory (one byte) for each cell of the windows.
    """
    state = _start(costs, windows[0])
    steps = []
    for window in windows:
        state = state.moved(window)
        steps.append(_fill(costs, window, state))
    beads, touched = _trace(windows, steps, columns, moves(costs.far))
    return Path(float(state.rows[0][costs.far + 1 + columns - windows[-1].low]), beads, touched)


@dataclass
class _State:
    """The last rows of the table, the very last first, with as many cells before the first column; `gap` is the best
    that ends in a gap."""

    low: int
    rows: list[Reals]
    gap: Reals

    def moved(self, window: Window) -> _State:
        """The same rows, cut or filled up to the columns of a window."""
        width, by = window.high - window.low + 1, self.low - window.low
        rows = [_shifted(row, len(self.rows), by, width) for row in self.rows]
        return _State(window.low, rows, _shifted(self.gap, 0, by, width))


def _shifted(cells: Reals, pad: int, by: int, width: int) -> Reals:
    moved = np.full(width + pad, NEVER)
    held = cells[pad:]
    source = held[max(-by, 0) : max(width - by, 0)]
    moved[pad + max(by, 0) : pad + max(by, 0) + len(source)] = source
    return moved


def _start(costs: Costs, window: Window) -> _State:
    """The row before the first turn of the original: every turn of the translation so far is one too many."""
    width, pad = window.high - window.low + 1, costs.far + 1
    rows = [np.full(width + pad, NEVER) for _ in range(pad)]
    rows[0][pad:] = costs.open + costs.extend * (np.arange(width) - 1)
    rows[0][pad] = 0.0
    return _State(window.low, rows, np.full(width, NEVER))


def _fill(costs: Costs, window: Window, state: _State) -> NDArray[np.uint8]:
    """Fill the rows of a window, leave the last of them in `state`, and say for each cell how it was reached."""
    block = costs.block(window)
    width, pad = window.high - window.low + 1, costs.far + 1
    origins = [(by, slice(costs.far - by, costs.far - by + width)) for by, _ in moves(costs.far)]
    steps = np.empty((len(block.one), width), dtype=np.uint8)
    slope = costs.extend * np.arange(width)
    ways = np.full((_MOVED + len(origins), width), NEVER)
    extra = np.full(width, NEVER)
    for number, step in enumerate(steps):
        last, before = state.rows[:2]
        opened, longer = last[pad:] + costs.open, state.gap + costs.extend
        gap = np.minimum(opened, longer, out=ways[_GAP])
        np.add(last[pad - 1 : -1], block.one[number], out=ways[_ONE])
        np.add(last[pad - 2 : -2], block.split[number], out=ways[_SPLIT])
        np.add(before[pad - 1 : -1], block.merged[number], out=ways[_MERGED])
        for way, (by, origin), price in zip(ways[_MOVED:], origins, block.moved, strict=True):
            np.add(state.rows[by][origin], price[number], out=way)
        kind = ways.argmin(axis=0)
        reached = ways.min(axis=0)
        level = reached - slope
        lowest = np.minimum.accumulate(level)
        # A run of extra turns that began anywhere to the left: one running minimum finds the best beginning.
        extra[1:] = lowest[:-1] + slope[1:] + (costs.open - costs.extend)
        kind[extra < reached] = _EXTRA
        kind[longer < opened] |= _GAP_GOES_ON
        kind[1:][lowest[:-1] < level[:-1]] |= _EXTRA_GOES_ON
        step[:] = kind
        row = np.full(width + pad, NEVER)
        np.minimum(reached, extra, out=row[pad:])
        state.rows = [row, *state.rows[:-1]]
        state.gap = gap.copy()
    return steps


def _trace(
    windows: Sequence[Window], steps: Sequence[NDArray[np.uint8]], columns: int, moved: Sequence[tuple[int, bool]]
) -> tuple[tuple[Bead, ...], tuple[int, ...]]:
    """Follow the steps back from the last corner."""
    row, column = windows[-1].last, columns
    beads: list[Bead] = []
    touched: set[int] = set()
    number, running = len(windows) - 1, None
    while row > 0:
        while windows[number].first > row:
            number -= 1
        window = windows[number]
        if (column <= window.low + 1 and window.low > 0) or (column >= window.high - 1 and window.high < columns):
            touched.add(number)
        step = int(steps[number][row - window.first, column - window.low])
        kind = step & _KIND if running is None else running
        by, earlier = moved[kind - _MOVED] if kind >= _MOVED else (0, False)
        down, right = _SHAPES.get(kind, (by + 1, by + 1))
        running = kind if step & _GOES_ON.get(kind, 0) else None
        beads.append(Bead(row - down, row, column - right, column, earlier))
        row, column = row - down, column - right
    beads.extend(Bead(0, 0, there, there + 1) for there in range(column - 1, -1, -1))
    return tuple(reversed(beads)), tuple(sorted(touched))


_SHAPES = {_GAP: (1, 0), _ONE: (1, 1), _SPLIT: (1, 2), _MERGED: (2, 1), _EXTRA: (0, 1)}
_GOES_ON = {_GAP: _GAP_GOES_ON, _EXTRA: _EXTRA_GOES_ON}
