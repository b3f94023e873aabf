"""What a text names with numbers: numbers and days, each with how sure it is that it is one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

# Units that attributes may hold converted: `quantity="5" unit="kt"` of "5000 tons" (TEI P5, att.measurement).
_PREFIXES = {"": 0, "n": -9, "µ": -6, "m": -3, "c": -2, "d": -1, "da": 1, "h": 2, "k": 3, "M": 6, "G": 9, "T": 12}
_PREFIXED = {  # in which unit it is measured, how much of that it is as a power of ten, and its power: 2 of m²
    "m": ("m", 0, 1),
    "m²": ("m²", 0, 2),
    "m2": ("m²", 0, 2),
    "m³": ("m³", 0, 3),
    "m3": ("m³", 0, 3),
    "l": ("m³", -3, 1),
    "L": ("m³", -3, 1),
    "g": ("g", 0, 1),
    "t": ("g", 6, 1),
    **{unit: (unit, 0, 1) for unit in ("s", "A", "W", "Wh", "V", "J", "N", "Hz", "Pa", "cal", "b", "B")},
}
_BASES = {
    prefix + unit: (base, Decimal(10) ** (power * times + own))
    for unit, (base, own, times) in _PREFIXED.items()
    for prefix, power in _PREFIXES.items()
} | {
    "ha": ("m²", Decimal(10_000)),
    "min": ("s", Decimal(60)),
    "h": ("s", Decimal(3600)),
    "d": ("s", Decimal(86_400)),
    "wk": ("s", Decimal(7 * 86_400)),
}
_ROUNDED = Decimal("0.03")  # of a number: who rounds by more says another
SYMBOLS = frozenset(_BASES) | frozenset(("a", "ft", "yd", "in", "mi", "lb", "oz", "pt", "gal"))


def measured(number: Decimal, unit: str) -> Measured:
    """A number of a unit in the one that all of its kind are measured in: 2 weeks and 14 days in seconds."""
    base, factor = _BASES.get(unit, (unit, Decimal(1)))
    last = number.as_tuple().exponent
    return Measured(base, number * factor, factor * Decimal(10) ** min(int(last), 0) / 2)


@dataclass(frozen=True, slots=True)
class Measured:
    """So much of a unit; what lies nearer than `margin` is the same when rounded."""

    unit: str
    number: Decimal
    margin: Decimal

    def is_about(self, other: Measured) -> bool:
        rounded = min(max(self.margin, other.margin), _ROUNDED * abs(self.number))
        return abs(self.number - other.number) <= rounded


class Sureness(IntEnum):
    """How sure it is that something is a number."""

    DOUBTFUL = 0
    WORDS = 1
    FIGURES = 2


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """The minutes after midnight that a time may be: two where nothing says in which half of the day.

    It is `sure` where the words can be no other number: "half past six", not "at six". It stands from `start` to
    `end` of the text, with all its numbers.
    """

    minutes: frozenset[int]
    sure: bool
    start: int
    end: int

    def agrees(self, other: TimeOfDay) -> bool:
        """Whether both may be the same, of which one is sure or counts minutes: "at six" alone is no 18."""
        common = self.minutes & other.minutes
        return bool(common) and (self.sure or other.sure or any(minute % 60 for minute in common))

    def contradicts(self, other: TimeOfDay) -> bool:
        return self.sure and other.sure and self.minutes.isdisjoint(other.minutes)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, from `start` to `end`: its readings, of which `likely` is the first to think of.

    `scale` is what a word such as "thousand" has multiplied it by, 1 where there is none. `ordinal` are third and
    III, and the decades of a century. `counts` is the unit that it counts, a word that ends at `reach`, and `lasts`
    how many seconds that may be; a unit that stands alone ("a year") has lengths and no readings. `time` is the time
    of day that it tells, or has a share in.
    """

    likely: Decimal
    readings: frozenset[Decimal]
    start: int
    end: int
    sureness: Sureness
    percent: bool = False
    scale: int = 1
    ordinal: bool = False
    counts: str = ""
    lasts: frozenset[Decimal] = frozenset()
    reach: int = 0
    time: TimeOfDay | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is said: year, month and day of the month, each of which may be left open."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def parts(self) -> tuple[int, ...]:
        """The year and the day, as far as they are said."""
        return tuple(part for part in (self.year, self.day) if part is not None)

    def agrees(self, other: Day) -> bool:
        """Whether both say as much and the same; a year may be said by one alone."""
        return (self.month, self.day) == (other.month, other.day) and (
            self.year == other.year or self.year is None or other.year is None
        )

    def contradicts(self, other: Day) -> bool:
        """Whether both say a year, a month or a day, and not the same one."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return year + "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text, from `start` to `end`: what it may mean, of which `likely` is the first to think of."""

    likely: Day
    readings: frozenset[Day]
    start: int
    end: int
    sureness: Sureness
