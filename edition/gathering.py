"""Which files are meant: names, folders, patterns, a list, and of these only what git says has changed."""

# Names are strings here, taken at their word: Path drops a leading ./ and takes no .. out of the middle.
# ruff: noqa: PTH118, PTH120, PTH207

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edition.errors import EditionError, UsageError

_SUFFIX = ".xml"  # of what is looked for in folders; files and patterns may name others
_ANY_FOLDERS = re.compile(r"(?:(?P<before>.*?)[/\\])??\*\*(?:[/\\](?:\*\*[/\\])*(?P<after>.*))?", re.DOTALL)
_LONGEST_LIST = 64 * 1024 * 1024  # bytes of a list of names


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line says of files: `since` is a revision of git, `listed` a file of names or -."""

    names: tuple[str, ...] = ()
    listed: str | None = None
    since: str | None = None


def gather(wanted: Wanted) -> tuple[Path, list[str]]:
    """The folder that paths are relative to, and the files in the order of their paths, each once.

    Raises UsageError for what names no file at all, and for files that have no folder in common.
    """
    names = [*wanted.names, *(_listed(wanted.listed) if wanted.listed else ())]
    if not names and not wanted.since:
        raise UsageError("no file is named", advice="name files, folders or patterns, or give --files-from")
    root, paths = relative([file for name in names or ["."] for file in _files(name)])
    if len(paths) > 1 and root == Path(root.anchor):
        raise UsageError(
            f"{paths[0]} and {paths[-1]} have no folder in common, so no pointer between them can be followed",
            advice="check them one by one, or put them into one folder",
        )
    chosen = set(paths)
    if wanted.since:
        changed = _changed(root, wanted.since)
        chosen = {path for path in chosen if os.path.realpath(root / path) in changed}
    return root, sorted(chosen)


def relative(files: Sequence[str]) -> tuple[Path, list[str]]:
    """The folder that paths of bare files are relative to: the working one if all lie in it, else the common one."""
    here = Path.cwd()
    absolute = [os.path.normpath(os.path.join(here, file)) for file in files]
    inside = os.path.join(here, "")
    root = str(here)
    if not all(file.startswith(inside) for file in absolute):
        root = os.path.commonpath([os.path.dirname(file) for file in absolute])
    return Path(root), [os.path.relpath(file, root).replace(os.sep, "/") for file in absolute]


def _files(name: str) -> Iterator[str]:
    """What one word of the command line stands for. A file is taken at its word, whatever it is called."""
    if os.path.isdir(name):  # noqa: PTH112 - Path.is_dir fails on a NUL
        found = sorted(_inside(name))
        what = f"the folder has no file that ends in {_SUFFIX}"
    elif glob.has_magic(name) and not os.path.lexists(name):
        found = sorted(file for file in _matching(name) if not Path(file).is_dir())
        what = "no file has a name like this"
    else:
        yield name
        return
    if not found:
        raise UsageError(f"{name}: {what}", advice="check the path and its spelling; ** stands for any folders")
    yield from found


def _inside(folder: str) -> Iterator[str]:
    """The XML files of a folder and those below it; hidden ones and links to folders are passed over."""
    for place, folders, files in os.walk(folder):
        _pass_over_hidden(folders)
        for name in files:
            if name.lower().endswith(_SUFFIX) and not name.startswith("."):
                yield os.path.join(place, name)


def _matching(pattern: str) -> Iterator[str]:
    """What has a name like this. As in folders, ** goes through no links: two that lead back up would never end."""
    found = _ANY_FOLDERS.fullmatch(pattern)
    if found is None:
        yield from glob.iglob(pattern)
        return
    for top in ["."] if found["before"] is None else glob.iglob(f"{found['before']}/"):
        for place, folders, _ in os.walk(top):
            _pass_over_hidden(folders)
            yield from _matching(os.path.join(glob.escape(place), found["after"] or "*"))


def _pass_over_hidden(folders: list[str]) -> None:
    folders[:] = [name for name in folders if not name.startswith(".")]


def _listed(source: str) -> list[str]:
    """The names in a list, one a line, or with NULs between them as `find -print0` writes."""
    try:
        if source == "-":
            data = sys.stdin.buffer.read(_LONGEST_LIST)
        else:
            with Path(source).open("rb") as stream:
                data = stream.read(_LONGEST_LIST)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file has such a name"
        raise UsageError(f"{source}: the list cannot be read: {reason}", advice="check the path") from error
    words = data.split(b"\0") if b"\0" in data else data.splitlines()
    names = [os.fsdecode(word) for word in words if word.strip()]
    if not names:
        raise UsageError(f"{source}: the list names no file", advice="write one name a line")
    return names


def _changed(root: Path, revision: str) -> set[str]:
    """The files that differ from a revision, and those that git does not know yet, by their real paths."""
    if revision.startswith("-"):
        raise UsageError(f"{revision!r} is no revision", advice="write --since HEAD~1, a branch or a tag")
    top = os.fsdecode(_git(root, "rev-parse", "--show-toplevel")).rstrip("\n")
    names = _git(Path(top), "diff", "--name-only", "-z", "--no-ext-diff", "--diff-filter=d", revision, "--")
    names += _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z")
    return {os.path.realpath(os.path.join(top, os.fsdecode(name))) for name in names.split(b"\0") if name}


def _git(folder: Path, *arguments: str) -> bytes:
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - arguments of ours but for the revision, which is looked at above
            ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise EditionError(
            "--since needs git, and it is not here", advice="install git, or name the files"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            f"git cannot say what has changed: {said[0] if said else 'it does not say why'}",
            advice="check the revision after --since; on CI, fetch the whole history",
        )
    return done.stdout
