"""Where the numbers and dates of a text and its translation part ways, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain, islice, pairwise, zip_longest

from edition.model import ASIDE, Paragraph
from edition.parity.comparison import Comparison
from edition.parity.counterparts import Counterpart, counterparts
from edition.parity.values.languages import Language
from edition.parity.values.qualifiers import Exactness, Qualifier
from edition.parity.values.quantities import Day, Sureness
from edition.parity.values.reading import Value, language_in_text, may_have_values, values_of

_MOST_ANSWERS = 20  # a number that a passage says more often is no matter of single words
_MOST_EXCHANGED = 50
_MOST_IN_FIGURES = 0.75  # of what any text writes in figures, a text that does has at least as much
_HIGH = 2  # what languages count by other words than ordinals
# What a word behind figures may stand for where its language has no table: thousand, 万, lakh, million, milliard …
_SCALES = tuple(Decimal(10) ** power for power in range(3, 13))
_RANGE = 6  # characters between the two ends of a range: "3 to 4", "3 или 4"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of one text that the other has not: with what the other has instead, as far as that can be told."""

    passage: Counterpart
    original: Value | None
    translation: Value | None

    @property
    def sureness(self) -> Sureness:
        return max(value.sureness for value in (self.original, self.translation) if value is not None)

    @property
    def is_date(self) -> bool:
        return any(value.is_date for value in (self.original, self.translation) if value is not None)


@dataclass(frozen=True, slots=True)
class Requalified:
    """A value that both texts have, though not equally exact; a qualifier that is None was not said."""

    passage: Counterpart
    original: Value
    translation: Value
    said: Qualifier | None
    translated: Qualifier | None


@dataclass(frozen=True, slots=True)
class Side:
    """A passage with the values of both its sides, and the languages that these are read in.

    `with_asides` are those of a side that is read with what was added or deleted in it: they answer to a value of the
    other side, which may translate them, and nobody misses them. Empty where there is nothing of the kind.
    """

    passage: Counterpart
    languages: tuple[Language, Language]
    original: tuple[Value, ...]
    translation: tuple[Value, ...]
    with_asides: tuple[tuple[Value, ...], tuple[Value, ...]] = ((), ())


@dataclass(frozen=True)
class Values:
    """The values of two texts that are compared."""

    comparison: Comparison

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        ours = language_in_text(self.comparison.original)
        theirs = language_in_text(self.comparison.translation)
        sides = []
        for passage in counterparts(self.comparison):
            paragraphs = [
                *((each, ours) for each in passage.original),
                *((each, theirs) for each in passage.translation),
            ]
            if not any(may_have_values(each, language) for each, language in paragraphs):
                continue
            original = tuple(value for each in passage.original for value in values_of(each, ours))
            translation = tuple(value for each in passage.translation for value in values_of(each, theirs))
            asides = _with_asides(passage.original, ours), _with_asides(passage.translation, theirs)
            sides.append(Side(passage, (ours, theirs), original, translation, asides))
        return tuple(sides)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        in_figures = self.in_figures
        return tuple(difference for side in self.sides for difference in _differences(side, in_figures))

    @cached_property
    def in_figures(self) -> tuple[bool, bool]:
        """Whether all numbers of each text can be read: its words are known, or it writes figures as the other does.

        Not so where 1945 stands as 一九四五, MCMXLV, or a word of a language without a table.
        """
        original = _is_in_figures([(side.languages[0], side.translation, side.original) for side in self.sides])
        translation = _is_in_figures([(side.languages[1], side.original, side.translation) for side in self.sides])
        return original, translation


def _is_in_figures(sides: Sequence[tuple[Language, Sequence[Value], Sequence[Value]]]) -> bool:
    """Whether a text has most of the figures of the other: by its language, the other's values and its own."""
    if all(language.has_words for language, _, _ in sides):
        return True
    figures = [(value, Answers(own)) for _, others, own in sides for value in others if value.is_plain_figures]
    return sum(bool(own.to(value)) for value, own in figures) >= _MOST_IN_FIGURES * len(figures)


def _with_asides(paragraphs: Sequence[Paragraph], language: Language) -> tuple[Value, ...]:
    """What paragraphs say with their asides, and what each aside says alone: 15, in `<del>12</del><add>15</add>`."""
    found: list[Value] = []
    for paragraph in paragraphs:
        asides = [mark for mark in paragraph.marks if mark.kind == ASIDE]
        if asides:
            others = tuple(mark for mark in paragraph.marks if mark.kind != ASIDE)
            found += values_of(replace(paragraph, marks=others), language)
        for mark in asides:
            found += values_of(replace(paragraph, text=paragraph.text[mark.start : mark.end], marks=()), language)
    return tuple(found)


def _differences(side: Side, in_figures: tuple[bool, bool]) -> Iterator[Difference]:
    """Values that the other side does not have at all; `in_figures` is Values.in_figures.

    How often it has them is asked only where one has taken the place of another: texts repeat a number, or leave the
    second of two to be understood.
    """
    here, there = Answers(side.original), Answers(side.translation)
    beside_here, beside_there = map(Answers, side.with_asides)
    unsaid_there = partial(_missing, others=there, language=side.languages[1], in_figures=in_figures[1])
    unsaid_here = partial(_missing, others=here, language=side.languages[0], in_figures=in_figures[0])
    lost = [value for value in side.original if unsaid_there(value) and not beside_there.to(value)]
    added = [value for value in side.translation if unsaid_here(value) and not beside_here.to(value)]
    worded = all(language.has_words for language in side.languages)
    if worded and not lost and not added and not any(side.with_asides):
        yield from _exchanged(side)
    yield from _other_encoded_date(side, here, there)
    yield from _other_ordinal(side, here, there)
    if not all(in_figures) and not lost and not added:
        yield from _other_figures(side, here, there)
    for is_date in (False, True):
        pairs = zip_longest(*([value for value in each if value.is_date is is_date] for each in (lost, added)))
        for original, translation in pairs:
            if translation is None:
                yield Difference(side.passage, _unless_in_words(original, side.languages[1]), None)
            elif original is None:
                yield Difference(side.passage, None, _unless_in_words(translation, side.languages[0]))
            else:
                yield Difference(side.passage, original, translation)


def _unless_in_words(value: Value, language: Language) -> Value:
    """A value that the other side has not, less sure where that may say it in words of a language without a table."""
    is_sure = language.has_words or value.encoded or value.is_date
    return value if is_sure else replace(value, sureness=Sureness.WORDS)


def _exchanged(side: Side) -> Iterator[Difference]:
    """One value for another, where both sides have as many: 2, 3, 3 for 2, 2, 3."""
    ours = [value for value in side.original if value.sureness is not Sureness.DOUBTFUL]
    theirs = [value for value in side.translation if value.sureness is not Sureness.DOUBTFUL]
    if len(ours) != len(theirs) or len(ours) > _MOST_EXCHANGED:
        return
    left = _left_over(ours, side.translation)
    instead = _left_over(theirs, side.original)
    if len(left) == len(instead) == 1:
        yield Difference(side.passage, left[0], instead[0])


def _other_encoded_date(side: Side, here: Answers, there: Answers) -> Iterator[Difference]:
    """`<date when="…">that day</date>` with another day in either text: of one text alone nobody misses it."""
    left = [value for value in side.original if _is_silent_date(value) and not there.to(value)]
    instead = [value for value in side.translation if _is_silent_date(value) and not here.to(value)]
    if len(left) == len(instead) == 1:
        yield Difference(side.passage, replace(left[0], sureness=Sureness.FIGURES), instead[0])


def _is_silent_date(value: Value) -> bool:
    return value.encoded and value.is_date and value.sureness is Sureness.DOUBTFUL


def _other_ordinal(side: Side, here: Answers, there: Answers) -> Iterator[Difference]:
    """The fourth article for the third: an ordinal on either side that nothing on the other answers to.

    Alone an ordinal is never missed, for languages say first and second where others say next.
    """
    if all(language.has_words for language in side.languages):
        left = [value for value in side.original if _is_high_ordinal(value) and not there.to(value)]
        instead = [value for value in side.translation if _is_high_ordinal(value) and not here.to(value)]
        if len(left) == len(instead) == 1:
            yield Difference(side.passage, replace(left[0], sureness=Sureness.WORDS), instead[0])


def _other_figures(side: Side, here: Answers, there: Answers) -> Iterator[Difference]:
    """1946 for 1945, where one of the texts may as well write its numbers in words that nobody here can read."""
    left = [value for value in side.original if value.is_plain_figures and not there.to(value)]
    instead = [value for value in side.translation if value.is_plain_figures and not here.to(value)]
    if len(left) == len(instead) == 1:
        yield Difference(side.passage, left[0], instead[0])


def _is_high_ordinal(value: Value) -> bool:
    return value.ordinal and all(number > _HIGH for number in value.numbers)


class Answers:
    """The values of one side, by what they may mean."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._numbers: dict[Decimal, list[Value]] = {}
        self._days: dict[Day, list[Value]] = {}
        self._in_any_year: dict[Day, list[Value]] = {}
        self._said: dict[Value, frozenset[Exactness]] = {}
        self.encoded_dates = any(value.encoded and value.is_date for value in values)
        self.encoded_numbers = any(value.encoded and not value.is_date for value in values)
        for value in values:
            for number in frozenset(value.numbers):
                self._numbers.setdefault(number, []).append(value)
            for day in value.days:
                self._days.setdefault(day, []).append(value)
                self._in_any_year.setdefault(replace(day, year=None), []).append(value)

    def to(self, value: Value) -> list[Value]:
        """Those that may mean the same as a value of the other side, and no more of them than are worth a look."""
        if value.is_date:
            dates = chain.from_iterable(self._on(day) for day in value.days)
            if found := list(islice(dates, _MOST_ANSWERS)):
                return found
        same = (each for number in value.numbers for each in self._numbers.get(number, ()))
        other_kind = (each for each in same if not (value.is_date and each.is_date))
        return list(dict.fromkeys(islice(other_kind, _MOST_ANSWERS)))

    def to_figures_of(self, value: Value) -> bool:
        """Whether a number here may be what figures and the word behind them say: 10 mille, 1 million 200 mille.

        Only of languages without a table: of the others it is known which words are numbers.
        """
        if value.language.has_words or not value.has_word_behind:
            return False
        numbers = tuple(value.numbers)
        scaled = (number * scale for number in numbers for scale in _SCALES)
        return any(number in self._numbers for number in scaled) or not self._groups.isdisjoint(numbers)

    @cached_property
    def _groups(self) -> frozenset[Decimal]:
        """What is said of each number before "thousand", "million" and so on: 1 and 200 of 1,200,000."""
        nameable = [number for number in self._numbers if number < 1000 * _SCALES[-1]]
        return frozenset(number // scale % 1000 for number in nameable for scale in _SCALES[::3])

    def lack(self, value: Value, partners: Sequence[Value]) -> Qualifier | None:
        """What the other side surely says of a value, and none of the values here that answer to it."""
        for qualifier in value.qualifiers():
            if qualifier.sure and not any(
                qualifier.exactness.answers(said) for each in partners for said in self._said_of(each)
            ):
                return qualifier
        return None

    def _said_of(self, value: Value) -> frozenset[Exactness]:
        if value not in self._said:
            self._said[value] = value.nearby() | {qualifier.exactness for qualifier in value.qualifiers()}
        return self._said[value]

    def _on(self, day: Day) -> Iterator[Value]:
        """Dates that agree with a day: a year may be said by one side alone."""
        if day.year is None:
            yield from self._in_any_year.get(day, ())
        else:
            yield from self._days.get(day, ())
            yield from self._days.get(replace(day, year=None), ())


def _left_over(values: Sequence[Value], others: Sequence[Value]) -> list[Value]:
    """What is left of some values once each of the others has taken one that means the same."""
    free = list(values)
    for other in others:
        taken = next((value for value in free if value.means(other)), None)
        if taken is not None:
            free.remove(taken)
    return free


def _missing(value: Value, others: Answers, language: Language, in_figures: bool) -> bool:
    """Whether the other side surely does not have a value: its language, and whether all its numbers can be read."""
    if value.sureness is Sureness.DOUBTFUL or others.to(value) or others.to_figures_of(value):
        return False
    if language.has_words:
        return True
    both_encoded = value.encoded and (others.encoded_dates if value.is_date else others.encoded_numbers)
    return value.sureness is Sureness.FIGURES and (both_encoded or (in_figures and value.is_plain_figures))


def requalified(side: Side) -> Iterator[Requalified]:
    """Values of both sides of which one side says that they are about, at least, at most, and the other does not."""
    if not all(language.has_words for language in side.languages):
        return
    reported: set[int] = set()
    here, there = Answers(side.original), Answers(side.translation)
    for value, partners in _partners(side.original, there):
        if (qualifier := there.lack(value, partners)) is not None:
            instead = next((q for each in partners for q in each.qualifiers() if q.sure), None)
            reported.update(map(id, partners))
            yield Requalified(side.passage, value, partners[0], qualifier, instead)
    for value, partners in _partners(side.translation, here):
        if id(value) not in reported and (qualifier := here.lack(value, partners)) is not None:
            yield Requalified(side.passage, partners[0], value, None, qualifier)


def _partners(values: Sequence[Value], others: Answers) -> Iterator[tuple[Value, list[Value]]]:
    """Numbers that begin no second half of a range, with the values of the other side that mean the same."""
    following = {id(last) for first, last in pairwise(values) if last.start - first.end < _RANGE}
    for value in values:
        partners = [] if value.is_date else [other for other in others.to(value) if not other.is_date]
        sure = value.sureness is not Sureness.DOUBTFUL or (value.is_many and any(each.sureness for each in partners))
        if partners and sure and id(value) not in following:
            yield value, partners


def other_unit(side: Side) -> Iterator[tuple[Value, Value]]:
    """Values that both sides have once, counting different things by the encoding, or percent on one side only."""
    here = Answers(side.original)
    for value, partners in _partners(side.original, Answers(side.translation)):
        if len(partners) != 1 or len(here.to(value)) != 1 or value.unit == partners[0].unit:
            continue
        other = partners[0]
        if (value.unit and other.unit) or _percent_is_lost(value, other) or _percent_is_lost(other, value):
            yield value, other


def _percent_is_lost(value: Value, other: Value) -> bool:
    """Whether a percentage has become a bare number: no word of its paragraph speaks of percents."""
    if not other.language.has_words:
        return False
    text = other.paragraph.text.lower()
    return value.unit == "%" and not other.unit and not any(word in text for word in ("%", *other.language.percent))
