"""Do original and translation agree: turns, speakers, paragraphs, attendees. `compare` finds where they part ways.

`pair_up` finds what answers to what, once; `findings`, `side_by_side` and `unlinked` are what can be said of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import attendees, paragraphs, presence, speakers, turns
from edition.parity.comparison import Comparison
from edition.parity.links import unlinked as unlinked
from edition.parity.links import without_link as without_link
from edition.parity.pairing import pair
from edition.parity.presence import Presence
from edition.parity.steps import side_by_side as side_by_side

CHECKS = (*turns.CHECKS, *speakers.CHECKS, *paragraphs.CHECKS, *attendees.CHECKS)


def pair_up(edition: Edition) -> Comparison | None:
    """The edition with its turns paired, or None without a translation.

    Raises EditionError where the texts cannot be compared: no turns, or no link between them.
    """
    if edition.translation is None:
        return None
    return Comparison(edition, pair(edition.original, edition.translation))


def findings(edition: Edition, comparison: Comparison | None) -> Iterator[Diagnostic]:
    """Everything in which the translation does not answer to the original, and each attendee list to who speaks.

    Without a comparison only the latter.
    """
    if comparison is not None:
        for check in CHECKS:
            yield from check(comparison)
    present = Presence(edition) if comparison is None else Presence.of(comparison)
    for check_presence in presence.CHECKS:
        yield from check_presence(present)


def compare(edition: Edition) -> Iterator[Diagnostic]:
    """Pair the turns and say what is found. Raises EditionError as `pair_up` does."""
    yield from findings(edition, pair_up(edition))
