"""Sparse files in tar archives: read in every form that GNU tar writes, and refused where a hole claims too much."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edition.bagging import Asked, BagPlan, Limits, PayloadFile, stage, verify
from edition.bagging.sparse import Holed, in_header, in_pax
from edition.bagging.streams import InMemory, Plain
from edition.bagging.tar import Entry, entries
from edition.bagging.tar_headers import TarError
from edition.diagnostics import Diagnostic

FORMS = ["--format=gnu", *(f"--format=pax --sparse-version={version}" for version in ("0.0", "0.1", "1.0"))]
SIZE = 3 << 20
STRETCHES = {70_000: b"a" * 5_000, 1 << 20: b"b" * 100_000, 2 << 20: b"c"}


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return sorted({found.rule.code for found in findings})


def write_holed(file: Path, stretches: dict[int, bytes] = STRETCHES, size: int = SIZE) -> Path:
    with file.open("wb") as opened:
        for at, data in stretches.items():
            opened.seek(at)
            opened.write(data)
        opened.truncate(size)
    if file.stat().st_blocks * 512 >= size:
        pytest.skip("this disk has no holes")
    return file


def pack(folder: Path, form: str, name: str = "bag", packed: str = "bag.tar") -> Path:
    """An archive by GNU tar, which looks for holes."""
    program = shutil.which("gtar") or "tar"
    if "GNU" not in subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout:
        pytest.skip("no GNU tar here")
    asked = [program, "--sparse", "--hole-detection=raw", *form.split(), "-cf", packed, name]
    subprocess.run(asked, cwd=folder, check=True)
    return folder / packed


@pytest.fixture
def holed(plan: BagPlan, tmp_path: Path) -> Path:
    """A folder with a bag whose scan is mostly holes."""
    scan = write_holed(tmp_path / "scan.tif")
    empty = write_holed(tmp_path / "empty.tif", {}, 200_000)
    with stage(
        BagPlan((PayloadFile("scan.tif", scan), PayloadFile("empty.tif", empty)), plan.date), tmp_path / "bag"
    ) as staged:
        staged.publish()
    for file in (scan, empty):  # what was copied has no holes
        file.replace(tmp_path / "bag" / "data" / file.name)
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
def test_a_bag_with_holes_is_valid(holed: Path, form: str) -> None:
    file = pack(holed, form)
    assert file.stat().st_size < SIZE // 2, "nothing was left out: the test shows nothing"
    assert list(verify(file)) == []
    packed = file.with_name("bag.tar.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert list(verify(packed)) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_byte_of_a_holed_file_is_compared(holed: Path, form: str) -> None:
    write_holed(holed / "bag" / "data" / "scan.tif", {**STRETCHES, 100: b"x"})
    assert codes(verify(pack(holed, form))) == ["BAG301"]


@pytest.mark.parametrize("form", FORMS)
def test_holes_that_claim_too_much(holed: Path, form: str) -> None:
    file = pack(holed, form)
    (found,) = verify(file, Asked(Limits(sparse=1_000_000)))
    assert found.rule.code == "BAG603"
    assert found.message == "bag.tar: its sparse files have holes of more than 1000000 bytes"
    assert "--limit sparse=NUMBER" in found.hint
    assert list(verify(file, Asked(Limits(sparse=1_000_000).but("sparse=4000000")))) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_bomb_of_nothing_but_holes(tmp_path: Path, form: str) -> None:
    (tmp_path / "bag").mkdir()
    write_holed(tmp_path / "bag" / "zeros", {}, 1 << 40)
    assert codes(verify(pack(tmp_path, form))) == ["BAG603"]


@pytest.mark.parametrize("form", FORMS)
def test_many_stretches(tmp_path: Path, form: str) -> None:
    """More than a header has room for."""
    (tmp_path / "bag").mkdir()
    file = write_holed(tmp_path / "bag" / "comb", {at * 8192: b"x" * 600 for at in range(300)}, 300 * 8192)
    archive = pack(tmp_path, form)
    opened = os.open(archive, os.O_RDONLY)
    try:
        (entry,) = [each for each in entries(Plain(opened)) if each.kind == "file"]
        assert content(entry, Plain(opened)) == file.read_bytes()
        assert entry.name == "bag/comb"
    finally:
        os.close(opened)


def content(entry: Entry, stream: Plain | InMemory) -> bytes:
    assert entry.stretches
    return io.BufferedReader(Holed(stream, entry.stretches)).read()


# Maps that are wrong


def header(pairs: list[tuple[int, int]], size: int) -> bytes:
    block = bytearray(512)
    for number, pair in enumerate(pairs):
        block[386 + 24 * number : 410 + 24 * number] = b"".join(b"%011o\0" % each for each in pair)
    block[483:495] = b"%011o\0" % size
    return bytes(block)


@pytest.mark.parametrize(
    ("pairs", "size", "stored"),
    [
        ([(0, 10), (5, 10)], 100, 20),  # one over the other
        ([(50, 10), (0, 10)], 100, 20),  # back
        ([(0, 200)], 100, 200),  # beyond the end
        ([(0, 10)], 100, 20),  # less than is stored
        ([(0, 20)], 100, 10),  # more than is stored
        ([(0, 0o77777777777)], 0o77777777777, 1),
    ],
)
def test_a_map_that_is_wrong(pairs: list[tuple[int, int]], size: int, stored: int) -> None:
    with pytest.raises(TarError, match="map is wrong"):
        in_header(InMemory(b""), header(pairs, size), 512, stored)
    said = {"GNU.sparse.size": str(size), "GNU.sparse.map": ",".join(f"{at},{length}" for at, length in pairs)}
    with pytest.raises(TarError, match="map is wrong"):
        in_pax(InMemory(b""), said, 512, stored)


def test_a_map_that_never_ends() -> None:
    block = bytearray(header([(0, 0)] * 4, 10))
    block[482] = 1
    more = bytearray(b"0" * 504 + b"\1" + bytes(7))
    with pytest.raises(TarError, match="map is wrong"):
        in_header(InMemory(bytes(more) * 5_000), bytes(block), 0, 0)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", {}),
        (b"1\n0\n5\n" + bytes(506) + b"words", {"GNU.sparse.realsize": ""}),
        (b"1\n0\n5", {}),
        (b"2\n0\n5\n", {}),
        (b"x\n0\n5\n", {}),
        (b"-1\n0\n5\n", {}),
        (b"9" * 600, {}),
    ],
)
def test_a_map_before_the_bytes_that_is_wrong(data: bytes, said: dict[str, str]) -> None:
    with pytest.raises(TarError):
        in_pax(InMemory(data), {"GNU.sparse.major": "1", "GNU.sparse.realsize": "10"} | said, 0, len(data))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), max_size=8),
    st.integers(0, 40),
    st.integers(1, 20),
)
@example([(0, 1)], 0, 1)
def test_what_is_read_is_what_was_stored(gaps: list[tuple[int, int]], tail: int, piece: int) -> None:
    whole, stored, pairs = b"", b"", []
    for gap, length in gaps:
        data = bytes(1 + number % 255 for number in range(length))
        pairs.append((len(whole) + gap, length))
        whole, stored = whole + bytes(gap) + data, stored + data
    whole += bytes(tail)
    said = {"GNU.sparse.size": str(len(whole)), "GNU.sparse.map": ",".join(f"{at},{n}" for at, n in pairs)}
    stream, found = InMemory(b"header" + stored), in_pax(InMemory(b""), said, 6, len(stored))
    reader, read = Holed(stream, found), b""
    while data := reader.read(piece) or b"":
        read += data
    assert read == whole
    assert found.holes == len(whole) - len(stored)


NUMBERS = st.one_of(st.integers(0, 600).map(str), st.text(max_size=4), st.just("9" * 19))


@settings(deadline=None)
@given(st.binary(max_size=1600), st.integers(0, 600), st.lists(NUMBERS, max_size=6), NUMBERS, NUMBERS)
def test_whatever_a_map_is_it_is_read_or_refused(
    data: bytes, stored: int, numbers: list[str], size: str, major: str
) -> None:
    for joined in (",".join(numbers), "\n".join(numbers)):
        said = {"GNU.sparse.size": size, "GNU.sparse.major": major, "GNU.sparse.map": joined}
        stream = InMemory(joined.encode("utf-8", "surrogatepass") + data)
        with contextlib.suppress(TarError):
            assert in_pax(stream, said, 0, stored).holes >= 0
    with contextlib.suppress(TarError):
        assert in_header(InMemory(data), data[:512].ljust(512, b"\0"), 0, stored).holes >= 0


def test_the_bytes_of_a_holed_file_that_are_missing() -> None:
    found = in_pax(InMemory(b""), {"GNU.sparse.size": "10", "GNU.sparse.map": "2,5"}, 0, 5)
    with pytest.raises(OSError, match="ends before it should"):
        Holed(InMemory(b""), found).readall()


def test_a_global_header_makes_no_file_sparse() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"GNU.sparse.map": "0,1"}):
        pass
    with pytest.raises(TarError, match="for all entries"):
        list(entries(InMemory(out.getvalue())))
