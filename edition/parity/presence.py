"""ATT103 to ATT105: each attendee list by itself, and against those who speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby

from edition.diagnostics import Related, Severity
from edition.model import Attendance, Attendee, Edition, Text, Turn
from edition.parity.comparison import Comparison
from edition.parity.lists import folded, listed, person, persons, roll
from edition.parity.pairing import person_in
from edition.rules import Finding, rule

_NAMED = 30  # silent attendees that are called by name


@dataclass(frozen=True)
class Presence:
    """The attendee lists of an edition, beside those who speak in it.

    `disputed` are, by path of the text, the positions of turns whose counterpart has another speaker; `same_person`
    is as in Pairing. Both are empty where there is no translation.
    """

    edition: Edition
    disputed: dict[str, frozenset[int]] = field(default_factory=dict)
    same_person: dict[str, str] = field(default_factory=dict)

    def person_in(self, text: Text, key: str) -> str:
        """The key of a person as all texts of the edition have it."""
        return person_in(text, key, self.edition.original)

    @classmethod
    def of(cls, comparison: Comparison) -> Presence:
        pairing = comparison.pairing
        ours, theirs = pairing.original_voices, pairing.translation_voices
        wrong = [link for link in pairing.match.pairs if ours[link[0]] != theirs[link[1]]]
        disputed = {
            pairing.original.path: frozenset(here for here, _ in wrong),
            pairing.translation.path: frozenset(there for _, there in wrong),
        }
        return cls(comparison.edition, disputed, pairing.same_person)


@rule("ATT103", "attendee-listed-twice", Severity.ERROR)
def attendee_listed_twice(presence: Presence) -> Iterator[Finding]:
    """Nobody is in one attendee list twice. Of several lists each is taken by itself.

    Mostly one of the two entries points at the wrong person, and someone who was there is missing.

    Wrong: `<persName ref="#mao">Mao Zedong</persName>` and `<persName ref="#mao">Zhou Enlai</persName>`

    Right: `<persName ref="#mao">Mao Zedong</persName>` and `<persName ref="#zhou">Zhou Enlai</persName>`
    """
    for text in presence.edition.texts():
        first: dict[tuple[int, str], Attendee] = {}
        found = roll(text)
        for entry in found.attendees if found else ():
            if entry.person and first.setdefault((entry.part, entry.person), entry) is not entry:
                yield Finding(
                    f"{person(presence.edition, entry)} is in the attendee list twice",
                    entry.location,
                    hint="take one entry out, or correct its ref",
                    related=(Related(first[entry.part, entry.person].location, "the first entry"),),
                )
    yield from _named_twice(presence.edition)


def _named_twice(edition: Edition) -> Iterator[Finding]:
    """Mere names that stand twice in one list alone: in both, they are two persons, or two interpreters."""
    twice = [list(_repeated(text)) for text in edition.texts()]
    for first, entry in chain.from_iterable(twice) if len(twice) == 1 or not all(twice) else ():
        yield Finding(
            f'"{entry.label}" is in the attendee list twice',
            entry.location,
            hint="take one entry out, or write ref with the person in both",
            related=(Related(first.location, "the first entry"),),
            doubtful=True,
        )


def _repeated(text: Text) -> Iterator[tuple[Attendee, Attendee]]:
    """Entries that name nobody but by words, with the first of the same words."""
    unknown = [each for each in (text.attendance.attendees if text.attendance else ()) if each.person is None]
    for _, entries in groupby(unknown, lambda entry: entry.part):
        first: dict[str, Attendee] = {}
        for entry in entries:
            if folded(entry) and first.setdefault(folded(entry), entry) is not entry:
                yield first[folded(entry)], entry


@rule("ATT104", "speaker-not-present", Severity.ERROR)
def speaker_not_present(presence: Presence) -> Iterator[Finding]:
    """Whoever speaks is in the attendee list, or declared present in the header.

    A protocol often does not list its host; the header then says that he was there (particDesc). A speaker in neither
    place is a wrong `who` or a gap in the list. A header alone counts as a list where it declares most of those who
    speak.

    Wrong: turns of Stalin in a text whose list and header do not name him

    Right: `<listPerson type="present"><person sameAs="persons.xml#stalin">` in particDesc
    """
    everywhere = frozenset(who for text in presence.edition.texts() for who in listed(presence.edition, text))
    for text in presence.edition.texts():
        present_here = roll(text)
        if present_here is None or not _says_who(presence, text, present_here):
            continue
        # Whoever the other list has is missing in this one: ATT101 says so.
        accounted = everywhere | persons(presence.edition, text, text.present)
        for key, turn in _first_turns(text, presence.disputed.get(text.path, frozenset())):
            who = presence.person_in(text, key)
            if who in accounted or presence.same_person.get(who) in accounted:
                continue
            yield Finding(
                f"{presence.edition.name_of(key)} speaks, but is neither in the attendee list nor declared present",
                turn.location,
                hint="add an entry to the list, or declare the person in particDesc of the header",
                turn=turn.id,
                related=(Related(present_here.location, _called(text)),),
                doubtful=not all(entry.person for entry in present_here.attendees),  # one of these may be meant
            )


@rule("ATT105", "attendee-silent", Severity.NOTE)
def attendee_silent(presence: Presence) -> Iterator[Finding]:
    """Those present say something; who does not is listed here.

    This is mostly as it was: advisers and interpreters keep silent in a protocol. It can also show that turns were
    given to the wrong person.

    Wrong: an attendee whose only turn has the `who` of another

    Right: the `who` of the attendee
    """
    texts = tuple(presence.edition.texts())
    lists = [(each, found) for each in texts if (found := roll(each)) and _points(found)]
    if not lists or not all(each.speakers for each in texts):
        return
    text, first = lists[0]
    speaking = {presence.person_in(each, key) for each in texts for key in each.speakers}
    entries = {presence.person_in(text, entry.person): entry for entry in first.attendees if entry.person}
    silent = [person(presence.edition, entry) for who, entry in entries.items() if who not in speaking]
    if silent:
        speak = "speaks" if len(silent) == 1 else "speak"
        yield Finding(
            f"{len(silent)} of {len(entries)} attendees never {speak}: {_some(silent)}",
            first.location,
            hint="nothing to do if it was so; else correct the who of their turns",
            related=tuple(Related(found.location, "the list of the translation") for _, found in lists[1:]),
        )


def _some(names: list[str]) -> str:
    """The first of many, and how many more."""
    more = len(names) - _NAMED
    return ", ".join(names) if more < 2 else f"{', '.join(names[:_NAMED])} and {more} more"


def _says_who(presence: Presence, text: Text, found: Attendance) -> bool:
    """Whether a list points at anybody, which `key` does not; a header has all by key and most of those who speak."""
    if text.attendance is not None:
        return _points(found)
    if not all(entry.person for entry in found.attendees):
        return False
    speaking = frozenset(presence.person_in(text, key) for key in text.speakers)
    return 2 * len(speaking & persons(presence.edition, text, found.attendees)) >= len(speaking)


def _points(found: Attendance) -> bool:
    return any("#" in (entry.person or "") for entry in found.attendees)


def _called(text: Text) -> str:
    return "the first whom the header declares present" if text.attendance is None else "the attendee list"


def _first_turns(text: Text, disputed: frozenset[int]) -> Iterator[tuple[str, Turn]]:
    """Everyone who speaks in a text, with their first turn that is not disputed."""
    seen: set[str] = set()
    for position, turn in enumerate(text.turns):
        for key in turn.who if position not in disputed else ():
            if key not in seen:
                seen.add(key)
                yield key, turn


CHECKS = (attendee_listed_twice, speaker_not_present, attendee_silent)
