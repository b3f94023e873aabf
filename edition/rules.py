"""Where rules are declared and selected.

A rule takes one of two forms. A *check* is a small generator that reads one subject of the model and yields
diagnostics; `@rule` makes it one, and its docstring is its documentation::

    @rule("TRN201", "turn-not-translated", Severity.ERROR)
    def turn_not_translated(pair: Pair) -> Iterator[Finding]:
        '''Every turn of the original has a turn in the translation. ...'''

Findings that fall out of a pass over a stream (the parser, a validator, a bag) have no function of their own:
`declare` gives them the same documentation, and the pass calls `rule.finding(...)`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from edition.diagnostics import Diagnostic, Location, Related, Rule, Severity
from edition.errors import UsageError

Subject = TypeVar("Subject")

_declared: dict[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check yields: a diagnostic that does not yet know its rule. A doubtful one is at most a warning."""

    message: str
    location: Location
    hint: str = ""
    turn: str | None = None
    related: tuple[Related, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule with the generator that looks for it."""

    rule: Rule
    look: Callable[[Subject], Iterator[Finding]]

    def __call__(self, subject: Subject) -> Iterator[Diagnostic]:
        for found in self.look(subject):
            doubt = min(self.rule.severity, Severity.WARNING) if found.doubtful else None
            yield Diagnostic(self.rule, found.message, found.location, found.hint, found.turn, found.related, doubt)


def declare(code: str, name: str, severity: Severity, documentation: str) -> Rule:
    """Add a rule to the list of all rules. A code is used once and for ever.

    Raises ValueError when code or name is taken or the documentation is empty.
    """
    rule = Rule(code, name, severity, inspect.cleandoc(documentation))
    if not rule.documentation:
        raise ValueError(f"{code} has no documentation")
    if any(code == other.code or name == other.name for other in _declared.values()):
        raise ValueError(f"rule {code} {name} is declared twice")
    _declared[code] = rule
    return rule


def rule(
    code: str, name: str, severity: Severity
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check[Subject]]:
    """Make a check of a generator; its docstring becomes the rule's documentation."""

    def make(look: Callable[[Subject], Iterator[Finding]]) -> Check[Subject]:
        return Check(declare(code, name, severity, look.__doc__ or ""), look)

    return make


def declared() -> tuple[Rule, ...]:
    """Every rule of the modules imported so far, by code. `families` imports them."""
    return tuple(_declared[code] for code in sorted(_declared))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules to ask. An entry is a code, the beginning of one (`TRN`, `TRN2`) or a name.

    An empty `select` means all; `ignore` takes away from what `select` gives.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: Rule) -> bool:
        chosen = not self.select or any(_matches(entry, rule) for entry in self.select)
        return chosen and not any(_matches(entry, rule) for entry in self.ignore)

    def knows_all(self, rules: Iterable[Rule]) -> bool:
        """Whether each entry is one of these rules, or several."""
        rules = tuple(rules)
        return all(any(_matches(entry, rule) for rule in rules) for entry in (*self.select, *self.ignore))

    def check_known(self, rules: Iterable[Rule]) -> None:
        """Raise UsageError for an entry that is no rule: a misspelt --select must not pass in silence."""
        rules = tuple(rules)
        for entry in (*self.select, *self.ignore):
            if not any(_matches(entry, rule) for rule in rules):
                raise UsageError(f"no rule is called {entry!r}", advice=_advice(entry, rules))


def _matches(entry: str, rule: Rule) -> bool:
    return entry == rule.name or (entry != "" and rule.code.startswith(entry.upper()))


def find_rule(entry: str, rules: Iterable[Rule]) -> Rule:
    """The rule with this code or name. Raises UsageError, with the nearest name, where there is none."""
    rules = tuple(rules)
    for candidate in rules:
        if entry.upper() == candidate.code or entry == candidate.name:
            return candidate
    raise UsageError(f"no rule is called {entry!r}", advice=_advice(entry, rules))


def _advice(entry: str, rules: tuple[Rule, ...]) -> str:
    from difflib import get_close_matches

    names = [word for known in rules for word in (known.code, known.name)]
    near = get_close_matches(entry.upper(), names, 1) or get_close_matches(entry, names, 1)
    return f"did you mean {near[0]}?" if near else "`edition rules` lists them all"
