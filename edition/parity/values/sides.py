"""What one side of a passage says in numbers and dates, and what of it answers to a value of the other side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain, islice

from edition.model import ASIDE, Paragraph
from edition.parity.values.languages import Language
from edition.parity.values.listed import Ends, lists_around, ranges_of
from edition.parity.values.numbering import Places
from edition.parity.values.qualifiers import Exactness, Qualifier
from edition.parity.values.quantities import Day, Sureness
from edition.parity.values.reading import in_brackets, may_have_values, values_of, with_brackets
from edition.parity.values.units import may_be_units
from edition.parity.values.value import Value

_HALF = Decimal("0.5")
_MOST_MEASURES = 50  # of a passage that are held against each of the other side, whatever their units
_MOST_ANSWERS = 20  # a number that a passage says more often is no matter of single words
_MOST_DATES = 1000  # of one day, whose years the encoding says
# What a word behind figures may stand for where its language has no table: thousand, 万, lakh, million, milliard …
_SCALES = tuple(Decimal(10) ** power for power in range(3, 13))


@dataclass(frozen=True)
class Side:
    """One side of a passage: its values, and what it says besides when it is read with its asides.

    What was supplied, added or deleted may answer to the other side, which may translate it, and nobody misses it
    there: a difference is one only if it is there in both ways of reading. Nor are numbers missed that stand at the
    places of `numbering`: they count the parts of the text.
    """

    written: tuple[Paragraph, ...]
    language: Language
    before: Side | None = field(default=None, repr=False, compare=False)  # the one that was said before
    numbering: Places = frozenset()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(map(with_brackets, self.written))

    @cached_property
    def may_have_values(self) -> bool:
        return any(may_have_values(each, self.language) for each in self.paragraphs)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        read = (value for each in self.paragraphs for value in values_of(each, self.language))
        return tuple(map(self._unless_numbering, read)) if self.numbering else tuple(read)

    def _unless_numbering(self, value: Value) -> Value:
        counts_parts = (value.paragraph.key, value.start) in self.numbering and not (value.is_date or value.encoded)
        return replace(value, sureness=Sureness.DOUBTFUL) if counts_parts else value

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.values)

    @cached_property
    def besides(self) -> Answers:
        """Empty where there are no asides. Each is read alone as well: 15, in `<del>12</del><add>15</add>`."""
        alone = (
            replace(each, text=each.text[mark.start : mark.end], marks=())
            for each in self.paragraphs
            for mark in each.marks
            if mark.kind == ASIDE
        )
        values = (value for each in alone for value in values_of(each, self.language))
        return Answers((*chain.from_iterable(self._whole.values()), *values))

    def has_in_a_range(self, value: Value, side: Side) -> bool:
        """Whether a list of the other side, in which a value stands between others, is a range here: "3-5"."""
        ranges = self._ranges
        return bool(ranges) and not ranges.isdisjoint(lists_around(side.values, side._places[value]))

    @cached_property
    def _ranges(self) -> frozenset[Ends]:
        return ranges_of(self.values)

    @cached_property
    def _places(self) -> dict[Value, int]:
        return {value: place for place, value in enumerate(self.values)}

    @cached_property
    def bracketed(self) -> tuple[Value, ...]:
        """What its square brackets say that is no number of a note or a page."""
        inside = chain.from_iterable(map(in_brackets, self.written))
        values = (value for each in inside for value in values_of(each, self.language))
        return tuple(value for value in values if value.is_of_the_text)

    @cached_property
    def months(self) -> frozenset[int]:
        """All that it names, with its asides or without."""
        whole = chain.from_iterable(self._whole.values())
        return frozenset(month for value in (*self.values, *whole) for month in value.months)

    @property
    def months_in_mind(self) -> frozenset[int]:
        """Those that were named just before as well: after "5 July" everyone knows when "the 6th" is."""
        return self.months | self.before.months if self.before else self.months

    @property
    def has_asides(self) -> bool:
        return bool(self._whole)

    def to(self, value: Value) -> list[Value]:
        """What may mean the same as a value of the other side, in either way of reading."""
        return self.answers.to(value) or self.besides.to(value)

    def quotes(self, value: Value) -> bool:
        """Whether it has the very words of the other side, as of "14 Aug 2006" in a text whose months are others.

        Of figures that says nothing: they may be part of any number.
        """
        if value.words.isdigit() or self.language is value.language:
            return False
        words = re.compile(rf"(?<!\w){re.escape(value.words)}(?!\w)", re.IGNORECASE)
        return any(words.search(each.text) for each in self.paragraphs)

    def instead_of(self, value: Value) -> Iterator[Value]:
        """What stands in the place of one of the values when the asides are read: 10 thousand, for 10."""
        whole = self._whole.get(value.paragraph.key, ())
        at = bisect_left(whole, value.end, key=lambda each: each.start) - 1
        while at >= 0 and whole[at].end > value.start:
            yield whole[at]
            at -= 1

    def lack(self, value: Value, partners: Sequence[Value]) -> Qualifier | None:
        """What the other side surely says of a value, and nothing here that answers to it."""
        return self.answers.lack(value, (*partners, *self.besides.to(value)))

    @cached_property
    def _whole(self) -> dict[str, tuple[Value, ...]]:
        """The values of each paragraph that has asides, read with them; by its key, in order."""
        found = {}
        for each in self.paragraphs:
            marks = tuple(mark for mark in each.marks if mark.kind != ASIDE)
            if len(marks) < len(each.marks):
                found[each.key] = values_of(replace(each, marks=marks), self.language)
        return found


class Answers:
    """The values of one side, by what they may mean."""

    def __init__(self, values: Sequence[Value]) -> None:
        self._numbers: dict[Decimal, list[Value]] = {}
        self._days: dict[Day, list[Value]] = {}
        self._in_any_year: dict[Day, list[Value]] = {}
        self._lengths: dict[Decimal, list[Value]] = {}
        self._times: dict[int, list[Value]] = {}
        self._measures = [value for value in values if value.stated is not None][:_MOST_MEASURES]
        self._said: dict[Value, frozenset[Exactness]] = {}
        self.encoded_dates = any(value.encoded and value.is_date for value in values)
        self.encoded_numbers = any(value.encoded and not value.is_date for value in values)
        for value in values:
            for number in frozenset(value.numbers):
                self._numbers.setdefault(number, []).append(value)
            for length in value.lasts:
                self._lengths.setdefault(length, []).append(value)
            for minute in value.time.minutes if value.time else ():
                self._times.setdefault(minute, []).append(value)
            for day in value.days:
                self._days.setdefault(day, []).append(value)
                self._in_any_year.setdefault(replace(day, year=None), []).append(value)

    def to(self, value: Value) -> list[Value]:
        """Those that may mean the same as a value of the other side, and no more of them than are worth a look."""
        if value.is_date:
            dates = chain.from_iterable(self._on(day) for day in value.days)
            fit = (each for each in islice(dates, _MOST_DATES) if not value.is_unlike(each))
            if found := list(islice(fit, _MOST_ANSWERS)):
                return found
        numbers = value.as_numbers if value.is_date else value.numbers
        same = (each for number in numbers for each in self._numbers.get(number, ()))
        other_kind = (each for each in same if not (value.is_date and each.is_date))
        as_long = (each for length in value.lasts for each in self._lengths.get(length, ()))
        as_much = (each for each in self._measures if value.is_measured_alike(each))
        as_late = (each for each in self._at_times(value) if value.is_when(each))
        fitting = (each for each in chain(as_much, other_kind, as_long, as_late) if not value.is_unlike(each))
        return list(dict.fromkeys(islice(fitting, _MOST_ANSWERS)))

    def _at_times(self, value: Value) -> Iterator[Value]:
        minutes = value.time.minutes if value.time else ()
        return (each for minute in minutes for each in self._times.get(minute, ()))

    def year_of(self, value: Value) -> Value | None:
        """The number here that says no more of a date than its year."""
        years = (Decimal(day.year) for day in value.days if day.year is not None)
        return next((each for year in years for each in self._numbers.get(year, ()) if not each.is_date), None)

    def to_figures_of(self, value: Value) -> bool:
        """Whether a number here may be what figures and the word behind them say: 10 mille, 24 heures, 25 et demi.

        Only of languages without a table: of the others it is known which words are numbers.
        """
        if value.language.has_words or value.is_date or not value.has_word_behind:
            return False
        numbers = tuple(value.numbers)
        if Decimal(1) in numbers or any(
            may_be_units(number, length) for number in numbers for length in self._lengths
        ):
            return True
        scaled = (each for number in numbers for each in (number + _HALF, *(number * scale for scale in _SCALES)))
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
