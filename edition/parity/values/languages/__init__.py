"""The words of languages that name numbers, months and degrees of exactness: one file a language.

A file `xx.py` here, with a `LANGUAGE` in it, adds the language `xx`; there is no other place to add it to. Of a
language without a file only figures are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, product
from pkgutil import iter_modules
from typing import TypeVar


@dataclass(frozen=True)
class Qualifiers:
    """Phrases, with `|` between them, that say how exact a number is, standing before it or after.

    `maybe` are those that often say something else: they answer to a qualifier of the other text, and are never
    missed there.
    """

    before: str = ""
    after: str = ""
    maybe: str = ""


@dataclass(frozen=True)
class Clock:
    """Phrases, with `|` between them, by which numbers are known as a time of day.

    After an hour stand `hour` ("o'clock"), `afternoon` and `night`, in front of it `at`. Minutes stand before `past`
    or `before` and their hour, behind `without`, a word («без десяти пять»), or after the hour and `less`. They are
    of the hour that ends with the next number if they are one of the words `to` ("halb sechs"), or if that is an
    ordinal and `ordinals` says so («половина шестого»); `half_past` are words for both. An hour in front of `begun`
    is not over («в шестом часу»), nor is one behind `within` («в начале шестого»).
    """

    hour: str = ""
    afternoon: str = ""
    night: str = ""
    at: str = ""
    past: str = ""
    before: str = ""
    without: str = ""
    less: str = ""
    to: str = ""
    ordinals: bool = False
    half_past: Mapping[str, int] = field(default_factory=dict)
    begun: str = ""
    within: str = ""


@dataclass(frozen=True, eq=False)  # so that it has a hash
class Language:
    """What is read of one language. All words are in lower case, in Russian without ё.

    `numbers` are cardinals below 1000, `thousand` what stands within one word between two of them, and `scales` what
    multiplies them; `hundred` multiplies within a thousand, `lots` what a few are counted in: "two dozen", две сотни.
    `one` are words that are 1 inside a longer number, `within` words that are a number only there («семью» alone is a
    family), `one_scale` scales that begin one: тысяча двести; so do `oblique_scales` before a word of `oblique`:
    тысячи двухсот. `doubtful` words are numbers only sometimes: "one", "both"; so are ordinals. `prefixes`, of three
    letters or more, begin compounds (двухлетний), `ordinal_figures` stand behind figures that are an ordinal
    («41-го», with `|` between). `compounds` are numbers of several words that are no sum of these, or have a word
    between ("quatre vingt dix", "vingt et un"), as they stand with spaces for hyphens. `joins` is the word that may
    stand inside a number ("two hundred and five"), `halves` what adds a half, each word as it may be, with `|`
    between; `decades` what follows the figures of a decade. `month_or_word` are months only beside a day, a year or
    another month, or after one of `before_months`. `fillers` may stand between a qualifier and its number. `doubt`
    says of a qualifier which words (`talk*`: or stems) make it doubtful, and in how many words before it. `inverted`
    are nouns that mean "about" in front of a number (лет пять), `*ов` all with this ending.

    `others` are further values of a word ("half" an hour is 30 minutes), `definite` words after which 2 need not be
    said in the other text ("the two sides"), `years` what makes a year of two figures, with `|` between, `feasts`
    days that have names, by month and day, `books` how much later the Bible in Greek counts them, `portions` what
    stands before a third of a month, `idioms` a pattern of words that may be no numbers where they stand together.

    `phrases` are words that may be a number with a second one ("every other"); `spoken_years` is for languages
    in which 1945 may be "nineteen forty-five": the words in the place of its nought in "nineteen oh five".

    `units` are words for what is counted, by the name that units.py has for it if it is time and that all languages
    share; `plurals` are those that are no single one, `unit_stems` the same within a compound (трёхдневный).

    `minus` and `below_zero` stand before and after a number less than zero, `cold` near one that may be less, each
    with `|` between. `surely_inverted` is a pattern of what stands in front of a number (its word `before`, if that
    is no number) and of what follows where inversion alone says "about": «человек пять.»
    """

    decimal: str = "."
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)
    short_scales: Mapping[str, int] = field(
        default_factory=dict
    )  # right behind figures: 5m, of which m may be a unit
    thousand: str = ""
    hundred: frozenset[str] = frozenset()
    scales: Mapping[str, int] = field(default_factory=dict)
    endings: Mapping[str, int] = field(default_factory=dict)  # of which "zwei- bis dreihundert" leave the first out
    scores: frozenset[str] = frozenset()  # to which "and ten" may be added
    lots: Mapping[str, int] = field(default_factory=dict)
    one: frozenset[str] = frozenset()
    within: Mapping[str, int] = field(default_factory=dict)
    one_scale: frozenset[str] = frozenset()
    oblique_scales: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    doubtful: Mapping[str, Decimal] = field(default_factory=dict)
    prefixes: Mapping[str, Decimal] = field(default_factory=dict)
    ordinal_figures: str = ""
    compounds: Mapping[str, int] = field(default_factory=dict)
    joins: str = ""
    adds: str = ""  # may add units to a hundred or thousand: «1000 и 1 ночь»
    through: frozenset[str] = frozenset()  # between the ends of a range that has all between them
    ranges: frozenset[str] = frozenset()  # between the two ends of a range
    hyphens: bool = False  # "twenty-five" is one number
    halves: tuple[str, ...] = ()
    amid: tuple[str, ...] = ()  # qualifiers that may stand before the thousand of a number: «две с лишним тысячи»
    cardinal_days: bool = False  # «le vingt-deux janvier»
    parts: Mapping[str, int] = field(default_factory=dict)  # "thirds" behind a number are so many of three
    tens: frozenset[str] = frozenset()  # after an ordinal, years of a life: «на пятом десятке»
    times: frozenset[str] = frozenset()  # qualifiers that stand before years as well, where they mean a time
    decades: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    month_or_word: frozenset[str] = frozenset()
    before_months: frozenset[str] = frozenset()
    within_dates: frozenset[str] = frozenset()  # between day and month, and after the figures of a day
    portions: frozenset[str] = frozenset()  # "the last third of July"
    eve: str = ""  # before the day on which a night ends
    day_after_month: bool = False
    percent: tuple[str, ...] = ()
    about: Qualifiers = Qualifiers()
    almost: Qualifiers = Qualifiers()
    above: Qualifiers = Qualifiers()
    below: Qualifiers = Qualifiers()
    fillers: str = ""
    negations: frozenset[str] = frozenset()  # "not … more than two" is at most two
    doubt: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    inverted: str = ""
    others: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    definite: frozenset[str] = frozenset()
    clock: Clock = Clock()
    years: str = ""
    running: frozenset[str] = frozenset()  # of which one after an ordinal is not over: «шёл девятнадцатый год»
    late: frozenset[str] = frozenset()  # in front of tens near their end: "in his late forties"
    books: Mapping[str, int] = field(default_factory=dict)
    feasts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    idioms: str = ""
    phrases: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    spoken_years: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    plurals: frozenset[str] = frozenset()
    unit_stems: Mapping[str, str] = field(default_factory=dict)
    minus: str = ""
    below_zero: str = ""
    cold: str = ""
    surely_inverted: tuple[str, str] = ("(?!)", "")
    common: frozenset[str] = frozenset()  # by which a text in this language is known

    @cached_property
    def sure(self) -> frozenset[str]:
        """Words without one of which, and without figures, a text names no number and no date that is ever missed."""
        ordinals = (word for word, value in self.ordinals.items() if value > 2)
        return self.hundred.union(
            self.numbers, self.scales, self.months, *(half.split("|") for half in self.halves[-1:]), ordinals
        )

    def cardinal(self, word: str) -> int | Decimal | None:
        """What a word alone says: zweihundert, or with a thousand in it eintausendzweihundert."""
        before, thousand, rest = word.partition(self.thousand) if self.thousand else (word, "", "")
        if word in self.numbers or not thousand:
            return self.numbers.get(word)
        thousands = 1 if before in ("", *self.one) else self.numbers.get(before)
        more = self.numbers.get(rest.removeprefix(self.joins))
        return None if thousands is None or more is None else 1000 * thousands + more

    def has_half(self, tokens: Sequence[str]) -> bool:
        """Whether these words add a half to what stands before them."""
        found = zip(self.halves, tokens, strict=False)
        return bool(self.halves) and len(tokens) == len(self.halves) and all(w in h.split("|") for h, w in found)

    def compound(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The longest compound with which these words begin: its value, and how many of them it is."""
        if not words or words[0] not in self._first_words:
            return None
        lengths = range(min(len(words), MOST_WORDS), 1, -1)
        found = ((self.compounds.get(" ".join(words[:length])), length) for length in lengths)
        return next(((value, length) for value, length in found if value is not None), None)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(compound.split()[0] for compound in self.compounds)

    @cached_property
    def multiplying(self) -> frozenset[str]:
        return self.hundred.union(self.scales, self.lots)

    def amid_in(self, words: Sequence[str]) -> int:
        """With how many of these words begins what says how exact a number is, if its thousand follows them."""
        lengths = (len(phrase.split()) for phrase in self.amid if phrase.split() == words[: len(phrase.split())])
        return next((length for length in lengths if self.multiplying.intersection(words[length : length + 1])), 0)

    @cached_property
    def ordinal_scales(self) -> frozenset[str]:
        """Ordinals that a number in front of them multiplies, where they are words of their own: "two-hundredth"."""
        return frozenset(word for word, value in self.ordinals.items() if value in (100, 1000) and self.hundred)

    @property
    def has_words(self) -> bool:
        """Whether numbers in words are read; else only figures are."""
        return bool(self.numbers)

    def prefix(self, word: str) -> Decimal | None:
        """What the longest number that begins a compound says: двадцатипятилетний."""
        if word[:_BEGINNING] not in self._beginnings:
            return None
        starts = (word[:length] for length in range(len(word) - 1, _BEGINNING - 1, -1))
        return next((self.prefixes[start] for start in starts if start in self.prefixes), None)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(prefix[:_BEGINNING] for prefix in self.prefixes)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that may be or begin a number or a month."""
        return self.multiplying.union(self.numbers, self.ordinals, self.doubtful, self.months)


MOST_WORDS = 4  # of a compound: "quatre vingt dix neuf"
_BEGINNING = 3  # letters of the shortest prefix
Value = TypeVar("Value")


def any_of(*phrases: str) -> str:
    """A pattern of any of these phrases, the longest that fits, with `|` between them; nothing at all of none."""
    each = (re.escape(phrase.strip()).replace(r"\ ", r"\s+") for phrase in "|".join(phrases).split("|"))
    return "|".join(sorted(filter(None, each), key=len, reverse=True)) or "(?!)"


def forms(stems: Mapping[str, Value], endings: str) -> dict[str, Value]:
    """Every stem with every ending, `-` being none: the forms of inflected words."""
    ends = ["" if ending == "-" else ending for ending in endings.split()]
    return {stem + ending: value for (stem, value), ending in product(stems.items(), ends)}


def listed(words: str, value: Value) -> dict[str, Value]:
    """Every word with the same value."""
    return dict.fromkeys(words.split(), value)


def values(words: str, *each: float) -> dict[str, frozenset[Decimal]]:
    """Every word with all of these values."""
    return dict.fromkeys(words.split(), frozenset(Decimal(str(value)) for value in each))


def counted(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    """Words in the order of their values."""
    return {word: first + step * number for number, word in enumerate(words.split())}


FIGURES_ONLY = Language()
_SAMPLE = 2000  # words by which a language is known
_MANY, _HARDLY_ANY = 0.06, 0.01  # of them that are common words of a language
_DIFFERENT = 5  # of these words: a few are common in several languages
_FEW = 100  # words say nothing


def language_in(tag: str | None, words: Iterable[str]) -> Language:
    """The language of a text, by its tag unless its words, in lower case, plainly are of another one."""
    tagged, sample = language_of(tag), list(islice(words, _SAMPLE))
    if len(sample) < _FEW or _share(tagged, sample) > _HARDLY_ANY:
        return tagged
    likely = max(map(language_of, _codes()), key=lambda language: _share(language, sample))
    plainly = _share(likely, sample) > _MANY and len(likely.common.intersection(sample)) >= _DIFFERENT
    return likely if plainly else tagged


def _share(language: Language, words: Sequence[str]) -> float:
    return sum(word in language.common for word in words) / len(words)


@cache
def _codes() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__)))


@cache
def unit_named(written: str) -> str:
    """The name of a unit by a word that any language has for it, as attributes have it; nothing if none has."""
    found = (language_of(code).units.get(written.lower()) for code in _codes())
    return next(filter(None, found), "")


@cache
def language_of(tag: str | None) -> Language:
    """The words of a language by its tag (BCP 47), of which only the language itself counts."""
    code = (tag or "").split("-")[0].lower()
    if not re.fullmatch(r"[a-z]{2,3}", code) or find_spec(f"{__name__}.{code}") is None:
        return FIGURES_ONLY
    found = import_module(f"{__name__}.{code}").LANGUAGE
    if not isinstance(found, Language):
        raise TypeError(f"LANGUAGE of {code}.py is no Language")
    return found
