"""What a finished file is held against: the edition, as it was to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model import Edition
from edition.printing.archival import Description
from edition.printing.rows import Row


@dataclass(frozen=True, slots=True)
class Promise:
    """What a file is to hold: rows of both texts by what their ids begin with, the edition, its description.

    `apart` counts the pages from the original of a row to its translation: 1 where they face, 0 where they stand in
    columns, None where each text stands alone. `order` is that of reading, one of `structure.ORDERS`.
    `families` are those of its fonts; where there are none they are not asked for.
    """

    edition: Edition
    rows: Sequence[Row]
    sides: tuple[str, str]
    said: Description
    apart: int | None
    order: str
    families: frozenset[str] = frozenset()
