"""The cheapest way to lay two sequences of turns beside each other, by dynamic programming within a band.

A path is made of *beads*: one turn beside one, one beside two, two beside one, two that have changed places, or a
turn that has nothing beside it. The first turn of a gap costs more than those that follow it (Gotoh 1982), so that a
scene left out is one decision and not hundreds. Cells are counted as (turns of the original, turns of the
translation) that are behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from edition.parity.alignment.sequences import Reals

NEVER = 1e18
ROWS = 64  # rows of a window

_GAP, _ONE, _SPLIT, _MERGED, _CROSSED, _EXTRA = range(6)
_KIND, _GAP_GOES_ON, _EXTRA_GOES_ON = 7, 8, 16


@dataclass(frozen=True, slots=True)
class Bead:
    """Turns `here` to `here_end` of the original beside `there` to `there_end`, counted from 0, ends excluded."""

    here: int
    here_end: int
    there: int
    there_end: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.here_end - self.here, self.there_end - self.there


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
    """Prices by row and column: one to one, one to two, two to one, two that changed places."""

    one: Reals
    split: Reals
    merged: Reals
    crossed: Reals


class Costs(Protocol):
    """What beads cost. `open` is the price of the first turn of a gap, `extend` of each that follows."""

    @property
    def open(self) -> float: ...
    @property
    def extend(self) -> float: ...
    def block(self, window: Window) -> Block:
        """For each cell of a window the prices of the beads that end there."""


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
    beads, touched = _trace(windows, steps, columns)
    return Path(float(state.row[columns - windows[-1].low + 2]), beads, touched)


@dataclass
class _State:
    """The last rows of the table, with two cells before the first column; `gap` is the best that ends in a gap."""

    low: int
    before: Reals
    row: Reals
    gap: Reals

    def moved(self, window: Window) -> _State:
        """The same rows, cut or filled up to the columns of a window."""
        width = window.high - window.low + 1
        return _State(
            window.low,
            _shifted(self.before, 2, self.low - window.low, width),
            _shifted(self.row, 2, self.low - window.low, width),
            _shifted(self.gap, 0, self.low - window.low, width),
        )


def _shifted(cells: Reals, pad: int, by: int, width: int) -> Reals:
    moved = np.full(width + pad, NEVER)
    held = cells[pad:]
    source = held[max(-by, 0) : max(width - by, 0)]
    moved[pad + max(by, 0) : pad + max(by, 0) + len(source)] = source
    return moved


def _start(costs: Costs, window: Window) -> _State:
    """The row before the first turn of the original: every turn of the translation so far is one too many."""
    width = window.high - window.low + 1
    row = np.full(width + 2, NEVER)
    row[2:] = costs.open + costs.extend * (np.arange(width) - 1)
    row[2] = 0.0
    return _State(window.low, np.full(width + 2, NEVER), row, np.full(width, NEVER))


def _fill(costs: Costs, window: Window, state: _State) -> NDArray[np.uint8]:
    """Fill the rows of a window, leave the last of them in `state`, and say for each cell how it was reached."""
    block = costs.block(window)
    width = window.high - window.low + 1
    steps = np.empty((len(block.one), width), dtype=np.uint8)
    slope = costs.extend * np.arange(width)
    ways = np.empty((5, width))
    extra = np.full(width, NEVER)
    for number, step in enumerate(steps):
        opened, longer = state.row[2:] + costs.open, state.gap + costs.extend
        gap = np.minimum(opened, longer, out=ways[_GAP])
        np.add(state.row[1:-1], block.one[number], out=ways[_ONE])
        np.add(state.row[:-2], block.split[number], out=ways[_SPLIT])
        np.add(state.before[1:-1], block.merged[number], out=ways[_MERGED])
        np.add(state.before[:-2], block.crossed[number], out=ways[_CROSSED])
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
        state.before, state.row = state.row, np.empty(width + 2)
        state.row[:2] = NEVER
        np.minimum(reached, extra, out=state.row[2:])
        state.gap = gap.copy()
    return steps


def _trace(
    windows: Sequence[Window], steps: Sequence[NDArray[np.uint8]], columns: int
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
        down, right = _MOVES[kind]
        running = kind if step & _GOES_ON.get(kind, 0) else None
        beads.append(Bead(row - down, row, column - right, column))
        row, column = row - down, column - right
    beads.extend(Bead(0, 0, there, there + 1) for there in range(column - 1, -1, -1))
    return tuple(reversed(beads)), tuple(sorted(touched))


_MOVES = {_GAP: (1, 0), _ONE: (1, 1), _SPLIT: (1, 2), _MERGED: (2, 1), _CROSSED: (2, 2), _EXTRA: (0, 1)}
_GOES_ON = {_GAP: _GAP_GOES_ON, _EXTRA: _EXTRA_GOES_ON}
