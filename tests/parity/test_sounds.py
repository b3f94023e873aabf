"""Names by their consonants: one name in two scripts, and two names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.parity.sounds import are_namesakes, likeness, namesakes

# Each in as many spellings as people write it in.
SPELLINGS = """
Хо Ши Мин|Ho Chi Minh, Чжоу Эньлай|Zhou Enlai|Chou En-lai, Мао Цзэдун|Mao Tse-tung, Ван Цзясян|Wang Jiaxiang
Джугашвили|Dzhugashvili|Jughashvili|ჯუღაშვილი, Жданов|Zhdanov|Schdanow, Хрущёв|Khrushchev|Chruszczow|Chruschtschow
Эйзенхауэр|Eisenhower, Черчилль|Churchill|Τσόρτσιλ, Ля Гвардиа|La Guardia|LaGuardia, Шоу|Shaw, Рузвельт|Roosevelt
Чичерин|Tschitscherin|Tchitchérine, Циранкевич|Cyrankiewicz, Надь|Nagy, Джилас|Đilas, Ходжа|Hoxha, Пётр|Pyotr
Микоян|Mikojan|Միկոյան, Берия|Beria|ბერია, Венизелос|Βενιζέλος, Бен-Гурион|בן-גוריון, Насер|ناصر|Nasser, Жэнь|Ren
""".replace("\n", ", ").strip(", ")
PAIRS = [
    (first, other)
    for name in SPELLINGS.split(", ")
    for first, *others in [name.split("|")]
    for other in others
]  # fmt: skip


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_a_name_in_two_scripts_sounds_alike(name: str, other: str) -> None:
    assert (likeness(name, other) or 0) > 0.6


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Молотов", "Mikoyan"),
        ("Маленков", "Mikoyan"),
        ("Жданов", "Beria"),
        ("Ким", "Chen Boda"),
    ],
)
def test_two_names_do_not(name: str, other: str) -> None:
    assert (likeness(name, other) or 0) <= 0.5
    assert not are_namesakes(name, other)


@pytest.mark.parametrize(("name", "other"), [("毛泽东", "Mao Zedong"), ("Эйя", "Molotov"), ("", "Mao")])
def test_of_some_names_nothing_can_be_said(name: str, other: str) -> None:
    assert likeness(name, other) is None


def test_namesakes_are_told_from_all_others() -> None:
    assert namesakes(["Пётр", "Анна", "Павел"], ["Pavel", "Boris", "Pyotr"]) == [(0, 2), (2, 0)]
    assert namesakes(["Анна"], ["Anna", "Anne"]) == []
    assert namesakes(["Мао", "Мао Цзэ-дун"], ["Mao"]) == []
    # Zedong is near Сталин, who has a namesake of his own.
    assert namesakes(["Сталин", "Мао Цзэ-дун"], ["Mao Zedong", "Stalin"]) == [(0, 1), (1, 0)]
    assert namesakes(["Ольга", "Слуга"], ["Olga", "Servant"]) == [(0, 0)]  # one consonant more is another name
    assert namesakes([], ["Anna"]) == namesakes(["Анна"], []) == []


_NAMES = st.text(st.sampled_from("abcghjkqrstxyz яжчц-1"), max_size=12)


@given(_NAMES, _NAMES)
def test_likeness_is_the_same_from_both_sides_and_of_a_name_with_itself_whole(name: str, other: str) -> None:
    found = likeness(name, other)
    assert found == likeness(other, name)
    assert found is None or 0 <= found <= 1
    assert likeness(name, name) in (None, 1.0)
