"""The commands: each reads its part of the command line, calls a door of the library, and shows what comes of it."""

from __future__ import annotations

import functools
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edition import __version__
from edition.cli.options import UNITS, Options, reports
from edition.cli.showing import count_only, finish, say_linked, say_made, say_remarks, status, stream

if TYPE_CHECKING:
    from edition.bagging import Asked
    from edition.config import Config
    from edition.making import Outcome
    from edition.provenance.keys import SigningKey


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
    with status(options) as say:
        checked = pipeline.check(config, say)
    return finish(checked.report, options.at(config.root), config.fail_on, checked.beside)


@edition.command(short_help="Check XML files, from one to a whole corpus.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--schema", "schemas", multiple=True, metavar="SCHEMA", help="Instead of what files name; repeatable.")
@click.option(
    "--schematron", multiple=True, metavar="SCHEMA", help="The Schematron rules of a .sch, .rng, .rnc or .xsd."
)
@click.option("--phase", default="", metavar="NAME", help="Ask only the Schematron rules of this phase.")
@click.option("--catalog", "catalogs", multiple=True, metavar="FILE", help="An OASIS XML catalog; repeatable.")
@click.option("--files-from", metavar="LIST", help="Check also the files named in LIST, one a line; - for input.")
@click.option("--since", metavar="REV", help="Only what has changed since this revision of git.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes; as many as there are cores by default.")
@click.option("--scheduler", metavar="ADDRESS", help="By the workers of this Dask cluster instead.")
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

    with status(options) as say:
        run = corpus.validate(corpus.Asked(**asked), options.selection(), say)
        count_only(run, options) if statistics else stream(run, options.at(run.root))
    say_remarks(run.remarks, options)
    return run.exit_code(options.severity())


@edition.command(short_help="Check a translation against its original.")
@click.argument("original")
@click.argument("translation")
@click.option("--propose-links", is_flag=True, help="Print instead the corresp that TRANSLATION lacks.")
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
    from edition import comparing
    from edition.gathering import relative

    with status(options) as say:
        if propose_links or write_links:
            _refuse_form(options)
            linked = comparing.link(**files, say=say, write=write_links)
        else:
            compared = comparing.compare(**files, selection=options.selection(), say=say)
            linked = None
    if linked is None:
        root, _ = relative(tuple(files.values()))
        return finish(compared.report, options.at(root), options.severity(), compared.beside)
    say_linked(linked, options, written=write_links)
    return 0


def _refuse_form(options: Options) -> None:
    from edition.errors import UsageError

    if options.form != "text":
        raise UsageError(f"links are lines of text, not {options.form}", advice="take --format away, or name a .txt")


_SERIALISE = click.option(
    "--serialise", type=click.Choice(["folder", "tar", "tar.gz", "zip"]), help="The bag as a folder or as one file."
)


_SIGN = click.option("--sign", metavar="KEY", help="Sign the bag with a secret key of minisign, a file.")
_KEEP = click.option("--keep-empty-folders", is_flag=True, help="Pack empty folders, each with a file .keep in it.")
_REPLACE = click.option("--replace", is_flag=True, help="Put the bag in the place of any that is there.")


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
    def make(folder: str, options: Options, sign: str | None = None, **asked: Any) -> int:
        from edition import making

        config = _packed_as(_config(folder, options), asked)
        key = (_signing_key(sign),) if sign else ()
        with status(options) as say:
            outcome: Outcome = getattr(making, name)(config, say, *key, **asked)
        code = finish(outcome.report, options.at(config.root), config.fail_on, outcome.beside)
        if not options.quiet:
            say_made(outcome)
        return code

    rest = "The edition is checked first; with findings, nothing is made and output/ stays as it is."
    make.__doc__ = f"{words}\n\n{rest}\n\nExample: edition {name}"
    for option in () if name == "pdf" else (_SIGN, _KEEP, _REPLACE, _SERIALISE):
        make = option(make)
    edition.command(name, short_help=short)(click.argument("folder", metavar="[DIR]", default=".")(make))


def _packed_as(config: Config, asked: dict[str, Any]) -> Config:
    """The edition with what options say of its bag, which are taken out of what is asked."""
    form, keep = asked.pop("serialise", None), asked.pop("keep_empty_folders", False)
    bag = config.bag
    kept = keep or bag.keep_empty_folders
    return replace(config, bag=replace(bag, serialisation=form or bag.serialisation, keep_empty_folders=kept))


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
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=N", help="Of archives: entries, ratio, size, depth, sparse."
)
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
    asked = replace(_asked(**asking), further=_further(bool(key), rebuild))
    with status(options) as say:
        report = pipeline.verify(Path(bag), options.selection(), say, asked)
        if public:
            report = pipeline.verify_signature(report, Path(bag), public, asked)
        if rebuild:
            from edition import rebuilding

            report = rebuilding.rebuild(report, Path(bag), asked, say)
    return finish(report, options, options.severity())


def _asked(limits: tuple[str, ...], profile: str | None) -> Asked:
    from edition import bagging

    allowed = functools.reduce(bagging.Limits.but, limits, bagging.Limits())
    return bagging.Asked(allowed, bagging.load_profile(profile) if profile else None)


def _further(signed: bool, rebuild: bool) -> tuple[str, ...]:
    """The rules that are asked for by options alone: what was not looked at must not pass."""
    from edition.bagging.rules import REBUILDING, SIGNATURES

    return (*([SIGNATURES] if signed else ()), *([REBUILDING] if rebuild else ()))


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
