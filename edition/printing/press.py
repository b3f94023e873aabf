"""The press: WeasyPrint with our styles, our fonts and a closed door. The only module that knows its interface.

Nothing here reads the clock, the network or the fonts of the machine on purpose; what the machine puts in place of a
missing glyph is found afterwards.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic, Location
from edition.errors import ConfigError, EditionError
from edition.printing.archival import Description, attachments, describe
from edition.printing.fetcher import REFUSED, Refusals, closed_fetcher
from edition.printing.fonts import Face, faces, families, font_faces, quoted
from edition.printing.manuscript import given
from edition.printing.rules import GLYPH_MISSING, NOT_APPLIED
from edition.printing.spelling import Speller
from edition.printing.tagging import Leaf, Tagger

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

_PAGE_SIZE = re.compile(
    r"(\d+(\.\d+)?(mm|cm|in|pt))\s+(\d+(\.\d+)?(mm|cm|in|pt))"
    r"|(A[345]|B[45]|JIS-B[45]|letter|legal|ledger)(\s+(portrait|landscape))?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\d+(\.\d+)?(mm|cm|in|pt)")
_LOGGER = "weasyprint"


@dataclass
class Press:
    """Sets HTML in the styles of one edition. `press_for` makes it; it must live as long as its pages are used."""

    root: Path
    fonts: FontConfiguration
    families: set[str]
    fetcher: URLFetcher
    refusals: Refusals
    styles: tuple[CSS, ...]
    say: Callable[[str], None]
    margins: tuple[str, ...] = ()
    own_styles: tuple[CSS, ...] = ()
    faces: tuple[Face, ...] = ()
    own_texts: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def name(self) -> str:
        from weasyprint import VERSION

        return f"WeasyPrint {VERSION}"

    def set(self, html: str, *sheets: str) -> Document:
        """Lay out one document. `sheets` are names of our further styles or CSS itself, before the edition's own."""
        further = [self._sheet(sheet) for sheet in (*sheets, *self._margins(sheets))]
        with _quiet() as said, _growing():
            document = given(html, self.root.as_uri() + "/", self.fetcher).render(
                font_config=self.fonts, stylesheets=[*self.styles, *further, *self.own_styles]
            )
        self.refusals.hear(said)
        return document

    def _margins(self, sheets: Sequence[str]) -> Iterator[str]:
        """The margins of edition.toml. An original that is faced has left pages only, its translation right ones."""
        if not self.margins:
            return
        top, outer, bottom, inner = self.margins
        left, right = ":left", ":right"
        if "original" in sheets:
            left, right = ":left, :right", ""
        elif "translation" in sheets:
            left, right = "", ":left, :right"
        if left:
            yield f"@page {left} {{ margin: {top} {inner} {bottom} {outer} }}"
        if right:
            yield f"@page {right} {{ margin: {top} {outer} {bottom} {inner} }}"

    def _sheet(self, sheet: str) -> CSS:
        from weasyprint import CSS

        text = sheet if "{" in sheet else _style(sheet)
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


def press_for(config: Config, say: Callable[[str], None] = lambda _: None) -> Press:
    """The press for an edition; it tells `say` what it is at.

    Raises ConfigError for a page size that is none, a font or a stylesheet that is not there.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    page = config.printing.page.strip()
    if not _PAGE_SIZE.fullmatch(page):
        raise ConfigError(
            f"{config.place('print.page')}: print.page is {page!r}",
            advice='write width and height, as in page = "170mm 240mm", or a name such as "A4"',
        )
    margins = tuple(config.printing.margins.split())
    if margins and not (len(margins) == 4 and all(_LENGTH.fullmatch(margin) for margin in margins)):
        raise ConfigError(
            f"{config.place('print.margins')}: print.margins is {config.printing.margins!r}",
            advice='write top, outer, bottom and inner, as in margins = "21mm 26mm 20mm 20mm"',
        )
    found, brought = faces(config), set[str]()
    named = ", ".join(map(quoted, families(found)))

    class Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
        """Remembers the families that stylesheets bring, so that those of the machine can be told from them."""

        def add_font_face(self, descriptors: dict[str, Any], fetcher: URLFetcher) -> None:
            brought.add(str(descriptors.get("font_family")))
            super().add_font_face(descriptors, fetcher)

    refusals, fonts = Refusals(config.root), Fonts()
    fetcher = closed_fetcher(config.root, refusals)
    with _quiet():
        styles = tuple(
            CSS(string=text, font_config=fonts, url_fetcher=fetcher)
            for text in (
                font_faces(found, config),
                _style("book"),
                f"@page {{ size: {page}; font-family: {named} }} html {{ font-family: {named} }}",
            )
        )
    press = Press(config.root.resolve(), fonts, brought, fetcher, refusals, styles, say, margins)
    press.faces = found
    press.own_styles = tuple(_own_style(press, path) for path in config.printing.stylesheets)
    return press


def _style(name: str) -> str:
    return files(__package__).joinpath("styles", f"{name}.css").read_text(encoding="utf-8")


def _own_style(press: Press, path: str) -> CSS:
    """A stylesheet of the edition; what WeasyPrint does not understand in it becomes a finding at its line."""
    from weasyprint import CSS
    from weasyprint.urls import URLFetchingError

    file = press.root / path
    if not file.is_file():
        raise ConfigError(f"{CONFIG_NAME}: print.stylesheets names {path}, and there is no such file")
    if not file.resolve().is_relative_to(press.root):
        raise ConfigError(f"{CONFIG_NAME}: print.stylesheets names {path}, which lies outside the edition")
    try:
        text = press.own_texts[path] = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {error.strerror}") from error
    with _quiet() as said:
        try:
            sheet = CSS(string=text, base_url=file.as_uri(), font_config=press.fonts, url_fetcher=press.fetcher)
        except URLFetchingError:  # of a profile for colours; the fetcher has kept what it refused
            sheet = CSS(string="")
    for message in said:
        if REFUSED in message:  # told by the fetcher
            continue
        lost = re.fullmatch(r"Font-face '(.*)' cannot be loaded", message)
        if lost:
            press.findings.append(_unread(lost[1], path, text))
            continue
        found = re.search(r" at (\d+):(\d+)", message)
        place = Location(path, int(found[1]), int(found[2])) if found else Location(path)
        press.findings.append(NOT_APPLIED.finding(_plain(message), place, hint="correct it or take it out"))
    return sheet


def _unread(family: str, path: str, text: str) -> Diagnostic:
    """That a stylesheet brings a font that cannot be had, at its @font-face if it stands in the sheet itself."""
    found = re.search(rf"@font-face\s*\{{[^}}]*{re.escape(family)}", text)
    place = Location(path, text.count("\n", 0, found.start()) + 1) if found else Location(path)
    said = f"the font {family} cannot be read"
    return GLYPH_MISSING.finding(said, place, hint="name a TrueType, OpenType or WOFF file of the edition in its src")


def _plain(message: str) -> str:
    return re.sub(r" at \d+:\d+", "", message).rstrip(".")


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Keeps WeasyPrint's warnings off standard error, and gives them."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, keep = logging.getLogger(_LOGGER), Keep(logging.WARNING)
    before, handlers = logger.propagate, logger.handlers[:]
    logger.handlers, logger.propagate = [keep], False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = handlers, before


@contextmanager
def _growing() -> Iterator[None]:
    """Leaves garbage for later: of hundreds of pages all would be gone through again and again, and none is any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write(document: Document, said: Description, identifier: bytes, order: str) -> bytes:
    """The PDF of a document for archives and screen readers. The same document and words give the same bytes.

    `identifier` is the first half of its ID (ISO 32000-1, 14.4), `order` that in which original and translation are
    read, one of `structure.ORDERS`. The pages of the document are used up by it.
    """
    tagger = Tagger.of(document)

    def finish(_: Document, pdf: Any) -> None:
        tagger.write(pdf, order)
        describe(pdf, said)

    document.metadata.attachments = attachments(said)
    speller = Speller()
    document.pages = [Leaf(page, tagger, speller) for page in document.pages]
    with _quiet() as heard, _growing():
        pdf = bytes(document.write_pdf(pdf_variant="pdf/a-3b", pdf_identifier=identifier, finisher=finish))
    document.url_fetcher.hear(heard)  # of pictures within drawings, which are opened only now
    return pdf


def strange_characters(press: Press, document: Document) -> dict[str, set[str]]:
    """The characters of a document that are in no font of the edition; the document has been written.

    By the family of this machine that stood in for them, or the empty string where none did.
    """
    found: dict[str, set[str]] = {}
    for font in document.fonts.values():
        if font.family not in press.families:
            found.setdefault(font.family, set()).update(*font.to_unicode.values())
        if font.missing:
            found.setdefault("", set()).update(map(chr, font.missing))
    return found


def numbered(page: int) -> str:
    """Styles for a document whose first page has this number, even numbers on the left."""
    side = "left" if page % 2 == 0 else "right"
    return f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {page} }}"
