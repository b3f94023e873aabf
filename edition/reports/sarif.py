"""SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

from urllib.parse import quote

from edition import __version__
from edition.diagnostics import Diagnostic, Location, Report, Rule
from edition.reports.json import as_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> str:
    """A log of one run. Its driver lists every rule that was asked, so a pass is visible."""
    rules = list(dict.fromkeys([*report.rules, *(found.rule for found in report.diagnostics)]))
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "edition", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, index[found.rule.code]) for found in report.diagnostics],
    }
    return as_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.documentation},
        "defaultConfiguration": {"level": rule.severity.label},
    }


def _result(found: Diagnostic, index: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.rule.code,
        "ruleIndex": index,
        "level": found.severity.label,
        "message": {"text": f"{found.message}\n{found.hint}" if found.hint else found.message},
        "locations": [{"physicalLocation": _place(found.location)}],
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(other.location), "message": {"text": other.message}}
            for number, other in enumerate(found.related, 1)
        ]
    if found.turn is not None:
        result["properties"] = {"turn": found.turn}
    return result


def _place(location: Location) -> dict[str, object]:
    uri = quote(location.path, errors="surrogateescape")  # SARIF 3.4.3: a URI reference (RFC 3986)
    place: dict[str, object] = {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}
    if location.line is not None:
        region = {"startLine": location.line}
        place["region"] = region if location.column is None else {**region, "startColumn": location.column}
    return place
