"""What is held against each other word by word: a turn and its translation, a passage or heading outside turns."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from edition.diagnostics import Location, Related
from edition.model import AFTER, ASIDE, BEFORE, BETWEEN, Mark, Paragraph, Text, Turn
from edition.parity.comparison import Comparison, match_paragraphs
from edition.parity.matching import Link

_DATES = ("dateline", "opener", "closer")  # headings in which a date stands, as one or another text has it


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Paragraphs of the original and those that translate them, in regular spelling; and of which turns, if of any.

    `called` is what messages call the translation's side, `original_called` the other. `guessed` are parts outside
    turns that answer by kind and order alone, though the two texts divide what stands there otherwise. `at` is where
    the translation's side belongs if it is not there.
    """

    original: tuple[Paragraph, ...]
    translation: tuple[Paragraph, ...]
    called: str
    original_called: str
    turns: tuple[Turn, Turn] | None = None
    guessed: bool = False
    at: Location | None = None

    @property
    def turn(self) -> str | None:
        """The id of the turn of the translation."""
        return self.turns[1].id if self.turns else None

    @property
    def place(self) -> Location:
        """Where the translation's side stands."""
        if self.at is not None:
            return self.at
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
    divided_alike = _parts(ours) == _parts(theirs)
    for here, there in pairs_of_headings(ours, theirs):
        mine, its = ours.headings[here], theirs.headings[there]
        linked = mine.key in its.corresp
        yield replace(_outside(mine, its, "heading"), guessed=not (divided_alike or linked))


def _parts(text: Text) -> list[tuple[str, str]]:
    return [(each.place, each.element) for each in (*text.headings, *text.frame)]


def pairs_of_headings(ours: Text, theirs: Text) -> Sequence[Link]:
    """Headings, dates and titles outside turns, each kind by itself: in their order where both texts have as many,
    else by their links. A dateline answers to a dateline first, wherever in opener and closer it stands."""
    found: list[Link] = []
    for kind in dict.fromkeys(map(_kind, ours.headings)):
        here, there = ([n for n, each in enumerate(text.headings) if _kind(each) == kind] for text in (ours, theirs))
        if len(here) == len(there):
            found += zip(_by_element(ours, here, theirs, there), there, strict=True)
        else:
            linked = match_paragraphs(
                *(tuple(t.headings[n] for n in at) for t, at in ((ours, here), (theirs, there)))
            )
            found += ((here[mine], there[its]) for mine, its in linked.pairs)
    return sorted(found)


def _by_element(ours: Text, here: Sequence[int], theirs: Text, there: Sequence[int]) -> list[int]:
    """Headings of the original, as many as those of the translation, in the order of these: of the same element each,
    where both texts have as many of every element."""
    elements = [theirs.headings[n].element for n in there]
    if Counter(elements) != Counter(ours.headings[n].element for n in here):
        return list(here)
    of_element = {each: iter([n for n in here if ours.headings[n].element == each]) for each in elements}
    return [next(of_element[each]) for each in elements]


def _kind(heading: Paragraph) -> str:
    return "dateline" if heading.element in _DATES else heading.element


def all_outside(comparison: Comparison) -> Counterpart:
    """All that stands outside the turns of either text, as one."""
    ours, theirs = ((*text.headings, *text.frame) for text in (comparison.original, comparison.translation))
    called = "the text outside the turns"
    return Counterpart(_regular(ours), _regular(theirs), called, called, at=comparison.translation.turns[0].location)


def headings_alone(comparison: Comparison) -> Iterator[Counterpart]:
    """Headings of the original that none of the translation answers to, with the first or last turn of the
    translation, which may say what they do."""
    ours, theirs = comparison.original, comparison.translation
    lost = closing_lost(comparison)
    paired = {here for here, _ in pairs_of_headings(ours, theirs)}
    for heading in _without(ours.headings, paired):
        if lost and heading.place == AFTER:
            continue  # TRN401 says that all of it is missing
        turn = theirs.turns[-1 if heading.place == AFTER else 0]
        called = ("the text outside the turns", heading.id or "the heading")
        yield Counterpart(_regular((heading,)), _regular(turn.paragraphs), *called, at=turn.location)


def closing_lost(comparison: Comparison) -> Paragraph | None:
    """The closing words of the original, such as a signature, where nothing of the translation may answer to them."""
    ours, theirs = comparison.original, comparison.translation
    closing = next((each for each in ours.headings if each.element == "closer" and each.place == AFTER), None)
    if closing is None or any(each.place == AFTER for each in (*theirs.headings, *theirs.frame)):
        return None
    opened = sum(each.element in _DATES for each in theirs.headings)
    if opened > sum(each.element in _DATES and each.place != AFTER for each in ours.headings):
        return None
    return None if len(theirs.turns[-1].paragraphs) > len(ours.turns[-1].paragraphs) else closing


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
