"""The files of a bag against its manifests (RFC 8493, section 3): what is missing, not listed, or not what it was."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from edition.bagging import names, tree
from edition.bagging.hashing import LARGE, SMALL, Algorithm, Progress, Source, begin, digest
from edition.bagging.manifests import Manifest, is_manifest
from edition.bagging.reading import Dialect
from edition.bagging.rules import (
    FILE_MISSING,
    FILE_NOT_LISTED,
    LEGACY_MANIFEST,
    MANIFEST_NOT_LISTED,
    MAX_FINDINGS,
    NO_PAYLOAD_FOLDER,
    NOT_A_PLAIN_FILE,
    OTHER_UNICODE_FORM,
    TAG_FILE_NOT_LISTED,
    UNREADABLE,
    WRONG_CHECKSUM,
)
from edition.bagging.tag_files import encode_path
from edition.bagging.tree import PlainFile, Tree, unreadable
from edition.diagnostics import Diagnostic, Location, Related

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

MAX_SUSPECTS = 3
_LINE_END = re.compile("%0[AaDd]")  # of drafts before BagIt 1.0, unless a name has it itself
_CHANGES_COUNT = frozenset(
    {FILE_MISSING, FILE_NOT_LISTED, NO_PAYLOAD_FOLDER, NOT_A_PLAIN_FILE, UNREADABLE, WRONG_CHECKSUM}
)

Listed = list[tuple[Manifest, int]]  # the entries that speak of one file


@dataclass(frozen=True, slots=True)
class Count:
    """What Payload-Oxum counts, and the first files that may be to blame where it says otherwise."""

    octets: int
    files: int
    suspects: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads files for their digests: several large ones at once, where they lie so that this is possible."""

    pool: ThreadPoolExecutor
    number: int
    progress: Progress


@dataclass(slots=True)
class Comparison:
    """The files of one half of the bag, payload or tag files, against the manifests that list that half.

    `strays` are files that some manifest does not have under their name; at the end each finds its entry or not.
    `reading` are large files that are being read, `octets` and `files` what was.
    """

    tree: Tree
    dialect: Dialect
    manifests: tuple[Manifest, ...]
    readers: Readers
    elsewhere: frozenset[str] = frozenset()
    octets: int = 0
    files: int = 0
    strays: dict[str, list[Manifest]] = field(default_factory=dict)
    reading: deque[tuple[str, Listed, Future[tuple[int, list[bytes]]]]] = field(default_factory=deque)

    def payload(self) -> Generator[Diagnostic, None, Count]:
        """Compare what lies in `data/`; gives back how much it is."""
        suspects: list[Related] = []
        for found in self._payload():
            if found.rule in _CHANGES_COUNT and len(suspects) < MAX_SUSPECTS:
                suspects.append(Related(found.location, found.message))
            yield found
        return Count(self.octets, self.files, tuple(suspects))

    def _payload(self) -> Iterator[Diagnostic]:
        if not self.tree.is_folder("data"):
            yield NO_PAYLOAD_FOLDER.finding(
                "there is no folder data", Location("data"), hint="put the payload into it"
            )
        else:
            for found in self.tree.survey("data"):
                if isinstance(found, Diagnostic):
                    yield found
                    continue
                self.files += 1
                yield from self._compare(found)
        yield from self._settle()
        for path, lacking in self.strays.items():
            yield from self._not_listed(path, lacking)

    def tag_files(self) -> Iterator[Diagnostic]:
        """Compare everything that does not lie in `data/`."""
        for found in self.tree.survey("", skip="data" if self.tree.is_folder("data") else ""):
            if isinstance(found, Diagnostic):
                yield found
            else:
                yield from self._compare(found)
        yield from self._settle()
        for path, lacking in self.strays.items():
            if is_manifest(path) != "tagmanifest":
                yield from self._tag_file_not_listed(path, lacking)

    def _compare(self, file: PlainFile) -> Iterable[Diagnostic]:
        path, listed = file.path, []
        for manifest in self.manifests:
            if (number := manifest.entries.get(path)) is not None:
                listed.append((manifest, number))
                manifest.seen[number] = 1
        if len(listed) < len(self.manifests) and (self.dialect.strict or not listed):
            having = {manifest.name for manifest, _ in listed}
            self.strays[path] = [each for each in self.manifests if each.name not in having]
        try:
            if listed:
                return self._check(file, listed)
            self.octets += file.size()
        except OSError as error:
            return (unreadable(path, error),)
        return ()

    def _check(self, file: PlainFile, listed: Listed) -> Iterable[Diagnostic]:
        """Read the file once for every manifest that lists it; of a large one the findings come with a later file.

        Raises OSError.
        """
        algorithms, progress = [manifest.algorithm for manifest, _ in listed], self.readers.progress
        opened = file.open()
        try:
            begun = begin(opened)
            if len(begun) == SMALL and self.tree.together and file.size() >= LARGE:
                opened, large = -1, opened
                task = self.readers.pool.submit(_digest_and_close, large, begun, algorithms, progress)
                self.reading.append((file.path, listed, task))
                return self._await(self.readers.number)
            size, digests = digest(opened, begun, algorithms, progress)
        finally:
            if opened != -1:
                tree.close(opened)
        self.octets += size
        return _wrong(file.path, listed, digests)

    def _await(self, left: int) -> list[Diagnostic]:
        """Findings of the files whose reading began first, until no more than `left` are being read."""
        found: list[Diagnostic] = []
        while len(self.reading) > left:
            path, listed, task = self.reading.popleft()
            try:
                size, digests = task.result()
            except OSError as error:
                found.append(unreadable(path, error))
            else:
                self.octets += size
                found += _wrong(path, listed, digests)
        return found

    def _settle(self) -> Iterator[Diagnostic]:
        """Give entries without a file the strays that they mean; the rest is missing."""
        yield from self._await(0)
        composed = {names.composed(path): path for path in self.strays}
        meant_by: dict[str, Listed] = {path: [] for path in self.strays}  # in the order in which they are read best
        for manifest in self.manifests:
            missing, told = None, 0
            for path, number in manifest.missing():
                meant = self._meant(manifest, (path, number), composed) if composed else None
                if meant is None:
                    # More than are listed are only counted: to word a million findings takes its time.
                    told += 1
                    if missing is None or told <= MAX_FINDINGS:
                        missing = self._missing(manifest, number, path)
                    yield missing
                else:
                    self.strays[meant].remove(manifest)
                    manifest.seen[number] = 1
                    meant_by[meant].append((manifest, number))
                    yield self._spelt_otherwise(path, meant, manifest.place(number))
        for path, listed in meant_by.items():
            if listed:
                yield from self._check_again(path, listed)

    def _meant(self, manifest: Manifest, entry: tuple[str, int], composed: dict[str, str]) -> str | None:
        """The stray that an entry without a file means, if there is one."""
        path, number = entry
        ways = (*manifest.otherwise.get(number, ()), composed.get(names.composed(path), path))
        return next((way for way in ways if manifest in self.strays.get(way, ())), None)

    def _check_again(self, path: str, listed: Listed) -> Iterable[Diagnostic]:
        """Read a file that has been counted already."""
        octets = self.octets
        try:
            return self._check(PlainFile(path, partial(self.tree.open, path), lambda: 0), listed)
        except OSError as error:
            return (unreadable(path, error),)
        finally:
            self.octets = octets

    def _spelt_otherwise(self, path: str, meant: str, place: Location) -> Diagnostic:
        if names.composed(path) == names.composed(meant):
            message = f"{meant} has another Unicode form on the disk than here"
            return OTHER_UNICODE_FORM.finding(message, place, hint="make the bag anew on this system")
        version = ".".join(map(str, self.dialect.version))
        if self.dialect.strict:
            others, hint = "tools before BagIt 1.0 do", f"BagIt 1.0 writes {encode_path(meant)}"
        elif _LINE_END.search(meant):
            others, hint = "tools that encode nothing do", f"BagIt 1.0 writes {encode_path(meant)}"
        else:
            others, hint = "BagIt 1.0 does", f"BagIt {version} writes {meant}"
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


def _digest_and_close(
    source: Source, begun: bytes, algorithms: list[Algorithm], progress: Progress
) -> tuple[int, list[bytes]]:
    try:
        return digest(source, begun, algorithms, progress)
    finally:
        tree.close(source)


def _wrong(path: str, listed: Listed, digests: list[bytes]) -> Iterable[Diagnostic]:
    found: list[Diagnostic] = []
    for (manifest, number), digest_found in zip(listed, digests, strict=True):
        if not manifest.gives(number, digest_found):
            message = f"{path} does not have the {manifest.algorithm.name} checksum given for it"
            hint = "put the file back as it was packed, or make the bag anew if the change was meant"
            found.append(WRONG_CHECKSUM.finding(message, manifest.place(number), hint=hint))
    return found
