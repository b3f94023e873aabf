"""Which turn of the translation answers to which turn of the original: by the links that the files hold.

A link is `corresp` on either side, else the same xml:id in both files (TEI P5, 16.5.1). Where there are none, nothing
can be compared yet; an alignment would give the same Pairing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from edition.errors import EditionError
from edition.model import Text, Turn
from edition.parity.matching import Match, match

Voice = frozenset[str] | None  # who speaks: persons, or the label where a file knows no persons; None is unknown


class Linked(Protocol):
    """What can be linked: turns and paragraphs."""

    @property
    def id(self) -> str | None: ...
    @property
    def key(self) -> str: ...
    @property
    def corresp(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Pairing:
    """Two texts and how their turns answer to each other.

    The voices say whose each turn is, both in terms of the original, so that equal voices are the same speaker.
    """

    original: Text
    translation: Text
    original_voices: tuple[Voice, ...]
    translation_voices: tuple[Voice, ...]
    same_person: dict[str, str]
    match: Match


def pair(original: Text, translation: Text) -> Pairing:
    """Pair the turns of two texts by their links. Raises EditionError where nothing could be compared."""
    if original.path == translation.path:
        raise EditionError(f"{original.path}: original and translation are the same file", advice="name two files")
    for text in (original, translation):
        if not text.turns:
            raise EditionError(f"{text.path}: no turns, so nothing could be compared", advice="encode each as <sp>")
    links = follow(original.turns, translation.turns)
    if not any(links):
        raise EditionError(
            f"{translation.path}: no turn is linked to a turn of {original.path}, so nothing could be compared"
            + _astray(translation),
            advice='point each turn at its original (<sp corresp="FILE#ID">), or give both the same xml:id',
        )
    here, there = _voices(original), _voices(translation)
    same_person = _same_persons(here, there, links)
    answered = tuple(voice and frozenset(same_person.get(each, each) for each in voice) for voice in there)
    return Pairing(original, translation, here, answered, same_person, match(here, answered, links))


def follow(original: Sequence[Linked], translation: Sequence[Linked]) -> tuple[tuple[int, ...], ...]:
    """For each unit of the translation the positions in the original that it is linked to, in either direction."""
    keys: dict[str, int] = {}
    ids: dict[str, int] = {}
    back: dict[str, list[int]] = {}
    for position, unit in enumerate(original):
        keys.setdefault(unit.key, position)
        if unit.id:
            ids.setdefault(unit.id, position)
        for key in unit.corresp:
            back.setdefault(key, []).append(position)

    def targets(unit: Linked) -> tuple[int, ...]:
        found = [keys[key] for key in unit.corresp if key in keys] + back.get(unit.key, [])
        if not found and not unit.corresp and unit.id in ids:
            found = [ids[unit.id]]
        return tuple(dict.fromkeys(found))

    return tuple(targets(unit) for unit in translation)


def person_in(text: Text, key: str) -> str:
    """The key of a person, without the file where that is the text's own: files that each list their persons agree
    by id."""
    path, _, name = key.rpartition("#")
    return f"#{name}" if path == text.path else key


def label_of(turn: Turn) -> str:
    """A speaker's label without what typists put after it."""
    return turn.label.rstrip(" .:;,-–—")


def _voices(text: Text) -> tuple[Voice, ...]:
    knows_persons = bool(text.speakers)

    def voice(turn: Turn) -> Voice:
        if turn.who:
            return frozenset(person_in(text, key) for key in turn.who)
        label = label_of(turn).casefold()
        return None if knows_persons or not label else frozenset((label,))

    return tuple(voice(turn) for turn in text.turns)


def _same_persons(
    original: tuple[Voice, ...], translation: tuple[Voice, ...], links: Sequence[tuple[int, ...]]
) -> dict[str, str]:
    """Who of the translation is who of the original, where names alone do not tell: whom most links say.

    Where two files share most persons, by key, another key is another person and nothing is guessed. Labels differ
    by language, so one that both files have says nothing about the others.
    """
    here, there = _members(original), _members(translation)
    shared = here & there
    if any("#" in person for person in shared) and 2 * len(shared) >= min(len(here), len(there)):
        return {}
    seen: dict[str, Counter[str]] = {}
    for position, targets in enumerate(links):
        mine = translation[position]
        theirs = original[targets[0]] if len(targets) == 1 else None
        if mine and theirs and len(mine) == len(theirs) == 1 and not mine & shared:
            seen.setdefault(next(iter(mine)), Counter())[next(iter(theirs))] += 1
    return {mine: counts.most_common(1)[0][0] for mine, counts in seen.items()}


def _members(voices: tuple[Voice, ...]) -> frozenset[str]:
    return frozenset(person for voice in voices if voice for person in voice)


def _astray(translation: Text) -> str:
    for turn in translation.turns:
        if turn.corresp:
            return f" ({turn.title} points at {turn.corresp[0]}, which is no turn there)"
    return ""
