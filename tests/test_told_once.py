"""What two rules find at one place."""

from __future__ import annotations

from dataclasses import replace

from edition.diagnostics import Diagnostic, Location
from edition.schema.rules import BAD_VALUE
from edition.schema.shelf import DANGLING_POINTER, MISSING_FILE
from edition.told_once import pointers_told_once

HERE, THERE = Location("a.xml", 3, 5), Location("a.xml", 4, 5)


def bad(value: str, place: Location = HERE) -> Diagnostic:
    return replace(BAD_VALUE.finding("bad", place), about=("target", value))


def lost(value: str, name: str = "target", place: Location = HERE) -> Diagnostic:
    rule = DANGLING_POINTER if value.startswith("#") else MISSING_FILE
    return replace(rule.finding("leads nowhere", place), about=(name, value))


def test_a_value_that_is_no_pointer_leads_nowhere_and_that_is_not_told_too() -> None:
    assert pointers_told_once([bad("a b"), lost("a"), lost("b")]) == (bad("a b"),)


def test_other_pointers_are_told_beside_it() -> None:
    others = [lost("#c"), lost("a", "corresp"), lost("a", place=THERE), BAD_VALUE.finding("bad", HERE)]
    assert pointers_told_once([bad("a"), *others]) == (bad("a"), *others)
    assert pointers_told_once(others) == tuple(others)
