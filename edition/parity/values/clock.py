"""Hours and years that languages count otherwise: "5 p.m." is 17 o'clock, half past five is «половина шестого» and
"halb sechs", and «в 49-м году» is 1949.

Each of these adds a reading to a number. None takes one away, so that a number is missed only where no reading of it
stands in the other text; but «в половине шестого» has nothing to do with six.
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
_OPENING, _CLOSING = re.compile(r"(?:^|[(\[,;:\u2013\u2014])\s*$"), re.compile(r"\s*(?:$|[)\],;.!?…»])")
_HALF, _HALF_HOUR = Decimal("0.5"), frozenset((Decimal("0.5"), Decimal(30)))
_CLOCK_HOURS = range(1, 13)
_NO_MINUTES = "00"  # nobody misses them: «в восемь», "at 20:00"
_ERAS = {"民國": 1912, "民国": 1912, "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}  # year 1
_MINUTES = r"(?:[:.][0-5]\d)?"


@dataclass(frozen=True, slots=True)
class _Place:
    """A number and the text around it, in lower case."""

    number: Number
    before: str
    after: str
    written: str


def on_the_clock(numbers: Sequence[Number], text: str, language: Language) -> list[Number]:
    """The same numbers, those that may be hours or years with all that they may mean."""
    found: list[Number] = []
    for number in numbers:
        before = text[max(0, number.start - _NEAR) : number.start].lower()
        after = text[number.end : number.end + _NEAR].lower()
        place = _Place(number, before, after, text[number.start : number.end])
        if place.written == _NO_MINUTES:
            found.append(replace(number, sureness=Sureness.DOUBTFUL))
        elif _is_surely_begun(place, language):
            if found and found[-1].likely == _HALF and not text[found[-1].end : number.start].strip():
                found[-1] = replace(found[-1], readings=_HALF_HOUR)  # not the six months of a year
            hours = frozenset(map(Decimal, _hours_begun(int(number.likely), place, _phrases_of(language))))
            found.append(replace(number, readings=hours, ordinal=False))
        else:
            more = frozenset(map(Decimal, _more(place, language)))
            found.append(replace(number, readings=number.readings | more) if more else number)
    return found


def _more(place: _Place, language: Language) -> Iterator[Decimal | int]:
    """What else a number may mean as an hour or a year."""
    number, phrases = place.number, _phrases_of(language)
    in_words = number.ordinal and bool(language.years) and not place.written.isupper()
    as_year = in_words or _is_a_year(place, phrases)
    for value in (number.likely, *_of_a_time(place, language)):
        yield from () if value is number.likely else (value,)
        if value == int(value) and 0 <= value < 100:
            yield from _hours(int(value), place, phrases)
            yield from _years(int(value)) if as_year else ()
    yield from _of_an_era(place)
    if in_words and 100 <= number.likely < 1000:  # «в девятьсот пятом» goes without its thousand
        yield 1000 + number.likely
    if language.eve and place.before.endswith(f"{language.eve} "):
        yield number.likely - 1


@dataclass(frozen=True)
class _Phrases:
    hour: re.Pattern[str]
    afternoon: re.Pattern[str]
    night: re.Pattern[str]
    at: re.Pattern[str]
    to: re.Pattern[str]
    half: re.Pattern[str]
    at_half: re.Pattern[str]
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
        half=re.compile(rf"(?<!\w)(?:{_any(clock.half)})\s+$"),
        at_half=re.compile(rf"(?<!\w)(?:{_any(clock.at)})\s+(?:{_any(clock.half)})\s+$"),
        begun=re.compile(rf"(?:-?\w{{1,2}})?\s+(?:{_any(clock.begun)})(?!\w)"),
        year=re.compile(rf"(?:-?\w{{1,2}})?\s*(?:{_any(language.years)})(?!\w)"),
        ordinal=re.compile(rf"-?(?:{_any(language.ordinal_figures)})(?!\w)"),
    )


def _any(phrases: str) -> str:
    """Any of these phrases, with `|` between them; nothing at all where there are none."""
    each = (re.escape(phrase.strip()).replace(r"\ ", r"\s+") for phrase in phrases.split("|"))
    return "|".join(sorted(filter(None, each), key=len, reverse=True)) or "(?!)"


def _of_an_era(place: _Place) -> Iterator[Decimal]:
    """The year that one of an era is: 民國38年 is 1949."""
    if (name := place.before[-2:]) in _ERAS:
        yield _ERAS[name] - 1 + place.number.likely


def _of_a_time(place: _Place, language: Language) -> Iterator[Decimal]:
    """The hour and the minutes of 17.30, which is read as a fraction."""
    found = _TIME.fullmatch(place.written) if "." in place.written else None
    if found is None or int(found[1]) > 24:
        return
    phrases = _phrases_of(language)
    alone = language.decimal != "." and _OPENING.search(place.before) and _CLOSING.match(place.after)
    if not language.has_words or alone or phrases.at.search(place.before) or any(_of_day(place, phrases)):
        yield Decimal(found[1])
        yield Decimal(found[2])


def _of_day(place: _Place, phrases: _Phrases) -> tuple[re.Match[str] | None, ...]:
    after = place.after
    return phrases.hour.match(after), phrases.afternoon.match(after), phrases.night.match(after)


def _hours(value: int, place: _Place, phrases: _Phrases) -> Iterator[int]:
    """What an hour is called elsewhere."""
    hour, afternoon, night = _of_day(place, phrases)
    if afternoon and value < 12:
        yield value + 12
    if (night or afternoon) and value == 12:
        yield from (0, 24)
    if hour and 12 < value <= 24:
        yield value - 12
    if hour and value == 0:
        yield from (12, 24)
    if value in _CLOCK_HOURS and (phrases.to.search(place.before) or phrases.begun.match(place.after)):
        yield from _hours_begun(value, place, phrases)


def _hours_begun(value: int, place: _Place, phrases: _Phrases) -> Iterator[int]:
    """What the hour is that has begun before another: five before six, twelve before one, or midnight."""
    _, afternoon, _ = _of_day(place, phrases)
    if value > 1:
        yield from (value - 1, value + 11) if afternoon else (value - 1,)
    else:
        yield from (0, 12, 24)


def _is_surely_begun(place: _Place, language: Language) -> bool:
    """Whether a number can be nothing but the hour that follows: «в половине шестого», "um halb sechs"."""
    number, phrases = place.number, _phrases_of(language)
    if number.ordinal is not language.clock.ordinals or number.likely not in _CLOCK_HOURS:
        return False
    if not phrases.half.search(place.before):
        return False
    _, afternoon, night = _of_day(place, phrases)
    return bool(phrases.at_half.search(place.before) or afternoon or night or _CLOSING.match(place.after))


def _is_a_year(place: _Place, phrases: _Phrases) -> bool:
    """Whether two figures may be a year by what stands around them: в 49 году, с 41-го, '49."""
    followed = phrases.year.match(place.after) or phrases.ordinal.match(place.after)
    return bool(followed) or place.before.endswith(("'", "’"))


def _years(value: int) -> Iterator[Decimal]:
    if value >= 10:
        yield from (Decimal(1800 + value), Decimal(1900 + value))
