"""Making a bag again from its own payload, and comparing byte by byte: that it is what its records say it is.

Nothing is taken but what lies in the bag: the edition in `data/`, and of its provenance the date, the commit and the
software. The same software must be here; nothing is fetched.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from edition import config, making, pipeline
from edition.bagging import Asked, Limits
from edition.bagging.archives import open_tree
from edition.bagging.rules import NOT_REBUILT, OTHER_VERSIONS, REBUILD_DIFFERS
from edition.bagging.tree import PlainFile, Tree, pieces
from edition.diagnostics import Diagnostic, Location, Report, Severity
from edition.errors import EditionError
from edition.packing import PAYLOAD, told_by
from edition.provenance.dates import EPOCH
from edition.provenance.prov import JSON_PATH, Told

_PIECE = 1 << 16
_FOLLOWS = re.compile(r"(?:tag)?manifest-[a-z0-9]+\.txt|bag-info\.txt")
_HINT = "find out who changed it, or what the record does not tell of how it was made"


def rebuild(report: Report, bag: Path, asked: Asked, say: pipeline.Say) -> Report:
    """The report on a bag with what comes of making it again; of one that is not valid, that it was not.

    Raises EditionError where the disk refuses.
    """
    if report.reaches(Severity.ERROR):
        hint = "see to the other findings first"
        found = [NOT_REBUILT.finding("the bag is not valid, so it was not made again", Location("."), hint=hint)]
    else:
        with ExitStack() as opened:
            found = list(_of_bag(bag, asked.limits, opened, say))
    kept = (each for each in found if each.rule in report.rules)
    return Report.of(report.command, report.rules, (*report.diagnostics, *kept))


def _of_bag(bag: Path, limits: Limits, opened: ExitStack, say: pipeline.Say) -> Iterator[Diagnostic]:
    tree = yield from open_tree(bag, limits, opened)
    if tree is None:
        return
    try:
        told = told_by(tree)
    except (OSError, ValueError) as error:
        hint = "only a bag that `edition` made says how it is made"
        yield NOT_REBUILT.finding(f"{JSON_PATH}: {_reason(error)}", Location(JSON_PATH), hint=hint)
        return
    say("taking the edition out of the bag")
    root = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="edition-")))
    _take_out(tree, root)
    try:
        with _dated(told):
            made = _make(root, tree.form, told, say)
    except EditionError as error:
        hint = error.advice or "make it with the software that its provenance names"
        yield NOT_REBUILT.finding(f"it cannot be made again: {error.message}", Location("."), hint=hint)
        return
    if made is None:
        hint = "see what `edition check` says of the edition in data/; other software may see other things"
        yield NOT_REBUILT.finding("the edition in it has findings, so nothing was made", Location("."), hint=hint)
        return
    say("comparing byte by byte")
    again = yield from open_tree(made, limits, opened)
    if again is not None:
        yield from _compared(tree, again, told)


def _take_out(tree: Tree, root: Path) -> None:
    """Write the payload into a new folder. What a tree names lies in it, so nothing is written elsewhere."""
    for found in tree.survey("data"):
        if isinstance(found, PlainFile):
            target = root / found.path.removeprefix(PAYLOAD)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                out.writelines(pieces(found.open()))


def _make(root: Path, form: str, told: Told, say: pipeline.Say) -> Path | None:
    edition = config.load(root)
    edition = replace(edition, bag=replace(edition.bag, serialisation=form))
    outcome = making.bag_again(edition, say, told.commit)
    return next((made.folder / made.name for made in outcome.made if made.what == "bag"), None)


@contextlib.contextmanager
def _dated(told: Told) -> Iterator[None]:
    """The date of what is made is the one that was told, as if it had been asked for."""
    before = os.environ.get(EPOCH)
    os.environ[EPOCH] = str(int(told.made_at.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before


def _compared(tree: Tree, again: Tree, told: Told) -> Iterator[Diagnostic]:
    here = {each.name: each.version for each in told_by(again).software}
    others = [each for each in told.software if here.get(each.name) != each.version]
    if others:
        named = ", ".join(f"{each.name} {each.version} (here {here.get(each.name, 'none')})" for each in others[:5])
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        hint = f"install {', '.join(f'{each.name} {each.version}' for each in others[:5])}, and verify again"
        yield OTHER_VERSIONS.finding(f"it was made with {named}{more}", Location(JSON_PATH), hint=hint)
        return
    differing = list(_differing(tree, again))
    # Whatever differs changes the manifests, and mostly the count in bag-info.txt: alone they are worth a word.
    causes = [each for each in differing if not _FOLLOWS.fullmatch(each[0])]
    for path, what in causes or differing:
        yield REBUILD_DIFFERS.finding(f"{path} {what}", Location(path), hint=_HINT)


def _differing(tree: Tree, again: Tree) -> Iterator[tuple[str, str]]:
    first, second = _paths(tree), _paths(again)
    for path in sorted(first | second):
        if path not in second:
            yield path, "is not made again"
        elif path not in first:
            yield path, "is made, but not in the bag"
        elif any(one != other for one, other in zip_longest(_even(tree, path), _even(again, path))):
            yield path, "is made otherwise"


def _paths(tree: Tree) -> frozenset[str]:
    return frozenset(found.path for found in tree.survey("") if isinstance(found, PlainFile))


def _even(tree: Tree, path: str) -> Iterator[bytes]:
    """The bytes of a file in pieces of one size; the last is shorter, if only empty."""
    rest = b""
    for piece in pieces(tree.open(path)):
        rest += piece
        while len(rest) >= _PIECE:
            yield rest[:_PIECE]
            rest = rest[_PIECE:]
    yield rest


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
