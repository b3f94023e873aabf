"""Verifying a bag, anyone's (RFC 8493, section 3): is it a bag, complete, unchanged, and safe to read?

BagIt 0.93 to 1.0, in a folder or an archive. Nothing outside is read, nothing is fetched and nothing written; memory
grows with the entries of manifests alone, and what is found is told as it is found.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from edition.bagging import conforming, reading
from edition.bagging.archives import open_tree
from edition.bagging.comparing import Comparison, Count, Readers
from edition.bagging.hashing import Progress, no_progress
from edition.bagging.limits import Limits
from edition.bagging.manifests import Manifests, read_all, read_fetch
from edition.bagging.profiles import Profile
from edition.bagging.reading import Dialect, UnreadableError, read_bag_info, read_bagit_txt
from edition.bagging.rules import (
    BAD_BAG_INFO,
    EVERY_BAG,
    MAX_FINDINGS,
    MORE_FINDINGS,
    NO_BAGIT_TXT,
    NO_MANIFEST,
    NO_OXUM,
    NO_TAG_MANIFEST,
    PROFILES,
    WEAK_ALGORITHMS,
    WRONG_OXUM,
)
from edition.bagging.tree import Tree, close, unreadable
from edition.diagnostics import Diagnostic, Location, Rule


@dataclass(frozen=True, slots=True)
class Asked:
    """How to verify: what an archive may cost, and what profile to hold the bag to.

    How many large files to read at once, and whom to tell of bytes as they are read, from several threads perhaps.
    `further` are the beginnings of rules that are asked of the bag later, such as `BAG9` of its signature.
    """

    limits: Limits = field(default_factory=Limits)
    profile: Profile | None = None
    workers: int = 2
    progress: Progress = no_progress
    further: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """The beginnings of all rules that are asked."""
        return (*EVERY_BAG, *([PROFILES] if self.profile else ()), *self.further)


def verify(bag: Path, asked: Asked = Asked()) -> Iterator[Diagnostic]:
    """What is wrong with a bag, a folder or an archive; nothing, for one that is complete and valid.

    Of each rule the first hundred findings are told, and at the end how many more there are. Raises EditionError
    where there is nothing to read.
    """
    with ExitStack() as opened:
        yield from _capped(_of_path(bag, asked, opened))


def _of_path(bag: Path, asked: Asked, opened: ExitStack) -> Iterator[Diagnostic]:
    tree = yield from open_tree(bag, asked.limits, opened)
    if tree is None:
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(asked.workers) as pool:
        yield from _bag(tree, Readers(pool, asked.workers, asked.progress), asked.profile)


def _capped(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    counts: Counter[Rule] = Counter()
    for found in findings:
        counts[found.rule] += 1
        if counts[found.rule] <= MAX_FINDINGS:
            yield found
    for rule, count in counts.items():
        if count > MAX_FINDINGS:
            message = f"{count - MAX_FINDINGS} more findings of {rule.code} {rule.name} are not listed"
            yield MORE_FINDINGS.finding(message, Location("bagit.txt"), hint="look for their common cause first")


def _bag(tree: Tree, readers: Readers, profile: Profile | None) -> Iterator[Diagnostic]:
    try:
        present = tree.plain_files()
    except OSError as error:
        yield unreadable("", error)
        return
    if "bagit.txt" not in present:
        yield _no_bagit_txt(tree)
        return
    dialect = yield from read_bagit_txt(tree)
    manifests = yield from read_all(tree, present, dialect)
    yield from _of_manifests(manifests)
    elsewhere: frozenset[str] = frozenset()
    if "fetch.txt" in present:
        elsewhere = yield from read_fetch(tree, manifests, dialect)
    count = yield from Comparison(tree, dialect, manifests.payload, readers, elsewhere).payload()
    yield from Comparison(tree, dialect, manifests.tags, readers).tag_files()
    if dialect.info_name in present:
        yield from _of_bag_info(tree, dialect, count)
    else:
        hint = "write one with a Payload-Oxum"
        yield NO_OXUM.finding(f"there is no {dialect.info_name}", Location(dialect.info_name), hint=hint)
    if profile:
        yield from conforming.judge(profile, conforming.of_tree(profile, tree, dialect, manifests, count))


def _no_bagit_txt(tree: Tree) -> Diagnostic:
    place, is_link = Location("bagit.txt"), False
    try:
        close(tree.open("bagit.txt"))
    except FileNotFoundError:
        hint = "name the folder that holds bagit.txt; if there is none, it is no bag"
        return NO_BAGIT_TXT.finding("no file bagit.txt is here", place, hint=hint)
    except OSError as error:
        is_link = error.errno == errno.ELOOP  # no link is followed
    what = "a symbolic link" if is_link else "no plain file"
    return NO_BAGIT_TXT.finding(f"bagit.txt is {what}", place, hint="put the file itself in its place")


def _of_manifests(manifests: Manifests) -> Iterator[Diagnostic]:
    if not manifests.payload:
        place = Location("manifest-sha512.txt")
        yield NO_MANIFEST.finding("there is no payload manifest to check by", place, hint="write manifest-sha512.txt")
    elif all(manifest.algorithm.weak for manifest in manifests.payload):
        for manifest in manifests.payload:
            message = f"{manifest.algorithm.name} is too weak to vouch for files alone"
            yield WEAK_ALGORITHMS.finding(message, Location(manifest.name), hint="add manifest-sha512.txt")
    if not manifests.tags:
        place = Location("tagmanifest-sha512.txt")
        yield NO_TAG_MANIFEST.finding("there is no tag manifest", place, hint="write tagmanifest-sha512.txt")


def _of_bag_info(tree: Tree, dialect: Dialect, count: Count) -> Iterator[Diagnostic]:
    name, right = dialect.info_name, f"Payload-Oxum: {count.octets}.{count.files}"
    try:
        oxum = yield from read_bag_info(tree, dialect)
    except UnreadableError as reason:
        yield reading.unreadable(name, reason)
        return
    if oxum is None:
        yield NO_OXUM.finding("there is no Payload-Oxum", Location(name), hint=f"write {right}")
        return
    octets, _, files = oxum.value.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= 20 for part in (octets, files)):
        place = Location(name, oxum.line)
        yield BAD_BAG_INFO.finding(f"Payload-Oxum is {oxum.value[:40]!r}", place, hint=f"write {right}")
    elif (int(octets), int(files)) != (count.octets, count.files):
        yield WRONG_OXUM.finding(
            f"Payload-Oxum says {octets} bytes in {files} files, but there are {count.octets} in {count.files}",
            Location(name, oxum.line),
            hint="mend what is named here first, and verify again"
            if count.suspects
            else f"if nothing was taken away, write {right}",
            related=count.suspects,
        )
