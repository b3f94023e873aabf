"""Verifying a bag, anyone's (RFC 8493, section 3): is it a bag, complete, unchanged, and safe to read?

BagIt 0.93 to 1.0. Nothing outside the folder is read, nothing is fetched and nothing written; memory grows with the
entries of manifests alone, and what is found is told as it is found.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from edition.bagging import names, reading, tree
from edition.bagging.hashing import Progress, digest, no_progress
from edition.bagging.manifests import Manifest, Manifests, is_manifest, read_all, read_fetch
from edition.bagging.reading import Dialect, UnreadableError, read_bag_info, read_bagit_txt
from edition.bagging.rules import (
    BAD_BAG_INFO,
    FILE_MISSING,
    FILE_NOT_LISTED,
    LEGACY_MANIFEST,
    MANIFEST_NOT_LISTED,
    MAX_FINDINGS,
    MORE_FINDINGS,
    NO_BAGIT_TXT,
    NO_MANIFEST,
    NO_OXUM,
    NO_PAYLOAD_FOLDER,
    NO_TAG_MANIFEST,
    OTHER_UNICODE_FORM,
    TAG_FILE_NOT_LISTED,
    WEAK_ALGORITHMS,
    WRONG_CHECKSUM,
    WRONG_OXUM,
)
from edition.bagging.tag_files import encode_path
from edition.bagging.tree import PlainFile, unreadable
from edition.diagnostics import Diagnostic, Location, Rule
from edition.errors import EditionError


def verify(folder: Path, progress: Progress = no_progress) -> Iterator[Diagnostic]:
    """What is wrong with the bag in `folder`; nothing, for one that is complete and valid.

    Of each rule the first hundred findings are told, and at the end how many more there are. `progress` is told of
    bytes as they are read. Raises EditionError where there is no folder to read.
    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (OSError, ValueError) as error:  # ValueError: a name with a null in it
        reason = error.strerror if isinstance(error, OSError) else None
        raise EditionError(
            f"{folder}: {(reason or 'no such folder').lower()}", advice="name the folder that holds bagit.txt"
        ) from error
    try:
        yield from _capped(_bag(root, progress))
    finally:
        os.close(root)


def _capped(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    counts: Counter[Rule] = Counter()
    for found in findings:
        counts[found.rule] += 1
        if counts[found.rule] <= MAX_FINDINGS:
            yield found
    for rule, count in counts.items():
        if count > MAX_FINDINGS:
            message = f"{count - MAX_FINDINGS} more findings of {rule.code} {rule.name} are not listed"
            yield MORE_FINDINGS.finding(message, Location("bagit.txt"), hint="look for their common cause first")


def _bag(root: int, progress: Progress) -> Iterator[Diagnostic]:
    try:
        present = tree.plain_files(root)
    except OSError as error:
        yield unreadable("", error)
        return
    if "bagit.txt" not in present:
        hint = "name the folder that holds bagit.txt; if there is none, it is no bag"
        yield NO_BAGIT_TXT.finding("no file bagit.txt is here", Location("bagit.txt"), hint=hint)
        return
    dialect = yield from read_bagit_txt(root)
    manifests = yield from read_all(root, present, dialect)
    yield from _of_manifests(manifests)
    elsewhere: frozenset[str] = frozenset()
    if "fetch.txt" in present:
        elsewhere = yield from read_fetch(root, manifests, dialect)
    count = yield from _Comparison(root, dialect, manifests.payload, progress, elsewhere).payload()
    yield from _Comparison(root, dialect, manifests.tags, progress).tag_files()
    if dialect.info_name in present:
        yield from _of_bag_info(root, dialect, count)
    else:
        hint = "write one with a Payload-Oxum"
        yield NO_OXUM.finding(f"there is no {dialect.info_name}", Location(dialect.info_name), hint=hint)


def _of_manifests(manifests: Manifests) -> Iterator[Diagnostic]:
    if not manifests.payload:
        place = Location("manifest-sha512.txt")
        yield NO_MANIFEST.finding("there is no payload manifest to check by", place, hint="write manifest-sha512.txt")
    elif all(manifest.algorithm.weak for manifest in manifests.payload):
        for manifest in manifests.payload:
            message = f"{manifest.algorithm.name} is too weak to vouch for files alone"
            yield WEAK_ALGORITHMS.finding(message, Location(manifest.name), hint="add manifest-sha512.txt")
    if not manifests.tags:
        place = Location("tagmanifest-sha512.txt")
        yield NO_TAG_MANIFEST.finding("there is no tag manifest", place, hint="write tagmanifest-sha512.txt")


def _of_bag_info(root: int, dialect: Dialect, count: Count) -> Iterator[Diagnostic]:
    name, right = dialect.info_name, f"Payload-Oxum: {count.octets}.{count.files}"
    try:
        oxum = yield from read_bag_info(root, dialect)
    except UnreadableError as reason:
        yield reading.unreadable(name, reason)
        return
    if oxum is None:
        yield NO_OXUM.finding("there is no Payload-Oxum", Location(name), hint=f"write {right}")
        return
    octets, _, files = oxum.value.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= 20 for part in (octets, files)):
        place = Location(name, oxum.line)
        yield BAD_BAG_INFO.finding(f"Payload-Oxum is {oxum.value[:40]!r}", place, hint=f"write {right}")
    elif (int(octets), int(files)) != (count.octets, count.files):
        yield WRONG_OXUM.finding(
            f"Payload-Oxum says {octets} bytes in {files} files, but there are {count.octets} in {count.files}",
            Location(name, oxum.line),
            hint=f"if the bag is right otherwise, write {right}; else find what is missing or too much",
        )


@dataclass(frozen=True, slots=True)
class Count:
    """What Payload-Oxum counts."""

    octets: int
    files: int


@dataclass(slots=True)
class _Comparison:
    """The files of one half of the bag, payload or tag files, against the manifests that list that half.

    `strays` are files that some manifest does not have under their name; at the end each finds its entry or not.
    """

    root: int
    dialect: Dialect
    manifests: tuple[Manifest, ...]
    progress: Progress
    elsewhere: frozenset[str] = frozenset()
    strays: dict[str, list[Manifest]] = field(default_factory=dict)

    def payload(self) -> Generator[Diagnostic, None, Count]:
        octets = files = 0
        if not tree.is_folder(self.root, "data"):
            yield NO_PAYLOAD_FOLDER.finding(
                "there is no folder data", Location("data"), hint="put the payload into it"
            )
        else:
            for found in tree.survey(self.root, "data"):
                if isinstance(found, PlainFile):
                    octets, files = octets + found.size, files + 1
                    yield from self._compare(found)
                else:
                    yield found
        yield from self._settle()
        for path, lacking in self.strays.items():
            yield from self._not_listed(path, lacking)
        return Count(octets, files)

    def tag_files(self) -> Iterator[Diagnostic]:
        payload = "data" if tree.is_folder(self.root, "data") else ""
        for found in tree.survey(self.root, "", skip=payload):
            if isinstance(found, PlainFile):
                yield from self._compare(found)
            else:
                yield found
        yield from self._settle()
        for path, lacking in self.strays.items():
            if is_manifest(path) != "tagmanifest":
                yield from self._tag_file_not_listed(path, lacking)

    def _compare(self, file: PlainFile) -> Iterator[Diagnostic]:
        listing = [manifest for manifest in self.manifests if file.path in manifest.entries]
        lacking = [manifest for manifest in self.manifests if file.path not in manifest.entries]
        if lacking and (self.dialect.strict or not listing):
            self.strays[file.path] = lacking
        if listing:
            yield from self._check(file.path, [(each, each.entries[file.path]) for each in listing], file.open)

    def _check(
        self, path: str, listed: list[tuple[Manifest, int]], opener: Callable[[], int]
    ) -> Iterator[Diagnostic]:
        """Read the file once for every manifest that lists it."""
        for manifest, number in listed:
            manifest.seen[number] = 1
        try:
            opened = opener()
            try:
                _, digests = digest(opened, [manifest.algorithm for manifest, _ in listed], self.progress)
            finally:
                os.close(opened)
        except OSError as error:
            yield unreadable(path, error)
            return
        for (manifest, number), found in zip(listed, digests, strict=True):
            if found != manifest.digest(number):
                yield WRONG_CHECKSUM.finding(
                    f"{path} does not have the {manifest.algorithm.name} checksum given for it",
                    manifest.place(number),
                    hint="put the file back as it was packed, or make the bag anew if the change was meant",
                )

    def _settle(self) -> Iterator[Diagnostic]:
        """Give entries without a file the strays that they mean; the rest is missing."""
        composed = {names.composed(path): path for path in self.strays}
        for manifest in self.manifests:
            for path, number in manifest.missing():
                ways = (manifest.otherwise.get(number, path), composed.get(names.composed(path), path))
                meant = next((way for way in ways if manifest in self.strays.get(way, ())), None)
                if meant is None:
                    yield self._missing(manifest, number, path)
                else:
                    self.strays[meant].remove(manifest)
                    yield self._spelt_otherwise(path, meant, manifest.place(number))
                    yield from self._check(meant, [(manifest, number)], partial(tree.open_below, self.root, meant))

    def _spelt_otherwise(self, path: str, meant: str, place: Location) -> Diagnostic:
        if names.composed(path) == names.composed(meant):
            message = f"{meant} has another Unicode form on the disk than here"
            return OTHER_UNICODE_FORM.finding(message, place, hint="make the bag anew on this system")
        others = "tools before BagIt 1.0 do" if self.dialect.strict else "BagIt 1.0 does"
        hint = f"BagIt {'1.0' if self.dialect.strict else '.'.join(map(str, self.dialect.version))} writes "
        hint += encode_path(meant) if self.dialect.strict else meant
        return LEGACY_MANIFEST.finding(f"{meant} is written with its percent sign as {others}", place, hint=hint)

    def _missing(self, manifest: Manifest, number: int, path: str) -> Diagnostic:
        hint = "put it back, or make the bag anew"
        if path in self.elsewhere:
            hint = "fetch.txt says where it lies: fetch it, nothing is downloaded here"
        return FILE_MISSING.finding(f"{path} is not in the bag", manifest.place(number), hint=hint)

    def _not_listed(self, path: str, lacking: list[Manifest]) -> Iterator[Diagnostic]:
        if lacking and (self.dialect.strict or len(lacking) == len(self.manifests)):
            where = " and ".join(manifest.name for manifest in lacking)
            hint = "find out how it got here; make the bag anew if it belongs to it"
            yield FILE_NOT_LISTED.finding(f"{path} is not listed in {where}", Location(path), hint=hint)

    def _tag_file_not_listed(self, path: str, lacking: list[Manifest]) -> Iterator[Diagnostic]:
        rule = MANIFEST_NOT_LISTED if is_manifest(path) and self.dialect.strict else TAG_FILE_NOT_LISTED
        for manifest in lacking:
            yield rule.finding(f"{path} is not listed in {manifest.name}", Location(path), hint="list it there")
