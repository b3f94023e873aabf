"""Hours and years that languages count otherwise: "5 p.m." is 17 o'clock, half past five is «половина шестого» and
"halb sechs", and «в 49-м году» is 1949.

Each of these adds a reading to a number. None takes one away, so that a number is missed only where no reading of it
stands in the other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from edition.parity.values.languages import Language
from edition.parity.values.quantities import Number, Sureness

_NEAR = 32  # characters around a number in which the words stand that make it an hour
_TIME = re.compile(r"(\d{1,2})\.([0-5]\d)")
_OPENING, _CLOSING = re.compile(r"(?:^|[(\[,;:\u2013\u2014])\s*$"), re.compile(r"\s*(?:$|[)\],;.])")
_NO_MINUTES = "00"  # nobody misses them: «в восемь», "at 20:00"
_ERAS = {"民國": 1912, "民国": 1912, "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}  # year 1
_MINUTES = r"(?:[:.][0-5]\d)?"


def on_the_clock(numbers: Sequence[Number], text: str, language: Language) -> Iterator[Number]:
    """The same numbers, those that may be hours or years with all that they may mean."""
    phrases = _phrases_of(language)
    for number in numbers:
        before = text[max(0, number.start - _NEAR) : number.start].lower()
        after = text[number.end : number.end + _NEAR].lower()
        written = text[number.start : number.end]
        is_time = not language.has_words or phrases.at.search(before) or any(_of_day(after, phrases))
        is_time = is_time or (language.decimal != "." and _alone(before, after))
        more = {*(_of_a_time(written) if is_time else ()), *_of_an_era(number.likely, before)}
        in_words = number.ordinal and bool(language.years) and not written.isupper()
        as_year = in_words or _is_a_year(before, after, phrases)
        for value in (number.likely, *more):
            if value == int(value) and 0 <= value < 100:
                more |= {*_hours(int(value), before, after, phrases), *(_years(int(value)) if as_year else ())}
        if in_words and 100 <= number.likely < 1000:  # «в девятьсот пятом» goes without its thousand
            more.add(1000 + number.likely)
        if language.eve and before.endswith(f"{language.eve} "):
            more.add(number.likely - 1)
        if written == _NO_MINUTES:
            yield replace(number, sureness=Sureness.DOUBTFUL)
        else:
            yield replace(number, readings=number.readings.union(map(Decimal, more))) if more else number


@dataclass(frozen=True)
class _Phrases:
    hour: re.Pattern[str]
    afternoon: re.Pattern[str]
    night: re.Pattern[str]
    at: re.Pattern[str]
    to: re.Pattern[str]
    begun: re.Pattern[str]
    year: re.Pattern[str]
    ordinal: re.Pattern[str]


@cache
def _phrases_of(language: Language) -> _Phrases:
    clock = language.clock
    hour = rf"{_MINUTES}[\s-]*(?:(?:{_any(clock.hour)})\s*)?"
    return _Phrases(
        hour=re.compile(rf"(?::[0-5]\d|{_MINUTES}\s*(?:{_any(clock.hour)})(?!\w))"),
        afternoon=re.compile(rf"{hour}(?:{_any(clock.afternoon)})(?!\w)"),
        night=re.compile(rf"{hour}(?:{_any(clock.night)})(?!\w)"),
        at=re.compile(rf"(?<!\w)(?:{_any(clock.at)})\s+$"),
        to=re.compile(rf"(?<!\w)(?:{_any(clock.to)})\s+$"),
        begun=re.compile(rf"(?:-?\w{{1,2}})?\s+(?:{_any(clock.begun)})(?!\w)"),
        year=re.compile(rf"(?:-?\w{{1,2}})?\s*(?:{_any(language.years)})(?!\w)"),
        ordinal=re.compile(rf"-?(?:{_any(language.ordinal_figures)})(?!\w)"),
    )


def _any(phrases: str) -> str:
    """Any of these phrases, with `|` between them; nothing at all where there are none."""
    each = (re.escape(phrase.strip()).replace(r"\ ", r"\s+") for phrase in phrases.split("|"))
    return "|".join(sorted(filter(None, each), key=len, reverse=True)) or "(?!)"


def _alone(before: str, after: str) -> bool:
    """Whether figures stand between signs: «Заседание закрывается (21.30).»"""
    return _OPENING.search(before) is not None and _CLOSING.match(after) is not None


def _of_an_era(value: Decimal, before: str) -> Iterator[Decimal]:
    """The year that one of an era is: 民國38年 is 1949."""
    for name, first in _ERAS.items():
        if before.endswith(name):
            yield first - 1 + value


def _of_a_time(written: str) -> Iterator[Decimal]:
    """The hour and the minutes of 17.30, which is read as a fraction."""
    found = _TIME.fullmatch(written)
    if found and int(found[1]) <= 24:
        yield Decimal(found[1])
        yield Decimal(found[2])


def _of_day(after: str, phrases: _Phrases) -> tuple[re.Match[str] | None, ...]:
    return phrases.hour.match(after), phrases.afternoon.match(after), phrases.night.match(after)


def _hours(value: int, before: str, after: str, phrases: _Phrases) -> Iterator[Decimal]:
    """What an hour is called elsewhere."""
    hour, afternoon, night = _of_day(after, phrases)
    if afternoon and value < 12:
        yield Decimal(value + 12)
    if (night or afternoon) and value == 12:
        yield from (Decimal(0), Decimal(24))
    if hour and 12 < value <= 24:
        yield Decimal(value - 12)
    if hour and value == 0:
        yield from (Decimal(12), Decimal(24))
    if 1 <= value <= 12 and (phrases.to.search(before) or phrases.begun.match(after)):
        yield from (Decimal(value - 1),) if value > 1 else map(Decimal, (0, 12, 24))


def _is_a_year(before: str, after: str, phrases: _Phrases) -> bool:
    """Whether two figures may be a year by what stands around them: в 49 году, с 41-го, '49."""
    return bool(phrases.year.match(after) or phrases.ordinal.match(after)) or before.endswith(("'", "’"))


def _years(value: int) -> Iterator[Decimal]:
    if value >= 10:
        yield from (Decimal(1800 + value), Decimal(1900 + value))
