"""A number or date that a paragraph names, with all that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from edition.diagnostics import Location
from edition.model import Paragraph
from edition.parity.values.calendars import are_one
from edition.parity.values.languages import Language
from edition.parity.values.qualifiers import Exactness, Qualifier, nearby, qualifiers_of
from edition.parity.values.quantities import SYMBOLS, Day, Measured, Sureness, TimeOfDay, measured

Meaning = Decimal | Day
_BOTH_DAYS = re.compile(r"[^()\[\]]{1,40}[(\[][^()\[\]]{1,40}[)\]](?:\s*[^\W\d_]+)?")
_LARGE = 1000
_IN_BOTH = 2  # calendars
_FIRST_YEAR, _LAST_YEAR = 1000, 2200  # what four figures may be, and the end of it


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A number or a date that a paragraph names, from `start` to `end` of its text: what it means, or may mean.

    `encoded` says that attributes say it, `unit` what is counted (`%` for percentages), `ordinal` is as in Number,
    `open_end` that it is one end of a range of which the attributes leave the other open. `given` is what attributes
    say, whatever the words do, unless it is a day of another calendar. `counts`, `lasts` and
    `reach` are as in Number; what has lengths alone has no readings. `time` is as in Number too.
    """

    paragraph: Paragraph
    language: Language
    start: int
    end: int
    readings: frozenset[Meaning]
    sureness: Sureness
    location: Location
    unit: str = ""
    encoded: bool = False
    ordinal: bool = False
    open_end: Exactness | None = None
    given: Meaning | None = None
    counts: str = ""
    lasts: frozenset[Decimal] = frozenset()
    reach: int = 0
    time: TimeOfDay | None = None

    @property
    def words(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def is_spelt(self) -> bool:
        """Whether it is written in words alone."""
        return not any(map(str.isdigit, self.words))

    @property
    def told(self) -> str:
        """The words with all of the time of day in which they surely are, 17:30, or of the day: 12 (24) February."""
        if self._by_both_calendars and (both := _BOTH_DAYS.match(self.paragraph.text, self.start)):
            return both[0]
        return self.paragraph.text[self.time.start : self.time.end] if self.time and self.time.sure else self.words

    @property
    def counted(self) -> str:
        """The words with what they count: 5 дивизий."""
        return self.paragraph.text[self.start : max(self.end, self.reach)]

    @property
    def is_date(self) -> bool:
        return any(True for _ in self.days)

    @property
    def is_silent_date(self) -> bool:
        """Whether it is a day or year of the encoding alone, which nobody misses: `<date when="1945">then</date>`."""
        years = all(isinstance(reading, Decimal) and _FIRST_YEAR <= reading < _LAST_YEAR for reading in self.readings)
        return self.encoded and self.sureness is Sureness.DOUBTFUL and (years or self.is_date)

    @property
    def is_plain_figures(self) -> bool:
        """Whether it is what a text writes in figures that does so at all: no date, no small, no round number.

        And not 48 hours, which are "deux jours".
        """
        numbers = [reading for reading in self.readings if isinstance(reading, Decimal)]
        in_figures = self.sureness is Sureness.FIGURES and bool(numbers) and not self.is_date
        return in_figures and all(number > (100 if self.lasts else 20) and number % 10 for number in numbers)

    @property
    def is_in_characters(self) -> bool:
        """Whether it is a large number in the characters of a language without a table: 两万五千."""
        return self.is_large and not self.language.has_words and not self.words.isascii() and self.is_spelt

    @property
    def is_large(self) -> bool:
        """Whether it may be a thousand or more, and is no year."""
        large = any(isinstance(reading, Decimal) and reading >= _LARGE for reading in self.readings)
        return large and not (self.is_date or self._may_be_a_year)

    @property
    def is_of_the_text(self) -> bool:
        """Whether it can be no number of a note or a page: it is a date, a year, in words, or counts something."""
        speaks = self.is_date or self._may_be_a_year or bool(self.unit or self.counts)
        return self.sureness is not Sureness.DOUBTFUL and (speaks or any(map(str.isalpha, self.words)))

    @property
    def kind(self) -> str:
        """What it counts, by the encoding or its words."""
        return self.unit or self.counts

    @property
    def has_word_behind(self) -> bool:
        return self.paragraph.text[self.end : self.end + 2].lstrip()[:1].isalpha()

    @property
    def days(self) -> Iterator[Day]:
        return (reading for reading in self.readings if isinstance(reading, Day))

    @property
    def numbers(self) -> Iterator[Decimal]:
        """Its readings as a number; of a date its year and its day, for a number that says no more.

        In a language without a table the word for minus may stand in front of it.
        """
        for reading in self.readings:
            if isinstance(reading, Decimal):
                yield reading
                if not self.language.has_words:
                    yield -reading
            else:
                yield from map(Decimal, reading.parts)

    @property
    def as_numbers(self) -> Iterator[Decimal]:
        """What a number must be to stand for it. A day of a month may ("the 5th"), but not the year of a month."""
        for reading in self.readings:
            if isinstance(reading, Decimal):
                yield reading
            elif reading.day is not None:
                yield Decimal(reading.day)

    @property
    def is_month(self) -> bool:
        """Whether it is a month alone, which nobody misses: "in July"."""
        silent = self.sureness is Sureness.DOUBTFUL and not self.encoded and bool(self.readings)
        return silent and all(isinstance(day, Day) and day.day is None and day.year is None for day in self.readings)

    @property
    def months(self) -> Iterator[int]:
        return (day.month for day in self.days if day.month is not None)

    def means(self, other: Value) -> bool:
        """Whether both may mean the same."""
        if self.is_unlike(other):
            return False
        if self.is_measured_alike(other) or self.is_when(other):
            return True
        if self.is_date and other.is_date:
            return any(mine.agrees(theirs) for mine in self.days for theirs in other.days)
        return not (frozenset(self.numbers).isdisjoint(other.numbers) and self.lasts.isdisjoint(other.lasts))

    @property
    def stated(self) -> Decimal | None:
        """What attributes say of a measure whose words may say it in another unit: 5 of "5000 tons", in kilotons."""
        return self.given if isinstance(self.given, Decimal) and self.unit in SYMBOLS else None

    @property
    def measured(self) -> Measured | None:
        """What attributes say that it measures, however many and of what its words count."""
        return None if self.stated is None else measured(self.stated, self.unit)

    @property
    def is_in_doubt(self) -> bool:
        """Whether the words alone do not say what the attributes do."""
        unsaid = self.encoded and self.sureness is Sureness.DOUBTFUL
        more = isinstance(self.given, Day) and any(said != self.given for said in self.readings)
        return unsaid or more or self.stated is not None

    @property
    def is_silent_number(self) -> bool:
        """Whether it is a number of the encoding alone: `<num atLeast="5" atMost="10">several</num>`."""
        silent = self.encoded and self.sureness is Sureness.DOUBTFUL
        return silent and isinstance(self.given, Decimal) and not (self.stated or self.is_silent_date)

    @property
    def is_silent_measure(self) -> bool:
        """Whether it is a measure of the encoding alone: `<measure quantity="10" unit="t">much</measure>`."""
        return self.stated is not None and self.sureness is Sureness.DOUBTFUL

    def is_measured_alike(self, other: Value) -> bool:
        """Whether the attributes of both say the same in units of one kind: 2 weeks and 14 days.

        Or what is the same when rounded, unless the words differ: ten versts are 10.67 km, or 10.7.
        """
        mine, its = self.measured, other.measured
        if mine is None or its is None or mine.unit != its.unit:
            return False
        said, also = self.readings - {self.stated}, other.readings - {other.stated}
        rounded = mine.is_about(its) and not (said and also and said.isdisjoint(also))
        return mine.number == its.number or rounded

    def is_when(self, other: Value) -> bool:
        """Whether both tell, or have a share in, the same time of day: the twenty of "twenty to two", and 1:40."""
        return self.time is not None and other.time is not None and self.time.agrees(other.time)

    def is_unlike(self, other: Value) -> bool:
        """Whether both surely tell another time of day or day, or measure otherwise: no words can make them agree."""
        if self.time is not None and other.time is not None and self.time.contradicts(other.time):
            return True
        if self.is_measured_unlike(other) or self._is_on_another_day(other):
            return True
        mine, its = self._by_both_calendars, other._by_both_calendars
        return bool(mine and its and mine != its)

    @property
    def _by_both_calendars(self) -> frozenset[Day]:
        """Its two days, without their year, if it gives one day by two calendars: «12 (24) февраля»."""
        if len(self.readings) != _IN_BOTH:
            return frozenset()
        days = frozenset(replace(day, year=None) for day in self.days if day.day is not None)
        return days if len(days) == _IN_BOTH and are_one(*days) else frozenset()

    def _is_on_another_day(self, other: Value) -> bool:
        """Whether the attributes of both say the year that the words leave out, and not the same: "January 22"."""
        mine, its = self._given_day, other._given_day
        return mine is not None and its is not None and mine.contradicts(its)

    @property
    def _given_day(self) -> Day | None:
        """The day of the attributes, if that is what the words say as far as they do."""
        day = self.given
        if not isinstance(day, Day) or any(day.contradicts(said) for said in self.days):
            return None
        return day

    def is_measured_unlike(self, other: Value) -> bool:
        """Whether the attributes of both measure one kind and differ."""
        mine, its = self.measured, other.measured
        return mine is not None and its is not None and mine.unit == its.unit and not self.is_measured_alike(other)

    @property
    def is_running(self) -> bool:
        """Whether it is the ordinal of a year, a week or a day, of which all before it are full."""
        following = self.paragraph.text[self.end :].split(maxsplit=1)[:1] if self.ordinal else ()
        return any(word.lower().strip(".,;:!?") in self.language.running for word in following)

    @property
    def is_part(self) -> bool:
        """Whether it is a word that may be less than one: a half."""
        return self.is_spelt and any(isinstance(reading, Decimal) and 0 < reading < 1 for reading in self.readings)

    @property
    def share(self) -> Decimal | None:
        """The part of a whole that a word may be, not of an hour or a year: a third, «четверть голосов»."""
        parts = [reading for reading in self.readings if isinstance(reading, Decimal) and 0 < reading < 1]
        plain = self.is_spelt and not (self.unit or self.reach or self.time)
        return parts[0] if plain and len(parts) == 1 else None

    @property
    def is_many(self) -> bool:
        """Whether it is ten or more: "nearly a hundred", though not "one or more"."""
        many = all(isinstance(reading, Decimal) and abs(reading) >= 10 for reading in self.readings)
        return many and bool(self.readings)

    @property
    def _may_be_a_year(self) -> bool:
        return self.words.isdigit() and len(self.words) == 4 and _FIRST_YEAR <= int(self.words) < _LAST_YEAR

    def qualifiers(self) -> tuple[Qualifier, ...]:
        """How exact the text says it is. Not how exact a year is: "up to 1945" may be another thing."""
        found = qualifiers_of(self.paragraph.text, self.start, self.end, self.language)
        if self._may_be_a_year:
            found = tuple(replace(each, sure=each.sure and self._is_of_a_number(each)) for each in found)
        if self.sureness is Sureness.DOUBTFUL and self.is_part:  # «налить до половины» fills a half
            found = tuple(replace(each, sure=each.sure and each.exactness is not Exactness.BELOW) for each in found)
        if self.sureness is Sureness.DOUBTFUL and self.is_many:  # a dozen, десяток: so many and a few more or less
            found = (*found, Qualifier(Exactness.ABOUT, self.words, sure=False))
        if self.is_running:  # «третью неделю»: for more than two weeks
            found = (*found, Qualifier(Exactness.ABOVE, self.words, sure=False))
        return found if self.open_end is None else (*found, Qualifier(self.open_end, self.open_end.value, sure=True))

    def _is_of_a_number(self, qualifier: Qualifier) -> bool:
        """Whether a qualifier does not say when: "about 1945", "more than 1200", not "1945 or later"."""
        counts = qualifier.in_front and qualifier.words not in self.language.times
        return qualifier.exactness is Exactness.ABOUT or counts

    def nearby(self) -> frozenset[Exactness]:
        return nearby(self.paragraph.text, self.start, self.end, self.language)
