"""Bags as one file (RFC 8493, section 4): tar, tar.gz or zip, of one folder, the same bytes each time.

Owner, modes and times are fixed and entries sorted, so that nothing depends on who packs when and where. Compressed
bytes are the same as long as the version of zlib is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from edition.bagging import placing
from edition.bagging.writing import FILE_MODE, FOLDER_MODE, Staged
from edition.staging import cannot_write

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

FORMS = ("tar", "tar.gz", "zip")

_LEVEL = 6  # of compression, named so that no other default takes its place
_PIECE = 1 << 20
_UNIX, _FOLDER_OF_DOS = 3, 0x10
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # what a zip can date


@dataclass(frozen=True, slots=True)
class Serialised:
    """A complete archive that does not have its name yet. It is gone after the block unless it is published."""

    file: Path
    target: Path

    def publish(self, *, replace: bool = False) -> None:
        """Give the archive its name in one step. Raises EditionError; what stood at the target still stands there."""
        try:
            placing.move_file(self.file, self.target, replace)
        except OSError as error:
            raise cannot_write(self.target, error) from error


@contextlib.contextmanager
def serialise(bag: Staged, form: str) -> Iterator[Serialised]:
    """Write a staged bag as an archive of a form out of FORMS, hidden and on the disk, for the block to publish.

    Its target is that of the bag with the form as ending. Raises EditionError where the disk refuses.
    """
    target = bag.target.with_name(f"{bag.target.name}.{form}")
    with placing.hidden_folder(target) as folder:
        file = folder / target.name
        try:
            with file.open("xb") as out:
                os.fchmod(out.fileno(), FILE_MODE)  # whatever the umask
                _WRITERS[form](out, bag)
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise cannot_write(target, error) from error
        yield Serialised(file, target)


def _tar(out: BinaryIO, bag: Staged) -> None:
    import tarfile

    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, encoding="utf-8") as archive:
        for path, name in _sorted(bag):
            entry = tarfile.TarInfo(name)  # owner 0, no names
            entry.mtime = int(path.stat().st_mtime)
            if path.is_dir():
                entry.type, entry.mode = tarfile.DIRTYPE, FOLDER_MODE
                archive.addfile(entry)
            else:
                entry.size, entry.mode = path.stat().st_size, FILE_MODE
                with path.open("rb") as source:
                    archive.addfile(entry, source)
            archive.getmembers().clear()  # it would keep all of them


def _tar_gz(out: BinaryIO, bag: Staged) -> None:
    import gzip

    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=out, mtime=0) as packed:
        _tar(packed, bag)  # type: ignore[arg-type] # a GzipFile is written like any file


def _zip(out: BinaryIO, bag: Staged) -> None:
    import zipfile

    with zipfile.ZipFile(out, "w") as archive:
        for path, name in _sorted(bag):
            entry = zipfile.ZipInfo(f"{name}/" if path.is_dir() else name, _dos_time(int(path.stat().st_mtime)))
            entry.create_system = _UNIX
            _add(archive, entry, path)


def _add(archive: ZipFile, entry: ZipInfo, path: Path) -> None:
    import zipfile

    if path.is_dir():
        entry.external_attr = (0o040000 | FOLDER_MODE) << 16 | _FOLDER_OF_DOS
        archive.writestr(entry, b"")
        return
    entry.external_attr = (0o100000 | FILE_MODE) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined] # open() has no other way to be told
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _PIECE)


def _dos_time(seconds: int) -> tuple[int, int, int, int, int, int]:
    when = datetime.fromtimestamp(seconds, UTC)
    return min(max(_FIRST, (when.year, when.month, when.day, when.hour, when.minute, when.second)), _LAST)


def _sorted(bag: Staged) -> Iterator[tuple[Path, str]]:
    """Everything in the bag with its name in the archive, in the order of the bytes of the names, folders first."""
    top = bag.target.name
    yield bag.folder, top
    inside = ((path, path.relative_to(bag.folder).as_posix()) for path in bag.folder.rglob("*"))
    yield from ((path, f"{top}/{name}") for path, name in sorted(inside, key=lambda each: each[1].encode("utf-8")))


_WRITERS = {"tar": _tar, "tar.gz": _tar_gz, "zip": _zip}
