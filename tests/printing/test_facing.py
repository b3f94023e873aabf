"""Facing pages, measured after they were set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from edition.config import Config
from edition.printing.blocks import groups
from edition.printing.placed import anchors, lines
from edition.printing.press import press_for
from edition.printing.rows import align
from edition.printing.setting import FACING, Heading, Layout, Texts
from edition.printing.spreads import set_texts
from edition.tei import parse
from tests.printing.printed import codes, pages, printed, sample, with_print

WORDS = re.findall(r"\w+", "Всякий договор между странами требует долгого обсуждения и взаимного доверия сторон")
ENGLISH = re.findall(r"\w+", "any treaty between the two countries asks for long talks and for trust on either side")


def text(language: str, turns: Sequence[tuple[int, int]]) -> str:
    """A text of turns; each has so many words, and a note after so many."""
    words, prefix = (WORDS, "t") if language == "ru" else (ENGLISH, "e")
    body = []
    for number, (length, noted) in enumerate(turns, 1):
        spoken = [
            words[at % len(words)]
            + (
                "<note>A note on this, of a length that takes a line or even two.</note>"
                if noted and at % noted == noted - 1
                else ""
            )
            for at in range(length)
        ]
        link = f' corresp="original.xml#t{number}"' if language == "en" else ""
        body.append(
            f'<sp xml:id="{prefix}{number}"{link}><speaker>Speaker {number}:</speaker><p>{" ".join(spoken)}</p></sp>'
        )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="{language}"><body>'
        f"<head>Head</head>{''.join(body)}</body></text></TEI>"
    )


def edition_of(folder: Path, original: Sequence[tuple[int, int]], translation: Sequence[tuple[int, int]]) -> Config:
    (folder / "original.xml").write_text(text("ru", original), "utf-8")
    (folder / "translation.xml").write_text(text("en", translation), "utf-8")
    return Config(root=folder, original="original.xml", translation="translation.xml", title="Turns")


HEADING = Heading("book", "part", first_page=2)


def texts_of(config: Config, heading: Heading = HEADING, layout: Layout = FACING) -> Texts:
    documents = [parse.read(config.root / path, path) for path in config.sources]
    texts = [groups(each, side, frozenset(("commentary",))) for each, side in zip(documents, "ot", strict=True)]
    return set_texts(press_for(config), align(*texts), layout, heading)


LENGTHS = pytest.mark.parametrize(
    ("original", "translation"),
    [
        ([(40, 0)] * 30, [(50, 0)] * 30),
        ([(40, 9)] * 12, [(30, 0)] * 12),
        ([(1500, 0), (20, 0)], [(1200, 0), (20, 0)]),
        ([(30, 0), (900, 60), (30, 0)], [(30, 0), (60, 0), (30, 0)]),
        ([(300, 15)] * 3, [(300, 15)] * 3),
    ],
    ids=["many", "noted", "longer-than-a-page", "one-side-short", "many-notes"],
)


@LENGTHS
def test_every_turn_is_in_step(
    original: list[tuple[int, int]], translation: list[tuple[int, int]], tmp_path: Path
) -> None:
    texts = texts_of(edition_of(tmp_path, original, translation))
    assert texts.findings == ()
    assert texts.drift is not None
    assert texts.drift < 0.01
    left, right = (anchors(document) for document in texts.documents)
    rows = {name.removesuffix(".0") for name in left if name.startswith("row.")}
    assert rows == {name.removesuffix(".1") for name in right if name.startswith("row.")}
    assert len(rows) > len(original)
    for name in rows:
        own, other = left[f"{name}.0"], right[f"{name}.1"]
        assert (own.page, round(own.top)) == (other.page, round(other.top))


def test_pages_are_full(tmp_path: Path) -> None:
    texts = texts_of(edition_of(tmp_path, [(90, 0)] * 40, [(100, 0)] * 40))
    document = texts.documents[0]
    place = anchors(document)
    bottoms = [
        max(each.bottom for name, each in place.items() if name.startswith("row.") and each.page == page)
        for page in range(len(document.pages))
    ]
    room = max(bottoms) - min(place["page.0"].top, place["page.1"].top)
    assert all(max(bottoms) - bottom < room / 8 for bottom in bottoms[:-1])


def test_words_of_a_long_turn_are_all_there(tmp_path: Path) -> None:
    config = edition_of(tmp_path, [(1500, 0)], [(1500, 0)])
    everything = "".join(pages(printed(config)))
    assert everything.count("взаимного") == 1500 // len(WORDS) + (1500 % len(WORDS) > WORDS.index("взаимного"))
    assert everything.count("trust") == 1500 // len(ENGLISH) + (1500 % len(ENGLISH) > ENGLISH.index("trust"))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".page p[lang|=en] { line-height: 30pt }", "PDF201"),
        (".page .row { min-height: 60mm !important }", "PDF202"),
        (".page .row { display: none }", "PDF201"),
        (".row, .note, .page, .notes { display: none }", "PDF201"),
    ],
)
def test_a_stylesheet_that_breaks_the_step_is_found(style: str, expected: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(style, "utf-8")
    assert expected in codes(printed(config))


def test_a_note_that_no_page_holds_is_found_and_the_rest_stays_in_step(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), page="100mm 75mm")
    file = tmp_path / "talk.en.xml"
    file.write_text(file.read_text("utf-8").replace("The Russian names no year.", "No year is named. " * 60), "utf-8")
    assert set(codes(printed(config))) == {"PDF202"}


def test_line_numbers_change_no_line_and_count_by_fives(tmp_path: Path) -> None:
    config = edition_of(tmp_path, [(90, 9)] * 12, [(100, 0)] * 12)
    with_numbers, without = (
        texts_of(with_print(config, line_numbers=every), Heading("book", "part", first_page=2, line_numbers=every))
        for every in (5, 0)
    )
    for numbered, plain in zip(with_numbers.documents, without.documents, strict=True):
        shown = {name: set_lines for name, set_lines in lines(numbered).items() if name[0] in "ot"}
        assert shown == {name: set_lines for name, set_lines in lines(plain).items() if name[0] in "ot"}
        for page in numbered.pages:
            inside = [box for box in page._page_box.descendants(placeholders=True) if box.element is not None]
            of_text = [box for box in inside if "block" in (box.element.get("class") or "").split()]
            count = sum(isinstance(box, boxes.LineBox) for box in of_text)
            shown_numbers = [box for box in inside if box.element.get("class") == "line-number"]
            numbers = [int(box.text) for box in shown_numbers if isinstance(box, boxes.TextBox)]
            assert numbers == list(range(5, count + 1, 5))


def test_turns_have_their_numbers_beside_their_first_lines_and_no_line_changes(tmp_path: Path) -> None:
    """Each turn once, though a page may cut it."""
    config = edition_of(tmp_path, [(90, 9)] * 12, [(100, 0)] * 12)
    with_numbers, without = (
        texts_of(config, Heading("book", "part", first_page=2, turn_numbers=wanted)) for wanted in (True, False)
    )
    for numbered, plain in zip(with_numbers.documents, without.documents, strict=True):
        shown = {name: set_lines for name, set_lines in lines(numbered).items() if name[0] in "ot"}
        assert shown == {name: set_lines for name, set_lines in lines(plain).items() if name[0] in "ot"}
        numbers, speakers = of_class(numbered, "turn-number"), of_class(numbered, "speaker")
        assert [box.text for box in numbers] == [str(number) for number in range(1, 13)]
        for number, speaker in zip(numbers, [box for box in speakers if box.text.startswith("Speaker")], strict=True):
            assert abs(number.position_y - speaker.position_y) < 3
        assert of_class(plain, "turn-number") == []


def of_class(document: Any, name: str) -> list[Any]:
    """The texts of the elements of a class, in the order of the pages."""
    inside = [box for page in document.pages for box in page._page_box.descendants(placeholders=True)]
    texts = [box for box in inside if isinstance(box, boxes.TextBox) and box.element is not None]
    return [box for box in texts if box.element.get("class") == name]
