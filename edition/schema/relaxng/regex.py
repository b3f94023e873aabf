r"""Regular expressions of XSD (part 2, appendix F), matched by derivatives.

Python's `re` knows no class subtraction, no \p, \i and \c, and can run for ever on `(a+)+`. Derivatives (Brzozowski
1964) are states of an automaton that is made as far as values need it: one look-up for each character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from edition.schema.relaxng.characters import is_name_character, is_name_start

MAX_STATES = 5_000  # kept of one expression
MAX_SIZE = 2_000  # alternatives at one point; beyond this an expression is not judged
_MAX_COUNT = 100_000
_MAX_DEPTH = 100


class RegexError(ValueError):
    """An expression is not one of XSD, or grows beyond all bounds. The message says why."""


Test = Callable[[str], bool]  # of one character


@dataclass(frozen=True, eq=False, slots=True)
class Character:
    """One character that passes a test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these; without items nothing matches."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    item: Expression
    low: int
    high: int | None


Expression = Character | Sequence | Choice | Repeat
_EMPTY = Sequence(())
_NOTHING = Choice(())


def _may_end(expression: Expression) -> bool:
    match expression:
        case Character():
            return False
        case Sequence(items):
            return all(map(_may_end, items))
        case Choice(items):
            return any(map(_may_end, items))
        case Repeat(item, low, _):
            return low == 0 or _may_end(item)


def _after(expression: Expression, character: str) -> Expression:
    match expression:
        case Character(test):
            return _EMPTY if test(character) else _NOTHING
        case Choice(items):
            return _choice([_after(item, character) for item in items])
        case Repeat(item, low, high):
            if high == 0:
                return _NOTHING
            left = Repeat(item, max(low - 1, 0), None if high is None else high - 1)
            return _sequence([_after(item, character), left])
        case Sequence(items):
            ways = []
            for number, item in enumerate(items):
                ways.append(_sequence([_after(item, character), *items[number + 1 :]]))
                if not _may_end(item):
                    break
            return _choice(ways)


def _sequence(items: list[Expression]) -> Expression:
    if _NOTHING in items:
        return _NOTHING
    flat: list[Expression] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Sequence) else (item,))
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def _choice(items: list[Expression]) -> Expression:
    kept: dict[Expression, None] = {}
    for item in items:
        kept.update(dict.fromkeys(item.items) if isinstance(item, Choice) else {item: None})
    if len(kept) > MAX_SIZE:
        raise RegexError("it branches too often to be judged")
    return next(iter(kept)) if len(kept) == 1 else Choice(tuple(kept))


class _State:
    """What is left of an expression after some characters, and what is left after one more."""

    __slots__ = ("expression", "may_end", "steps")

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self.may_end = _may_end(expression)
        self.steps: dict[str, _State] = {}


class Regex:
    """One expression. `matches` says whether it describes a whole value."""

    def __init__(self, source: str) -> None:
        """Raises RegexError for what is no regular expression of XSD."""
        self._start = _State(_Reader(source).whole())
        self._states = {self._start.expression: self._start}

    def matches(self, value: str) -> bool:
        """Raises RegexError where nobody could tell in reasonable time."""
        state = self._start
        try:
            for character in value:
                step = state.steps.get(character)
                if step is None:
                    step = state.steps[character] = self._state(_after(state.expression, character))
                state = step
        except RecursionError as error:
            raise RegexError("it is nested too deeply to be judged") from error
        return state.may_end

    def _state(self, expression: Expression) -> _State:
        if len(self._states) > MAX_STATES:
            self._start.steps.clear()
            self._states = {self._start.expression: self._start}
        return self._states.setdefault(expression, _State(expression))


def _one_of(characters: str) -> Test:
    return frozenset(characters).__contains__


def _not(test: Test) -> Test:
    return lambda character: not test(character)


def _range(first: str, last: str) -> Test:
    return lambda character: first <= character <= last


# The escapes of appendix F.1.1 that stand for many characters; the capital of each is its complement.
_MANY: dict[str, Test] = {
    "s": _one_of(" \t\n\r"),
    "i": lambda character: character == ":" or is_name_start(character),
    "c": lambda character: character == ":" or is_name_character(character),
    "d": lambda character: unicodedata.category(character) == "Nd",
    "w": lambda character: unicodedata.category(character)[0] not in "PZC",
}
_MANY.update({name.upper(): _not(test) for name, test in _MANY.copy().items()})
_ONE = {"n": "\n", "r": "\r", "t": "\t", **{mark: mark for mark in "\\|.-^?*+{}()[]"}}
_ANY_BUT_LINE_ENDS = _not(_one_of("\n\r"))
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")


@lru_cache(maxsize=256)
def _property(name: str) -> Test:
    if name.startswith("Is"):
        return _block(name)
    if not _CATEGORY.fullmatch(name):
        raise RegexError(f"there is no category \\p{{{name}}}")
    return lambda character: unicodedata.category(character).startswith(name)


def _block(name: str) -> Test:
    import elementpath.regex

    try:
        block = elementpath.regex.unicode_subset(name)
    except elementpath.regex.RegexError as error:
        raise RegexError(f"there is no block \\p{{{name}}}") from error
    return lambda character: ord(character) in block


class _Reader:
    """Reads the source of an expression from left to right."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self.depth = source, 0, 0

    def whole(self) -> Expression:
        expression = self.branches()
        if self.at < len(self.source):
            raise RegexError(f"a {self.source[self.at]!r} closes nothing")
        return expression

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        if self.at >= len(self.source):
            raise RegexError("it ends too early")
        self.at += 1
        return self.source[self.at - 1]

    def branches(self) -> Expression:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise RegexError("it is nested too deeply")
        ways = [self.branch()]
        while self.peek() == "|":
            self.at += 1
            ways.append(self.branch())
        self.depth -= 1
        return _choice(ways)

    def branch(self) -> Expression:
        pieces: list[Expression] = []
        while self.peek() not in ("", "|", ")"):
            pieces.append(self.quantified(self.atom()))
        return _sequence(pieces)

    def quantified(self, atom: Expression) -> Expression:
        mark = self.peek()
        if mark and mark in "?*+":
            self.at += 1
            return Repeat(atom, int(mark == "+"), 1 if mark == "?" else None)
        if mark != "{":
            return atom
        found = _COUNT.match(self.source, self.at)
        if found is None:
            raise RegexError("after { comes a number, as in {2} or {2,3}")
        self.at = found.end()
        low = int(found[1])
        high = int(found[3]) if found[3] else None if found[2] else low
        if (high is not None and (high < low or high > _MAX_COUNT)) or low > _MAX_COUNT:
            raise RegexError(f"{found[0]} is no sensible count")
        return Repeat(atom, low, high)

    def atom(self) -> Expression:
        mark = self.take()
        if mark == "(":
            inside = self.branches()
            if self.peek() != ")":
                raise RegexError("a ( is not closed")
            self.at += 1
            return inside
        if mark == "[":
            return Character(self.character_class())
        if mark == "\\":
            return Character(self.escape())
        if mark == ".":
            return Character(_ANY_BUT_LINE_ENDS)
        if mark in "?*+{}]":
            raise RegexError(f"a {mark!r} stands where a character must stand; write \\{mark}")
        return Character(_one_of(mark))

    def escape(self) -> Test:
        mark = self.take()
        if mark in _ONE:
            return _one_of(_ONE[mark])
        if mark in _MANY:
            return _MANY[mark]
        if mark in "pP":
            end = self.source.find("}", self.at)
            if self.peek() != "{" or end < 0:
                raise RegexError(f"\\{mark} needs a category, as in \\{mark}{{L}}")
            test = _property(self.source[self.at + 1 : end])
            self.at = end + 1
            return test if mark == "p" else _not(test)
        raise RegexError(f"there is no escape \\{mark}")

    def character_class(self) -> Test:
        """What stands between [ and ], with what is subtracted: `[a-z-[aeiou]]`."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise RegexError("it is nested too deeply")
        negative = self.peek() == "^"
        self.at += negative
        tests: list[Test] = []
        less: Test | None = None
        while self.peek() != "]" or not tests:
            if self.source.startswith("-[", self.at) and tests:
                self.at += 2
                less = self.character_class()
                break
            tests.append(self.member())
        if self.take() != "]":
            raise RegexError("a [ is not closed")
        self.depth -= 1
        return _class(tests, negative, less)

    def member(self) -> Test:
        """A character, an escape or a range."""
        mark = self.take()
        if mark in "[]":
            raise RegexError(f"a {mark!r} stands inside [ ]; write \\{mark}")
        if mark == "\\":
            if self.peek() not in _ONE:
                return self.escape()
            first = _ONE[self.take()]
        else:
            first = mark
        if self.peek() != "-" or self.source[self.at + 1 : self.at + 2] in ("]", "[", ""):
            return _one_of(first)
        self.at += 1
        last = self.take()
        if last == "\\":
            escaped = self.take()
            if escaped not in _ONE:
                raise RegexError(f"a range cannot end with \\{escaped}")
            last = _ONE[escaped]
        if last < first:
            raise RegexError(f"the range {first}-{last} runs backwards")
        return _range(first, last)


def _class(tests: list[Test], negative: bool, less: Test | None) -> Test:
    def test(character: str) -> bool:
        inside = any(each(character) for each in tests) != negative
        return inside and (less is None or not less(character))

    return test
