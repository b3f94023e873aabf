"""The edition that lives in this repository, printed."""

from __future__ import annotations

from pathlib import Path

import pytest

import edition
from edition.config import load
from edition.model import Text
from edition.printing import Rendering
from edition.printing.blocks import groups
from edition.printing.inline import SERIES, leaves
from edition.printing.placed import anchors
from edition.printing.press import press_for
from edition.printing.rows import align
from edition.printing.setting import FACING, Heading
from edition.printing.spreads import set_texts
from tests.printing.printed import codes, pages, parsed, printed, solid

CONFIG = load(Path(edition.__file__).parents[1])
TURNS, LEAVES = 66, [str(number) for number in range(29, 39)]


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return printed(CONFIG)


def test_nothing_is_found_wrong(rendering: Rendering) -> None:
    assert codes(rendering) == []


def test_every_word_is_there(rendering: Rendering) -> None:
    everything = "".join(pages(rendering))
    _, model = parsed(CONFIG)

    def words(text: Text) -> list[str]:
        paragraphs = [*(each for turn in text.turns for each in turn.paragraphs), *text.frame]
        return [solid(word).strip(".,;:?!") for each in paragraphs for word in each.text.split()]

    for text in model.texts():
        assert len(text.turns) == TURNS
        assert [word for word in words(text) if word not in everything] == []


def test_every_turn_begins_on_one_spread_at_one_height() -> None:
    documents, _ = parsed(CONFIG)
    texts = [
        groups(documents[path], side, frozenset(SERIES)) for path, side in zip(CONFIG.sources[:2], "ot", strict=True)
    ]
    rows = align(*texts)
    assert all(left and right for left, right in (row.sides for row in rows))
    texts_set = set_texts(press_for(CONFIG), rows, FACING, Heading("book", "part", first_page=2))
    assert texts_set.findings == ()
    assert texts_set.drift is not None
    assert texts_set.drift < 0.01
    left, right = (anchors(document) for document in texts_set.documents)
    for number in range(1, TURNS + 1):
        assert left[f"o-t{number}p1"].page == right[f"t-e{number}p1"].page


def test_every_leaf_is_marked(rendering: Rendering) -> None:
    documents, _ = parsed(CONFIG)
    blocks = [block for group in groups(documents[CONFIG.original], "o", frozenset(SERIES)) for block in group.blocks]
    assert [leaf for block in blocks for leaf in leaves(block.html)] == LEAVES
    in_texts = [text for text in pages(rendering) if "leaf" in text or "leaves" in text]
    assert sum(text.count("|") for text in in_texts if "Signs" not in text) == len(LEAVES)
