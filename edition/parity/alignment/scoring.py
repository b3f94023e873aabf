"""What it costs to lay turns beside each other: how much less likely that is than two turns that met by chance.

All costs are logarithms of odds (Durbin et al. 1998, chapter 4): below zero where speaker, length and signs are for a
pair, above where they are against it. So their sum tells two versions of one text from two different texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from edition.parity.alignment import signs
from edition.parity.alignment.arrays import Integers, Reals
from edition.parity.alignment.path import FARTHEST, NEVER, Bead, Block, Window, moves
from edition.parity.alignment.sequences import UNKNOWN, Side

OPEN, EXTEND = 5.0, 0.3  # a gap: once in 150 turns, and mostly of more than one
SPLIT, MERGED, MOVED = 4.6, 6.1, 6.0
_WHITHER = math.log(2 * (FARTHEST - 1))  # which of all those further off a turn has moved to is news as well
OTHER_LABEL = 3.0  # two turns in one mostly keep the speaker of the first
SLIP = 0.004  # how often a turn has another speaker for no reason
_DOUBT = 0.5  # turns' worth of evidence that who speaks here says nothing of who speaks there
_WORST_LENGTH = 4.0
_FREELY, _FREER = 0.1, 3.0  # so many pairs are translated more freely, with so many times the spread
_LEAST_VARIANCE, _MOST_VARIANCE = 0.1**2, 0.7**2
_FEW = 8  # pairs from which nothing can be learned
_SAME_FIGURES, _OTHER_FIGURES, _NO_FIGURES = -3.0, 1.5, 0.7
_OTHER_DIVISION = 3.0


@dataclass(frozen=True)
class Lengths:
    """How long translations are: the `ratio` to their originals, as a logarithm, and how far they are from it.

    The variance is `even` for long turns and grows by `uneven` over the number of letters: in a short turn one word
    more is much. `chance` and `chance_spread` are of turns that met by chance.
    """

    ratio: float
    even: float
    uneven: float
    chance: float
    chance_spread: float

    @classmethod
    def guess(cls, here: Side, there: Side) -> Lengths:
        """From the two texts as a whole."""
        ours, theirs = here.length[1:], there.length[1:]
        ratio = float(np.log(np.exp(theirs).mean() / np.exp(ours).mean()))
        return cls(ratio, 0.45**2, 0.0, float(theirs.mean()), max(float(theirs.std()), 0.3))

    def learned(self, ours: Reals, theirs: Reals) -> Lengths:
        """The same after a look at pairs: from the middle of them, and two thirds around it, in short and in long."""
        if len(ours) < _FEW:
            return self
        ratio = float(np.median(theirs - ours))
        middle = np.median(ours)
        short, long = ours <= middle, ours > middle
        if min(short.sum(), long.sum()) < _FEW:
            return replace(self, ratio=ratio, even=_variance(theirs - ours), uneven=0.0)
        rarity = np.exp(-ours)
        variances = _variance((theirs - ours)[short]), _variance((theirs - ours)[long])
        apart = float(rarity[short].mean() - rarity[long].mean())
        uneven = max(variances[0] - variances[1], 0.0) / max(apart, 1e-6)
        even = max(variances[1] - uneven * float(rarity[long].mean()), _LEAST_VARIANCE)
        # Where even long turns vary less than that, short ones must not vary more than they do.
        uneven = min(uneven, max(variances[0] - even, 0.0) / float(rarity[short].mean()))
        return replace(self, ratio=ratio, even=even, uneven=uneven)

    def spread(self, ours: Reals) -> Reals:
        """The standard deviation to be expected of a translation of this length."""
        found: Reals = np.sqrt(np.minimum(self.even + self.uneven * np.exp(-ours), _MOST_VARIANCE))
        return found

    def off(self, ours: Reals, theirs: Reals) -> Reals:
        """By how many spreads lengths differ from what the ratio expects."""
        found: Reals = (theirs - ours - self.ratio) / self.spread(ours)
        return found

    def cost(self, ours: Reals, theirs: Reals) -> Reals:
        by_chance = -0.5 * ((theirs - self.chance) / self.chance_spread) ** 2 - np.log(self.chance_spread)
        closely = -0.5 * self.off(ours, theirs) ** 2
        freely = closely / _FREER**2 + math.log(_FREELY / _FREER / (1 - _FREELY))
        paired = np.maximum(closely, freely) + math.log(1 - _FREELY) - np.log(self.spread(ours))
        cost: Reals = np.minimum(by_chance - paired, _WORST_LENGTH)
        return cost


def _variance(differences: Reals) -> float:
    """From the two thirds around the middle, so that a few wrong pairs do not count."""
    low, high = np.quantile(differences, (0.16, 0.84))
    return float(np.clip((high - low) / 2, 0.1, 0.7) ** 2)


@dataclass(frozen=True)
class Scoring:
    """Costs of beads for two sides; `table` has one for each speaker here and there, `speakers` are rows of it, and
    `signs` has one for each signs here and there. No turn is looked for past more than `far` others."""

    here: Side
    there: Side
    our_speakers: Integers
    their_speakers: Integers
    table: Reals
    lengths: Lengths
    signs: Reals = field(default_factory=signs.unheard)
    open: float = OPEN
    extend: float = EXTEND
    far: int = 1

    def cut(self, rows: Sequence[int], columns: Sequence[int]) -> Scoring:
        """The same costs for some turns of both sides only, counted from 0 and laid one after the other."""
        ours, theirs = (np.array([UNKNOWN, *(number + 1 for number in chosen)]) for chosen in (rows, columns))
        return replace(
            self,
            here=self.here.cut(ours),
            there=self.there.cut(theirs),
            our_speakers=self.our_speakers[ours],
            their_speakers=self.their_speakers[theirs],
        )

    @cached_property
    def ideal(self) -> float:
        """What a perfect translation would cost: every turn beside one of its usual speaker and its usual length."""
        return (self.ideal_speakers + self.ideal_lengths) * min(1.0, len(self.there) / max(len(self.here), 1))

    @cached_property
    def ideal_speakers(self) -> float:
        """What it would cost by its speakers."""
        return float(self.table.min(axis=1)[self.our_speakers[1:]].sum())

    @cached_property
    def ideal_lengths(self) -> float:
        """What it would cost by its lengths."""
        sharper = np.log(self.lengths.chance_spread / self.lengths.spread(self.here.length[1:]))
        return -float(np.maximum(sharper, 0.0).sum())

    def said(self, rows: Integers, columns: Integers) -> Reals:
        """What speakers say for or against each pair of these turns, counted from 1."""
        found: Reals = self.table[self.our_speakers[rows]][:, self.their_speakers[columns]]
        return found

    def kept(self, rows: Integers, columns: Integers) -> Reals:
        """What all the rest says of them: lengths, signs, figures and divisions."""
        lengths = self.lengths.cost(self.here.length[rows, None], self.there.length[None, columns])
        heard = self._heard(self.here.signs[rows], self.there.signs[columns])
        return lengths + heard + self._marks(rows[:, None], columns[None, :])

    def evidence(self, ours: Integers, theirs: Integers) -> float:
        """How much of the evidence of a perfect translation there is in pairs of rows: 1 at most, and -1 if it is
        against them. Lengths that are much alike on either side have no say."""
        here, there = self.here, self.there
        cost = self.table[self.our_speakers[ours], self.their_speakers[theirs]] + self._marks(ours, theirs)
        cost += self.signs[here.signs[ours], there.signs[theirs]]
        ideal = self.ideal_speakers
        if not (here.is_even or there.is_even):
            cost += self.lengths.cost(here.length[ours], there.length[theirs])
            ideal += self.ideal_lengths
        return float(np.clip(cost.sum() / min(ideal, -1e-9), -1.0, 1.0))

    def block(self, window: Window) -> Block:
        """The prices of all beads that end in a window; see path.Costs."""
        # Rows and columns before the window as well: beads of more than one turn begin there.
        far = self.far
        rows = np.maximum(np.arange(window.first - far, window.last + 1), 0)
        columns = np.maximum(np.arange(window.low - far, window.high + 1), 0)
        here, there, lengths = self.here, self.there, self.lengths
        said = self.said(rows, columns)
        pair = said + self.kept(rows, columns)
        said, rows, columns = said[far - 1 :, far - 1 :], rows[far:], columns[far:]
        split = said[1:, 1:] + said[1:, :-1] + SPLIT
        split += lengths.cost(here.length[rows, None], there.double[None, columns])
        split += self._heard(here.signs[rows], there.double_signs[columns])
        merged = np.minimum(said[:-1, 1:], said[1:, 1:] + OTHER_LABEL) + MERGED
        merged += lengths.cost(here.double[rows, None], there.length[None, columns])
        merged += self._heard(here.double_signs[rows], there.signs[columns])
        moved = tuple(self._moved(pair, rows, columns))
        one = pair[far:, far:]
        one[:, columns < 1] = merged[:, columns < 1] = split[:, columns < 2] = merged[rows < 2] = NEVER
        return Block(one, split, merged, moved)

    def _heard(self, ours: Integers, theirs: Integers) -> Reals:
        found: Reals = self.signs[ours][:, theirs]
        return found

    def _moved(self, pair: Reals, rows: Integers, columns: Integers) -> Iterator[Reals]:
        """The prices of turns that have moved: their own, and those of the turns they have moved past, which go on
        one beside one."""
        far = self.far
        past = {earlier: np.zeros((len(rows), len(columns))) for earlier in (False, True)}

        def ending(up: int, left: int) -> Reals:
            """The prices of pairs that end so many rows and columns before."""
            return pair[far - up : len(pair) - up, far - left : pair.shape[1] - left]

        for by, earlier in [(1, False), (1, True), *moves(far)[1:]]:
            past[earlier] += ending(by, by - 1) if earlier else ending(by - 1, by)
            if (by, earlier) != (1, True):  # past one other is the other's move as well
                own = ending(0, by) if earlier else ending(by, 0)
                price = own + past[earlier] + (MOVED if by == 1 else MOVED + _WHITHER)
                price[rows <= by] = price[:, columns <= by] = NEVER
                yield price

    def _marks(self, rows: Integers, columns: Integers) -> Reals:
        """What figures and divisions say for a pair or against it; most turns have neither.

        Figures speak the more for a pair the more of them are in both: one may stand in words in the other text.
        """
        ours, theirs = np.broadcast_arrays(self.here.figures[rows], self.there.figures[columns])
        cost = np.where((ours == 0) != (theirs == 0), _NO_FIGURES, 0.0)
        some = np.nonzero((ours != 0) & (theirs != 0))
        ours, theirs = ours[some], theirs[some]
        shared = np.bitwise_count(ours & theirs) / np.bitwise_count(ours | theirs)
        cost[some] = _OTHER_FIGURES + (_SAME_FIGURES - _OTHER_FIGURES) * shared
        ours, theirs = self.here.division[rows], self.there.division[columns]
        cost[(ours != theirs) & (ours != UNKNOWN) & (theirs != UNKNOWN)] += _OTHER_DIVISION
        return cost


def by_recurrence(here: Side, there: Side, lengths: Lengths) -> Scoring:
    """Costs that know nobody: a turn whose speaker spoke two turns ago has such a counterpart, whatever the names."""
    ours, theirs = here.recurrences(), there.recurrences()
    size = int(max(ours.max(), theirs.max())) + 1
    expected = np.full((size, size), 0.2 / max(size - 2, 1))
    np.fill_diagonal(expected, 0.8)
    return Scoring(here, there, ours, theirs, _odds(expected, theirs), lengths)


@dataclass(frozen=True, slots=True)
class Meetings:
    """How often each speaker here stands beside each there: by a guess, and as seen on a path."""

    guess: Reals
    seen: Reals

    @property
    def counts(self) -> Reals:
        return self.guess + self.seen

    def costs(self, ours: Integers, theirs: Integers) -> Reals:
        """From this side and from the other, whichever is against a pair: who is known here may be new there.

        A pair must not vouch for itself, so one that was seen is not counted where it is judged.
        """
        once = np.minimum(self.seen, 1.0)
        found: Reals = np.maximum(_expected(self.counts, once, theirs), _expected(self.counts.T, once.T, ours).T)
        return found


def _expected(counts: Reals, once: Reals, theirs: Integers) -> Reals:
    """The costs of each column in each row, from its counts without `once`."""
    rest = counts.sum(axis=1, keepdims=True) - once
    return _odds((counts - once + _DOUBT * _frequency(theirs, counts.shape[1])) / (rest + _DOUBT), theirs)


def by_speaker(here: Side, there: Side, meetings: Meetings, lengths: Lengths) -> Scoring:
    """Costs from how often each speaker here was found beside each speaker there, prior guesses included."""
    costs = meetings.costs(here.speaker, there.speaker)
    return Scoring(here, there, here.speaker, there.speaker, costs, lengths)


def _odds(expected: Reals, theirs: Integers) -> Reals:
    """Costs of a table of probabilities, against how often each column occurs at all. Unknown costs nothing."""
    chance = np.maximum(_frequency(theirs, expected.shape[1]), 1e-9)
    table: Reals = -np.log((1 - SLIP) * expected / chance + SLIP)
    table[UNKNOWN, :] = table[:, UNKNOWN] = 0.0
    return table


def _frequency(speakers: Integers, size: int) -> Reals:
    """How often each known speaker speaks, as a share; nobody is so rare that he cannot be expected."""
    counts: Reals = np.bincount(speakers, minlength=size).astype(np.float64) + 0.5
    counts[UNKNOWN] = 0.0
    counts /= max(float(counts.sum()), 1.0)
    return counts


def pairs_of(beads: tuple[Bead, ...]) -> tuple[Integers, Integers]:
    """The rows of turns that stand one beside one, counted from 1."""
    pairs = np.array([pair for bead in beads for pair in bead.pairs], dtype=np.int64).reshape(-1, 2) + 1
    return pairs[:, 0], pairs[:, 1]
