"""What a command shows: its report, on standard output or in a file; status and remarks, on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edition.cli.options import Options

if TYPE_CHECKING:
    from edition.comparing import Linked
    from edition.corpus import Run
    from edition.diagnostics import Report, Severity
    from edition.making import Outcome
    from edition.side_by_side import SideBySide

_CLEAR_LINE = "\r\x1b[2K"


def finish(report: Report, options: Options, fail_on: Severity, beside: SideBySide | None = None) -> int:
    """Print the report, or write it to its file, and say the exit code."""
    report = _placed(report, options)
    if options.form == "text":
        from edition.reports import text

        color = options.output is None and _in_color(options.color)
        whole = text.render(report, beside, color=color, verbose=options.verbose)
    elif options.form == "html":
        from edition.reports import html

        whole = html.render(report, beside)
    else:
        from edition import reports as forms

        whole = forms.FORMATS[options.form](report)
    put(whole, options)
    return 1 if report.reaches(fail_on) else 0


def stream(run: Run, options: Options) -> None:
    """Print what is found as it is found, in the forms that allow it; the others when all is there."""
    from functools import partial

    from edition import reports as forms

    form = forms.STREAMED.get(options.form)
    if form is None or options.output is not None:
        put(forms.FORMATS[options.form](_placed(run.report(), options)), options)
        return
    if options.form == "text":
        color = _in_color(options.color)
        finding = partial(form.finding, color=color, verbose=options.verbose)
        form = replace(form, finding=finding, failure=partial(form.failure, color=color))
    elif options.below:
        from edition.reports import placed

        form = placed.streamed(form, options.below)
    for judged in run:
        pieces = [form.finding(found) for found in judged.findings]
        pieces += [form.failure(judged.failure)] if judged.failure else []
        if pieces:
            clear_status(options)
            put("".join(pieces), options)
    clear_status(options)
    put(form.end(run.summary), options)


def _placed(report: Report, options: Options) -> Report:
    if not options.below:
        return report
    from edition.reports import placed

    return placed.report(report, options.below)


def count_only(run: Run, options: Options) -> None:
    from edition.errors import UsageError
    from edition.reports import statistics

    if options.form not in ("text", "json"):
        raise UsageError(f"--statistics has no form {options.form}", advice="take text or json")
    for _ in run:
        pass
    counted = statistics.Statistics(run.whole, run.files_by_rule, run.summary_of(run.whole))
    put(statistics.render(counted) if options.form == "text" else statistics.render_json(counted), options)


def say_remarks(remarks: Sequence[str], options: Options) -> None:
    for remark in () if options.quiet else remarks:
        click.echo(f"edition: {remark}", err=True)


def put(text: str, options: Options) -> None:
    if options.output is not None:
        from edition.staging import replace_file

        replace_file(Path(options.output), text.encode("utf-8"))
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from edition.staging import cannot_write

        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - what could not be written is not tried again
        raise cannot_write(Path("standard output"), error) from error


def _in_color(wish: str) -> bool:
    if wish == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wish == "always"


def say_made(outcome: Outcome) -> None:
    if not outcome.made:
        click.echo("Nothing was made: the findings come first.", err=True)
    for made in outcome.made:
        click.echo(str(made), err=True)


def say_linked(linked: Linked, options: Options, *, written: bool) -> None:
    from edition.reports.printable import printable

    put("".join(f"{printable(str(link))}\n" for link in linked.links), options)
    if not options.quiet:
        links = "1 link" if len(linked.links) == 1 else f"{len(linked.links)} links"
        rest = f"; turns that stay without one: {linked.left_out}" if linked.left_out else ""
        click.echo(f"{links} {'written' if written else 'to be written'}{rest}.", err=True)


@contextlib.contextmanager
def status(options: Options) -> Iterator[Callable[[str], None]]:
    """One line on a terminal that says what is being done; with --verbose each step on a line of its own."""
    if options.verbose:
        yield lambda step: click.echo(f"edition: {step}", err=True)
    elif not _is_watched(options):
        yield lambda step: None
    else:
        try:
            yield lambda step: click.echo(f"{_CLEAR_LINE}{step} …", err=True, nl=False)
        finally:
            clear_status(options)


def _is_watched(options: Options) -> bool:
    return not options.verbose and not options.quiet and sys.stderr.isatty()


def clear_status(options: Options) -> None:
    if _is_watched(options):
        click.echo(_CLEAR_LINE, err=True, nl=False)
