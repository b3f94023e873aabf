"""Aligning two texts that nothing links: who is who and what answers to what, each learned from the other.

A first alignment knows only lengths and the rhythm of who speaks again. It shows who mostly stands beside whom, and
what of a turn these two texts keep; with that they are aligned again, until nothing changes: expectation and
maximisation, by best paths. The last path is looked for around the one before, with eyes for turns that have moved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from edition.parity.alignment import anchors, signs
from edition.parity.alignment.arrays import Integers, Reals
from edition.parity.alignment.path import FARTHEST, Bead, Path, Window, cheapest, full_width
from edition.parity.alignment.scoring import Lengths, Meetings, Scoring, by_recurrence, by_speaker, pairs_of
from edition.parity.alignment.sequences import UNKNOWN, Side

ROUNDS = 6
MOST_CELLS = 250_000_000  # of a band that grows; beyond that a path is taken as it is
FULL_WIDTH = 6_000_000  # cells of a table that is filled without a band
_ENOUGH = 0.5  # of the turns have a speaker that can be guessed
_SETTLED = 1e-5  # of the cost: what changes less is a matter of taste


@dataclass(frozen=True)
class Alignment:
    """What answers to what, the costs it was found with, and how often speakers stand beside each other."""

    beads: tuple[Bead, ...]
    scoring: Scoring
    counts: Reals
    cost: float

    @property
    def confidence(self) -> float:
        """How much of the evidence of a perfect translation there is, from 0 to 1; two different texts have none."""
        ideal = self.scoring.ideal
        return min(max(self.cost / ideal, 0.0), 1.0) if ideal < 0 else 0.0


def align(here: Side, there: Side, prior: Reals | None = None, full: bool | None = None) -> Alignment:
    """Align two sides. `prior` says for each speaker here and there how many turns' worth one would bet on them.

    `full` looks at every cell, or at a band only; by itself the size decides.
    """
    guess = np.zeros((len(here.speakers), len(there.speakers))) if prior is None else prior
    lengths = Lengths.guess(here, there)
    known = bool(len(here)) and float((guess.max(axis=1) >= 1)[here.speaker[1:]].mean()) >= _ENOUGH
    meetings = Meetings(guess, np.zeros_like(guess))
    scoring = by_speaker(here, there, meetings, lengths) if known else by_recurrence(here, there, lengths)
    windows = _windows(scoring, full)
    path, windows = _within(scoring, windows)
    for attempt in range(ROUNDS):
        before = path.cost
        meetings, scoring = learned(scoring, guess, *pairs_of(path.beads))
        del path  # of long texts two are too large to be held
        if attempt < 2:
            windows = _windows(scoring, full)
        path, windows = _within(scoring, windows)
        if abs(path.cost - before) <= _SETTLED * abs(path.cost):
            break
    scoring, windows = replace(scoring, far=FARTHEST), anchors.around(path)
    del path
    path, _ = _within(scoring, windows)
    return Alignment(path.beads, scoring, meetings.counts, path.cost)


def lay(scoring: Scoring) -> Path:
    """The cheapest path by costs that are known."""
    return _within(scoring, _windows(scoring, None))[0]


def _windows(scoring: Scoring, full: bool | None) -> list[Window]:
    rows, columns = len(scoring.here), len(scoring.there)
    if full is None:
        full = rows * columns <= FULL_WIDTH
    return full_width(rows, columns) if full else anchors.band(scoring)


def learned(scoring: Scoring, guess: Reals, ours: Integers, theirs: Integers) -> tuple[Meetings, Scoring]:
    """Which speakers stand beside each other in pairs of rows, and the costs that follow from them."""
    here, there = scoring.here, scoring.there
    seen = np.zeros_like(guess)
    np.add.at(seen, (here.speaker[ours], there.speaker[theirs]), 1.0)
    seen[UNKNOWN, :] = seen[:, UNKNOWN] = 0.0
    meetings = Meetings(guess, seen)
    lengths = scoring.lengths.learned(here.length[ours], there.length[theirs])
    heard = signs.costs(here.signs[ours], there.signs[theirs], there.signs[1:])
    return meetings, replace(by_speaker(here, there, meetings, lengths), signs=heard)


def _within(scoring: Scoring, windows: list[Window]) -> tuple[Path, list[Window]]:
    """The cheapest path, in windows that grow for as long as it touches the edge of one."""
    columns = len(scoring.there)
    while True:
        path = cheapest(scoring, columns, windows)
        if not path.touched or anchors.cells_of(windows) > MOST_CELLS:
            return path, windows
        windows = anchors.widened(windows, path.touched, columns)
