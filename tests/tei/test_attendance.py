"""Attendees: from lists, lists of persons, casts and headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edition.model import Text
from edition.tei.parse import read
from edition.tei.reading import read_text

PERSONS = """<listPerson type="participants"><person sameAs="p.xml#mao"><persName>Mao</persName></person>
<listPerson><person xml:id="zhou"><persName>Zhou</persName></person></listPerson>
<person><persName ref="p.xml#chen">Chen</persName></person></listPerson>"""
CAST = """<castList><castItem><role xml:id="faust">Faust</role>, <roleDesc>a scholar</roleDesc></castItem>
<castGroup><head>Spirits</head><castItem corresp="p.xml#ariel"><role>Ariel</role></castItem></castGroup>
<castItem type="list">Citizens</castItem></castList>"""


SPOKEN = """<body><sp who="#mao"><speaker>Mao:</speaker><p>One.</p></sp>
<sp who="p.xml#zhou"><speaker>Zhou Enlai</speaker><p>Two.</p></sp>
<sp who="#an"><speaker>Mao Anying</speaker></sp></body>"""


def text_of(tmp_path: Path, body: str, header: str = "") -> Text:
    file = tmp_path / "a.xml"
    file.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader><text>{body}</text></TEI>',
        encoding="utf-8",
    )
    return read_text(read(file, "a.xml"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PERSONS, [("p.xml#mao", "Mao"), ("a.xml#zhou", "Zhou"), ("p.xml#chen", "Chen")]),
        (CAST, [("a.xml#faust", "Faust"), ("p.xml#ariel", "Ariel"), (None, "Citizens")]),
        (
            '<castList><castItem><role><persName ref="p.xml#mao">Mao</persName></role></castItem>'
            "<castItem>A guard</castItem></castList>",
            [("p.xml#mao", "Mao"), (None, "A guard")],
        ),
        (
            '<castList><castItem><persName ref="p.xml#mao">Mao</persName>, friend of <name ref="#zhou"/></castItem>'
            '<castItem><roleDesc>Son of <name ref="#mao"/></roleDesc> <name ref="p.xml#an">An</name></castItem>'
            '<castItem><role>Guard</role> of <name ref="#mao"/>, <actor><name ref="#li">Li</name></actor></castItem>'
            "</castList>",
            [("p.xml#mao", "Mao"), ("p.xml#an", "An"), (None, "Guard")],
        ),
        (
            '<castList><castItem><name ref="#an">An</name>, <name ref="#mao">Mao</name> and <name ref="#zhou">Zhou'
            '</name>, sons of <name ref="#li">Li</name> and <name ref="#chen">Chen</name></castItem></castList>',
            [("a.xml#an", "An"), ("a.xml#mao", "Mao"), ("a.xml#zhou", "Zhou")],
        ),
        (
            '<listPerson type="present"><person><persName>Mao</persName></person><person><p>Zhou</p></person>'
            '<person><persName>Chen</persName><persName key="chen"/></person></listPerson>',
            [(None, "Mao"), (None, "Zhou"), ("key:chen", "Chen")],
        ),
        ('<list type="present"><item>see page 4</item></list>', [(None, "see page 4")]),
        ('<list type="attendees"><head>Present</head></list>', []),
        ('<div type="participants"><list><item>Mao</item></list></div>', [(None, "Mao")]),
        ('<list type="Participants"><item>Mao</item></list>', [(None, "Mao")]),
        (
            '<list type="participants"><item>Mao</item></list><p/><list type="participants"><item>Zhou</item></list>',
            [(None, "Mao"), (None, "Zhou")],
        ),
        (
            '<div type="participants"><list><item>Mao</item></list><list><item>Zhou</item></list>'
            "<div><list><item>Chen</item></list></div></div>",
            [(None, "Mao"), (None, "Zhou")],
        ),
        (
            '<list type="present"><item>On one side:<list><item>Mao</item><item>Zhou</item></list></item>'
            "<item><persName>Chen</persName><list><item>chairman</item></list></item></list>",
            [(None, "Mao"), (None, "Zhou"), (None, "Chen chairman")],
        ),
        (
            '<listPerson type="present"><listPerson type="present"><person><persName>Mao</persName></person>'
            "</listPerson></listPerson>",
            [(None, "Mao")],
        ),
        ('<div type="attendees"><p>Present:</p><p>see page 4</p></div>', [(None, "see page 4")]),
        ('<div type="attendees"><p><name ref="p.xml#mao">Mao</name></p></div>', [("p.xml#mao", "Mao")]),
        ("<castList/>", []),
    ],
)
def test_attendees_of_a_text(tmp_path: Path, body: str, expected: list[tuple[str | None, str]]) -> None:
    text = text_of(tmp_path, f"<front>{body}</front><body/>")
    assert text.attendance is not None
    assert [(each.person, each.label) for each in text.attendance.attendees] == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<item>Comrade Mao</item><item>ZHOU ENLAI, Premier</item>", ["a.xml#mao", "p.xml#zhou"]),
        ("<item>Mao Anying</item><item>Mao</item>", ["a.xml#an", "a.xml#mao"]),
        ("<item>Mao</item><item>Mao</item>", ["a.xml#mao", "a.xml#mao"]),
        ("<item>Mao</item><item>The elder Mao</item>", [None, None]),
        ("<item>Mao</item><item>the interpreter</item>", [None, None]),
        ('<item xml:id="mao">He</item><item corresp="p.xml#zhou">The other</item>', ["a.xml#mao", "p.xml#zhou"]),
        ('<item corresp="p.xml#i3">Someone</item>', [None]),
        ('<item><name key="mao"/></item><item><name key="#an"/></item>', ["a.xml#mao", "a.xml#an"]),
        ("<item>On one side:</item><item>Mao</item><item>Chairs：</item>", ["a.xml#mao"]),
        ('<item><name key="gnd-118"/></item>', ["key:gnd-118"]),
    ],
)
def test_whom_an_entry_names(tmp_path: Path, items: str, expected: list[str | None]) -> None:
    text = text_of(tmp_path, f'<front><list type="attendees">{items}</list></front>{SPOKEN}')
    assert text.attendance is not None
    assert [each.person for each in text.attendance.attendees] == expected


def test_where_nobody_is_pointed_at_names_are_who_speaks(tmp_path: Path) -> None:
    spoken = re.sub(r' who="[^"]*"', "", SPOKEN)
    listed = '<list type="attendees"><item>Mao</item><item>Zhou Enlai</item></list>'
    text = text_of(tmp_path, f"<front>{listed}</front>{spoken}")
    assert text.attendance is not None
    assert [each.person for each in text.attendance.attendees] == ["mao", "zhou enlai"]


@pytest.mark.parametrize(
    "body",
    [
        "<castList><castItem>Faust</castItem></castList>",
        '<castList><castItem><role>Faust</role>, <actor><name ref="#li">Li</name></actor></castItem></castList>',
        '<castList><castItem><role>Faust</role>, friend of <name ref="#w">Wagner</name></castItem></castList>',
        "<listPerson><person/></listPerson>",
        '<note><list type="attendees"/></note>',
    ],
)
def test_what_is_no_list_of_attendees(tmp_path: Path, body: str) -> None:
    assert text_of(tmp_path, f"<body>{body}</body>").attendance is None


def test_the_header_declares_who_was_present(tmp_path: Path) -> None:
    named = '<person><persName>C</persName></person><person><persName key="d">D</persName></person>'
    declared = f'<person xml:id="a"/><personGrp sameAs="p.xml#b"/>{named}'
    header = f"<profileDesc><particDesc><listPerson>{declared}</listPerson></particDesc></profileDesc>"
    assert [each.person for each in text_of(tmp_path, "<body/>", header).present] == [
        "a.xml#a",
        "p.xml#b",
        None,
        "key:d",
    ]


def test_each_attendee_knows_the_list_it_is_of(tmp_path: Path) -> None:
    lists = "".join(f'<list type="present"><item>{name}</item><item>Chen</item></list>' for name in ("Mao", "Zhou"))
    text = text_of(tmp_path, f"<front>{lists}</front><body/>")
    assert text.attendance is not None
    assert [each.part for each in text.attendance.attendees] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('<p><persName ref="p.xml#mao">Mao</persName>, <name ref="#zhou">Zhou</name>, Chen</p>', ["Mao", "Zhou"]),
        ('<list><item><persName ref="p.xml#mao">Mao</persName></item></list>', ["Mao"]),
        ("<listPerson><person><persName>Mao</persName></person></listPerson>", ["Mao"]),
    ],
)
def test_whom_a_header_declares_in_words_or_lists(tmp_path: Path, declared: str, expected: list[str]) -> None:
    text = text_of(tmp_path, "<body/>", f"<profileDesc><particDesc>{declared}</particDesc></profileDesc>")
    assert [each.label for each in text.present] == expected


def test_attendees_in_paragraphs_are_no_passages_outside_turns(tmp_path: Path) -> None:
    text = text_of(
        tmp_path, f'<front><div type="attendees"><p>Mao</p><p>Zhou</p></div><p>At noon.</p></front>{SPOKEN}'
    )
    assert [each.text for each in text.frame] == ["At noon."]
