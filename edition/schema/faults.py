"""A fault in a document: what is wrong, at which spot, and which rule says so."""

from __future__ import annotations

from dataclasses import dataclass

from edition.diagnostics import Rule
from edition.schema.places import Spot


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong at one spot; `other` is a second place that it is about, as with an id used twice.

    `rest` is what the hint counts and does not name, `about` the attribute and the value that are wrong.
    """

    rule: Rule
    spot: Spot
    message: str
    hint: str = ""
    other: Spot | None = None
    rest: tuple[str, ...] = ()
    about: tuple[str, str] | None = None
