"""The lists at the end: persons with what they were, and the pages on which persons, places and others are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from edition.model import Edition
from edition.printing.filing import filed
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

_UNSURE = '<span data-spoken="not verified">°</span>'


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, place or other of the lists. `others` are names in the languages of the texts, by language.

    `filed` is the name as the index has it. `dates` and `says` are HTML, what is unsure with its sign.
    """

    key: str
    kind: str
    name: str
    filed: str
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
    named = [node for node in element if node.tag in _NAMES and as_read(node)]
    chosen = next((node for node in named if node.get(XML_LANG, "").startswith("en")), named[0] if named else None)
    main = key if chosen is None else as_read(chosen)
    others = dict.fromkeys(
        (node.get(XML_LANG, ""), as_read(node))
        for node in named
        if as_read(node) != main and node.get("type") is None and node.get(XML_LANG, "").split("-")[0] in languages
    )
    says = tuple(_told(node) for node in element if is_element(node) and node.tag in _SAYING and as_read(node))
    in_index = main if chosen is None or chosen.tag != tei("persName") else filed(chosen, named)
    return Entry(key, kind, main, in_index, tuple(others), _dates(element), says)


def _told(node: etree._Element, text: str = "") -> str:
    """What an element says, without its full stop. It has a sign if it is not sure (TEI P5, 22.2)."""
    sign = "" if node.get("cert") in (None, "high") else _UNSURE
    return escape((text or as_read(node)).rstrip(".")) + sign


def _dates(element: etree._Element) -> str:
    """The dates of a life as they are written, else as their attributes have them."""
    dates = []
    for tag in ("birth", "death"):
        found = element.find(f"tei:{tag}", NAMESPACES)
        text = "" if found is None else as_read(found) or found.get("when", "")
        dates.append(_told(found, text) if found is not None and text else "")
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
    unsure = any(_UNSURE in told for entry in persons.values() for told in (entry.dates, *entry.says))
    explained = f"<p>The sign {_UNSURE} follows what was not verified for this edition.</p>" if unsure else ""
    return explained + "".join(
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
    return ". ".join([lead, *filter(None, said)]) + "."


def index_html(listed: Sequence[Entry], pages: Mapping[str, Sequence[int]], facing: bool) -> str:
    """Names in the order of the alphabet with the pages on which they stand; of facing pages, the left ones."""
    sections = []
    for kind in _ENTRIES:
        named = sorted((entry for entry in listed if entry.kind == kind and pages.get(entry.key)), key=_place)
        lines = "".join(f"<li>{escape(entry.filed)}, {_runs(pages[entry.key])}</li>" for entry in named)
        if lines:
            sections.append(f'<h3>{kind}</h3><ul class="index">{lines}</ul>')
    said = "Numbers are those of left-hand pages and stand for the spread." if facing and sections else ""
    return (f"<p>{said}</p>" if said else "") + "".join(sections)


def _place(entry: Entry) -> tuple[str, str]:
    return entry.filed.casefold(), entry.key


def _runs(pages: Sequence[int]) -> str:
    return ", ".join(str(page) for page in sorted(set(pages)))
