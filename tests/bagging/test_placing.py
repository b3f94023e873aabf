"""A bag comes to its place at once or not at all, whatever stops the run; what was there before is never lost."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from edition.bagging import FORMS, BagPlan, PayloadFile, placing, stage, verify
from edition.errors import EditionError

from .conftest import Picture

ROOT = Path(__file__).resolve().parent.parent.parent


def test_without_publish_nothing_is_left(plan: BagPlan, tmp_path: Path) -> None:
    with stage(plan, tmp_path / "output" / "bag") as staged:
        assert staged.folder.parent == tmp_path / "output"
        assert re.fullmatch(r"\.bag\.bag-[0-9a-f]{8}", staged.folder.name)
    assert list((tmp_path / "output").iterdir()) == []


def test_an_error_in_the_block_leaves_nothing_and_passes_through(plan: BagPlan, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="of the block"), stage(plan, tmp_path / "bag"):
        raise OSError("of the block")
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_replaced_unasked(plan: BagPlan, bag: Path, picture: Callable[[Path], Picture]) -> None:
    before = picture(bag.parent)
    with stage(plan, bag) as staged, pytest.raises(EditionError, match="there is something there already"):
        staged.publish()
    assert picture(bag.parent).keys() == before.keys()


@pytest.mark.parametrize("swaps", [True, False])
def test_a_bag_is_replaced_by_a_bag(plan: BagPlan, bag: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool) -> None:
    if not swaps:
        monkeypatch.setattr(placing, "_rename_with", lambda *_: False)
    changed = dataclasses.replace(plan, payload=(PayloadFile("other.xml", b"<TEI/>"),))
    with stage(changed, bag) as staged:
        staged.publish(replace=True)
    assert [path.name for path in bag.parent.iterdir()] == ["bag"]
    assert [path.name for path in (bag / "data").iterdir()] == ["other.xml"]
    assert list(verify(bag)) == []


@pytest.mark.parametrize("swaps", [True, False])
@pytest.mark.parametrize("what", ["folder", "file", "link"])
def test_what_is_no_bag_is_never_replaced(
    plan: BagPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, swaps: bool
) -> None:
    if not swaps:
        monkeypatch.setattr(placing, "_rename_with", lambda *_: False)
    target, precious = tmp_path / "bag", tmp_path / "precious"
    precious.mkdir()
    (precious / "notes.txt").write_text("years of work", encoding="utf-8")
    if what == "folder":
        precious.rename(target)
    elif what == "file":
        target.write_text("years of work", encoding="utf-8")
    else:
        target.symlink_to(precious)
    for replace, said in ((True, "not a bag, so it is not replaced"), (False, "there is something there already")):
        with stage(plan, target) as staged, pytest.raises(EditionError, match=said) as raised:
            staged.publish(replace=replace)
        assert "move it away" in raised.value.advice
    kept = [path for path in (target, target / "notes.txt") if path.is_file()]
    assert kept[0].read_text(encoding="utf-8") == "years of work"


def test_a_second_rename_that_fails_puts_the_old_bag_back(
    plan: BagPlan, bag: Path, monkeypatch: pytest.MonkeyPatch, picture: Callable[[Path], Picture]
) -> None:
    monkeypatch.setattr(placing, "_rename_with", lambda *_: False)
    before, rename = picture(bag), Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name.startswith(".bag.bag-"):
            raise OSError(5, "Input/output error", str(path))
        return rename(path, target)

    with stage(plan, bag) as staged, monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refusing)
        with pytest.raises(EditionError, match="input/output error"):
            staged.publish(replace=True)
    assert picture(bag) == before
    assert [path.name for path in bag.parent.iterdir()] == ["bag"]


def test_a_bag_that_was_only_moved_aside_comes_back(plan: BagPlan, bag: Path) -> None:
    bag.rename(bag.parent / ".bag.was-0123abcd")  # killed between the two renames
    (bag.parent / ".bag.bag-0123abcd").mkdir()
    with stage(plan, bag):
        assert list(verify(bag)) == []
    assert [path.name for path in bag.parent.iterdir()] == ["bag"]


def test_a_bag_that_was_moved_aside_goes_when_another_took_its_place(plan: BagPlan, bag: Path) -> None:
    (bag.parent / ".bag.was-0123abcd").mkdir()
    with stage(plan, bag):
        pass
    assert [path.name for path in bag.parent.iterdir()] == ["bag"]


def test_only_left_overs_are_removed(plan: BagPlan, tmp_path: Path) -> None:
    kept = [".bag.bag-0123", "bag.bag-0123abcd", ".bag.bak-0123abcd"]
    for name in [*kept, ".bag.bag-0123abcd", ".older.bag-0123abcd"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("x", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".bag.bag-ffffffff").symlink_to(elsewhere)
    with stage(plan, tmp_path / "bag") as staged, stage(plan, tmp_path / "bag") as other:
        assert staged.folder.is_dir(), "a run beside us is no left-over"
        staged.publish()
        other.publish(replace=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*kept, ".bag.bag-ffffffff", "bag", "elsewhere"]
    )


def test_killed_at_any_moment() -> None:
    """A few times of what the benchmark does as often as one likes: folder and archives, new and replacing."""
    asked = [sys.executable, str(ROOT / "benchmarks" / "killed_bags.py"), "2"]
    done = subprocess.run(asked, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert [line.split()[0] for line in done.stdout.splitlines()[::2]] == ["folder", *FORMS]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB that holds nothing."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("nobody may mount a disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(plan: BagPlan, small_disk: Path, picture: Callable[[Path], Picture]) -> None:
    target = small_disk / "bag"
    with stage(plan, target) as staged:
        staged.publish()
    before = picture(target)
    large = dataclasses.replace(plan, payload=(PayloadFile("scan.tif", b"x" * 2_000_000),))
    with pytest.raises(EditionError, match="no space left on device") as raised, stage(large, target):
        pass
    assert raised.value.message.startswith(str(target))
    assert "make room" in raised.value.advice
    assert picture(target) == before
    assert list(small_disk.iterdir()) == [target]


def test_a_disk_that_is_only_read(plan: BagPlan, small_disk: Path, picture: Callable[[Path], Picture]) -> None:
    target = small_disk / "bag"
    with stage(plan, target) as staged:
        staged.publish()
    before = picture(target)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EditionError, match="read-only file system"), stage(plan, target):
        pass
    assert picture(target) == before
    assert list(verify(target)) == []


def test_a_file_where_the_folder_should_be(plan: BagPlan, tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file", encoding="utf-8")
    with (
        pytest.raises(EditionError, match="output: this is a file, and a folder is needed here"),
        stage(plan, tmp_path / "output" / "bag"),
    ):
        pass
    assert (tmp_path / "output").read_text(encoding="utf-8") == "a file"
