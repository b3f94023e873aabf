"""Two neighbouring turns exchanged in texts of a few turns, without links: told as that, and the turns themselves."""

from __future__ import annotations

import random

import pytest

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import compare

from .texts import Said, told

ASSEMBLY = (
    (
        ("Председатель", "Слово имеет товарищ Иванов."),
        ("Иванов", "Товарищи! Завод выполнил план на 97 процентов. Уголь пришёл поздно, а вагонов не хватало."),
        ("Петрова", "А кто за это отвечает?"),
        ("Иванов", "Отвечает начальник станции."),
        ("Председатель", "Есть ещё вопросы? Нет. Переходим к голосованию."),
    ),
    (
        ("Chairman", "Comrade Ivanov has the floor."),
        ("Ivanov", "Comrades! The plant has fulfilled 97 per cent of the plan. Coal came late, and wagons were few."),
        ("Petrova", "And who is responsible for this?"),
        ("Ivanov", "The station master is responsible."),
        ("Chairman", "Any more questions? No. We proceed to the vote."),
    ),
)
SCENE = (
    (
        ("Мария", "Кто там?"),
        ("Пётр", "Это я, Пётр. Откройте, на улице холодно, и я принёс письмо от Вашего брата."),
        ("Мария", "Какое письмо?"),
        ("Пётр", "Из Парижа."),
        ("Мария", "Дайте сюда."),
        ("Ольга", "Не давай ей, она его сожжёт, как сожгла все прежние!"),
        ("Пётр", "Мне всё равно."),
    ),
    (
        ("Maria", "Who is there?"),
        ("Pyotr", "It is I, Pyotr. Please open, it is cold outside, and I have brought a letter from your brother."),
        ("Maria", "What letter?"),
        ("Pyotr", "From Paris."),
        ("Maria", "Give it here."),
        ("Olga", "Don't give it to her, she will burn it as she burnt all the others!"),
        ("Pyotr", "I don't care."),
    ),
)
TILL = (
    (
        ("Директор", "Начнём."),
        ("Бухгалтер", "В кассе осталось 1240 рублей."),
        ("Директор", "Мало."),
        ("Бухгалтер", "Больше не дали."),
    ),
    (
        ("Director", "Let us begin."),
        ("Accountant", "There are 1240 roubles left in the till."),
        ("Director", "Too little."),
        ("Accountant", "They gave no more."),
    ),
)
TALKS = {"assembly": ASSEMBLY, "scene": SCENE, "till": TILL}
EXCHANGES = [(name, at) for name, (_, theirs) in TALKS.items() for at in range(len(theirs) - 1)]


def found(ours: Said, theirs: Said) -> list[Diagnostic]:
    return list(compare(Edition(told("ru.xml", "ru", ours), told("en.xml", "en", theirs), {})))


@pytest.mark.parametrize("name", TALKS)
def test_a_few_turns_in_order_are_passed_in_silence(name: str) -> None:
    assert found(*TALKS[name]) == []


@pytest.mark.parametrize(("name", "at"), EXCHANGES)
def test_two_turns_exchanged_stand_in_other_order(name: str, at: int) -> None:
    ours, theirs = TALKS[name]
    spoilt = (*theirs[:at], theirs[at + 1], theirs[at], *theirs[at + 2 :])
    (finding,) = found(ours, spoilt)
    assert finding.rule.code == "TRN204"
    assert f"turn {at + 1} ({spoilt[at][0]})" in finding.message


@pytest.mark.parametrize(("name", "at"), EXCHANGES)
def test_two_labels_exchanged_are_never_told_as_two_other_speakers_for_certain(name: str, at: int) -> None:
    ours, theirs = TALKS[name]
    (first, words), (second, answer) = theirs[at : at + 2]
    (finding,) = found(ours, (*theirs[:at], (second, words), (first, answer), *theirs[at + 2 :]))
    assert finding.rule.code in ("TRN301", "TRN204")
    assert finding.rule.code == "TRN204" or "or the two turns stand in other order" in finding.message


def test_a_speaker_who_is_known_by_his_name_alone_is_another() -> None:
    ours, theirs = ASSEMBLY
    (finding,) = found(ours, (*theirs[:2], ("Ivanov", theirs[2][1]), *theirs[3:]))
    assert finding.message == "turn 3 is spoken by Ivanov, its original turn 3 by Петрова"
    assert found(ours, (*theirs[:2], ("The forewoman", theirs[2][1]), *theirs[3:])) == []  # she may be called so


def test_who_is_called_by_what_he_is_may_be_called_by_his_name() -> None:
    ours, theirs = ASSEMBLY
    chairman = (*ours[:3], ("Директор", ours[3][1]), ours[4])
    assert found(chairman, theirs) == []


def drama(exchanged: int) -> list[Diagnostic]:
    """Two of three speakers of 40 turns stand for each other from one turn on."""
    chance = random.Random(7)
    said = [(chance.choice(("Анна", "Борис", "Виктор")), "слово " * chance.randint(1, 30)) for _ in range(40)]
    names = {"Анна": "Anna", "Борис": "Boris", "Виктор": "Victor"}
    others = names | {"Анна": "Boris", "Борис": "Anna"}
    theirs = [
        ((others if number >= exchanged else names)[who], words.replace("слово", "word"))
        for number, (who, words) in enumerate(said)
    ]
    return found(said, theirs)


@pytest.mark.parametrize("start", [8, 20, 30])
def test_two_exchanged_in_a_part_are_who_they_are_by_name_however_long_it_is(start: int) -> None:
    (finding,) = drama(start)
    assert "have changed places" in finding.message
    assert (finding.location.line or 0) >= 10 + start


@pytest.mark.parametrize("start", [0, 40])
def test_two_who_only_have_other_names_are_passed(start: int) -> None:
    assert drama(start) == []
