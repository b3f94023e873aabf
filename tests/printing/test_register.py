"""The list of persons and the index: under which word a name is filed, and what is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from edition.printing.filing import filed
from edition.printing.joining import NO_BREAK_SPACE, WORD_JOINER
from edition.printing.register import Entry, entries, index_html, persons_html
from edition.printing.words import ENGLISH
from edition.tei.names import NAMESPACES
from tests.printing.printed import pages, parsed, printed, rewrite, sample


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            '<persName xml:lang="en">Vyacheslav Molotov</persName><persName xml:lang="zh">莫洛托夫</persName>',
            "Molotov, Vyacheslav",
        ),
        ('<persName xml:lang="en">Franklin D. Roosevelt</persName>', "Roosevelt, Franklin D."),
        ('<persName xml:lang="en">Zhou Enlai</persName><persName xml:lang="zh-Hans">周恩来</persName>', "Zhou Enlai"),
        (
            '<persName xml:lang="en">Chiang Kai-shek</persName><persName xml:lang="en" type="variant">Jiang Jieshi'
            '</persName><persName xml:lang="zh-Hans">蒋介石</persName>',
            "Chiang Kai-shek",
        ),
        ('<persName xml:lang="hu">Nagy Imre</persName>', "Nagy Imre"),
        (
            '<persName xml:lang="en"><forename>Ludwig</forename> <surname>van Beethoven</surname></persName>',
            "van Beethoven, Ludwig",
        ),
        ('<persName xml:lang="en"><surname>Mao</surname> <forename>Zedong</forename></persName>', "Mao Zedong"),
        ('<persName xml:lang="en">Plato</persName>', "Plato"),
    ],
)
def test_a_name_is_filed_under_its_family_name(names: str, expected: str) -> None:
    person = etree.fromstring(f'<person xmlns="http://www.tei-c.org/ns/1.0">{names}</person>')
    found = person.findall("tei:persName", NAMESPACES)
    assert filed(found[0], found) == expected


def test_the_index_is_in_the_order_of_family_names(tmp_path: Path) -> None:
    config = sample(tmp_path)
    rewrite(tmp_path / "persons.xml", ("Anna Bridge", "Anna Walker"))
    rewrite(
        tmp_path / "talk.en.xml",
        ("the road is", '<persName ref="persons.xml#boris">he</persName> says the road is'),
    )
    index = next(text for text in pages(printed(config)) if "Index" in text and "Places" in text)
    assert "Road,Boris,6–7Walker,Anna,6–7" in index


def test_what_is_not_sure_has_a_sign_and_the_sign_is_explained(tmp_path: Path) -> None:
    config = sample(tmp_path)
    assert "°" not in "".join(pages(printed(config)))
    rewrite(tmp_path / "persons.xml", ('<death when="1980">', '<death when="1980" cert="medium">'))
    rewrite(tmp_path / "persons.xml", ("<occupation>Engineer", '<occupation cert="high">Engineer'))
    rewrite(tmp_path / "persons.xml", ("<occupation>Clerk", '<occupation cert="low">Clerk'))
    everything = "".join(pages(printed(config)))
    assert "AnnaBridge(АннаМостова).1900–1980°.Engineer.BorisRoad.Clerk°." in everything
    assert "Thesign°followswhatwasnotverifiedforthisedition." in everything


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([6], "6"), ([7, 6], "6–7"), ([6, 8], "6, 8"), ([6, 7, 8, 9, 12, 12, 14, 15], "6–9, 12, 14–15")],
)
def test_pages_in_a_row_are_told_by_their_ends(numbers: list[int], expected: str) -> None:
    entry = Entry("a", "persons", "Anna", "Anna", (), "", (), unsure=False)
    shown = index_html([entry], {"a": numbers}, ENGLISH)
    assert f"Anna, {expected}</li>" in shown.replace(NO_BREAK_SPACE, " ").replace(WORD_JOINER, "")


def test_lines_of_the_lists_end_and_begin_as_those_of_the_texts(tmp_path: Path) -> None:
    """A short last word is not alone; no line begins with a dash or ends within a date."""
    config = sample(tmp_path)
    rewrite(
        tmp_path / "persons.xml",
        ("Boris Road", "Shi Zhe"),
        ("Clerk", "He does not speak"),
        (">1900<", ">18 December 1900<"),
        (">1980<", ">5 March 1980<"),
    )
    documents, edition = parsed(config)
    html = persons_html(entries(documents["persons.xml"], ["en"], ENGLISH), edition, ENGLISH)
    for held in ("Shi Zhe", "18 December 1900 –", "5 March 1980", "not speak"):
        assert held.replace(" ", NO_BREAK_SPACE) in html
        assert held not in html
