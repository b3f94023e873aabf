"""What reports say of many files: failures, counts, and what a finding is known by in SARIF."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

from edition.diagnostics import Diagnostic, Failure, Location, Related, Report, Rule, Severity, Summary, Tally
from edition.reports import FORMATS, STREAMED, statistics, text

WRONG = Rule("SCH101", "element-not-allowed", Severity.ERROR, "An element stands where it may.\n\nWhy.")
LABEL = Rule("TRN103", "speaker-differs", Severity.WARNING, "Speakers agree.")
GONE = Failure("texts/gone.xml", "texts/gone.xml: there is no such file", "check the path", 3)


def wrong(line: int, message: str = "<q> is not allowed", path: str = "texts/a b.xml") -> Diagnostic:
    return WRONG.finding(message, Location(path, line, 3), hint="did you mean <p>?")


def report(*found: Diagnostic) -> Report:
    whole = Report.of("validate", [WRONG, LABEL], found)
    return Report(whole.command, whole.rules, whole.diagnostics, Tally(1, 2, 1), (GONE,))


def sarif(whole: Report) -> dict[str, Any]:
    (run,) = json.loads(FORMATS["sarif"](whole))["runs"]
    found: dict[str, Any] = run
    return found


def test_pieces_make_the_whole() -> None:
    whole = report(wrong(1), wrong(2, 'a\n% "b"'))
    summary = Summary("validate", whole.rules, {Severity.ERROR: 2}, whole.tally)
    for form, pieces in STREAMED.items():
        parts = [*map(pieces.finding, whole.diagnostics), *map(pieces.failure, whole.failures), pieces.end(summary)]
        assert "".join(parts) == FORMATS[form](whole)


def test_every_form_names_what_could_not_be_judged() -> None:
    for form, render in FORMATS.items():
        assert "gone.xml" in render(report()), form
    assert text.summary(report()) == "No findings. 2 rules asked. 4 files: 1 valid, 2 invalid, 1 not judged."
    suite = ET.fromstring(FORMATS["junit"](report()))
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert len(suite.findall(".//error")) == 1
    assert "::error file=texts/gone.xml,title=not judged::" in FORMATS["github"](report())


def test_a_summary_without_files() -> None:
    assert text.summary(Summary("validate", (WRONG,), {}, Tally())).endswith("No files to check.")


def test_sarif_says_that_a_run_was_not_whole() -> None:
    (invocation,) = sarif(report())["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["level"] == "error"
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "texts/gone.xml"
    assert sarif(Report.of("check", [WRONG], []))["invocations"] == [{"executionSuccessful": True}]


def fingerprints(*found: Diagnostic) -> list[str]:
    return [result["partialFingerprints"]["finding/v1"] for result in sarif(report(*found))["results"]]


def test_a_finding_is_known_again_when_lines_move() -> None:
    assert fingerprints(wrong(1)) == fingerprints(wrong(50))
    assert fingerprints(wrong(1, "before the </p> of line 7")) == fingerprints(wrong(1, "before the </p> of line 9"))
    one, two = fingerprints(wrong(1), wrong(2))
    assert one != two, "two of the same kind stay two"
    assert fingerprints(wrong(1), wrong(9)) == [one, two]
    different = [wrong(1), wrong(1, "other"), wrong(1, path="texts/b.xml")]
    assert len({fingerprints(each)[0] for each in different}) == 3


def test_sarif_has_relative_addresses_and_help() -> None:
    found = WRONG.finding("x", Location("a:b/ü%20.xml", 1), related=[Related(Location("c#d.xml", 2), "here")])
    run = sarif(Report.of("validate", [WRONG], [found]))
    (result,) = run["results"]
    place, other = result["locations"][0], result["relatedLocations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "a%3Ab/%C3%BC%2520.xml"
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "c%23d.xml"
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"] == {"text": WRONG.documentation, "markdown": WRONG.documentation}
    assert not re.search(r'"(uri)": "(/|file:|[A-Za-z]:)', json.dumps(run))


def test_statistics_put_what_is_commonest_first() -> None:
    counted = statistics.Statistics(
        {LABEL: 2, WRONG: 1200}, {LABEL: 2, WRONG: 30}, Summary("validate", (WRONG, LABEL), {}, Tally(1, 30, 0))
    )
    assert statistics.render(counted).splitlines()[:3] == [
        "findings  files  rule",
        "   1,200     30  SCH101 element-not-allowed",
        "       2      2  TRN103 speaker-differs",
    ]
    assert [each["code"] for each in json.loads(statistics.render_json(counted))["statistics"]] == [
        "SCH101",
        "TRN103",
    ]
