"""Both texts in columns of one page, measured after they were set, and as the finished file has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from edition.config import load
from edition.printing import Rendering
from edition.printing.finished import Finished
from edition.printing.placed import anchors
from edition.printing.setting import COLUMNS
from tests.printing.printed import SAMPLE, codes, pages, printed, reader, sample, with_print
from tests.printing.test_facing import LENGTHS, edition_of, of_class, texts_of


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return printed(with_print(load(SAMPLE), layout="columns"))


@LENGTHS
def test_every_turn_is_in_step_on_one_page(
    original: list[tuple[int, int]], translation: list[tuple[int, int]], tmp_path: Path
) -> None:
    texts = texts_of(edition_of(tmp_path, original, translation), layout=COLUMNS)
    assert texts.findings == ()
    assert texts.drift is not None
    assert texts.drift < 0.01
    (document,) = texts.documents
    places = anchors(document)
    rows = {name.removesuffix(".0") for name in places if re.fullmatch(r"row\..*\.0", name)}
    assert len(rows) > len(original)
    assert {f"{row}.{side}" for row in rows for side in (0, 1)} == {name for name in places if name[:4] == "row."}
    for row in rows:
        left, right = places[f"{row}.0"], places[f"{row}.1"]
        assert (left.page, round(left.top)) == (right.page, round(right.top))
        assert left.page == left.last_page


def test_columns_do_not_touch_each_other_or_what_stands_in_the_margins(tmp_path: Path) -> None:
    (document,) = texts_of(edition_of(tmp_path, [(90, 9)] * 12, [(100, 7)] * 12), layout=COLUMNS).documents
    for page in document.pages:
        blocks = [box for box in page._page_box.descendants(placeholders=True) if "block" in _classes(box)]
        left = [box for box in blocks if box.element.get("id").startswith("o")]
        right = [box for box in blocks if box.element.get("id").startswith("t")]
        ends = max(box.position_x + box.width for box in left)
        assert ends + 30 < min(box.position_x for box in right)
        notes = [box for box in page._page_box.descendants() if "notes" in _classes(box)]
        assert all(box.width > 2 * left[0].width for box in notes)


def _classes(box: Any) -> list[str]:
    has_any = isinstance(box, boxes.BlockBox) and box.element is not None
    return (box.element.get("class") or "").split() if has_any else []


def test_letters_and_numbers_of_notes_are_given_once_on_a_page(tmp_path: Path) -> None:
    (document,) = texts_of(edition_of(tmp_path, [(90, 9)] * 12, [(100, 7)] * 12), layout=COLUMNS).documents
    numbers = [int(box.text) for box in of_class(document, "label")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_sound_edition_is_printed_without_findings(rendering: Rendering) -> None:
    assert codes(rendering) == []
    found = pages(rendering)
    (page,) = (text for text in found if "Мыстроиммост" in text)
    assert "Wearebuildingabridge" in page
    assert "/PageLayout" not in reader(rendering).root_object
    assert f"Neva,{found.index(page) + 1}" in next(text for text in found if "Places" in text)


def test_paragraphs_are_read_one_by_one_with_their_translations(rendering: Rendering) -> None:
    sides = "".join(_sides_as_read(rendering))
    assert sides == "ot" * (len(sides) // 2)
    by_text = printed(with_print(load(SAMPLE), layout="columns", reading_order="text"))
    assert "".join(_sides_as_read(by_text)) == "".join(sorted(sides))


def _sides_as_read(rendering: Rendering) -> list[str]:
    """Of each paragraph in the order of the tags, the text that it is of."""
    finished = Finished.of(rendering.pdf)
    with finished.pdf:
        ids = [tag.id for tag in finished.tags.walk() if tag.role != "Note"]
        assert not [tag for tag in finished.tags.walk() if tag.role in ("Table", "TR", "TD")]
    return [name[0] for name in ids if name.startswith(("o-", "t-"))]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".columns .side-1 p { line-height: 30pt }", "PDF201"),
        (".side-0 .row { top: 3mm }", "PDF201"),
        (".columns .row { min-height: 32mm !important }", "PDF202"),
        (".row { display: none }", "PDF201"),
    ],
)
def test_a_stylesheet_that_breaks_columns_is_found(style: str, expected: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), stylesheets=("own.css",), layout="columns")
    (tmp_path / "own.css").write_text(style, "utf-8")
    assert expected in codes(printed(config))
