"""What of a text stands outside its turns: headings and dates, and passages such as opening, agenda, duration."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml import etree

from edition.model import AFTER, BEFORE, BETWEEN
from edition.tei.attendance import LISTS, is_of_attendees, named_in_paragraphs
from edition.tei.blocks import OTHER, Block, blocks_of
from edition.tei.names import TURNS, tei
from edition.tei.words import stands_in

HEADINGS = frozenset(tei(name) for name in ("head", "dateline", "opener", "closer", "titlePart", "trailer"))
_LEFT_OUT = TURNS | {tei("figure"), tei("castItem")}  # a cast is compared as attendees are
_STRUCTURE = """
    argument back body castGroup castList div div1 div2 div3 div4 div5 div6 div7 docTitle epigraph floatingText front
    group list lg postscript row table text titlePage
    """
_STRUCTURES = frozenset(tei(name) for name in _STRUCTURE.split())  # words that stand in these are of no passage
_IMPRINT = frozenset((tei("titlePage"),))
_CONTENTS = frozenset(("contents", "toc", "index"))  # what they say of pages is of each text's own
_LISTING = frozenset((tei("list"), tei("table"), tei("div")))
_TITLE = frozenset((tei("titlePart"),))


@dataclass(frozen=True, slots=True)
class Outside:
    """A block outside turns, and its place: BEFORE them, BETWEEN or AFTER them."""

    block: Block
    place: str

    @property
    def is_heading(self) -> bool:
        return self.block.element.tag in HEADINGS


def outside(texts: Sequence[etree._Element], units: Collection[etree._Element]) -> list[Outside]:
    """Each block of these texts that stands in none of the units and is of the text."""
    found, begun = list[tuple[Block, int]](), 0
    for text in texts:
        attendees = named_in_paragraphs(text)
        for block in blocks_of(text, units):
            if block.kind == OTHER:
                begun += 1
            elif block.element not in attendees and _is_of_frame(block):
                found.append((block, begun))
    return [Outside(block, BEFORE if not before else BETWEEN if before < begun else AFTER) for block, before in found]


def _is_of_frame(block: Block) -> bool:
    """Left out are casts, lists of attendees, tables of contents, and of a title page all but the title: imprints are
    each text's own."""
    element = block.element
    if element.tag in _STRUCTURES or element.tag in _LEFT_OUT or stands_in(element, _LEFT_OUT):
        return False
    if stands_in(element, _IMPRINT) and element.tag not in _TITLE:
        return False
    if any(each.get("type", "").casefold() in _CONTENTS for each in element.iterancestors(*_LISTING)):
        return False
    return not any(is_of_attendees(each) for each in element.iterancestors(*LISTS))
