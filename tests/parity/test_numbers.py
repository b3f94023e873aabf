"""Numbers and dates as texts write them, read by value; what is a number only sometimes is doubtful."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.parity.values import languages
from edition.parity.values.dates import dates_of, day_of
from edition.parity.values.figures import roman, tokens_of
from edition.parity.values.languages import FIGURES_ONLY, Language, language_in, language_of
from edition.parity.values.numbers import numbers_of
from edition.parity.values.qualifiers import qualifiers_of
from edition.parity.values.quantities import Day, Number, Sureness

RUSSIAN, ENGLISH = language_of("ru"), language_of("en-GB")


def numbers(text: str, language: Language) -> list[Number]:
    return numbers_of(text, tokens_of(text), language)


def surely(text: str, language: Language) -> list[str]:
    return [f"{number.likely.normalize():f}" for number in numbers(text, language) if number.sureness]


RUSSIAN_NUMBERS = [
    ("10 тыс. человек", ["10000"]),
    ("двумястами пятьюдесятью тысячами", ["250000"]),
    ("сто двадцать пять", ["125"]),
    ("двадцать один", ["21"]),
    ("сто одна тысяча", ["101000"]),
    ("тысяча двести", ["1200"]),
    ("две тысячи триста", ["2300"]),
    ("миллион двести тысяч", ["1200000"]),
    ("2,5 млн", ["2500000"]),
    ("два с половиной миллиона", ["2500000"]),
    ("полтора миллиона", ["1500000"]),
    ("10 000 рублей", ["10000"]),
    ("3,5 процента", ["3.5"]),
    ("один процент", ["1"]),
    ("двух процентов", ["2"]),
    ("два-три года", ["2", "3"]),
    ("с 5 до 3-4 лет", ["5", "3", "4"]),
    ("3-4 тыс.", ["3000", "4000"]),
    ("от двух до трех миллионов", ["2000000", "3000000"]),
    ("трёх сторон", ["3"]),
    ("2-х сторон", ["2"]),
    ("1½ часа", ["1.5"]),
]
ENGLISH_NUMBERS = [
    ("10 thousand people", ["10000"]),
    ("10,000 people", ["10000"]),
    ("ten thousand", ["10000"]),
    ("5 hundred", ["500"]),
    ("two hundred and five", ["205"]),
    ("between two hundred and three hundred", ["200", "300"]),
    ("one hundred and one", ["101"]),
    ("twenty-five", ["25"]),
    ("twenty-one", ["21"]),
    ("a thousand and one nights", ["1001"]),
    ("one thousand one hundred and eleven", ["1111"]),
    ("one and a half million", ["1500000"]),
    ("half a million", ["500000"]),
    ("ten thousand million", ["10000000000"]),
    ("$5.5 million", ["5500000"]),
    ("two to three thousand", ["2000", "3000"]),
    ("three or four", ["3", "4"]),
    ("3 1/2 years", ["3.5"]),
    ("51%", ["51"]),
    ("to one %.", ["1"]),
    ("one %s of them", []),
    ("one per cent", ["1"]),
    ("1,234,567.5", ["1234567.5"]),
]


@pytest.mark.parametrize(("text", "values"), RUSSIAN_NUMBERS)
def test_russian(text: str, values: list[str]) -> None:
    assert surely(text, RUSSIAN) == values


@pytest.mark.parametrize(("text", "values"), ENGLISH_NUMBERS)
def test_english(text: str, values: list[str]) -> None:
    assert surely(text, ENGLISH) == values


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("one of them, no one, at one time, the first and the second, both, a couple, twice, half", ENGLISH),
        ("hundreds of thousands, a hundred, the 1950s, the XIXth and the XX century, third", ENGLISH),
        ("один из них, одна группа, вторая группа, оба, обеих, пара, дважды, половина", RUSSIAN),
        ("двухлетний, двусторонний, тысячи людей, в 50-х годах, XX век, двадцать второго", RUSSIAN),
    ],
)
def test_what_is_a_number_only_sometimes_is_never_sure(text: str, language: Language) -> None:
    assert surely(text, language) == []
    assert numbers(text, language)


@pytest.mark.parametrize(
    ("figures", "readings"),
    [("10.000", {"10", "10000"}), ("1,234.5", {"1234.5"}), ("1.234.567", {"1234567"}), ("0,125", {"0.125"})],
)
def test_figures_that_may_mean_two_things_have_both_readings(figures: str, readings: set[str]) -> None:
    (number,) = numbers(figures, FIGURES_ONLY)
    assert number.readings == {Decimal(reading) for reading in readings}


def test_the_second_of_two_years_may_be_short() -> None:
    first, second = numbers("1945-50", FIGURES_ONLY)
    assert first.readings == {Decimal(1945)}
    assert second.readings == {Decimal(50), Decimal(1950)}


@pytest.mark.parametrize(
    ("written", "value"), [("XIV", 14), ("IX", 9), ("ХХ", 20), ("XXXIX", 39), ("IIX", 0), ("MIX", 0), ("", 0)]
)
def test_roman_numerals(written: str, value: int) -> None:
    assert roman(written) == value


RUSSIAN_WORDS = {
    **{2: "два", 3: "три", 5: "пять", 8: "восемь"},
    **{20: "двадцать", 30: "тридцать", 40: "сорок"},
    **{200: "двести", 300: "триста", 900: "девятьсот"},
}


@given(
    st.sampled_from([0, 200, 300, 900]),
    st.sampled_from([0, 20, 30, 40]),
    st.sampled_from([2, 3, 5, 8]),
    st.booleans(),
)
def test_numbers_put_together_from_words_are_their_sum(hundreds: int, tens: int, units: int, thousands: bool) -> None:
    words = " ".join(RUSSIAN_WORDS[part] for part in (hundreds, tens, units) if part)
    value = hundreds + tens + units
    text, value = (f"{words} тысяч", value * 1000) if thousands else (words, value)
    assert surely(f"Было {text} человек.", RUSSIAN) == [str(value)]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000,
        f"{'9' * 5000} January {'1' * 5000}",
        "two " + "million " * 5000,
        "10 " * 5000,
        "1,000" * 2000,
        f"{'9' * 18} to {'9' * 18} billion",
        "22." * 3000,
        "about " * 3000 + "5",
        "минус " * 3000 + "5 дней " * 1000,
        "минус 5 градусов ниже нуля " * 500,
    ],
)
def test_what_no_one_means_as_a_number_ends_nothing(text: str) -> None:
    for language in (RUSSIAN, ENGLISH, FIGURES_ONLY):
        tokens = tokens_of(text)
        dates_of(text, tokens, language)
        for number in numbers_of(text, tokens, language)[:50]:
            qualifiers_of(text, number.start, number.end, language)


@given(st.text(alphabet="один два 10.,-%½ тысяч one and a half ", max_size=40))
def test_whatever_stands_there_each_number_has_its_place(text: str) -> None:
    for language in (RUSSIAN, ENGLISH, FIGURES_ONLY):
        places = [(number.start, number.end) for number in numbers(text, language)]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(end <= start for (_, end), (start, _) in pairwise(places))


DATES = [
    ("22 января 1950 г.", "ru", ["1950-01-22"]),
    ("с июля 1949 года", "ru", ["1949-07"]),
    ("22-25 января 1950", "ru", ["1950-01-22", "1950-01-25"]),
    ("двадцать второго июня 1941 года", "ru", ["1941-06-22"]),
    ("1-го мая", "ru", ["--05-01"]),
    ("22.I.1950", "ru", ["1950-01-22"]),
    ("January 22, 1950", "en", ["1950-01-22"]),
    ("22 January 1950", "en", ["1950-01-22"]),
    ("the 22nd of January", "en", ["--01-22"]),
    ("July 1949", "en", ["1949-07"]),
    ("22.01.1950 and 1950-01-22", "en", ["1950-01-22", "1950-01-22"]),
    ("In May we may march", "en", []),
    ("32 January 1950", "en", ["1950-01"]),
]


@pytest.mark.parametrize(("text", "language", "days"), DATES)
def test_dates(text: str, language: str, days: list[str]) -> None:
    found = dates_of(text, tokens_of(text), language_of(language))
    assert [str(date.likely) for date in found if date.sureness] == days


def test_a_month_alone_is_doubtful() -> None:
    (date,) = dates_of("в январе", tokens_of("в январе"), RUSSIAN)
    assert (date.likely, date.sureness) == (Day(None, 1, None), Sureness.DOUBTFUL)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1950-01-22", Day(1950, 1, 22)),
        ("1949-07", Day(1949, 7, None)),
        ("--01-22", Day(None, 1, 22)),
        ("1950-01-22T10:00:00", Day(1950, 1, 22)),
        ("yesterday", None),
        ("9" * 5000, None),
        ("", None),
    ],
)
def test_a_date_of_an_attribute(value: str, day: Day | None) -> None:
    assert day_of(value) == day


QUALIFIED = [
    ("около 10 тыс.", "ru", ["ABOUT"]),
    ("не более 5", "ru", ["BELOW"]),
    ("более 5", "ru", ["ABOVE"]),
    ("почти 100", "ru", ["ALMOST"]),
    ("двадцать лет с лишним", "ru", ["ABOVE"]),
    ("до 10 тыс. человек", "ru", ["BELOW"]),
    ("увеличить капиталовложения китайской стороны до 51%", "ru", []),
    ("сократить с 5 до 3", "ru", []),
    ("говорили о двух вопросах", "ru", []),
    ("лет пять", "ru", ["ABOUT"]),
    ("Пришло человек пять.", "ru", ["ABOUT"]),
    ("Прошло лет пять, но не больше", "ru", ["ABOUT"]),
    ("лет пять назад", "ru", ["ABOUT"]),
    ("часов в пять", "ru", ["ABOUT"]),
    ("лет пять-шесть", "ru", []),
    ("из десяти человек пять", "ru", []),
    ("один человек пять", "ru", []),
    ("молодой человек пять", "ru", []),
    ("на сто человек пять врачей", "ru", []),
    ("about 10 thousand", "en", ["ABOUT"]),
    ("talk about two questions", "en", []),
    ("nearly a hundred", "en", ["ALMOST"]),
    ("up to 51%", "en", ["BELOW"]),
    ("raise it to 51%", "en", []),
    ("more than 300 men", "en", ["ABOVE"]),
    ("over five years", "en", []),
    ("10 years or so", "en", ["ABOUT"]),
    ("~10 men", "en", ["ABOUT"]),
    ("It was about time. 10 came", "en", []),
]


@pytest.mark.parametrize(("text", "language", "sure"), QUALIFIED)
def test_how_exact_a_number_is(text: str, language: str, sure: list[str]) -> None:
    words = language_of(language)
    number = numbers(text, words)[-1]
    found = qualifiers_of(text, number.start, number.end, words)
    assert [each.exactness.name for each in found if each.sure] == sure


EASY = "we think that the question of the treaty is to be put to the two sides and that it is for them to say so "
PLAIN = "мы думаем, что вопрос о договоре надо решать и что это не для нас, но как он на это смотрит "


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        ("en", EASY, ENGLISH),
        (None, EASY, ENGLISH),
        ("ru", EASY, ENGLISH),  # a copied header
        (None, PLAIN, RUSSIAN),
        ("en", PLAIN, RUSSIAN),
        ("nl", "het verdrag is niet goed en men wil het over een jaar weer lezen ", FIGURES_ONLY),
        ("ru", "Aye, sir! Nay! ", RUSSIAN),
        ("ru", "", RUSSIAN),
    ],
)
def test_the_words_of_a_text_say_more_of_its_language_than_a_tag(
    tag: str | None, text: str, language: Language
) -> None:
    assert language_in(tag, (text * 20).split()) is language


@pytest.mark.parametrize("tag", [None, "", "x-unknown", "nl", "../ru", "__init__", "a" * 500])
def test_of_a_language_without_a_table_only_figures_are_read(tag: str | None) -> None:
    assert language_of(tag) is FIGURES_ONLY
    assert surely("zwei von 10 Leuten", language_of(tag)) == ["10"]


ITALIAN = """
from edition.parity.values.languages import Language, Qualifiers, counted

LANGUAGE = Language(
    decimal=",",
    numbers=counted("due tre quattro cinque sei sette otto nove dieci", 2),
    scales={"mila": 1000},
    months=counted("gennaio febbraio marzo aprile maggio giugno"),
    about=Qualifiers(before="circa | all'incirca"),
)
"""


def test_a_language_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "it.py").write_text(ITALIAN, encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    language_of.cache_clear()
    try:
        italian = language_of("it-IT")
        (number,) = numbers("circa dieci mila uomini", italian)
        (qualifier,) = qualifiers_of("circa dieci mila uomini", number.start, number.end, italian)
        assert (number.likely, qualifier.exactness.name) == (Decimal(10_000), "ABOUT")
        (date,) = dates_of("il 22 gennaio 1950", tokens_of("il 22 gennaio 1950"), italian)
        assert date.likely == Day(1950, 1, 22)
    finally:
        language_of.cache_clear()
        sys.modules.pop(f"{languages.__name__}.it", None)
