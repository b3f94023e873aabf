"""What elements say of the words they hold, and where in the text as read those words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.model import ASIDE, DATE, FOREIGN, NAME, NUMBER, TERM, Mark
from edition.tei.marks import marks_of
from edition.tei.names import TEI_NAMESPACE, tei
from edition.tei.words import as_read, read_with_places


def read(inside: str) -> tuple[str, list[Mark]]:
    element = etree.fromstring(f'<p xmlns="{TEI_NAMESPACE}">{inside}</p>')
    text, places = read_with_places(element)
    assert text == as_read(element)
    return text, list(marks_of(places, "a.xml", lambda node, name: tuple(node.get(name, "").split())))


CASES = [
    # what stands in the file, the words marked, and what is said of them
    ('in <num value="2"> two </num> parts', "two", (NUMBER, (), ("2",), "")),
    ('<num type="percentage" value="51">51%</num>', "51%", (NUMBER, (), ("51",), "%")),
    (
        '<measure atLeast="3" atMost="4" unit="year">3-4 years</measure>',
        "3-4 years",
        (NUMBER, (), ("3", "4"), "year"),
    ),
    ('<measure atLeast="3">3 or more</measure>', "3 or more", (NUMBER, (), ("3", ""), "")),
    ("<num>two</num>", "two", (NUMBER, (), (), "")),
    ('on\n  <date when="1950-01-22">22\n January</date>', "22 January", (DATE, (), ("1950-01-22",), "")),
    ('<date when="1917-11-07" datingMethod="#j">25 X</date>', "25 X", (DATE, (), ("1917-11-07",), "#j")),
    (
        '<date when="1917-11-07" when-custom="1917-10-25">25 X</date>',
        "25 X",
        (DATE, (), ("1917-11-07",), "when-custom"),
    ),
    ('right.<ref target="#n12">12</ref>', "12", (ASIDE, (), (), "")),
    ('right<ref target="#n1">*</ref>, I was', "*", (ASIDE, (), (), "")),
    ('<date from="1949" to="1950">then</date>', "then", (DATE, (), ("1949", "1950"), "")),
    (
        '<persName ref="p.xml#mao">Mao<note>1893</note> Zedong</persName>',
        "Mao Zedong",
        (NAME, ("p.xml#mao",), (), ""),
    ),
    ('<name key="yalta">Yalta</name>', "Yalta", (NAME, ("key:yalta",), (), "")),
    ('the <term ref="#dogovor">treaty</term>', "treaty", (TERM, ("#dogovor",), (), "")),
    ("to <supplied>Foreign Minister</supplied> Zhou", "Foreign Minister", (ASIDE, (), (), "")),
    ("to <del>Foreign Minister</del> Zhou", "Foreign Minister", (ASIDE, (), (), "")),
    ("<app><lem>Zhou</lem><rdg>Chou</rdg></app>", "Chou", (ASIDE, (), (), "")),
    ("<app><lem>Zhou</lem><rdgGrp><rdg>Chou</rdg></rdgGrp></app>", "Chou", (ASIDE, (), (), "")),
    ("a <foreign>mot</foreign>", "mot", (FOREIGN, (), (), "")),
    ('a <q xml:lang="fr">mot</q>', "mot", (FOREIGN, (), (), "")),
    ("НАРОД-<lb break='no'/>НОЙ <num value='2'>двух</num>", "двух", (NUMBER, (), ("2",), "")),
    ("<choice><sic>чэе</sic><corr><name key='z'>Чжэ</name></corr></choice>", "Чжэ", (NAME, ("key:z",), (), "")),
]


@pytest.mark.parametrize(("inside", "words", "said"), CASES)
def test_a_mark(inside: str, words: str, said: tuple[str, tuple[str, ...], tuple[str, ...], str]) -> None:
    text, (mark,) = read(inside)
    assert text[mark.start : mark.end] == words
    assert (mark.kind, mark.keys, mark.values, mark.unit) == said


@pytest.mark.parametrize(
    "inside",
    [
        "<note><num value='2'>two</num></note> a",
        "<num value='2'/> a",
        "<hi>a</hi>",
        "<app><rdg>a</rdg></app>",
        "a<fw><num>2</num></fw>",
    ],
)
def test_words_that_are_not_read_are_not_marked(inside: str) -> None:
    assert read(inside) == ("a", [])


@pytest.mark.parametrize(
    "inside",
    [
        'article <ref target="#a3">3</ref>',
        'article (<ref target="#a3">3</ref>)',
        '№<ref target="#a3">3</ref>',
        'that<ref target="#a3">which</ref>',
        'right.<ref target="https://example.org/">3</ref>',
        '<ref target="#a3">3</ref> is right',
        '<hi>so</hi> <ref target="#a3">3</ref>',
    ],
)
def test_a_reference_that_is_of_the_text_is_no_note_call(inside: str) -> None:
    assert read(inside)[1] == []


def test_marks_stand_in_reading_order_and_the_outer_before_the_inner() -> None:
    text, marks = read("<supplied><name key='a'>A</name> of</supplied> <name key='b'>B <name key='c'>C</name></name>")
    assert [text[mark.start : mark.end] for mark in marks] == ["A of", "A", "B C", "C"]


PIECES = st.lists(
    st.tuples(st.sampled_from(["", "num", "hi", "list", "lb"]), st.text("ab \n", max_size=6)), max_size=8
)


@given(PIECES)
def test_every_word_is_found_where_it_stands(pieces: list[tuple[str, str]]) -> None:
    """Whatever stands around it, and however white space lies, the place of an element holds its own words."""
    inside = "".join(f"<{name}>{text}</{name}>" if name else text for name, text in pieces)
    element = etree.fromstring(f'<p xmlns="{TEI_NAMESPACE}">{inside}</p>')
    text, places = read_with_places(element)
    for place in places:
        if place.element.tag != tei("lb"):
            assert text[place.start : place.end] == as_read(place.element)
