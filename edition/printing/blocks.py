"""A text as it is set: groups of blocks. A group is a turn or what stands alone; a block is a paragraph or a heading.

Any TEI will do: what has blocks in it is gone into, what has running text is set as one block, and no word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from lxml import etree

from edition.diagnostics import Location
from edition.printing.elements import BETWEEN, blocks_of, is_block, kind_of, kind_of_label, parts
from edition.printing.inline import Note, Style, Writer, calls, language_of, parted
from edition.printing.joining import heading, joined, paragraph
from edition.printing.lists import (
    BODY,
    CAPTION,
    ENTRIES,
    LIST,
    ROWS,
    TABLE,
    TABLES,
    Part,
    is_caption,
    is_whole,
    leads,
    marker,
    own_language,
    sign,
    signs,
)
from edition.printing.tables import Grid
from edition.printing.words import ENGLISH, Words
from edition.tei.names import NAMESPACES, XML_ID, is_element, local, tei
from edition.tei.parse import Document
from edition.tei.pointers import prefixes_of, resolve, split
from edition.tei.words import NOTES, TURNS, as_read

_JOINING = {"paragraph": paragraph, "head": heading, "caption": heading}
_END_OF_ROW = re.compile("</t[dh]></tr>$")


@dataclass(frozen=True, slots=True)
class Block:
    """What is set as one paragraph. `id` is unique in the book. It is `cut` where it goes on as one that `resumes`.

    `kind` is head, dateline, verse, stage, figure or paragraph; of a list or table caption, item, table, which is its
    rows, or labels, which head its columns. A head has its text alone as `title`, and `level` counts the divisions
    around it, from 0. The first one of a turn has its `turn`, the number it is cited by. `within` are the lists and
    tables around it; it `follows` where its paragraph or item has begun before it. `widths` are those of the columns
    of its table, in px, once they are known, and `size` that of its type, of that of the text.
    """

    id: str
    kind: str
    html: str
    language: str | None
    location: Location
    level: int = 0
    opens: bool = True
    notes: tuple[Note, ...] = ()
    title: str = ""
    cut: bool = False
    resumes: bool = False
    turn: str = ""
    within: tuple[Part, ...] = ()
    follows: bool = False
    widths: tuple[float, ...] = ()
    size: float = 1.0

    @property
    def is_tabular(self) -> bool:
        """Whether its HTML is rows of a table."""
        return self.kind in ("table", "labels")


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand together. `keys` name the group and what is in it, `links` what it corresponds to."""

    blocks: tuple[Block, ...]
    keys: tuple[str, ...]
    links: tuple[str, ...]
    turn: str | None = None

    @property
    def kind(self) -> str:
        return self.blocks[0].kind if self.turn is None else "turn"


def groups(document: Document, prefix: str, series: frozenset[str], words: Words = ENGLISH) -> tuple[Group, ...]:
    """The text of one file in reading order. `prefix` makes its ids unique in the book. Empty if it has no text."""
    root = document.root
    text = None if root is None else root.find(".//tei:text", NAMESPACES)
    if root is None or text is None:
        return ()
    marks = root.find("tei:teiHeader/tei:encodingDesc/tei:editorialDecl/tei:quotation[@marks='none']", NAMESPACES)
    setter = _Setter(Style(prefix, document.path, prefixes_of(root), series, marks is not None, words))
    setter.set(text)
    return setter.finish()


@dataclass
class _Setter:
    """Goes through a text and keeps what waits for the next block: breaks, notes, the label of a speaker."""

    style: Style
    done: list[Group] = field(default_factory=list)
    waiting: list[etree._Element] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    turns: int = 0

    def set(self, element: etree._Element, level: int = 0) -> None:
        for node in parts(element):
            if node.tag in BETWEEN:
                self.waiting.append(node)
            elif node.tag in TURNS:
                self._turn(node, level)
            elif is_whole(node):
                for entry, blocks in self._entries(node, level, ()):
                    self._add(blocks, (entry,))
            elif is_block(node):
                self._add([block for block in self._blocks(node, level) if block.html], (node,))
            else:
                self.set(node, level + (local(node).startswith("div")))

    def finish(self) -> tuple[Group, ...]:
        """The groups; what still waits, such as a note at the very end, goes to the last block."""
        notes = [node for node in self.waiting if node.tag in NOTES]
        if notes and self.done:
            writer = Writer(self.style)
            for node in notes:
                writer.node(node)
            last = self.done[-1]
            block = last.blocks[-1]
            end = _END_OF_ROW.search(block.html) if block.is_tabular else None
            at = end.start() if end else len(block.html)
            html = f"{block.html[:at]}{writer.html}{block.html[at:]}"
            block = replace(block, html=html, notes=(*block.notes, *writer.notes))
            self.done[-1] = replace(last, blocks=(*last.blocks[:-1], block))
        return tuple(self.done)

    def _turn(self, turn: etree._Element, level: int) -> None:
        self.turns += 1
        number = turn.get("n") or str(self.turns)
        elements = list(blocks_of(turn))
        blocks: list[Block] = []
        for node in elements:
            if node.tag in BETWEEN:
                self.waiting.append(node)
            elif node.tag in TURNS:
                self._turn(node, level)
            else:
                blocks += self._blocks(node, level)
        if blocks:
            first = replace(blocks[0], turn=number)
            self._add([first, *blocks[1:]], (turn, *elements), turn.get(XML_ID) or "")

    def _add(self, blocks: Sequence[Block], elements: Sequence[etree._Element], turn: str | None = None) -> None:
        if not blocks:
            return
        path, prefixes = self.style.path, self.style.prefixes
        entries = (each for node in elements if node.tag not in TURNS for each in node.iterdescendants(*ENTRIES))
        named = [*elements, *entries]
        keys = tuple(f"{path}#{node.get(XML_ID)}" for node in named if node.get(XML_ID))
        links = tuple(
            resolve(each, path, prefixes)
            for node in named
            for each in split(node.get("corresp") or node.get("sameAs") or "")
        )
        opens = turn is not None or not self._is_close(elements[0], blocks[0])
        first, *rest = blocks
        self.done.append(Group((replace(first, opens=opens), *rest), keys, links, turn))

    def _is_close(self, element: etree._Element, block: Block) -> bool:
        """Whether a verse follows another one, or an item or row one of the same list or table."""
        if block.within and self.done:
            return block.within[0].whole in (part.whole for part in self.done[-1].blocks[-1].within[:1])
        before = element.getprevious()
        while before is not None and (not is_element(before) or before.tag in BETWEEN):
            before = before.getprevious()
        return block.kind == "verse" and before is not None and before.tag == element.tag

    def _blocks(self, element: etree._Element, level: int, within: tuple[Part, ...] = ()) -> list[Block]:
        """What an element is set as: one block, or several where lists, tables or paragraphs are in it."""
        if is_whole(element):
            return [block for _, blocks in self._entries(element, level, within) for block in blocks]
        if is_block(element):
            return self._paragraph(element, level, within)
        blocks: list[Block] = []
        for node in parts(element):
            if node.tag in BETWEEN:
                self.waiting.append(node)
            else:
                blocks += self._blocks(node, level, within)
        return blocks

    def _entries(
        self, element: etree._Element, level: int, within: tuple[Part, ...]
    ) -> Iterator[tuple[etree._Element, list[Block]]]:
        """The items of a list or the rows of a table, and what heads them, each with its blocks."""
        if element.tag in TABLES:
            yield from self._rows(element, level, within)
            return
        whole, numbering, number = f"{self.style.prefix}-list.{next(self.style.numbers)}", signs(element), 0
        for node in parts(element):
            if node.tag in BETWEEN or leads(node):
                self.waiting.append(node)
            elif is_caption(node):
                yield node, self._blocks(node, level, (*within, Part(whole, LIST, CAPTION)))
            else:
                number += 1
                if not any(each.tag == tei("label") for each in self.waiting):
                    self.signs.append(sign(node, number, numbering))
                part = Part(whole, LIST, BODY, number, numbering)
                blocks = self._blocks(node, level, (*within, part)) or self._paragraph(node, level, (*within, part))
                blocks[1:] = [_following(block, part) for block in blocks[1:]]
                yield node, [block for block in blocks if block.html]

    def _rows(
        self, table: etree._Element, level: int, within: tuple[Part, ...]
    ) -> Iterator[tuple[etree._Element, list[Block]]]:
        whole, grid = f"{self.style.prefix}-table.{next(self.style.numbers)}", Grid.of(table)
        bands = {grid.rows[band[0]].element: band for band in grid.bands()}
        for node in parts(table):
            if node.tag in BETWEEN:
                self.waiting.append(node)
            elif node in bands:
                part = Part(whole, TABLE, ROWS, bands[node][0] + 1)
                band = self._band(grid, bands[node], level, (*within, part))
                yield node, [band] if band.html else []
            elif node.tag != tei("row"):
                yield node, self._blocks(node, level, (*within, Part(whole, TABLE, CAPTION)))

    def _band(self, grid: Grid, band: range, level: int, within: tuple[Part, ...]) -> Block:
        """Rows of a table that stand together, as one block."""
        row = grid.rows[band[0]].element
        name = self._name(row)
        notes: list[Note] = []
        has_words = False

        def write(cell: etree._Element) -> str:
            nonlocal has_words
            writer = Writer(self.style, of=name)
            self._begin(writer, name)
            writer.into(cell)
            notes.extend(writer.notes)
            has_words = has_words or bool(writer.html)
            return joined(writer.html)

        html = grid.html(band, write, name)
        html = html if has_words else ""
        kind = "labels" if grid.is_head(band) else "table"
        return Block(
            name, kind, html, language_of(row), self._location(row), level, False, tuple(notes), within=within
        )

    def _paragraph(self, element: etree._Element, level: int, within: tuple[Part, ...]) -> list[Block]:
        """Running text: one block, and where lists or tables are in it, those and what is around them."""
        name = self._name(element)
        apart: list[etree._Element] = []
        writer = Writer(self.style, apart=apart)
        self._begin(writer, name)
        writer.into(element)
        kind = kind_of(element, within)
        title = as_read(element) if kind == "head" else ""
        notes = {note.id: note for note in writer.notes}
        blocks: list[Block] = []
        for number, html in enumerate(parted(writer.html)):
            if number:
                blocks += self._blocks(apart[number - 1], level, within)
            if html or not apart:
                blocks.append(
                    Block(
                        id=self._name() if blocks else name,
                        kind=kind,
                        html=_JOINING.get(kind, joined)(html),
                        language=language_of(element),
                        location=self._location(element),
                        level=level,
                        opens=False,
                        notes=tuple(notes[each] for each in calls(html)),
                        title="" if blocks else title,
                        within=within,
                        follows=bool(blocks),
                    )
                )
        return blocks

    def _begin(self, writer: Writer, name: str) -> None:
        """What has waited for a block: signs and labels of items, breaks, notes, the label of a speaker."""
        is_speech = any(node.tag == tei("speaker") for node in self.waiting)
        signs = [marker(sign, is_spoken=is_speech) for sign in self.signs]
        self.signs.clear()
        if not is_speech:
            writer.pieces += signs
        for node in self.waiting:
            if node.tag == tei("speaker"):
                apart = " " if writer.notes else ""  # the call of a note is none of the speaker's
                writer.pieces.append(f'{apart}<b class="speaker"{own_language(node)}>')
                writer.into(node)
                writer.pieces += ["</b> ", *signs]
                signs.clear()
            elif node.tag == tei("label"):
                kind = "" if is_speech else kind_of_label(node)  # nothing is read before the speaker
                writer.pieces.append(f'<b class="{kind}"{own_language(node)}>')
                writer.into(node)
                writer.pieces.append("</b> ")
            else:
                writer.node(node)
        self.waiting.clear()

    def _name(self, element: etree._Element | None = None) -> str:
        """An id in the book, that of the element if it has one."""
        name = None if element is None else element.get(XML_ID)
        return f"{self.style.prefix}-{escape(name) if name else f'block.{next(self.style.numbers)}'}"

    def _location(self, element: etree._Element) -> Location:
        return Location(self.style.path, element.sourceline)


def _following(block: Block, part: Part) -> Block:
    """A further block of an item, unless it is of a list or table in that."""
    return replace(block, follows=True) if block.within[-1] == part else block
