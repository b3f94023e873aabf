"""Paths of a report from further up: those of all places move, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.diagnostics import Accepted, Failure, Location, Related, Report
from edition.reports import placed
from edition.tei.malformed import NOT_WELL_FORMED


@pytest.mark.parametrize(
    ("top", "root", "folders"),
    [
        ("a", "a/b/c", "b/c"),
        ("a", "a", ""),
        ("a/b", "a", ""),
        ("a", "other", ""),
        ("a", "ab", ""),
        ("a/../a", "a/b", "b"),
    ],
)
def test_the_folders_between(tmp_path: Path, top: str, root: str, folders: str) -> None:
    for folder in ("a/b/c", "ab", "other"):
        (tmp_path / folder).mkdir(parents=True)
    assert placed.between(tmp_path / top, tmp_path / root) == folders


def test_every_place_moves() -> None:
    there = Related(Location("there.xml", 3), "there")
    found = NOT_WELL_FORMED.finding("broken", Location("here.xml", 1, 2), related=(there,))
    accepted = Accepted(NOT_WELL_FORMED.finding("known", Location("known.xml")), "so it is in the original")
    failed = Failure("gone.xml", "there is no such file", "", 3)
    whole = Report("validate", (NOT_WELL_FORMED,), (found,), failures=(failed,), accepted=(accepted,))
    moved = placed.report(whole, "texts/new")
    (finding,) = moved.diagnostics
    assert str(finding.location) == "texts/new/here.xml:1:2"
    assert [str(other.location) for other in finding.related] == ["texts/new/there.xml:3"]
    assert [each.path for each in moved.failures] == ["texts/new/gone.xml"]
    assert [each.diagnostic.location.path for each in moved.accepted] == ["texts/new/known.xml"]
    assert (finding.rule, finding.message, moved.rules) == (found.rule, found.message, whole.rules)
