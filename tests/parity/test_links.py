"""Which links are proposed: those of turns that answer to each other beyond doubt and have none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from edition import comparing
from edition.errors import EditionError

SOURCE = Path(__file__).resolve().parents[2] / "source"
NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def write(folder: Path, name: str, turns: str) -> str:
    file = folder / name
    file.write_text(f"<TEI {NAMESPACE}><text><body>\n{turns}</body></text></TEI>", encoding="utf-8")
    return str(file)


def turns(*which: str) -> str:
    return "".join(f'<sp who="#{each[0]}" {each[1:]}><p>What was said.</p></sp>\n' for each in which)


def proposed(folder: Path, ours: str, theirs: str) -> list[str]:
    links = comparing.link(write(folder, "o.xml", ours), write(folder, "t.xml", theirs)).links
    return [f"{link.location.line} {link.corresp}" for link in links]


def test_the_links_of_the_record_are_found_again_without_any(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "source")
    original, translation = (tmp_path / "source" / f"record.{language}.xml" for language in ("ru", "en"))
    whole = translation.read_bytes()
    bare = re.sub(rb'(<sp [^>]*?) corresp="[^"]*"', rb"\1", whole)
    paragraphs = len(re.findall(rb'<p xml:id="e\d+p\d+" corresp="', bare))
    bare = re.sub(rb'(<p xml:id="e\d+p\d+") corresp="[^"]*"', rb"\1", bare)
    translation.write_bytes(bare)

    linked = comparing.link(str(original), str(translation), write=True)
    assert (len(linked.links), linked.left_out) == (66 + paragraphs, 0)
    assert paragraphs > 66
    assert translation.read_bytes() == whole


def within(folder: Path, ours: str, theirs: str) -> list[str]:
    """What is proposed where one turn that is linked already holds this, between two others."""
    first, last = turns('a xml:id="t1"'), turns('b xml:id="t3"')
    original = f'{first}<sp who="#b" xml:id="t2">{ours}</sp>\n{last}'
    first, last = turns('a corresp="o.xml#t1"'), turns('b corresp="o.xml#t3"')
    translation = f'{first}<sp who="#b" corresp="o.xml#t2">\n{theirs}</sp>\n{last}'
    return [each.split()[-1] for each in proposed(folder, original, translation)]


A, B = '<p xml:id="t2p1">Was war.</p>', '<p xml:id="t2p2">Was wird.</p>'


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (A + B, "<p>What was.</p>\n<p>What will be.</p>", ["o.xml#t2p1", "o.xml#t2p2"]),
        (A + B, '<p>What was.</p>\n<p corresp="o.xml#t2p2">What will be.</p>', ["o.xml#t2p1"]),
        (A + B, '<p>What was.</p>\n<p corresp="o.xml#t2p1">What will be.</p>', []),
        (A + B, '<p corresp="">What was.</p>\n<p>What will be.</p>', ["o.xml#t2p2"]),
        (A + B, "<p>What was and will be.</p>", []),
        (A + "<p>Was wird.</p>", "<p>What was.</p>\n<p>What will be.</p>", ["o.xml#t2p1"]),
        (A, "<l>What was.</l>", []),
        (A, "<p>What was.<note><p>In 1950.</p></note></p>", ["o.xml#t2p1"]),
        (A + B, "<p>What was.</p><p>What will be.</p>", ["o.xml#t2p1", "o.xml#t2p2"]),
    ],
    ids=["both", "one", "crossed", "empty", "joined", "without id", "verse", "note", "one line"],
)
def test_paragraphs_that_have_ids_are_linked_one_by_one(
    tmp_path: Path, ours: str, theirs: str, expected: list[str]
) -> None:
    assert within(tmp_path, ours, theirs) == expected


def test_passages_that_are_paragraphs_are_linked_once(tmp_path: Path) -> None:
    ours = "".join(f'<p xml:id="a{n}" n="{n}">Was war.</p>\n' for n in range(1, 5))
    theirs = "".join(f'<p n="{n}">What was.</p>\n' for n in range(1, 5))
    assert proposed(tmp_path, ours, theirs) == [f"{n + 1} o.xml#a{n}" for n in range(1, 5)]


def test_a_turn_that_is_linked_is_left_alone_whichever_way_the_link_goes(tmp_path: Path) -> None:
    ours = turns('a xml:id="t1"', 'b xml:id="t2" corresp="t.xml#e2"', 'a xml:id="t3"', 'b xml:id="t4"')
    theirs = turns('a xml:id="e1" corresp="o.xml#t1"', 'b xml:id="e2"', "a", 'b sameAs="o.xml#t4"')
    assert proposed(tmp_path, ours, theirs) == ["4 o.xml#t3"]


def test_turns_that_were_divided_or_joined_get_none(tmp_path: Path) -> None:
    ours = turns('a xml:id="t1"', 'b xml:id="t2"', 'a xml:id="t3"', 'b xml:id="t4"', 'a xml:id="t5"')
    joined, divided = 'a corresp="o.xml#t1 o.xml#t2"', 'a corresp="o.xml#t3"'
    theirs = turns(joined, divided, divided, "b", 'a corresp="o.xml#t5"')
    assert proposed(tmp_path, ours, theirs) == ["5 o.xml#t4"]


def test_an_id_that_two_turns_have_is_nothing_to_point_at(tmp_path: Path) -> None:
    ours = turns('a xml:id="t1"', 'b xml:id="t2"', 'a xml:id="t2"', 'b xml:id="t4"')
    theirs = turns('a corresp="o.xml#t1"', "b", "a", 'b corresp="o.xml#t4"')
    assert proposed(tmp_path, ours, theirs) == []


def test_two_different_texts_are_not_linked(tmp_path: Path) -> None:
    ours = "".join(
        f'<sp xml:id="t{n}"><speaker>A{n}</speaker><p>{"word " * (n * 7 % 50 + 1)}</p></sp>' for n in range(40)
    )
    theirs = "".join(f"<sp><speaker>{n % 2}</speaker><p>{'mot ' * (n * 31 % 40 + 1)}</p></sp>" for n in range(40))
    with pytest.raises(EditionError, match="not the same text"):
        proposed(tmp_path, ours, theirs)
