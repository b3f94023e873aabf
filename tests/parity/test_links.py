"""Which links are proposed: those of turns that answer to each other beyond doubt and have none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from edition import pipeline
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
    links = pipeline.link(write(folder, "o.xml", ours), write(folder, "t.xml", theirs)).links
    return [f"{link.location.line} {link.corresp}" for link in links]


def test_the_links_of_the_record_are_found_again_without_any(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "source")
    original, translation = (tmp_path / "source" / f"record.{language}.xml" for language in ("ru", "en"))
    whole = translation.read_bytes()
    bare = re.sub(rb'(<sp [^>]*?) corresp="[^"]*"', rb"\1", whole)
    assert bare != whole
    translation.write_bytes(bare)

    linked = pipeline.link(str(original), str(translation), write=True)
    assert (len(linked.links), linked.left_out) == (66, 0)
    assert translation.read_bytes() == whole


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
