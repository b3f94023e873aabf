"""The ways of reading: what is read, what is compared, and what the witness says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.tei.names import TEI_NAMESPACE
from edition.tei.words import as_read, as_transcribed, read_with_places


def element(inside: str) -> etree._Element:
    return etree.fromstring(f'<p xmlns="{TEI_NAMESPACE}">{inside}</p>')


def transcribed(inside: str) -> str:
    return " ".join("".join(passage.text for passage in as_transcribed(element(inside))).split())


CASES = [
    # what stands in the file, as read, as transcribed
    ("a <choice><sic>teh</sic><corr>the</corr></choice> b", "a the b", "a teh b"),
    ("a <sic>teh</sic> b", "a teh b", "a teh b"),
    ('<choice><orig>об"явить</orig><reg>объявить</reg></choice>', 'об"явить', 'об"явить'),
    ("<choice><abbr>т.</abbr><expan>товарищ</expan></choice> Сталин", "т. Сталин", "т. Сталин"),
    ("to <supplied>Foreign Minister</supplied> Zhou", "to Foreign Minister Zhou", "to [Foreign Minister] Zhou"),
    ("word<note>a note <p>of two</p></note>, word", "word, word", "word, word"),
    ("one <pb n='2'/><fw>2.</fw> two", "one two", "one 2. two"),
    ("НАРОД-<lb break='no'/>НОЙ", "НАРОДНОЙ", "НАРОД- НОЙ"),
    ("НАРОД-\n  <lb break='no'/>НОЙ", "НАРОДНОЙ", "НАРОД- НОЙ"),
    ("one<lb/>two", "one two", "one two"),
    ("об<choice><sic>я</sic><corr>ъя</corr></choice>вить", "объявить", "обявить"),
    ("<list><item>Mao,</item><item>Zhou</item></list>", "Mao, Zhou", "Mao, Zhou"),
    ("a<!-- no word -->b<?nor this?>c", "abc", "abc"),
    ("", "", ""),
]


@pytest.mark.parametrize(("inside", "read", "witness"), CASES)
def test_both_ways(inside: str, read: str, witness: str) -> None:
    assert as_read(element(inside)) == read
    assert transcribed(inside) == witness


def test_passages_stand_on_the_lines_of_the_file() -> None:
    root = etree.fromstring(
        f'<div xmlns="{TEI_NAMESPACE}">\n'
        "<p>one\n"
        "two<note>a note\nof two lines</note> three\n"
        "<!-- a comment\nof two lines -->four\n"
        "</p><sp xml:id='t1'><p>five</p></sp></div>"
    )
    lines = {passage.text.strip(): (passage.line, passage.turn) for passage in as_transcribed(root)}
    assert lines["one"] == (2, None)
    assert lines["two"] == (3, None)
    assert lines["three"] == (4, None)
    assert lines["four"] == (6, None)
    assert lines["five"] == (7, "t1")


CHOICES = [
    # what stands in the file, as compared, as read, as transcribed
    ("<choice><sic>5</sic><corr>7</corr></choice>", "7", "7", "5"),
    ("<choice><corr>7</corr><sic>5</sic></choice>", "7", "7", "5"),
    ("<choice><orig>пѧть</orig><reg>пять</reg></choice>", "пять", "пѧть", "пѧть"),
    ("10 <choice><abbr>т.</abbr><expan>тысяч</expan></choice>", "10 тысяч", "10 т.", "10 т."),
    ("b<choice><am>~</am><ex>is</ex></choice>", "bis", "b~", "b~"),
    ("<choice><sic>a</sic><corr>b</corr><corr>c</corr></choice>", "b", "b", "a"),
    ("<choice><sic>a</sic><corr cert='low'>b</corr><corr cert='high'>c</corr></choice>", "c", "c", "a"),
    ("<choice><unclear cert='low'>5</unclear><unclear cert='medium'>7</unclear></choice> m", "7 m", "7 m", "7 m"),
    ("<choice><unclear>5</unclear><unclear>7</unclear></choice>", "5", "5", "5"),
    ("<choice><seg>5 <choice><orig>a</orig><reg>b</reg></choice></seg><seg>6</seg></choice>", "5 b", "5 a", "5 a"),
    ("<choice><sic>a</sic><choice><corr>b</corr><corr>c</corr></choice></choice>", "b", "b", "a"),
    ("<choice><abbr>a</abbr></choice> <reg>b</reg> <orig>c</orig>", "a b c", "a b c", "a b c"),
    ("<choice><!-- no reading --><note>why</note><sic>a</sic><lb/><corr>b</corr></choice>", "b", "b", "a"),
]


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<sic>12</sic><corr>13</corr>", "13"),
        ("<sic>12</sic> <corr>13</corr>", "13"),
        ("<corr>13</corr><sic>12</sic> m", "13 m"),
        ("<sic>12</sic> or <corr>13</corr>", "12 or 13"),
        ("<sic>12</sic>", "12"),
    ],
)
def test_a_slip_beside_its_correction_is_not_read(inside: str, read: str) -> None:
    assert as_read(element(inside)) == read


@pytest.mark.parametrize(("inside", "compared", "read", "witness"), CHOICES)
def test_of_a_choice_one_reading_is_taken(inside: str, compared: str, read: str, witness: str) -> None:
    assert read_with_places(element(inside), regular=True)[0] == compared
    assert as_read(element(inside)) == read_with_places(element(inside))[0] == read
    assert transcribed(inside) == witness


words = st.lists(st.text("абвxyz.,-", min_size=1, max_size=6), min_size=1, max_size=12)
wrappings = st.sampled_from(
    ["{}", "<persName>{}</persName>", "<choice><sic>{}</sic><corr>Q</corr></choice>", "<num>{}</num>"]
)


@given(words, st.data())
def test_no_word_of_the_witness_is_lost(text: list[str], data: st.DataObject) -> None:
    inside = " ".join(data.draw(wrappings).format(word) for word in text)
    assert transcribed(inside) == " ".join(text)
