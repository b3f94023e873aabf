"""The edition as an RO-Crate 1.3 in the payload of its bag: `ro-crate-metadata.json` and its preview.

The crate is JSON-LD, flattened and compacted (RO-Crate 1.3, structure): a list of entities that point at each other.
Its root is `data/`, so that it stays whole when the payload is taken out of the bag.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from edition import __version__
from edition.provenance import crate_preview
from edition.provenance.citation import Author, Reference
from edition.provenance.description import Contributor, Description, Licence, Place
from edition.provenance.history import File, History, Step
from edition.provenance.media_types import called, media_type
from edition.provenance.software import Software

METADATA = "ro-crate-metadata.json"
PREVIEW = "ro-crate-preview.html"

Entity = dict[str, object]

_SPECIFICATION = "https://w3id.org/ro/crate/1.3"
# Of software that is no distribution of Python's and says of itself no more than its version.
_HOMES = {
    "Python": "https://www.python.org/",
    "Pango": "https://www.gtk.org/docs/architecture/pango",
    "HarfBuzz": "https://harfbuzz.github.io/",
    "HarfBuzz-Subset": "https://harfbuzz.github.io/",
}
_ROOT, _TOOLKIT = "./", "#software-edition-toolkit"


def files(history: History) -> tuple[tuple[str, bytes], ...]:
    """Both files with their paths below `data/`."""
    entities = tuple(_entities(history))
    graph = {"@context": f"{_SPECIFICATION}/context", "@graph": entities}
    text = json.dumps(graph, ensure_ascii=False, indent=2) + "\n"
    return (METADATA, text.encode()), (PREVIEW, crate_preview.page(history).encode())


def _entities(history: History) -> Iterator[Entity]:
    said = history.description
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": _ref(_ROOT),
        "conformsTo": _ref(_SPECIFICATION),
    }
    yield _root(history)
    for file in sorted(history.files, key=lambda file: file.path):
        yield _file(file, history.roles.get(file.path, ""))
    preview = {"@id": PREVIEW, "@type": "CreativeWork", "name": "This crate for people", "about": _ref(_ROOT)}
    yield {**preview, "encodingFormat": "text/html"}
    yield from _agents(said)
    yield from (_licence(licence) for licence in said.licences)
    for place in said.places:
        yield from _place(place)
    yield from (_reference(number, each) for number, each in enumerate(said.references, 1))
    for number, each in enumerate(said.manuscripts, 1):
        yield {"@id": _manuscript_id(number), "@type": "CreativeWork", "name": each}
    if said.doi:
        yield _doi(said.doi)
    yield from _software_entities(history)
    yield from (_action(step, history) for step in history.steps)


def _agents(said: Description) -> Iterator[Entity]:
    """Everyone who is named, each once, with all that is known of them."""
    translators = [each for work in said.references for each in work.translators]
    people: tuple[Author | Contributor, ...] = (*said.contributors, *said.authors, *translators)
    found: dict[str, Entity] = {}
    for person in people:
        found[_person_id(person)] = found.get(_person_id(person), {}) | _person(person)
    for name in (said.publisher, *(work.publisher for work in said.references)):
        if name:
            found.setdefault(
                _organization_id(name), {"@id": _organization_id(name), "@type": "Organization", "name": name}
            )
    yield from found.values()


def _root(history: History) -> Entity:
    """What is said of the edition as a whole (RO-Crate 1.3, root data entity)."""
    said = history.description
    works = [*enumerate(said.references, 1)]
    return _filled(
        {
            "@id": _ROOT,
            "@type": "Dataset",
            "name": said.title,
            "description": said.abstract or said.title,
            "datePublished": said.issued,
            "license": [_ref(_licence_id(each)) for each in said.licences] or "No licence is stated.",
            "copyrightNotice": " ".join(said.terms),
            "version": said.version,
            "author": _distinct(_ref(_person_id(author)) for author in said.authors),
            "contributor": _distinct(_ref(_person_id(each)) for each in said.contributors),
            "publisher": _ref(_organization_id(said.publisher)) if said.publisher else "",
            "inLanguage": list(said.languages),
            "keywords": list(said.keywords),
            "temporalCoverage": list(said.covers),
            "spatialCoverage": _distinct(_ref(_local("place", place.name)) for place in said.places),
            "identifier": [*([_ref(f"https://doi.org/{said.doi}")] if said.doi else []), *said.identifiers],
            "url": said.url,
            "isBasedOn": [
                *(_ref(_reference_id(number)) for number, each in works if each in said.sources),
                *(_ref(_manuscript_id(number)) for number, _ in enumerate(said.manuscripts, 1)),
            ],
            "citation": [_ref(_reference_id(number)) for number, each in works if each not in said.sources],
            "hasPart": [_ref(_path(file)) for file in sorted(history.files, key=lambda file: file.path)],
            "mentions": [_ref(_action_id(step)) for step in history.steps],
        }
    )


def _file(file: File, role: str) -> Entity:
    return _filled(
        {
            "@id": _path(file),
            "@type": "File",
            "name": PurePosixPath(file.path).name,
            "description": role or called(file.path),
            "encodingFormat": media_type(file.path),
            "contentSize": str(file.size),
        }
    )


def _person(person: Author | Contributor) -> Entity:
    return _filled(
        {
            "@id": _person_id(person),
            "@type": "Person" if person.is_person else "Organization",
            "name": person.name,
            "description": person.role if isinstance(person, Contributor) else "",
            "familyName": person.family,
            "givenName": person.given,
            "affiliation": person.affiliation if isinstance(person, Author) else "",
        }
    )


def _licence(licence: Licence) -> Entity:
    return _filled(
        {
            "@id": _licence_id(licence),
            "@type": "CreativeWork",
            "name": licence.identifier or licence.address,
            "description": "The terms under which the edition may be used; the TEI headers say what they cover.",
            "identifier": licence.identifier,
            "url": licence.address,
        }
    )


def _place(place: Place) -> Iterator[Entity]:
    """A place, and the point where it lies, which has no name (RO-Crate 1.3, contextual entities: places)."""
    name = _local("place", place.name)
    point = f"_:point-{name.removeprefix('#place-')}" if place.point else ""
    yield _filled({"@id": name, "@type": "Place", "name": place.name, "geo": _ref(point) if point else ""})
    if place.point:
        latitude, longitude = place.point
        yield {"@id": point, "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


def _reference(number: int, work: Reference) -> Entity:
    doi = next((f"https://doi.org/{value}" for kind, value in work.identifiers if kind == "doi"), "")
    return _filled(
        {
            "@id": _reference_id(number),
            "@type": "CreativeWork",
            "name": work.title,
            "creditText": ", ".join(author.name for author in work.authors if author.name.lower() != "unknown"),
            "translator": [_ref(_person_id(each)) for each in work.translators],
            "publisher": _ref(_organization_id(work.publisher)) if work.publisher else "",
            "datePublished": work.date,
            "identifier": [value for _, value in work.identifiers],
            "url": doi,
        }
    )


def _doi(doi: str) -> Entity:
    return {
        "@id": f"https://doi.org/{doi}",
        "@type": "PropertyValue",
        "propertyID": "https://registry.identifiers.org/registry/doi",
        "value": f"doi:{doi}",
        "url": f"https://doi.org/{doi}",
    }


def _software_entities(history: History) -> Iterator[Entity]:
    # An application must have an address (RO-Crate 1.3, software), which the toolkit has not yet.
    yield {"@id": _TOOLKIT, "@type": "CreativeWork", "name": "edition-toolkit", "version": __version__}
    used = {one.name: one for step in history.steps for one in history.software(step)}
    for name in sorted(used, key=str.lower):
        home = used[name].home or _HOMES.get(name, "")
        kind = "SoftwareApplication" if home else "CreativeWork"
        entity = {"@id": _software_id(used[name]), "@type": kind, "name": name, "version": used[name].version}
        yield _filled({**entity, "url": home})


def _action(step: Step, history: History) -> Entity:
    """A step: who or what did it, from what, and what came of it (RO-Crate 1.3, provenance)."""
    said = history.description
    instruments = [] if step.by_hand else [_TOOLKIT, *map(_software_id, history.software(step))]
    is_last = step is history.steps[-1]
    return _filled(
        {
            "@id": _action_id(step),
            "@type": "CreateAction",
            "name": step.description,
            "agent": _distinct(_ref(_person_id(author)) for author in said.authors),
            "instrument": [_ref(instrument) for instrument in instruments],
            "object": [_ref(in_crate(path)) for path in step.used],
            "result": [_ref(in_crate(path)) for path in step.made] or ([_ref(_ROOT)] if is_last else []),
        }
    )


def _filled(entity: Mapping[str, object]) -> Entity:
    """An entity without what is empty; a list of one is that one (JSON-LD 1.1, compacted form)."""
    single = {key: value[0] for key, value in entity.items() if isinstance(value, list) and len(value) == 1}
    return {key: value for key, value in ({**entity} | single).items() if value not in ("", [])}


def _distinct(references: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    return [_ref(name) for name in dict.fromkeys(each["@id"] for each in references)]


def _ref(name: str) -> dict[str, str]:
    return {"@id": name}


def _path(file: File) -> str:
    return in_crate(file.path)


def in_crate(path: str) -> str:
    """A path in the bag as a URI reference from the root of the crate; letters of any script stay as they are."""
    below = PurePosixPath(path).relative_to("data").as_posix()
    return "".join(sign if ord(sign) > 0x7F else quote(sign, safe="/") for sign in below)


def _person_id(person: Author | Contributor) -> str:
    return person.orcid or _local("person" if person.is_person else "organization", person.name)


def _organization_id(name: str) -> str:
    return _local("organization", name)


def _licence_id(licence: Licence) -> str:
    return licence.address or _local("licence", licence.identifier)


def _software_id(one: Software) -> str:
    return _local("software", one.name)


def _action_id(step: Step) -> str:
    return f"#step-{step.name}"


def _manuscript_id(number: int) -> str:
    return f"#manuscript-{number}"


def _reference_id(number: int) -> str:
    return f"#reference-{number}"


def _local(kind: str, name: str) -> str:
    """The identifier of something that is described in the crate alone, the same for the same name."""
    return f"#{kind}-{quote('-'.join(name.split()), safe='')}"
