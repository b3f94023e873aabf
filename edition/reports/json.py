"""The report that programs read. Version 1: fields are added, never changed, whatever the verbosity."""

from __future__ import annotations

import json
import re

from edition import __version__
from edition.diagnostics import Diagnostic, Report, Rule, Severity

VERSION = 1

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """One JSON object (RFC 8259), its keys always in the same order."""
    whole = {
        "version": VERSION,
        "tool": {"name": "edition", "version": __version__},
        "command": report.command,
        "summary": {severity.label: report.count(severity) for severity in sorted(Severity, reverse=True)},
        "rules": [rule_entry(rule) for rule in report.rules],
        "diagnostics": [_diagnostic(found) for found in report.diagnostics],
    }
    return as_text(whole)


def as_text(value: object) -> str:
    """JSON that can be encoded in UTF-8: half of a surrogate pair, as in an ill-named file, stays an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"


def rule_entry(rule: Rule) -> dict[str, object]:
    """A rule as every list of rules shows it."""
    return {"code": rule.code, "name": rule.name, "severity": rule.severity.label, "summary": rule.summary}


def _diagnostic(found: Diagnostic) -> dict[str, object]:
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
