"""Lists and tables that have fewer items or rows in one text than in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edition.diagnostics import Related
from edition.model import Series
from edition.parity.comparison import Comparison, ParagraphPair
from edition.rules import Finding

_MEMBERS = {"list": ("item", "items"), "table": ("row", "rows")}


@dataclass(frozen=True, slots=True)
class Uneven:
    """A list or table and its translation, which has more members or fewer; `number` is its place among several of
    its kind."""

    original: Series
    translation: Series
    number: int | None

    @property
    def called(self) -> str:
        return f"the {self.original.element}" if self.number is None else f"{self.original.element} {self.number}"

    def finding(self, of: str, turn: str | None = None) -> Finding:
        one, several = _MEMBERS[self.original.element]
        ours, theirs = self.original.members, self.translation.members
        return Finding(
            f"{self.called} of {of} has {theirs} {one if theirs == 1 else several}, its original {ours}",
            self.translation.location,
            hint=f"see whether {'an' if one == 'item' else 'a'} {one} was left out, joined to another or added",
            turn=turn,
            related=(Related(self.original.location, f"{self.called} in the original"),),
        )


def uneven_in(comparison: Comparison, pair: ParagraphPair) -> list[Finding]:
    """Those of two turns that answer to each other."""
    found = _uneven(pair.original.series, pair.translation.series)
    return [each.finding(comparison.called(pair.translation), pair.translation.id) for each in found]


def uneven_outside(comparison: Comparison) -> Iterator[Finding]:
    """Those outside turns, unless links say of each passage what it answers to."""
    ours, theirs = comparison.original, comparison.translation
    if not any(passage.corresp for passage in (*ours.frame, *theirs.frame)):
        for each in _uneven(ours.series, theirs.series):
            yield each.finding("the text outside the turns")


def _uneven(ours: Sequence[Series], theirs: Sequence[Series]) -> Iterator[Uneven]:
    """In their order, if both texts have the same lists and tables: else one may be prose in the other text."""
    kinds = [each.element for each in ours]
    if kinds != [each.element for each in theirs]:
        return
    several = {kind for kind, times in Counter(kinds).items() if times > 1}
    reached = Counter[str]()
    for mine, its in zip(ours, theirs, strict=True):
        reached[mine.element] += 1
        if mine.members != its.members:
            yield Uneven(mine, its, reached[mine.element] if mine.element in several else None)
