"""Do original and translation agree: turns, speakers, paragraphs, attendees. `compare` finds where they part ways."""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Diagnostic
from edition.model import Edition
from edition.parity import attendees, paragraphs, presence, speakers, turns
from edition.parity.comparison import Comparison
from edition.parity.pairing import pair

CHECKS = (*turns.CHECKS, *speakers.CHECKS, *paragraphs.CHECKS, *attendees.CHECKS, *presence.CHECKS)


def compare(edition: Edition) -> Iterator[Diagnostic]:
    """Everything in which the translation does not answer to the original; nothing where there is no translation.

    Raises EditionError where nothing could be compared: no turns, or no link between them.
    """
    if edition.translation is None:
        return
    comparison = Comparison(edition, pair(edition.original, edition.translation))
    for check in CHECKS:
        yield from check(comparison)
