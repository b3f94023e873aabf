"""Checksums: which algorithms there are, and reading or copying a file once for all of them.

Everything here works on what is open already; names, links and races are the caller's affair.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import RawIOBase
from typing import Protocol

SMALL = 1 << 16  # a file below this is read at once
LARGE = 4 << 20  # from here on a file is worth a thread of its own
CHUNK = 1 << 20  # bytes a read; larger ones leave the processor's cache


class Checksum(Protocol):
    """What hashlib's objects have in common, as far as we need it."""

    def update(self, data: bytes | memoryview, /) -> None: ...

    def digest(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A checksum algorithm. `name` as in names of manifests (RFC 8493, section 2.4); `size` in bytes."""

    name: str
    size: int
    new: Callable[..., Checksum]
    weak: bool = False


def _algorithms() -> tuple[Algorithm, ...]:
    # usedforsecurity=False: on systems in FIPS mode md5 and sha1 must still be there to verify old bags.
    return (
        Algorithm("md5", 16, partial(hashlib.md5, usedforsecurity=False), weak=True),
        Algorithm("sha1", 20, partial(hashlib.sha1, usedforsecurity=False), weak=True),
        Algorithm("sha224", 28, hashlib.sha224),
        Algorithm("sha256", 32, hashlib.sha256),
        Algorithm("sha384", 48, hashlib.sha384),
        Algorithm("sha512", 64, hashlib.sha512),
        Algorithm("sha3224", 28, hashlib.sha3_224),
        Algorithm("sha3256", 32, hashlib.sha3_256),
        Algorithm("sha3384", 48, hashlib.sha3_384),
        Algorithm("sha3512", 64, hashlib.sha3_512),
        Algorithm("blake2b", 64, hashlib.blake2b),
        Algorithm("blake2b256", 32, partial(hashlib.blake2b, digest_size=32)),
        Algorithm("blake2b512", 64, hashlib.blake2b),
        Algorithm("blake2s", 32, hashlib.blake2s),
        Algorithm("blake2s256", 32, hashlib.blake2s),
    )


ALGORITHMS = {algorithm.name: algorithm for algorithm in _algorithms()}

Progress = Callable[[int], None]  # told how many bytes have been read since it was last called
Source = int | RawIOBase  # an open file, or what reads out of an archive


def no_progress(_: int) -> None:
    """For runs that nobody watches."""


def begin(source: Source) -> bytes:
    """The first bytes of what is open; fewer than SMALL of a file on the disk are all. Raises OSError."""
    return os.read(source, SMALL) if isinstance(source, int) else source.read(SMALL) or b""


def digest(
    source: Source, begun: bytes, algorithms: Sequence[Algorithm], progress: Progress = no_progress
) -> tuple[int, list[bytes]]:
    """Read on to the end: the size in bytes and a digest for each algorithm. Raises OSError."""
    if isinstance(source, int) and len(begun) < SMALL:
        progress(len(begun))
        return len(begun), [algorithm.new(begun).digest() for algorithm in algorithms]
    return _stream(source, begun, algorithms, None, progress)


def copy(
    source: int, target: int, algorithms: Sequence[Algorithm], progress: Progress = no_progress
) -> tuple[int, list[bytes]]:
    """As `digest`, writing what is read to another open file: what was hashed is what was written. And its size."""
    data = os.read(source, SMALL)
    if len(data) < SMALL:
        _write_all(target, data)
        progress(len(data))
        return len(data), [algorithm.new(data).digest() for algorithm in algorithms]
    return _stream(source, data, algorithms, target, progress)


def write(target: int, data: bytes, algorithms: Sequence[Algorithm]) -> tuple[int, list[bytes]]:
    """As `copy`, from bytes."""
    _write_all(target, data)
    return len(data), [algorithm.new(data).digest() for algorithm in algorithms]


def _stream(
    source: Source, begun: bytes, algorithms: Sequence[Algorithm], target: int | None, progress: Progress
) -> tuple[int, list[bytes]]:
    sums = [algorithm.new() for algorithm in algorithms]
    buffer = bytearray(CHUNK)
    whole = memoryview(buffer)
    part, size = memoryview(begun) if begun else whole[: _fill(source, buffer)], 0
    while part:
        for each in sums:
            each.update(part)
        if target is not None:
            _write_all(target, part)
        size += len(part)
        progress(len(part))
        part = whole[: _fill(source, buffer)]
    return size, [each.digest() for each in sums]


def _fill(source: Source, buffer: bytearray) -> int:
    return os.readv(source, [buffer]) if isinstance(source, int) else source.readinto(buffer) or 0


def _write_all(target: int, data: bytes | memoryview) -> None:
    done = os.write(target, data)
    while done < len(data):
        done += os.write(target, memoryview(data)[done:])
