"""The rules that a Schematron schema decides. Which of the three, its role says."""

from __future__ import annotations

from edition.diagnostics import Rule, Severity
from edition.rules import declare

ERROR = declare(
    "SCH201",
    "rule-broken",
    Severity.ERROR,
    """A file keeps the rules that its project has written down in Schematron.

    They say what a grammar cannot: what depends on another place, on a sum, on a list elsewhere. The message is the
    project's own; the hint has its diagnostics.

    Wrong: `<date from="1950" when="1950-01-22">`, and the rule "when cannot be used with from"

    Right: `<date when="1950-01-22">`
    """,
)

WARNING = declare(
    "SCH202",
    "rule-broken-warning",
    Severity.WARNING,
    """A file keeps the rules whose role in Schematron is warning, warn, caution or nonfatal.

    The project advises against what it found, and does not forbid it.

    Wrong: `<sp>` without `who`, and the rule "a speech should say who speaks" with `role="warning"`

    Right: `<sp who="#mao">`
    """,
)

NOTE = declare(
    "SCH203",
    "rule-broken-note",
    Severity.NOTE,
    """A file keeps the rules whose role in Schematron is info, information, note or hint.

    The project wants it to be looked at, and no more.

    Wrong: `<gap/>`, and the rule "a gap may say its extent" with `role="info"`

    Right: `<gap extent="2 words"/>`
    """,
)

_WARNING = frozenset({"warning", "warn", "caution", "nonfatal"})
_NOTE = frozenset({"info", "information", "note", "hint", "informational"})


def rule_for(role: str) -> Rule:
    """By `role` or `severity`; an error where neither says otherwise."""
    word = role.strip().lower()
    return WARNING if word in _WARNING else NOTE if word in _NOTE else ERROR
