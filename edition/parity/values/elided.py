"""Numbers of which a part is not said: the end of "pp. 112-18", the hundred of "nineteen forty-five"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from edition.parity.values.languages import Language
from edition.parity.values.quantities import Number, Sureness

_ENDS = re.compile(r"(?P<first>\d{2,4})(?P<apart>\s*[-\u2010-\u2015−/]\s*)(?P<last>\d{1,3})")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200  # between which a stroke may stand for a dash
_FIRST_CENTURY, _LAST_CENTURY = 10, 21  # by which a year is said


def elided(words: str) -> Decimal | None:
    """What the second end of a range in figures is if it leaves out what both begin with: 118 of "112-18"."""
    ends = _ENDS.fullmatch(words)
    if ends is None or len(ends["last"]) >= len(ends["first"]):
        return None
    first, last = int(ends["first"]), int(ends["last"])
    place = 10 ** len(ends["last"])
    whole = first - first % place + last
    years = _FIRST_YEAR <= first < _LAST_YEAR and (len(ends["last"]) == 2 or whole == first + 1)  # 1941/45, 1941/2
    if "/" in ends["apart"] and not years:
        return None
    return Decimal(whole) if whole > first else None


def in_spoken_years(numbers: Sequence[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; two that are said one after the other may be a year, and are one: "nineteen oh five"."""
    if not language.spoken_years:
        return list(numbers)
    found: list[Number] = []
    for number in numbers:
        year = _year(found[-1], number, text, language) if found else None
        if year is None:
            found.append(number)
        else:
            readings = frozenset((*found[-1].readings, *number.readings, year))
            sureness = number.sureness if number.ordinal else found[-1].sureness
            found[-1] = replace(
                found[-1], likely=year, readings=readings, end=number.end, sureness=sureness, ordinal=number.ordinal
            )
    return found


def _year(first: Number, last: Number, text: str, language: Language) -> Decimal | None:
    """The year that two numbers in words may be together, or the first of ten: "the nineteen-thirties"."""
    gap = text[first.end : last.start].lower()
    decade = first.likely * 100 + last.likely
    if first.sureness is Sureness.WORDS and last.ordinal and decade in last.readings and gap in (" ", "-"):
        return decade
    with_nought = _noughts(language).fullmatch(gap) is not None
    in_words = first.sureness is Sureness.WORDS and (last.sureness is Sureness.WORDS or with_nought)  # "oh one"
    plain = all(each.scale == 1 and not (each.percent or each.ordinal) for each in (first, last))
    if not (in_words and plain) or text[last.end : last.end + 1] == "-":
        return None
    fits = 10 <= last.likely < 100 if gap == " " else (with_nought or gap == "-") and 0 < last.likely < 100
    century = first.likely
    return century * 100 + last.likely if fits and _FIRST_CENTURY <= century <= _LAST_CENTURY else None


@cache
def _noughts(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word.strip()) for word in language.spoken_years.split("|"))
    return re.compile(rf"[\s-](?:{words})[\s-]")
