"""A turn of a text of few turns that seems to have no translation: it may be joined to that of its neighbour.

In so few turns an alignment cannot learn how closely lengths are kept, and takes one that is left out for likelier.
So it is asked what the translation of the neighbour says: how long it is beside the others, of how many sentences,
and whether it has the numbers and names of both.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edition.model import Turn
from edition.parity.matching import Link
from edition.parity.mentioned import numbers_in, shared_names
from edition.parity.moved import Beside
from edition.parity.voices import Spoken, Voice

MOST = 12  # turns; of longer texts an alignment knows enough
_USUAL = 0.2  # spread of the logarithm of a translation's lengths around its original's, as much as
_TRUSTED = 3  # turns would say of it
_LIKELIER = 1.5  # logarithm of the odds that a turn is left out and not joined to another
_OTHER_LABEL = 3.0  # the same, that two turns joined have the speaker of the first
_SENTENCE = 1.0  # of one sentence more or less
_SHARED = 2.0  # of a number or a name
_END = re.compile(r"[.!?…。！？]+(?=\s|$|[»”\"'’])|[。！？]")


@dataclass(frozen=True)
class Joined:
    """Two texts of few turns, and whose the turns of the translation are in terms of the original."""

    original: Spoken
    translation: Spoken
    voices: Sequence[Voice]

    def put_right(self, beside: Beside) -> Beside:
        """The same with turns that stand alone joined to a neighbour where that is likelier."""
        if max(len(self.original.voices), len(self.translation.voices)) > MOST:
            return beside
        for here, _ in beside.alone_here:
            beside = self._with(beside, here)
        return beside

    def _with(self, beside: Beside, here: int) -> Beside:
        translations = dict(beside.pairs)
        single = {here for here, _ in beside.pairs} - {here for here, _ in (*beside.split, *beside.merged)}
        neighbours = [each for each in (here - 1, here + 1) if each in single]
        odds = {each: self._for_one(beside.pairs, sorted((each, here)), translations[each]) for each in neighbours}
        best = max(odds, key=odds.__getitem__, default=None)
        if best is None or odds[best] <= _LIKELIER:
            return beside
        there, (first, second) = translations[best], sorted((best, here))
        return replace(
            beside,
            pairs=tuple((first, there) if link == (best, there) else link for link in beside.pairs),
            merged=(*beside.merged, (second, there)),
            alone_here=tuple(link for link in beside.alone_here if link[0] != here),
        )

    def _for_one(self, pairs: Sequence[Link], both: Sequence[int], there: int) -> float:
        """What speaks for it that a turn translates two and not only the one that stands beside it."""
        turns, theirs = self.original.text.turns, self.translation.text.turns[there]
        ours = [turns[each] for each in both]
        (alone,) = (turns[here] for here, other in pairs if other == there)
        (joined,) = (each for each in ours if each is not alone)
        ratios = [_letters(self.translation.text.turns[t]) - _letters(turns[h]) for h, t in pairs if t != there]
        usual = statistics.fmean(ratios) if ratios else 0.0
        spread = (sum((each - usual) ** 2 for each in ratios) + _TRUSTED * _USUAL**2) / (len(ratios) + _TRUSTED)

        def unlikely(*originals: Turn) -> float:
            off = _letters(theirs) - _letters(*originals) - usual
            return off * off / (2 * spread) + _SENTENCE * abs(_sentences(theirs) - sum(map(_sentences, originals)))

        mine, its = numbers_in(self.original.text, [joined]), numbers_in(self.translation.text, [theirs])
        shared = sum(any(number & other for other in its) for number in mine) + shared_names(joined, theirs)
        known = self.voices[there] in (None, self.original.voices[both[0]])
        return unlikely(alone) - unlikely(*ours) + _SHARED * shared - (0.0 if known else _OTHER_LABEL)


def _letters(*turns: Turn) -> float:
    return math.log(6 + sum(len(paragraph.text) for turn in turns for paragraph in turn.paragraphs))


def _sentences(turn: Turn) -> int:
    return max(sum(len(_END.findall(paragraph.text)) for paragraph in turn.paragraphs), 1)
