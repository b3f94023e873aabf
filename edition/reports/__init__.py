"""What a run found, in the forms that people and programs read: one file a format, `render(report) -> str`.

`FORMATS` lists them for `--format`. Every form ends with a line feed and is the same for the same report.
"""

from __future__ import annotations

from collections.abc import Callable

from edition.diagnostics import Report
from edition.reports import github, html, json, junit, sarif, text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
    "html": html.render,
}
