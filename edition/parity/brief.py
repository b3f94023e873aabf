"""Texts of a few turns: too few for an alignment to say that they are not one text, unless nothing in them agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from edition.model import Text, Turn
from edition.parity.comparison import Comparison
from edition.parity.mentioned import names_in, numbers_in
from edition.parity.voices import Spoken

FEW = 8  # turns, below which speakers and lengths may not go together by chance
_SURE = 0.4  # of the evidence that a perfect translation would give
_SMALL = 12  # numbers up to here stand in any two texts
_ENOUGH = 2
_EVEN = 2.5  # times
_NAMED = 4  # turns of which names say whose they are, of which hardly any
_SAME = 0.25  # are of the same speaker
_ALIKE = 0.7
_MOST_NAMES = 400


def have_nothing_in_common(comparison: Comparison) -> bool:
    """Whether two texts of a few turns have no turns that go together, and no person, name or number in common.

    Both must name several numbers: of texts that name none nothing is certain.
    """
    pairing = comparison.pairing
    few = min(len(comparison.original.turns), len(comparison.translation.turns)) < FEW
    if not few or (not comparison.linked and pairing.basis.confidence >= _SURE):
        return False
    if comparison.shares_persons or _lengths_go_together(comparison):
        return False
    ours, theirs = _numbers(comparison.original), _numbers(comparison.translation)
    if min(len(ours), len(theirs)) < _ENOUGH or any(mine & other for mine in ours for other in theirs):
        return False
    return not _are_alike(_names(comparison.original), _names(comparison.translation))


def are_spoken_by_others(comparison: Comparison) -> bool:
    """Whether by their names others speak in nearly all of a few turns that no link joins, and lengths do not go
    together either: another scene of the same play."""
    pairing = comparison.pairing
    few = min(len(comparison.original.turns), len(comparison.translation.turns)) < FEW
    if not few or comparison.claimed or pairing.basis.by != "alignment" or pairing.basis.confidence >= _SURE:
        return False
    if comparison.shares_persons or _lengths_go_together(comparison):
        return False
    here, there = Spoken.of(comparison.original), Spoken.of(comparison.translation, comparison.original)
    called = here.namesakes(there)
    both = [(here.voices[ours], there.voices[theirs]) for ours, theirs in comparison.match.pairs]
    known = [(ours, called[theirs]) for ours, theirs in both if theirs in called and ours is not None]
    return len(known) >= _NAMED and sum(ours == named for ours, named in known) <= _SAME * len(known)


def _are_alike(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether a name of the one may be a name of the other, in whatever script."""
    from edition.parity.alignment.likeness import likeness

    names = [list(dict.fromkeys(each))[:_MOST_NAMES] for each in (ours, theirs)]
    return all(names) and bool(likeness(*names).max() >= _ALIKE)


def _lengths_go_together(comparison: Comparison) -> bool:
    """Whether all turns that were paired are about equally much longer than their originals."""
    ours, theirs = comparison.original.turns, comparison.translation.turns
    ratios = [_length(theirs[there]) / _length(ours[here]) for here, there in comparison.match.pairs]
    return len(ratios) > _ENOUGH and max(ratios) < _EVEN * min(ratios)


def _length(turn: Turn) -> int:
    return sum(len(paragraph.text) for paragraph in turn.paragraphs) or 1


def _numbers(text: Text) -> set[frozenset[Decimal]]:
    """What its larger numbers may mean, years among them."""
    return {readings for readings in numbers_in(text, text.turns) if min(readings) > _SMALL}


def _names(text: Text) -> Iterator[str]:
    """Of those who speak, and of whom they speak."""
    for turn in text.turns:
        if label := turn.plain_label:
            yield label
        yield from names_in(turn)
