"""Which large schemas were found sound before, so that nobody waits for it twice.

The whole of TEI is read to its last definition in half a second, a play needs a twentieth of it. So a schema that
proved sound is noted under the user's cache folder by what its files hold and by the version that read it, as an
empty file: there is nothing in it that could be wrong. Small schemas are read whole each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from edition import __version__, caching
from edition.schema.files import SchemaFile
from edition.tei.parse import read_bytes

MIN_BYTES = 100_000  # of all files of a schema


def is_known(files: Iterable[SchemaFile]) -> bool:
    """Whether these very files were found sound by this version."""
    return _note(files).exists()


def remember(files: Iterable[SchemaFile]) -> None:
    """Note that these files are a sound schema. Where nothing can be written, it is found out again each time."""
    note = _note(files)
    with contextlib.suppress(OSError):
        caching.make_room(note)
        note.touch()


def _note(files: Iterable[SchemaFile]) -> Path:
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for each in files:
        digest.update(hashlib.sha256(read_bytes(each.file, each.path)).digest())
    return caching.place("sound", digest.hexdigest())
