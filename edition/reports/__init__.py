"""What a run found, in the forms that people and programs read: one file a format, `render(report) -> str`.

`FORMATS` lists them for `--format`. Every form ends with a line feed and is the same for the same report. Those of
`STREAMED` can be written while findings come; put together, the pieces are what `render` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edition.diagnostics import Report, Summary
from edition.reports import github, html, json, jsonl, junit, sarif, text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "jsonl": jsonl.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
    "html": html.render,
}


@dataclass(frozen=True, slots=True)
class Streamed:
    """A form in pieces: one for each finding, one for each file that could not be judged, one at the end.

    The first two take a Diagnostic and a Failure; those of text also `color`.
    """

    finding: Callable[..., str]
    failure: Callable[..., str]
    end: Callable[[Summary], str]


STREAMED: dict[str, Streamed] = {
    "text": Streamed(text.finding, text.failure, text.end),
    "jsonl": Streamed(jsonl.finding, jsonl.failure, jsonl.end),
    "github": Streamed(github.finding, github.failure, text.end),
}
