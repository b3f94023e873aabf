"""WIT201 to WIT204: a text and its witness, word by word, with the place of each difference in both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import name

from edition.config import Witness
from edition.diagnostics import Diagnostic, Location, Related
from edition.model import Text
from edition.witness.differences import Stretch, differences
from edition.witness.reading import Word, composed, words_of
from edition.witness.rules import OTHER_WORD, WORDS_ADDED, WORDS_MISSING, WORDS_MOVED

_WORD = re.compile(r"\S+")
_MOST_WORDS = 12  # of a difference that a message shows
_FEWEST_MOVED = 3  # words that stand elsewhere by no accident

Words = tuple[str, ...]


class Transcription:
    """The words of a text as it was transcribed, each with the passage that it begins in.

    Passages are joined before they are divided into words, for a correction may stand inside a word.
    """

    def __init__(self, text: Text) -> None:
        self._text = text
        self._starts = [0, *accumulate(len(passage.text) for passage in text.transcription)]
        found = [*_WORD.finditer("".join(passage.text for passage in text.transcription))]
        self.words = [composed(each[0]) for each in found]
        self._offsets = [each.start() for each in found]

    def location(self, word: int) -> Location:
        """The line of a word; of what should stand after the last word, that of the last."""
        passage = self._passage(word)
        return Location(self._text.path, None if passage is None else self._text.transcription[passage].line)

    def turn(self, word: int) -> str | None:
        passage = self._passage(word)
        return None if passage is None else self._text.transcription[passage].turn

    def _passage(self, word: int) -> int | None:
        if not self._offsets:
            return None
        return bisect_right(self._starts, self._offsets[min(word, len(self._offsets) - 1)]) - 1


def compare(witness: Witness, lines: tuple[str, ...], text: Text, *, translated: bool) -> Iterator[Diagnostic]:
    """Every difference between a text and the lines of a witness that edition.toml says are this text."""
    ranges = witness.translation if translated else witness.original
    words = [*words_of(lines, ranges, markdown=witness.markup == "markdown")]
    transcription = Transcription(text)
    found = [*differences([word.text for word in words], transcription.words)]
    differing = _Differing(witness, words, transcription)
    moved = differing.moved(found)
    gone = set(moved.values())
    for stretch in found:
        if stretch in moved:
            yield differing.told_moved(stretch, moved[stretch])
        elif stretch not in gone:
            yield differing.told(stretch)


@dataclass(frozen=True, slots=True)
class _Differing:
    """A witness and a text of which some stretches differ, and how to tell of them."""

    witness: Witness
    words: list[Word]
    transcription: Transcription

    def theirs(self, stretch: Stretch) -> tuple[str, ...]:
        return tuple(word.text for word in self.words[stretch.start : stretch.end])

    def ours(self, stretch: Stretch) -> tuple[str, ...]:
        return tuple(self.transcription.words[stretch.other_start : stretch.other_end])

    def moved(self, stretches: list[Stretch]) -> dict[Stretch, Stretch]:
        """For words that the TEI has where the witness lacks them: where the witness has the same words."""
        missing: dict[tuple[str, ...], list[Stretch]] = {}
        for stretch in reversed(stretches):
            if stretch.end - stretch.start >= _FEWEST_MOVED and not self.ours(stretch):
                missing.setdefault(self.theirs(stretch), []).append(stretch)
        found: dict[Stretch, Stretch] = {}
        for stretch in stretches:
            if not self.theirs(stretch) and missing.get(self.ours(stretch)):
                found[stretch] = missing[self.ours(stretch)].pop()
        return found

    def told_moved(self, here: Stretch, there: Stretch) -> Diagnostic:
        where, turn = self._where(here.other_start)
        return WORDS_MOVED.finding(
            f"{where}: {_quoted(self.ours(here))} stands elsewhere in the witness",
            self.transcription.location(here.other_start),
            hint="move it to its place",
            turn=turn,
            related=(
                Related(self._in_witness(there), "its place in the witness"),
                Related(self.transcription.location(max(there.other_start - 1, 0)), "after which it stands there"),
            ),
        )

    def told(self, stretch: Stretch) -> Diagnostic:
        theirs, ours = self.theirs(stretch), self.ours(stretch)
        if not ours:
            return self._told_missing(stretch)
        where, turn = self._where(stretch.other_start)
        if theirs:
            theirs, ours = _without_shared_punctuation(theirs, ours)
            rule = OTHER_WORD
            message = f"the witness has {_quoted(theirs)}, the TEI {_quoted(ours)}{_lookalike(theirs, ours)}"
            hint = f"write {_quoted(theirs)}, or encode the correction: <choice><sic>…</sic><corr>…</corr></choice>"
        else:
            rule, message = WORDS_ADDED, f"the TEI has {_quoted(ours)}, which the witness lacks"
            hint = "take the words out, or mark them as the editor's: <corr> in a <choice>, or <note>"
        return rule.finding(
            f"{where}: {message}",
            self.transcription.location(stretch.other_start),
            hint=hint,
            turn=turn,
            related=(Related(self._in_witness(stretch), "in the witness"),),
        )

    def _told_missing(self, stretch: Stretch) -> Diagnostic:
        """Words that should stand after the word before them, which may be the last of its turn."""
        before = max(stretch.other_start - 1, 0)
        where, turn = self._where(before)
        if turn and turn != self.transcription.turn(stretch.other_start):
            where = f"after the last word of {where}"
        return WORDS_MISSING.finding(
            f"{where}: the witness has {_quoted(self.theirs(stretch))}, which the TEI lacks",
            self.transcription.location(before),
            hint="add the words; what is no text of the document (a stamp, a page number) as <fw>",
            turn=turn,
            related=(Related(self._in_witness(stretch), "in the witness"),),
        )

    def _where(self, word: int) -> tuple[str, str | None]:
        turn = self.transcription.turn(word)
        return f"turn {turn}" if turn else "outside turns", turn

    def _in_witness(self, stretch: Stretch) -> Location:
        """Where the words stand in the witness; where it has none, the word before which the TEI has more."""
        if not self.words:
            return Location(self.witness.path, 1)
        word = self.words[min(stretch.start, len(self.words) - 1)]
        return Location(self.witness.path, word.line, word.column)


def _quoted(words: Words) -> str:
    shown = " ".join(words[:_MOST_WORDS])
    return f"«{shown}»" if len(words) <= _MOST_WORDS else f"«{shown} …» ({len(words)} words)"


def _without_shared_punctuation(theirs: Words, ours: Words) -> tuple[Words, Words]:
    """One word against one word, without the marks around them that are the same: «договор», not «договор,»."""
    if len(theirs) != 1 or len(ours) != 1:
        return theirs, ours
    mine, other = theirs[0], ours[0]
    while len(mine) > 1 and len(other) > 1 and mine[-1] == other[-1] and not mine[-1].isalnum():
        mine, other = mine[:-1], other[:-1]
    while len(mine) > 1 and len(other) > 1 and mine[0] == other[0] and not mine[0].isalnum():
        mine, other = mine[1:], other[1:]
    return (mine,), (other,)


def _lookalike(theirs: Words, ours: Words) -> str:
    """A word on one character against another that no eye can tell apart, such as letters of two alphabets."""
    mine, other = " ".join(theirs), " ".join(ours)
    wrong = [pair for pair in zip(mine, other, strict=False) if pair[0] != pair[1]]
    if len(mine) != len(other) or len(wrong) != 1 or wrong[0][0].isalnum() != wrong[0][1].isalnum():
        return ""
    names = [name(character, "?") for character in wrong[0]]
    alike = names[0].split(" ")[0] == names[1].split(" ")[0]
    return "" if alike else f" ({names[0]} against {names[1]})"
