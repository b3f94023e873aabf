"""TRN401 and TRN402: what stands outside turns, such as opening, duration, who was present."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from edition.diagnostics import Location, Related, Severity
from edition.model import PART, Attendance, Paragraph, Text
from edition.parity.comparison import Comparison, have_links, link_hint, match_paragraphs
from edition.parity.counterparts import closing_lost
from edition.parity.in_words import says_who_was_present
from edition.parity.matching import Match
from edition.parity.values.unpaired import Headings
from edition.rules import Finding, rule


@rule("TRN401", "frame-not-translated", Severity.ERROR)
def frame_not_translated(comparison: Comparison) -> Iterator[Finding]:
    """What the original says outside turns (opening, duration, who was present) stands in the translation as well.

    Such passages are easily lost, for no count of turns shows it. Where none of them is linked it is told once, and
    only if the translation has none at all; a date that its headings say is not missed. So are the closing words of a
    text (`closer`), if the translation ends with its last turn.

    Wrong: a translation that ends with its last turn, where the original says how long the talk took

    Right: `<p xml:id="e-duration" corresp="original.xml#duration">`
    """
    ours, theirs = _frames(comparison)
    match = match_paragraphs(ours, theirs)
    if ours and not theirs and not comparison.translation.frame:
        listed = comparison.translation.attendance is not None
        said = (each for each in ours if not (listed and says_who_was_present(each)))
        in_headings = Headings(comparison)
        yield from _no_frame(comparison, [each for each in said if each.text and not in_headings.date(each)])
    if closing := closing_lost(comparison):
        yield Finding(
            f'the translation has nothing after its turns, the original the closing words "{_beginning(closing)}"',
            comparison.translation.turns[-1].location,
            hint="add <closer> after the last turn",
            related=(Related(closing.location, "in the original"),),
            doubtful=True,
        )
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
    but = " but headings" if comparison.translation.headings else ""
    passages = "the passage" if len(lost) == 1 else f"{len(lost)} passages, the first of them"
    yield Finding(
        f'the translation has nothing outside turns{but}, the original {passages} "{_beginning(first)}"',
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
            hint=link_hint(comparison, original),
            related=(Related(near, "its place in the original" if original else "the original"),),
        )


def _unanswered(match: Match) -> list[int]:
    """Units of the translation without an original of their own: those that a better link would give one as well."""
    doubled = [there for _, there in match.split if there in match.by_place]
    return sorted((*match.only_translation, *doubled))


def _frames(comparison: Comparison) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """The paragraphs outside turns; without that of an attendee list that the other text lacks (ATT107 says so), and
    without items and cells where these are not linked."""
    ours, theirs = comparison.original, comparison.translation
    mine, other = _frame(ours, theirs.attendance), _frame(theirs, ours.attendance)
    linked = {key for each in other for key in each.corresp}
    if not linked or have_links(other):
        return mine, other
    return (
        tuple(each for each in mine if each.kind != PART or each.key in linked),
        tuple(each for each in other if each.kind != PART or each.corresp),
    )


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


CHECKS = (frame_not_translated, frame_without_original)
