"""Bytes out of archives, by their place: files as they are, compressed ones, members of zips. Faults are OSErrors."""

from __future__ import annotations

import io
import os
import zlib
from contextlib import ExitStack
from typing import Any

from edition.bagging.limits import Limits
from edition.bagging.tar_headers import Stream

_PIECE = 1 << 18


class TooLargeError(Exception):
    """An archive is beyond a limit. `hint` says how to set another."""

    def __init__(self, limit: str, value: int) -> None:
        words = {
            "entries": f"it has more than {value} entries",
            "ratio": f"it unpacks to more than {value} bytes, too many for its size",
            "size": f"it unpacks to more than {value} bytes",
            "depth": f"folders lie deeper than {value} within each other",
            "sparse": f"its sparse files have holes of more than {value} bytes",
        }
        super().__init__(words[limit])
        self.hint = f"if you trust whoever made it, allow more with --limit {limit}=NUMBER"


class CutOffError(OSError):
    """An archive that ends before what it promised."""

    def __init__(self) -> None:
        super().__init__(0, "the archive ends before it should")


class Plain:
    """A file that is not compressed."""

    def __init__(self, file: int) -> None:
        self._file = file

    def read(self, at: int, size: int) -> bytes:
        return os.pread(self._file, size, at)


class InMemory:
    """Bytes that were kept."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, at: int, size: int) -> bytes:
        return self._data[at : at + size]


class Gzip:
    """What a gzip file unpacks to, within limits. Going back means to begin again."""

    def __init__(self, file: int, limits: Limits, opened: ExitStack) -> None:
        import gzip

        self._file = opened.enter_context(gzip.GzipFile(fileobj=os.fdopen(os.dup(file), "rb"), mode="rb"))
        self._allowed = limits.bytes_of(os.fstat(file).st_size)
        self._limit = "size" if self._allowed == limits.size else "ratio"

    def read(self, at: int, size: int) -> bytes:
        if at > self._allowed:
            raise TooLargeError(self._limit, self._allowed)
        try:
            if at < self._file.tell():
                self._file.seek(0)
            while (gap := at - self._file.tell()) > 0:
                if not self._file.read(min(gap, _PIECE)):
                    return b""
            return self._file.read(size)
        except EOFError as error:
            raise CutOffError from error
        except zlib.error as error:
            raise OSError(0, "the compressed data is damaged") from error


class Part(io.RawIOBase):
    """A stretch of a stream, as a file."""

    def __init__(self, stream: Stream, at: int, size: int) -> None:
        self._stream = stream
        self._at = at
        self._end = at + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._end - self._at)
        data = self._stream.read(self._at, wanted) if wanted else b""
        if wanted and not data:
            raise CutOffError
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
