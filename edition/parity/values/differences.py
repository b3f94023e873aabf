"""Where the numbers and dates of a text and its translation part ways, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain, zip_longest

from edition.parity.comparison import Comparison
from edition.parity.counterparts import Counterpart, all_outside, counterparts, headings_alone, unpaired
from edition.parity.values.hours import is_of, other_time
from edition.parity.values.languages import Language
from edition.parity.values.numbering import Sign, places_in, signs_outside
from edition.parity.values.quantities import Sureness
from edition.parity.values.reading import language_in_text
from edition.parity.values.sides import Side
from edition.parity.values.value import Value

_MOST_EXCHANGED = 50
_MOST_IN_FIGURES = 0.75  # of what any text writes in figures, a text that does has at least as much
_ROUNDED = Decimal("0.01")  # a third and 0.33
_HIGH = 2  # what languages count by other words than ordinals


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of one text that the other has not: with what the other has instead, as far as that can be told.

    `counted` says that the other has both numbers, but counts other things with them.
    """

    passage: Counterpart
    original: Value | None
    translation: Value | None
    surely: Sureness = Sureness.DOUBTFUL
    doubtful: bool = False  # for it may be understood from what was said before
    counted: bool = False

    @property
    def sureness(self) -> Sureness:
        """That of the surer value, and no less than what beside them makes it sure."""
        return max(self.surely, *(value.sureness for value in (self.original, self.translation) if value is not None))

    @property
    def is_date(self) -> bool:
        return any(value.is_date for value in (self.original, self.translation) if value is not None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and both its sides."""

    passage: Counterpart
    original: Side
    translation: Side


@dataclass(frozen=True)
class Values:
    """The values of two texts that are compared."""

    comparison: Comparison

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The passages that may have any."""
        return self._read(counterparts(self.comparison))

    @cached_property
    def unpaired(self) -> tuple[Pair, ...]:
        """What stands outside turns and may have any, where nothing says what answers to what."""
        return self._read(unpaired(self.comparison))

    @cached_property
    def alone(self) -> tuple[Pair, ...]:
        """Headings of the original that may have any and that nothing answers to, with the turn beside them."""
        return self._read(headings_alone(self.comparison))

    @cached_property
    def outside(self) -> Pair:
        """All that stands outside turns in either text."""
        passage = all_outside(self.comparison)
        ours, theirs = map(language_in_text, (self.comparison.original, self.comparison.translation))
        return Pair(passage, Side(passage.original, ours), Side(passage.translation, theirs))

    def _read(self, passages: Iterable[Counterpart]) -> tuple[Pair, ...]:
        ours = language_in_text(self.comparison.original)
        theirs = language_in_text(self.comparison.translation)
        pairs: list[Pair] = []
        for passage in passages:
            before = pairs[-1] if pairs else None
            original = Side(passage.original, ours, before.original if before else None)
            translation = Side(passage.translation, theirs, before.translation if before else None)
            if original.may_have_values or translation.may_have_values:
                mine, its = places_in(passage, *self._signs_outside)
                sides = replace(original, numbering=mine), replace(translation, numbering=its)
                pairs.append(Pair(passage, *sides))
        return tuple(pairs)

    @cached_property
    def _signs_outside(self) -> tuple[tuple[Sign, ...], tuple[Sign, ...]]:
        return signs_outside(self.comparison.original), signs_outside(self.comparison.translation)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        in_figures = self.in_figures
        found = chain.from_iterable((*_differences(pair, in_figures), *_months_unsaid(pair)) for pair in self.pairs)
        return tuple(each for each in map(self._unless_outside, found) if each.original or each.translation)

    def _unless_outside(self, difference: Difference) -> Difference:
        """A difference of parts outside turns that are divided otherwise, without what is said elsewhere there; of a
        turn, without what the original says in a heading that nothing else answers to."""
        ours, theirs = difference.original, difference.translation
        if theirs and not ours and self._is_of_heading(theirs):
            return replace(difference, translation=None)
        if not difference.passage.guessed:
            return difference
        return replace(
            difference,
            original=None if ours and self.outside.translation.to(ours) else ours,
            translation=None if theirs and self.outside.original.to(theirs) else theirs,
        )

    def _is_of_heading(self, value: Value) -> bool:
        """Whether a turn of the translation says what a heading of the original beside it says."""
        beside = (
            pair for pair in self.alone if any(each.key == value.paragraph.key for each in pair.passage.translation)
        )
        return any(pair.original.to(value) for pair in beside)

    @cached_property
    def in_figures(self) -> tuple[bool, bool]:
        """Whether all numbers of each text can be read: its words are known, or it writes figures as the other does.

        Not so where 1945 stands as 一九四五, MCMXLV, or a word of a language without a table.
        """
        original = _is_in_figures([(pair.original, pair.translation) for pair in self.pairs])
        return original, _is_in_figures([(pair.translation, pair.original) for pair in self.pairs])


def _is_in_figures(pairs: Sequence[tuple[Side, Side]]) -> bool:
    """Whether a text, whose sides come first, can be read in its language or has most of the other's figures."""
    if all(own.language.has_words for own, _ in pairs):
        return True
    found = [bool(own.to(value)) for own, other in pairs for value in other.values if value.is_plain_figures]
    return sum(found) >= _MOST_IN_FIGURES * len(found)


def _differences(pair: Pair, in_figures: tuple[bool, bool]) -> Iterator[Difference]:
    """Values that the other side does not have at all; `in_figures` is Values.in_figures.

    How often it has them is asked only where one has taken the place of another: texts repeat a number, or leave the
    second of two to be understood.
    """
    ours, theirs = pair.original, pair.translation
    lost = missing(ours, theirs, in_figures[1])
    added = missing(theirs, ours, in_figures[0])
    if times := other_time(ours, theirs, (*lost, *added)):
        yield Difference(pair.passage, *times, surely=Sureness.WORDS)
        lost, added = (
            [value for value in each if not any(is_of(value, one) for one in times)] for each in (lost, added)
        )
    alike = not (lost or added or times)
    yield from _replaced(pair, in_figures, alike=alike)
    if alike and (large := _other_in_characters(pair)):
        yield Difference(pair.passage, *large)
    for is_date in (False, True):
        beside = zip_longest(*([value for value in each if value.is_date is is_date] for each in (lost, added)))
        for original, translation in beside:
            if translation is None:
                year = theirs.answers.year_of(original)
                doubtful = year is not None and theirs.months_in_mind.issuperset(original.months)
                mine = _unless_in_words(original, theirs.language)
                yield Difference(pair.passage, mine, year, doubtful=doubtful)
            elif original is None:
                year = ours.answers.year_of(translation)
                doubtful = year is not None and ours.months_in_mind.issuperset(translation.months)
                its = _unless_in_words(translation, ours.language)
                yield Difference(pair.passage, year, its, doubtful=doubtful)
            else:
                yield Difference(pair.passage, original, translation)


def _replaced(pair: Pair, in_figures: tuple[bool, bool], *, alike: bool) -> Iterator[Difference]:
    """Values in the place of others, of which nobody misses either, or which both texts have as well (`alike`)."""
    ours, theirs = pair.original, pair.translation
    worded = ours.language.has_words and theirs.language.has_words
    if worded and alike:
        yield from _exchanged(pair)
        if shares := _other_share(pair):
            yield Difference(pair.passage, *shares, surely=Sureness.WORDS)
        if typed := _only_in_brackets(pair):
            yield Difference(pair.passage, *typed)
    if days := _only_two(pair, lambda value: value.is_silent_date):
        yield Difference(pair.passage, *days, surely=Sureness.FIGURES)
    if numbers := _only_two(pair, lambda value: value.is_silent_number):
        yield Difference(pair.passage, *numbers, surely=Sureness.FIGURES)
    measures = _only_two(pair, lambda value: value.is_silent_measure)
    if measures and measures[0].is_measured_unlike(measures[1]):
        yield Difference(pair.passage, *measures, surely=Sureness.FIGURES)
    if months := _only_two(pair, lambda value: value.is_month):
        yield Difference(pair.passage, *months, surely=Sureness.FIGURES)
    if worded and (ordinals := _only_two(pair, _is_high_ordinal)):
        yield Difference(pair.passage, *ordinals, surely=Sureness.WORDS)
    if alike and not all(in_figures) and (figures := _only_two(pair, lambda value: value.is_plain_figures)):
        yield Difference(pair.passage, *figures)


def _months_unsaid(pair: Pair) -> Iterator[Difference]:
    """Days that the other side gives without their month, which it has not named just before either: "the 5th"."""
    ours, theirs = pair.original, pair.translation
    if ours.language.has_words and theirs.language.has_words:
        for value, partner in _days_alone(ours, theirs):
            yield Difference(pair.passage, value, partner, doubtful=True)
        for value, partner in _days_alone(theirs, ours):
            yield Difference(pair.passage, partner, value, doubtful=True)


def _days_alone(side: Side, other: Side) -> Iterator[tuple[Value, Value]]:
    """Dates of a side to which only numbers of the other answer, with these."""
    for value in side.values:
        if value.sureness is Sureness.DOUBTFUL or other.months_in_mind.issuperset(value.months):
            continue
        partners = () if other.quotes(value) else other.to(value)
        in_words = frozenset(reading for reading in value.readings if isinstance(reading, Decimal))
        if partners and not any(each.is_date or not in_words.isdisjoint(each.numbers) for each in partners):
            yield value, partners[0]


def _unless_in_words(value: Value, language: Language) -> Value:
    """A value that the other side has not, less sure where that may say it in words of a language without a table."""
    is_sure = language.has_words or value.encoded or value.is_date
    return value if is_sure else replace(value, sureness=Sureness.WORDS)


def missing(side: Side, other: Side, in_figures: bool) -> list[Value]:
    """The values of a side that the other surely does not have, of which all numbers can be read if `in_figures`."""
    missed = [
        value
        for value in side.values
        if _is_missed(value, other, in_figures)
        and not any(map(other.to, side.instead_of(value)))
        and not other.has_in_a_range(value, side)
    ]
    return [value for before, value in zip((None, *missed), missed, strict=False) if not _is_told_with(value, before)]


def _is_told_with(value: Value, before: Value | None) -> bool:
    """Whether a value says what the one before it does: the minutes of 17:30, the day of the other calendar."""
    if before is None:
        return False
    of_one_time = value.time is not None and value.time.sure and value.time is before.time
    return of_one_time or (value.is_date and value.readings == before.readings and value.words != before.words)


def _is_missed(value: Value, other: Side, in_figures: bool) -> bool:
    answers = other.answers
    if value.sureness is Sureness.DOUBTFUL or other.to(value) or answers.to_figures_of(value):
        return False
    if other.language.has_words:
        return not ((value.is_date or value.is_spelt) and other.quotes(value))
    both_encoded = value.encoded and (answers.encoded_dates if value.is_date else answers.encoded_numbers)
    return value.sureness is Sureness.FIGURES and (both_encoded or (in_figures and value.is_plain_figures))


def _exchanged(pair: Pair) -> Iterator[Difference]:
    """One value for another, where both sides have as many: 2, 3, 3 for 2, 2, 3, or 5 weeks where 7 were."""
    if pair.original.has_asides or pair.translation.has_asides:
        return
    if counted := swapped(pair):
        yield Difference(pair.passage, *counted, counted=True)
    ours = [value for value in pair.original.values if value.sureness is not Sureness.DOUBTFUL]
    theirs = [value for value in pair.translation.values if value.sureness is not Sureness.DOUBTFUL]
    if len(ours) != len(theirs) or len(ours) > _MOST_EXCHANGED:
        return
    left = _left_over(ours, pair.translation.values)
    instead = _left_over(theirs, pair.original.values)
    if len(left) == len(instead) == 1:
        yield Difference(pair.passage, left[0], instead[0])


def swapped(pair: Pair) -> tuple[Value, Value] | None:
    """What is counted once in either text with the number of another thing: 5 days, 7 weeks; 7 days, 5 weeks."""
    ours, theirs = _by_kind(pair.original), _by_kind(pair.translation)
    other = [kind for kind in ours if kind in theirs and not ours[kind].means(theirs[kind])]
    if len(other) != 2:
        return None
    first, second = other
    crosswise = ((ours[first], theirs[second]), (ours[second], theirs[first]))
    surely = all(
        pair.translation.to(mine) == [its] and pair.original.to(its) == [mine] and not mine.lasts & its.lasts
        for mine, its in crosswise
    )
    return (ours[first], theirs[first]) if surely else None


def _by_kind(side: Side) -> dict[str, Value]:
    """The numbers of a side by what they count, of which it counts only once."""
    sure = [value for value in side.values if value.kind and value.sureness and not value.is_date]
    times = Counter(value.kind for value in sure)
    return {value.kind: value for value in sure if times[value.kind] == 1}


def _only_in_brackets(pair: Pair) -> tuple[Value, Value] | None:
    """The one value that stands in square brackets of either text alone, and has taken the place of the other."""
    left = [value for value in pair.original.bracketed if not pair.translation.to(value)]
    instead = [value for value in pair.translation.bracketed if not pair.original.to(value)]
    return (left[0], instead[0]) if len(left) == len(instead) == 1 else None


def _left_over(values: Sequence[Value], others: Sequence[Value]) -> list[Value]:
    """What is left of some values once each of the others has taken one that means the same."""
    free = list(values)
    for other in others:
        taken = next((value for value in free if value.means(other)), None)
        if taken is not None:
            free.remove(taken)
    return free


def _only_two(pair: Pair, is_wanted: Callable[[Value], bool]) -> tuple[Value, Value] | None:
    """The one value of this kind of either side that nothing on the other answers to, if each side has just one."""
    left = [value for value in pair.original.values if is_wanted(value) and not pair.translation.to(value)]
    instead = [value for value in pair.translation.values if is_wanted(value) and not pair.original.to(value)]
    return (left[0], instead[0]) if len(left) == len(instead) == 1 else None


def _other_in_characters(pair: Pair) -> tuple[Value, Value] | None:
    """The only large number of each side, if they differ and one stands in characters: 两万五千, and 250,000."""
    large = _only_two(pair, lambda value: value.is_large)
    if large is None or not any(value.is_in_characters for value in large):
        return None
    ours, theirs = large
    return replace(ours, sureness=Sureness.WORDS), replace(theirs, sureness=Sureness.WORDS)


def _other_share(pair: Pair) -> tuple[Value, Value] | None:
    """The only part of a whole that each side names, if the two differ: a third, and a quarter."""
    ours, theirs = ([value for value in side.values if value.share] for side in (pair.original, pair.translation))
    if len(ours) != 1 or len(theirs) != 1 or ours[0].share is None or theirs[0].share is None:
        return None
    return (ours[0], theirs[0]) if abs(ours[0].share - theirs[0].share) > _ROUNDED else None


def _is_high_ordinal(value: Value) -> bool:
    """The fourth article: alone it is never missed, for languages say first and second where others say next."""
    return value.ordinal and all(number > _HIGH for number in value.numbers)
