"""What stands at the place of a bag gives way only if that is asked for, and so are empty folders packed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edition import cli
from edition.bagging import BagPlan, PayloadFile, stage, verify
from edition.init import create


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    create(tmp_path / "letters")
    return tmp_path / "letters"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its bag in output/, made once; tests change a copy."""
    folder = tmp_path_factory.mktemp("made") / "letters"
    create(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert cli.main(["bag", str(folder)]) == 0
    return folder


def whole(path: Path) -> dict[str, bytes]:
    """A file or all files of a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("form", ["folder", "tar", "tar.gz", "zip"])
def test_a_bag_gives_way_only_if_asked(
    letters: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["bag", str(letters), "--serialise", form]
    target = letters / "output" / f"letters-bag{'' if form == 'folder' else f'.{form}'}"
    assert cli.main(command) == 0
    first = whole(target)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    capsys.readouterr()
    assert cli.main([*command, "--verbose"]) == 3
    said = capsys.readouterr().err
    assert f"{target}: there is something there already" in said
    assert "--replace" in said
    assert "checking" not in said, "it is refused before anything is done"
    assert whole(target) == first
    assert cli.main([*command, "--replace"]) == 0
    assert whole(target) != first
    assert list(verify(target)) == []
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("command", [["bag", "--replace"], ["build"]])
@pytest.mark.parametrize("form", ["folder", "tar"])
def test_what_is_no_bag_never_gives_way(
    letters: Path, form: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    target = letters / "output" / f"letters-bag{'' if form == 'folder' else f'.{form}'}"
    (target / "notes").mkdir(parents=True)
    (target / "notes" / "years.txt").write_text("of work", encoding="utf-8")
    assert cli.main([*command, str(letters), "--serialise", form]) == 3
    what = "a bag" if form == "folder" else "a file"
    assert f"{target}: not {what}, so it is not replaced" in capsys.readouterr().err
    assert (target / "notes" / "years.txt").read_text(encoding="utf-8") == "of work"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("settings", "code", "told"),
    [
        ('[bag]\nalgorithms = ["md5"]', 2, "bag.algorithms: md5: too weak to vouch for a bag alone"),
        ('[bag.tags."manifest-md5.txt"]\nTitle = "A"', 3, "manifest-md5.txt: not a name for a further tag file"),
        ('[bag.tags."metadata/prov.json"]\nTitle = "A"', 3, "metadata/prov.json: two things of this name"),
    ],
)
def test_a_bag_that_cannot_be_is_refused_before_anything_is_printed(
    letters: Path, settings: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (letters / "edition.toml").open("a", encoding="utf-8") as config:
        config.write(f"\n{settings}\n")
    assert cli.main(["build", str(letters), "--verbose"]) == code
    said = capsys.readouterr().err
    assert told in said
    assert "printing" not in said


def test_what_a_profile_asks_for_is_told_before_anything_is_printed(
    letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (letters / "edition.toml").open("a", encoding="utf-8") as config:
        config.write('\n[bag]\nprofile = "aptrust"\n')
    assert cli.main(["build", str(letters), "--verbose"]) == 1
    said = capsys.readouterr()
    assert "BAG701" in said.out
    assert "printing" not in said.err


def bagged(letters: Path, data: bytes) -> Path:
    """A bag of somebody else at the place of ours."""
    plan = BagPlan((PayloadFile("years-of-work.txt", data),), datetime(2026, 1, 22, tzinfo=UTC))
    (letters / "output").mkdir()
    with stage(plan, letters / "output" / "letters-bag") as staged:
        staged.publish()
    return staged.target


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_building_replaces_what_was_built(letters: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["build", str(letters), "--serialise", form]
    target = letters / "output" / f"letters-bag{'' if form == 'folder' else f'.{form}'}"
    assert cli.main(command) == 0
    first = whole(target)
    if form == "folder":
        (target / "data" / ".DS_Store").write_bytes(b"left by a system, so no work of anyone")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert cli.main(command) == 0
    assert whole(target).keys() == first.keys()
    assert whole(target) != first
    assert list(verify(target)) == []


def test_building_keeps_a_bag_of_somebody_else(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = bagged(letters, b"of years")
    first = whole(target)
    assert cli.main(["build", str(letters), "--verbose"]) == 3
    said = capsys.readouterr().err
    assert f"{target}: not a bag that `edition` made, so it is not replaced" in said
    assert "checking" not in said, "it is refused before anything is done"
    assert whole(target) == first
    assert cli.main(["build", str(letters), "--replace"]) == 0
    assert whole(target) != first


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("data/edition.toml", "data/edition.toml does not have the sha512 checksum given for it"),
        ("data/notes.txt", "data/notes.txt is not listed in manifest-sha512.txt"),
        ("notes.txt", "notes.txt is not listed in tagmanifest-sha512.txt"),
        ("bag-info.txt", "bag-info.txt does not have the sha512 checksum given for it"),
    ],
)
def test_building_keeps_a_bag_that_was_changed(
    made: Path, tmp_path: Path, path: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = shutil.copytree(made, tmp_path / "letters")
    target = letters / "output" / "letters-bag"
    with (target / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    changed = whole(target)
    assert cli.main(["build", str(letters)]) == 3
    assert f"{target}: changed since it was made: {told}" in capsys.readouterr().err
    assert whole(target) == changed


def test_building_keeps_an_archive_that_is_no_bag(letters: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = letters / "output" / "letters-bag.tar"
    target.parent.mkdir()
    target.write_bytes(b"of years")
    assert cli.main(["build", str(letters), "--serialise", "tar"]) == 3
    assert f"{target}: not a bag that `edition` made" in capsys.readouterr().err
    assert target.read_bytes() == b"of years"


@pytest.mark.parametrize("way", ["option", "setting"])
def test_an_empty_folder_is_refused_or_kept(letters: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    (letters / "source" / "letters").mkdir()
    assert cli.main(["bag", str(letters), "--verbose"]) == 3
    said = capsys.readouterr().err
    assert "source/letters: an empty folder, which no bag can hold" in said
    assert "checking" not in said, "it is refused before anything is done"
    assert not (letters / "output").exists()
    options = ["--keep-empty-folders"] if way == "option" else []
    if way == "setting":
        with (letters / "edition.toml").open("a", encoding="utf-8") as config:
            config.write("\n[bag]\nkeep-empty-folders = true\n")
    assert cli.main(["bag", str(letters), *options]) == 0
    bag = letters / "output" / "letters-bag"
    assert (bag / "data" / "source" / "letters" / ".keep").read_bytes() == b""
    assert not (letters / "source" / "letters" / ".keep").exists(), "the sources are only read"
    assert cli.main(["verify", str(bag), "--rebuild"]) == 0
