"""Do original and translation agree: turns, speakers, attendees, numbers, names, terms.

`pair_up` finds what answers to what, once; `findings`, `side_by_side` and `unlinked` are what can be said of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import attendees, leftovers, names, outside, paragraphs, presence, speakers, terms, turns, wholes
from edition.parity.brief import are_spoken_by_others, have_nothing_in_common
from edition.parity.comparison import Comparison
from edition.parity.links import unlinked as unlinked
from edition.parity.links import without_link as without_link
from edition.parity.pairing import pair
from edition.parity.presence import Presence
from edition.parity.steps import side_by_side as side_by_side
from edition.parity.values import rules as values
from edition.parity.values.differences import Values

NOT_THE_SAME = wholes.not_the_same_text.rule
CHECKS = (*wholes.CHECKS, *turns.CHECKS, *speakers.CHECKS, *paragraphs.CHECKS, *outside.CHECKS, *attendees.CHECKS)


def pair_up(edition: Edition, *, believed: bool = False) -> Comparison | None:
    """The edition with its turns paired, or None without a translation; `believed` to be one text in two languages.

    Raises EditionError where the texts cannot be compared: no turns, or one file twice.
    """
    if edition.translation is None:
        return None
    comparison = Comparison(edition, pair(edition.original, edition.translation, believed=believed))
    if believed:
        return Comparison(edition, replace(comparison.pairing, same_text=True))
    if have_nothing_in_common(comparison) or are_spoken_by_others(comparison):
        return Comparison(edition, replace(comparison.pairing, same_text=False))
    return comparison


def findings(edition: Edition, comparison: Comparison | None) -> Iterator[Diagnostic]:
    """Everything in which the translation does not answer to the original, and each text to what it says of itself.

    Without a comparison only the latter. Of two texts that are not the same nothing else is said.
    """
    if comparison is not None and not comparison.pairing.same_text:
        yield from wholes.not_the_same_text(comparison)
        return
    if comparison is not None:
        for check in CHECKS:
            yield from check(comparison)
        yield from _of_words(comparison)
    yield from values.value_and_words_disagree(edition)
    present = Presence(edition) if comparison is None else Presence.of(comparison)
    for check_presence in presence.CHECKS:
        yield from check_presence(present)


def _of_words(comparison: Comparison) -> Iterator[Diagnostic]:
    """What turns say that answer to each other; each kind of thing is read once, for all the checks of it."""
    of_values, of_names = Values(comparison), names.Names(comparison)
    of_terms, left_over = terms.Terms(comparison), leftovers.Leftovers(comparison)
    for check in values.CHECKS:
        yield from check(of_values)
    for check_names in names.CHECKS:
        yield from check_names(of_names)
    for check_terms in terms.CHECKS:
        yield from check_terms(of_terms)
    for check_leftovers in leftovers.CHECKS:
        yield from check_leftovers(left_over)


def compare(edition: Edition) -> Iterator[Diagnostic]:
    """Pair the turns and say what is found. Raises EditionError as `pair_up` does."""
    yield from findings(edition, pair_up(edition))
