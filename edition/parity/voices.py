"""Whose each turn is, and who of the translation is who of the original.

A voice is the persons that speak together, by key, or the label where a file knows no persons; None is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from edition.model import Text, Turn
from edition.parity.offices import names_in
from edition.parity.sounds import likeness, namesakes

Voice = frozenset[str] | None

_MOSTLY = 0.6  # of the turns of a voice, to say who answers to it
_ALIKE = 0.6
_CLOSELY = 0.8  # of words of which no more is known
_USUALLY = 0.8  # of the turns with a label, to say whose label it is; of those with a key, to say whose key it is
_INITIALS = 3  # letters that may stand for a name
_MOST_NAMES = 60  # of a text that are held against those of the other
_MAYBE = 0.6  # of the consonants of two labels that may be one
_THROUGHOUT = 3  # turns of a person under another key, before that is no slip


@dataclass(frozen=True)
class Spoken:
    """A text and the voice of each of its turns."""

    text: Text
    voices: tuple[Voice, ...]

    @classmethod
    def of(cls, text: Text, original: Text | None = None) -> Spoken:
        """Of a translation its original as well, at whose persons it may point."""
        return cls(text, voices_of(text, original or text))

    @cached_property
    def names(self) -> dict[Voice, str]:
        """What each voice is mostly called."""
        seen: dict[Voice, Counter[str]] = {}
        for turn, voice in zip(self.text.turns, self.voices, strict=True):
            if voice:
                ids = " ".join(sorted(key.rpartition("#")[2] for key in voice))
                seen.setdefault(voice, Counter())[turn.plain_label or ids] += 1
        return {voice: counts.most_common(1)[0][0] for voice, counts in seen.items()}

    @cached_property
    def _labels(self) -> dict[Voice, str]:
        """What labels, and not ids, call each voice."""
        labelled = {
            voice for turn, voice in zip(self.text.turns, self.voices, strict=True) if voice and turn.plain_label
        }
        return {voice: name for voice, name in self.names.items() if voice in labelled}

    def namesakes(self, other: Spoken) -> dict[Voice, Voice]:
        """The voices of another text that are called alike here, and if one is left in both, whom that answers to."""
        here, there = list(self._labels.items()), list(other._labels.items())
        if max(len(here), len(there)) > _MOST_NAMES:
            return {}
        pairs = namesakes([name for _, name in here], [name for _, name in there])
        found = {there[its][0]: here[mine][0] for mine, its in pairs}
        mine, its = self.names.keys() - found.values(), other.names.keys() - found.keys()
        return found | dict(zip(its, mine, strict=True)) if found and len(mine) == len(its) == 1 else found

    def shares_no_label(self, other: Spoken) -> bool:
        """Whether no label may be one of the other text, of several in both that can be heard."""
        ours, theirs = ({*list(each._labels.values())[:_MOST_NAMES]} for each in (self, other))
        heard = [likeness(name, label) for name in ours for label in theirs]
        return min(len(ours), len(theirs)) > 1 and all(each is not None and each < _MAYBE for each in heard)

    def are_alike(self, voice: Voice, other: Voice) -> bool:
        """Whether two labels may be spellings of one, or a rare one is a form of the other; ids are what they are."""
        if voice is None or other is None or any("#" in person for person in (*voice, *other)):
            return False
        name, usual = self.names.get(voice, ""), self.names.get(other, "")
        return are_spellings(name, usual) or self._is_form(voice, other)

    def _is_form(self, voice: Voice, other: Voice) -> bool:
        """Whether one of two labels is rare, and is the other with a title or a further name, or shortened.

        Not so where it names a third: Anna and Boris.
        """
        names = [self.names.get(each, "") for each in (voice, other)]
        if min(self._turns[voice], self._turns[other]) >= _THROUGHOUT or not are_forms(*names):
            return False
        words = {word for name in names for word in name.casefold().split()}
        return not any(
            words.issuperset(self.names[each].casefold().split()) for each in self.names if each not in (voice, other)
        )

    @cached_property
    def _turns(self) -> Counter[Voice]:
        return Counter(self.voices)


def person_in(text: Text, key: str, original: Text) -> str:
    """The key of a person, without the file where that is the text's own or its original's.

    Files that each list their persons agree by id, and a translation may point at those of its original.
    """
    path, _, name = key.rpartition("#")
    return f"#{name}" if path in (text.path, original.path) else key


def voices_of(text: Text, original: Text) -> tuple[Voice, ...]:
    """The voice of each turn. Where `who` is missing, the label tells if the file says elsewhere whose it is."""
    known, named, labelled = labels_of(text, original), _named(text, original), dict[str, Voice]()

    def voice(turn: Turn) -> Voice:
        if turn.who:
            return named[turn.who]
        label = turn.plain_label.casefold()
        if not label or known:
            return known.get(label)
        return labelled.setdefault(label, frozenset((label,)))

    return tuple(voice(turn) for turn in text.turns)


def _named(text: Text, original: Text) -> dict[tuple[str, ...], frozenset[str]]:
    """The voice of each `who`, once for all turns that have it."""
    return {
        who: frozenset(person_in(text, key, original) for key in who) for who in {turn.who for turn in text.turns}
    }


def labels_of(text: Text, original: Text, least: int = 1) -> dict[str, frozenset[str]]:
    """Whose a label is, for labels over at least so many turns, nearly all of them of one voice."""
    seen: dict[str, Counter[frozenset[str]]] = {}
    named = _named(text, original)
    for turn in text.turns:
        label = turn.plain_label.casefold()
        if turn.who and label:
            seen.setdefault(label, Counter())[named[turn.who]] += 1
    found = {}
    for label, counts in seen.items():
        voice, count = counts.most_common(1)[0]
        if count >= max(least, _USUALLY * counts.total()):
            found[label] = voice
    return found


def members(voices: Iterable[Voice]) -> frozenset[str]:
    return frozenset(person for voice in voices if voice for person in voice)


def share_persons(original: Sequence[Voice], translation: Sequence[Voice]) -> bool:
    """Whether two files name most of their persons by the same keys. Labels are words and differ by language."""
    here, there = members(original), members(translation)
    shared = here & there
    return any("#" in person for person in shared) and 2 * len(shared) >= min(len(here), len(there))


def are_spellings(name: str, other: str) -> bool:
    """Whether two labels are alike as a whole and word by word: Herr Müller is no Herr Schulze."""
    fewer, more = sorted((name.casefold().split(), other.casefold().split()), key=len)
    return _ratio(name, other) >= _ALIKE and all(any(_are_one_word(word, each) for each in more) for word in fewer)


def are_forms(name: str, other: str) -> bool:
    """Whether all words of one label are in the other, some of them shortened: Olga, Comrade Olga, O."""
    fewer, more = sorted((name.casefold().split(), other.casefold().split()), key=len)
    return bool(fewer) and all(any(_is_shortened(word, each) for each in more) for word in fewer)


def _is_shortened(word: str, other: str) -> bool:
    short, long = sorted((word.strip("."), other.strip(".")), key=len)
    return short == long or (len(short) <= _INITIALS and long.startswith(short))


def may_be_one(name: str, other: str) -> bool:
    """Whether a word of a name is one of the other, spelled otherwise or abbreviated: M. Jourdain for Monsieur."""
    return any(_are_one_word(word, each) for word in name.casefold().split() for each in other.casefold().split())


def are_alike(word: str, other: str) -> bool:
    """Whether two words may be one in two spellings; an initial is like no other."""
    return _ratio(word, other) >= _CLOSELY


def _are_one_word(word: str, other: str) -> bool:
    """Spelled otherwise, or abbreviated: M. and Monsieur, Dr and Doctor."""
    short, long = sorted((word.strip("."), other.strip(".")), key=len)
    letters = iter(long)
    abbreviated = short[:1] == long[:1] and all(letter in letters for letter in short)
    return abbreviated or _ratio(short, long) >= _ALIKE


def _ratio(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


Links = Sequence[tuple[int, int]]  # positions in the original and in the translation


def answered(original: Spoken, translation: Spoken, links: Links) -> tuple[Voice, ...]:
    """Whose the turns of the translation are in terms of the original: what most links say of their voices.

    Where two files share most persons, by key, another key is another person and nothing is guessed; but one that
    only the translation has, throughout for one person, is that person under another key (`renamed`). Else a voice
    differs only where enough other turns say who it is, or who answers to the original's. One person may have two
    labels: whoever mostly answers to a voice is the same, from whichever side one looks.
    """
    pairs = [(original.voices[here], translation.voices[there]) for here, there in links]
    if share_persons(original.voices, translation.voices):
        turns, persons = translation.text.turns, members(original.voices)
        known = renamed(
            original.voices, [pair for pair, link in zip(pairs, links, strict=True) if turns[link[1]].who]
        )
        keys = [voice and frozenset(known.get(person, person) for person in voice) for voice in translation.voices]
        # Whom only a label tells, and the original does not know, may be the slip of the one turn that has a key.
        return tuple(
            voice if voice and (turn.who or voice <= persons) else None
            for turn, voice in zip(turns, keys, strict=True)
        )
    called = _namesakes(original, translation, pairs)
    exchanged = _exchanged(called, pairs)
    originals = _usual(((theirs, ours) for ours, theirs in pairs), least=2) | exchanged
    translations = _usual(pairs, least=3) | {ours: theirs for theirs, ours in exchanged.items()}
    counterparts = {there: original.voices[here] for here, there in links}
    joint, named = _joint(translation.voices), _by_name(original, called, pairs)
    found = []
    for position, voice in enumerate(translation.voices):
        ours = counterparts.get(position)
        expected = originals.get(voice) or _together(voice, originals)
        if voice is None or ours is None or ours == expected or translations.get(ours) == voice:
            found.append(ours if voice else None)
        elif expected:
            found.append(ours if original.are_alike(ours, expected) else expected)
        elif voice in joint and translations.get(ours) not in joint[voice]:
            found.append(ours)
        elif usual := translations.get(ours):
            found.append(ours if translation.are_alike(voice, usual) else voice)
        else:
            found.append(named.get((ours, voice), ours))
    return tuple(found)


Pairs = Sequence[tuple[Voice, Voice]]  # of turns that are linked, whose each is


def _namesakes(original: Spoken, translation: Spoken, pairs: Pairs) -> dict[Voice, Voice]:
    """Who of the original has the name of a voice, if any voice stands beside several."""
    met = {(mine, other) for mine, other in pairs if mine and other}
    sides = zip(*met, strict=True)
    return original.namesakes(translation) if any(len(set(side)) < len(met) for side in sides) else {}


def _exchanged(called: dict[Voice, Voice], pairs: Pairs) -> dict[Voice, Voice]:
    """Voices of two who have been exchanged in a part of the text, however long, and who they are by name.

    Each stands beside both of two others again and again, and one of these is a namesake.
    """
    often = {pair for pair, times in Counter(pairs).items() if times > 1 and None not in pair}
    found: dict[Voice, Voice] = {}
    for theirs, ours in called.items():
        if (ours, theirs) not in often:
            continue
        rivals = (pair for pair in often if {(ours, pair[1]), (pair[0], theirs)} <= often)
        for mine, other in rivals:
            if mine != ours and other != theirs and called.get(other, mine) == mine:
                found |= {theirs: ours, other: mine}
    return found


def _by_name(original: Spoken, called: dict[Voice, Voice], pairs: Pairs) -> dict[tuple[Voice, Voice], Voice]:
    """Who of the original a voice is by name that stands beside another, for voices that stand beside several.

    So it is said only where that other has a namesake of his own, or where the voice stands beside its namesake as
    well and the other is called by a name, not by what he is: Stalin may be the chairman.
    """
    met = {(mine, other) for mine, other in pairs if mine and other}
    often = [Counter(side) for side in zip(*met, strict=True)]
    disputed = [(mine, other) for mine, other in met if often[0][mine] > 1 or often[1][other] > 1]
    others = ((mine, other) for mine, other in disputed if called.get(other, mine) != mine)
    return {
        (mine, other): called[other]
        for mine, other in others
        if not original.are_alike(mine, called[other])
        and (mine in called.values() or ((called[other], other) in met and names_in(original.names[mine])))
    }


def are_crosswise(ours: Sequence[Voice], theirs: Sequence[Voice]) -> bool:
    """Whether two turns are spoken by two people, and their counterparts by the same two the other way round."""
    return None not in ours and len(ours) == 2 and ours[0] != ours[1] and [*ours] == [*theirs][::-1]


def renamed(original: Sequence[Voice], pairs: Sequence[tuple[Voice, Voice]]) -> dict[str, str]:
    """Persons of the translation under keys that the original does not have, and who of the original they are.

    `pairs` are the voices of linked turns. But for slips each answers to all of the other's.
    """
    known = members(original)
    theirs = _usual(((other, mine) for mine, other in pairs), least=_THROUGHOUT, share=_USUALLY)
    ours = _usual(pairs, least=_THROUGHOUT, share=_USUALLY)
    return {
        person: key
        for other, mine in theirs.items()
        if other and mine and ours.get(mine) == other and len(other) == len(mine) == 1
        for person, key in zip(other, mine, strict=True)
        if person not in known
    }


def _usual(pairs: Iterable[tuple[Voice, Voice]], least: int, share: float = _MOSTLY) -> dict[Voice, Voice]:
    """For each voice the one that stands beside it in most of its turns, if those are enough to tell."""
    seen: dict[Voice, Counter[Voice]] = {}
    for mine, other in pairs:
        if mine and other:
            seen.setdefault(mine, Counter())[other] += 1
    best = {mine: (*counts.most_common(1)[0], counts.total()) for mine, counts in seen.items()}
    return {mine: other for mine, (other, count, total) in best.items() if count >= max(least, share * total)}


def _together(voice: Voice, known: dict[Voice, Voice]) -> Voice:
    """Several persons who speak together, if each of them is known."""
    each = [known.get(frozenset((person,))) for person in voice or ()]
    return frozenset(person for found in each if found for person in found) if each and all(each) else None


def _joint(voices: Iterable[Voice]) -> dict[Voice, frozenset[Voice]]:
    """Labels in which those of several others stand, with these: "Anna and Boris" may be both of them."""
    known = {voice for voice in voices if voice and len(voice) == 1}
    named = {voice: frozenset(frozenset((word,)) for label in voice for word in label.split()) for voice in known}
    return {voice: words & known for voice, words in named.items() if len((words & known) - {voice}) > 1}


def same_persons(raw: Sequence[Voice], resolved: Sequence[Voice]) -> dict[str, str]:
    """Single persons of the translation and who of the original they turned out to be, each the other's only one."""
    pairs = [
        (mine, other)
        for mine, other in zip(raw, resolved, strict=True)
        if mine and other and len(mine) == len(other) == 1
    ]
    theirs, ours = _usual(pairs, least=2), _usual(((other, mine) for mine, other in pairs), least=2)
    mutual = [(mine, other) for mine, other in theirs.items() if mine and other and ours.get(other) == mine]
    return {next(iter(mine)): next(iter(other)) for mine, other in mutual if mine != other}
