"""Zip archives: their directory, judged before any member is opened, and the members as files."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import struct
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from edition.bagging import zip_layout
from edition.bagging.limits import Limits
from edition.bagging.streams import CutOffError, TooLargeError
from edition.bagging.tar import Entry

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_CENTRAL_HEADER = 46
_ENCRYPTED, _IS_UTF8 = 1, 0x800
_NO_MODES = frozenset((0, 6, 10, 11, 14))  # hosts (APPNOTE 4.4.2) that know no links: FAT, HPFS, NTFS and the like
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP (APPNOTE 4.6.9): the name, if the header has it otherwise
# What zipfile lets through when it meets numbers and names that it does not expect.
_FAULTS = (ArithmeticError, LookupError, ValueError, struct.error)


class Zip(NamedTuple):
    """The entries of a zip in the order of their bytes, what opens one, and the bytes that belong to none."""

    entries: list[Entry]
    open: Callable[[Entry], io.RawIOBase]
    unclaimed: list[range]


def read_zip(file: int, limits: Limits, opened: ExitStack) -> Zip:
    """A zip, none of whose members is read yet. Raises TooLargeError and OSError."""
    import zipfile

    packed = os.fstat(file).st_size
    directory = zip_layout.directory(file, packed)
    if directory.size // _CENTRAL_HEADER > limits.entries:
        raise TooLargeError("entries", limits.entries)
    try:
        archive = opened.enter_context(zipfile.ZipFile(os.fdopen(os.dup(file), "rb")))
    except (zipfile.BadZipFile, NotImplementedError, *_FAULTS) as error:  # the second, of versions and splits unknown
        raise OSError(0, f"it is no zip archive that can be read: {error}") from error
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    _refuse_bombs(members, packed, limits)
    zip_layout.refuse_other_counts(members, directory)
    unclaimed = list(zip_layout.unclaimed(file, members, directory))
    found = [Entry(_name(each), _kind(each), each.file_size, at) for at, each in enumerate(members)]
    return Zip(found, lambda entry: Member(archive, members[entry.at]), unclaimed)


def _refuse_bombs(members: list[ZipInfo], packed: int, limits: Limits) -> None:
    allowed = limits.bytes_of(packed)
    if sum(each.file_size for each in members) > allowed:
        raise TooLargeError("size" if allowed == limits.size else "ratio", allowed)


def _name(member: ZipInfo) -> str:
    """The name that a member is unpacked under.

    That is the one of the extra field, if it is of the name in the header. Without it, and without the flag that says
    UTF-8, systems with names of bytes put these there and take them from there.
    """
    name, extra, is_utf8 = member.orig_filename, member.extra, member.flag_bits & _IS_UTF8
    raw = zip_layout.raw_name(member)
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "surrogateescape")
    with contextlib.suppress(UnicodeDecodeError):
        return name if is_utf8 or member.create_system in _NO_MODES else raw.decode("utf-8")
    return name


def _kind(member: ZipInfo) -> str:
    mode = 0 if member.create_system in _NO_MODES else member.external_attr >> 16
    if member.filename.endswith("/"):
        return "folder"
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "no file but a device, pipe or socket"
    return "an encrypted file" if member.flag_bits & _ENCRYPTED else "file"


class Member(io.RawIOBase):
    """A member of a zip, as a file; the zip's own check of its bytes included."""

    def __init__(self, archive: ZipFile, member: ZipInfo) -> None:
        self._archive = archive
        self._member = member
        self._opened: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        import zipfile

        try:
            if self._opened is None:
                self._opened = self._archive.open(self._member)
            return int(self._opened.readinto(buffer))
        except EOFError as error:
            raise CutOffError from error
        except (zipfile.BadZipFile, zlib.error, RuntimeError, *_FAULTS) as error:
            raise OSError(0, f"it is damaged in the archive: {error}") from error

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        super().close()
