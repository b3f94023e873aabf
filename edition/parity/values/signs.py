"""Numbers below zero: "minus five", «пять ниже нуля», −5°.

A sign that is typed may as well be a dash, and words around a number may say by themselves that it is less ("frost",
"a loss"): there a number may be either, and no sign is missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from edition.parity.values.languages import Language, any_of
from edition.parity.values.quantities import Number

_NEAR = 48  # characters around a number in which words stand that may make it negative
_TYPED = re.compile(r"(?:^|[\s(])(?P<sign>[-\u2010-\u2013−])\s?$")
_PLUS = ("plus", "плюс")
_DEGREES = re.compile(r"\s*(?:°|º|degrees?\b|град)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\w%°]\.?\s*$")  # what stands before a minus that subtracts, or a dash


def signed(numbers: Sequence[Number], text: str, language: Language) -> list[Number]:
    """The same numbers, those that are less than zero with their sign or words for it, which are part of them."""
    phrases = _phrases_of(language)
    if not numbers or not phrases.anywhere.search(text):
        return list(numbers)
    found = [_with_sign(number, text, language) for number in numbers]
    beside = zip(found, (None, *found), (*found[1:], None), strict=False)
    return [
        number for number, before, after in beside if not (_is_within(number, before) or _is_within(number, after))
    ]


def _is_within(number: Number, other: Number | None) -> bool:
    """Whether a number is the zero that another is below."""
    return other is not None and other.start <= number.start and number.end <= other.end


@dataclass(frozen=True, slots=True)
class _Phrases:
    minus: re.Pattern[str]
    below: re.Pattern[str]
    anywhere: re.Pattern[str]


@cache
def _phrases_of(language: Language) -> _Phrases:
    minus, below = any_of(language.minus), any_of(language.below_zero)
    return _Phrases(
        minus=re.compile(rf"(?:(?P<before>\w+|[%°+±])[\s-]*)?(?<![\w-])(?P<sign>{minus})\s+$", re.IGNORECASE),
        below=re.compile(rf"[\s-]*(?:\w+\s+|°\s*[cс]?\s*)?(?:{below})(?!\w)", re.IGNORECASE),
        anywhere=re.compile(
            rf"(?<!\w)(?:{any_of(language.cold)}|{minus}|{below})|(?<![\w%°])[-\u2010-\u2013−]\s?\d", re.IGNORECASE
        ),
    )


def _with_sign(number: Number, text: str, language: Language) -> Number:
    phrases = _phrases_of(language)
    first = max(0, number.start - _NEAR)
    before, after = text[first : number.start], text[number.end : number.end + _NEAR]
    if not number.readings or number.ordinal or number.likely <= 0:
        return number
    if (below := phrases.below.match(after)) is not None:
        return _negative(number, number.start, number.end + below.end())
    if (minus := phrases.minus.search(before)) is not None and not _subtracts(minus, language):
        return _negative(number, first + minus.start("sign"), number.end)
    typed = _TYPED.search(before)
    if typed and not _BETWEEN.search(before[: typed.start("sign")]) and _DEGREES.match(after):
        return _negative(number, first + typed.start("sign"), number.end)
    if minus or typed or phrases.anywhere.search(text, first, number.end + _NEAR):
        return replace(number, readings=number.readings.union(-reading for reading in number.readings))
    return number


def _subtracts(minus: re.Match[str], language: Language) -> bool:
    """Whether a minus stands between two numbers, or means "give or take": 10 minus 5, "plus or minus 5"."""
    before = (minus["before"] or "").lower()
    is_sign_or_figures = before != "" and not before[-1].isalpha()
    return is_sign_or_figures or before in language.known or before in language.ranges or before in _PLUS


def _negative(number: Number, start: int, end: int) -> Number:
    readings = frozenset(-reading for reading in number.readings)
    return replace(number, likely=-number.likely, readings=readings, start=start, end=end)
