"""Whose each turn is, and who of the translation is who of the original.

A voice is the persons that speak together, by key, or the label where a file knows no persons; None is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from edition.model import Text, Turn

Voice = frozenset[str] | None

_USUALLY = 0.8  # of the turns with a label, to say whose label it is


def person_in(text: Text, key: str) -> str:
    """The key of a person, without the file where that is the text's own: files that each list their persons agree
    by id."""
    path, _, name = key.rpartition("#")
    return f"#{name}" if path == text.path else key


def label_of(turn: Turn) -> str:
    """A speaker's label without what typists put after it."""
    return turn.label.rstrip(" .:;,-–—")


def voices_of(text: Text) -> tuple[Voice, ...]:
    """The voice of each turn. Where `who` is missing, the label tells if the file says elsewhere whose it is."""
    known = labels_of(text)

    def voice(turn: Turn) -> Voice:
        if turn.who:
            return frozenset(person_in(text, key) for key in turn.who)
        label = label_of(turn).casefold()
        if not label:
            return None
        return known.get(label) if known else frozenset((label,))

    return tuple(voice(turn) for turn in text.turns)


def labels_of(text: Text) -> dict[str, frozenset[str]]:
    """Whose a label is, for the labels that mostly stand over the turns of one voice."""
    seen: dict[str, Counter[frozenset[str]]] = {}
    for turn in text.turns:
        label = label_of(turn).casefold()
        if turn.who and label:
            voice = frozenset(person_in(text, key) for key in turn.who)
            seen.setdefault(label, Counter())[voice] += 1
    found = {}
    for label, counts in seen.items():
        voice, count = counts.most_common(1)[0]
        if count >= _USUALLY * counts.total():
            found[label] = voice
    return found


def members(voices: Iterable[Voice]) -> frozenset[str]:
    return frozenset(person for voice in voices if voice for person in voice)


def share_persons(original: Sequence[Voice], translation: Sequence[Voice]) -> bool:
    """Whether two files name most of their persons by the same keys. Labels are words and differ by language."""
    here, there = members(original), members(translation)
    shared = here & there
    return any("#" in person for person in shared) and 2 * len(shared) >= min(len(here), len(there))


def same_persons(
    original: Sequence[Voice], translation: Sequence[Voice], links: Sequence[Sequence[int]]
) -> dict[str, str]:
    """Who of the translation is who of the original, where names alone do not tell: whom most links say.

    Where two files share most persons, by key, another key is another person and nothing is guessed. A label that
    both files have says nothing about the others.
    """
    if share_persons(original, translation):
        return {}
    shared = members(original) & members(translation)
    seen: dict[str, Counter[str]] = {}
    for position, targets in enumerate(links):
        mine = translation[position]
        theirs = original[targets[0]] if len(targets) == 1 else None
        if mine and theirs and len(mine) == len(theirs) == 1 and not mine & shared:
            seen.setdefault(next(iter(mine)), Counter())[next(iter(theirs))] += 1
    return {mine: counts.most_common(1)[0][0] for mine, counts in seen.items()}


def answered(voices: Iterable[Voice], same_person: dict[str, str]) -> tuple[Voice, ...]:
    """Voices of the translation in terms of the original."""
    return tuple(voice and frozenset(same_person.get(each, each) for each in voice) for voice in voices)
