"""How two texts are read side by side: each unit in one step, in the order of both."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.diagnostics import Location, Related, Rule, Severity
from edition.model import Attendance, Edition, Paragraph, Text, Turn
from edition.parity import pair_up, side_by_side
from edition.parity.matching import settle
from edition.side_by_side import SideBySide, Step, Unit
from edition.tei.header import header

RULE = Rule("TRN201", "turn-not-translated", Severity.ERROR, "Every turn is translated.")


def turn(path: str, number: int, corresp: tuple[int, ...] = ()) -> Turn:
    place, name = Location(path, 10 * number), f"{path[0]}{number}"
    words = Paragraph(None, f"{path}#{name}p", (), "words", Location(path, 10 * number + 1))
    links = tuple(f"o.xml#o{target}" for target in corresp)
    return Turn(name, f"{path}#{name}", number, (), "", (words,), links, place)


def paragraph(path: str, line: int, corresp: str = "") -> Paragraph:
    return Paragraph(f"p{line}", f"{path}#p{line}", (corresp,) if corresp else (), "words", Location(path, line))


def text(
    path: str, turns: tuple[Turn, ...], frame: tuple[Paragraph, ...] = (), attendance: Attendance | None = None
) -> Text:
    return Text(path, None, header(etree.fromstring("<TEI/>"), path), turns, frame, attendance, (), ())


def beside(
    links: tuple[tuple[int, ...], ...],
    count: int,
    frames: tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]] = ((), ()),
    lists: tuple[Attendance | None, Attendance | None] = (None, None),
) -> SideBySide:
    """`count` turns of an original beside a translation with the given links."""
    ours = text("o.xml", tuple(turn("o.xml", n) for n in range(1, count + 1)), frames[0], lists[0])
    turns = tuple(turn("t.xml", n, targets) for n, targets in enumerate(links, 1))
    found = side_by_side(pair_up(Edition(ours, text("t.xml", turns, frames[1], lists[1]), {})))
    assert found is not None
    return found


def names(step: Step) -> tuple[str, str, str]:
    """The units of a step by name: `("o1 o2", "t1", "")`."""
    sides = (" ".join(_name(unit) for unit in side) for side in (step.original, step.translation))
    elsewhere = step.elsewhere
    return (*sides, "" if elsewhere is None else elsewhere.id or "")  # type: ignore[return-value]


def _name(unit: Unit) -> str:
    return "list" if isinstance(unit, Attendance) else unit.id or ""


def shown(found: SideBySide) -> list[tuple[str, str, str]]:
    return [names(step) for step in found.steps]


@pytest.mark.parametrize(
    ("links", "count", "expected"),
    [
        (((1,), (2,)), 2, [("o1", "t1", ""), ("o2", "t2", "")]),
        (((1,), (3,)), 3, [("o1", "t1", ""), ("o2", "", ""), ("o3", "t2", "")]),
        (((1,), (9,), (2,)), 2, [("o1", "t1", ""), ("", "t2", ""), ("o2", "t3", "")]),
        (((1, 2), (3,)), 3, [("o1 o2", "t1", ""), ("o3", "t2", "")]),
        (((1,), (1,), (2,)), 2, [("o1", "t1 t2", ""), ("o2", "t3", "")]),
        (
            ((1,), (3,), (2,), (4,)),
            4,
            [("o1", "t1", ""), ("", "t2", "o3"), ("o2", "t3", ""), ("o3", "", "t2"), ("o4", "t4", "")],
        ),
    ],
)
def test_turns_stand_beside_what_they_answer_to(
    links: tuple[tuple[int, ...], ...], count: int, expected: list[tuple[str, str, str]]
) -> None:
    assert shown(beside(links, count)) == expected


def test_what_stands_outside_turns_is_read_in_its_place() -> None:
    frames = (
        (paragraph("o.xml", 5), paragraph("o.xml", 30)),
        (paragraph("t.xml", 6, "o.xml#p5"), paragraph("t.xml", 31, "o.xml#p30")),
    )
    lists = (Attendance((), Location("o.xml", 40)), Attendance((), Location("t.xml", 2)))
    assert shown(beside(((1,), (2,)), 2, frames, lists)) == [
        ("", "list", ""),
        ("p5", "p6", ""),
        ("o1", "t1", ""),
        ("o2", "t2", ""),
        ("p30", "p31", ""),
        ("list", "", ""),
    ]


def test_frames_without_links_are_read_beside_each_other() -> None:
    frames = ((paragraph("o.xml", 5), paragraph("o.xml", 6)), (paragraph("t.xml", 7),))
    assert shown(beside(((1,),), 1, frames))[:2] == [("p5", "p7", ""), ("p6", "", "")]


links_of_a_translation = st.lists(st.lists(st.integers(1, 9), max_size=3, unique=True).map(tuple), min_size=1)


@given(st.integers(1, 8), links_of_a_translation)
def test_every_unit_stands_in_one_step_and_in_order(count: int, links: list[tuple[int, ...]]) -> None:
    found = beside(tuple(links), count)
    for side, path, total in (("original", "o", count), ("translation", "t", len(links))):
        units = [_name(unit) for step in found.steps for unit in getattr(step, side)]
        assert units == [f"{path}{number}" for number in range(1, total + 1)]
    assert all(step.units for step in found.steps)


PARTED = beside(((1,), (3,)), 3, ((paragraph("o.xml", 5), paragraph("o.xml", 35)), ()))


@pytest.mark.parametrize(
    ("location", "turn_id", "related", "expected"),
    [
        (Location("t.xml", 10), "t1", None, ("o1", "t1", "")),
        (Location("t.xml", 11), "t1", None, ("o1", "t1", "")),  # a paragraph of the turn
        (Location("t.xml", 10), "o2", Location("o.xml", 20), ("o2", "", "")),  # what is missing
        (Location("t.xml", 10), None, Location("o.xml", 20), ("o2", "", "")),  # the same, where turns have no id
        (Location("t.xml", 22), None, None, ("o3", "t2", "")),
        (Location("o.xml", 36), None, None, ("p35", "", "")),
    ],
)
def test_a_finding_belongs_beside_the_turn_that_it_is_about(
    location: Location, turn_id: str | None, related: Location | None, expected: tuple[str, str, str]
) -> None:
    others = [Related(related, "there")] if related else []
    step = PARTED.step_of(RULE.finding("wrong", location, turn=turn_id, related=others))
    assert step is not None
    assert names(PARTED.steps[step]) == expected


@pytest.mark.parametrize("location", [Location("o.xml", 1), Location("o.xml"), Location("edition.toml", 20)])
def test_a_finding_of_a_header_or_of_another_file_belongs_nowhere(location: Location) -> None:
    assert PARTED.step_of(RULE.finding("wrong", location)) is None


def test_of_two_turns_with_one_id_the_line_decides() -> None:
    twice = tuple(turn("o.xml", n) for n in (1, 2))
    same = tuple(Turn("e", f"t.xml#{n}", n, (), "", (), (f"o.xml#o{n}",), Location("t.xml", 10 * n)) for n in (1, 2))
    found = side_by_side(pair_up(Edition(text("o.xml", twice), text("t.xml", same), {})))
    assert found is not None
    assert found.step_of(RULE.finding("wrong", Location("t.xml", 20), turn="e")) == 1
    assert found.step_of(RULE.finding("wrong", Location("t.xml", 25), turn="e")) == 0


@pytest.mark.parametrize(
    ("message", "there", "expected"),
    [
        ('turn 2 (s) says "14", its original turn 3 "40"', "turn 3 (s) in the original", ("o3", "t2")),
        ("turn 2 (s) has no translation", "turn 2 (s) in the original", ("o2",)),  # turn 2 here stands beside another
        ("turn 20 is long", "the original", ("o3", "t2")),  # for want of anything better
    ],
)
def test_of_turns_without_id_on_one_line_their_titles_decide(
    message: str, there: str, expected: tuple[str, ...]
) -> None:
    said = paragraph("o.xml", 1)
    ours = tuple(Turn(None, f"o.xml#{n}", n, (), f"o{n}", (said,), (), Location("o.xml", 1)) for n in (1, 2, 3))
    links = {1: ("o.xml#1",), 2: ("o.xml#3",)}
    theirs = tuple(Turn(None, f"t.xml#{n}", n, (), f"t{n}", (), to, Location("t.xml", 1)) for n, to in links.items())
    found = side_by_side(pair_up(Edition(text("o.xml", ours), text("t.xml", theirs), {})))
    assert found is not None
    related = [Related(Location("o.xml", 1), there)]
    step = found.step_of(RULE.finding(message, Location("t.xml", 1), related=related))
    assert step is not None
    assert tuple(each.label for each in found.steps[step].turns) == expected


@pytest.mark.parametrize(
    "first", [1, 2]
)  # the id of the missing turn is that of the turn after the gap, or before it
def test_what_is_missing_is_meant_though_the_other_file_has_a_turn_of_its_id(first: int) -> None:
    whole = tuple(turn("o.xml", n) for n in (1, 2, 3))
    rest = tuple(
        Turn(f"o{first + n}", f"t.xml#{n}", n + 1, (), "", (), (link,), Location("t.xml", 10 + 10 * n))
        for n, link in enumerate(("o.xml#o1", "o.xml#o3"))
    )
    found = side_by_side(pair_up(Edition(text("o.xml", whole), text("t.xml", rest), {})))
    assert found is not None
    missing = (Related(Location("o.xml", 20), "the turn"),)
    step = found.step_of(RULE.finding("missing", Location("t.xml", 10), turn="o2", related=missing))
    assert step is not None
    assert names(found.steps[step]) == ("o2", "", "")


def test_texts_of_which_no_turn_answers_to_another_are_read_one_after_the_other() -> None:
    ours, theirs = (text(path, tuple(turn(path, n) for n in (1, 2))) for path in ("o.xml", "t.xml"))
    found = pair_up(Edition(ours, theirs, {}))
    assert found is not None
    unpaired = replace(found, pairing=replace(found.pairing, match=settle((2, 2), ())))
    beside_each_other = side_by_side(unpaired)
    assert beside_each_other is not None
    assert shown(beside_each_other) == [("o1", "", ""), ("o2", "", ""), ("", "t1", ""), ("", "t2", "")]


def test_without_a_translation_there_is_nothing_beside() -> None:
    assert side_by_side(pair_up(Edition(text("o.xml", (turn("o.xml", 1),)), None, {}))) is None
