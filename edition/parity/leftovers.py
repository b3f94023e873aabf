"""VAL4: what was left as it is: untranslated sentences, letters of another script, passages far too short or long."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from statistics import median

from edition.diagnostics import Severity
from edition.model import ASIDE, FOREIGN, NAME, Paragraph
from edition.parity.comparison import Comparison
from edition.parity.counterparts import Counterpart, Spans, counterparts, spoken
from edition.parity.scripts import script_of, script_of_letter
from edition.rules import Finding, rule

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_RUN_WORDS, _RUN_LETTERS = 2, 10  # what of another script is more than a name or an abbreviation
_WITHOUT_SPACES = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"))
_SAME_WORDS = 5  # of a sentence that stands in both texts and is no formula
_MIN_LENGTH = 100  # characters; shorter passages differ in length by chance
_MIN_PASSAGES = 8  # that it takes to know how the two languages differ in length
# By how long they are: the spreads, by the median of deviations, that a passage may be from the usual, and how many
# times longer or shorter it may be however even the lengths are. Short ones spread more than those that are judged.
_MEASURES = ((_MIN_LENGTH, 6.0, 1.8), (20, 3.0, 2.5))
_NORMAL = 1.4826  # the median of deviations, of a normal distribution, times this is its standard deviation


@dataclass(frozen=True)
class Leftovers:
    """Two texts that are compared, with the script that each is mostly written in."""

    comparison: Comparison

    @cached_property
    def passages(self) -> tuple[Counterpart, ...]:
        return counterparts(self.comparison)

    @cached_property
    def scripts(self) -> tuple[str, str]:
        """Of the original and of the translation; empty where a text has hardly a letter."""
        ours = script_of((each.text for passage in self.passages for each in passage.original), few=0)
        theirs = script_of((each.text for passage in self.passages for each in passage.translation), few=0)
        return ours, theirs


@rule("VAL401", "text-not-translated", Severity.WARNING)
def text_not_translated(leftovers: Leftovers) -> Iterator[Finding]:
    """No words of the original stand untranslated in the translation.

    A line that was copied to be translated later passes every count. Found are words in the script of the original,
    and whole sentences that stand in both texts; what is marked as `<foreign>` is meant so.

    Wrong: "We believe that срок действия соглашения should be shortened."

    Right: "We believe that the duration of the agreement should be shortened."
    """
    ours, theirs = leftovers.scripts
    for passage in () if leftovers.comparison.is_one_text_twice else leftovers.passages:
        for paragraph in passage.translation:
            words = _foreign_words(paragraph, ours) if ours and ours != theirs else None
            words = words or _same_sentence(passage, paragraph)
            if words:
                yield Finding(
                    f'{passage.called} has words of the original: "{_short(words)}"',
                    paragraph.location,
                    hint='translate them, or mark them as <foreign xml:lang="…">',
                    turn=passage.turn,
                    related=(passage.told(),),
                )


def _foreign_words(paragraph: Paragraph, script: str) -> str | None:
    """The first run of words in this script, if it is longer than a name or an abbreviation would be."""
    text = paragraph.text
    if text.isascii() and script != "LATIN":
        return None
    run: list[str] = []
    meant = Spans(paragraph, FOREIGN, ASIDE, NAME)
    for found in (*_WORD.finditer(text), None):
        in_script = found is not None and script_of_letter(found[0][0]) == script
        if found is not None and in_script and not meant.cover(found.start()):
            run.append(found[0])
            continue
        needed = 1 if script in _WITHOUT_SPACES else _RUN_WORDS
        if len(run) >= needed and sum(map(len, run)) >= _RUN_LETTERS:
            return " ".join(run)
        run = []
    return None


def _same_sentence(passage: Counterpart, paragraph: Paragraph) -> str | None:
    originals = {sentence for each in passage.original for sentence in _sentences(each)}
    meant = [mark for mark in paragraph.marks if mark.kind in (FOREIGN, ASIDE)]
    same = next((sentence for sentence in _sentences(paragraph) if sentence in originals), None)
    if same is None or any(paragraph.text[mark.start : mark.end] in same for mark in meant):
        return None
    return same


def _sentences(paragraph: Paragraph) -> Iterator[str]:
    """Sentences of some words, most of them no names."""
    for found in _SENTENCE.finditer(paragraph.text):
        words = _WORD.findall(found[0])
        if len(words) >= _SAME_WORDS and 2 * sum(word.islower() for word in words) > len(words):
            yield found[0].strip()


@rule("VAL402", "word-of-two-scripts", Severity.WARNING)
def word_of_two_scripts(leftovers: Leftovers) -> Iterator[Finding]:
    """A word is written in one script.

    A Latin "c" in a Cyrillic word looks right and is found by no search; character recognition and keyboards make
    such words.

    Wrong: «Cталин» with a Latin C

    Right: «Сталин»
    """
    for passage in leftovers.passages:
        for paragraph in (*passage.original, *passage.translation):
            for word in _WORD.findall(paragraph.text) if not paragraph.text.isascii() else ():
                scripts = {script_of_letter(letter) for letter in word} & {"CYRILLIC", "LATIN", "GREEK"}
                if len(scripts) > 1:
                    few = min(scripts, key=lambda script: sum(script_of_letter(letter) == script for letter in word))
                    letters = ", ".join(dict.fromkeys(letter for letter in word if script_of_letter(letter) == few))
                    yield Finding(
                        f'the word "{word}" has {few.capitalize()} letters among others: {letters}',
                        paragraph.location,
                        hint="write it in one script",
                        turn=_turn_of(passage, paragraph),
                    )


def _turn_of(passage: Counterpart, paragraph: Paragraph) -> str | None:
    if passage.turns is None:
        return None
    return passage.turns[0 if paragraph in passage.original else 1].id


@rule("VAL403", "length-out-of-proportion", Severity.WARNING)
def length_out_of_proportion(leftovers: Leftovers) -> Iterator[Finding]:
    """A passage is about as long in the translation as the two texts are elsewhere.

    A sentence that was skipped, or one that was translated twice, shows in the length alone. How much longer one
    language is than the other is learned from the two texts; passages below 100 characters are not judged, and none
    where there are fewer than eight to learn from. A sentence of some words that stands there twice is told in any
    case, where the original has fewer sentences and none that does.

    Wrong: 150 characters for 600, where all else is nearly as long as its original

    Right: a translation of the whole passage
    """
    lengths = [(passage, _length(passage.original), _length(passage.translation)) for passage in leftovers.passages]
    measured = [(*each, math.log(each[2] / each[1])) for each in lengths if each[1] and each[2]]
    usual, limit = _usual([(max(ours, theirs), ratio) for _, ours, theirs, ratio in measured])
    for passage, ours, theirs, ratio in measured:
        if max(ours, theirs) >= _MIN_LENGTH and abs(ratio - usual) > limit:
            length, expected = "long" if ratio > usual else "short", ours * math.exp(usual)
            yield Finding(
                f"{passage.called} is {length} for its original {passage.original_called}: {theirs} characters for "
                f"{ours}, where {expected:.0f} are usual",
                passage.place,
                hint="see whether a sentence is missing, or stands there twice",
                turn=passage.turn,
                related=(passage.told(),),
            )
        elif (twice := _said_twice(passage)) is not None:
            yield Finding(
                f'{passage.called} says "{_short(twice)}" twice, its original {passage.original_called} does not',
                passage.place,
                hint="take one of the two out",
                turn=passage.turn,
                related=(passage.told(),),
            )


def _said_twice(passage: Counterpart) -> str | None:
    """A sentence that stands twice in the translation alone, which has more sentences than its original."""
    ours, theirs = passage.original, passage.translation
    twice = _repeated(theirs)
    if twice is None or _repeated(ours) is not None:
        return None
    count = [sum(len(_SENTENCE.findall(each.text)) for each in side) for side in (ours, theirs)]
    return twice if count[1] > count[0] else None


def _repeated(paragraphs: Sequence[Paragraph]) -> str | None:
    """The first sentence of some words that stands there again."""
    found: set[str] = set()
    for sentence in chain.from_iterable(map(_sentences, paragraphs)):
        if sentence in found:
            return sentence
        found.add(sentence)
    return None


def _usual(measured: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """The usual logarithm of a ratio of lengths and how far from it one may be, of lengths with their ratios.

    A text of few long passages is measured by its shorter ones, one of hardly any is not judged.
    """
    for least, spreads, factor in _MEASURES:
        ratios = [ratio for length, ratio in measured if length >= least]
        if len(ratios) >= _MIN_PASSAGES:
            usual = median(ratios)
            spread = _NORMAL * median(abs(ratio - usual) for ratio in ratios)
            return usual, max(spreads * spread, math.log(factor))
    return 0.0, math.inf


def _length(paragraphs: tuple[Paragraph, ...]) -> int:
    return sum(len(spoken(paragraph)) for paragraph in paragraphs)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


CHECKS = (text_not_translated, word_of_two_scripts, length_out_of_proportion)
