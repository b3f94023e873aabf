"""Putting a finished folder in its place: hidden until it is complete, then renamed once.

A hidden folder stands beside its target and is locked by the run that fills it. The lock goes when the run ends,
however it ends: what carries our name and can be locked was left by a run that was killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.errors import EditionError
from edition.staging import cannot_write

# `.NAME.bag-0a1b2c3d` is being filled; `.NAME.was-0a1b2c3d` was at NAME until its replacement came.
_HIDDEN = re.compile(r"\.(?P<name>.+)\.(?P<kind>bag|was)-[0-9a-f]{8}", re.DOTALL)


@contextlib.contextmanager
def hidden_folder(target: Path) -> Iterator[Path]:
    """A new, locked folder beside `target`; afterwards whatever stands under its name is removed.

    Raises EditionError where none can be made.
    """
    try:
        folder, lock = _make(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_left_overs(parent: Path) -> None:
    """Remove what killed runs left in a folder, and put back what one of them had only moved aside."""
    with contextlib.suppress(OSError):
        for entry in sorted(parent.iterdir()):
            found = _HIDDEN.fullmatch(entry.name)
            if not found or not _is_abandoned(entry):
                continue
            if found["kind"] == "was" and not os.path.lexists(parent / found["name"]):
                entry.rename(parent / found["name"])
            else:
                shutil.rmtree(entry, ignore_errors=True)


def refuse_taken(target: Path, replace: bool, what: str = "bag") -> None:
    """Raise EditionError where something stands at the place of a bag, or of an archive if `what` is `file`.

    With `replace`, only where it is no bag, or no file.
    """
    if not os.path.lexists(target):
        return
    if not replace:
        raise _taken(target)
    fits = target.is_file() if what == "file" else (target / "bagit.txt").is_file()
    if target.is_symlink() or not fits:
        raise EditionError(f"{target}: not a {what}, so it is not replaced", advice="move it away and run again")


def move(folder: Path, target: Path, replace: bool) -> None:
    """Rename `folder` to `target`; with `replace`, what was there stands under the name of `folder` afterwards.

    Raises EditionError when something stands there that may not be replaced, OSError when the disk refuses.
    """
    refuse_taken(target, replace)
    if os.path.lexists(target):
        _exchange(folder, target)
    else:
        _rename_to_nothing(folder, target)
    sync(target.parent)


def move_file(file: Path, target: Path, replace: bool) -> None:
    """As `move`, for a file. With `replace`, what was there is gone."""
    refuse_taken(target, replace, "file")
    if replace:
        file.replace(target)
    else:
        _rename_to_nothing(file, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, is on the disk. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        os.close(opened)


def sync_all(root: int, paths: Iterable[str]) -> None:
    """Wait until a folder and the files and folders at these paths in it are on the disk. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "syncfs"):  # Linux: the whole disk at once, which is much faster for many files
        if library.syncfs(root) == 0:
            return
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    for path in (*paths, "."):
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=root)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _make(target: Path) -> tuple[Path, int]:
    while True:
        folder = target.parent / f".{target.name}.bag-{secrets.token_hex(4)}"
        folder.mkdir()
        folder.chmod(0o700)  # nobody else reads or writes it before it is complete; whatever the umask
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with contextlib.suppress(OSError):  # some network disks lock no folders; nothing is removed there either
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if folder.is_dir():  # another run may have taken it for abandoned just before it was locked
            return folder, lock
        os.close(lock)


def _is_abandoned(folder: Path) -> bool:
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(opened)
    return True


def _rename_to_nothing(folder: Path, target: Path) -> None:
    try:
        if not _rename_with(folder, target, _NO_REPLACE):
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
            folder.rename(target)
    except FileExistsError as error:
        raise _taken(target) from error


def _taken(target: Path) -> EditionError:
    advice = "move it away, or replace it with --replace"
    return EditionError(f"{target}: there is something there already", advice=advice)


def _exchange(folder: Path, target: Path) -> None:
    if _rename_with(folder, target, _EXCHANGE):
        return
    # Two renames: killed between them, the next run finds the old folder under its hidden name and puts it back.
    aside = target.parent / f".{target.name}.was-{folder.name.rpartition('-')[2]}"
    target.rename(aside)
    try:
        folder.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(folder)


# renameat2(2) of Linux and renamex_np(2) of macOS: the flags that rename() does not have.
_NO_REPLACE, _EXCHANGE = (1, 2) if sys.platform == "linux" else (4, 2)
_AT_FDCWD = -100
_UNKNOWN_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV})


def _rename_with(source: Path, target: Path, flag: int) -> bool:
    """Rename with a flag; False where system or disk does not know it. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(source), os.fsencode(target)
    if hasattr(library, "renameat2"):
        result = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], flag)
    elif hasattr(library, "renamex_np"):
        result = library.renamex_np(*names, flag)
    else:
        return False
    number = ctypes.get_errno()
    if result == 0 or number in _UNKNOWN_THERE:
        return bool(result == 0)
    raise OSError(number, os.strerror(number), str(target))
