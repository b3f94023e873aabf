"""The words of a TEI text, in the three ways they are wanted.

*As read*: corrections taken, notes and forme work left out. *Regular*: the same in the spelling that editors made
regular, abbreviations written out. *As transcribed*: what the witness says, slips, stamps and all, without what
editors wrote beside it (TEI P5, 3.5 and 12).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Protocol

from lxml import etree

from edition.model import Passage
from edition.tei.names import TURNS as TURNS
from edition.tei.names import XML_ID, is_element, tei

PARAGRAPHS = frozenset(tei(name) for name in ("p", "ab", "l"))
NOTES = frozenset((tei("note"), tei("noteGrp")))

_BREAKS = frozenset(tei(name) for name in ("lb", "pb", "cb", "gb", "milestone"))
_INLINE = """
    abbr add am choice corr date del damage emph ex expan foreign gloss hi mentioned measure measureGrp name num
    objectName orgName orig persName placeName q quote ref reg rs said seg sic soCalled supplied subst surplus term
    time title unclear w c pc geogName forename surname roleName addName nameLink genName country settlement region
    """
_WITHIN_WORDS = frozenset(tei(name) for name in _INLINE.split()) | NOTES

# Of what a choice offers, what each way passes over (TEI P5, 3.5).
_NOT_READ = frozenset(tei(name) for name in ("sic", "reg", "expan", "ex"))
_NOT_REGULAR = frozenset(tei(name) for name in ("sic", "orig", "abbr", "am"))
_REGULAR = tuple(tei(name) for name in ("reg", "expan", "ex"))
_NOT_TRANSCRIBED = frozenset(tei(name) for name in ("corr", "reg", "expan", "ex"))
_CHOICE = tei("choice")
_SLIP, _CORRECTION = tei("sic"), tei("corr")
_MOST_OFFERED = 50  # by one choice; what comes later is passed over
_DOUBT = {"high": 0, "medium": 1, "low": 2, "unknown": 2}  # by `cert`; of what has none it is medium
_FORME_WORK = frozenset((tei("fw"),))


class Words(Protocol):
    """What words stand in: an element, or some of what an element holds."""

    @property
    def text(self) -> str | None:
        """What stands before the first element."""

    def __iter__(self) -> Iterator[etree._Element]:
        """The elements, each with what follows it."""


def as_read(element: etree._Element) -> str:
    """The text of an element as it is read, white space folded. A hyphen before `lb break="no"` is dropped."""
    pieces: list[str] = []
    _collect(element, pieces, [], _NOT_READ)
    return " ".join("".join(pieces).split())


def has_regular_spelling(element: etree._Element) -> bool:
    """Whether a choice in an element has one beside what the witness has."""
    return next(element.iter(*_REGULAR), None) is not None


def read_with_places(words: Words, *, regular: bool = False) -> tuple[str, list[Place]]:
    """The text as read, or in regular spelling, and where in it the words of each element inside stand.

    An element without words is left out.
    """
    pieces: list[str] = []
    inside: list[tuple[etree._Element, int, int]] = []
    _collect(words, pieces, inside, _NOT_REGULAR if regular else _NOT_READ)
    raw = "".join(pieces)
    text = " ".join(raw.split())
    if not inside:
        return text, []
    inside.sort(key=lambda each: (each[1], -each[2]))
    offsets = [0, *accumulate(map(len, pieces))]
    fold = _Folding(raw)
    places = (Place(node, *fold.place(offsets[first], offsets[last])) for node, first, last in inside)
    return text, [place for place in places if place.start < place.end]


@dataclass(frozen=True, slots=True)
class Place:
    """An element, and the words of it in the text that was read: from `start` to `end`."""

    element: etree._Element
    start: int
    end: int


class _Folding:
    """Where a place of a text is once its white space is folded."""

    def __init__(self, raw: str) -> None:
        words = [word.span() for word in re.finditer(r"\S+", raw)]
        self._starts = [start for start, _ in words]
        self._ends = [end for _, end in words]
        self._folded = [0, *accumulate(end - start + 1 for start, end in words)]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the words between begin and end; the same place twice where there are none."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return 0, 0
        return (
            self._folded[first] + max(start - self._starts[first], 0),
            self._folded[last] + min(end, self._ends[last]) - self._starts[last],
        )


def _collect(
    words: Words,
    pieces: list[str],
    inside: list[tuple[etree._Element, int, int]],
    unwanted: frozenset[str],
) -> None:
    """Add words piece by piece, and for each element inside which pieces are its own."""
    pieces.append(words.text or "")
    for node in words:
        if not _is_of_text(node, unwanted) or _is_corrected(node):
            pass
        elif node.tag in _BREAKS:
            _break(node, pieces)
        else:
            apart = "" if node.tag in _WITHIN_WORDS else " "
            pieces.append(apart)
            first = len(pieces)
            _collect(node, pieces, inside, unwanted)
            inside.append((node, first, len(pieces)))
            pieces.append(apart)
        pieces.append(node.tail or "")


def is_read(node: etree._Element) -> bool:
    """Whether a node is of the text as it is read: no note, no forme work, no reading that a choice passes over."""
    return _is_of_text(node, _NOT_READ)


def _is_of_text(node: etree._Element, unwanted: frozenset[str]) -> bool:
    return (
        is_element(node)
        and node.tag not in NOTES
        and node.tag not in _FORME_WORK
        and not _passed_over(node, unwanted)
    )


def _break(node: etree._Element, pieces: list[str]) -> None:
    if node.get("break") != "no":
        pieces.append(" " if node.tag == tei("lb") else "")
    elif pieces:
        pieces[-1] = pieces[-1].rstrip().removesuffix("-")


def _passed_over(node: etree._Element, unwanted: frozenset[str]) -> bool:
    """Whether a node is not the one reading of its choice that is wanted; outside of one, each is all there is.

    Wanted is the surest of those that are not `unwanted`, and the first of equals (TEI P5, 3.5 and 21.1).
    """
    parent = node.getparent()
    if parent is None or parent.tag != _CHOICE or node.tag in NOTES or node.tag in _BREAKS:
        return False
    offered = [each for each in islice(parent.iterchildren(etree.Element), _MOST_OFFERED) if each.tag not in NOTES]
    wanted = [each for each in offered if each.tag not in unwanted and each.tag not in _BREAKS]
    return node is not min(wanted or offered, key=_doubt)


def _is_corrected(node: etree._Element) -> bool:
    """Whether a slip has its correction right before or after it, with no choice around the two."""
    if node.tag != _SLIP:
        return False
    before, after = node.getprevious(), node.getnext()
    return (before is not None and before.tag == _CORRECTION and not (before.tail or "").strip()) or (
        after is not None and after.tag == _CORRECTION and not (node.tail or "").strip()
    )


def _doubt(reading: etree._Element) -> int:
    return _DOUBT.get(reading.get("cert", ""), 1)


def as_transcribed(element: etree._Element) -> tuple[Passage, ...]:
    """What the witness says of an element, one passage for each stretch of text on one line of the file.

    What editors supplied stands in square brackets, as it does in witnesses that have it. A break is white space.
    """
    walk = _Walk(element.sourceline or 1)
    walk.into(element, None)
    return tuple(walk.passages)


@dataclass
class _Walk:
    """Keeps the line that has been reached: the parser tells lines of tags only."""

    line: int
    passages: list[Passage] = field(default_factory=list)

    def into(self, element: etree._Element, turn: str | None) -> None:
        turn = element.get(XML_ID) if element.tag in TURNS else turn
        self.line = max(self.line, element.sourceline or 0)
        self.text(element.text, turn)
        for node in element:
            self.line = max(self.line, node.sourceline or 0)
            if not is_element(node):
                pass  # the parser gives the line that a comment ends on
            elif node.tag in NOTES or _passed_over(node, _NOT_TRANSCRIBED):
                self.line += sum(text.count("\n") for text in node.itertext())
            else:
                self._child(node, turn)
            self.text(node.tail, turn)

    def _child(self, node: etree._Element, turn: str | None) -> None:
        if node.tag == tei("supplied"):
            self.text("[", turn)
            self.into(node, turn)
            self.text("]", turn)
            return
        apart = "" if node.tag in _WITHIN_WORDS else " "
        self.text(apart, turn)
        self.into(node, turn)
        self.text(apart, turn)

    def text(self, text: str | None, turn: str | None) -> None:
        for number, part in enumerate((text or "").split("\n")):
            self.line += number > 0
            if part or number:
                self.passages.append(Passage("\n" * (number > 0) + part, self.line, turn))


def stands_in(element: etree._Element, names: frozenset[str]) -> bool:
    return next(element.iterancestors(*names), None) is not None


def running_text(element: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of these names, in reading order, without those in notes."""
    for node in element.iter(*names):
        if not stands_in(node, NOTES):
            yield node
