"""Every number of Russian up to 9999, declined by the grammar, is read as itself in all six cases."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edition.parity.values.figures import tokens_of
from edition.parity.values.languages import language_of
from edition.parity.values.numbers import numbers_of

CASES = range(6)  # nominative, genitive, dative, accusative, instrumental, prepositional
_ENDINGS = ("ь", "и", "и", "ь", "ью", "и")  # of пять and all that is declined as it is


def _alike(*words: str) -> tuple[tuple[str, ...], ...]:
    """Words in -ь in all cases."""
    return tuple(tuple(word[:-1] + ending for ending in _ENDINGS) for word in words)


def _indeclinable(word: str, oblique: str) -> tuple[str, ...]:
    return (word, oblique, oblique, word, oblique, oblique)


ONE, ONE_FEMININE = "один одного одному один одним одном", "одна одной одной одну одной одной"
TWO, TWO_FEMININE = "два двух двум два двумя двух", "две двух двум две двумя двух"
DIGITS = (
    tuple(ONE.split()),
    tuple(TWO.split()),
    ("три", "трёх", "трём", "три", "тремя", "трёх"),
    ("четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"),
    *_alike("пять", "шесть", "семь"),
    ("восемь", "восьми", "восьми", "восемь", "восемью", "восьми"),
    *_alike("девять"),
)
FEMININE = (tuple(ONE_FEMININE.split()), tuple(TWO_FEMININE.split()), *DIGITS[2:])
TEENS = _alike(
    *("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать"),
    *("шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
)
_TEN = ("десят", "десяти", "десяти", "десят", "десятью", "десяти")
_HUNDRED = ("сот", "сот", "стам", "сот", "стами", "стах")
_FEW_HUNDRED = ("ста", "сот", "стам", "ста", "стами", "стах")
TENS = (
    *_alike("двадцать", "тридцать"),
    _indeclinable("сорок", "сорока"),
    *(tuple(map(str.__add__, digit, _TEN)) for digit in DIGITS[4:8]),  # both parts are declined: пятьюдесятью
    _indeclinable("девяносто", "девяноста"),
)
HUNDREDS = (
    _indeclinable("сто", "ста"),
    ("двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах"),
    *(tuple(map(str.__add__, digit, _FEW_HUNDRED)) for digit in DIGITS[2:4]),
    *(tuple(map(str.__add__, digit, _HUNDRED)) for digit in DIGITS[4:]),
)
THOUSAND = ("тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче")
THOUSANDS = ("тысяч", "тысяч", "тысячам", "тысяч", "тысячами", "тысячах")


def declined(number: int, case: int, *, of_thousands: bool = False) -> str:
    """The words for a number from 1 to 9999 in a case; of thousands, which are feminine."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        few = "тысячи" if 1 < thousands < 5 and case in (0, 3) else THOUSANDS[case]
        whole = THOUSAND[case] if thousands == 1 else f"{declined(thousands, case, of_thousands=True)} {few}"
        return f"{whole} {declined(rest, case)}" if rest else whole
    hundreds, rest = divmod(number, 100)
    tens, digits = (0, rest) if rest < 20 else divmod(rest, 10)
    words = [HUNDREDS[hundreds - 1][case]] if hundreds else []
    words += [TENS[tens - 2][case]] if tens else []
    if digits:
        of_digits = FEMININE if of_thousands else DIGITS
        words.append((*of_digits, *TEENS)[digits - 1][case])
    return " ".join(words)


def read(words: str) -> list[tuple[str, int]]:
    text, language = f"Слышали о {words} таких.", language_of("ru")
    found = numbers_of(text, tokens_of(text), language)
    return [(text[number.start : number.end], int(number.likely)) for number in found]


def test_the_words_of_the_grammar() -> None:
    assert [declined(1464, case) for case in (1, 4)] == [
        "тысячи четырёхсот шестидесяти четырёх",
        "тысячей четырьмястами шестьюдесятью четырьмя",
    ]
    assert declined(7827, 4) == "семью тысячами восемьюстами двадцатью семью"
    assert declined(2002, 0) == "две тысячи два"


def test_each_number_up_to_a_thousand_in_each_case() -> None:
    every = [(declined(number, case), number) for number in range(1, 1001) for case in CASES]
    assert [(words, number) for words, number in every if read(words) != [(words, number)]] == []


@given(st.integers(1, 9999), st.sampled_from(CASES))
def test_each_number_in_each_case(number: int, case: int) -> None:
    words = declined(number, case)
    assert read(words) == [(words, number)]
