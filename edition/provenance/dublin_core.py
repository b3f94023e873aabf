"""The description of an edition as simple Dublin Core (ISO 15836-1), in the XML that OAI-PMH 2.0 asks of everyone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from edition.provenance.citation import Reference
from edition.provenance.description import Description
from edition.provenance.history import History
from edition.provenance.media_types import media_type
from edition.provenance.xml_form import XSI, add, serialised

PATH = "metadata/dc.xml"

_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC = "http://purl.org/dc/elements/1.1/"


def record(history: History) -> bytes:
    """The record, its elements in the order of the standard."""
    root = ET.Element(
        "oai_dc:dc",
        {
            "xmlns:oai_dc": _OAI_DC,
            "xmlns:dc": _DC,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        },
    )
    for name, value in (*_of_description(history.description), *_of_files(history)):
        if value:
            add(root, f"dc:{name}", value)
    return serialised(root)


def _of_description(said: Description) -> Iterator[tuple[str, str]]:
    yield "title", said.title
    yield from (("creator", author.names[-1]) for author in said.authors)
    yield from (("subject", keyword) for keyword in said.keywords)
    yield "description", said.abstract
    yield "publisher", said.publisher
    yield from (("contributor", f"{each.name} ({each.role})") for each in said.contributors)
    yield "date", said.issued
    yield "type", "Dataset"  # of the DCMI Type Vocabulary
    yield "identifier", f"https://doi.org/{said.doi}" if said.doi else ""
    yield from (("identifier", each) for each in (*said.identifiers, said.url, f"{said.name} {said.version}".strip()))
    yield from (("source", each) for each in (*map(_cited, said.sources), *said.manuscripts))
    yield from (("language", each) for each in said.languages)
    yield from (("relation", _cited(each)) for each in said.references if each not in said.sources)
    yield from (("coverage", each) for each in (*said.covers, *(place.name for place in said.places)))
    yield from (("rights", each.address or each.identifier) for each in said.licences)
    yield from (("rights", each) for each in said.terms)


def _of_files(history: History) -> Iterator[tuple[str, str]]:
    yield from (("format", each) for each in sorted({media_type(file.path) for file in history.files}))


def _cited(work: Reference) -> str:
    """A work as one line: who, what, by whom published, when, and under which identifier."""
    authors = ", ".join(author.name for author in work.authors if author.name.lower() != "unknown")
    kinds = {"doi": "https://doi.org/", "isbn": "ISBN ", "issn": "ISSN "}
    identifiers = [kinds.get(kind, "") + value for kind, value in work.identifiers]
    return ". ".join(part for part in (authors, work.title, work.publisher, work.date, *identifiers) if part)
