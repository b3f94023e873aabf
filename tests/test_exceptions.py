"""Exceptions of edition.toml: what they fit, what is left of a report, and when they are not needed any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition import pipeline
from edition.config import Acceptance, load
from edition.diagnostics import Diagnostic, Location, Report, Rule, Severity
from edition.errors import ConfigError
from edition.exceptions import EXC101, EXC102, apply, fits

LOST = Rule("VAL204", "exactness-differs", Severity.WARNING, "Numbers are as exact.")
OTHER = Rule("TRN201", "turn-not-translated", Severity.ERROR, "Every turn is translated.")

FOUND = LOST.finding('e65 says "10" without the "около"', Location("en.xml", 732), turn="e65")
ANY = Acceptance("VAL204", "", "", "", "as published", 30)


def report(*found: Diagnostic) -> Report:
    return Report.of("check", [LOST, OTHER, EXC101, EXC102], found)


@pytest.mark.parametrize(
    ("accepted", "fit"),
    [
        (replace(ANY, turn="e65"), True),
        (replace(ANY, path="en.xml"), True),
        (replace(ANY, about="около"), True),
        (replace(ANY, turn="e65", path="en.xml", about="10"), True),
        (replace(ANY, turn="e6"), False),
        (replace(ANY, turn="e65", path="ru.xml"), False),
        (replace(ANY, turn="e65", about="почти"), False),
        (replace(ANY, code="VAL20", turn="e65"), False),
    ],
)
def test_what_an_exception_fits(accepted: Acceptance, fit: bool) -> None:
    assert fits(accepted, FOUND) is fit


def test_what_is_accepted_is_kept_apart_and_does_not_count() -> None:
    judged = apply([replace(ANY, turn="e65")], report(FOUND))
    assert judged.diagnostics == ()
    assert [(each.diagnostic, each.reason) for each in judged.accepted] == [(FOUND, "as published")]
    assert not judged.reaches(Severity.NOTE)


def test_an_exception_that_fits_nothing_is_found_at_its_line() -> None:
    (stale,) = apply([replace(ANY, turn="e66", about="около")], report()).diagnostics
    assert (stale.rule, stale.location) == (EXC101, Location("edition.toml", 30))
    assert stale.message == 'the exception to VAL204 (turn e66, about "около") fits no finding'


def test_an_exception_to_a_rule_that_was_not_asked_is_let_be() -> None:
    accepted = [replace(ANY, code="BAG101", path="data")]
    assert apply(accepted, report()).diagnostics == ()
    assert apply(accepted, replace(report(), rules=(LOST,))).diagnostics == ()


def test_two_exceptions_may_fit_one_finding() -> None:
    judged = apply([replace(ANY, turn="e65"), replace(ANY, path="en.xml")], report(FOUND))
    assert (len(judged.accepted), judged.diagnostics) == (1, ())


AGAIN = LOST.finding('e65 says "20" without the "почти"', Location("en.xml", 733), turn="e65")


def test_an_exception_for_a_turn_accepts_none_of_several_findings_and_asks_which_is_meant() -> None:
    judged = apply([replace(ANY, turn="e65")], report(FOUND, AGAIN))
    assert judged.accepted == ()
    vague, *kept = judged.diagnostics
    assert kept == [FOUND, AGAIN]
    assert (vague.rule, vague.location) == (EXC102, Location("edition.toml", 30))
    assert "fits 2 findings" in vague.message
    assert "about" in vague.hint
    assert [each.location for each in vague.related] == [FOUND.location, AGAIN.location]


def test_of_several_findings_those_are_accepted_that_exceptions_mean_exactly() -> None:
    exact = replace(ANY, turn="e65", about="около", line=31)
    judged = apply([exact], report(FOUND, AGAIN))
    assert ([each.diagnostic for each in judged.accepted], judged.diagnostics) == ([FOUND], (AGAIN,))
    judged = apply([replace(ANY, turn="e65"), exact], report(FOUND, AGAIN))
    assert ([each.diagnostic for each in judged.accepted], judged.diagnostics) == ([FOUND, AGAIN], ())


def test_an_exception_for_a_file_accepts_all_of_it() -> None:
    assert len(apply([replace(ANY, path="en.xml")], report(FOUND, AGAIN)).accepted) == 2


HOME = Path(__file__).parent.parent


def test_the_exceptions_of_the_edition_all_fit_and_point_at_notes_that_are_there() -> None:
    config = load(HOME)
    checked = pipeline.check(config)
    assert checked.report.diagnostics == ()
    assert len(checked.report.accepted) == len(config.exceptions) > 0
    sources = "".join((HOME / path).read_text(encoding="utf-8") for path in config.sources)
    for accepted in config.exceptions:
        note = accepted.reason.rpartition("see note ")[2]
        assert f'xml:id="{note}"' in sources, accepted


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('turn = "e1"\nreason = "r"', "has no 'code'"),
        ('code = "VAL204"\nturn = "e1"', "has no 'reason'"),
        ('code = "VAL204"\nturn = "e1"\nreason = ""', "exception.reason is empty"),
        ('code = "VAL204"\nreason = "r"', "says neither turn nor path nor about"),
        ('code = "VAL204"\nplace = "e1"\nreason = "r"', "unknown key 'place'"),
        ('code = "VAL999"\nturn = "e1"\nreason = "r"', "no rule is called 'VAL999'"),
    ],
)
def test_an_exception_that_is_written_wrongly(table: str, complaint: str, tmp_path: Path) -> None:
    text = f'[texts]\noriginal = "a.xml"\n\n[[exception]]\n{table}\n'
    (tmp_path / "edition.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        pipeline.check(load(tmp_path))
    assert complaint in raised.value.message
    assert "edition.toml:" in raised.value.message
    assert raised.value.advice


@pytest.mark.parametrize(
    "table",
    [
        'original = []\ntranslation = ["b"]',
        'original = ["*"]\ntranslation = ["b"]',
        'original = ["a"]',
        'original = "a"\ntranslation = ["b"]',
    ],
)
def test_a_term_that_is_written_wrongly(table: str, tmp_path: Path) -> None:
    text = f'[texts]\noriginal = "a.xml"\n\n[[term]]\n{table}\n'
    (tmp_path / "edition.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"term|\[\[?term\]?\]"):
        load(tmp_path)
