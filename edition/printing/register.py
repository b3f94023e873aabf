"""The lists at the end: persons with what they were, and the pages on which persons, places and others are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from edition.model import Edition
from edition.printing.filing import filed
from edition.printing.inline import in_language, language_of
from edition.printing.joining import NO_BREAK_SPACE, WORD_JOINER, name, ragged
from edition.printing.words import Words
from edition.tei.names import NAMESPACES, XML_ID, XML_LANG, is_element, tei
from edition.tei.parse import Document
from edition.tei.words import as_read

# By the word that heads them in the index.
_ENTRIES = {
    "persons": ("person", "personGrp"),
    "places": ("place",),
    "organisations": ("org",),
    "events": ("event",),
}
_NAMES = frozenset(tei(name) for name in ("persName", "placeName", "orgName", "eventName", "name", "label", "head"))
_SAYING = frozenset(tei(name) for name in ("occupation", "desc", "note", "p", "state", "trait", "residence"))

_LIFE = ("birth", "death")
_UNSURE = "°"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, place or other of the lists. `others` are names in the languages of the texts, by language.

    `filed` is the name as the index has it; both are in `language`, or that of the book where it is empty. `dates`
    and `says` are HTML, what is unsure with its sign, `unsure` if anything is.
    """

    key: str
    kind: str
    name: str
    filed: str
    others: tuple[tuple[str, str], ...]
    dates: str
    says: tuple[str, ...]
    unsure: bool
    language: str = ""


def entries(document: Document | None, languages: Sequence[str], words: Words) -> tuple[Entry, ...]:
    """What the list of persons holds, in its order, with its names in the `languages` of the texts."""
    if document is None or document.root is None:
        return ()
    kinds = {tei(tag): kind for kind, tags in _ENTRIES.items() for tag in tags}
    reader = _Reader(document.path, languages, words)
    return tuple(
        reader.entry(element, kinds[str(element.tag)])
        for element in document.root.iter(*kinds)
        if element.get(XML_ID)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the entries of a file for those who read some languages."""

    path: str
    languages: Sequence[str]
    words: Words

    def entry(self, element: etree._Element, kind: str) -> Entry:
        key = f"{self.path}#{element.get(XML_ID)}"
        named = [node for node in element if node.tag in _NAMES and as_read(node)]
        chosen = self._chosen(named)
        main = key if chosen is None else as_read(chosen)
        others = dict.fromkeys(
            (node.get(XML_LANG, ""), as_read(node))
            for node in named
            if as_read(node) != main and node.get("type") is None and _language(node) in self.languages
        )
        saying = [node for node in element if is_element(node) and node.tag in _SAYING and as_read(node)]
        lived = [found for tag in _LIFE if (found := element.find(f"tei:{tag}", NAMESPACES)) is not None]
        in_index = main if chosen is None or chosen.tag != tei("persName") else filed(chosen, named)
        return Entry(
            key,
            kind,
            main,
            in_index,
            tuple(others),
            self._dates(element),
            tuple(self._told(node) for node in saying),
            any(_is_unsure(node) for node in (*lived, *saying)),
            "" if chosen is None else language_of(chosen) or "",
        )

    def _chosen(self, named: Sequence[etree._Element]) -> etree._Element | None:
        """The name in the language of the book's own words, else in English, else the first."""
        for language in (self.words.language.split("-")[0], "en"):
            for node in named:
                if _language(node) == language:
                    return node
        return named[0] if named else None

    def _told(self, node: etree._Element, text: str = "") -> str:
        """What an element says, without its full stop. It has a sign if it is not sure (TEI P5, 22.2)."""
        sign = sign_html(self.words) if _is_unsure(node) else ""
        return in_language(escape((text or as_read(node)).rstrip(".")), language_of(node), self.words) + sign

    def _dates(self, element: etree._Element) -> str:
        """The dates of a life as they are written, else as their attributes have them."""
        dates = []
        for tag in _LIFE:
            found = element.find(f"tei:{tag}", NAMESPACES)
            text = "" if found is None else as_read(found) or found.get("when", "")
            dates.append(self._told(found, _days_held(text)) if found is not None and text else "")
        if all(dates):
            return f"{dates[0]} – {dates[1]}"
        said = ((name, date) for name, date in zip(("born", "died"), dates, strict=True) if date)
        return next((self.words.html(name, date=date) for name, date in said), "")


def _days_held(text: str) -> str:
    """Dates of which no line ends with the number of a day, or with a month whose year follows."""
    return re.sub(r"(?<=\b\d) (?=[^\W\d_])|(?<=\b\d\d) (?=[^\W\d_])|(?<=[^\W\d_]) (?=\d{4}\b)", NO_BREAK_SPACE, text)


def _language(node: etree._Element) -> str:
    return node.get(XML_LANG, "").split("-")[0]


def _is_unsure(node: etree._Element) -> bool:
    return node.get("cert") not in (None, "high")


def sign_html(words: Words) -> str:
    return f'<span data-spoken="{words.html("unverified")}">{_UNSURE}</span>'


def persons_html(listed: Sequence[Entry], edition: Edition, words: Words) -> str:
    """Those present, in the order of the record and speakers first where no list has them; then those named."""
    persons = {entry.key: entry for entry in listed if entry.kind == "persons"}
    present = [key for key in _present(edition) if key in persons]
    others = [key for key in persons if key not in present]
    if not persons:
        return ""
    headings = words.html("present"), words.html("mentioned")
    sections = tuple(zip(headings, (present, others), strict=True)) if present else (("", others),)
    unsure = any(entry.unsure for entry in persons.values())
    explained = f"<p>{words.html('sign-unverified', sign=sign_html(words))}</p>" if unsure else ""
    return explained + "".join(
        (f"<h3>{heading}</h3>" if heading else "") + _list((persons[key] for key in keys), words)
        for heading, keys in sections
        if keys
    )


def _present(edition: Edition) -> Iterator[str]:
    """The keys of those present, each once: who is declared present, then the attendee list, then other speakers."""
    text = edition.original
    listed = text.attendance.attendees if text.attendance else ()
    keys = [attendee.person for attendee in (*text.present, *listed)] + [
        who for turn in text.turns for who in turn.who
    ]
    return (key for key in dict.fromkeys(keys) if key is not None)


def _list(found: Iterator[Entry], words: Words) -> str:
    return f'<ul class="register">{"".join(f"<li>{_line(entry, words)}</li>" for entry in found)}</ul>'


def _line(entry: Entry, words: Words) -> str:
    others = ", ".join(f'<span lang="{escape(language)}">{_whole(other)}</span>' for language, other in entry.others)
    name_in_language = in_language(_whole(entry.name), entry.language, words)
    lead = f'<b class="name">{name_in_language}</b>' + (f" ({others})" if others else "")
    said = [entry.dates, *entry.says]
    return ragged(". ".join([lead, *filter(None, said)]) + ".")


def _whole(text: str) -> str:
    """A name as HTML, no short part of which is alone on a line."""
    return name(escape(text))


def index_html(listed: Sequence[Entry], pages: Mapping[str, Sequence[int]], words: Words) -> str:
    """Names in the order of the alphabet with the pages on which they stand."""
    sections = []
    for kind in _ENTRIES:
        named = sorted((entry for entry in listed if entry.kind == kind and pages.get(entry.key)), key=_place)
        lines = "".join(f"<li>{_indexed(entry, pages[entry.key], words)}</li>" for entry in named)
        if lines:
            sections.append(f'<h3>{words.html(kind)}</h3><ul class="index">{lines}</ul>')
    return "".join(sections)


def _indexed(entry: Entry, pages: Sequence[int], words: Words) -> str:
    return ragged(f"{in_language(_whole(entry.filed), entry.language, words)}, {_runs(pages)}")


def _place(entry: Entry) -> tuple[str, str]:
    return entry.filed.casefold(), entry.key


def _runs(pages: Sequence[int]) -> str:
    """Numbers of pages, those in a row as the first and the last: 8, 12–15."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{WORD_JOINER}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
