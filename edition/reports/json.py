"""The report that programs read. Version 1: fields are added, never changed, whatever the verbosity."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from edition import __version__
from edition.diagnostics import Diagnostic, Failure, Report, Rule, Severity, Summary

VERSION = 1

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """One JSON object (RFC 8259), its keys always in the same order."""
    whole = {
        **head(report),
        "rules": [rule_entry(rule) for rule in report.rules],
        "diagnostics": [finding_entry(found) for found in report.diagnostics],
    }
    whole["accepted"] = [{**finding_entry(each.diagnostic), "reason": each.reason} for each in report.accepted]
    if report.compared:
        whole["compared"] = asdict(report.compared)
    if report.tally or report.failures:
        whole["failures"] = [failure_entry(failed) for failed in report.failures]
    return as_text(whole)


def head(report: Report | Summary) -> dict[str, object]:
    """What every report in JSON begins with. `files` is there where many files were judged."""
    begin: dict[str, object] = {
        "version": VERSION,
        "tool": {"name": "edition", "version": __version__},
        "command": report.command,
        "summary": {severity.label: report.count(severity) for severity in sorted(Severity, reverse=True)},
    }
    return {**begin, "files": asdict(report.tally)} if report.tally else begin


def as_text(value: object) -> str:
    """JSON that can be encoded in UTF-8: half of a surrogate pair, as in an ill-named file, stays an escape."""
    return _encodable(json.dumps(value, ensure_ascii=False, indent=2))


def as_line(value: object) -> str:
    """The same on one line."""
    return _encodable(json.dumps(value, ensure_ascii=False))


def _encodable(text: str) -> str:
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"


def rule_entry(rule: Rule) -> dict[str, object]:
    """A rule as every list of rules shows it."""
    return {"code": rule.code, "name": rule.name, "severity": rule.severity.label, "summary": rule.summary}


def failure_entry(failed: Failure) -> dict[str, object]:
    """A file that could not be judged."""
    return {"path": failed.path, "message": failed.message, "hint": failed.advice}


def finding_entry(found: Diagnostic) -> dict[str, object]:
    """A finding as every report in JSON shows it."""
    return {
        "code": found.rule.code,
        "name": found.rule.name,
        "severity": found.severity.label,
        "message": found.message,
        "path": found.location.path,
        "line": found.location.line,
        "column": found.location.column,
        "turn": found.turn,
        "hint": found.hint,
        "related": [
            {"path": other.location.path, "line": other.location.line, "message": other.message}
            for other in found.related
        ],
    }
