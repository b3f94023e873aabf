"""How an edition came to be: which step, with which software, made which file from which. Data without a format.

Paths are those in the bag, so that who opens the bag finds what the record speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from platform import python_version

from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Report, Severity
from edition.provenance.description import Description
from edition.provenance.software import Software, needed


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path in the bag, with its size in bytes and its SHA-512 digest in hexadecimal digits."""

    path: str
    size: int
    sha512: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: it used files and made others, each of those from each of these.

    `libraries` are the distributions whose versions matter for it, with all that they need in turn. What was done by
    hand has no software: it is the authors' work.
    """

    name: str
    description: str
    used: tuple[str, ...]
    made: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was examined: files, by the rules of some families. `kind` is its type of event in PREMIS."""

    name: str
    kind: str
    description: str
    families: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to, in a word or two, and what the report says in one sentence.

    `success`, `warning` and `fail` are the words of PREMIS; `incomplete` is a check that found nothing and was not
    asked all its rules, `not run` one that was asked none.
    """

    word: str
    note: str


@dataclass(frozen=True, slots=True)
class History:
    """The whole story of one build: the last step makes the bag, of all files. What a step names is among them.

    `made_at` is the date of the sources, which all that is made bears; when the steps were done is not known.
    `engines` is software beside Python's distributions, such as a library of the system that sets the type; `commit`
    that of git which holds the sources as they were packed, or empty; `unasked` the codes of all rules that were left
    out of the run. `roles` are what files are in the edition, as far as that is known.
    """

    description: Description
    made_at: datetime
    files: tuple[File, ...]
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    report: Report
    engines: tuple[Software, ...] = ()
    commit: str = ""
    unasked: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)

    def software(self, step: Step) -> tuple[Software, ...]:
        """What a step was done with, beside the toolkit itself: by name."""
        if step.by_hand:
            return ()
        engines = (Software("Python", python_version()), *(self.engines if step.name == RENDER else ()))
        return tuple(sorted((*_needed(step.libraries), *engines), key=lambda one: one.name.lower()))

    def outcome(self, check: Check) -> Outcome:
        """What the report found by the rules of a check, and which of them nobody asked."""
        asked = [rule.code for rule in self.report.rules if rule.code.startswith(check.families)]
        left_out = self.left_out(check.families)
        if left_out and not asked:
            return Outcome("not run", f"0 rules asked{left_out}")
        found = [one for one in self.report.diagnostics if one.rule.code.startswith(check.families)]
        worst = max((one.severity for one in found), default=Severity.NOTE)
        word = {Severity.NOTE: "success", Severity.WARNING: "warning", Severity.ERROR: "fail"}[worst]
        counts = [
            f"{count} {severity.label}{'' if count == 1 else 's'}"
            for severity in sorted(Severity, reverse=True)
            if (count := sum(one.severity is severity for one in found))
        ]
        codes = sorted({one.rule.code for one in found})
        said = f"{', '.join(counts)} ({', '.join(codes)})" if found else "nothing found"
        accepted = sum(one.diagnostic.rule.code.startswith(check.families) for one in self.report.accepted)
        said += f", {accepted} accepted by the editors" if accepted else ""
        word = "incomplete" if left_out and word == "success" else word
        return Outcome(word, f"{len(asked)} rule{'' if len(asked) == 1 else 's'} asked: {said}{left_out}")

    def left_out(self, families: tuple[str, ...]) -> str:
        """The end of a sentence, which names the rules of some families that nobody asked; mostly empty."""
        codes = [code for code in self.unasked if code.startswith(families)]
        return f"; left out: {', '.join(codes)}" if codes else ""


@cache
def _needed(libraries: tuple[str, ...]) -> tuple[Software, ...]:
    """What libraries need, read once for all records: it stays as it is while a program runs."""
    return tuple(needed(libraries))


_CHECKING = ("lxml", "xmlschema", "PyYAML", "numpy")
_PACKING = ("bagit", "prov")
_PRINTING = ("lxml", "weasyprint", "fonttools", "pikepdf[pdfa]", "page-validation")
RENDER = "render"
FIXITY = tuple(f"BAG{hundred}" for hundred in range(1, 7))  # the rules that every bag is held to


def steps(config: Config, *, report: str | None, pdf: str | None, payload: str = "data/") -> tuple[Step, ...]:
    """The steps of a build: encoding, checking, printing, packing. `report` and `pdf` are paths in the bag.

    `payload` stands before the path of each file of the edition.
    """
    witnesses = _packed((witness.path for witness in config.witnesses), payload)
    texts = _packed((config.original, config.translation), payload)
    printed = _packed((CONFIG_NAME, config.citation, *config.sources, *config.printing.own_files), payload)
    encode = Step("encode", "Encoding in TEI, by hand", witnesses, texts, by_hand=True)
    checked, said = _packed(config.files, payload), "Checks of schema, parity, witness and header"
    asking = (*_CHECKING, *(["saxonche"] if any(schema.has_rules for schema in config.schemas) else []))
    check = Step("check", said, checked, _packed((report,), ""), asking)
    package = Step("package", "Packing into a bag (RFC 8493)", (), (), _PACKING)
    printing = (*_PRINTING, *(f"fontpkg-{name.lower().replace(' ', '-')}" for name in config.printing.packaged_fonts))
    render = [Step(RENDER, "Printing as PDF", printed, (pdf,), printing)] if pdf else []
    return (*([encode] if witnesses else []), check, *render, package)


def checks(config: Config, *, pdf: str | None, payload: str = "data/") -> tuple[Check, ...]:
    """What was examined before the bag was made, each with the files that it is about."""
    sources = _packed(config.sources, payload)
    texts = _packed((config.original, config.translation), payload)
    witnesses = _packed((witness.path for witness in config.witnesses), payload)
    described = _packed((CONFIG_NAME, config.citation, *config.sources), payload)
    schema = "Well-formedness, schemas, identifiers and pointers of the TEI files"
    parity = "Turns, speakers, attendees and values of the translation against those of the original"
    found = [Check("validation", "validation", schema, ("XML", "SCH", "REF"), sources)]
    if config.translation:
        found.append(Check("parity", "quality review", parity, ("TRN", "ATT", "VAL"), texts))
    if witnesses:
        said = "Transcription against its witness, and the witness against its stated digest"
        found.append(Check("witness", "quality review", said, ("WIT",), (*texts, *witnesses)))
    said = "CITATION.cff, edition.toml and TEI headers against each other"
    found.append(Check("metadata", "quality review", said, ("HDR",), described))
    if pdf:
        found.append(Check("preflight", "validation", "The finished PDF", ("PDF",), (pdf,)))
    return tuple(found)


def _packed(paths: Iterable[str | None], payload: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(payload + path for path in paths if path))
