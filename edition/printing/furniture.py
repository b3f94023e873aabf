"""The pages around the texts: title, imprint, contents, the colophon at the end, in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from edition.printing.imprint import Imprint
from edition.printing.inline import in_language
from edition.printing.joining import address, dated, joined
from edition.printing.markup import language
from edition.printing.statement import Credit
from edition.printing.words import Words

_RUNNING_HEAD = 80  # characters


@dataclass(frozen=True, slots=True)
class Titles:
    """What the book is called, and each of its texts; in which languages, where that is known."""

    main: str
    texts: tuple[str, ...]
    language: str = ""
    languages: tuple[str, ...] = ()

    @property
    def parted(self) -> tuple[str, str]:
        """Title and subtitle: what stands before and after the first colon."""
        main, _, rest = self.main.partition(": ")
        return main, rest

    @property
    def short(self) -> str:
        """For running heads: the title as far as its first colon, cut at a word where it is still too long."""
        return shorten(self.parted[0], _RUNNING_HEAD, placeholder=" …")


@dataclass(frozen=True, slots=True)
class Front:
    """What the title page and its back are made of; the language of the publisher's name, if it is known."""

    titles: Titles
    publisher: str
    imprint: Imprint
    words: Words
    publisher_language: str = ""

    @property
    def published(self) -> str:
        """The publisher as HTML that states its language."""
        return in_language(escape(self.publisher), self.publisher_language, self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents: what it leads to, and the page that has it. `deeper` stands under the line before.

    `language` is that of its title; empty for that of the book's own words.
    """

    title: str
    anchor: str
    page: int
    deeper: bool = False
    language: str = ""


def title_page(front: Front, responsible: Sequence[Credit]) -> str:
    main, rest = front.titles.parted
    lang = language(front.titles.language)
    subtitle = f'<p class="subtitle"{lang}>{dated(escape(rest))}</p>' if rest else ""
    byline = "".join(map(_byline, responsible))
    foot = "<br/>".join(filter(None, (front.published, str(front.imprint.date.year))))
    return (
        f'<section class="title-page"><h1 class="main"{lang}>{dated(escape(main))}</h1>{subtitle}'
        f'{byline}<p class="publisher">{foot}</p></section>'
    )


def _byline(credit: Credit) -> str:
    what = f"<i>{credit.what}</i><br/>" if credit.what else ""
    return f'<p class="byline">{what}{credit.who}</p>'


def imprint_page(front: Front, rights: Sequence[str]) -> str:
    """The back of the title page: how to cite the edition, its rights, version and date."""
    imprint, words = front.imprint, front.words
    version, date = escape(imprint.version), escape(words.day(imprint.date))
    paragraphs = [
        f"<b>{words.html('cite')}</b> {citation(front)}",
        words.html("version", version=version, date=date) if version else "",
        *rights,
        words.html("identifier", identifier=_linked(imprint.identifier)) if imprint.identifier else "",
    ]
    body = "".join(f"<p>{text}</p>" for text in paragraphs if text)
    return f'<section class="imprint"><div class="inner">{body}</div></section>'


def _linked(identifier: str) -> str:
    """An address as a link, anything else as it is."""
    shown = escape(identifier)
    return f'<a href="{shown}">{address(shown)}</a>' if re.match(r"https?://\S+$", identifier) else joined(shown)


def citation(front: Front) -> str:
    """One sentence that names the edition: authors, title, version, publisher, year."""
    imprint, publisher = front.imprint, front.publisher
    authors, version = ", ".join(imprint.authors), escape(imprint.version)
    parts = [
        f"{escape(authors)}, " if authors else "",
        f"<i{language(front.titles.language)}>{escape(front.titles.main)}</i>",
    ]
    parts.append(f", {front.words.html('version-cited', version=version)}" if version else "")
    parts.append(f" ({front.published}, {imprint.date.year})" if publisher != authors else f" ({imprint.date.year})")
    return "".join(parts) + "."


def contents(lines: Sequence[Line], words: Words) -> str:
    entries = "".join(
        f'<li class="{"deeper" if line.deeper else "line"}"><a href="#{line.anchor}"{language(line.language)}'
        f' data-page="{line.page or ""}">{escape(line.title)}</a></li>'
        for line in lines
    )
    return part("contents", words.of("contents"), f'<ul class="contents">{entries}</ul>')


def part(anchor: str, title: str, body: str) -> str:
    """A section of the book with a title of its own, or nothing where it has no body."""
    shown = escape(title)
    return f'<section class="part" data-part="{shown}"><h2 id="{anchor}">{shown}</h2>{body}</section>' if body else ""


def colophon(imprint: Imprint, setter: str, fonts: str, words: Words) -> str:
    """How the book was made, and from what, so that anyone can make it again."""
    with_what = {"fonts": fonts, "setter": setter, "tool": imprint.tool, "date": words.day(imprint.date)}
    made = words.html("made", **{name: escape(value) for name, value in with_what.items()})
    digests = "".join(
        f"<dt>{address(escape(path))}</dt><dd>{escape(digest)}</dd>" for path, digest in imprint.digests
    )
    listed = f'<p>{words.html("digests")}</p><dl class="digests">{digests}</dl>' if digests else ""
    return f'<div class="small"><p>{made}</p>{listed}</div>'
