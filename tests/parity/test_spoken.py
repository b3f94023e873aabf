"""Numbers as people speak of them: the year that is not yet over, the half of one per cent, two thousand and more."""

from __future__ import annotations

import pytest

from .test_values import compared, number, talked

FAITHFUL = [
    ("Мне шёл тогда девятнадцатый год.", "I was eighteen at the time."),
    ("Уже третью неделю живу здесь.", "I have been living here for more than two weeks."),
    ("Уже третью неделю живу здесь.", "This is my third week here."),
    ("Третий год живём здесь.", "We have been living here for over two years."),
    ("Двухсотлетие города.", "The city's two-hundredth anniversary."),
    ("трёхтысячный экземпляр", "the three-thousandth copy"),
    ("Взыскать пеню в размере 0,5%.", "A fine of one half of one per cent shall be levied."),
    ("Взыскать пеню в размере 0,25%.", "A fine of a quarter of one per cent shall be levied."),
    ("0,1% населения", "a tenth of one per cent of the population"),
    ("Согласен на все сто.", "I agree a hundred per cent."),
    ("Ему было под пятьдесят.", "He was in his late forties."),
    ("Прибыло тонн 500.", "500 tons arrived."),
    ("Две с лишним тысячи человек", "More than two thousand people"),
    ("Двадцать с лишним тысяч человек", "Twenty-odd thousand people"),
    ("две с лишним сотни", "over two hundred"),
    ("10 с лишним тысяч", "more than ten thousand"),
    ("12 (24) февраля", "12 (24) February"),
    ("12 (24) февраля", "24 February"),
    ("12/24 февраля 1881 г.", "12 (24) February 1881"),
    ("Треть голосов.", "33% of the votes."),
    ("третью часть", "a third part"),
    ("В третью смену, половина рабочих", "On the third shift half the workers"),
    ("Половина третьего, четверть часа прошло", "Half past two, a quarter of an hour has passed"),
    ("Людовик XIV.", "Louis the Fourteenth."),
    ("Глава XIV", "Chapter 14"),
    ("IV квартал", "the fourth quarter"),
    ("в последней трети XIX века", "in the last third of the nineteenth century"),
    ("В половине апреля", "In mid-April"),
]
PLANTED = [
    ("Мне шёл тогда девятнадцатый год.", "I was seventeen at the time.", "VAL202"),
    ("Взыскать 0,5%.", "A fine of a quarter of one per cent.", "VAL201"),
    ("Взыскать 0,5%.", "A fine of one per cent.", "VAL201"),
    ("Пришло человек пятьсот.", "500 men came.", "VAL204"),
    ("12 (24) февраля", "12 (25) February", "VAL203"),
    ("Треть голосов.", "A quarter of the votes.", "VAL202"),
    ("Людовик XIV.", "Louis XVI.", "VAL202"),
    ("Прибыло тонн пятьсот.", "500 tons arrived.", "VAL204"),
    ("Две с лишним тысячи человек", "Two thousand people", "VAL204"),
    ("Две с лишним тысячи человек", "More than three thousand people", "VAL202"),
]


@pytest.mark.parametrize(("ours", "theirs"), FAITHFUL)
def test_what_is_said_in_other_words_is_passed_in_silence(ours: str, theirs: str) -> None:
    assert [each.message for each in compared(ours, theirs)] == []
    assert [each.message for each in compared(theirs, ours, languages="en ru")] == []


@pytest.mark.parametrize(("ours", "theirs", "code"), PLANTED)
def test_another_number_or_another_exactness_is_found_once(ours: str, theirs: str, code: str) -> None:
    assert [each.rule.code for each in compared(ours, theirs)] == [code]


@pytest.mark.parametrize(
    ("ours", "theirs", "languages", "told"),
    [
        (
            "Открылось без двадцати два.",
            "It opened at twenty to three.",
            "ru en",
            ("twenty to three", "без двадцати два"),
        ),
        ("В половине седьмого.", "At half past seven.", "ru en", ("half past seven", "половине седьмого")),
        ("Vers midi et demi.", "Towards half past one.", "fr en", ("half past one", "midi et demi")),
        (
            "À trois heures et quart",
            "At a quarter past four",
            "fr en",
            ("quarter past four", "trois heures et quart"),
        ),
    ],
)
def test_another_time_of_day_is_told_once_and_whole(
    ours: str, theirs: str, languages: str, told: tuple[str, str]
) -> None:
    (found,) = compared(ours, theirs, languages=languages)
    assert found.message.endswith('says "{}", its original t4 "{}"'.format(*told))


@pytest.mark.parametrize(
    ("ours", "theirs", "languages"),
    [
        ("Открылось без двадцати два.", "It opened at 1:40 p.m.", "ru en"),
        ("в начале десятого", "shortly after nine o'clock", "ru en"),
        ("Vers midi et demi.", "Towards half past twelve.", "fr en"),
        ("с двадцати до трёх", "from twenty to three", "ru en"),
        ("двадцатью голосами против трёх", "by twenty to three", "ru en"),
        ("Говорили два часа, до шести.", "They spoke for two hours, until six o'clock.", "ru en"),
    ],
)
def test_the_same_time_of_day_is_passed_in_silence(ours: str, theirs: str, languages: str) -> None:
    assert [each.message for each in compared(ours, theirs, languages=languages)] == []
    assert [each.message for each in compared(theirs, ours, languages=" ".join(reversed(languages.split())))] == []


def test_a_ton_of_attributes_is_a_t_or_a_word() -> None:
    ours, theirs = "Прислали пять тонн хлеба.", "They sent five tons of grain."
    marks = (number(ours, "пять тонн", "5", unit="tonne"),), (number(theirs, "five tons", "5", unit="t"),)
    assert compared(ours, theirs, marks) == []


def test_two_paragraphs_tell_two_times() -> None:
    ours = [("В 17.30 открылось.", "It opened at 5.30 p.m."), ("В 18.30 закрылось.", "It closed at 6.30 p.m.")]
    assert talked(ours) == []


def test_both_days_of_another_date_are_told() -> None:
    (found,) = compared("12 (24) февраля", "12 (25) February")
    assert found.message == 'turn e4 (Molotov) says "12 (25) February", its original t4 "12 (24) февраля"'
