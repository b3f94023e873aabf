"""How often each rule was broken, and in how many files: where to begin with a corpus that has many findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edition.diagnostics import Rule, Summary
from edition.reports.json import as_text, head, rule_entry
from edition.reports.text import end


@dataclass(frozen=True, slots=True)
class Statistics:
    """Findings by rule, files by rule, and what the run comes to."""

    findings: Mapping[Rule, int]
    files: Mapping[Rule, int]
    summary: Summary

    @property
    def ordered(self) -> list[Rule]:
        """The rules that were broken, most often first."""
        return sorted(self.findings, key=lambda rule: (-self.findings[rule], rule.code))


def render(statistics: Statistics) -> str:
    """A table: findings, files, rule."""
    rows = [("findings", "files", "rule")] if statistics.findings else []
    rows += [
        (f"{statistics.findings[rule]:,}", f"{statistics.files[rule]:,}", f"{rule.code} {rule.name}")
        for rule in statistics.ordered
    ]
    wide = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    table = [f"{findings:>{wide[0]}}  {files:>{wide[1]}}  {rule}\n" for findings, files, rule in rows]
    return "".join([*table, "\n" if table else "", end(statistics.summary)])


def render_json(statistics: Statistics) -> str:
    """The same as one JSON object."""
    rules = [
        {**rule_entry(rule), "findings": statistics.findings[rule], "files": statistics.files[rule]}
        for rule in statistics.ordered
    ]
    return as_text({**head(statistics.summary), "statistics": rules})
