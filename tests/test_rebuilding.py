"""Bags made again from their own payload: the same bytes, and what is said where they are not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from edition import cli, making, pipeline, rebuilding
from edition.bagging import Asked
from edition.config import load
from edition.diagnostics import Report
from edition.init import create
from edition.rules import Selection

ROOT = Path(__file__).resolve().parent.parent
RECORD = "metadata/prov.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of a small edition."""
    folder = tmp_path_factory.mktemp("edition")
    create(folder)
    outcome = making.bag(load(folder))
    (bag,) = outcome.made
    return bag.folder / bag.name


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / made.name)


def verified(bag: Path) -> Report:
    return pipeline.verify(bag, Selection(), asked=Asked(further=("BAG8",)))


def rebuilt(bag: Path) -> list[tuple[str, str]]:
    report = rebuilding.rebuild(verified(bag), bag, Asked(), lambda _: None)
    return [(found.rule.code, found.location.path) for found in report.diagnostics]


def make_valid(bag: Path) -> None:
    """Manifests and count as they are right for what lies there now: what a forger would do."""
    payload = [path for path in sorted(bag.rglob("*")) if path.is_file() and path.is_relative_to(bag / "data")]
    count = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    info = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    kept = [line for line in info if not line.startswith("Payload-Oxum")]
    (bag / "bag-info.txt").write_text("\n".join([*kept, f"Payload-Oxum: {count}", ""]), encoding="utf-8")
    write_manifest(bag, "manifest-sha512.txt", payload)
    tags = [path for path in sorted(bag.rglob("*")) if path.is_file() and path not in payload]
    write_manifest(bag, "tagmanifest-sha512.txt", [path for path in tags if not path.name.startswith("tagmanifest")])


def write_manifest(bag: Path, name: str, files: list[Path]) -> None:
    lines = sorted(f"{path.relative_to(bag)}\0{hashlib.sha512(path.read_bytes()).hexdigest()}" for path in files)
    (bag / name).write_text(
        "".join(f"{digest}  {path}\n" for path, digest in (line.split("\0") for line in lines)), encoding="utf-8"
    )


def test_a_bag_is_made_again_to_the_byte(bag: Path) -> None:
    assert rebuilt(bag) == []


@pytest.mark.parametrize("form", ["tar", "zip"])
def test_so_is_an_archive_and_from_the_command_line(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create(tmp_path)
    assert cli.main(["bag", str(tmp_path), "--serialise", form]) == 0
    (file,) = (tmp_path / "output").iterdir()
    assert cli.main(["verify", str(file), "--rebuild"]) == 0
    assert "No findings." in capsys.readouterr().out


def test_this_edition_is_made_again_to_the_byte(tmp_path: Path) -> None:
    """The edition of this repository, out of git: nothing is asked of where the bag was made."""
    for name in ("edition.toml", "CITATION.cff", "source", "schemas"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, tmp_path / name)
    (bag,) = making.bag(load(tmp_path)).made
    assert rebuilt(bag.folder / bag.name) == []


def test_what_a_forger_changes_is_found(bag: Path) -> None:
    pdf = next((bag / "data").glob("*.pdf"))
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    (bag / "metadata" / "note.txt").write_text("all is well", encoding="utf-8")
    make_valid(bag)
    assert pipeline.verify(bag, Selection()).diagnostics == ()
    assert rebuilt(bag) == [("BAG802", f"data/{pdf.name}"), ("BAG802", "metadata/note.txt")]


def test_a_source_that_was_changed_does_not_give_that_print(bag: Path) -> None:
    original = bag / "data" / "source" / "original.xml"
    original.write_text(original.read_text("utf-8").replace("</p>", " And more.</p>", 1), encoding="utf-8")
    make_valid(bag)
    found = rebuilt(bag)
    assert {code for code, _ in found} <= {"BAG802", "BAG803"}
    assert found


def test_other_software_is_named(bag: Path) -> None:
    record = json.loads((bag / RECORD).read_text("utf-8"))
    record["agent"]["this:software-lxml"]["edition:version"] = "0.1"
    (bag / RECORD).write_text(json.dumps(record), encoding="utf-8")
    make_valid(bag)
    report = rebuilding.rebuild(verified(bag), bag, Asked(), lambda _: None)
    (found,) = report.diagnostics
    assert found.rule.code == "BAG801"
    assert found.message.startswith("it was made with lxml 0.1 (here ")


@pytest.mark.parametrize("record", [b"", b"{}", b"[" * 100_000, b'{"activity": {"this:step-package": 3}}'])
def test_a_record_that_says_nothing(bag: Path, record: bytes) -> None:
    (bag / RECORD).write_bytes(record)
    make_valid(bag)
    assert rebuilt(bag) == [("BAG803", RECORD)]


def test_a_bag_without_an_edition(bag: Path) -> None:
    (bag / "data" / "edition.toml").unlink()
    make_valid(bag)
    assert rebuilt(bag) == [("BAG803", ".")]


def test_a_bag_that_is_not_valid_is_not_made_again(bag: Path) -> None:
    (bag / "data" / "edition.toml").write_text("", encoding="utf-8")
    assert ("BAG803", ".") in rebuilt(bag)


@pytest.fixture(autouse=True)
def surroundings() -> Iterator[None]:
    """What is set for the date of a bag is as it was afterwards."""
    before = dict(os.environ)
    yield
    assert {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} == {
        name: value for name, value in before.items() if name != "PYTEST_CURRENT_TEST"
    }
