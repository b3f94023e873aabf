"""Which links a translation lacks, as far as the comparison is sure of them."""

from __future__ import annotations

from collections import Counter

from edition.model import Turn
from edition.parity.comparison import Comparison
from edition.parity.pairing import follow


def without_link(comparison: Comparison) -> frozenset[int]:
    """The positions of turns of the translation that point nowhere and that nothing points at."""
    turns = comparison.translation.turns
    links = follow(comparison.original.turns, turns)
    return frozenset(there for there, targets in enumerate(links) if not targets and not turns[there].corresp)


def unlinked(comparison: Comparison) -> tuple[tuple[Turn, Turn], ...]:
    """Turns of original and translation that answer to each other one to one, though no link of the translation's
    turn says so.

    Left out is what a link could not say: turns that were divided or joined, and those whose id is used twice.
    """
    match = comparison.match
    original, translation = comparison.original.turns, comparison.translation.turns
    times = Counter(turn.key for turn in original)
    shared = {here for here, _ in (*match.split, *match.merged)}
    joined = {there for _, there in (*match.split, *match.merged)}
    pairs = match.by_place | match.originals
    return tuple(
        (original[pairs[there]], translation[there])
        for there in sorted(without_link(comparison) & pairs.keys() - joined)
        if pairs[there] not in shared and times[original[pairs[there]].key] == 1
    )
