"""Two texts as an alignment sees them, and its beads as a Match: who is moved, who is who, and what is certain."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from edition.model import ASIDE, Turn
from edition.parity.alignment import align, lay, learned
from edition.parity.alignment.arrays import Reals
from edition.parity.alignment.likeness import likeness
from edition.parity.alignment.scoring import Lengths, by_recurrence
from edition.parity.alignment.sequences import UNKNOWN, Kept, Side
from edition.parity.alignment.signs import signs_of
from edition.parity.exchanged import Neighbours
from edition.parity.joined import with_joined
from edition.parity.matching import Link, Match, settle
from edition.parity.moved import Beside, with_moved
from edition.parity.voices import Spoken, Voice, answered, share_persons

_FIGURES = re.compile(r"\d+")
_BITS = 64
_ALIKE = 0.6  # names that may be one name in two scripts
_SAME_KEY = 20.0  # turns' worth of evidence that one key is one person
_DISTINCT = 0.25  # see Side.distinct; below it turns are much alike
_MOST_NAMES = 400  # of a side that are compared by their letters
_AROUND = 8  # turns on both sides that vouch for what is found
_VOUCHED = 0.6


@dataclass(frozen=True)
class Aligned:
    """What an alignment says: the Match, whose the turns of the translation are in terms of the original, and where
    (positions in either text) its neighbours do not vouch for it.

    `is_telling` if speakers and lengths could tell two texts from each other: not those of a monologue in even parts.
    """

    match: Match
    translation_voices: tuple[Voice, ...]
    confidence: float
    doubtful: tuple[frozenset[int], frozenset[int]]
    is_telling: bool


def align_texts(original: Spoken, translation: Spoken, held: Match | None = None) -> Aligned:
    """Align two texts by speakers and lengths; where links make pairs certain (`held`), what lies between those."""
    here, there = sides(original, translation)
    certain = held.in_order if held else ()
    alignment = align(here, there, _guess(original, translation, here, there, certain))
    sizes = len(here), len(there)
    if held is None:
        found = Beside.of(alignment.beads, range(sizes[0]), range(sizes[1]))
    else:
        found = Beside()
        for rows, columns in _between(held, sizes):
            found += Beside.of(lay(alignment.scoring.cut(rows, columns)).beads, rows, columns)
    neighbours = Neighbours(original, translation, alignment.scoring)
    found = neighbours.put_right(with_moved(found, alignment.scoring))
    found = neighbours.put_right(found, answered(original, translation, found.pairs))
    found = with_joined(found, original, translation, answered(original, translation, found.pairs))
    match = settle(
        sizes,
        (*found.pairs, *(held.pairs if held else ())),
        (*found.split, *(held.split if held else ())),
        (*found.merged, *(held.merged if held else ())),
    )
    voices = answered(original, translation, match.pairs)
    doubtful = _doubtful(match, original.voices, voices)
    return Aligned(match, voices, alignment.confidence, doubtful, min(here.distinct, there.distinct) >= _DISTINCT)


def evidence_of(original: Spoken, translation: Spoken, pairs: Sequence[Link]) -> float:
    """How much of the evidence of a perfect translation there is in turns that are said to answer to each other.

    As the confidence of an alignment, and -1 where it is against them. 1 where two such texts could not be told from
    each other: a monologue, or verse that nobody speaks.
    """
    here, there = sides(original, translation)
    if min(here.distinct, there.distinct) < _DISTINCT:
        return 1.0
    guess = _guess(original, translation, here, there, ())
    ours, theirs = np.array(pairs, dtype=np.int64).reshape(-1, 2).T + 1
    _, scoring = learned(by_recurrence(here, there, Lengths.guess(here, there)), guess, ours, theirs)
    return scoring.evidence(ours, theirs)


def sides(original: Spoken, translation: Spoken) -> tuple[Side, Side]:
    """Both texts as arrays. Figures and numbered divisions get numbers that mean the same on both sides."""
    seen: dict[str, int] = {}
    both = {turn.division for turn in original.text.turns} & {turn.division for turn in translation.text.turns}
    divisions = {name: number for number, name in enumerate(sorted(both - {""}), UNKNOWN + 1)}

    def side(spoken: Spoken) -> Side:
        lengths: list[int] = []
        figures: list[int] = []
        signs: list[int] = []
        for turn in spoken.text.turns:
            words = spoken_words(turn)
            found = {seen.setdefault(figure, len(seen)) for figure in _FIGURES.findall(words)}
            lengths.append(len(words))
            signs.append(signs_of(words))
            figures.append(reduce(or_, map(_bits, found), 0))
        numbered = [divisions.get(turn.division, UNKNOWN) for turn in spoken.text.turns]
        return Side.of(spoken.voices, lengths, Kept(signs, figures, numbered))

    return side(original), side(translation)


def _bits(number: int) -> int:
    """Two bits of 64 for a figure, so that hardly any two figures have the same, and the first 32 share none."""
    pairs = _BITS // 2
    first, apart = 2 * (number % pairs), 1 + number // pairs % (_BITS - 1)
    return 1 << first | 1 << (first + apart) % _BITS


def spoken_words(turn: Turn) -> str:
    """The words of a turn without what editors added and without stage directions."""
    return " ".join(_without_asides(turn))


def _without_asides(turn: Turn) -> Iterator[str]:
    for paragraph in turn.paragraphs:
        end = 0
        for mark in paragraph.marks:
            if mark.kind == ASIDE and mark.start >= end:
                yield paragraph.text[end : mark.start].strip()
                end = mark.end
        yield paragraph.text[end:].strip()


def _guess(original: Spoken, translation: Spoken, here: Side, there: Side, held: Sequence[Link]) -> Reals:
    """What can be said of who is who before any turn is aligned: the same key, a link, a name that sounds alike."""
    guess: Reals = np.zeros((len(here.speakers), len(there.speakers)))
    rows, columns = ({voice: number for number, voice in enumerate(side.speakers)} for side in (here, there))
    for ours, theirs in held:
        guess[rows.get(original.voices[ours], 0), columns.get(translation.voices[theirs], 0)] += 1
    if share_persons(original.voices, translation.voices):
        for voice in here.speakers[1:]:
            if voice in columns:
                guess[rows[voice], columns[voice]] += _SAME_KEY
    elif not held:
        first = slice(1, _MOST_NAMES + 1)
        alike = likeness(
            [original.names[_voice(each)] for each in here.speakers[first]],
            [translation.names[_voice(each)] for each in there.speakers[first]],
        )
        if alike.size:
            best = (alike == alike.max(axis=1, keepdims=True)) & (alike == alike.max(axis=0, keepdims=True))
            alike[~best | (alike < _ALIKE)] = 0.0
            guess[first, first][: alike.shape[0], : alike.shape[1]] += 2 * alike
    guess[UNKNOWN, :] = guess[:, UNKNOWN] = 0.0
    return guess


def _voice(speaker: Hashable) -> Voice:
    return speaker if isinstance(speaker, frozenset) else None


def _between(held: Match, sizes: Link) -> Iterator[tuple[list[int], list[int]]]:
    """The turns without a partner on both sides, by the pairs that they stand between."""
    before = (-1, -1)
    for link in (*held.in_order, sizes):
        rows = [here for here in range(before[0] + 1, link[0]) if here in held.lonely]
        columns = [there for there in range(before[1] + 1, link[1]) if there in held.homeless]
        if rows and columns:
            yield rows, columns
        before = link


def _doubtful(match: Match, ours: Sequence[Voice], theirs: Sequence[Voice]) -> tuple[frozenset[int], frozenset[int]]:
    """The positions in both texts around which too few turns have a counterpart of the same speaker."""
    good_here, good_there = np.zeros(len(ours)), np.zeros(len(theirs))
    for here, there in set(match.pairs) - set(match.out_of_order):
        if ours[here] == theirs[there] or None in (ours[here], theirs[there]):
            good_here[here] = good_there[there] = 1.0
    return _unvouched(good_here), _unvouched(good_there)


def _unvouched(good: Reals) -> frozenset[int]:
    """Where too few neighbours have a counterpart. Of a long omission only the turns around it vouch."""
    around = np.concatenate(([0.0], np.cumsum(good)))
    found: set[int] = set()
    for first, last in _runs(good):
        low, high = max(first - _AROUND, 0), min(last + _AROUND, len(good))
        if around[high] - around[low] < _VOUCHED * max(first - low + high - last, 1):
            found.update(range(first, last))
    return frozenset(found)


def _runs(good: Reals) -> Iterator[Link]:
    """Where runs of turns without a counterpart begin, and the positions after their ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([1.0], good, [1.0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
