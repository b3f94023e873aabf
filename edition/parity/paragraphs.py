"""TRN302 to TRN306 and TRN4: the paragraphs of turns, and those outside turns, such as opening and duration."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from edition.diagnostics import Location, Related, Severity
from edition.model import Attendance, Paragraph, Text, Turn
from edition.parity.comparison import Comparison, ParagraphPair, match_paragraphs, paragraph_title
from edition.parity.in_words import says_who_was_present
from edition.parity.matching import Match
from edition.rules import Finding, rule

# Signs that end a sentence before a space, Greek question marks among them, and those that need none to follow.
_SENTENCE_END = re.compile(r"(?:[.!?…]|(?<=[\u0370-\u03ff])[;\u037e])+[\"'»”’)\]]*\s|[。！？।॥؟۔։]+")
_FREE_LINES = 0.25
_MORE_SENTENCES = 4


@rule("TRN302", "paragraphs-divided-otherwise", Severity.WARNING)
def paragraphs_divided_otherwise(comparison: Comparison) -> Iterator[Finding]:
    """A turn has as many paragraphs in the translation as in the original, and about as many lines of verse.

    A different number may be the translator's choice. It may also be a paragraph that was lost, or a page end that
    was taken for one. Verse that is translated in prose is not counted, nor is a quarter of the lines more or less;
    the items of a list may be paragraphs in the other text.

    Wrong: a turn of three paragraphs translated in two

    Right: a paragraph of the translation for each of the original
    """
    for pair in comparison.paragraphs:
        if pair.linked and (pair.match.only_original or pair.match.only_translation):
            continue  # each of these is told by itself
        for kind in ("paragraph", "verse line"):
            ours, theirs = (_count(turn, kind) for turn in (pair.original, pair.translation))
            if _is_told(ours, theirs, kind) and not _are_items(pair):
                yield Finding(
                    f"{comparison.called(pair.translation)} has {_counted(theirs, kind)}, "
                    f"its original {pair.original.id or pair.original.title} {ours}",
                    pair.translation.location,
                    hint="divide it as the original is divided",
                    turn=pair.translation.id,
                    related=(comparison.told(pair.original, " in the original"),),
                )


def _count(turn: Turn, kind: str) -> int:
    return sum(paragraph.is_verse is (kind == "verse line") for paragraph in turn.paragraphs)


def _is_told(ours: int, theirs: int, kind: str) -> bool:
    """Whether two numbers differ by more than translators take the freedom to; none is prose for verse."""
    if not ours or not theirs:
        return False
    difference = abs(ours - theirs)
    return difference > 0 if kind == "paragraph" else difference > 1 and difference > _FREE_LINES * max(ours, theirs)


def _are_items(pair: ParagraphPair) -> bool:
    """Whether the paragraphs that one text has more are items of lists in the other."""
    ours, theirs = (turn.paragraphs for turn in (pair.original, pair.translation))
    fewer, more = sorted((ours, theirs), key=len)
    return 0 < len(more) - len(fewer) <= sum(paragraph.items for paragraph in fewer)


@rule("TRN303", "paragraph-not-translated", Severity.ERROR)
def paragraph_not_translated(comparison: Comparison) -> Iterator[Finding]:
    """Where the paragraphs of a turn are linked, every one of the original has its translation.

    A paragraph that was skipped inside a long turn is harder to see than a turn.

    Wrong: a turn whose first paragraph points at t1p1, the second at t1p3, and none at t1p2

    Right: `<p corresp="original.xml#t1p2">` between the two
    """
    for pair in _linked(comparison):
        for here in pair.match.only_original:
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
        for there in _unanswered(pair.match):
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
        hint=_link_hint(comparison, original),
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
                hint="see whether a passage was left out, summed up or added",
                turn=pair.translation.id,
                related=(comparison.told(pair.original, " in the original"),),
            )


def _sentences(paragraphs: tuple[Paragraph, ...]) -> int:
    """As many as end; a paragraph is one at least, a line of verse is not. 0 where no sign ends any, as in Thai."""
    ends = [len(_SENTENCE_END.findall(paragraph.text + " ")) for paragraph in paragraphs]
    least = (0 if paragraph.is_verse or not paragraph.text else 1 for paragraph in paragraphs)
    return sum(map(max, ends, least)) if any(ends) else 0


@rule("TRN401", "frame-not-translated", Severity.ERROR)
def frame_not_translated(comparison: Comparison) -> Iterator[Finding]:
    """What the original says outside turns (opening, duration, who was present) stands in the translation as well.

    Such passages are easily lost, for no count of turns shows it. Where none of them is linked it is told once, and
    only if the translation has none at all.

    Wrong: a translation that ends with its last turn, where the original says how long the talk took

    Right: `<p xml:id="e-duration" corresp="original.xml#duration">`
    """
    ours, theirs = _frames(comparison)
    match = match_paragraphs(ours, theirs)
    if ours and not theirs and not comparison.translation.frame:
        listed = comparison.translation.attendance is not None
        said = (each for each in ours if not (listed and says_who_was_present(each)))
        yield from _no_frame(comparison, [each for each in said if each.text])
    for here in match.only_original if match.pairs else ():
        paragraph = ours[here]
        yield Finding(
            f'the passage {paragraph.id or ""} outside turns has no translation: "{_beginning(paragraph)}"',
            _place_in_translation(comparison, paragraph),
            hint=f'add <p corresp="{comparison.pointer(paragraph)}"> where it stands in the original',
            related=(Related(paragraph.location, "in the original"),),
        )


def _no_frame(comparison: Comparison, lost: Sequence[Paragraph]) -> Iterator[Finding]:
    """One finding for all passages of the original; whoever reads may see that a heading or a note says the same."""
    if len(comparison.translation.headings) > len(comparison.original.headings) or not lost:
        return
    first = lost[0]
    tag = f'<p corresp="{comparison.pointer(first)}">' if first.id else "<p>"
    passages = "the passage" if len(lost) == 1 else f"{len(lost)} passages, the first of them"
    yield Finding(
        f'the translation has nothing outside turns, the original {passages} "{_beginning(first)}"',
        _place_in_translation(comparison, first),
        hint=f"add {tag} where it stands in the original",
        related=(Related(first.location, "in the original"),),
        doubtful=True,
    )


@rule("TRN402", "frame-without-original", Severity.WARNING)
def frame_without_original(comparison: Comparison) -> Iterator[Finding]:
    """What the translation says outside turns stands in the original as well, and points at it.

    Asked only where such paragraphs are linked at all. A translator's own words must not pass for the document's.

    Wrong: `<p xml:id="e-duration">`

    Right: `<p xml:id="e-duration" corresp="original.xml#duration">`
    """
    ours, theirs = _frames(comparison)
    match = match_paragraphs(ours, theirs)
    in_turns = {paragraph.key for turn in comparison.original.turns for paragraph in turn.paragraphs}
    for there in _unanswered(match) if match.pairs else ():
        paragraph, guess = theirs[there], match.by_place.get(there)
        if in_turns.intersection(paragraph.corresp):
            continue  # it fell out of its turn, and that turn is missing: TRN201 says so
        original = None if guess is None else ours[guess]
        near = original.location if original else Location(comparison.original.path, 1)
        yield Finding(
            f'the passage {paragraph.id or ""} outside turns has no original: "{_beginning(paragraph)}"',
            paragraph.location,
            hint=_link_hint(comparison, original),
            related=(Related(near, "its place in the original" if original else "the original"),),
        )


def _linked(comparison: Comparison) -> Iterator[ParagraphPair]:
    return (pair for pair in comparison.paragraphs if pair.linked)


def _unanswered(match: Match) -> list[int]:
    """Units of the translation without an original of their own: those that a better link would give one as well."""
    doubled = [there for _, there in match.split if there in match.by_place]
    return sorted((*match.only_translation, *doubled))


def _link_hint(comparison: Comparison, original: Paragraph | None) -> str:
    if original is None:
        return "write corresp with the paragraph that it translates"
    return f'write corresp="{comparison.pointer(original)}"'


def _frames(comparison: Comparison) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """The paragraphs outside turns; without that of an attendee list that the other text lacks (ATT107 says so)."""
    ours, theirs = comparison.original, comparison.translation
    return _frame(ours, theirs.attendance), _frame(theirs, ours.attendance)


def _frame(text: Text, other: Attendance | None) -> tuple[Paragraph, ...]:
    if text.attendance is None or other is not None:
        return text.frame
    line = text.attendance.location.line or 0
    holder = max((each.location.line or 0 for each in text.frame if (each.location.line or 0) <= line), default=None)
    return tuple(each for each in text.frame if each.location.line != holder)


def _place_in_translation(comparison: Comparison, paragraph: Paragraph) -> Location:
    """The line after which a passage of the original belongs: that of the turn before it, if there is one."""
    line = paragraph.location.line or 0
    following = bisect_left(comparison.original.turns, line, key=lambda turn: turn.location.line or 0)
    return comparison.place_of(following) if following else comparison.translation.turns[0].location


def _beginning(paragraph: Paragraph) -> str:
    return paragraph.text if len(paragraph.text) <= 40 else paragraph.text[:39].rstrip() + "…"


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
    frame_not_translated,
    frame_without_original,
)
