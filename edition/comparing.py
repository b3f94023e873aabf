"""Two bare files, without an edition.toml: parity, and the links that the translation lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edition.diagnostics import Report
from edition.errors import EditionError, UsageError
from edition.families import refuse_silence, refuse_unknown
from edition.gathering import relative
from edition.model import Edition
from edition.pipeline import PARITY, Say, by_catalogs, on_basis, paired, read, refuse_unseen, report_of, silent
from edition.rules import Selection
from edition.tei import parse
from edition.tei.attendance import persons_of
from edition.tei.reading import FirstReading, Wanted, read_edition, read_first, read_pair
from edition.tei.unfit import refuse_unfit
from edition.tei.units import AUTOMATIC

if TYPE_CHECKING:
    from edition.side_by_side import SideBySide
    from edition.tei.links import NewLink


@dataclass(frozen=True, slots=True)
class Compared:
    """Two bare files that were compared, and their texts in step where both could be parsed."""

    report: Report
    beside: SideBySide | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Links that a translation lacks, and how many of its turns have none and get none."""

    links: tuple[NewLink, ...]
    left_out: int


@by_catalogs()
def compare(
    original: str, translation: str, selection: Selection, say: Say = silent, *, units: str = AUTOMATIC
) -> Compared:
    """Parity of two bare files; for `units` see tei.units.KINDS. Raises EditionError where nothing is compared."""
    from edition import parity

    refuse_unknown(selection)
    refuse_silence(selection, PARITY)
    root, paths = _two(original, translation)
    first = (_read_first(root / paths[0], paths[0], units, say), _read_first(root / paths[1], paths[1], units, say))
    broken = [found for each in first for found in each.findings]
    if broken:
        refuse_unseen(broken, selection, "nothing was compared")
        return Compared(report_of("compare", selection, ["XML"], broken))
    say("comparing original and translation")
    edition = _with_names(read_pair(first, units), root)
    del first
    comparison = paired(edition, selection)
    report = report_of("compare", selection, ["XML", *PARITY], parity.findings(edition, comparison))
    return Compared(on_basis(report, comparison), parity.side_by_side(comparison))


@by_catalogs()
def link(
    original: str, translation: str, say: Say = silent, *, write: bool = False, units: str = AUTOMATIC
) -> Linked:
    """The links between two bare files that the translation lacks; with `write` its file has them afterwards.

    Raises EditionError where there is nothing to compare, and where the file cannot be written without other changes.
    """
    from edition import parity
    from edition.tei import links

    root, paths = _two(original, translation)
    for path in paths:
        refuse_unfit(parse.read_bytes(root / path, path), path, units)
    documents = [read(root / path, path, say) for path in paths]
    for document in documents:
        if document.root is None:
            raise EditionError(
                f"{document.path}: not well-formed, so it cannot be linked", advice="see `edition compare`"
            )
    say("looking for links")
    comparison = parity.pair_up(read_edition(documents[0], documents[1], wanted=Wanted(units, transcription=False)))
    if comparison is None:
        return Linked((), 0)
    answers, without = parity.unlinked(comparison), parity.without_link(comparison)
    new = tuple(links.new_links(documents[1], comparison.translation, answers))
    if without and not new and not any(turn.id for turn in comparison.original.turns):
        raise EditionError(
            f"{documents[0].path}: no turn has an xml:id, so no link can point at one",
            advice="give an xml:id to each turn of the original",
        )
    if write and new:
        say(f"writing {documents[1].path}")
        links.write(documents[1], new)
    linked = links.new_links(
        documents[1], comparison.translation, (each for each in answers if each.paragraph is None)
    )
    return Linked(new, len(without) - len(linked))


def _two(original: str, translation: str) -> tuple[Path, list[str]]:
    """The folder of two bare files, and their paths: from the working folder, or whole where one lies outside it.

    So messages name what can be opened, and a pointer from the one to the other is followed wherever they lie.
    """
    root, paths = relative([original, translation])
    if paths[0] == paths[1]:
        raise UsageError(f"{original} is given twice", advice="name the original first, then its translation")
    return root, paths if root == Path.cwd() else [(root / path).as_posix() for path in paths]


def _with_names(edition: Edition, root: Path) -> Edition:
    """Bare files mostly keep their persons in a file of their own: messages take the names from there if they can."""
    if root == Path(root.anchor):  # files that have nothing in common: no folder to look in
        return edition
    named = {person.partition("#")[0] for text in edition.texts() for person in text.speakers}
    persons = dict(edition.persons)
    for path in sorted(named - {text.path for text in edition.texts()}):
        if (root / path).is_file() and (root / path).resolve().is_relative_to(root.resolve()):
            persons |= persons_of(parse.read(root / path, path))
    return replace(edition, persons=persons)


def _read_first(file: Path, path: str, units: str, say: Say) -> FirstReading:
    say(f"reading {path}")
    return read_first(file, path, units)
