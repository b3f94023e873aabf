"""`edition init` writes an edition that is whole, clean, and never over anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from edition import cli
from edition.config import load
from edition.errors import EditionError
from edition.init import create


def test_what_is_written(tmp_path: Path) -> None:
    written = create(tmp_path / "letters")
    assert [file.relative_to(tmp_path / "letters").as_posix() for file in written] == [
        ".gitignore",
        "CITATION.cff",
        "edition.toml",
        "schemas/edition.xsd",
        "schemas/xml.xsd",
        "source/original.xml",
        "source/persons.xml",
        "source/translation.xml",
    ]
    assert all(file.is_file() and b"{{" not in file.read_bytes() for file in written)


def test_the_new_edition_passes_every_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "letters"]) == 0
    assert "edition check letters" in capsys.readouterr().err
    code = cli.main(["check", "letters", "--format", "json", "--fail-on", "note"])
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []
    assert code == 0


def test_the_new_edition_becomes_a_pdf_and_a_bag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    create(tmp_path / "letters")
    assert cli.main(["build", str(tmp_path / "letters")]) == 0
    output = tmp_path / "letters" / "output"
    assert {path.name for path in output.iterdir()} == {"letters.pdf", "letters-report.json", "letters-bag"}
    assert cli.main(["verify", str(output / "letters-bag")]) == 0
    assert "No findings." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("letters", "letters"),
        ("Briefe an Anna (1921)", "Briefe-an-Anna-1921"),
        ("Письма", "edition"),
        (".hidden", "hidden"),
        ('x"\n[bag]', "x-bag"),
        ("a" * 150, "a" * 100),
    ],
)
def test_the_name_can_stand_in_file_names(tmp_path: Path, name: str, written: str) -> None:
    create(tmp_path / "new", name)
    assert load(tmp_path / "new").name == written


def test_without_a_name_it_is_called_like_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path / "Письма 1921")
    assert load(tmp_path / "Письма 1921").name == "1921"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    create(Path())
    assert load(tmp_path / "here").name == "here"


def test_an_empty_repository_of_git_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert all(file.is_file() for file in create(tmp_path))


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".notes").write_text("mine", encoding="utf-8")
    with pytest.raises(EditionError, match=r"not empty: it has \.notes") as raised:
        create(tmp_path)
    assert raised.value.advice == "name a new folder"
    assert [path.name for path in tmp_path.iterdir()] == [".notes"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("mine", encoding="utf-8")
    with pytest.raises(EditionError, match="not a folder"):
        create(tmp_path / "letters")
    with pytest.raises(EditionError, match="letters: this is a file, and a folder is needed here"):
        create(tmp_path / "letters" / "inside")


def test_the_sample_is_valid_and_shows_every_element_of_its_schema(tmp_path: Path) -> None:
    create(tmp_path)
    schema = etree.parse(tmp_path / "schemas" / "edition.xsd")
    names = {element.get("name") for element in schema.iter("{http://www.w3.org/2001/XMLSchema}element")}
    used: set[str] = set()
    for file in (tmp_path / "source").iterdir():
        tree = etree.parse(file)
        assert etree.XMLSchema(schema).validate(tree), file
        used |= {etree.QName(element).localname for element in tree.iter("*")}
    assert names - used == set()


def test_a_full_disk_leaves_the_folder_empty(small_disk: Path) -> None:
    room = small_disk / "filler"
    room.write_bytes(b"x" * 240_000)
    with pytest.raises(EditionError, match="no space left"):
        create(small_disk / "letters")
    assert list((small_disk / "letters").rglob("*")) == []
