"""Checking, in order: read the sources, hold them to schema, each other, their witness and their metadata.

Each door takes a Config or bare files, tells `say` what it is doing, and gives back a report. What is made of an
edition that is checked, `making` tells.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition import exceptions
from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic, Location, Related, Report
from edition.errors import ConfigError, EditionError, UsageError
from edition.families import refuse_silence, refuse_unknown, rules_of
from edition.gathering import relative
from edition.model import Edition
from edition.rules import Selection
from edition.tei import parse
from edition.tei.attendance import persons_of
from edition.tei.parse import Document
from edition.tei.reading import FirstReading, Wanted, read_edition, read_first, read_pair
from edition.tei.unfit import refuse_unfit
from edition.tei.units import AUTOMATIC

if TYPE_CHECKING:
    from edition.bagging import Asked
    from edition.parity.comparison import Comparison
    from edition.provenance.citation import Citation
    from edition.provenance.keys import VerifyingKey
    from edition.side_by_side import SideBySide
    from edition.tei.links import NewLink

Say = Callable[[str], None]

_CHECKED = ("XML", "SCH", "REF", "TRN", "ATT", "VAL", "WIT", "HDR", "EXC")
_PARITY = ("TRN", "ATT", "VAL")


def silent(_: str) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True)
class Checked:
    """An edition that was checked: its files by path, and the model where every file could be parsed.

    `beside` is original and translation in step, where there are both, `citation` what CITATION.cff says.
    """

    report: Report
    documents: dict[str, Document]
    edition: Edition | None
    beside: SideBySide | None = None
    citation: Citation | None = None

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


def check(config: Config, say: Say = silent, command: str = "check") -> Checked:
    """All checks of an edition. Raises ConfigError without a schema, EditionError for what cannot be read."""
    from edition import parity

    refuse_unknown(config.selection)
    if command == "check":  # the others ask further rules
        refuse_silence(config.selection, _CHECKED)
    exceptions.check_known(config, rules_of(accepted.code for accepted in config.exceptions))
    if not config.schemas:
        raise ConfigError(
            f"{config.root / CONFIG_NAME}: no schema is named, and without one nothing can be called valid",
            advice='add [[schema]] with path = "…"; for a TEI project mostly the XSD made from its ODD',
        )
    witnesses = (witness.path for witness in config.witnesses)
    config.refuse_missing((*config.sources, *config.schemas, *witnesses, config.citation or CONFIG_NAME))
    documents = {path: _read(config.root / path, path, say) for path in config.sources}
    found = [*_of_files(list(documents.values()), [(config.root / each, each) for each in config.schemas], say)]
    found += _of_references(list(documents.values()), config.root, say)
    asked = ["XML", "SCH", "REF"]
    edition = comparison = citation = None
    if all(document.root is not None for document in documents.values()):
        edition = _edition(config, documents)
        say("comparing original and translation")
        comparison = _paired(edition, config.selection)
        found += _of_edition(config, edition, comparison, say)
        citation, disagreeing = _described(config, edition, say)
        found += disagreeing
        asked += ["TRN", "ATT", "VAL", "WIT", "HDR"] if edition.translation else ["ATT", "VAL1", "WIT", "HDR"]
    else:
        broken = [found for document in documents.values() for found in document.findings]
        _refuse_unseen(broken, config.selection, "it was not checked")
    report = exceptions.apply(config.exceptions, _report(command, config.selection, [*asked, "EXC"], found))
    if edition is not None:
        report = _speakers_told_once(report, edition)
    return Checked(_on_basis(report, comparison), documents, edition, parity.side_by_side(comparison), citation)


def _speakers_told_once(report: Report, edition: Edition) -> Report:
    """The report in which a `who` that leads nowhere is that, and not another speaker than the counterpart's, nor one
    who was not present, too.

    Only where the pointer counts: one that is accepted or not asked about may hide no difference.
    """
    dangling = {
        (found.location.path, found.location.line)
        for found in report.diagnostics
        if found.rule.code in ("REF201", "REF202")
    }
    nobodys = {
        place
        for text in edition.texts()
        for turn in text.turns
        if (place := (turn.location.path, turn.location.line)) in dangling
        and turn.who
        and edition.persons.keys().isdisjoint(turn.who)
    }
    if not nobodys:
        return report
    doubled = [
        found
        for found in report.diagnostics
        if found.rule.code in ("TRN301", "ATT104")
        and not nobodys.isdisjoint((each.path, each.line) for each in _places(found))
    ]
    kept = (_with_counterpart(found, doubled) for found in report.diagnostics if found not in doubled)
    return replace(report, diagnostics=tuple(kept))


def _with_counterpart(pointer: Diagnostic, doubled: Sequence[Diagnostic]) -> Diagnostic:
    """A dangling `who` with the turn of the other text beside it, which the finding that is not told would name."""
    if pointer.rule.code not in ("REF201", "REF202"):
        return pointer
    here = (pointer.location.path, pointer.location.line)
    beside = [
        Related(each, "the same turn in the other text")
        for other in doubled
        if other.rule.code == "TRN301" and here in {(place.path, place.line) for place in _places(other)}
        for each in _places(other)
        if (each.path, each.line) != here
    ]
    return replace(pointer, related=(*pointer.related, *beside))


def _places(found: Diagnostic) -> tuple[Location, ...]:
    return (found.location, *(each.location for each in found.related))


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

    yield from parity.findings(edition, comparison)
    say("comparing the texts with their witness")
    yield from witness.check(config, edition)


def _described(config: Config, edition: Edition, say: Say) -> tuple[Citation | None, list[Diagnostic]]:
    """CITATION.cff, what is wrong with it, and where the files that describe the edition disagree."""
    from edition.provenance import agreement, citation

    say("comparing the metadata")
    said, wrong = citation.read(config.root / config.citation, config.citation) if config.citation else (None, ())
    return said, [*wrong, *agreement.check(config, said, edition.headers)]


def compare(
    original: str, translation: str, selection: Selection, say: Say = silent, *, units: str = AUTOMATIC
) -> Compared:
    """Parity of two bare files; for `units` see tei.units.KINDS. Raises EditionError where nothing is compared."""
    from edition import parity

    refuse_unknown(selection)
    refuse_silence(selection, _PARITY)
    root, paths = _two(original, translation)
    first = (_read_first(root / paths[0], paths[0], units, say), _read_first(root / paths[1], paths[1], units, say))
    broken = [found for each in first for found in each.findings]
    if broken:
        _refuse_unseen(broken, selection, "nothing was compared")
        return Compared(_report("compare", selection, ["XML"], broken))
    say("comparing original and translation")
    edition = _with_names(read_pair(first, units), root)
    del first
    comparison = _paired(edition, selection)
    report = _report("compare", selection, ["XML", "TRN", "ATT", "VAL"], parity.findings(edition, comparison))
    return Compared(_on_basis(report, comparison), parity.side_by_side(comparison))


def _paired(edition: Edition, selection: Selection) -> Comparison | None:
    """The edition with its turns paired. Who ignores the rule of two different texts, by name, has them compared.

    Raises EditionError where nothing is compared for that reason and nobody asks for the rule that would say so.
    """
    from edition import parity

    rule, ignored = parity.NOT_THE_SAME, {entry.upper() for entry in selection.ignore}
    comparison = parity.pair_up(edition, believed=not ignored.isdisjoint((rule.code, rule.name.upper())))
    if comparison is None or comparison.pairing.same_text or selection.takes(rule):
        return comparison
    if any(selection.takes(each) for each in rules_of(_PARITY)):
        raise EditionError(
            f"{comparison.translation.path}: no translation of {comparison.original.path}, so nothing was compared",
            advice=f"ask {rule.code} as well, which says why, or --ignore {rule.code} to compare them all the same",
        )
    return comparison


def link(
    original: str, translation: str, say: Say = silent, *, write: bool = False, units: str = AUTOMATIC
) -> Linked:
    """The links between two bare files that the translation lacks; with `write` its file has them afterwards.

    Raises EditionError where there is nothing to compare, and where the file cannot be written without other changes.
    """
    from edition import parity
    from edition.tei import links

    root, paths = _two(original, translation)
    for path in paths:
        refuse_unfit(parse.read_bytes(root / path, path), path)
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
    answers, without = parity.unlinked(comparison), parity.without_link(comparison)
    new = tuple(links.new_links(documents[1], comparison.translation, answers))
    if without and not new and not any(turn.id for turn in comparison.original.turns):
        raise EditionError(
            f"{documents[0].path}: no turn has an xml:id, so no link can point at one",
            advice="give an xml:id to each turn of the original",
        )
    if write and new:
        say(f"writing {documents[1].path}")
        links.write(documents[1], new)
    linked = links.new_links(
        documents[1], comparison.translation, (each for each in answers if each.paragraph is None)
    )
    return Linked(new, len(without) - len(linked))


def _two(original: str, translation: str) -> tuple[Path, list[str]]:
    """The folder of two bare files, and their paths: from the working folder, or whole where one lies outside it.

    So messages name what can be opened, and a pointer from the one to the other is followed wherever they lie.
    """
    root, paths = relative([original, translation])
    if paths[0] == paths[1]:
        raise UsageError(f"{original} is given twice", advice="name the original first, then its translation")
    return root, paths if root == Path.cwd() else [(root / path).as_posix() for path in paths]


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


def verify(bag: Path, selection: Selection, say: Say = silent, asked: Asked | None = None) -> Report:
    """Whether a bag, a folder or an archive, is complete and valid. Raises EditionError for what is neither."""
    from edition import bagging

    refuse_unknown(selection)
    refuse_silence(selection, ("BAG",))
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


def _read_first(file: Path, path: str, units: str, say: Say) -> FirstReading:
    say(f"reading {path}")
    return read_first(file, path, units)


def _of_files(documents: Sequence[Document], schemas: Sequence[tuple[Path, str]], say: Say) -> Iterator[Diagnostic]:
    from edition.schema import languages
    from edition.schema.associations import open_catalogs
    from edition.schema.files import finding_by

    with finding_by(open_catalogs((), os.environ.get("XML_CATALOG_FILES", "")).schema):
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


def _refuse_unseen(broken: Sequence[Diagnostic], selection: Selection, so: str) -> None:
    """Raise EditionError for files that cannot be read, where no rule is asked that says so; `so` is what follows."""
    if not any(selection.takes(found.rule) for found in broken):
        first = broken[0]
        raise EditionError(f"{first.location}: {first.message}, so {so}", advice=first.hint)


def _report(command: str, selection: Selection, asked: Iterable[str], found: Iterable[Diagnostic]) -> Report:
    rules = [rule for rule in rules_of(asked) if selection.takes(rule)]
    return Report.of(command, rules, (each for each in found if selection.takes(each.rule)))


def with_family(report: Report, config: Config, family: str, found: Iterable[Diagnostic]) -> Report:
    """A report with the rules of one more family, what was found for them and is accepted of it."""
    asked = [family, "EXC"]
    more = exceptions.apply(config.exceptions, _report(report.command, config.selection, asked, found))
    rules = {rule.code: rule for rule in (*report.rules, *more.rules)}.values()
    both = Report.of(report.command, rules, (*report.diagnostics, *more.diagnostics))
    accepted = (*report.accepted, *more.accepted)
    return replace(report, rules=both.rules, diagnostics=both.diagnostics, accepted=accepted)
