"""Two neighbouring turns of which each has the other's speaker: they have changed places, or their speakers have.

An alignment of few turns takes the second for cheaper. So it is asked what the turns say: their lengths and signs,
whether they are questions, and the numbers and names in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from edition.model import Turn
from edition.parity.alignment.arrays import Integers
from edition.parity.alignment.scoring import Scoring
from edition.parity.alignment.signs import asks
from edition.parity.mentioned import numbers_in, shared_names
from edition.parity.moved import Beside
from edition.parity.voices import Spoken, Voice, are_crosswise

_BETTER = 0.5  # logarithm of the odds that turns stand crosswise
_ASKED = 1.5  # the same, of a question that remains one, and one that does not
_SHARED = 2.0  # of a number or a name


@dataclass(frozen=True)
class Neighbours:
    """What two texts and the costs of their alignment say of neighbouring turns."""

    original: Spoken
    translation: Spoken
    scoring: Scoring

    def put_right(self, beside: Beside, voices: Sequence[Voice] = ()) -> Beside:
        """The same with neighbours crosswise whose speakers say so, and what is left of the turns as well.

        The speakers are those of the costs, or `voices`: those of the translation in terms of the original.
        """
        pairs = list(beside.pairs)
        for at, ((here, there), following) in enumerate(pairwise(beside.pairs)):
            if following != (here + 1, there + 1) or pairs[at] != (here, there):
                continue
            if self._speak_crosswise(here, there, voices) and self._better_crosswise(here, there) > _BETTER:
                pairs[at : at + 2] = (here + 1, there), (here, there + 1)
        return replace(beside, pairs=tuple(pairs))

    def _speak_crosswise(self, here: int, there: int, voices: Sequence[Voice]) -> bool:
        if voices:
            return are_crosswise(self.original.voices[here : here + 2], voices[there : there + 2])
        said = self.scoring.said(*_rows(here, there))
        return bool(said.diagonal().min() > 0 > said[::-1].diagonal().max())

    def _better_crosswise(self, here: int, there: int) -> float:
        """By how much what the turns say speaks for it that they stand crosswise."""
        kept = self.scoring.kept(*_rows(here, there))
        ours, theirs = self.original.text.turns[here : here + 2], self.translation.text.turns[there : there + 2]
        shared = np.array([[self._shared(mine, its) for its in theirs] for mine in ours])
        asked = self.scoring.here.signs[here + 1 : here + 3], self.scoring.there.signs[there + 1 : there + 3]
        questions = _ASKED * np.equal.outer(*map(asks, asked))
        table = kept - _SHARED * shared - questions
        return float(table.trace() - table[::-1].trace())

    def _shared(self, ours: Turn, theirs: Turn) -> int:
        """How many numbers and names of the one are in the other."""
        mine, its = numbers_in(self.original.text, [ours]), numbers_in(self.translation.text, [theirs])
        return sum(any(number & other for other in its) for number in mine) + shared_names(ours, theirs)


def _rows(here: int, there: int) -> tuple[Integers, Integers]:
    return np.array([here + 1, here + 2]), np.array([there + 1, there + 2])
