"""Whether a bag in output/ may give way to a new one: what was made can be made again, all else would be lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from edition.bagging import Limits, verify
from edition.bagging.archives import open_tree
from edition.bagging.names import is_clutter
from edition.bagging.rules import CLUTTER, WRONG_OXUM
from edition.bagging.seal import returned
from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.packing import told_by

_ADVICE = "move it away, or replace it with --replace"


def refuse_loss(bag: Path) -> None:
    """Raise EditionError where a bag, folder or archive, was not made by `edition` or was changed since.

    A bag as it was made verifies without a word and has our record of provenance.
    """
    if not _is_ours(bag):
        raise EditionError(f"{bag}: not a bag that `edition` made, so it is not replaced", advice=_ADVICE)
    changed = next(_changes(bag), None)
    if changed:
        raise EditionError(f"{bag}: changed since it was made: {changed.message}", advice=_ADVICE)


def _is_ours(bag: Path) -> bool:
    with ExitStack() as opened, suppress(OSError, ValueError, EditionError):
        tree = returned(open_tree(bag, Limits(), opened))
        return tree is not None and bool(told_by(tree))
    return False


def _changes(bag: Path) -> Iterator[Diagnostic]:
    """What verifying finds, but for what a system leaves where somebody looks into a folder, and the count of it."""
    for found in verify(bag):
        if found.rule not in (CLUTTER, WRONG_OXUM) and not is_clutter(Path(found.location.path).name):
            yield found
