"""Whose a label is: by other turns, by names in lists of persons, or nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.model import Edition, Turn
from edition.parity import compare, pair_up
from edition.parity.labels import Labels

from .texts import PERSONS as KEYS
from .texts import codes, found, original, text, translated, translation, turn

PERSONS = {f"persons.xml#{key}": name for key, name in (("k", "Королёв"), ("m", "Маргелов"), ("v", "Вишневский"))}
LABELS = {"k": "Королёв:", "m": "Маргелов:", "v": "Вишневский:"}


def talk(said: str) -> list[Turn]:
    """Turns of whom each letter says, each with the label that is theirs."""
    return [
        replace(turn("ru.xml", f"t{n}", who), label=LABELS[who], corresp=()) for n, who in enumerate(said.split(), 1)
    ]


def meant(turns: list[Turn], persons: dict[str, str], position: int) -> str:
    """Whose the label of a turn is said to be, or nothing."""
    whole = text("ru.xml", turns)
    voice = Labels(whole, whole, persons).other(position)
    return " ".join(sorted(key.rpartition("#")[2] for key in voice or ()))


@pytest.mark.parametrize(
    ("said", "label", "persons", "expected"),
    [
        ("k m k m v m v", "Маргелов:", PERSONS, "m"),  # the one who is wronged has one other turn
        ("k m v m v", "Тов. Маргелов", PERSONS, "m"),
        ("k m v m v", "Маргелов:", {}, ""),  # nobody knows a name
        ("k m v m v", "Вишневскій:", PERSONS, ""),  # a spelling of his own name
        ("k m v m v", "Тов. Вишневский:", PERSONS, ""),
        ("k m v m v", "Голос с места:", PERSONS, ""),
        ("k m v m v", "Margelov:", PERSONS, ""),  # names in another script are not compared
        ("k m v m v", "Маргелов:", PERSONS | {"persons.xml#x": "Маргелов"}, ""),  # one of two
        ("k m v m v", "Маргелов:", {key: name for key, name in PERSONS.items() if name != "Вишневский"}, ""),
    ],
)
def test_a_label_is_known_by_the_names_in_a_list(
    said: str, label: str, persons: dict[str, str], expected: str
) -> None:
    turns = talk(said)
    position = said.split().index("v")
    turns[position] = replace(turns[position], label=label)
    assert meant(turns, persons, position) == expected
    assert [meant(turns, persons, each) for each in range(len(turns)) if each != position] == [""] * (len(turns) - 1)


def test_one_who_is_mostly_called_as_another_is_in_the_list_is_called_so_on_purpose() -> None:
    turns = [replace(each, label="Маргелов:") if each.who[0][-1] == "v" else each for each in talk("k v k v m v")]
    assert [meant(turns, PERSONS, position) for position in range(6)] == [""] * 6


@pytest.mark.parametrize(
    ("label", "both", "told"),
    [
        ("A voice", True, []),
        ("A voice", False, ["TRN101"]),
        ("", True, ["TRN101", "TRN101"]),
        ("Mao", True, ["TRN101", "TRN101"]),  # other turns say whose that label is
        ("Chen", True, ["TRN101", "TRN101"]),  # and so does the list of persons
    ],
)
def test_nobody_has_to_say_who_called_out(label: str, both: bool, told: list[str]) -> None:
    ours, theirs = list(original(12).turns), translated(12)
    theirs[4] = replace(theirs[4], who=(), label=label)
    if both:
        ours[4] = replace(ours[4], who=(), label=label)
    whole = text("ru.xml", ours, ("molotov", "malenkov", "mao", "zhou", "chen"))
    assert [code for code, _ in codes(found(whole, translation(theirs)))] == told


@pytest.mark.parametrize(
    ("label", "said", "told"),
    [
        ("Чен:", "слова", ["TRN103"]),
        ("Мао Цзэдун:", "слова", []),
        ("Маоо:", "слова", []),
        ("М.:", "слова", []),
        ("Mao:", "слова", []),  # another script
        ("Председатель:", "слова", []),  # who else, is not known
        ("Тот же:", "слова", []),
        ("Мы:", "слова", []),
        ("Председатель:", "Спросим, что думает председатель", []),
    ],
)
@pytest.mark.parametrize("usual", [True, False])
def test_a_strange_label_is_told_where_others_have_it_and_the_counterpart_has_the_usual_one(
    label: str, said: str, told: list[str], usual: bool
) -> None:
    names = {"stalin": "Сталин:", "mao": "Мао:", "zhou": "Чжоу:", "molotov": "Молотов:"}
    ours = [replace(each, label=names[each.who[0].partition("#")[2]]) for each in original(20).turns]
    theirs = [replace(each, label=each.who[0].partition("#")[2]) for each in translated(20)]
    at = next(n for n, each in enumerate(ours) if n > 3 and each.who[0].endswith("mao"))
    words = tuple(replace(each, text=said) for each in ours[at].paragraphs)
    ours[at] = replace(ours[at], label=label, paragraphs=words)
    if not usual:
        theirs = [replace(each, label="Another") if n in (at, at + 6) else each for n, each in enumerate(theirs)]
    listed = ("molotov", "malenkov", "mao", "zhou", "chen")
    persons = {key: names.get(key.partition("#")[2], "Ким:").rstrip(":") for key in KEYS}
    edition = Edition(text("ru.xml", ours, listed), translation(theirs), persons)
    assert [each.rule.code for each in compare(edition) if each.rule.code[:3] == "TRN"] == (told if usual else [])


def small(said: str, labels: dict[str, str]) -> tuple[list[Turn], list[Turn]]:
    """A short talk of few speakers and its translation, each with labels of its own."""
    ours = [turn("ru.xml", f"t{n}", who) for n, who in enumerate(said.split(), 1)]
    theirs = [turn("en.xml", f"e{n}", who, [f"ru.xml#t{n}"]) for n, who in enumerate(said.split(), 1)]
    russian = {"mao": "Мао:", "zhou": "Чжоу:", "chen": "Чэнь:"}
    named = [replace(each, label=russian[each.who[0].rpartition("#")[2]]) for each in ours]
    return named, [replace(each, label=labels[each.who[0].rpartition("#")[2]]) for each in theirs]


ENGLISH = {"mao": "Mao:", "zhou": "Zhou:", "chen": "Chen:"}


@pytest.mark.parametrize("labels", [ENGLISH, {"mao": "Anna:", "zhou": "Berta:"}])
def test_in_six_turns_a_label_that_is_another_s_is_told(labels: dict[str, str]) -> None:
    ours, theirs = small("mao zhou mao zhou mao zhou", labels)
    assert codes(found(text("ru.xml", ours), translation(theirs, ()))) == []
    theirs[2] = replace(theirs[2], label=labels["zhou"])
    assert codes(found(text("ru.xml", ours), translation(theirs, ()))) == [("TRN103", "e3")]


def test_a_who_that_is_another_s_in_both_texts_is_told_where_keys_or_lists_have_the_names() -> None:
    ours, theirs = small("mao zhou zhou zhou mao zhou", ENGLISH)
    ours[2], theirs[2] = replace(ours[2], label="Мао:"), replace(theirs[2], label="Mao:")
    told = codes(found(text("ru.xml", ours), translation(theirs, ())))
    assert told == [("TRN103", "e3"), ("TRN103", "t3")]


def test_two_may_take_the_chair() -> None:
    labels = {"mao": "Chairman:", "zhou": "Zhou:"}
    ours, theirs = small("mao zhou mao zhou zhou mao", labels)
    theirs[3] = replace(theirs[3], label="Chairman:")
    assert codes(found(text("ru.xml", ours), translation(theirs, ()))) == []


@pytest.mark.parametrize(
    ("label", "called"), [("А. К.", "А. К."), ("А. К.:", "А. К."), ("Сталин.", "Сталин"), ("Ольга (А. К.).", "Ольга")]
)
def test_the_dot_of_initials_is_part_of_a_name(label: str, called: str) -> None:
    comparison = pair_up(Edition(original(4), translation(translated(4)), {}))
    assert comparison is not None
    assert comparison.speaker(replace(turn("ru.xml", "t1", "x"), who=(), label=label)) == called
