"""Labels with a slip of the keys in them, and such as are written in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.parity.slips import is_slip


@pytest.mark.parametrize(
    ("label", "usual"),
    [
        ("Стаилн", "Сталин"),
        ("Стални", "Сталин"),
        ("Стаин", "Сталин"),
        ("Стапин", "Сталин"),
        ("Моолтов", "Молотов"),
        ("Chruchill", "Churchill"),
        ("Churcbill", "Churchill"),
        ("Churchnill", "Churchill"),
        ("Тов. Мкиоян", "Тов. Микоян"),
        ("Bevni", "Bevin"),
    ],
)
def test_a_slip_is_told(label: str, usual: str) -> None:
    assert is_slip(label, usual)


@pytest.mark.parametrize(
    ("label", "usual"),
    [
        ("Сталина", "Сталин"),
        ("Стал", "Сталин"),
        ("Ст", "Сталин"),
        ("Сталлин", "Сталин"),
        ("Вишневскій", "Вишневский"),
        ("Иванова", "Иванов"),
        ("Hoffmann", "Hofmann"),
        ("Müller", "Muller"),
        ("Mueller", "Müller"),
        ("Meier", "Meyer"),
        ("Carl", "Karl"),
        ("Sophie", "Sofie"),
        ("Schmidt", "Schmitt"),
        ("Soldaten", "Soldat"),
        ("Soldat 1", "Soldat 2"),
        ("Мао Цзэдун", "Мао"),
        ("Маоо", "Мао"),
        ("Annas", "Hannas"),
        ("Diedrich", "Diederich"),
        ("Churchiell", "Churchill"),
        ("Председатель", "Сталин"),
    ],
)
def test_what_is_written_in_two_ways_is_none(label: str, usual: str) -> None:
    assert not is_slip(label, usual)


_LABELS = st.text(st.sampled_from("abkst 1ё"), max_size=9)


@given(_LABELS, _LABELS)
def test_of_any_labels_no_more_than_one_word_is_a_slip(label: str, usual: str) -> None:
    assert not is_slip(label, label)
    if is_slip(label, usual):
        assert abs(len(label.split()[0]) - len(usual.split()[0])) <= 1
        assert len(label.split()) == len(usual.split())
