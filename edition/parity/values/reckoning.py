"""Years, hours and books that languages count otherwise: «в 49-м году» is 1949, «в шестом часу» after five.

Each of these adds a reading to a number. None takes one away, so that a number is missed only where no reading of it
stands in the other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from edition.parity.values.characters import ERAS
from edition.parity.values.languages import Language, any_of
from edition.parity.values.quantities import Number

_NEAR = 32  # characters around a number in which the words stand that make it an hour or a year
_CLOCK_HOURS = range(1, 13)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A number and the text around it, in lower case."""

    number: Number
    before: str
    after: str
    written: str


def as_counted_elsewhere(numbers: Sequence[Number], text: str, language: Language) -> list[Number]:
    """The same numbers, those that may be hours, years or books with all that they may mean."""
    found: list[Number] = []
    for number in numbers:
        before = text[max(0, number.start - _NEAR) : number.start].lower()
        after = text[number.end : number.end + _NEAR].lower()
        place = _Place(number, before, after, text[number.start : number.end])
        more = frozenset(map(Decimal, _more(place, language)))
        found.append(replace(number, readings=number.readings | more) if more else number)
    return found


def _more(place: _Place, language: Language) -> Iterator[Decimal | int]:
    """What else a number may mean as an hour, a year or a book."""
    number, phrases = place.number, _phrases_of(language)
    in_words = number.ordinal and bool(language.years) and not place.written.isupper()
    value = number.likely
    if value == int(value) and 0 <= value < 100:
        if value in _CLOCK_HOURS and (phrases.begun.match(place.after) or phrases.in_the.search(place.before)):
            yield from (value - 1, value + 11) if value > 1 else (0, 12, 24)
        if in_words or _is_a_year(place, phrases):
            yield from _years(int(value))
    yield from _not_yet_over(place, language)
    yield from _of_an_era(place)
    if in_words and 100 <= value < 1000:  # «в девятьсот пятом» goes without its thousand
        yield 1000 + value
    yield from _of_a_book(place, language)
    if language.eve and place.before.endswith(f"{language.eve} "):
        yield value - 1


@dataclass(frozen=True)
class _Phrases:
    begun: re.Pattern[str]
    in_the: re.Pattern[str]
    year: re.Pattern[str]
    ordinal: re.Pattern[str]


@cache
def _phrases_of(language: Language) -> _Phrases:
    begun = any_of(language.clock.begun)
    return _Phrases(
        begun=re.compile(rf"(?:-?\w{{1,2}})?\s+(?:{begun})(?!\w)"),
        in_the=re.compile(
            rf"(?<!\w)(?:(?:{begun})\s+\w{{1,2}}|{any_of(language.clock.within)})\s+$"
        ),  # «часу в десятом»
        year=re.compile(rf"(?:-?\w{{1,2}})?\s*(?:{any_of(language.years)})(?!\w)"),
        ordinal=re.compile(rf"-?(?:{any_of(language.ordinal_figures)})(?!\w)"),
    )


def _not_yet_over(place: _Place, language: Language) -> Iterator[Decimal]:
    """What is full before it: in his nineteenth year he is eighteen, and in his late forties nearly fifty."""
    if not place.number.ordinal or place.written.isupper() or place.number.likely < 2:
        return
    if language.running.intersection(_WORD.findall(place.after)[:1]):
        yield place.number.likely - 1
    if language.late.intersection(_WORD.findall(place.before)[-1:]) and place.number.likely % 10 == 0:
        yield place.number.likely + 10


def _of_an_era(place: _Place) -> Iterator[Decimal]:
    """The year that one of an era is: 民國38年 is 1949."""
    if (name := place.before[-2:]) in ERAS:
        yield ERAS[name] - 1 + place.number.likely


def _of_a_book(place: _Place, language: Language) -> Iterator[Decimal]:
    """What the Bible in Greek and Slavonic counts otherwise: 2 Kings are «4-я книга Царств», Psalm 51 «псалом 50»."""
    if place.number.ordinal or place.written.isdigit():
        words = (*_WORD.findall(place.before)[-1:], *_WORD.findall(place.after)[:2])
        yield from (place.number.likely + language.books[word] for word in words if word in language.books)


def _is_a_year(place: _Place, phrases: _Phrases) -> bool:
    """Whether two figures may be a year by what stands around them: в 49 году, с 41-го, '49."""
    followed = phrases.year.match(place.after) or phrases.ordinal.match(place.after)
    return bool(followed) or place.before.endswith(("'", "’"))


def _years(value: int) -> Iterator[Decimal]:
    if value >= 10:
        yield from (Decimal(1800 + value), Decimal(1900 + value))
