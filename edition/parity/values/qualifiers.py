"""How exact a text says that a number is: "about", "nearly", "more than", "up to", and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from edition.parity.values.languages import Language

_BEFORE = 64  # characters in front of a number in which its qualifier stands
_AFTER = 40
_CLAUSE_END = re.compile(r"[;!?]|(?<!\w\w)(?<!\bc)\.\s|(?<=\w{4})\.\s")  # "c. 300" ends none
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


_SIGNS = {
    **dict.fromkeys("~≈", Exactness.ABOUT),
    **dict.fromkeys(">≥⩾", Exactness.ABOVE),
    **dict.fromkeys("<≤⩽", Exactness.BELOW),
}
_OTHERWISE = "<>"  # signs that texts use for other things as well
_OPPOSITE = {Exactness.ABOVE: Exactness.BELOW, Exactness.BELOW: Exactness.ABOVE}


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier as it stands in a text, in front of its number or after it.

    Unless it is `sure` its words may mean something else there. `inverted` is the noun of «человек пять».
    """

    exactness: Exactness
    words: str
    sure: bool
    in_front: bool = True
    inverted: bool = False


def qualifiers_of(text: str, start: int, end: int, language: Language) -> tuple[Qualifier, ...]:
    """What qualifies the number that stands from `start` to `end`: sure ones, and words that may be."""
    before = _CLAUSE_END.split(_plain(text[max(0, start - _BEFORE) : start]))[-1]
    found = [*_in_front(before, language), *_behind(_plain(text[end : end + _AFTER]), before, language)]
    found += _inside(_plain(text[start:end]), language)
    if not any(each.sure for each in found) and (noun := _phrases_of(language).inverted.search(before)):
        sure = not found and _is_surely_inverted(before, _plain(text[start : end + _AFTER]), end - start, language)
        found.append(Qualifier(Exactness.ABOUT, noun["noun"], sure, inverted=True))
    return tuple(found)


def _inside(written: str, language: Language) -> Iterator[Qualifier]:
    """What stands between the words of a number: «две с лишним тысячи», "twenty-odd thousand"."""
    if any(phrase in written for phrase in language.amid):
        phrases = _phrases_of(language)
        for found in phrases.anywhere.finditer(written):
            words = " ".join(found[0].split())
            yield Qualifier(phrases.following[words], words, sure=words not in phrases.maybe)
            yield from (Qualifier(exactness, words, sure=False) for exactness in phrases.maybe.get(words, ()))


def _is_surely_inverted(before: str, after: str, length: int, language: Language) -> bool:
    """Whether a noun in front of a number can be there for nothing else: «Пришло человек пять.», «лет пять назад».

    Figures may stand behind a measure as they do in tables: «тонн 500». `after` begins with the number.
    """
    phrases = _phrases_of(language)
    front, behind = phrases.surely_inverted.search(before), phrases.after_inverted.match(after, length)
    if front is None or behind is None or (front["measure"] and after[:1].isdigit()):
        return False
    return not any(
        word and (word[0].isdigit() or word in language.known) for word in (front["before"], behind["next"])
    )


def _in_front(before: str, language: Language) -> Iterator[Qualifier]:
    phrases = _phrases_of(language)
    found = phrases.before.search(before)
    if found is None:
        sign = before.rstrip()[-1:]
        if sign in _SIGNS:
            attached = re.search(r"(?:^|\s)[<>]$", before) is not None  # " >300" and no "-> 300"
            yield Qualifier(_SIGNS[sign], sign, sure=attached or sign not in _OTHERWISE)
        return
    words, front = " ".join(found["phrase"].split()), before[: found.start()]
    surely = phrases.sure.get(words)
    negated = _is_negated(front, language)
    if surely is not None:
        apart = before[found.end("phrase") :].startswith(",")  # «втрое больше, чем в 1926 году»
        doubted = apart or (negated and surely in _OPPOSITE) or _doubted(words, front, language)
        yield Qualifier(surely, words, sure=not doubted)
    for exactness in phrases.maybe.get(words, ()):
        yield Qualifier(exactness, words, sure=False)
    for other in (surely, *phrases.maybe.get(words, ())):
        if negated and other in _OPPOSITE:
            yield Qualifier(_OPPOSITE[other], words, sure=False)


def _behind(after: str, before: str, language: Language) -> Iterator[Qualifier]:
    phrases = _phrases_of(language)
    found = phrases.after.match(after)
    if found is None:
        return
    words = " ".join(found["phrase"].split())
    exactness, negated = phrases.following[words], _is_negated(before, language)
    # "100 men, approximately 20 of them": what may stand before a number may belong to the next one.
    alone = words not in phrases.sure and words not in phrases.maybe
    yield Qualifier(exactness, words, alone and not (negated and exactness in _OPPOSITE), in_front=False)
    for other in phrases.maybe.get(words, ()):
        yield Qualifier(other, words, sure=False, in_front=False)
    if negated and exactness in _OPPOSITE:
        yield Qualifier(_OPPOSITE[exactness], words, sure=False, in_front=False)


def _is_negated(words: str, language: Language) -> bool:
    """Whether what is said of a number in front of it is denied: "cannot be more than two"."""
    return not language.negations.isdisjoint(_WORD.findall(words))


def nearby(text: str, start: int, end: int, language: Language) -> frozenset[Exactness]:
    """What words that may stand apart from their number ("approximately", "at least") could make of this one."""
    around = _plain(text[max(0, start - _BEFORE) : end + _AFTER])
    phrases = _phrases_of(language)
    return frozenset(phrases.following[" ".join(found[0].split())] for found in phrases.anywhere.finditer(around))


@dataclass(frozen=True)
class _Phrases:
    """The qualifiers of a language, made ready to be looked for: those in front that are `sure` and what others may
    mean there, and what those behind a number mean."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    inverted: re.Pattern[str]
    surely_inverted: re.Pattern[str]
    after_inverted: re.Pattern[str]
    sure: dict[str, Exactness]
    maybe: dict[str, tuple[Exactness, ...]]
    following: dict[str, Exactness]


@cache
def _phrases_of(language: Language) -> _Phrases:
    sure: dict[str, Exactness] = {}
    maybe: dict[str, tuple[Exactness, ...]] = {}
    following: dict[str, Exactness] = {}
    kinds = (
        (Exactness.ABOUT, language.about),
        (Exactness.ALMOST, language.almost),
        (Exactness.ABOVE, language.above),
        (Exactness.BELOW, language.below),
    )
    for exactness, words in kinds:
        sure |= dict.fromkeys(_split(words.before), exactness)
        for phrase in _split(words.maybe):
            maybe[phrase] = (*maybe.get(phrase, ()), exactness)
        following |= dict.fromkeys(_split(words.after), exactness)
    front = _any({**sure, **maybe})
    return _Phrases(
        before=re.compile(
            rf"(?<!\w)(?P<phrase>{front})(?:[.,]?[\s(]+|(?<='))(?:(?:{_any(language.fillers.split())})\s+)*[^\w\s]*$"
        ),
        after=re.compile(rf"[\s(]*-?(?:\w+[\s,(]+){{0,2}}?(?P<phrase>{_any(following)})(?!\w)"),
        anywhere=re.compile(rf"(?<!\w)(?:{_any(following)})(?!\w)"),
        inverted=re.compile(rf"(?<!\w)(?P<noun>{_any(language.inverted.split())})\s+(?:\w{{1,5}}\s+)?$"),
        surely_inverted=re.compile(rf"(?:{language.surely_inverted[0]})$", re.VERBOSE),
        after_inverted=re.compile(language.surely_inverted[1]),
        sure=sure,
        maybe=maybe,
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
    return text.lower().replace("ё", "е").replace("’", "'")
