"""Who was present: lists of attendees, lists of persons, casts, and what the header declares.

A list is one of attendees by its `type` or that of its division, which may hold paragraphs instead; a cast always is,
if its roles can be pointed at or point at somebody (TEI P5, 7.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from lxml import etree

from edition.model import Attendance, Attendee, Turn
from edition.tei.keys import Keys
from edition.tei.names import NAMESPACES, XML_ID, XML_LANG, is_element, local, tei
from edition.tei.parse import Document
from edition.tei.words import as_read, running_text, stands_in

ATTENDEE_LISTS = frozenset(("attendees", "participants", "attendance", "present"))
_NAMES = frozenset(tei(name) for name in ("persName", "name", "rs"))
_ROLE = frozenset((tei("role"),))
_BESIDE = frozenset((tei("actor"), tei("roleDesc")))
_AND = frozenset(("and", "und", "en", "og", "et", "e", "y", "i", "и", "і", "та", "й", "και", "ve", "和", "与"))
PERSONS = (tei("person"), tei("personGrp"))
LISTS = frozenset((tei("list"), tei("listPerson"), tei("castList")))
_PROSE = frozenset((tei("p"), tei("ab")))
_DIVISION = frozenset((tei("div"),))
_ENTRIES = frozenset((tei("item"), *PERSONS, tei("castItem"), *_PROSE))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Known:
    """The persons that a file knows: their keys, and what it calls each of them, as words in lower case.

    In a file that points at nobody they are what speakers are called, and that is their key as well.
    """

    persons: frozenset[str]
    names: Mapping[tuple[str, ...], frozenset[str]]

    @classmethod
    def of(cls, turns: Iterable[Turn], listed: Mapping[str, str]) -> Known:
        """Those who speak in these turns, and those who are listed: key to name."""
        labelled = {(turn.plain_label, turn.who) for turn in turns}
        pointed = frozenset(key for _, who in labelled for key in who)
        if pointed:
            called = [(label, who[0]) for label, who in labelled if len(who) == 1]
        else:
            called = [(label, label.casefold()) for label, _ in labelled]
        names: dict[tuple[str, ...], set[str]] = {}
        for name, key in (*called, *((name, key) for key, name in listed.items() if pointed)):
            names.setdefault(_words(name), set()).add(key)
        names.pop((), None)
        return cls(pointed.union(listed), {words: frozenset(keys) for words, keys in names.items()})

    def called(self, label: str) -> str | None:
        """The key of the one person whose name stands in a label; of Mao and Mao Anying the longer name is meant."""
        words, longest = _words(label), max(map(len, self.names), default=0)
        for length in range(min(longest, len(words)), 0, -1):
            parts = (words[at : at + length] for at in range(len(words) - length + 1))
            if found := {key for part in parts for key in self.names.get(part, ())}:
                return found.pop() if len(found) == 1 else None
        return None


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.casefold().replace("ё", "е")))


def attendance(texts: Iterable[etree._Element], keys: Keys, known: Known) -> Attendance | None:
    """All attendee lists of a file as one: there may be one for each side, or for each session."""
    lists = [each for text in texts for each in _listings(text)]
    if not lists:
        return None
    first, _ = lists[0]
    entries = (
        replace(each, part=part)
        for part, (_, children) in enumerate(lists)
        for each in _entries(children, keys, known)
    )
    return Attendance(_by_name(tuple(entries), known), keys.location(first), local(first))


Listing = tuple[etree._Element, Iterable[etree._Element]]  # where a list stands, and what it holds


def _listings(body: etree._Element) -> list[Listing]:
    return list(_lists(body)) or list(_prose(body))


def named_in_paragraphs(body: etree._Element) -> frozenset[etree._Element]:
    """The paragraphs that are read as entries of a list of attendees."""
    return frozenset(entry for _, entries in _listings(body) for entry in entries if entry.tag in _PROSE)


def _lists(body: etree._Element) -> Iterator[Listing]:
    """The lists of attendees, without those that stand in another."""
    taken: set[etree._Element] = set()
    for found in running_text(body, LISTS):
        if is_of_attendees(found) and taken.isdisjoint(found.iterancestors(*LISTS)):
            taken.add(found)
            yield found, found


def _prose(body: etree._Element) -> Iterator[Listing]:
    """The paragraphs of each division of attendees."""
    for division in running_text(body, _DIVISION):
        paragraphs = [each for each in division if each.tag in _PROSE]
        if paragraphs and _is_typed(division):
            yield paragraphs[0], paragraphs


def _by_name(entries: tuple[Attendee, ...], known: Known) -> tuple[Attendee, ...]:
    """The entries, with those that point at nobody given to whom they name, if that can be told of all of them."""
    free = {entry.label for entry in entries if entry.person is None}
    named = {label: known.called(label) for label in free}
    if not all(named.values()) or len(set(named.values())) < len(free):
        return entries
    return tuple(replace(entry, person=entry.person or named[entry.label]) for entry in entries)


def is_of_attendees(found: etree._Element) -> bool:
    """Whether a list is one of attendees, or a cast."""
    if found.tag == tei("castList"):
        items = list(found.iter(tei("castItem")))
        return not items or any(_role_key(item) is not None or _part_points(item) for item in items)
    division = next(found.iterancestors(*_DIVISION), None)
    return _is_typed(found) or (division is not None and _is_typed(division))


def _is_typed(element: etree._Element) -> bool:
    return element.get("type", "").casefold() in ATTENDEE_LISTS


def _role_key(item: etree._Element) -> etree._Element | None:
    """The element of an entry of a cast that says who it is: by a pointer, or by being pointed at."""
    for element in (*item.iter(tei("role")), item):
        if any(element.get(name) for name in ("sameAs", "corresp", "ref", XML_ID)):
            return element
    return None


def _entries(found: Iterable[etree._Element], keys: Keys, known: Known) -> Iterator[Attendee]:
    """Those of the list and of lists within it; of lists within its entries where these are headings of them."""
    for child in found:
        if child.tag == tei("castItem"):
            yield from _cast(child, keys, known)
        elif child.tag in PERSONS:
            yield _person(child, keys, known.persons)
        elif child.tag in _ENTRIES:
            yield from _named(child, keys, known)
        elif child.tag in (tei("castGroup"), tei("listPerson")):
            yield from _entries(child, keys, known)


def _named(item: etree._Element, keys: Keys, known: Known) -> Iterator[Attendee]:
    """Mostly one; an entry that names several persons by pointers is as many attendees, a heading is none."""
    named = _by_pointers(running_text(item, _NAMES), keys, known)
    yield from named
    inner = [] if named else [each for each in item if each.tag in LISTS]
    if inner and not any(each.tag in _NAMES for each in item):
        for each in inner:
            yield from _entries(each, keys, known)
    elif not named:
        stands_for = (*keys.pointed(item, "sameAs", "corresp", "ref"), keys.of(item))
        person = next((key for key in stands_for if key in known.persons), None)
        label = as_read(item)
        if person or not label.endswith((":", "：")):
            yield Attendee(person, label, keys.location(item))


def _by_pointers(names: Iterable[etree._Element], keys: Keys, known: Known) -> list[Attendee]:
    named = [(name, key) for name in names for key in _pointed(name, keys, known.persons)]
    return [Attendee(key, as_read(name), keys.location(name)) for name, key in named]


def _pointed(name: etree._Element, keys: Keys, persons: Collection[str]) -> Sequence[str]:
    """Whom a name points at; a `key` is an id of the file where that is a person's (TEI P5, att.canonical)."""
    key = name.get("key", "").strip()
    own = f"{keys.path}#{key.removeprefix('#')}"
    return keys.pointed(name, "ref") or ((own if own in persons else f"key:{key}",) if key else ())


def _cast(item: etree._Element, keys: Keys, known: Known) -> Iterator[Attendee]:
    """A part by the pointer or the id of its role or entry, else by the names that say whose part it is."""
    element = _role_key(item)
    role = next(item.iter(tei("role")), item)
    if element is not None:
        yield Attendee(_stands_for(element, keys), as_read(role), keys.location(item))
    else:
        named = _by_pointers(_part_points(item), keys, known)
        yield from named or [Attendee(None, as_read(role), keys.location(item))]


def _part_points(item: etree._Element) -> list[etree._Element]:
    """The names in an entry of a cast that point at whose part it is.

    Those in its roles; if it has none the first, and what "and" joins to it. A description may name others, "friend
    of Caesar", and who plays the part is somebody else.
    """
    named = [name for name in running_text(item, _NAMES) if name.get("ref") or name.get("key")]
    if next(item.iter(tei("role")), None) is not None:
        return [name for name in named if stands_in(name, _ROLE)]
    named = [name for name in named if not stands_in(name, _BESIDE)]
    joined = takewhile(lambda both: _and_joins(*both), pairwise(named))
    return [*named[:1], *(following for _, following in joined)]


def _and_joins(name: etree._Element, following: etree._Element) -> bool:
    return name.getnext() is following and _AND.issuperset(_words(name.tail or ""))


def _person(person: etree._Element, keys: Keys, persons: Collection[str]) -> Attendee:
    """By what it stands for, else by whom its first name that points means; one without either is known by name."""
    key = _stands_for(person, keys)
    if key is None:
        names = running_text(person, _NAMES)
        key = next((whom for name in names for whom in _pointed(name, keys, persons)), None)
    return Attendee(key, name_of(person) or as_read(person), keys.location(person))


def _stands_for(element: etree._Element, keys: Keys) -> str | None:
    """The key of what an entry stands for; its own where it stands for nothing else, if it has an id."""
    pointed = keys.pointed(element, "sameAs", "corresp", "ref")
    return pointed[0] if pointed else keys.of(element) if element.get(XML_ID) else None


def present(root: etree._Element, keys: Keys, persons: Collection[str]) -> Iterator[Attendee]:
    """Those whom the header's particDesc lists (TEI P5, 16.2.2); `persons` are the keys that the file knows.

    Where it has no person, whom the names in its words or items point at.
    """
    declared = list(root.iterfind("tei:teiHeader//tei:particDesc//*", NAMESPACES))
    listed = [element for element in declared if element.tag in PERSONS]
    for element in listed:
        yield _person(element, keys, persons)
    for element in () if listed else declared:
        if element.tag in _NAMES:
            pointed = _pointed(element, keys, persons)
            yield from (Attendee(key, as_read(element), keys.location(element)) for key in pointed)


def persons_of(document: Document) -> dict[str, str]:
    """The persons that a file lists, and the parts of a cast: key to name. Empty for one that could not be parsed."""
    if document.root is None:
        return {}
    listed = [(element.get(XML_ID), name_of(element)) for element in document.root.iter(*PERSONS)]
    return {f"{document.path}#{name}": called for name, called in (*_roles(document.root), *listed) if name}


def _roles(root: etree._Element) -> Iterator[tuple[str | None, str]]:
    """The id and the name of each part in a cast, where the entry or its role has an id."""
    for item in root.iter(tei("castItem")):
        element = _role_key(item)
        if element is not None:
            yield element.get(XML_ID), as_read(next(item.iter(tei("role")), item))


def name_of(person: etree._Element) -> str:
    """What messages call a person: the English name if there is one, else the first."""
    names = [child for child in person if is_element(child) and child.tag in _NAMES]
    return as_read(min(names, key=_not_english)) if names else ""


def _not_english(name: etree._Element) -> bool:
    return not name.get(XML_LANG, "").startswith("en")
