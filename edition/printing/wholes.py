"""The lists and tables of the texts as a reader is told of them: each as a whole, though it is set row by row.

Where original and translation are read turn by turn, a list of the original comes as one, where its first item
stands, and after it that of the translation. Roles are those of ISO 32000-1, 14.8.4.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.printing.lists import BODY, CAPTION, LIST, ROWS, Part
from edition.printing.nodes import Node

CELLS = frozenset(("TH", "TD"))


@dataclass
class Wholes:
    """Puts blocks into the lists and tables that they are of."""

    _wholes: dict[str, Node] = field(default_factory=dict)
    _parts: dict[tuple[str, str, int], Node] = field(default_factory=dict)

    def place(self, row: Node, within: Sequence[Part], sign: Node | None) -> Node:
        """Where a block belongs that stands in this row, and in these lists and tables. Its `sign` goes before it."""
        at = row
        for part in within:
            whole = self._whole(at, part)
            if part.role == CAPTION:
                at = self._part(whole, part, CAPTION)
            elif part.role == BODY:
                item = self._part(whole, part, "LI")
                if sign is not None and part is _innermost(within):
                    item.kids.insert(0, sign)
                at = self._part(item, part, BODY)
            else:
                at = whole
        return at

    def _whole(self, parent: Node, part: Part) -> Node:
        """The list or table, which begins with the first of its blocks."""
        if part.whole not in self._wholes:
            self._wholes[part.whole] = parent.child(part.kind)
            self._wholes[part.whole].id = part.whole
        node = self._wholes[part.whole]
        if part.kind == LIST and part.signs != "None":  # the heading of a list, which may come first, has none
            node.told = (("ListNumbering", f"/{part.signs}"),)
        return node

    def _part(self, parent: Node, part: Part, role: str) -> Node:
        key = part.whole, role, part.number
        if key not in self._parts:
            self._parts[key] = parent.child(role)
        return self._parts[key]

    def finish(self) -> None:
        """Where all rows of a table stand alone, it has rows; else groups of rows, since it may not have both."""
        for whole in self._wholes.values():
            groups = [node for node in whole.nodes() if node.role == ROWS]
            if all(len(group.kids) == 1 for group in groups):
                whole.kids = [_row(node) if node in groups else node for node in whole.nodes()]


def _innermost(within: Sequence[Part]) -> Part | None:
    return next((part for part in reversed(within) if part.role == BODY), None)


def _row(group: Node) -> Node:
    """The one row of a group, in its place."""
    (row,) = group.nodes()
    row.id, row.language = group.id, group.language
    return row
