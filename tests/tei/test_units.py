"""What a text is divided into: found in the files, or asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.model import Edition
from edition.tei.parse import Document, read
from edition.tei.reading import Wanted, read_edition

PROSE = """<div type="edition" n="urn:cts:x:grc1"><div type="textpart" n="1">
<div type="textpart" n="1"><p n="1">one</p><p n="2">two</p></div><div type="textpart" n="2"><p n="1">three</p></div>
</div><div type="textpart" n="2"><p>four</p></div></div>"""
COARSE = """<div type="translation" n="urn:cts:x:eng1">
<div type="textpart" n="1"><div type="textpart" n="1"><p>one two</p></div>
<div type="textpart" n="2"><p>three</p></div></div><div type="textpart" n="2"><p>four</p></div></div>"""
VERSE = (
    '<div type="textpart" n="1"><head>Title</head><l n="1">one</l><l n="2">two</l><note><l n="9">x</l></note></div>'
)
SPEECH = '<div n="1" type="act"><sp n="1"><l n="5">one</l></sp><sp><p>two</p></sp></div>'


def edition(tmp_path: Path, *bodies: str, units: str = "auto") -> Edition:
    documents: list[Document] = []
    for number, body in enumerate(bodies):
        file = tmp_path / f"{number}.xml"
        text = f"<text><body>{body}</body></text>"
        file.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>', encoding="utf-16")
        documents.append(read(file, file.name))
    return read_edition(documents[0], documents[1] if len(documents) > 1 else None, wanted=Wanted(units))


@pytest.mark.parametrize(
    ("bodies", "elements", "titles"),
    [
        ((VERSE, VERSE), "l", ["passage 1.1", "passage 1.2"]),
        ((PROSE, PROSE), "p div", ["passage 1.1.1", "passage 1.1.2", "passage 1.2.1", "passage 2"]),
        ((PROSE, COARSE), "div", ["passage 1.1", "passage 1.2", "passage 2"]),
        ((SPEECH, SPEECH), "sp", ["turn 1", "turn 2"]),
        (("<u>one</u><u>two</u>",), "u", ["turn 1", "turn 2"]),
    ],
)
def test_units_are_found_by_looking_at_both_files(
    bodies: tuple[str, ...], elements: str, titles: list[str], tmp_path: Path
) -> None:
    for text in edition(tmp_path, *bodies).texts():
        assert [turn.title for turn in text.turns] == titles
        assert {turn.element for turn in text.turns} == set(elements.split())


def test_a_coarse_translation_is_compared_as_coarsely(tmp_path: Path) -> None:
    read = edition(tmp_path, PROSE, COARSE)
    assert read.translation is not None
    for text in (read.original, read.translation):
        words = [" ".join(paragraph.text for paragraph in turn.paragraphs) for turn in text.turns]
        assert words == ["one two", "three", "four"]
        assert text.frame == ()


def test_units_may_be_named(tmp_path: Path) -> None:
    assert [turn.n for turn in edition(tmp_path, SPEECH, SPEECH, units="l").original.turns] == ["1.5"]
    assert edition(tmp_path, SPEECH, SPEECH, units="textpart").original.turns == ()


def test_a_turn_knows_its_number_and_its_divisions(tmp_path: Path) -> None:
    first, second = edition(tmp_path, SPEECH).original.turns
    assert (first.n, first.division) == ("1.1", "act 1")
    assert (second.n, second.division) == ("", "act 1")


def test_nothing_to_compare_is_no_unit(tmp_path: Path) -> None:
    assert edition(tmp_path, "<p>one</p>", SPEECH).original.turns == ()
