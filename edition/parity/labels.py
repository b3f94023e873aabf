"""Whose the label of a turn is: by the other turns of its file, and by the names in lists of persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from edition.model import Text, Turn
from edition.parity.offices import has_office
from edition.parity.romanised import romanised
from edition.parity.scripts import script_of
from edition.parity.slips import is_slip
from edition.parity.voices import Voice, are_alike, are_spellings, labels_of, may_be_one, person_in, voices_of

_LABELLED = 3  # turns that have a label before it is known whose it is
_WORD = re.compile(r"\w+")
_OFFICE = re.compile(r"[,;(\[:\u2013\u2014]")  # what follows it is no name


@dataclass(frozen=True)
class Labels:
    """The labels of a text that points at persons; `persons` are the names that lists give, by key."""

    text: Text
    original: Text
    persons: Mapping[str, str]

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        return voices_of(self.text, self.original)

    @cached_property
    def _counts(self) -> Counter[tuple[str, Voice]]:
        """How often each label stands over turns that point at each voice."""
        both = zip(self.text.turns, self.voices, strict=True)
        return Counter((_folded(turn), voice) for turn, voice in both if turn.who and turn.plain_label)

    @cached_property
    def _by_label(self) -> dict[str, Counter[Voice]]:
        found: dict[str, Counter[Voice]] = {}
        for (label, voice), count in self._counts.items():
            found.setdefault(label, Counter())[voice] = count
        return found

    @cached_property
    def _by_voice(self) -> dict[Voice, Counter[str]]:
        found: dict[Voice, Counter[str]] = {}
        for (label, voice), count in self._counts.items():
            found.setdefault(voice, Counter())[label] = count
        return found

    @cached_property
    def _usual(self) -> dict[str, frozenset[str]]:
        return labels_of(self.text, self.original, least=_LABELLED)

    @cached_property
    def _labelled(self) -> frozenset[Voice]:
        return frozenset(self._usual.values())

    def is_known(self, turn: Turn) -> bool:
        """Whether the label of a turn is that of a person elsewhere in the file, or the name of one."""
        return _folded(turn) in self._by_label or self._named(turn.plain_label) is not None

    def other(self, position: int) -> Voice:
        """Whose the label of a turn is, if it is certainly another's than its `who` says; else None."""
        turn = self.text.turns[position]
        return self._others.get((_folded(turn), self.voices[position])) if turn.who else None

    def rather(self, position: int) -> Voice:
        """Whose a label would rather be that stands but once over who speaks here, in a text of few turns.

        Both have one label in all their other turns, each another, and more than one turn under it. No label that
        says what somebody is: two may take the chair.
        """
        turn, voice = self.text.turns[position], self.voices[position]
        label, called = _folded(turn), self._by_voice.get(self.voices[position], Counter())
        others = [(other, count) for other, count in self._by_label.get(label, Counter()).items() if other != voice]
        if called[label] != 1 or len(called) != 2 or len(others) != 1 or has_office(turn.plain_label):
            return None
        usual = next(each for each in called if each != label)
        other, count = others[0]
        own = self._by_voice[other]
        alone = len(own) == len(self._by_label[usual]) == 1
        return other if alone and min(count, called[usual]) > 1 and _words(label).isdisjoint(_words(usual)) else None

    def is_called(self, voice: Voice, position: int) -> bool:
        """Whether the label of a turn is the name that a list or the key itself gives one person."""
        label, turns = self.text.turns[position].plain_label, zip(self.text.turns, self.voices, strict=True)
        key = next((turn.who[0] for turn, each in turns if each == voice and len(turn.who) == 1), "")
        name = key.rpartition("#")[2]
        return any(sounds_like(label, each) for each in (self.persons.get(key, name), name) if each)

    def is_usual(self, position: int) -> bool:
        """Whether the one who speaks here is mostly called so."""
        label, called = _folded(self.text.turns[position]), self._by_voice.get(self.voices[position], Counter())
        return called[label] > 1 and called[label] == max(called.values())

    def is_strange(self, position: int) -> bool:
        """Whether a label that stands once is nobody's name, and one who has another in all his other turns speaks.

        A word that the text itself has in small letters is no name, but what somebody is: the chairman.
        """
        turn, called = self.text.turns[position], self._by_voice.get(self.voices[position], Counter())
        label, words = _folded(turn), _words(turn.plain_label)
        if len(turn.who) != 1 or len(called) != 2 or called[label] != 1 or called.total() <= _LABELLED:
            return False
        if len(self._by_label[label]) > 1 or any(word in self._names_with for word in words):
            return False
        usual = next(other for other in called if other != label)
        own = (usual, self.persons.get(turn.who[0]) or usual)
        strange = all(_script(name) == _script(label) and not may_be_one(label, name) for name in own)
        return strange and words.isdisjoint(self._small_words)

    def meant_by_slip(self, position: int) -> str | None:
        """What a label that stands once and is nobody's was to be, by the usual label or the name of who speaks."""
        turn = self.text.turns[position]
        label, called = _folded(turn), self._by_voice.get(self.voices[position], Counter())
        if len(turn.who) != 1 or called[label] != 1 or len(self._by_label[label]) > 1:
            return None
        words = _words(turn.plain_label)
        if not (words.isdisjoint(self._names_with) and words.isdisjoint(self._small_words)):
            return None
        usual, often = called.most_common(1)[0]
        usually = self.first[usual, self.voices[position]].plain_label if often >= _LABELLED else ""
        names = (usually, *self.persons.get(turn.who[0], "").split())
        return next((name for name in names if is_slip(turn.plain_label, name)), None)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return small_words(self.text)

    @cached_property
    def first(self) -> dict[tuple[str, Voice], Turn]:
        """The first turn under each label that points at each voice."""
        both = zip(reversed(self.text.turns), reversed(self.voices), strict=True)
        return {(_folded(turn), voice): turn for turn, voice in both if turn.who}

    @cached_property
    def _others(self) -> dict[tuple[str, Voice], Voice]:
        """What `other` says, once for all turns of one label and one voice."""
        return {(label, voice): self._meant(turn, voice) for (label, voice), turn in self.first.items() if label}

    def _meant(self, turn: Turn, voice: Voice) -> Voice:
        label = _folded(turn)
        found = self._usual.get(label) if voice in self._labelled else None
        found = found or self._by_name(turn, voice)
        return found if found != voice else None

    def _by_name(self, turn: Turn, voice: Voice) -> Voice:
        """Who is called what a label says, where the one who speaks here has a name that is another altogether.

        Not of one who is mostly called so: a list may know a person by another name than a text.
        """
        label, name = turn.plain_label, self.persons.get(turn.who[0], "") if len(turn.who) == 1 else ""
        if not name or _script(name) != _script(label) or _are_one(label, name) or are_spellings(label, name):
            return None
        person, called = self._named(label), self._by_voice[voice]
        named = None if person is None else frozenset((person,))
        often = self._counts[label.casefold(), voice]
        elsewhere = self._by_label[label.casefold()][named] or len(called) > 1
        return named if elsewhere and 2 * often <= max(called.total(), 2) else None

    def _named(self, label: str) -> str | None:
        """The one person whose name a label is, or whose name stands in it."""
        words = _words(label)
        found = {
            key for word in words for key, name in self._names_with.get(word, ()) if words <= name or name <= words
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _names_with(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """Persons, with the words of their names, by each of these words."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for key, name in self.persons.items():
            person, words = person_in(self.text, key, self.original), _words(name)
            for word in words:
                found.setdefault(word, []).append((person, words))
        return found


def small_words(text: Text) -> frozenset[str]:
    """The words that stand in small letters somewhere in a text."""
    texts = (paragraph.text for turn in text.turns for paragraph in turn.paragraphs)
    return frozenset(word.replace("ё", "е") for each in texts for word in _WORD.findall(each) if word.islower())


def sounds_like(label: str, name: str) -> bool:
    """Whether a label in any script is a name or the end of one; offices that follow a comma are none.

    A title stands in front: the chairman is not Chairman Mao.
    """
    words, whole = romanised(label).split(), romanised(_OFFICE.split(name)[0]).split()
    pairs = zip(reversed(words), reversed(whole), strict=False)
    return 0 < len(words) <= len(whole) and all(are_alike(word, other) for word, other in pairs)


def _folded(turn: Turn) -> str:
    return turn.plain_label.casefold()


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold().replace("ё", "е")))


def _are_one(label: str, name: str) -> bool:
    return not _words(label).isdisjoint(_words(name))


def _script(name: str) -> str:
    return script_of([name], few=0)
