"""What is checked, and why: the list of rules and the page of one. Both come from the rules' own documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from edition.diagnostics import Rule
from edition.reports.json import VERSION, as_text, rule_entry

WIDTH = 80


def listing(rules: Sequence[Rule], form: str = "text") -> str:
    """Every rule with its severity, name and summary; `form` is `text` or `json`."""
    if form == "json":
        return as_text({"version": VERSION, "rules": [rule_entry(rule) for rule in rules]})
    width = max((len(rule.name) for rule in rules), default=0)
    return "".join(f"{rule.code}  {rule.severity.label:<7}  {rule.name:<{width}}  {rule.summary}\n" for rule in rules)


def page(rule: Rule) -> str:
    """The documentation of one rule under its code, name and severity, in lines that a narrow terminal holds."""
    paragraphs = map(_narrow, rule.documentation.split("\n\n"))
    return f"{rule.code} {rule.name} ({rule.severity.label})\n\n" + "\n\n".join(paragraphs) + "\n"


def _narrow(paragraph: str) -> str:
    """A paragraph at WIDTH; one with indented lines, such as an example, stays as it is."""
    if any(line.startswith(" ") for line in paragraph.splitlines()):
        return paragraph
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
