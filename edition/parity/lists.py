"""The attendee lists of two texts, held against each other as lists of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from edition.diagnostics import Location
from edition.model import Attendance, Attendee, Edition, Text
from edition.parity.comparison import Comparison
from edition.parity.in_words import RUN, attendance_of, is_run, of_persons, persons_in, without_offices
from edition.parity.matching import Link, Match, match
from edition.parity.pairing import person_in

# "See page 4" in languages that editions are often in; a list of one entry is no list of anybody then.
_ELSEWHERE = re.compile(
    r"^\W*(see|cf|vgl|siehe|voir|véase|vedi|zob|см|смотри|дивись)\b|\b(page|p|pp|seite|s|стр|с|лист|л|folio|fol)\b\W*\d"
    r"|\b(attached|appended|annexed|appendix|annex|anlage|anhang|beigefügt|annexe|ci-jointe?|allegat[oa]|adjunt[oa]"
    r"|прилагается|прилагаются|приложен|приложение|додається|додаток|załączni[ku])\b"
    r"|\b(list|liste|список|lista|spis)\b.*\b(missing|lost|preserved|survived|fehlt|verloren|manque|perdue|brak"
    r"|отсутствует|утрачен|сохранился|відсутній|втрачено)\b"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lists:
    """The entries of both lists, each person once, where the lists stand, and how the entries match.

    `strangers` point at persons of their own file, under ids that the other file does not have. `declared` are those
    of two headers, where neither text has a list; their order says nothing. `element` is that of the translation's.
    `by_names` are matched by what the names sound like, so that nothing said of them is certain; `instead` are two of
    them that do not sound alike, though all others do. Of a run of words `element` is RUN.
    """

    original: tuple[Attendee, ...]
    translation: tuple[Attendee, ...]
    original_place: Location
    translation_place: Location
    match: Match
    strangers: bool
    declared: bool
    element: str
    by_names: bool = False
    instead: Link | None = None

    def unsure(self, *entries: Attendee) -> bool:
        """Whether what is said of entries is likely and no more: they are known by their names alone."""
        return self.by_names or any(entry.person is None for entry in entries)

    def are_of_two(self, here: int, there: int) -> bool:
        """Whether two entries are of two lists, the one of that for one side, the other of that for the other."""
        return self.original[here].part != self.translation[there].part

    @property
    def in_another(self) -> list[Link]:
        """Persons who stand in another list than in the original.

        Of names alone only where each text has as many lists, and most of the names are in the same one.
        """
        found = [both for both in self.match.pairs if self.are_of_two(*both)]
        if self.by_names and (
            parts_of(self.original) != parts_of(self.translation) or 2 * len(found) >= len(self.match.pairs)
        ):
            return []
        return found

    @property
    def unknown(self) -> tuple[list[Attendee], list[Attendee]]:
        """The entries of both lists that may be anybody: they point at nobody, and no such entry answers to them.

        Two that point at nobody are "and others", in both texts.
        """
        pairs = (*self.match.pairs, *((here, there) for there, here in self.match.by_place.items()))
        others = [pair for pair in pairs if self.original[pair[0]].person is self.translation[pair[1]].person is None]
        here, there = {here for here, _ in others}, {there for _, there in others}
        return (
            [each for n, each in enumerate(self.original) if each.person is None and n not in here],
            [each for n, each in enumerate(self.translation) if each.person is None and n not in there],
        )


def roll(text: Text) -> Attendance | None:
    """The list of a text, or where it has none those whom its header declares (particDesc, TEI P5, 16.2.2)."""
    if text.attendance is None and text.present:
        return Attendance(text.present, text.present[0].location, "listPerson")
    return text.attendance


def lists_of(comparison: Comparison) -> Lists | None:
    """Both lists, or None where one is missing or names no person at all.

    Where both texts have as many lists, each is held against its like, else all of them as one.
    """
    ours, theirs = comparison.original.attendance, comparison.translation.attendance
    declared = ours is None and theirs is None
    if declared:
        ours, theirs = roll(comparison.original), roll(comparison.translation)
    if ours is None or theirs is None or not (_named(ours) and _named(theirs)):
        return None
    if any(_is_label(entry) and entry.person not in comparison.pairing.same_person for entry in theirs.attendees):
        return None
    mine, other = (_once(each.attendees) for each in (ours, theirs))
    if parts_of(mine) != parts_of(other):
        mine, other = (_once(replace(entry, part=0) for entry in each) for each in (mine, other))
    links = _with_names(mine, other, _by_person(comparison, mine, other))
    edition = comparison.edition
    strangers = _are_strangers(
        persons(edition, comparison.original, mine), persons(edition, comparison.translation, other)
    )
    matched = match([""] * len(mine), [""] * len(other), links)
    return Lists(mine, other, ours.location, theirs.location, matched, strangers, declared, theirs.element)


def parts_of(entries: Iterable[Attendee]) -> int:
    """How many lists the entries are from."""
    return len({entry.part for entry in entries})


def _by_person(
    comparison: Comparison, ours: tuple[Attendee, ...], theirs: tuple[Attendee, ...]
) -> list[tuple[int, ...]]:
    """For each entry of the translation's the one of the same person: that of the same list, else of another one."""
    places: dict[str, dict[int, int]] = {}
    for here, entry in enumerate(ours):
        if entry.person:
            places.setdefault(comparison.person_in(comparison.original, entry.person), {})[entry.part] = here
    links: list[tuple[int, ...]] = [()] * len(theirs)
    free = {here for found in places.values() for here in found.values()}
    for is_same_list in (True, False):
        for there, entry in enumerate(theirs):
            person = comparison.person_in(comparison.translation, entry.person or "")
            known = comparison.shares_persons and person in places
            found = places.get(person if known else comparison.pairing.same_person.get(person, person), {})
            wanted = [here for part, here in found.items() if part == entry.part or not is_same_list]
            wanted = [here for here in wanted if here in free]
            if wanted and entry.person and not links[there]:
                links[there] = (wanted[0],)
                free.discard(wanted[0])
    return links


def lists_by_names(comparison: Comparison) -> Lists | None:
    """Both lists by the names in them; None where one is missing, or too few are known to be the same."""
    ours, theirs = attendance_of(comparison.original), attendance_of(comparison.translation)
    declared = ours is None and theirs is None
    if declared:
        ours, theirs = roll(comparison.original), roll(comparison.translation)
    if ours is None or theirs is None or says_nothing(ours) or says_nothing(theirs):
        return None
    from edition.parity.namesakes import matched, one_for_another

    mine, other = (tuple(first_of_each(each).values()) for each in each_by_itself(ours, theirs))
    labels = [entry.label for entry in mine], [entry.label for entry in other]
    found = matched(*labels)
    if found is None:
        return None
    instead, places = one_for_another(*labels, found), (ours.location, theirs.location)
    element = RUN if is_run(theirs) else theirs.element
    return Lists(mine, other, *places, found, False, declared, element, by_names=True, instead=instead)


def each_by_itself(ours: Attendance, theirs: Attendance) -> tuple[tuple[Attendee, ...], tuple[Attendee, ...]]:
    """The entries of both lists, those divided that name several where the other list has an entry for each.

    A list that is one run of words is its names.
    """
    from edition.parity.namesakes import alike, divided

    here, there = ([entry.label for entry in each.attendees] for each in (ours, theirs))
    if is_run(ours) or is_run(theirs):
        here, there = (
            persons_in(names[0]) if is_run(each) else names for each, names in ((ours, here), (theirs, there))
        )
        pairs = alike(here, there)
        return (
            of_persons(ours, without_offices(here, [mine for mine, _ in pairs])) if is_run(ours) else ours.attendees,
            of_persons(theirs, without_offices(there, [its for _, its in pairs]))
            if is_run(theirs)
            else theirs.attendees,
        )
    return _divided(ours, divided(here, there)), _divided(theirs, divided(there, here))


def _divided(attendance: Attendance, names: list[list[str]]) -> tuple[Attendee, ...]:
    entries = zip(attendance.attendees, names, strict=True)
    return tuple(replace(entry, label=each) for entry, labels in entries for each in labels)


def _with_names(
    ours: tuple[Attendee, ...], theirs: tuple[Attendee, ...], links: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The links, and one for each entry that points at nobody and sounds like one of the other list that has none."""
    linked = {here for each in links for here in each}
    mine = [here for here in range(len(ours)) if here not in linked]
    other = [there for there, each in enumerate(links) if not each]
    if all(entry.person for entry in (*(ours[n] for n in mine), *(theirs[n] for n in other))):
        return links
    from edition.parity.namesakes import alike

    found = list(links)
    for here, there in alike([ours[n].label for n in mine], [theirs[n].label for n in other]):
        if not (ours[mine[here]].person and theirs[other[there]].person):
            found[other[there]] = (mine[here],)
    return found


def first_of_each(entries: Iterable[Attendee]) -> dict[str, Attendee]:
    """The first entry of each name, by that."""
    found: dict[str, Attendee] = {}
    for entry in entries:
        found.setdefault(folded(entry), entry)
    return found


def folded(entry: Attendee) -> str:
    """The words of an entry in small letters."""
    return " ".join(_WORD.findall(entry.label.casefold()))


def listed(edition: Edition, text: Text) -> frozenset[str]:
    """The persons that the text's list names, or its header, as `person_in` has them."""
    found = roll(text)
    return persons(edition, text, found.attendees if found else ())


def persons(edition: Edition, text: Text, entries: Iterable[Attendee]) -> frozenset[str]:
    return frozenset(person_in(text, entry.person, edition.original) for entry in entries if entry.person)


def person(edition: Edition, entry: Attendee) -> str:
    """What messages call an entry: the person, or where it names none or nobody known the words that stand there."""
    if entry.person is None:
        return f'nobody ("{entry.label}")'
    return edition.persons.get(entry.person) or entry.label or edition.name_of(entry.person)


def name(edition: Edition, entry: Attendee) -> str:
    """What messages call an entry that is known by its name alone: that."""
    return f'"{entry.label}"' if entry.person is None else person(edition, entry)


def says_nothing(attendance: Attendance) -> bool:
    """Whether a list has no entry, or only one that says where to look."""
    return not attendance.attendees or refers_elsewhere(attendance)


def refers_elsewhere(attendance: Attendance) -> bool:
    """Whether a list says only where to look: "see page 4"."""
    entries = attendance.attendees
    return len(entries) == 1 and entries[0].person is None and bool(_ELSEWHERE.search(entries[0].label.casefold()))


def _are_strangers(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return ours.isdisjoint(theirs) and all(key.startswith("#") for key in ours | theirs)


def _is_label(entry: Attendee) -> bool:
    """Whether an entry is known by what a speaker is called: in another language he is called otherwise."""
    return entry.person is not None and "#" not in entry.person and not entry.person.startswith("key:")


def _named(attendance: Attendance) -> bool:
    return any(entry.person for entry in attendance.attendees)


def _once(entries: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """The entries without those of a person whom the same list has named before."""
    seen: set[tuple[int, str]] = set()
    found = []
    for entry in entries:
        if entry.person is None or (entry.part, entry.person) not in seen:
            found.append(entry)
            seen.add((entry.part, entry.person or ""))
    return tuple(found)
