"""The book in order: front matter, texts, lists, colophon; set, put together, written and looked over."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import Any

from edition.config import Config
from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.model import Edition, Text
from edition.printing import furniture
from edition.printing.archival import Description, Source
from edition.printing.blocks import Block, groups
from edition.printing.edges import over_the_edges
from edition.printing.fonts import families
from edition.printing.furniture import Line, Titles
from edition.printing.glyphs import wrong_glyphs
from edition.printing.imprint import Imprint, Rendering
from edition.printing.inks import Inks
from edition.printing.markup import document_html
from edition.printing.outline import Entry as Bookmark
from edition.printing.outline import outline
from edition.printing.placed import Place, anchors
from edition.printing.preflight import look_over
from edition.printing.press import Press, numbered, press_for, strange_characters, write
from edition.printing.printers import look_over_for_printers, write_for_printers
from edition.printing.profiles import not_here, profile_of
from edition.printing.promise import Promise
from edition.printing.register import Entry, entries, index_html, persons_html
from edition.printing.rows import Row, align
from edition.printing.rules import GLYPH_MISSING
from edition.printing.setting import COLUMNS, FACING, SINGLE, Heading, Layout, Texts, in_sequence
from edition.printing.slicing import letters
from edition.printing.spreads import set_texts
from edition.printing.statement import (
    creators,
    publisher_language,
    responsibilities,
    rights,
    statement,
    states_licence,
    title_language,
)
from edition.printing.structure import TEXT_BY_TEXT
from edition.printing.words import Words, words_of
from edition.tei.parse import Document

_LAYOUTS = {"facing": FACING, "columns": COLUMNS, "sequence": SINGLE}
_NO_GLYPH = ".notdef"  # how checkers call the sign for a character without one
_AFTER = ("persons", "index", "colophon")  # the parts behind the texts
_SIDES = ("o", "t")  # what ids of original and translation begin with in the book


Say = Callable[[str], None]


def _silent(_: str) -> None:
    """For runs that nobody watches."""


def render(copy: Copy, say: Say = _silent) -> Rendering:
    """Print an edition: one PDF, tagged, the same bytes for the same input.

    Raises ConfigError where [print] of edition.toml asks for what cannot be, EditionError for what is nested too
    deep.
    """
    profile = profile_of(copy.config)
    try:
        press = press_for(copy.config, say)
        made = _print(press, copy)
    except RecursionError as error:
        raise EditionError("elements are nested too deep to be printed", advice="flatten them") from error
    gc.collect()  # the pages, which hold each other: a long book has a gigabyte of them
    if profile:
        say("writing the PDF for printers")
        inks = Inks(profile, press.refusals.pictures_of_inks)
        made = replace(made, printers=write_for_printers(made.pdf, described(copy), inks))
    say("looking over the PDF")
    return replace(made, diagnostics=tuple(_looked_over(made, copy, frozenset(press.families))))


def _print(press: Press, copy: Copy) -> Rendering:
    front = press.set(_front(copy, []))
    first_page = len(front.pages) + 1 + (copy.facing and len(front.pages) % 2 == 0)  # texts face from a left page on
    texts = _set_texts(press, copy, first_page)
    press.say(texts.summary(len(copy.rows)))
    back_page = first_page + len(texts.pages)
    back = press.set(_back(copy, texts.named, press), numbered(back_page))
    lines = _lines(copy, texts, (anchors(front), 1), (anchors(back), back_page))
    front = _set_front(press, copy, lines, first_page - 1)
    book = front.copy([*front.pages, *texts.pages, *back.pages])
    book.make_bookmark_tree = outline(book, list(_bookmarks(copy)))
    beyond = list(over_the_edges(book, list(copy.documents.values())))
    press.say("writing the PDF")
    pdf = write(book, described(copy), _identifier(copy), copy.order)
    findings = (
        *press.findings,
        *texts.findings,
        *beyond,
        *wrong_glyphs(strange_characters(press, book), press, copy.rows, copy.documents.values()),
        *press.refusals.findings(copy.asking(press)),
    )
    return Rendering(pdf, len(book.pages), findings)


def _looked_over(made: Rendering, copy: Copy, families: frozenset[str]) -> Iterator[Diagnostic]:
    if copy.config.printing.press_profile and not made.printers:
        yield not_here(copy.config)
    yield from made.diagnostics
    told = any(each.rule is GLYPH_MISSING for each in made.diagnostics)
    for found in look_over(made.pdf, promise(copy, frozenset() if told else families)):
        if not (told and _NO_GLYPH in found.message):  # the character and its place say more
            yield found
    if made.printers:
        yield from look_over_for_printers(made.printers)


def _set_front(press: Press, copy: Copy, lines: Sequence[Line], length: int) -> Any:
    """The front matter with its contents, on as many pages as it had without, for the texts are numbered already."""
    front = press.set(_front(copy, lines))
    missing = length - len(front.pages)
    return front if missing == 0 else press.set(_front(copy, lines, missing))


@dataclass(frozen=True)
class Copy:
    """What is to be printed, as it comes to the press. `documents` holds each file of the edition, parsed."""

    config: Config
    documents: Mapping[str, Document]
    edition: Edition
    imprint: Imprint

    @property
    def original(self) -> Document:
        return self.documents[self.config.original]

    @property
    def translation(self) -> Document | None:
        return self.documents.get(self.config.translation or "")

    @property
    def layout(self) -> Layout:
        """How the texts stand; one after the other if each is alone."""
        return SINGLE if self.translation is None else _LAYOUTS[self.config.printing.layout]

    @property
    def facing(self) -> bool:
        return self.layout == FACING

    @property
    def paired(self) -> bool:
        """Whether a row has both texts."""
        return self.layout != SINGLE

    @property
    def order(self) -> str:
        """In which the texts are read."""
        return self.config.printing.reading_order if self.paired else TEXT_BY_TEXT

    @cached_property
    def settings(self) -> list[tuple[Row, ...]]:
        """The rows of what is set one after the other: both texts side by side, or each in rows of its own."""
        series = frozenset(self.config.printing.notes)
        texts = [groups(each, side, series, self.words) for each, side in zip(self._texts, _SIDES, strict=False)]
        return [align(*texts)] if self.paired else [align(text, ()) for text in texts]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for rows in self.settings for row in rows)

    @property
    def titled(self) -> list[tuple[str, list[Block]]]:
        """The title of each text that has any, with its blocks in order."""
        blocks = [block for row in self.rows for side in row.sides for block in side]
        own = ([block for block in blocks if block.id.startswith(f"{side}-")] for side in _SIDES)
        return [(title, each) for title, each in zip(self.titles.texts, own, strict=False) if each]

    @property
    def _texts(self) -> list[Document]:
        return [self.original] if self.translation is None else [self.original, self.translation]

    @cached_property
    def words(self) -> Words:
        """The words of the book around its texts. Raises ConfigError for a language that there is not."""
        return words_of(self.config)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        languages = [text.language.split("-")[0] for text in self.edition.texts() if text.language]
        return entries(self.documents.get(self.config.persons or ""), languages, self.words)

    @cached_property
    def titles(self) -> Titles:
        main = self.imprint.title or _title(self.edition.original, self.words.of("untitled"))
        both = self.words.of("original"), self.words.of("translation")
        unnamed = both if self.translation else (main.partition(": ")[0],)
        names = [_subtitle(text, other) for text, other in zip(self.edition.texts(), unnamed, strict=False)]
        languages = (title_language(text, name) for text, name in zip(self._texts, names, strict=False))
        return Titles(main, tuple(names), title_language(self.original, main), tuple(languages))

    def asking(self, press: Press) -> dict[str, str]:
        """The texts of what may ask for files: stylesheets and sources, by path."""
        sources = {path: each.file.read_text("utf-8", errors="replace") for path, each in self.documents.items()}
        return press.own_texts | sources if press.refusals else press.own_texts

    @cached_property
    def creators(self) -> tuple[str, ...]:
        """Those whom the citation names; where there is none, the authors and editors of the original's header."""
        return self.imprint.authors or creators(self.original)

    @property
    def publisher(self) -> str:
        stated = self.edition.original.header.publisher
        return stated.value if stated else ", ".join(self.creators)

    def heading(self, part: str = "", first_page: int = 1) -> Heading:
        printing = self.config.printing
        return Heading(self.titles.short, part, self.words, first_page, printing.line_numbers, printing.turn_numbers)


def _title(text: Text, otherwise: str) -> str:
    return text.header.title.value if text.header.title else otherwise


def _subtitle(text: Text, otherwise: str) -> str:
    return text.header.subtitle.value if text.header.subtitle else otherwise


def _front(copy: Copy, lines: Sequence[Line], blanks: int = 0) -> str:
    """Title, imprint, contents, statement. Without `lines` the contents have as many, and no pages."""
    shown, words = lines or _lines(copy, None, ({}, 1), ({}, 1)), copy.words
    imprint = replace(copy.imprint, authors=copy.creators)
    front = furniture.Front(copy.titles, copy.publisher, imprint, words, publisher_language(copy.original))
    about = statement(copy.original, copy.translation, copy.config.printing, words)
    body = (
        furniture.title_page(front, responsibilities(copy.original, words)),
        furniture.imprint_page(front, _rights(copy)),
        furniture.contents(shown, words),
        furniture.part("about", words.of("about"), about),
        '<section class="blank"></section>' * blanks,
    )
    return document_html("".join(body), copy.heading(), _meta(copy))


def _rights(copy: Copy) -> list[str]:
    """What the header says of rights, a paragraph each; where it names no licence, that of edition.toml."""
    stated, licence = rights(copy.original, copy.words), copy.imprint.licence
    if states_licence(copy.original) or not licence:
        return stated
    return [*stated, copy.words.html("licence", licence=escape(licence))]


def _meta(copy: Copy) -> str:
    """What the PDF says of itself; its dates are the edition's, so that it does not change by itself."""
    imprint = copy.imprint
    date = imprint.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    named = [("author", author) for author in copy.creators]
    named += [("generator", imprint.tool), ("dcterms.created", date), ("dcterms.modified", date)]
    metas = "".join(f'<meta name="{name}" content="{escape(content)}"/>' for name, content in named)
    return f"<title>{escape(copy.titles.main)}</title>{metas}"


def promise(copy: Copy, families: frozenset[str]) -> Promise:
    """What the PDF is to hold, and the families of the fonts it is set in."""
    apart = len(copy.layout) - 1 if copy.paired else None
    return Promise(copy.edition, copy.rows, _SIDES, described(copy), apart, copy.order, families)


def described(copy: Copy) -> Description:
    """What the PDF says of itself to libraries."""
    imprint, words = copy.imprint, copy.words
    says = {copy.config.original: words.of("file-original"), copy.config.translation: words.of("file-translation")}
    languages = [text.language for text in copy.edition.texts() if text.language]
    return Description(
        title=copy.titles.main,
        creators=copy.creators,
        publisher=copy.publisher,
        rights=" ".join(filter(None, (*map(letters, rights(copy.original, words)), imprint.licence))),
        languages=tuple(dict.fromkeys((words.language, *languages))),
        identifier=imprint.identifier or " ".join(filter(None, (copy.config.name, imprint.version))),
        date=imprint.date,
        tool=imprint.tool,
        sources=tuple(
            Source(path, document.file.read_bytes(), says.get(path, words.of("file-persons")))
            for path, document in copy.documents.items()
        ),
        faces=copy.facing,
    )


def _set_texts(press: Press, copy: Copy, first_page: int) -> Texts:
    if copy.paired:
        part = copy.titles.texts[-1] if copy.facing else " / ".join(copy.titles.texts)
        return set_texts(press, copy.rows, copy.layout, copy.heading(part, first_page))
    done: list[Texts] = []
    for rows, title in zip(copy.settings, copy.titles.texts, strict=True):
        page = first_page + sum(len(each.pages) for each in done)
        done.append(set_texts(press, rows, SINGLE, copy.heading(title, page)))
    return in_sequence(done)


def _back(copy: Copy, named: Mapping[str, Sequence[int]], press: Press) -> str:
    listed, words = copy.entries, copy.words
    parts = {
        "persons": persons_html(listed, copy.edition, words),
        "index": index_html(listed, named, words),
        "colophon": furniture.colophon(copy.imprint, press.name, ", ".join(families(press.faces)), words),
    }
    body = "".join(furniture.part(name, words.of(name), part) for name, part in parts.items())
    return document_html(body, copy.heading())


_Placed = tuple[Mapping[str, Place], int]  # anchors of a document and the number of its first page


def _lines(copy: Copy, texts: Texts | None, front: _Placed, back: _Placed) -> list[Line]:
    """The contents. Where nothing is placed yet, or a part is empty, its line has page 0."""
    named = texts.named if texts else {}
    lines = [_line("about", front, copy.words)]
    for (title, blocks), language in zip(copy.titled, copy.titles.languages, strict=False):
        lines.append(Line(title, blocks[0].id, _page(named, blocks[0].id), language=language))
        lines += (
            Line(block.title, block.id, _page(named, block.id), True, block.language or "")
            for block in blocks
            if block.title and block.level
        )
    lines += (_line(name, back, copy.words) for name in _AFTER)
    return [line for line in lines if line.page or texts is None]


def _bookmarks(copy: Copy) -> Iterator[Bookmark]:
    """As the contents, with every head of the texts."""
    yield from (Bookmark(copy.words.of(name), name) for name in ("contents", "about"))
    for title, blocks in copy.titled:
        yield Bookmark(title, blocks[0].id)
        yield from (Bookmark(block.title, block.id, 1 + block.level) for block in blocks if block.title)
    yield from (Bookmark(copy.words.of(name), name) for name in _AFTER)


def _page(named: Mapping[str, Sequence[int]], block: str) -> int:
    """The page on which a block begins, 0 where it stands on none."""
    return named[block][0] if block in named else 0


def _line(name: str, placed: _Placed, words: Words) -> Line:
    places, first_page = placed
    return Line(words.of(name), name, first_page + places[name].page if name in places else 0)


def _identifier(copy: Copy) -> bytes:
    """The first half of the PDF's ID: the same for the same edition and sources (ISO 32000-1, 14.4)."""
    imprint = copy.imprint
    said = "\n".join((imprint.title, imprint.version, imprint.identifier, *(digest for _, digest in imprint.digests)))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:32].encode("ascii")
