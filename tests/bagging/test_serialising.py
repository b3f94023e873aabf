"""Archives that are written: the same bytes each time, whole or not there at all, and readable by others."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from edition.bagging import FORMS, BagPlan, serialise, stage
from edition.errors import EditionError

SCRIPT = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from edition.bagging import FORMS, BagPlan, gather, serialise, stage
os.umask(int(sys.argv[2], 8))
root = Path(sys.argv[1])
plan = BagPlan(gather(root, ["source"]), datetime(2026, 1, 22, 1, 2, 3, tzinfo=UTC), (("Contact-Name", "Ёлкин"),))
with stage(plan, root / "bag") as staged:
    for form in FORMS:
        with serialise(staged, form) as made:
            made.publish()
"""


@pytest.mark.parametrize(
    ("umask", "zone", "locale"), [("077", "Asia/Kamchatka", "ru_RU.KOI8-R"), ("777", "XYZ+11", "C")]
)
def test_the_same_bytes_everywhere(tmp_path: Path, umask: str, zone: str, locale: str) -> None:
    names = ["б.xml", "a.xml", "Z.xml", "0/x.xml", "0-/y.xml", "long-" * 30 + ".xml"]
    made = []
    for run, order in enumerate((names, names[::-1])):
        source = tmp_path / str(run) / "source"
        for name in order:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(name, encoding="utf-8")
        surroundings = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(run)} if run else os.environ
        arguments = [str(source.parent), umask if run else "022"]
        subprocess.run([sys.executable, "-c", SCRIPT, *arguments], env=dict(surroundings), check=True)
        made.append({form: (source.parent / f"bag.{form}").read_bytes() for form in FORMS})
        assert {(source.parent / f"bag.{form}").stat().st_mode & 0o777 for form in FORMS} == {0o644}
    assert made[0] == made[1]


@pytest.mark.parametrize("form", FORMS)
def test_others_read_it(plan: BagPlan, bag: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "there" / "bag"
    with stage(plan, target) as staged, serialise(staged, form) as made:
        made.publish()
    out = tmp_path / "out"
    if form == "zip":
        with zipfile.ZipFile(f"{target}.zip") as opened:
            assert opened.testzip() is None
            names = opened.namelist()
            opened.extractall(out)
    else:
        with tarfile.open(f"{target}.{form}") as packed:
            names = [f"{entry.name}/" if entry.isdir() else entry.name for entry in packed]
            assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in packed} == {(0, 0, "", "")}
            assert {entry.mtime for entry in packed} == {plan.date.timestamp()}
            packed.extractall(out, filter="data")
    assert names[0] == "bag/"
    assert names == sorted(names, key=str.encode)
    assert {
        path.relative_to(out / "bag"): path.read_bytes() for path in (out / "bag").rglob("*") if path.is_file()
    } == {path.relative_to(bag): path.read_bytes() for path in bag.rglob("*") if path.is_file()}


def test_what_is_there_is_replaced_only_when_told_to(plan: BagPlan, tmp_path: Path) -> None:
    target = tmp_path / "bag.tar"
    target.write_text("mine", encoding="utf-8")
    with stage(plan, tmp_path / "bag") as staged, serialise(staged, "tar") as made:
        with pytest.raises(EditionError, match="there is something there already"):
            made.publish()
        assert target.read_text(encoding="utf-8") == "mine"
        made.publish(replace=True)
    assert tarfile.is_tarfile(target)
    assert [path.name for path in tmp_path.iterdir()] == ["bag.tar"]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_is_no_file_is_never_replaced(plan: BagPlan, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "bag.tar"
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    target.symlink_to("mine") if kind == "link" else target.mkdir()
    with (
        stage(plan, tmp_path / "bag") as staged,
        serialise(staged, "tar") as made,
        pytest.raises(EditionError, match="not a file, so it is not replaced"),
    ):
        made.publish(replace=True)
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
