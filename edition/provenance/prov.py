"""A history as W3C PROV (Recommendation of 30 April 2013), in PROV-JSON and PROV-XML.

Names are fragments of the record itself: `this:file-data_source_record.ru.xml`. Nothing in them depends on a clock,
a random number or the order of a set, so the same history gives the same bytes.

No activity has a start or an end, and no file a time of generation: these are instants at which something happened
(PROV-DM, 5.1.2 and 5.1.3), and nobody writes them down. The date of the sources is said of the bag, in a term of our
own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from edition import __version__
from edition.provenance.citation import Author
from edition.provenance.description import Contributor
from edition.provenance.history import File, History, Step
from edition.provenance.software import Software

if TYPE_CHECKING:
    from prov.model import ProvDocument

JSON_PATH = "metadata/prov.json"
XML_PATH = "metadata/prov.xml"

# arcp names what lies in an archive (Internet-Draft draft-soilandreyes-arcp). PROV has no words for size and digest.
_TERMS = "arcp://name,edition-toolkit/terms#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_BAG = "this:bag"
_COMMIT = "this:commit"
_DATE = "edition:sourceDate"
_TOOLKIT = "this:software-edition-toolkit"


def records(history: History) -> tuple[tuple[str, bytes], ...]:
    """The record in both forms, each with its path in the bag.

    Raises ValueError for a step that names files which the history does not hold.
    """
    document = _document(history)
    as_json, as_xml = BytesIO(), BytesIO()
    document.serialize(as_json, format="json", indent=2, ensure_ascii=False)
    document.serialize(as_xml, format="xml")
    return (JSON_PATH, as_json.getvalue() + b"\n"), (XML_PATH, as_xml.getvalue())


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells to whoever wants to build the same again: date of the sources, commit, software."""

    made_at: datetime
    commit: str
    software: tuple[Software, ...]


def read(data: bytes) -> Told:
    """What a PROV-JSON of ours tells. Raises ValueError for anything else."""
    try:
        record = json.loads(data)
        date = record["entity"][_BAG][_DATE]["$"]
        commit = record["entity"].get(_COMMIT, {}).get("edition:commit", "")
        software = tuple(
            Software(str(agent["foaf:name"]), str(agent.get("edition:version", "")))
            for agent in record["agent"].values()
            if agent["prov:type"]["$"] == "prov:SoftwareAgent"
        )
        return Told(datetime.fromisoformat(date), str(commit), software)
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError("no record of provenance that edition-toolkit wrote") from error


def _document(history: History) -> ProvDocument:
    from prov.model import ProvDocument

    named = {path for step in history.steps for path in (*step.used, *step.made)}
    if unknown := named.difference(file.path for file in history.files):
        raise ValueError(f"steps name files that are not in the history: {sorted(unknown)}")
    document = ProvDocument()
    said = history.description
    document.add_namespace("this", f"arcp://name,{said.name}-{quote(said.version, safe='')}/metadata/prov#")
    document.add_namespace("edition", _TERMS)
    document.add_namespace("foaf", _FOAF)
    for number, author in enumerate(said.authors, 1):
        _add_person(document, _author(number), author)
    for number, contributor in enumerate(said.contributors, 1):
        _add_person(document, _contributor(number), contributor)
    _add_software(document, history)
    for file in sorted(history.files, key=lambda file: file.path):
        _add_file(document, file)
    for step in history.steps:
        _add_step(document, step, history)
    _add_bag(document, history)
    return document


def _add_person(document: ProvDocument, name: str, person: Author | Contributor) -> None:
    role = person.role if isinstance(person, Contributor) else ""
    said = {"foaf:name": person.name, "edition:orcid": person.orcid, "edition:role": role}
    kind = document.valid_qualified_name(f"prov:{'Person' if person.is_person else 'Organization'}")
    document.agent(name, {"prov:type": kind} | {key: value for key, value in said.items() if value})


def _add_software(document: ProvDocument, history: History) -> None:
    kind = document.valid_qualified_name("prov:SoftwareAgent")
    used = {one.name: one for step in history.steps for one in history.software(step)}
    document.agent(_TOOLKIT, {"prov:type": kind, "foaf:name": "edition-toolkit", "edition:version": __version__})
    for name in sorted(used):
        version = used[name].version
        said = {"prov:type": kind, "foaf:name": name} | ({"edition:version": version} if version else {})
        document.agent(_software(used[name]), said)


def _add_file(document: ProvDocument, file: File) -> None:
    document.entity(
        _file(file.path),
        {"prov:location": file.path, "edition:size": file.size, "edition:sha512": file.sha512},
    )


def _add_step(document: ProvDocument, step: Step, history: History) -> None:
    """One activity: who did it, what it used, and what came of what."""
    name = f"this:step-{step.name}"
    document.activity(name, other_attributes={"prov:label": step.description})
    authors = [_author(number) for number in range(1, len(history.description.authors) + 1)]
    agents = authors if step.by_hand else [_TOOLKIT, *map(_software, history.software(step))]
    for agent in agents:
        document.wasAssociatedWith(name, agent)
    for path in step.used:
        document.used(name, _file(path))
    for path in step.made:
        document.wasGeneratedBy(_file(path), name)
        for source in step.used:
            document.wasDerivedFrom(_file(path), _file(source), name)
        for agent in authors if step.by_hand else [_TOOLKIT]:
            document.wasAttributedTo(_file(path), agent)


def _add_bag(document: ProvDocument, history: History) -> None:
    """The bag itself, which the last step makes of all files, and the commit whose files they are."""
    kind, described = document.valid_qualified_name("prov:Collection"), history.description
    said = {"prov:label": described.title, "edition:version": described.version}
    dated = {"prov:type": kind, _DATE: history.made_at}
    document.entity(_BAG, [*dated.items(), *((key, value) for key, value in said.items() if value)])
    for number in range(1, len(described.authors) + 1):
        document.wasAttributedTo(_BAG, _author(number))
    for number in range(1, len(described.contributors) + 1):
        document.wasAttributedTo(_BAG, _contributor(number))
    if history.commit:
        document.entity(_COMMIT, {"prov:label": "The sources in git", "edition:commit": history.commit})
        document.wasDerivedFrom(_BAG, _COMMIT)
    packing = f"this:step-{history.steps[-1].name}"
    document.wasGeneratedBy(_BAG, packing)
    for file in sorted(history.files, key=lambda file: file.path):
        document.used(packing, _file(file.path))
        document.hadMember(_BAG, _file(file.path))


def _author(number: int) -> str:
    return f"this:author-{number}"


def _contributor(number: int) -> str:
    return f"this:contributor-{number}"


def _software(one: Software) -> str:
    return f"this:software-{_name(one.name)}"


def _file(path: str) -> str:
    return f"this:file-{_name(path)}"


def _name(text: str) -> str:
    """A text as part of an NCName (Namespaces in XML, 3), another for each: `/` is `_`, what is no letter `·5f·`."""
    return re.sub(r"[^A-Za-z0-9.-]", lambda found: "_" if found[0] == "/" else f"·{ord(found[0]):x}·", text)
