"""What lies in a bag: a walk that follows no link, and opens nothing but plain files below the bag.

A bag is a `Tree`, wherever it lies. In a `Folder` every folder is opened in the one that holds it, so that nobody can
slip a link into the way while the walk goes on; for archives see `archives`.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from edition.bagging import names
from edition.bagging.hashing import Source, begin
from edition.bagging.rules import CLUTTER, NAME_DOES_NOT_TRAVEL, NAMES_COLLIDE, NOT_A_PLAIN_FILE, UNREADABLE
from edition.diagnostics import Diagnostic, Location, Related

MAX_DEPTH = 64  # folders within each other; each holds a file descriptor while it is read

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class PlainFile(NamedTuple):
    """A file of the bag: its path in the bag, and while it is visited how to open it and to learn its size in bytes.

    A tuple, for there may be a million of them; and to ask for a size costs more than to read a small file.
    """

    path: str
    open: Callable[[], Source]
    size: Callable[[], int]


class Tree(Protocol):
    """The files of a bag. Paths are relative to it. What opens raises OSError."""

    form: str  # `folder`, or that of the archive

    @property
    def together(self) -> bool:
        """Whether several files can be read at once."""

    def plain_files(self) -> frozenset[str]:
        """The names of the plain files at the top of the bag."""

    def is_folder(self, name: str) -> bool:
        """Whether something at the top of the bag is a folder, not a link to one."""

    def survey(self, folder: str, skip: str = "") -> Iterator[PlainFile | Diagnostic]:
        """Every plain file below a folder of the bag ("" for all of it), and findings about what else is there.

        In an order that is the same every time. The folder `skip` is not looked at.
        """

    def open(self, path: str) -> Source:
        """A plain file of the bag by its path, no link followed on the way. It is the caller's to close."""


class Folder:
    """A bag that lies in a folder on the disk, given as an open file descriptor."""

    form = "folder"
    together = True

    def __init__(self, root: int, depth: int = MAX_DEPTH) -> None:
        self._root = root
        self._depth = depth

    def plain_files(self) -> frozenset[str]:
        with os.scandir(self._root) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file(follow_symlinks=False))

    def is_folder(self, name: str) -> bool:
        try:
            return stat.S_ISDIR(os.stat(name, dir_fd=self._root, follow_symlinks=False).st_mode)
        except OSError:
            return False

    def survey(self, folder: str, skip: str = "") -> Iterator[PlainFile | Diagnostic]:
        return self._visit(self._root, folder, 1 if folder else 0, skip)

    def open(self, path: str) -> int:
        *folders, name = path.split("/")
        opened = [self._root]
        try:
            for folder in folders:
                opened.append(os.open(folder, _FOLDER, dir_fd=opened[-1]))
            file = os.open(name, _FILE, dir_fd=opened[-1])
        finally:
            for each in opened[1:]:
                os.close(each)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise OSError(0, "not a plain file", path)
        return file

    def _visit(self, parent: int, path: str, depth: int, skip: str) -> Iterator[PlainFile | Diagnostic]:
        try:
            if depth > self._depth:
                raise OSError(0, f"folders lie deeper than {self._depth} within each other")
            opened = os.open(path.rpartition("/")[2] or ".", _FOLDER, dir_fd=parent)
        except OSError as error:
            yield unreadable(path, error)
            return
        try:
            with os.scandir(opened) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
            prefix = f"{path}/" if path else ""
            yield from of_names(prefix, [entry.name for entry in entries])
            for entry in entries:
                inside = prefix + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    yield _file(entry, inside, opened)
                elif inside != skip:
                    yield from self._visit(opened, inside, depth + 1, skip)
        except OSError as error:
            yield unreadable(path, error)
        finally:
            os.close(opened)


def text_of(source: Source, encoding: str) -> io.TextIOWrapper:
    """Text out of what a tree opened; it closes what it reads. LF, CR and CRLF end a line.

    A byte that the encoding does not have comes as half of a surrogate pair, as in names of files (PEP 383).
    """
    raw = io.FileIO(source) if isinstance(source, int) else source
    return io.TextIOWrapper(io.BufferedReader(raw), encoding=encoding, errors="surrogateescape", newline=None)


def pieces(source: Source) -> Iterator[bytes]:
    """The bytes of what a tree opened, which is closed afterwards. Raises OSError."""
    try:
        while piece := begin(source):
            yield piece
    finally:
        close(source)


def bytes_of(tree: Tree, path: str, most: int) -> bytes:
    """All bytes of a file of the bag. Raises OSError, for one of more than `most` bytes too."""
    data = bytearray()
    for piece in pieces(tree.open(path)):
        data += piece
        if len(data) > most:
            raise OSError(0, f"larger than {most} bytes")
    return bytes(data)


def close(source: Source) -> None:
    if isinstance(source, int):
        os.close(source)
    else:
        source.close()


def of_names(prefix: str, inside: list[str]) -> Iterator[Diagnostic]:
    """Findings about the names in one folder, whose path with a slash is `prefix`."""
    if names.all_everyday(prefix, inside):
        return
    for first, second in names.twins(inside):
        same = names.composed(first) == names.composed(second)  # to the eye
        pair = f"the two Unicode forms of {second}" if same else f"{second} and {first}"
        yield NAMES_COLLIDE.finding(
            f"{pair} are one name where case or Unicode form is not kept",
            Location(prefix + second),
            hint="rename one of them and make the bag anew",
            related=[Related(Location(prefix + first), "the other")],
        )
    for name in inside:
        path = prefix + name
        if names.is_clutter(name):
            yield CLUTTER.finding(
                f"{path} was left by an operating system", Location(path), hint="make the bag without it"
            )
        trouble = names.trouble_with_name(name) or names.trouble_with_length(path)
        if trouble:
            yield NAME_DOES_NOT_TRAVEL.finding(
                f"{path}: {trouble}", Location(path), hint="rename it and make the bag anew"
            )


def not_plain(path: str, what: str) -> Diagnostic:
    """The finding for a link, device, pipe or socket."""
    return NOT_A_PLAIN_FILE.finding(f"{path} is {what}", Location(path), hint="put the file itself in its place")


def unreadable(path: str, error: OSError) -> Diagnostic:
    """The finding for what the disk does not give."""
    reason = (error.strerror or "unknown reason").lower()
    return UNREADABLE.finding(f"{path or 'the bag'} cannot be read: {reason}", Location(path or "."))


def _file(entry: os.DirEntry[str], path: str, folder: int) -> PlainFile | Diagnostic:
    try:
        if entry.is_file(follow_symlinks=False):
            return PlainFile(
                path,
                lambda: os.open(entry.name, _FILE, dir_fd=folder),
                lambda: entry.stat(follow_symlinks=False).st_size,
            )
        is_link = entry.is_symlink()
    except OSError as error:
        return unreadable(path, error)
    return not_plain(path, "a symbolic link" if is_link else "no file but a device, pipe or socket")
