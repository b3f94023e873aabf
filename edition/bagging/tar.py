"""Tar archives (POSIX.1-2008, pax; GNU's long names and sparse files), read entry by entry and never unpacked.

What a hostile header can claim is bounded before anything is read for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edition.bagging import sparse
from edition.bagging.tar_headers import (
    BLOCK,
    MAX_HEADER,
    Stream,
    TarError,
    decimal,
    extended,
    kind_and_size,
    name_of,
)

_FOLDER, _FILES = "5", frozenset("07\0")
_KINDS = {
    "1": "a hard link",
    "2": "a symbolic link",
    "3": "a device",
    "4": "a device",
    "6": "a pipe",
}
_NO_BYTES = frozenset({*_KINDS, _FOLDER})  # whatever size they state


class Entry(NamedTuple):
    """An entry of an archive. `kind` is `file`, `folder`, or the words for what no bag can hold.

    `at` is the number by which its bytes are found; of a sparse file, `stretches` say where they belong.
    """

    name: str
    kind: str
    size: int
    at: int
    stretches: sparse.Map | None = None


def entries(stream: Stream) -> Iterator[Entry]:
    """Every entry of a tar archive. Raises TarError and OSError."""
    at, long = 0, dict[str, str]()
    while True:
        block = stream.read(at, BLOCK)
        if not block.strip(b"\0") and (at or block):
            break
        kind, size = kind_and_size(block, at)
        at += BLOCK
        if kind in ("x", "g", "L", "K"):
            if size > MAX_HEADER:
                raise TarError(f"a header of {size} bytes at byte {at}")
            long |= extended(kind, stream.read(at, size), at)
        else:
            size = decimal(long["size"], at) if "size" in long else size
            name = long.get("GNU.sparse.name") or long.get("path") or name_of(block)
            stretches = _stretches(stream, block, at, (kind, size, long))
            if kind == "S" and stretches:
                at = stretches.at
            yield Entry(name, _kind(kind, name), stretches.size if stretches else size, at, stretches)
            size, long = 0 if kind in _NO_BYTES else size, {}
        at += -(-size // BLOCK) * BLOCK
    _refuse_more(stream, at, len(block))


def _stretches(stream: Stream, block: bytes, at: int, said: tuple[str, int, dict[str, str]]) -> sparse.Map | None:
    """The map of a sparse file; None for any other entry."""
    kind, size, long = said
    if kind == "S":
        return sparse.in_header(stream, block, at, size)
    return sparse.in_pax(stream, long, at, size) if kind in _FILES and sparse.is_sparse(long) else None


def _kind(kind: str, name: str) -> str:
    if kind == _FOLDER or (kind == "\0" and name.endswith("/")):
        return "folder"
    if kind in _FILES or kind == "S":
        return "file"
    return _KINDS.get(kind, f"an entry of a kind that is not known ({kind!r})")


def _refuse_more(stream: Stream, at: int, length: int) -> None:
    """After the end there are zeros at most: what follows would be unpacked by some programs and not by others."""
    if not length:
        raise TarError("it has no end: the last of it is missing")
    while data := stream.read(at, 1 << 20):
        if data.strip(b"\0"):
            raise TarError(f"something follows its end at byte {at}")
        at += len(data)
