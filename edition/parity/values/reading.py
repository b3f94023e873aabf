"""The numbers and dates of a paragraph. What the encoding says of them wins over what their words say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from edition.diagnostics import Location
from edition.model import ASIDE, DATE, NUMBER, Mark, Paragraph, Text
from edition.parity.counterparts import Spans
from edition.parity.values.dates import dates_of, day_of
from edition.parity.values.figures import Token, tokens_of
from edition.parity.values.languages import Language, language_in
from edition.parity.values.numbers import numbers_of
from edition.parity.values.qualifiers import Exactness, Qualifier, nearby, qualifiers_of
from edition.parity.values.quantities import SYMBOLS, Date, Day, Number, Sureness

Meaning = Decimal | Day
_FIGURES = re.compile(r"[\d%½¼¾]")
_WORD = re.compile(r"[^\W\d_]+")
_WITHIN = re.compile(r"\d\d|[^\W\d_]{2}")  # both sides of a place within a number or a word
_BRACKETED = re.compile(r"\[[^\[\]]{1,300}\]")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200  # what four figures may be, and the end of it
_MOST_DIGITS = 18  # of an attribute's number: more are no number that anyone means


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """A number or a date that a paragraph names, from `start` to `end` of its text: what it means, or may mean.

    `encoded` says that attributes say it, `unit` what is counted (`%` for percentages), `ordinal` is as in Number,
    `open_end` that it is one end of a range of which the attributes leave the other open. `stated` is what attributes
    say of a measure whose words may say it in another unit: 5 of "5000 tons", in kilotons.
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
    stated: Meaning | None = None
    counts: str = ""
    lasts: frozenset[Decimal] = frozenset()
    reach: int = 0

    @property
    def words(self) -> str:
        return self.paragraph.text[self.start : self.end]

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
        if self.is_measured_unlike(other):
            return False
        if self.is_date and other.is_date:
            return any(mine.agrees(theirs) for mine in self.days for theirs in other.days)
        return not (frozenset(self.numbers).isdisjoint(other.numbers) and self.lasts.isdisjoint(other.lasts))

    def is_measured_unlike(self, other: Value) -> bool:
        """Whether the attributes of both count one unit and differ: then no words can make them agree."""
        both = self.stated is not None and other.stated is not None and self.unit == other.unit
        return both and self.stated != other.stated

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
        if self.sureness is Sureness.DOUBTFUL and self.is_many:  # a dozen, десяток: so many and a few more or less
            found = (*found, Qualifier(Exactness.ABOUT, self.words, sure=False))
        return found if self.open_end is None else (*found, Qualifier(self.open_end, self.open_end.value, sure=True))

    def _is_of_a_number(self, qualifier: Qualifier) -> bool:
        """Whether a qualifier does not say when: "about 1945", "more than 1200", not "1945 or later"."""
        counts = qualifier.in_front and qualifier.words not in self.language.times
        return qualifier.exactness is Exactness.ABOUT or counts

    def nearby(self) -> frozenset[Exactness]:
        return nearby(self.paragraph.text, self.start, self.end, self.language)


def may_have_values(paragraph: Paragraph, language: Language) -> bool:
    """Whether a paragraph may have a value that would be missed in the other text; quick, for most have none."""
    text = paragraph.text.lower()
    return (
        any(mark.kind in (NUMBER, DATE) for mark in paragraph.marks)
        or _FIGURES.search(text) is not None
        or any(word in text for word in language.percent)
        or not language.sure.isdisjoint(_WORD.findall(text.replace("ё", "е")))
    )


def language_in_text(text: Text) -> Language:
    """The language whose words are read in a text: what its `xml:lang` says, unless it plainly is another."""
    paragraphs = (paragraph for turn in text.turns for paragraph in turn.paragraphs)
    return language_in(text.language, (word for each in paragraphs for word in _WORD.findall(each.text.lower())))


def values_of(paragraph: Paragraph, language: Language) -> tuple[Value, ...]:
    """Everything of the paragraph that is a number or a date, in order; not what editors added."""
    paragraph = _without_asides(paragraph)
    text = paragraph.text
    tokens = tokens_of(text)
    asides = [(mark.start, mark.end) for mark in paragraph.marks if mark.kind == ASIDE]
    added = Spans(paragraph, ASIDE)
    encoded = [each for each in encoded_values(paragraph) if not added.cover(each.mark.start)]
    free = _outside(tokens, [*asides, *((each.mark.start, each.mark.end) for each in encoded)])
    dates = dates_of(text, free, language)
    numbers = numbers_of(text, _outside(free, [(date.start, date.end) for date in dates]), language)
    read: list[Date | Number] = [*dates, *numbers]
    found = [_read(paragraph, language, each) for each in read]
    for each in encoded:
        found += _encoded(paragraph, language, each, tokens)
    return tuple(sorted(found, key=lambda value: value.start))


def with_brackets(paragraph: Paragraph) -> Paragraph:
    """The paragraph with what stands in square brackets marked as an aside, for editors type them as well."""
    if "[" not in paragraph.text:
        return paragraph
    typed = (
        Mark(ASIDE, found.start(), found.end(), paragraph.location) for found in _BRACKETED.finditer(paragraph.text)
    )
    return replace(
        paragraph, marks=tuple(sorted((*paragraph.marks, *typed), key=lambda mark: (mark.start, -mark.end)))
    )


def in_brackets(paragraph: Paragraph) -> Iterator[Paragraph]:
    """What stands in square brackets, each alone."""
    for found in _BRACKETED.finditer(paragraph.text):
        yield replace(paragraph, text=found[0], marks=())


def _without_asides(paragraph: Paragraph) -> Paragraph:
    """The paragraph with blanks for what editors added, so that all else stays in its place.

    Within a word or a number an addition stays: without it there would be another one.
    """
    text, pieces, reached = paragraph.text, [], 0
    for start, end in Spans(paragraph, ASIDE):
        if not any(_WITHIN.match(text, max(0, edge - 1)) for edge in (start, end) if 0 < edge < len(text)):
            pieces += [text[reached:start], " " * (end - start)]
            reached = end
    return replace(paragraph, text="".join((*pieces, text[reached:]))) if pieces else paragraph


@dataclass(frozen=True, slots=True)
class Encoded:
    """A number or date of the encoding, and what its attributes mean: one value or the ends of a range."""

    mark: Mark
    meanings: tuple[Meaning | None, ...]

    @property
    def ends(self) -> tuple[Meaning, ...]:
        return tuple(meaning for meaning in self.meanings if meaning is not None)


def encoded_values(paragraph: Paragraph) -> Iterator[Encoded]:
    """What the attributes in a paragraph say; values that are no number and no date are the schema's to judge."""
    for mark in paragraph.marks:
        if mark.kind in (NUMBER, DATE):
            means = _number if mark.kind == NUMBER else _day
            found = Encoded(mark, tuple(means(value) for value in mark.values))
            if found.ends:
                yield found


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value) if len(value) <= _MOST_DIGITS else None
    except InvalidOperation:
        return None
    usual = number is not None and number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS
    return number if usual else None


def _day(value: str) -> Meaning | None:
    day = day_of(value)
    if day is not None and day.year is not None and day.month is None and day.day is None:
        return Decimal(day.year)
    return day


def said(text: str, mark: Mark, language: Language) -> tuple[list[Date], list[Number]]:
    """The dates and the numbers that the words of a mark name."""
    words = text[mark.start : mark.end]
    tokens = tokens_of(words)
    dates = dates_of(words, tokens, language)
    numbers = numbers_of(words, _outside(tokens, [(date.start, date.end) for date in dates]), language)
    return dates, [number for number in numbers if number.readings]  # not "that year"


def _encoded(paragraph: Paragraph, language: Language, each: Encoded, tokens: Sequence[Token]) -> Iterator[Value]:
    mark, text = each.mark, paragraph.text
    dates, numbers = said(text, mark, language)
    # "Yesterday" may well be a date of the encoding, but the other text need not have a date for it.
    read = dates or numbers or (mark.kind == NUMBER and not language.has_words)
    sureness = Sureness.FIGURES if read else Sureness.DOUBTFUL
    percent = mark.unit == "%" or any(number.percent for number in numbers)
    after = bisect_left(tokens, mark.end, key=lambda token: token.start)
    following = tokens[after] if after < len(tokens) and not text[mark.end : tokens[after].start].strip() else None
    scale = language.scales.get(following.text, 0) if following else 0
    spoken = _spoken(each, dates, numbers)
    for position, meaning in enumerate(each.meanings):
        if meaning is None:
            continue
        readings = {meaning, *spoken.get(meaning, ())}
        if scale and isinstance(meaning, Decimal):
            readings.add(meaning * scale)
        alone = len(each.ends) < len(each.meanings)
        yield Value(
            paragraph,
            language,
            mark.start,
            mark.end,
            frozenset(readings),
            sureness,
            mark.location,
            "%" if percent else mark.unit if mark.kind == NUMBER else "",
            encoded=True,
            open_end=(Exactness.BELOW if position else Exactness.ABOVE) if alone and mark.kind == NUMBER else None,
            stated=meaning if mark.kind == NUMBER and mark.unit in SYMBOLS else None,
        )


def _spoken(each: Encoded, dates: Sequence[Date], numbers: Sequence[Number]) -> dict[Meaning, frozenset[Meaning]]:
    """What the words surely say of each end that is encoded. If that is something else, VAL101 alone says so.

    Of a day or month they may say the year alone: `<date when="1947-07">летом 1947 г.</date>`.
    """
    if len(dates) == 1 and (len(each.ends) == 1 or not numbers):  # from="1947-07-01" to="1947-07-31" of "July 1947"
        return {end: frozenset(dates[0].readings) for end in each.ends}
    if dates or not all(number.sureness for number in numbers):
        return {}
    ends = [end for end in each.ends if isinstance(end, Decimal)]
    if len(numbers) == len(ends) == len(each.ends):
        said = sorted(numbers, key=lambda number: number.likely)
        return {end: frozenset(number.readings) for end, number in zip(sorted(ends), said, strict=True)}
    written = {reading for number in numbers for reading in number.readings}
    days = [end for end in each.ends if isinstance(end, Day)]
    return {day: frozenset(part for part in map(Decimal, day.parts) if part in written) for day in days}


def _read(paragraph: Paragraph, language: Language, each: Date | Number) -> Value:
    readings: frozenset[Meaning] = frozenset(each.readings)
    value = Value(paragraph, language, each.start, each.end, readings, each.sureness, paragraph.location)
    if isinstance(each, Date):
        return value
    unit = "%" if each.percent else ""
    return replace(value, unit=unit, ordinal=each.ordinal, counts=each.counts, lasts=each.lasts, reach=each.reach)


def _outside(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> list[Token]:
    """The tokens that begin in none of these spans of the text."""
    left: list[Token] = []
    at = 0
    for start, end in sorted(spans):
        while at < len(tokens) and tokens[at].start < start:
            left.append(tokens[at])
            at += 1
        while at < len(tokens) and tokens[at].start < end:
            at += 1
    return [*left, *tokens[at:]]
