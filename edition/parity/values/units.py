"""What numbers count: time, which languages count in units of their own, money, weights, lengths, soldiers.

14 days are two weeks and «сутки» 24 hours. So a number before a unit of time gets its lengths beside its readings,
and a unit that no number counts ("a year") is a number that has nothing but these: it answers to twelve months, and
nobody misses it. Money, weights and measures are not converted: who does that says another number.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from edition.parity.values.figures import Token
from edition.parity.values.languages import Language, unit_named
from edition.parity.values.quantities import Number, Sureness

_HALF = Decimal("0.5")
_FEW_LETTERS = 3  # of an article, or of the "of" in "a quarter of an hour"
_FIRST_YEAR, _LAST_YEAR = 1000, 2200  # «1945 года» is when and not how long
_MOST = 10**9  # no longer than the world lasts
_NOWHERE = (sys.maxsize, sys.maxsize)
_CONTINUED = re.compile(r"\s*(?:[^\W\d_]+\.?,?\s+)?(?:[^\W\d_]{1,3}\s+)?")  # a unit, and a word such as "and"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
MONEY = {"$": "dollar", "£": "pound", "€": "euro", "₽": "rouble"}


def _times(number: int, lengths: Iterable[int]) -> frozenset[int]:
    return frozenset(number * length for length in lengths)


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_WEEK = frozenset((7 * _DAY,))
_MONTH = _times(_DAY, (28, 30))  # four weeks or thirty days
_YEAR = _times(12, _MONTH) | _times(_DAY, (364, 365))  # 52 weeks or so many days
_LENGTHS = {  # in seconds; of what is not always as long, all that is said of it
    "second": frozenset((1,)),
    "half-minute": frozenset((30,)),
    "minute": frozenset((_MINUTE,)),
    "quarter-hour": frozenset((15 * _MINUTE,)),
    "half-hour": frozenset((30 * _MINUTE,)),
    "three-quarter-hour": frozenset((45 * _MINUTE,)),
    "hour": frozenset((_HOUR,)),
    "half-day": frozenset((12 * _HOUR,)),
    "day": frozenset((_DAY,)),
    "week": _WEEK,
    "ten-days": frozenset((10 * _DAY,)),
    "fortnight": frozenset((14 * _DAY, 15 * _DAY)),  # "quinze jours"
    "half-month": frozenset((14 * _DAY, 15 * _DAY)),
    "month": _MONTH,
    "quarter": _times(3, _MONTH),
    "half-year": _times(6, _MONTH),
    "three-quarter-year": _times(9, _MONTH),
    "year": _YEAR,
    "decade": _times(10, _YEAR),
    "half-century": _times(50, _YEAR),
    "century": _times(100, _YEAR),
    "millennium": _times(1000, _YEAR),
}
_ANY_LENGTH = frozenset().union(*_LENGTHS.values())
_ALSO = {  # German and French count the day on which one begins as well: "acht Tage", "quinze jours"
    ("week", Decimal(1)): frozenset((Decimal(8 * _DAY),)),
    ("week", Decimal(2)): frozenset((Decimal(15 * _DAY),)),
    ("week", Decimal("1.5")): frozenset((Decimal(10 * _DAY), Decimal(11 * _DAY))),
}


_SYMBOLS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "t": "ton"}


def unit_of(written: str) -> str:
    """The name of the unit that an attribute holds as a symbol or a word: week of `wk`, `weeks` and `недели`."""
    return _SYMBOLS.get(written) or unit_named(written) or written


def are_known(*written: str) -> bool:
    """Whether it is known of all these units of attributes which they are."""
    return all(each in _SYMBOLS or unit_named(each) for each in written)


def lengths_of(count: Decimal, written: str) -> frozenset[Decimal]:
    """How many seconds so many of the unit of an attribute may be; nothing where that is no time."""
    return frozenset(count * length for length in _LENGTHS.get(unit_of(written), ()))


def may_be_units(number: Decimal, length: Decimal) -> bool:
    """Whether so many of some unit may be as long, in seconds: 24 are a day, if they are hours."""
    return number > 0 and length / number in _ANY_LENGTH


def with_units(numbers: Sequence[Number], text: str, tokens: Sequence[Token], language: Language) -> list[Number]:
    """The same numbers with what they count and how long that is, and units of time that stand alone; in order."""
    if not language.units:
        return list(numbers)
    units = _Units(text, tokens, language)
    found = [
        each for each in units.in_ranges(list(map(units.counted_by, numbers))) if each.start not in units.counted
    ]
    alone = units.alone([(number.start, number.end) for number in found])
    return _together(sorted((*found, *alone), key=lambda number: number.start), text)


class _Units:
    """Finds the unit that a number counts; `counted` are the places of those that were found."""

    def __init__(self, text: str, tokens: Sequence[Token], language: Language) -> None:
        self._text, self._tokens, self._language = text, tokens, language
        self._starts = [token.start for token in tokens]
        self.counted: set[int] = set()

    def counted_by(self, number: Number) -> Number:
        """The number with its unit, which may be in its own word: «сутки», «трёхдневный»."""
        first, after = bisect_left(self._starts, number.start), bisect_left(self._starts, number.end)
        if number.ordinal or number.percent or not abs(number.likely) < _MOST:
            return number
        sign = self._text[: number.start].rstrip()[-1:]
        if sign in MONEY:
            return _counting(number, MONEY[sign], number.likely)
        word = self._word(first) if after == first + 1 else ""
        if word in self._language.units and not (number.likely < 1 and self._part_of(after)):  # a quarter of an hour
            return _counting(number, self._language.units[word], 1 + self._half(after))
        for stem, unit in self._language.unit_stems.items():
            if stem in word[1:]:
                return _counting(number, unit, number.likely)
        return self._before_unit(number, first, after)

    def _before_unit(self, number: Number, first: int, after: int) -> Number:
        count, at = number.likely, after
        parts = self._language.parts.get(self._word(at), 0)
        if 0 < count < parts:
            count, at = count / parts, at + 1
        place = self._part_of(at) if count < 1 else self._following(at)
        if place is None:
            behind = self._inverted(first)
            return _counting(number, behind, count) if behind else number
        unit = self._unit(place)
        self.counted.add(self._starts[place])
        is_year = unit == "year" and _FIRST_YEAR <= count < _LAST_YEAR
        when = is_year and self._word(place) not in self._language.plurals
        counting = _counting(number, unit, count + self._half(place + 1))
        return number if when else replace(counting, reach=self._tokens[place].end)

    def _part_of(self, at: int) -> int | None:
        """Where the unit stands behind short words: "half an hour", "quarter of an hour"."""
        for each in range(at, min(at + 3, len(self._tokens))):
            if not self._adjoins(each):
                return None
            if self._unit(each):
                return each
            if len(self._word(each)) > _FEW_LETTERS:
                return None
        return None

    def _following(self, at: int) -> int | None:
        """Where the unit stands, maybe after one word that says of what kind: "three whole days"."""
        for each in range(at, min(at + 2, len(self._tokens))):
            word = self._word(each)
            if not self._adjoins(each) or self._tokens[each].figures:
                return None
            if (unit := self._unit(each)) and (each == at or not unit.startswith("half-")):
                return each  # not «двое ждали полчаса»
            is_short = self._text[self._tokens[each].end :][:1] == "."  # «1 раб. день»
            if word in self._language.known or (len(word) <= _FEW_LETTERS and not is_short):
                return None
        return None

    def _inverted(self, first: int) -> str:
        """The unit in front of a number that nothing else counts: «лет пять», «дня через два»."""
        nouns = self._language.inverted.split()
        for at in (first - 1, first - 2):
            if at < 0 or not self._adjoins(at + 1):
                return ""
            word, before = self._word(at), self._word(at - 1) if at else ""
            if word in self._language.units:
                if word not in nouns or before[:1].isdigit() or before in self._language.known:
                    return ""
                self.counted.add(self._starts[at])
                return self._language.units[word]
        return ""

    def _half(self, at: int) -> Decimal:
        """The half that may stand behind a unit: "a day and a half"."""
        here = [token.text for token in self._tokens[at : at + len(self._language.halves)]]
        return _HALF if self._language.has_half(here) else Decimal(0)

    def alone(self, numbers: Sequence[tuple[int, int]]) -> Iterator[Number]:
        """One of a unit of time that none of these numbers counts or is: a day; an hour and a half."""
        units, plurals = self._language.units, self._language.plurals
        single = [at for at, token in enumerate(self._tokens) if token.text in units and token.text not in plurals]
        for at in _outside(single, self._starts, numbers):
            token = self._tokens[at]
            unit = units[token.text]
            if unit in _LENGTHS and token.start not in self.counted:
                one = Number(Decimal(1), frozenset(), token.start, token.end, Sureness.DOUBTFUL)
                yield _counting(one, unit, 1 + self._half(at + 1))

    def in_ranges(self, numbers: list[Number]) -> list[Number]:
        """The same numbers; the first of a range counts what the last does: "10-14 days"."""
        for at in range(len(numbers) - 2, -1, -1):
            first, last = numbers[at], numbers[at + 1]
            gap = self._text[first.end : last.start].strip().lower()
            is_range = gap in self._language.ranges or (gap != "" and not gap.strip(_DASHES))
            if last.counts and is_range and not (first.counts or first.ordinal or first.percent):
                numbers[at] = _counting(first, last.counts, first.likely)
        return numbers

    def _unit(self, at: int) -> str:
        """The unit that a token names, as a noun or the adjective of a compound: 72-часовой."""
        word = self._word(at)
        if word in self._language.units:
            return self._language.units[word]
        stems = self._language.unit_stems.items()
        return next((unit for stem, unit in stems if word.startswith(stem)), "")

    def _word(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _adjoins(self, at: int) -> bool:
        """Whether nothing but a space, a hyphen or the full stop of тыс. stands before a token of one sentence."""
        if at == 0:
            return False
        before, token = self._tokens[at - 1], self._tokens[at]
        gap = self._text[before.end : token.start].strip(" -\u00a0\u2011")
        return gap == "" or (gap == "." and not before.figures and not self._text[token.start].isupper())


def _counting(number: Number, unit: str, count: Decimal) -> Number:
    if unit == "hour" and 0 < count < 1:  # of an hour a quarter is no three months
        number = replace(number, readings=frozenset((count, count * _MINUTE)))
    lengths = frozenset(count * length for length in _LENGTHS.get(unit, ()))
    return replace(number, counts=unit, lasts=lengths.union(_ALSO.get((unit, count), ())))


def _together(numbers: list[Number], text: str) -> list[Number]:
    """The same numbers; two that may be one length have that as well: "2 hours 30 minutes", «час двадцать».

    After an hour an ordinal that is none for sure is of minutes: «1 ч. 30 м.» and not the thirtieth.
    """
    for at in range(len(numbers) - 1):
        first, last = numbers[at], numbers[at + 1]
        is_ordinal = last.ordinal and not (first.counts == "hour" and last.sureness is Sureness.DOUBTFUL)
        if not first.lasts or is_ordinal or not _CONTINUED.fullmatch(text[first.end : last.start]):
            continue
        minutes = first.counts == "hour" and not (last.counts or last.percent)
        parts = frozenset((last.likely * _MINUTE,)) if minutes else last.lasts
        if parts and max(parts) < min(first.lasts):
            whole = frozenset(long + short for long in first.lasts for short in parts)
            numbers[at] = replace(first, lasts=first.lasts | whole)
            numbers[at + 1] = replace(last, lasts=last.lasts | whole)
    return numbers


def _outside(tokens: Sequence[int], starts: Sequence[int], places: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Which of these tokens begin in none of these places of the text, which are in order."""
    rest = iter(places)
    start, end = next(rest, _NOWHERE)
    for at in tokens:
        while starts[at] >= end:
            start, end = next(rest, _NOWHERE)
        if starts[at] < start:
            yield at
