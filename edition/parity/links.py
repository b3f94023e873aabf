"""Which links a translation lacks, as far as the comparison is sure of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from edition.errors import EditionError
from edition.model import Turn
from edition.parity.comparison import Comparison, ParagraphPair
from edition.parity.pairing import follow
from edition.tei.links import Answer


def without_link(comparison: Comparison) -> frozenset[int]:
    """The positions of turns of the translation that point nowhere and that nothing points at.

    The same xml:id in both files is a link, unless the texts themselves contradict it.
    """
    turns = comparison.translation.turns
    links = follow(comparison.original.turns, turns, by_id=comparison.pairing.basis.by != "alignment")
    return frozenset(there for there, targets in enumerate(links) if not targets and not turns[there].corresp)


def unlinked(comparison: Comparison) -> tuple[Answer, ...]:
    """Turns and paragraphs of the translation that no link says to answer to a turn or paragraph of the original.

    Raises EditionError for two different texts.
    """
    turns = _unlinked_turns(comparison)
    bare = without_link(comparison) - {turn.number - 1 for original, turn in turns if original.id}
    pairs = (pair for pair in comparison.paragraphs if pair.translation.number - 1 not in bare)
    return (
        *(Answer(original, turn) for original, turn in turns),
        *(answer for pair in pairs if not _is_doubtful(comparison, pair) for answer in _within(pair)),
    )


def _is_doubtful(comparison: Comparison, pair: ParagraphPair) -> bool:
    return comparison.is_doubtful(here=pair.original.number - 1, there=pair.translation.number - 1)


def _within(pair: ParagraphPair) -> Iterator[Answer]:
    """Paragraphs without a link, where those of both turns answer to each other one by one, as their links say too.

    A paragraph that has an id is there to be pointed at; of others nothing is said.
    """
    ours, theirs = pair.original.paragraphs, pair.translation.paragraphs
    if [each.kind for each in ours] != [each.kind for each in theirs]:
        return
    links = follow(ours, theirs, by_id=False)
    if any(targets not in ((), (position,)) for position, targets in enumerate(links)):
        return
    for position, (original, paragraph) in enumerate(zip(ours, theirs, strict=True)):
        if original.id and not links[position] and not paragraph.corresp:
            yield Answer(original, pair.translation, position)


def _unlinked_turns(comparison: Comparison) -> tuple[tuple[Turn, Turn], ...]:
    """Turns of original and translation that answer to each other one to one, though no link of the translation's
    turn says so.

    Left out is what a link could not say: turns that were divided or joined, and those whose id is used twice; and
    what an alignment is not certain of.
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
