"""A turn of a text of few turns that seems to stand alone: it may be joined to its neighbour in the other text.

In so few turns an alignment cannot learn how closely lengths are kept, and takes one that is left out for likelier.
So it is asked what the counterpart of the neighbour says: how long it is beside the others, of how many sentences,
and whether it has the numbers and names of both. The same is asked of a turn that only the translation has; and of
turns that seem to be joined whether they are.
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
_MERGED = 1.5  # logarithm of the odds that a turn is left out and not joined
_SPLIT = 0.5  # the same, that a turn is one more and no part of its neighbour
_OTHER_LABEL = 3.0  # the same, that two turns joined have the speaker of the first
_SENTENCE = 1.0  # of one sentence more or less
_SHARED = 2.0  # of a number or a name
_END = re.compile(r"[.!?…。！？]+(?=\s|$|[»”\"'’])|[。！？]")


def with_joined(beside: Beside, original: Spoken, translation: Spoken, voices: Sequence[Voice]) -> Beside:
    """The same with turns that stand alone joined to a neighbour where that is likelier, in texts of few turns.

    `voices` says whose the turns of the translation are in terms of the original.
    """
    if max(len(original.voices), len(translation.voices)) > MOST:
        return beside
    beside = _Joined(original, translation, voices, _MERGED).put_right(beside)
    spoken = dict(beside.pairs)
    theirs = [translation.voices[spoken[here]] if here in spoken else None for here in range(len(original.voices))]
    return _flipped(_Joined(translation, original, theirs, _SPLIT, one_voice=True).put_right(_flipped(beside)))


def _flipped(beside: Beside) -> Beside:
    """The same with the translation for the original."""
    sides = (beside.pairs, beside.merged, beside.split, beside.alone_there, beside.alone_here)
    pairs, *others = (tuple((there, here) for here, there in links) for links in sides)
    return Beside(pairs, *others)


@dataclass(frozen=True)
class _Joined:
    """Two texts, turns of the first of which may be one in the second.

    `voices` says whose the turns of the second are in terms of the first. They are joined if that is `likelier` than
    to stand alone by so much; and if of `one_voice`, only where the two are.
    """

    parts: Spoken
    wholes: Spoken
    voices: Sequence[Voice]
    likelier: float
    one_voice: bool = False

    def put_right(self, beside: Beside) -> Beside:
        for second, there in beside.merged:
            beside = self._without(beside, second, there)
        for here, _ in beside.alone_here:
            beside = self._with(beside, here)
        return beside

    def _without(self, beside: Beside, second: int, there: int) -> Beside:
        """The same with one of two joined turns alone, where nothing speaks for it that the other is not all."""
        joined = [here for here, other in (*beside.pairs, *beside.merged) if other == there]
        if len(joined) != 2:
            return beside
        others = tuple(link for link in beside.pairs if link[1] != there)
        odds = {here: self._for_one((*others, (here, there)), sorted(joined), there) for here in joined}
        best = min(odds, key=odds.__getitem__)
        strangers = self.one_voice and len({self.parts.voices[here] for here in joined}) > 1
        if odds[best] >= (_OTHER_LABEL if strangers else 0.0):
            return beside
        alone = joined[0] if best == joined[1] else joined[1]
        return replace(
            beside,
            pairs=tuple((best, there) if link[1] == there else link for link in beside.pairs),
            merged=tuple(link for link in beside.merged if link != (second, there)),
            alone_here=(*beside.alone_here, (alone, there)),
        )

    def _with(self, beside: Beside, here: int) -> Beside:
        whole = dict(beside.pairs)
        single = whole.keys() - {here for here, _ in (*beside.split, *beside.merged)}
        taken = {there for _, there in (*beside.split, *beside.merged)}
        neighbours = [each for each in (here - 1, here + 1) if each in single and whole[each] not in taken]
        if self.one_voice:
            neighbours = [each for each in neighbours if self.parts.voices[each] == self.parts.voices[here]]
        odds = {each: self._for_one(beside.pairs, sorted((each, here)), whole[each]) for each in neighbours}
        best = max(odds, key=odds.__getitem__, default=None)
        if best is None or odds[best] <= self.likelier:
            return beside
        there, (first, second) = whole[best], sorted((best, here))
        return replace(
            beside,
            pairs=tuple((first, there) if link == (best, there) else link for link in beside.pairs),
            merged=(*beside.merged, (second, there)),
            alone_here=tuple(link for link in beside.alone_here if link[0] != here),
        )

    def _for_one(self, pairs: Sequence[Link], both: Sequence[int], there: int) -> float:
        """What speaks for it that a turn is two and not only the one that stands beside it."""
        turns, wholes = self.parts.text.turns, self.wholes.text.turns
        theirs = wholes[there]
        ours = [turns[each] for each in both]
        (alone,) = (turns[here] for here, other in pairs if other == there)
        (joined,) = (each for each in ours if each is not alone)
        ratios = [_letters(wholes[other]) - _letters(turns[here]) for here, other in pairs if other != there]
        usual = statistics.fmean(ratios) if ratios else 0.0
        spread = (sum((each - usual) ** 2 for each in ratios) + _TRUSTED * _USUAL**2) / (len(ratios) + _TRUSTED)

        def unlikely(*originals: Turn) -> float:
            off = _letters(theirs) - _letters(*originals) - usual
            return off * off / (2 * spread) + _SENTENCE * abs(_sentences(theirs) - sum(map(_sentences, originals)))

        mine, its = numbers_in(self.parts.text, [joined]), numbers_in(self.wholes.text, [theirs])
        shared = sum(any(number & other for other in its) for number in mine) + shared_names(joined, theirs)
        known = self.voices[there] in (None, self.parts.voices[both[0]])
        return unlikely(alone) - unlikely(*ours) + _SHARED * shared - (0.0 if known else _OTHER_LABEL)


def _letters(*turns: Turn) -> float:
    return math.log(6 + sum(len(paragraph.text) for turn in turns for paragraph in turn.paragraphs))


def _sentences(turn: Turn) -> int:
    return max(sum(len(_END.findall(paragraph.text)) for paragraph in turn.paragraphs), 1)
