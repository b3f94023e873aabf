"""Whether turns that are linked say that they answer to each other: a link is what somebody claims.

Told by lengths: however freely a text is translated, what is long in the one is mostly long in the other. And told by
speakers: whatever they are called, the turns of one are mostly those of one.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from edition.model import Turn
from edition.parity.matching import Link
from edition.parity.voices import Voice

_FREEST = 0.8  # spread of the logarithm of a translation's lengths around its original's; 0.14 is usual
EVEN = 0.4  # spread of lengths, as in verse; below it they say nothing against links
_EQUAL = 0.14  # below it, as translators vary them, nothing for them either
_FEW = 8  # turns, of which nothing can be said
_CHANCE = 3.0  # standard deviations from what strangers would show, and
_UNLIKELY = 2.0  # from what the freest translation would
_FAR = math.log(3)  # times as long as is usual, or as short: more than is left to a translator
_WORDS = math.log(16)  # letters, of a word or two: "an hour" is "sixty minutes"
_SHORT = math.log(40)  # letters, within which any length may be that of a translation
_OTHERS = 4  # turns of others than the one who speaks most, without which speakers say nothing
_LOOSE = 0.4  # association of speakers, 1 in a translation without slips


@dataclass(frozen=True)
class Lengths:
    """The lengths of turns that are linked, as logarithms: those of the original, and of what translates them."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @classmethod
    def of(cls, original: Sequence[Turn], translation: Sequence[Turn], pairs: Sequence[Link]) -> Lengths:
        ours = tuple(_length(original[here]) for here, _ in pairs)
        return cls(ours, tuple(_length(translation[there]) for _, there in pairs))

    @cached_property
    def correlation(self) -> float:
        """From -1 to 1; 0 where the turns of either text are all of one length."""
        if len(set(self.ours)) < 2 or len(set(self.theirs)) < 2:
            return 0.0
        return statistics.correlation(self.ours, self.theirs)

    @property
    def go_together(self) -> bool:
        """Whether they do so more than those of strangers ever would."""
        return self.correlation > _CHANCE / math.sqrt(len(self.ours))

    @cached_property
    def _spread(self) -> float:
        return statistics.pstdev(self.ours) if self.ours else 0.0

    @property
    def are_even(self) -> bool:
        """Whether they are those of verse, which are much alike in any two poems."""
        return self._spread < EVEN

    @property
    def are_equal(self) -> bool:
        """Whether they differ less than translations make them, so that those of a true one need not go together."""
        return self._spread < _EQUAL

    @cached_property
    def _are_of_a_word_or_two(self) -> bool:
        """Whether most turns are so short on both sides that any length may be that of a translation."""
        short = sum(max(each) <= _WORDS for each in zip(self.ours, self.theirs, strict=True))
        return 2 * short > len(self.ours)

    @property
    def are_strangers(self) -> bool:
        """Whether they go together no more than by chance, and less than in the freest translation.

        Both are told by Fisher's transformation, of which the spread depends on the number of turns alone.
        """
        if len(self.ours) < _FEW or self.are_even or self._are_of_a_word_or_two:
            return False
        weight = math.sqrt(len(self.ours) - 3)
        found = weight * math.atanh(min(max(self.correlation, -0.999), 0.999))
        free = weight * math.atanh(self._spread / math.hypot(self._spread, _FREEST))
        return found < _CHANCE and found < free - _UNLIKELY

    def borne_out(self, voices: Sequence[tuple[Voice, Voice]]) -> float:
        """The share of the links, from 0 to 1, that neither lengths nor `voices` contradict; rounded down."""
        if not voices:
            return 0.0
        both = list(zip(self.ours, self.theirs, strict=True))
        usual = statistics.median(theirs - ours for ours, theirs in both)
        good = sum(
            (max(ours, theirs) <= _SHORT or abs(theirs - ours - usual) <= _FAR)
            and (mine == other or None in (mine, other))
            for (ours, theirs), (mine, other) in zip(both, voices, strict=True)
        )
        return 100 * good // len(voices) / 100


@dataclass(frozen=True)
class Speakers:
    """Whose the turns are that are linked, as each file has it, for those of which both files say it."""

    pairs: tuple[tuple[Voice, Voice], ...]

    @classmethod
    def of(cls, original: Sequence[Voice], translation: Sequence[Voice], pairs: Sequence[Link]) -> Speakers:
        both = ((original[here], translation[there]) for here, there in pairs)
        return cls(tuple((mine, other) for mine, other in both if mine and other))

    @property
    def are_strangers(self) -> bool:
        """Whether who speaks here says no more of who speaks there than by chance, and less than in any translation.

        Both are told by chi-square, of which mean and spread by chance are known. The association is Cramér's V
        without what chance adds to it (Bergsma 2013). False where the speakers are too few or too many to tell.
        """
        ours, theirs = (Counter(side) for side in zip(*self.pairs, strict=True)) if self.pairs else ({}, {})
        count, fewest = len(self.pairs), min(len(ours), len(theirs))
        if count < _FEW or min(count - max(each.values()) for each in (ours, theirs)) < _OTHERS:
            return False
        met = Counter(self.pairs)
        shares = sum(times * times / (ours[mine] * theirs[other]) for (mine, other), times in met.items())
        free = (len(ours) - 1) * (len(theirs) - 1)
        by_chance = free * count / (count - 1)
        most = by_chance + _CHANCE * math.sqrt(2 * free)
        found, perfect = count * (shares - 1), count * (fewest - 1)
        association = (found - by_chance) / max(perfect - by_chance, 1e-9)
        return found < most < perfect and association < _LOOSE**2


def _length(turn: Turn) -> float:
    return math.log(1 + sum(len(paragraph.text) for paragraph in turn.paragraphs))
