"""Two texts as arrays, one row a turn: what an alignment looks at, and nothing else of them.

Rows count from 1, and row 0 is empty: the tables of dynamic programming have a column before the first turn.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from edition.parity.alignment.arrays import Bits, Integers, Reals
from edition.parity.alignment.signs import joined
from edition.parity.claims import EVEN

UNKNOWN = 0  # the speaker or division of a turn that has none
MAX_SPEAKERS = 2000  # of a side; whoever speaks least is unknown beyond them, so that tables stay small
_SHORT = 6.0  # letters added to each length: in short turns a word more or less means little
_LONGEST_RECURRENCE = 9


@dataclass(frozen=True, slots=True)
class Kept:
    """What a translation keeps of each turn, as numbers that mean the same on both sides (see Side)."""

    signs: Sequence[int]
    figures: Sequence[int]
    divisions: Sequence[int]

    @classmethod
    def nothing(cls, turns: int) -> Kept:
        return cls(*([UNKNOWN] * turns for _ in range(3)))


@dataclass(frozen=True)
class Side:
    """The turns of one text. `speakers` names the indices of `speaker`; [0] stands for an unknown one.

    `length` is the logarithm of the letters, and `signs` says how a turn is said; `double` and `double_signs` are
    those of a turn and the one before it together. `figures` has two bits for each figure that a turn names,
    the same in both texts; `division` numbers the divisions that both texts have.
    """

    speakers: tuple[Hashable, ...]
    speaker: Integers
    length: Reals
    double: Reals
    signs: Integers
    double_signs: Integers
    figures: Bits
    division: Integers

    def __len__(self) -> int:
        return len(self.speaker) - 1

    @classmethod
    def of(cls, speakers: Sequence[Hashable | None], lengths: Sequence[int], kept: Kept | None = None) -> Side:
        """A side from the speaker and the number of letters of each turn; None is a speaker who is not known."""
        names, indices = _indices(speakers)
        letters = np.array([0, *lengths], dtype=np.float64)
        kept = kept or Kept.nothing(len(lengths))
        signs, divisions = (np.array([UNKNOWN, *each], dtype=np.int64) for each in (kept.signs, kept.divisions))
        return cls(names, indices, *_doubled(letters, signs), np.array([0, *kept.figures], np.uint64), divisions)

    def cut(self, rows: Integers) -> Side:
        """The rows that are named, the first of which is the empty one."""
        lengths = _doubled(np.exp(self.length[rows]) - _SHORT, self.signs[rows])
        return Side(self.speakers, self.speaker[rows], *lengths, self.figures[rows], self.division[rows])

    @property
    def distinct(self) -> float:
        """How much speaker and length of a turn tell it from the others, as a logarithm of odds."""
        counts = np.bincount(self.speaker[1:])[UNKNOWN + 1 :]
        shares = counts[counts > 0] / max(len(self), 1)
        spoken = float(-(shares * np.log(shares)).sum())
        return spoken + max(math.log(self._spread / EVEN), 0.0)

    @property
    def is_even(self) -> bool:
        """Whether all turns are about as long, as lines of verse are."""
        return self._spread < EVEN

    @property
    def _spread(self) -> float:
        return max(float(self.length[1:].std()), 1e-9)

    def recurrences(self) -> Integers:
        """For each turn how many turns ago its speaker spoke last: the same in both texts whatever the names are."""
        codes = np.zeros_like(self.speaker)
        last: dict[int, int] = {}
        for row, speaker in enumerate(self.speaker.tolist()[1:], 1):
            ago = row - last.get(speaker, row - _LONGEST_RECURRENCE)
            codes[row] = UNKNOWN if speaker == UNKNOWN else min(ago, _LONGEST_RECURRENCE)
            last[speaker] = row
        return codes


def _doubled(letters: Reals, signs: Integers) -> tuple[Reals, Reals, Integers, Integers]:
    """Lengths and signs of turns, each alone and together with the one before."""
    pairs, double_signs = letters.copy(), signs.copy()
    pairs[1:] += letters[:-1]
    double_signs[1:] = joined(signs[:-1], signs[1:])
    return np.log(letters + _SHORT), np.log(pairs + _SHORT), signs, double_signs


def _indices(speakers: Sequence[Hashable | None]) -> tuple[tuple[Hashable, ...], Integers]:
    counts: dict[Hashable, int] = {}
    for speaker in speakers:
        if speaker is not None:
            counts[speaker] = counts.get(speaker, 0) + 1
    kept = sorted(counts, key=lambda speaker: -counts[speaker])[:MAX_SPEAKERS]
    numbers = {speaker: number for number, speaker in enumerate(kept, UNKNOWN + 1)}
    found = [UNKNOWN if speaker is None else numbers.get(speaker, UNKNOWN) for speaker in speakers]
    return (None, *kept), np.array([UNKNOWN, *found], dtype=np.int64)
