"""Links in a row that all lead as many turns beside those that are meant, as where a column of them has slipped.

Told once, and the rest is compared as if they led where they should: of forty turns only the first is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from edition.model import Paragraph, Text, Turn
from edition.parity.claims import Lengths
from edition.parity.matching import Link, Match
from edition.parity.voices import Voice

_ENOUGH = 6  # turns in a row whose links have slipped; of fewer each is told
_AROUND = 8  # turns among which
_CROSSED = 3  # links to other speakers are more than slips
_AGREED = 0.1  # of the turns of a run may have another speaker where they should be linked


@dataclass(frozen=True, slots=True)
class Shift:
    """Turns of the translation, from position `first` to `last`, whose links lead `by` turns too far; or, below 0,
    too few."""

    first: int
    last: int
    by: int


def may_be_shifted(ours: Sequence[Voice], theirs: Sequence[Voice], pairs: Sequence[Link]) -> bool:
    """Whether somewhere several links in a row lead to other speakers, whatever the reason."""
    wrong = [at for at, link in enumerate(pairs) if _is_crossed(ours, theirs, link)]
    return any(last - first < _AROUND for first, last in zip(wrong, wrong[_CROSSED - 1 :], strict=False))


def shifts(texts: tuple[Text, Text], voices: tuple[Sequence[Voice], Sequence[Voice]], aligned: Match) -> list[Shift]:
    """Where links of the translation have slipped, by an alignment, of which the `voices` are.

    Only where speakers and lengths both say so.
    """
    place, turns = _places(texts[0]), texts[1].turns
    both = [
        (here, place[turns[there].corresp[0]], there)
        for here, there in aligned.in_order
        if len(turns[there].corresp) == 1 and turns[there].corresp[0] in place
    ]
    runs: list[Shift] = []
    for by, group in groupby(both, key=lambda each: each[1] - each[0]):
        run = list(group)
        right, wrong = [(here, there) for here, _, there in run], [(led, there) for _, led, there in run]
        if by and len(run) >= _ENOUGH and _is_better(texts, voices, right, wrong):
            runs.append(Shift(run[0][2], run[-1][2], by))
    return _joined(runs)


def _is_better(
    texts: tuple[Text, Text], voices: tuple[Sequence[Voice], Sequence[Voice]], right: list[Link], wrong: list[Link]
) -> bool:
    crossed, agreed = (sum(_is_crossed(*voices, link) for link in links) for links in (wrong, right))
    if crossed < _CROSSED or agreed > _AGREED * len(right):
        return False
    ours, theirs = texts[0].turns, texts[1].turns
    return Lengths.of(ours, theirs, right).correlation > Lengths.of(ours, theirs, wrong).correlation


def _is_crossed(ours: Sequence[Voice], theirs: Sequence[Voice], link: Link) -> bool:
    mine, other = ours[link[0]], theirs[link[1]]
    return None not in (mine, other) and mine != other


def _joined(runs: list[Shift]) -> list[Shift]:
    """Runs of one kind that only a few turns divide, as one."""
    found: list[Shift] = []
    for run in runs:
        if found and found[-1].by == run.by and run.first - found[-1].last <= _ENOUGH:
            found[-1] = replace(found[-1], last=run.last)
        else:
            found.append(run)
    return found


def put_right(original: Text, translation: Text, shifted: Sequence[Shift]) -> Text:
    """The translation with links that lead where they should, those of paragraphs too."""
    by = {there: shift.by for shift in shifted for there in range(shift.first, shift.last + 1)}
    place, turns = _places(original), list(translation.turns)
    for there, too_far in by.items():
        led = [place[key] for key in turns[there].corresp if key in place]
        if len(led) == 1 and 0 <= led[0] - too_far < len(original.turns):
            turns[there] = _led(turns[there], original.turns[led[0]], original.turns[led[0] - too_far])
    return replace(translation, turns=tuple(turns))


def _places(text: Text) -> dict[str, int]:
    return {turn.key: position for position, turn in enumerate(text.turns)}


def _led(turn: Turn, wrong: Turn, right: Turn) -> Turn:
    """A turn that is linked to another, its paragraphs each to the one at the same place there."""
    instead = {old.key: new.key for old, new in zip(wrong.paragraphs, right.paragraphs, strict=False)}
    lost = {old.key for old in wrong.paragraphs} - instead.keys()

    def relinked(paragraph: Paragraph) -> Paragraph:
        keys = (instead.get(key, key) for key in paragraph.corresp if key not in lost)
        return replace(paragraph, corresp=tuple(keys))

    return replace(turn, corresp=(right.key,), paragraphs=tuple(map(relinked, turn.paragraphs)))
