"""Which elements of a text are set as one block, which are gone into, and what a block is.

Any TEI will do: what has running text of its own is a block, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from edition.printing.lists import CAPTION, Part, is_glossary, is_whole
from edition.tei.names import is_element, local, tei
from edition.tei.words import NOTES, TURNS, as_read, is_read

_PARAGRAPHS = frozenset(tei(name) for name in ("p", "ab", "head", "l", "titlePart", "castItem", "label"))
_CONTAINING = """
    argument back bibl body castGroup castList cit closer dedication div div1 div2 div3 div4 div5 div6 div7 docImprint
    docTitle epigraph epilogue figure floatingText front group item lg list listBibl opener performance postscript
    prologue quote set sp spGrp table text titlePage u
"""
_CONTAINERS = frozenset(tei(name) for name in _CONTAINING.split())
# Between blocks these belong to the block that follows.
BETWEEN = NOTES | {tei(name) for name in ("pb", "lb", "cb", "gb", "milestone", "fw", "anchor", "index", "speaker")}
_KINDS = {
    "head": "head",
    "titlePart": "head",
    "dateline": "dateline",
    "l": "verse",
    "stage": "stage",
    "figure": "figure",
}
_SHORT_LABEL = 5  # characters of a label that stands beside its item, as a number does


def parts(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are set, which leaves out forme work, comments and readings not taken."""
    return (node for node in element if is_element(node) and (node.tag in BETWEEN or is_read(node)))


def blocks_of(turn: etree._Element) -> Iterator[etree._Element]:
    """The blocks, lists and tables of a turn, what is between them, turns in it; quotations are gone into."""
    if is_block(turn):
        yield turn
        return
    for node in parts(turn):
        if node.tag in BETWEEN or node.tag in TURNS or is_whole(node) or is_block(node):
            yield node
        else:
            yield from blocks_of(node)


def is_block(element: etree._Element) -> bool:
    """Whether an element is set as one block: a paragraph, or whatever has running text of its own."""
    if element.tag in _PARAGRAPHS or element.tag not in _CONTAINERS or element.find(tei("graphic")) is not None:
        return True
    return any((text or "").strip() for text in (element.text, *(node.tail for node in element)))


def kind_of(element: etree._Element, within: Sequence[Part]) -> str:
    """What a block is; a paragraph in an item is of that, and what heads a list or table is no head of a part."""
    kind = _KINDS.get(local(element), "paragraph")
    if within and within[-1].role == CAPTION:
        return "caption"
    return "item" if within and kind == "paragraph" else kind


def kind_of_label(label: etree._Element) -> str:
    """The classes of the label of an item: one that is short has the item beside it, line under line."""
    around = label.getparent()
    is_short = len(as_read(label)) <= _SHORT_LABEL and not (around is not None and is_glossary(around))
    return "term short" if is_short else "term"
