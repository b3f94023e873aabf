"""The command `edition`: read the command line, call the pipeline, print a report, exit.

Nothing but click is imported until a command runs, so that `edition --help` answers at once.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edition import __version__

if TYPE_CHECKING:
    from edition.bagging import Asked
    from edition.config import Config
    from edition.corpus import Run
    from edition.diagnostics import Report, Severity
    from edition.errors import EditionError
    from edition.making import Outcome
    from edition.pipeline import Linked
    from edition.provenance.keys import SigningKey
    from edition.rules import Selection
    from edition.side_by_side import SideBySide

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "html")
BY_SUFFIX = ("json", "jsonl", "sarif", "html")  # that a name of a file says plainly
UNITS = ("auto", "turns", "sp", "u", "textpart", "p", "ab", "l")  # as edition.tei.units has them
INTERRUPTED = 130
_CLEAR_LINE = "\r\x1b[2K"


@dataclass(frozen=True, slots=True)
class Options:
    """What every command that reports can be asked."""

    format: str | None
    output: str | None
    select: str
    ignore: str
    fail_on: str | None
    quiet: bool
    verbose: bool
    color: str

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
    click.option("--verbose", is_flag=True, help="Say each step, and all of an internal error."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True),
)


class _Group(click.Group):
    """Lists the commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="edition")
def edition() -> None:
    """Take a scholarly edition from hand-encoded TEI to a deposited package.

    Example: edition build my-edition

    Exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, 3 could not finish, 130 interrupted.
    """


@edition.command(short_help="Write a small edition to begin with.")
@click.argument("folder", metavar="DIR")
def init(folder: str) -> int:
    """Write a small edition into DIR that passes `edition check`.

    Example: edition init letters
    """
    from edition.init import create

    for path in create(Path(folder)):
        click.echo(str(path))
    click.echo(f"Next: edition check {folder}", err=True)
    return 0


@edition.command(short_help="Run all checks of an edition.")
@click.argument("folder", metavar="[DIR]", default=".")
@reports
def check(folder: str, options: Options) -> int:
    """Run all checks of the edition in DIR (default: here).

    Example: edition check --format json --output report.json
    """
    from edition import pipeline

    config = _config(folder, options)
    with _status(options) as status:
        checked = pipeline.check(config, status)
    return _finish(checked.report, options, config.fail_on, checked.beside)


@edition.command(short_help="Check XML files, from one to a whole corpus.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--schema", "schemas", multiple=True, metavar="SCHEMA", help="Instead of what files name; repeatable.")
@click.option("--schematron", multiple=True, metavar="SCHEMA", help="The Schematron rules of a .sch, .rng or .xsd.")
@click.option("--phase", default="", metavar="NAME", help="Ask only the Schematron rules of this phase.")
@click.option("--catalog", "catalogs", multiple=True, metavar="FILE", help="An OASIS XML catalog; repeatable.")
@click.option("--files-from", metavar="LIST", help="Check also the files named in LIST, one a line; - for input.")
@click.option("--since", metavar="REV", help="Only what has changed since this revision of git.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes; as many as there are cores by default.")
@click.option("--cache/--no-cache", default=True, help="Pass over files that were clean and have not changed.")
@click.option("--baseline", metavar="FILE", help="Leave out the old findings that FILE holds.")
@click.option("--update-baseline", is_flag=True, help="Write what is found now into that FILE.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@reports
def validate(statistics: bool, options: Options, **asked: Any) -> int:
    """Check XML files: well-formed, valid, ids unique, pointers leading somewhere. No edition.toml needed.

    FILE may be a folder or a pattern, such as 'corpus/**/*.xml'. Without --schema, each file is held to the schemas
    that it names, by xml-model, xsi:schemaLocation or DOCTYPE; nothing is ever fetched from the network.

    Example: edition validate source/*.xml --schema schemas/record.xsd
    """
    from edition import corpus

    with _status(options) as status:
        run = corpus.validate(corpus.Asked(**asked), options.selection(), status)
        _count(run, options) if statistics else _stream(run, options)
    _say(run.remarks, options)
    return run.exit_code(options.severity())


@edition.command(short_help="Check a translation against its original.")
@click.argument("original")
@click.argument("translation")
@click.option("--propose-links", is_flag=True, help="Print instead the corresp that turns of TRANSLATION lack.")
@click.option("--write-links", is_flag=True, help="Print them, and write them into TRANSLATION.")
@click.option(
    "--units", type=click.Choice(UNITS), default="auto", help="What is compared; else what both files have."
)
@reports
def compare(options: Options, propose_links: bool, write_links: bool, **files: str) -> int:
    """Check that TRANSLATION says what ORIGINAL says, turn by turn: speakers, attendees, numbers, names, terms.

    Turns are compared by their links; where there are none they are aligned by speakers and lengths.

    Example: edition compare source/record.ru.xml source/record.en.xml --output report.html
    """
    from edition import pipeline

    with _status(options) as status:
        if propose_links or write_links:
            _refuse_form(options)
            linked = pipeline.link(**files, say=status, write=write_links)
        else:
            compared = pipeline.compare(**files, selection=options.selection(), say=status)
            linked = None
    if linked is None:
        return _finish(compared.report, options, options.severity(), compared.beside)
    _say_linked(linked, options, written=write_links)
    return 0


def _refuse_form(options: Options) -> None:
    from edition.errors import UsageError

    if options.form != "text":
        raise UsageError(f"links are lines of text, not {options.form}", advice="take --format away, or name a .txt")


def _say_linked(linked: Linked, options: Options, *, written: bool) -> None:
    from edition.reports.printable import printable

    _put("".join(f"{printable(str(link))}\n" for link in linked.links), options)
    if not options.quiet:
        links = "1 link" if len(linked.links) == 1 else f"{len(linked.links)} links"
        rest = f"; turns that stay without one: {linked.left_out}" if linked.left_out else ""
        click.echo(f"{links} {'written' if written else 'to be written'}{rest}.", err=True)


_SERIALISE = click.option(
    "--serialise", type=click.Choice(["folder", "tar", "tar.gz", "zip"]), help="The bag as a folder or as one file."
)


_SIGN = click.option("--sign", metavar="KEY", help="Sign the bag with a secret key of minisign, a file.")


def _signing_key(file: str) -> SigningKey:
    """The key to sign with; its password, if it has one, is asked for on the terminal and nowhere else."""
    from edition.errors import UsageError
    from edition.provenance.keys import signing_key

    def ask() -> str:
        if not sys.stdin.isatty():
            advice = "sign on a terminal, or with a key without one (`minisign -G -W`)"
            raise UsageError(f"{file}: the key has a password, and nobody can be asked for it", advice=advice)
        return str(click.prompt(f"Password of {file}", hide_input=True, err=True))

    return signing_key(Path(file), ask)


def _making(name: str, short: str, words: str) -> None:
    """Add a command that makes something of an edition: pdf, bag, or both."""

    @reports
    def make(folder: str, options: Options, serialise: str | None = None, sign: str | None = None) -> int:
        from edition import making

        config = _config(folder, options)
        if serialise:
            config = replace(config, bag=replace(config.bag, serialisation=serialise))
        key = (_signing_key(sign),) if sign else ()
        with _status(options) as status:
            outcome: Outcome = getattr(making, name)(config, status, *key)
        code = _finish(outcome.report, options, config.fail_on, outcome.beside)
        if not options.quiet:
            _say_made(outcome)
        return code

    rest = "The edition is checked first; with findings, nothing is made and output/ stays as it is."
    make.__doc__ = f"{words}\n\n{rest}\n\nExample: edition {name}"
    made = make if name == "pdf" else _SERIALISE(_SIGN(make))
    edition.command(name, short_help=short)(click.argument("folder", metavar="[DIR]", default=".")(made))


_making("pdf", "Make the PDF of an edition.", "Make the PDF of the edition in DIR (default: here), into its output/.")
_making(
    "bag",
    "Make the bag of an edition.",
    "Make the BagIt bag of the edition in DIR (default: here), into its output/.",
)
_making(
    "build",
    "Check an edition, make its PDF and its bag.",
    "Check the edition in DIR (default: here), make PDF and bag, into its output/.",
)


@edition.command(short_help="Verify a bag.")
@click.argument("bag", metavar="BAG")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="Archives: entries, ratio, size, depth.")
@click.option("--rebuild", is_flag=True, help="Make it again from its own payload, and compare byte by byte.")
@click.option("--profile", metavar="PROFILE", help="Hold it to a BagIt profile too: a file in JSON, or a known name.")
@click.option("--key", metavar="PUB", help="Check its signature too: a public key of minisign, or its file.")
@reports
def verify(bag: str, key: str | None, rebuild: bool, options: Options, **asking: Any) -> int:
    """Verify a bag, anyone's, by RFC 8493. BAG is a folder, a tar, a tar.gz or a zip; nothing is unpacked.

    Example: edition verify output/record-1950-01-22-bag
    """
    from edition import pipeline
    from edition.provenance.keys import verifying_key

    public = verifying_key(key) if key else None
    asked = _asked(**asking)
    with _status(options) as status:
        report = pipeline.verify(Path(bag), options.selection(), status, asked)
        if public:
            report = pipeline.verify_signature(report, Path(bag), public, asked)
        if rebuild:
            from edition import rebuilding

            report = rebuilding.rebuild(report, Path(bag), asked, status)
    return _finish(report, options, options.severity())


def _asked(limits: tuple[str, ...], profile: str | None) -> Asked:
    from edition import bagging

    allowed = functools.reduce(bagging.Limits.but, limits, bagging.Limits())
    return bagging.Asked(allowed, bagging.load_profile(profile) if profile else None)


@edition.command(short_help="List every rule.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(form: str) -> int:
    """List every rule: code, severity, name, summary.

    Example: edition rules
    """
    from edition.families import all_rules
    from edition.reports import rulebook

    click.echo(rulebook.listing(all_rules(), form), nl=False)
    return 0


@edition.command(short_help="Say what a rule asks, and why.")
@click.argument("code")
def explain(code: str) -> int:
    """Say what a rule asks, why, and what is wrong and right. CODE is its code or its name.

    Example: edition explain TRN201
    """
    from edition.families import all_rules
    from edition.reports import rulebook
    from edition.rules import find_rule

    click.echo(rulebook.page(find_rule(code, all_rules())), nl=False)
    return 0


def _config(folder: str, options: Options) -> Config:
    from edition.config import load

    return options.apply(load(Path(folder)))


def _finish(report: Report, options: Options, fail_on: Severity, beside: SideBySide | None = None) -> int:
    """Print the report, or write it to its file, and say the exit code."""
    from edition import reports as forms

    if options.form == "text":
        text = forms.text.render(report, beside, color=options.output is None and _in_color(options.color))
    elif options.form == "html":
        text = forms.html.render(report, beside)
    else:
        text = forms.FORMATS[options.form](report)
    _put(text, options)
    return 1 if report.reaches(fail_on) else 0


def _stream(run: Run, options: Options) -> None:
    """Print what is found as it is found, in the forms that allow it; the others when all is there."""
    from functools import partial

    from edition import reports as forms

    form = forms.STREAMED.get(options.form)
    if form is None or options.output is not None:
        _put(forms.FORMATS[options.form](run.report()), options)
        return
    if options.form == "text":
        color = _in_color(options.color)
        form = replace(form, finding=partial(form.finding, color=color), failure=partial(form.failure, color=color))
    for judged in run:
        pieces = [form.finding(found) for found in judged.findings]
        pieces += [form.failure(judged.failure)] if judged.failure else []
        if pieces:
            _clear_status(options)
            _put("".join(pieces), options)
    _clear_status(options)
    _put(form.end(run.summary), options)


def _count(run: Run, options: Options) -> None:
    from edition.errors import UsageError
    from edition.reports import statistics

    if options.form not in ("text", "json"):
        raise UsageError(f"--statistics has no form {options.form}", advice="take text or json")
    for _ in run:
        pass
    counted = statistics.Statistics(run.by_rule, run.files_by_rule, run.summary)
    _put(statistics.render(counted) if options.form == "text" else statistics.render_json(counted), options)


def _say(remarks: Sequence[str], options: Options) -> None:
    for remark in () if options.quiet else remarks:
        click.echo(f"edition: {remark}", err=True)


def _put(text: str, options: Options) -> None:
    from edition.staging import cannot_write, replace_file

    if options.output is not None:
        replace_file(Path(options.output), text.encode("utf-8"))
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - what could not be written is not tried again
        raise cannot_write(Path("standard output"), error) from error


def _in_color(wish: str) -> bool:
    if wish == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wish == "always"


def _say_made(outcome: Outcome) -> None:
    if not outcome.made:
        click.echo("Nothing was made: the findings come first.", err=True)
    for made in outcome.made:
        click.echo(str(made), err=True)


@contextlib.contextmanager
def _status(options: Options) -> Iterator[Callable[[str], None]]:
    """One line on a terminal that says what is being done; with --verbose each step on a line of its own."""
    if options.verbose:
        yield lambda step: click.echo(f"edition: {step}", err=True)
    elif not _is_watched(options):
        yield lambda step: None
    else:
        try:
            yield lambda step: click.echo(f"{_CLEAR_LINE}{step} …", err=True, nl=False)
        finally:
            _clear_status(options)


def _is_watched(options: Options) -> bool:
    return not options.verbose and not options.quiet and sys.stderr.isatty()


def _clear_status(options: Options) -> None:
    if _is_watched(options):
        click.echo(_CLEAR_LINE, err=True, nl=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. This is the only place where an exception ends."""
    from edition.errors import EditionError

    arguments = list(sys.argv[1:] if arguments is None else arguments)
    with contextlib.suppress(ValueError):  # not the main thread, in tests
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a report is UTF-8 whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return int(edition.main(args=arguments, prog_name="edition", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except EditionError as error:
        _say_error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("edition: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the report has read enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - closed when the process ends, a moment from here
        return 3
    except Exception as error:  # noqa: BLE001 - the last resort that the contract asks for: one line, exit code 3
        if "--verbose" in arguments:
            import traceback

            traceback.print_exception(error)
        click.echo(f"edition: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("  This is a fault of ours. `--verbose` says more; please report it.", err=True)
        return 3


def _say_error(error: EditionError) -> None:
    from edition.reports.printable import printable

    click.echo(f"edition: error: {printable(error.message)}", err=True)
    if error.advice:
        click.echo(f"  {printable(error.advice)}", err=True)
