"""The lists at the end: persons with what they were, and the pages on which persons, places and others are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from edition.model import Edition
from edition.tei.names import NAMESPACES, XML_ID, XML_LANG, is_element, tei
from edition.tei.parse import Document
from edition.tei.words import as_read

_ENTRIES = {
    "Persons": ("person", "personGrp"),
    "Places": ("place",),
    "Organisations": ("org",),
    "Events": ("event",),
}
_NAMES = frozenset(tei(name) for name in ("persName", "placeName", "orgName", "eventName", "name", "label", "head"))
_SAYING = frozenset(tei(name) for name in ("occupation", "desc", "note", "p", "state", "trait", "residence"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, place or other of the lists. `others` are names in the languages of the texts, by language."""

    key: str
    kind: str
    name: str
    others: tuple[tuple[str, str], ...]
    dates: str
    says: tuple[str, ...]


def entries(document: Document | None, languages: Sequence[str]) -> tuple[Entry, ...]:
    """What the list of persons holds, in its order, with its names in the `languages` of the texts."""
    if document is None or document.root is None:
        return ()
    kinds = {tei(tag): kind for kind, tags in _ENTRIES.items() for tag in tags}
    return tuple(
        _entry(element, f"{document.path}#{element.get(XML_ID)}", kinds[str(element.tag)], languages)
        for element in document.root.iter(*kinds)
        if element.get(XML_ID)
    )


def _entry(element: etree._Element, key: str, kind: str, languages: Sequence[str]) -> Entry:
    names = [(node.get(XML_LANG, ""), as_read(node), node.get("type")) for node in element if node.tag in _NAMES]
    names = [(language, name, variant) for language, name, variant in names if name]
    main = next((name for language, name, _ in names if language.startswith("en")), names[0][1] if names else key)
    others = dict.fromkeys(
        (language, name)
        for language, name, variant in names
        if name != main and variant is None and any(language.split("-")[0] == text for text in languages)
    )
    says = tuple(
        as_read(node) for node in element if is_element(node) and node.tag in _SAYING and node.tag not in _NAMES
    )
    return Entry(key, kind, main, tuple(others), _dates(element), tuple(filter(None, says)))


def _dates(element: etree._Element) -> str:
    """The dates of a life as they are written, else as their attributes have them."""
    dates = []
    for tag in ("birth", "death"):
        found = element.find(f"tei:{tag}", NAMESPACES)
        text = "" if found is None else as_read(found) or found.get("when", "")
        dates.append(text)
    if all(dates):
        return f"{dates[0]} – {dates[1]}"
    return f"born {dates[0]}" if dates[0] else f"died {dates[1]}" if dates[1] else ""


def persons_html(listed: Sequence[Entry], edition: Edition) -> str:
    """Those present, in the order of the record and speakers first where no list has them; then those named."""
    persons = {entry.key: entry for entry in listed if entry.kind == "Persons"}
    present = [key for key in _present(edition) if key in persons]
    others = [key for key in persons if key not in present]
    if not persons:
        return ""
    sections = (("Present", present), ("Mentioned", others)) if present else (("", others),)
    return "".join(
        (f"<h3>{heading}</h3>" if heading else "") + _list(persons[key] for key in keys)
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


def _list(found: Iterator[Entry]) -> str:
    return f'<ul class="register">{"".join(f"<li>{_line(entry)}</li>" for entry in found)}</ul>'


def _line(entry: Entry) -> str:
    others = ", ".join(f'<span lang="{escape(language)}">{escape(name)}</span>' for language, name in entry.others)
    lead = f'<b class="name">{escape(entry.name)}</b>' + (f" ({others})" if others else "")
    said = [entry.dates, *entry.says]
    return ". ".join([lead, *(escape(text.rstrip(".")) for text in said if text)]) + "."


def index_html(listed: Sequence[Entry], pages: Mapping[str, Sequence[int]], facing: bool) -> str:
    """Names in the order of the alphabet with the pages on which they stand; of facing pages, the left ones."""
    sections = []
    for kind in _ENTRIES:
        named = sorted((entry for entry in listed if entry.kind == kind and pages.get(entry.key)), key=_filed)
        lines = "".join(f"<li>{escape(entry.name)}, {_runs(pages[entry.key])}</li>" for entry in named)
        if lines:
            sections.append(f'<h3>{kind}</h3><ul class="index">{lines}</ul>')
    said = "Numbers are those of left-hand pages and stand for the spread." if facing and sections else ""
    return (f"<p>{said}</p>" if said else "") + "".join(sections)


def _filed(entry: Entry) -> tuple[str, str]:
    return entry.name.casefold(), entry.key


def _runs(pages: Sequence[int]) -> str:
    return ", ".join(str(page) for page in sorted(set(pages)))
