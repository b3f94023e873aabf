"""What a run may remember for the next one, in the user's cache folder; it can be deleted at any time.

Entries are named by what they depend on and are never changed. One is written beside its place and renamed, and holds
a digest of itself: what was cut off, damaged or written by another version is as good as not there.

What runs when it is read, as a pickle may, is read only where nobody else can have written it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "EDITION_CACHE"  # names another folder

_ANYWHERE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _ANYWHERE  # a FIFO is not waited for
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _ANYWHERE


def folder() -> Path:
    """The cache folder of this user for `edition`, as the system has it (XDG base directories; on a Mac and Windows,
    their own). Where there is no home, as for a number without an account in a container, nothing is kept."""
    if os.environ.get(FOLDER_VARIABLE):
        return Path(os.environ[FOLDER_VARIABLE])
    import platformdirs

    try:
        return platformdirs.user_cache_path("edition", appauthor=False)
    except RuntimeError:
        return Path(os.devnull)  # below which there is nothing, and nothing can be made


def get(kind: str, key: str) -> Any:
    """What was put there; None if nothing was, or nothing that can be believed."""
    try:
        body = _whole(place(kind, key).read_bytes())
        return None if body is None else json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None


def put(kind: str, key: str, value: Any) -> None:
    """Keep a value that JSON can hold. Where nothing can be written, nothing is kept."""
    put_own(kind, key, json.dumps(value, separators=(",", ":")).encode("utf-8"))


def get_own(kind: str, key: str) -> bytes | None:
    """The bytes that were put there, if this user alone can have done so; None also where that cannot be told."""
    entry = place(kind, key)
    try:
        with open(os.open(entry, _READ), "rb") as stream:  # noqa: PTH123 - by its descriptor
            states = [each.stat() for each in _folders(entry)]
            if not all(map(_is_own, [os.fstat(stream.fileno()), *states])):
                return None
            return _whole(stream.read())
    except OSError:
        return None


def put_own(kind: str, key: str, body: bytes) -> None:
    """Keep bytes. Where nothing can be written, nothing is kept."""
    entry = place(kind, key)
    beside = entry.with_name(f".{entry.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        make_room(entry)
        try:
            with open(os.open(beside, _CREATE, 0o600), "wb") as stream:  # noqa: PTH123 - for its mode
                stream.write(_digest(body) + b"\n" + body)
            beside.replace(entry)
        finally:
            beside.unlink(missing_ok=True)


def make_room(entry: Path) -> None:
    """Make the folders of an entry, for this user alone. Raises OSError."""
    for each in _folders(entry):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)


def place(kind: str, key: str) -> Path:
    """Where an entry is, whether it is there or not."""
    return folder() / kind / key[:2] / key[2:]


def _folders(entry: Path) -> tuple[Path, ...]:
    """From that of the cache down to the entry's own."""
    return entry.parents[2], entry.parents[1], entry.parents[0]


def _is_own(found: os.stat_result) -> bool:
    """Whether something is this user's, and nobody else may write to it. Windows does not say so in this way."""
    is_kept = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    writable = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return sys.platform != "win32" and is_kept and found.st_uid == os.getuid() and not writable


def _whole(data: bytes) -> bytes | None:
    head, _, body = data.partition(b"\n")
    return body if head == _digest(body) else None


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")
