"""How many items lists have, and rows tables: those of a turn, and those outside all turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.model import Series

from .test_reading import text_of

LIST = "<list><item>a</item><item>b</item></list>"
NESTED = "<list><item>a</item><item>b<list><item>c</item></list></item><item/></list>"
TABLE = '<table><row role="label"><cell>a</cell></row><row><cell>b</cell></row><row><cell>c</cell></row></table>'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("<p>a</p>", []),
        (f"<p>a</p>{LIST}<p>b</p>", ["list 2"]),
        (f"<p>a: {LIST}</p>{TABLE}", ["list 2", "table 2"]),
        (NESTED, ["list 2", "list 1"]),
        (f"<p>a</p><note>{LIST}</note>", []),
        (f"<p>a</p><quote><sp><p>b</p>{LIST}</sp></quote>", []),
    ],
)
def test_series_of_a_turn(tmp_path: Path, said: str, expected: list[str]) -> None:
    text = text_of(tmp_path, f"<sp>{said}</sp>")
    assert counted(text.turns[0].series) == expected
    assert text.series == ()


def test_series_outside_turns_without_attendees(tmp_path: Path) -> None:
    attendees = '<list type="attendees"><item>Mao</item></list>'
    text = text_of(tmp_path, f"{attendees}{NESTED}<p>a {LIST}</p><sp><p>b</p>{TABLE}</sp>")
    assert counted(text.series) == ["list 2", "list 1", "list 2"]


def counted(series: tuple[Series, ...]) -> list[str]:
    return [f"{each.element} {each.members}" for each in series]
