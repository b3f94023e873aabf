"""Where to look in long texts: runs of turns that are alike on both sides, and a band from one to the next.

A run is a few turns whose speakers follow each other in the same way and whose lengths fit. Runs are repeated, as
scenes are; the longest chain of them that rises on both sides is what the texts have in common. Between two runs of
the chain everything is looked at, so that a scene of any length may be missing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edition.order import longest_rising
from edition.parity.alignment.arrays import Integers
from edition.parity.alignment.path import FARTHEST, ROWS, Path, Window
from edition.parity.alignment.scoring import Scoring
from edition.parity.alignment.sequences import UNKNOWN

RUN = 8  # turns
MARGIN = 48  # columns looked at on both sides of the chain
_MAX_PAIRS = 150_000
_MAX_GAP = 2_000_000  # cells between two runs; where there are more, the diagonal is followed
_DIAGONAL = 512
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def band(scoring: Scoring) -> list[Window]:
    """Windows around the chain of runs that both texts have in common."""
    rows, columns = len(scoring.here), len(scoring.there)
    cells = [(0, 0), *_supported(longest_rising(_common_runs(scoring))), (rows, columns)]
    stations = [*(cell for step in pairwise(cells) for cell in _bridged(*step)), cells[-1]]
    return _along(np.array(stations), MARGIN)


def around(path: Path) -> list[Window]:
    """Windows that leave out nothing within reach of a path."""
    return _along(np.array([(0, 0), *((bead.here_end, bead.there_end) for bead in path.beads)]), FARTHEST)


def _along(stations: Integers, margin: int) -> list[Window]:
    """Windows from cell to cell, so many columns on both sides of them."""
    rows, columns = (int(end) for end in stations[-1])
    reached, windows = stations[:, 0], []
    for first in range(1, rows + 1, ROWS):
        last = min(first + ROWS - 1, rows)
        behind = reached[np.searchsorted(reached, first - 1, side="right") - 1]
        ahead = reached[np.searchsorted(reached, last, side="left")]
        # More than one cell may be in a row: those of turns that only the translation has.
        low = int(stations[np.searchsorted(reached, behind, side="left"), 1]) - margin
        high = int(stations[np.searchsorted(reached, ahead, side="right") - 1, 1]) + margin
        windows.append(Window(first, last, max(low, 0), min(high, columns)))
    return [replace(windows[0], low=0), *windows[1:-1], replace(windows[-1], high=columns)][: len(windows)]


def widened(windows: Sequence[Window], touched: Sequence[int], columns: int) -> list[Window]:
    """The windows, those that the path touched and their neighbours three times as wide."""
    grown = list(windows)
    for number in sorted({near for each in touched for near in range(each - 2, each + 3)}):
        if 0 <= number < len(windows):
            window = windows[number]
            by = window.high - window.low + 1
            grown[number] = replace(window, low=max(window.low - by, 0), high=min(window.high + by, columns))
    return grown


def cells_of(windows: Sequence[Window]) -> int:
    return sum((window.last - window.first + 1) * (window.high - window.low + 1) for window in windows)


def _common_runs(scoring: Scoring) -> list[tuple[int, int]]:
    """Rows of both sides at which like runs end. Runs that are everywhere, as in a dialogue, are no help."""
    ours, theirs = _runs(scoring.our_speakers), _runs(_in_our_terms(scoring))
    order = np.argsort(theirs, kind="stable")
    begin = np.searchsorted(theirs[order], ours, side="left")
    count = np.searchsorted(theirs[order], ours, side="right") - begin
    count[ours == 0] = 0
    common = np.sort(count)
    fitting = int(np.searchsorted(np.cumsum(common), max(_MAX_PAIRS, 2 * len(ours)), side="right"))
    if fitting < len(common):  # all that are as frequent as the first that is too much, or the rest is any of them
        count[count >= common[fitting]] = 0
    rows = np.repeat(np.arange(len(ours)), count)
    offsets = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    columns = order[np.repeat(begin, count) + offsets]
    fits = _lengths_fit(scoring, rows, columns)
    return list(zip((rows[fits] + RUN).tolist(), (columns[fits] + RUN).tolist(), strict=True))


def _in_our_terms(scoring: Scoring) -> Integers:
    """The speakers of the translation as those of the original that they mostly stand beside."""
    if scoring.their_speakers is not scoring.there.speaker:
        return scoring.their_speakers
    closest: Integers = scoring.table.argmin(axis=0)
    closest[scoring.table.min(axis=0) >= 0] = UNKNOWN
    return closest[scoring.their_speakers]


def _runs(symbols: Integers) -> Integers:
    """A number for each run of turns, equal for equal runs; 0 where a speaker is not known."""
    count = max(len(symbols) - RUN, 0)
    found = np.zeros(count, dtype=np.uint64)
    known = np.ones(count, dtype=bool)
    for offset in range(1, RUN + 1):
        part = symbols[offset : offset + count]
        known &= part != UNKNOWN
        found = (found + part.astype(np.uint64) + np.uint64(1)) * _FACTOR
        found ^= found >> np.uint64(29)
    found[~known] = 0
    return found.view(np.int64)


def _lengths_fit(scoring: Scoring, rows: Integers, columns: Integers) -> NDArray[np.bool_]:
    off = np.zeros(len(rows))
    for offset in range(1, RUN + 1):
        ours, theirs = scoring.here.length[rows + offset], scoring.there.length[columns + offset]
        off += np.minimum(np.abs(scoring.lengths.off(ours, theirs)), 3.0)
    return off < 1.2 * RUN


def _supported(chain: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of a chain that have a neighbour near their own diagonal: one run alone may be chance."""
    diagonals = [there - here for here, there in chain]
    for number, (here, there) in enumerate(chain):
        near = [other for other in (number - 1, number + 1) if 0 <= other < len(chain)]
        if any(abs(diagonals[o] - diagonals[number]) <= 2 and abs(chain[o][0] - here) <= 2 * RUN for o in near):
            yield here, there


def _bridged(cell: tuple[int, int], following: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """A cell of the chain and, where it is far to the next, cells of the diagonal that leads there."""
    yield cell
    rows, columns = following[0] - cell[0], following[1] - cell[1]
    if rows * columns > _MAX_GAP:
        for step in range(_DIAGONAL, rows, _DIAGONAL):
            yield cell[0] + step, cell[1] + step * columns // rows
