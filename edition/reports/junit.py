"""JUnit XML, which CI servers show as tests: a rule is a test, and one that found nothing has passed.

Only errors are failures, as only they end a run by default; what warnings and notes say stands as output of a test
that passed. What is accepted is a test that was skipped. A file that could not be judged is an error in the sense of
JUnit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from edition.diagnostics import Diagnostic, Report, Rule, Severity
from edition.reports.printable import printable


def render(report: Report) -> str:
    """One test suite, named after the command; no times and no host, so the same report is the same text."""
    cases = list(_cases(report))
    counts = {
        "name": f"edition {report.command}",
        "tests": str(len(cases)),
        "failures": str(report.count(Severity.ERROR)),
        "errors": str(len(report.failures)),
        "skipped": str(len(report.accepted)),
    }
    suites = ET.Element("testsuites", counts)
    ET.SubElement(suites, "testsuite", counts).extend(cases)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _cases(report: Report) -> Iterator[ET.Element]:
    ordered = sorted(report.diagnostics, key=lambda found: found.rule.code)  # stable: reading order within a rule
    findings = {rule: list(group) for rule, group in groupby(ordered, key=lambda found: found.rule)}
    for rule in sorted({*report.rules, *findings}, key=lambda rule: rule.code):
        if rule not in findings:
            yield _case(rule, "")
        for found in findings.get(rule, ()):
            yield _found(found)
    for accepted in report.accepted:
        case = _case(accepted.diagnostic.rule, printable(str(accepted.diagnostic.location)))
        message = f"accepted: {printable(accepted.diagnostic.message)} ({printable(accepted.reason)})"
        ET.SubElement(case, "skipped", {"message": message})
        yield case
    for failed in report.failures:
        case = ET.Element("testcase", {"classname": "edition", "name": f"judged {printable(failed.path)}"})
        ET.SubElement(case, "error", {"message": printable(failed.message)}).text = printable(failed.advice)
        yield case


def _case(rule: Rule, place: str) -> ET.Element:
    name = f"{rule.code} {rule.name}" + (f" at {place}" if place else "")
    return ET.Element("testcase", {"classname": f"edition.{rule.code[:3]}", "name": name})


def _found(found: Diagnostic) -> ET.Element:
    case = _case(found.rule, printable(str(found.location)))
    message = printable(found.message)
    lines = [f"{printable(str(other.location))}: {printable(other.message)}" for other in found.related]
    lines += [f"hint: {printable(found.hint)}"] if found.hint else []
    if found.severity is Severity.ERROR:
        ET.SubElement(case, "failure", {"type": found.rule.code, "message": message}).text = "\n".join(lines)
    else:
        ET.SubElement(case, "system-out").text = "\n".join([f"{found.severity.label}: {message}", *lines])
    return case
