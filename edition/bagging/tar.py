"""Tar archives (POSIX.1-2008, pax; GNU's long names and large numbers), read entry by entry and never unpacked.

What a hostile header can claim is bounded before anything is read for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

BLOCK = 512
NO_TAR = "it is no tar archive"
MAX_HEADER = 1 << 20  # bytes of a long name or of a pax header

_FOLDER, _FILES = "5", frozenset("07\0")
_KINDS = {
    "1": "a hard link",
    "2": "a symbolic link",
    "3": "a device",
    "4": "a device",
    "6": "a pipe",
    "S": "a sparse file, of which not all is in the archive",
}
_PAX_RECORD = re.compile(rb"([1-9]\d{0,6}) ([^=\n]{1,255})=")


class TarError(Exception):
    """What is no tar archive, or not to its end; the message says why."""


class Stream(Protocol):
    """Bytes that are read by their place: a file, or what a compressed one unpacks to."""

    def read(self, at: int, size: int) -> bytes:
        """`size` bytes, fewer only at the end. Raises OSError."""


class Entry(NamedTuple):
    """An entry of an archive. `kind` is `file`, `folder`, or the words for what no bag can hold.

    `at` is the number by which its bytes are found.
    """

    name: str
    kind: str
    size: int
    at: int


def entries(stream: Stream) -> Iterator[Entry]:
    """Every entry of a tar archive. Raises TarError and OSError."""
    at, long = 0, dict[str, str]()
    while True:
        block = stream.read(at, BLOCK)
        if not block.strip(b"\0") and (at or block):
            break
        kind, size = _header(block, at)
        at += BLOCK
        if kind in ("x", "g", "L", "K"):
            if size > MAX_HEADER:
                raise TarError(f"a header of {size} bytes at byte {at}")
            long |= _long(kind, stream.read(at, size), at)
        else:
            if "size" in long:
                size = _decimal(long["size"], at)
            name = long.get("path") or _name(block)
            if any(key.startswith("GNU.sparse.") for key in long):
                kind = "S"
            stored = size if kind in _FILES or kind in ("S", "D", "M") or kind not in _KINDS else 0
            stored = 0 if kind == _FOLDER else stored
            yield Entry(name, _kind(kind, name), size, at)
            size, long = stored, {}
        at += -(-size // BLOCK) * BLOCK
    _refuse_more(stream, at, len(block))


def _header(block: bytes, at: int) -> tuple[str, int]:
    """Type and size of one header."""
    if len(block) < BLOCK:
        raise TarError(f"it is cut off at byte {at + len(block)}" if at else NO_TAR)
    stated = _number(block[148:156], at)
    rest = block[:148] + b" " * 8 + block[156:]
    if stated != sum(rest) and stated != sum(byte - 256 if byte > 127 else byte for byte in rest):  # some old systems
        raise TarError(f"there is no header at byte {at}" if at else NO_TAR)
    return chr(block[156]), _number(block[124:136], at)


def _number(digits: bytes, at: int) -> int:
    """Octal digits, or the bytes of a number itself if the first bit is set (GNU)."""
    if digits[0] == 0x80:
        return int.from_bytes(digits[1:], "big")
    text = digits.strip(b"\0 ")
    if not re.fullmatch(rb"[0-7]*", text):
        raise TarError(f"a number that is none at byte {at}")
    return int(text or b"0", 8)


def _decimal(text: str, at: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", text):
        raise TarError(f"a size that is none at byte {at}")
    return int(text)


def _name(block: bytes) -> str:
    name = _text(block[:100])
    prefix = _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _long(kind: str, data: bytes, at: int) -> dict[str, str]:
    """What an extended header says of the next entry."""
    if kind in ("L", "K"):
        return {"path": _text(data)} if kind == "L" else {}
    said: dict[str, str] = {}
    begin = 0
    while begin < len(data):
        found = _PAX_RECORD.match(data, begin)
        end = begin + int(found[1]) if found else 0
        if not found or end <= found.end() or data[end - 1 : end] != b"\n":
            raise TarError(f"a pax header that cannot be read at byte {at}")
        said[_text(found[2])] = data[found.end() : end - 1].decode("utf-8", "surrogateescape")
        begin = end
    if kind == "g":
        if said.keys() & {"path", "size", "linkpath"}:
            raise TarError(f"one name or size for all entries at byte {at}")
        return {}
    return said


def _kind(kind: str, name: str) -> str:
    if kind == _FOLDER or (kind == "\0" and name.endswith("/")):
        return "folder"
    if kind in _FILES:
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
