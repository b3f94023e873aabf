"""The numbers that a text names, by value and not by spelling: in figures, in words, or in both ("10 тыс.").

What may mean two things has two readings ("10.000"); what is a number only sometimes ("one", "both", "first") is
doubtful: it can answer to a number of the other text, and nobody misses it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import accumulate

from edition.parity.values.elided import elided, in_spoken_years
from edition.parity.values.figures import SIGNS, Token, place_of_letter, readings, roman
from edition.parity.values.languages import MOST_WORDS, Language, any_of
from edition.parity.values.myriads import OTHERWISE, in_characters, in_myriads
from edition.parity.values.quantities import Number, Sureness
from edition.parity.values.reckoning import as_counted_elsewhere
from edition.parity.values.signs import signed
from edition.parity.values.steps import in_steps
from edition.parity.values.sums import Sum
from edition.parity.values.times import with_times
from edition.parity.values.units import MONEY, with_units

_IDIOMS = re.compile(r"\b24/7\b|\bG-?(?:7|8|20)\b|\b50[:/-]50\b")  # in texts of any language
_DASH = re.compile(r"\s*[-\u2010-\u2015−]\s*")
_PAIR = 2
_FEW = 20  # hundreds or dozens are said of fewer than these
_HALF = Decimal("0.5")
_SHORT = 4  # letters of an abbreviation
_SHORTEST_COMPOUND = 5  # letters
_BEHIND = re.compile(r"\s+(?:[^\W\d_]{1,3}\s+)?|-")  # «тысяч пять», «тысяч до пяти», «тысяча-две»
_OF = re.compile(r"(?<!\w)of\s+$", re.IGNORECASE)
_OF_ONE = re.compile(r"\s+of\s+(?:one|an?|1)(?!\w)", re.IGNORECASE)
_NEAR = 8  # characters in front of a number in which that stands
_MOST_DIGITS = 18  # more are no number that anyone means


def numbers_of(text: str, tokens: Sequence[Token], language: Language) -> list[Number]:
    """The numbers that these tokens of a text name, in order."""
    numbers = _doubted_in_idioms(list(_Reader(text, tokens, language).numbers()), text, language)
    if not language.has_words:
        numbers = sorted((*numbers, *in_characters(text)), key=lambda number: number.start)
    numbers = with_times(as_counted_elsewhere(numbers, text, language), text, language)
    numbers = in_spoken_years(numbers, text, language)
    numbers = _in_ranges(numbers, text, language)
    numbers = in_steps(_inverted(numbers, text, language), text, language)
    return signed(with_units(numbers, text, tokens, language), text, language)


def _doubted_in_idioms(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; one in a phrase that the other text may say without a number is never missed: "Gib acht!"."""
    spans = [found.span() for found in _IDIOMS.finditer(text)]
    if language.idioms:
        spans += [found.span() for found in re.finditer(language.idioms, text, re.IGNORECASE | re.VERBOSE)]
    starts = sorted(start for start, _ in spans)
    reached = list(accumulate((end for _, end in sorted(spans)), max))
    for at, number in enumerate(numbers):
        before = bisect_right(starts, number.start)
        if before and number.start < reached[before - 1]:
            numbers[at] = replace(number, sureness=Sureness.DOUBTFUL)
    return numbers


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
            number = self._with_percent(self._in_parts(number, after))
            yield number
            while after < len(self._tokens) and self._tokens[after].start < number.end:
                after += 1
            at = after

    def _number(self, at: int) -> tuple[Number, int] | None:
        token, language = self._tokens[at], self._language
        if token.figures:
            return self._in_figures(at)
        written = self._text[token.start : token.end]
        known = token.text in language.known or language.cardinal(token.text) is not None
        if known and not self._is_abbreviation(written):
            found = Sum(self._text, self._tokens, language, at).read() or self._doubtful(at)
            return self._as_known(at, *found) if found else None
        if token.text in language.phrases and (value := language.phrases[token.text].get(self._word(at + 1))):
            return self._single(at, value), at + 1
        if token.text in SIGNS:
            return self._of_a_scale(at, SIGNS[token.text], at + 1)
        if len(token.text) > _SHORTEST_COMPOUND and (value := language.prefix(token.text)) is not None:
            return self._single(at, value), at + 1
        numerals = written.removesuffix(self._ordinal_ending(written)) if written[0].isupper() else ""
        if numerals.isupper() and len(numerals) < 8 and (numeral := roman(numerals)):
            return replace(self._single(at, Decimal(numeral)), ordinal=len(written) > 1), at + 1
        if self._text[token.end : token.end + 1] == ")" and (place := place_of_letter(token.text)):
            return self._single(at, Decimal(place)), at + 1
        return None

    def _ordinal_ending(self, written: str) -> str:
        """What makes a Roman numeral an ordinal: the e of "XIXe"."""
        small = written.lstrip("IVXL")
        return small if small in map(str.strip, self._language.ordinal_figures.split("|")) else ""

    def _word(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _is_abbreviation(self, written: str) -> bool:
        """Short words in capitals among words that are not: the ELF of computers is no number of German."""
        return 1 < len(written) <= _SHORT and written.isupper() and not self._text.isupper()

    def _as_known(self, at: int, number: Number, after: int) -> tuple[Number, int]:
        """ "The two sides" are "the sides" as well: who is meant is known, and so how many."""
        if number.likely == _PAIR and at > 0 and self._tokens[at - 1].text in self._language.definite:
            number = replace(number, sureness=Sureness.DOUBTFUL)
        if number.ordinal and self._is_portion(at):
            parts = self._language.parts[self._word(at)]
            number = replace(number, ordinal=False, readings=number.readings | _shares(1 / Decimal(parts)))
        return number, after

    def _in_figures(self, at: int) -> tuple[Number, int] | None:
        token, after = self._tokens[at], at + 1
        if len(token.text) > _MOST_DIGITS:
            return None
        if (counted := in_myriads(self._text, token.start)) is not None:
            value, end = counted
            also = readings(token.text, ".")[1] if self._text[token.end : end] in OTHERWISE else ()
            return Number(value, frozenset((value, *also)), token.start, end, Sureness.FIGURES), after
        likely, others = readings(token.text, self._language.decimal)
        if self._is_half(after):
            number, after = self._of_a_scale(at, likely + _HALF, after + len(self._language.halves))
            return replace(number, sureness=Sureness.WORDS), after
        if (part := self._fraction(after)) is not None and self._text[token.end : self._tokens[after].start] in (
            "",
            " ",
        ):
            number, after = self._of_a_scale(at, likely + part[0], part[1])
            return replace(number, sureness=Sureness.FIGURES), after
        if (part := self._fraction(at)) is not None:
            return self._of_a_scale(at, *part)
        if after < len(self._tokens):
            following, gap = self._tokens[after], self._text[token.end : self._tokens[after].start]
            words = [token.text for token in self._tokens[after : after + MOST_WORDS]]
            multiplied = words[0] in self._language.multiplying or self._language.amid_in(words)
            if multiplied and not gap.strip():
                return Sum(self._text, self._tokens, self._language, at, (likely, others)).read()
            if not gap and following.text in self._language.short_scales:
                scaled = likely * self._language.short_scales[following.text]
                is_money = self._text[token.start - 1 : token.start] in MONEY
                likely, others = (scaled, frozenset((scaled,))) if is_money else (likely, others | {scaled})
            if following.text in self._language.decades and gap.strip() in ("", "-", "'", "’") and likely % 10 == 0:
                spoken = others.union(_spoken_of_years(likely))
                years = Number(likely, spoken, token.start, following.end, Sureness.DOUBTFUL, ordinal=True)
                return years, after + 1
        return Number(likely, others, token.start, token.end, Sureness.FIGURES), after

    def _is_half(self, at: int) -> bool:
        """Whether a half is added there: 3 с половиной миллиона."""
        here = [token.text for token in self._tokens[at : at + len(self._language.halves)]]
        return (
            self._language.has_half(here)
            and not self._text[self._tokens[at - 1].end : self._tokens[at].start].strip()
        )

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

    def _of_a_scale(self, at: int, value: Decimal, after: int) -> tuple[Number, int]:
        """The number with a fraction that begins at a token, and what it is of: 1/2 миллиона, "¼ of a million"."""
        of, language = after, self._language
        while of < min(after + 2, len(self._tokens)) and self._tokens[of].text in ("of", "a"):
            of += 1
        scale = language.scales.get(self._tokens[of].text, 1) if of < len(self._tokens) else 1
        if scale > 1:
            value, after = value * scale, of + 1
        sureness = Sureness.FIGURES if scale > 1 else Sureness.DOUBTFUL
        start, end = self._tokens[at].start, self._tokens[after - 1].end
        return Number(value, frozenset((value,)), start, end, sureness, scale=scale), after

    def _in_parts(self, number: Number, after: int) -> Number:
        """The same number; before "thirds" it may be so many of three, and the percents that these are.

        The fifth ten of years, «пятый десяток», are the forties.
        """
        following = self._tokens[after] if after < len(self._tokens) else None
        if following and number.ordinal and following.text in self._language.tens and number.likely > 1:
            return replace(number, readings=number.readings | {10 * (number.likely - 1)})
        parts = self._language.parts.get(following.text, 0) if following else 0
        if not following or not 0 < number.likely < parts or self._text[number.end : following.start].strip(" -"):
            return number
        return replace(number, readings=number.readings | _shares(number.likely / parts))

    def _doubtful(self, at: int) -> tuple[Number, int] | None:
        """A word that is a number only sometimes, standing alone; surely so where it counts percents."""
        token, before = self._tokens[at], self._tokens[at - 1] if at else None
        if before and before.figures and token.text in self._language.units and self._is_behind(before, token):
            return None  # «16 час. 45 мин.»
        if self._language.doubtful.get(token.text) == _PAIR and (pair := self._pair_of(at)) is not None:
            return pair
        for words in (self._language.doubtful, self._language.ordinals, self._language.scales):
            if token.text in words:
                number = self._single(at, Decimal(words[token.text]))
                return replace(number, ordinal=words is self._language.ordinals), at + 1
        return None

    def _is_behind(self, first: Token, last: Token) -> bool:
        return not self._text[first.end : last.start].strip()

    def _is_portion(self, at: int) -> bool:
        """Whether an ordinal is a part of something: "the last third of June"."""
        language, before = self._language, self._tokens[at - 1].text if at else ""
        return self._word(at) in language.parts and before in language.portions

    def _pair_of(self, at: int) -> tuple[Number, int] | None:
        """Two of what is counted in: "a couple of hundred", пара тысяч."""
        scale = at + 2 if self._word(at + 1) == "of" else at + 1
        counted = {**dict.fromkeys(self._language.hundred, 100), **self._language.lots, **self._language.scales}
        if not (times := counted.get(self._word(scale))):
            return None
        return replace(self._single(at, Decimal(_PAIR * times)), end=self._tokens[scale].end), scale + 1

    def _single(self, at: int, value: Decimal) -> Number:
        token = self._tokens[at]
        readings = self._language.others.get(token.text, frozenset()) | {value, *self._with_half(at)}
        return Number(value, readings, token.start, token.end, Sureness.DOUBTFUL)

    def _with_half(self, at: int) -> Iterator[Decimal]:
        """What a half makes of the thing before it: "an hour and a half" are one and a half, год с половиной too."""
        begin = at + 1 - len(self._language.halves)
        if begin > 0 and self._language.has_half([token.text for token in self._tokens[begin : at + 1]]):
            before = self._tokens[begin - 2] if begin > 1 else None
            whole = self._language.cardinal(before.text) if before else None
            yield (whole or 1) + _HALF

    def _with_percent(self, number: Number) -> Number:
        """The same number with the sign or the word for percent that follows it.

        The one of which it names a part is never missed.
        """
        if 0 < number.likely < 1 and (whole := _OF_ONE.match(self._text, number.end)):
            part = replace(number, end=whole.end())
            counted = self._with_percent(part)
            return counted if counted.percent else number
        rest = _percents_of(self._language).match(self._text, number.end)
        if rest is None:
            return number
        if number.likely == 1 and _OF.search(self._text, max(0, number.start - _NEAR), number.start):
            return replace(number, percent=True)  # "a tenth of one per cent"
        return replace(number, percent=True, end=rest.end(), sureness=max(number.sureness, Sureness.WORDS))


def _shares(part: Decimal) -> frozenset[Decimal]:
    """A part, and the percents that it is, also without their fraction: a third is 33%."""
    return frozenset((part, part * 100, Decimal(round(part * 100))))


@cache
def _percents_of(language: Language) -> re.Pattern[str]:
    words = any_of(*language.percent)
    return re.compile(rf"[\s-]*(?:%(?![\w(]|\.\d)|p\.\s?100\b|(?:{words})\w*)", re.IGNORECASE)


def _spoken_of_years(first: Decimal) -> frozenset[Decimal]:
    """What the years from one on are called beside that: the 1930s the thirties, the 1800s the nineteenth century."""
    if first % 100:
        return frozenset((first % 100, 1800 + first % 100, 1900 + first % 100))
    return frozenset((first // 100 + 1,))


def _in_ranges(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; the first of a range has a share in what is said of the last: "3-4 тыс.", "2 to 3%"."""
    for at in range(len(numbers) - 2, -1, -1):
        first, last = numbers[at], numbers[at + 1]
        gap = text[first.end : last.start]
        if (whole := elided(text[first.start : last.end])) is not None:
            numbers[at + 1] = last = replace(last, readings=last.readings | {whole})
        if not _is_range(gap, language):
            continue
        if last.scale > 1 == first.scale and first.likely < 1000:
            scaled = first.likely * last.scale
            numbers[at] = first = replace(first, likely=scaled, readings=first.readings | {scaled})
        if (times := _hundreds_of(last, text, language)) and first.likely < _FEW:  # "three to four hundred"
            first = replace(first, readings=first.readings | {first.likely * times})
        numbers[at] = replace(first, percent=first.percent or last.percent)
    return numbers


def _hundreds_of(number: Number, text: str, language: Language) -> int:
    """What the last word of a number counts in: hundreds, dozens; 0 where that is a scale, or nothing."""
    word = text[number.start : number.end].lower().split()[-1]
    ending = next(
        (times for ending, times in language.endings.items() if word.removesuffix(ending) not in ("", word)), 0
    )
    return 100 if word in language.hundred else language.lots.get(word, ending)


def _is_range(gap: str, language: Language) -> bool:
    return _DASH.fullmatch(gap) is not None or gap.removeprefix("-").strip().lower() in language.ranges


def _inverted(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; those behind the thousand that they are of are so many thousands: «тысяч пять-шесть»."""
    if not language.inverted:
        return numbers
    for at in range(len(numbers) - 1):
        scale, first = numbers[at], numbers[at + 1]
        word = text[scale.start : scale.end].lower()
        if scale.sureness or not (word in language.scales or word in language.lots):
            continue
        if not _BEHIND.fullmatch(text[scale.end : first.start]):
            continue
        is_range = at + 2 < len(numbers) and _is_range(text[first.end : numbers[at + 2].start], language)
        for step in range(at + 1, at + 2 + is_range):
            behind = numbers[step]
            if behind.scale == 1 and 0 < behind.likely < 1000:
                readings = behind.readings | {behind.likely * scale.likely}
                numbers[step] = replace(behind, readings=readings)
    return numbers
