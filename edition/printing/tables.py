"""The rows of a TEI table as those of an HTML one: spans, headings, columns of numbers.

Rows that a cell spans stand together and are set as one block; each other row is one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from lxml import etree

from edition.printing.lists import own_language
from edition.tei.names import tei
from edition.tei.words import as_read

_MOST = 100  # columns that a cell may open, and rows that it may span
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_LABEL = "label"
_DIGITS = 6  # of a span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its element, the column that it begins in, from 0, how many columns and rows it takes."""

    element: etree._Element
    column: int
    columns: int
    rows: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its element, its cells, the columns that these and cells that reach into it from above take."""

    element: etree._Element
    cells: tuple[Cell, ...]
    columns: frozenset[int]

    @property
    def is_head(self) -> bool:
        """Whether it has headings of columns."""
        return self.element.get("role") == _LABEL or (
            bool(self.cells) and all(each.is_heading for each in self.cells)
        )


@dataclass(frozen=True)
class Grid:
    """A table, row by row."""

    rows: Sequence[Line]

    @classmethod
    def of(cls, table: etree._Element) -> Grid:
        elements = list(table.iterchildren(tei("row")))
        most = max([_MOST, *(len(row) for row in elements)])
        taken: list[int] = []  # for how many rows more each column is taken from above
        rows: list[Line] = []
        for at, row in enumerate(elements):
            cells: list[Cell] = []
            column = 0
            for element in row.iterchildren(tei("cell")):
                while column < len(taken) and taken[column]:
                    column += 1
                free = next((at for at in range(column, len(taken)) if taken[at]), max(most, column + 1)) - column
                columns = min(_span(element, "cols"), free)
                deep = min(_span(element, "rows"), _MOST, len(elements) - at)
                is_heading = _LABEL in (row.get("role"), element.get("role"))
                cells.append(Cell(element, column, columns, deep, is_heading))
                taken += [0] * (column + columns - len(taken))
                taken[column : column + columns] = [deep] * columns
                column += columns
            rows.append(Line(row, tuple(cells), frozenset(at for at, rest in enumerate(taken) if rest)))
            taken = [max(0, rest - 1) for rest in taken]
        return cls(rows)

    @cached_property
    def width(self) -> int:
        """How many columns it has."""
        return max((column + 1 for row in self.rows for column in row.columns), default=0)

    @cached_property
    def bare(self) -> frozenset[int]:
        """The rows without a place for a cell of their own, since cells from above take all. They are not printed."""
        return frozenset(
            at for at, row in enumerate(self.rows) if not row.cells and row.columns and len(row.columns) == self.width
        )

    @cached_property
    def of_numbers(self) -> frozenset[int]:
        """The columns that have numbers and no words below their headings."""
        found: dict[int, list[str]] = {}
        for row in self.rows:
            for cell in row.cells:
                if not cell.is_heading and cell.columns == 1:
                    found.setdefault(cell.column, []).append(as_read(cell.element))
        return frozenset(
            column
            for column, texts in found.items()
            if any(map(_DIGIT.search, texts)) and not any(map(_LETTER.search, texts))
        )

    def bands(self) -> Iterator[range]:
        """The numbers of rows that stand together, from 0."""
        first, end = 0, 1
        for at, row in enumerate(self.rows):
            if at >= end:
                yield range(first, end)
                first, end = at, at + 1
            end = max([end, *(at + cell.rows for cell in row.cells)])
        if self.rows:
            yield range(first, end)

    def is_head(self, band: range) -> bool:
        """Whether these rows are headings of columns."""
        return all(self.rows[at].is_head for at in band)

    def html(self, band: range, write: Callable[[etree._Element], str], name: str) -> str:
        """Rows as HTML, with what `write` makes of each cell. `name` is the id of their block."""
        return " ".join(self._row(at, write, name) for at in band if at not in self.bare)

    def _row(self, at: int, write: Callable[[etree._Element], str], name: str) -> str:
        row = self.rows[at]
        kinds = {
            "begins": at == 0,
            "ends": self.bare.issuperset(range(at + 1, len(self.rows))),
            "labels": row.is_head,
        }
        kind = " ".join(kind for kind, holds in kinds.items() if holds)
        cells = [
            self._cell(self._in_print(cell, at), write(cell.element), name, in_head=row.is_head) for cell in row.cells
        ]
        cells += [f'<td data-of="{name}" colspan="{run}"></td>' for run in self._free(row)]
        return f'<tr class="{kind}">{" ".join(cells)}</tr>'

    def _in_print(self, cell: Cell, at: int) -> Cell:
        """A cell of a row, which takes as many rows as are printed."""
        return replace(cell, rows=cell.rows - len(self.bare.intersection(range(at, at + cell.rows))))

    def _free(self, row: Line) -> list[int]:
        """How many columns there are between those that are taken, so that a reader finds all in each row."""
        free = groupby(range(self.width), key=row.columns.__contains__)
        return [len(list(run)) for is_taken, run in free if not is_taken]

    def _cell(self, cell: Cell, html: str, name: str, *, in_head: bool) -> str:
        tag = "th" if cell.is_heading else "td"
        told = f' data-of="{name}"{own_language(cell.element)}'
        if cell.is_heading:
            told += f' scope="{"col" if in_head else "row"}"'
        if cell.column in self.of_numbers and cell.columns == 1:
            told += ' class="number"'
        told += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        told += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{tag}{told}>{html}</{tag}>"


def _span(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell takes; one, where it says nothing that can be."""
    said = cell.get(name, "1").strip()
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 1
