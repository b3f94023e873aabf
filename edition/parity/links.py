"""Which links a translation lacks, as far as the comparison is sure of them."""

from __future__ import annotations

from collections import Counter

from edition.errors import EditionError
from edition.model import Turn
from edition.parity.comparison import Comparison
from edition.parity.pairing import follow


def without_link(comparison: Comparison) -> frozenset[int]:
    """The positions of turns of the translation that point nowhere and that nothing points at.

    The same xml:id in both files is a link, unless the texts themselves contradict it.
    """
    turns = comparison.translation.turns
    links = follow(comparison.original.turns, turns, by_id=comparison.pairing.basis.by != "alignment")
    return frozenset(there for there, targets in enumerate(links) if not targets and not turns[there].corresp)


def unlinked(comparison: Comparison) -> tuple[tuple[Turn, Turn], ...]:
    """Turns of original and translation that answer to each other one to one, though no link of the translation's
    turn says so.

    Left out is what a link could not say: turns that were divided or joined, and those whose id is used twice; and
    what an alignment is not certain of. Raises EditionError for two different texts.
    """
    match, (doubtful_here, doubtful_there) = comparison.match, comparison.pairing.doubtful
    if not comparison.pairing.same_text:
        raise EditionError(
            f"{comparison.translation.path}: not the same text as {comparison.original.path}, so nothing is linked",
            advice="name an original and its translation",
        )
    original, translation = comparison.original.turns, comparison.translation.turns
    times = Counter(turn.key for turn in original)
    shared = {*doubtful_here, *(here for here, _ in (*match.split, *match.merged))}
    joined = {*doubtful_there, *(there for _, there in (*match.split, *match.merged))}
    pairs = match.by_place | match.originals
    return tuple(
        (original[pairs[there]], translation[there])
        for there in sorted(without_link(comparison) & pairs.keys() - joined)
        if pairs[there] not in shared and times[original[pairs[there]].key] == 1
    )
