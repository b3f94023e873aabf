"""Manifests of a bag, read as streams and kept small: about 300 bytes an entry, so that a million of them fit."""

from __future__ import annotations

import re
from array import array
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from edition.bagging import names
from edition.bagging.hashing import ALGORITHMS, Algorithm
from edition.bagging.reading import Dialect, UnreadableError, lines, unreadable
from edition.bagging.rules import (
    BAD_FETCH,
    BAD_MANIFEST_LINE,
    BAD_MANIFEST_NAME,
    FETCHED_TWICE,
    LEGACY_MANIFEST,
    LISTED_TWICE,
    PATH_LEADS_OUT,
    UNKNOWN_ALGORITHM,
    WRONG_MANIFEST,
)
from edition.bagging.tree import Tree
from edition.diagnostics import Diagnostic, Location, Related, Rule

_NAME = re.compile(r"(?P<kind>tagmanifest|manifest)-(?P<algorithm>.+)\.txt", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(r"(?P<digest>[0-9A-Fa-f]+)[ \t]+(?P<star>\*?)(?P<path>.+)", re.DOTALL)
# What most lines are: plain letters, nothing to decode and nothing that leads out. Others are looked at more closely.
_EVERYDAY = {
    "manifest": r"([0-9a-f]{%d})  (data/[0-9A-Za-z_-][0-9A-Za-z_./ -]*)",
    "tagmanifest": r"([0-9a-f]{%d})  ((?!data/|tagmanifest)[0-9a-z_-][0-9A-Za-z_./ -]*)",
}
_FETCH_LINE = re.compile(r"(?P<url>\S+)[ \t]+(?P<length>[0-9]+|-)[ \t]+(?P<path>.+)", re.DOTALL)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")

# RFC 8493 encodes the percent sign too; the drafts before it did not.
_ENCODED = re.compile(r"%(?:25|0[AaDd])")
_ENCODED_BEFORE = re.compile(r"%0[AaDd]")
_BARE_PERCENT = re.compile(r"%(?!25|0[AaDd])")
_LETTERS = {"%25": "%", "%0A": "\n", "%0D": "\r"}


@dataclass(slots=True, eq=False)
class Manifest:
    """One manifest. An entry has a number, by which `digests`, `lines` and `seen` hold what belongs to it.

    `otherwise` are the paths that entries name if their percent signs are read as other tools write them.
    """

    name: str
    algorithm: Algorithm
    entries: dict[str, int] = field(default_factory=dict)
    digests: bytearray = field(default_factory=bytearray)
    lines: array[int] = field(default_factory=lambda: array("L"))
    seen: bytearray = field(default_factory=bytearray)
    otherwise: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def gives(self, number: int, digest: bytes) -> bool:
        """Whether an entry has this digest."""
        return self.digests.startswith(digest, number * self.algorithm.size)

    def place(self, number: int) -> Location:
        return Location(self.name, self.lines[number])

    def missing(self) -> Iterator[tuple[str, int]]:
        """Paths, with their numbers, that no file was found for."""
        return ((path, number) for path, number in self.entries.items() if not self.seen[number])

    def add(self, path: str, digest: bytes, line: int) -> int:
        """The number of a new entry."""
        number = self.entries[path] = len(self.seen)
        self.digests += digest
        self.lines.append(line)
        self.seen.append(0)
        return number


@dataclass(frozen=True, slots=True)
class Manifests:
    """All manifests of a bag whose algorithm is known."""

    payload: tuple[Manifest, ...]
    tags: tuple[Manifest, ...]


def is_manifest(name: str) -> str:
    """`manifest` or `tagmanifest`, whatever the case of the name; empty for other files."""
    found = _NAME.fullmatch(name)
    return found["kind"].lower() if found else ""


def read_all(tree: Tree, present: frozenset[str], dialect: Dialect) -> Generator[Diagnostic, None, Manifests]:
    """Read every manifest among the files at the top of the bag."""
    read: dict[str, list[Manifest]] = {"manifest": [], "tagmanifest": []}
    for name in sorted(present):
        found = _NAME.fullmatch(name)
        if not found:
            continue
        algorithm = ALGORITHMS.get(re.sub(r"[^a-z0-9]", "", found["algorithm"].lower()))
        if algorithm is None:
            yield UNKNOWN_ALGORITHM.finding(
                f"{name} was not checked: its algorithm is not known", Location(name), hint="add one of sha512"
            )
            continue
        right = f"{found['kind'].lower()}-{algorithm.name}.txt"
        if name != right:
            yield BAD_MANIFEST_NAME.finding(
                f"{name} is not how a manifest is called", Location(name), hint=f"name it {right}"
            )
        manifest = Manifest(name, algorithm)
        yield from _read(tree, manifest, dialect)
        read[found["kind"].lower()].append(manifest)
    return Manifests(tuple(read["manifest"]), tuple(read["tagmanifest"]))


def read_fetch(tree: Tree, manifests: Manifests, dialect: Dialect) -> Generator[Diagnostic, None, frozenset[str]]:
    """Findings about fetch.txt; gives back the paths of files that lie elsewhere. Nothing is ever fetched."""
    paths: set[str] = set()
    try:
        for number, line in lines(tree, "fetch.txt", dialect.encoding):
            place = Location("fetch.txt", number)
            found = _FETCH_LINE.fullmatch(line)
            if not found or not _URL.fullmatch(found["url"]):
                hint = "write an absolute URL, the length or -, and the path"
                yield BAD_FETCH.finding(f"{line[:60]!r} names nothing to fetch", place, hint=hint)
                continue
            path = _decode(found["path"].removeprefix("./"), dialect.strict)
            stray = _local(found["url"], place) or _stray(path, "manifest", place)
            if stray:
                yield stray
                continue
            if path in paths:
                hint = "keep one line: programs differ in which of them they follow"
                yield FETCHED_TWICE.finding(f"{path} is listed again", place, hint=hint)
            paths.add(path)
            for manifest in manifests.payload:
                if path not in manifest.entries:
                    hint = "add its line there, or take it out here"
                    yield BAD_FETCH.finding(f"{path} is not listed in {manifest.name}", place, hint=hint)
    except UnreadableError as reason:
        yield unreadable("fetch.txt", reason)
    return frozenset(paths)


def _read(tree: Tree, manifest: Manifest, dialect: Dialect) -> Iterator[Diagnostic]:
    kind = is_manifest(manifest.name)
    width = manifest.algorithm.size * 2
    everyday = re.compile(_EVERYDAY[kind] % width)
    try:
        for number, line in lines(tree, manifest.name, dialect.encoding):
            if plain := everyday.fullmatch(line):
                path = plain[2]
                if not (path in manifest.entries or "//" in path or "/." in path or path[-1] == "/"):
                    manifest.add(path, bytes.fromhex(plain[1]), number)
                    continue
            place = Location(manifest.name, number)
            found = _LINE.fullmatch(line)
            if not found or len(found["digest"]) != width:
                yield _bad_line(line, place, manifest.algorithm, dialect)
                continue
            if not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
                message = f"{found['path']} is not in {dialect.encoding}"
                yield BAD_MANIFEST_LINE.finding(message, place, hint="write the manifest in UTF-8")
            written = found["path"].removeprefix("./")
            path = _decode(written, dialect.strict)
            stray = _stray(path, kind, place)
            if stray:
                yield stray
                continue
            if path in manifest.entries:
                yield _twice(manifest, path, (bytes.fromhex(found["digest"]), place), dialect.strict)
                continue
            yield from _legacy(found, place, dialect.strict)
            entry = manifest.add(path, bytes.fromhex(found["digest"]), number)
            if "%" in written:  # before 1.0 too there were tools that encode nothing
                manifest.otherwise[entry] = (written,) if dialect.strict else (_decode(written, strict=True), written)
    except UnreadableError as reason:
        yield unreadable(manifest.name, reason)


def _decode(written: str, strict: bool) -> str:
    if "%" not in written:
        return written
    pattern = _ENCODED if strict else _ENCODED_BEFORE
    return pattern.sub(lambda found: _LETTERS[found[0].upper()], written)


def _bad_line(line: str, place: Location, algorithm: Algorithm, dialect: Dialect) -> Diagnostic:
    width = algorithm.size * 2
    found = _LINE.fullmatch(line)
    if not line.strip():
        rule = BAD_MANIFEST_LINE if dialect.strict else LEGACY_MANIFEST  # it vouches for nothing, and hides nothing
        return rule.finding("an empty line", place, hint="take it out")
    if line.startswith("\ufeff"):
        what = "begins with a byte order mark"
    elif found:
        what = f"{found['path'][:60]} has a checksum of {len(found['digest'])} digits, not of {width}"
    else:
        what = f"{line[:60]!r} is no checksum and path"
    hint = f"write {width} hexadecimal digits, two spaces and the path"
    return BAD_MANIFEST_LINE.finding(what, place, hint=hint)


def _local(url: str, place: Location) -> Diagnostic | None:
    """The finding for a URL that names a file of whoever fetches it (RFC 8493, section 5.2)."""
    if not url.lower().startswith("file:"):
        return None
    message = f"{url[:60]}: a file of whoever fetches it, not of the sender"
    return PATH_LEADS_OUT.finding(message, place, hint="take the line out, and ask who made the bag")


def _stray(path: str, kind: str, place: Location) -> Diagnostic | None:
    """The finding for a path that is never looked up, because it leads out or belongs in another list."""
    why = names.leads_out(path)
    if why:
        return PATH_LEADS_OUT.finding(f"{path}: {why}", place, hint="take the line out, and ask who made the bag")
    if any(part in ("", ".") for part in path.split("/")):
        return BAD_MANIFEST_LINE.finding(
            f"{path} is no plain path", place, hint="write names with single slashes between"
        )
    in_data = path.startswith("data/")
    if kind == "manifest" and not in_data:
        message, hint = f"{path} does not lie in data/", "list it in the tag manifests"
        if path.startswith("data\\"):
            hint = "write the path with forward slashes, on Windows too"
    elif kind == "tagmanifest" and in_data:
        message, hint = f"{path} lies in data/", "list it in the payload manifests"
    elif kind == "tagmanifest" and is_manifest(path) == "tagmanifest":
        message, hint = f"{path} is a tag manifest itself", "take the line out"
    else:
        return None
    return WRONG_MANIFEST.finding(message, place, hint=hint)


def _twice(manifest: Manifest, path: str, again: tuple[bytes, Location], strict: bool) -> Diagnostic:
    digest, place = again
    number = manifest.entries[path]
    same = manifest.gives(number, digest)
    rule: Rule = LEGACY_MANIFEST if same and not strict else LISTED_TWICE
    what = "the same checksum" if same else "another checksum"
    first = Related(manifest.place(number), "listed here first")
    return rule.finding(f"{path} is listed again, with {what}", place, hint="keep the right line", related=[first])


def _legacy(found: re.Match[str], place: Location, strict: bool) -> Iterator[Diagnostic]:
    path = found["path"]
    if found["star"]:
        yield LEGACY_MANIFEST.finding(f"{path} has a * before it", place, hint=f"write {path}")
    if path.startswith("./"):
        yield LEGACY_MANIFEST.finding(f"{path} has ./ before it", place, hint=f"write {path[2:]}")
    if strict and _BARE_PERCENT.search(path):
        right = _BARE_PERCENT.sub("%25", path)
        yield LEGACY_MANIFEST.finding(f"{path} has a percent sign that is not encoded", place, hint=f"write {right}")
