"""The story of a build: its steps, its checks and what they came to, and the software of each step."""

from __future__ import annotations

import importlib.metadata
from dataclasses import replace

import pytest

from edition.config import SchemaUse
from edition.diagnostics import Accepted, Report, Rule, Severity
from edition.provenance.history import RENDER, Check, checks, steps
from edition.provenance.software import Software, needed
from tests.provenance.story import BARE, CONFIG, HISTORY, STEPS, found, rule

LOUD, QUIET = rule("TRN201", Severity.ERROR), rule("TRN202", Severity.NOTE)
PARITY = Check("parity", "quality review", "", ("TRN",), ())


def test_checks_are_of_what_is_there() -> None:
    assert [check.name for check in checks(BARE, pdf=None)] == ["validation", "metadata"]
    every = [check.name for check in checks(CONFIG, pdf="data/talks.pdf")]
    assert every == ["validation", "parity", "witness", "metadata", "preflight"]


@pytest.mark.parametrize(
    ("report", "word", "note"),
    [
        (Report.of("check", [LOUD], []), "success", "1 rule asked: nothing found"),
        (Report.of("check", [LOUD, QUIET], [found(QUIET)]), "success", "2 rules asked: 1 note (TRN202)"),
        (Report.of("check", [LOUD], [found(LOUD)]), "fail", "1 rule asked: 1 error (TRN201)"),
        (
            replace(Report.of("check", [LOUD], []), accepted=(Accepted(found(LOUD), "so it stands"),)),
            "success",
            "1 rule asked: nothing found, 1 accepted by the editors",
        ),
        (Report.of("check", [rule("WIT101", Severity.ERROR)], []), "success", "0 rules asked: nothing found"),
    ],
)
def test_an_outcome_is_what_the_report_says(report: Report, word: str, note: str) -> None:
    outcome = replace(HISTORY, report=report).outcome(PARITY)
    assert (outcome.word, outcome.note) == (word, note)


@pytest.mark.parametrize(
    ("asked", "unasked", "word", "note"),
    [
        ([LOUD], ("TRN202", "WIT101"), "incomplete", "1 rule asked: nothing found; left out: TRN202"),
        ([], ("TRN201", "TRN202"), "not run", "0 rules asked; left out: TRN201, TRN202"),
        ([LOUD], ("WIT101",), "success", "1 rule asked: nothing found"),
    ],
)
def test_an_outcome_names_what_was_left_out(
    asked: list[Rule], unasked: tuple[str, ...], word: str, note: str
) -> None:
    outcome = replace(HISTORY, report=Report.of("check", asked, []), unasked=unasked).outcome(PARITY)
    assert (outcome.word, outcome.note) == (word, note)


def test_what_was_found_counts_for_more_than_what_nobody_asked() -> None:
    report = Report.of("check", [LOUD], [found(LOUD)])
    assert replace(HISTORY, report=report, unasked=("TRN202",)).outcome(PARITY).word == "fail"


def test_a_print_is_of_all_that_its_title_page_says() -> None:
    (render,) = (step for step in STEPS if step.name == RENDER)
    assert {"data/edition.toml", "data/CITATION.cff", "data/source/ru.xml"} <= {*render.used}


def test_the_software_of_a_step() -> None:
    encode, _, render, package = (HISTORY.software(step) for step in STEPS)
    assert encode == (), "it was done by hand"
    assert {"weasyprint", "pydyf", "fontpkg-pt-serif", "Pango", "Python"} <= {one.name for one in render}
    assert Software("Pango", "1.56.3") not in package
    assert [one.name.lower() for one in render] == sorted(one.name.lower() for one in render)


def test_what_is_needed_in_turn_is_found_with_its_version() -> None:
    versions = {one.name: one.version for one in needed(["weasyprint"])}
    assert versions["pydyf"] == importlib.metadata.version("pydyf")
    assert "brotli" in versions, "an extra that is asked for brings what it needs"
    assert "pytest" not in versions, "an extra that nobody asks for does not"
    with_extra = {one.name for one in needed(["fonttools[woff]"])}
    assert "brotli" in with_extra
    assert "brotli" not in {one.name for one in needed(["fonttools"])}


def test_what_runs_schematron_is_named_where_there_is_some() -> None:
    with_rules = steps(replace(BARE, schemas=(SchemaUse("rules.sch"),)), report=None, pdf=None)
    assert "saxonche" in with_rules[0].libraries
    assert "saxonche" not in steps(BARE, report=None, pdf=None)[0].libraries


def test_software_has_the_address_that_its_metadata_give() -> None:
    assert {one.name: one.home for one in needed(["lxml"])} == {"lxml": "https://lxml.de/"}  # as one home page
    assert all(
        one.home.startswith("http") for one in needed(["weasyprint", "prov", "numpy"])
    )  # among other addresses


def test_software_that_is_not_installed_has_no_version() -> None:
    assert list(needed(["no-such-library", "no-such-library"])) == [Software("no-such-library", "")]
    assert list(needed(["no-such-library[extra]"])) == [Software("no-such-library", "")]
