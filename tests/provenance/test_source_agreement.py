"""What is said of the sources: wrong values planted in a copy of this edition are found, and nothing else is."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from lxml import etree

from edition import pipeline
from edition.config import load
from edition.diagnostics import Diagnostic
from edition.init import create
from edition.provenance import citation
from edition.provenance.agreement import check
from edition.tei.header import header

ROOT = Path(__file__).resolve().parent.parent.parent
CITED, RUSSIAN, ENGLISH = "CITATION.cff", "source/record.ru.xml", "source/record.en.xml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What describes this edition."""
    (tmp_path / "source").mkdir()
    for name in (CITED, "edition.toml", RUSSIAN, ENGLISH, "source/persons.xml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def found(folder: Path) -> list[Diagnostic]:
    cited, _ = citation.read(folder / CITED, CITED)
    names = (RUSSIAN, ENGLISH, "source/persons.xml")
    headers = [header(etree.parse(folder / name).getroot(), name) for name in names]
    return list(check(load(ROOT), cited, headers))


def plant(folder: Path, name: str, right: str, wrong: str) -> None:
    """Write the wrong for the last of the right, which are there in this edition."""
    before, there, after = (folder / name).read_text("utf-8").rpartition(right)
    assert there
    (folder / name).write_text(before + wrong + after, encoding="utf-8")


def test_this_edition_agrees(copy: Path) -> None:
    assert found(copy) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "code"),
    [
        (RUSSIAN, "op. 1, d. 329", "op. 1, d. 328", "HDR211"),
        (ENGLISH, "op. 1, d. 329", "op. 1, d. 328", "HDR211"),
        (CITED, "op. 1, d. 329", "op. 1, d. 328", "HDR211"),
        (CITED, "ll. 29-38", "ll. 29-39", "HDR211"),
        (RUSSIAN, '"wcda">111245', '"wcda">111246', "HDR211"),
        (ENGLISH, '"wcda">111245', '"wcda">111246', "HDR211"),
        (CITED, "111245", "111246", "HDR211"),
        (RUSSIAN, "<publisher>Wilson Center Digital Archive", "<publisher>Wilson Centre", "HDR211"),
        (ENGLISH, "<publisher>Wilson Center Digital", "<publisher>Wilson Centre Digital", "HDR211"),
        (CITED, "Wilson Center Digital Archive\n    identifiers", "Wilson Centre\n    identifiers", "HDR211"),
        (ENGLISH, "translated by <persName>Danny Rozas", "translated by <persName>Danny Rosas", "HDR211"),
        (CITED, "family-names: Rozas", "family-names: Rosas", "HDR211"),
        (CITED, "Record of Talks between I.V.", "Record of Talk between I.V.", "HDR213"),
        (CITED, "Запись беседы", "Запись бесед", "HDR213"),
        (RUSSIAN, '"rozas">Danny Rozas', '"rozas">Danny Rosas', "HDR212"),
        (ENGLISH, '"rozas">Danny Rozas', '"rozas">Danny Rosas', "HDR212"),
        (RUSSIAN, '"wcda">Wilson Center', '"wcda">Wilson Centre', "HDR212"),
    ],
)
def test_a_wrong_value_is_found_where_it_was_planted(
    copy: Path, name: str, right: str, wrong: str, code: str
) -> None:
    plant(copy, name, right, wrong)
    findings = found(copy)
    assert {each.rule.code for each in findings} == {code}
    places = {each.location.path for each in findings} | {
        related.location.path for each in findings for related in each.related
    }
    assert name in places


def test_one_wrong_shelfmark_in_both_headers_is_not_that_of_the_citation(copy: Path) -> None:
    for name in (RUSSIAN, ENGLISH):
        plant(copy, name, "op. 1, d. 329", "op. 1, d. 328")
    (finding,) = found(copy)
    assert finding.message == (
        f'the number of the source is "f. 45, op. 1, d. 329, ll. 29-38" here, '
        f'but "f. 45, op. 1, d. 328, ll. 29-38" in {RUSSIAN}'
    )
    assert finding.location.path == CITED


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (ENGLISH, "f. 45, op. 1, d. 329, ll. 29-38", "f. 45, op. 1, d. 329"),
        (CITED, "f. 45, op. 1, d. 329, ll. 29-38.", "Seen in 1995 and 2001."),
        (CITED, 'value: "111245"', "value: letters"),
        (ENGLISH, '<idno type="wcda">111245', '<idno type="url">https://example.org/111246'),
        (CITED, "Record of Talks between I.V. Stalin and Chairman of the", "Letters of I.V. Stalin to the"),
        (CITED, "Record of Talks between I.V.", "Record 2 of Talks between I.V."),
    ],
)
def test_what_is_less_exact_or_of_another_kind_is_no_contradiction(
    copy: Path, name: str, right: str, wrong: str
) -> None:
    plant(copy, name, right, wrong)
    assert found(copy) == []


def sources(path: str, described: str, credited: str = "") -> etree._Element:
    return etree.fromstring(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>{credited}</titleStmt>'
        f"<sourceDesc>{described}</sourceDesc></fileDesc></teiHeader></TEI>"
    )


MANUSCRIPT = (
    "<msDesc><msIdentifier><idno type='shelfmark'>MS {0}, f. 1</idno></msIdentifier>"
    "<msContents><msItem><title>Charter</title></msItem></msContents></msDesc>"
)
PRINT = "<bibl><title>Documents</title> <publisher>{0}</publisher> <idno type='ISBN'>{1}</idno></bibl>"
CREDIT = "<respStmt><resp>{0}</resp><persName>{1}</persName></respStmt>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (sources("a", MANUSCRIPT.format(1)), sources("b", MANUSCRIPT.format(2))),
        (sources("a", PRINT.format("A", "978-1")), sources("b", PRINT.format("B", "978-2"))),
        (sources("a", "", CREDIT.format("encoding", "A")), sources("b", "", CREDIT.format("encoding", "B"))),
        (sources("a", "", CREDIT.format("translation", "A")), sources("b", "", CREDIT.format("translator", "B"))),
        (sources("a", "<p>None.</p>"), sources("b", "<bibl/><msDesc/><biblStruct><monogr/></biblStruct>")),
    ],
)
def test_two_sources_of_one_title_and_other_work_by_others_are_left_alone(
    one: etree._Element, other: etree._Element
) -> None:
    assert list(check(load(ROOT), None, [header(one, "a.xml"), header(other, "b.xml")])) == []


def test_two_works_of_one_title_in_one_file_are_two() -> None:
    letters = "".join(f"<bibl><title>Letter</title> <publisher>P</publisher> <idno>{n}</idno></bibl>" for n in (1, 2))
    one = header(sources("a", letters), "a.xml")
    for numbers, codes in (("1", []), ("2", []), ("3", ["HDR211"])):
        letter = f"<bibl><title>Letter</title> <publisher>P</publisher> <idno>{numbers}</idno></bibl>"
        found_ = check(load(ROOT), None, [one, header(sources("b", letter), "b.xml")])
        assert [each.rule.code for each in found_] == codes


def test_a_second_copy_of_a_manuscript_is_no_contradiction_of_the_notes(copy: Path) -> None:
    manuscript = re.search("<msDesc>.*</msDesc>", (copy / RUSSIAN).read_text("utf-8"), re.DOTALL)
    assert manuscript
    plant(copy, RUSSIAN, "</msDesc>", "</msDesc>" + manuscript[0].replace("d. 329", "d. 330"))
    assert found(copy) == []


def test_very_many_sources_take_no_long_time() -> None:
    of_file = {
        path: header(sources(path, "".join(described.format(first + n) for n in range(3000))), f"{path}.xml")
        for path, first in (("a", 0), ("b", 5000))
        for described in (PRINT.replace("{1}", "{0}") + POINTING.format("", "{0}"),)
    }
    before = time.process_time()
    assert list(check(load(ROOT), None, list(of_file.values()))) == []
    assert time.process_time() - before < 10


POINTING = "<bibl>{0} <idno type='ISBN'>{1}</idno>, of <ref target='a.xml'>the original</ref></bibl>"


@pytest.mark.parametrize(
    ("called", "codes"),
    [
        ("From", ["HDR211"]),
        ("From <title>Documents</title>", ["HDR211"]),
        ("From <title>Documents in English</title>", []),
        ("Printed by <publisher>B</publisher>", []),
    ],
)
def test_a_print_of_the_translation_that_points_at_the_original_is_not_its_source(
    called: str, codes: list[str]
) -> None:
    one, other = sources("a", PRINT.format("A", "978-1")), sources("b", POINTING.format(called, "978-2"))
    found_ = check(load(ROOT), None, [header(one, "a.xml"), header(other, "b.xml")])
    assert [each.rule.code for each in found_] == codes


JOURNAL = (
    "<biblStruct><analytic><title>The Talk</title><editor>{0}</editor></analytic><monogr><title>Journal</title>"
    "<editor role='translator'>{0}</editor><imprint><publisher>P</publisher></imprint></monogr></biblStruct>"
)


def test_a_translator_is_known_by_the_role_that_the_element_has() -> None:
    one, other = (sources(path, JOURNAL.format(name)) for path, name in (("a", "Ann Bee"), ("b", "Anne Bee")))
    (finding,) = check(load(ROOT), None, [header(one, "a.xml"), header(other, "b.xml")])
    assert finding.message == 'the translator of the source is "Anne Bee" here, but "Ann Bee" in a.xml'


def test_a_number_in_another_way_of_writing_is_the_same() -> None:
    one, other = (sources(path, PRINT.format("A", isbn)) for path, isbn in (("a", "978-1"), ("b", "978 1")))
    assert list(check(load(ROOT), None, [header(one, "a.xml"), header(other, "b.xml")])) == []


def test_the_edition_that_init_makes_agrees(tmp_path: Path) -> None:
    create(tmp_path)
    assert pipeline.check(load(tmp_path)).report.diagnostics == ()
