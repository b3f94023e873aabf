"""Do original and translation agree: turns, speakers, paragraphs, attendees. `compare` finds where they part ways."""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import attendees, paragraphs, presence, speakers, turns
from edition.parity.comparison import Comparison
from edition.parity.pairing import pair
from edition.parity.presence import Presence

CHECKS = (*turns.CHECKS, *speakers.CHECKS, *paragraphs.CHECKS, *attendees.CHECKS)


def compare(edition: Edition) -> Iterator[Diagnostic]:
    """Everything in which the translation does not answer to the original, and each attendee list to who speaks.

    Without a translation only the latter. Raises EditionError where the texts cannot be compared: no turns, or no
    link between them.
    """
    if edition.translation is None:
        present = Presence(edition)
    else:
        comparison = Comparison(edition, pair(edition.original, edition.translation))
        for check in CHECKS:
            yield from check(comparison)
        present = Presence.of(comparison)
    for check_presence in presence.CHECKS:
        yield from check_presence(present)
