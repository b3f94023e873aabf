"""A large XSD as xmlschema built it for explanations, kept for the next run.

xmlschema takes a quarter of a minute for the whole of TEI, and what it built is read again in a fifth of a second. It
is kept as a pickle in the user's cache folder, under what its files hold, where they lie, and the versions of all who
have a part in it; and is read only where this user alone can have written it, for a pickle is a program.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edition import __version__, caching
from edition.schema import xsd_reading
from edition.schema.relaxng.depth import with_room
from edition.tei.parse import read_bytes

if TYPE_CHECKING:
    from xmlschema import XMLSchemaBase

MIN_BYTES = 100_000  # of all files of a schema; a smaller one is built in less than a second
_KIND = "xsd"
_UNFIT = (
    pickle.PickleError,
    RecursionError,
    AttributeError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
    EOFError,
)


def build(files: Sequence[Path], mapped: Mapping[str, Path]) -> XMLSchemaBase:
    """The schema whose own file is the first, for explanations; see xsd_reading.build. Raises CannotReadError."""
    if sum(file.stat().st_size for file in files) < MIN_BYTES:
        return xsd_reading.build(files[0], mapped, strict=False)
    key = _key(files, mapped)
    kept = caching.get_own(_KIND, key)
    if kept is not None:
        with contextlib.suppress(*_UNFIT):
            schema: XMLSchemaBase = pickle.loads(kept)  # noqa: S301 - this user wrote it, see caching.get_own
            return schema
    schema = xsd_reading.build(files[0], mapped, strict=False)
    with contextlib.suppress(*_UNFIT):
        caching.put_own(_KIND, key, with_room(partial(pickle.dumps, schema, protocol=5)))
    return schema


def _key(files: Sequence[Path], mapped: Mapping[str, Path]) -> str:
    import elementpath
    import xmlschema

    versions = __version__, xmlschema.__version__, elementpath.__version__, sys.version_info[:3]
    digest = hashlib.sha256(repr((versions, sorted(mapped.items()))).encode("utf-8", "surrogateescape"))
    for file in files:
        name = str(file.resolve())
        digest.update(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
        digest.update(hashlib.sha256(read_bytes(file, name)).digest())
    return digest.hexdigest()
