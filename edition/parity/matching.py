"""Which unit of a translation answers to which of its original, once it is known what points at what.

A unit is a turn, a paragraph or an entry of a list; here it is only its position, counted from 0. Whatever finds the
links (pointers, ids, later an alignment), what they leave unmatched, doubled or crossed is found in this one place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from edition.order import longest_rising

Link = tuple[int, int]  # position in the original, position in the translation
Voices = Sequence[Hashable]  # for each unit whose it is; equal values are the same speaker


@dataclass(frozen=True)
class Match:
    """What answers to what.

    `pairs` are one to one, in the order of the translation; `out_of_order` are the fewest of them that must move for
    the rest to stand in order. `split` are further units of the translation that point at an original already taken,
    `merged` further units of the original that a unit of the translation points at beside its own. `by_place` gives
    units of the translation without a partner the one of the original that stands at their place and has none either.
    """

    pairs: tuple[Link, ...]
    out_of_order: tuple[Link, ...]
    split: tuple[Link, ...]
    merged: tuple[Link, ...]
    by_place: dict[int, int]
    only_original: tuple[int, ...]
    only_translation: tuple[int, ...]

    @cached_property
    def translations(self) -> dict[int, int]:
        return dict(self.pairs)

    @cached_property
    def originals(self) -> dict[int, int]:
        return {there: here for here, there in self.pairs}

    @cached_property
    def in_order(self) -> tuple[Link, ...]:
        """The pairs that stand in the order of both texts."""
        moved = set(self.out_of_order)
        return tuple(link for link in self.pairs if link not in moved)

    @cached_property
    def _columns(self) -> tuple[list[int], list[int]]:
        return [here for here, _ in self.in_order], [there for _, there in self.in_order]

    @cached_property
    def lonely(self) -> frozenset[int]:
        """Units of the original without a partner, whatever stands at their place."""
        return frozenset((*self.only_original, *self.by_place.values()))

    @cached_property
    def homeless(self) -> frozenset[int]:
        """Units of the translation without a partner."""
        return frozenset(self.only_translation)

    def around(self, original: int) -> tuple[int | None, int | None]:
        """The units of the translation between which this unit of the original has, or should have, its place."""
        here, there = self._columns
        before, after = bisect_left(here, original), bisect_right(here, original)
        return (there[before - 1] if before else None, there[after] if after < len(there) else None)

    def original_before(self, translation: int) -> int | None:
        """The last unit of the original whose translation stands, in order, before this unit of the translation."""
        here, there = self._columns
        before = bisect_left(there, translation)
        return here[before - 1] if before else None


def match(original: Voices, translation: Voices, links: Sequence[Iterable[int]]) -> Match:
    """Match two sequences by `links`: for each unit of the translation the positions in the original it points at.

    Takes n log n for n units and links.
    """
    edges = [(here, there) for there, targets in enumerate(links) for here in targets]
    sure, doubtful = _tell_claims(edges, original, translation)
    chain = longest_rising(sure)
    out_of_order = _pair_the_rest(chain, [*sure, *doubtful])
    pairs = sorted((*chain, *out_of_order), key=lambda link: link[1])
    split, merged = _beside(edges, pairs)
    taken = {here for here, _ in (*pairs, *merged)}
    paired = {there for _, there in pairs}
    lonely = [here for here in range(len(original)) if here not in taken]
    homeless = [there for there in range(len(translation)) if there not in paired]
    by_place = _by_place(chain, ((here, original[here]) for here in lonely), ((t, translation[t]) for t in homeless))
    placed, doubled = set(by_place.values()), {there for _, there in split}
    return Match(
        pairs=tuple(pairs),
        out_of_order=tuple(out_of_order),
        split=tuple(split),
        merged=tuple(merged),
        by_place=by_place,
        only_original=tuple(here for here in lonely if here not in placed),
        only_translation=tuple(there for there in homeless if there not in doubled),
    )


def settle(sizes: Link, pairs: Iterable[Link], split: Iterable[Link] = (), merged: Iterable[Link] = ()) -> Match:
    """The Match of units that are paired already, each at most once; `sizes` counts the units of both sides."""
    ordered = tuple(sorted(pairs, key=lambda link: link[1]))
    chain = set(longest_rising(ordered))
    split, merged = tuple(split), tuple(merged)
    here = {here for here, _ in (*ordered, *merged)}
    there = {there for _, there in (*ordered, *split)}
    return Match(
        pairs=ordered,
        out_of_order=tuple(link for link in ordered if link not in chain),
        split=split,
        merged=merged,
        by_place={},
        only_original=tuple(position for position in range(sizes[0]) if position not in here),
        only_translation=tuple(position for position in range(sizes[1]) if position not in there),
    )


def _tell_claims(edges: list[Link], original: Voices, translation: Voices) -> tuple[list[Link], list[Link]]:
    """Links that may be meant, and those of several to one unit that are probably slips.

    Of several claimants those of the same speaker have the better right. Where nobody claims the unit before, the
    first of them has probably meant that one.
    """
    claims: dict[int, list[int]] = {}
    for here, there in edges:
        claims.setdefault(here, []).append(there)
    sure: list[Link] = []
    doubtful: list[Link] = []
    for here, claimants in claims.items():
        rightful = [there for there in claimants if original[here] == translation[there]] or claimants
        before = here - 1
        if (
            len(rightful) > 1
            and before >= 0
            and before not in claims
            and original[before] == translation[rightful[0]]
        ):
            rightful = rightful[1:]
        kept = set(rightful)
        for there in claimants:
            (sure if there in kept else doubtful).append((here, there))
    return sure, doubtful


def _pair_the_rest(chain: list[Link], links: list[Link]) -> list[Link]:
    """Further links between units that are both free, in the order of the translation; they cross the chain."""
    taken, paired = {here for here, _ in chain}, {there for _, there in chain}
    found: list[Link] = []
    for here, there in links:
        if here not in taken and there not in paired:
            taken.add(here)
            paired.add(there)
            found.append((here, there))
    return sorted(found, key=lambda link: link[1])


def _beside(edges: list[Link], pairs: list[Link]) -> tuple[list[Link], list[Link]]:
    """The links that are no pairs: from units that have no other (split), and from those that have one (merged)."""
    kept, paired = set(pairs), {there for _, there in pairs}
    split: dict[int, int] = {}
    merged: list[Link] = []
    for here, there in edges:
        if there not in paired:
            split.setdefault(there, here)
        elif (here, there) not in kept:
            merged.append((here, there))
    return [(here, there) for there, here in split.items()], merged


def _by_place(
    chain: list[Link], lonely: Iterable[tuple[int, Hashable]], homeless: Iterable[tuple[int, Hashable]]
) -> dict[int, int]:
    """For units of the translation without a partner: the next free one of the same speaker in the same gap."""
    here_anchors, there_anchors = [here for here, _ in chain], [there for _, there in chain]
    waiting: defaultdict[tuple[int, Hashable], deque[int]] = defaultdict(deque)
    for here, voice in lonely:
        waiting[bisect_left(here_anchors, here), voice].append(here)
    reached: dict[int, int] = {}
    found: dict[int, int] = {}
    for there, voice in homeless:
        gap = bisect_left(there_anchors, there)
        queue = waiting[gap, voice]
        while queue and queue[0] < reached.get(gap, 0):
            queue.popleft()
        if queue:
            found[there] = queue.popleft()
            reached[gap] = found[there] + 1
    return found
