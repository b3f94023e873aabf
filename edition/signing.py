"""Signing a bag and checking its signature, offline: what a bag is about meets keys and statements.

Beside a bag NAME lie three files: `NAME.minisig`, over its tag manifest; `NAME.intoto.json`, the statement of how it
was built; and the signature of that. Each can be checked with minisign alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from edition.bagging import Limits, PayloadFile
from edition.bagging.seal import Seal, sealed
from edition.diagnostics import Diagnostic, Location
from edition.errors import EditionError, UsageError
from edition.files import Kind, read_bytes
from edition.packing import Package
from edition.provenance import statement
from edition.provenance.keys import SigningKey, VerifyingKey
from edition.provenance.signature_rules import KEY_OPEN, SIGNATURE_MISSING, SIGNATURE_WRONG, STATEMENT_DIFFERS

_ARCHIVES = (".tar.gz", ".tgz", ".tar", ".zip")
_SEARCHED = 1 << 20  # bytes: a larger file is no copy of a key
_SIGNATURE = Kind("a signature of minisign", 16 * 1024, "")
_STATEMENT = Kind("the statement of a bag", 256 << 20, "it is not one that `--sign` wrote")


class Names(NamedTuple):
    """What the files beside a bag are called."""

    signature: str
    statement: str
    statement_signature: str


def names_of(bag: str) -> Names:
    """Those of a bag by the name of its folder or file."""
    name = next((bag[: -len(ending)] for ending in _ARCHIVES if bag.lower().endswith(ending)), bag)
    return Names(f"{name}.minisig", f"{name}.intoto.json", f"{name}.intoto.json.minisig")


def refuse_packing(key: SigningKey, payload: tuple[PayloadFile, ...]) -> None:
    """Raise UsageError where a key, or a copy of it, would be packed."""
    for each in payload:
        if _holds_key(key, each.source):
            raise UsageError(
                f"{each.path}: this is the key or a copy of it, and would be packed",
                advice="move it out of the edition; if it was ever given away, make a new one",
            )


def key_findings(key: SigningKey) -> tuple[Diagnostic, ...]:
    """What is wrong with how a key is kept."""
    if not key.is_open:
        return ()
    message = f"{key.file.name}: others than its owner can read or write the key"
    return (KEY_OPEN.finding(message, Location(key.file.name), hint=f"chmod 600 {key.file.name}"),)


def _holds_key(key: SigningKey, source: Path | bytes) -> bool:
    try:
        if isinstance(source, bytes):
            return key.stands_in(source)
        return source.stat().st_size <= _SEARCHED and key.stands_in(source.read_bytes())
    except OSError:  # who packs the file says that it cannot be read
        return False


def sign(package: Package, bag: Path, name: str, key: SigningKey) -> Mapping[str, bytes]:
    """The three files to lie beside a bag: `bag` is where it now is, `name` what it will be called.

    Raises EditionError for a bag without a strong tag manifest.
    """
    seal = sealed(bag)
    if seal is None:
        raise EditionError(
            "the bag has no tag manifest that could be signed", advice='have "sha512" among bag.algorithms'
        )
    seconds, names = int(package.history.made_at.timestamp()), names_of(name)
    said = statement.write(package.history, seal.payload)
    return {
        names.signature: key.sign(seal.tag_manifest, seal.name, seconds),
        names.statement: said,
        names.statement_signature: key.sign(said, names.statement, seconds),
    }


def still_fits(before: Path, bag: Path) -> bool:
    """Whether what was signed of a bag before is true of the one in its place: their tag manifests are the same."""
    if not before.exists():
        return False
    old, new = sealed(before), sealed(bag)
    return old is not None and new is not None and old.tag_manifest == new.tag_manifest


def verify(bag: Path, key: VerifyingKey, limits: Limits) -> Iterator[Diagnostic]:
    """Whether a bag, which is complete and valid, was signed with this key, and its statement too.

    Raises EditionError where there is no bag to read.
    """
    names = names_of(bag.resolve().name)
    missing = [name for name in names if not _beside(bag, name)]
    for name in missing:
        hint = "get it from where the bag came from, or verify without a key"
        yield SIGNATURE_MISSING.finding(f"{name} does not lie beside the bag", Location(name), hint=hint)
    seal = sealed(bag, limits)
    if seal is None:
        message = "the bag has no strong tag manifest, so a signature says nothing about it"
        hint = "get the bag again from where it came from: it was not signed like this"
        yield SIGNATURE_WRONG.finding(message, Location("tagmanifest-sha512.txt"), hint=hint)
        return
    if names.signature not in missing:
        yield from _signature(key, seal.tag_manifest, bag, names.signature)
    if not {names.statement, names.statement_signature} & {*missing}:
        yield from _signed_statement(key, seal, bag, names)


def _beside(bag: Path, name: str) -> bool:
    return (bag.resolve().parent / name).is_file()


def _read(bag: Path, name: str, kind: Kind) -> bytes:
    return read_bytes(bag.resolve().parent / name, name, kind)


def _signature(key: VerifyingKey, data: bytes, bag: Path, name: str) -> Iterator[Diagnostic]:
    hint = "do not trust the bag before its maker has told you why"
    try:
        trouble = key.trouble(data, _read(bag, name, _SIGNATURE))
    except EditionError as error:
        yield SIGNATURE_WRONG.finding(f"{error.message}, so it is no signature", Location(name), hint=hint)
        return
    if trouble:
        yield SIGNATURE_WRONG.finding(f"{name} does not fit: {trouble}", Location(name), hint=hint)


def _signed_statement(key: VerifyingKey, seal: Seal, bag: Path, names: Names) -> Iterator[Diagnostic]:
    try:
        said = _read(bag, names.statement, _STATEMENT)
    except EditionError as error:
        hint = "get it again from where the bag came from"
        yield STATEMENT_DIFFERS.finding(
            f"{error.message}, so it is no statement", Location(names.statement), hint=hint
        )
        return
    wrong = [*_signature(key, said, bag, names.statement_signature)]
    yield from wrong or _statement(said, seal, names.statement)


def _statement(said: bytes, seal: Seal, name: str) -> Iterator[Diagnostic]:
    """Whether the statement is on the payload that the bag has: every file, and by one of its digests at least."""
    hint = "the statement was signed for another bag: ask its maker for the right one"
    try:
        subjects = statement.subjects(said)
    except statement.NotAStatementError as reason:
        yield STATEMENT_DIFFERS.finding(f"{name} is no statement: {reason}", Location(name), hint=hint)
        return
    paths = sorted({*subjects, *seal.payload})
    wrong = [path for path in paths if not _agree(subjects.get(path, {}), seal.payload.get(path, {}))]
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        message = f"{name} does not have the payload of this bag: {wrong[0]}{more}"
        yield STATEMENT_DIFFERS.finding(message, Location(name), hint=hint)


def _agree(stated: Mapping[str, str], given: Mapping[str, str]) -> bool:
    """Whether two sets of digests have one in common and contradict each other in none."""
    common = stated.keys() & given.keys()
    return bool(common) and all(stated[algorithm] == given[algorithm] for algorithm in common)
