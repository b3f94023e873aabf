"""Who was present: lists of attendees, lists of persons, casts, and what the header declares.

A list is one of attendees by its `type` or that of its division; a cast always is, if its roles can be pointed at
(TEI P5, 7.1.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from edition.model import Attendance, Attendee
from edition.tei.keys import Keys
from edition.tei.names import NAMESPACES, XML_ID, XML_LANG, is_element, tei
from edition.tei.parse import Document
from edition.tei.words import as_read, running_text

ATTENDEE_LISTS = frozenset(("attendees", "participants", "attendance", "present"))
_NAMES = frozenset(tei(name) for name in ("persName", "name", "rs"))
PERSONS = (tei("person"), tei("personGrp"))
LISTS = frozenset((tei("list"), tei("listPerson"), tei("castList")))
_ENTRIES = (tei("item"), *PERSONS, tei("castItem"))


def attendance(body: etree._Element, keys: Keys) -> Attendance | None:
    """The first attendee list of a text."""
    for found in running_text(body, LISTS):
        if _is_of_attendees(found):
            return Attendance(tuple(_entries(found, keys)), keys.location(found), etree.QName(found).localname)
    return None


def _is_of_attendees(found: etree._Element) -> bool:
    parent = found.getparent()
    if found.tag == tei("castList"):
        roles = [_role_key(item) is not None for item in found.iter(tei("castItem"))]
        return any(roles) or not roles
    return found.get("type") in ATTENDEE_LISTS or (parent is not None and parent.get("type") in ATTENDEE_LISTS)


def _role_key(item: etree._Element) -> etree._Element | None:
    """The element of an entry of a cast that says who it is: by a pointer, or by being pointed at."""
    for element in (*item.iter(tei("role")), item):
        if any(element.get(name) for name in ("sameAs", "corresp", "ref", XML_ID)):
            return element
    return None


def _entries(found: etree._Element, keys: Keys) -> Iterator[Attendee]:
    """Those of the list and of lists within it, but not of lists within its entries."""
    for child in found:
        if child.tag == tei("castItem"):
            yield _role(child, keys)
        elif child.tag in PERSONS:
            yield _person(child, keys)
        elif child.tag in _ENTRIES:
            yield from _named(child, keys)
        elif child.tag in (tei("castGroup"), tei("listPerson")):
            yield from _entries(child, keys)


def _named(item: etree._Element, keys: Keys) -> Iterator[Attendee]:
    """Mostly one; an entry that names several persons by pointers is as many attendees."""
    named = [(name, key) for name in running_text(item, _NAMES) for key in keys.pointed(name, "ref")]
    for name, key in named:
        yield Attendee(key, as_read(name), keys.location(name))
    if not named:
        yield Attendee(None, as_read(item), keys.location(item))


def _role(item: etree._Element, keys: Keys) -> Attendee:
    element = _role_key(item)
    role = next(item.iter(tei("role")), item)
    if element is None:
        return Attendee(None, as_read(role), keys.location(item))
    return Attendee(_stands_for(element, keys), as_read(role), keys.location(item))


def _person(person: etree._Element, keys: Keys) -> Attendee:
    pointing = [key for name in person.iter(*_NAMES) for key in keys.pointed(name, "ref")]
    known = any(person.get(name) for name in ("sameAs", "corresp", XML_ID))
    key = _stands_for(person, keys) if known or not pointing else pointing[0]
    return Attendee(key, name_of(person) or as_read(person), keys.location(person))


def _stands_for(element: etree._Element, keys: Keys) -> str:
    """The key of what an entry stands for; its own where it stands for nothing else."""
    pointed = keys.pointed(element, "sameAs", "corresp", "ref")
    return pointed[0] if pointed else keys.of(element)


def present(root: etree._Element, keys: Keys) -> Iterator[Attendee]:
    """The persons that the header's particDesc lists (TEI P5, 16.2.2), by the key of what they stand for."""
    for element in root.iterfind("tei:teiHeader//tei:particDesc//*", NAMESPACES):
        if element.tag in PERSONS:
            yield Attendee(_stands_for(element, keys), name_of(element), keys.location(element))


def persons_of(document: Document) -> dict[str, str]:
    """The persons that a file lists: key to name. Empty for one that could not be parsed."""
    if document.root is None:
        return {}
    listed = [(element.get(XML_ID), name_of(element)) for element in document.root.iter(*PERSONS)]
    return {f"{document.path}#{name}": called for name, called in listed if name}


def name_of(person: etree._Element) -> str:
    """What messages call a person: the English name if there is one, else the first."""
    names = [child for child in person if is_element(child) and child.tag in _NAMES]
    return as_read(min(names, key=_not_english)) if names else ""


def _not_english(name: etree._Element) -> bool:
    return not name.get(XML_LANG, "").startswith("en")
