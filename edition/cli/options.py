"""The options that every command which reports has, gathered in one value."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from edition.config import Config
    from edition.diagnostics import Severity
    from edition.rules import Selection

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "html")
BY_SUFFIX = ("json", "jsonl", "sarif", "html")  # that a name of a file says plainly
UNITS = ("auto", "turns", "sp", "u", "textpart", "p", "ab", "l")  # as edition.tei.units has them


@dataclass(frozen=True, slots=True)
class Options:
    """What every command that reports can be asked. `below` are folders that all paths of the report lie in."""

    format: str | None
    output: str | None
    select: str
    ignore: str
    fail_on: str | None
    quiet: bool
    verbose: bool
    color: str
    below: str = ""

    def apply(self, config: Config) -> Config:
        """The Config with what the command line says instead."""
        chosen = self.selection()
        select = chosen.select or config.selection.select
        ignore = chosen.ignore or config.selection.ignore
        selection = replace(config.selection, select=select, ignore=ignore)
        return replace(config, selection=selection, fail_on=self.severity(config.fail_on))

    @property
    def form(self) -> str:
        """The form of the report: as asked for, else as the name of its file ends."""
        suffix = Path(self.output or "").suffix.removeprefix(".").lower()
        return self.format or (suffix if suffix in BY_SUFFIX else "text")

    def at(self, root: Path) -> Options:
        """For a report on what lies in `root`. GitHub looks for files from the top of the repository."""
        top = os.environ.get("GITHUB_WORKSPACE")
        if not top or self.form not in ("github", "sarif"):
            return self
        from edition.reports import placed

        return replace(self, below=placed.between(Path(top), root))

    def selection(self) -> Selection:
        from edition.rules import Selection

        return Selection(_words(self.select), _words(self.ignore))

    def severity(self, otherwise: Severity | None = None) -> Severity:
        from edition.diagnostics import Severity

        return Severity[self.fail_on.upper()] if self.fail_on else otherwise or Severity.ERROR


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def reports(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that all reports share, gathered in one `options`."""

    def gathered(**values: Any) -> int:
        own = {name: values.pop(name) for name in tuple(values) if name not in Options.__slots__}
        return command(options=Options(**values), **own)

    gathered.__name__, gathered.__doc__ = command.__name__, command.__doc__
    gathered.__dict__.update(command.__dict__)
    for option in reversed(_SHARED):
        gathered = option(gathered)
    return gathered


_SHARED = (
    click.option(
        "--format", type=click.Choice(FORMATS), help="Form of the report; else by the name of FILE, else text."
    ),
    click.option("--output", metavar="FILE", help="Write the report to FILE instead of standard output."),
    click.option("--select", default="", metavar="CODES", help="Ask only these rules: codes, families or names."),
    click.option("--ignore", default="", metavar="CODES", help="Ask all rules but these."),
    click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this on."),
    click.option("--quiet", is_flag=True, help="Print nothing but the report."),
    click.option(
        "--verbose", is_flag=True, help="Say each step, all names of long lists, and all of an internal error."
    ),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True),
)
