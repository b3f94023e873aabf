"""Signs that count the parts of a text are not missed in one that counts them otherwise, unless a part is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Location
from edition.model import PART, Edition, Paragraph, Text
from edition.parity import compare

from .test_values import compared
from .texts import PERSONS, original, translated, translation

IN_ONE_PARAGRAPH = [
    (
        "Предлагаю: 1) вывести войска; 2) обменять пленных.",
        "I propose to withdraw the troops and exchange prisoners.",
    ),
    ("Предлагаю вывести войска и обменять пленных.", "I propose: (1) to withdraw; and (2) to exchange prisoners."),
    ("Требуем: 1) мира, 2) хлеба, 3) земли.", "We demand peace, bread and land."),
    ("1) Мир. 2) Хлеб. 3) Земля.", "Peace. Bread. Land."),
    ("Нужны: а) мир; б) хлеб; в) земля; г) воля.", "We need: peace; bread; land; freedom."),
    (
        "Нужны: 1) мир: а) общий; б) прочный; в) скорый; 2) хлеб.",
        "We need peace, general, lasting and soon, and bread.",
    ),
    ("Нужны: 1) мир; 2) хлеб; 3) земля.", "We need: a. peace; b. bread; c. land."),
]

OF_THE_TEXT = [
    ("Пришли: 12 дивизий; 3 полка.", "There came: divisions; regiments."),
    ("Нужны: 1) мир; 2) хлеб; 3) земля.", "We need: 1) peace; 2) bread."),
    ("Смотри: 4) мир; 5) хлеб.", "See: peace; bread."),
    ("Нужны: 1) 7 дивизий; 2) хлеб.", "We need: divisions; bread."),
]


@pytest.mark.parametrize(("ours", "theirs"), IN_ONE_PARAGRAPH)
def test_signs_within_a_paragraph_may_be_left_out_or_added(ours: str, theirs: str) -> None:
    assert compared(ours, theirs) == []


@pytest.mark.parametrize(("ours", "theirs"), OF_THE_TEXT)
def test_other_numbers_are_missed_and_so_is_a_part_that_both_texts_would_count(ours: str, theirs: str) -> None:
    assert {each.rule.code for each in compared(ours, theirs)} == {"VAL201"}


def test_a_diary_is_not_counted_by_its_days() -> None:
    days = ["1. Mai. Regen.", "2. Mai. Sonne.", "3. Mai. Schnee."]
    assert in_parts(days, ["1 May. Rain.", "2 May. Sun.", "5 May. Snow."], "de en") == ["VAL203"]


@pytest.mark.parametrize("signs", ["1. 2. 3.", "(1) (2) (3)", "1.) 2.) 3.)", "I. II. III.", "1° 2° 3°", "а) б) в)"])
def test_parts_are_counted_in_either_text(signs: str) -> None:
    parts = ["вывести войска;", "обменять пленных;", "созвать комиссию."]
    typed = [f"{sign} {part}" for sign, part in zip(signs.split(), parts, strict=True)]
    bare = ["to withdraw the troops;", "to exchange prisoners;", "to convene a commission."]
    assert in_parts(typed, bare) == in_parts(bare, typed, "en ru") == []


def test_a_number_at_the_beginning_that_counts_nothing_is_missed() -> None:
    assert in_parts(["3. вывести войска", "обменять пленных"], ["to withdraw", "to exchange"]) == ["VAL201"]


def test_items_outside_turns_are_counted_together_and_passages_by_their_own_number() -> None:
    ours, theirs = texts(["1. Польша.", "2. Разное."], ["Poland.", "Other business."])
    frames = [replace(text, frame=text.turns[3].paragraphs, turns=text.turns[:3]) for text in (ours, theirs)]
    assert told(*frames) == []
    ours, theirs = texts(["5. О дровах."], ["On firewood."])
    assert told(cited(ours, "1.5"), cited(theirs, "1.5")) == []
    assert told(cited(ours, "6"), cited(theirs, "6")) == ["VAL201"]


@pytest.mark.parametrize(
    ("ours", "theirs", "missed"),
    [
        ("№ Название Штук 1 Танки 120 2 Орудия 85", "Name Pieces Tanks 120 Guns 85", 0),
        ("1. Танки 120 2. Орудия 85", "Tanks 120 Guns 85", 0),
        ("Танки 1 Орудия 2", "Tanks Guns", 2),
        ("1 Танки 3 2 Орудия 4", "Tanks 3 Guns", 1),
        ("1 Танки 7 1 Орудия 8", "Tanks 7 Guns 8", 2),
        ("1 Танки 1 2 Орудия 2", "1 Tanks 1 3 Guns 2", 1),
    ],
)
def test_a_column_of_numbers_may_be_left_out_of_a_table(ours: str, theirs: str, missed: int) -> None:
    mine, its = texts([ours], [theirs])
    assert told(in_cells(mine), in_cells(its)) == ["VAL201"] * missed


def in_cells(text: Text) -> Text:
    """The text, where each word of the fourth turn stands in a cell."""
    turns = list(text.turns)
    cells = parts(text.path, turns[3].paragraphs[0].text.split())
    turns[3] = replace(turns[3], paragraphs=tuple(replace(each, element="cell") for each in cells))
    return replace(text, turns=tuple(turns))


def in_parts(ours: list[str], theirs: list[str], languages: str = "ru en") -> list[str]:
    """What is found where the fourth turn has these parts, items of a list or paragraphs."""
    return told(*texts(ours, theirs, languages))


def texts(ours: list[str], theirs: list[str], languages: str = "ru en") -> tuple[Text, Text]:
    first, second = languages.split()
    turns, others = list(original(6).turns), translated(6)
    turns[3] = replace(turns[3], paragraphs=parts("ru.xml", ours))
    others[3] = replace(others[3], paragraphs=parts("en.xml", theirs))
    return replace(original(6), turns=tuple(turns), language=first), replace(translation(others), language=second)


def parts(path: str, said: list[str]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(None, f"{path}#part({n})", (), words, Location(path, 40 + n), kind=PART, element="item")
        for n, words in enumerate(said)
    )


def cited(text: Text, number: str) -> Text:
    """The text as passages, of which the fourth is cited by a number."""
    turns = [replace(each, element="div", who=(), label="", n=str(each.number)) for each in text.turns]
    turns[3] = replace(turns[3], n=number)
    return replace(text, turns=tuple(turns))


def told(ours: Text, theirs: Text) -> list[str]:
    found = compare(Edition(ours, theirs, PERSONS))
    return [each.rule.code for each in found if each.rule.code.startswith("VAL")]
