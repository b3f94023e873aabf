"""WIT102 to WIT104: which lines of a witness belong to what, and that each does exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edition.config import LineRange, Witness
from edition.diagnostics import Diagnostic, Location, Related
from edition.witness.rules import LINES_CLAIMED_TWICE, LINES_PAST_END, LINES_UNACCOUNTED

_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """Lines that edition.toml gives to a text or sets aside, and what for."""

    lines: LineRange
    use: str

    def __str__(self) -> str:
        return f"{_named(self.lines.first, self.lines.last)} ({self.use})"


def check_lines(witness: Witness, lines: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Findings of lines that are claimed by nobody or twice, and of claims beyond the end of the file."""
    claims = sorted(_claims(witness), key=lambda claim: (claim.lines.first, claim.lines.last))
    yield from _past_end(witness, claims, len(lines))
    yield from _claimed_twice(witness, claims)
    reached = 0
    for claim in claims:
        yield from _unaccounted(witness, lines, LineRange(reached + 1, min(claim.lines.first - 1, len(lines))))
        reached = max(reached, claim.lines.last)
    yield from _unaccounted(witness, lines, LineRange(reached + 1, len(lines)))


def _claims(witness: Witness) -> Iterator[Claim]:
    yield from (Claim(lines, "original") for lines in witness.original)
    yield from (Claim(lines, "translation") for lines in witness.translation)
    yield from (Claim(aside.lines, "set aside") for aside in witness.set_aside)


def _past_end(witness: Witness, claims: list[Claim], size: int) -> Iterator[Diagnostic]:
    for claim in claims:
        if claim.lines.last > size:
            yield LINES_PAST_END.finding(
                f"edition.toml names {claim}, but the file has {size} lines",
                Location(witness.path, max(size, 1)),
                hint="correct the lines in [[witness]] of edition.toml",
            )


def _claimed_twice(witness: Witness, claims: list[Claim]) -> Iterator[Diagnostic]:
    widest: Claim | None = None
    for claim in claims:
        if widest and claim.lines.first <= widest.lines.last:
            last = min(claim.lines.last, widest.lines.last)
            shared = _named(claim.lines.first, last)
            yield LINES_CLAIMED_TWICE.finding(
                f"{shared} {'belongs' if claim.lines.first == last else 'belong'} to both {widest} and {claim}",
                Location(witness.path, claim.lines.first),
                hint="correct the lines in [[witness]] of edition.toml so that they do not overlap",
                related=(Related(Location(witness.path, widest.lines.first), f"{widest} from here on"),),
            )
        if widest is None or claim.lines.last > widest.lines.last:
            widest = claim


def _unaccounted(witness: Witness, lines: tuple[str, ...], gap: LineRange) -> Iterator[Diagnostic]:
    """One finding for the lines of a gap that say something; blank lines need no account."""
    written = [number for number in range(gap.first, gap.last + 1) if lines[number - 1].strip()]
    if written:
        first, last = written[0], written[-1]
        shown = f"{first}-{last}" if last > first else str(first)
        text = lines[first - 1].strip()
        quote = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
        yield LINES_UNACCOUNTED.finding(
            f"{_named(first, last)} {'belongs' if first == last else 'belong'} to no text and "
            f"{'is' if first == last else 'are'} not set aside: «{quote}»",
            Location(witness.path, first),
            hint=f'add them to original or translation, or [[witness.set-aside]] with lines = "{shown}" and a reason',
        )


def _named(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"
