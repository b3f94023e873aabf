"""What is held against each other word by word: a turn and its translation, a passage or heading outside turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from edition.diagnostics import Location, Related
from edition.model import AFTER, ASIDE, BEFORE, BETWEEN, Mark, Paragraph, Text, Turn
from edition.parity.comparison import Comparison, match_paragraphs
from edition.parity.matching import Link

_DATES = ("dateline", "opener", "closer")  # headings in which a date stands, as one or another text has it


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Paragraphs of the original and those that translate them, in regular spelling; and of which turns, if of any.

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
    """Everything that answers to each other one to one and says something, in the order of the translation.

    Left out are turns of which an alignment is not certain, and turns out of order: where a link may be wrong, every
    word of what it leads to is.
    """
    return (*_headings(comparison), *_turns(comparison), *_frame(comparison))


def _turns(comparison: Comparison) -> Iterator[Counterpart]:
    moved = frozenset(comparison.match.out_of_order)
    for pair in comparison.paragraphs:
        ours, theirs = pair.original, pair.translation
        here, there = ours.number - 1, theirs.number - 1
        if (here, there) in moved or comparison.is_doubtful(here=here, there=there):
            continue
        called = (comparison.called(theirs), ours.id or ours.title)
        yield Counterpart(_regular(ours.paragraphs), _regular(theirs.paragraphs), *called, (ours, theirs))


def _frame(comparison: Comparison) -> Iterator[Counterpart]:
    ours, theirs = comparison.original, comparison.translation
    for here, there in _pairs_in_frames(ours, theirs) or ():
        yield _outside(ours.frame[here], theirs.frame[there], "passage")


def _pairs_in_frames(ours: Text, theirs: Text) -> Sequence[Link] | None:
    """Passages outside turns by their links; without any in their order, if each has its like, else None."""
    pairs = match_paragraphs(ours.frame, theirs.frame).pairs
    if pairs or any(each.corresp for each in (*ours.frame, *theirs.frame)):
        return pairs
    alike = [(each.place, each.element) for each in ours.frame] == [
        (each.place, each.element) for each in theirs.frame
    ]
    return [(position, position) for position in range(len(ours.frame))] if alike else None


def _headings(comparison: Comparison) -> Iterator[Counterpart]:
    ours, theirs = comparison.original, comparison.translation
    for here, there in pairs_of_headings(ours, theirs):
        yield _outside(ours.headings[here], theirs.headings[there], "heading")


def pairs_of_headings(ours: Text, theirs: Text) -> Sequence[Link]:
    """Headings, dates and titles outside turns, each kind by itself: in their order where both texts have as many,
    else by their links."""
    found: list[Link] = []
    for kind in dict.fromkeys(map(_kind, ours.headings)):
        here, there = ([n for n, each in enumerate(text.headings) if _kind(each) == kind] for text in (ours, theirs))
        if len(here) == len(there):
            found += zip(here, there, strict=True)
        else:
            linked = match_paragraphs(
                *(tuple(t.headings[n] for n in at) for t, at in ((ours, here), (theirs, there)))
            )
            found += ((here[mine], there[its]) for mine, its in linked.pairs)
    return sorted(found)


def _kind(heading: Paragraph) -> str:
    return "dateline" if heading.element in _DATES else heading.element


def unpaired(comparison: Comparison) -> Iterator[Counterpart]:
    """All that stands before the turns, between or after them, as one, where nothing says what answers to what."""
    ours, theirs = comparison.original, comparison.translation
    mine, its = list[Paragraph](), list[Paragraph]()
    pairs = pairs_of_headings(ours, theirs)
    mine += _without(ours.headings, [here for here, _ in pairs])
    its += _without(theirs.headings, [there for _, there in pairs])
    if _pairs_in_frames(ours, theirs) is None:
        mine += ours.frame
        its += theirs.frame
    for place in (BEFORE, BETWEEN, AFTER):
        here = tuple(each for each in mine if each.place == place)
        there = tuple(each for each in its if each.place == place)
        if here and there:
            called = f"the text {place} the turns"
            yield Counterpart(_regular(here), _regular(there), called, called)


def _without(paragraphs: Sequence[Paragraph], positions: Collection[int]) -> Iterator[Paragraph]:
    return (paragraph for number, paragraph in enumerate(paragraphs) if number not in positions)


def _regular(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    return tuple(each.regular or each for each in paragraphs)


def _outside(ours: Paragraph, theirs: Paragraph, what: str) -> Counterpart:
    return Counterpart(
        _regular((ours,)), _regular((theirs,)), f"the {what} {theirs.id or ''}".strip(), ours.id or f"the {what}"
    )


class Spans:
    """The parts of a text that marks of some kinds cover."""

    def __init__(self, paragraph: Paragraph, *kinds: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for mark in paragraph.marks:  # in the order in which they begin
            if mark.kind not in kinds:
                continue
            if self._ends and mark.start <= self._ends[-1]:
                self._ends[-1] = max(mark.end, self._ends[-1])
            else:
                self._starts.append(mark.start)
                self._ends.append(mark.end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def between(self, length: int) -> Iterator[tuple[int, int]]:
        """The parts of a text of this length that are not covered."""
        return zip([0, *self._ends], [*self._starts, length], strict=True)

    def cover(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def own_marks(paragraph: Paragraph, kind: str) -> Iterator[Mark]:
    """The marks of one kind that stand in no addition of an editor."""
    asides = Spans(paragraph, ASIDE)
    return (mark for mark in paragraph.marks if mark.kind == kind and not asides.cover(mark.start))


def spoken(paragraph: Paragraph) -> str:
    """The words of a paragraph that are its own: what editors added is left out."""
    asides = Spans(paragraph, ASIDE)
    return "".join(paragraph.text[start:end] for start, end in asides.between(len(paragraph.text)))
