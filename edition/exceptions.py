"""Findings that an editor has looked at and accepts: the [[exception]] tables of edition.toml.

An accepted finding is shown as accepted and does not count. An exception that fits no finding any more is itself
found: what it spoke of was mended, or is now somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from edition.config import CONFIG_NAME, Acceptance, Config
from edition.diagnostics import Accepted, Diagnostic, Location, Related, Report, Rule, Severity
from edition.errors import ConfigError, UsageError
from edition.rules import declare, find_rule

EXC101 = declare(
    "EXC101",
    "exception-not-needed",
    Severity.WARNING,
    """
    Every exception fits a finding.

    An exception that fits none speaks of something that was mended, or that now stands elsewhere; left in place it
    would one day hide a new finding. Asked is only of exceptions whose rule was asked.

    Wrong: `[[exception]]` with `code = "VAL204"` and `turn = "e65"`, when e65 is as exact as its original

    Right: no such exception
    """,
)

EXC102 = declare(
    "EXC102",
    "exception-fits-several",
    Severity.WARNING,
    """
    An exception for a turn says with `about` which finding is meant, where the turn has several of that rule.

    Only what an editor has looked at is accepted. Without `about`, what goes wrong in the turn later would be
    accepted with it and never be seen; so none of them is.

    Wrong: `[[exception]]` with `code = "VAL303"` and `turn = "e19"`, when e19 renders two terms otherwise

    Right: the same with `about = "договор"`
    """,
)


def check_known(config: Config, rules: Iterable[Rule]) -> None:
    """Raise ConfigError, with the line of edition.toml, for an exception to a rule that does not exist."""
    rules = tuple(rules)
    for accepted in config.exceptions:
        try:
            find_rule(accepted.code, rules)
        except UsageError as error:
            place = f"{config.root / CONFIG_NAME}:{accepted.line}"
            raise ConfigError(f"{place}: exception.code: {error.message}", advice=error.advice) from error


def apply(exceptions: Sequence[Acceptance], report: Report) -> Report:
    """The report with what is accepted set apart, and a finding for each exception that fits nothing or too much.

    Findings of EXC101 and EXC102 can themselves not be accepted.
    """
    asked = {rule.code for rule in report.rules}
    fitting = {each: [found for found in report.diagnostics if fits(each, found)] for each in exceptions}
    several = _several(fitting)
    kept: list[Diagnostic] = []
    accepted = list(report.accepted)
    for found in report.diagnostics:
        reasons = [each.reason for each in exceptions if each not in several and fits(each, found)]
        if reasons:
            accepted.append(Accepted(found, reasons[0]))
        else:
            kept.append(found)
    if EXC101.code in asked:
        kept += [_stale(each) for each, found in fitting.items() if each.code in asked and not found]
    if EXC102.code in asked:
        kept += [_vague(each, several[each]) for each in several]
    return replace(Report.of(report.command, report.rules, kept), accepted=tuple(accepted))


def _several(fitting: Mapping[Acceptance, Sequence[Diagnostic]]) -> dict[Acceptance, list[Diagnostic]]:
    """The exceptions for a turn that could mean several findings, of which no other exception means one exactly."""
    exact = {found for accepted, those in fitting.items() if accepted.about for found in those}
    open_ = {
        accepted: [found for found in those if found not in exact]
        for accepted, those in fitting.items()
        if accepted.turn and not accepted.about
    }
    return {accepted: those for accepted, those in open_.items() if len(those) > 1}


def fits(accepted: Acceptance, found: Diagnostic) -> bool:
    """Whether a finding is what is accepted: by rule, and by turn, file and words as far as they are given."""
    return (
        accepted.code == found.rule.code
        and accepted.turn in ("", found.turn)
        and accepted.path in ("", found.location.path)
        and accepted.about in found.message
    )


def _stale(accepted: Acceptance) -> Diagnostic:
    place = [f"{key} {value}" for key, value in (("turn", accepted.turn), ("path", accepted.path)) if value]
    place += [f'about "{accepted.about}"'] if accepted.about else []
    return EXC101.finding(
        f"the exception to {accepted.code} ({', '.join(place)}) fits no finding",
        Location(CONFIG_NAME, accepted.line),
        hint="take it out, or correct its place",
    )


def _vague(accepted: Acceptance, found: Sequence[Diagnostic]) -> Diagnostic:
    return EXC102.finding(
        f"the exception to {accepted.code} (turn {accepted.turn}) fits {len(found)} findings, so it accepts none",
        Location(CONFIG_NAME, accepted.line),
        hint='add about = "…" with words of the message that is meant, and an exception for each',
        related=[Related(each.location, each.message) for each in found],
    )
