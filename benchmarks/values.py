"""How many planted errors of values, terms and names are found, and how many alarms are false.

    python benchmarks/values.py [SEED]

The text is the record of this edition, once as it is encoded and once with its words alone: no num, measure or date.
Each error is planted alone, in a copy of the published translation; what is found of that itself does not count.
An error is found if a finding names its turn. Whatever else a run finds is a false alarm. The errors are made by the
author of the checks: life is less kind.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from edition.diagnostics import Diagnostic
from edition.model import DATE, NAME, NUMBER, TERM, Edition, Paragraph, Text, Turn
from edition.parity import compare
from edition.tei import parse
from edition.tei.reading import read_edition

HOME = Path(__file__).parent.parent
FILES = ("source/record.ru.xml", "source/record.en.xml", "source/persons.xml")
TIMES = 40  # each kind of error is planted, at a place chosen at random

FIGURES = re.compile(r"\b\d+(?:-\d+)?(?:%| thousand\b)?")
WORDS = ("two", "three", "four", "five", "six", "seven", "nine", "eleven", "twenty")
MONTHS = ("January", "February", "March", "May", "June", "July", "October")
QUALIFIERS = ("about ", "nearly ", "more than ", "at least ", "no more than ")
RUSSIAN = "и мы считаем это правильным решением вопроса"


@dataclass(frozen=True)
class Planted:
    """A paragraph of the translation with an error in it."""

    paragraph: Paragraph


Planter = Callable[[Paragraph, random.Random], Iterator[Planted]]


def rewritten(paragraph: Paragraph, start: int, end: int, words: str) -> Planted:
    """The paragraph with other words in one place; what is marked there or later moves with them."""
    shift = len(words) - (end - start)
    marks = tuple(
        replace(mark, start=mark.start + shift * (mark.start >= end), end=mark.end + shift * (mark.end >= end))
        for mark in paragraph.marks
    )
    return Planted(replace(paragraph, text=paragraph.text[:start] + words + paragraph.text[end:], marks=marks))


def other_figures(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    for found in FIGURES.finditer(paragraph.text):
        digits = re.search(r"\d+$", found[0].split("-")[-1].split("%")[0].split(" ")[0])
        if digits:
            at = found.start() + found[0].index(digits[0], found[0].find("-") + 1)
            yield rewritten(paragraph, at, at + len(digits[0]), str(int(digits[0]) + chance.choice((1, 2, 30))))


def other_word(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    for found in re.finditer(r"\b(two|three|one(?= percent))\b", paragraph.text, re.IGNORECASE):
        word = chance.choice([word for word in WORDS if word != found[0].lower()])
        yield rewritten(paragraph, found.start(), found.end(), word)


def other_month(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    for found in re.finditer("|".join(MONTHS), paragraph.text):
        if paragraph.text[found.end() :].lstrip()[:4].isdigit():
            month = chance.choice([month for month in MONTHS if month != found[0]])
            yield rewritten(paragraph, found.start(), found.end(), month)


def number_lost(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    for found in re.finditer(r"\b(?:51%|10 thousand|two interested|article 3|one percent)", paragraph.text):
        marks = tuple(mark for mark in paragraph.marks if mark.kind != NUMBER or mark.start > found.end())
        yield rewritten(replace(paragraph, marks=marks), found.start(), found.end(), "some")


def number_added(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    at = paragraph.text.find(" ", len(paragraph.text) // 2)
    if at > 0:
        yield rewritten(paragraph, at, at, f", all {chance.choice((7, 48, 1937, 15000))},")


def qualified(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    for found in re.finditer(r"\b(?:51%|two hours|two-three|one percent|two percent|two interested)", paragraph.text):
        yield rewritten(paragraph, found.start(), found.start(), chance.choice(QUALIFIERS))


def other_value(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    """The attribute is changed, the words are left."""
    for number, mark in enumerate(paragraph.marks):
        if mark.kind in (NUMBER, DATE) and mark.values:
            last = mark.values[-1]
            wrong = f"{last[:-1]}{(int(last[-1]) + 1) % 10 or 2}"
            changed = replace(mark, values=(*mark.values[:-1], wrong))
            yield Planted(
                replace(paragraph, marks=(*paragraph.marks[:number], changed, *paragraph.marks[number + 1 :]))
            )


def other_term(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    keys = {"source/persons.xml#dogovor": "source/persons.xml#soglashenie"}
    keys |= {other: key for key, other in keys.items()}
    yield from _other_keys(paragraph, TERM, keys)


def other_name(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    keys = {
        f"source/persons.xml#{name}": "source/persons.xml#tibet"
        for name in ("japan", "dalny", "manchuria", "xinjiang")
    }
    yield from _other_keys(paragraph, NAME, keys)


def _other_keys(paragraph: Paragraph, kind: str, keys: dict[str, str]) -> Iterator[Planted]:
    for number, mark in enumerate(paragraph.marks):
        if mark.kind == kind and mark.keys[0] in keys:
            changed = replace(mark, keys=(keys[mark.keys[0]],))
            yield Planted(
                replace(paragraph, marks=(*paragraph.marks[:number], changed, *paragraph.marks[number + 1 :]))
            )


def untranslated(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    at = paragraph.text.find(" ", len(paragraph.text) // 2)
    if at > 0:
        yield rewritten(paragraph, at, at, f" {RUSSIAN}")


def half_lost(paragraph: Paragraph, chance: random.Random) -> Iterator[Planted]:
    """Two thirds of a long paragraph are gone."""
    if len(paragraph.text) > 300:
        third = len(paragraph.text) // 3
        marks = tuple(mark for mark in paragraph.marks if mark.end <= third)
        yield Planted(replace(paragraph, text=paragraph.text[:third], marks=marks))


PLANTERS: dict[str, Planter] = {
    "other figures": other_figures,
    "other number word": other_word,
    "other month": other_month,
    "number lost": number_lost,
    "number added": number_added,
    "qualifier added": qualified,
    "other attribute": other_value,
    "other term": other_term,
    "other name": other_name,
    "sentence not translated": untranslated,
    "two thirds lost": half_lost,
}


def main(seed: int) -> None:
    original, translation, persons = (parse.read(HOME / path, path) for path in FILES)
    edition = read_edition(original, translation, persons)
    print(f"{'':26}{'encoded':>22}{'words alone':>22}")
    print(f"{'':26}{'found':>14}{'false':>8}{'found':>14}{'false':>8}")
    for name, planter in PLANTERS.items():
        row = f"{name:26}"
        for each in (edition, _words_alone(edition)):
            planted, found, false = _try(each, planter, random.Random(seed))
            row += f"{found:>6} of {planted:>4}{false:>8}" if planted else f"{'-':>14}{'-':>8}"
        print(row)
    for each, what in ((edition, "encoded"), (_words_alone(edition), "words alone")):
        codes = sorted(found.rule.code for found in _value_findings(each))
        print(f"\nwithout any planted error, {what}: {' '.join(codes)}")


def _words_alone(edition: Edition) -> Edition:
    def plain(paragraph: Paragraph) -> Paragraph:
        return replace(paragraph, marks=tuple(mark for mark in paragraph.marks if mark.kind not in (NUMBER, DATE)))

    def text(text: Text) -> Text:
        turns = tuple(replace(turn, paragraphs=tuple(map(plain, turn.paragraphs))) for turn in text.turns)
        return replace(
            text, turns=turns, frame=tuple(map(plain, text.frame)), headings=tuple(map(plain, text.headings))
        )

    assert edition.translation is not None
    return replace(edition, original=text(edition.original), translation=text(edition.translation))


def _try(edition: Edition, planter: Planter, chance: random.Random) -> tuple[int, int, int]:
    """How many errors were planted, how many were found, and how many findings were of nothing planted."""
    assert edition.translation is not None
    before = {_identity(found) for found in _value_findings(edition)}
    places = [
        (turn, number, planted)
        for turn in edition.translation.turns
        for number, paragraph in enumerate(turn.paragraphs)
        for planted in planter(paragraph, chance)
    ]
    chosen = chance.sample(places, min(TIMES, len(places)))
    found = false = 0
    for turn, number, planted in chosen:
        spoilt = _with(edition, turn, number, planted.paragraph)
        new = [each for each in _value_findings(spoilt) if _identity(each) not in before]
        here = [each for each in new if each.turn == turn.id]
        found += bool(here)
        false += len(new) - len(here)
    return len(chosen), found, false


def _with(edition: Edition, turn: Turn, number: int, paragraph: Paragraph) -> Edition:
    assert edition.translation is not None
    paragraphs = (*turn.paragraphs[:number], paragraph, *turn.paragraphs[number + 1 :])
    turns = list(edition.translation.turns)
    turns[turn.number - 1] = replace(turn, paragraphs=paragraphs)
    return replace(edition, translation=replace(edition.translation, turns=tuple(turns)))


def _value_findings(edition: Edition) -> list[Diagnostic]:
    return [found for found in compare(edition) if found.rule.code.startswith("VAL")]


def _identity(found: Diagnostic) -> tuple[str, str | None, str]:
    return found.rule.code, found.turn, found.message


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
