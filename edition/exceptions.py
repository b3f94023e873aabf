"""Findings that an editor has looked at and accepts: the [[exception]] tables of edition.toml.

An accepted finding is shown as accepted and does not count. An exception that fits no finding any more is itself
found: what it spoke of was mended, or is now somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition.config import CONFIG_NAME, Acceptance, Config
from edition.diagnostics import Accepted, Diagnostic, Location, Report, Rule, Severity
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
    """The report with what is accepted set apart, and a finding for each exception that fits nothing.

    Findings of EXC101 can themselves not be accepted.
    """
    asked = {rule.code for rule in report.rules}
    kept: list[Diagnostic] = []
    accepted = list(report.accepted)
    used: set[Acceptance] = set()
    for found in report.diagnostics:
        fitting = [each for each in exceptions if fits(each, found)]
        used.update(fitting)
        if fitting:
            accepted.append(Accepted(found, fitting[0].reason))
        else:
            kept.append(found)
    if EXC101.code in asked:
        kept += [_stale(each) for each in exceptions if each.code in asked and each not in used]
    return replace(Report.of(report.command, report.rules, kept), accepted=tuple(accepted))


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
