"""From an edition to what lies in output/: check, print, pack, sign; each step only where no finding so far counts.

Whatever is made is made beside its place and verified. output/ changes at the end, if at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edition.bagging import (
    Asked,
    Serialised,
    Staged,
    ask_bagit,
    refuse_impossible,
    refuse_taken,
    serialise,
    stage,
    verify,
)
from edition.bagging.rules import PROFILE_RECOMMENDS, SIGNATURES
from edition.config import Config
from edition.diagnostics import Diagnostic, Report
from edition.packing import (
    Contents,
    Package,
    Snapshot,
    draft,
    gathered,
    imprint,
    names_of_made,
    package,
    profile_of,
    refuse_other_digests,
    unmet,
)
from edition.pipeline import Checked, Say, check, silent, with_families
from edition.replacing import refuse_loss
from edition.reports import json
from edition.signing import key_findings, names_of, refuse_packing, sign, still_fits
from edition.staging import remove_files, staged

if TYPE_CHECKING:
    from edition.printing import Rendering
    from edition.provenance.keys import SigningKey
    from edition.side_by_side import SideBySide


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


def pdf(config: Config, say: Say = silent) -> Outcome:
    """The PDF of an edition, into output/."""
    return _make(config, _Order("pdf", say))


def bag(config: Config, say: Say = silent, key: SigningKey | None = None, *, replace: bool = False) -> Outcome:
    """The bag of an edition, with its PDF and the report of its checks, into output/; signed, if a key is given.

    Raises EditionError, before anything is done, where something stands at its place; with `replace` a bag gives way.
    """
    return _make(config, _Order("bag", say, key, replace=replace))


def build(config: Config, say: Say = silent, key: SigningKey | None = None, *, replace: bool = False) -> Outcome:
    """PDF, report and bag of an edition, into output/, in the place of older ones; signed, if a key is given.

    Raises EditionError, before anything is done, where at the place of the bag stands something else than a bag that
    `edition` made and nobody changed; with `replace` any bag gives way.
    """
    return _make(config, _Order("build", say, key, replace=replace))


def bag_again(config: Config, say: Say, commit: str) -> Outcome:
    """The bag of an edition as it was made of a commit of git, which is not asked."""
    return _make(config, _Order("bag", say, commit=commit))


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked for, and who is told of each step. With `replace` any bag that is there gives way."""

    command: str
    say: Say
    key: SigningKey | None = None
    commit: str | None = None
    replace: bool = False

    @property
    def replaces(self) -> bool:
        """Whether a bag can give way: `build` makes output/ anew, what was made there before with it."""
        return self.replace or self.command == "build"


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is made and verified, and only waits for its name."""

    publish: Callable[[], None]
    made: tuple[Made, ...] = ()


class _FindingsFirstError(Exception):
    """A finding counts, so the rest is not made."""


@dataclass
class _Found:
    """What was found so far: of the checks, then of what was made of the edition, by family."""

    config: Config
    checks: Report
    is_signed: bool = False
    later: dict[str, list[Diagnostic]] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        report = self.checks
        for family, found in self.later.items():
            report = with_families(report, self.config, self._asked(family), found)
        return report

    @property
    def packed(self) -> Report:
        """What the bag can hold: what is found of the bag itself comes too late for it."""
        report = self.checks
        for family, found in self.later.items():
            if family != "BAG":
                report = with_families(report, self.config, (family,), found)
        return report

    def _asked(self, family: str) -> tuple[str, ...]:
        """The beginnings of the rules that are asked: of a bag, those alone that it is held to."""
        if family != "BAG":
            return (family,)
        return Asked(profile=profile_of(self.config), further=(SIGNATURES,) if self.is_signed else ()).families

    def add(self, family: str, found: Iterable[Diagnostic]) -> None:
        """Raises _FindingsFirstError where anything so far reaches --fail-on."""
        self.later.setdefault(family, []).extend(found)
        self.stop_if_any_counts()

    def stop_if_any_counts(self) -> None:
        if self.report.reaches(self.config.fail_on):
            raise _FindingsFirstError


def _make(config: Config, order: _Order) -> Outcome:
    config.refuse_missing(config.files)
    if order.command != "pdf":
        _refuse_first(config, order)
    snapshot = Snapshot.of(config)
    checked = check(config, order.say, order.command)
    found = _Found(config, checked.report, is_signed=order.key is not None)
    made: tuple[Made, ...] = ()
    with contextlib.suppress(_FindingsFirstError), ExitStack() as stack:
        found.stop_if_any_counts()
        if order.command != "pdf":
            _judge_draft(config, checked, found)
        rendering = _render(config, checked, order.say)
        found.add("PDF", rendering.diagnostics)
        files = _files(config, rendering, found.packed)
        ready = [
            _ready_files(config, order, files, stack),
            _ready_for_printers(config, order, rendering.printers, stack),
        ]
        if order.command != "pdf":
            made_files = {each.name: data for each, data in files}
            contents = Contents(checked.sound(), checked.citation, found.packed, made_files, order.commit)
            ready += _ready_bag(order, contents, found, stack)
        snapshot.refuse_changes()
        for each in reversed(ready):  # the bag first: what stands in its place may be no bag
            each.publish()
        made = tuple(one for each in ready for one in each.made)
    return Outcome(found.report, made, checked.beside)


def _refuse_first(config: Config, order: _Order) -> None:
    """What is refused without a look at the texts: nobody waits for a PDF to hear that no bag can hold it."""
    target = _target(config)
    refuse_taken(target, order.replaces, "bag" if config.bag.serialisation == "folder" else "file")
    if not order.replace and target.exists():
        order.say("verifying the bag that is there")
        refuse_loss(target)
    payload = gathered(config)
    if order.key:
        refuse_packing(order.key, payload)


def _judge_draft(config: Config, checked: Checked, found: _Found) -> None:
    """What edition.toml asks of a bag that none can be, and what its profile asks for and edition.toml lacks."""
    plan = draft(config, checked.citation)
    refuse_impossible(plan)
    found.add("BAG", unmet(config, plan))


def _render(config: Config, checked: Checked, say: Say) -> Rendering:
    from edition import printing

    say("printing")
    edition = checked.sound()
    said = imprint(config, edition, checked.citation)
    return printing.render(printing.Copy(config, checked.documents, edition, said), say)


def _files(config: Config, rendering: Rendering, report: Report) -> list[tuple[Made, bytes]]:
    """PDF and report, which the bag keeps. The report is of the edition, whichever command packs it."""
    reported, (pdf, name) = json.render(replace(report, command="check")).encode(), names_of_made(config)
    return [
        (Made("PDF", config.output, pdf, str(rendering)), rendering.pdf),
        (Made("report", config.output, name), reported),
    ]


def _ready_files(config: Config, order: _Order, files: list[tuple[Made, bytes]], stack: ExitStack) -> _Ready:
    """Of the files those that the command puts beside the bag."""
    wanted = {"pdf": files[:1], "bag": [], "build": files}[order.command]
    publish = stack.enter_context(staged(config.output, {each.name: data for each, data in wanted}))
    return _Ready(publish, tuple(each for each, _ in wanted))


def _ready_for_printers(config: Config, order: _Order, data: bytes | None, stack: ExitStack) -> _Ready:
    """The file for one press. No bag keeps it: it can be made again, for whichever press prints the edition next."""
    made = Made("PDF for printers", config.output, f"{config.name}-printers.pdf")
    if order.command == "bag":
        return _Ready(lambda: None)
    if data is None:  # that of a build before must not stay
        return _Ready(lambda: remove_files([made.folder / made.name]))
    return _Ready(stack.enter_context(staged(made.folder, {made.name: data})), (made,))


def _ready_bag(order: _Order, contents: Contents, found: _Found, stack: ExitStack) -> list[_Ready]:
    """The bag, verified by us and by the Library of Congress's bagit, and its signature before it."""
    config, target = found.config, found.config.output / f"{found.config.name}-bag"
    order.say("packing the bag")
    packed = package(config, contents)
    found.add("BAG", key_findings(order.key) if order.key else ())
    bag = stack.enter_context(stage(packed.plan, target))
    refuse_other_digests(packed.history, bag.folder)
    form = config.bag.serialisation
    archive = stack.enter_context(serialise(bag, form)) if form != "folder" else None
    order.say("verifying the bag")
    found.add("BAG", _judged(config, bag, archive))
    name = (archive or bag).target.name
    signature = _ready_signature(order, packed, bag, name, stack)
    publish = partial((archive or bag).publish, replace=order.replaces)
    return [signature, _Ready(publish, (Made("bag", config.output, name),))]


def _target(config: Config) -> Path:
    """Where the bag will be: a folder, or one file."""
    form = config.bag.serialisation
    return config.output / f"{config.name}-bag{'' if form == 'folder' else f'.{form}'}"


def _judged(config: Config, bag: Staged, archive: Serialised | None) -> Iterator[Diagnostic]:
    """What verifying finds. What a profile only recommends has been told already, at its place in edition.toml."""
    held = Asked(profile=profile_of(config))
    found = [*verify(bag.folder, Asked() if archive else held), *ask_bagit(bag.folder)]
    if archive:
        found += verify(archive.file, held)
    yield from (each for each in found if each.rule is not PROFILE_RECOMMENDS)


def _ready_signature(order: _Order, packed: Package, bag: Staged, name: str, stack: ExitStack) -> _Ready:
    """The files beside a signed bag; beside one that is not, those of another bag before it must not stay."""
    output = bag.target.parent
    if order.key is None and still_fits(output / name, bag.folder):
        return _Ready(lambda: None)
    if order.key is None:
        return _Ready(lambda: remove_files(output / each for each in names_of(name)))
    signed = sign(packed, bag.folder, name, order.key)
    made = tuple(Made("signature", output, each) for each in signed if each.endswith(".minisig"))
    return _Ready(stack.enter_context(staged(output, signed)), made)
