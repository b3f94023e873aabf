"""Verifying anyone's bags: what the cases of the rules do not show, and bags made to break a reader."""

from __future__ import annotations

import hashlib
import os
import shutil
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edition import pipeline
from edition.bagging import Asked, load_profile, rules, tree, verify
from edition.diagnostics import Diagnostic, Report
from edition.errors import EditionError
from edition.reports import json as json_report
from edition.reports import text as text_report
from edition.rules import Selection, declared

DATA = b"<TEI/>\n"
SUM = hashlib.sha256(DATA).hexdigest()


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return sorted({found.rule.code for found in findings})


def make(folder: Path, files: dict[str, bytes], version: str = "1.0") -> Path:
    """A bag of one payload file, record.xml, and of whatever else is said; without tag manifest."""
    files = {
        "bagit.txt": f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n".encode(),
        "bag-info.txt" if version > "0.95" else "package-info.txt": b"Payload-Oxum: 7.1\n",
        "manifest-sha256.txt": f"{SUM}  data/record.xml\n".encode(),
        "data/record.xml": DATA,
    } | files
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
def test_every_version_that_there_was(tmp_path: Path, version: str) -> None:
    assert codes(verify(make(tmp_path, {}, version))) == ["BAG109"]


def test_drafts_were_loose(tmp_path: Path) -> None:
    """Spaces, several manifests that each list a part, and bare percent signs were allowed before BagIt 1.0."""
    files = {
        "bagit.txt": b"BagIt-Version : 0.97 \nTag-File-Character-Encoding:UTF-8\n\n",
        "bag-info.txt": b"Payload-Oxum :  14.2\nContact-Name:x\n",
        "data/50%25.xml": DATA,
        "manifest-md5.txt": f"{hashlib.md5(DATA).hexdigest()} data/50%25.xml\n".encode(),
    }
    assert codes(verify(make(tmp_path, files))) == ["BAG109", "BAG111"]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_end_of_line(tmp_path: Path, end: str) -> None:
    files = {
        "bagit.txt": f"BagIt-Version: 1.0{end}Tag-File-Character-Encoding: UTF-8{end}".encode(),
        "manifest-sha256.txt": f"{SUM.upper()}\tdata/record.xml{end}".encode(),
        "bag-info.txt": f"Contact-Name: a{end}  b{end}Payload-Oxum: 7.1".encode(),
    }
    assert codes(verify(make(tmp_path, files))) == ["BAG109"]


def test_encoded_line_ends_are_names_with_line_ends(tmp_path: Path) -> None:
    files = {"data/a\nb\rc%.xml": DATA}
    files["manifest-sha256.txt"] = f"{SUM}  data/record.xml\n{SUM}  data/a%0Ab%0dc%25.xml\n".encode()
    files["bag-info.txt"] = b"Payload-Oxum: 14.2\n"
    assert codes(verify(make(tmp_path, files))) == ["BAG109", "BAG403"]


@pytest.mark.parametrize("version", ["0.93", "0.97", "1.0"])
@pytest.mark.parametrize("name", ["a%0Ab", "a%0db%25", "a%b"])
def test_names_written_letter_for_letter(tmp_path: Path, version: str, name: str) -> None:
    """As tools write them that encode nothing, in bags of any version."""
    files = {f"data/{name}": DATA}
    files["manifest-sha256.txt"] = f"{SUM}  data/record.xml\n{SUM}  data/{name}\n".encode()
    files["bag-info.txt" if version > "0.95" else "package-info.txt"] = b"Payload-Oxum: 14.2\n"
    legacy = ["BAG110"] if version == "1.0" or "%0" in name else []
    assert codes(verify(make(tmp_path / "bag", files, version))) == ["BAG109", *legacy]


@pytest.mark.parametrize("version", ["01.0", "1.00", "0.097", "00.97"])
def test_a_version_is_written_in_one_way(tmp_path: Path, version: str) -> None:
    (found,) = (each for each in verify(make(tmp_path, {}, version)) if each.rule.code == "BAG102")
    assert found.message == f"bagit.txt begins with 'BagIt-Version: {version}', not with a version"


@pytest.mark.parametrize(("day", "is_one"), [("2024-02-29", True), ("2021-02-30", False), ("2023-02-29", False)])
def test_days_that_there_are(tmp_path: Path, day: str, is_one: bool) -> None:
    files = {"bag-info.txt": f"Bagging-Date: {day}\nPayload-Oxum: 7.1\n".encode()}
    assert codes(verify(make(tmp_path, files))) == ["BAG109", *([] if is_one else ["BAG502"])]


def test_a_name_that_legacy_tools_and_rfc_read_differently(tmp_path: Path) -> None:
    """Both files are there: `a%25` in a manifest of BagIt 1.0 is then the file `a%` and nothing else."""
    files = {"data/a%": DATA, "data/a%25": DATA, "bag-info.txt": b"Payload-Oxum: 21.3\n"}
    files["manifest-sha256.txt"] = b"".join(b"%s  data/%s\n" % (SUM.encode(), n) for n in (b"record.xml", b"a%25"))
    found = [each for each in verify(make(tmp_path, files)) if each.rule.code != "BAG109"]
    assert [(each.rule.code, each.location.path) for each in found] == [("BAG202", "data/a%25")]


@pytest.mark.parametrize("changed", [b"<tei/>\n", b"<TEI/>\n\n", b""])
def test_a_changed_file_is_named_by_each_manifest(tmp_path: Path, changed: bytes) -> None:
    files = {"manifest-md5.txt": f"{hashlib.md5(DATA).hexdigest()}  data/record.xml\n".encode()}
    make(tmp_path, files)
    (tmp_path / "data" / "record.xml").write_bytes(changed)
    found = [each for each in verify(tmp_path) if each.rule is rules.WRONG_CHECKSUM]
    assert [str(each.location) for each in found] == ["manifest-md5.txt:1", "manifest-sha256.txt:1"]


def test_a_file_under_another_spelling_is_checked_all_the_same(tmp_path: Path) -> None:
    make(tmp_path, {"manifest-sha256.txt": f"{SUM}  data/caf\u00e9.xml\n".encode()})
    (tmp_path / "data" / "record.xml").unlink()
    (tmp_path / "data" / "cafe\u0301.xml").write_bytes(b"changed")
    assert codes(verify(tmp_path)) == ["BAG109", "BAG207", "BAG301"]


def test_names_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    make(tmp_path, {"data/caf\u00e9.xml": DATA, "data/cafe\u0301.xml": DATA})
    (found,) = [each for each in verify(tmp_path) if each.rule is rules.NAMES_COLLIDE]
    assert found.message.startswith("the two Unicode forms of caf\u00e9.xml are one name")


@pytest.mark.parametrize(
    ("url", "expected"),
    [("file:///etc/passwd", ["BAG401"]), ("FILE:/x", ["BAG401"]), ("ftp://archive.example/record.xml", [])],
)
def test_a_file_of_whoever_fetches_it(tmp_path: Path, url: str, expected: list[str]) -> None:
    make(tmp_path, {"fetch.txt": f"{url} - data/record.xml\n".encode()})
    assert codes(verify(tmp_path)) == ["BAG109", *expected]


@pytest.mark.parametrize("at", ["data", "data/record.xml", "bagit.txt", "manifest-sha256.txt", "fetch.txt"])
def test_links_are_named_and_not_followed(tmp_path: Path, at: str) -> None:
    bag, outside = make(tmp_path / "bag", {"fetch.txt": b""}), tmp_path / "outside"
    (bag / at).rename(outside)
    (bag / at).symlink_to(outside)
    found = list(verify(bag))
    assert any(each.severity.label == "error" for each in found)
    if at != "bagit.txt":
        assert [each.location.path for each in found if each.rule is rules.NOT_A_PLAIN_FILE] == [at]


def test_pipes_and_sockets_are_named_and_not_opened(tmp_path: Path) -> None:
    bag = make(tmp_path, {})
    (bag / "data" / "record.xml").unlink()
    os.mkfifo(bag / "data" / "record.xml")
    assert codes(verify(bag)) == ["BAG109", "BAG201", "BAG302", "BAG402"]


def test_a_link_slipped_in_while_we_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = make(tmp_path / "bag", {})
    (tmp_path / "secret").write_bytes(DATA)
    seen = tree._file

    def swapped(*arguments: Any) -> tree.PlainFile | Diagnostic:
        found = seen(*arguments)
        (bag / "data" / "record.xml").unlink(missing_ok=True)
        (bag / "data" / "record.xml").symlink_to(tmp_path / "secret")
        return found

    monkeypatch.setattr(tree, "_file", swapped)
    assert "BAG305" in codes(verify(bag))


def test_folders_too_deep(tmp_path: Path) -> None:
    bag = make(tmp_path, {})
    deep = bag.joinpath("data", *["d"] * tree.MAX_DEPTH)
    deep.mkdir(parents=True)
    assert codes(verify(bag)) == ["BAG109", "BAG305"]


def test_names_that_are_not_utf8_can_be_reported(tmp_path: Path) -> None:
    bag = make(tmp_path, {"manifest-sha256.txt": f"{SUM}  data/record.xml\n{SUM}  data/".encode() + b"\xe9.xml\n"})
    (bag / os.fsdecode(b"data/\xe9.xml")).write_bytes(DATA)
    report = Report.of("verify", declared(), verify(bag))
    assert codes(report.diagnostics) == ["BAG105", "BAG109", "BAG302", "BAG403"]
    assert text_report.render(report).encode("utf-8")
    assert json_report.render(report).encode("utf-8")


def test_findings_are_capped_and_counted(tmp_path: Path) -> None:
    lines = "".join(f"{SUM}  data/{number}.xml\n" for number in range(1_000))
    found = list(verify(make(tmp_path, {"manifest-sha256.txt": f"{SUM}  data/record.xml\n{lines}".encode()})))
    assert sum(each.rule is rules.FILE_MISSING for each in found) == rules.MAX_FINDINGS
    (more,) = [each for each in found if each.rule is rules.MORE_FINDINGS]
    assert more.message == "900 more findings of BAG201 file-missing are not listed"


def test_memory_grows_with_entries_alone(tmp_path: Path) -> None:
    """Under 400 bytes an entry, as a million of them are to fit into 400 MB."""
    count = 20_000
    with (make(tmp_path, {}) / "manifest-sha256.txt").open("a", encoding="utf-8") as manifest:
        manifest.writelines(f"{SUM}  data/a-folder/of-some-depth/leaf-{number:06}.tif\n" for number in range(count))
    tracemalloc.start()
    try:
        assert codes(verify(tmp_path)) == ["BAG109", "BAG201", "BAG505"]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400 * count


@pytest.mark.parametrize("kind", ["missing", "file", "null"])
def test_what_is_neither_folder_nor_archive(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EditionError) as raised:
        list(verify(tmp_path / {"missing": "missing", "file": "file", "null": "\0"}[kind]))
    assert raised.value.advice == "name the folder that holds bagit.txt, or a tar, tar.gz or zip of it"


def test_progress_is_told_of_every_byte(bag: Path) -> None:
    told: list[int] = []
    assert list(verify(bag, Asked(progress=told.append))) == []
    read = [path for path in bag.rglob("*") if path.is_file() and not path.name.startswith("tagmanifest-")]
    assert sum(told) == sum(path.stat().st_size for path in read)


def test_nothing_is_written(bag: Path) -> None:
    for path in [bag, *bag.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in bag.rglob("*")}
    assert list(verify(bag)) == []
    assert {path: path.stat().st_mtime_ns for path in bag.rglob("*")} == before


# What a tag file may be made of to break its reader: pieces that mean something, and noise between them.
PIECES = st.one_of(
    st.sampled_from(
        [
            *(b"BagIt-Version: 1.0\n", b"BagIt-Version: 0.97\n", b"BagIt-Version: 99999999999.1\n"),
            *(b"Tag-File-Character-Encoding: ", b"UTF-8\n", b"UTF-16\n", b"utf_7\n", b"idna\n", b"zlib\n", b"../x\n"),
            *(b"KOI8-R\n", b"Shift_JIS\n", b"\0", b"\r", b"\n", b"\r\n", b" ", b"\t", b"  *", b"%", b"%25", b"%0a"),
            *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xe9", "é".encode(), "\u2028".encode(), b"\x85", b":"),
            *(b"Payload-Oxum: ", b"7.1", b"1" * 5_000, b"Bagging-Date: 2026-01-22\n", b"Bag-Count: 1 of 1\n"),
            *(SUM.encode(), b"data/record.xml", b"data/", b"../", b"/etc/passwd", b"~root", b"c:\\", b"bag-info.txt"),
            *(b"https://archive.example/x 7 ", b"http://[::1 - ", b"manifest-sha256.txt", b"tagmanifest-sha256.txt"),
        ]
    ),
    st.binary(max_size=6),
)
CONTENTS = st.lists(PIECES, max_size=14).map(b"".join)
NAMES = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "fetch.txt", "manifest-.txt"]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), CONTENTS, min_size=1, max_size=3))
@example({"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n", "bag-info.txt": b"x"})
@example({"bag-info.txt": b"Payload-Oxum: " + b"1" * 5_000 + b".1\n"})
def test_no_tag_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        report = Report.of("verify", declared(), verify(make(folder, files)))
        text_report.render(report).encode("utf-8")
        json_report.render(report).encode("utf-8")
    finally:
        shutil.rmtree(folder)


def test_a_wrong_count_names_what_is_to_blame(tmp_path: Path) -> None:
    make(tmp_path, {"data/more.xml": DATA})
    (found,) = [each for each in verify(tmp_path) if each.rule is rules.WRONG_OXUM]
    assert [each.location.path for each in found.related] == ["data/more.xml"]


def test_many_files_are_the_same_for_every_number_of_workers(tmp_path: Path) -> None:
    data = os.urandom(5 << 20)
    files = {f"data/{number}.tif": data for number in range(7)}
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path in files)
    files["manifest-sha256.txt"] = f"{SUM}  data/record.xml\n{lines}".encode()
    files["bag-info.txt"] = f"Payload-Oxum: {7 * len(data) + len(DATA)}.8\n".encode()
    make(tmp_path, files)
    for workers in (1, 2, 5):
        assert codes(verify(tmp_path, Asked(workers=workers))) == ["BAG109"]
    (tmp_path / "data" / "3.tif").write_bytes(data[:-1] + b"x")
    for workers in (1, 2, 5):
        assert codes(verify(tmp_path, Asked(workers=workers))) == ["BAG109", "BAG301"]


@pytest.mark.parametrize(("make_it", "what"), [("link", "a symbolic link"), ("folder", "no plain file")])
def test_a_bagit_txt_that_is_no_file(tmp_path: Path, make_it: str, what: str) -> None:
    bag = make(tmp_path / "bag", {})
    (bag / "bagit.txt").rename(tmp_path / "elsewhere.txt")
    if make_it == "link":
        (bag / "bagit.txt").symlink_to(tmp_path / "elsewhere.txt")
    else:
        (bag / "bagit.txt").mkdir()
    (found,) = verify(bag)
    assert (found.rule.code, found.message) == ("BAG101", f"bagit.txt is {what}")


def test_a_count_is_not_to_be_changed_while_files_cannot_be_read(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag", {})
    (bag / "data" / "record.xml").unlink()
    (bag / "data" / "record.xml").symlink_to(tmp_path / "elsewhere.xml")
    (found,) = (each for each in verify(bag) if each.rule.code == "BAG302")
    assert found.hint == "mend what is named here first, and verify again"
    assert "data/record.xml is a symbolic link" in [each.message for each in found.related]


def test_only_what_is_asked_is_said_to_be_asked(tmp_path: Path) -> None:
    """No findings of a signature that nobody looked at would be read as a good signature."""
    bag = make(tmp_path / "bag", {})

    def hundreds(asked: Asked) -> set[str]:
        return {rule.code[:4] for rule in pipeline.verify(bag, Selection(), asked=asked).rules}

    every = {f"BAG{hundred}" for hundred in range(1, 7)}
    assert hundreds(Asked()) == every
    assert hundreds(Asked(profile=load_profile("aptrust"))) == {*every, "BAG7"}
    assert hundreds(Asked(further=("BAG9",))) == {*every, "BAG9"}
