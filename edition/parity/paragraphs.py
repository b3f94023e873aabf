"""TRN302 to TRN306: the paragraphs of turns, and their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.diagnostics import Related, Severity
from edition.model import PART, PROSE, VERSE, Paragraph, Turn
from edition.parity.comparison import Comparison, ParagraphPair, link_hint, paragraph_title
from edition.parity.series import uneven_in, uneven_outside
from edition.rules import Finding, rule

# Signs that end a sentence before a space, Greek question marks among them, and those that need none to follow.
_SENTENCE_END = re.compile(r"(?:[.!?…]|(?<=[\u0370-\u03ff])[;\u037e])+[\"'»”’)\]]*\s|[。！？।॥؟۔։]+")
_HEADINGS = ("head", "trailer", "label", "dateline", "byline", "titlePart")  # after which a paragraph begins
_FREE_LINES = 0.25
_FAR_SHORTER = 3  # times
_LOOK = "see whether a passage was left out, summed up or added"
_LITTLE = 40  # characters, which say little of how much longer one language is than the other
_MORE_SENTENCES = 4


@rule("TRN302", "paragraphs-divided-otherwise", Severity.WARNING)
def paragraphs_divided_otherwise(comparison: Comparison) -> Iterator[Finding]:
    """A turn has as many paragraphs in the translation as in the original, and about as many lines of verse.

    A different number may be the translator's choice. It may also be a paragraph that was lost, or a page end that
    was taken for one. Verse that is translated in prose is not counted, nor is a quarter of the lines more or less.
    Items of a list, rows of a table, headings and quotations may be paragraphs in the other text, or part of one with
    what goes on after a list or quotation, if there is room for them: it is not much shorter than the two texts are
    elsewhere. But where both texts have lists, or tables, each has as many items or rows as its original.

    Wrong: a turn of three paragraphs translated in two

    Right: a paragraph of the translation for each of the original
    """
    room = _Room.of(comparison.paragraphs)
    for pair in comparison.paragraphs:
        if pair.linked and (pair.untranslated or pair.unoriginal):
            continue  # each of these is told by itself
        if uneven := uneven_in(comparison, pair):
            yield from uneven
            continue
        for kind, is_told in (("paragraph", _are_divided_otherwise), ("verse line", _are_fewer_lines)):
            if is_told(pair, room):
                ours, theirs = (_count(turn, kind) for turn in (pair.original, pair.translation))
                yield Finding(
                    f"{comparison.called(pair.translation)} has {_counted(theirs, kind)}, "
                    f"its original {pair.original.id or pair.original.title} {ours}",
                    pair.translation.location,
                    hint=_LOOK if room.is_lost_in(pair) else "divide it as the original is divided",
                    turn=pair.translation.id,
                    related=(comparison.told(pair.original, " in the original"),),
                )
    yield from uneven_outside(comparison)


def _count(turn: Turn, kind: str) -> int:
    return sum((paragraph.kind == VERSE) is (kind == "verse line") for paragraph in turn.paragraphs)


@dataclass(frozen=True, slots=True)
class _Room:
    """How many characters all turns that answer to each other have, in the original and in the translation."""

    original: int
    translation: int

    @classmethod
    def of(cls, pairs: Sequence[ParagraphPair]) -> _Room:
        return cls(sum(_length(pair.original) for pair in pairs), sum(_length(pair.translation) for pair in pairs))

    def is_lost_in(self, pair: ParagraphPair) -> bool:
        """Whether one of two turns is far too short to say what the other says, by how long all others are."""
        ours, theirs = _length(pair.original), _length(pair.translation)
        usual = (self.translation - theirs + _LITTLE) / (self.original - ours + _LITTLE)
        return min(theirs, ours * usual) * _FAR_SHORTER < max(theirs, ours * usual)


def _length(turn: Turn) -> int:
    return sum(len(paragraph.text) for paragraph in turn.paragraphs)


def _are_divided_otherwise(pair: ParagraphPair, room: _Room) -> bool:
    """Whether paragraphs differ in number, for which parts of a paragraph in either text give no reason.

    None is prose for verse.
    """
    ours, theirs = (_count(turn, "paragraph") for turn in (pair.original, pair.translation))
    if not ours or not theirs or ours == theirs:
        return False
    least, most = zip(*map(_possible, (pair.original, pair.translation)), strict=True)
    in_part = _divides_in_part(pair.original, pair.translation) or _divides_in_part(pair.translation, pair.original)
    return max(least) > min(most) or in_part or room.is_lost_in(pair)


def _divides_in_part(listing: Turn, other: Turn) -> bool:
    """Whether one list is paragraphs in the other text, but fewer than it has items: neither one for each nor one."""
    parts = sum(each.kind == PART for each in listing.paragraphs)
    items = [each.members for each in listing.series if each.element == "list"]
    if other.series or any(each.kind == PART for each in other.paragraphs) or items != [parts]:
        return False
    whole = _count(listing, "paragraph")
    return whole - parts + 1 < _count(other, "paragraph") < whole


def _possible(turn: Turn) -> tuple[int, int]:
    """How few paragraphs a turn may be translated in and how many: a part may be joined to another, or be one.

    What goes on after a list or quotation is joined to the paragraph before it with that.
    """
    parts = sum(each.kind == PART for each in turn.paragraphs)
    joined = sum(
        (first.kind, last.kind) == (PART, PROSE) and first.element not in _HEADINGS
        for first, last in pairwise(turn.paragraphs)
    )
    whole = _count(turn, "paragraph")
    return max(whole - parts - joined, 1), whole + sum(each.items for each in turn.paragraphs)


def _are_fewer_lines(pair: ParagraphPair, _: _Room) -> bool:
    """Whether lines of verse differ in number by more than translators take the freedom to; none is prose for it."""
    ours, theirs = (_count(turn, "verse line") for turn in (pair.original, pair.translation))
    difference = abs(ours - theirs)
    return bool(ours and theirs) and difference > 1 and difference > _FREE_LINES * max(ours, theirs)


@rule("TRN303", "paragraph-not-translated", Severity.ERROR)
def paragraph_not_translated(comparison: Comparison) -> Iterator[Finding]:
    """Where the paragraphs of a turn are linked, every one of the original has its translation.

    A paragraph that was skipped inside a long turn is harder to see than a turn.

    Wrong: a turn whose first paragraph points at t1p1, the second at t1p3, and none at t1p2

    Right: `<p corresp="original.xml#t1p2">` between the two
    """
    for pair in _linked(comparison):
        for here in pair.untranslated:
            paragraph = pair.original.paragraphs[here]
            before, _ = pair.match.around(here)
            near = None if before is None else pair.translation.paragraphs[before]
            place = f"after {near.id or 'its neighbour'}" if near else "as the first of its turn"
            yield Finding(
                f"{paragraph_title(paragraph, here + 1)} of {comparison.called(pair.original)} has no translation",
                near.location if near else pair.translation.location,
                hint=f'add <p corresp="{comparison.pointer(paragraph)}"> {place}',
                turn=pair.translation.id,
                related=(Related(paragraph.location, f"{paragraph_title(paragraph, here + 1)} in the original"),),
            )


@rule("TRN304", "paragraph-without-original", Severity.ERROR)
def paragraph_without_original(comparison: Comparison) -> Iterator[Finding]:
    """Where the paragraphs of a turn are linked, each points at a paragraph of the turn that it translates.

    A link into another turn, or to a paragraph that another one translates already, puts two passages beside each
    other that have nothing to do with each other.

    Wrong: `<p xml:id="e12p1" corresp="original.xml#t13p1">` in the translation of t12

    Right: `<p xml:id="e12p1" corresp="original.xml#t12p1">`
    """
    for pair in _linked(comparison):
        for there in pair.unoriginal:
            yield _without_original(comparison, pair, there)


def _without_original(comparison: Comparison, pair: ParagraphPair, there: int) -> Finding:
    paragraph = pair.translation.paragraphs[there]
    guess = pair.match.by_place.get(there)
    original = pair.original.paragraphs[guess] if guess is not None else None
    title = paragraph_title(paragraph, there + 1)
    where = f"{title} of {comparison.called(pair.translation)}"
    if paragraph.corresp:
        pointer = comparison.pointer_to(paragraph.corresp[0])
        said = f"points at {pointer}, which is not its counterpart in {pair.original.title}"
    else:
        said = f"points at no paragraph of {pair.original.title}"
    return Finding(
        f"{where} {said}",
        paragraph.location,
        hint=link_hint(comparison, original),
        turn=pair.translation.id,
        related=(Related((original or pair.original).location, f"{pair.original.title} in the original"),),
    )


@rule("TRN305", "paragraph-out-of-order", Severity.ERROR)
def paragraph_out_of_order(comparison: Comparison) -> Iterator[Finding]:
    """The paragraphs of a turn stand in the order of the original.

    Links that cross mean that a paragraph was moved, or that two links were exchanged.

    Wrong: the first paragraph points at t1p2, the second at t1p1

    Right: the first paragraph points at t1p1, the second at t1p2
    """
    for pair in _linked(comparison):
        for here, there in pair.match.out_of_order:
            original, paragraph = pair.original.paragraphs[here], pair.translation.paragraphs[there]
            yield Finding(
                f"{paragraph_title(paragraph, there + 1)} of {comparison.called(pair.translation)} stands at another "
                f"place than its original {original.id or here + 1}",
                paragraph.location,
                hint="move it to its place, or correct its corresp",
                turn=pair.translation.id,
                related=(Related(original.location, f"{paragraph_title(original, here + 1)} in the original"),),
            )


@rule("TRN306", "sentences-differ", Severity.NOTE)
def sentences_differ(comparison: Comparison) -> Iterator[Finding]:
    """A turn has about as many sentences in the translation as in the original.

    Translators divide and join sentences, and full stops end abbreviations as well. So this is said only where one
    text has at least twice as many and four more: there a passage may have been summed up, or padded out.

    Wrong: a turn of nine sentences told in three

    Right: a sentence of the translation for each of the original, more or less
    """
    for pair in comparison.paragraphs:
        ours, theirs = (_sentences(turn.paragraphs) for turn in (pair.original, pair.translation))
        if ours and theirs and abs(ours - theirs) >= _MORE_SENTENCES and max(ours, theirs) >= 2 * min(ours, theirs):
            yield Finding(
                f"{comparison.called(pair.translation)} has {_of_sentences(theirs)}, its original "
                f"{pair.original.id or pair.original.title} {ours}",
                pair.translation.location,
                hint=_LOOK,
                turn=pair.translation.id,
                related=(comparison.told(pair.original, " in the original"),),
            )


def _sentences(paragraphs: tuple[Paragraph, ...]) -> int:
    """As many as end; a paragraph is one at least, a line of verse is not. 0 where no sign ends any, as in Thai."""
    ends = [len(_SENTENCE_END.findall(paragraph.text + " ")) for paragraph in paragraphs]
    least = (0 if paragraph.kind == VERSE or not paragraph.text else 1 for paragraph in paragraphs)
    return sum(map(max, ends, least)) if any(ends) else 0


def _linked(comparison: Comparison) -> Iterator[ParagraphPair]:
    return (pair for pair in comparison.paragraphs if pair.linked)


def _of_sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


def _counted(number: int, kind: str) -> str:
    return f"1 {kind}" if number == 1 else f"{number} {kind}s"


CHECKS = (
    paragraphs_divided_otherwise,
    paragraph_not_translated,
    paragraph_without_original,
    paragraph_out_of_order,
    sentences_differ,
)
