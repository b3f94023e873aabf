"""A few words of both texts beside each other, for a finding in the text report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from edition.diagnostics import Diagnostic
from edition.model import Attendance, Paragraph, Turn
from edition.reports.printable import printable
from edition.side_by_side import SideBySide, Step, Unit, any_of, messages_of, places_of, quoted

WIDTH = 76  # columns of a terminal, without the indent
MAX_LINES = 3  # of one turn
MAX_TURNS = 3  # of one side
_PARAGRAPH = re.compile(r"\bparagraph (\S+) (?:of|in)\b")


def excerpt(found: Diagnostic, beside: SideBySide) -> list[str]:
    """The turns or passages of a finding that speaks of both texts, each with its line: the original to the left.

    Empty for a finding of one text, and for one that is about neither.
    """
    number = beside.step_of(found)
    files = {place.path for place in places_of(found)}
    if number is None or not files >= {beside.original.path, beside.translation.path}:
        return []
    step = beside.steps[number]
    sides = [_shown(side, step) for side in (step.original, step.translation)]
    if not any(sides):
        return []
    columns = _Columns(max(len(str(each.location.line or "")) for side in sides for each in side))
    turns = [each for side in sides for each in side if isinstance(each, Turn)]
    otherwise = max((min(meant(turn, found), default=0) for turn in turns), default=0)
    left, right = (
        [line for each in side for line in columns.unit(each, found, otherwise)] or [columns.line("", "—")]
        for side in sides
    )
    nothing = columns.line("", "")
    return [f"{ours} | {theirs}".rstrip() for ours, theirs in zip_longest(left, right, fillvalue=nothing)]


def meant(turn: Turn, found: Diagnostic) -> list[int]:
    """Which paragraphs of a turn a finding speaks of: by what it calls them, else by their line, if that is not the
    turn's own, or by a word.

    Of several on one line, as the cells of a table are, those with the word.
    """
    names = {name for message in messages_of(found) for name in _PARAGRAPH.findall(message)}
    if named := [n for n, paragraph in enumerate(turn.paragraphs) if (paragraph.id or str(n + 1)) in names]:
        return named
    places = {place for place in places_of(found) if place != turn.location}
    words = any_of(quoted(found))
    there = {number for number, paragraph in enumerate(turn.paragraphs) if paragraph.location in places}
    said = {number for number, paragraph in enumerate(turn.paragraphs) if words.search(paragraph.text)}
    return sorted((there & said) or (there | said))


def _shown(side: Sequence[Unit], step: Step) -> list[Turn | Paragraph]:
    """The turns and passages on one side of a step, or the turn that belongs there but is at another place."""
    units: list[Turn | Paragraph] = [unit for unit in side if not isinstance(unit, Attendance)][:MAX_TURNS]
    return units or ([] if step.elsewhere is None else [step.elsewhere])


@dataclass(frozen=True, slots=True)
class _Columns:
    """Two columns of equal width, each with `numbers` places for the number of a line."""

    numbers: int

    @property
    def room(self) -> int:
        return (WIDTH - len(" | ")) // 2 - self.numbers - 1

    def line(self, number: str, text: str) -> str:
        return f"{number:>{self.numbers}} {text}{' ' * (self.room - _width(text))}"

    def unit(self, unit: Turn | Paragraph, found: Diagnostic, otherwise: int) -> Iterator[str]:
        """A passage, or of a turn the paragraph that is meant, else the one of the number `otherwise`."""
        if isinstance(unit, Paragraph):
            yield from self._words("", unit, found)
        elif not unit.paragraphs:
            yield self.line(str(unit.location.line or ""), printable(unit.label))
        else:
            shown = min(meant(unit, found), default=otherwise if otherwise < len(unit.paragraphs) else 0)
            yield from self._words("" if shown else unit.label, unit.paragraphs[shown], found)

    def _words(self, label: str, paragraph: Paragraph, found: Diagnostic) -> Iterator[str]:
        """What a paragraph says, around what is quoted, behind the line on which it stands."""
        words = _around(printable(paragraph.text), any_of(quoted(found)), self.room * MAX_LINES)
        words = f"{printable(label)} {words}" if label else words
        for number, text in enumerate(_wrap(words, self.room)):
            yield self.line("" if number else str(paragraph.location.line or ""), text)


def _around(text: str, words: re.Pattern[str], room: int) -> str:
    """`text` from a little before the first of the words that stands in it, from its beginning if none does."""
    found = words.search(text)
    start = text.rfind(" ", 0, found.start() - room // 3) + 1 if found and found.start() > room // 2 else 0
    return ("… " if start else "") + text[start:]


def _wrap(text: str, room: int) -> list[str]:
    """`text` in at most MAX_LINES lines of `room` columns, one at least; what is cut off leaves an ellipsis."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < MAX_LINES:
        fits = _fitting(rest, room)
        space = rest.rfind(" ", 0, fits + 1) if fits < len(rest) else fits
        cut = space if space > 0 else fits
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        last = lines[-1]
        while _width(last) > room - 2:
            last = last.rpartition(" ")[0] or last[: _fitting(last, room - 2)]
        lines[-1] = f"{last} …"
    return lines or [""]


def _fitting(text: str, room: int) -> int:
    """How many characters fit into `room` columns; one at least."""
    used = 0
    for number, character in enumerate(text):
        used += _width(character)
        if used > room:
            return max(number, 1)
    return len(text)


def _width(text: str) -> int:
    """Columns of a terminal: two for the wide letters of East Asia, none for marks (Unicode, annex 11)."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me")
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
