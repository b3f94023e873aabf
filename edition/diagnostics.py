"""What a run found: rules, findings at their places, and the report that holds them.

All of it is frozen data. Nothing here knows TEI, and nothing here prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

# Rules come in families, one folder of the package each; see `edition rules`.
_CODE = re.compile(r"(XML|SCH|REF|TRN|ATT|VAL|WIT|HDR|PDF|BAG|EXC)\d{3}")


class Severity(IntEnum):
    """How sure and how grave a finding is. What is certain is an error; a judgement is less."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. `path` is relative to the edition, with forward slashes; lines and columns count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of, such as the same turn in the other text."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked. `documentation` is what `edition explain CODE` prints."""

    code: str
    name: str
    severity: Severity
    documentation: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"rule code {self.code!r} is of no family")

    @property
    def summary(self) -> str:
        """The first paragraph of the documentation, as one line."""
        return " ".join(self.documentation.split("\n\n", 1)[0].split())

    def finding(
        self,
        message: str,
        location: Location,
        *,
        hint: str = "",
        turn: str | None = None,
        related: Iterable[Related] = (),
    ) -> Diagnostic:
        """A finding of this rule. `message` names the thing and the place, `hint` says what to write."""
        return Diagnostic(self, message, location, hint, turn, tuple(related))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of one rule at one place. `turn` is the id of the turn it concerns, if it concerns one.

    `lowered` is its severity where it is less certain than what the rule mostly finds, `rest` what the hint counts
    and does not name, `further` how many more findings of its rule it stands for, `about` the attribute and the value
    that it is about, if that matters to other findings.
    """

    rule: Rule
    message: str
    location: Location
    hint: str = ""
    turn: str | None = None
    related: tuple[Related, ...] = ()
    lowered: Severity | None = None
    rest: tuple[str, ...] = ()
    further: int = 0
    about: tuple[str, str] | None = None

    @property
    def severity(self) -> Severity:
        return self.lowered or self.rule.severity

    @property
    def reading_order(self) -> tuple[str, int, int, str, str]:
        """Sort key: path, line, column, code; what has no line comes first in its file."""
        place = self.location
        return (place.path, place.line or 0, place.column or 0, self.rule.code, self.message)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays the same when lines move: path, code, message without the numbers of lines."""
        return self.location.path, self.rule.code, re.sub(r"\bline \d+", "line …", self.message)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that an editor has looked at and accepts, and why."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Basis:
    """How two texts were compared: `by` links, numbers, alignment, or links and alignment; how sure, from 0 to 1."""

    by: str
    confidence: float

    def __str__(self) -> str:
        return f"by {self.by}, {self.confidence:.0%} sure"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be judged, and what to do about it. It is no finding: nothing is known of the file."""

    path: str
    message: str
    advice: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Of many files, how many are what; those that could not be judged are counted as unreadable."""

    valid: int = 0
    invalid: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to, when its findings went by as they came."""

    command: str
    rules: tuple[Rule, ...]
    counts: Mapping[Severity, int]
    tally: Tally | None = None

    def count(self, severity: Severity) -> int:
        return self.counts.get(severity, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What one command asked and what it found. `rules` lists every rule that was asked, so a pass is visible.

    `tally` and `failures` are of files judged one by one; `compared` says how two texts were.
    `accepted` are findings that do not count.
    """

    command: str
    rules: tuple[Rule, ...]
    diagnostics: tuple[Diagnostic, ...]
    tally: Tally | None = None
    failures: tuple[Failure, ...] = ()
    compared: Basis | None = None
    accepted: tuple[Accepted, ...] = ()

    @classmethod
    def of(cls, command: str, rules: Iterable[Rule], diagnostics: Iterable[Diagnostic]) -> Report:
        """A report in reading order, each finding once."""
        return cls(
            command,
            tuple(sorted(rules, key=lambda rule: rule.code)),
            tuple(sorted(dict.fromkeys(diagnostics), key=lambda found: found.reading_order)),
        )

    def count(self, severity: Severity) -> int:
        return sum(found.severity is severity for found in self.diagnostics)

    def reaches(self, severity: Severity) -> bool:
        """Whether any finding is of this severity or above."""
        return any(found.severity >= severity for found in self.diagnostics)
