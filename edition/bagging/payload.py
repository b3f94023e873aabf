"""What goes into a bag: the files of an edition, found and judged before anything is written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edition.bagging import names
from edition.errors import EditionError

KEEP = ".keep"  # the file that keeps an empty folder, for a bag lists files alone (RFC 8493, 2.1.3)


@dataclass(frozen=True, slots=True)
class PayloadFile:
    """A file of the payload. `path` is its place below `data/`, with forward slashes; `source`, a file or bytes."""

    path: str
    source: Path | bytes


def gather(root: Path, paths: Iterable[str], *, keep_empty: bool = False) -> tuple[PayloadFile, ...]:
    """The files at `paths` below `root`, folders with all they hold, sorted by path, each once.

    What an operating system leaves behind (`.DS_Store` and the like) is left out. With `keep_empty`, a folder without
    files gets an empty file `.keep`. Raises EditionError for what a bag cannot carry to another system: links,
    special files, empty folders that are not kept, names that do not travel, names that differ only in case or
    Unicode form, and paths that are not there or lead out of `root`.
    """
    found: dict[str, PayloadFile] = {}
    for path in paths:
        for file in _files(root, _inside(root, path)):
            if file.source == b"" and not keep_empty:
                folder = file.path.removesuffix(f"/{KEEP}")
                advice = f"remove it, put a {KEEP} into it, or have that done with --keep-empty-folders"
                raise EditionError(f"{folder}: an empty folder, which no bag can hold", advice=advice)
            found[file.path] = file
    refuse_collisions(found)
    return tuple(found[path] for path in sorted(found))


def refuse_collisions(paths: Iterable[str]) -> None:
    """Raise EditionError where two paths, or folders on their way, are one where case or Unicode form is not kept."""
    seen: dict[str, str] = {}
    folders: set[str] = set()  # that have been looked at, with all above them
    for path in paths:
        parts, folder = path.split("/"), path.rpartition("/")[0]
        begin = len(parts) if folder in folders else 1
        folders.add(folder)
        for end in range(begin, len(parts) + 1):
            part = "/".join(parts[:end])
            other = seen.setdefault(names.fold(part), part)
            if other != part:
                raise EditionError(
                    f"{part} and {other} are the same name on systems that do not keep case or Unicode form",
                    advice="rename one of them",
                )


def refuse_name(path: str, folder: str = "") -> None:
    """Raise EditionError for a path below a folder of the bag, or below the bag, that not every system can hold."""
    trouble = names.trouble_with_path(folder + path)
    if trouble:
        raise EditionError(f"{path}: {trouble}", advice="rename it: a bag is read on every system (RFC 8493, 6.1)")


def _inside(root: Path, path: str) -> str:
    """The path in its plain form, if neither it nor a link on its way leads out of `root`."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if names.leads_out(path) or not parts:
        raise EditionError(
            f"{path or '(empty)'}: not a path inside the edition", advice="name a file below edition.toml"
        )
    for end in range(1, len(parts)):
        _refuse_link(root.joinpath(*parts[:end]), "/".join(parts[:end]))
    return "/".join(parts)


def _files(root: Path, path: str) -> Iterator[PayloadFile]:
    """The files at a path; of an empty folder the one that keeps it, which has no bytes."""
    file = root / path
    refuse_name(path, "data/")
    try:
        mode = os.lstat(file).st_mode
        inside = sorted(entry.name for entry in file.iterdir()) if stat.S_ISDIR(mode) else []
        inside = [name for name in inside if not names.is_clutter(name)]
    except OSError as error:
        advice = "write it, or take its name out of edition.toml" if isinstance(error, FileNotFoundError) else ""
        raise EditionError(f"{path}: {(error.strerror or 'cannot be read').lower()}", advice=advice) from error
    if stat.S_ISLNK(mode):
        raise _link(path)
    if stat.S_ISREG(mode):
        yield PayloadFile(path, file)
    elif not stat.S_ISDIR(mode):
        raise EditionError(f"{path}: neither a file nor a folder", advice="a bag holds plain files; move it away")
    elif not inside:
        yield PayloadFile(f"{path}/{KEEP}", b"")
    for name in inside:
        yield from _files(root, f"{path}/{name}")


def _refuse_link(file: Path, path: str) -> None:
    if file.is_symlink():
        raise _link(path)


def _link(path: str) -> EditionError:
    return EditionError(f"{path}: a symbolic link, which no bag can hold", advice="put the file itself in its place")
