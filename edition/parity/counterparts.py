"""What is held against each other word by word: a turn and its translation, a passage or heading outside turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edition.diagnostics import Location, Related
from edition.model import ASIDE, Paragraph, Turn
from edition.parity.comparison import Comparison, match_paragraphs


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Paragraphs of the original and those that translate them. The turns are those they are of, if they are.

    `called` is what messages call the translation's side, `original_called` the other.
    """

    original: tuple[Paragraph, ...]
    translation: tuple[Paragraph, ...]
    called: str
    original_called: str
    turns: tuple[Turn, Turn] | None = None

    @property
    def turn(self) -> str | None:
        """The id of the turn of the translation."""
        return self.turns[1].id if self.turns else None

    @property
    def place(self) -> Location:
        """Where the translation's side stands."""
        return self.turns[1].location if self.turns else self.translation[0].location

    def told(self, location: Location | None = None, what: str = "in the original") -> Related:
        """The original's side as a second place of a finding."""
        own = self.turns[0].location if self.turns else self.original[0].location
        return Related(location or own, f"{self.original_called} {what}")


def counterparts(comparison: Comparison) -> tuple[Counterpart, ...]:
    """Everything that answers to each other one to one and says something, in the order of the translation."""
    return (*_headings(comparison), *_turns(comparison), *_frame(comparison))


def _turns(comparison: Comparison) -> Iterator[Counterpart]:
    for pair in comparison.paragraphs:
        ours, theirs = pair.original, pair.translation
        called = (comparison.called(theirs), ours.id or ours.title)
        yield Counterpart(ours.paragraphs, theirs.paragraphs, *called, (ours, theirs))


def _frame(comparison: Comparison) -> Iterator[Counterpart]:
    ours, theirs = comparison.original.frame, comparison.translation.frame
    for here, there in match_paragraphs(ours, theirs).pairs:
        yield _outside(ours[here], theirs[there], "passage")


def _headings(comparison: Comparison) -> Iterator[Counterpart]:
    """Headings and dates outside turns: by their links, else in their order where both texts have as many."""
    ours, theirs = comparison.original.headings, comparison.translation.headings
    pairs: Iterable[tuple[int, int]] = match_paragraphs(ours, theirs).pairs
    if len(ours) == len(theirs):
        pairs = ((position, position) for position in range(len(ours)))
    for here, there in pairs:
        yield _outside(ours[here], theirs[there], "heading")


def _outside(ours: Paragraph, theirs: Paragraph, what: str) -> Counterpart:
    return Counterpart((ours,), (theirs,), f"the {what} {theirs.id or ''}".strip(), ours.id or f"the {what}")


def spoken(paragraph: Paragraph) -> str:
    """The words of a paragraph that are its own: what editors added is left out."""
    text = paragraph.text
    for mark in reversed([mark for mark in paragraph.marks if mark.kind == ASIDE]):
        text = text[: mark.start] + text[mark.end :]
    return text
