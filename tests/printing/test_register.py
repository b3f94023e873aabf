"""The list of persons and the index: under which word a name is filed, and what is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from edition.printing.filing import filed
from edition.tei.names import NAMESPACES
from tests.printing.printed import pages, printed, rewrite, sample


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
    index = next(text for text in pages(printed(config)) if "lefthandpages" in text)
    assert "Road,Boris,6Walker,Anna,6" in index


def test_what_is_not_sure_has_a_sign_and_the_sign_is_explained(tmp_path: Path) -> None:
    config = sample(tmp_path)
    assert "°" not in "".join(pages(printed(config)))
    rewrite(tmp_path / "persons.xml", ('<death when="1980">', '<death when="1980" cert="medium">'))
    rewrite(tmp_path / "persons.xml", ("<occupation>Engineer", '<occupation cert="high">Engineer'))
    rewrite(tmp_path / "persons.xml", ("<occupation>Clerk", '<occupation cert="low">Clerk'))
    everything = "".join(pages(printed(config)))
    assert "AnnaBridge(АннаМостова).1900–1980°.Engineer.BorisRoad.Clerk°." in everything
    assert "Thesign°followswhatwasnotverifiedforthisedition." in everything
