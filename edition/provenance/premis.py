"""The history of an edition as PREMIS 3.0: its files as objects, what was done to them as events, by which agents.

Schema http://www.loc.gov/premis/v3 of January 2016, and the Data Dictionary of November 2015. The outcome of an event
is what the packed report says. That of the fixity check can be said beforehand because a bag that fails it is never
given its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from edition import __version__
from edition.provenance.history import FIXITY, File, History, Step
from edition.provenance.media_types import called, media_type
from edition.provenance.software import Software
from edition.provenance.xml_form import XSI, add, serialised

PATH = "metadata/premis.xml"

_NAMESPACE = "http://www.loc.gov/premis/v3"
_VOCABULARIES = "http://id.loc.gov/vocabulary/preservation/"
_LOCAL, _IN_BAG = "local", "path in the bag"
_DATED = "The time is the date of the sources, so that the same sources give the same record; the hour is not kept."
_EDITION, _TOOLKIT = "edition", "software-edition-toolkit"
# Types of events that the vocabulary of the Library of Congress has under these words.
_KNOWN_EVENTS = ("creation", "fixity check", "message digest calculation", "validation")


@dataclass(frozen=True, slots=True)
class _Event:
    """An event, its agents by identifier (the first executed it) and its objects, of which `made` came of it."""

    name: str
    kind: str
    detail: str
    outcome: str
    note: str
    agents: tuple[str, ...]
    files: tuple[str, ...]
    made: tuple[str, ...] = ()


def record(history: History) -> bytes:
    """The record of all files, events and agents, in this order (schema, premisComplexType)."""
    events = tuple(_events(history))
    location = f"{_NAMESPACE} https://www.loc.gov/standards/premis/premis.xsd"
    root = ET.Element(
        "premis", {"xmlns": _NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": location, "version": "3.0"}
    )
    _add_edition(root, history)
    for file in sorted(history.files, key=lambda file: file.path):
        _add_file(root, file, events)
    for event in events:
        _add_event(root, event, history)
    _add_agents(root, history)
    return serialised(root)


def _events(history: History) -> Iterator[_Event]:
    """What was checked, what was made, and what the packing of all files is."""
    everything = tuple(sorted(file.path for file in history.files))
    by_name = {step.name: step for step in history.steps}
    checkers = _agents_of(history, by_name["check"])
    for check in history.checks:
        outcome = history.outcome(check)
        agents = checkers if check.name != "preflight" else (_TOOLKIT,)
        yield _Event(check.name, check.kind, check.description, outcome.word, outcome.note, agents, check.files)
    for step in history.steps:
        if step.made and not step.by_hand:
            name, note = f"{step.name}-creation", f"made {', '.join(step.made)}"
            agents = _agents_of(history, step)
            yield _Event(name, "creation", step.description, "success", note, agents, step.used, step.made)
    packers = _agents_of(history, by_name["package"])
    note = f"SHA-512 of {len(everything)} files"
    yield _Event(
        "digests", "message digest calculation", "Each file read once", "success", note, (_TOOLKIT,), everything
    )
    left_out = history.left_out(FIXITY)
    note = f"{len(everything)} files have the digests given here; else the bag would not have been given its name"
    detail = "The finished bag read again and verified (RFC 8493), by two programs"
    word, note = ("incomplete", f"verified{left_out}") if left_out else ("success", note)
    yield _Event("fixity", "fixity check", detail, word, note, packers, everything)
    step = by_name["package"]
    note = f"{len(everything)} files packed"
    yield _Event("package", "information package creation", step.description, "success", note, packers, (_EDITION,))


def _agents_of(history: History, step: Step) -> tuple[str, ...]:
    return (_TOOLKIT, *(_software(one) for one in history.software(step)))


def _software(one: Software) -> str:
    return f"software-{one.name}"


def _add_edition(root: ET.Element, history: History) -> None:
    """The edition as a whole, which the files are parts of."""
    said = history.description
    whole = add(root, "object", attributes={"xsi:type": "intellectualEntity"})
    _identify(whole, "object", _LOCAL, _EDITION)
    if said.doi:
        _identify(whole, "object", "DOI", said.doi)
    add(whole, "originalName", f"{said.title} ({said.name} {said.version})".replace(" )", ")"))
    parts = sorted(file.path for file in history.files)
    _relate(whole, "structural", "has part", ((_IN_BAG, path) for path in parts))
    _identify(whole, "linkingEvent", _LOCAL, "package")


def _add_file(root: ET.Element, file: File, events: tuple[_Event, ...]) -> None:
    element = add(root, "object", attributes={"xsi:type": "file"})
    _identify(element, "object", _IN_BAG, file.path)
    is_made = next((event for event in events if file.path in event.made), None)
    characteristics = add(element, "objectCharacteristics")
    add(characteristics, "compositionLevel", "0")
    fixity = add(characteristics, "fixity")
    _term(fixity, "messageDigestAlgorithm", "SHA-512", "cryptographicHashFunctions")
    add(fixity, "messageDigest", file.sha512)
    add(characteristics, "size", str(file.size))
    form = add(characteristics, "format")
    add(add(form, "formatDesignation"), "formatName", media_type(file.path))
    add(form, "formatNote", called(file.path))
    if is_made:
        application = add(characteristics, "creatingApplication")
        add(application, "creatingApplicationName", "edition-toolkit")
        add(application, "creatingApplicationVersion", __version__)
    add(element, "originalName", PurePosixPath(file.path).relative_to("data").as_posix())
    _relate(element, "structural", "is part of", [(_LOCAL, _EDITION)])
    if is_made:
        _relate(element, "derivation", "has source", ((_IN_BAG, path) for path in is_made.files), is_made.name)
    for event in events:
        if file.path in (*event.files, *event.made):
            _identify(element, "linkingEvent", _LOCAL, event.name)


def _relate(
    element: ET.Element, kind: str, subkind: str, objects: Iterable[tuple[str, str]], event: str = ""
) -> None:
    others = list(objects)
    if not others:
        return
    relation = add(element, "relationship")
    _term(relation, "relationshipType", kind, "relationshipType")
    _term(relation, "relationshipSubType", subkind, "relationshipSubType")
    for way, value in others:
        _identify(relation, "relatedObject", way, value)
    if event:
        _identify(relation, "relatedEvent", _LOCAL, event)


def _add_event(root: ET.Element, event: _Event, history: History) -> None:
    element = add(root, "event")
    _identify(element, "event", _LOCAL, event.name)
    _term(element, "eventType", event.kind, "eventType" if event.kind in _KNOWN_EVENTS else "")
    add(element, "eventDateTime", history.made_at.isoformat())  # the schema asks for one
    for detail in (event.detail, _DATED):
        add(add(element, "eventDetailInformation"), "eventDetail", detail)
    outcome = add(element, "eventOutcomeInformation")
    add(outcome, "eventOutcome", event.outcome)
    add(add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", event.note)
    for agent in event.agents:
        linked = _identify(element, "linkingAgent", _LOCAL, agent)
        _term(linked, "linkingAgentRole", "executing program", "eventRelatedAgentRole")
    for paths, role in ((event.files, "source"), (event.made, "outcome")):
        for path in paths:
            linked = _identify(element, "linkingObject", _LOCAL if path == _EDITION else _IN_BAG, path)
            _term(linked, "linkingObjectRole", role, "eventRelatedObjectRole")


def _add_agents(root: ET.Element, history: History) -> None:
    """The toolkit, what it was helped by, and the people."""
    used = {one.name: one for step in history.steps for one in history.software(step)}
    _add_agent(root, _TOOLKIT, "edition-toolkit", "software", __version__)
    for name in sorted(used, key=str.lower):
        _add_agent(root, _software(used[name]), name, "software", used[name].version)
    for number, author in enumerate(history.description.authors, 1):
        kind = "person" if author.is_person else "organization"
        _add_agent(root, f"author-{number}", author.name, kind, note="author of the edition")
    for number, each in enumerate(history.description.contributors, 1):
        kind = "person" if each.is_person else "organization"
        _add_agent(root, f"contributor-{number}", each.name, kind, note=each.role)


def _add_agent(root: ET.Element, name: str, called: str, kind: str, version: str = "", note: str = "") -> None:
    element = add(root, "agent")
    _identify(element, "agent", _LOCAL, name)
    add(element, "agentName", called)
    _term(element, "agentType", kind, "agentType")
    if version:
        add(element, "agentVersion", version)
    if note:
        add(element, "agentNote", note)


def _identify(parent: ET.Element, what: str, kind: str, value: str) -> ET.Element:
    """An identifier of its kind: `agentIdentifier` with type and value, and so on for each thing of the schema."""
    element = add(parent, f"{what}Identifier")
    add(element, f"{what}IdentifierType", kind)
    add(element, f"{what}IdentifierValue", value)
    return element


def _term(parent: ET.Element, name: str, value: str, vocabulary: str) -> None:
    """A word, with the vocabulary of the Library of Congress that has it."""
    attributes = {"authority": vocabulary, "authorityURI": _VOCABULARIES + vocabulary} if vocabulary else {}
    add(parent, name, value, attributes)
