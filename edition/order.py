"""The longest run in order: what may stay where it is when as little as possible is moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Pair = tuple[int, int]


def longest_rising(pairs: Iterable[Pair]) -> list[Pair]:
    """As many of the pairs as rise on both sides, each number used once (Fredman 1975: n log n).

    Of runs of equal length that end alike the one whose last pair stands earlier on the second side is kept.
    """
    ordered = sorted(pairs, key=lambda pair: (pair[1], -pair[0]))
    ends: list[int] = []  # the lowest first number at which a run of this length ends
    at: list[int] = []  # the pair that does
    before: list[int] = []
    for number, (first, _) in enumerate(ordered):
        length = bisect_left(ends, first)
        before.append(at[length - 1] if length else -1)
        if length == len(ends) or first < ends[length]:
            ends[length : length + 1] = [first]
            at[length : length + 1] = [number]
    run: list[Pair] = []
    step = at[-1] if at else -1
    while step >= 0:
        run.append(ordered[step])
        step = before[step]
    return run[::-1]
