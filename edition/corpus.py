"""Files that no edition.toml holds together, from one to a hundred thousand: each is judged alone, in its turn.

What is found in a file depends on that file, its schemas, and the files that it points to, and on nothing else; so it
is the same for one process and for many, and no more than a few files are in memory at once.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.diagnostics import Diagnostic, Failure, Report, Rule, Severity, Summary, Tally
from edition.errors import EditionError, UsageError
from edition.families import refuse_silence, refuse_unknown, rules_of
from edition.files import noting
from edition.gathering import Wanted, gather
from edition.rules import Selection
from edition.schema import references
from edition.schema.associations import Library, looking_up, open_catalogs
from edition.schema.piecewise import Links, all_accept, sifted
from edition.tei import parse
from edition.tei.parse import LARGE, Document
from edition.tei.written import UnsureError, Written
from edition.told_once import pointers_told_once
from edition.verdicts import MIN_BYTES, Clean, Verdicts

if TYPE_CHECKING:
    from edition.baseline import Baseline

Say = Callable[[str], None]

FAMILIES = ("XML", "SCH", "REF")
_MAX_BESIDE = 8  # files of the same folder that hints look into
_FILES_A_PROCESS = 8  # so few are judged sooner than another process starts
_SECONDS_BETWEEN = 0.1  # two words on the progress


@dataclass(frozen=True, slots=True)
class Asked:
    """What `edition validate` is asked: files, the schemas for all of them or catalogs for those that they name."""

    files: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    schematron: tuple[str, ...] = ()
    phase: str = ""
    catalogs: tuple[str, ...] = ()
    files_from: str | None = None
    since: str | None = None
    jobs: int | None = None
    scheduler: str | None = None
    cache: bool = True
    baseline: str | None = None
    update_baseline: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in one file, or why it could not be judged."""

    path: str
    findings: tuple[Diagnostic, ...] = ()
    failure: Failure | None = None

    @property
    def is_valid(self) -> bool:
        return not any(found.severity is Severity.ERROR for found in self.findings)


@dataclass
class Run:
    """Files being judged. Iterate over it once, for a verdict on each in order; then it knows what they come to.

    Paths are relative to `root`.
    """

    root: Path
    rules: tuple[Rule, ...]
    judged: Iterator[Judged]
    remarks: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    by_rule: Counter[Rule] = field(default_factory=Counter)
    files_by_rule: Counter[Rule] = field(default_factory=Counter)
    unlisted: Counter[Rule] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    def __iter__(self) -> Iterator[Judged]:
        for each in self.judged:
            rules = Counter(found.rule for found in each.findings)
            self.by_rule.update(rules)
            self.files_by_rule.update(rules.keys())
            self.unlisted.update({found.rule: found.further for found in each.findings if found.further})
            if each.failure:
                self.failures.append(each.failure)
                self.tally = replace(self.tally, unreadable=self.tally.unreadable + 1)
            elif each.is_valid:
                self.tally = replace(self.tally, valid=self.tally.valid + 1)
            else:
                self.tally = replace(self.tally, invalid=self.tally.invalid + 1)
            yield each

    @property
    def summary(self) -> Summary:
        return self.summary_of(self.by_rule)

    @property
    def whole(self) -> Counter[Rule]:
        """All findings by rule, also those that a file has too many of to be listed."""
        return self.by_rule + self.unlisted

    def summary_of(self, by_rule: Counter[Rule]) -> Summary:
        counts: Counter[Severity] = Counter()
        for rule, count in by_rule.items():
            counts[rule.severity] += count
        return Summary("validate", self.rules, counts, self._many)

    def report(self) -> Report:
        """All of it at once, for the forms that are written whole."""
        found = [each for judged in self for each in judged.findings]
        report = Report.of("validate", self.rules, found)
        return replace(report, tally=self._many, failures=tuple(self.failures))

    def exit_code(self, fail_on: Severity) -> int:
        """What could not be judged comes before what was found; see `edition.errors`."""
        if self.failures:
            return max(failure.exit_code for failure in self.failures)
        return int(any(rule.severity >= fail_on for rule in self.by_rule))

    @property
    def _many(self) -> Tally | None:
        """One file needs no counting."""
        tally = self.tally
        return None if tally.valid + tally.invalid + tally.unreadable == 1 else tally


def validate(asked: Asked, selection: Selection, say: Say) -> Run:
    """Well-formedness, validity, ids and pointers of bare files, as they are judged.

    Raises UsageError where nothing can be meant, and EditionError for schemas that cannot be used. A file that cannot
    be judged is a failure of its own; if it is the only one, its error is raised.
    """
    refuse_unknown(selection, FAMILIES)
    refuse_silence(selection, FAMILIES)
    if asked.jobs and asked.scheduler:
        advice = "leave one of them away"
        raise UsageError("--jobs are processes of this machine, --scheduler has workers of its own", advice=advice)
    root, paths = gather(Wanted(asked.files, asked.files_from, asked.since))
    say("reading the schemas")
    judge = Judge(root, asked, selection, os.environ.get("XML_CATALOG_FILES", ""))
    rules = tuple(rule for rule in rules_of(FAMILIES) if selection.takes(rule))
    run = Run(root, rules, _judged(judge, paths, asked, say), judge.remarks())
    if asked.baseline:
        from edition.baseline import Baseline

        baseline = Baseline.open(Path(asked.baseline), update=asked.update_baseline)
        run.judged = _against(baseline, run.judged, run.remarks)
    elif asked.update_baseline:
        raise UsageError("--update-baseline says of no file that it is the baseline", advice="add --baseline FILE")
    return run


def _judged(judge: Judge, paths: list[str], asked: Asked, say: Say) -> Iterator[Judged]:
    started = last = time.monotonic()
    for number, each in enumerate(_results(judge, list(_tasks(paths)), asked), 1):
        if each.failure and len(paths) == 1:
            kind = UsageError if each.failure.exit_code == UsageError.exit_code else EditionError
            raise kind(each.failure.message, advice=each.failure.advice)
        yield each
        now = time.monotonic()
        if now - last >= _SECONDS_BETWEEN:
            last = now
            say(f"{number:,} of {len(paths):,} files, {number / (now - started):,.0f} a second")


def _results(judge: Judge, tasks: list[Task], asked: Asked) -> Iterator[Judged]:
    if asked.scheduler is not None:
        from edition import cluster
        from edition.processes import Work

        return cluster.over(Work(judge, lost), tasks, asked.scheduler)
    jobs = asked.jobs
    most = len(tasks) if jobs else len(tasks) // _FILES_A_PROCESS
    if jobs == 1 or most < 2:
        return map(judge, tasks)
    from edition.processes import Work, cores

    judge.prepare(tasks[0])
    return Work(judge, lost).over(tasks, min(jobs or cores(), most))


def _against(baseline: Baseline, judged: Iterator[Judged], remarks: list[str]) -> Iterator[Judged]:
    """Only what the baseline does not hold; at the end a remark on what it holds too much."""
    for each in judged:
        yield replace(each, findings=tuple(baseline.new(each.findings)))
    remarks += baseline.close()


@dataclass(frozen=True, slots=True)
class Task:
    """A file to judge, and a few others of its folder."""

    path: str
    beside: tuple[str, ...] = ()


def _tasks(paths: list[str]) -> Iterator[Task]:
    """Neighbours are the first files of the folder, the same for all its files, so that they stay in memory."""
    first: dict[str, list[str]] = {}
    for path in paths:
        others = first.setdefault(os.path.dirname(path), [])  # noqa: PTH120 - for 100,000 files
        if len(others) < _MAX_BESIDE:
            others.append(path)
    for path in paths:
        yield Task(path, tuple(first[os.path.dirname(path)]))  # noqa: PTH120 - as above


class Judge:
    """Judges one file after another. Each process has its own, with the schemas that it has loaded."""

    def __init__(self, root: Path, asked: Asked, selection: Selection, environment: str) -> None:
        """`environment` names catalogs. Raises what `languages.load` does, for the schemas that all must obey."""
        self._setup = (root, replace(asked, files=()), selection, environment)  # names of files may be many
        self._root, self._selection = root, selection
        self._library = Library(root, open_catalogs(asked.catalogs, environment))
        self._given = [self._library.given(name, phase=asked.phase) for name in asked.schemas]
        self._given += [self._library.given(name, ".sch", asked.phase) for name in asked.schematron]
        self._follows = any(map(selection.takes, rules_of(("REF",))))
        given = asked.schemas, asked.schematron, asked.phase, asked.catalogs
        what = (str(root), *given, sorted(map(str, self._library.catalogs.opened)), self._follows)
        self._verdicts = Verdicts(repr(what)) if asked.cache else None

    def __reduce__(self) -> tuple[type[Judge], tuple[Path, Asked, Selection, str]]:
        return Judge, self._setup

    def remarks(self) -> list[str]:
        """That a grammar has Schematron rules in it, which nobody has asked for."""
        asked = self._setup[1]
        if not any(self._selection.takes(rule) for rule in rules_of(("SCH",)) if rule.code.startswith("SCH2")):
            return []
        known = {*asked.schematron, *(name for name in asked.schemas if name.lower().endswith(".sch"))}
        return [
            f"{name} has Schematron rules too; --schematron {name} asks them"
            for name, loaded in zip(asked.schemas, self._given, strict=False)
            if name not in known and loaded.has_rules
        ]

    def prepare(self, task: Task) -> None:
        """Load what a file names, mostly what all of them do, so that processes that are forked share it."""
        with contextlib.suppress(EditionError):  # which is told of the file in its turn
            if not self._given:
                self._library.of(parse.read(self._root / task.path, task.path))

    def __call__(self, task: Task) -> Judged:
        try:
            with looking_up(self._library.catalogs):
                found = [each for each in self._look(task) if self._selection.takes(each.rule)]
        except EditionError as error:
            return Judged(task.path, failure=Failure(task.path, error.message, error.advice, error.exit_code))
        except (MemoryError, RecursionError):
            return _given_up(task, "too large or nested too deep for the memory of this machine")
        ordered = sorted(dict.fromkeys(pointers_told_once(found)), key=lambda each: each.reading_order)
        return Judged(task.path, tuple(ordered))

    def _look(self, task: Task) -> Iterator[Diagnostic]:
        """All findings, whether they are asked for or not; none if an earlier run had none and all is as it was.

        Pointers are not followed where nothing of REF is asked for: that would be a third of the work for nothing.
        """
        file = self._root / task.path
        data = parse.read_bytes(file, task.path)
        verdicts = self._verdicts if len(data) >= MIN_BYTES else None
        key = verdicts.key(task.path, data) if verdicts else ""
        if not (verdicts and self._is_known_to_be_clean(verdicts.recall(key), Document(task.path, file, None))):
            files: set[Path] = set()
            leads = self._clean_as_written(data, task, files)
            found = self._found_in_parts(data, task) if leads is None and len(data) >= LARGE else []
            if found:
                yield from found
                return
            if leads is None:
                with noting() as read:  # the DTD that gives entities
                    document = parse.parsed(data, file, task.path)
                files |= read
                del data  # which may be much
                found = list(self._findings(document, task, files))
                yield from found
                if found:
                    return
                leads = references.elsewhere(document) if self._follows else ()
            if verdicts:
                verdicts.remember(key, files | self._library.catalogs.opened, leads)

    def _clean_as_written(self, data: bytes, task: Task, files: set[Path]) -> Iterable[references.Elsewhere] | None:
        """Where a file points, if nothing is wrong with it; None if its tree must be made to know."""
        file, links = self._root / task.path, Links()
        try:
            written = Written(data)
            given = self._given or self._library.of(parse.parsed(written.root, file, task.path))
            runs = links.watch(written.runs()) if self._follows else written.runs()
            with noting() as noted:
                accepted = all_accept([loaded.schema for loaded in given], runs)
            targets = links.lead_on(Document(task.path, file, None), self._root) if accepted else None
        except (UnsureError, EditionError):  # which is told of the tree
            return None
        if targets is None:
            return None
        files |= noted.union(*(loaded.files for loaded in given))
        return references.outward(task.path, targets)

    def _found_in_parts(self, data: bytes, task: Task) -> list[Diagnostic]:
        """What is wrong with a large file, without the tree of the whole; nothing where that is needed to tell."""
        file = self._root / task.path
        try:
            written = Written(data)
            given = self._given or self._library.of(parse.parsed(written.root, file, task.path))
            schemas = [loaded.schema for loaded in given]
            document = sifted(
                schemas, written, Document(task.path, file, None), self._root if self._follows else None
            )
            found = [each for schema in schemas for each in schema.check(document)]
        except (UnsureError, EditionError):  # which is told of the tree
            return []
        return found + list(references.check([document], self._root, task.beside)) if self._follows else found

    def _is_known_to_be_clean(self, clean: Clean | None, document: Document) -> bool:
        return clean is not None and references.leads_on(document, self._root, clean.pointers)

    def _findings(self, document: Document, task: Task, files: set[Path]) -> Iterator[Diagnostic]:
        """`files` is filled with those of the schemas, and those that they read beside the document."""
        yield from document.findings
        if document.root is not None:
            for loaded in self._given or self._library.of(document):
                with noting() as read:
                    yield from list(loaded.schema.check(document))
                files |= loaded.files | read
        if document.root is not None and self._follows:
            yield from references.check([document], self._root, task.beside)


def lost(task: Task) -> Judged:
    """What to say of a file that no process survives."""
    return _given_up(task, "the process that read it was ended, mostly for want of memory")


def _given_up(task: Task, why: str) -> Judged:
    advice = "split the file, or check it by itself"
    return Judged(task.path, failure=Failure(task.path, f"{task.path}: {why}", advice, EditionError.exit_code))
