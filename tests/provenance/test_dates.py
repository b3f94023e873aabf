"""The date of an edition: from SOURCE_DATE_EPOCH, git, or the files, and never from the clock."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edition.config import Config
from edition.errors import EditionError, UsageError
from edition.provenance.dates import made_at

COMMITTED = 1_600_000_000
TOUCHED = 1_500_000_000


def git(folder: Path, *arguments: str, at: int = COMMITTED) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false")
    environment = os.environ | {"GIT_COMMITTER_DATE": f"{at} +0300", "GIT_AUTHOR_DATE": "1400000000 +0000"}
    subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, env=environment
    )


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def edition(tmp_path: Path) -> Config:
    for name, age in (("edition.toml", 20), ("a.xml", 0), ("b.xml", 10)):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (TOUCHED - age, TOUCHED - age + 0.9))
    return Config(root=tmp_path, original="a.xml", translation="b.xml", persons="none.xml")


@pytest.fixture
def repository(edition: Config) -> Config:
    git(edition.root, "init", "-q")
    git(edition.root, "add", "a.xml", "b.xml", "edition.toml")
    git(edition.root, "commit", "-qm", "one")
    return edition


def seconds(config: Config) -> int:
    date = made_at(config)
    assert date.tzinfo is UTC
    assert date.microsecond == 0
    return int(date.timestamp())


def test_source_date_epoch_comes_first(repository: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert made_at(repository) == datetime(1970, 1, 1, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert made_at(repository) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "nonsense", ["", " ", "yesterday", "-1", "+1", "1.5", "1e9", "0x10", "१२३", "1 ", "253402300800", "9" * 5000]
)
def test_nonsense_is_refused(edition: Config, monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", nonsense)
    with pytest.raises(UsageError, match="no number of seconds") as caught:
        made_at(edition)
    assert len(caught.value.message) < 200


def test_files_say_when_nothing_else_does(edition: Config) -> None:
    assert seconds(edition) == TOUCHED


def test_the_newest_commit_that_touched_the_edition(repository: Config) -> None:
    (repository.root / "README").write_text("y")
    git(repository.root, "add", "README")
    git(repository.root, "commit", "-qm", "elsewhere", at=COMMITTED + 500)
    assert seconds(repository) == COMMITTED
    (repository.root / "b.xml").write_text("y")
    git(repository.root, "commit", "-qam", "here", at=COMMITTED + 900)
    assert seconds(repository) == COMMITTED + 900


def test_a_repository_that_does_not_hold_the_edition_has_no_say(edition: Config) -> None:
    git(edition.root, "init", "-q")
    assert seconds(edition) == TOUCHED
    (edition.root / "README").write_text("y")
    git(edition.root, "add", "README")
    git(edition.root, "commit", "-qm", "another project")
    assert seconds(edition) == TOUCHED


def test_no_git_at_all(repository: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert seconds(repository) == TOUCHED


def test_variables_of_git_do_not_lead_elsewhere(
    edition: Config, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "a.xml").write_text("x")
    git(other, "init", "-q")
    git(other, "add", "a.xml")
    git(other, "commit", "-qm", "one")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert seconds(edition) == TOUCHED


def test_a_hostile_repository_runs_nothing(repository: Config) -> None:
    trap, sprung = repository.root / "trap", repository.root / "sprung"
    signature = "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----"
    # It reads what it is given: git takes a signer that does not listen for one that failed.
    trap.write_text(
        f"#!/bin/sh\ncat > /dev/null\ntouch '{sprung}'\necho '\n[GNUPG:] SIG_CREATED ' >&2\necho '{signature}'\n"
    )
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "diff.external"):
        git(repository.root, "config", key, str(trap))
    git(repository.root, "config", "log.showSignature", "true")
    (repository.root / "a.xml").write_text("y")
    git(repository.root, "-c", "core.fsmonitor=false", "commit", "-qa", "-S", "-m", "signed", at=COMMITTED + 1)
    sprung.unlink()
    assert seconds(repository) == COMMITTED + 1
    assert not sprung.exists()
    git(repository.root, "log", "-1")
    assert sprung.exists(), "the trap is a trap"


def test_paths_are_no_patterns(repository: Config) -> None:
    config = Config(root=repository.root, original=":(top)*")
    (repository.root / "edition.toml").unlink()
    git(repository.root, "rm", "-q", "--cached", "edition.toml")
    git(repository.root, "commit", "-qm", "gone", at=COMMITTED + 50)
    (repository.root / "README").write_text("y")
    git(repository.root, "add", "README")
    git(repository.root, "commit", "-qm", "elsewhere", at=COMMITTED + 500)
    assert seconds(config) == COMMITTED + 50


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="none of the edition's files"):
        made_at(Config(root=tmp_path, original="a.xml"))
