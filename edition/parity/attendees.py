"""ATT101, ATT102, ATT106 and ATT107: the two attendee lists name the same persons in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from edition.diagnostics import Location, Related, Severity
from edition.model import Attendance, Attendee, Edition, Text
from edition.parity.comparison import Comparison
from edition.parity.in_words import RUN, attendance_of, is_run
from edition.parity.labels import small_words
from edition.parity.lists import Lists, each_by_itself, folded, lists_by_names, lists_of, name, person, says_nothing
from edition.parity.matching import Link
from edition.rules import Finding, rule

# What hints ask for, by the element that the list is.
_LIST = {
    "list": '<list type="attendees">',
    "listPerson": '<listPerson type="attendees">',
    "castList": "<castList>",
}
_ENTRY = {"list": "an <item>", "listPerson": "a <person>", "castList": "a <castItem>", RUN: "the name"}
_POINTING = {
    "list": '<item><persName ref="{}">',
    "listPerson": '<person sameAs="{}">',
    "castList": '<castItem><role sameAs="{}">',
}


@rule("ATT101", "attendee-in-one-list", Severity.ERROR)
def attendee_in_one_list(comparison: Comparison) -> Iterator[Finding]:
    """Whoever is in the attendee list of one text is in that of the other.

    Persons are compared by the key in `ref`, not by the spelling of their names. Two lists of equal length may still
    name different persons. Files that each list their persons agree by those who speak; of the others only the number
    can be compared. Lists that point at nobody are compared by how their names sound, if one has all of the other's,
    else by their number, and what is found is a warning: who is missing, and a name that sounds nothing like that
    at its place, where all others do. So is who is missing beside an entry that points at nobody.
    Where neither text has a list, those whom the headers declare (particDesc) are compared.

    Wrong: twelve persons in the original, eleven in the translation

    Right: the same twelve in both
    """
    lists, by_names = lists_of(comparison), lists_by_names(comparison)
    if lists is None and by_names is None:
        yield from _unequal(comparison)
    if lists is not None:
        yield from _differences(comparison, lists)
    if by_names is not None and (lists is None or (lists.declared and not by_names.declared)):
        yield from _differences(comparison, by_names)


def _differences(comparison: Comparison, lists: Lists) -> Iterator[Finding]:
    if not lists.match.pairs or (lists.strangers and lists.declared):
        yield from _nobody_in_common(lists)
        return
    if lists.instead and not _are_common(comparison, lists, lists.instead):
        yield _sounds_otherwise(lists, *lists.instead)
    for here in lists.match.only_original:
        if lists.original[here].person or lists.by_names:
            yield _missing(comparison, lists, here)
    for there in lists.match.only_translation:
        entry, guess = lists.translation[there], lists.match.by_place.get(there)
        opposite = None if guess is None else lists.original[guess]
        if opposite and lists.strangers:
            continue  # one may well be the other
        if opposite and entry.person and opposite.person:
            yield _exchanged(comparison, entry, opposite)
        elif not opposite and (entry.person or lists.by_names):
            yield Finding(
                _is_in_one(comparison.edition, entry, "translation", "original"),
                entry.location,
                hint="take the entry out, or add it to the original if its witness has it",
                related=(Related(lists.original_place, "the list of the original"),),
                doubtful=lists.by_names or bool(lists.unknown[0]),
            )


def _missing(comparison: Comparison, lists: Lists, here: int) -> Finding:
    entry = lists.original[here]
    before, _ = lists.match.around(here)
    near = None if before is None else lists.translation[before]
    ref = comparison.who((entry.person,)) if entry.person and "#" in entry.person else ""
    wanted = _POINTING[lists.element].format(ref) if ref else _ENTRY[lists.element]
    called = name(comparison.edition, entry)
    return Finding(
        _is_in_one(comparison.edition, entry, "original", "translation"),
        near.location if near else lists.translation_place,
        hint=f"add {wanted} " + (f"after {name(comparison.edition, near)}" if near else "at the head of the list"),
        related=(Related(entry.location, f"{called} in the list of the original"),),
        doubtful=lists.by_names or bool(lists.unknown[1]),
    )


def _is_in_one(edition: Edition, entry: Attendee, one: str, other: str) -> str:
    """An entry that points at nobody may be no person: "and others"."""
    if entry.person is None:
        return f'the entry "{entry.label}" is in the attendee list of the {one}, not in that of the {other}'
    return f"{person(edition, entry)} is an attendee in the {one}, not in the {other}"


def _nobody_in_common(lists: Lists) -> Iterator[Finding]:
    """Lists of files that each have their own persons can be counted; headers may well speak of other people."""
    ours, theirs = len(lists.original), len(lists.translation)
    related = (Related(lists.original_place, "the list of the original"),)
    if lists.strangers and ours != theirs:
        what = "header declares {} persons" if lists.declared else "attendee list has {} entries"
        yield Finding(
            f"the {what.format(theirs)}, that of the original {ours}",
            lists.translation_place,
            hint="add who is missing; with ref to one list of persons in both texts it can be told who",
            related=related,
            doubtful=lists.declared,
        )
    elif not lists.strangers and not lists.declared:
        yield Finding(
            "the attendee lists have no person in common",
            lists.translation_place,
            hint="let the entries of both point at one list of persons, in ref",
            related=related,
            doubtful=lists.unsure(*lists.original, *lists.translation),
        )


def _unequal(comparison: Comparison) -> Iterator[Finding]:
    """Lists of which one has mere names can be counted too; that each entry is one person is likely and no more."""
    ours, theirs = comparison.original.attendance, comparison.translation.attendance
    if ours is None or theirs is None or any(says_nothing(each) or is_run(each) for each in (ours, theirs)):
        return
    here, there = map(len, each_by_itself(ours, theirs))
    if here != there:
        yield Finding(
            f"the attendee list has {there} entries, that of the original {here}",
            theirs.location,
            hint="add who is missing; with ref to one list of persons in both texts it can be told who",
            related=(Related(ours.location, "the list of the original"),),
            doubtful=True,
        )


def _are_common(comparison: Comparison, lists: Lists, both: Link) -> bool:
    """Whether a word of one of two entries stands in small letters in its own text: the nurse is no name."""
    sides = ((comparison.original, lists.original[both[0]]), (comparison.translation, lists.translation[both[1]]))
    return any(small_words(text).intersection(folded(entry).split()) for text, entry in sides)


def _sounds_otherwise(lists: Lists, here: int, there: int) -> Finding:
    entry, opposite = lists.translation[there], lists.original[here]
    return Finding(
        f'the list names "{entry.label}" where the original names "{opposite.label}", which sounds nothing like it',
        entry.location,
        hint="correct the one or the other; if it is one person, write ref with the person in both",
        related=(Related(opposite.location, "in the list of the original"),),
        doubtful=True,
    )


def _exchanged(comparison: Comparison, entry: Attendee, opposite: Attendee) -> Finding:
    instead, right = person(comparison.edition, entry), person(comparison.edition, opposite)
    if instead == right:  # one name, two keys
        instead, right = (comparison.pointer_to(each.person or "") for each in (entry, opposite))
    return Finding(
        f"the list names {instead} where the original names {right}",
        entry.location,
        hint="let ref of both entries point at the same person",
        related=(Related(opposite.location, f"{right} in the list of the original"),),
    )


@rule("ATT102", "attendee-out-of-order", Severity.ERROR)
def attendee_out_of_order(comparison: Comparison) -> Iterator[Finding]:
    """The attendees stand in the same order in both texts.

    The order of a protocol is rank; it is part of what the document says. Reported are the fewest entries that must
    move, and who stands in another list, where both texts have one for each side.

    Wrong: Molotov, Mikoyan, Malenkov where the original has Molotov, Malenkov, Mikoyan

    Right: Molotov, Malenkov, Mikoyan
    """
    lists = lists_of(comparison)
    if lists is None or lists.declared:
        lists = lists_by_names(comparison)
    if lists is None or lists.declared:
        return
    elsewhere = lists.in_another
    for here, there in elsewhere:
        yield _in_another_list(comparison, lists, here, there)
    for here, there in lists.match.out_of_order:
        if (here, there) in elsewhere:
            continue
        before, _ = lists.match.around(here)
        place = "first" if before is None else f"after {name(comparison.edition, lists.translation[before])}"
        called = name(comparison.edition, lists.translation[there])
        yield Finding(
            f"{called} stands at another place of the list than in the original",
            lists.translation[there].location,
            hint=f"put the entry {place}",
            related=(Related(lists.original[here].location, f"{called} in the list of the original"),),
            doubtful=lists.unsure(lists.original[here], lists.translation[there]),
        )


def _in_another_list(comparison: Comparison, lists: Lists, here: int, there: int) -> Finding:
    entry, opposite = lists.translation[there], lists.original[here]
    called, own, right = name(comparison.edition, entry), entry.part + 1, opposite.part + 1
    return Finding(
        f"{called} stands in list {own} of the attendees, in the original in list {right}",
        entry.location,
        hint=f"put the entry into list {right}",
        related=(Related(opposite.location, f"{called} in the list of the original"),),
        doubtful=lists.unsure(opposite, entry),
    )


@rule("ATT106", "attendee-unknown", Severity.NOTE)
def attendee_unknown(comparison: Comparison) -> Iterator[Finding]:
    """An entry of an attendee list points at a person.

    A name alone cannot be compared with a name in another script: Родин and Roshchin look like two persons and are
    one, or the other way round.

    Wrong: `<item><persName>Родин</persName></item>`

    Right: `<item><persName ref="persons.xml#roshchin">Родин</persName></item>`
    """
    yield from _nobody_is_named(comparison)
    lists = lists_of(comparison)
    if lists is None:
        return
    for entries in lists.unknown:
        yield from map(_unknown, entries)


def _nobody_is_named(comparison: Comparison) -> Iterator[Finding]:
    for text in comparison.edition.texts():
        found = attendance_of(text)
        if found and is_run(found):
            yield from _in_words(comparison, found)
            continue
        entries = text.attendance.attendees if text.attendance else ()
        if text.attendance and not says_nothing(text.attendance) and not _names_anybody(entries):
            how = "compared by how they sound and where they stand" if lists_by_names(comparison) else "only counted"
            which = "no entry" if len(entries) == 1 else f"none of the {len(entries)} entries"
            yield Finding(
                f"{which} of the attendee list names a person, so they were {how}",
                text.attendance.location,
                hint='write ref="…" with the person in each',
            )


def _in_words(comparison: Comparison, found: Attendance) -> Iterator[Finding]:
    if lists_by_names(comparison) is None:
        yield Finding(
            "who was present stands in one run of words, which could not be compared",
            found.location,
            hint="make it a list, with an entry for each person and ref in it",
        )


def _names_anybody(entries: tuple[Attendee, ...]) -> bool:
    return any(entry.person for entry in entries)


def _unknown(entry: Attendee) -> Finding:
    return Finding(
        f'the entry "{entry.label}" of the attendee list names no person',
        entry.location,
        hint='write ref="…" with the person, so that it can be compared',
    )


@rule("ATT107", "attendee-list-missing", Severity.ERROR)
def attendee_list_missing(comparison: Comparison) -> Iterator[Finding]:
    """Where one text lists who was present, so does the other, and a list has entries.

    A list that was left out, or one that says no more than "see page 4", takes with it the answer to the first
    question that readers ask of a protocol.

    A header counts as a list where neither text has another, and as missing where every `who` points into its own
    file, at persons that are not there.

    Wrong: an attendee list in the original, none in the translation

    Right: `<list type="attendees">` with an item for each person, in both
    """
    for text, other in (
        (comparison.original, comparison.translation),
        (comparison.translation, comparison.original),
    ):
        elsewhere = (Related(other.attendance.location, "the list of the other text"),) if other.attendance else ()
        if attendance_of(text) is None and other.attendance:
            yield Finding(
                "the text has no attendee list, the other text has one",
                Location(text.path, text.turns[-1].location.line),
                hint=f"add {_LIST[other.attendance.element]} with {_ENTRY[other.attendance.element]} for each person",
                related=elsewhere,
            )
        elif text.attendance is not None and says_nothing(text.attendance):
            said = "".join(f'only "{entry.label}"' for entry in text.attendance.attendees[:1])
            yield Finding(
                f"the attendee list has {said or 'no entries'}",
                text.attendance.location,
                hint="add an entry for each person",
                related=elsewhere,
            )
        elif _header_is_missing(comparison.edition, text, other):
            yield Finding(
                f"the header declares nobody, that of the other text {len(other.present)} of those present",
                text.turns[0].location,
                hint="add a <listPerson> to particDesc, with a <person xml:id> for each whom who points at",
                related=(Related(other.present[0].location, "the first whom the other text declares"),),
            )


def _header_is_missing(edition: Edition, text: Text, other: Text) -> bool:
    """Whether a header lacks the persons whom its text points at, and the other, with no list either, has its own."""
    if other.attendance or not other.present or text.present or not text.speakers:
        return False
    return all(key.startswith(f"{text.path}#") and key not in edition.persons for key in text.speakers)


CHECKS = (attendee_in_one_list, attendee_out_of_order, attendee_unknown, attendee_list_missing)
