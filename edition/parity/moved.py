"""What an alignment has laid beside each other, as links; and turns that have moved past more than other turns.

An alignment knows of turns that moved past others that are all there. Where some of these are missing or divided as
well, it goes forward in both texts and leaves the turn out in one place and the other. So a turn that has nothing
beside it belongs to one that has nothing beside it a little further on, if speaker and length fit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from edition.parity.alignment.path import Bead
from edition.parity.alignment.scoring import Scoring
from edition.parity.matching import Link

_FAR = 12  # turns that a turn may have moved
_FITS = 2.5  # spreads of length


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside what, by positions in both texts.

    Of a turn in two parts, and of two turns in one, the first has its place in `pairs`. What stands alone has with it
    the position that the other text has reached.
    """

    pairs: tuple[Link, ...] = ()
    split: tuple[Link, ...] = ()
    merged: tuple[Link, ...] = ()
    alone_here: tuple[Link, ...] = ()
    alone_there: tuple[Link, ...] = ()

    @classmethod
    def of(cls, beads: Iterable[Bead], rows: Sequence[int], columns: Sequence[int]) -> Beside:
        """`rows` and `columns` are the positions in the texts of the turns that the beads count."""
        found: dict[str, list[Link]] = {name: [] for name in cls.__slots__}
        for bead in beads:
            if bead.shape == (1, 0):
                found["alone_here"].append((rows[bead.here], columns[min(bead.there, len(columns) - 1)]))
            elif bead.shape == (0, 1):
                found["alone_there"].append((rows[min(bead.here, len(rows) - 1)], columns[bead.there]))
            else:
                first = bead.pairs if bead.shape[0] == bead.shape[1] else [(bead.here, bead.there)]
                found["pairs"].extend((rows[here], columns[there]) for here, there in first)
            if bead.shape == (1, 2):
                found["split"].append((rows[bead.here], columns[bead.there + 1]))
            elif bead.shape == (2, 1):
                found["merged"].append((rows[bead.here + 1], columns[bead.there]))
        return cls(**{name: tuple(links) for name, links in found.items()})

    def __add__(self, other: Beside) -> Beside:
        return Beside(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def with_moved(beside: Beside, scoring: Scoring) -> Beside:
    """The same with turns that stand alone on both sides together, where one can be the other."""
    alone = _together(beside.alone_here, beside.alone_there, scoring)
    here, there = {link[0] for link in alone}, {link[1] for link in alone}
    return replace(
        beside,
        pairs=beside.pairs + alone,
        alone_here=tuple(each for each in beside.alone_here if each[0] not in here),
        alone_there=tuple(each for each in beside.alone_there if each[1] not in there),
    )


def _together(ours: Sequence[Link], theirs: Sequence[Link], scoring: Scoring) -> tuple[Link, ...]:
    candidates = []
    for here, reached in ours:
        first = bisect_left(theirs, reached - _FAR, key=lambda link: link[1])
        for reached_here, there in theirs[first : first + 2 * _FAR]:
            distance = max(abs(there - reached), abs(here - reached_here))
            if distance <= _FAR and _fits(scoring, here, there):
                candidates.append((distance, here, there))
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    found = []
    for _, here, there in sorted(candidates):
        if here not in taken_here and there not in taken_there:
            taken_here.add(here)
            taken_there.add(there)
            found.append((here, there))
    return tuple(found)


def _fits(scoring: Scoring, here: int, there: int) -> bool:
    """Whether speaker and length speak for two turns, or at least not against them."""
    said = scoring.table[scoring.our_speakers[here + 1], scoring.their_speakers[there + 1]]
    off = scoring.lengths.off(scoring.here.length[here + 1], scoring.there.length[there + 1])
    return bool(said <= 0 and abs(off) <= _FITS)
