"""Opening files that nobody vouches for: regular ones only, never waiting, no more than a kind of file may hold."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from edition.errors import EditionError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what messages call it, how many bytes it may hold, and what to do where it holds more."""

    what: str
    max_bytes: int
    when_larger: str


_noted: ContextVar[set[Path] | None] = ContextVar("noted", default=None)


@contextlib.contextmanager
def noting() -> Iterator[set[Path]]:
    """Note which files are read meanwhile: what is made of them holds only as long as they do."""
    noted: set[Path] = set()
    before = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(before)


def read_bytes(file: Path, path: str, kind: Kind) -> bytes:
    """What a file holds; `path` is as messages name it. Raises EditionError where it is none, or too large."""
    try:
        with open(file, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise EditionError(f"{path}: not a regular file", advice=f"name {kind.what}")
            data = stream.read(kind.max_bytes + 1)
    except FileNotFoundError as error:
        raise EditionError(f"{path}: there is no such file", advice="check the path and its spelling") from error
    except IsADirectoryError as error:
        raise EditionError(f"{path}: this is a folder", advice=f"name {kind.what}") from error
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a NUL in the name
        raise EditionError(f"{path!r}: no file has such a name", advice="check the path and its spelling") from error
    noted = _noted.get()
    if noted is not None:
        noted.add(file.absolute())
    if len(data) > kind.max_bytes:
        raise EditionError(f"{path}: larger than {_size(kind.max_bytes)}", advice=kind.when_larger)
    return data


def _size(octets: int) -> str:
    return f"{octets // 1024**2} MiB" if octets >= 1024**2 else f"{octets // 1024} KiB"


def _without_waiting(name: str, flags: int) -> int:
    """Open a pipe at once, so that it can be refused, and not when somebody writes into it."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
