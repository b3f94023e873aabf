"""Running text: the inline markup of TEI as HTML. Every character of the sources is escaped here.

Notes are taken out of the text, and the place of each is held by a mark that `called` replaces, since only the
finished page knows which letter or number a note has on it. Names leave a mark as well, for the index.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape
from itertools import count
from urllib.parse import quote

from lxml import etree

from edition.printing.joining import name, paragraph
from edition.printing.lists import LISTS, is_caption, is_whole, leads, marker, own_language, sign, signs
from edition.printing.words import ENGLISH, Words, languages, words_in
from edition.tei.names import XML_ID, XML_LANG, is_element, local, tei
from edition.tei.pointers import Prefixes, resolve, split
from edition.tei.words import NOTES, as_read, is_read

TEXTUAL, COMMENTARY = "textual", "commentary"
SERIES = (TEXTUAL, COMMENTARY)

# XML has no NUL, so it can hold the place of a note, and of a name, in a text of any kind.
_CALL = re.compile("\0note ([^\0]*)\0")
_APART = "\0apart\0"
_NAME = re.compile("\0name ([^\0]*)\0")
_LEAF = re.compile('data-leaf="([^"]*)"')

_SPACE = re.compile("[ \t\r\n]+")  # not \\s: a space that does not break is none of these

_TAGS = {
    "emph": "em",
    "foreign": "i",
    "mentioned": "i",
    "title": "i",
    "del": "s",
    "stage": "i",
    "val": "i",
}
_RENDITIONS = {
    "italic": "em",
    "italics": "em",
    "bold": "strong",
    "b": "strong",
    "i": "em",
    "sup": "sup",
    "superscript": "sup",
    "sub": "sub",
    "subscript": "sub",
}
_QUOTED = frozenset(tei(name) for name in ("q", "said", "soCalled"))
# What is set apart by white space where it stands in running text, such as the items of a list; all else runs on.
_SET_APART = frozenset(
    tei(name) for name in ("ab", "cell", "figure", "head", "item", "l", "label", "lg", "list", "p", "row", "table")
)
_PARAGRAPHS = frozenset((tei("p"), tei("ab"), tei("l")))
_BREAKS = frozenset((tei("lb"), tei("cb"), tei("gb"), tei("milestone")))


@dataclass(frozen=True, slots=True)
class Note:
    """A note of one of the two series. `html` is its text without its letter or number.

    It is `cut` where it goes on overleaf as one that `resumes`.
    """

    id: str
    series: str
    html: str
    language: str | None
    cut: bool = False
    resumes: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How the texts of one file are written: the prefix of its ids in the book, its pointers, which notes to take.

    `quotes` is true where the sources leave quotation marks to the print (TEI P5, quotation/@marks="none"). `words`
    are those that the print adds.
    """

    prefix: str
    path: str
    prefixes: Prefixes
    series: frozenset[str]
    quotes: bool
    words: Words = ENGLISH
    numbers: Iterator[int] = field(default_factory=count)


@dataclass
class Writer:
    """Writes elements as HTML and gathers their notes.

    Lists and tables that are to be set apart from the text around them go into `apart`, if there is one. `of` is the
    id of the block whose cells are written, in which they and paragraphs are elements.
    """

    style: Style
    pieces: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    apart: list[etree._Element] | None = None
    of: str = ""
    _told: set[etree._Element] = field(default_factory=set)
    _open: list[str] = field(default_factory=list)  # tags, as they were opened

    @property
    def html(self) -> str:
        return "".join(self.pieces).strip()

    def into(self, element: etree._Element) -> None:
        """The content of an element."""
        self._text(element.text)
        for node in element:
            self.node(node)
            self._text(node.tail)

    def _text(self, text: str | None) -> None:
        """Text with its white space folded: the line ends of the file are not those of the page."""
        self.pieces.append(escape(_SPACE.sub(" ", text or "")))

    def node(self, node: etree._Element) -> None:
        """An element within running text; what is no part of the text as read leaves at most a note."""
        if is_element(node) and node.tag in NOTES:
            self._note(node)
        elif is_read(node) and self.apart is not None and is_whole(node):
            self._set_apart(node, self.apart)
        elif is_read(node):
            write = _SPECIAL.get(str(node.tag), Writer._plain)
            if self.of and (node.tag in _PARAGRAPHS or (node.tag in LISTS and is_whole(node))):
                self._in_cell(node)
            elif node.tag in _SET_APART:
                self.pieces.append(" ")
                write(self, node)
                self.pieces.append(" ")
            else:
                write(self, node)

    def _set_apart(self, node: etree._Element, apart: list[etree._Element]) -> None:
        """A list or table within running text: what is open before it is closed, and opened again after it."""
        apart.append(node)
        closing = "".join(f"</{tag[1:].split()[0].rstrip('>')}>" for tag in reversed(self._open))
        self.pieces.append(f"{closing}{_APART}{''.join(self._open)}")

    def _in_cell(self, node: etree._Element) -> None:
        """A paragraph or a list in a cell of a table; a paragraph with a list in it is none to a reader."""
        if node.tag not in _PARAGRAPHS:
            self._list(node)
        elif any(map(is_whole, node.iterdescendants(etree.Element))):
            self.into(node)
        else:
            self.pieces.append(f' <p data-of="{self.of}"{own_language(node)}>')
            self.into(node)
            self.pieces.append("</p> ")

    def _list(self, node: etree._Element) -> None:
        """A list in a cell. What stands between its items begins the next."""
        numbering, number = signs(node), 0
        waiting: list[etree._Element] = []
        self.pieces.append(f' <ul data-signs="{numbering}">')
        for entry in filter(is_element, node):
            if leads(entry) or entry.tag in NOTES or not is_read(entry) or entry.tag == tei("pb"):
                waiting.append(entry)
                continue
            kind, shown = ("caption", "") if is_caption(entry) else ("item", sign(entry, number + 1, numbering))
            number += kind == "item"
            self.pieces.append(f'<li class="{kind}" data-of="{self.of}"{own_language(entry)}>{marker(shown)}')
            for each in waiting:
                self.node(each)
            self.into(entry)
            self.pieces.append("</li> ")
            waiting = []
        self.pieces.append("</ul> ")
        for each in waiting:
            self.node(each)

    def _plain(self, node: etree._Element) -> None:
        for each in split(node.get("ref", "")):
            self.pieces.append(f"\0name {resolve(each, self.style.path, self.style.prefixes)}\0")
        tag = _TAGS.get(local(node)) or (_RENDITIONS.get(node.get("rend", "").lower()) if node.get("rend") else None)
        language = node.get(XML_LANG)
        opening, closing = _quotes(node) if self.style.quotes and node.tag in _QUOTED else ("", "")
        if tag or language:
            tag = tag or "span"
            stated = f' lang="{escape(language)}"' if language else ""
            self._open.append(f"<{tag}{stated}>")
            opening, closing = f"{self._open[-1]}{opening}", f"{closing}</{tag}>"
        self.pieces.append(opening)
        begun = len(self.pieces)
        self.into(node)
        if tag:
            self._open.pop()
        if node.tag == tei("persName"):
            self.pieces[begun:] = [name("".join(self.pieces[begun:]))]
        self.pieces.append(closing)

    def _break(self, node: etree._Element) -> None:
        if node.get("break") != "no":
            self.pieces.append(" " if node.tag == tei("lb") else "")
        elif self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip().removesuffix("-")

    def _leaf(self, node: etree._Element) -> None:
        """Where a leaf begins: a stroke in the line, the number in the margin, in brackets where it is uncertain."""
        self._break(node)
        number = node.get("n", "")
        if not number:
            return
        shown = f"[{number}]" if node.get("cert") in ("low", "medium") else number
        anchor = f' id="{self._id(node)}"' if node.get(XML_ID) else ""
        spoken = escape(self.style.words.of("leaf", leaf=number))
        said = f'data-leaf="{escape(number)}" data-shown="{escape(shown)}" data-spoken="[{spoken}]"'
        said += f' lang="{escape(self.style.words.language)}"'
        self.pieces.append(f'<span class="stroke"{anchor} {said}>|</span>')

    def _supplied(self, node: etree._Element) -> None:
        self.pieces.append("[")
        self._plain(node)
        self.pieces.append("]")

    def _gap(self, node: etree._Element) -> None:
        self.pieces.append("[…]")

    def _code(self, node: etree._Element) -> None:
        """Names of elements and attributes, as an encoder writes them."""
        before, after = ("@", "") if node.tag == tei("att") else ("&lt;", "&gt;")
        self.pieces.append(f"<code>{before}")
        self.into(node)
        self.pieces.append(f"{after}</code>")

    def _link(self, node: etree._Element) -> None:
        target = node.get("target", "")
        if re.match(r"https?://\S+$", target):
            stated = f' lang="{escape(node.get(XML_LANG, ""))}"' if node.get(XML_LANG) else ""
            self.pieces.append(f'<a href="{escape(target)}"{stated}>')
            if as_read(node):
                self.into(node)
            else:
                self.pieces.append(escape(target))
            self.pieces.append("</a>")
        else:
            self._plain(node)

    def _graphic(self, node: etree._Element) -> None:
        """A picture of the edition; its address is read from the folder of the file (TEI P5, 14.1)."""
        address = posixpath.normpath(posixpath.join(posixpath.dirname(self.style.path), node.get("url", "")))
        figure = node.getparent()
        described = None if figure is None else figure.find(tei("figDesc"))
        words = "" if described is None else as_read(described)
        language = "" if described is None or not words else _language_of(described)
        self.pieces.append(f'<img src="{escape(quote(address))}" alt="{escape(words)}"{language}/>')

    def _description(self, node: etree._Element) -> None:
        """What a picture shows is said in its place only where there is no picture."""
        figure = node.getparent()
        if figure is None or figure.find(tei("graphic")) is None:
            self._plain(node)

    def _figure(self, node: etree._Element) -> None:
        if node.find(tei("graphic")) is not None:
            self.into(node)
            return
        described = [part for part in node if is_element(part) and part.tag in (tei("head"), tei("figDesc"))]
        self.pieces.append("[")
        for part in described:
            self._plain(part)
            self.pieces.append(" ")
        self.pieces.append("]")

    def _choice(self, node: etree._Element) -> None:
        """A correction brings its note: what was corrected is told, with the editor's own note if one follows."""
        self._plain(node)
        sic, corr = (node.find(tei(name)) for name in ("sic", "corr"))
        if sic is None or corr is None or TEXTUAL not in self.style.series:
            return
        before, words = as_read(sic), self.style.words
        read = f"<i{_language_of(sic)}>{escape(before)}</i>"
        told = words.html("corrected", words=read) if before else words.html("inserted")
        html = f"<i{_language_of(corr)}>{escape(as_read(corr))}</i>] {told}"
        html += f" {words.html('uncertain')}." if corr.get("cert") in ("low", "medium") else "."
        own = _textual_note_after(node)
        if own is not None:
            self._told.add(own)
            html += " " + in_language(self._text_of(own), language_of(own), words)
        self._call(Note(self._id(own), TEXTUAL, html, words.language))

    def _note(self, node: etree._Element) -> None:
        if node.tag == tei("noteGrp"):
            for each in node.iterchildren(tei("note")):
                self._note(each)
        elif node not in self._told and _series(node) in self.style.series:
            self._call(Note(self._id(node), _series(node), self._text_of(node), language_of(node)))

    def _call(self, note: Note) -> None:
        """The call stands right after the word, whatever white space the sources have there."""
        space = ""
        if self.pieces and self.pieces[-1] != self.pieces[-1].rstrip():
            self.pieces[-1] = self.pieces[-1].rstrip()
            space = " "
        self.notes.append(note)
        self.pieces.append(f"\0note {note.id}\0{space}")

    def _text_of(self, note: etree._Element) -> str:
        inner = Writer(replace(self.style, series=frozenset(), quotes=True))
        inner.into(note)
        return paragraph(inner.html)

    def _id(self, node: etree._Element | None) -> str:
        name = None if node is None else node.get(XML_ID)
        return f"{self.style.prefix}-{escape(name) if name else f'note.{next(self.style.numbers)}'}"


_SPECIAL: dict[str, Callable[[Writer, etree._Element], None]] = {
    **{str(name): Writer._break for name in _BREAKS},
    tei("pb"): Writer._leaf,
    tei("supplied"): Writer._supplied,
    tei("gap"): Writer._gap,
    tei("ref"): Writer._link,
    tei("ptr"): Writer._link,
    tei("figure"): Writer._figure,
    tei("graphic"): Writer._graphic,
    tei("figDesc"): Writer._description,
    tei("choice"): Writer._choice,
    tei("gi"): Writer._code,
    tei("att"): Writer._code,
}


def _series(note: etree._Element) -> str:
    return TEXTUAL if note.get("type") == TEXTUAL else COMMENTARY


def _textual_note_after(node: etree._Element) -> etree._Element | None:
    """The textual note that follows without a word between, perhaps after the end of the name the node stands in."""
    while not (node.tail or "").strip():
        following, parent = node.getnext(), node.getparent()
        if following is not None:
            return following if following.tag == tei("note") and _series(following) == TEXTUAL else None
        if parent is None or parent.tag in _SET_APART:
            return None
        node = parent
    return None


def language_of(element: etree._Element) -> str | None:
    """The language an element is in, by its nearest xml:lang."""
    return next((each.get(XML_LANG) for each in (element, *element.iterancestors()) if each.get(XML_LANG)), None)


def _quotes(node: etree._Element) -> tuple[str, ...]:
    """The quotation marks of the language of an element; English ones where we know of none."""
    language = (language_of(node) or "").split("-")[0]
    return (words_in(language) if language in languages() else ENGLISH).quotes


def _language_of(node: etree._Element) -> str:
    language = language_of(node)
    return f' lang="{escape(language)}"' if language else ""


def in_language(html: str, language: str | None, words: Words) -> str:
    """HTML that is marked as of its language, where that is not the one of the words around it."""
    return (
        f'<span lang="{escape(language)}">{html}</span>' if html and language and language != words.language else html
    )


def parted(html: str) -> list[str]:
    """HTML in parts, between which lists and tables are set apart."""
    return [part.strip() for part in html.split(_APART)]


def unmarked(html: str) -> str:
    """HTML that calls no notes, without the marks of names."""
    return _NAME.sub("", html)


def called(html: str, call: Callable[[str], str]) -> str:
    """The HTML with each note's place taken by what `call` makes of the note's id, and without the marks of names."""
    return unmarked(_CALL.sub(lambda place: call(place[1]), html))


def calls(html: str) -> tuple[str, ...]:
    """The ids of the notes called in this HTML, in order."""
    return tuple(_CALL.findall(html))


def names(html: str) -> tuple[str, ...]:
    """The keys of the persons, places and others named in this HTML."""
    return tuple(_NAME.findall(html))


def leaves(html: str) -> tuple[str, ...]:
    """The numbers of the leaves that begin in this HTML."""
    return tuple(unescape(number) for number in _LEAF.findall(html))
