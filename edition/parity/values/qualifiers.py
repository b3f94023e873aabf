"""How exact a text says that a number is: "about", "nearly", "more than", "up to", and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from edition.parity.values.languages import Language

_BEFORE = 64  # characters in front of a number in which its qualifier stands
_AFTER = 40
_CLAUSE_END = re.compile(r"[;!?]|(?<!\w\w)\.\s|(?<=\w{4})\.\s")
_WORD = re.compile(r"[^\W\d_]+")


class Exactness(Enum):
    """What a qualifier makes of a number."""

    ABOUT = "about"
    ALMOST = "almost"
    ABOVE = "or more"
    BELOW = "at most"

    def answers(self, other: Exactness) -> bool:
        """Whether one may stand for the other, as "nearly" for "about"."""
        return self is other or {self, other} == {Exactness.ALMOST, Exactness.ABOUT}


_OPPOSITE = {Exactness.ABOVE: Exactness.BELOW, Exactness.BELOW: Exactness.ABOVE}


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier as it stands in a text, in front of its number or after it.

    Unless it is `sure` its words may mean something else there.
    """

    exactness: Exactness
    words: str
    sure: bool
    in_front: bool = True


def qualifiers_of(text: str, start: int, end: int, language: Language) -> tuple[Qualifier, ...]:
    """What qualifies the number that stands from `start` to `end`: sure ones, and words that may be."""
    before = _CLAUSE_END.split(_plain(text[max(0, start - _BEFORE) : start]))[-1]
    after = _plain(text[end : end + _AFTER])
    phrases = _phrases_of(language)
    found = phrases.before.search(before)
    qualifiers = []
    if found is not None:
        words = " ".join(found["phrase"].split())
        exactness, sure = phrases.meaning[words]
        front = before[: found.start()]
        negated = exactness in _OPPOSITE and not language.negations.isdisjoint(_WORD.findall(front))
        sure = sure and not negated and not _doubted(words, front, language)
        qualifiers.append(Qualifier(exactness, words, sure))
        if negated:
            qualifiers.append(Qualifier(_OPPOSITE[exactness], words, sure=False))
    elif before.rstrip().endswith(("~", "≈")):
        qualifiers.append(Qualifier(Exactness.ABOUT, before.rstrip()[-1], sure=True))
    following = phrases.after.match(after)
    if following is not None:
        words = " ".join(following["phrase"].split())
        exactness = phrases.following[words]
        # "100 men, approximately 20 of them": what may stand before a number may belong to the next one.
        negated = exactness in _OPPOSITE and not language.negations.isdisjoint(_WORD.findall(before))
        sure = words not in phrases.meaning and not negated
        others = (
            {_OPPOSITE[exactness]} if negated else {phrases.meaning[words][0]} if words in phrases.meaning else ()
        )
        qualifiers.append(Qualifier(exactness, words, sure, in_front=False))
        qualifiers += [Qualifier(other, words, sure=False, in_front=False) for other in others]
    if not qualifiers and (noun := phrases.inverted.search(before)):
        qualifiers.append(Qualifier(Exactness.ABOUT, noun["noun"], sure=False))
    return tuple(qualifiers)


def nearby(text: str, start: int, end: int, language: Language) -> frozenset[Exactness]:
    """What words that may stand apart from their number ("approximately", "at least") could make of this one."""
    around = _plain(text[max(0, start - _BEFORE) : end + _AFTER])
    phrases = _phrases_of(language)
    return frozenset(phrases.following[" ".join(found[0].split())] for found in phrases.anywhere.finditer(around))


@dataclass(frozen=True)
class _Phrases:
    """The qualifiers of a language, made ready to be looked for. `meaning` says which are sure."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    inverted: re.Pattern[str]
    meaning: dict[str, tuple[Exactness, bool]]
    following: dict[str, Exactness]


@cache
def _phrases_of(language: Language) -> _Phrases:
    meaning: dict[str, tuple[Exactness, bool]] = {}
    following: dict[str, Exactness] = {}
    kinds = (
        (Exactness.ABOUT, language.about),
        (Exactness.ALMOST, language.almost),
        (Exactness.ABOVE, language.above),
        (Exactness.BELOW, language.below),
    )
    for exactness, words in kinds:
        meaning |= dict.fromkeys(_split(words.before), (exactness, True))
        for phrase in _split(words.maybe):
            meaning.setdefault(phrase, (exactness, False))
        following |= dict.fromkeys(_split(words.after), exactness)
    return _Phrases(
        before=re.compile(
            rf"(?<!\w)(?P<phrase>{_any(meaning)})[.,]?[\s(]+(?:(?:{_any(language.fillers.split())})\s+)*[^\w\s]*$"
        ),
        after=re.compile(rf"[\s(]*-?(?:\w+[\s,(]+){{0,2}}?(?P<phrase>{_any(following)})(?!\w)"),
        anywhere=re.compile(rf"(?<!\w)(?:{_any(following)})(?!\w)"),
        inverted=re.compile(rf"(?<!\w)(?P<noun>{_any(language.inverted.split())})\s+(?:\w{{1,5}}\s+)?$"),
        meaning=meaning,
        following=following,
    )


def _split(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip()]


def _any(phrases: Iterable[str]) -> str:
    """Any of these phrases, the longest that fits; `*` is the beginning of a word. Nothing at all of none."""
    longest_first = sorted(phrases, key=len, reverse=True)
    each = (re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w+") for phrase in longest_first)
    return "|".join(each) or "(?!)"


def _doubted(phrase: str, before: str, language: Language) -> bool:
    """Whether a word in front of a qualifier makes it doubtful: "talk about two questions"."""
    if phrase not in language.doubt:
        return False
    reach, stems = language.doubt[phrase]
    words = _WORD.findall(before)[-reach:]
    exact = frozenset(stems.split())
    begin = tuple(stem[:-1] for stem in exact if stem.endswith("*"))
    return any(word in exact or word.startswith(begin) for word in words)


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
