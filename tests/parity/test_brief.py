"""Two texts of a few turns that are not one text: told once, and only where nothing in them agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import compare

from .texts import Said, told

TALK = (
    ("Сталин", "Имеется две группы вопросов, которые необходимо обсудить."),
    ("Мао", "Мы считаем, что договор 1945 года следует пересмотреть, его срок 30 лет."),
    ("Сталин", "Согласен. Сколько кредита Вам нужно?"),
    ("Мао", "300 миллионов долларов на пять лет."),
)
TRANSLATED = (
    ("Stalin", "There are two groups of questions that have to be discussed."),
    ("Mao", "We believe that the treaty of 1945 should be revised; its term is 30 years."),
    ("Stalin", "Agreed. How much credit do you need?"),
    ("Mao", "300 million dollars for five years."),
)
VOYAGE = (
    ("Captain", "The ship left on 14 May 1871 with 62 men."),
    ("Mate", "And 7 of them were sick before we saw the Cape."),
    ("Captain", "Who?"),
    (
        "Cook",
        "Five from the galley, sir, and two of the boys who had eaten the fish that we bought for 14 shillings.",
    ),
)


def found(ours: Said, theirs: Said, *, linked: bool = False) -> list[Diagnostic]:
    original, translation = told("ru.xml", "ru", ours), told("en.xml", "en", theirs)
    if linked:
        pairs = zip(original.turns, translation.turns, strict=False)
        turns = tuple(replace(each, corresp=(turn.key,)) for turn, each in pairs)
        translation = replace(translation, turns=turns)
    return list(compare(Edition(original, translation, {})))


def test_a_short_talk_and_its_translation_are_passed_in_silence() -> None:
    assert found(TALK, TRANSLATED) == []


def test_two_short_texts_that_have_nothing_in_common_are_one_finding() -> None:
    (finding,) = found(TALK, VOYAGE)
    assert finding.rule.code == "TRN105"
    assert finding.message == "this is no translation of ru.xml: they have no number and no name in common"


def test_links_between_them_are_not_believed() -> None:
    (finding,) = found(TALK, VOYAGE, linked=True)
    assert finding.rule.code == "TRN105"
    assert "though its turns are linked" in finding.message
    assert found(TALK, TRANSLATED, linked=True) == []


@pytest.mark.parametrize(
    "theirs",
    [
        (*VOYAGE[:3], ("Cook", "In 1945, sir.")),
        (*VOYAGE[:3], ("Stalin", VOYAGE[3][1])),
        (("Captain", "Who?"), *VOYAGE[2:3]),
        TRANSLATED[:2],
    ],
    ids=["a number", "a name", "no numbers", "a part"],
)
def test_what_may_be_one_text_is_compared(theirs: Said) -> None:
    assert "TRN105" not in [each.rule.code for each in found(TALK, theirs)]


SCENE = (
    ("Пётр", "Это почтальон. Он принёс письмо от вашей сестры, и, кажется, недоброе."),
    ("Слуга", "Почему же?"),
    ("Ольга", "Тогда зачем?"),
    ("Анна", "Как вы похожи на отца!"),
    ("Ольга", "Хорошо."),
)
OTHER_SCENE = (
    ("Pyotr", "It is cold in the house, and nobody has lit the stove since Sunday."),
    ("Anna", "But why?"),
    ("Pyotr", "I shall write about it to Moscow and ask for instructions."),
    ("Olga", "Calm down, sit down, drink some water."),
    ("Anna", "Farewell."),
)


def test_another_scene_of_the_same_people_is_told_by_who_speaks() -> None:
    assert [each.rule.code for each in found(SCENE, OTHER_SCENE)] == ["TRN105"]


def test_a_scene_in_which_labels_were_exchanged_is_the_same_scene() -> None:
    speakers = ("Pyotr", "Servant", "Anna", "Olga", "Anna")
    words = (
        "It is the postman. He has brought a letter from your sister, and the news, it seems, is not good.",
        "But why?",
        "What for, then?",
        "How like your father you are!",
        "All right.",
    )
    codes = {each.rule.code for each in found(SCENE, tuple(zip(speakers, words, strict=True)))}
    assert "TRN105" not in codes
