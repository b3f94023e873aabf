"""A RELAX NG schema that was loaded: a verdict first, and explanations for what it refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.schema.faults import Fault
from edition.schema.files import Files, Form, SchemaFile
from edition.schema.findings import findings
from edition.schema.relaxng import soundness
from edition.schema.relaxng.depth import with_room
from edition.schema.relaxng.grammar import Reader
from edition.schema.relaxng.ids import Types, id_faults, id_types, may_have_ids, unclear
from edition.schema.relaxng.regex import RegexError
from edition.schema.relaxng.syntax import PATTERNS, RELAXNG
from edition.schema.relaxng.verdict import Judge
from edition.tei.parse import Document
from edition.tei.shells import Remains, Shells, Wanted, shells_of
from edition.tei.written import UnsureError

if TYPE_CHECKING:  # most documents are valid: what explains is imported for the first that is not
    from edition.schema.relaxng.explaining import Explaining

_REFERENCES = (f"{{{RELAXNG}}}include", f"{{{RELAXNG}}}externalRef")


def _read_compact(file: Path, path: str) -> etree._Element:
    from edition.schema.relaxng import compact  # which brings along much of the standard library

    return compact.read(file, path)


_FORM = Form(
    "a RELAX NG schema",
    frozenset(f"{{{RELAXNG}}}{name}" for name in PATTERNS),
    f'a RELAX NG schema begins with <grammar xmlns="{RELAXNG}">',
    {".rnc": _read_compact},
    based=True,
)


def load(file: Path, path: str, suffix: str = "") -> RelaxNgSchema:
    """The schema in `file`, which messages call `path`. What it brings in lies in its folder or the edition's.

    Of each file, its suffix tells which syntax it is in; `suffix` tells it of this one instead.

    Raises EditionError, naming the place in the schema, when it cannot be read or is no schema.
    """
    files = Files.of(_FORM, file, path)
    own = files.add(file, path, suffix)
    _open_all(files, own)
    try:
        reader = with_room(partial(_read, files, own))
    except RecursionError as error:
        raise EditionError(f"{path}: the schema is nested too deeply to be followed") from error
    return RelaxNgSchema(path, reader, any(map(may_have_ids, files.read.values())))


def _read(files: Files, own: SchemaFile) -> Reader:
    is_large = files.size >= soundness.MIN_BYTES
    is_sound = is_large and soundness.is_known(files.read.values())
    reader = Reader(files, own, sound=is_sound)
    if not is_sound:
        reader.read_all()
        wrong = unclear(reader.reached) if any(map(may_have_ids, files.read.values())) else None
        if wrong:
            raise reader.refusal_of_ids(*wrong)
    if is_large and not is_sound:
        soundness.remember(files.read.values())
    return reader


def _open_all(files: Files, own: SchemaFile) -> None:
    pending, seen = [own], {own}
    while pending:
        including = pending.pop()
        for reference in including.root.iter(*_REFERENCES):
            file = files.follow(including, reference, "href")
            if file not in seen:
                seen.add(file)
                pending.append(file)


class RelaxNgSchema:
    """A schema that was loaded. `path` is what messages call it."""

    def __init__(self, path: str, reader: Reader, has_ids: bool) -> None:
        self.path = path
        self._has_ids = has_ids
        self._reader = reader
        self._judge = Judge(reader)

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Why a document is not valid, in reading order; nothing if it is. One that could not be parsed is passed.

        Raises EditionError where the schema cannot be followed: it is too ambiguous, or nested too deeply. Raises
        UnsureError for a document that was `sifted`, and must be seen whole.
        """
        root = document.root
        if root is None:
            return
        try:
            faults = with_room(partial(self._faults_in, root, shells_of(document)))
            if faults:
                yield from findings(document, faults)
        except RecursionError as error:
            raise EditionError(f"{self.path}: the schema is nested too deeply to be followed") from error
        except RegexError as error:
            raise EditionError(f"{self.path}: a pattern cannot be matched with {document.path}: {error}") from error

    def accepts(self, runs: Iterable[str]) -> bool:
        """Whether a document is surely valid, read as it was written. `check` must tell where it may not be.

        Raises UnsureError where `runs`, which are those of `Written`, do.
        """
        if self._has_ids:
            return False
        try:
            return self._judge.accepts(runs)
        except (RecursionError, RegexError):
            return False

    def sift(self, runs: Iterable[str], wanted: Wanted) -> Remains:
        """What is left of a document, read as it was written, once what is sound in it has become shells.

        Elements whose start tag is `wanted` are kept. Raises UnsureError for a document that must be seen whole.
        """
        from edition.schema.relaxng.sifting import Sieve

        if self._has_ids:
            raise UnsureError
        self._reader.read_all()
        try:
            return Sieve(self._judge.automaton, wanted).sift(runs)
        except (RecursionError, RegexError) as error:
            raise UnsureError from error

    def _faults_in(self, root: etree._Element, shells: Shells | None) -> list[Fault]:
        if shells is not None:
            return [] if shells.is_valid else self._explaining.faults_within(root, shells)
        misfit = self._judge.judge(root)
        faults = [] if misfit is None else list(self._explaining.faults(root, misfit))
        if self._has_ids:
            faults.extend(id_faults(root, self._id_types))
        return faults

    @cached_property
    def _id_types(self) -> Types:
        self._reader.read_all()
        return id_types(self._reader.reached)

    @cached_property
    def _explaining(self) -> Explaining:
        from edition.schema.relaxng.explaining import Explaining

        return Explaining(self._reader, self._judge)
