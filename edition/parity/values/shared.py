"""Numbers that both texts have: whether each is as exact in both, and counts the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from edition.parity.counterparts import Counterpart
from edition.parity.values.differences import Pair, Values, swapped
from edition.parity.values.qualifiers import Qualifier
from edition.parity.values.quantities import Sureness
from edition.parity.values.sides import Side
from edition.parity.values.units import are_known, unit_of
from edition.parity.values.value import Value

_RANGE = 6  # characters between the two ends of a range: "3 to 4", "3 или 4"


@dataclass(frozen=True, slots=True)
class Requalified:
    """A value that both texts have, though not equally exact; a qualifier that is None was not said."""

    passage: Counterpart
    original: Value
    translation: Value
    said: Qualifier | None
    translated: Qualifier | None


def requalified(pair: Pair) -> Iterator[Requalified]:
    """Values of both sides of which one side says that they are about, at least, at most, and the other does not."""
    ours, theirs = pair.original, pair.translation
    if not (ours.language.has_words and theirs.language.has_words):
        return
    reported: set[int] = set()
    for value, partners in _partners(ours, theirs):
        if (qualifier := theirs.lack(value, partners)) is not None:
            instead = next((q for each in partners for q in each.qualifiers() if q.sure), None)
            reported.update(map(id, partners))
            yield Requalified(pair.passage, value, partners[0], qualifier, instead)
    for value, partners in _partners(theirs, ours):
        if id(value) not in reported and (qualifier := ours.lack(value, partners)) is not None:
            yield Requalified(pair.passage, partners[0], value, None, qualifier)


def _partners(side: Side, other: Side) -> Iterator[tuple[Value, list[Value]]]:
    """Numbers that begin no second half of a range, with the values of the other side that mean the same."""
    values = side.values
    following = {id(last) for first, last in pairwise(values) if last.start - first.end < _RANGE}
    for value in values:
        partners = [] if value.is_date else [each for each in other.answers.to(value) if not each.is_date]
        is_part = value.is_part and any(each.is_part for each in partners)  # "almost half"
        many = value.is_many and any(each.sureness for each in partners)
        sure = value.sureness is not Sureness.DOUBTFUL or is_part or many
        if partners and sure and id(value) not in following:
            yield value, partners


@dataclass(frozen=True, slots=True)
class Recounted:
    """A value that both texts have once, though they count different things with it."""

    passage: Counterpart
    original: Value
    translation: Value

    @property
    def units(self) -> tuple[str, str]:
        """By the encoding, or else of two lengths of time by their words."""
        encoded = self.original.unit, self.translation.unit
        return encoded if any(encoded) else (self.original.counts, self.translation.counts)


def recounted(values: Values) -> Iterator[Recounted]:
    """Values counting different things by the encoding, or percent on one side only.

    Names of units in two scripts (пуд, pood) are of one unit, as long as each usually stands where the other does.
    """
    found = [Recounted(pair.passage, *both) for pair in values.pairs for both in _other_unit(pair)]
    usual = Counter(each.units for each in found)
    first, second = Counter[str](), Counter[str]()
    for (ours, theirs), times in usual.items():
        first[ours], second[theirs] = max(first[ours], times), max(second[theirs], times)
    for each in found:
        ours, theirs = each.units
        names = ours.isascii() is not theirs.isascii() and usual[each.units] == first[ours] == second[theirs]
        if not names or "%" in each.units or are_known(ours, theirs):
            yield each


def _other_unit(pair: Pair) -> Iterator[tuple[Value, Value]]:
    ours, theirs = pair.original, pair.translation
    times: list[tuple[Value, Value]] = []
    for value, partners in _partners(ours, theirs):
        if len(partners) != 1 or len(ours.answers.to(value)) != 1:
            continue
        other = partners[0]
        if _is_another_time(value, other):
            times.append((value, other))
        if unit_of(value.unit) == unit_of(other.unit) or value.is_measured_alike(other) or value.lasts & other.lasts:
            continue
        in_asides = {each.unit for each in (*theirs.besides.to(value), *ours.besides.to(other))}
        if in_asides & {value.unit, other.unit}:
            continue
        if (value.unit and other.unit) or _percent_is_lost(value, other) or _percent_is_lost(other, value):
            yield value, other
    if times and not swapped(pair):
        yield from times


def _is_another_time(value: Value, other: Value) -> bool:
    """Whether words count two lengths of time with one number: 5 days, 5 weeks."""
    worded = not (value.unit or other.unit) and bool(value.lasts and other.lasts)
    if value.is_when(other) and all(each.time and each.time.sure for each in (value, other)):
        return False  # «в три дня» is no three days
    return worded and value.counts != other.counts and value.lasts.isdisjoint(other.lasts)


def _percent_is_lost(value: Value, other: Value) -> bool:
    """Whether a percentage has become a bare number: no word of its paragraph speaks of percents."""
    if not other.language.has_words or other.sureness is Sureness.DOUBTFUL:
        return False  # «на все сто»
    if any(
        0 < part <= 1 and not value.readings.isdisjoint((part * 100, round(part * 100))) for part in other.numbers
    ):
        return False  # 25% are "a quarter"
    text = other.paragraph.text.lower()
    return value.unit == "%" and not other.unit and not any(word in text for word in ("%", *other.language.percent))
