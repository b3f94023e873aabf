"""The edition of this repository, from end to end: what it holds, and that whatever breaks it is found."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from edition import cli, pipeline
from edition.config import load
from edition.model import Edition
from edition.tei.names import NAMESPACES, XML_ID, tei

HOME = Path(__file__).parent.parent
RUSSIAN, ENGLISH, PERSONS = "source/record.ru.xml", "source/record.en.xml", "source/persons.xml"

Found = list[dict[str, Any]]


@pytest.fixture(scope="module")
def checked() -> pipeline.Checked:
    return pipeline.check(load(HOME))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy that a test may break."""
    for name in ("source", "schemas"):
        shutil.copytree(HOME / name, tmp_path / name)
    for name in ("edition.toml", "CITATION.cff"):
        shutil.copy(HOME / name, tmp_path / name)
    return tmp_path


def change(file: Path, pattern: str, replacement: str) -> None:
    """Change one place of a file; a pattern that is not there would test nothing."""
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1, f"{pattern} is not in {file.name}"
    file.write_text(text, encoding="utf-8")


def findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Found]:
    code = cli.main(["check", str(folder), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    return code, [each for each in report["diagnostics"] if each["severity"] == "error"]


def line_of(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line)


# What it holds


def test_nothing_is_wrong_with_it(checked: pipeline.Checked) -> None:
    assert [found.message for found in checked.report.diagnostics if found.severity.label != "note"] == []


def test_turns_attendees_and_leaves(checked: pipeline.Checked) -> None:
    edition: Edition = checked.sound()
    assert edition.translation is not None
    for text in edition.texts():
        assert len(text.turns) == 66
        assert text.attendance is not None
        assert len(text.attendance.attendees) == 12
    assert [turn.corresp for turn in edition.translation.turns] == [(turn.key,) for turn in edition.original.turns]
    counts = [
        sum(turn.who[0].endswith(who) for turn in edition.original.turns) for who in ("#stalin", "#mao", "#zhou")
    ]
    assert counts == [32, 29, 3]


def test_leaves(checked: pipeline.Checked) -> None:
    root = checked.documents[RUSSIAN].root
    assert root is not None
    leaves = root.findall(".//tei:text//tei:pb", NAMESPACES)
    assert [leaf.get("n") for leaf in leaves] == [str(n) for n in range(29, 39)]
    assert [leaf.get("n") for leaf in leaves if leaf.get("cert") == "low"] == ["32", "37"]


# The readings that matter most: the turn, what must stand in a correction or be spoken of in a note of that turn.
GRAVE = [
    (RUSSIAN, "t53", "тексалия", "текстиля"),
    (RUSSIAN, "t64", "Ту-чуню", "Фу-чуню"),
    (RUSSIAN, "attendance", "Ту-чунь", "Фу-чунь"),
    (RUSSIAN, "attendance", "Родин", "Рощин"),
    (RUSSIAN, "attendance", "Чэе", "Чжэ"),
]
IN_NOTES = [
    (ENGLISH, "e23", "выкинуть"),
    (ENGLISH, "e36", "соглашени"),
    (ENGLISH, "e37", "осуществлени"),
    (ENGLISH, "e38", "замещаться"),
    (ENGLISH, "e57", "в свою очередь"),
    (ENGLISH, "e65", "около"),
    (RUSSIAN, "t65", "авиаполк"),
    (RUSSIAN, "t66", "65"),
    (RUSSIAN, "t42", "болгарами"),
]


@pytest.mark.parametrize(("path", "place", "sic", "corr"), GRAVE)
def test_slips_are_corrected_and_kept(checked: pipeline.Checked, path: str, place: str, sic: str, corr: str) -> None:
    choices = at(checked, path, place).iter(tei("choice"))
    read = [("".join(each[0].itertext()), "".join(each[1].itertext()), each[1].get("cert")) for each in choices]
    assert any(sic in wrong and corr in right and cert for wrong, right, cert in read), read


@pytest.mark.parametrize(("path", "place", "word"), IN_NOTES)
def test_what_a_reader_must_know_is_in_a_note(checked: pipeline.Checked, path: str, place: str, word: str) -> None:
    notes = [" ".join("".join(note.itertext()).split()) for note in at(checked, path, place).iter(tei("note"))]
    assert any(word in note for note in notes), notes


def at(checked: pipeline.Checked, path: str, place: str) -> etree._Element:
    root = checked.documents[path].root
    assert root is not None
    (found,) = (element for element in root.iter(etree.Element) if element.get(XML_ID) == place)
    return found


def test_every_note_is_attributed(checked: pipeline.Checked) -> None:
    for path in (RUSSIAN, ENGLISH):
        root = checked.documents[path].root
        assert root is not None
        notes = root.findall(".//tei:text//tei:note", NAMESPACES)
        assert len(notes) > 10
        assert {note.get("resp") for note in notes} == {"#edition-toolkit"}


# What breaks it is found, in both files


def test_a_turn_deleted_from_the_translation(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy / ENGLISH, r'\s*<sp xml:id="e12" .*?</sp>', "")
    code, found = findings(copy, capsys)
    assert code == 1
    # The witness has the words that went with it.
    assert [each["code"] for each in found] == ["TRN201", "WIT202"]
    assert found[0]["path"] == ENGLISH
    assert "t12" in found[0]["message"]
    (there,) = found[0]["related"]
    assert (there["path"], there["line"]) == (RUSSIAN, line_of(copy / RUSSIAN, 'xml:id="t12"'))


def test_two_speakers_swapped(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(
        copy / ENGLISH,
        r'(<sp xml:id="e12" who="persons.xml#)mao(.*?<sp xml:id="e13" who="persons.xml#)stalin',
        r"\1stalin\2mao",
    )
    code, found = findings(copy, capsys)
    assert code == 1
    assert [(each["code"], each["turn"]) for each in found] == [("TRN301", "e12"), ("TRN301", "e13")]
    assert all(each["path"] == ENGLISH and each["related"][0]["path"] == RUSSIAN for each in found)


def test_an_attendee_dropped(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy / ENGLISH, r'\s*<item>((?!</item>).)*?<persName ref="persons.xml#chen">.*?</item>', "")
    code, found = findings(copy, capsys)
    assert code == 1
    assert [each["code"] for each in found] == ["ATT101", "WIT202"]
    assert found[0]["path"] == ENGLISH
    assert "Chen Boda" in found[0]["message"]
    assert found[0]["related"][0]["path"] == RUSSIAN


def test_an_element_misspelt(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy / ENGLISH, r'<sp (xml:id="e12" .*?)</sp>', r"<spp \1</spp>")
    code, found = findings(copy, capsys)
    assert code == 1
    schema = next(each for each in found if each["code"] == "SCH101")
    assert (schema["path"], schema["line"]) == (ENGLISH, line_of(copy / ENGLISH, "<spp "))
    assert "<sp>" in schema["hint"]


def test_a_schema_that_includes_another_from_the_web(
    copy: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    entry = '<uri name="http://a.b/c.rng" uri="c.rng"/>'
    catalog = f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entry}</catalog>'
    (elsewhere / "catalog.xml").write_text(catalog, encoding="utf-8")
    space = 'xmlns="http://relaxng.org/ns/structure/1.0"'
    (elsewhere / "c.rng").write_text(f'<element {space} name="a"><empty/></element>', encoding="utf-8")
    (copy / "schemas" / "own.rng").write_text(f'<externalRef {space} href="http://a.b/c.rng"/>', encoding="utf-8")
    change(copy / "edition.toml", r"schemas/record\.xsd", "schemas/own.rng")
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)
    assert cli.main(["check", str(copy)]) == 3
    assert "nothing comes from the network" in capsys.readouterr().err
    monkeypatch.setenv("XML_CATALOG_FILES", str(elsewhere / "catalog.xml"))
    code, found = findings(copy, capsys)
    assert code == 1
    assert "<TEI> may not be the root of a document" in [each["message"] for each in found]


def test_a_speaker_who_is_nobody(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy / ENGLISH, r'(<sp xml:id="e12" who="persons.xml#)mao', r"\1maoo")
    code, found = findings(copy, capsys)
    assert code == 1
    pointer = next(each for each in found if each["code"].startswith("REF"))
    assert (pointer["path"], pointer["line"]) == (ENGLISH, line_of(copy / ENGLISH, 'xml:id="e12"'))
    assert "maoo" in pointer["message"]
    assert "#mao" in pointer["hint"]
    (there,) = pointer["related"]
    assert (there["path"], there["line"]) == (RUSSIAN, line_of(copy / RUSSIAN, 'xml:id="t12"'))


def test_a_word_of_the_russian_changed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(copy / RUSSIAN, "Правильно", "Неправильно")
    code, (found,) = findings(copy, capsys)
    assert (code, found["code"], found["path"], found["turn"]) == (1, "WIT201", RUSSIAN, "t12")
    assert "Неправильно" in found["message"]
    assert found["related"][0]["path"] == "source/witness/record-of-talks.txt"
    assert found["related"][0]["line"] == line_of(copy / "source/witness/record-of-talks.txt", "Правильно")


VALUES = [
    # what is changed in the English, and the rule that finds it
    (r'value="51">51%', 'value="52">52%', "VAL201", "e40"),
    (r'value="51">51%', 'value="52">51%', "VAL101", "e40"),
    (r'when="1949-07">July 1949', 'when="1949-06">June 1949', "VAL203", "e48"),
    (r'when="1949-07">July 1949', 'when="1949-07">June 1949', "VAL101", "e48"),
    (r'quantity="10000" unit="person">10 thousand', 'quantity="100000" unit="person">100 thousand', "VAL201", "e65"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "turn"), VALUES)
def test_a_number_or_a_date_changed(
    right: str, wrong: str, code: str, turn: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy / ENGLISH, right, wrong)
    exit_code, found = findings(copy, capsys)
    assert exit_code == 1
    values = [each for each in found if each["code"].startswith("VAL")]
    assert {(each["code"], each["turn"]) for each in values} >= {(code, turn)}
    place = next(each for each in values if each["code"] == code)
    assert (place["path"], place["line"]) == (ENGLISH, line_of(copy / ENGLISH, wrong.split(">")[0]))


def test_a_fault_of_the_translation_that_is_mended_is_no_exception_any_more(copy: Path) -> None:
    change(copy / ENGLISH, r'<measure quantity="10000"', 'about <measure quantity="10000"')
    report = pipeline.check(load(copy)).report
    stale = [found for found in report.diagnostics if found.rule.code == "EXC101"]
    assert [found.location.path for found in stale] == ["edition.toml"]
    assert "VAL204 (turn e65" in stale[0].message
    assert len(report.accepted) == len(load(copy).exceptions) - 1
