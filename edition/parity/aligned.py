"""Two texts as an alignment sees them, and its beads as a Match: who is moved, who is who, and what is certain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from edition.model import ASIDE, Turn
from edition.parity.alignment import Alignment, align, lay
from edition.parity.alignment.likeness import likeness
from edition.parity.alignment.path import Bead
from edition.parity.alignment.sequences import UNKNOWN, Reals, Side
from edition.parity.matching import Link, Match, settle
from edition.parity.voices import Spoken, Voice, answered, share_persons

_FIGURES = re.compile(r"\d+")
_ALIKE = 0.6  # names that may be one name in two scripts
_SAME_KEY = 20.0  # turns' worth of evidence that one key is one person
_MOST_NAMES = 400  # of a side that are compared by their letters
_NEAR, _FAR = 3, 12  # turns that a moved turn may have moved; the further, the better it must fit
_LIKE_LENGTH = (2.5, 1.2)
_AROUND = 8  # turns on both sides that vouch for what is found
_VOUCHED = 0.6


@dataclass(frozen=True)
class Aligned:
    """What an alignment says: the Match, whose the turns of the translation are in terms of the original, and where
    (positions in either text) its neighbours do not vouch for it."""

    match: Match
    translation_voices: tuple[Voice, ...]
    confidence: float
    doubtful: tuple[frozenset[int], frozenset[int]]


def align_texts(original: Spoken, translation: Spoken, held: Match | None = None) -> Aligned:
    """Align two texts by speakers and lengths; where links make pairs certain (`held`), what lies between those."""
    here, there = sides(original, translation)
    certain = held.in_order if held else ()
    alignment = align(here, there, _guess(original, translation, here, there, certain))
    sizes = len(here), len(there)
    if held is None:
        found = _Found.of(alignment.beads, range(sizes[0]), range(sizes[1]))
    else:
        found = _Found.of((), (), ())
        for rows, columns in _between(held, sizes):
            found += _Found.of(lay(alignment.scoring.cut(rows, columns)).beads, rows, columns)
    pairs = (*found.pairs, *_moved(alignment, found))
    match = settle(
        sizes,
        (*pairs, *(held.pairs if held else ())),
        (*found.split, *(held.split if held else ())),
        (*found.merged, *(held.merged if held else ())),
    )
    voices = answered(original, translation, match.pairs)
    return Aligned(match, voices, alignment.confidence, _doubtful(match, original.voices, voices))


@dataclass(frozen=True, slots=True)
class _Found:
    """Beads as links between positions; what stands alone with the position that the other text has reached."""

    pairs: tuple[Link, ...] = ()
    split: tuple[Link, ...] = ()
    merged: tuple[Link, ...] = ()
    alone_here: tuple[Link, ...] = ()
    alone_there: tuple[Link, ...] = ()

    @classmethod
    def of(cls, beads: Iterable[Bead], rows: Sequence[int], columns: Sequence[int]) -> _Found:
        """`rows` and `columns` are the positions in the texts of the turns that the beads count."""
        found: dict[str, list[Link]] = {name: [] for name in cls.__slots__}
        for bead in beads:
            if bead.shape == (1, 0):
                found["alone_here"].append((rows[bead.here], columns[min(bead.there, len(columns) - 1)]))
            elif bead.shape == (0, 1):
                found["alone_there"].append((rows[min(bead.here, len(rows) - 1)], columns[bead.there]))
            else:
                found["pairs"].append((rows[bead.here], columns[bead.there]))
            if bead.shape == (1, 2):
                found["split"].append((rows[bead.here], columns[bead.there + 1]))
            elif bead.shape == (2, 1):
                found["merged"].append((rows[bead.here + 1], columns[bead.there]))
        return cls(**{name: tuple(links) for name, links in found.items()})

    def __add__(self, other: _Found) -> _Found:
        return _Found(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def sides(original: Spoken, translation: Spoken) -> tuple[Side, Side]:
    """Both texts as arrays. Figures and numbered divisions get numbers that mean the same on both sides."""
    marks: dict[Hashable, int] = {}
    both = {turn.division for turn in original.text.turns} & {turn.division for turn in translation.text.turns}
    divisions = {name: number for number, name in enumerate(sorted(both - {""}), UNKNOWN + 1)}

    def side(spoken: Spoken) -> Side:
        words = [spoken_words(turn) for turn in spoken.text.turns]
        figures = [tuple(sorted(_FIGURES.findall(each))) for each in words]
        return Side.of(
            spoken.voices,
            [len(each) for each in words],
            [marks.setdefault(each, len(marks) + 1) if each else UNKNOWN for each in figures],
            [divisions.get(turn.division, UNKNOWN) for turn in spoken.text.turns],
        )

    return side(original), side(translation)


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


def _moved(alignment: Alignment, found: _Found) -> Iterator[Link]:
    """Turns that have nothing beside them on either side, and fit each other a little further on."""
    candidates = []
    for here, reached in found.alone_here:
        first = bisect_left(found.alone_there, reached - _FAR, key=lambda link: link[1])
        for reached_here, there in found.alone_there[first : first + 2 * _FAR]:
            distance = max(abs(there - reached), abs(here - reached_here))
            if distance <= _FAR and _fits(alignment, (here, there), distance):
                candidates.append((distance, here, there))
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    for _, here, there in sorted(candidates):
        if here not in taken_here and there not in taken_there:
            taken_here.add(here)
            taken_there.add(there)
            yield here, there


def _fits(alignment: Alignment, link: Link, distance: int) -> bool:
    scoring = alignment.scoring
    row, column = link[0] + 1, link[1] + 1
    said = scoring.table[scoring.our_speakers[row], scoring.their_speakers[column]]
    off = scoring.lengths.off(scoring.here.length[row], scoring.there.length[column])
    return bool(said <= 0 and abs(off) <= _LIKE_LENGTH[distance > _NEAR])


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
