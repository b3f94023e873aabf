"""Does each text still say what its witness says. `check` finds where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from edition.config import Config, Witness
from edition.diagnostics import Diagnostic, Location
from edition.model import Edition
from edition.witness.comparing import compare
from edition.witness.lines import check_lines
from edition.witness.reading import digest, lines_of, load
from edition.witness.rules import WITNESS_CHANGED, WRONG_ENCODING


def check(config: Config, edition: Edition) -> Iterator[Diagnostic]:
    """Every difference between the texts and the witnesses that edition.toml names.

    Raises EditionError for a witness that is missing, too large, or outside the edition.
    """
    for witness in config.witnesses:
        yield from _check(witness, load(config.root, witness.path), edition)


def _check(witness: Witness, data: bytes, edition: Edition) -> Iterator[Diagnostic]:
    found = digest(data)
    if witness.sha256 and witness.sha256 != found:
        yield WITNESS_CHANGED.finding(
            "the witness is not the file that edition.toml vouches for",
            Location(witness.path, 1),
            hint=f'bring the file back as it was, or write sha256 = "{found}" if the change is meant',
        )
    try:
        lines = lines_of(data)
    except UnicodeDecodeError as error:
        yield WRONG_ENCODING.finding(
            "the witness is not in UTF-8, so nothing was compared with it",
            Location(witness.path, data.count(b"\n", 0, error.start) + 1),
            hint="save it as UTF-8, and write its new sha256 in edition.toml",
        )
        return
    yield from check_lines(witness, lines)
    if witness.original:
        yield from compare(witness, lines, edition.original, translated=False)
    if witness.translation and edition.translation is not None:
        yield from compare(witness, lines, edition.translation, translated=True)
