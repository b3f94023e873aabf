"""What git knows: the commit that holds the files, and nothing that a hostile repository could have it do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from edition.provenance import git

FILES = ("a.xml", "sub/б.txt")


def run(folder: Path, *arguments: str) -> str:
    identity = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": "1700000000 +0000", "GIT_COMMITTER_DATE": "1700000000 +0000"}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env=os.environ | identity | names | dates,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture(params=["sha1", "sha256"])
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    run(tmp_path, "init", "-q", f"--object-format={request.param}")
    for path in FILES:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"one\r\ntwo\n")
    run(tmp_path, "add", ".")
    run(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def newest(folder: Path) -> git.Commit:
    found = git.newest(folder, FILES)
    assert found is not None
    return found


def test_the_newest_commit_of_the_files(repository: Path) -> None:
    first = run(repository, "rev-parse", "HEAD")
    run(repository, "commit", "-q", "--allow-empty", "-m", "of nothing")
    assert newest(repository) == git.Commit(first, 1700000000)


def test_it_holds_the_files_as_they_are(repository: Path) -> None:
    assert git.holds(repository, newest(repository), FILES)


def test_paths_are_those_below_the_folder(repository: Path) -> None:
    commit = git.newest(repository / "sub", ["б.txt"])
    assert commit is not None
    assert git.holds(repository / "sub", commit, ["б.txt"])


@pytest.mark.parametrize("change", ["changed", "untracked", "missing", "link"])
def test_it_does_not_hold_what_is_not_as_it_was_committed(repository: Path, change: str) -> None:
    commit, file = newest(repository), repository / FILES[0]
    if change == "changed":
        file.write_bytes(b"one\ntwo\n")
    elif change == "untracked":
        (repository / "new.xml").write_bytes(b"")
    elif change == "missing":
        file.unlink()
    else:
        (repository / "new.xml").symlink_to(file)
        run(repository, "add", "new.xml")
        run(repository, "commit", "-q", "-m", "a link")
        commit = newest(repository)
    asked = (*FILES, "new.xml") if change in ("untracked", "link") else FILES
    assert not git.holds(repository, commit, asked)


def test_no_filter_of_the_repository_is_run(repository: Path) -> None:
    (repository / ".gitattributes").write_text("*.xml filter=trap\n")
    for part in ("clean", "smudge", "process"):
        run(repository, "config", f"filter.trap.{part}", f"touch {repository / 'sprung'}; cat")
    (repository / FILES[0]).write_bytes(b"changed")
    assert not git.holds(repository, newest(repository), FILES)
    assert not (repository / "sprung").exists()


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    assert git.newest(tmp_path, FILES) is None
    assert not git.holds(tmp_path, git.Commit("0" * 40, 0), FILES)
