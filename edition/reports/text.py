"""The report that people read: a finding a line; below it what else it speaks of, its words, and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edition.diagnostics import Accepted, Diagnostic, Failure, Report, Severity, Summary, Tally
from edition.reports.printable import printable

if TYPE_CHECKING:
    from edition.side_by_side import SideBySide

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}


def render(report: Report, beside: SideBySide | None = None, *, color: bool = False, verbose: bool = False) -> str:
    """Findings in reading order, a blank line between them, and a last line that counts findings and rules.

    With both texts `beside` it, a finding that speaks of a turn of both shows how that begins. If `verbose`, what
    hints only count is named.
    """
    pieces = [finding(found, beside, color=color, verbose=verbose) for found in report.diagnostics]
    pieces += [failure(each, color=color) for each in report.failures]
    pieces += [accepted(each, color=color) for each in report.accepted]
    return "".join([*pieces, *(["\n"] if report.accepted else []), end(report)])


def accepted(each: Accepted, *, color: bool = False) -> str:
    """An accepted finding, with the reason, on one line."""
    found = each.diagnostic
    place, words = printable(str(found.location)), f"{printable(found.message)} ({printable(each.reason)})"
    place = f"{_BOLD}{place}{_PLAIN}" if color else place
    return f"{place}: accepted {found.rule.code} {found.rule.name}: {words}\n"


def failure(failed: Failure, *, color: bool = False) -> str:
    """A file that could not be judged, and the blank line after it."""
    word = f"{_COLOURS[Severity.ERROR]}not judged{_PLAIN}" if color else "not judged"
    advice = f"    hint: {printable(failed.advice)}\n" if failed.advice else ""
    return f"{word}: {printable(failed.message)}\n{advice}\n"


def end(report: Report | Summary) -> str:
    """The last line."""
    return f"{summary(report)}\n"


def summary(report: Report | Summary) -> str:
    """`2 errors, 1 note, 3 accepted. 31 rules asked.`, and of many files how many are what."""
    counts = [(report.count(severity), severity.label) for severity in sorted(Severity, reverse=True)]
    found = ", ".join(_number(count, label) for count, label in counts if count) or "No findings"
    if isinstance(report, Report) and report.accepted:
        found += f", {len(report.accepted):,} accepted"
    return f"{found}. {_number(len(report.rules), 'rule')} asked.{_files(report.tally)}{_basis(report)}"


def _basis(report: Report | Summary) -> str:
    basis = report.compared if isinstance(report, Report) else None
    return f" Compared {basis}." if basis else ""


def _files(tally: Tally | None) -> str:
    if tally is None:
        return ""
    parts = [f"{tally.valid:,} valid", f"{tally.invalid:,} invalid"]
    parts += [f"{tally.unreadable:,} not judged"] if tally.unreadable else []
    whole = tally.valid + tally.invalid + tally.unreadable
    return f" {_number(whole, 'file')}: {', '.join(parts)}." if whole else " No files to check."


def finding(
    found: Diagnostic, beside: SideBySide | None = None, *, color: bool = False, verbose: bool = False
) -> str:
    """A finding with what belongs to it, and the blank line after it."""
    place, severity = printable(str(found.location)), found.severity.label
    if color:
        place, severity = f"{_BOLD}{place}{_PLAIN}", f"{_COLOURS[found.severity]}{severity}{_PLAIN}"
    lines = [f"{place}: {severity} {found.rule.code} {found.rule.name}: {printable(found.message)}"]
    lines += [f"    {printable(str(other.location))}: {printable(other.message)}" for other in found.related]
    if beside:
        from edition.reports.excerpt import excerpt

        lines += [f"    {line}" for line in excerpt(found, beside)]
    if found.hint:
        lines.append(f"    hint: {printable(found.hint)}")
    if verbose and found.rest:
        lines.append(f"    the others: {printable(', '.join(found.rest))}")
    return "\n".join(lines) + "\n\n"


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
