"""How wide the columns of tables are: each table is laid out once as a whole, and its rows take the widths it had."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic
from edition.printing.blocks import Block
from edition.printing.markup import block_html, column, document_html, wide_labels
from edition.printing.rows import Row
from edition.printing.rules import OVERFULL
from edition.printing.setting import Heading, Layout

if TYPE_CHECKING:
    from weasyprint import Document

    from edition.printing.press import Press

_SMALLEST = 0.7  # of the size of the text; of what is wider still, words are divided
_ROUNDING = 0.98  # of a size that is to fit, so that no word is divided for a fraction of a point
_TOLERANCE = 0.5  # px
# Of what runs from the right WeasyPrint 70 keeps the columns now in this order and now in that.
_AUTO = "table { table-layout: auto !important; direction: ltr !important }"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table as wide as its words want them, and the width that there is, in px."""

    widths: tuple[float, ...]
    room: float

    @property
    def size(self) -> float:
        """The size of type, of that of the text, in which it is as wide as its page."""
        whole = sum(self.widths)
        return self.room / whole * _ROUNDING if whole > self.room + _TOLERANCE else 1.0

    def fit(self, block: Block) -> Block:
        """Rows of the table, in these columns."""
        share = min(self.room / max(sum(self.widths), 1.0), 1.0)
        return replace(block, widths=tuple(width * share for width in self.widths), size=max(self.size, _SMALLEST))


def with_columns(
    press: Press, rows: Sequence[Row], layout: Layout, heading: Heading
) -> tuple[Sequence[Row], list[Diagnostic]]:
    """The rows with the widths of the columns of all tables in them, and the tables that are too wide."""
    tables = [_tables(rows, side) for side in (0, 1)]
    if not any(tables):
        return rows, []
    measured: dict[str, Columns] = {}
    label = wide_labels(rows)
    for face, side in [(each, side) for each in layout for side in each.sides if tables[side]]:
        whole = (block_html(_joined(name, blocks), label) for name, blocks in tables[side].items())
        html = document_html(column("".join(whole), face, side), heading)
        measured |= _measured(press.set(html, face.style, _AUTO), tables[side])
    fitted = tuple(Row(*(tuple(_fit(block, measured) for block in side) for side in row.sides)) for row in rows)
    wide = [
        _too_wide(blocks[0])
        for side in tables
        for name, blocks in side.items()
        if name in measured and measured[name].size < _SMALLEST
    ]
    return fitted, wide


def _tables(rows: Sequence[Row], side: int) -> dict[str, list[Block]]:
    """The blocks of each table of a text, by its id."""
    found: dict[str, list[Block]] = {}
    for block in (block for row in rows for block in row.sides[side] if block.is_tabular):
        found.setdefault(block.within[-1].whole, []).append(block)
    return found


def _joined(name: str, blocks: Sequence[Block]) -> Block:
    """All rows of a table as one block."""
    notes = tuple(note for block in blocks for note in block.notes)
    return replace(blocks[0], id=name, html="".join(block.html for block in blocks), notes=notes)


def _measured(document: Document, names: Collection[str]) -> dict[str, Columns]:
    """The columns of each table as it was laid out. WeasyPrint does not publish its boxes; there is no other way."""
    from weasyprint.formatting_structure import boxes

    found: dict[str, Columns] = {}
    name, room = "", 0.0
    for box in (box for page in document.pages for box in page._page_box.descendants()):
        if box.element is not None and box.element.get("id") in names and "::" not in box.element_tag:
            name, room = box.element.get("id"), box.width
        elif isinstance(box, boxes.TableBox):
            found[name] = Columns(tuple(box.column_widths), room)
    return found


def _too_wide(block: Block) -> Diagnostic:
    return OVERFULL.finding(
        "this table is wider than its page: words in it are divided",
        block.location,
        hint="enlarge print.page, take another print.layout, or encode it as two tables",
    )


def _fit(block: Block, measured: Mapping[str, Columns]) -> Block:
    name = block.within[-1].whole if block.is_tabular else ""
    return measured[name].fit(block) if name in measured else block
