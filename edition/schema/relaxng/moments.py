"""Dates, times and durations of XSD (part 2, 3.2.6 to 3.2.14): when they are sound, and how they compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = (
    r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<midnight>24:00:00(?:\.0+)?))"
)
FORMS = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
}
_READ = {kind: re.compile(form, re.ASCII).fullmatch for kind, form in FORMS.items()}
DURATION = (
    r"(?P<minus>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_READ_DURATION = re.compile(DURATION, re.ASCII).fullmatch

_LEAP = 1972  # the year of what has none (3.2.7.4)
_HOURS_14 = 14 * 3600
# Months of these lengths follow these starts: with them 3.2.6.2 says which durations compare at all.
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, in seconds; `zoned` where the value says its time zone."""

    seconds: Decimal
    zoned: bool

    def before(self, other: Moment) -> bool:
        """Whether it surely comes before: without its zone a value may stand 14 hours away (3.2.7.3)."""
        slack = _HOURS_14 if self.zoned != other.zoned else 0
        return self.seconds + slack < other.seconds


@dataclass(frozen=True, slots=True)
class Duration:
    months: int
    seconds: Decimal

    def before(self, other: Duration) -> bool:
        return all(self._from(start) < other._from(start) for start in _STARTS)

    def _from(self, start: tuple[int, int]) -> Decimal:
        months = start[0] * 12 + start[1] - 1 + self.months
        return _days(months // 12, months % 12 + 1, 1) * 86400 + self.seconds


def moment(kind: str, value: str) -> Moment | None:
    """The point in time that a value of this kind names, or None where the calendar has none such."""
    found = _READ[kind](value)
    if found is None:
        return None
    parts = {"year": str(_LEAP), "month": "1", "day": "1", "hour": "0", "minute": "0", "second": "0"}
    parts.update({name: part for name, part in found.groupdict().items() if part is not None})
    year, month, day = int(parts["year"]), int(parts["month"]), int(parts["day"])
    if year == 0 or day > _length(year, month):
        return None
    seconds = _days(year, month, day) * 86400 + int(parts["hour"]) * 3600 + int(parts["minute"]) * 60
    zone = parts.get("zone")
    total = seconds + Decimal(parts["second"]) + (86400 if "midnight" in parts else 0) - _offset(zone)
    return Moment(total, zone is not None)


def duration(value: str) -> Duration | None:
    found = _READ_DURATION(value)
    if found is None:
        return None
    amount = {name: Decimal(part) for name, part in found.groupdict("0").items() if name != "minus"}
    sign = -1 if found["minus"] else 1
    seconds = ((amount["days"] * 24 + amount["hours"]) * 60 + amount["minutes"]) * 60 + amount["seconds"]
    return Duration(sign * int(amount["years"] * 12 + amount["months"]), sign * seconds)


def _offset(zone: str | None) -> int:
    if zone in (None, "Z"):
        return 0
    hours, minutes = zone[1:].split(":")
    return (int(hours) * 60 + int(minutes)) * 60 * (-1 if zone[0] == "-" else 1)


def _days(year: int, month: int, day: int) -> Decimal:
    """Days since a day long ago, in the Gregorian calendar carried on in both directions. No year is 0."""
    year += year < 0
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return Decimal(365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day)


def _length(year: int, month: int) -> int:
    first = [_days(year, month, 1), _days(year + month // 12, month % 12 + 1, 1)]
    return next(int(after - before) for before, after in pairwise(first))
