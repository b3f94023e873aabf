"""Numbers that only count the parts of a text: "1. …", "(2) …", "в) …". The other text may count by no sign at all.

Numbers of a list may be typed, stand in a label or be set by the printer. So where a sign stands before each part, in
order from the first, nobody misses it in the other text, unless that counts its parts as well and has one less.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from edition.model import Paragraph, Text, Turn
from edition.parity.counterparts import Counterpart
from edition.parity.values.figures import place_of_letter, roman

_SIGN = re.compile(
    r"(?P<before>^[\"'«“„]?|[:;]\s*(?:[^\W\d_]{1,3}\s+)?|(?:,|(?<=[^\W\d_]{3})\.)\s+(?:[^\W\d_]{1,3}\s+)?)"
    r"\(?(?P<sign>\d{1,2}|[ivxхі]{1,5}|[^\W\d_])(?P<behind>\.?\)|[.°])(?=\s|[^\W\d_])",
    re.IGNORECASE,
)
_ROW = re.compile(r"1\.?")
_LEAST = 2  # parts that are counted at all
_FOREMOST = 2  # characters, a quotation mark and a bracket, that may stand before the first sign of a paragraph

_key = attrgetter("key")

Places = frozenset[tuple[str, int]]  # of numbers: the key of their paragraph, and where in it they begin


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign before a part: which part it says that is, the key of the paragraph, and where in it the sign begins."""

    number: int
    key: str
    start: int

    @property
    def place(self) -> tuple[str, int]:
        return self.key, self.start


@dataclass(frozen=True, slots=True)
class _Typed:
    """A sign as it is typed. `kind` is how it counts and what stands behind it."""

    sign: Sign
    kind: tuple[str, str]


def signs_outside(text: Text) -> tuple[Sign, ...]:
    """The signs of a text outside its turns, where each passage may be an item of one list, by their keys."""
    found = (*_signs(_regular(text.headings)), *_signs(_regular(text.frame)))
    return tuple(sorted(found, key=_key))


def places_in(passage: Counterpart, ours: Sequence[Sign], theirs: Sequence[Sign]) -> tuple[Places, Places]:
    """Where numbers of either side are signs that the other may lack: it has none, or the same one.

    `ours` and `theirs` are the signs outside turns, by their keys.
    """
    mine, its = passage.turns or (None, None)
    here = [*_of(passage.original, mine, ours), *_rows(passage.original, passage.translation)]
    there = [*_of(passage.translation, its, theirs), *_rows(passage.translation, passage.original)]
    return _unless_missed(here, there), _unless_missed(there, here)


def _of(paragraphs: Sequence[Paragraph], turn: Turn | None, outside: Sequence[Sign]) -> list[Sign]:
    if turn is None:
        keys = {each.key for each in paragraphs} if outside else ()
        spans = ((bisect_left(outside, key, key=_key), bisect_right(outside, key, key=_key)) for key in keys)
        return [sign for start, end in spans for sign in outside[start:end]]
    return [*_signs(paragraphs), *_number_of(turn, paragraphs)]


def _unless_missed(signs: Sequence[Sign], others: Sequence[Sign]) -> Places:
    numbers = {sign.number for sign in others}
    return frozenset(sign.place for sign in signs if not numbers or sign.number in numbers)


def _signs(paragraphs: Iterable[Paragraph]) -> Iterator[Sign]:
    """The signs that count from 1 on, each kind by itself, for parts of parts are counted otherwise."""
    runs: dict[tuple[str, str], list[Sign]] = {}
    for typed in (each for paragraph in paragraphs for each in _typed(paragraph)):
        run = runs.setdefault(typed.kind, [])
        if typed.sign.number == 1:
            yield from _if_several(run)
            runs[typed.kind] = [typed.sign]
        elif run and typed.sign.number == run[-1].number + 1:
            run.append(typed.sign)
    for run in runs.values():
        yield from _if_several(run)


def _if_several(run: Sequence[Sign]) -> Sequence[Sign]:
    return run if len(run) >= _LEAST else ()


def _number_of(turn: Turn, paragraphs: Sequence[Paragraph]) -> Iterator[Sign]:
    """The number by which a passage is cited, where it is typed before its words as well."""
    if not turn.is_speech and paragraphs:
        for typed in _typed(paragraphs[0]):
            if typed.sign.start <= _FOREMOST and str(typed.sign.number) == turn.n.rpartition(".")[2]:
                yield typed.sign


def _rows(paragraphs: Sequence[Paragraph], others: Sequence[Paragraph]) -> Iterator[Sign]:
    """The numbers in the first cells of the rows of a table, where the other side has just that column less."""
    cells = [each for each in paragraphs if each.element == "cell"]
    fewer = len(cells) - sum(each.element == "cell" for each in others)
    first = next((at for at, each in enumerate(cells) if _ROW.fullmatch(each.text)), 0)
    for rows in range(max(fewer - 1, _LEAST), fewer + 1):  # there may be a cell above the numbers
        width, rest = divmod(len(cells) - first, rows)
        column = cells[first::width]
        if not rest and width > 1 and [each.text.rstrip(".") for each in column] == [str(n + 1) for n in range(rows)]:
            yield from (Sign(number, each.key, 0) for number, each in enumerate(column, 1))


def _typed(paragraph: Paragraph) -> Iterator[_Typed]:
    """What may be signs of a paragraph, in order. After a comma or full stop "2." may be a date, "2)" may not."""
    for found in _SIGN.finditer(paragraph.text):
        if found["before"][:1] in (",", ".") and not found["behind"].endswith(")"):
            continue
        sign, start = found["sign"].lower(), found.start("sign")
        counted = (
            {"figure": int(sign)} if sign.isdecimal() else {"letter": place_of_letter(sign), "roman": roman(sign)}
        )
        for kind, number in counted.items():
            if number:
                yield _Typed(Sign(number, paragraph.key, start), (kind, found["behind"]))


def _regular(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    return (each.regular or each for each in paragraphs)
