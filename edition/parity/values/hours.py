"""One time of day in the place of another, which is told once and whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from edition.parity.values.quantities import TimeOfDay
from edition.parity.values.sides import Side
from edition.parity.values.value import Value


def other_time(ours: Side, theirs: Side, missed: Sequence[Value]) -> tuple[Value, Value] | None:
    """The only time of day of each side, if they cannot be the same; None where that is not certain.

    It is where both are surely times of day, or where one is and a number of either is missed: "twenty to three", for
    «без двадцати два», may be a vote as well.
    """
    mine, its = _only_time(ours), _only_time(theirs)
    if mine is None or its is None or not mine[1].minutes.isdisjoint(its[1].minutes):
        return None
    sure = mine[1].sure, its[1].sure
    if all(sure) or (any(sure) and any(is_of(value, each) for value in missed for _, each in (mine, its))):
        return _whole(*mine), _whole(*its)
    return None


def is_of(value: Value, time: TimeOfDay | None) -> bool:
    """Whether a value has a share in a time of day."""
    return time is not None and value.time is not None and time.start <= value.start < time.end


def _only_time(side: Side) -> tuple[Value, TimeOfDay] | None:
    """The time that a side tells, if it tells but one, with the first of its numbers.

    It is one that may be two as well: "twenty to three".
    """
    found = [(value, value.time) for value in side.values if value.time is not None]
    if not found:
        return None
    (first, time), (_, last) = found[0], found[-1]
    if len(found) == 2 and time.end < last.end and not time.minutes.isdisjoint(last.minutes):
        time = TimeOfDay(time.minutes | last.minutes, sure=False, start=time.start, end=last.end)
    return (first, time) if all(is_of(value, time) for value, _ in found) else None


def _whole(value: Value, time: TimeOfDay) -> Value:
    return replace(value, time=replace(time, sure=True))
