"""Numbers of Chinese, Japanese or Korean, which count in myriads: 3萬5千 is 35,000, and so is 三萬五千."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from edition.parity.values.quantities import Number, Sureness

_TIMES = {**dict.fromkeys("十십", 10), **dict.fromkeys("百백", 100), **dict.fromkeys("千천", 1000)}
_MYRIADS = {**dict.fromkeys("萬万만", 10**4), **dict.fromkeys("億亿억", 10**8), **dict.fromkeys("兆조", 10**12)}
_STEP = re.compile(rf"(?:\s?(?P<figures>\d{{1,4}}(?:\.\d+)?))?(?P<signs>[{''.join((*_TIMES, *_MYRIADS))}]{{1,2}})")
OTHERWISE = "만조"  # "only" and "article" as well: 3만, 제1조
_MOST_STEPS = 8  # to the largest of these numbers


def in_myriads(text: str, start: int) -> tuple[Decimal, int] | None:
    """The number that begins with figures at a place of a text, and where it ends; None without such a sign."""
    total, within, at = Decimal(0), Decimal(0), start
    for _ in range(_MOST_STEPS):
        step = _STEP.match(text, at)
        if step is None or (at == start and step["figures"] is None):
            break
        part = Decimal(step["figures"] or 1)
        for sign in step["signs"]:
            part *= _TIMES.get(sign, 1)
        within += part
        if scale := _MYRIADS.get(step["signs"][-1]):
            total, within = total + within * scale, Decimal(0)
        at = step.end()
    return (total + within, at) if at > start else None


_DIGITS = {"两": 2, "兩": 2, **{sign: digit for digit, sign in enumerate("一二三四五六七八九", 1)}}
_ALL = "".join((*_DIGITS, *_TIMES, *_MYRIADS, "零〇"))
_IN_CHARACTERS = re.compile(rf"(?<![{_ALL}])[{''.join(_DIGITS)}十][{_ALL}]{{1,15}}")
_LARGE = 100  # signs for less stand in too many other words


def in_characters(text: str) -> Iterator[Number]:
    """The numbers of hundreds and more that stand in characters alone; nobody misses them: 三千 is many as well."""
    for found in _IN_CHARACTERS.finditer(text):
        value = _of_characters(found[0])
        if value is not None and value >= _LARGE:
            yield Number(value, frozenset((value,)), *found.span(), Sureness.DOUBTFUL)


def _of_characters(written: str) -> Decimal | None:
    """What characters add up to, 两万五 being 两万五千; None for 三四千, of which nobody knows how many there are."""
    total, within, digit, scale = Decimal(0), Decimal(0), 0, 1
    for sign in written:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _TIMES:
            scale = _TIMES[sign]
            within, digit = within + (digit or 1) * scale, 0
        elif sign in _MYRIADS:
            scale = _MYRIADS[sign]
            total, within, digit = total + (within + digit) * scale, Decimal(0), 0
        else:
            scale = 1
    return total + within + Decimal(digit * scale) / (10 if scale >= _LARGE else 1 if scale == 1 else scale)
