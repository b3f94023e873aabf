"""Every form of a report: the text of each, and what a hostile file cannot do in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from edition import __version__
from edition.diagnostics import Accepted, Diagnostic, Failure, Location, Related, Report, Rule, Severity
from edition.reports import FORMATS, text
from edition.reports.printable import printable
from edition.reports.rulebook import listing, page

MISSING = Rule(
    "TRN201", "turn-not-translated", Severity.ERROR, "Every turn is\ntranslated.\n\nWhy.\n\nWrong: a\n\nRight: b"
)
LABEL = Rule("TRN103", "speaker-differs", Severity.WARNING, "Speakers agree.")
SILENT = Rule("ATT301", "speaker-not-listed", Severity.NOTE, "Who speaks is listed.")
CLEAN = Rule("XML101", "not-well-formed", Severity.ERROR, "A file is XML.")

RUSSIAN = Location("source/record.ru.xml", 201)
ENGLISH = Location("source/record.en.xml", 198, 5)


def report(*found: Diagnostic) -> Report:
    return Report.of("check", [CLEAN, SILENT, LABEL, MISSING], found)


FOUND = report(
    MISSING.finding(
        "turn t12 has no translation",
        ENGLISH,
        hint='add <sp corresp="record.ru.xml#t12">',
        turn="t12",
        related=[Related(RUSSIAN, "Мао Цзэ-дун: the turn begins here")],
    ),
    LABEL.finding("turn e3 is Stalin's, t3 is Mao's", Location("source/record.en.xml", 90), turn="e3"),
    SILENT.finding("Kovalev never speaks", Location("source/record.ru.xml")),
)
HOSTILE = 'a%\n::error file=x::forged\x1b[2J\r\u202egnp.exe\u2069, b: <c> & "d" ]]> \ud800'


def test_text_names_place_rule_and_remedy() -> None:
    assert text.render(FOUND) == (
        "source/record.en.xml:90: warning TRN103 speaker-differs: turn e3 is Stalin's, t3 is Mao's\n"
        "\n"
        "source/record.en.xml:198:5: error TRN201 turn-not-translated: turn t12 has no translation\n"
        "    source/record.ru.xml:201: Мао Цзэ-дун: the turn begins here\n"
        '    hint: add <sp corresp="record.ru.xml#t12">\n'
        "\n"
        "source/record.ru.xml: note ATT301 speaker-not-listed: Kovalev never speaks\n"
        "\n"
        "1 error, 1 warning, 1 note. 4 rules asked.\n"
    )


def test_text_of_a_clean_run_is_one_line() -> None:
    assert text.render(report()) == "No findings. 4 rules asked.\n"
    assert text.render(Report.of("check", [CLEAN], [])) == "No findings. 1 rule asked.\n"


def test_text_counts_in_the_plural() -> None:
    twice = report(CLEAN.finding("a", Location("a", 1)), CLEAN.finding("b", Location("a", 1)))
    assert text.render(twice).endswith("2 errors. 4 rules asked.\n")


def test_text_names_on_demand_what_hints_count() -> None:
    long = replace(CLEAN.finding("a", Location("a", 1), hint="expected: b and 2 more"), rest=("c", HOSTILE))
    assert "others" not in text.render(report(long))
    assert f"    the others: c, {printable(HOSTILE)}\n" in text.render(report(long), verbose=True)
    for form, render in FORMATS.items():
        assert render(report(long)) == render(report(replace(long, rest=()))), form


def test_colour_adds_nothing_but_escape_sequences() -> None:
    colored = text.render(FOUND, color=True)
    for sequence in ("\x1b[1m", "\x1b[0m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"):
        assert sequence in colored
        colored = colored.replace(sequence, "")
    assert colored == text.render(FOUND)


def test_json_is_the_promised_object() -> None:
    rendered = FORMATS["json"](FOUND)
    assert rendered.endswith("}\n")
    assert "Мао Цзэ-дун" in rendered
    whole: dict[str, Any] = json.loads(rendered)
    assert list(whole) == ["version", "tool", "command", "summary", "rules", "diagnostics", "accepted"]
    assert whole["version"] == 1
    assert list(whole["tool"].items()) == [("name", "edition"), ("version", __version__)]
    assert whole["command"] == "check"
    assert list(whole["summary"].items()) == [("error", 1), ("warning", 1), ("note", 1)]
    assert [rule["code"] for rule in whole["rules"]] == ["ATT301", "TRN103", "TRN201", "XML101"]
    assert list(whole["rules"][2].items()) == [
        ("code", "TRN201"),
        ("name", "turn-not-translated"),
        ("severity", "error"),
        ("summary", "Every turn is translated."),
    ]
    assert list(whole["diagnostics"][1].items()) == [
        ("code", "TRN201"),
        ("name", "turn-not-translated"),
        ("severity", "error"),
        ("message", "turn t12 has no translation"),
        ("path", "source/record.en.xml"),
        ("line", 198),
        ("column", 5),
        ("turn", "t12"),
        ("hint", 'add <sp corresp="record.ru.xml#t12">'),
        ("related", [{"path": "source/record.ru.xml", "line": 201, "message": "Мао Цзэ-дун: the turn begins here"}]),
    ]
    bare = whole["diagnostics"][2]
    assert (bare["line"], bare["column"], bare["turn"], bare["hint"], bare["related"]) == (None, None, None, "", [])


def places(run: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for result in run["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            yield location["physicalLocation"]


def test_sarif_has_what_its_schema_requires() -> None:
    whole = json.loads(FORMATS["sarif"](FOUND))
    assert whole["version"] == "2.1.0"
    (run,) = whole["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["ATT301", "TRN103", "TRN201", "XML101"]
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
    for place in places(run):
        assert place["artifactLocation"]["uri"]
        assert place.get("region", {"startLine": 1})["startLine"] >= 1
    missing = run["results"][1]
    assert missing["locations"][0]["physicalLocation"]["region"] == {"startLine": 198, "startColumn": 5}
    assert missing["relatedLocations"][0]["message"]["text"] == "Мао Цзэ-дун: the turn begins here"
    assert missing["properties"] == {"turn": "t12"}
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]


SARIF = Draft202012Validator(json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_text(encoding="utf-8")))
ODD = SILENT.finding(
    '"{0}" in [a](http://a.b) is not \\d{4}', Location("a b/ü.xml", 3, 1), hint="see [1](2) and {urn:x}y"
)
REPORTS = {
    "found": FOUND,
    "clean": report(),
    "odd": report(ODD, ODD, CLEAN.finding("x", Location("/data/a b.xml"))),
    "accepted": replace(FOUND, accepted=(Accepted(ODD, "as in the manuscript"),)),
    "failed": replace(FOUND, failures=(Failure("b.xml", "there is no schema {1}", "give one", 2),)),
}


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_as_the_standard_wants_it(name: str) -> None:
    log = json.loads(FORMATS["sarif"](REPORTS[name]))
    assert [f"{error.json_path}: {error.message}" for error in SARIF.iter_errors(log)] == []


def test_sarif_is_held_to_the_standard() -> None:
    """The schema of this test refuses what it should."""
    Draft202012Validator.check_schema(SARIF.schema)
    log = json.loads(FORMATS["sarif"](REPORTS["accepted"]))
    del log["runs"][0]["results"][0]["suppressions"]
    assert not SARIF.is_valid(log)
    for forged in ("[a](b)", "{0}", "a}"):
        log = json.loads(FORMATS["sarif"](FOUND))
        log["runs"][0]["results"][0]["message"]["text"] = forged
        assert not SARIF.is_valid(log), forged


def test_sarif_paths_are_uris() -> None:
    odd = report(CLEAN.finding("x", Location("источник/a b#c\udcff.xml", 1)))
    (place,) = places(json.loads(FORMATS["sarif"](odd))["runs"][0])
    uri = place["artifactLocation"]["uri"]
    assert uri.isascii()
    assert uri.endswith("/a%20b%23c%FF.xml")


def test_sarif_names_a_file_outside_the_working_folder_by_itself() -> None:
    outside = report(CLEAN.finding("x", Location("/data/a b.xml", 1)))
    (place,) = places(json.loads(FORMATS["sarif"](outside))["runs"][0])
    assert place["artifactLocation"] == {"uri": "file:///data/a%20b.xml"}


def test_junit_has_a_test_for_every_rule_and_a_failure_for_every_error() -> None:
    suites = ET.fromstring(FORMATS["junit"](FOUND).removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("4", "1", "0")
    cases = suites.findall("testsuite/testcase")
    assert [case.get("name") for case in cases] == [
        "ATT301 speaker-not-listed at source/record.ru.xml",
        "TRN103 speaker-differs at source/record.en.xml:90",
        "TRN201 turn-not-translated at source/record.en.xml:198:5",
        "XML101 not-well-formed",
    ]
    assert [[child.tag for child in case] for case in cases] == [["system-out"], ["system-out"], ["failure"], []]
    (failure,) = suites.iter("failure")
    assert failure.get("message") == "turn t12 has no translation"
    assert failure.text == (
        'source/record.ru.xml:201: Мао Цзэ-дун: the turn begins here\nhint: add <sp corresp="record.ru.xml#t12">'
    )


def test_junit_keeps_a_finding_of_a_rule_that_was_not_asked() -> None:
    stray = Report("check", (), (CLEAN.finding("x", Location("a", 1)),))
    assert 'name="XML101 not-well-formed at a:1"' in FORMATS["junit"](stray)


def test_github_annotates_lines() -> None:
    assert FORMATS["github"](FOUND).splitlines() == [
        "::warning file=source/record.en.xml,line=90,title=TRN103 speaker-differs::turn e3 is Stalin's, t3 is Mao's",
        "::error file=source/record.en.xml,line=198,col=5,title=TRN201 turn-not-translated::"
        "turn t12 has no translation"
        "%0Asource/record.ru.xml:201: Мао Цзэ-дун: the turn begins here"
        '%0Ahint: add <sp corresp="record.ru.xml#t12">',
        "::notice file=source/record.ru.xml,title=ATT301 speaker-not-listed::Kovalev never speaks",
        "1 error, 1 warning, 1 note. 4 rules asked.",
    ]


def test_github_escapes_what_ends_a_property() -> None:
    odd = report(CLEAN.finding("100% , :", Location("a,b:c%\n.xml", 1)))
    assert FORMATS["github"](odd).startswith(
        "::error file=a%2Cb%3Ac%25\\x0a.xml,line=1,title=XML101 not-well-formed::100%25 , :\n"
    )


@pytest.mark.parametrize("form", ["text", "github", "junit"])
def test_a_hostile_message_forges_nothing(form: str) -> None:
    related = [Related(Location(HOSTILE, 1), HOSTILE)]
    hostile = report(CLEAN.finding(HOSTILE, Location(HOSTILE, 1), hint=HOSTILE, turn=HOSTILE, related=related))
    rendered = FORMATS[form](hostile)
    assert not any(character in rendered for character in "\x1b\r\u202e\u2069\ud800")
    assert rendered.encode("utf-8")
    assert sum(line.startswith("::") for line in rendered.splitlines()) == (form == "github")
    assert not any(line.startswith("::error file=x") for line in rendered.splitlines())


@pytest.mark.parametrize("form", sorted(FORMATS))
@given(message=st.text(st.characters(exclude_categories=())))
def test_any_message_can_be_written_in_any_form(form: str, message: str) -> None:
    rendered = FORMATS[form](report(CLEAN.finding(message, Location("a.xml", 1), hint=message)))
    assert rendered.endswith("\n")
    assert rendered.encode("utf-8")
    if form in ("json", "sarif"):
        json.loads(rendered)
    if form == "junit":
        ET.fromstring(rendered.encode("utf-8"))


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("turn t12: Мао Цзэ-дун — 毛澤東", "turn t12: Мао Цзэ-дун — 毛澤東"),
        ("\t\n", "\\x09\\x0a"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\U000e0041"),
        ("\u2028", "\\u2028"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ue000", "\ue000"),
        ("\uffff", "\\uffff"),
    ],
)
def test_printable_shows_by_number_what_cannot_be_seen(given_text: str, shown: str) -> None:
    assert printable(given_text) == shown


def test_rulebook_lists_rules() -> None:
    assert listing([SILENT, MISSING]) == (
        "ATT301  note     speaker-not-listed   Who speaks is listed.\n"
        "TRN201  error    turn-not-translated  Every turn is translated.\n"
    )
    whole = json.loads(listing([SILENT], "json"))
    assert list(whole) == ["version", "rules"]
    assert whole["rules"][0]["summary"] == "Who speaks is listed."


def test_rulebook_explains_a_rule_in_narrow_lines() -> None:
    example = "Right:\n    <sp>\n    </sp>"
    long = Rule("TRN202", "b", Severity.ERROR, f"Every turn\nis translated.\n\n{'many words ' * 30}\n\n{example}")
    shown = page(long)
    assert shown.startswith("TRN202 b (error)\n\nEvery turn is translated.\n\nmany words")
    assert max(map(len, shown.splitlines())) <= 80
    assert shown.endswith(f"many words\n\n{example}\n")
