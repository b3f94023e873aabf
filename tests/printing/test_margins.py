"""What stands in the margins of a page: leaves and turns outside, lines inside, on left and on right pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from weasyprint.formatting_structure import boxes

from edition.printing.blocks import groups
from edition.printing.press import press_for
from edition.printing.rows import align
from edition.printing.setting import FACING, SINGLE, Heading, Layout
from edition.printing.spreads import set_texts
from edition.tei import parse
from tests.printing.printed import with_print
from tests.printing.test_facing import edition_of, of_class, texts_of


@pytest.mark.parametrize("page", ["A4", "A5", "170mm 240mm"])
@pytest.mark.parametrize(("layout", "first_page"), [(SINGLE, 2), (SINGLE, 3), (FACING, 2)])
def test_leaves_and_turns_stand_outside_and_lines_inside(
    layout: Layout, first_page: int, page: str, tmp_path: Path
) -> None:
    config = edition_of(tmp_path, [(90, 0)] * 12, [(90, 0)] * 12)
    for number, file in enumerate((tmp_path / "original.xml", tmp_path / "translation.xml")):
        file.write_text(
            file.read_text("utf-8").replace("</speaker><p>", f'</speaker><p><pb n="{number}9"/>'), "utf-8"
        )
    config = with_print(config, page=page)
    texts = [groups(parse.read(config.root / path, path), path[0], frozenset()) for path in config.sources]
    rows = align(*texts) if layout == FACING else align(texts[0], ())
    heading = Heading("book", "part", first_page=first_page, line_numbers=5, turn_numbers=True)
    pages = set_texts(press_for(config), rows, layout, heading).pages
    sides = set()
    for number, page_set in enumerate(pages, first_page):
        box = page_set._page_box
        begins, ends = box.content_box_x(), box.content_box_x() + box.width
        for part in box.descendants(placeholders=True):
            kind = _kind(part)
            if kind:
                is_left = part.position_x + part.width < begins
                assert is_left or part.position_x > ends
                assert 0 < part.position_x < part.position_x + part.width < page_set.width
                assert is_left == ((number % 2 == 0) == (kind != "line-number"))
                sides.add((kind, is_left))
    assert len(sides) == 6


def _kind(box: Any) -> str:
    """What a text in the margin is, or nothing for any other text."""
    if not isinstance(box, boxes.TextBox) or box.element is None:
        return ""
    kind = "leaf" if box.element_tag == "span::after" else box.element.get("class") or ""
    return kind if kind in ("leaf", "turn-number", "line-number") else ""


def test_numbers_stand_on_the_base_line_of_the_text_even_beside_a_picture(tmp_path: Path) -> None:
    config = edition_of(tmp_path, [(30, 0)] * 4, [(30, 0)] * 4)
    Image.new("L", (40, 90)).save(tmp_path / "seal.png")
    picture = '<figure><graphic url="seal.png"/><figDesc>A seal</figDesc></figure> '
    for path in config.sources:
        file = tmp_path / path
        file.write_text(file.read_text("utf-8").replace("2:</speaker><p>", f"2:</speaker><p>{picture}"), "utf-8")
    texts = texts_of(config, Heading("book", "part", first_page=2, line_numbers=1, turn_numbers=True))
    for document in texts.documents:
        speakers = [box for box in of_class(document, "speaker") if box.text.startswith("Speaker")]
        numbers = of_class(document, "turn-number")
        assert len(numbers) == len(speakers) == 4
        for speaker, number in zip(speakers, numbers, strict=True):
            assert abs(_baseline(speaker) - _baseline(number)) < 0.3


def _baseline(box: Any) -> float:
    return float(box.position_y + box.baseline)
