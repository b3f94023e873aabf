"""Where two long sequences of words differ, in time that no input can make explode.

Between words that stand once on both sides, in the same order, only short stretches are left; these are compared word
by word. A stretch that stays long differs altogether, and is one difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from edition.order import longest_rising

_LONGEST_STRETCH = 120  # words on either side that are compared one by one: at worst the cube of it in steps
_MOST_ROUNDS = 12  # of looking for anchors within what lies between anchors


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` up to but not including `end` on both sides; where they differ, one side may be empty."""

    start: int
    end: int
    other_start: int
    other_end: int


def differences(words: Sequence[str], others: Sequence[str]) -> Iterator[Stretch]:
    """The stretches that must be replaced to make `others` of `words`, in order. Nothing for equal sequences."""
    stack = [(Stretch(0, len(words), 0, len(others)), 0)]
    while stack:
        stretch, round_ = stack.pop()
        stretch = _trimmed(words, others, stretch)
        if stretch.start == stretch.end or stretch.other_start == stretch.other_end:
            if stretch.start < stretch.end or stretch.other_start < stretch.other_end:
                yield stretch
        elif max(stretch.end - stretch.start, stretch.other_end - stretch.other_start) <= _LONGEST_STRETCH:
            yield from _word_by_word(words, others, stretch)
        else:
            anchors = _anchors(words, others, stretch) if round_ < _MOST_ROUNDS else []
            if not anchors:
                yield stretch
            else:
                stack += [(part, round_ + 1) for part in reversed(_between(stretch, anchors))]


def _trimmed(words: Sequence[str], others: Sequence[str], stretch: Stretch) -> Stretch:
    """The stretch without the words that both sides share at its beginning and its end."""
    start, end, other_start, other_end = stretch.start, stretch.end, stretch.other_start, stretch.other_end
    while start < end and other_start < other_end and words[start] == others[other_start]:
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and words[end - 1] == others[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    return Stretch(start, end, other_start, other_end)


def _word_by_word(words: Sequence[str], others: Sequence[str], stretch: Stretch) -> Iterator[Stretch]:
    mine, theirs = words[stretch.start : stretch.end], others[stretch.other_start : stretch.other_end]
    here, there = stretch.start, stretch.other_start
    for kind, start, end, other_start, other_end in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Stretch(here + start, here + end, there + other_start, there + other_end)


def _anchors(words: Sequence[str], others: Sequence[str], stretch: Stretch) -> list[tuple[int, int]]:
    """Places of words that stand once on both sides of a stretch: the longest run of them in the same order."""
    mine = _once(words, stretch.start, stretch.end)
    theirs = _once(others, stretch.other_start, stretch.other_end)
    return longest_rising([(place, theirs[word]) for word, place in mine.items() if word in theirs])


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(words[start:end])
    return {words[place]: place for place in range(start, end) if counts[words[place]] == 1}


def _between(stretch: Stretch, anchors: list[tuple[int, int]]) -> list[Stretch]:
    parts: list[Stretch] = []
    start, other_start = stretch.start, stretch.other_start
    for place, other in [*anchors, (stretch.end, stretch.other_end)]:
        parts.append(Stretch(start, place, other_start, other))
        start, other_start = place + 1, other + 1
    return parts
