"""Values outside turns where nothing says which passage answers to which: an opening in two paragraphs and in one.

One text may have more there than the other, a note of the translator or the number of a copy. So only what has
another value in its place is a difference: one date that the other text lacks, or one number of known things, where
that has just one more in turn, and all the rest is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.parity.values.differences import Difference, Values, missing
from edition.parity.values.quantities import Day
from edition.parity.values.value import Value

_ALIKE = 2  # of year, month and day


def instead(values: Values) -> Iterator[Difference]:
    """One value for another, never certain; nothing where not both texts have a date."""
    for pair in values.unpaired:
        if not all(any(each.is_date for each in side.values) for side in (pair.original, pair.translation)):
            continue
        lost = missing(pair.original, pair.translation, values.in_figures[1])
        added = missing(pair.translation, pair.original, values.in_figures[0])
        are_dates = {each.is_date for each in (*lost, *added)}
        if len(lost) == len(added) == 1 and len(are_dates) == 1 and _may_be_slip(lost[0], added[0]):
            yield Difference(pair.passage, lost[0], added[0], doubtful=True)


def _may_be_slip(value: Value, other: Value) -> bool:
    """Whether one may have been written for the other: numbers of the same, dates that have something in common."""
    if not value.is_date:
        return value.kind != "" and value.kind == other.kind
    return any(_in_common(mine, its) >= _ALIKE for mine in value.days for its in other.days)


def _in_common(day: Day, other: Day) -> int:
    return sum((day.year == other.year, day.month == other.month, day.day == other.day))
