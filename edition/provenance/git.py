"""What git knows of an edition's files: the commit that last changed them, and whether they are still what it holds.

A repository may be hostile: whatever it could have git run or fetch is turned off, and no file passes through its
filters.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 30
# Hooks, watchers, pagers, signature checkers and the objects that a partial clone left out. Paths are taken as they
# are written, not as patterns.
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
)
_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_BLOB = "100"  # how the modes of plain files begin


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit by its name in hexadecimal digits, and its date in seconds since 1970."""

    name: str
    seconds: int


def newest(root: Path, paths: Iterable[str]) -> Commit | None:
    """The newest commit that changed one of these files; None where there is no git, no repository, or none of them.

    A shallow clone knows only its own commits.
    """
    answer = _ask(root, "log", "-1", "--format=%H %ct", "--no-show-signature", "--", *paths)
    name, _, seconds = (answer or b"").decode("ascii", "replace").strip().partition(" ")
    return Commit(name, int(seconds)) if name and seconds.isdigit() else None


def holds(root: Path, commit: Commit, paths: Iterable[str]) -> bool:
    """Whether a commit holds every one of these files exactly as it now is on the disk."""
    wanted = tuple(paths)
    answer = _ask(root, "ls-tree", "-r", "-z", commit.name, "--", *wanted)
    blobs: dict[str, str] = {}
    for entry in (answer or b"").split(b"\0"):
        said, _, path = entry.partition(b"\t")
        mode, _, name = said.decode("ascii", "replace").partition(" ")
        if mode.startswith(_BLOB):
            blobs[os.fsdecode(path)] = name.rpartition(" ")[2]
    return all(_is_blob(root / path, blobs.get(path, "")) for path in wanted)


def _is_blob(file: Path, name: str) -> bool:
    """Whether a file is the blob of this name: hashed as git does it, by the algorithm of the repository."""
    try:
        with file.open("rb") as opened:
            digest = hashlib.sha256() if len(name) == hashlib.sha256().digest_size * 2 else _sha1()
            digest.update(b"blob %d\0" % os.fstat(opened.fileno()).st_size)
            while read := opened.read(1 << 20):
                digest.update(read)
    except OSError:
        return False
    return digest.hexdigest() == name


def _sha1() -> hashlib._Hash:
    return hashlib.sha1(usedforsecurity=False)


def _ask(root: Path, *arguments: str) -> bytes | None:
    git = shutil.which("git")
    if git is None:
        return None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        answer = subprocess.run(  # noqa: S603 - no shell, and the paths of edition.toml stand after `--`
            [git, "-C", str(root), *_OPTIONS, *arguments],
            env=environment | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout if answer.returncode == 0 else None
