"""The numbers that a text names, by value and not by spelling: in figures, in words, or in both ("10 тыс.").

What may mean two things has two readings ("10.000"); what is a number only sometimes ("one", "both", "first") is
doubtful: it can answer to a number of the other text, and nobody misses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from edition.parity.values.figures import SIGNS, Token, readings, roman
from edition.parity.values.languages import Language
from edition.parity.values.quantities import Number, Sureness
from edition.parity.values.sums import Sum

_DASH = re.compile(r"\s*[-\u2010-\u2015−]\s*")
_BETWEEN_YEARS = re.compile(r"\s*[-\u2010-\u2015−/]\s*")
_FOLLOWING = re.compile(r"[\s-]*(%(?![\w(]|\.\d)|per cents?\b|\w+)", re.IGNORECASE)
_MOST_DIGITS = 18  # more are no number that anyone means


def numbers_of(text: str, tokens: Sequence[Token], language: Language) -> list[Number]:
    """The numbers that these tokens of a text name, in order."""
    return _in_ranges(list(_Reader(text, tokens, language).numbers()), text, language)


class _Reader:
    """Reads tokens from left to right; each number takes as many as belong to it."""

    def __init__(self, text: str, tokens: Sequence[Token], language: Language) -> None:
        self._text = text
        self._tokens = tokens
        self._language = language

    def numbers(self) -> Iterator[Number]:
        at = 0
        while at < len(self._tokens):
            found = self._number(at)
            if found is None:
                at += 1
                continue
            number, after = found
            yield self._with_percent(number)
            at = after

    def _number(self, at: int) -> tuple[Number, int] | None:
        token, language = self._tokens[at], self._language
        if token.figures:
            return self._in_figures(at)
        if token.text in language.known:
            return Sum(self._text, self._tokens, language, at).read() or self._doubtful(at)
        if token.text in SIGNS:
            return self._single(at, SIGNS[token.text]), at + 1
        if len(token.text) > 5 and token.text.startswith(language.prefix_words):
            prefix = next(prefix for prefix in language.prefix_words if token.text.startswith(prefix))
            return self._single(at, language.prefixes[prefix]), at + 1
        written = self._text[token.start : token.end]
        if written.isupper() and len(written) < 8 and (value := roman(written)):
            return self._single(at, Decimal(value)), at + 1
        return None

    def _in_figures(self, at: int) -> tuple[Number, int] | None:
        token, after = self._tokens[at], at + 1
        if len(token.text) > _MOST_DIGITS:
            return None
        likely, others = readings(token.text, self._language.decimal)
        if (part := self._fraction(after)) is not None and self._text[token.end : self._tokens[after].start] in (
            "",
            " ",
        ):
            value, after = likely + part[0], part[1]
            return Number(
                value, frozenset((value,)), token.start, self._tokens[after - 1].end, Sureness.FIGURES
            ), after
        if (part := self._fraction(at)) is not None:
            value, after = part
            return Number(
                value, frozenset((value,)), token.start, self._tokens[after - 1].end, Sureness.DOUBTFUL
            ), after
        if after < len(self._tokens):
            following, gap = self._tokens[after], self._text[token.end : self._tokens[after].start]
            multiplied = following.text in self._language.scales or following.text in self._language.hundred
            if multiplied and not gap.strip():
                return Sum(self._text, self._tokens, self._language, at, (likely, others)).read()
            if following.text in self._language.decades and gap.strip() in ("", "-", "'", "’") and likely % 10 == 0:
                return Number(likely, others, token.start, following.end, Sureness.DOUBTFUL), after + 1
        return Number(likely, others, token.start, token.end, Sureness.FIGURES), after

    def _fraction(self, at: int) -> tuple[Decimal, int] | None:
        """A fraction that begins at a token, ½ or 1/2, and the token after it."""
        tokens = self._tokens[at : at + 2]
        if tokens and tokens[0].text in SIGNS:
            return SIGNS[tokens[0].text], at + 1
        if len(tokens) < 2 or not (tokens[0].figures and tokens[1].figures):
            return None
        above, below = tokens[0].text, tokens[1].text
        if self._text[tokens[0].end : tokens[1].start] != "/" or len(above + below) != 2 or above >= below:
            return None
        return Decimal(above) / Decimal(below), at + 2

    def _doubtful(self, at: int) -> tuple[Number, int] | None:
        """A word that is a number only sometimes, standing alone; surely so where it counts percents."""
        token = self._tokens[at]
        for words in (self._language.doubtful, self._language.ordinals, self._language.scales):
            if token.text in words:
                return self._single(at, Decimal(words[token.text])), at + 1
        return None

    def _single(self, at: int, value: Decimal) -> Number:
        token = self._tokens[at]
        return Number(value, frozenset((value,)), token.start, token.end, Sureness.DOUBTFUL)

    def _with_percent(self, number: Number) -> Number:
        """The same number with the sign or the word for percent that follows it."""
        rest = _FOLLOWING.match(self._text, number.end)
        if rest is None or not rest[1].lower().startswith(("%", *self._language.percent)):
            return number
        return replace(number, percent=True, end=rest.end(), sureness=max(number.sureness, Sureness.WORDS))


def _in_ranges(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; the first of a range has a share in what is said of the last: "3-4 тыс.", "2 to 3%"."""
    for at in range(len(numbers) - 2, -1, -1):
        first, last = numbers[at], numbers[at + 1]
        gap = text[first.end : last.start]
        if _BETWEEN_YEARS.fullmatch(gap) and 1000 <= first.likely < 2200 and last.likely < 100 == last.scale * 100:
            year = first.likely - first.likely % 100 + last.likely
            numbers[at + 1] = replace(last, readings=last.readings | {year})
        if not (_DASH.fullmatch(gap) or gap.strip().lower() in language.ranges):
            continue
        if last.scale > 1 == first.scale and first.likely < 1000:
            scaled = first.likely * last.scale
            numbers[at] = first = replace(first, likely=scaled, readings=first.readings | {scaled})
        numbers[at] = replace(first, percent=first.percent or last.percent)
    return numbers
