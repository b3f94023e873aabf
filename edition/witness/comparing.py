"""WIT201 to WIT203: a text and its witness, word by word, with the place of each difference in both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain
from unicodedata import name

from edition.config import Witness
from edition.diagnostics import Diagnostic, Location, Related
from edition.model import Text
from edition.witness.differences import Stretch, differences
from edition.witness.reading import Word, composed, words_of
from edition.witness.rules import OTHER_WORD, WORDS_ADDED, WORDS_MISSING

_WORD = re.compile(r"\S+")
_MOST_WORDS = 12  # of a difference that a message shows


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
    for stretch in differences([word.text for word in words], transcription.words):
        yield _difference(witness, words, transcription, stretch)


def _difference(witness: Witness, words: list[Word], transcription: Transcription, stretch: Stretch) -> Diagnostic:
    theirs = [word.text for word in words[stretch.start : stretch.end]]
    ours = transcription.words[stretch.other_start : stretch.other_end]
    # Words that are missing should stand after the one before them.
    place = stretch.other_start if ours or not stretch.other_start else stretch.other_start - 1
    turn = transcription.turn(place)
    where = f"turn {turn}: " if turn else ""
    if theirs and ours:
        rule, (theirs, ours) = OTHER_WORD, _without_shared_punctuation(theirs, ours)
        message = f"the witness has {_quoted(theirs)}, the TEI {_quoted(ours)}{_lookalike(theirs, ours)}"
        hint = f"write {_quoted(theirs)}, or encode what was changed: <choice><sic>…</sic><corr>…</corr></choice>"
    elif theirs:
        rule, message = WORDS_MISSING, f"the witness has {_quoted(theirs)}, which the TEI lacks"
        hint = "add the words; what is no text of the document (a stamp, a page number) as <fw>"
    else:
        rule, message = WORDS_ADDED, f"the TEI has {_quoted(ours)}, which the witness lacks"
        hint = "take the words out, or mark them as the editor's: <corr> in a <choice>, or <note>"
    return rule.finding(
        where + message,
        transcription.location(place),
        hint=hint,
        turn=turn,
        related=(Related(_in_witness(witness, words, stretch), "in the witness"),),
    )


def _in_witness(witness: Witness, words: list[Word], stretch: Stretch) -> Location:
    """Where the words stand in the witness; where it has none, the word before which the TEI has more."""
    if not words:
        return Location(witness.path, 1)
    word = words[min(stretch.start, len(words) - 1)]
    return Location(witness.path, word.line, word.column)


def _quoted(words: list[str]) -> str:
    shown = " ".join(words[:_MOST_WORDS])
    return f"«{shown}»" if len(words) <= _MOST_WORDS else f"«{shown} …» ({len(words)} words)"


def _without_shared_punctuation(theirs: list[str], ours: list[str]) -> tuple[list[str], list[str]]:
    """One word against one word, without the marks around them that are the same: «договор», not «договор,»."""
    if len(theirs) != 1 or len(ours) != 1:
        return theirs, ours
    mine, other = theirs[0], ours[0]
    while len(mine) > 1 and len(other) > 1 and mine[-1] == other[-1] and not mine[-1].isalnum():
        mine, other = mine[:-1], other[:-1]
    while len(mine) > 1 and len(other) > 1 and mine[0] == other[0] and not mine[0].isalnum():
        mine, other = mine[1:], other[1:]
    return [mine], [other]


def _lookalike(theirs: list[str], ours: list[str]) -> str:
    """A word on letters of different alphabets that look alike, which no eye can tell apart."""
    pairs = [*zip(chain.from_iterable(theirs), chain.from_iterable(ours), strict=False)]
    wrong = [(mine, other) for mine, other in pairs if mine != other]
    if len("".join(theirs)) != len("".join(ours)) or len(wrong) != 1:
        return ""
    ((mine, other),) = wrong
    mine, other = name(mine, "?"), name(other, "?")
    return f" ({mine} against {other})" if mine.split(" ")[0] != other.split(" ")[0] else ""
