"""Two texts as arrays, one row a turn: what an alignment looks at, and nothing else of them.

Rows count from 1, and row 0 is empty: the tables of dynamic programming have a column before the first turn.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]

UNKNOWN = 0  # the speaker, mark or division of a turn that has none
MAX_SPEAKERS = 2000  # of a side; whoever speaks least is unknown beyond them, so that tables stay small
_SHORT = 6.0  # letters added to each length: in short turns a word more or less means little
_LONGEST_RECURRENCE = 9


@dataclass(frozen=True)
class Side:
    """The turns of one text. `speakers` names the indices of `speaker`; [0] stands for an unknown one.

    `length` is the logarithm of the letters, `double` that of a turn and the one before it together. `mark` is equal
    where two turns share what no translation changes, such as their figures; `division` numbers the divisions that
    both texts have.
    """

    speakers: tuple[Hashable, ...]
    speaker: Integers
    length: Reals
    double: Reals
    mark: Integers
    division: Integers

    def __len__(self) -> int:
        return len(self.speaker) - 1

    @classmethod
    def of(
        cls,
        speakers: Sequence[Hashable | None],
        lengths: Sequence[int],
        marks: Sequence[int] = (),
        divisions: Sequence[int] = (),
    ) -> Side:
        """A side from the speaker and the number of letters of each turn; None is a speaker who is not known."""
        names, indices = _indices(speakers)
        letters = np.array([0, *lengths], dtype=np.float64)
        pairs = letters.copy()
        pairs[1:] += letters[:-1]
        return cls(
            names,
            indices,
            np.log(letters + _SHORT),
            np.log(pairs + _SHORT),
            np.array([UNKNOWN, *(marks or [UNKNOWN] * len(lengths))], dtype=np.int64),
            np.array([UNKNOWN, *(divisions or [UNKNOWN] * len(lengths))], dtype=np.int64),
        )

    def cut(self, rows: Integers) -> Side:
        """The rows that are named, the first of which is the empty one."""
        letters = np.exp(self.length[rows]) - _SHORT
        letters[1:] += letters[:-1]
        return Side(
            self.speakers,
            self.speaker[rows],
            self.length[rows],
            np.log(letters + _SHORT),
            self.mark[rows],
            self.division[rows],
        )

    def recurrences(self) -> Integers:
        """For each turn how many turns ago its speaker spoke last: the same in both texts whatever the names are."""
        codes = np.zeros_like(self.speaker)
        last: dict[int, int] = {}
        for row, speaker in enumerate(self.speaker.tolist()[1:], 1):
            ago = row - last.get(speaker, row - _LONGEST_RECURRENCE)
            codes[row] = UNKNOWN if speaker == UNKNOWN else min(ago, _LONGEST_RECURRENCE)
            last[speaker] = row
        return codes


def _indices(speakers: Sequence[Hashable | None]) -> tuple[tuple[Hashable, ...], Integers]:
    counts: dict[Hashable, int] = {}
    for speaker in speakers:
        if speaker is not None:
            counts[speaker] = counts.get(speaker, 0) + 1
    kept = sorted(counts, key=lambda speaker: -counts[speaker])[:MAX_SPEAKERS]
    numbers = {speaker: number for number, speaker in enumerate(kept, UNKNOWN + 1)}
    found = [UNKNOWN if speaker is None else numbers.get(speaker, UNKNOWN) for speaker in speakers]
    return (None, *kept), np.array([UNKNOWN, *found], dtype=np.int64)
