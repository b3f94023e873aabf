"""Which files were found to be without fault before, so that an unchanged file costs no more than its digest.

Only clean verdicts are remembered: they have no words and no lines that could be out of date. One holds for the bytes
of the file, where it lies, what was asked, and this version of ours; and only while the schemas are the same, and
what the file points to elsewhere is still there, which is looked up each time.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import edition
from edition import caching
from edition.errors import EditionError
from edition.tei.parse import read_bytes

MIN_BYTES = 16 * 1024  # of a file: a smaller one is judged about as fast as its verdict is looked up
_KIND = "clean"


@dataclass(frozen=True, slots=True)
class Clean:
    """What a clean verdict rests on: files by their digests, and (path, id) that the file points to elsewhere."""

    files: tuple[tuple[str, str], ...]
    pointers: tuple[tuple[str, str | None], ...]


@dataclass
class Verdicts:
    """The verdicts of earlier runs that were asked the same."""

    asked: str
    _digests: dict[str, tuple[tuple[int, int], str]] = field(default_factory=dict)

    def key(self, path: str, data: bytes) -> str:
        """The name of a verdict on a file that lies at `path` and holds `data`."""
        digest = hashlib.sha256(f"{_ours()}\0{self.asked}\0{path}\0".encode("utf-8", "surrogatepass"))
        digest.update(hashlib.sha256(data).digest())
        return digest.hexdigest()

    def recall(self, key: str) -> Clean | None:
        """The verdict, if the files that it rests on are as they were; its pointers are still to be looked up."""
        kept = caching.get(_KIND, key)
        if kept is None:
            return None
        try:
            files, pointers = kept
            clean = Clean(tuple((str(a), str(b)) for a, b in files), tuple((str(a), b) for a, b in pointers))
        except (TypeError, ValueError):
            return None
        return clean if all(self._digest(name) == digest for name, digest in clean.files) else None

    def remember(self, key: str, files: Iterable[Path], pointers: Iterable[tuple[str, str | None]]) -> None:
        digests = sorted((str(file), self._digest(str(file))) for file in set(files))
        caching.put(_KIND, key, (digests, sorted(pointers, key=lambda each: (each[0], each[1] or ""))))

    def _digest(self, name: str) -> str:
        """Of a file that a verdict rests on; "" for one that cannot be read."""
        try:
            found = Path(name).stat()
            state = found.st_mtime_ns, found.st_size
            if self._digests.get(name, (None, ""))[0] != state:
                self._digests[name] = state, hashlib.sha256(read_bytes(Path(name), name)).hexdigest()
            return self._digests[name][1]
        except (OSError, ValueError, EditionError):
            return ""


def _ours() -> str:
    """Our version, and the state of our code, which may change under one version where we are worked on."""
    if not _state:
        found = [file.stat() for file in sorted(Path(edition.__file__).parent.rglob("*.py"))]
        states = repr([(each.st_mtime_ns, each.st_size) for each in found])
        _state.append(f"{edition.__version__} {sys.version_info[:3]} {hashlib.sha256(states.encode()).hexdigest()}")
    return _state[0]


_state: list[str] = []
