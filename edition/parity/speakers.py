"""TRN101, TRN103, TRN301 and TRN307: who speaks, in each text and in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

from edition.diagnostics import Severity
from edition.model import Text, Turn
from edition.parity.comparison import Comparison
from edition.parity.labels import Labels, sounds_like
from edition.parity.matching import Link
from edition.parity.turns import LONG
from edition.parity.voices import Voice, are_crosswise, may_be_one
from edition.rules import Finding, rule

_THROUGHOUT = 0.8  # of the turns of a speaker, to be told once


@rule("TRN101", "turn-without-speaker", Severity.ERROR)
def turn_without_speaker(comparison: Comparison) -> Iterator[Finding]:
    """A turn says in `who` who speaks, if the turns of its file do.

    A turn without a speaker is in no list of what a person said, and cannot be held against its counterpart. A label
    that is nobody's, such as `A voice`, says that nobody knows, if the other text does not know either.

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
        labels = _labels(comparison, text)
        for position, turn in enumerate(text.turns):
            partner = other.turns[partners[position]] if position in partners else None
            if turn.who or (turn.label and not (partner and partner.who) and not labels.is_known(turn)):
                continue
            who = comparison.who(partner.who) if partner and text is comparison.translation else ""
            yield Finding(
                f"{comparison.called(turn)} does not say in who who speaks",
                turn.location,
                hint=f'write who="{who}"' if who else 'write who="…" with the person, as its neighbours do',
                turn=turn.id,
                related=(comparison.told(partner, " is its counterpart"),) if partner else (),
            )


@rule("TRN103", "label-other-than-who", Severity.WARNING)
def label_other_than_who(comparison: Comparison) -> Iterator[Finding]:
    """The speaker's label names the person that `who` points at.

    Whose a label is shows in the other turns of the same file, and in the names that a list of persons gives. One of
    the two is wrong here; readers see the label, searches and lists follow `who`. Where the counterpart has another
    speaker, other-speaker says so. A label that stands over one turn of a person who has another in all the rest is
    told where the counterpart has the usual one, if it sounds like the name of somebody else who speaks or is listed:
    by a name that nobody else has the same person may be meant. So is one that is nobody's and a slip of the keys
    away from the usual one. In few turns it is enough that both have one label in all their other turns, if this one
    is the other's by name, or the counterpart has the usual one.

    Wrong: `<sp who="#stalin"><speaker>Mao:</speaker>` where Mao: is else the label of #mao

    Right: `<sp who="#mao"><speaker>Mao:</speaker>`
    """
    pairing, match = comparison.pairing, comparison.match
    original, translation = (_labels(comparison, text) for text in (comparison.original, comparison.translation))
    sides = (
        (original, translation, pairing.original_voices, pairing.translation_voices, match.translations),
        (translation, original, pairing.translation_voices, pairing.original_voices, match.originals),
    )
    for labels, others, ours, theirs, partners in sides:
        for position in range(len(labels.text.turns)):
            partner = partners.get(position)
            if partner is not None and theirs[partner] not in (ours[position], None):
                continue
            meant = labels.other(position)
            if not meant and (rather := labels.rather(position)):
                told = labels.is_called(rather, position) or (partner is not None and others.is_usual(partner))
                meant = rather if told else None
            if meant:
                yield _label_of(comparison, labels, position, meant)
            elif partner is not None and labels.is_strange(position) and others.is_usual(partner):
                label = labels.text.turns[position].plain_label
                if _sounds_like_another(comparison, label, ours[position]):
                    yield _strange_label(comparison, labels, position)
            elif partner is not None and (usual := labels.meant_by_slip(position)) and others.is_usual(partner):
                yield _slip(comparison, labels.text.turns[position], usual)


def _slip(comparison: Comparison, turn: Turn, usual: str) -> Finding:
    return Finding(
        f'{turn.title} has the label "{turn.plain_label}", which is nobody\'s, and the who of '
        f"{comparison.name(turn.who)}",
        turn.location,
        hint=f'write "{usual}", if that is meant',
        turn=turn.id,
    )


def _label_of(comparison: Comparison, labels: Labels, position: int, meant: frozenset[str]) -> Finding:
    turn = labels.text.turns[position]
    first = labels.first.get((turn.plain_label.casefold(), meant))
    return Finding(
        f"{turn.title} has the label of {_called(comparison, labels.text, meant)} and the who of "
        f"{comparison.name(turn.who)}",
        turn.location,
        hint="correct the one or the other",
        turn=turn.id,
        related=(comparison.told(first, " has that label and that who"),) if first else (),
    )


def _sounds_like_another(comparison: Comparison, label: str, voice: Voice) -> bool:
    """Whether a label that this voice has once is like a name of others and like none of its own."""
    pairing, own, others = comparison.pairing, set[str](), set(comparison.edition.persons.values())
    both = (pairing.original, pairing.original_voices), (pairing.translation, pairing.translation_voices)
    for text, voices in both:
        for turn, speaking in zip(text.turns, voices, strict=True):
            (own if speaking == voice else others).add(turn.plain_label)
        for entry in (*(text.attendance.attendees if text.attendance else ()), *text.present):
            person = comparison.person_in(text, entry.person or "")
            is_own = frozenset((pairing.same_person.get(person, person),)) == voice
            (own if is_own else others).add(entry.label)
    return any(
        sounds_like(label, name) and not any(may_be_one(name, each) for each in own - {label, ""}) for name in others
    )


def _strange_label(comparison: Comparison, labels: Labels, position: int) -> Finding:
    turn = labels.text.turns[position]
    other = next(each for each in labels.text.turns if each.who == turn.who and each is not turn and each.label)
    return Finding(
        f'{turn.title} has the label "{turn.plain_label}" and the who of {comparison.name(turn.who)}, whose label it '
        "is in no other turn",
        turn.location,
        hint=f'write "{other.label}", or correct who',
        turn=turn.id,
        related=(comparison.told(other, f' has the label "{other.plain_label}"'),),
    )


def _labels(comparison: Comparison, text: Text) -> Labels:
    return Labels(text, comparison.original, comparison.edition.persons)


def _called(comparison: Comparison, text: Text, voice: frozenset[str]) -> str:
    """The names of a voice; persons of the file itself are known without its path."""
    keys = (f"{text.path}{person}" if person.startswith("#") else person for person in sorted(voice))
    return comparison.name(keys)


@rule("TRN301", "other-speaker", Severity.ERROR)
def other_speaker(comparison: Comparison) -> Iterator[Finding]:
    """A turn has the same speaker in both texts.

    Equal numbers of turns prove nothing: two speakers exchanged leave every count as it was. Persons are compared,
    not the labels that name them. Files that share no person agree by whom most links show to be the same; a person
    whom one file calls otherwise throughout is told once, by speaker-under-another-key. Told once are also two who
    have changed places in nearly all turns of a part, and one who speaks for another throughout. Two neighbours
    without links of which each has the other's speaker are one finding: it may be the turns that are exchanged.

    Wrong: `<sp xml:id="e12" who="persons.xml#stalin" corresp="original.xml#t12">` where t12 is Mao's

    Right: `<sp xml:id="e12" who="persons.xml#mao" corresp="original.xml#t12">`
    """
    voices, places = comparison.pairing.translation_voices, list(_changed_places(comparison))
    yield from (_have_changed_places(comparison, links) for links in places)
    told = {link for links in places for link in links}
    crosswise = [first for first in _crosswise(comparison) if first not in told]
    yield from (_exchanged(comparison, first) for first in crosswise)
    told |= {link for here, there in crosswise for link in ((here, there), (here + 1, there + 1))}
    linked = Counter(voices[there] for _, there in comparison.match.pairs)
    for group in _grouped(comparison, told).values():
        if len(group) >= max(LONG, _THROUGHOUT * linked[voices[group[0][1]]]):
            yield _other_throughout(comparison, group)
        else:
            yield from (_other(comparison, link) for link in group)


def _crosswise(comparison: Comparison) -> Iterator[Link]:
    """The first of each two pairs of neighbours that nothing links and of which each has the other's speaker."""
    ours, theirs = comparison.pairing.original_voices, comparison.pairing.translation_voices
    last = -1
    for (here, there), following in pairwise(() if comparison.linked else comparison.match.pairs):
        neighbours = following == (here + 1, there + 1) and here > last
        if neighbours and are_crosswise(ours[here : here + 2], theirs[there : there + 2]):
            last = here + 1
            yield here, there


def _exchanged(comparison: Comparison, first: Link) -> Finding:
    ours, theirs = (
        text.turns[position : position + 2]
        for text, position in zip((comparison.original, comparison.translation), first, strict=True)
    )
    said, right = (" and ".join(map(comparison.speaker, turns)) for turns in (theirs, ours))
    return Finding(
        f"{theirs[0].title} and {theirs[1].title} are spoken by {said}, their originals by {right}: either each has "
        "the speaker of the other, or the two turns stand in other order",
        theirs[0].location,
        hint="exchange their speakers, or the turns, whichever of the two it is",
        turn=theirs[0].id,
        related=tuple(comparison.told(turn, " in the original") for turn in ours),
        doubtful=comparison.is_doubtful(here=first[0], there=first[1]),
    )


def _changed_places(comparison: Comparison) -> Iterator[list[Link]]:
    """The turns of two speakers of whom, from one turn to another, nearly always the other speaks."""
    groups, ours = _grouped(comparison, ()), comparison.pairing.original_voices
    for mine, other in groups:
        links = sorted((*groups[mine, other], *groups.get((other, mine), ())), key=lambda link: link[1])
        one_way = (other, mine) not in groups or links[0] not in groups[mine, other]
        if one_way or len(links) < LONG:
            continue
        between = range(links[0][1], links[-1][1] + 1)
        theirs = [there for here, there in comparison.match.pairs if ours[here] in (mine, other) and there in between]
        if len(links) >= _THROUGHOUT * len(theirs):
            yield links


def _have_changed_places(comparison: Comparison, links: list[Link]) -> Finding:
    first, last = (comparison.translation.turns[there] for _, there in (links[0], links[-1]))
    original = comparison.original.turns[links[0][0]]
    voices = comparison.pairing.translation_voices
    other = next(comparison.translation.turns[there] for _, there in links if voices[there] != voices[links[0][1]])
    return Finding(
        f"{comparison.speaker(first)} and {comparison.speaker(other)} have changed places in {len(links)} turns, "
        f"{first.title} to {last.title}: each has the speaker of the other",
        first.location,
        hint="exchange them in all of these turns" + (", or correct corresp" if comparison.linked else ""),
        turn=first.id,
        related=(comparison.told(original, " in the original"), comparison.told(last, " is the last of them")),
    )


def _grouped(comparison: Comparison, told: Collection[Link]) -> dict[tuple[Voice, Voice], list[Link]]:
    """The pairs of turns with different speakers, by who stands for whom; without those that are told already."""
    groups: dict[tuple[Voice, Voice], list[Link]] = {}
    for here, there in (link for link in comparison.match.pairs if link not in told):
        ours, theirs = comparison.pairing.original_voices[here], comparison.pairing.translation_voices[there]
        if ours is not None and theirs is not None and ours != theirs:
            groups.setdefault((ours, theirs), []).append((here, there))
    return groups


def _other(comparison: Comparison, link: Link) -> Finding:
    original, turn = comparison.original.turns[link[0]], comparison.translation.turns[link[1]]
    return Finding(
        f"{turn.title} is spoken by {comparison.speaker(turn)}, its original {original.id or original.title} by "
        f"{comparison.speaker(original)}",
        turn.location,
        hint=_same_speaker(comparison, original),
        turn=turn.id,
        related=(comparison.told(original, " in the original"),),
        doubtful=comparison.is_doubtful(here=link[0], there=link[1]),
    )


def _other_throughout(comparison: Comparison, group: list[Link]) -> Finding:
    """One finding for one who speaks for another in nearly all of his turns."""
    here, there = group[0]
    original, turn = comparison.original.turns[here], comparison.translation.turns[there]
    last = comparison.translation.turns[group[-1][1]]
    return Finding(
        f"{len(group)} turns, {turn.title} the first, are spoken by {comparison.speaker(turn)}, and by "
        f"{comparison.speaker(original)} in the original",
        turn.location,
        hint="in all of them " + _same_speaker(comparison, original),
        turn=turn.id,
        related=(
            comparison.told(original, " in the original"),
            comparison.told(last, " is the last of them"),
        ),
        doubtful=comparison.is_doubtful(here=here, there=there),
    )


def _same_speaker(comparison: Comparison, original: Turn) -> str:
    who = comparison.who(original.who)
    return (f'write who="{who}"' if who else "name the same speaker in both") + (
        ", or correct corresp" if comparison.linked else ""
    )


@rule("TRN307", "speaker-under-another-key", Severity.ERROR)
def speaker_under_another_key(comparison: Comparison) -> Iterator[Finding]:
    """Where two texts point at the same persons, they point at each of them under one key.

    Told once for a person whom the translation calls otherwise in turn after turn: who speaks is not in doubt there,
    but indexes take the two keys for two persons.

    Wrong: `who="#S1"` in every turn of `persons.xml#stalin`, where the other speakers have the keys of the original

    Right: `who="persons.xml#stalin"` in all of them
    """
    pairing = comparison.pairing
    if not comparison.shares_persons:
        return
    for person, original in pairing.same_person.items():
        linked = [
            (comparison.original.turns[here], comparison.translation.turns[there])
            for here, there in comparison.match.pairs
            if pairing.translation_voices[there] == pairing.original_voices[here] == frozenset((original,))
        ]
        said = comparison.translation
        turns = [turn for _, turn in linked if turn.who and comparison.person_in(said, turn.who[0]) == person]
        if not turns:
            continue
        ours, first = next(pair for pair in linked if pair[1] is turns[0])
        often = f"all {len(turns)}" if turns == [turn for _, turn in linked] else f"{len(turns)} of {len(linked)}"
        other, key = comparison.pointer_to(person), comparison.pointer_to(original)
        yield Finding(
            f'{comparison.speaker(ours)} is "{other}" in {often} turns, "{key}" in the original',
            first.location,
            hint=f'write who="{key}" in each, or one key for the person in both texts',
            turn=first.id,
            related=(comparison.told(ours, " is the first of them in the original"),),
        )


CHECKS = (turn_without_speaker, label_other_than_who, other_speaker, speaker_under_another_key)
