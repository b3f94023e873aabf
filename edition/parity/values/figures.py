"""Words and figures of a text, and what figures mean."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

Readings = tuple[Decimal, frozenset[Decimal]]  # the likeliest, and all


class Token(NamedTuple):
    """A word, a sign or figures, and where they stand. `text` is in lower case, with е for ё and ' for ’."""

    text: str
    start: int
    end: int
    figures: bool


SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_TOKEN = re.compile(
    r"(?P<figures>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[%½¼¾]"
)
_ROMAN = re.compile(r"(?=.)(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "αβγδεζηθικλμνξοπρστυφχψω")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


def tokens_of(text: str) -> list[Token]:
    return [
        Token(
            found[0].lower().replace("ё", "е").replace("’", "'"),
            found.start(),
            found.end(),
            found["figures"] is not None,
        )
        for found in _TOKEN.finditer(text)
    ]


def roman(written: str) -> int:
    """The value of a Roman numeral up to 39, also one typed with Cyrillic letters; 0 for what is none."""
    letters = written.lower().replace("х", "x").replace("і", "i")
    if not _ROMAN.fullmatch(letters):
        return 0
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def place_of_letter(letter: str) -> int:
    """The place of a letter in its alphabet, by which lists count: a), b), «а)», «б)»; 0 for what is none."""
    found = [letters.find(letter) + 1 for letters in _ALPHABETS if len(letter) == 1]
    return max(found, default=0)


def readings(figures: str, decimal: str) -> tuple[Decimal, frozenset[Decimal]]:
    """What figures mean, the likeliest first: "10,000" is ten thousand or, with a decimal comma, ten."""
    bare = re.sub(r"\s", "", figures)
    whole = Decimal(re.sub(r"[.,]", "", bare))
    *groups, last = re.split(r"[.,]", bare)
    if not groups:
        return whole, frozenset((whole,))
    part = Decimal("".join(groups) + "." + last)
    grouped = all(len(group) == 3 for group in (*groups[1:], last)) and 0 < len(groups[0]) < 4 and groups[0] != "0"
    signs = re.findall(r"[.,]", bare)
    if not grouped:
        return part, frozenset((part,))
    if len(signs) > 1:
        same = len(set(signs)) == 1
        return (whole if same else part), frozenset((whole,) if same else (part, whole))
    return (part if signs[0] == decimal else whole), frozenset((part, whole))
