"""Labels of speakers: which of them may be spellings of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.parity.voices import Spoken

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
