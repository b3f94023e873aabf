"""What a signature of a bag is about: its strongest tag manifest, byte for byte, and what its manifests say.

Who has verified the bag and knows that this tag manifest is right knows that every file is: it has the digests of the
manifests, and they have those of the payload (RFC 8493, section 2.2.1).
"""

from __future__ import annotations

import io
from collections.abc import Generator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from edition.bagging.archives import open_tree
from edition.bagging.limits import Limits
from edition.bagging.manifests import Manifest, Manifests, read_all
from edition.bagging.reading import UnreadableError, read_bagit_txt
from edition.bagging.tree import Tree
from edition.diagnostics import Diagnostic

MAX_BYTES = 256 << 20  # of a tag manifest that is read at once


@dataclass(frozen=True, slots=True)
class Seal:
    """The name and bytes of a tag manifest; the payload's paths with their digests, in hexadecimal, by algorithm."""

    name: str
    tag_manifest: bytes
    payload: Mapping[str, Mapping[str, str]]


def sealed(bag: Path, limits: Limits | None = None) -> Seal | None:
    """The seal of a bag, folder or archive; None where it has no tag manifest, or what it has cannot be read.

    What is wrong with the bag is for `verify` to find. Raises EditionError where there is nothing to read.
    """
    with ExitStack() as opened:
        tree = returned(open_tree(bag, limits or Limits(), opened))
        if tree is None:
            return None
        try:
            return _seal(tree)
        except (OSError, UnreadableError):
            return None


def _seal(tree: Tree) -> Seal | None:
    present = tree.plain_files()
    if "bagit.txt" not in present:
        return None
    manifests: Manifests = returned(read_all(tree, present, returned(read_bagit_txt(tree))))
    strongest = max(manifests.tags, key=_strength, default=None)
    if strongest is None or strongest.algorithm.weak:
        return None
    source = tree.open(strongest.name)
    with io.FileIO(source) if isinstance(source, int) else source as raw:
        data = io.BufferedReader(raw).read(MAX_BYTES + 1)
    return Seal(strongest.name, data, _payload(manifests)) if len(data) <= MAX_BYTES else None


def _strength(manifest: Manifest) -> tuple[bool, int, str]:
    return not manifest.algorithm.weak, manifest.algorithm.size, manifest.algorithm.name


def _payload(manifests: Manifests) -> dict[str, dict[str, str]]:
    digests: dict[str, dict[str, str]] = {}
    for manifest in manifests.payload:
        for path, number in manifest.entries.items():
            size = manifest.algorithm.size
            digest = manifest.digests[number * size : (number + 1) * size]
            digests.setdefault(path, {})[manifest.algorithm.name] = digest.hex()
    return digests


Result = TypeVar("Result")


def returned(reading: Generator[Diagnostic, None, Result]) -> Result:
    """What a reader comes to, without what it finds on the way."""
    while True:
        try:
            next(reading)
        except StopIteration as end:
            result: Result = end.value
            return result
