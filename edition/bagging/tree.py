"""What lies in a bag: a walk that follows no link, and opens nothing but plain files below the bag.

Every folder is opened in the one that holds it, so that nobody can slip a link into the way while the walk goes on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from edition.bagging import names
from edition.bagging.rules import CLUTTER, NAME_DOES_NOT_TRAVEL, NAMES_COLLIDE, NOT_A_PLAIN_FILE, UNREADABLE
from edition.diagnostics import Diagnostic, Location, Related

MAX_DEPTH = 64  # folders within each other; each holds a file descriptor while it is read

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file of the bag. `path` is relative to the bag, `size` in bytes; `folder` is open while it is visited."""

    path: str
    size: int
    folder: int

    def open(self) -> int:
        """Open it while its folder is visited. Raises OSError."""
        return os.open(self.path.rpartition("/")[2], _FILE, dir_fd=self.folder)


def open_below(root: int, path: str) -> int:
    """Open a plain file of the bag by its path, no link followed on the way. Raises OSError."""
    *folders, name = path.split("/")
    opened = [root]
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


def plain_files(root: int) -> frozenset[str]:
    """The names of the plain files at the top of the bag. Raises OSError."""
    with os.scandir(root) as entries:
        return frozenset(entry.name for entry in entries if entry.is_file(follow_symlinks=False))


def is_folder(root: int, name: str) -> bool:
    """Whether something at the top of the bag is a folder, not a link to one."""
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=root, follow_symlinks=False).st_mode)
    except OSError:
        return False


def survey(root: int, folder: str, skip: str = "") -> Iterator[PlainFile | Diagnostic]:
    """Every plain file below a folder of the bag ("" for all of it), and findings about what else is there.

    In the order of names, so that it is the same on every disk. The folder `skip` is not looked at.
    """
    yield from _visit(root, folder, 1 if folder else 0, skip)


def _visit(parent: int, path: str, depth: int, skip: str) -> Iterator[PlainFile | Diagnostic]:
    try:
        if depth > MAX_DEPTH:
            raise OSError(0, f"folders lie deeper than {MAX_DEPTH} within each other")
        opened = os.open(path.rpartition("/")[2] or ".", _FOLDER, dir_fd=parent)
    except OSError as error:
        yield unreadable(path, error)
        return
    try:
        with os.scandir(opened) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        prefix = f"{path}/" if path else ""
        yield from _twins(prefix, [entry.name for entry in entries])
        for entry in entries:
            inside = prefix + entry.name
            if inside == skip:
                continue
            yield from _of_name(inside, entry.name)
            if entry.is_dir(follow_symlinks=False):
                yield from _visit(opened, inside, depth + 1, skip)
            else:
                yield _file(entry, inside, opened)
    except OSError as error:
        yield unreadable(path, error)
    finally:
        os.close(opened)


def _file(entry: os.DirEntry[str], path: str, folder: int) -> PlainFile | Diagnostic:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        return unreadable(path, error)
    if stat.S_ISREG(found.st_mode):
        return PlainFile(path, found.st_size, folder)
    what = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "no file but a device, pipe or socket"
    return NOT_A_PLAIN_FILE.finding(f"{path} is {what}", Location(path), hint="put the file itself in its place")


def _of_name(path: str, name: str) -> Iterator[Diagnostic]:
    if names.is_clutter(name):
        yield CLUTTER.finding(
            f"{path} was left by an operating system", Location(path), hint="make the bag without it"
        )
    trouble = names.trouble_with_name(name) or names.trouble_with_length(path)
    if trouble:
        yield NAME_DOES_NOT_TRAVEL.finding(
            f"{path}: {trouble}", Location(path), hint="rename it and make the bag anew"
        )


def _twins(prefix: str, inside: list[str]) -> Iterator[Diagnostic]:
    for first, second in names.twins(inside):
        yield NAMES_COLLIDE.finding(
            f"{second} and {first} are one name where case or Unicode form is not kept",
            Location(prefix + second),
            hint="rename one of them and make the bag anew",
            related=[Related(Location(prefix + first), "the other")],
        )


def unreadable(path: str, error: OSError) -> Diagnostic:
    """The finding for what the disk does not give."""
    reason = (error.strerror or "unknown reason").lower()
    return UNREADABLE.finding(f"{path or 'the bag'} cannot be read: {reason}", Location(path or "."))
