"""From faults to findings: each at its line and column, in reading order, and no more than an editor can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.schema.faults import Fault
from edition.schema.places import locate
from edition.schema.rules import MAX_FINDINGS, TOO_MANY_ERRORS
from edition.tei.names import XML_ID, tei
from edition.tei.parse import Document

_MAX_KEPT = 1_000  # faults that are sorted; those after them are counted only
_TURNS = (tei("sp"), tei("u"))


def findings(document: Document, faults: Iterable[Fault]) -> Iterator[Diagnostic]:
    """The first MAX_FINDINGS of a document in reading order, and how many more there are."""
    stream = iter(faults)
    kept = list(islice(stream, _MAX_KEPT))
    more = sum(1 for _ in stream)
    places = locate(document, (fault.spot for fault in kept))
    found = [
        fault.rule.finding(fault.message, places[fault.spot], hint=fault.hint, turn=turn_of(fault.spot.element))
        for fault in kept
    ]
    found.sort(key=lambda finding: finding.reading_order)
    yield from found[:MAX_FINDINGS]
    more += len(found[MAX_FINDINGS:])
    if more:
        yield TOO_MANY_ERRORS.finding(
            f"{more} more {'errors are' if more > 1 else 'error is'} not listed",
            found[MAX_FINDINGS].location,
            hint="correct the first ones and check again",
        )


def turn_of(element: etree._Element) -> str | None:
    """The xml:id of the turn that an element is or stands in."""
    turn = next((node for node in (element, *element.iterancestors()) if node.tag in _TURNS), None)
    return None if turn is None else turn.get(XML_ID)
