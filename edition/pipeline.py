"""The story in order: read the sources, check them, print them, pack them. Everything the command does, as functions.

Each takes a Config or bare files, tells `say` what it is doing, and gives back a report. What is made is made
complete and verified before anything in output/ changes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edition import exceptions
from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic, Report, Rule
from edition.errors import ConfigError, EditionError, UsageError
from edition.gathering import relative
from edition.model import Edition
from edition.rules import Selection, declared
from edition.staging import staged
from edition.tei import parse
from edition.tei.attendance import persons_of
from edition.tei.parse import Document
from edition.tei.reading import Survey, Wanted, read_edition, read_pair
from edition.tei.units import AUTOMATIC

if TYPE_CHECKING:
    from edition.bagging import Asked, Serialised, Staged
    from edition.parity.comparison import Comparison
    from edition.printing import Rendering
    from edition.provenance.keys import SigningKey, VerifyingKey
    from edition.side_by_side import SideBySide
    from edition.tei.links import NewLink

Say = Callable[[str], None]

_HOMES_OF_RULES = (
    "edition.exceptions",
    "edition.tei.parse",
    "edition.schema.rules",
    "edition.schema.schematron.rules",
    "edition.schema.references",
    "edition.parity",
    "edition.witness",
    "edition.provenance.citation",
    "edition.provenance.agreement",
    "edition.printing",
    "edition.bagging",
    "edition.provenance.signature_rules",
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    for module in _HOMES_OF_RULES:
        importlib.import_module(module)
    return declared()


def _silent(_: str) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True)
class Checked:
    """An edition that was checked: its files by path, and the model where every file could be parsed.

    `beside` is original and translation in step, where there are both.
    """

    report: Report
    documents: dict[str, Document]
    edition: Edition | None
    beside: SideBySide | None = None

    def sound(self) -> Edition:
        """The model. Raises EditionError where a file could not be parsed."""
        if self.edition is None:
            broken = next(path for path, document in self.documents.items() if document.root is None)
            raise EditionError(
                f"{broken}: not well-formed, so nothing can be made of it", advice="see `edition check`"
            )
        return self.edition


@dataclass(frozen=True, slots=True)
class Compared:
    """Two bare files that were compared, and their texts in step where both could be parsed."""

    report: Report
    beside: SideBySide | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Links that a translation lacks, and how many of its turns have none and get none."""

    links: tuple[NewLink, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file or folder that was made, and a word on it."""

    what: str
    folder: Path
    name: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.folder / self.name}" + (f" ({self.detail})" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command that makes things found and made; nothing is made of an edition with findings that count."""

    report: Report
    made: tuple[Made, ...] = ()
    beside: SideBySide | None = None


# Checking


def check(config: Config, say: Say = _silent, command: str = "check") -> Checked:
    """All checks of an edition. Raises ConfigError without a schema, EditionError for what cannot be read."""
    from edition import parity

    config.selection.check_known(all_rules())
    exceptions.check_known(config, all_rules())
    if not config.schemas:
        raise ConfigError(
            f"{config.root / CONFIG_NAME}: no schema is named, and without one nothing can be called valid",
            advice='add [[schema]] with path = "…"; for a TEI project mostly the XSD made from its ODD',
        )
    documents = {path: _read(config.root / path, path, say) for path in config.sources}
    found = [*_of_files(list(documents.values()), [(config.root / each, each) for each in config.schemas], say)]
    found += _of_references(list(documents.values()), config.root, say)
    asked = ["XML", "SCH", "REF"]
    edition = comparison = None
    if all(document.root is not None for document in documents.values()):
        edition = _edition(config, documents)
        say("comparing original and translation")
        comparison = parity.pair_up(edition)
        found += _of_edition(config, edition, comparison, say)
        asked += ["TRN", "ATT", "VAL", "WIT", "HDR"] if edition.translation else ["ATT", "VAL1", "WIT", "HDR"]
    report = exceptions.apply(config.exceptions, _report(command, config.selection, [*asked, "EXC"], found))
    return Checked(_on_basis(report, comparison), documents, edition, parity.side_by_side(comparison))


def _on_basis(report: Report, comparison: Comparison | None) -> Report:
    """The report, which says how the texts were compared."""
    return replace(report, compared=comparison.pairing.basis) if comparison else report


def _edition(config: Config, documents: dict[str, Document]) -> Edition:
    translation = documents[config.translation] if config.translation else None
    persons = documents[config.persons] if config.persons else None
    edition = read_edition(documents[config.original], translation, persons)
    return replace(edition, terms=config.terms or edition.terms)


def _of_edition(config: Config, edition: Edition, comparison: Comparison | None, say: Say) -> Iterator[Diagnostic]:
    from edition import parity, witness
    from edition.provenance import agreement, citation

    yield from parity.findings(edition, comparison)
    say("comparing the texts with their witness")
    yield from witness.check(config, edition)
    say("comparing the metadata")
    cited = None
    if config.citation:
        cited, wrong = citation.read(config.root / config.citation, config.citation)
        yield from wrong
    yield from agreement.check(config, cited, edition.headers)


def compare(
    original: str, translation: str, selection: Selection, say: Say = _silent, *, units: str = AUTOMATIC
) -> Compared:
    """Parity of two bare files; for `units` see tei.units.KINDS. Raises EditionError where nothing is compared."""
    from edition import parity

    selection.check_known(all_rules())
    root, paths = _two(original, translation)
    broken: list[Diagnostic] = []
    surveys = []
    for path in paths:
        document = _read(root / path, path, say)
        broken += document.findings
        surveys.append(Survey.of(document))
        del document  # one tree at a time
    ours, theirs = surveys
    if ours is None or theirs is None:
        return Compared(_report("compare", selection, ["XML"], broken))
    say("comparing original and translation")
    parsed = (parse.read(root / path, path) for path in paths)
    edition = _with_names(read_pair((ours, theirs), parsed, units), root)
    comparison = parity.pair_up(edition)
    found = [*broken, *parity.findings(edition, comparison)]
    report = _report("compare", selection, ["XML", "TRN", "ATT", "VAL"], found)
    return Compared(_on_basis(report, comparison), parity.side_by_side(comparison))


def link(
    original: str, translation: str, say: Say = _silent, *, write: bool = False, units: str = AUTOMATIC
) -> Linked:
    """The links between two bare files that the translation lacks; with `write` its file has them afterwards.

    Raises EditionError where there is nothing to compare, and where the file cannot be written without other changes.
    """
    from edition import parity
    from edition.tei import links

    root, paths = _two(original, translation)
    documents = [_read(root / path, path, say) for path in paths]
    for document in documents:
        if document.root is None:
            raise EditionError(
                f"{document.path}: not well-formed, so it cannot be linked", advice="see `edition compare`"
            )
    say("looking for links")
    comparison = parity.pair_up(read_edition(documents[0], documents[1], wanted=Wanted(units, transcription=False)))
    if comparison is None:
        return Linked((), 0)
    new = tuple(links.new_links(documents[1], comparison.translation, parity.unlinked(comparison)))
    if write and new:
        say(f"writing {documents[1].path}")
        links.write(documents[1], new)
    return Linked(new, len(parity.without_link(comparison)) - len(new))


def _two(original: str, translation: str) -> tuple[Path, list[str]]:
    """The paths of two bare files and the folder that they are relative to."""
    root, paths = relative([original, translation])
    if paths[0] == paths[1]:
        raise UsageError(f"{paths[0]} is given twice", advice="name the original first, then its translation")
    return root, paths


def _with_names(edition: Edition, root: Path) -> Edition:
    """Bare files mostly keep their persons in a file of their own: messages take the names from there if they can."""
    if root == Path(root.anchor):  # files that have nothing in common: no folder to look in
        return edition
    named = {person.partition("#")[0] for text in edition.texts() for person in text.speakers}
    persons = dict(edition.persons)
    for path in sorted(named - {text.path for text in edition.texts()}):
        if (root / path).is_file() and (root / path).resolve().is_relative_to(root.resolve()):
            persons |= persons_of(parse.read(root / path, path))
    return replace(edition, persons=persons)


def verify(bag: Path, selection: Selection, say: Say = _silent, asked: Asked | None = None) -> Report:
    """Whether a bag, a folder or an archive, is complete and valid. Raises EditionError for what is neither."""
    from edition import bagging

    selection.check_known(all_rules())
    say("verifying the bag")
    return _report("verify", selection, ["BAG"], bagging.verify(bag, asked or bagging.Asked()))


def verify_signature(report: Report, bag: Path, key: VerifyingKey, asked: Asked) -> Report:
    """The report on a bag with whether it was signed with a key. Raises EditionError for what cannot be read."""
    from edition import signing

    found = (each for each in signing.verify(bag, key, asked.limits) if each.rule in report.rules)
    return replace(
        report, diagnostics=Report.of(report.command, report.rules, (*report.diagnostics, *found)).diagnostics
    )


def _read(file: Path, path: str, say: Say) -> Document:
    say(f"reading {path}")
    return parse.read(file, path)


def _of_files(documents: Sequence[Document], schemas: Sequence[tuple[Path, str]], say: Say) -> Iterator[Diagnostic]:
    from edition.schema import languages

    loaded = [languages.load(file, path) for file, path in schemas]
    for document in documents:
        yield from document.findings
        for schema in loaded:
            say(f"validating {document.path} against {schema.path}")
            yield from schema.check(document)


def _of_references(documents: Sequence[Document], root: Path, say: Say) -> Iterator[Diagnostic]:
    from edition.schema import references

    say("following pointers")
    return references.check(documents, root)


def _report(command: str, selection: Selection, asked: Iterable[str], found: Iterable[Diagnostic]) -> Report:
    families = tuple(asked)
    rules = [rule for rule in all_rules() if rule.code.startswith(families) and selection.takes(rule)]
    return Report.of(command, rules, (each for each in found if selection.takes(each.rule)))


def _with(report: Report, config: Config, family: str, found: Iterable[Diagnostic]) -> Report:
    """A report with the rules of one more family, what was found for them and is accepted of it."""
    asked = [family, exceptions.EXC101.code]
    more = exceptions.apply(config.exceptions, _report(report.command, config.selection, asked, found))
    rules = {rule.code: rule for rule in (*report.rules, *more.rules)}.values()
    both = Report.of(report.command, rules, (*report.diagnostics, *more.diagnostics))
    accepted = (*report.accepted, *more.accepted)
    return replace(report, rules=both.rules, diagnostics=both.diagnostics, accepted=accepted)


# Making


def pdf(config: Config, say: Say = _silent) -> Outcome:
    """The PDF of an edition, into output/."""
    return _make(config, say, "pdf")


def bag(config: Config, say: Say = _silent, key: SigningKey | None = None) -> Outcome:
    """The bag of an edition, with its PDF and the report of its checks, into output/; signed, if a key is given."""
    return _make(config, say, "bag", key)


def build(config: Config, say: Say = _silent, key: SigningKey | None = None) -> Outcome:
    """PDF, report and bag of an edition, into output/; signed, if a key is given."""
    return _make(config, say, "build", key)


def bag_again(config: Config, say: Say, commit: str) -> Outcome:
    """The bag of an edition as it was made of a commit of git, which is not asked."""
    return _make(config, say, "bag", commit=commit)


def _make(
    config: Config, say: Say, command: str, key: SigningKey | None = None, *, commit: str | None = None
) -> Outcome:
    """Check, print, pack; each step only where no finding so far counts. output/ changes at the end, if at all."""
    from edition import bagging, packing, signing
    from edition.reports import json

    snapshot = packing.Snapshot.of(config)
    checked = check(config, say, command)
    if checked.report.reaches(config.fail_on):
        return Outcome(checked.report, beside=checked.beside)
    rendering = _render(config, checked, say)
    report = _with(checked.report, config, "PDF", rendering.diagnostics)
    if report.reaches(config.fail_on):
        return Outcome(report, beside=checked.beside)
    # The packed report is of the edition, whichever command made the bag.
    files = {
        f"{config.name}.pdf": rendering.pdf,
        f"{config.name}-report.json": json.render(replace(report, command="check")).encode(),
    }
    if rendering.printers:
        files[f"{config.name}-printers.pdf"] = rendering.printers
    made = tuple(each for each in _made(config, command, str(rendering)) if each.name in files or each.what == "bag")
    with ExitStack() as stack:
        seen = {name: data for name, data in files.items() if name in {each.name for each in made}}
        publish = [stack.enter_context(staged(config.output, seen))]
        if command != "pdf":
            say("packing the bag")
            package = packing.package(config, packing.Contents(checked.sound(), report, files, commit))
            kept = signing.key_findings(key, package.plan.payload) if key else ()
            unmet = tuple(packing.unmet(config, package.plan))
            if (refused := _with(report, config, "BAG", unmet)).reaches(config.fail_on):
                return Outcome(refused, beside=checked.beside)
            bag = stack.enter_context(bagging.stage(package.plan, config.output / f"{config.name}-bag"))
            packing.refuse_other_digests(package.history, bag.folder)
            archive = _serialised(config, bag, stack)
            report = _with(report, config, "BAG", [*unmet, *kept, *_judged(config, bag, archive, say)])
            if report.reaches(config.fail_on):
                return Outcome(report, beside=checked.beside)
            if key:
                signed = signing.sign(package, bag.folder, _bag_name(config), key)
                publish.append(stack.enter_context(staged(config.output, signed)))
                made += tuple(Made("signature", config.output, name) for name in signed if name.endswith(".minisig"))
            publish.append(partial((archive or bag).publish, replace=True))
        snapshot.refuse_changes()
        for each in reversed(publish):  # the bag first: what stands in its place may be no bag
            each()
    return Outcome(report, made, checked.beside)


def _made(config: Config, command: str, printed: str) -> tuple[Made, ...]:
    everything = (
        ("pdf", Made("PDF", config.output, f"{config.name}.pdf", printed)),
        ("pdf", Made("PDF for printers", config.output, f"{config.name}-printers.pdf")),
        ("report", Made("report", config.output, f"{config.name}-report.json")),
        ("bag", Made("bag", config.output, _bag_name(config))),
    )
    return tuple(made for kind, made in everything if command in ("build", kind))


def _bag_name(config: Config) -> str:
    """The bag as it stands in output/: a folder, or a file with the ending of its form."""
    form = config.bag.serialisation
    return f"{config.name}-bag" + ("" if form == "folder" else f".{form}")


def _serialised(config: Config, bag: Staged, stack: ExitStack) -> Serialised | None:
    """The bag as one file, if that is asked for; it is gone with the stack unless it is published."""
    from edition import bagging

    form = config.bag.serialisation
    return None if form == "folder" else stack.enter_context(bagging.serialise(bag, form))


def _render(config: Config, checked: Checked, say: Say) -> Rendering:
    from edition import packing, printing

    say("printing")
    edition = checked.sound()
    copy = printing.Copy(config, checked.documents, edition, packing.imprint(config, edition))
    return printing.render(copy, say)


def _judged(config: Config, bag: Staged, archive: Serialised | None, say: Say) -> Iterator[Diagnostic]:
    """A bag that we made must pass our own verification, and that of the Library of Congress's bagit.

    What its profile only recommends has been told already, at its place in edition.toml.
    """
    from edition import bagging, packing
    from edition.bagging.rules import PROFILE_RECOMMENDS

    say("verifying the bag")
    held = bagging.Asked(profile=packing.profile_of(config))
    found = [*bagging.verify(bag.folder, bagging.Asked() if archive else held), *bagging.ask_bagit(bag.folder)]
    if archive:
        found += bagging.verify(archive.file, held)
    yield from (each for each in found if each.rule is not PROFILE_RECOMMENDS)
