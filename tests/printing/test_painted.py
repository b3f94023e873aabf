"""Whether anybody can see what a page is painted with, asked of pages written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.printing.painted import UNMARKED, Font, Painted, Sheet, read
from tests.printing.printed import codes, printed, sample, with_print

FONT = Font("/ABCDEF+PT-Serif", "PT Serif", {b"0001": "A", b"0002": "b"}, {b"0001": 600.0, b"0002": 500.0})
SHEET = Sheet((0, 0, 200, 100), {"F": FONT}, {"a0.0": 0.0, "a1.0": 1.0, "a0.5": 0.5})
TEXT = "/Span\n<</MCID 7>>\nBDC\nBT\n{matrix} Tm\n/F {size} Tf\n[<00010002>] TJ\nET\nEMC"


def painted(before: str = "", after: str = "", matrix: str = "1 0 0 1 50 50", size: str = "10") -> Painted:
    content = f"{before}\n{TEXT.format(matrix=matrix, size=size)}\n{after}"
    return read(content.encode(), SHEET)


def test_text_is_read_by_marks_with_the_glyphs_it_takes() -> None:
    page = painted()
    assert page.texts == {7: "Ab"}
    assert page.hidden == {}
    assert page.glyphs == {FONT.name: {b"0001", b"0002"}}


def test_text_without_mark_and_that_of_artifacts_are_told_apart() -> None:
    loose, artifact = "BT\n/F 10 Tf\n[<0001>] TJ\nET\n", "/Artifact\nBMC\nBT\n/F 10 Tf\n[<0002>] TJ\nET\nEMC"
    assert read((loose + artifact).encode(), SHEET).texts == {UNMARKED: "A"}


def test_what_is_to_be_read_in_place_of_glyphs_is() -> None:
    content = TEXT.format(matrix="1 0 0 1 9 9", size="9").replace("/MCID 7", r"/MCID 7/ActualText (a\)b)")
    assert read(content.encode(), SHEET).texts == {7: "a)b"}


@pytest.mark.parametrize(
    ("before", "matrix", "size", "why"),
    [
        ("", "1 0 0 1 50 50", "1.9", "too small"),
        ("0.1 0 0 0.1 0 0 cm", "1 0 0 1 500 500", "10", "too small"),
        ("/a0.0 gs", "1 0 0 1 50 50", "10", "transparent"),
        ("", "1 0 0 1 300 50", "10", "cut off"),
        ("1 0 0 1 0 -60 cm", "1 0 0 1 50 50", "10", "cut off"),
        ("0 0 55 100 re\nW\nn", "1 0 0 1 50 50", "10", "cut off"),  # the text is 11 pt wide
        ("0 60 m\n200 60 l\n200 100 l\n0 100 l\nW\nn", "1 0 0 1 50 50", "10", "cut off"),
        ("", "-1 0 0 1 8 50", "10", "cut off"),
        ("1 1 1 rg", "1 0 0 1 50 50", "10", "of the colour of its ground"),
        ("/lab-d65 cs\n99.5 0 0 scn", "1 0 0 1 50 50", "10", "of the colour of its ground"),
        ("/DeviceCMYK cs\n0 0 0 0 scn", "1 0 0 1 50 50", "10", "of the colour of its ground"),
        ("0 0 0 rg\n0 0 200 100 re\nf", "1 0 0 1 50 50", "10", "of the colour of its ground"),
    ],
)
def test_text_that_nobody_sees_is_told_with_why(before: str, matrix: str, size: str, why: str) -> None:
    assert painted(before, matrix=matrix, size=size).hidden == {7: why}


def test_text_that_something_is_painted_over_is_hidden() -> None:
    assert painted(after="1 1 1 rg\n0 0 200 100 re\nf").hidden == {7: "painted over"}
    assert painted(after="/a0.5 gs\n0 0 200 100 re\nf").hidden == {}
    assert painted(after="60 0 40 100 re\nf").hidden == {}


@pytest.mark.parametrize(
    "before",
    [
        "0 0 0 rg\n0 0 200 100 re\nf\n1 1 1 rg",  # white on black
        "q\n1 1 1 rg\n0 0 5 5 re\nW\nn\nQ",  # what was set ends
        "/Pattern cs\n/p1 scn\n0 0 200 100 re\nf\n1 1 1 rg",  # on a picture, of which nothing is known
        "0 0 61.5 100 re\nW\nn",
        "0.87 0.87 0.87 rg",  # pale, but there
    ],
)
def test_text_that_can_be_seen_is_not_told(before: str) -> None:
    assert painted(before).hidden == {}


@given(st.lists(st.sampled_from(["q", "Q", "EMC", "BDC", "n", "f", "W", "ET", "[<0001>] TJ", "/X gs", "x y z"])))
def test_operators_in_any_order_are_read(lines: list[str]) -> None:
    page = read("\n".join(lines).encode(), SHEET)
    assert page.hidden == {}


@pytest.mark.parametrize("style", [".speaker { color: white }", ".row { overflow: hidden; height: 5pt }"])
def test_a_style_that_hides_text_is_found(style: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",))
    (tmp_path / "own.css").write_text(style, "utf-8")
    assert "PDF404" in codes(printed(config))
