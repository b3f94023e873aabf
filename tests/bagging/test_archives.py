"""Bags in archives: read where they lie, the same as in a folder; and archives that are made to break a reader."""

from __future__ import annotations

import gzip
import io
import os
import re
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edition.bagging import FORMS, Asked, BagPlan, Limits, PayloadFile, rules, serialise, stage, verify
from edition.diagnostics import Diagnostic
from edition.errors import EditionError, UsageError


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return sorted({found.rule.code for found in findings})


def told(file: Path) -> bool:
    """Whether verifying ends as it should: with findings, with none, or with an error that says what to do."""
    try:
        list(verify(file))
    except EditionError as error:
        return error.advice != ""
    return True


def archive(plan: BagPlan, folder: Path, form: str) -> Path:
    """A valid bag in an archive."""
    folder.mkdir(exist_ok=True)
    with stage(plan, folder / "bag") as staged, serialise(staged, form) as made:
        made.publish()
    return folder / f"bag.{form}"


def tar(file: Path, files: dict[str, bytes], change: Callable[[tarfile.TarInfo], None] = lambda _: None) -> Path:
    with tarfile.open(file, "w:gz" if file.name.endswith("gz") else "w") as made:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            change(entry)
            made.addfile(entry, io.BytesIO(data) if entry.isreg() else None)
    return file


def contents(bag: Path, top: str = "bag/") -> dict[str, bytes]:
    return {
        top + path.relative_to(bag).as_posix(): path.read_bytes() for path in sorted(bag.rglob("*")) if path.is_file()
    }


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_of_a_bag_is_valid_and_nothing_is_unpacked(plan: BagPlan, tmp_path: Path, form: str) -> None:
    file = archive(plan, tmp_path / "there", form)
    assert list(verify(file)) == []
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [file.name]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_wrong_in_a_bag_is_found_in_its_archive(bag: Path, tmp_path: Path, form: str) -> None:
    (bag / "data" / "edition.toml").write_bytes(b"[Edition]\n")
    (bag / "data" / "source" / "record.xml").unlink()
    (bag / "data" / ".DS_Store").write_bytes(b"")
    (bag / "data" / "Edition.toml").write_bytes(b"")
    (bag / "note.txt").write_bytes(b"")
    file = tmp_path / f"bag.{form}"
    if form == "zip":
        with zipfile.ZipFile(file, "w") as made:
            for name, data in contents(bag).items():
                made.writestr(name, data)
    else:
        tar(file, contents(bag))
    assert codes(verify(file)) != []
    assert sorted(map(str, verify(file))) == sorted(map(str, verify(bag)))


def test_large_files_in_archives(plan: BagPlan, tmp_path: Path) -> None:
    data = os.urandom(5 << 20)
    large = BagPlan((PayloadFile("a.tif", data), PayloadFile("b.tif", data)), plan.date)
    for form in FORMS:
        assert list(verify(archive(large, tmp_path / form, form))) == []


# What is wrong with an archive as such


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../x", "BAG401"),
        ("bag/../../x", "BAG401"),
        ("/etc/x", "BAG401"),
        ("C:/x", "BAG401"),
        ("other/x", "BAG602"),
        ("x", "BAG602"),
        ("bag/data/source/record.xml", "BAG604"),
        ("bag/data/source", "BAG604"),
        ("bag/data/edition.toml/x", "BAG604"),
    ],
)
@pytest.mark.parametrize("form", ["tar", "tar.gz", "zip"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_that_do_not_belong(bag: Path, tmp_path: Path, name: str, code: str, form: str) -> None:
    file = tmp_path / f"bag.{form}"
    entries = [*contents(bag).items(), (name, b"")]
    if form == "zip":
        with zipfile.ZipFile(file, "w") as made:
            for entry, data in entries:
                made.writestr(entry, data)
    else:
        with tarfile.open(file, "w:gz" if form == "tar.gz" else "w") as packed:
            for entry, data in entries:
                header = tarfile.TarInfo(entry)
                header.size = len(data)
                packed.addfile(header, io.BytesIO(data))
    assert codes(verify(file)) == [code]
    assert not (tmp_path.parent / "x").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, b"Z"])
def test_entries_that_are_no_files(bag: Path, tmp_path: Path, kind: bytes) -> None:
    def change(entry: tarfile.TarInfo) -> None:
        if entry.name == "bag/data/edition.toml":
            entry.type, entry.linkname, entry.size = kind, "/etc/passwd", 0

    assert codes(verify(tar(tmp_path / "bag.tar", contents(bag), change))) == ["BAG201", "BAG302", "BAG402"]


@pytest.mark.parametrize("host", [3, 5, 16, 30])  # of APPNOTE 4.4.2: Unix, and others for which unzip makes links
def test_a_link_in_a_zip(bag: Path, tmp_path: Path, host: int) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as made:
        for name, data in contents(bag).items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = host
            entry.external_attr = (0o120777 if name.endswith("edition.toml") else 0o100644) << 16
            made.writestr(entry, data)
    assert codes(verify(tmp_path / "bag.zip")) == ["BAG201", "BAG302", "BAG402"]


@pytest.mark.parametrize(
    ("unicode_name", "expected"),
    [
        ("bag/data/edition.toml", []),
        ("bag/data/é.toml", ["BAG201", "BAG202"]),
        ("bag/../é.toml", ["BAG201", "BAG302", "BAG401"]),
    ],
)
def test_a_second_name_in_a_zip_is_the_one_it_is_unpacked_under(
    bag: Path, tmp_path: Path, unicode_name: str, expected: list[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as made:
        for name, data in contents(bag).items():
            entry = zipfile.ZipInfo(name)
            if name.endswith("edition.toml"):
                path = unicode_name.encode()
                entry.extra = struct.pack("<HHBL", 0x7075, 5 + len(path), 1, zlib.crc32(name.encode())) + path
            made.writestr(entry, data)
    assert codes(verify(tmp_path / "bag.zip")) == expected


def test_names_in_the_bytes_of_unix(bag: Path, tmp_path: Path) -> None:
    """As `zip` writes them where the locale is C: in UTF-8, and nothing says so."""
    listed = (bag / "manifest-sha512.txt").read_text(encoding="utf-8")
    (bag / "data" / "edition.toml").rename(bag / "data" / "запись.toml")
    (bag / "manifest-sha512.txt").write_text(listed.replace("edition.toml", "запись.toml"), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as made:
        for name, data in contents(bag).items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            made.writestr(entry, data)
    packed = (tmp_path / "bag.zip").read_bytes()
    unflagged = re.sub(
        rb"(PK\x03\x04..|PK\x01\x02....)\x00\x08", lambda found: found[1] + b"\0\0", packed, flags=re.DOTALL
    )
    assert unflagged != packed
    (tmp_path / "bag.zip").write_bytes(unflagged)
    assert codes(verify(tmp_path / "bag.zip")) == ["BAG301"]  # the manifest alone was changed


@pytest.mark.parametrize("content", [b"# Read me\n" * 100, b"%PDF-1.7\n" * 100, b"\x7fELF" + bytes(range(256)) * 4])
def test_what_is_no_archive_is_called_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bag.tar").write_bytes(content)
    with pytest.raises(EditionError, match="neither a folder nor a tar"):
        list(verify(tmp_path / "bag.tar"))


def test_another_name_than_that_of_the_bag(bag: Path, tmp_path: Path) -> None:
    assert codes(verify(tar(tmp_path / "deposit.tar", contents(bag)))) == ["BAG605"]
    assert codes(verify(tar(tmp_path / "bag.TAR.GZ", contents(bag)))) == []
    assert codes(verify(tar(tmp_path / "bag.tgz", contents(bag)))) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_an_archive_that_was_cut_off(plan: BagPlan, tmp_path: Path, form: str, part: float) -> None:
    noise = BagPlan((*plan.payload, PayloadFile("z.bin", os.urandom(50_000))), plan.date)
    file = archive(noise, tmp_path, form)
    os.truncate(file, int(file.stat().st_size * part) if part < 0.99 else 60 if form != "tar" else 512)
    assert codes(verify(file)) == ["BAG601"]


@pytest.mark.parametrize("form", FORMS)
def test_every_byte_matters(plan: BagPlan, tmp_path: Path, form: str) -> None:
    """A byte changed anywhere in what stands for a file of the payload is found, or is none of the payload."""
    file = archive(plan, tmp_path, form)
    whole = file.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        assert told(file)


def test_something_behind_the_end(bag: Path, tmp_path: Path) -> None:
    file = tar(tmp_path / "bag.tar", contents(bag))
    with file.open("ab") as opened:
        opened.write(b"\0" * 5_000)
    assert codes(verify(file)) == []
    with file.open("ab") as opened:
        opened.write(b"x")
    assert codes(verify(file)) == ["BAG601"]


# Bombs


def test_a_gzip_bomb(tmp_path: Path) -> None:
    file = tmp_path / "bag.tar.gz"
    header = tarfile.TarInfo("bag/data/zeros")
    header.size = 1 << 40
    with gzip.open(file, "wb", compresslevel=9) as packed:
        packed.write(header.tobuf())
        for _ in range(100):
            packed.write(bytes(1 << 20))
    tracemalloc.start()
    try:
        (found,) = verify(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.rule is rules.ARCHIVE_TOO_COSTLY
    assert "--limit ratio=NUMBER" in found.hint
    assert peak < 8 << 20


def test_limits_can_be_set(plan: BagPlan, tmp_path: Path) -> None:
    zeros = BagPlan((PayloadFile("zeros", bytes(80 << 20)),), plan.date)
    for form in ("tar.gz", "zip"):
        file = archive(zeros, tmp_path / form, form)
        assert codes(verify(file)) == ["BAG603"]
        assert codes(verify(file, Asked(Limits().but("ratio=2000")))) == []
        assert codes(verify(file, Asked(Limits().but("ratio=2000").but("size=1000")))) == ["BAG603"]
    for form in FORMS:
        file = archive(plan, tmp_path / form, f"{form}") if form == "tar" else archive(plan, tmp_path / "more", form)
        assert codes(verify(file, Asked(Limits(entries=3)))) == ["BAG603"]
        assert codes(verify(file, Asked(Limits(depth=1)))) == ["BAG603"]


@pytest.mark.parametrize("setting", ["", "ratio", "ratio=", "ratio=x", "ratio=0", "ratio=-1", "colour=3", "ratio=²"])
def test_what_is_no_limit(setting: str) -> None:
    with pytest.raises(UsageError, match="is no limit"):
        Limits().but(setting)


def test_a_header_that_claims_too_much(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 1 << 33
    (tmp_path / "bag.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + bytes(4096))
    assert codes(verify(tmp_path / "bag.tar")) == ["BAG601"]


def test_a_zip_whose_members_share_their_bytes(bag: Path, tmp_path: Path) -> None:
    file = tmp_path / "bag.zip"
    with zipfile.ZipFile(file, "w") as made:
        for name, data in contents(bag).items():
            made.writestr(name, data)
        made.writestr("bag/data/a", b"kernel")
        made.writestr("bag/data/b", b"kernel")
    whole = bytearray(file.read_bytes())
    entry = whole.rindex(b"PK\1\2")
    first = whole.rindex(b"PK\1\2", 0, entry)
    whole[entry + 42 : entry + 46] = whole[first + 42 : first + 46]
    file.write_bytes(whole)
    assert codes(verify(file)) == ["BAG601"]


def test_a_directory_of_a_zip_that_claims_too_much(bag: Path, tmp_path: Path) -> None:
    file = tmp_path / "bag.zip"
    with zipfile.ZipFile(file, "w") as made:
        for name, data in contents(bag).items():
            made.writestr(name, data)
    whole = bytearray(file.read_bytes())
    end = whole.rindex(b"PK\5\6")
    whole[end + 12 : end + 16] = struct.pack("<L", 0xFFFFFFF0)
    file.write_bytes(whole)
    assert codes(verify(file)) == ["BAG601"]


# What of a zip one program reads and another does not


@pytest.fixture
def packed(bag: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as made:
        for name, data in contents(bag).items():
            made.writestr(name, data)
    return tmp_path / "bag.zip"


def member_of(name: str, data: bytes) -> bytes:
    """A member as it stands in a zip, with nothing of the directory."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr(name, data)
    return whole.getvalue().partition(b"PK\1\2")[0]


def inserted(file: Path, more: bytes, *, moved: bool = True) -> None:
    """Put bytes between the last member of a zip and its directory, and have its end say so if it is moved."""
    whole = file.read_bytes()
    begin, end = whole.index(b"PK\1\2"), whole.rindex(b"PK\5\6")
    stated = struct.pack("<L", begin + len(more) * moved)
    file.write_bytes(whole[:begin] + more + whole[begin : end + 16] + stated + whole[end + 20 :])


def test_bytes_of_no_member(packed: Path) -> None:
    inserted(packed, b"junk" * 300_000)
    (found,) = verify(packed)
    assert found.rule is rules.UNCLAIMED_BYTES
    assert found.message.startswith("bag.zip: 1200000 bytes from byte ")


def test_a_member_that_the_directory_does_not_have(packed: Path) -> None:
    inserted(packed, member_of("bag/data/hidden.exe", b"MZ"))
    assert codes(verify(packed)) == ["BAG601"]


def test_a_mark_of_a_member_where_two_reads_meet(packed: Path) -> None:
    inserted(packed, bytes((1 << 20) - 2) + member_of("bag/data/hidden.exe", b"MZ"))
    assert codes(verify(packed)) == ["BAG601"]


def test_two_directories(packed: Path, bag: Path) -> None:
    """The end gives the place of one of them; the other stands before the end."""
    whole = packed.read_bytes()
    directory = whole[whole.index(b"PK\1\2") : whole.rindex(b"PK\5\6")]
    inserted(packed, directory, moved=False)
    assert codes(verify(packed)) == ["BAG601"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (8, b"\1\0\1\0"),  # the entries are more than the end says
        (20, b"\4\0"),  # a longer comment than there is
    ],
)
def test_an_end_that_says_something_else(packed: Path, place: int, value: bytes) -> None:
    whole = packed.read_bytes()
    at = whole.rindex(b"PK\5\6") + place
    packed.write_bytes(whole[:at] + value + whole[at + len(value) :])
    assert codes(verify(packed)) == ["BAG601"]


@pytest.mark.parametrize(("more", "expected"), [(b"", []), (b"x", ["BAG601"]), (b"junk" * 1000, ["BAG601"])])
@pytest.mark.parametrize("comment", [b"", b"Deposit of 1950", b"PK\5\6" + bytes(18)])
def test_a_comment_and_what_follows_it(packed: Path, comment: bytes, more: bytes, expected: list[str]) -> None:
    with zipfile.ZipFile(packed, "a") as made:
        made.comment = comment
    with packed.open("ab") as opened:
        opened.write(more)
    assert codes(verify(packed)) == (["BAG601"] if comment.startswith(b"PK") else expected)


@pytest.mark.parametrize(("place", "value"), [(30, b"dag/"), (14, b"\1\1\1\1"), (18, b"\1\0\0\0"), (8, b"\x08\0")])
def test_a_member_that_says_something_else_than_the_directory(packed: Path, place: int, value: bytes) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[:place] + value + whole[place + len(value) :])
    assert codes(verify(packed)) == ["BAG601"]


def test_zips_of_all_kinds_that_are_right(bag: Path, tmp_path: Path) -> None:
    """Written to a pipe, sizes follow the members; with large numbers, these stand in fields of 64 bits."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

    for wide in (False, True):
        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in contents(bag).items():
                with made.open(name, "w", force_zip64=wide) as opened:
                    opened.write(data)
        (tmp_path / "bag.zip").write_bytes(pipe.getvalue())
        assert list(verify(tmp_path / "bag.zip")) == []


def test_the_two_ends_of_a_zip_of_many_members(bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)  # from here on the record of 64 bits is written
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as made:
        for name, data in contents(bag).items():
            made.writestr(name, data)
    whole = (tmp_path / "bag.zip").read_bytes()
    assert whole.count(b"PK\6\6") == 1
    assert list(verify(tmp_path / "bag.zip")) == []
    end, record = whole.rindex(b"PK\5\6"), whole.rindex(b"PK\6\6")
    for at, value in ((end + 8, b"\1\0\1\0"), (end - 12, b"\1"), (record + 32, b"\1"), (record, b"x")):
        (tmp_path / "bag.zip").write_bytes(whole[:at] + value + whole[at + len(value) :])
        assert codes(verify(tmp_path / "bag.zip")) == ["BAG601"]


def test_all_that_a_tar_unpacks_to(bag: Path, tmp_path: Path) -> None:
    size = sum(map(len, contents(bag).values()))
    for name in ("bag.tar", "bag.tar.gz"):
        file = tar(tmp_path / name, contents(bag))
        assert codes(verify(file, Asked(Limits().but(f"size={max(size, 20_000)}")))) == []
    assert codes(verify(tmp_path / "bag.tar", Asked(Limits().but(f"size={size}")))) == []
    assert codes(verify(tmp_path / "bag.tar", Asked(Limits().but(f"size={size - 1}")))) == ["BAG603"]


# Anything at all

PIECES = st.one_of(
    st.sampled_from(
        [
            tarfile.TarInfo("bag/bagit.txt").tobuf(),
            tarfile.TarInfo("bag/data/" + "x" * 200).tobuf(tarfile.PAX_FORMAT),
            tarfile.TarInfo("bag/data/" + "x" * 200).tobuf(tarfile.GNU_FORMAT),
            bytes(512),
            b"30 path=../../../etc/passwd\n",
            b"PK\3\4",
            b"PK\1\2" + bytes(42),
            b"PK\5\6" + bytes(18),
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        ]
    ),
    st.binary(max_size=64),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=1, max_size=6).map(b"".join), st.booleans())
@example(b"PK\5\6", False)
@example(b"\x1f\x8b", False)
def test_nothing_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes, packed: bool) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "bag.tar"
    file.write_bytes(gzip.compress(data) if packed else data)
    assert told(file)


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4))
@example(changes=[(0.75, 0)])
def test_no_change_breaks_the_reader(
    plan: BagPlan, tmp_path_factory: pytest.TempPathFactory, form: str, changes: list[tuple[float, int]]
) -> None:
    file = archive(plan, tmp_path_factory.mktemp("fuzz"), form)
    whole = bytearray(file.read_bytes())
    for place, value in changes:
        whole[int(place * (len(whole) - 1))] = value
    file.write_bytes(whole)
    assert told(file)
