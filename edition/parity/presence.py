"""ATT103 to ATT105: each attendee list by itself, and against those who speak."""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Related, Severity
from edition.model import Attendee, Text, Turn
from edition.parity.comparison import Comparison
from edition.parity.lists import declared_present, listed, person
from edition.parity.pairing import person_in
from edition.rules import Finding, rule


@rule("ATT103", "attendee-listed-twice", Severity.ERROR)
def attendee_listed_twice(comparison: Comparison) -> Iterator[Finding]:
    """Nobody is in one attendee list twice.

    Mostly one of the two entries points at the wrong person, and someone who was there is missing.

    Wrong: `<persName ref="#mao">Mao Zedong</persName>` and `<persName ref="#mao">Zhou Enlai</persName>`

    Right: `<persName ref="#mao">Mao Zedong</persName>` and `<persName ref="#zhou">Zhou Enlai</persName>`
    """
    for text in comparison.edition.texts():
        first: dict[str, Attendee] = {}
        for entry in text.attendance.attendees if text.attendance else ():
            if entry.person and first.setdefault(entry.person, entry) is not entry:
                yield Finding(
                    f"{person(comparison, entry)} is in the attendee list twice",
                    entry.location,
                    hint="take one entry out, or correct its ref",
                    related=(Related(first[entry.person].location, "the first entry"),),
                )


@rule("ATT104", "speaker-not-present", Severity.ERROR)
def speaker_not_present(comparison: Comparison) -> Iterator[Finding]:
    """Whoever speaks is in the attendee list, or declared present in the header.

    A protocol often does not list its host; the header then says that he was there (particDesc). A speaker in neither
    place is a wrong `who` or a gap in the list.

    Wrong: turns of Stalin in a text whose list and header do not name him

    Right: `<listPerson type="present"><person sameAs="persons.xml#stalin">` in particDesc
    """
    person_files = {key.rpartition("#")[0] for key in comparison.edition.persons}
    for text, other, disputed in (
        (comparison.original, comparison.translation, _disputed(comparison, 0)),
        (comparison.translation, comparison.original, _disputed(comparison, 1)),
    ):
        if text.attendance is None or not text.attendance.attendees:
            continue
        # Whoever the other list has is missing in this one: ATT101 says so.
        accounted = set(listed(text) | declared_present(text) | listed(other))
        for key, turn in _first_turns(text, disputed):
            who = person_in(text, key)
            leads_nowhere = key not in comparison.edition.persons and key.rpartition("#")[0] in person_files
            if who in accounted or comparison.pairing.same_person.get(who) in accounted or leads_nowhere:
                continue
            yield Finding(
                f"{comparison.name((key,))} speaks, but is neither in the attendee list nor declared present",
                turn.location,
                hint="add an entry to the list, or declare the person in particDesc of the header",
                turn=turn.id,
                related=(Related(text.attendance.location, "the attendee list"),),
            )


@rule("ATT105", "attendee-silent", Severity.NOTE)
def attendee_silent(comparison: Comparison) -> Iterator[Finding]:
    """Those present say something; who does not is listed here.

    This is mostly as it was: advisers and interpreters keep silent in a protocol. It can also show that turns were
    given to the wrong person.

    Wrong: an attendee whose only turn has the `who` of another

    Right: the `who` of the attendee
    """
    texts = tuple(comparison.edition.texts())
    text = next((each for each in texts if each.attendance and listed(each)), None)
    if text is None or text.attendance is None or not all(each.speakers for each in texts):
        return
    speaking = {person_in(each, key) for each in texts for key in each.speakers}
    entries = {person_in(text, entry.person): entry for entry in text.attendance.attendees if entry.person}
    silent = [person(comparison, entry) for who, entry in entries.items() if who not in speaking]
    if silent:
        others = [each.attendance for each in texts if each is not text and each.attendance]
        yield Finding(
            f"{len(silent)} of {len(entries)} attendees never speak: {', '.join(silent)}",
            text.attendance.location,
            hint="nothing to do if it was so; else correct the who of their turns",
            related=tuple(Related(each.location, "the list of the translation") for each in others),
        )


def _disputed(comparison: Comparison, side: int) -> frozenset[int]:
    """Positions of the turns of one text whose counterpart has another speaker: TRN301 says so."""
    ours, theirs = comparison.pairing.original_voices, comparison.pairing.translation_voices
    return frozenset(link[side] for link in comparison.match.pairs if ours[link[0]] != theirs[link[1]])


def _first_turns(text: Text, disputed: frozenset[int]) -> Iterator[tuple[str, Turn]]:
    """Everyone who speaks in a text, with their first turn that is not disputed."""
    seen: set[str] = set()
    for position, turn in enumerate(text.turns):
        for key in turn.who if position not in disputed else ():
            if key not in seen:
                seen.add(key)
                yield key, turn


CHECKS = (attendee_listed_twice, speaker_not_present, attendee_silent)
