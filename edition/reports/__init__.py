"""What a run found, in the forms that people and programs read: one file a format, `render(report) -> str`.

`FORMATS` lists them for `--format`. Every form ends with a line feed and is the same for the same report. Those of
`STREAMED` can be written while findings come; put together, the pieces are what `render` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from edition.diagnostics import Report, Summary


def _late(form: str, name: str) -> Callable[..., str]:
    """A function of the module of a form, which is imported when it is called: a run writes one form of seven."""

    def call(*given: Any, **named: Any) -> str:
        return str(getattr(import_module(f"edition.reports.{form}"), name)(*given, **named))

    return call


FORMATS: dict[str, Callable[[Report], str]] = {
    form: _late(form, "render") for form in ("text", "json", "jsonl", "sarif", "junit", "github", "html")
}


@dataclass(frozen=True, slots=True)
class Streamed:
    """A form in pieces: one for each finding, one for each file that could not be judged, one at the end.

    The first two take a Diagnostic and a Failure; those of text also `color` and `verbose`.
    """

    finding: Callable[..., str]
    failure: Callable[..., str]
    end: Callable[[Summary], str]


STREAMED: dict[str, Streamed] = {
    "text": Streamed(_late("text", "finding"), _late("text", "failure"), _late("text", "end")),
    "jsonl": Streamed(_late("jsonl", "finding"), _late("jsonl", "failure"), _late("jsonl", "end")),
    "github": Streamed(_late("github", "finding"), _late("github", "failure"), _late("text", "end")),
}
