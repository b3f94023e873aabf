"""The record of provenance: complete, the same bytes each time, and read back as what was written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from prov.model import ProvDocument

from edition import __version__
from edition.config import Config, SchemaUse, Witness
from edition.diagnostics import Location, Report
from edition.provenance import prov
from edition.provenance.citation import Author
from edition.provenance.description import Contributor, Description
from edition.provenance.history import File, History, Step, checks, steps
from edition.provenance.prov import records

CONFIG = Config(
    root=Path(),
    original="source/ru.xml",
    translation="source/en.xml",
    persons="source/persons.xml",
    citation="CITATION.cff",
    schemas=(SchemaUse("schemas/a.xsd"),),
    witnesses=(Witness("source/witness/talk.txt", "", "plain", (), (), ()),),
)
STEPS = steps(CONFIG, report="data/report.json", pdf="data/talks.pdf")
FILES = tuple(
    File(path, len(path), f"{len(path):0128x}")
    for path in sorted({path for step in STEPS for path in (*step.used, *step.made)})
)
HISTORY = History(
    description=Description(
        name="talks",
        title="Беседа: talks & <others>",
        version="1.0.0",
        issued="2026-11-25",
        authors=(
            Author("the project", False, Location("CITATION.cff", 5)),
            Author("Ан. Б.", True, Location("CITATION.cff", 6), orcid="https://orcid.org/0000-0002-1825-0097"),
        ),
        contributors=(Contributor("Danny", "translation", "Translator", True),),
    ),
    made_at=datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC),
    files=FILES,
    steps=STEPS,
    checks=checks(CONFIG, pdf="data/talks.pdf"),
    report=Report.of("check", (), ()),
    commit="c0ffee",
)
FORMS = {prov.JSON_PATH: "json", prov.XML_PATH: "xml"}
PROV = "{http://www.w3.org/ns/prov#}"
NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._·-]*")


def read_back(data: bytes, form: str) -> ProvDocument:
    return ProvDocument.deserialize(BytesIO(data), format=form)


def as_json(history: History = HISTORY) -> dict[str, Any]:
    return dict(json.loads(dict(records(history))[prov.JSON_PATH]))


def related(kind: str, one: str, other: str) -> set[tuple[str, str]]:
    short = [each.removeprefix("this:") for entry in as_json()[kind].values() for each in (entry[one], entry[other])]
    return set(zip(short[::2], short[1::2], strict=True))


def test_both_forms_are_read_back_as_the_same_document() -> None:
    first, second = (read_back(data, FORMS[path]) for path, data in records(HISTORY))
    assert first == second
    assert len(list(first.get_records())) > 50


def test_both_forms_are_utf8_and_end_with_a_line_feed() -> None:
    for _, data in records(HISTORY):
        assert "Беседа" in data.decode("utf-8")
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")


def test_the_bytes_do_not_depend_on_the_process() -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from test_prov import HISTORY, records;"
        "print([hashlib.sha256(data).hexdigest() for _, data in records(HISTORY)])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Vladivostok"))
    }
    assert len(answers) == 1


def test_the_order_of_files_does_not_matter() -> None:
    assert records(replace(HISTORY, files=FILES[::-1])) == records(HISTORY)


def test_every_file_is_an_entity_with_size_and_digest() -> None:
    entities = {entry.get("prov:location"): entry for entry in as_json()["entity"].values()}
    for file in FILES:
        assert entities[file.path]["edition:size"]["$"] == str(file.size)
        assert entities[file.path]["edition:sha512"] == file.sha512


def test_what_came_of_what() -> None:
    derived = related("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity")
    assert ("file-data_source_ru.xml", "file-data_source_witness_talk.txt") in derived
    assert ("file-data_source_en.xml", "file-data_source_witness_talk.txt") in derived
    assert ("file-data_talks.pdf", "file-data_source_ru.xml") in derived
    assert ("file-data_report.json", "file-data_schemas_a.xsd") in derived
    assert ("file-data_source_persons.xml", "file-data_source_witness_talk.txt") not in derived
    assert ("file-data_talks.pdf", "file-data_source_witness_talk.txt") not in derived
    generated = related("wasGeneratedBy", "prov:entity", "prov:activity")
    assert {
        ("file-data_source_ru.xml", "step-encode"),
        ("file-data_report.json", "step-check"),
        ("file-data_talks.pdf", "step-render"),
        ("bag", "step-package"),
    } <= generated
    used = related("used", "prov:activity", "prov:entity")
    assert {("step-package", f"file-{file.path.replace('/', '_')}") for file in FILES} <= used
    members = related("hadMember", "prov:collection", "prov:entity")
    assert len(members) == len(FILES)


def test_who_did_it() -> None:
    agents = as_json()["agent"]
    assert agents["this:author-1"]["prov:type"]["$"] == "prov:Organization"
    assert agents["this:author-2"]["prov:type"]["$"] == "prov:Person"
    assert agents["this:software-edition-toolkit"]["edition:version"] == __version__
    for name in ("weasyprint", "pydyf", "fontpkg-pt-serif", "Python"):
        assert agents[f"this:software-{name}"]["edition:version"]
    did = related("wasAssociatedWith", "prov:activity", "prov:agent")
    assert {("step-encode", "author-1"), ("step-encode", "author-2")} <= did
    assert {("step-render", "software-edition-toolkit"), ("step-render", "software-weasyprint")} <= did
    assert ("step-encode", "software-edition-toolkit") not in did


def test_nothing_is_said_to_have_happened_at_the_date_of_the_sources() -> None:
    record = as_json()
    for kind in ("activity", "wasGeneratedBy", "used", "wasAssociatedWith"):
        said = {key for entry in record[kind].values() for key in entry}
        assert not said & {"prov:startTime", "prov:endTime", "prov:time"}
    root = etree.fromstring(dict(records(HISTORY))[prov.XML_PATH])
    assert [each.tag for each in root.iter(f"{PROV}startTime", f"{PROV}endTime", f"{PROV}time")] == []
    date = record["entity"]["this:bag"]["edition:sourceDate"]
    assert date == {"$": "2026-11-25T12:00:01+00:00", "type": "xsd:dateTime"}


def test_xml_names_are_qnames_and_every_reference_leads_to_a_record() -> None:
    root = etree.fromstring(dict(records(HISTORY))[prov.XML_PATH])
    ids = {str(element.get(f"{PROV}id")) for element in root if element.get(f"{PROV}id")}
    references = {str(element.get(f"{PROV}ref")) for element in root.iter() if element.get(f"{PROV}ref")}
    assert references <= ids
    for name in ids:
        prefix, local = name.split(":")
        assert prefix in root.nsmap
        assert NCNAME.fullmatch(local)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_names_are_ncnames_and_different_for_different_paths(one: str, other: str) -> None:
    assert NCNAME.fullmatch(f"file-{prov._name(one)}")
    assert (prov._name(one) == prov._name(other)) == (one == other)


@pytest.mark.parametrize(
    "path", ["data/a b.xml", "data/ист/о.xml", "data/a_b", "data/[1]'\"&<.xml", "data/a:b", "data/·"]
)
def test_odd_paths_are_read_back(path: str) -> None:
    history = replace(HISTORY, files=(File(path, 1, "00"),), steps=(Step("check", "c", (path,), ()),))
    first, second = (read_back(data, FORMS[form]) for form, data in records(history))
    assert first == second
    assert path in {str(value) for record in first.get_records() for _, value in record.attributes}


def test_an_edition_without_witness_and_pdf() -> None:
    bare = steps(Config(root=Path(), original="a.xml"), report="data/report.json", pdf=None)
    assert [step.name for step in bare] == ["check", "package"]
    assert bare[0].used == ("data/edition.toml", "data/a.xml")


def test_a_step_with_an_unknown_file_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="none"):
        records(replace(HISTORY, steps=(Step("check", "c", ("none",)),)))


def test_a_library_that_is_not_installed_has_no_version() -> None:
    history = replace(HISTORY, steps=(Step("check", "c", (), (), ("no-such-library",)),))
    assert "edition:version" not in as_json(history)["agent"]["this:software-no-such-library"]


def test_no_title_and_no_version() -> None:
    silent = replace(HISTORY, description=replace(HISTORY.description, title="", version=""), commit="")
    first, second = (read_back(data, FORMS[path]) for path, data in records(silent))
    assert first == second
    assert "this:commit" not in as_json(silent)["entity"]


def test_the_commit_and_who_is_credited() -> None:
    assert as_json()["entity"]["this:commit"]["edition:commit"] == "c0ffee"
    assert ("bag", "commit") in related("wasDerivedFrom", "prov:generatedEntity", "prov:usedEntity")
    assert as_json()["agent"]["this:contributor-1"]["edition:role"] == "translation"
    credited = related("wasAttributedTo", "prov:entity", "prov:agent")
    assert {("bag", "author-1"), ("bag", "author-2"), ("bag", "contributor-1")} <= credited


def test_what_a_record_tells_to_build_the_same_again() -> None:
    told = prov.read(dict(records(HISTORY))[prov.JSON_PATH])
    assert (told.made_at, told.commit) == (HISTORY.made_at, "c0ffee")
    versions = {one.name: one.version for one in told.software}
    assert versions["edition-toolkit"] == __version__
    assert {"weasyprint", "lxml", "Python"} <= versions.keys()
    assert prov.read(dict(records(replace(HISTORY, commit="")))[prov.JSON_PATH]).commit == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"activity": {}}',
        b'{"entity": {"this:bag": {"edition:sourceDate": {"$": "soon"}}}, "agent": {}}',
        b'{"entity": {"this:bag": {"edition:sourceDate": {"$": 1}}}, "agent": {}}',
        b'{"entity": {"this:bag": {"edition:sourceDate": "2026-11-25"}}, "agent": {}}',
        b'{"entity": [], "agent": 1}',
    ],
)
def test_what_is_no_record_of_ours(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of JSON, of dates and our own
        prov.read(data)
