"""Every record is valid by its schema, and every schema refuses what its standard does."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from edition.provenance import crate, datacite, dublin_core, premis, prov
from edition.provenance.description import Description
from edition.provenance.history import History
from tests.provenance.standards import JUDGES
from tests.provenance.story import DESCRIPTIONS, HISTORY, SILENT

NAMESPACES = {
    "p": "http://www.loc.gov/premis/v3",
    "d": "http://datacite.org/schema/kernel-4",
    "dc": "http://purl.org/dc/elements/1.1/",
    "prov": "http://www.w3.org/ns/prov#",
}
PREMIS, DATACITE, DC, PROV = (f"{{{address}}}" for address in NAMESPACES.values())


def written(history: History) -> dict[str, bytes]:
    """All records of a history by their paths in the bag."""
    made = {each.PATH: each.record(history) for each in (premis, datacite, dublin_core)}
    return made | dict(prov.records(history)) | {f"data/{name}": data for name, data in crate.files(history)}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a schema was asked for over the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("history", [HISTORY, SILENT], ids=["all is said", "little is said"])
@pytest.mark.parametrize("path", JUDGES)
def test_a_record_is_valid(path: str, history: History) -> None:
    assert JUDGES[path](written(history)[path]) == []


@given(DESCRIPTIONS)
@settings(max_examples=40, deadline=None)
def test_whatever_is_said_the_records_are_valid(description: Description) -> None:
    made = written(replace(HISTORY, description=description))
    for path, judge in JUDGES.items():
        assert judge(made[path]) == [], path


# What no record may be

Change = Callable[[etree._Element], object]


def first(root: etree._Element, path: str) -> etree._Element:
    """The first element at a path; that there is one is part of the test."""
    found = root.find(path, NAMESPACES)
    assert found is not None, path
    return found


def without(path: str) -> Change:
    """Take an element away."""

    def change(root: etree._Element) -> None:
        gone = first(root, path)
        parent = gone.getparent()
        assert parent is not None
        parent.remove(gone)

    return change


def last(path: str) -> Change:
    """Put an element behind its siblings."""

    def change(root: etree._Element) -> None:
        moved = first(root, path)
        parent = moved.getparent()
        assert parent is not None
        parent.append(moved)

    return change


def twice(path: str) -> Change:
    """Put an element there again."""

    def change(root: etree._Element) -> None:
        said = first(root, path)
        said.addnext(etree.fromstring(etree.tostring(said, with_tail=False)))

    return change


def reading(path: str, text: str) -> Change:
    """Give an element another text."""

    def change(root: etree._Element) -> None:
        first(root, path).text = text

    return change


def stating(path: str, name: str, value: str | None) -> Change:
    """Give an attribute another value, or take it away."""

    def change(root: etree._Element) -> None:
        stated = first(root, path)
        stated.set(name, value) if value is not None else stated.attrib.pop(name)

    return change


def adding(path: str, tag: str, text: str = "x") -> Change:
    """Put a further element behind what an element holds."""

    def change(root: etree._Element) -> None:
        etree.SubElement(first(root, path), tag).text = text

    return change


XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
WRONG_XML: dict[str, dict[str, Change]] = {
    "metadata/premis.xml": {
        "an object after the events": last("p:object"),
        "no version": stating(".", "version", None),
        "another version": stating(".", "version", "2.2"),
        "an object of no type": stating("p:object", XSI_TYPE, None),
        "an object of a type that is none": stating("p:object", XSI_TYPE, "folder"),
        "an object without identifier": without("p:object[2]/p:objectIdentifier"),
        "an identifier without value": without("p:object/p:objectIdentifier/p:objectIdentifierValue"),
        "no characteristics of a file": without("p:object/p:objectCharacteristics"),
        "a size before the digest": last(".//p:objectCharacteristics/p:fixity"),
        "a size that is no number": reading(".//p:size", "large"),
        "no digest": without(".//p:messageDigest"),
        "no format": without(".//p:objectCharacteristics/p:format"),
        "an event without date": without("p:event/p:eventDateTime"),
        "an event whose date is none": reading("p:event/p:eventDateTime", "yesterday"),
        "two types of one event": twice("p:event/p:eventType"),
        "a detail after the outcome": last("p:event/p:eventDetailInformation"),
        "an agent without identifier": without("p:agent/p:agentIdentifier"),
        "a name that is empty": reading("p:agent/p:agentName", ""),
        "a word of nobody's": adding("p:agent", f"{PREMIS}agentAge"),
    },
    "metadata/datacite.xml": {
        "no identifier": without("d:identifier"),
        "an identifier of another type": stating("d:identifier", "identifierType", "ARK"),
        "no creators": without("d:creators"),
        "nobody among the creators": without("d:creators/d:creator/d:creatorName"),
        "a name in two kinds": stating(".//d:creatorName", "nameType", "Both"),
        "a title that is empty": reading("d:titles/d:title", " "),
        "no publisher": without("d:publisher"),
        "two publishers": twice("d:publisher"),
        "a year that is none": reading("d:publicationYear", "MCML"),
        "no general type": stating("d:resourceType", "resourceTypeGeneral", None),
        "a general type that is none": stating("d:resourceType", "resourceTypeGeneral", "Edition"),
        "a role that is none": stating("d:contributors/d:contributor", "contributorType", "Printer"),
        "a date of no type": stating("d:dates/d:date", "dateType", None),
        "a date that is none": reading("d:dates/d:date", "22 January 1950"),
        "a relation that is none": stating(".//d:relatedIdentifier", "relationType", "IsLike"),
        "a latitude beyond the pole": reading(".//d:pointLatitude", "91"),
        "a point of one number": without(".//d:pointLongitude"),
        "a place after its point": last(".//d:geoLocationPlace"),
        "no type of a related item": stating(".//d:relatedItem", "relatedItemType", None),
        "a description of no type": stating(".//d:description", "descriptionType", None),
        "a list that is empty": adding(".", f"{DATACITE}fundingReferences", ""),
    },
    "metadata/dc.xml": {
        "an element of nobody's": adding(".", f"{DC}translator"),
        "a title that is empty": reading("dc:title", ""),
        "an element in an element": adding("dc:title", f"{DC}title"),
    },
    "metadata/prov.xml": {
        "a use without activity": without("prov:used/prov:activity"),
        "an activity after the entity": last("prov:used/prov:activity"),
        "a generation without entity": without("prov:wasGeneratedBy/prov:entity"),
        "a derivation of nothing": without("prov:wasDerivedFrom/prov:usedEntity"),
        "a reference to nothing": stating("prov:used/prov:entity", f"{PROV}ref", None),
        "a reference that is no name": stating("prov:used/prov:entity", f"{PROV}ref", "data/a b.xml"),
        "an attribution to nobody": without("prov:wasAttributedTo/prov:agent"),
        "an activity without name's form": stating("prov:activity", f"{PROV}id", "the step"),
        "a relation of nobody's": adding(".", f"{PROV}wasLikedBy"),
        "a time that is none": adding("prov:activity", f"{PROV}startTime", "soon"),
    },
}


@pytest.mark.parametrize(("path", "what"), [(path, what) for path, changes in WRONG_XML.items() for what in changes])
def test_a_schema_refuses(path: str, what: str) -> None:
    root = etree.fromstring(written(HISTORY)[path])
    WRONG_XML[path][what](root)
    assert JUDGES[path](etree.tostring(root)) != []


Said = dict[str, Any]


def drop(said: Said, key: str) -> None:
    del said[key]


def put(said: Said, key: str, value: object) -> None:
    said[key] = value


def relation(said: Said, kind: str) -> Said:
    found: Said = next(iter(said[kind].values()))
    return found


def entity(said: Said, name: str) -> Said:
    found: Said = next(each for each in said["@graph"] if name in (each["@id"], each["@type"]))
    return found


WRONG_PROV: dict[str, Callable[[Said], None]] = {
    "an association with nothing": lambda said: drop(relation(said, "wasAssociatedWith"), "prov:activity"),
    "a generation without entity": lambda said: drop(relation(said, "wasGeneratedBy"), "prov:entity"),
    "a derivation of nothing": lambda said: drop(relation(said, "wasDerivedFrom"), "prov:usedEntity"),
    "an attribution to nobody": lambda said: drop(relation(said, "wasAttributedTo"), "prov:agent"),
    "a kind of record that is none": lambda said: put(said, "wasLikedBy", {}),
    "entities in a list": lambda said: put(said, "entity", []),
    "a prefix that is no address": lambda said: put(said["prefix"], "x", 3),
    "a value without what it is": lambda said: put(relation(said, "entity"), "edition:size", {"type": "xsd:long"}),
}
WRONG_CRATE: dict[str, Callable[[Said], None]] = {
    "no context": lambda said: drop(said, "@context"),
    "the context of another version": lambda said: put(said, "@context", "https://w3id.org/ro/crate/1.1/context"),
    "no descriptor": lambda said: said["@graph"].remove(entity(said, crate.METADATA)),
    "a descriptor of another version": lambda said: put(
        entity(said, crate.METADATA), "conformsTo", {"@id": "https://w3id.org/ro/crate/1.1"}
    ),
    "a descriptor about something else": lambda said: put(entity(said, crate.METADATA), "about", {"@id": "x"}),
    "no root": lambda said: said["@graph"].remove(entity(said, "./")),
    "a root without name": lambda said: drop(entity(said, "./"), "name"),
    "a root without description": lambda said: drop(entity(said, "./"), "description"),
    "a root without licence": lambda said: drop(entity(said, "./"), "license"),
    "a root without date": lambda said: drop(entity(said, "./"), "datePublished"),
    "a date that is none": lambda said: put(entity(said, "./"), "datePublished", "last year"),
    "an author who is no entity": lambda said: put(entity(said, "./"), "author", "Ann"),
    "an entity without type": lambda said: drop(entity(said, "Person"), "@type"),
    "an entity without identifier": lambda said: drop(entity(said, "Person"), "@id"),
    "an entity of a type of nobody's": lambda said: put(entity(said, "Person"), "@type", "Editor"),
    "an entity in an entity": lambda said: put(
        entity(said, "./"), "publisher", {"@type": "Organization", "@id": "#a", "name": "The Press"}
    ),
    "a value that is empty": lambda said: put(entity(said, "Person"), "name", ""),
    "a list of one": lambda said: put(entity(said, "./"), "inLanguage", ["ru"]),
    "a file that leads out": lambda said: put(entity(said, "File"), "@id", "../secret.txt"),
    "a file at an absolute path": lambda said: put(entity(said, "File"), "@id", "/etc/passwd"),
    "a file whose name is not encoded": lambda said: put(entity(said, "File"), "@id", "source/a b.xml"),
    "a size that is no number": lambda said: put(entity(said, "File"), "contentSize", "1 kB"),
    "a point of one number": lambda said: drop(entity(said, "GeoCoordinates"), "longitude"),
}


@pytest.mark.parametrize("what", WRONG_PROV)
def test_the_schema_of_prov_json_refuses(what: str) -> None:
    refuses("metadata/prov.json", WRONG_PROV[what])


@pytest.mark.parametrize("what", WRONG_CRATE)
def test_the_schema_of_crates_refuses(what: str) -> None:
    refuses("data/ro-crate-metadata.json", WRONG_CRATE[what])


def refuses(path: str, change: Callable[[Said], None]) -> None:
    said = json.loads(written(HISTORY)[path])
    change(said)
    assert JUDGES[path](json.dumps(said).encode()) != []
