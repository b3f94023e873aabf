"""The list of rules: how each is documented, and how rules are selected by code, family and name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from edition import families
from edition.diagnostics import Location, Rule, Severity
from edition.errors import UsageError
from edition.rules import Finding, Selection, declare, find_rule, rule

TURN = Rule("TRN201", "turn-not-translated", Severity.ERROR, "Every turn is translated.")
ORDER = Rule("TRN301", "turn-out-of-order", Severity.WARNING, "Turns keep their order.")
LIST = Rule("ATT101", "attendee-missing", Severity.ERROR, "Both lists name the same persons.")
RULES = (LIST, TURN, ORDER)


def every_rule() -> tuple[Rule, ...]:
    return families.all_rules()


@pytest.mark.parametrize("known", every_rule(), ids=lambda known: known.code)
def test_documentation_says_what_holds_why_and_what_is_wrong_and_right(known: Rule) -> None:
    summary, *rest = known.documentation.split("\n\n")
    openings = [next((word for word in ("Wrong:", "Right:") if part.startswith(word)), "reason") for part in rest]
    assert re.fullmatch(r"[A-Z`].*[.)]", " ".join(summary.split())), "the summary is a sentence"
    assert openings[:1] == ["reason"], "after the summary stands why it matters"
    assert [part for part in openings if part != "reason"] == ["Wrong:", "Right:"]
    assert all(part.partition(":")[2].strip() for part in rest if part.startswith(("Wrong:", "Right:")))


@pytest.mark.parametrize("known", every_rule(), ids=lambda known: known.code)
def test_a_name_is_words_joined_by_hyphens(known: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", known.name)


def test_names_and_codes_are_used_once() -> None:
    known = every_rule()
    assert len({rule.code for rule in known}) == len({rule.name for rule in known}) == len(known)


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection(), {"ATT101", "TRN201", "TRN301"}),
        (Selection(select=("TRN",)), {"TRN201", "TRN301"}),
        (Selection(select=("trn2",)), {"TRN201"}),
        (Selection(select=("attendee-missing",)), {"ATT101"}),
        (Selection(ignore=("TRN",)), {"ATT101"}),
        (Selection(select=("TRN",), ignore=("turn-out-of-order",)), {"TRN201"}),
        (Selection(select=("TRN",), ignore=("TRN",)), set()),
    ],
)
def test_selection(selection: Selection, taken: set[str]) -> None:
    assert {known.code for known in RULES if selection.takes(known)} == taken


@pytest.mark.parametrize("selection", [Selection(select=("TNR",)), Selection(ignore=("TRN201x",)), Selection(("",))])
def test_a_misspelt_selection_is_refused(selection: Selection) -> None:
    with pytest.raises(UsageError, match="no rule is called"):
        selection.check_known(RULES)


def test_a_rule_is_found_by_code_in_any_case_and_by_name() -> None:
    assert find_rule("trn201", RULES) is TURN
    assert find_rule("turn-not-translated", RULES) is TURN


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ("TRN202", "did you mean TRN201?"),
        ("atendee-missing", "did you mean attendee-missing?"),
        ("???", "`edition rules` lists them all"),
    ],
)
def test_a_rule_that_is_not_there_is_named_with_its_nearest(entry: str, advice: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_rule(entry, RULES)
    assert raised.value.advice == advice


@pytest.mark.parametrize(
    ("code", "name", "documentation"),
    [
        (every_rule()[0].code, "a-name-of-its-own", "Something holds."),
        ("XML999", every_rule()[0].name, "Something holds."),
        ("XML999", "a-name-of-its-own", "  "),
        ("ABC101", "a-name-of-its-own", "Something holds."),
    ],
)
def test_a_declaration_that_cannot_stand(code: str, name: str, documentation: str) -> None:
    with pytest.raises(ValueError, match=r"declared twice|no documentation|no family"):
        declare(code, name, Severity.NOTE, documentation)


def test_a_check_gives_its_findings_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edition.rules._declared", {})

    @rule("XML998", "loud", Severity.NOTE)
    def loud(words: list[str]) -> Iterator[Finding]:
        """Nothing is shouted.

        It hurts.
        """
        for number, word in enumerate(words, 1):
            if word.isupper():
                yield Finding(f"{word} is shouted", Location("speech.txt", number), hint=f"write {word.lower()}")

    (found,) = loud(["oh", "NO"])
    assert (found.rule.code, found.severity, found.message) == ("XML998", Severity.NOTE, "NO is shouted")
    assert found.location == Location("speech.txt", 2)
    assert loud.rule.summary == "Nothing is shouted."
