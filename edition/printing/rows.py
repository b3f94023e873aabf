"""Original and translation side by side: rows that begin at the same height.

A row holds a paragraph of either text where a turn has as many in both, else the whole turn; what has no partner
stands in a row alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.printing.blocks import Block, Group


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
        return all(block.kind in ("head", "dateline") for side in self.sides for block in side)

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
        if not group.links and reached < len(original) and reached not in linked:
            partner = reached if original[reached].kind == group.kind else None
        if partner is None or partner < reached:
            rows.append(Row((), group.blocks))
            continue
        rows += (Row(alone.blocks, ()) for alone in original[reached:partner])
        rows += _side_by_side(original[partner], group)
        reached = partner + 1
    rows += (Row(alone.blocks, ()) for alone in original[reached:])
    return tuple(rows)


def _side_by_side(original: Group, translation: Group) -> list[Row]:
    if len(original.blocks) != len(translation.blocks):
        return [Row(original.blocks, translation.blocks)]
    return [Row((left,), (right,)) for left, right in zip(original.blocks, translation.blocks, strict=True)]
