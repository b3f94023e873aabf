"""Files that are complete before anyone sees them: written beside their place, then renamed.

A run that is killed leaves at most a hidden file named after its process; the next run into that folder removes it.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from edition.errors import EditionError

_LEFT_OVER = re.compile(r"\..+\.edition-(\d+)")


def replace_file(file: Path, data: bytes) -> None:
    """Write one file at once or not at all; a link leads to its file, a stream is written to. Raises EditionError."""
    if _is_stream(file):
        try:
            opened = os.open(file, os.O_WRONLY | os.O_APPEND)
            try:
                _write_all(opened, data)
            finally:
                os.close(opened)
        except OSError as error:
            raise cannot_write(file, error) from error
        return
    file = Path(os.path.realpath(file))
    with staged(file.parent, {file.name: data}) as publish:
        publish()


@contextlib.contextmanager
def staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[Callable[[], None]]:
    """Write files into `folder` under hidden names; the function that is given renames them into place.

    Without that call, nothing is left. Raises EditionError where the folder cannot be written.
    """
    hidden = {name: folder / f".{name}.edition-{os.getpid()}" for name in files}
    made_folder = False
    try:
        made_folder = _make_folder(folder)
        for name, data in files.items():
            _write(hidden[name], data, _mode(folder / name))
        yield lambda: _publish(folder, hidden)
    except OSError as error:
        raise cannot_write(Path(error.filename or folder), error) from error
    finally:
        for each in hidden.values():
            with contextlib.suppress(OSError):
                each.unlink()
        if made_folder:
            with contextlib.suppress(OSError):  # it holds what was made
                folder.rmdir()


def _is_stream(file: Path) -> bool:
    """Whether this is no file on a disk: to rename one over it would take it away from everyone."""
    if file.absolute().parts[1:2] in (
        ("dev",),
        ("proc",),
    ):  # /dev/stdout may lead to a file that somebody else has opened
        return True
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def remove_files(files: Iterable[Path]) -> None:
    """Take files away that no longer hold. Those that are not there are no matter. Raises EditionError."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise EditionError(f"{file}: {(error.strerror or 'cannot be removed').lower()}") from error


def cannot_write(file: Path, error: OSError) -> EditionError:
    """What to say when the disk refuses. Whatever was there before is still there."""
    if isinstance(error, FileExistsError | NotADirectoryError) and (plain := _file_in_the_way(file)):
        return EditionError(
            f"{plain}: this is a file, and a folder is needed here",
            advice="nothing was changed; rename the file or move it away",
        )
    reason = (error.strerror or "it cannot be written").lower()
    return EditionError(f"{file}: {reason}", advice="nothing was changed; make room or choose another place")


def _file_in_the_way(path: Path) -> Path | None:
    """The file that stands where a folder would have to be made."""
    found = next((each for each in (path, *path.parents) if os.path.lexists(each)), None)
    return found if found and not found.is_dir() else None


def _make_folder(folder: Path) -> bool:
    if folder.is_dir():
        for entry in folder.iterdir():
            found = _LEFT_OVER.fullmatch(entry.name)
            if found and not _is_alive(int(found[1])):
                entry.unlink(missing_ok=True)
        return False
    folder.mkdir(parents=True)
    return True


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _mode(file: Path) -> int | None:
    """Who may read and write a file that is there already."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return None


def _write(file: Path, data: bytes, mode: int | None) -> None:
    file.unlink(missing_ok=True)  # of an earlier process with our number
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644 if mode is None else 0o600)
    try:
        if mode is not None:
            os.fchmod(opened, mode)
        _write_all(opened, data)
        os.fsync(opened)
    except OSError as error:
        error.filename = error.filename or str(file)
        raise
    finally:
        os.close(opened)


def _write_all(opened: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(opened, rest) :]


def _publish(folder: Path, hidden: Mapping[str, Path]) -> None:
    for name, file in hidden.items():
        file.replace(folder / name)
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
