"""A small edition to begin with: original, translation, persons, a schema of its own, and what describes them.

It passes `edition check` as it is, so that whatever is found later is about what the editor has written.
"""

from __future__ import annotations

import contextlib
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from edition.errors import EditionError
from edition.staging import cannot_write

_NAME = "{{name}}"
_DEFAULT_NAME = "edition"
# Under its own name git would obey it here.
_RENAMED = {"gitignore": ".gitignore"}


def create(folder: Path, name: str = "") -> tuple[Path, ...]:
    """Write the edition into `folder`, which is made if need be, and return its files.

    `name` is what edition.toml calls it and what its PDF and bag are named after; the folder's own name, as far as
    it can stand in file names everywhere, where none is given. Raises EditionError where `folder` holds anything
    already, git's own folder apart, or cannot be written.
    """
    named = name or folder.resolve().name
    written: list[Path] = []
    try:
        _refuse_occupied(folder)
        for inside, template in _templates():
            text = template.read_text(encoding="utf-8").replace(_NAME, _file_name(named))
            written.append(folder / inside)
            written[-1].parent.mkdir(parents=True, exist_ok=True)
            written[-1].write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        _take_back(folder, written)
        raise cannot_write(Path(error.filename or folder), error) from error
    return tuple(written)


def _take_back(folder: Path, written: list[Path]) -> None:
    """Leave the folder as it was, so that a second try finds it empty."""
    for file in written:
        with contextlib.suppress(OSError):
            file.unlink()
    for inside in sorted({file.parent for file in written}, reverse=True):
        if inside != folder:
            with contextlib.suppress(OSError):
                inside.rmdir()


def _refuse_occupied(folder: Path) -> None:
    if folder.is_dir():
        found = min((path.name for path in folder.iterdir() if path.name != ".git"), default=None)
        if found is not None:
            raise EditionError(f"{folder}: the folder is not empty: it has {found}", advice="name a new folder")
    elif folder.exists() or folder.is_symlink():
        raise EditionError(f"{folder}: not a folder", advice="name a new folder")


def _templates() -> list[tuple[str, Traversable]]:
    """The files of the template and where each goes, by path."""
    found: list[tuple[str, Traversable]] = []
    waiting: list[tuple[str, Traversable]] = [("", files("edition") / "template")]
    while waiting:
        path, entry = waiting.pop()
        if entry.is_dir():
            waiting += [(f"{path}/{each.name}".lstrip("/"), each) for each in entry.iterdir()]
        else:
            found.append((_RENAMED.get(path, path), entry))
    return sorted(found, key=lambda each: each[0])


def _file_name(name: str) -> str:
    """A name that edition.toml accepts: what cannot stand in it becomes a hyphen."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._")
    return plain[:100] or _DEFAULT_NAME
