"""Labels of speakers: which of them may be spellings of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.parity.voices import Spoken, answered

from .texts import text, turn


@pytest.mark.parametrize(
    ("label", "other", "alike"),
    [
        ("Herr Müller", "Herr Mueller", True),
        ("Herr Müller", "Hr. Müller", True),
        ("M. Clemenceau", "Monsieur Clemenceau", True),
        ("Chairman Mao", "Chmn. Mao", True),
        ("Stalin", "Stallin", True),
        ("Der Vorsitzende", "Vorsitzender", True),
        ("Herr Müller", "Herr Schulze", False),
        ("Mr Attlee", "Mr Bevin", False),
        ("Генерал Попов", "Генерал Жуков", False),
    ],
)
def test_labels_are_spellings_of_one_word_by_word(label: str, other: str, alike: bool) -> None:
    turns = [
        replace(turn("de.xml", f"t{n}", "nobody"), who=(), label=f"{each}:") for n, each in enumerate((label, other))
    ]
    spoken = Spoken.of(text("de.xml", turns))
    first, second = spoken.voices
    assert spoken.are_alike(first, second) is alike
    assert spoken.are_alike(second, first) is alike


def spoken(path: str, labels: list[str]) -> Spoken:
    """Turns of which only labels say who speaks."""
    return Spoken.of(
        text(path, [replace(turn(path, f"t{n}", ""), who=(), label=each) for n, each in enumerate(labels)])
    )


@pytest.mark.parametrize(("label", "is_other"), [("Anna and Boris", False), ("Anna", True), ("Clara", True)])
def test_both_may_be_called_by_their_names(label: str, is_other: bool) -> None:
    ours = ["Анна", "Борис", "Оба"] * 4
    theirs = ["Anna", "Boris", "Both"] * 3 + ["Anna", "Boris", label]
    here, there = spoken("ru.xml", ours), spoken("en.xml", theirs)
    voices = answered(here, there, [(n, n) for n in range(len(ours))])
    assert (voices[-1] != here.voices[-1]) is is_other
    assert voices[:-1] == here.voices[:-1]


def test_one_of_both_is_another_than_both() -> None:
    ours = ["Анна", "Борис"] * 4 + ["Анна"]
    theirs = ["Anna", "Boris"] * 4 + ["Anna and Boris"]
    here, there = spoken("ru.xml", ours), spoken("en.xml", theirs)
    assert answered(here, there, [(n, n) for n in range(len(ours))])[-1] != here.voices[-1]


@pytest.mark.parametrize(
    "label",
    ["Comrade Olga", "Olga Petrovna", "O.", "OLGA (aside)", "Olga [laughing]:", "Ol."],
)
def test_a_label_that_is_rare_may_be_a_form_of_the_usual_one(label: str) -> None:
    ours, theirs = ["Ольга", "Пётр"] * 4 + ["Ольга"], ["Olga", "Pyotr"] * 4 + [label]
    links = [(n, n) for n in range(len(ours))]
    here, there = spoken("ru.xml", ours), spoken("en.xml", theirs)
    assert answered(here, there, links)[-1] == here.voices[-1]
    assert answered(there, here, links)[-1] == there.voices[-1]


@pytest.mark.parametrize("label", ["Pyotr", "Comrade Pyotr", "P."])
def test_a_form_of_the_label_of_another_is_another(label: str) -> None:
    ours, theirs = ["Ольга", "Пётр"] * 4 + ["Ольга"], ["Olga", "Pyotr"] * 4 + [label]
    here, there = spoken("ru.xml", ours), spoken("en.xml", theirs)
    assert answered(here, there, [(n, n) for n in range(len(ours))])[-1] != here.voices[-1]


def test_a_label_in_brackets_alone_is_a_label() -> None:
    assert replace(turn("en.xml", "t1", ""), label="[Voice]:").plain_label == "[Voice]"
    assert replace(turn("en.xml", "t1", ""), label="Olga (to Pyotr).").plain_label == "Olga"
