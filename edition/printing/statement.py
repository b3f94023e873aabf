"""The editorial statement: what the TEI headers say of document, sources and principles, as prose for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from lxml import etree

from edition.config import PrintSettings
from edition.printing.inline import COMMENTARY, SERIES, TEXTUAL, Style, Writer, in_language, language_of, unmarked
from edition.printing.joining import address, paragraph
from edition.printing.words import Words
from edition.tei.names import NAMESPACES, is_element, local, tei
from edition.tei.parse import Document
from edition.tei.pointers import NO_PREFIXES
from edition.tei.words import TURNS, as_read

# editorialDecl speaks of its matters by element (TEI P5, 2.3.3); readers want a word, which goes by the same name.
_MATTERS = frozenset(
    (
        "correction",
        "normalization",
        "punctuation",
        "quotation",
        "hyphenation",
        "segmentation",
        "stdVals",
        "interpretation",
    )
)
_ABOUT = ("tei:profileDesc/tei:abstract", "tei:profileDesc/tei:creation", "tei:encodingDesc/tei:projectDesc")
_AVAILABILITY = "tei:fileDesc/tei:publicationStmt/tei:availability"
_PROSE = frozenset(tei(name) for name in ("p", "ab", "bibl", "creation", "item", "change"))
_SIGN_OF_NOTES = {(TEXTUAL,): "sign-textual", (COMMENTARY,): "sign-commentary", SERIES: "sign-notes"}


def statement(original: Document, translation: Document | None, printing: PrintSettings, words: Words) -> str:
    """The sections of the statement as HTML. What a header does not say has no section."""
    teller = _Teller(words, [_header(document) for document in (original, translation) if document is not None])
    sections = [
        teller.section("document", teller.about()),
        teller.section("sources", teller.sources()),
        *teller.principles(),
        teller.section("signs", [_signs([original, translation], printing, words)]),
        teller.section("history", teller.history()),
    ]
    return "".join(sections)


def rights(document: Document, words: Words) -> list[str]:
    """What availability says, a paragraph each, a licence with its address (TEI P5, 2.2.4)."""
    found = _header(document).iterfind(_AVAILABILITY, NAMESPACES)
    return [text for each in found for text in _Teller(words, ()).rights(each)]


def states_licence(document: Document) -> bool:
    """Whether the header says by a licence what may be done with the edition."""
    return _header(document).find(f"{_AVAILABILITY}//tei:licence", NAMESPACES) is not None


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what, as HTML that states its languages. `what` may be empty."""

    what: str
    who: str


def responsibilities(document: Document, words: Words) -> list[Credit]:
    """Who did what, from titleStmt (TEI P5, 2.2.1)."""
    found: list[Credit] = []
    for each in _header(document).iterfind("tei:fileDesc/tei:titleStmt/*", NAMESPACES):
        if each.tag == tei("respStmt"):
            names = [_read(name, words) for name in each if is_element(name) and name.tag != tei("resp")]
            what = [_read(resp, words) for resp in each.iterfind("tei:resp", NAMESPACES)]
            found.append(Credit(" and ".join(what), ", ".join(names)))
        elif each.tag in (tei("author"), tei("editor")):
            what = [words.html("editor")] if each.tag == tei("editor") else []
            found.append(Credit("".join(what), _read(each, words)))
    return [credit for credit in found if credit.who]


def _read(element: etree._Element, words: Words) -> str:
    return in_language(escape(as_read(element)), language_of(element), words)


def publisher_language(document: Document) -> str:
    """The language of the name of the publisher; empty where the header names none."""
    found = _header(document).find("tei:fileDesc/tei:publicationStmt/tei:publisher", NAMESPACES)
    return "" if found is None else language_of(found) or ""


def title_language(document: Document, title: str) -> str:
    """The language of a title that the header has, alone or at the beginning of this one; empty for any other."""
    stated = _header(document).iterfind("tei:fileDesc/tei:titleStmt/tei:title", NAMESPACES)
    return next((language_of(each) or "" for each in stated if title.startswith(as_read(each) or "\0")), "")


def creators(document: Document) -> tuple[str, ...]:
    """The names of authors and editors from titleStmt (TEI P5, 2.2.1)."""
    stated = _header(document).iterfind("tei:fileDesc/tei:titleStmt/*", NAMESPACES)
    named = (as_read(each) for each in stated if each.tag in (tei("author"), tei("editor")))
    return tuple(dict.fromkeys(filter(None, named)))


def _header(document: Document) -> etree._Element:
    header = None if document.root is None else document.root.find(".//tei:teiHeader", NAMESPACES)
    return etree.Element(tei("teiHeader")) if header is None else header


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells in some words what headers say: that of the original, then that of the translation if there is one."""

    words: Words
    headers: Sequence[etree._Element]

    def section(self, heading: str, paragraphs: Sequence[str]) -> str:
        body = "".join(f"<p>{text}</p>" for text in paragraphs if text)
        return f"<h3>{self.words.html(heading)}</h3>{body}" if body else ""

    def about(self) -> list[str]:
        """What original and translation say alike is said once, in the words of the original."""
        found = (each for path in _ABOUT for each in self.headers[0].iterfind(path, NAMESPACES))
        return [text for each in found for text in self._paragraphs(each)]

    def sources(self) -> list[str]:
        told: dict[str, None] = {}
        for header, name in zip(self.headers, ("original", "translation"), strict=False):
            paragraphs = [
                text
                for source in header.iterfind("tei:fileDesc/tei:sourceDesc", NAMESPACES)
                for text in (*_manuscripts(source, self.words), *self._paragraphs(source))
            ]
            lead = f"<b>{self.words.html(name)}.</b> " if len(self.headers) > 1 else ""
            for number, text in enumerate(paragraphs):
                told.setdefault((lead if number == 0 else "") + text)
        return list(told)

    def principles(self) -> Iterator[str]:
        """A section for each text; where both say the same, one."""
        told = ["".join(f"<p>{text}</p>" for text in self._declared(header)) for header in self.headers]
        if len(told) > 1 and told[0] == told[1]:
            told = told[:1]
        headings = ("principles-original", "principles-translation") if len(told) > 1 else ("principles",)
        said = zip(headings, told, strict=True)
        return (f"<h3>{self.words.html(heading)}</h3>{body}" for heading, body in said if body)

    def _declared(self, header: etree._Element) -> Iterator[str]:
        for matter in header.iterfind("tei:encodingDesc/tei:editorialDecl/*", NAMESPACES):
            name = local(matter)
            for number, text in enumerate(self._paragraphs(matter)):
                lead = f"<b>{self.words.html(name)}.</b> " if name in _MATTERS and number == 0 else ""
                yield lead + text

    def history(self) -> list[str]:
        """revisionDesc, oldest first, each change once."""
        changes = (
            (change.get("when", ""), self._prose(change))
            for header in self.headers
            for change in header.iterfind("tei:revisionDesc//tei:change", NAMESPACES)
        )
        dated = sorted(dict.fromkeys(changes), key=lambda change: change[0])
        return [f"{self._day(when)}: {text}" if when else text for when, text in dated]

    def _day(self, when: str) -> str:
        """A date in words, if it is a day."""
        try:
            return escape(self.words.day(date.fromisoformat(when)))
        except ValueError:
            return escape(when)

    def rights(self, element: etree._Element) -> Iterator[str]:
        if element.tag != tei("licence") and element.find(".//tei:licence", NAMESPACES) is not None:
            for node in element.iterchildren(etree.Element):
                yield from self.rights(node)
            return
        *before, last = [*self._paragraphs(element)] or [""]
        target = element.get("target", "")
        linked = (
            f' <a href="{escape(target)}">{address(escape(target))}</a>' if re.match(r"https?://\S+$", target) else ""
        )
        yield from (*before, (last + linked).strip())

    def _paragraphs(self, element: etree._Element) -> Iterator[str]:
        """The prose in an element, paragraph by paragraph, or all of it where it has none."""
        found = (
            [element]
            if element.tag in _PROSE
            else [node for node in element.iter(*_PROSE) if _outermost(node, element)]
        )
        for node in found or [element] * (not len(element)):
            text = self._prose(node)
            if text:
                yield text

    def _prose(self, node: etree._Element) -> str:
        writer = Writer(Style("header", "", NO_PREFIXES, frozenset(), quotes=True, words=self.words))
        writer.into(node)
        return in_language(unmarked(paragraph(writer.html)), language_of(node), self.words)


def _manuscripts(source: etree._Element, words: Words) -> Iterator[str]:
    """Where a manuscript lies, in the order of TEI P5, 11.4: country to shelfmark."""
    for identifier in source.iterfind(".//tei:msIdentifier", NAMESPACES):
        named = (_read(each, words) for each in identifier.iterchildren(etree.Element))
        yield ", ".join(filter(None, named)) + "."


# By what it explains: an XPath below tei:text, for each sign that a text may have.
_SIGNS = {
    "sign-leaf": ".//tei:pb[@n]",
    "sign-leaf-uncertain": ".//tei:pb[@n][@cert='low' or @cert='medium']",
    "sign-supplied": ".//tei:supplied",
    "sign-deleted": ".//tei:del",
}
_NOTED = {
    TEXTUAL: ".//tei:note[@type='textual'] | .//tei:choice[tei:sic and tei:corr]",
    COMMENTARY: ".//tei:note[not(@type='textual')]",
}


def _signs(documents: Sequence[Document | None], printing: PrintSettings, words: Words) -> str:
    """The signs that these texts really have."""
    roots = [document.root for document in documents if document is not None and document.root is not None]
    texts = [text for root in roots for text in root.iterfind(".//tei:text", NAMESPACES)]

    def stands(path: str) -> bool:
        return any(text.xpath(path, namespaces=NAMESPACES) for text in texts)

    said = [words.html(sign) for sign, path in _SIGNS.items() if stands(path)]
    if printing.turn_numbers and any(next(text.iter(*TURNS), None) is not None for text in texts):
        said.append(words.html("sign-turns"))
    series = tuple(each for each in SERIES if each in printing.notes and stands(_NOTED[each]))
    said += [words.html(_SIGN_OF_NOTES[series])] if series else []
    return " ".join(said)


def _outermost(node: etree._Element, within: etree._Element) -> bool:
    for above in node.iterancestors():
        if above is within:
            return True
        if above.tag in _PROSE:
            return False
    return True
