"""Bags in archives (RFC 8493, section 4): tar, tar.gz and zip, read where they lie. Nothing is unpacked to the disk.

The archive is read through once for its entries, which are judged before any is believed; then their bytes are read
in the order in which they lie.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from edition.bagging import names
from edition.bagging.limits import Limits
from edition.bagging.rules import (
    ARCHIVE_TOO_COSTLY,
    BAD_ARCHIVE,
    ENTRY_TWICE,
    OTHER_ARCHIVE_NAME,
    PATH_LEADS_OUT,
    SEVERAL_AT_TOP,
    UNCLAIMED_BYTES,
)
from edition.bagging.sparse import Holed
from edition.bagging.streams import Gzip, InMemory, Part, Plain, TooLargeError
from edition.bagging.tar import Entry
from edition.bagging.tar import entries as tar_entries
from edition.bagging.tar_headers import NO_TAR, Stream, TarError
from edition.bagging.tree import Folder, PlainFile, Tree, not_plain, of_names
from edition.bagging.zips import read_zip
from edition.diagnostics import Diagnostic, Location
from edition.errors import EditionError

SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip")
MAX_KEPT = 64 << 20  # bytes of tag files out of a compressed archive that are kept rather than read again

Opener = Callable[[Entry], io.RawIOBase]


def open_tree(bag: Path, limits: Limits, opened: ExitStack) -> Generator[Diagnostic, None, Tree | None]:
    """The files of a bag, folder or archive, open until `opened` is closed; None where an archive holds no bag.

    Raises EditionError where there is nothing to read, or something that is neither.
    """
    try:
        mode = bag.stat().st_mode
        file = os.open(bag, os.O_RDONLY | os.O_NONBLOCK)
    except (OSError, ValueError) as error:  # ValueError: a name with a null in it
        reason = error.strerror if isinstance(error, OSError) else None
        raise EditionError(f"{bag}: {(reason or 'no such folder').lower()}", advice=_ADVICE) from error
    opened.callback(os.close, file)
    if stat.S_ISDIR(mode):
        return Folder(file, limits.depth)
    if not stat.S_ISREG(mode):
        raise EditionError(f"{bag}: neither a folder nor a file", advice=_ADVICE)
    return (yield from _archive(bag, file, limits, opened))


_ADVICE = "name the folder that holds bagit.txt, or a tar, tar.gz or zip of it"


def _archive(bag: Path, file: int, limits: Limits, opened: ExitStack) -> Generator[Diagnostic, None, Tree | None]:
    place, begin = Location(bag.name), os.pread(file, 512, 0)
    index = Index(limits)
    try:
        if begin.startswith((b"PK\3\4", b"PK\5\6")):
            index.form = "zip"
            packed = read_zip(file, limits, opened)
            yield from (_unclaimed(bag.name, stretch) for stretch in packed.unclaimed)
            yield from index.read(packed.entries, packed.open)
        else:
            stream: Stream = Gzip(file, limits, opened) if begin.startswith(b"\x1f\x8b") else Plain(file)
            index.keeping = isinstance(stream, Gzip)
            index.together = not index.keeping
            index.form = "tar.gz" if index.keeping else "tar"
            yield from index.read(tar_entries(stream), partial(_part, stream))
    except TooLargeError as reason:
        yield ARCHIVE_TOO_COSTLY.finding(f"{bag.name}: {reason}", place, hint=reason.hint)
    except TarError as reason:
        if str(reason) == NO_TAR and not begin.startswith(b"\x1f\x8b"):
            raise EditionError(f"{bag}: neither a folder nor a tar, tar.gz or zip", advice=_ADVICE) from reason
        yield BAD_ARCHIVE.finding(f"{bag.name}: {reason}", place, hint="copy or pack it again")
    except OSError as error:
        why = error.strerror or str(error) or "it cannot be read"
        yield BAD_ARCHIVE.finding(f"{bag.name}: {why}", place, hint="copy or pack it again")
    else:
        return (yield from _judged(index, bag.name))
    return None


def _unclaimed(name: str, stretch: range) -> Diagnostic:
    message = f"{name}: {len(stretch)} bytes from byte {stretch.start} on belong to no file in it"
    return UNCLAIMED_BYTES.finding(message, Location(name), hint="pack it again, and it holds the bag alone")


def _part(stream: Stream, entry: Entry) -> io.RawIOBase:
    return Holed(stream, entry.stretches) if entry.stretches else Part(stream, entry.at, entry.size)


def _judged(index: Index, name: str) -> Generator[Diagnostic, None, Tree | None]:
    """The bag of an archive that was read to its end, if there is one and nothing else."""
    place = Location(name)
    if len(index.tops) != 1 or not index.tops.issubset(index.folders):
        what = ", ".join(sorted(index.tops)[:3]) or "nothing"
        yield SEVERAL_AT_TOP.finding(
            f"{name} holds {what}{', …' if len(index.tops) > 3 else ''} at its top, not one folder",
            place,
            hint="pack the folder that holds bagit.txt, from the folder that holds it",
        )
        return None
    (top,) = index.tops
    stem = next((name[: -len(suffix)] for suffix in SUFFIXES if name.lower().endswith(suffix)), name)
    if stem != top:
        message = f"{name} holds the folder {top}"
        yield OTHER_ARCHIVE_NAME.finding(message, place, hint=f"name it {top}{name[len(stem) :]}")
    return Archive(index, top)


class Index:
    """The entries of an archive by their paths, top folder included; what is wrong with them is told as they come.

    With `keeping`, small files outside `data/` are kept, for to read them again means to unpack all before them.
    """

    form = "tar"
    keeping = False
    together = False

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files: dict[str, Entry] = {}
        self.folders: set[str] = set()
        self.tops: set[str] = set()
        self.kept: dict[str, bytes] = {}
        self.open_entry: Opener
        self._room = MAX_KEPT
        self._holes = self._size = 0

    def read(self, found: Iterable[Entry], opener: Opener) -> Iterator[Diagnostic]:
        """Take in every entry. Raises TooLargeError, and what reading raises."""
        self.open_entry = opener
        for number, entry in enumerate(found, 1):
            if number > self.limits.entries:
                raise TooLargeError("entries", self.limits.entries)
            self._size += entry.size
            if self._size > self.limits.size:
                raise TooLargeError("size", self.limits.size)
            if entry.stretches:
                self._holes += entry.stretches.holes
                if self._holes > self.limits.sparse:
                    raise TooLargeError("sparse", self.limits.sparse)
            yield from self._add(entry)

    def _add(self, entry: Entry) -> Iterator[Diagnostic]:
        path = "/".join(part for part in entry.name.split("/") if part not in ("", "."))
        why = names.leads_out(entry.name) or ("it holds a null" if "\0" in entry.name else "")
        if why:
            hint = "do not unpack it, and ask who made it"
            yield PATH_LEADS_OUT.finding(f"{entry.name}: {why}", Location(entry.name), hint=hint)
            return
        if not path:
            return
        parts = path.split("/")
        if len(parts) > self.limits.depth + 1:
            raise TooLargeError("depth", self.limits.depth)
        self.tops.add(parts[0])
        inside = path.partition("/")[2] or path
        if entry.kind not in ("file", "folder"):
            yield not_plain(inside, entry.kind)
            return
        parents = ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
        if (
            path in self.files
            or (entry.kind == "file" and path in self.folders)
            or any(each in self.files for each in parents if each not in self.folders)
        ):
            yield ENTRY_TWICE.finding(f"{inside} is in the archive twice", Location(inside), hint="pack it again")
            return
        for each in parents:
            if each in self.folders:
                break
            self.folders.add(each)
        if entry.kind == "folder":
            self.folders.add(path)
            return
        self.files[path] = entry
        if self.keeping and not inside.startswith("data/") and entry.size <= self._room:
            self._room -= entry.size
            with self.open_entry(entry) as source:
                self.kept[path] = source.read() or b""


class Archive:
    """A bag in an archive: the files below its one top folder."""

    def __init__(self, index: Index, top: str) -> None:
        self._index = index
        self._top = f"{top}/"
        self.together = index.together
        self.form = index.form

    def plain_files(self) -> frozenset[str]:
        return frozenset(path for path in self._paths("") if "/" not in path)

    def is_folder(self, name: str) -> bool:
        return self._top + name in self._index.folders

    def survey(self, folder: str, skip: str = "") -> Iterator[PlainFile | Diagnostic]:
        prefix, without = f"{folder}/" if folder else "", f"{skip}/"
        yield from self._of_names(prefix, without)
        for path in self._paths(prefix):
            if not path.startswith(without):
                yield PlainFile(path, partial(self.open, path), partial(self._size, path))

    def open(self, path: str) -> io.RawIOBase:
        whole = self._top + path
        entry, kept = self._index.files.get(whole), self._index.kept.get(whole)
        if entry is None:
            raise FileNotFoundError(0, "no such file in the archive", path)
        return self._index.open_entry(entry) if kept is None else Part(InMemory(kept), 0, len(kept))

    def _size(self, path: str) -> int:
        return self._index.files[self._top + path].size

    def _paths(self, prefix: str) -> Iterator[str]:
        """Paths in the bag, in the order in which their bytes lie."""
        begin, length = self._top + prefix, len(self._top)
        return (path[length:] for path in self._index.files if path.startswith(begin))

    def _of_names(self, prefix: str, without: str) -> Iterator[Diagnostic]:
        inside: dict[str, list[str]] = {}
        begin = self._top + prefix
        for whole in (*self._index.files, *self._index.folders):
            if whole.startswith(begin) and len(whole) > len(begin):
                path = whole[len(self._top) :]
                if not path.startswith(without):
                    folder, _, name = path.rpartition("/")
                    inside.setdefault(folder, []).append(name)
        for folder in sorted(inside):
            yield from of_names(f"{folder}/" if folder else "", sorted(inside[folder]))
