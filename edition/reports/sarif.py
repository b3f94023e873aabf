"""SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from urllib.parse import quote

from edition import __version__
from edition.diagnostics import Diagnostic, Location, Report, Rule
from edition.reports.json import as_text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> str:
    """A log of one run. Its driver lists every rule that was asked, so a pass is visible."""
    accepted = {id(each.diagnostic): each.reason for each in report.accepted}
    results = [*report.diagnostics, *(each.diagnostic for each in report.accepted)]
    rules = list(dict.fromkeys([*report.rules, *(found.rule for found in results)]))
    index = {rule.code: number for number, rule in enumerate(rules)}
    seen: Counter[tuple[str, str, str]] = Counter()
    run = {
        "tool": {"driver": {"name": "edition", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "automationDetails": {"id": f"edition/{report.command}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [
            _result(found, index[found.rule.code], _fingerprint(found, seen))
            | (_suppressed(accepted.get(id(found))) if accepted else {})
            for found in results
        ],
    }
    return as_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(report: Report) -> dict[str, object]:
    """Whether all files could be judged (SARIF 3.20.14), and a notification for each that could not (3.20.21)."""
    invocation: dict[str, object] = {"executionSuccessful": not report.failures}
    if report.failures:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "error",
                "message": _message("\n".join(filter(None, (failed.message, failed.advice)))),
                "locations": [{"physicalLocation": _place(Location(failed.path))}],
            }
            for failed in report.failures
        ]
    return invocation


def _fingerprint(found: Diagnostic, seen: Counter[tuple[str, str, str]]) -> str:
    """What a finding is known by when lines have moved (SARIF 3.27.17): equal ones are numbered in their order."""
    seen[found.identity] += 1
    named = "\0".join((*found.identity, str(seen[found.identity])))
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.summary),
        "help": {**_message(rule.documentation), "markdown": _braced(rule.documentation)},
        "defaultConfiguration": {"level": rule.severity.label},
    }


def _result(found: Diagnostic, index: int, fingerprint: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.rule.code,
        "ruleIndex": index,
        "level": found.severity.label,
        "message": _message(f"{found.message}\n{found.hint}" if found.hint else found.message),
        "locations": [{"physicalLocation": _place(found.location)}],
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(other.location), "message": _message(other.message)}
            for number, other in enumerate(found.related, 1)
        ]
    if found.turn is not None:
        result["properties"] = {"turn": found.turn}
    return result


def _message(text: str) -> dict[str, object]:
    """A message that is shown as it is: what stands in a file makes no link of it (SARIF 3.11.6)."""
    return {"text": re.sub(r"\[(?=[^\]]*\]\()", r"\\[", _braced(text))}


def _braced(text: str) -> str:
    """Single braces would hold the number of an argument (SARIF 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _suppressed(reason: str | None) -> dict[str, object]:
    """What an editor accepts (SARIF 3.27.23): the exception stands in edition.toml, outside the sources.

    Where one result has suppressions, all have some, or none in a list that is there.
    """
    if reason is None:
        return {"suppressions": []}
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": reason}]}


def _place(location: Location) -> dict[str, object]:
    uri = quote(location.path, errors="surrogateescape")  # SARIF 3.4.3: a URI reference (RFC 3986)
    file = {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    place: dict[str, object] = {"artifactLocation": file}
    if location.line is not None:
        region = {"startLine": location.line}
        place["region"] = region if location.column is None else {**region, "startColumn": location.column}
    return place
