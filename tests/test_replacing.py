"""What stands at the place of a bag gives way only if that is asked for, and so are empty folders packed."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import cli
from edition.bagging import verify
from edition.init import create


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    create(tmp_path / "letters")
    return tmp_path / "letters"


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


@pytest.mark.parametrize("way", ["option", "setting"])
def test_an_empty_folder_is_refused_or_kept(letters: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    (letters / "source" / "letters").mkdir()
    assert cli.main(["bag", str(letters)]) == 3
    assert "source/letters: an empty folder, which no bag can hold" in capsys.readouterr().err
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
