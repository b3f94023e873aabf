"""Lists of numbers one after the other, which the other text may give as a range: "nos. 3, 4 and 5" are nos. 3-5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from edition.parity.values.value import Value

Ends = tuple[Decimal, Decimal]  # of a range, or of a list
_ORDINAL = r"(?:-?[^\W\d_]{1,2})?"  # «1-е, 2-е и 3-е»
_IN_A_LIST = re.compile(rf"{_ORDINAL}\s*(?:,\s*(?:[^\W\d_]{{1,3}}\s+)?|[^\W\d_]{{1,3}}\s+|&\s*)", re.IGNORECASE)
_DASH = re.compile(rf"{_ORDINAL}\s*[-\u2010-\u2015−]\s*")
_MOST = 12  # numbers of a list on either side of one


def ranges_of(values: Sequence[Value]) -> frozenset[Ends]:
    """The ends of each range among the values of a text, in all that they may mean."""
    return frozenset(
        (mine, its)
        for first, last in pairwise(values)
        if first.paragraph.key == last.paragraph.key and _is_range(first, last)
        for mine in first.numbers
        for its in last.numbers
        if mine < its
    )


def _is_range(first: Value, last: Value) -> bool:
    gap = first.paragraph.text[first.end : last.start]
    return _DASH.fullmatch(gap) is not None or gap.strip(" .").lower() in first.language.through


def lists_around(values: Sequence[Value], at: int) -> frozenset[Ends]:
    """The ends of the lists, each number one more than that before it, in which this value is neither."""
    return frozenset(
        (number - before, number + after)
        for number in values[at].numbers
        for before in range(1, 1 + _run(values, at, number, -1))
        for after in range(1, 1 + _run(values, at, number, 1))
    )


def _run(values: Sequence[Value], at: int, number: Decimal, step: int) -> int:
    """How many values follow one in a list upwards, or go before it downwards (`step` is -1)."""
    length = 0
    while length < _MOST and 0 <= at + step < len(values):
        first, last = (values[at], values[at + step])[::step]
        if number + step not in values[at + step].numbers or not _are_listed(first, last):
            break
        at, number, length = at + step, number + step, length + 1
    return length


def _are_listed(first: Value, last: Value) -> bool:
    gap = first.paragraph.text[first.end : last.start]
    return first.paragraph.key == last.paragraph.key and _IN_A_LIST.fullmatch(gap) is not None
