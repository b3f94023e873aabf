"""The two texts as they are read side by side: turns by their match, and around them what stands outside turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from edition.model import Paragraph, Text, Turn
from edition.order import longest_rising
from edition.parity.comparison import Comparison
from edition.parity.counterparts import pairs_of_headings
from edition.parity.matching import Link
from edition.parity.pairing import follow
from edition.side_by_side import SideBySide, Step, Unit


@dataclass(frozen=True, slots=True)
class _Side:
    """What a reader sees of a text in reading order, and where in it the units of each kind are."""

    units: tuple[Unit, ...]
    headings: tuple[int, ...]
    frame: tuple[int, ...]
    lists: tuple[int, ...]
    turns: tuple[int, ...]

    @classmethod
    def of(cls, text: Text) -> _Side:
        """The model keeps the kinds apart, but knows the line of each unit."""
        lists = () if text.attendance is None else (text.attendance,)
        kinds: tuple[tuple[Unit, ...], ...] = (text.headings, text.frame, lists, text.turns)
        units = [unit for kind in kinds for unit in kind]
        order = sorted(range(len(units)), key=lambda number: units[number].location.line or 0)
        place = dict(zip(order, range(len(units)), strict=True))
        places = iter([place[number] for number in range(len(units))])
        return cls(tuple(units[number] for number in order), *(tuple(islice(places, len(kind))) for kind in kinds))


def side_by_side(comparison: Comparison | None) -> SideBySide | None:
    """The steps in which both texts are read; each unit of either stands in one. None without a comparison."""
    if comparison is None:
        return None
    ours, theirs, match = _Side.of(comparison.original), _Side.of(comparison.translation), comparison.match
    pairs = _placed(match.pairs, ours.turns, theirs.turns)
    guesses = _placed(((here, there) for there, here in match.by_place.items()), ours.turns, theirs.turns)
    frame = _placed(_linked(comparison.original.frame, comparison.translation.frame), ours.frame, theirs.frame)
    headings = _placed(pairs_of_headings(comparison.original, comparison.translation), ours.headings, theirs.headings)
    moved = set(_placed(match.out_of_order, ours.turns, theirs.turns))
    kept = [link for link in pairs if link not in moved]
    chain = longest_rising([*kept, *guesses, *frame, *headings, *zip(ours.lists, theirs.lists, strict=False)])
    joined = set(_placed([*match.split, *match.merged], ours.turns, theirs.turns))
    walk = _Walk(ours.units, theirs.units, pairs, frame_is_linked=bool(frame))
    return SideBySide(comparison.edition, comparison.translation, tuple(walk.steps(_spans(chain, joined))))


def _placed(links: Iterable[Link], ours: Sequence[int], theirs: Sequence[int]) -> list[Link]:
    """Links between units of one kind as links between units of all kinds."""
    return [(ours[here], theirs[there]) for here, there in links]


def _linked(original: Sequence[Paragraph], translation: Sequence[Paragraph]) -> Iterator[Link]:
    for there, targets in enumerate(follow(original, translation)):
        yield from ((here, there) for here in targets[:1])


Span = tuple[range, range]  # of positions in the original and in the translation


def _spans(chain: Sequence[Link], joined: set[Link]) -> Iterator[Span]:
    """Each link of the chain, with the neighbours on either side that are linked to it as well (`joined`)."""
    last_here = last_there = 0
    for (here, there), (next_here, next_there) in zip_longest(chain, chain[1:], fillvalue=(-1, -1)):
        first, start, end, stop = here, there, here + 1, there + 1
        while first > last_here and (first - 1, there) in joined:
            first -= 1
        while start > last_there and (here, start - 1) in joined:
            start -= 1
        while end != next_here and (end, there) in joined:
            end += 1
        while stop != next_there and (here, stop) in joined:
            stop += 1
        yield range(first, end), range(start, stop)
        last_here, last_there = end, stop


class _Walk:
    """Goes through both texts at once."""

    def __init__(
        self,
        original: tuple[Unit, ...],
        translation: tuple[Unit, ...],
        pairs: Iterable[Link],
        *,
        frame_is_linked: bool,
    ) -> None:
        self._original, self._translation = original, translation
        self._translations = dict(pairs)
        self._originals = {there: here for here, there in self._translations.items()}
        self._frame_is_linked = frame_is_linked

    def steps(self, spans: Iterable[Span]) -> Iterator[Step]:
        """What answers to each other, and between that what stands alone."""
        here = there = 0
        for ours, theirs in spans:
            yield from self._alone(range(here, ours.start), range(there, theirs.start))
            yield Step(self._original[ours.start : ours.stop], self._translation[theirs.start : theirs.stop])
            here, there = ours.stop, theirs.stop
        yield from self._alone(range(here, len(self._original)), range(there, len(self._translation)))

    def _alone(self, ours: range, theirs: range) -> Iterator[Step]:
        """Units without a counterpart at this place. Paragraphs of frames that have no links stand side by side."""
        while not self._frame_is_linked and ours and theirs and self._are_frame(ours[0], theirs[0]):
            yield Step((self._original[ours[0]],), (self._translation[theirs[0]],))
            ours, theirs = ours[1:], theirs[1:]
        for here in ours:
            yield Step((self._original[here],), (), _turn(self._translation, self._translations.get(here)))
        for there in theirs:
            yield Step((), (self._translation[there],), _turn(self._original, self._originals.get(there)))

    def _are_frame(self, here: int, there: int) -> bool:
        return isinstance(self._original[here], Paragraph) and isinstance(self._translation[there], Paragraph)


def _turn(units: Sequence[Unit], position: int | None) -> Turn | None:
    unit = None if position is None else units[position]
    return unit if isinstance(unit, Turn) else None
