"""What is gathered for a bag, and what is refused because no bag can carry it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edition.bagging import PayloadFile, gather
from edition.errors import EditionError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "edition"
    for path in ("source/b.xml", "source/a.xml", "source/witness/talk.txt", "edition.toml"):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8")
    return root


def test_files_and_folders_sorted_and_each_once(root: Path) -> None:
    (root / "source" / ".DS_Store").write_bytes(b"clutter")
    found = gather(root, ["source/", "edition.toml", "./source/a.xml"])
    assert found == tuple(
        PayloadFile(path, root / path)
        for path in ("edition.toml", "source/a.xml", "source/b.xml", "source/witness/talk.txt")
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.xml", "no such file"),
        ("../edition/edition.toml", "not a path inside"),
        ("/etc/passwd", "not a path inside"),
        ("~/notes.txt", "not a path inside"),
        ("", "not a path inside"),
        (".", "not a path inside"),
        ("edition.toml/x", "not a directory"),
    ],
)
def test_paths_that_lead_nowhere_or_out(root: Path, path: str, said: str) -> None:
    with pytest.raises(EditionError, match=said):
        gather(root, [path])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("who?.xml", "Windows allows no"),
        ("aux.xml", "name of a device"),
        ("line\nfeed.xml", "control character"),
        (" begins.xml", "white space"),
        ("ends.", "full stop"),
        (os.fsdecode(b"latin-\xe9.xml"), "not UTF-8"),
    ],
)
def test_names_that_do_not_travel(root: Path, name: str, said: str) -> None:
    (root / "source" / name).write_text("x", encoding="utf-8")
    with pytest.raises(EditionError, match=said):
        gather(root, ["source"])


@pytest.mark.parametrize("twin", ["A.xml", "source", "caf\u00e9.xml"])
def test_twins(root: Path, twin: str) -> None:
    (root / "source" / "cafe\u0301.xml").write_text("x", encoding="utf-8")
    if twin == "source":
        (root / "Source").mkdir()
        (root / "Source" / "c.xml").write_text("x", encoding="utf-8")
        paths = ["source/a.xml", "Source/c.xml"]
    else:
        (root / "source" / twin).write_text("x", encoding="utf-8")
        paths = ["source"]
    with pytest.raises(EditionError, match="same name") as raised:
        gather(root, paths)
    assert raised.value.advice == "rename one of them"


@pytest.mark.parametrize("path", ["source/link.xml", "linked/a.xml", "linked"])
def test_links(root: Path, path: str) -> None:
    (root / "source" / "link.xml").symlink_to("a.xml")
    (root / "linked").symlink_to("source")
    with pytest.raises(EditionError, match="symbolic link"):
        gather(root, [path])


def test_a_pipe(root: Path) -> None:
    os.mkfifo(root / "source" / "pipe")
    with pytest.raises(EditionError, match="source/pipe: neither a file nor a folder"):
        gather(root, ["source"])


def test_an_empty_folder(root: Path) -> None:
    (root / "source" / "notes" / "1950").mkdir(parents=True)
    (root / "source" / "notes" / "1950" / ".DS_Store").write_bytes(b"clutter")
    with pytest.raises(EditionError, match="source/notes/1950: an empty folder") as raised:
        gather(root, ["source"])
    assert ".keep" in raised.value.advice
    kept = [file for file in gather(root, ["source"], keep_empty=True) if isinstance(file.source, bytes)]
    assert kept == [PayloadFile("source/notes/1950/.keep", b"")]


def test_a_folder_that_somebody_keeps(root: Path) -> None:
    (root / "source" / "notes").mkdir()
    (root / "source" / "notes" / ".keep").write_text("for later", encoding="utf-8")
    assert gather(root, ["source/notes"]) == (PayloadFile("source/notes/.keep", root / "source/notes/.keep"),)
    assert gather(root, ["source/notes"], keep_empty=True) == gather(root, ["source/notes"])
