"""PREMIS, DataCite, Dublin Core: complete, the same each time, and of one mind. For validity see test_standards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from edition.provenance import crate, datacite, dublin_core, premis, prov
from edition.provenance.description import Licence
from edition.provenance.history import History
from tests.provenance.story import DESCRIPTION, HISTORY, SILENT

DATACITE = "{http://datacite.org/schema/kernel-4}"
DC = "{http://purl.org/dc/elements/1.1/}"
PREMIS = "{http://www.loc.gov/premis/v3}"

Record = Callable[[History], bytes]


def tree(record: Record, history: History = HISTORY) -> etree._Element:
    return etree.fromstring(record(history))


def texts(root: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in root.iterfind(path)]


def test_the_bytes_do_not_depend_on_the_process_or_the_order_of_files() -> None:
    program = (
        "import hashlib; from dataclasses import replace; from tests.provenance.story import HISTORY;"
        "from edition.provenance import crate, datacite, dublin_core, premis;"
        "told = replace(HISTORY, files=HISTORY.files[::-1]);"
        "made = [each.record(told) for each in (premis, datacite, dublin_core)];"
        "made += [data for _, data in crate.files(told)];"
        "print([hashlib.sha256(data).hexdigest() for data in made])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parent.parent.parent,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Vladivostok"))
    }
    assert len(answers) == 1


# PREMIS


def events() -> dict[str, etree._Element]:
    found = tree(premis.record).iterfind(f"{PREMIS}event")
    return {texts(event, f"{PREMIS}eventIdentifier/{PREMIS}eventIdentifierValue")[0]: event for event in found}


def outcome(name: str) -> tuple[str, str]:
    place = f"{PREMIS}eventOutcomeInformation"
    note = f"{place}/{PREMIS}eventOutcomeDetail/{PREMIS}eventOutcomeDetailNote"
    return texts(events()[name], f"{place}/{PREMIS}eventOutcome")[0], texts(events()[name], note)[0]


def test_every_event_of_a_build_is_told() -> None:
    kinds = {name: texts(event, f"{PREMIS}eventType")[0] for name, event in events().items()}
    assert kinds == {
        "validation": "validation",
        "parity": "quality review",
        "witness": "quality review",
        "metadata": "quality review",
        "preflight": "validation",
        "check-creation": "creation",
        "render-creation": "creation",
        "digests": "message digest calculation",
        "fixity": "fixity check",
        "package": "information package creation",
    }


def test_outcomes_are_those_of_the_report() -> None:
    assert outcome("validation") == ("success", "1 rule asked: nothing found")
    assert outcome("parity") == ("warning", "3 rules asked: 1 warning, 1 note (ATT105, TRN301)")
    assert outcome("preflight") == ("success", "1 rule asked: nothing found")
    assert outcome("witness") == ("success", "0 rules asked: nothing found")
    assert outcome("fixity")[0] == "success"


def test_events_have_the_date_of_the_edition() -> None:
    assert {texts(event, f"{PREMIS}eventDateTime")[0] for event in events().values()} == {"2026-11-25T12:00:01+00:00"}


def test_every_identifier_that_is_linked_is_defined() -> None:
    root = tree(premis.record)
    for what in ("Object", "Event", "Agent"):
        defined = {*texts(root, f".//{PREMIS}{what.lower()}Identifier/{PREMIS}{what.lower()}IdentifierValue")}
        for way in ("linking", "related"):
            linked = texts(root, f".//{PREMIS}{way}{what}Identifier/{PREMIS}{way}{what}IdentifierValue")
            assert {*linked} <= defined
        assert defined


def test_a_file_has_its_size_and_digest_and_what_it_was_made_from() -> None:
    objects = tree(premis.record).iterfind(f"{PREMIS}object")
    by_path = {texts(each, f"{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue")[0]: each for each in objects}
    for file in HISTORY.files:
        assert texts(by_path[file.path], f".//{PREMIS}messageDigest") == [file.sha512]
        assert texts(by_path[file.path], f".//{PREMIS}size") == [str(file.size)]
    derived = texts(by_path["data/talks.pdf"], f".//{PREMIS}relatedObjectIdentifierValue")
    assert "data/source/ru.xml" in derived
    assert "data/source/witness/talk.txt" not in derived


# DataCite


def test_datacite_says_who_what_when() -> None:
    root = tree(datacite.record)
    names = [(each.text, each.get("nameType")) for each in root.iterfind(f".//{DATACITE}creatorName")][:2]
    assert names == [("the project", "Organizational"), ("von B., Ann", "Personal")]
    assert texts(root, f"{DATACITE}identifier") == ["10.5281/zenodo.1003150"]
    assert texts(root, f"{DATACITE}publisher") == ["The Press"]
    assert texts(root, f"{DATACITE}publicationYear") == ["2026"]
    assert texts(root, f".//{DATACITE}nameIdentifier") == ["https://orcid.org/0000-0002-1825-0097"]
    dates = [(each.get("dateType"), each.text) for each in root.iterfind(f".//{DATACITE}date")]
    assert dates == [("Issued", "2026-11-25"), ("Coverage", "1950-01-22"), ("Coverage", "1949/1950")]
    roles = [each.get("contributorType") for each in root.iterfind(f"{DATACITE}contributors/{DATACITE}contributor")]
    assert roles == ["Translator", "DataCurator"]
    assert texts(root, f"{DATACITE}descriptions/{DATACITE}description[@descriptionType='Other']") == [
        "Source: Moscow, State Archive, f. 4, d. 32"
    ]
    parted = replace(DESCRIPTION, contributors=(replace(DESCRIPTION.contributors[0], family="R.", given="Danny"),))
    named = tree(datacite.record, replace(HISTORY, description=parted))
    assert texts(named, f"{DATACITE}contributors/{DATACITE}contributor/*") == ["R., Danny", "Danny", "R."]
    assert texts(root, f".//{DATACITE}geoLocationPlace") == ["Moscow", "the railway"]
    assert texts(root, f".//{DATACITE}pointLatitude") == ["55.75"]
    assert texts(root, f".//{DATACITE}pointLongitude") == ["37.6178"]


def test_datacite_relates_what_has_an_identifier_and_tells_of_what_has_none() -> None:
    root = tree(datacite.record)
    related = [
        (each.get("relatedIdentifierType"), each.get("relationType"), each.get("resourceTypeGeneral"), each.text)
        for each in root.iterfind(f".//{DATACITE}relatedIdentifier")
    ]
    assert related == [
        ("DOI", "References", "Book", "10.1000/182"),
        ("ISBN", "References", "Book", "978-3-16-148410-0"),
    ]
    items = list(root.iterfind(f".//{DATACITE}relatedItem"))
    assert [texts(item, f".//{DATACITE}title") for item in items] == [["Запись"], ["Nothing else is known"]]
    assert [each.get("relatedItemType") for each in items] == ["Text", "Other"]
    assert [each.get("relationType") for each in items] == ["IsDerivedFrom", "References"]
    assert texts(items[0], f".//{DATACITE}publicationYear") == ["1950"]
    assert items[0].find(f"{DATACITE}creators") is None, "unknown is nobody's name"


def test_datacite_says_what_is_not_known_in_the_words_of_the_standard() -> None:
    root = tree(datacite.record, SILENT)
    assert texts(root, f"{DATACITE}identifier") == ["(:tba)"]
    assert texts(root, f".//{DATACITE}creatorName") == ["(:unkn)"]
    assert texts(root, f"{DATACITE}publisher") == ["(:unkn)"]


def test_rights_say_the_licence_and_what_it_does_not_cover() -> None:
    rights = list(tree(datacite.record).iterfind(f".//{DATACITE}rights"))
    assert [each.get("rightsIdentifier") for each in rights] == ["CC-BY-4.0", "LicenseRef-own", None]
    assert rights[0].get("rightsURI") == "https://creativecommons.org/licenses/by/4.0/"
    assert rights[1].get("rightsURI") is None
    assert rights[2].text == "The licence covers the encoding alone."


# Dublin Core


def test_dublin_core_tells_sources_from_works_that_are_only_related() -> None:
    root = tree(dublin_core.record)
    assert texts(root, f"{DC}source") == [
        "Запись. Archive. 1950-01-22. 111245",
        "Moscow, State Archive, f. 4, d. 32",
    ]
    assert [work.split(".")[0] for work in texts(root, f"{DC}relation")] == ["Zed Z", "Nothing else is known"]


# All of them


def test_all_records_say_the_same() -> None:
    """Title, version, date, licence, DOI, who and what: the same words in each record of the whole edition."""
    others = [tree(datacite.record), tree(dublin_core.record)]
    graph = json.loads(dict(crate.files(HISTORY))[crate.METADATA])["@graph"]
    said = [" ".join(root.itertext()) + " ".join(v for each in root.iter() for v in each.values()) for root in others]
    said += [json.dumps(graph, ensure_ascii=False)]
    for value in (
        DESCRIPTION.title,
        DESCRIPTION.version,
        DESCRIPTION.issued,
        DESCRIPTION.doi,
        DESCRIPTION.publisher,
        DESCRIPTION.licences[0].address,
        DESCRIPTION.terms[0],
        *DESCRIPTION.languages[:1],
        *DESCRIPTION.covers,
        *(place.name for place in DESCRIPTION.places),
        *DESCRIPTION.keywords,
        *(work.title for work in DESCRIPTION.references[1:]),
        *(each.name for each in DESCRIPTION.contributors),
        *(author.family or author.name for author in DESCRIPTION.authors),
    ):
        assert [value in each for each in said] == [True, True, True], value


def test_prov_and_premis_give_the_same_digests() -> None:
    entities = json.loads(dict(prov.records(HISTORY))[prov.JSON_PATH])["entity"].values()
    in_prov = {each["prov:location"]: each["edition:sha512"] for each in entities if "prov:location" in each}
    root = tree(premis.record)
    in_premis = {
        texts(each, f"{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue")[0]: digest[0]
        for each in root.iterfind(f"{PREMIS}object")
        if (digest := texts(each, f".//{PREMIS}messageDigest"))
    }
    assert in_prov == in_premis == {file.path: file.sha512 for file in HISTORY.files}


def test_a_licence_that_is_only_an_address() -> None:
    address = "https://example.org/terms"
    history = replace(HISTORY, description=replace(DESCRIPTION, licences=(Licence("", address),)))
    (rights, *_) = tree(datacite.record, history).iterfind(f".//{DATACITE}rights")
    assert (rights.text, rights.get("rightsURI"), rights.get("rightsIdentifier")) == (address, address, None)
    assert texts(tree(dublin_core.record, history), f"{DC}rights")[0] == address
