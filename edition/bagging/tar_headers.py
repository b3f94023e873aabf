"""The fields of the headers of tar archives (POSIX.1-2008, pax; GNU's large numbers)."""

from __future__ import annotations

import re
from typing import Protocol

BLOCK = 512
NO_TAR = "it is no tar archive"
MAX_HEADER = 1 << 20  # bytes of a long name, of a pax header, or of the map of a sparse file

_PAX_RECORD = re.compile(rb"([1-9]\d{0,6}) ([^=\n]{1,255})=")
# In the first form of sparse files these stand once for each stretch; later ones have them together, as a map.
_STRETCH = ("GNU.sparse.offset", "GNU.sparse.numbytes")
MAP = "GNU.sparse.map"


class TarError(Exception):
    """What is no tar archive, or not to its end; the message says why."""


class Stream(Protocol):
    """Bytes that are read by their place: a file, or what a compressed one unpacks to."""

    def read(self, at: int, size: int) -> bytes:
        """`size` bytes, fewer only at the end. Raises OSError."""


def kind_and_size(block: bytes, at: int) -> tuple[str, int]:
    """Type and size of one header, whose checksum is right. Raises TarError."""
    if len(block) < BLOCK:
        raise TarError(f"it is cut off at byte {at + len(block)}" if at else NO_TAR)
    try:
        stated = number(block[148:156], at)
    except TarError:
        raise TarError(f"a number that is none at byte {at}" if at else NO_TAR) from None
    rest = block[:148] + b" " * 8 + block[156:]
    if stated != sum(rest) and stated != sum(byte - 256 if byte > 127 else byte for byte in rest):  # some old systems
        raise TarError(f"there is no header at byte {at}" if at else NO_TAR)
    return chr(block[156]), number(block[124:136], at)


def number(digits: bytes, at: int) -> int:
    """Octal digits, or the bytes of a number itself if the first bit is set (GNU). Raises TarError."""
    if digits[0] == 0x80:
        return int.from_bytes(digits[1:], "big")
    text = digits.strip(b"\0 ")
    if not re.fullmatch(rb"[0-7]*", text):
        raise TarError(f"a number that is none at byte {at}")
    return int(text or b"0", 8)


def decimal(text: str, at: int) -> int:
    """A size in a pax header. Raises TarError."""
    if not re.fullmatch(r"[0-9]{1,19}", text):
        raise TarError(f"a size that is none at byte {at}")
    return int(text)


def name_of(block: bytes) -> str:
    name = _text(block[:100])
    prefix = _text(block[345:500]) if block[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def extended(kind: str, data: bytes, at: int) -> dict[str, str]:
    """What an extended header says of the next entry. Raises TarError."""
    if kind in ("L", "K"):
        return {"path": _text(data)} if kind == "L" else {}
    said: dict[str, str] = {}
    stretches: list[str] = []
    begin = 0
    while begin < len(data):
        found = _PAX_RECORD.match(data, begin)
        end = begin + int(found[1]) if found else 0
        if not found or end <= found.end() or data[end - 1 : end] != b"\n":
            raise TarError(f"a pax header that cannot be read at byte {at}")
        key, value = _text(found[2]), data[found.end() : end - 1].decode("utf-8", "surrogateescape")
        said[key] = value
        if key in _STRETCH:
            stretches.append(value)
        begin = end
    if kind == "g":
        if said.keys() & {"path", "size", "linkpath", *_STRETCH, MAP}:
            raise TarError(f"one name or size for all entries at byte {at}")
        return {}
    return said | ({MAP: ",".join(stretches)} if stretches else {})


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "surrogateescape")
