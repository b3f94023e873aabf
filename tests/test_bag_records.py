"""The records in a real bag: valid by their standards, read by others, and true of the files that lie beside them."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from lxml import etree
from rocrate.rocrate import ROCrate

from edition import cli
from edition.diagnostics import Diagnostic
from edition.init import create
from edition.provenance import citation, prov
from tests.provenance.standards import JUDGES

PREMIS = "{http://www.loc.gov/premis/v3}"


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editions") / "letters"
    create(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert cli.main(["bag", str(folder), "--quiet"]) == 0
    return folder / "output" / "letters-bag"


@pytest.mark.parametrize("record", JUDGES)
def test_a_record_is_valid(bag: Path, record: str) -> None:
    assert JUDGES[record]((bag / record).read_bytes()) == []


def test_premis_and_prov_have_the_digests_that_the_files_have(bag: Path) -> None:
    root = etree.parse(bag / "metadata" / "premis.xml").getroot()
    told = {
        str(each.findtext(f"{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue")): digest
        for each in root.iterfind(f"{PREMIS}object")
        if (digest := each.findtext(f".//{PREMIS}messageDigest"))
    }
    entities = json.loads((bag / "metadata" / "prov.json").read_text(encoding="utf-8"))["entity"].values()
    assert told == {each["prov:location"]: each["edition:sha512"] for each in entities if "prov:location" in each}
    files = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    assert files - told.keys() == {"data/ro-crate-metadata.json", "data/ro-crate-preview.html"}
    for path, digest in told.items():
        assert hashlib.sha512((bag / path).read_bytes()).hexdigest() == digest


def test_events_say_what_the_packed_report_says(bag: Path) -> None:
    report = json.loads((bag / "data" / "letters-report.json").read_text(encoding="utf-8"))
    asked = sum(rule["code"].startswith(("XML", "SCH", "REF")) for rule in report["rules"])
    root = etree.parse(bag / "metadata" / "premis.xml").getroot()
    events = {
        str(each.findtext(f"{PREMIS}eventIdentifier/{PREMIS}eventIdentifierValue")): each
        for each in root.iterfind(f"{PREMIS}event")
    }
    assert {"validation", "parity", "render-creation", "preflight", "fixity"} <= events.keys()
    assert events["validation"].findtext(f".//{PREMIS}eventOutcome") == "success"
    note = events["validation"].findtext(f".//{PREMIS}eventOutcomeDetailNote")
    assert note == f"{asked} rules asked: nothing found"


def test_every_part_of_the_crate_is_there_and_every_file_is_a_part(bag: Path) -> None:
    crate = ROCrate(bag / "data")
    parts = {entity.id for entity in crate.data_entities}
    files = {path.relative_to(bag / "data").as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    assert files - parts == {"ro-crate-metadata.json", "ro-crate-preview.html"}
    assert parts <= files
    page = (bag / "data" / "ro-crate-preview.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="\./([^"]+)"', page))
    assert links == parts


def test_all_dates_are_those_of_the_edition(bag: Path) -> None:
    told = prov.read((bag / "metadata" / "prov.json").read_bytes())
    assert told.made_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert told.commit == "", "it does not lie in a repository"
    for name in ("premis.xml", "prov.xml"):
        dates = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", (bag / "metadata" / name).read_text(encoding="utf-8")))
        assert dates == {"2023-11-14T22:13:20"}


def test_the_citation_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is checked, printed and packed is then the same, whoever writes to the file meanwhile."""
    create(tmp_path / "letters")
    asked: list[str] = []
    read = citation.read

    def counted(file: Path, path: str) -> tuple[citation.Citation | None, tuple[Diagnostic, ...]]:
        asked.append(path)
        return read(file, path)

    monkeypatch.setattr(citation, "read", counted)
    assert cli.main(["build", str(tmp_path / "letters"), "--quiet"]) == 0
    assert asked == ["CITATION.cff"]


@pytest.mark.parametrize(
    ("algorithms", "reason"),
    [('["sha512", "crc32"]', "no checksum algorithm is called 'crc32'"), ('["md5"]', "md5: too")],
)
def test_algorithms_that_make_no_bag_are_wrong_where_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], algorithms: str, reason: str
) -> None:
    create(tmp_path / "letters")
    toml = tmp_path / "letters" / "edition.toml"
    said = toml.read_text(encoding="utf-8").replace("[bag.info]", f"[bag]\nalgorithms = {algorithms}\n[bag.info]")
    toml.write_text(said, encoding="utf-8")
    line = said[: said.index("algorithms")].count("\n") + 1
    assert cli.main(["bag", str(tmp_path / "letters")]) == 2
    assert f"edition.toml:{line}: bag.algorithms: {reason}" in capsys.readouterr().err
