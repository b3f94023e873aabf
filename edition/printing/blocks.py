"""A text as it is set: groups of blocks. A group is a turn or what stands alone; a block is a paragraph or a heading.

Any TEI will do: what has blocks in it is gone into, what has running text is set as one block, and no word is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape

from lxml import etree

from edition.diagnostics import Location
from edition.printing.inline import Note, Style, Writer, language_of
from edition.printing.joining import heading, joined, paragraph
from edition.printing.words import ENGLISH, Words
from edition.tei.names import NAMESPACES, XML_ID, is_element, local, tei
from edition.tei.parse import Document
from edition.tei.pointers import prefixes_of, resolve, split
from edition.tei.words import NOTES, TURNS, as_read, is_read

_PARAGRAPHS = frozenset(tei(name) for name in ("p", "ab", "head", "l", "row", "titlePart", "castItem", "label"))
_CONTAINING = """
    argument back bibl body castGroup castList cit closer dedication div div1 div2 div3 div4 div5 div6 div7 docImprint
    docTitle epigraph epilogue figure floatingText front group item lg list listBibl opener performance postscript
    prologue quote set sp spGrp table text titlePage u
"""
_CONTAINERS = frozenset(tei(name) for name in _CONTAINING.split())
# Between blocks these belong to the block that follows.
_BETWEEN = NOTES | {tei(name) for name in ("pb", "lb", "cb", "gb", "milestone", "fw", "anchor", "index", "speaker")}
_KINDS = {
    "head": "head",
    "titlePart": "head",
    "dateline": "dateline",
    "l": "verse",
    "stage": "stage",
    "item": "item",
    "castItem": "item",
    "row": "item",
    "figure": "figure",
}
_JOINING = {"paragraph": paragraph, "head": heading}
_CLOSE = ("verse", "item")  # kinds that stand close together, line under line


@dataclass(frozen=True, slots=True)
class Block:
    """What is set as one paragraph. `id` is unique in the book. It is `cut` where it goes on as one that `resumes`.

    `kind` is head, dateline, verse, stage, item, figure or paragraph. A head has its text alone as `title`, and
    `level` counts the divisions around it, from 0. The first one of a turn has its `turn`, the number it is cited by.
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
    turns: int = 0

    def set(self, element: etree._Element, level: int = 0) -> None:
        for node in _parts(element):
            if node.tag in _BETWEEN:
                self.waiting.append(node)
            elif node.tag in TURNS:
                self._turn(node, level)
            elif _is_block(node):
                block = self._block(node, level)
                if block.html:
                    self._add((replace(block, opens=not _is_close(node, block)),), (node,))
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
            block = replace(block, html=block.html + writer.html, notes=(*block.notes, *writer.notes))
            self.done[-1] = replace(last, blocks=(*last.blocks[:-1], block))
        return tuple(self.done)

    def _turn(self, turn: etree._Element, level: int) -> None:
        self.turns += 1
        number = turn.get("n") or str(self.turns)
        elements = list(_blocks_of(turn))
        blocks: list[Block] = []
        for node in elements:
            if node.tag in _BETWEEN:
                self.waiting.append(node)
            elif node.tag in TURNS:
                self._turn(node, level)
            else:
                block = self._block(node, level)
                blocks.append(replace(block, opens=not blocks, turn="" if blocks else number))
        if blocks:
            self._add(tuple(blocks), (turn, *elements), turn.get(XML_ID) or "")

    def _add(self, blocks: tuple[Block, ...], elements: tuple[etree._Element, ...], turn: str | None = None) -> None:
        path, prefixes = self.style.path, self.style.prefixes
        keys = tuple(f"{path}#{node.get(XML_ID)}" for node in elements if node.get(XML_ID))
        links = tuple(
            resolve(each, path, prefixes)
            for node in elements
            for each in split(node.get("corresp") or node.get("sameAs") or "")
        )
        self.done.append(Group(blocks, keys, links, turn))

    def _block(self, element: etree._Element, level: int) -> Block:
        writer = Writer(self.style)
        for node in self.waiting:
            if node.tag == tei("speaker"):
                apart = " " if writer.notes else ""  # the call of a note is none of the speaker's
                writer.pieces.append(f'{apart}<b class="speaker">')
                writer.into(node)
                writer.pieces.append("</b> ")
            else:
                writer.node(node)
        self.waiting.clear()
        writer.into(element)
        name, kind = element.get(XML_ID), _KINDS.get(local(element), "paragraph")
        return Block(
            id=f"{self.style.prefix}-{escape(name) if name else f'block.{next(self.style.numbers)}'}",
            kind=kind,
            html=_JOINING.get(kind, joined)(writer.html),
            language=language_of(element),
            location=Location(self.style.path, element.sourceline),
            level=level,
            notes=tuple(writer.notes),
            title=as_read(element) if kind == "head" else "",
        )


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are set, which leaves out forme work, comments and readings not taken."""
    return (node for node in element if is_element(node) and (node.tag in _BETWEEN or is_read(node)))


def _blocks_of(turn: etree._Element) -> Iterator[etree._Element]:
    """The blocks of a turn, what stands between them, and turns in it; verse and quotations are gone into."""
    if _is_block(turn):
        yield turn
        return
    for node in _parts(turn):
        if node.tag in _BETWEEN or node.tag in TURNS or _is_block(node):
            yield node
        else:
            yield from _blocks_of(node)


def _is_block(element: etree._Element) -> bool:
    """Whether an element is set as one block: a paragraph, or whatever has running text of its own."""
    if element.tag in _PARAGRAPHS or element.tag not in _CONTAINERS or element.find(tei("graphic")) is not None:
        return True
    return any((text or "").strip() for text in (element.text, *(node.tail for node in element)))


def _is_close(element: etree._Element, block: Block) -> bool:
    """Whether a verse or an item follows another one."""
    before = element.getprevious()
    while before is not None and (not is_element(before) or before.tag in _BETWEEN):
        before = before.getprevious()
    return block.kind in _CLOSE and before is not None and before.tag == element.tag
