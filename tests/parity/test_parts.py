"""Items and cells outside turns: whether a link is asked of them, as it is of passages where these have any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.model import PART, Paragraph

from .texts import LISTED, codes, found, original, paragraph, translated, translation

SIZE = 12


def _cells(path: str, name: str, linked: int = 0) -> tuple[Paragraph, ...]:
    cells = (paragraph(path, f"{name}{n}", [f"ru.xml#c{n}"] if n < linked else []) for n in range(6))
    return tuple(replace(each, kind=PART) for each in cells)


@pytest.mark.parametrize(("linked", "raised"), [(0, 0), (1, 0), (4, 2), (6, 0)])
def test_cells_are_asked_for_links_where_most_have_one(linked: int, raised: int) -> None:
    ours, theirs = original(SIZE), translation(translated(SIZE), LISTED)
    passage = paragraph("en.xml", "close", ["ru.xml#end"])
    ours = replace(ours, frame=(paragraph("ru.xml", "end"), *_cells("ru.xml", "c")))
    theirs = replace(theirs, frame=(passage, *_cells("en.xml", "k", linked)))
    told = [code for code, _ in codes(found(ours, theirs)) if code in ("TRN401", "TRN402")]
    assert told == ["TRN402"] * raised
