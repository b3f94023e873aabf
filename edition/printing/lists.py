"""Lists and tables of a text: which elements are set as such, and what each block in one is to it.

Their items and rows are set one by one, in step with the other text. So that a reader is told of the whole, each
block knows the lists and tables that it stands in, and `structure` puts them together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from html import escape

from lxml import etree

from edition.tei.names import XML_LANG, is_element, local, tei
from edition.tei.words import NOTES

# Roles of ISO 32000-1, 14.8.4.3.
LIST, TABLE = "L", "Table"
CAPTION, BODY, ROWS = "Caption", "LBody", "TBody"

LISTS = frozenset(tei(name) for name in ("list", "castList", "castGroup", "listBibl"))
TABLES = frozenset((tei("table"),))
ENTRIES = frozenset(tei(name) for name in ("item", "row", "castItem", "bibl"))
_CAPTIONS = frozenset(tei(name) for name in ("head", "headLabel", "headItem", "desc"))
# What an encoder says of a list that is part of its sentence (TEI P5, 3.8).
_RUN_ON = frozenset(("inline", "run-on", "runon", "run-in", "runin"))
_ORDERED = frozenset(("ordered", "numbered"))
_BULLETED = frozenset(("bulleted", "unordered", "bullets"))
_GLOSSARY = "gloss"
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Part:
    """What a block is in a list or table, `whole` by its id in the book and `kind`, LIST or TABLE.

    `role` is CAPTION, BODY of the item of this `number`, or ROWS from the row of this `number` on; both count from 1.
    `signs` is what a list has before its items, a value of ListNumbering (ISO 32000-1, 14.8.5.5).
    """

    whole: str
    kind: str
    role: str
    number: int = 0
    signs: str = "None"

    @classmethod
    def read(cls, written: str) -> tuple[Part, ...]:
        """What `written` wrote."""
        parts = (each.split("|") for each in written.split())
        return tuple(cls(whole, kind, role, int(number), signs) for whole, kind, role, number, signs in parts)


def written(parts: Iterable[Part]) -> str:
    """Parts of lists and tables, the outermost first, as an attribute."""
    return " ".join("|".join(map(str, astuple(part))) for part in parts)


def is_whole(element: etree._Element) -> bool:
    """Whether an element is set as a list or table: one with words between its items runs on, as one meant to."""
    if element.tag in TABLES:
        return not _has_words(element) and element.find(tei("row")) is not None
    if element.tag not in LISTS or _said(element) & _RUN_ON:
        return False
    return not _has_words(element) and any(is_element(node) and not is_caption(node) for node in element)


def _has_words(element: etree._Element) -> bool:
    return any((text or "").strip() for text in (element.text, *(node.tail for node in element)))


def _said(element: etree._Element) -> frozenset[str]:
    """How a list is to look: `rend`, and `type`, where older encodings say it."""
    return frozenset(f"{element.get('rend', '')} {element.get('type', '')}".lower().split())


def is_caption(element: etree._Element) -> bool:
    """Whether a child of a list or table is its heading."""
    return element.tag in _CAPTIONS


def leads(element: etree._Element) -> bool:
    """Whether an element is the label of the item after it (TEI P5, 3.8)."""
    after = element.getnext()
    while after is not None and (not is_element(after) or after.tag in NOTES or local(after) == "pb"):
        after = after.getnext()
    return element.tag == tei("label") and after is not None and after.tag == tei("item")


def is_glossary(element: etree._Element) -> bool:
    return _GLOSSARY in _said(element)


def signs(element: etree._Element) -> str:
    """What the items of a list begin with, as a value of ListNumbering."""
    said = _said(element)
    return "Decimal" if said & _ORDERED else "Disc" if said & _BULLETED else "None"


def own_language(element: etree._Element) -> str:
    """The attribute that states the language of an element which says its own."""
    own = element.get(XML_LANG)
    return f' lang="{escape(own)}"' if own else ""


def label_of(block: str) -> str:
    """The id of what stands before an item, by that of its first block."""
    return f"{block}.label"


def marker(shown: str, *, is_spoken: bool = False) -> str:
    """What the print puts before an item, as HTML. It is none of the words of the text.

    One that `is_spoken` stands after the speaker of a turn that begins with its list, and is read there.
    """
    kind = "marker spoken" if is_spoken else "marker"
    return f'<span class="{kind}" data-shown="{escape(shown)}"></span>' if shown else ""


def sign(item: etree._Element, number: int, numbering: str) -> str:
    """What the print puts before an item: its number, as `n` has it or else counted, a bullet, or nothing."""
    if numbering == "Decimal":
        own = item.get("n", "").strip() or str(number)
        return own if re.search(r"\W$", own) else f"{own}."
    return _BULLET if numbering == "Disc" else ""
