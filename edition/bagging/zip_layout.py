"""Whether a zip can be read in one way only (APPNOTE 4.3): each byte is of a record, and records say the same.

Some programs read a zip by its directory, some from its beginning, some look for the directory elsewhere. Where these
come to other members, what is verified is not what another unpacks.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edition.bagging.streams import CutOffError

if TYPE_CHECKING:
    from zipfile import ZipInfo

_END = struct.Struct("<4s4H2LH")  # 4.3.16: disks, entries here and in all, size and place of the directory, comment
_WIDE_PLACE = struct.Struct("<4sLQL")  # 4.3.15: where the record of 64 bits stands
_WIDE_END = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_CENTRAL_SIZE = 46
_TAIL = _END.size + 0xFFFF  # bytes in which the end stands: itself, and the longest comment
_WIDE = 0xFFFFFFFF  # stands in the record of 64 bits, or in an extra field, instead
_BEGINS = (b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\6")  # of members, of directories and of their ends
_IS_UTF8, _SIZES_FOLLOW = 0x800, 8
_PIECE = 1 << 20


class AmbiguousError(OSError):
    """A zip that programs read in different ways; `strerror` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(0, f"{why}: other programs may unpack other files")


@dataclass(frozen=True, slots=True)
class Directory:
    """What the end of a zip says of the directory: its entries, its size in bytes, its place; and where it ends."""

    entries: int
    size: int
    stated: int
    end: int

    @property
    def begin(self) -> int:
        """Where it stands, which is what was stated unless something stands before the whole archive."""
        return self.end - self.size


def directory(file: int, packed: int) -> Directory:
    """The one directory of an archive of so many bytes. Raises OSError where there may be another one."""
    tail = os.pread(file, _TAIL, max(0, packed - _TAIL))
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise CutOffError
    _, _, _, _, entries, size, stated, comment = _END.unpack_from(tail, at)
    after = len(tail) - at - _END.size
    if comment > after:
        raise CutOffError
    begin = packed - len(tail) + at
    if comment < after:
        raise AmbiguousError(f"{after - comment} bytes follow its end, or it has two ends")
    found = _wide(file, begin, (entries, size, stated)) or Directory(entries, size, stated, begin)
    if found.begin < 0 or found.begin < found.stated:
        raise CutOffError
    if found.begin > found.stated and os.pread(file, 4, found.stated) == b"PK\1\2":
        raise AmbiguousError(f"a directory stands at byte {found.stated} and another at byte {found.begin}")
    return found


def _wide(file: int, end: int, narrow: tuple[int, int, int]) -> Directory | None:
    """What the record of 64 bits before the end says; None where there is none."""
    place = os.pread(file, _WIDE_PLACE.size, end - _WIDE_PLACE.size) if end >= _WIDE_PLACE.size else b""
    if not place.startswith(b"PK\6\7"):
        return None
    stated_at = _WIDE_PLACE.unpack(place)[2]
    at = end - _WIDE_PLACE.size - _WIDE_END.size
    record = os.pread(file, _WIDE_END.size, at) if at >= 0 else b""
    if not record.startswith(b"PK\6\6"):
        raise AmbiguousError("its record of 64 bits does not stand before its end")
    entries, size, stated = _WIDE_END.unpack(record)[-3:]
    found = Directory(entries, size, stated, at)
    if stated_at + found.begin - found.stated != at:
        raise AmbiguousError(f"its record of 64 bits stands at byte {at}, and not at {stated_at}")
    for said, wide, none in zip(narrow, (entries, size, stated), (0xFFFF, _WIDE, _WIDE), strict=True):
        if said not in (none, wide):
            raise AmbiguousError(f"its two ends say {said} and {wide}")
    return found


def refuse_other_counts(members: list[ZipInfo], found: Directory) -> None:
    """Raise AmbiguousError where the directory is not what its end says of it."""
    size = sum(_CENTRAL_SIZE + len(raw_name(each)) + len(each.extra) + len(each.comment) for each in members)
    if (len(members) - found.entries) % 0x10000 or size != found.size:  # some count to 65535 and begin again
        raise AmbiguousError(f"its directory has {len(members)} entries, and its end says {found.entries}")


def raw_name(member: ZipInfo) -> bytes:
    """The name in the header of a member, as it stands there."""
    code = "utf-8" if member.flag_bits & _IS_UTF8 else "cp437"
    return member.orig_filename.encode(code, "surrogateescape")


def unclaimed(file: int, members: list[ZipInfo], found: Directory) -> Iterator[range]:
    """Stretches of bytes before the directory that belong to no member, of members in the order of their bytes.

    Raises OSError for a member whose header in its place says something else than the directory, and for a stretch
    that holds what some program would take for a member.
    """
    at = 0
    for member in [*members, None]:
        begin = member.header_offset if member else found.begin
        if begin < at:
            raise AmbiguousError(f"{member.filename if member else 'its directory'} shares bytes with another file")
        if begin > found.begin:
            raise CutOffError
        if begin > at:
            _refuse_hidden(file, range(at, begin))
            yield range(at, begin)
        at = _end_of(file, member) if member else begin


def _end_of(file: int, member: ZipInfo) -> int:
    """Where the bytes of a member end, with the sizes that may follow them (4.3.9)."""
    begin, name = member.header_offset, raw_name(member)
    header = os.pread(file, _LOCAL.size + len(name), begin)
    if len(header) < _LOCAL.size + len(name):
        raise CutOffError
    mark, _, flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack_from(header)
    follow = flags & _SIZES_FOLLOW
    said = [(crc, member.CRC), (packed, member.compress_size), (size, member.file_size)]
    same = follow or all(here in (there, _WIDE) for here, there in said)
    if mark != b"PK\3\4" or not same or method != member.compress_type or header[_LOCAL.size :] != name:
        raise AmbiguousError(f"{member.filename} is something else in its place than in the directory")
    end: int = begin + _LOCAL.size + length + extra + member.compress_size
    return end + _length_of_sizes(file, end, member) if follow else end


def _length_of_sizes(file: int, at: int, member: ZipInfo) -> int:
    following = os.pread(file, 24, at)
    for mark in (b"PK\7\x08", b""):
        for form in ("<LQQ", "<LLL"):
            try:
                wanted = mark + struct.pack(form, member.CRC, member.compress_size, member.file_size)
            except struct.error:  # too large for this form
                continue
            if following.startswith(wanted):
                return len(wanted)
    return 0


def _refuse_hidden(file: int, stretch: range) -> None:
    before = b""
    for at in range(stretch.start, stretch.stop, _PIECE):
        piece = before + os.pread(file, min(_PIECE, stretch.stop - at), at)
        if any(begin in piece for begin in _BEGINS):
            raise AmbiguousError(f"something like a member or a directory is hidden before byte {stretch.stop}")
        before = piece[-3:]
