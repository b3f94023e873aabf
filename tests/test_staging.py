"""Files are there whole or not at all, whatever the disk does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edition.errors import EditionError
from edition.staging import replace_file, staged

Mount = Callable[..., Path]


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    replace_file(file, b"one")
    replace_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_seen_before_it_is_published(tmp_path: Path) -> None:
    with staged(tmp_path / "output", {"a": b"1", "b": b"2"}) as publish:
        assert all(entry.name.startswith(".") for entry in (tmp_path / "output").iterdir())
        publish()
    assert sorted(entry.name for entry in (tmp_path / "output").iterdir()) == ["a", "b"]


def test_without_publishing_nothing_is_left(tmp_path: Path) -> None:
    with staged(tmp_path / "output", {"a": b"1"}):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), staged(tmp_path, {"a": b"new"}):
        raise KeyboardInterrupt
    assert (tmp_path / "a").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    killed = "import os, signal; from pathlib import Path; from edition.staging import staged\n"
    killed += "with staged(Path('.'), {'a': b'new'}): os.kill(os.getpid(), signal.SIGKILL)"
    (tmp_path / "a").write_bytes(b"old")
    subprocess.run([sys.executable, "-c", killed], cwd=tmp_path, check=False)
    assert len(list(tmp_path.iterdir())) == 2
    assert (tmp_path / "a").read_bytes() == b"old"
    replace_file(tmp_path / "b", b"new")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b"]


def test_a_run_that_goes_on_keeps_its_files(tmp_path: Path) -> None:
    other = tmp_path / f".a.edition-{os.getppid()}"
    other.write_bytes(b"in the making")
    replace_file(tmp_path / "b", b"new")
    assert other.exists()


def test_a_full_disk(small_disk: Path) -> None:
    (small_disk / "a").write_bytes(b"old")
    with pytest.raises(EditionError, match="no space left") as raised:
        replace_file(small_disk / "a", b"x" * 1_000_000)
    assert "a" in raised.value.message
    assert (small_disk / "a").read_bytes() == b"old"
    assert len(list(small_disk.iterdir())) == 1


def test_a_folder_that_cannot_be_written(read_only_disk: Path) -> None:
    with pytest.raises(EditionError, match="read-only"):
        replace_file(read_only_disk / "a", b"x")


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"")
    for path in ("output/a", "output/folder/a"):
        with pytest.raises(EditionError, match="output: this is a file, and a folder is needed here") as raised:
            replace_file(tmp_path / path, b"x")
        assert "rename the file" in raised.value.advice


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(tmp_path / "pipe", b"words")
        assert os.read(reader, 100) == b"words"
    finally:
        os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_leads_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_stream_gets_the_bytes_and_stays_what_it_is(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    wanted = "import sys; from pathlib import Path; from edition.staging import replace_file\n"
    wanted += "replace_file(Path('/dev/stdout'), b'the report\\n')"
    with log.open("ab") as opened:
        subprocess.run([sys.executable, "-c", wanted], stdout=opened, check=True)
    assert log.read_bytes() == b"before\nthe report\n"
