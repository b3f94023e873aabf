"""From faults to findings: each at its line and column, in reading order, and no more than an editor can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from lxml import etree

from edition.diagnostics import Diagnostic, Location, Related, Rule
from edition.schema.faults import Fault
from edition.schema.places import Spot, locate
from edition.tei.names import TURNS, XML_ID
from edition.tei.parse import Document

MAX_FINDINGS = 100  # of one rule in one file; by rule, so that to ignore one never hides another


def findings(document: Document, faults: Iterable[Fault]) -> Iterator[Diagnostic]:
    """The first MAX_FINDINGS of each rule in reading order, and how many more there are."""
    counts: Counter[Rule] = Counter()
    kept: list[Fault] = []
    beyond: dict[Rule, Fault] = {}
    for fault in faults:
        counts[fault.rule] += 1
        if counts[fault.rule] <= MAX_FINDINGS:
            kept.append(fault)
        else:
            beyond.setdefault(fault.rule, fault)
    spots = [*(fault.spot for fault in (*kept, *beyond.values())), *(fault.other for fault in kept if fault.other)]
    places = locate(document, spots)
    found = [_finding(fault, places) for fault in kept]
    found += [_more(fault, counts[rule] - MAX_FINDINGS, places) for rule, fault in beyond.items()]
    yield from sorted(found, key=lambda finding: finding.reading_order)


def _finding(fault: Fault, places: dict[Spot, Location]) -> Diagnostic:
    related = [Related(places[fault.other], "the other one")] if fault.other else []
    found = fault.rule.finding(
        fault.message, places[fault.spot], hint=fault.hint, turn=_turn(fault.spot.element), related=related
    )
    return replace(found, rest=fault.rest, about=fault.about) if fault.rest or fault.about else found


def _more(first: Fault, number: int, places: dict[Spot, Location]) -> Diagnostic:
    what = f"{number} more {'errors' if number > 1 else 'error'} of this kind"
    found = first.rule.finding(
        f"from here on {what} {'are' if number > 1 else 'is'} not listed",
        places[first.spot],
        hint="correct the first ones and check again",
    )
    return replace(found, further=number - 1)


def _turn(element: etree._Element) -> str | None:
    """The xml:id of the turn that an element is or stands in; of the innermost, where turns stand in turns."""
    turn = next((node for node in chain((element,), element.iterancestors()) if node.tag in TURNS), None)
    return None if turn is None else turn.get(XML_ID)
