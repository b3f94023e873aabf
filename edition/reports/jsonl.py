"""JSON Lines, for programs that read while a corpus is still being judged: a finding a line, as in the JSON report.

A file that could not be judged is a line with `failure`, an accepted finding one with `accepted`; the last line
has the summary.
"""

from __future__ import annotations

from edition.diagnostics import Accepted, Diagnostic, Failure, Report, Summary
from edition.reports.json import as_line, failure_entry, finding_entry, head


def render(report: Report) -> str:
    """All lines."""
    pieces = [*map(finding, report.diagnostics), *map(accepted, report.accepted), *map(failure, report.failures)]
    return "".join([*pieces, end(report)])


def finding(found: Diagnostic) -> str:
    """The line of one finding."""
    return as_line(finding_entry(found))


def accepted(each: Accepted) -> str:
    """The line of a finding that an editor accepts."""
    return as_line({"accepted": {**finding_entry(each.diagnostic), "reason": each.reason}})


def failure(failed: Failure) -> str:
    """The line of a file that could not be judged."""
    return as_line({"failure": failure_entry(failed)})


def end(report: Report | Summary) -> str:
    """The last line."""
    return as_line({**head(report), "rules": [rule.code for rule in report.rules]})
