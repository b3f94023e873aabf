"""Original and translation side by side: rows that begin at the same height.

A row holds a paragraph of either text where a turn has as many in both, else the whole turn; what has no partner
stands in a row alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.printing.blocks import Block, Group

BINDING = ("head", "dateline", "caption", "labels")  # kinds that stand with what follows
_OF_WHOLES = ("caption", "item", "labels", "table")  # kinds of the blocks of a list or table


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side. It `opens` where a turn or the like begins, and `binds` what follows to its page."""

    original: tuple[Block, ...]
    translation: tuple[Block, ...]

    @property
    def opens(self) -> bool:
        return any(side[0].opens for side in self.sides if side)

    @property
    def binds(self) -> bool:
        return all(block.kind in BINDING for side in self.sides for block in side)

    @property
    def sides(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        return self.original, self.translation


def align(original: Sequence[Group], translation: Sequence[Group]) -> tuple[Row, ...]:
    """All blocks of both texts, each text in its own order.

    Groups are partners where one links to the other; one without link, where its like is next in the original.
    """
    place = {key: number for number, group in reversed(list(enumerate(original))) for key in group.keys}
    linked = {place[link] for group in translation for link in group.links if link in place}
    rows: list[Row] = []
    reached = 0
    for group in translation:
        partner = next((place[link] for link in group.links if link in place), None)
        if not group.links:
            partner = _like(group, original, reached, linked)
        if partner is None or partner < reached:
            rows.append(Row((), group.blocks))
            continue
        rows += (Row(alone.blocks, ()) for alone in original[reached:partner])
        rows += _side_by_side(original[partner], group)
        reached = partner + 1
    rows += (Row(alone.blocks, ()) for alone in original[reached:])
    return tuple(rows)


def _like(group: Group, original: Sequence[Group], reached: int, linked: set[int]) -> int | None:
    """The next group of the original, if it is of this kind. One of a list or table that is longer is passed over."""
    for number in range(reached, len(original)):
        if number in linked:
            return None
        if original[number].kind == group.kind:
            return number
        if original[number].kind not in _OF_WHOLES or group.kind in _OF_WHOLES:
            return None
    return None


def _side_by_side(original: Group, translation: Group) -> list[Row]:
    if len(original.blocks) != len(translation.blocks):
        return [Row(original.blocks, translation.blocks)]
    return [Row((left,), (right,)) for left, right in zip(original.blocks, translation.blocks, strict=True)]
