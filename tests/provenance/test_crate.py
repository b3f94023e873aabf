"""The RO-Crate: flat, whole, read by the library that others use, and a page that people can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from rocrate.rocrate import ROCrate
from tinyhtml5.parser import HTMLParser

from edition.provenance import crate
from edition.provenance.history import File, History
from tests.provenance.story import DESCRIPTION, HISTORY, SILENT

CONTEXT = json.loads(resources("rocrate").joinpath("data/ro-crate.jsonld").read_text(encoding="utf-8"))["@context"]
HISTORIES = pytest.mark.parametrize("history", [HISTORY, SILENT], ids=["all is said", "little is said"])


def graph(history: History = HISTORY) -> list[dict[str, Any]]:
    return list(json.loads(dict(crate.files(history))[crate.METADATA])["@graph"])


def by_id(history: History = HISTORY) -> dict[str, dict[str, Any]]:
    return {entity["@id"]: entity for entity in graph(history)}


def page(history: History = HISTORY) -> str:
    return dict(crate.files(history))[crate.PREVIEW].decode()


def references(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            assert list(each) == ["@id"], "entities stand in the graph, not in each other"
            yield each["@id"]


@HISTORIES
def test_the_graph_is_flat_and_every_reference_leads_to_an_entity(history: History) -> None:
    entities = by_id(history)
    assert len(entities) == len(graph(history))
    for entity in entities.values():
        for key, value in entity.items():
            dangling = {*references(value)} - entities.keys() - {"https://w3id.org/ro/crate/1.3"}
            assert dangling == set(), f"{key} of {entity['@id']}"


@HISTORIES
def test_every_term_is_one_of_the_context(history: History) -> None:
    for entity in graph(history):
        assert [key for key in entity if not key.startswith("@") and key not in CONTEXT] == []
        assert entity["@type"] in CONTEXT


@HISTORIES
def test_what_the_specification_demands_of_descriptor_and_root(history: History) -> None:
    entities = by_id(history)
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= root.keys()


def test_every_file_is_a_part_with_a_size_under_a_path_that_leads_to_it() -> None:
    entities = by_id()
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    assert [f"data/{unquote(part)}" for part in parts] == [file.path for file in HISTORY.files]
    assert "source/en%20with%20spaces.xml" in parts
    assert "source/Лица.xml" in parts, "letters of any script stay as they are"
    assert all(entities[part]["@type"] == "File" for part in parts)
    assert entities["talks.pdf"]["contentSize"] == str(1000 + len("data/talks.pdf"))
    assert crate.PREVIEW not in parts


def test_a_source_has_its_shelfmark_its_publisher_and_who_translated_it() -> None:
    entities = by_id()
    assert entities["#manuscript-1"]["name"] == "Moscow, State Archive, f. 4, d. 32"
    source = entities["#reference-2"]
    assert entities[source["publisher"]["@id"]]["name"] == "Archive"
    assert entities[source["translator"]["@id"]]["name"] == "Danny R."


def test_who_is_named_twice_is_one_with_all_that_is_known() -> None:
    entities = by_id()
    assert entities["#organization-the-project"]["description"] == "encoding", "the project is an author too"
    named = [each["name"] for each in entities.values() if each["@type"] in ("Person", "Organization")]
    assert len(named) == len(set(named))


def test_lists_of_one_are_that_one() -> None:
    assert not [
        value for entity in graph() for value in entity.values() if isinstance(value, list) and len(value) < 2
    ]


def test_what_was_made_of_what_with_what() -> None:
    action = by_id()["#step-render"]
    assert action["result"] == {"@id": "talks.pdf"}
    assert {"@id": "source/ru.xml"} in action["object"]
    assert {"@id": "#software-weasyprint"} in action["instrument"]
    assert {"@id": "#software-Pango"} in action["instrument"]
    assert by_id()["./"]["isBasedOn"] == [{"@id": "#reference-2"}, {"@id": "#manuscript-1"}]
    assert by_id()["./"]["citation"] == [{"@id": "#reference-1"}, {"@id": "#reference-3"}]
    assert not {"startTime", "endTime"} & action.keys(), "when it was done is not known"
    assert by_id()["#software-weasyprint"]["version"]


def test_a_place_with_its_point() -> None:
    entities = by_id()
    point = entities[entities["#place-Moscow"]["geo"]["@id"]]
    assert (point["@type"], point["latitude"], point["longitude"]) == ("GeoCoordinates", "55.75", "37.6178")
    assert "geo" not in entities["#place-the-railway"]


def test_rocrate_reads_it_and_finds_the_same(tmp_path: Path) -> None:
    for name, data in crate.files(HISTORY):
        (tmp_path / name).write_bytes(data)
    for file in HISTORY.files:
        path = tmp_path / file.path.removeprefix("data/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    read = ROCrate(tmp_path)
    assert read.metadata.version == "1.3"
    assert read.name == DESCRIPTION.title
    assert {entity.id for entity in read.data_entities} == {part["@id"] for part in by_id()["./"]["hasPart"]}
    again = read.metadata.generate()
    assert {each["@id"]: each for each in again["@graph"]} == by_id()


@HISTORIES
def test_the_page_is_html_without_errors_or_anything_from_outside(history: History) -> None:
    text = page(history)
    parser = HTMLParser()
    parser.parse(text)
    assert parser.errors == []
    assert "<script" not in text
    assert "<img" not in text
    assert "<link" not in text
    assert "url(" not in text


def test_the_page_says_what_the_edition_is_and_links_its_files() -> None:
    text = page()
    for said in ("Беседа: talks &amp; &lt;others&gt;", "Danny R. (English translation)", "1949/1950", "Moscow"):
        assert said in text
    assert 'href="./source/en%20with%20spaces.xml"' in text
    assert "von B., Ann. Беседа" in text.replace("the project; ", ""), "how to cite it"
    assert 'href="https://doi.org/10.5281/zenodo.1003150"' in text
    assert "3 rules asked: 1 warning, 1 note (ATT105, TRN301)" in text


def test_what_others_wrote_is_text_and_no_markup() -> None:
    hostile = '"><script>alert(1)</script>'
    described = replace(
        DESCRIPTION, title=hostile, abstract=hostile, publisher=hostile, keywords=(hostile,), doi=hostile, url=hostile
    )
    files = (*HISTORY.files, File(f"data/{hostile}", 1, "00"))
    assert "<script" not in page(replace(HISTORY, description=described, files=files))


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    licence = replace(DESCRIPTION.licences[0], address="javascript:alert(1)")
    assert "javascript:" not in page(replace(HISTORY, description=replace(DESCRIPTION, licences=(licence,))))
