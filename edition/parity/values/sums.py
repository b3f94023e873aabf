"""Numbers of several words: what each word adds or multiplies, until one comes that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from edition.parity.values.figures import Readings, Token
from edition.parity.values.languages import MOST_WORDS, Language
from edition.parity.values.quantities import Number, Sureness

_MOST = 10**18  # "a million million" is a number, a hundred times "million" is none
_HALF = Decimal("0.5")
_WITHIN = (" ", "-", "\u00a0", "\u2011")  # stand between the words of one number
_FEW = 20  # dozens, scores or hundreds are said of fewer than these


class Sum:
    """The number that begins at one token of a text.

    `room` is what the next word must be less than: after "twenty" units fit, after "two hundred" all below a hundred.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        language: Language,
        first: int,
        figures: Readings | None = None,
    ) -> None:
        self._text, self._tokens, self._language, self._first = text, tokens, language, first
        self._at = first
        self._total = Decimal(0)
        self._current: Decimal | None = None
        self._room = Decimal("Infinity")
        self._scale = 1
        self._surely = False
        self._loosely = False
        self._is_many = False  # maybe: «тысячи двух городов» are those of two
        self._ordinal = False
        self._figures = figures

    def read(self) -> tuple[Number, int] | None:
        """The number and the token after it; None where the first word alone is no sure number."""
        if self._figures:
            self._current, self._room, self._surely = self._figures[0], Decimal(0), True
            self._at += 1
        while self._at < len(self._tokens) and not self._ordinal and self._take():
            pass
        value = self._total + (self._current or 0)
        if not (self._surely or self._ordinal):
            return None
        readings = {value}
        if self._figures and self._scale > 1 and not self._current:
            readings |= {other * self._scale for other in self._figures[1]}
        if self._is_many and self._current is not None and self._current < _FEW:
            readings.add(self._current)
        if self._at == self._first + 1:
            readings |= self._language.others.get(self._tokens[self._first].text, frozenset())
        doubtful = self._ordinal or self._loosely
        sureness = Sureness.DOUBTFUL if doubtful else Sureness.FIGURES if self._figures else Sureness.WORDS
        end = self._tokens[self._at - 1].end
        number = Number(value, frozenset(readings), self._tokens[self._first].start, end, sureness)
        number = replace(number, scale=self._scale, ordinal=self._ordinal)
        return number, self._at

    def _take(self) -> bool:
        """Take the next word if it fits."""
        if self._at > self._first and not self._adjoins(self._at):
            return False
        word = self._tokens[self._at].text
        return (
            self._take_scale(word)
            or self._take_cardinal(word)
            or self._take_start(word)
            or self._take_half()
            or self._take_amid()
            or self._take_joined(word)
        )

    def _take_scale(self, word: str) -> bool:
        language = self._language
        if word in language.hundred and self._current is not None and self._current < 100:
            self._current *= 100
            self._room, self._surely = Decimal(100), True
        elif word in language.scales and (self._current is not None or self._total) and self._total < _MOST:
            scale = language.scales[word]
            grows = scale >= self._scale > 1
            current = self._current or Decimal(0)
            self._total = (self._total + current) * scale if grows else self._total + current * scale
            self._current, self._room, self._surely = None, Decimal(scale), True
            self._scale = scale
        elif self._first < self._at and self._current is not None and word in language.ordinal_scales:
            if not self._current < 100:
                return False
            self._current *= language.ordinals[word]  # "two-hundredth"
            self._room, self._ordinal = Decimal(0), True
        elif word in language.lots and self._current is not None and self._current < _FEW:
            self._current *= language.lots[word]  # two dozen are some twenty: it answers, and is not missed
            self._room, self._surely, self._loosely = Decimal(0), True, True
        else:
            return False
        self._at += 1
        return True

    def _take_cardinal(self, word: str) -> bool:
        compound, words = self._compound()
        value: int | Decimal | None = compound
        ordinal = self._word(self._at + words - 1) in self._language.ordinals
        if value is None:
            value, ordinal = self._cardinal(word), False
        if value is None:
            value, ordinal = self._language.ordinals.get(word), True
        if value is None or value >= self._room or (ordinal and value >= 1000) or self._is_an_hour(word):
            return False
        self._current = (self._current or Decimal(0)) + value
        self._room = Decimal(0 if value < 20 or words > 1 else 10 if value < 100 else 100)
        self._ordinal, self._surely = ordinal, self._surely or not ordinal
        self._at += words
        return True

    def _compound(self) -> tuple[Decimal | None, int]:
        """The value of a number of several words that begins here, and how many; None and one if there is none."""
        if not self._language.compounds:
            return None, 1
        here = self._tokens[self._at : self._at + MOST_WORDS]
        apart = next((n for n, (a, b) in enumerate(pairwise(here), 1) if self._gap(a, b) not in _WITHIN), len(here))
        found = self._language.compound([token.text for token in here[:apart]])
        return (Decimal(found[0]), found[1]) if found else (None, 1)

    def _gap(self, first: Token, last: Token) -> str:
        return self._text[first.end : last.start]

    def _is_an_hour(self, word: str) -> bool:
        """Whether the minutes before this word are lacking from it, for it is in another case: «без двадцати два»."""
        language, first = self._language, self._first
        without = first > 0 and self._word(first - 1) == language.clock.without != ""
        return without and self._word(self._at - 1) in language.oblique and word not in language.oblique

    def _cardinal(self, word: str) -> int | Decimal | None:
        """What a word says here: some are a number only within a longer one."""
        value, language, inside = self._language.cardinal(word), self._language, self._at > self._first
        if value is None and inside and word in language.one:
            return 1
        if value is None and (inside or self._word(self._at + 1) in language.multiplying):
            return language.within.get(word)
        return value

    def _take_start(self, word: str) -> bool:
        """A doubtful word that what follows makes a number: "one hundred", "a hundred and two", полтора миллиона."""
        if self._at != self._first:
            return False
        language, following = self._language, self._word(self._at + 1)
        is_oblique = word in language.oblique_scales and following in language.oblique
        if is_oblique or (word in language.one_scale and following != ""):
            self._total = self._room = Decimal(self._language.scales[word])
            self._scale, self._at = int(self._total), self._at + 1
            self._is_many = is_oblique
            return True
        value = language.doubtful.get(word)
        # Not "tens of thousands": of a dozen or a score of thousands nobody says how many there are.
        if value is None or (value >= 2 and word not in language.hundred):
            return False
        self._current = value
        self._room = Decimal(100 if word in language.hundred else 0)
        self._at += 1
        if self._current < 1:
            self._skip_to_scale()
        return True

    def _skip_to_scale(self) -> None:
        """Over the words between a fraction and what it is of: "half a million", "a quarter of a million"."""
        at = self._at
        while at < self._at + 2 and self._word(at) in ("of", "a"):
            at += 1
        if self._word(at) in self._language.scales:
            self._at = at

    def _take_half(self) -> bool:
        """ "And a half", which what follows may multiply: two and a half million."""
        halves = self._language.halves
        here = [token.text for token in self._tokens[self._at : self._at + len(halves)]]
        if not self._language.has_half(here) or self._figures or not (self._current or self._scale > 1):
            return False
        if self._current is None:
            self._total += self._scale * _HALF  # "a million and a half"
            self._surely = True
        else:
            self._current += _HALF
        # An hour and a half: час is one o'clock at other times.
        self._room, self._surely = Decimal(0), self._surely or self._word(self._first) in self._language.one
        self._at += len(halves)
        return True

    def _take_amid(self) -> bool:
        """What says how exact a number is in front of its thousand: «две с лишним тысячи», "twenty-odd thousand"."""
        here = [token.text for token in self._tokens[self._at : self._at + MOST_WORDS]]
        words = 0 if self._current is None else self._language.amid_in(here)
        self._at += words
        return words > 0

    def _take_joined(self, word: str) -> bool:
        """ "And" inside a number, as in "two hundred and five", not in "two hundred and three hundred"."""
        if word != self._language.joins or self._at == self._first:
            return False
        after_score = self._word(self._at - 1) in self._language.scores
        if self._room < 100 and not after_score:
            return False
        following, after = self._word(self._at + 1), self._word(self._at + 2)
        value = 1 if following in self._language.one else self._language.numbers.get(following, 0)
        if not 0 < value < 100 or after in self._language.hundred:
            return False
        if not self._adjoins(self._at + 1):
            return False
        if after_score:
            self._room = Decimal(_FEW)
        self._at += 1
        return self._take_cardinal(following)

    def _word(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _adjoins(self, at: int) -> bool:
        """Whether nothing but a space stands before a word; a hyphen in "twenty-five", a full stop after тыс."""
        before, token = self._tokens[at - 1], self._tokens[at]
        gap = self._text[before.end : token.start]
        if not gap.strip():
            return True
        if gap == "-":
            scaled = token.text in (*self._language.ordinal_scales, *self._language.amid)  # "two-hundredth"
            return self._language.hyphens and (scaled or self._room == 10 or bool(self._language.compounds))
        begins = (
            self._text[token.start].isupper() and not self._text.isupper()
        )  # «15 млн. Один завод» are two sentences
        return gap.strip() == "." and before.text in self._language.scales and len(before.text) < 5 and not begins
