"""VAL303: terms, which a translation renders by the same word each time."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from edition.diagnostics import Location, Severity
from edition.model import ASIDE, TERM, Paragraph, Text
from edition.parity.comparison import Comparison
from edition.parity.counterparts import Counterpart, Spans, counterparts, own_marks
from edition.parity.names import another
from edition.rules import Finding, rule


@dataclass(frozen=True, slots=True)
class Term:
    """A term in a text: which one it is, and its words."""

    key: str
    words: str
    location: Location


Passage = tuple[Counterpart, tuple[Term, ...], tuple[Term, ...]]


_OFTEN = 2  # times that a word stands for a term, and in most places, to be the one that does


@dataclass(frozen=True)
class Terms:
    """The terms of two texts, by passage: from the encoding if both texts mark them, else from the list."""

    comparison: Comparison

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return self._encoded or self._listed

    @cached_property
    def _encoded(self) -> tuple[Passage, ...]:
        ours, theirs = self.comparison.original, self.comparison.translation
        marked = [
            (passage, self._marked(ours, passage.original), self._marked(theirs, passage.translation))
            for passage in counterparts(self.comparison)
        ]
        both = any(mine for _, mine, _ in marked) and any(other for _, _, other in marked)
        return _same_keys(marked) if both else ()

    @cached_property
    def usual(self) -> tuple[dict[str, str], dict[str, str]]:
        """The word of either text that mostly stands for each term, where the encoding says which term it is."""
        return _usual([ours for _, ours, _ in self._encoded]), _usual([theirs for _, _, theirs in self._encoded])

    @cached_property
    def _listed(self) -> tuple[Passage, ...]:
        pairs, listed = counterparts(self.comparison), self.comparison.edition.terms
        if not listed:
            return ()
        here = [_words(term.original) for term in listed]
        there = [_words(term.translation) for term in listed]
        return tuple(
            (passage, _found(passage.original, here), _found(passage.translation, there)) for passage in pairs
        )

    def _marked(self, text: Text, paragraphs: tuple[Paragraph, ...]) -> tuple[Term, ...]:
        found = []
        for paragraph in paragraphs:
            for mark in own_marks(paragraph, TERM):
                if mark.keys:
                    words = paragraph.text[mark.start : mark.end]
                    found.append(Term(self.comparison.person_in(text, mark.keys[0]), words, mark.location))
        return tuple(found)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(str(number) for number, term in enumerate(self.comparison.edition.terms) if term.required)


def _usual(passages: Iterable[tuple[Term, ...]]) -> dict[str, str]:
    seen: dict[str, Counter[str]] = {}
    for terms in passages:
        for term in terms:
            seen.setdefault(term.key, Counter())[term.words.lower()] += 1
    found = {}
    for key, counts in seen.items():
        word, _ = counts.most_common(1)[0]
        count = sum(times for other, times in counts.items() if not another(word, other))
        if count >= _OFTEN and 2 * count > counts.total():
            found[key] = word
    return found


def _same_keys(passages: list[Passage]) -> tuple[Passage, ...]:
    """Passages whose keys mean the same in both texts. Where the two share none, each term of the translation is the
    one that it mostly stands for, as passages with one term on either side show."""
    ours = {term.key for _, mine, _ in passages for term in mine}
    theirs = {term.key for _, _, other in passages for term in other}
    if ours & theirs:
        return tuple(passages)
    seen: dict[str, Counter[str]] = {}
    for _, mine, other in passages:
        keys, others = {term.key for term in mine}, {term.key for term in other}
        if len(keys) == len(others) == 1:
            seen.setdefault(others.pop(), Counter())[keys.pop()] += 1
    same = {key: counts.most_common(1)[0][0] for key, counts in seen.items()}
    return tuple(
        (passage, mine, tuple(Term(same[term.key], term.words, term.location) for term in other if term.key in same))
        for passage, mine, other in passages
    )


def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, the longest that fits. `догово*` is every word that begins so."""
    longest_first = sorted(words, key=len, reverse=True)
    each = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


def _found(paragraphs: tuple[Paragraph, ...], listed: list[re.Pattern[str]]) -> tuple[Term, ...]:
    found: list[tuple[int, int, Term]] = []
    for number, paragraph in enumerate(paragraphs):
        asides = Spans(paragraph, ASIDE)
        for key, words in enumerate(listed):
            for each in words.finditer(paragraph.text):
                if not asides.cover(each.start()):
                    found.append((number, each.start(), Term(str(key), each[0], paragraph.location)))
    return tuple(term for _, _, term in sorted(found, key=lambda entry: entry[:2]))


@rule("VAL303", "term-rendered-otherwise", Severity.WARNING)
def term_rendered_otherwise(terms: Terms) -> Iterator[Finding]:
    """A term of the original has in the translation the word that stands for it elsewhere.

    Where two words of the original become one in the translation, a reader confuses two things: a treaty of alliance
    and an agreement on a railway. Terms come from `<term ref="…">`, or from [[term]] in edition.toml where the
    texts do not mark them. That a term is said less often is no finding.

    Wrong: "the new treaty" for «в новом соглашении», which is "agreement" elsewhere

    Right: "the new agreement"
    """
    for passage, ours, theirs in terms.passages:
        for lost, gained, times in _exchanged(ours, theirs):
            often = f" ({times} times)" if times > 1 else ""
            yield Finding(
                f'{passage.called} says "{gained.words}" where its original {passage.original_called} has '
                f'"{lost.words}"{often}',
                gained.location,
                hint="write the word that stands for it elsewhere, or correct ref",
                turn=passage.turn,
                related=(passage.told(lost.location, f'has "{lost.words}"'),),
            )
        yield from _in_another_word(terms, passage, ours, theirs)
        yield from _unrendered(terms, passage, ours, theirs)


def _in_another_word(
    terms: Terms, passage: Counterpart, ours: tuple[Term, ...], theirs: tuple[Term, ...]
) -> Iterator[Finding]:
    """The same term by its encoding, and the same word in the original, though the translation calls it otherwise."""
    here, there = terms.usual
    as_usual = {
        term.key: term for term in ours if term.key in here and not another(here[term.key], term.words.lower())
    }
    for term in theirs:
        usual, original = there.get(term.key), as_usual.get(term.key)
        if usual and original and another(usual, term.words.lower()):
            yield Finding(
                f'{passage.called} says "{term.words}" for "{original.words}" of {passage.original_called}, which is '
                f'"{usual}" elsewhere',
                term.location,
                hint=f'write "{usual}", or point at another term if it is one',
                turn=passage.turn,
                related=(passage.told(original.location, f'has "{original.words}"'),),
            )


def _exchanged(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> Iterator[tuple[Term, Term, int]]:
    """A term of the original that is said too seldom, one that is said too often instead, and how many times."""
    mine, other = Counter(term.key for term in ours), Counter(term.key for term in theirs)
    lost, gained = mine - other, other - mine
    waiting = deque(lost)  # in the order of the original
    for key in dict.fromkeys(term.key for term in theirs):
        while gained[key] > 0 and waiting:
            missing = waiting[0]
            times = min(lost[missing], gained[key])
            lost[missing] -= times
            gained[key] -= times
            if not lost[missing]:
                waiting.popleft()
            yield *_example(ours, theirs, missing, key), times


def _example(ours: tuple[Term, ...], theirs: tuple[Term, ...], lost: str, gained: str) -> tuple[Term, Term]:
    """The first place where one stands for the other, as far as the order of terms shows it."""
    if len(ours) == len(theirs):
        for mine, other in zip(ours, theirs, strict=True):
            if (mine.key, other.key) == (lost, gained):
                return mine, other
    return next(term for term in ours if term.key == lost), next(term for term in theirs if term.key == gained)


def _unrendered(
    terms: Terms, passage: Counterpart, ours: tuple[Term, ...], theirs: tuple[Term, ...]
) -> Iterator[Finding]:
    """Terms that edition.toml asks for and that no word of the list renders."""
    if theirs:
        return
    for term in {term.key: term for term in reversed(ours)}.values():
        if term.key in terms.required:
            wanted = " or ".join(terms.comparison.edition.terms[int(term.key)].translation)
            yield Finding(
                f'{passage.called} has no word of the list for "{term.words}" of {passage.original_called}',
                passage.place,
                hint=f"write {wanted}, or add the word to the [[term]] in edition.toml",
                turn=passage.turn,
                related=(passage.told(term.location, f'has "{term.words}"'),),
            )


CHECKS = (term_rendered_otherwise,)
