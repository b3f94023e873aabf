"""Values of what stands outside turns where the two texts divide it otherwise and nothing is linked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Location, Severity
from edition.model import AFTER, BEFORE, Paragraph

from .texts import found, original, paragraph, translated, translation

SIZE = 6


def _opened(ours: list[str], theirs: list[str]) -> list[tuple[str, Severity]]:
    """What is found in a talk whose two texts begin with these passages, none of them linked."""
    frames = (
        tuple(
            replace(paragraph(path, f"{path[:2]}{n}", text=words), location=Location(path, n))
            for n, words in enumerate(passages, 2)
        )
        for path, passages in (("ru.xml", ours), ("en.xml", theirs))
    )
    mine, its = (
        replace(each, frame=frame)
        for each, frame in zip((original(SIZE), translation(translated(SIZE))), frames, strict=True)
    )
    return [(each.rule.code, each.severity) for each in found(mine, its)]


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (["Record of a talk, 22 January 1950, on 12 sheets"], []),
        (["Record of a talk, 23 January 1950, on 12 sheets"], ["VAL203"]),
        (["Record of a talk, 22 January 1951, on 12 sheets"], ["VAL203"]),
        (["Record of a talk, 22 January 1950, on 14 sheets"], ["VAL201"]),
        (["Record of a talk, 22 January 1950, in 14 copies"], []),
        (["Record of a talk, 22 January 1950, copy 1, translated in 1998"], []),
        (["Record of a talk, 22 January 1950"], []),  # what is not there may stand elsewhere
        (["Translated on 3 May 2006 from 40 sheets"], []),  # another event
        (["22 January 1950", "12 sheets", "Translated by two on 3 May 2006"], []),
        (["Record of a talk, 14 sheets"], []),  # nothing says that it is of the same talk
    ],
)
def test_an_opening_that_is_divided_otherwise_is_compared_as_a_whole(theirs: list[str], told: list[str]) -> None:
    ours = ["Запись беседы 22 января 1950 года", "На 12 листах"]
    assert _opened(ours, theirs) == [(code, Severity.WARNING) for code in told]


def test_a_number_of_the_same_is_held_against_that_of_the_original() -> None:
    ours = ["Беседа 22 января 1950 года", "Длилась 5 часов"]
    assert _opened(ours, ["Talk of 22 January 1950. It took 5 hours"]) == []
    assert _opened(ours, ["Talk of 22 January 1950. It took 6 hours"]) == [("VAL201", Severity.WARNING)]


def test_a_date_may_stand_in_a_heading_of_one_text_and_in_a_passage_of_the_other() -> None:
    ours = replace(original(SIZE), headings=(paragraph("ru.xml", "ru2", text="22 января 1950 года", line=2),))
    theirs = replace(
        translation(translated(SIZE)), frame=(paragraph("en.xml", "en2", text="On 23 January 1950", line=2),)
    )
    (finding,) = found(ours, theirs)
    assert finding.message == (
        'the text before the turns says "23 January 1950", its original the text before the turns "22 января 1950"'
    )
    assert (finding.location.line, finding.related[0].location.line) == (2, 2)


def test_what_closes_a_text_is_held_against_what_closes_the_other() -> None:
    """As it stands in the text, even if all of that is one line."""
    opening, closing = (
        paragraph("ru.xml", "ru2", text="22 января 1950"),
        paragraph("ru.xml", "ru3", text="3 мая 1951"),
    )
    ours = replace(original(SIZE), headings=(opening, replace(closing, place=AFTER)))
    theirs = translation(translated(SIZE))
    told = []
    for day in ("3", "4"):
        words = paragraph("en.xml", "en3", text=f"{day} May 1951")
        frame = (paragraph("en.xml", "en2", text="On 22 January 1950"), replace(words, place=AFTER))
        told.append([each.message for each in found(ours, replace(theirs, frame=frame))])
    assert told == [
        [],
        ['the text after the turns says "4 May 1951", its original the text after the turns "3 мая 1951"'],
    ]


def _framed(path: str, parts: list[tuple[str, str, str]]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Headings and passages outside turns: of each the element, the place and the words."""
    made = [
        replace(paragraph(path, f"{path[:2]}{n}", text=words, line=n), element=element, place=place)
        for n, (element, place, words) in enumerate(parts, 2)
    ]
    return (
        tuple(each for each in made if each.element != "p"),
        tuple(each for each in made if each.element == "p"),
    )


def _told(ours: list[tuple[str, str, str]], theirs: list[tuple[str, str, str]]) -> list[tuple[str, Severity]]:
    mine, its = _framed("ru.xml", ours), _framed("en.xml", theirs)
    texts = replace(original(SIZE), headings=mine[0], frame=mine[1])
    return [
        (each.rule.code, each.severity)
        for each in found(texts, replace(translation(translated(SIZE)), headings=its[0], frame=its[1]))
    ]


DATED, SIGNED = ("dateline", AFTER, "Москва, 5 мая 1945 г."), ("closer", AFTER, "В. Павлов")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([DATED, SIGNED], [("closer", AFTER, "V. Pavlov"), ("dateline", AFTER, "Moscow, May 5, 1945")]),
        ([SIGNED, DATED], [("dateline", BEFORE, "Moscow, May 5, 1945"), ("closer", AFTER, "V. Pavlov")]),
        ([DATED], [("closer", AFTER, "V. Pavlov, Moscow, May 5, 1945")]),
        (
            [("head", BEFORE, "Заседание 4 февраля 1945 г.")],
            [("head", BEFORE, "Plenary Meeting"), ("dateline", BEFORE, "February 4, 1945")],
        ),
        (
            [("head", BEFORE, "Запись беседы 4 февраля 1945 г.")],
            [("head", BEFORE, "Record of a talk"), ("p", BEFORE, "February 4, 1945")],
        ),
        (
            [("head", BEFORE, "Запись беседы"), ("p", BEFORE, "4 февраля 1945 г.")],
            [("head", BEFORE, "Record of a talk, February 4, 1945")],
        ),
        (
            [("head", BEFORE, "Протокол № 5"), ("p", BEFORE, "от 3 мая")],
            [("head", BEFORE, "Minutes No. 5 of May 3")],
        ),
    ],
)
def test_what_heads_and_closes_a_text_may_stand_anywhere_outside_turns(
    ours: list[tuple[str, str, str]], theirs: list[tuple[str, str, str]]
) -> None:
    assert _told(ours, theirs) == []


def test_a_date_is_known_as_another_wherever_it_stands() -> None:
    signed = ("closer", AFTER, "V. Pavlov")
    assert _told([DATED, SIGNED], [signed, ("dateline", AFTER, "Moscow, May 6, 1945")]) == [
        ("VAL203", Severity.ERROR)
    ]


def test_the_date_of_a_heading_that_is_nowhere_outside_turns_is_missed() -> None:
    head = ("head", BEFORE, "Беседа"), ("head", BEFORE, "Talk")
    for lost in (("dateline", BEFORE, "5 мая 1945 года"), ("head", BEFORE, "5 мая 1945 года")):
        assert _told([head[0], lost], [head[1]]) == [("VAL203", Severity.WARNING)]
    assert _told([head[0], ("head", BEFORE, "Протокол № 17, лист 3")], [head[1]]) == [("VAL201", Severity.WARNING)]
    for silent in ("Глава вторая", "1. Открытие"):
        assert _told([head[0], ("head", BEFORE, silent)], [head[1]]) == []


def test_closing_words_are_missed_where_nothing_follows_the_turns() -> None:
    head = ("head", BEFORE, "Беседа"), ("head", BEFORE, "Talk")
    assert _told([head[0], SIGNED, DATED], [head[1]]) == [("TRN401", Severity.WARNING)]
    assert _told([head[0], SIGNED], [head[1], ("opener", BEFORE, "Recorded by Pavlov")]) == []
    assert _told([head[0], SIGNED], [head[1], ("p", AFTER, "Recorded by Pavlov")]) == []
