"""Workflow commands of GitHub Actions: each finding becomes an annotation at its line."""

from __future__ import annotations

from edition.diagnostics import Diagnostic, Failure, Report, Severity
from edition.reports.printable import printable
from edition.reports.text import end

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """A command a line, then the summary for the log."""
    return "".join([*map(finding, report.diagnostics), *map(failure, report.failures), end(report)])


def failure(failed: Failure) -> str:
    """A file that could not be judged, as an error of the whole file."""
    lines = [failed.message, *([f"hint: {failed.advice}"] if failed.advice else [])]
    return f"::error file={_property(failed.path)},title=not judged::" + "%0A".join(map(_data, lines)) + "\n"


def finding(found: Diagnostic) -> str:
    """One command, with its line feed."""
    place = {"file": found.location.path, "line": found.location.line, "col": found.location.column}
    properties = {**place, "title": f"{found.rule.code} {found.rule.name}"}
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    lines = [found.message, *(f"{other.location}: {other.message}" for other in found.related)]
    lines += [f"hint: {found.hint}"] if found.hint else []
    return f"::{_COMMANDS[found.severity]} {shown}::" + "%0A".join(_data(line) for line in lines) + "\n"


def _data(text: str) -> str:
    """Text after the second `::`. Line ends are gone already: `printable` shows them by number."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
