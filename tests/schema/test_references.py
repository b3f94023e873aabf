"""Ids and pointers, within and across files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from edition.diagnostics import Diagnostic
from edition.schema.references import check
from edition.tei.parse import Document, read
from tests.schema.plays import TEI

PERSONS = '<person xml:id="mao"/><person xml:id="stalin"/>'


def tei(body: str) -> str:
    return f'<TEI xmlns="{TEI}">\n{body}\n</TEI>'


def write(folder: Path, **files: str) -> None:
    (folder / "source").mkdir(exist_ok=True)
    for name, body in files.items():
        (folder / "source" / f"{name}.xml").write_text(tei(body), encoding="utf-8")


def given(folder: Path, *names: str) -> list[Document]:
    return [read(folder / "source" / f"{name}.xml", f"source/{name}.xml") for name in names]


def found(folder: Path, body: str, *others: str) -> list[Diagnostic]:
    """Findings of source/record.xml with this body, given together with source/persons.xml and `others`."""
    write(folder, record=body, persons=PERSONS)
    return list(check(given(folder, "record", "persons", *others), folder))


@pytest.mark.parametrize(
    "body",
    [
        '<sp xml:id="t1" who="persons.xml#mao persons.xml#stalin"/><sp corresp="#t1" who="./persons.xml#mao"/>',
        '<ref target="persons.xml"/><ref target=""/><ref target="."/><ref target="record.xml#a" xml:id="a"/>',
        '<ref target="http://example.org/#x"/><ref target="mailto:a@example.org"/><ref target="#xpath(//p)"/>',
        '<name key="mao" ed="first" facs="scan.jpg"/><m:x xmlns:m="urn:m" target="nowhere"/>',
        '<p xml:id="мао"/><ref target="#%D0%BC%D0%B0%D0%BE"/><ref target="#мао"/>',
        '<p xml:id=" a "/><ref target="#a"/>',
    ],
)
def test_what_leads_somewhere_or_is_not_followed_is_no_finding(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    ("who", "code", "message", "hint"),
    [
        ("#maoo", "REF201", 'this file has no xml:id "maoo"', 'add xml:id="maoo"'),
        ("#t11", "REF201", 'this file has no xml:id "t11"', "did you mean #t1?"),
        ("#mao", "REF201", 'this file has no xml:id "mao"', "source/persons.xml has it: write persons.xml#mao"),
        ("persons.xml#maoo", "REF201", 'source/persons.xml has no xml:id "maoo"', "did you mean persons.xml#mao?"),
        ("#", "REF201", "names no id", "after the #"),
        ("scan.png#x", "REF201", "source/scan.png cannot be read as XML", "whole file"),
        ("../source#x", "REF201", "source cannot be read as XML", "whole file"),
        ("mao", "REF202", 'there is no file "source/mao"', "did you mean persons.xml#mao?"),
        ("nobody", "REF202", 'there is no file "source/nobody"', "written with #"),
        ("person.xml#mao", "REF202", 'there is no file "source/person.xml"', "did you mean persons.xml#mao?"),
        ("../../x.xml#mao", "REF203", 'leads out of the edition, to "../x.xml"', "into the edition"),
        ("/etc/hostname", "REF203", 'leads out of the edition, to "/etc/hostname"', "into the edition"),
        ("%2Fetc%2Fhostname", "REF203", "leads out of the edition", "into the edition"),
        ("link.xml#x", "REF203", "leads out of the edition", "into the edition"),
        ("circle.xml#x", "REF202", "there is no file", "spelling"),
        ("a%00b", "REF202", "there is no file", "spelling"),
        ("x" * 5_000, "REF202", "there is no file", "spelling"),
        ("C:\\texts\\x.xml", "REF203", "leads out of the edition", "into the edition"),
        ("file:///etc/hostname", "REF203", "one machine's disk", "into the edition"),
    ],
)
def test_a_pointer_that_leads_nowhere(tmp_path: Path, who: str, code: str, message: str, hint: str) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "scan.png").write_bytes(b"\x89PNG")
    (tmp_path / "source" / "link.xml").symlink_to("/etc/hostname")
    (tmp_path / "source" / "circle.xml").symlink_to("circle.xml")
    (finding,) = found(tmp_path, f'<p/>\n  <sp xml:id="t1" who="{who}"/>')
    assert (finding.rule.code, finding.location.line, finding.location.column) == (code, 3, 3)
    assert finding.turn == "t1"
    assert message in finding.message
    assert finding.message.startswith('who="')
    assert hint in finding.hint
    assert len(finding.message) < 200


def test_a_space_after_the_sign_is_told_once(tmp_path: Path) -> None:
    (only,) = found(tmp_path, '<ref target="# mao"/>')
    assert only.message == 'target="#" of <ref> names no id'
    both = found(tmp_path, '<ref target="#" corresp="mao"/>')
    assert [each.about for each in both] == [("target", "#"), ("corresp", "mao")]


def test_a_space_in_an_address_is_the_fault(tmp_path: Path) -> None:
    (torn,) = found(tmp_path, '<ref target="http://a.org/two words.pdf"/>')
    assert torn.message == 'target="words.pdf" of <ref> is cut off from the address before it by a space'
    assert torn.hint == "write %20 for the space, or take it away"
    (missing,) = found(tmp_path, '<ref target="http://a.org/ gone.xml"/>')
    assert "there is no file" in missing.message


def test_an_id_used_twice_is_told_with_both_places(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, '<p xml:id="a"/>\n<p/>\n  <p xml:id="a"/><ref target="#a"/>')
    assert (finding.rule.code, finding.location.line, finding.location.column) == ("REF101", 4, 3)
    assert [each.location.line for each in finding.related] == [2]


def test_the_same_id_in_two_files_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, '<p xml:id="mao"/><ref target="#mao"/>') == []


def test_an_id_that_is_no_name(tmp_path: Path) -> None:
    findings = found(tmp_path, '<p xml:id="1"/><p xml:id="a b"/><p xml:id=""/>')
    assert [finding.rule.code for finding in findings] == ["REF102"] * 3


def test_a_file_beside_is_read_once_and_for_its_ids_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, places='<place xml:id="ussr"/><ref target="#nowhere"/>')
    reads: list[str] = []

    def counted(file: Path, path: str) -> Document:
        reads.append(path)
        return read(file, path)

    monkeypatch.setattr("edition.schema.shelf.read", counted)
    body = '<name ref="places.xml#ussr"/><name ref="places.xml#china"/><name ref="places.xml#japan"/>'
    assert [each.rule.code for each in found(tmp_path, body)] == ["REF201", "REF201"]
    assert reads == ["source/places.xml"]


def test_pointers_into_a_file_that_could_not_be_parsed_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "broken.xml").write_text("<TEI>")
    assert found(tmp_path, '<sp who="broken.xml#mao"/>', "broken") == []


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    os.mkfifo(tmp_path / "source" / "pipe.xml")
    (finding,) = found(tmp_path, '<sp who="pipe.xml#mao"/>')
    assert "cannot be read" in finding.message


def test_a_prefix_leads_to_what_it_is_declared_for(tmp_path: Path) -> None:
    prefix = '<prefixDef ident="p" matchPattern="([a-z]+)" replacementPattern="persons.xml#$1"/>'
    findings = found(tmp_path, f'<teiHeader>{prefix}</teiHeader><sp who="p:mao p:maoo p:Mao q:mao"/>')
    assert [(each.rule.code, each.message.split(" of ")[0]) for each in findings] == [
        ("REF201", 'who="p:Mao"'),
        ("REF201", 'who="p:maoo"'),
    ]


def test_bare_files_find_their_neighbours_in_their_own_folder(tmp_path: Path) -> None:
    write(tmp_path, record='<sp who="persons.xml#mao"/><sp who="persons.xml#maoo"/>', persons=PERSONS)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    document = read(tmp_path / "source" / "record.xml", "../source/record.xml")
    assert [each.rule.code for each in check([document], elsewhere)] == ["REF201"]


def test_thousands_of_dangling_pointers_are_counted_and_cost_seconds(tmp_path: Path) -> None:
    ids = "".join(f'<p xml:id="p{number}"/>' for number in range(5_000))
    turns = "".join(f'<sp who="#q{number}"/>' for number in range(10_000))
    before = time.process_time()
    findings = found(tmp_path, ids + turns)
    assert time.process_time() - before < 20
    assert len(findings) == 101
    assert "9900 more errors" in findings[-1].message
