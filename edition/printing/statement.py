"""The editorial statement: what the TEI headers say of document, sources and principles, as prose for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from lxml import etree

from edition.config import PrintSettings
from edition.printing.blocks import language_of
from edition.printing.inline import COMMENTARY, TEXTUAL, Style, Writer
from edition.tei.names import NAMESPACES, is_element, local, tei
from edition.tei.parse import Document
from edition.tei.pointers import NO_PREFIXES
from edition.tei.words import TURNS, as_read

# editorialDecl speaks of its matters by element (TEI P5, 2.3.3); readers want a word.
_MATTERS = {
    "correction": "Corrections",
    "normalization": "Spelling",
    "punctuation": "Punctuation",
    "quotation": "Quotation marks",
    "hyphenation": "Word division",
    "segmentation": "Structure",
    "stdVals": "Values",
    "interpretation": "Interpretation",
}
_ABOUT = ("tei:profileDesc/tei:abstract", "tei:profileDesc/tei:creation", "tei:encodingDesc/tei:projectDesc")
_AVAILABILITY = "tei:fileDesc/tei:publicationStmt/tei:availability"
_PROSE = frozenset(tei(name) for name in ("p", "ab", "bibl", "creation", "item", "change"))
_SIGNS = {
    "leaf": "A stroke (|) in the line and a number in the margin show where a leaf or page of the original begins; "
    "a number in brackets is uncertain.",
    "turns": "Numbers beside the first lines of turns count those of each text; notes and lists cite turns by them.",
    "supplied": "Square brackets enclose words that an editor or translator supplied.",
    TEXTUAL: "Letters refer to textual notes",
    COMMENTARY: "numbers to notes on the matter",
}


def statement(original: Document, translation: Document | None, printing: PrintSettings) -> str:
    """The sections of the statement as HTML. What a header does not say has no section."""
    headers = [_header(document) for document in (original, translation) if document is not None]
    names = ["Original", "Translation"]
    sections = [
        _section("The document", _about(headers)),
        _section("Sources", _sources(headers, names)),
        *_principles(headers),
        _section("Signs", [_signs([original, translation], printing)]),
        _section("History of this edition", _history(headers)),
    ]
    return "".join(sections)


def rights(document: Document) -> list[str]:
    """What availability says, a paragraph each, a licence with its address (TEI P5, 2.2.4)."""
    return [text for found in _header(document).iterfind(_AVAILABILITY, NAMESPACES) for text in _rights_of(found)]


def states_licence(document: Document) -> bool:
    """Whether the header says by a licence what may be done with the edition."""
    return _header(document).find(f"{_AVAILABILITY}//tei:licence", NAMESPACES) is not None


def _rights_of(element: etree._Element) -> Iterator[str]:
    if element.tag != tei("licence") and element.find(".//tei:licence", NAMESPACES) is not None:
        for node in element.iterchildren(etree.Element):
            yield from _rights_of(node)
        return
    *before, last = [*_paragraphs(element)] or [""]
    target = element.get("target", "")
    address = f' <a href="{escape(target)}">{escape(target)}</a>' if re.match(r"https?://\S+$", target) else ""
    yield from (*before, (last + address).strip())


def responsibilities(document: Document) -> list[tuple[str, str]]:
    """Who did what, from titleStmt (TEI P5, 2.2.1): pairs of a responsibility, or nothing, and names."""
    found: list[tuple[str, str]] = []
    for each in _header(document).iterfind("tei:fileDesc/tei:titleStmt/*", NAMESPACES):
        if each.tag == tei("respStmt"):
            names = [as_read(name) for name in each if is_element(name) and name.tag != tei("resp")]
            what = " and ".join(as_read(resp) for resp in each.iterfind("tei:resp", NAMESPACES))
            found.append((what, ", ".join(names)))
        elif each.tag in (tei("author"), tei("editor")):
            found.append(("editor" if each.tag == tei("editor") else "", as_read(each)))
    return [(what, who) for what, who in found if who]


def _header(document: Document) -> etree._Element:
    header = None if document.root is None else document.root.find(".//tei:teiHeader", NAMESPACES)
    return etree.Element(tei("teiHeader")) if header is None else header


def _section(heading: str, paragraphs: Sequence[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs if text)
    return f"<h3>{heading}</h3>{body}" if body else ""


def _about(headers: Sequence[etree._Element]) -> list[str]:
    """What original and translation say alike is said once, in the words of the original."""
    return [text for path in _ABOUT for found in headers[0].iterfind(path, NAMESPACES) for text in _paragraphs(found)]


def _sources(headers: Sequence[etree._Element], names: Sequence[str]) -> list[str]:
    told: dict[str, None] = {}
    for header, name in zip(headers, names, strict=False):
        paragraphs = [
            text
            for source in header.iterfind("tei:fileDesc/tei:sourceDesc", NAMESPACES)
            for text in (*_manuscripts(source), *_paragraphs(source))
        ]
        lead = f"<b>{name}.</b> " if len(headers) > 1 else ""
        for number, text in enumerate(paragraphs):
            told.setdefault((lead if number == 0 else "") + text)
    return list(told)


def _manuscripts(source: etree._Element) -> Iterator[str]:
    """Where a manuscript lies, in the order of TEI P5, 11.4: country to shelfmark."""
    for identifier in source.iterfind(".//tei:msIdentifier", NAMESPACES):
        yield escape(", ".join(filter(None, map(as_read, identifier.iterchildren(etree.Element))))) + "."


def _principles(headers: Sequence[etree._Element]) -> Iterator[str]:
    """A section for each text; where both say the same, one."""
    told = ["".join(f"<p>{text}</p>" for text in _declared(header)) for header in headers]
    if len(told) > 1 and told[0] == told[1]:
        told = told[:1]
    headings = (
        ("The original in this edition", "The translation in this edition") if len(told) > 1 else ("Principles",)
    )
    return (f"<h3>{heading}</h3>{body}" for heading, body in zip(headings, told, strict=True) if body)


def _declared(header: etree._Element) -> Iterator[str]:
    for matter in header.iterfind("tei:encodingDesc/tei:editorialDecl/*", NAMESPACES):
        name = _MATTERS.get(local(matter), "")
        for number, text in enumerate(_paragraphs(matter)):
            yield (f"<b>{name}.</b> " if name and number == 0 else "") + text


def _signs(documents: Sequence[Document | None], printing: PrintSettings) -> str:
    """The signs that these texts really have."""
    roots = [document.root for document in documents if document is not None and document.root is not None]
    said = [_SIGNS["leaf"]] if any(root.find(".//tei:pb", NAMESPACES) is not None for root in roots) else []
    if printing.turn_numbers and any(next(root.iter(*TURNS), None) is not None for root in roots):
        said.append(_SIGNS["turns"])
    if any(root.find(".//tei:supplied", NAMESPACES) is not None for root in roots):
        said.append(_SIGNS["supplied"])
    if any(root.find(".//tei:text//tei:note", NAMESPACES) is not None for root in roots):
        notes = ", ".join(_SIGNS[each] for each in (TEXTUAL, COMMENTARY) if each in printing.notes)
        said.append(notes[:1].upper() + notes[1:] + "." if notes else "")
    return " ".join(said)


def _history(headers: Sequence[etree._Element]) -> list[str]:
    """revisionDesc, oldest first, each change once."""
    told: dict[str, None] = {}
    for header in headers:
        for change in header.iterfind("tei:revisionDesc//tei:change", NAMESPACES):
            date = change.get("when", "")
            told.setdefault(f"{escape(date)}: {_prose(change)}" if date else _prose(change))
    return sorted(told, key=lambda text: text[:10])


def _paragraphs(element: etree._Element) -> Iterator[str]:
    """The prose in an element, paragraph by paragraph, or all of it where it has none."""
    found = (
        [element] if element.tag in _PROSE else [node for node in element.iter(*_PROSE) if _outermost(node, element)]
    )
    for node in found or [element] * (not len(element)):
        text = _prose(node)
        if text:
            yield text


def _outermost(node: etree._Element, within: etree._Element) -> bool:
    for above in node.iterancestors():
        if above is within:
            return True
        if above.tag in _PROSE:
            return False
    return True


def _prose(node: etree._Element) -> str:
    writer = Writer(Style("header", "", NO_PREFIXES, frozenset(), quotes=True))
    writer.into(node)
    language = language_of(node)
    return f'<span lang="{escape(language)}">{writer.html}</span>' if language and language != "en" else writer.html
