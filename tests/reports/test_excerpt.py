"""The few lines of both texts below a finding of the text report."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.diagnostics import Location, Related, Report, Rule, Severity
from edition.model import Attendance, Edition, Paragraph, Text, Turn
from edition.reports import text
from edition.reports.excerpt import MAX_LINES, WIDTH, excerpt
from edition.reports.printable import printable
from edition.side_by_side import SideBySide, Step, any_of
from edition.tei.header import header

RULE = Rule("VAL201", "number-differs", Severity.ERROR, "Numbers agree.")
LONG = "There were once three bears who lived together in a house of their own in a wood. " * 4


def turn(path: str, line: int, *words: str) -> Turn:
    paragraphs = tuple(
        Paragraph(None, f"{path}#{n}", (), each, Location(path, line + n)) for n, each in enumerate(words, 1)
    )
    return Turn(f"{path}{line}", f"{path}#{line}", 1, (), "Mao:", paragraphs, (), Location(path, line))


def beside(step: Step) -> SideBySide:
    ours, theirs = (
        Text(path, None, header(etree.fromstring("<TEI/>"), path), (), (), None, (), ()) for path in ("o", "t")
    )
    return SideBySide(Edition(ours, theirs, {}), theirs, (step,))


def lines(step: Step, message: str = "wrong", line: int | None = None) -> list[tuple[str, str]]:
    """What is shown of a finding at a line of the translation, left and right."""
    unit = step.units[-1]
    place = Location("t", line or unit.location.line)
    found = RULE.finding(message, place, turn=step.turns[-1].id, related=[Related(Location("o", 4), "there")])
    rows = [f"{row} ".partition(" | ") for row in excerpt(found, beside(step))]
    return [(left.strip(), right.strip()) for left, _, right in rows]


def test_both_turns_stand_beside_each_other_with_their_lines() -> None:
    step = Step((turn("o", 4, "Около 10 тысяч."),), (turn("t", 9, "Ten thousand."),))
    assert lines(step) == [("5 Mao: Около 10 тысяч.", "10 Mao: Ten thousand.")]


def test_a_turn_that_is_not_there_is_a_dash() -> None:
    found = RULE.finding("missing", Location("t", 3), turn="o4", related=[Related(Location("o", 4), "there")])
    (row,) = excerpt(found, beside(Step((turn("o", 4, "Word."),))))
    assert [side.strip() for side in row.split(" | ")] == ["5 Mao: Word.", "—"]


def test_a_turn_at_another_place_is_shown_all_the_same() -> None:
    step = Step((), (turn("t", 9, "Moved."),), elsewhere=turn("o", 4, "Ушёл."))
    assert lines(step) == [("5 Mao: Ушёл.", "10 Mao: Moved.")]


def test_turns_without_words_show_their_speakers() -> None:
    assert lines(Step((turn("o", 4),), (turn("t", 9, ""),))) == [("4 Mao:", "10 Mao:")]


def test_joined_turns_stand_below_each_other() -> None:
    step = Step((turn("o", 4, "Один."), turn("o", 7, "Два.")), (turn("t", 9, "Both."),))
    assert lines(step) == [("5 Mao: Один.", "10 Mao: Both."), ("8 Mao: Два.", "")]


def test_the_paragraph_that_is_meant_is_shown_and_its_counterpart() -> None:
    step = Step((turn("o", 4, "Один.", "Два."),), (turn("t", 9, "One.", "Two."),))
    assert lines(step, line=11) == [("6 Два.", "11 Two.")]
    assert lines(step, message='"two" is wrong') == [("6 Два.", "11 Two.")]


def test_of_a_long_paragraph_the_words_around_those_that_are_quoted() -> None:
    step = Step((turn("o", 4, "Один."),), (turn("t", 9, f"{LONG} About ten were left. {LONG}"),))
    shown = " ".join(right.removeprefix("10 ") for _, right in lines(step, message='"about ten" is lost'))
    assert "About ten were" in shown
    assert shown.startswith("Mao: … ")
    assert shown.endswith(" …")


def test_a_number_is_found_whole() -> None:
    found = any_of(["10", "tea"])
    assert [match[0] for match in found.finditer("In 1910 he had 10 teas and 100 Teapots.")] == ["10", "tea", "Tea"]
    assert not any_of([]).search("anything")


def test_a_finding_of_one_text_or_of_a_list_shows_nothing() -> None:
    step = Step((turn("o", 4, "Один."),), (turn("t", 9, "One."),))
    assert excerpt(RULE.finding("wrong", Location("t", 9), turn="t9"), beside(step)) == []
    lists = Step((Attendance((), Location("o", 4)),), (Attendance((), Location("t", 9)),))
    found = RULE.finding("wrong", Location("t", 9), related=[Related(Location("o", 4), "there")])
    assert excerpt(found, beside(lists)) == []
    assert excerpt(found, SideBySide(beside(step).edition, beside(step).translation, ())) == []


def columns(row: str) -> int:
    """How wide a terminal shows a row."""
    marks = sum(unicodedata.category(character) in ("Mn", "Me") for character in row)
    return len(row) - marks + sum(unicodedata.east_asian_width(character) in "WF" for character in row)


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=20))
def test_no_line_is_too_long_whatever_the_words(ours: str, theirs: str, quoted: str) -> None:
    step = Step((turn("o", 4, ours),), (turn("t", 9, theirs),))
    found = RULE.finding(f'"{quoted}"', Location("t", 9), turn="t9", related=[Related(Location("o", 4), "there")])
    rows = excerpt(found, beside(step))
    assert 1 <= len(rows) <= MAX_LINES
    assert all(columns(row) <= WIDTH for row in rows)
    assert [printable(row) for row in rows] == rows
    assert len({columns(row.partition(" | ")[0]) for row in rows if " | " in row and "|" not in ours + theirs}) <= 1


def test_they_stand_above_the_hint() -> None:
    step = Step((turn("o", 4, "Один."),), (turn("t", 9, "Two."),))
    found = RULE.finding(
        "wrong", Location("t", 9), hint="write One", turn="t9", related=[Related(Location("o", 4), "there")]
    )
    printed = text.render(Report.of("compare", [RULE], [found]), beside(step)).splitlines()
    assert [line.split()[0] for line in printed[1:4]] == ["o:4:", "5", "hint:"]


def passage(path: str, line: int, words: str) -> Paragraph:
    return Paragraph(None, f"{path}#p{line}", (), words, Location(path, line))


def test_headings_stand_beside_each_other_though_turns_begin_on_their_lines() -> None:
    heads = Step((passage("o", 4, "5 мая 1950 г."),), (passage("t", 9, "May 6, 1950"),))
    turns = Step((turn("o", 4, "Начнём."),), (turn("t", 9, "Let us begin."),))
    both = SideBySide(beside(heads).edition, beside(heads).translation, (heads, turns))
    related = [Related(Location("o", 4), 'the heading has "5 мая 1950"')]
    found = RULE.finding('the heading says "May 6, 1950"', Location("t", 9), related=related)
    (row,) = excerpt(found, both)
    assert [side.strip() for side in row.split(" | ")] == ["4 5 мая 1950 г.", "9 May 6, 1950"]


def test_of_paragraphs_on_one_line_the_one_that_is_named_is_shown() -> None:
    place = Location("o", 4)
    told = tuple(Paragraph(f"p{n}", f"o#p{n}", (), words, place) for n, words in enumerate(("One.", "Two."), 1))
    step = Step((Turn("o4", "o#4", 1, (), "Mao:", told, (), place),), (turn("t", 9, "Eins."),))
    found = RULE.finding(
        "paragraph p2 of turn o4 has no translation",
        Location("t", 9),
        turn="t9",
        related=[Related(place, "paragraph p2 in the original")],
    )
    (row,) = excerpt(found, beside(step))
    assert [side.strip() for side in row.split(" | ")] == ["4 Two.", "10 Mao: Eins."]
