"""VAL301 and VAL302: persons, places and organisations, turn by turn, by what they are and not by their spelling."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edition.diagnostics import Location, Severity
from edition.model import NAME, Paragraph, Text
from edition.parity.comparison import Comparison
from edition.parity.counterparts import Counterpart, counterparts, own_marks
from edition.rules import Finding, rule

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: what it points at, as the text spells it, and where."""

    key: str
    words: str
    location: Location


@dataclass(frozen=True)
class Names:
    """The names of two texts that are compared, by passage."""

    comparison: Comparison

    @cached_property
    def passages(self) -> tuple[tuple[Counterpart, tuple[Named, ...], tuple[Named, ...]], ...]:
        """Turns and headings; lists of attendees have rules of their own."""
        ours, theirs = self.comparison.original, self.comparison.translation
        lists = {paragraph.key for text in (ours, theirs) for paragraph in text.frame}
        return tuple(
            (passage, self._named(ours, passage.original), self._named(theirs, passage.translation))
            for passage in counterparts(self.comparison)
            if passage.original[0].key not in lists
        )

    def _named(self, text: Text, paragraphs: tuple[Paragraph, ...]) -> tuple[Named, ...]:
        found = []
        for paragraph in paragraphs:
            for mark in own_marks(paragraph, NAME):
                words = paragraph.text[mark.start : mark.end]
                found += [Named(self.comparison.person_in(text, key), words, mark.location) for key in mark.keys]
        return tuple(found)

    def keys_in(self, text: Text, paragraphs: tuple[Paragraph, ...]) -> frozenset[str]:
        """What paragraphs name, also where an editor added it: that answers to a name of the other text."""
        marks = (mark for paragraph in paragraphs for mark in paragraph.marks if mark.kind == NAME)
        return frozenset(self.comparison.person_in(text, key) for mark in marks for key in mark.keys)

    @cached_property
    def original_forms(self) -> dict[str, frozenset[str]]:
        return _forms(named for _, ours, _ in self.passages for named in ours)

    @cached_property
    def translation_forms(self) -> dict[str, frozenset[str]]:
        return _forms(named for _, _, theirs in self.passages for named in theirs)

    @cached_property
    def comparable(self) -> bool:
        """Whether both texts mark names by the same keys: most that one has, the other has too."""
        ours, theirs = self.original_forms.keys(), self.translation_forms.keys()
        return bool(ours and theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _forms(names: Iterator[Named]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for named in names:
        found.setdefault(named.key, set()).add(named.words)
    return {key: frozenset(words) for key, words in found.items()}


@rule("VAL301", "name-in-one-text", Severity.NOTE)
def name_in_one_text(names: Names) -> Iterator[Finding]:
    """Whoever and whatever a turn names, it names in both texts.

    Names are compared by what they point at. A word made from the name is as good as the name: "Japanese aggression"
    names Japan. A translator may well say "he" for a name, so this is no more than worth a look.

    Wrong: `<placeName ref="persons.xml#japan">` in the original, and nothing of Japan in the translation

    Right: the name, or a word made from it, in both
    """
    if not names.comparable:
        return
    original, translation = names.comparison.original, names.comparison.translation
    for passage, ours, theirs in names.passages:
        there = names.keys_in(translation, passage.translation)
        for named in _only(ours, there, passage.translation, names.translation_forms):
            yield Finding(
                f'{passage.called} does not name "{named.words}", which its original {passage.original_called} names',
                passage.place,
                hint="name it, or mark the word that stands for it with the same ref",
                turn=passage.turn,
                related=(passage.told(named.location, f'names "{named.words}"'),),
            )
        here = names.keys_in(original, passage.original)
        for named in _only(theirs, here, passage.original, names.original_forms):
            yield Finding(
                f'{passage.called} names "{named.words}", which its original {passage.original_called} does not',
                named.location,
                hint="mark it as <supplied> if the translator added it, or correct its ref",
                turn=passage.turn,
                related=(passage.told(),),
            )


def _only(
    names: tuple[Named, ...],
    others: frozenset[str],
    paragraphs: tuple[Paragraph, ...],
    forms: dict[str, frozenset[str]],
) -> Iterator[Named]:
    """Names whose key the other side has not, nor a word in its paragraphs that is made from the name."""
    seen = set(others)
    words: list[str] = []
    for named in names:
        if named.key not in seen:
            seen.add(named.key)
            words = words or sorted(word.lower() for each in paragraphs for word in _WORD.findall(each.text))
            stems = (stem for form in forms.get(named.key, ()) for stem in _stems(form))
            if not any(_begins_a_word(stem, words) for stem in stems):
                yield named


def _stems(words: str) -> Iterator[str]:
    """The beginnings by which a name is known in words made from it: `japa`, `манчжур`; short names as they are."""
    parts = _WORD.findall(words)
    long = [part for part in parts if len(part) > 4] or [part for part in parts if len(part) == 4]
    if words.isupper() or not long:
        yield words.lower()
    for part in long:
        yield part[: max(4, len(part) - 2)].lower()


def _begins_a_word(stem: str, words: list[str]) -> bool:
    """Whether one of these words, in the order of the alphabet, begins so."""
    at = bisect_left(words, stem)
    return at < len(words) and words[at].startswith(stem)


@rule("VAL302", "one-thing-under-two-names", Severity.WARNING)
def one_thing_under_two_names(names: Names) -> Iterator[Finding]:
    """A turn of the translation calls a thing by one name where its original does.

    Readers who do not know that both names are of one town take them for two.

    Wrong: Dalny and Dairen in one turn, where the original has Дальний twice

    Right: Dalny twice, or an editor's addition that says that both are one
    """
    for passage, ours, theirs in names.passages:
        by_key = _by_key(ours)
        for key, forms in _by_key(theirs).items():
            other = next((each for each in forms if another(forms[0].words, each.words)), None)
            originals = by_key.get(key, [])
            if other is None or not originals or _differ(originals):
                continue
            yield Finding(
                f'{passage.called} says "{forms[0].words}" and "{other.words}" for what its original '
                f'{passage.original_called} calls "{originals[0].words}"',
                other.location,
                hint=f'write "{forms[0].words}" in both places, or correct ref if they are two things',
                turn=passage.turn,
                related=(passage.told(originals[0].location, f'has "{originals[0].words}"'),),
            )


def _by_key(names: tuple[Named, ...]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for named in names:
        found.setdefault(named.key, []).append(named)
    return found


def _differ(names: list[Named]) -> bool:
    """Whether one of them is another name than the first, or a word made from it: Испания, испанский."""
    first = names[0].words
    return any(another(first, each.words) or first[:1].islower() != each.words[:1].islower() for each in names)


def another(words: str, other: str) -> bool:
    """Whether two forms are two names, and not one inflected, shortened or abbreviated."""
    if words.isupper() != other.isupper():
        return False
    mine, theirs = ({part.lower() for part in _WORD.findall(form)} for form in (words, other))
    return not any(_alike(a, b) for a in mine for b in theirs)


def _alike(word: str, other: str) -> bool:
    shared = next(
        (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return 2 * shared >= max(len(word), len(other))


CHECKS = (name_in_one_text, one_thing_under_two_names)
