"""Findings are kept in reading order, each once, and counted by how grave they are."""

from __future__ import annotations

import pytest

from edition.diagnostics import Location, Report, Rule, Severity

NOTE = Rule("XML901", "a-note", Severity.NOTE, "One line\nand its rest.\n\nWhy.")
ERROR = Rule("SCH901", "an-error", Severity.ERROR, "Something.")


def test_reading_order_is_path_line_column_code() -> None:
    in_order = [
        ERROR.finding("no line", Location("a.xml")),
        ERROR.finding("same place", Location("a.xml", 9, 2)),
        NOTE.finding("same place", Location("a.xml", 9, 2)),
        ERROR.finding("later column", Location("a.xml", 9, 11)),
        ERROR.finding("later line", Location("a.xml", 10)),
        ERROR.finding("other file", Location("b.xml", 1)),
    ]
    report = Report.of("check", [NOTE, ERROR], reversed([*in_order, *in_order]))
    assert list(report.diagnostics) == in_order
    assert [rule.code for rule in report.rules] == ["SCH901", "XML901"]


def test_counts_and_what_they_reach() -> None:
    report = Report.of(
        "check", [NOTE], [NOTE.finding("one", Location("a.xml")), NOTE.finding("two", Location("a.xml"))]
    )
    assert [report.count(severity) for severity in Severity] == [2, 0, 0]
    assert report.reaches(Severity.NOTE)
    assert not report.reaches(Severity.WARNING)
    assert not Report.of("check", [NOTE], []).reaches(Severity.NOTE)


def test_a_summary_is_the_first_paragraph_as_one_line() -> None:
    assert NOTE.summary == "One line and its rest."


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Location("a.xml"), "a.xml"),
        (Location("a.xml", 3), "a.xml:3"),
        (Location("a.xml", 3, 14), "a.xml:3:14"),
    ],
)
def test_a_location_is_written_as_editors_follow_it(place: Location, written: str) -> None:
    assert str(place) == written


@pytest.mark.parametrize("code", ["XYZ101", "TRN1", "TRN1010", "trn101", ""])
def test_a_code_is_of_a_family(code: str) -> None:
    with pytest.raises(ValueError, match="family"):
        Rule(code, "name", Severity.ERROR, "Something.")
