"""Two texts in step: what stands beside what, and beside what a finding belongs.

Made once from an edition whose texts are paired; pages and excerpts of reports are made from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from edition.diagnostics import Diagnostic, Location
from edition.model import Attendance, Edition, Paragraph, Text, Turn

Unit = Turn | Paragraph | Attendance
_Index = dict[tuple[str, str | None], list[tuple[int | None, int]]]  # by file and name: lines and steps of turns
_OUTSIDE = re.compile(r"\bthe (?:heading|passage)\b|\boutside turns\b")
_QUOTED = re.compile(r'"([^"]{2,})"')
_TITLE = re.compile(r"\b(?:turn|passage) [^\s,:;()]+")  # as Turn.title has it


@dataclass(frozen=True, slots=True)
class Step:
    """Units that answer to each other: mostly one of each text, none of one that has no counterpart at this place.

    `elsewhere` is the counterpart of a turn that stands alone here because the other is at another place.
    """

    original: tuple[Unit, ...] = ()
    translation: tuple[Unit, ...] = ()
    elsewhere: Turn | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        return (*self.original, *self.translation)

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(unit for unit in self.units if isinstance(unit, Turn))


@dataclass(frozen=True)
class SideBySide:
    """An edition of two texts and its steps: the turns, what stands outside them, the attendee lists."""

    edition: Edition
    translation: Text
    steps: tuple[Step, ...]

    @property
    def original(self) -> Text:
        return self.edition.original

    def step_of(self, found: Diagnostic) -> int | None:
        """The number of the step that a finding belongs beside, or None for one of neither text or of their headers.

        That is the turn that the finding names, by its id or by what messages call it: many turns may begin on one
        line. Else it is the heading or passage outside turns that it speaks of, or what stands alone; else what its
        line stands in.
        """
        places = places_of(found)
        if found.turn:
            return self._named(places, found.turn)
        said = [(found.message, found.location), *((other.message, other.location) for other in found.related)]
        titled = Counter(step for message, place in said for step in self._titled(message, place))
        most = max(titled.values(), default=0)
        called = [step for step, times in titled.items() if times == most]
        alone = (step for place in places for step in self._beginning(place) if self._is_alone(step))
        passages = self._passages(found) if _OUTSIDE.search(found.message) else ()
        return next(chain(filter(self._is_alone, called), called, passages, alone), self._around(found.location))

    def _passages(self, found: Diagnostic) -> Iterator[int]:
        """The steps of what stands outside turns on the lines of a finding, first those with the words it quotes."""
        there = [each for place in places_of(found) for each in self._outside.get((place.path, place.line), ())]
        words = any_of(quoted(found))
        yield from (step for step, paragraph in there if words.search(paragraph.text))
        yield from (step for step, _ in there)

    def _titled(self, message: str, place: Location) -> Iterator[int]:
        """The step of the turn that begins on a line and whose title is the first in what is said of the place."""
        title = _TITLE.search(message)
        for line, step in self._by_title.get((place.path, title[0]), ()) if title else ():
            if line == place.line:
                yield step

    def _named(self, places: tuple[Location, ...], turn: str) -> int | None:
        """The turn of this id on one of these lines, else the first of this id in one of these files.

        Both files may count their turns by the same ids. Of two turns of one id the one that stands alone is meant:
        where a turn is missing, the turn before the gap may have its id.
        """
        numbered = [(place, self._by_id.get((place.path, turn), ())) for place in places]
        exact = [step for place, steps in numbered for line, step in steps if line == place.line]
        first = (steps[0][1] for _, steps in numbered if steps)
        return next(chain(filter(self._is_alone, exact), exact, first), None)

    def _beginning(self, place: Location) -> Iterator[int]:
        lines, steps = self._by_line.get(place.path, ([], []))
        position = bisect_right(lines, place.line or 0)
        if position and lines[position - 1] == place.line:
            yield steps[position - 1]

    def _around(self, place: Location) -> int | None:
        lines, steps = self._by_line.get(place.path, ([], []))
        position = bisect_right(lines, place.line or 0)
        return steps[position - 1] if position else None

    def _is_alone(self, step: int) -> bool:
        return not (self.steps[step].original and self.steps[step].translation)

    @cached_property
    def _by_id(self) -> _Index:
        return self._turns_by(lambda turn: turn.id)

    @cached_property
    def _by_title(self) -> _Index:
        return self._turns_by(lambda turn: turn.title)

    def _turns_by(self, name: Callable[[Turn], str | None]) -> _Index:
        found: _Index = {}
        for number, step in enumerate(self.steps):
            for turn in step.turns:
                found.setdefault((turn.location.path, name(turn)), []).append((turn.location.line, number))
        return found

    @cached_property
    def _outside(self) -> dict[tuple[str, int | None], list[tuple[int, Paragraph]]]:
        found: dict[tuple[str, int | None], list[tuple[int, Paragraph]]] = {}
        for number, step in enumerate(self.steps):
            for unit in step.units:
                if isinstance(unit, Paragraph):
                    found.setdefault((unit.location.path, unit.location.line), []).append((number, unit))
        return found

    @cached_property
    def _by_line(self) -> dict[str, tuple[list[int], list[int]]]:
        """For each file the lines on which units begin, in order, and the steps of these."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, step in enumerate(self.steps):
            for unit in step.units:
                found.setdefault(unit.location.path, []).append((unit.location.line or 0, number))
        return {
            path: ([line for line, _ in sorted(at)], [step for _, step in sorted(at)]) for path, at in found.items()
        }


def places_of(found: Diagnostic) -> tuple[Location, ...]:
    """Every place that a finding speaks of, its own first."""
    return (found.location, *(other.location for other in found.related))


def messages_of(found: Diagnostic) -> tuple[str, ...]:
    """All that a finding says, of its own place and of others."""
    return (found.message, *(other.message for other in found.related))


def quoted(found: Diagnostic) -> tuple[str, ...]:
    """The words of the texts that a message quotes, in straight quotation marks."""
    return tuple(_QUOTED.findall(found.message))


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """What finds these words, the longest first, in capitals or not; nothing if there are none."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole_number, longest_first)) or "(?!)", re.IGNORECASE)


def _whole_number(word: str) -> str:
    """A pattern for the word that does not find 10 in 1910. Endings may follow words, so those need not be whole."""
    before, after = r"(?<!\d)" * word[0].isdigit(), r"(?!\d)" * word[-1].isdigit()
    return before + re.escape(word) + after
