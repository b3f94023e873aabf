"""A report whose paths begin further up: code hosts know files by their paths from the top of the repository."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edition.diagnostics import Diagnostic, Failure, Location, Report
from edition.reports import Streamed


def between(top: Path, root: Path) -> str:
    """The folders from `top` down to `root`, with slashes between them; "" where it does not lie there."""
    top, root = top.resolve(), root.resolve()
    return root.relative_to(top).as_posix() if root != top and root.is_relative_to(top) else ""


def report(whole: Report, folder: str) -> Report:
    """The report on what lies in `folder`, as it is seen from where that lies."""
    return replace(
        whole,
        diagnostics=tuple(finding(found, folder) for found in whole.diagnostics),
        failures=tuple(failure(failed, folder) for failed in whole.failures),
        accepted=tuple(replace(each, diagnostic=finding(each.diagnostic, folder)) for each in whole.accepted),
    )


def streamed(form: Streamed, folder: str) -> Streamed:
    """The same for a form in pieces."""
    return replace(
        form,
        finding=lambda found: form.finding(finding(found, folder)),
        failure=lambda failed: form.failure(failure(failed, folder)),
    )


def finding(found: Diagnostic, folder: str) -> Diagnostic:
    """One finding; its second places move with it."""
    related = tuple(replace(other, location=_place(other.location, folder)) for other in found.related)
    return replace(found, location=_place(found.location, folder), related=related)


def failure(failed: Failure, folder: str) -> Failure:
    """One file that could not be judged."""
    return replace(failed, path=f"{folder}/{failed.path}")


def _place(location: Location, folder: str) -> Location:
    return replace(location, path=f"{folder}/{location.path}")
