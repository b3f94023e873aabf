"""One time of day in the place of another, which is told once and whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from edition.parity.values.quantities import TimeOfDay
from edition.parity.values.sides import Side
from edition.parity.values.value import Value

_A_PAIR = 2


def other_time(ours: Side, theirs: Side, missed: Sequence[Value]) -> tuple[Value, Value] | None:
    """The only time of day of each side, if they cannot be the same; None where that is not certain.

    It is where both are surely times of day, or where one is and a number of either is missed: "twenty to three", for
    «без двадцати два», may be a vote as well.
    """
    mine, its = _only_time(ours), _only_time(theirs)
    if mine is None or its is None or not _minutes(mine).isdisjoint(_minutes(its)):
        return None
    sure = [whole.time is not None and whole.time.sure for whole in (mine, its)]
    if all(sure) or (any(sure) and any(is_of(value, whole) for value in missed for whole in (mine, its))):
        return _surely(mine), _surely(its)
    return None


def is_of(value: Value, whole: Value) -> bool:
    """Whether a value has a share in the time of day of another."""
    if value.time is None or whole.time is None or value.paragraph is not whole.paragraph:
        return False
    return whole.time.start <= value.start < whole.time.end


def _only_time(side: Side) -> Value | None:
    """The first number of the time that a side tells, if it tells but one, with all of that.

    It is one that may be two as well: "twenty to three".
    """
    found = [value for value in side.values if value.time is not None]
    if not found:
        return None
    first, last = found[0], found[-1]
    mine, its = first.time, last.time
    if len(found) == _A_PAIR and mine and its and mine.end < its.end and mine.minutes & its.minutes:
        first = replace(first, time=TimeOfDay(mine.minutes | its.minutes, False, mine.start, its.end))
    return first if all(is_of(value, first) for value in found) else None


def _minutes(value: Value) -> frozenset[int]:
    return value.time.minutes if value.time else frozenset()


def _surely(value: Value) -> Value:
    return replace(value, time=replace(value.time, sure=True)) if value.time else value
