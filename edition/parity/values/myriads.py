"""Figures with signs of Chinese, Japanese or Korean between them, which count in myriads: 3萬5千 is 35,000."""

from __future__ import annotations

import re
from decimal import Decimal

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
