"""Values outside turns where nothing says which passage answers to which: an opening in two paragraphs and in one.

One text may have more there than the other, a note of the translator or the number of a copy. So only what has
another value in its place is a difference: one date that the other text lacks, or one number of known things, where
that has just one more in turn, and all the rest is the same. Besides, what a heading says that the translation lacks
is missed if it stands nowhere outside the turns.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import BETWEEN, Paragraph
from edition.parity.comparison import Comparison
from edition.parity.values.differences import Difference, Values, missing
from edition.parity.values.quantities import Day, Sureness
from edition.parity.values.reading import language_in_text
from edition.parity.values.sides import Side
from edition.parity.values.value import Value

_ALIKE = 2  # of year, month and day
_BESIDE_DATE = 12  # letters: "Moscow, ", "г.", "of the year"


def of_outside(values: Values) -> Iterator[Difference]:
    """What is said otherwise outside turns, or no more, where nothing says which passage answers to which."""
    told = tuple(_instead(values))
    yield from told
    said = {_place(each) for each in told}
    yield from (each for each in _lost(values) if _place(each) not in said)


def _place(difference: Difference) -> tuple[str, int] | None:
    """Where the original says its value."""
    value = difference.original
    return (value.paragraph.key, value.start) if value else None


def _lost(values: Values) -> Iterator[Difference]:
    """The first date or figure of each heading that the translation lacks; not the numbers of parts, which begin a
    heading or stand between turns."""
    pool = values.outside.translation
    for pair in values.alone:
        between = any(each.place == BETWEEN for each in pair.passage.original)
        lost = (
            value
            for value in missing(pair.original, pool, values.in_figures[1])
            if value.is_date or (value.sureness is Sureness.FIGURES and value.start > 0 and not between)
        )
        value = next((each for each in lost if not pair.translation.to(each)), None)
        if value is not None:
            yield Difference(pair.passage, value, None, doubtful=True)


def _instead(values: Values) -> Iterator[Difference]:
    """One value for another, never certain; nothing where not both texts have a date."""
    for pair in values.unpaired:
        if not all(any(each.is_date for each in side.values) for side in (pair.original, pair.translation)):
            continue
        lost = missing(pair.original, pair.translation, values.in_figures[1])
        added = missing(pair.translation, pair.original, values.in_figures[0])
        are_dates = {each.is_date for each in (*lost, *added)}
        if len(lost) == len(added) == 1 and len(are_dates) == 1 and _may_be_slip(lost[0], added[0]):
            yield Difference(pair.passage, lost[0], added[0], doubtful=True)


class Headings:
    """The headings of a translation, which may date it instead of a passage of its own."""

    def __init__(self, comparison: Comparison) -> None:
        self._language = language_in_text(comparison.original)
        self._side = Side(comparison.translation.headings, language_in_text(comparison.translation))

    def date(self, passage: Paragraph) -> bool:
        """Whether a passage of the original is hardly more than a date, and they say all its values."""
        read = Side((passage,), self._language).values
        values = [each for each in read if each.sureness is not Sureness.DOUBTFUL]
        letters = sum(map(str.isalpha, passage.text)) - sum(
            sum(map(str.isalpha, passage.text[each.start : each.end])) for each in values
        )
        is_date = any(each.is_date for each in values) and letters <= _BESIDE_DATE
        return is_date and all(map(self._side.to, values))


def _may_be_slip(value: Value, other: Value) -> bool:
    """Whether one may have been written for the other: numbers of the same, dates that have something in common."""
    if not value.is_date:
        return value.kind != "" and value.kind == other.kind
    return any(_in_common(mine, its) >= _ALIKE for mine in value.days for its in other.days)


def _in_common(day: Day, other: Day) -> int:
    return sum((day.year == other.year, day.month == other.month, day.day == other.day))
