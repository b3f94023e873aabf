"""Attendee lists of mere names, held against each other by how the names sound: Молотов and Molotov.

Of a name that sounds like no other nothing is known but its place: it is that of the name which stands alone between
the same two in the other list. So who is missing is said only where one list has all that the other has, and more;
and that one stands for another only where all others have their namesakes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from edition.parity.alignment.arrays import Reals
from edition.parity.alignment.likeness import likeness
from edition.parity.in_words import pieces
from edition.parity.matching import Link, Match, match
from edition.parity.offices import has_office, names_in
from edition.parity.romanised import romanised
from edition.parity.sounds import is_long, namesakes
from edition.parity.sounds import likeness as likeness_of_sound

_ALIKE = 0.6  # words that may be one in two scripts,
_CLEARLY = 0.15  # if others are less alike by so much
_MOST = 200  # entries that are held against each other, and
_FEW = 40  # those by their consonants
_APART = (
    0.6  # of their consonants are the same in names that do not sound alike; in those that do two thirds and more
)
_ENOUGH = 2  # names that sound alike, before one that does not is another
_LETTERS = 3  # of a word that is no initial


def matched(ours: Sequence[str], theirs: Sequence[str]) -> Match | None:
    """Which names are of the same person; None where that can be said of too few to know who is missing.

    Told by the word of each that no other of its list has and that sounds most alike.
    """
    sizes = len(ours), len(theirs)
    pairs = alike(ours, theirs)
    if not pairs or 2 * len(pairs) < min(sizes):
        return None
    found = _match(sizes, pairs)
    more = _at_their_places(found)
    if more is None:
        return None
    found = _match(sizes, [*pairs, *more])
    return None if found.lonely and found.homeless else found


def one_for_another(ours: Sequence[str], theirs: Sequence[str], found: Match) -> Link | None:
    """The two entries whose names sound nothing like each other, if all others that have names sound alike.

    More than one such pair may be a custom of these two languages. Entries without names, such as "and others", and
    those in scripts of which the sound is not known, say nothing; nor do offices that are not alike, for a president
    of Poland is named after it.
    """
    alike, apart = 0, list[Link]()
    for here, there in found.pairs if len(ours) == len(theirs) == len(found.pairs) else ():
        names = [" ".join(names_in(label)) for label in (ours[here], theirs[there])]
        sound = likeness_of_sound(*names) if all(names) else None
        alike += sound is not None and sound > _APART
        if sound is not None and sound <= _APART and not has_office(ours[here]) and not has_office(theirs[there]):
            apart.append((here, there))
    return apart[0] if len(apart) == 1 and alike >= _ENOUGH else None


def divided(labels: Sequence[str], others: Sequence[str]) -> list[list[str]]:
    """Each label as the names in it, if the other list has entries that sound like them; mostly it is one.

    Nothing is divided unless more entries have a counterpart then: what follows a comma is mostly an office.
    """
    entries = [pieces(label) for label in labels]
    parts = [(entry, piece) for entry, each in enumerate(entries) for piece in each]
    paired = Counter(parts[here][0] for here, _ in alike([piece for _, piece in parts], others))
    found = [
        each if each and paired[entry] == len(each) else [label]
        for entry, (label, each) in enumerate(zip(labels, entries, strict=True))
    ]
    names = [name for each in found for name in each]
    if len(names) > len(labels) and len(alike(names, others)) > len(alike(labels, others)):
        return found
    return [[label] for label in labels]


def _match(sizes: Link, pairs: Sequence[Link]) -> Match:
    originals = {there: here for here, there in pairs}
    links = [(originals[there],) if there in originals else () for there in range(sizes[1])]
    return match([""] * sizes[0], [""] * sizes[1], links)


def alike(ours: Sequence[str], theirs: Sequence[str]) -> list[Link]:
    """The entries of which each is by far the most alike to the other; none of very long lists."""
    if not 0 < min(len(ours), len(theirs)) <= max(len(ours), len(theirs)) <= _MOST:
        return []
    table = _table(_telling(ours), _telling(theirs))
    pairs = []
    for here, row in enumerate(table):
        there = int(row.argmax())
        best = row[there]
        others = np.concatenate((np.delete(row, there), np.delete(table[:, there], here), [0.0]))
        if best >= _ALIKE and best - others.max() >= _CLEARLY:
            pairs.append((here, there))
    return sorted([*pairs, *_by_consonants(ours, theirs, pairs)])


def _by_consonants(ours: Sequence[str], theirs: Sequence[str], pairs: Sequence[Link]) -> list[Link]:
    """Of a few entries that are left those whose names have the same consonants, if these are enough to tell."""
    taken = {here for here, _ in pairs}, {there for _, there in pairs}
    here, there = (
        [n for n in range(len(side)) if n not in each] for side, each in zip((ours, theirs), taken, strict=True)
    )
    if max(len(here), len(there)) > _FEW:
        return []
    mine, its = (
        [" ".join(word for word in names_in(side[n]) if is_long(word)) for n in positions]
        for side, positions in ((ours, here), (theirs, there))
    )
    return [(here[mine], there[its]) for mine, its in namesakes(mine, its)]


def _telling(labels: Sequence[str]) -> list[list[str]]:
    """The words of each entry that stand in no other: comrade and minister may stand in many."""
    words = [
        list(dict.fromkeys(word for word in romanised(each).split() if len(word) >= _LETTERS)) for each in labels
    ]
    often = Counter(word for each in words for word in each)
    return [[word for word in each if often[word] == 1] for each in words]


def _table(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> Reals:
    """How alike each entry here and there is: as much as the two words of them that are most alike."""
    here, there = ([(number, word) for number, each in enumerate(side) for word in each] for side in (ours, theirs))
    table: Reals = np.zeros((len(ours), len(theirs)))
    if here and there:
        words = likeness([word for _, word in here], [word for _, word in there])
        rows, columns = ([number for number, _ in side] for side in (here, there))
        np.maximum.at(table, np.ix_(rows, columns), words)
    return table


def _at_their_places(found: Match) -> list[Link] | None:
    """Entries alone between the same two in both lists; None where one list has more of them there than the other."""
    ours = _by_gap(found.lonely, [here for here, _ in found.in_order])
    theirs = _by_gap(found.homeless, [there for _, there in found.in_order])
    shared = ours.keys() & theirs.keys()
    if any(len(ours[gap]) != len(theirs[gap]) for gap in shared):
        return None
    return [link for gap in sorted(shared) for link in zip(ours[gap], theirs[gap], strict=True)]


def _by_gap(positions: Iterable[int], between: Sequence[int]) -> dict[int, list[int]]:
    """Positions by how many of the others stand before them."""
    found: dict[int, list[int]] = {}
    for position in sorted(positions):
        found.setdefault(bisect_left(between, position), []).append(position)
    return found
