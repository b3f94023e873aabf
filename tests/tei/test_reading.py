"""From TEI to the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.model import AFTER, BEFORE, BETWEEN, Edition, Text
from edition.tei.attendance import persons_of
from edition.tei.parse import read
from edition.tei.reading import read_edition, read_text

HEADER = """<teiHeader><fileDesc>
<titleStmt><title type="main">The  Edition</title><title type="sub">Original</title>
<respStmt><resp>encoding</resp><orgName>the project</orgName></respStmt></titleStmt>
<editionStmt><edition n="1.2.0">first</edition></editionStmt>
<publicationStmt><publisher>the press</publisher><date when="2026-11-25">2026</date><idno type="DOI">10.1/x</idno>
<availability><licence target="https://creativecommons.org/licenses/by/4.0/"><p>open</p></licence></availability>
</publicationStmt></fileDesc>
<encodingDesc><listPrefixDef><prefixDef ident="p" matchPattern="([a-z]+)" replacementPattern="persons.xml#$1"/>
</listPrefixDef></encodingDesc>
<profileDesc><particDesc><listPerson><person sameAs="persons.xml#host"><persName>Host</persName></person></listPerson>
</particDesc></profileDesc></teiHeader>"""

PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>
<person xml:id="mao"><persName xml:lang="ru">Мао</persName><persName xml:lang="en">Mao</persName></person>
<person xml:id="zhou"><persName>Zhou</persName></person></listPerson></standOff></TEI>"""


def text_of(tmp_path: Path, body: str, header: str = HEADER) -> Text:
    file = tmp_path / "a.xml"
    file.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="ru">{header}<text><body>{body}</body></text></TEI>',
        encoding="utf-8",
    )
    return read_text(read(file, "source/a.xml"))


def test_turns_and_their_paragraphs(tmp_path: Path) -> None:
    body = """<p>Before.</p>
<sp xml:id="t1" who="persons.xml#mao p:zhou" corresp="b.xml#e1"><speaker>Mao:</speaker>
<p xml:id="t1p1" corresp="b.xml#e1p1">One <note>two <p>three</p></note></p><p/></sp>
<sp><p>Who?</p></sp>"""
    text = text_of(tmp_path, body)
    first, second = text.turns
    assert first.key == "source/a.xml#t1"
    assert first.who == ("source/persons.xml#mao", "source/persons.xml#zhou")
    assert first.label == "Mao:"
    assert first.corresp == ("source/b.xml#e1",)
    assert first.location.line
    assert second.location.line == first.location.line + 2
    assert [(each.id, each.text) for each in first.paragraphs] == [("t1p1", "One"), (None, "")]
    assert first.paragraphs[0].corresp == ("source/b.xml#e1p1",)
    assert (second.id, second.who, second.label, second.number) == (None, (), "", 2)
    assert first.key != second.key
    assert [each.text for each in text.frame] == ["Before."]
    assert text.language == "ru"


def test_a_date_in_an_opener_is_a_heading_and_items_of_lists_are_counted(tmp_path: Path) -> None:
    body = """<head>Record</head><opener><date when="1950-01-22">22 January</date></opener>
<div><opener><dateline>Moscow</dateline><salute>Dear</salute></opener><p>Points: <list><item>one</item><item>two
<note><list><item>not</item></list></note></item></list></p></div>
<sp><opener>no</opener><p>Who?</p></sp><closer><signed>Mao</signed></closer>"""
    text = text_of(tmp_path, body)
    assert [each.text for each in text.headings] == ["Record", "22 January", "Moscow", "Dear", "Mao"]
    assert text.headings[1].marks
    assert [each.items for each in text.frame] == [2]


@pytest.mark.parametrize("between", ["", "\n"], ids=["one line", "many"])
def test_what_stands_outside_turns_has_its_place_in_the_order_of_the_text(tmp_path: Path, between: str) -> None:
    body = ("<opener>Dear</opener>", "<p>1</p>", "<sp><p>a</p></sp>", "<p>2</p>", "<sp><p>b</p><p>c</p></sp>")
    text = text_of(
        tmp_path, between.join((*body, "<note><sp><p>no</p></sp></note>", "<p>3</p><closer>Yours</closer>"))
    )
    assert [(each.text, each.place) for each in text.frame] == [("1", "before"), ("2", "between"), ("3", "after")]
    assert [(each.text, each.place) for each in text.headings] == [("Dear", "before"), ("Yours", "after")]


def test_a_paragraph_has_its_regular_spelling_beside_it(tmp_path: Path) -> None:
    body = """<sp><p>на <num value="70"><choice><orig>семдесятъ</orig><reg>семьдесят</reg></choice></num> лет</p>
<p><choice><sic>сто</sic><corr>два</corr></choice> года</p></sp>"""
    spelled, corrected = text_of(tmp_path, body).turns[0].paragraphs
    assert spelled.text == "на семдесятъ лет"
    assert corrected.text == "два года"
    assert corrected.regular is None
    regular = spelled.regular
    assert regular is not None
    assert (regular.key, regular.text) == (spelled.key, "на семьдесят лет")
    for each in (spelled, regular):
        assert [each.text[mark.start : mark.end] for mark in each.marks] == [each.text[3:-4]]


def test_a_turn_in_a_turn_keeps_its_paragraphs(tmp_path: Path) -> None:
    outer, inner = text_of(tmp_path, "<sp><p>a</p><sp><p>b</p></sp><p>c</p></sp>").turns
    assert [each.text for each in outer.paragraphs] == ["a", "c"]
    assert [each.text for each in inner.paragraphs] == ["b"]


def test_utterances(tmp_path: Path) -> None:
    bare, segmented = text_of(tmp_path, "<u>so it is</u><u><seg>one</seg><seg>two</seg></u>").turns
    assert [each.text for each in bare.paragraphs] == ["so it is"]
    assert [each.text for each in segmented.paragraphs] == ["one", "two"]


def test_attendees(tmp_path: Path) -> None:
    body = """<p>Present: <list type="attendees"><item><persName ref="persons.xml#mao">Mao</persName>,</item>
<item>the <persName ref="persons.xml#zhou">Zhou</persName> and <persName ref="persons.xml#wang">Wang</persName></item>
<item>a cook</item></list></p>"""
    text = text_of(tmp_path, body)
    assert text.attendance is not None
    assert [(each.person, each.label) for each in text.attendance.attendees] == [
        ("source/persons.xml#mao", "Mao"),
        ("source/persons.xml#zhou", "Zhou"),
        ("source/persons.xml#wang", "Wang"),
        (None, "a cook"),
    ]
    assert [each.person for each in text.present] == ["source/persons.xml#host"]


def test_other_lists_are_no_attendance(tmp_path: Path) -> None:
    assert text_of(tmp_path, '<list type="ordered"><item>Mao</item></list>').attendance is None


def test_header(tmp_path: Path) -> None:
    header = text_of(tmp_path, "<p>x</p>").header
    stated = (header.title, header.subtitle, header.version, header.date, header.publisher)
    assert [each.value if each else None for each in stated] == [
        "The Edition",
        "Original",
        "1.2.0",
        "2026-11-25",
        "the press",
    ]
    assert [each.value for each in header.licence] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert [each.value for each in header.responsible] == ["the project"]
    assert [each.value for each in header.identifiers] == ["10.1/x"]
    assert header.version is not None
    assert header.version.location.line == 4


def test_who_did_what_and_what_the_text_is_about(tmp_path: Path) -> None:
    head = """<teiHeader><fileDesc><titleStmt><title>T</title><author>Nobody</author>
<editor ref="#e https://orcid.org/0000-0002-1825-0097">Eda Editor</editor><sponsor>Council</sponsor>
<respStmt><resp>translation</resp><resp>notes</resp><persName>Ann</persName><orgName>Press</orgName></respStmt>
<respStmt><resp>nothing said by whom</resp></respStmt></titleStmt></fileDesc>
<profileDesc><creation>Held on <date when="1950-01-22">22 January</date> in <placeName>Moscow</placeName>
<date>soon</date></creation><settingDesc><setting><date from="1949" to="1950"/></setting></settingDesc>
</profileDesc></teiHeader>"""
    header = text_of(tmp_path, "<p>x</p>", head).header
    assert [(credit.name.value, credit.role, credit.is_person, credit.identifier) for credit in header.credits] == [
        ("Eda Editor", "editor", True, "https://orcid.org/0000-0002-1825-0097"),
        ("Council", "sponsor", True, ""),
        ("Ann", "translation; notes", True, ""),
        ("Press", "translation; notes", False, ""),
    ]
    assert [each.value for each in header.dates] == ["1950-01-22", "1949/1950"]
    assert [(each.name.value, each.point) for each in header.places] == [("Moscow", None)]
    assert header.terms == ()


@pytest.mark.parametrize(
    ("geo", "point"),
    [
        ("<geo>55.75 37.6178</geo>", (55.75, 37.6178)),
        ("<geo>-33.9, 18</geo>", (-33.9, 18.0)),
        ("<geo>95 37</geo>", None),
        ("<geo>north of the river</geo>", None),
        ('<geo decls="#other">55.75 37.6178</geo>', None),
        ("<geo/>", None),
        ("", None),
    ],
)
def test_the_point_of_a_place(tmp_path: Path, geo: str, point: tuple[float, float] | None) -> None:
    head = f"""<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc><profileDesc><settingDesc>
<place><placeName>Moscow</placeName><location>{geo}</location></place></settingDesc></profileDesc></teiHeader>"""
    assert [each.point for each in text_of(tmp_path, "<p>x</p>", head).header.places] == [point]


def test_parts_in_a_cast_are_persons_by_the_names_of_their_roles(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    cast = """<castItem><role xml:id="k">Queen</role>, <roleDesc>of France</roleDesc></castItem>
<castItem xml:id="m"><role>Marquis</role></castItem><castItem><role>Guards</role></castItem>"""
    file.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><castList>{cast}</castList></text></TEI>')
    assert persons_of(read(file, "a.xml")) == {"a.xml#k": "Queen", "a.xml#m": "Marquis"}


def test_persons_by_key_with_their_english_names(tmp_path: Path) -> None:
    for name, content in (("persons.xml", PERSONS), ("a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')):
        (tmp_path / name).write_text(content, encoding="utf-8")
    edition: Edition = read_edition(
        read(tmp_path / "a.xml", "a.xml"), persons=read(tmp_path / "persons.xml", "source/persons.xml")
    )
    assert edition.name_of("source/persons.xml#mao") == "Mao"
    assert edition.name_of("source/persons.xml#zhou") == "Zhou"
    assert edition.name_of("source/persons.xml#nobody") == "nobody"


@pytest.mark.parametrize("content", ["<TEI/>", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "<html/>"])
def test_what_is_not_there_is_empty(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(content, encoding="utf-8")
    text = read_text(read(file, "a.xml"))
    assert (text.turns, text.frame, text.attendance, text.present) == ((), (), None, ())


def test_a_file_that_was_not_parsed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<TEI>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.xml"):
        read_text(read(file, "a.xml"))


def test_all_texts_of_a_corpus_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    texts = "".join(f"<TEI><text><head>h{n}</head><sp><p>p{n}</p></sp></text></TEI>" for n in (1, 2))
    file.write_text(f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{texts}</teiCorpus>', encoding="utf-8")
    text = read_text(read(file, "a.xml"))
    assert [turn.paragraphs[0].text for turn in text.turns] == ["p1", "p2"]
    assert [heading.text for heading in text.headings] == ["h1", "h2"]


def test_what_stands_outside_turns_is_read_where_it_stands(tmp_path: Path) -> None:
    body = """<front><titlePage><docTitle><titlePart>Play</titlePart></docTitle><docDate>1904</docDate></titlePage>
<castList><head>Cast</head><castItem>A</castItem></castList></front><body>
<list type="present"><head>Present</head><item>Mao</item></list><list><item>Agenda</item></list>
<list type="contents"><item>Act 1, page 12</item></list><div type="toc"><p>Act 2</p></div>
<table><row><cell>350</cell></row></table><epigraph><quote>Words</quote></epigraph><figure><head>Fig</head></figure>
<sp><p>Who?</p><list><item>no</item></list></sp><p>Between</p><sp><p>I.</p></sp><trailer>End</trailer></body>"""
    text = text_of(tmp_path, body)
    assert [(each.text, each.place, each.element) for each in text.headings] == [
        ("Play", BEFORE, "titlePart"),
        ("Cast", BEFORE, "head"),
        ("End", AFTER, "trailer"),
    ]
    assert [(each.text, each.place, each.element) for each in text.frame] == [
        ("Agenda", BEFORE, "item"),
        ("350", BEFORE, "cell"),
        ("Words", BEFORE, "quote"),
        ("Between", BETWEEN, "p"),
    ]
