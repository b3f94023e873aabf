"""Sparse files in tar archives: stretches of bytes with holes between, of which only the stretches are stored.

GNU tar writes their maps in four forms: in the header itself (type S), and by pax headers of the versions 0.0, 0.1
and 1.0. A hole costs nothing in the archive and may claim terabytes: how much all may be together is a limit.
"""

from __future__ import annotations

import io
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from edition.bagging.streams import CutOffError
from edition.bagging.tar_headers import BLOCK, MAP, MAX_HEADER, Stream, TarError, decimal, number

_MAX_SIZE = 1 << 62
_IN_HEADER, _IN_BLOCK = 4, 21  # stretches of which a header of type S has room for, and each block after it
_STRETCH = 24  # bytes: place and length, twelve digits each


@dataclass(frozen=True, slots=True)
class Map:
    """Of a file of `size` bytes the places and lengths of its stretches, whose bytes begin in the archive `at`."""

    size: int
    at: int
    offsets: array[int]
    lengths: array[int]

    @property
    def holes(self) -> int:
        """The bytes that are not in the archive."""
        return self.size - sum(self.lengths)


def is_sparse(said: Mapping[str, str]) -> bool:
    """Whether a file of which pax headers say so much is a sparse one."""
    return any(key.startswith("GNU.sparse.") for key in said)


def in_header(stream: Stream, header: bytes, at: int, stored: int) -> Map:
    """The map of an entry of type S, whose header is followed `at` by more blocks of it. Raises TarError, OSError."""
    pairs = list(_pairs(header[386:], _IN_HEADER, at))
    size, more, begin = number(header[483:495], at), header[482], at
    while more:
        block = stream.read(at, BLOCK)
        if len(block) < BLOCK or at - begin >= MAX_HEADER:
            raise _wrong(at)
        at += BLOCK
        pairs += _pairs(block, _IN_BLOCK, at)
        more = block[504]
    return _sound(Map(size, at, array("Q"), array("Q")), pairs, stored)


def in_pax(stream: Stream, said: Mapping[str, str], at: int, stored: int) -> Map:
    """The map of an entry with pax headers of any version, whose bytes begin `at`. Raises TarError, OSError."""
    size = decimal(said.get("GNU.sparse.realsize") or said.get("GNU.sparse.size", ""), at)
    if said.get("GNU.sparse.major", "0") == "0":
        numbers = [decimal(each, at) for each in said.get(MAP, "").split(",") if each]
        length = 0
    else:
        numbers, length = _before_the_bytes(stream, at, stored)
    if len(numbers) % 2:
        raise _wrong(at)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return _sound(Map(size, at + length, array("Q"), array("Q")), pairs, stored - length)


def _before_the_bytes(stream: Stream, at: int, stored: int) -> tuple[list[int], int]:
    """The numbers of a map of version 1.0 and the bytes that it takes: a line for each, the first says how many."""
    lines = stream.read(at, min(stored, MAX_HEADER)).split(b"\n")
    count = 2 * decimal(lines[0].decode("latin-1"), at)
    if len(lines) - 2 < count:  # nothing may follow the last line feed
        raise _wrong(at)
    written = lines[: count + 1]
    length = sum(map(len, written)) + len(written)
    return [decimal(each.decode("latin-1"), at) for each in islice(written, 1, None)], -(-length // BLOCK) * BLOCK


def _pairs(block: bytes, count: int, at: int) -> Iterator[tuple[int, int]]:
    for begin in range(0, count * _STRETCH, _STRETCH):
        if not block[begin]:  # no more of them
            return
        yield number(block[begin : begin + 12], at), number(block[begin + 12 : begin + _STRETCH], at)


def _sound(found: Map, pairs: Iterable[tuple[int, int]], stored: int) -> Map:
    """The map with these stretches, which lie one behind the other in the file and are all that is stored."""
    end = 0
    for offset, length in pairs:
        if offset < end or offset + length > min(found.size, _MAX_SIZE):
            raise _wrong(found.at)
        end = offset + length
        if length:
            found.offsets.append(offset)
            found.lengths.append(length)
    if found.size > _MAX_SIZE or sum(found.lengths) != stored:
        raise _wrong(found.at)
    return found


def _wrong(at: int) -> TarError:
    return TarError(f"a sparse file whose map is wrong at byte {at}")


class Holed(io.RawIOBase):
    """A sparse file, its holes filled with zeros."""

    def __init__(self, stream: Stream, stretches: Map) -> None:
        self._stream = stream
        self._map = stretches
        self._stored = [*accumulate(stretches.lengths, initial=stretches.at)]
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        offsets, lengths = self._map.offsets, self._map.lengths
        before = bisect_right(offsets, self._at) - 1  # the last stretch that does not begin later
        inside = self._at - offsets[before] if before >= 0 else 0
        if before >= 0 and inside < lengths[before]:
            wanted = min(len(buffer), lengths[before] - inside)
            data = self._stream.read(self._stored[before] + inside, wanted)
            if wanted and not data:
                raise CutOffError
        else:
            end = offsets[before + 1] if before + 1 < len(offsets) else self._map.size
            data = bytes(min(len(buffer), end - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
