"""TRN1 and TRN301: who speaks, in each text and in both."""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Location, Related, Severity
from edition.parity.comparison import Comparison
from edition.rules import Finding, rule


@rule("TRN101", "turn-without-speaker", Severity.ERROR)
def turn_without_speaker(comparison: Comparison) -> Iterator[Finding]:
    """A turn says in `who` who speaks, if the turns of its file do.

    A turn without a speaker is in no list of what a person said, and cannot be held against its counterpart.

    Wrong: `<sp xml:id="t12"><speaker>Mao:</speaker>`

    Right: `<sp xml:id="t12" who="persons.xml#mao"><speaker>Mao:</speaker>`
    """
    sides = (
        (comparison.original, comparison.translation, comparison.match.translations),
        (comparison.translation, comparison.original, comparison.match.originals),
    )
    for text, other, partners in sides:
        if not text.speakers:
            continue
        for position, turn in enumerate(text.turns):
            if turn.who:
                continue
            partner = other.turns[partners[position]] if position in partners else None
            yield Finding(
                f"{comparison.called(turn)} does not say in who who speaks",
                turn.location,
                hint='write who="…" with the person, as its neighbours do',
                turn=turn.id,
                related=(comparison.told(partner, " is its counterpart"),) if partner else (),
            )


@rule("TRN102", "same-language", Severity.WARNING)
def same_language(comparison: Comparison) -> Iterator[Finding]:
    """Original and translation are in different languages, as `xml:lang` says.

    Two files in one language are mostly the same file twice, or one of them says the wrong language; hyphenation and
    quotation marks of the print then go wrong with it.

    Wrong: `<text xml:lang="ru">` in the translation into English

    Right: `<text xml:lang="en">`
    """
    ours, theirs = comparison.original.language, comparison.translation.language
    if ours and theirs and ours.split("-")[0].lower() == theirs.split("-")[0].lower():
        yield Finding(
            f"original and translation are both in {theirs}",
            Location(comparison.translation.path, 1),
            hint="compare an original with its translation, or correct xml:lang",
            related=(Related(Location(comparison.original.path, 1), f"the original, in {ours}"),),
        )


@rule("TRN301", "other-speaker", Severity.ERROR)
def other_speaker(comparison: Comparison) -> Iterator[Finding]:
    """A turn has the same speaker in both texts.

    Equal numbers of turns prove nothing: two speakers exchanged leave every count as it was. Persons are compared,
    not the labels that name them. Files that share no person agree by whom most links show to be the same.

    Wrong: `<sp xml:id="e12" who="persons.xml#stalin" corresp="original.xml#t12">` where t12 is Mao's

    Right: `<sp xml:id="e12" who="persons.xml#mao" corresp="original.xml#t12">`
    """
    pairing = comparison.pairing
    for here, there in comparison.match.pairs:
        ours, theirs = pairing.original_voices[here], pairing.translation_voices[there]
        if ours is None or theirs is None or ours == theirs:
            continue
        original, turn = comparison.original.turns[here], comparison.translation.turns[there]
        who = comparison.who(original.who)
        yield Finding(
            f"{turn.title} is spoken by {comparison.speaker(turn)}, its original {original.id or original.title} by "
            f"{comparison.speaker(original)}",
            turn.location,
            hint=(f'write who="{who}"' if who else "name the same speaker in both") + ", or correct corresp",
            turn=turn.id,
            related=(comparison.told(original, " in the original"),),
        )


CHECKS = (turn_without_speaker, same_language, other_speaker)
