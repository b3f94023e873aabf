"""The description of an edition as DataCite XML (DataCite Metadata Schema 4.7, of 31 March 2026).

A record may be written before its DOI is given: the value then is `(:tba)`, which the schema has for this, as it has
`(:unkn)` for what nobody says of a mandatory property (appendix 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from edition.provenance.citation import Author, Reference
from edition.provenance.description import Contributor, Description
from edition.provenance.history import History
from edition.provenance.media_types import media_type
from edition.provenance.xml_form import XSI, add, drop_empty, serialised

PATH = "metadata/datacite.xml"

_NAMESPACE = "http://datacite.org/schema/kernel-4"
_SCHEMA = "https://schema.datacite.org/meta/kernel-4.7/metadata.xsd"
_TO_BE_GIVEN, _UNKNOWN = "(:tba)", "(:unkn)"
_TYPE = "scholarly edition"


def record(history: History) -> bytes:
    """The record of the whole edition, its files among them as sizes and formats."""
    said = history.description
    root = ET.Element(
        "resource",
        {"xmlns": _NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{_NAMESPACE} {_SCHEMA}"},
    )
    add(root, "identifier", said.doi or _TO_BE_GIVEN, {"identifierType": "DOI"})
    _add_creators(add(root, "creators"), said)
    add(add(root, "titles"), "title", said.title)
    add(root, "publisher", said.publisher or _UNKNOWN)
    add(root, "publicationYear", said.issued[:4])
    add(root, "resourceType", _TYPE, {"resourceTypeGeneral": "Dataset"})
    _add_subjects(add(root, "subjects"), said)
    _add_contributors(add(root, "contributors"), said.contributors)
    _add_dates(add(root, "dates"), history)
    add(root, "language", next(iter(said.languages), ""))
    _add_identifiers(add(root, "alternateIdentifiers"), said)
    _add_related_identifiers(add(root, "relatedIdentifiers"), said)
    sizes, formats = add(root, "sizes"), add(root, "formats")
    add(sizes, "size", f"{len(history.files)} files")
    add(sizes, "size", f"{sum(file.size for file in history.files)} bytes")
    for each in sorted({media_type(file.path) for file in history.files}):
        add(formats, "format", each)
    add(root, "version", said.version)
    _add_rights(add(root, "rightsList"), said)
    _add_descriptions(add(root, "descriptions"), said)
    _add_places(add(root, "geoLocations"), said)
    _add_related_items(add(root, "relatedItems"), said)
    drop_empty(root)
    return serialised(root)


def _add_creators(creators: ET.Element, said: Description) -> None:
    for author in said.authors:
        _add_name(add(creators, "creator"), "creatorName", author)
    if not said.authors:
        add(add(creators, "creator"), "creatorName", _UNKNOWN)


def _add_contributors(parent: ET.Element, contributors: Iterable[Contributor]) -> None:
    for each in contributors:
        _add_name(add(parent, "contributor", attributes={"contributorType": each.kind}), "contributorName", each)


def _add_name(parent: ET.Element, element: str, person: Author | Contributor) -> None:
    """A name in the order of an index, where the parts are known (4.7, 2.1)."""
    _add_item_name(parent, element, person)
    for part, value in (("givenName", person.given), ("familyName", person.family)):
        if value:
            add(parent, part, value)
    if person.orcid:
        scheme = {"nameIdentifierScheme": "ORCID", "schemeURI": "https://orcid.org"}
        add(parent, "nameIdentifier", person.orcid, scheme)
    if isinstance(person, Author) and person.affiliation:
        add(parent, "affiliation", person.affiliation)


def _add_subjects(subjects: ET.Element, said: Description) -> None:
    for keyword in said.keywords:
        add(subjects, "subject", keyword)


def _add_dates(dates: ET.Element, history: History) -> None:
    add(dates, "date", history.description.issued, {"dateType": "Issued"})
    for day in history.description.covers:
        add(dates, "date", day, {"dateType": "Coverage"})


def _add_descriptions(parent: ET.Element, said: Description) -> None:
    """The abstract, and where the manuscripts lie: the schema has no other place for a shelfmark."""
    if said.abstract:
        add(parent, "description", said.abstract, {"descriptionType": "Abstract"})
    for manuscript in said.manuscripts:
        add(parent, "description", f"Source: {manuscript}", {"descriptionType": "Other"})


def _add_places(parent: ET.Element, said: Description) -> None:
    for place in said.places:
        location = add(parent, "geoLocation")
        add(location, "geoLocationPlace", place.name)
        if place.point:
            point = add(location, "geoLocationPoint")
            add(point, "pointLongitude", place.point[1])
            add(point, "pointLatitude", place.point[0])


def _add_identifiers(parent: ET.Element, said: Description) -> None:
    name = f"{said.name} {said.version}".strip()
    for value, kind in (*((value, _kind_of(value)) for value in said.identifiers), (name, "Local name and version")):
        add(parent, "alternateIdentifier", value, {"alternateIdentifierType": kind})


def _kind_of(identifier: str) -> str:
    if identifier.startswith("swh:1:"):
        return "SWHID"
    return "URL" if re.match(r"https?://", identifier) else "Other"


def _add_rights(parent: ET.Element, said: Description) -> None:
    for licence in said.licences:
        spdx = {
            "rightsIdentifier": licence.identifier,
            "rightsIdentifierScheme": "SPDX",
            "schemeURI": "https://spdx.org/licenses/",
        }
        attributes = {"rightsURI": licence.address} | (spdx if licence.identifier else {})
        add(parent, "rights", licence.identifier or licence.address, attributes)
    for each in said.terms:
        add(parent, "rights", each)


_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "swh": "SWHID"}
# The types of the Citation File Format in the terms of resourceTypeGeneral; what is not here is Other.
_GENERAL = {
    "Book": "book edited-work catalogue dictionary encyclopedia manual",
    "ConferencePaper": "conference-paper",
    "ConferenceProceeding": "conference proceedings",
    "Dataset": "data database",
    "Dissertation": "thesis",
    "Image": "art",
    "JournalArticle": "article",
    "Report": "report",
    "Software": "software software-code software-container software-executable software-virtual-machine",
    "Sound": "sound-recording music",
    "Audiovisual": "audiovisual film-broadcast video",
    "Standard": "standard",
    "Text": "bill blog government-document hearing historical-work legal-case legal-rule magazine-article newspaper "
    "newspaper-article pamphlet personal-communication serial statute unpublished",
}
_GENERAL_OF = {kind: general for general, kinds in _GENERAL.items() for kind in kinds.split()}


def _relation(work: Reference, said: Description) -> str:
    return "IsDerivedFrom" if work in said.sources else "References"


def _add_related_identifiers(parent: ET.Element, said: Description) -> None:
    for each in said.references:
        for kind, value in each.identifiers:
            if kind in _IDENTIFIERS:
                attributes = {
                    "resourceTypeGeneral": _GENERAL_OF.get(each.kind, "Other"),
                    "relatedIdentifierType": _IDENTIFIERS[kind],
                    "relationType": _relation(each, said),
                }
                add(parent, "relatedIdentifier", value, attributes)


def _add_related_items(parent: ET.Element, said: Description) -> None:
    """The works that have no identifier by which others could find them."""
    for each in said.references:
        if any(kind in _IDENTIFIERS for kind, _ in each.identifiers):
            continue
        kind, relation = _GENERAL_OF.get(each.kind, "Other"), _relation(each, said)
        item = add(parent, "relatedItem", attributes={"relatedItemType": kind, "relationType": relation})
        creators = add(item, "creators")
        for author in each.authors:
            if author.name.lower() != "unknown":
                _add_item_name(add(creators, "creator"), "creatorName", author)
        add(add(item, "titles"), "title", each.title)
        if found := re.match(r"\d{4}", each.date):
            add(item, "publicationYear", found[0])
        add(item, "number", next((value for name, value in each.identifiers if name == "other"), ""))
        add(item, "publisher", each.publisher)
        contributors = add(item, "contributors")
        for translator in each.translators:
            role = {"contributorType": "Translator"}
            _add_item_name(add(contributors, "contributor", attributes=role), "contributorName", translator)
        drop_empty(item)


def _add_item_name(parent: ET.Element, element: str, person: Author | Contributor) -> None:
    """A name, all that a related item has of a person: no identifiers, no affiliations (4.7, 20.5 and 20.12)."""
    name = f"{person.family}, {person.given}" if person.family and person.given else person.name
    add(parent, element, name, {"nameType": "Personal" if person.is_person else "Organizational"})
