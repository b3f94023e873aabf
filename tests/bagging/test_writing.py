"""Bags that are written: valid for us and for bagit, the same bytes each time, whole or not there at all."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.bagging import BagPlan, PayloadFile, ask_bagit, gather, hashing, stage, verify
from edition.bagging.names import fold, trouble_with_name
from edition.errors import EditionError

from .conftest import Picture


def test_a_bag_as_rfc_8493_has_it(bag: Path) -> None:
    assert sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()) == [
        "bag-info.txt",
        "bagit.txt",
        "data/edition.toml",
        "data/source/record.xml",
        "manifest-sha512.txt",
        "metadata/prov.json",
        "tagmanifest-sha512.txt",
    ]
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert (bag / "bag-info.txt").read_text(encoding="utf-8") == (
        "Source-Organization: The archive\nContact-Name: Ёлкин\n"
        "Bagging-Date: 2026-01-22\nBag-Size: 17 bytes\nPayload-Oxum: 17.2\n"
    )
    sums = [hashlib.sha512(data).hexdigest() for data in (b"[edition]\n", b"<TEI/>\n")]
    assert (bag / "manifest-sha512.txt").read_text(encoding="utf-8") == (
        f"{sums[0]}  data/edition.toml\n{sums[1]}  data/source/record.xml\n"
    )
    listed = [line.split("  ")[1] for line in (bag / "tagmanifest-sha512.txt").read_text("utf-8").splitlines()]
    assert listed == ["bag-info.txt", "bagit.txt", "manifest-sha512.txt", "metadata/prov.json"]


@pytest.mark.parametrize("algorithms", [("sha512",), ("sha256", "sha512", "md5"), ("sha3256", "sha512")])
def test_bagit_calls_it_valid(plan: BagPlan, tmp_path: Path, algorithms: tuple[str, ...]) -> None:
    with stage(dataclasses.replace(plan, algorithms=algorithms), tmp_path / "bag") as staged:
        assert list(verify(staged.folder)) == []
        assert ask_bagit(staged.folder) == ()
        names = {path.name for path in staged.folder.glob("*manifest-*")}
    assert names == {f"{kind}-{name}.txt" for kind in ("manifest", "tagmanifest") for name in algorithms}


def test_an_empty_payload_is_a_bag(plan: BagPlan, tmp_path: Path) -> None:
    with stage(dataclasses.replace(plan, payload=()), tmp_path / "bag") as staged:
        assert list(verify(staged.folder)) == []


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 131_073, 3_000_000])
def test_files_of_every_size_are_copied_and_hashed_in_one_read(plan: BagPlan, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    source = tmp_path / "scan.tif"
    source.write_bytes(data)
    told: list[int] = []
    with stage(
        dataclasses.replace(plan, payload=(PayloadFile("scan.tif", source),)), tmp_path / "bag", told.append
    ) as made:
        assert (made.folder / "data" / "scan.tif").read_bytes() == data
        assert list(verify(made.folder)) == []
    assert sum(told) == size


NAMES = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), st.sampled_from("%.~ -250AD")),
    min_size=1,
    max_size=20,
).filter(lambda name: "/" not in name and name not in (".", "..") and not trouble_with_name(name))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(NAMES, min_size=1, max_size=3), min_size=1, max_size=6, unique_by=lambda parts: fold(parts[0]))
)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]) -> None:
    files = tuple(PayloadFile("/".join(parts), "/".join(parts).encode()) for parts in paths)
    target = tmp_path_factory.mktemp("names") / "bag"
    with stage(BagPlan(files, datetime(2026, 1, 22, tzinfo=UTC)), target) as staged:
        # Invisible letters and the like are none of the writer's affair; clutter is only warned of.
        assert [found for found in verify(staged.folder) if found.rule.code not in ("BAG209",)] == []
        for file in files:
            assert (staged.folder / "data" / file.path).read_bytes() == file.source


SCRIPT = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from edition.bagging import BagPlan, gather, stage
os.umask(int(sys.argv[3], 8))
plan = BagPlan(
    gather(Path(sys.argv[1]), ["source"]), datetime(2026, 1, 22, tzinfo=UTC), (("Contact-Name", "Ёлкин"),),
    algorithms=("sha512", "sha256"),
)
with stage(plan, Path(sys.argv[2]) / "bag") as staged:
    staged.publish()
"""


@pytest.mark.parametrize("seed", ["0", "1"])
@pytest.mark.parametrize(
    ("umask", "zone", "locale"),
    [("000", "UTC", "C"), ("077", "Asia/Kamchatka", "ru_RU.KOI8-R"), ("777", "XYZ+11", "C")],
)
def test_the_same_bytes_everywhere(
    tmp_path: Path, picture: Callable[[Path], Picture], umask: str, zone: str, locale: str, seed: str
) -> None:
    names = ["б.xml", "a.xml", "Z.xml", "0/x.xml", "0-/y.xml"]
    pictures = []
    for run, order in enumerate((names, names[::-1])):
        source = tmp_path / str(run) / "source"
        for name in order:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(name, encoding="utf-8")
            (source / name).chmod(0o600 if run else 0o755)
        surroundings = (
            {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed} if run else dict(os.environ)
        )
        arguments = [str(source.parent), str(source.parent), umask if run else "022"]
        subprocess.run([sys.executable, "-c", SCRIPT, *arguments], env=surroundings, check=True)
        pictures.append(picture(source.parent / "bag"))
    assert pictures[0] == pictures[1]
    assert {oct(stat.S_IMODE(mode)) for mode, _, _ in pictures[0].values()} == {"0o644", "0o755"}
    assert {time for _, time, _ in pictures[0].values()} == {int(datetime(2026, 1, 22, tzinfo=UTC).timestamp())}


def test_the_day_is_of_utc(plan: BagPlan, tmp_path: Path) -> None:
    east = datetime(2026, 1, 23, 2, 30, tzinfo=timezone(timedelta(hours=3)))
    assert east == plan.date
    with stage(dataclasses.replace(plan, date=east), tmp_path / "bag") as staged:
        assert "Bagging-Date: 2026-01-22\n" in (staged.folder / "bag-info.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"algorithms": ("sha513",)}, "no checksum algorithm is called 'sha513'"),
        ({"algorithms": ("md5", "sha1")}, "md5 and sha1: too weak"),
        ({"algorithms": ()}, "no algorithm: too weak"),
        ({"info": (("Payload-Oxum", "0.0"),)}, "Payload-Oxum follows from the bag"),
        ({"info": (("Con:tact", "x"),)}, "cannot be a label"),
        ({"payload": (PayloadFile("a", b""), PayloadFile("A", b""))}, "same name"),
        ({"payload": (PayloadFile("a", b""), PayloadFile("a", b""))}, "two things of this name"),
        ({"payload": (PayloadFile("a", b""), PayloadFile("a/b", b""))}, "two things of this name"),
        ({"payload": (PayloadFile("../a", b""),)}, "not a path inside the bag"),
        ({"payload": (PayloadFile("/a", b""),)}, "not a path inside the bag"),
        ({"payload": (PayloadFile("nul", b""),)}, "name of a device"),
        ({"tag_files": (("bagit.txt", b""),)}, "not a name for a further tag file"),
        ({"tag_files": (("data/x", b""),)}, "not a name for a further tag file"),
        ({"tag_files": (("Manifest-md5.txt", b""),)}, "not a name for a further tag file"),
        ({"tag_files": (("Data", b""),)}, "same name"),
    ],
)
def test_plans_that_make_no_bag(plan: BagPlan, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with (
        pytest.raises(EditionError, match=said) as raised,
        stage(dataclasses.replace(plan, **change), tmp_path / "bag"),
    ):
        pass
    assert raised.value.advice
    assert list(tmp_path.iterdir()) == []


def test_a_plan_has_a_time_zone(plan: BagPlan) -> None:
    with pytest.raises(ValueError, match="time zone"):
        dataclasses.replace(plan, date=datetime(2026, 1, 22))


def test_a_source_that_changes_while_it_is_read(
    plan: BagPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "record.xml"
    source.write_bytes(b"before")

    def slow(*arguments: Any) -> tuple[int, list[bytes]]:
        done = hashing.copy(*arguments)
        source.write_bytes(b"after it was read")
        return done

    monkeypatch.setattr("edition.bagging.writing.copy", slow)
    changed = dataclasses.replace(plan, payload=(PayloadFile("record.xml", source),))
    with (
        pytest.raises(EditionError, match=r"record\.xml: changed while it was read"),
        stage(changed, tmp_path / "bag"),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["record.xml"]


@pytest.mark.parametrize("kind", ["link", "pipe", "gone", "folder"])
def test_a_source_that_is_no_plain_file_any_more(plan: BagPlan, tmp_path: Path, kind: str) -> None:
    root = tmp_path / "edition"
    root.mkdir()
    (root / "a.xml").write_text("x", encoding="utf-8")
    payload = gather(root, ["a.xml"])
    (root / "a.xml").unlink()
    {
        "link": lambda: (root / "a.xml").symlink_to("/etc/passwd"),
        "pipe": lambda: os.mkfifo(root / "a.xml"),
        "gone": lambda: None,
        "folder": lambda: (root / "a.xml").mkdir(),
    }[kind]()
    with (
        pytest.raises(EditionError, match=r"a\.xml: "),
        stage(dataclasses.replace(plan, payload=payload), tmp_path / "bag"),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["edition"]


def test_large_files_are_written_the_same_by_every_number_of_workers(
    plan: BagPlan, tmp_path: Path, picture: Callable[[Path], Picture]
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.tif").write_bytes(os.urandom(1 << 20) * 5)
    large = tuple(PayloadFile(f"scans/{number}.tif", tmp_path / f"{number}.tif") for number in range(4))
    pictures = []
    for workers in (1, 2, 5):
        with stage(dataclasses.replace(plan, payload=large), tmp_path / "bag", workers=workers) as staged:
            assert list(verify(staged.folder)) == []
            pictures.append(picture(staged.folder))
    assert pictures[0] == pictures[1] == pictures[2]


def test_a_large_source_that_is_gone_stops_the_others(plan: BagPlan, tmp_path: Path) -> None:
    (tmp_path / "0.tif").write_bytes(bytes(5 << 20))
    files = (PayloadFile("0.tif", tmp_path / "0.tif"), PayloadFile("1.tif", tmp_path / "1.tif"))
    changed = dataclasses.replace(plan, payload=files)
    with pytest.raises(EditionError, match=r"1\.tif: no such file"), stage(changed, tmp_path / "bag"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["0.tif"]
