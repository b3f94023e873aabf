"""One speaker without links: which part was left out shows in figures, if at all; and it is said how sure that is."""

from __future__ import annotations

from edition.diagnostics import Diagnostic, Severity
from edition.model import Edition
from edition.parity import compare

from .texts import told

REPORT = (
    (
        "Не позднее 15 марта. Истрачено два миллиона триста тысяч. Потери: убитых 12, раненых 48, без вести 53.",
        "Четверо суток мы ничего не ели. Пришли все четверо. Сто с лишним лет.",
        "Что было потом? Всё стоит около полутора миллионов рублей.",
        "Нет, я так не думаю, прощайте.",
        "Приказ № 227 «Ни шагу назад!» вышел в июле 1942 года.",
    ),
    (
        "No later than March 15. Spent: 2.3 million. Losses: 12 killed, 48 wounded, 53 missing.",
        "For four days and nights we ate nothing. All four came. More than a hundred years.",
        "What happened then? It all costs about one and a half million roubles.",
        "No, I do not think so, goodbye.",
        "Order No. 227, “Not one step back!”, came out in July 1942.",
    ),
)
EVEN = ("Мы шли весь день и пришли к вечеру в деревню, где никто нас не ждал.",) * 10
EVENLY = ("We walked all day and came by evening to a village where nobody expected us.",) * 10


def _turns(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[Diagnostic]:
    original = told("ru.xml", "ru", [("Свидетель", words) for words in ours])
    translation = told("en.xml", "en", [("Witness", words) for words in theirs])
    return list(compare(Edition(original, translation, {})))


def test_a_number_in_words_is_not_held_against_the_figures_beside_it() -> None:
    ours, theirs = REPORT
    (finding,) = _turns(ours, theirs[:2] + theirs[3:])
    assert (finding.rule.code, finding.message.split(" (")[0]) == ("TRN201", "turn 3")


def test_which_of_like_parts_is_missing_is_a_guess_and_no_error() -> None:
    (finding,) = _turns(EVEN, EVENLY[1:])
    assert (finding.rule.code, finding.severity) == ("TRN201", Severity.WARNING)
    assert "or one near it" in finding.message


def test_two_monologues_of_which_one_is_far_longer_are_not_one_text() -> None:
    assert [each.rule.code for each in _turns(EVEN * 3, EVENLY)] == ["TRN105"]
