"""Which files are meant by names, folders, patterns, lists and revisions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from edition.errors import UsageError
from edition.gathering import Wanted, gather


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in ("b/2.xml", "b/1.XML", "b/deep/er/3.xml", "b/.hidden/4.xml", "b/.5.xml", "b/note.txt", "a.xml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("<a/>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (["a.xml"], ["a.xml"]),
        (["b/2.xml", "a.xml", "./b/../a.xml"], ["a.xml", "b/2.xml"]),
        (["b"], ["b/1.XML", "b/2.xml", "b/deep/er/3.xml"]),
        (["."], ["a.xml", "b/1.XML", "b/2.xml", "b/deep/er/3.xml"]),
        (["b/*.xml"], ["b/2.xml"]),
        (["**/*.xml"], ["a.xml", "b/2.xml", "b/deep/er/3.xml"]),
        (["b/note.txt"], ["b/note.txt"]),
        (["nowhere.xml"], ["nowhere.xml"]),
    ],
)
def test_names_folders_and_patterns(folder: Path, names: list[str], paths: list[str]) -> None:
    assert gather(Wanted(tuple(names))) == (folder, paths)


@pytest.mark.parametrize("pattern", ["**/*.xml", "**/**/*.xml", "./b/../**/[a23]*.xml", "**/**"])
def test_any_folders_are_entered_once_and_through_no_links(folder: Path, pattern: str) -> None:
    (folder / "up").symlink_to(".")
    (folder / "b" / "top").symlink_to("..")  # with the other one a walk that would never end
    assert {path for path in gather(Wanted((pattern,)))[1] if path.endswith(".xml")} == {
        "a.xml",
        "b/2.xml",
        "b/deep/er/3.xml",
    }


def test_a_link_that_a_pattern_names_is_followed(folder: Path) -> None:
    (folder / "up").symlink_to("b")
    assert gather(Wanted(("up/**/*.xml",)))[1] == ["up/2.xml", "up/deep/er/3.xml"]


def test_a_file_is_taken_at_its_word_before_a_pattern(folder: Path) -> None:
    (folder / "b/[2].xml").write_text("<a/>", encoding="utf-8")
    assert gather(Wanted(("b/[2].xml",))) == (folder, ["b/[2].xml"])


@pytest.mark.parametrize("content", [b"a.xml\nb/2.xml\n", b"a.xml\r\nb/2.xml", b"b/2.xml\0a.xml\0"])
def test_a_list(folder: Path, content: bytes) -> None:
    (folder / "list").write_bytes(content)
    assert gather(Wanted(listed="list")) == (folder, ["a.xml", "b/2.xml"])


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(("b/.hidden/none*.xml",)),
        Wanted(("b/.hidden/deeper",), since="-x"),
        Wanted(listed="nowhere"),
        Wanted(listed="empty"),
        Wanted(("a.xml",), since="HEAD"),
    ],
)
def test_what_cannot_be_meant(folder: Path, wanted: Wanted) -> None:
    (folder / "empty").touch()
    with pytest.raises(UsageError):
        gather(wanted)


def test_a_folder_without_xml_is_no_pass(folder: Path) -> None:
    (folder / "c").mkdir()
    with pytest.raises(UsageError, match="has no file"):
        gather(Wanted(("c",)))


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_git_says_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    assert gather(Wanted(since="HEAD"))[1] == []
    (folder / "b/2.xml").write_text("<b/>", encoding="utf-8")
    (folder / "b/нова.xml").write_text("<b/>", encoding="utf-8")
    (folder / "b/deep/er/3.xml").unlink()
    assert gather(Wanted(since="HEAD"))[1] == ["b/2.xml", "b/нова.xml"]
    assert gather(Wanted(("a.xml",), since="HEAD"))[1] == []
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "second")
    assert gather(Wanted(since="HEAD"))[1] == []
    monkeypatch.chdir(folder / "b")
    assert gather(Wanted(since="HEAD~1")) == (folder / "b", ["2.xml", "нова.xml"])
    with pytest.raises(UsageError, match="git cannot say"):
        gather(Wanted(since="no-such-branch"))


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "b" / "circle").symlink_to(folder)
    assert len(gather(Wanted(("b",)))[1]) == 3
