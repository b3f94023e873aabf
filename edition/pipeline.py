"""Checking, in order: read the sources, hold them to schema, each other, their witness and their metadata.

Each door takes a Config or a bag, tells `say` what it is doing, and gives back a report. Two bare files are compared
in `comparing`; what is made of an edition that is checked, `making` tells.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition import exceptions
from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic, Report
from edition.errors import ConfigError, EditionError
from edition.families import refuse_silence, refuse_unknown, rules_of
from edition.model import Edition
from edition.rules import Selection
from edition.tei import parse
from edition.tei.parse import Document
from edition.tei.reading import read_edition
from edition.told_once import pointers_told_once, speakers_told_once

if TYPE_CHECKING:
    from edition.bagging import Asked
    from edition.parity.comparison import Comparison
    from edition.provenance.citation import Citation
    from edition.provenance.keys import VerifyingKey
    from edition.side_by_side import SideBySide

Say = Callable[[str], None]

_CHECKED = ("XML", "SCH", "REF", "TRN", "ATT", "VAL", "WIT", "HDR", "EXC")
PARITY = ("TRN", "ATT", "VAL")


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


@contextlib.contextmanager
def by_catalogs() -> Iterator[None]:
    """Have schemas and files that are read meanwhile find in the catalogs of XML_CATALOG_FILES what is of the web."""
    named = os.environ.get("XML_CATALOG_FILES", "")
    if not named:
        yield
        return
    from edition.schema.associations import looking_up, open_catalogs

    with looking_up(open_catalogs((), named)):
        yield


@by_catalogs()
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
    schemas = (schema.path for schema in config.schemas)
    config.refuse_missing((*config.sources, *schemas, *witnesses, config.citation or CONFIG_NAME))
    documents = {path: read(config.root / path, path, say) for path in config.sources}
    found = [*_of_files(list(documents.values()), config, say)]
    found += _of_references(list(documents.values()), config.root, say)
    asked = ["XML", "SCH", "REF"]
    edition = comparison = citation = None
    if all(document.root is not None for document in documents.values()):
        edition = _edition(config, documents)
        say("comparing original and translation")
        comparison = paired(edition, config.selection)
        found += _of_edition(config, edition, comparison, say)
        citation, disagreeing = _described(config, edition, say)
        found += disagreeing
        asked += [*PARITY, "WIT", "HDR"] if edition.translation else ["ATT", "VAL1", "WIT", "HDR"]
    else:
        broken = [found for document in documents.values() for found in document.findings]
        refuse_unseen(broken, config.selection, "it was not checked")
    report = exceptions.apply(config.exceptions, report_of(command, config.selection, [*asked, "EXC"], found))
    report = replace(report, diagnostics=pointers_told_once(report.diagnostics))
    if edition is not None:
        report = speakers_told_once(report, edition)
    return Checked(on_basis(report, comparison), documents, edition, parity.side_by_side(comparison), citation)


def on_basis(report: Report, comparison: Comparison | None) -> Report:
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


def paired(edition: Edition, selection: Selection) -> Comparison | None:
    """The edition with its turns paired. Who ignores the rule of two different texts, by name, has them compared.

    Raises EditionError where nothing is compared for that reason and nobody asks for the rule that would say so.
    """
    from edition import parity

    rule, ignored = parity.NOT_THE_SAME, {entry.upper() for entry in selection.ignore}
    comparison = parity.pair_up(edition, believed=not ignored.isdisjoint((rule.code, rule.name.upper())))
    if comparison is None or comparison.pairing.same_text or selection.takes(rule):
        return comparison
    if any(selection.takes(each) for each in rules_of(PARITY)):
        raise EditionError(
            f"{comparison.translation.path}: no translation of {comparison.original.path}, so nothing was compared",
            advice=f"ask {rule.code} as well, which says why, or --ignore {rule.code} to compare them all the same",
        )
    return comparison


def verify(bag: Path, selection: Selection, say: Say = silent, asked: Asked | None = None) -> Report:
    """Whether a bag, a folder or an archive, is complete and valid. Raises EditionError for what is neither."""
    from edition import bagging

    asked = asked or bagging.Asked()
    refuse_unknown(selection)
    refuse_silence(selection, asked.families)
    say("verifying the bag")
    return report_of("verify", selection, asked.families, bagging.verify(bag, asked))


def verify_signature(report: Report, bag: Path, key: VerifyingKey, asked: Asked) -> Report:
    """The report on a bag with whether it was signed with a key. Raises EditionError for what cannot be read."""
    from edition import signing

    found = (each for each in signing.verify(bag, key, asked.limits) if each.rule in report.rules)
    return replace(
        report, diagnostics=Report.of(report.command, report.rules, (*report.diagnostics, *found)).diagnostics
    )


def read(file: Path, path: str, say: Say) -> Document:
    """A file, as parse.read does, which is said."""
    say(f"reading {path}")
    return parse.read(file, path)


def _of_files(documents: Sequence[Document], config: Config, say: Say) -> Iterator[Diagnostic]:
    from edition.schema import languages

    loaded = [
        languages.load(config.root / each.path, each.path, language, each.phase)
        for each in config.schemas
        for language in (("", ".sch") if each.embedded else ("",))
    ]
    for document in documents:
        yield from document.findings
        for schema in loaded:
            say(f"validating {document.path} against {schema.path}")
            yield from schema.check(document)


def _of_references(documents: Sequence[Document], root: Path, say: Say) -> Iterator[Diagnostic]:
    from edition.schema import references

    say("following pointers")
    return references.check(documents, root)


def refuse_unseen(broken: Sequence[Diagnostic], selection: Selection, so: str) -> None:
    """Raise EditionError for files that cannot be read, where no rule is asked that says so; `so` is what follows."""
    if not any(selection.takes(found.rule) for found in broken):
        first = broken[0]
        raise EditionError(f"{first.location}: {first.message}, so {so}", advice=first.hint)


def report_of(command: str, selection: Selection, asked: Iterable[str], found: Iterable[Diagnostic]) -> Report:
    """The report of a command on the rules of these families, of which it has what the selection takes."""
    rules = [rule for rule in rules_of(asked) if selection.takes(rule)]
    return Report.of(command, rules, (each for each in found if selection.takes(each.rule)))


def with_families(report: Report, config: Config, families: Iterable[str], found: Iterable[Diagnostic]) -> Report:
    """A report with the rules of more families, what was found for them and is accepted of it."""
    asked = [*families, "EXC"]
    more = exceptions.apply(config.exceptions, report_of(report.command, config.selection, asked, found))
    rules = {rule.code: rule for rule in (*report.rules, *more.rules)}.values()
    both = Report.of(report.command, rules, (*report.diagnostics, *more.diagnostics))
    accepted = (*report.accepted, *more.accepted)
    return replace(report, rules=both.rules, diagnostics=both.diagnostics, accepted=accepted)
