"""What two rules find at one place is told by one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic, Location, Related, Report

if TYPE_CHECKING:  # bare files have none
    from edition.model import Edition


def pointers_told_once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings without the pointers that lead nowhere since the schema refuses their values: `a b`, or `x:`.

    Only of findings that count: what is not asked about, or accepted, may hide no other.
    """
    found = tuple(found)
    refused: dict[tuple[Location, str], set[str]] = {}
    for each in found:
        if each.about and each.rule.code == "SCH105":
            name, value = each.about
            refused.setdefault((each.location, name), set()).update(value.split())
    return tuple(
        each
        for each in found
        if each.about is None
        or not each.rule.code.startswith("REF")
        or each.about[1] not in refused.get((each.location, each.about[0]), ())
    )


def speakers_told_once(report: Report, edition: Edition) -> Report:
    """The report in which a `who` that leads nowhere is that, and not another speaker than the counterpart's, nor one
    who was not present, too.

    Only where the pointer counts: one that is accepted or not asked about may hide no difference.
    """
    dangling = {
        (found.location.path, found.location.line)
        for found in report.diagnostics
        if found.rule.code in ("REF201", "REF202")
    }
    nobodys = {
        place
        for text in edition.texts()
        for turn in text.turns
        if (place := (turn.location.path, turn.location.line)) in dangling
        and turn.who
        and edition.persons.keys().isdisjoint(turn.who)
    }
    if not nobodys:
        return report
    doubled = [
        found
        for found in report.diagnostics
        if found.rule.code in ("TRN301", "ATT104")
        and not nobodys.isdisjoint((each.path, each.line) for each in _places(found))
    ]
    kept = (_with_counterpart(found, doubled) for found in report.diagnostics if found not in doubled)
    return replace(report, diagnostics=tuple(kept))


def _with_counterpart(pointer: Diagnostic, doubled: Sequence[Diagnostic]) -> Diagnostic:
    """A dangling `who` with the turn of the other text beside it, which the finding that is not told would name."""
    if pointer.rule.code not in ("REF201", "REF202"):
        return pointer
    here = (pointer.location.path, pointer.location.line)
    beside = [
        Related(each, "the same turn in the other text")
        for other in doubled
        if other.rule.code == "TRN301" and here in {(place.path, place.line) for place in _places(other)}
        for each in _places(other)
        if (each.path, each.line) != here
    ]
    return replace(pointer, related=(*pointer.related, *beside))


def _places(found: Diagnostic) -> tuple[Location, ...]:
    return (found.location, *(each.location for each in found.related))
