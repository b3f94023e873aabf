"""One day in two calendars: «25 октября (7 ноября) 1917 г.», "9/22 January"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.parity.values.quantities import Date, Day

_BETWEEN = re.compile(r"\.?\s*(?:[^\W\d_]{1,4}\.?\s*)?[(/\[]\s*")  # «25 декабря 1917 г. (7 января»
_OF_EACH_CENTURY = (1650, 1750, 1850, 1910)  # in which the calendars were 10 to 13 days apart


def in_gregorian(day: Day) -> Day | None:
    """The day of the Gregorian calendar that a whole day of the Julian one is, as long as dates were given in it."""
    if day.year is None or day.month is None or day.day is None or not 1582 <= day.year <= 1923:
        return None
    try:
        written = datetime.date(day.year, day.month, day.day)
    except ValueError:
        return None
    later = written + datetime.timedelta(days=day.year // 100 - day.year // 400 - 2)
    return Day(later.year, later.month, later.day)


def in_both_calendars(dates: Sequence[Date], text: str) -> list[Date]:
    """The same dates; two that are one day, of which the other text may give one alone, have both readings."""
    found = list(dates)
    for at in range(len(found) - 1):
        first, last = found[at], found[at + 1]
        if _BETWEEN.fullmatch(text[first.end : last.start]) and are_one(first.likely, last.likely):
            readings = first.readings | last.readings
            found[at], found[at + 1] = replace(first, readings=readings), replace(last, readings=readings)
    return found


def are_one(first: Day, last: Day) -> bool:
    """Whether either is the other in the older calendar; the year may stand with one of them alone."""
    return any(
        new is not None and not new.contradicts(other)
        for mine, other in ((first, last), (last, first))
        for year in _years(mine, other)
        for new in (in_gregorian(replace(mine, year=year)),)
    )


def _years(day: Day, other: Day) -> Iterator[int]:
    """What the year of a day may be, by that of the other if it is left to be understood."""
    if day.year is not None:
        yield day.year
    elif other.year is not None:
        yield from (other.year, other.year - 1)
    else:
        yield from _OF_EACH_CENTURY
