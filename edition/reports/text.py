"""The report that people read: a finding a line; below it what else it speaks of, its words, and what to write."""

from __future__ import annotations

from edition.diagnostics import Diagnostic, Report, Severity
from edition.reports.excerpt import excerpt
from edition.reports.printable import printable
from edition.side_by_side import SideBySide

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}


def render(report: Report, beside: SideBySide | None = None, *, color: bool = False) -> str:
    """Findings in reading order, a blank line between them, and a last line that counts findings and rules.

    With both texts `beside` it, a finding that speaks of a turn of both shows how that begins.
    """
    findings = [_finding(found, beside, color) for found in report.diagnostics]
    return "\n".join([*findings, summary(report) + "\n"])


def summary(report: Report) -> str:
    """`2 errors, 1 note. 31 rules asked.`"""
    counts = [(report.count(severity), severity.label) for severity in sorted(Severity, reverse=True)]
    found = ", ".join(_number(count, label) for count, label in counts if count) or "No findings"
    return f"{found}. {_number(len(report.rules), 'rule')} asked."


def _finding(found: Diagnostic, beside: SideBySide | None, color: bool) -> str:
    place, severity = printable(str(found.location)), found.severity.label
    if color:
        place, severity = f"{_BOLD}{place}{_PLAIN}", f"{_COLOURS[found.severity]}{severity}{_PLAIN}"
    lines = [f"{place}: {severity} {found.rule.code} {found.rule.name}: {printable(found.message)}"]
    lines += [f"    {printable(str(other.location))}: {printable(other.message)}" for other in found.related]
    lines += [f"    {line}" for line in excerpt(found, beside)] if beside else []
    if found.hint:
        lines.append(f"    hint: {printable(found.hint)}")
    return "\n".join(lines) + "\n"


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
