"""The numbers and dates of a paragraph. What the encoding says of them wins over what their words say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from edition.model import ASIDE, DATE, NUMBER, Mark, Paragraph, Text
from edition.parity.counterparts import Spans
from edition.parity.values.dates import dates_of, day_of
from edition.parity.values.figures import Token, tokens_of
from edition.parity.values.languages import Language, language_in
from edition.parity.values.numbers import numbers_of
from edition.parity.values.qualifiers import Exactness
from edition.parity.values.quantities import Date, Day, Number, Sureness
from edition.parity.values.units import lengths_of
from edition.parity.values.value import Meaning, Value

_FIGURES = re.compile(r"[\d%½¼¾]")
_ROMAN = re.compile(r"(?<!\w)[IVXL]{2,8}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_WITHIN = re.compile(r"\d\d|[^\W\d_]{2}")  # both sides of a place within a number or a word
_BRACKETED = re.compile(r"\[[^\[\]]{1,300}\]")
_MOST_DIGITS = 18  # of an attribute's number: more are no number that anyone means


def may_have_values(paragraph: Paragraph, language: Language) -> bool:
    """Whether a paragraph may have a value that would be missed in the other text; quick, for most have none."""
    text = paragraph.text.lower()
    return (
        any(mark.kind in (NUMBER, DATE) for mark in paragraph.marks)
        or _FIGURES.search(text) is not None
        or _ROMAN.search(paragraph.text) is not None
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
    dates = dates_of(words, tokens, _with_all_months(language) if mark.kind == DATE else language)
    numbers = numbers_of(words, _outside(tokens, [(date.start, date.end) for date in dates]), language)
    return dates, [number for number in numbers if number.readings]  # not "that year"


@cache
def _with_all_months(language: Language) -> Language:
    """The language as it is within a date, where "May" can be nothing but a month."""
    return replace(language, month_or_word=frozenset())


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
            given=None if mark.kind == DATE and mark.unit else meaning,
            lasts=lengths_of(meaning, mark.unit)
            if isinstance(meaning, Decimal) and mark.kind == NUMBER
            else frozenset(),
        )


def is_surely_said(number: Number) -> bool:
    """Whether words within a mark are a number: a third is, a dozen may be some ten."""
    return number.sureness is not Sureness.DOUBTFUL or 0 < number.likely < 10


def _spoken(each: Encoded, dates: Sequence[Date], numbers: Sequence[Number]) -> dict[Meaning, frozenset[Meaning]]:
    """What the words surely say of each end that is encoded. If that is something else, VAL101 alone says so.

    Of a day or month they may say the year alone: `<date when="1947-07">летом 1947 г.</date>`.
    """
    if len(dates) == 1 and (len(each.ends) == 1 or not numbers):  # from="1947-07-01" to="1947-07-31" of "July 1947"
        return {end: frozenset(dates[0].readings) for end in each.ends}
    if dates or not all(is_surely_said(number) for number in numbers):
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
    counted = replace(value, counts=each.counts, lasts=each.lasts, reach=each.reach)
    return replace(counted, unit=unit, ordinal=each.ordinal, time=each.time)


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
