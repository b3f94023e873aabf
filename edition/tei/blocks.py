"""What of a turn is read as one paragraph: paragraphs, items of lists, cells of tables, headings, and bare words.

Each word is in one block, and blocks are in the order of the text. Left out is what nobody says: who speaks, stage
directions, notes (TEI P5, 3.4, 3.8, 3.14, 7.2 and 8.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from edition.model import PART, PROSE, VERSE
from edition.tei.names import is_element, local, tei
from edition.tei.words import NOTES, PARAGRAPHS, Words, as_read, is_read

OTHER = "other"
WHOLE = PARAGRAPHS | {tei(name) for name in ("head", "trailer", "label", "dateline", "byline", "titlePart")}
_HOLDING = """
    argument body castGroup castItem castList cell closer dedication div div1 div2 div3 div4 div5 div6 div7 docTitle
    epigraph figure floatingText front group item lg list opener postscript row table titlePage
    """
_HOLDERS = frozenset(tei(name) for name in _HOLDING.split())
_EITHER = frozenset(tei(name) for name in ("cit", "q", "quote", "said", "seg"))  # part of what is said, or all of it
_SPEAKER, _LABEL, _LINE = tei("speaker"), tei("label"), tei("l")
_UNSAID = NOTES | {tei(name) for name in ("speaker", "stage", "fw", "figDesc", "vocal", "kinesic", "incident")}
_PARTED = frozenset(tei(name) for name in ("list", "table", "quote", "cit"))
_DIVIDING = (*PARAGRAPHS, tei("item"), tei("cell"))
_SEGMENT = tei("seg")
_NUMBERING = re.compile(r"\W*(\d{1,3}(\.\d{1,3})*|\w|[ivxlc]{1,6})\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """An element that is read as one paragraph, or the words between two blocks of one. `kind` is the paragraph's;
    OTHER says that the element is a unit of its own, which stands here."""

    element: etree._Element
    words: Words
    kind: str

    @property
    def is_whole(self) -> bool:
        return self.words is self.element


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of an element between two blocks in it: `text`, and what follows that up to the next block."""

    text: str | None
    nodes: Sequence[etree._Element]

    def __iter__(self) -> Iterator[etree._Element]:
        return iter(self.nodes)


def blocks_of(unit: etree._Element, others: Collection[etree._Element] = ()) -> Iterator[Block]:
    """The blocks of a unit in the order of the text; each of the `others` that stand in it is one, OTHER by kind."""
    if unit.tag in WHOLE:
        yield Block(unit, unit, _kind(unit, PROSE))
    else:
        yield from _within(unit, others, PROSE)


def _within(holder: etree._Element, others: Collection[etree._Element], kind: str) -> Iterator[Block]:
    """The blocks in an element, in which paragraphs are of this kind."""
    children = list(holder)
    either = _is_blank(holder.text) and all(_is_blank(node.tail) for node in children)
    text, nodes, blocks = holder.text, list[etree._Element](), 0
    for node in children:
        if not is_element(node) or not _divides(node, others, either=either):
            nodes.append(node)
            continue
        if nodes or not _is_blank(text):
            yield from _run(holder, _Run(text, nodes), kind)
        if node in others:
            yield Block(node, node, OTHER)
        elif not _is_unsaid(node):
            yield from _of(node, others, kind)
        text, nodes, blocks = node.tail, [], blocks + 1
    if nodes or not _is_blank(text):
        yield from _run(holder, _Run(text, nodes) if blocks else holder, kind)


def _divides(node: etree._Element, others: Collection[etree._Element], *, either: bool) -> bool:
    """Whether the words before a node and those after it are two blocks."""
    if node.tag in _UNSAID:
        return either or node.tag == _SPEAKER
    if node.tag in WHOLE or node.tag in _HOLDERS or node in others:
        return True
    return (either and node.tag in _EITHER) or next(node.iter(*_DIVIDING), None) is not None


def _is_unsaid(node: etree._Element) -> bool:
    """Whether nobody says the words of an element: the number of an item may be its label, or be set by itself."""
    if node.tag == _LABEL and _NUMBERING.fullmatch(as_read(node)):
        return True
    return node.tag in _UNSAID or not is_read(node)


def _of(node: etree._Element, others: Collection[etree._Element], kind: str) -> Iterator[Block]:
    if node.tag in WHOLE:
        yield Block(node, node, _kind(node, kind))
    elif node.tag == _SEGMENT and next(node.iter(*_DIVIDING), None) is None:
        yield Block(node, node, kind)
    else:
        yield from _within(node, others, PART if node.tag in _PARTED else kind)


def _run(holder: etree._Element, words: Words, kind: str) -> Iterator[Block]:
    """Words that stand in no block, if there are any."""
    texts = (words.text, *(text for node in words for text in _texts(node)))
    if not all(map(_is_blank, texts)):
        yield Block(holder, words, kind if local(holder) == "u" else PART)


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _texts(node: etree._Element) -> Iterator[str | None]:
    if is_element(node) and is_read(node) and node.tag not in _UNSAID:
        yield from node.itertext()
    yield node.tail


def _kind(element: etree._Element, kind: str) -> str:
    """That of a whole block: verse is verse wherever it stands, and a heading is no paragraph."""
    if element.tag == _LINE:
        return VERSE
    return kind if element.tag in PARAGRAPHS else PART
