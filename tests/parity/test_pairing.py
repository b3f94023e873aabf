"""How turns find their counterparts: by links, by ids that can be believed, by alignment, or by both."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from edition.diagnostics import Severity
from edition.model import ASIDE, Edition, Mark, Text, Turn
from edition.parity import compare
from edition.parity.aligned import spoken_words
from edition.parity.pairing import Pairing, pair

from .texts import SPEAKERS, codes, found, text, told, turn

SIZE = 40


def with_words(turn: Turn, letters: int) -> Turn:
    words = (("на " if turn.location.path == "ru.xml" else "na ") * letters)[:letters].strip()
    return replace(turn, paragraphs=tuple(replace(each, text=words, corresp=()) for each in turn.paragraphs))


def talk(path: str, prefix: str, factor: float = 1.0, seed: int = 1) -> list[Turn]:
    """A talk in turns of many lengths, the same for the same seed."""
    chance = random.Random(seed)
    speakers = [chance.choice(SPEAKERS) for _ in range(SIZE)]
    lengths = [int(factor * 2 ** chance.uniform(3, 9)) for _ in range(SIZE)]
    turns = (turn(path, f"{prefix}{n}", who) for n, who in enumerate(speakers, 1))
    return [with_words(each, letters) for each, letters in zip(turns, lengths, strict=True)]


RUSSIAN = text("ru.xml", talk("ru.xml", "t"))


def english(turns: Iterable[Turn]) -> Text:
    return text("en.xml", list(turns), (), "en")


def faithful(prefix: str = "e") -> list[Turn]:
    return talk("en.xml", prefix, 1.2)


def linked(turn: Turn, number: int) -> Turn:
    return replace(turn, corresp=(f"ru.xml#t{number}",))


def links_of(pairing: Pairing) -> list[tuple[int, int]]:
    return list(pairing.match.pairs)


def test_without_links_turns_are_aligned() -> None:
    pairing = pair(RUSSIAN, english(faithful()))
    assert pairing.basis.by == "alignment"
    assert pairing.basis.confidence > 0.8
    assert links_of(pairing) == [(n, n) for n in range(SIZE)]
    assert found(RUSSIAN, english(faithful())) == []


def test_ids_that_fit_are_links() -> None:
    assert pair(RUSSIAN, english(faithful("t"))).basis.by == "links"


def test_ids_that_were_counted_anew_are_not_believed() -> None:
    turns = faithful()
    del turns[9]
    renumbered = [replace(each, id=f"t{n}", key=f"en.xml#t{n}") for n, each in enumerate(turns, 1)]
    pairing = pair(RUSSIAN, english(renumbered))
    assert pairing.basis.by == "alignment"
    assert codes(found(RUSSIAN, english(renumbered))) == [("TRN201", "t10")]


def test_passages_are_linked_by_their_numbers() -> None:
    def cited(turns: Iterable[Turn]) -> list[Turn]:
        return [
            replace(each, id=None, key=f"{each.location.path}#{n}", n=f"1.{n}", element="p", who=(), label="")
            for n, each in enumerate(turns, 1)
        ]

    turns = cited(faithful())
    del turns[9]
    ours = text("ru.xml", cited(talk("ru.xml", "t")))
    assert pair(ours, english(turns)).basis.by == "numbers"
    (finding,) = found(ours, english(turns))
    assert finding.message == "passage 1.10 has no translation"
    assert finding.hint.startswith('add <p n="10"')


def test_numbered_verse_is_believed_whatever_the_lengths_of_its_lines() -> None:
    def poem(path: str, language: str, seed: int) -> Text:
        chance = random.Random(seed)
        lines = [
            replace(turn(path, f"l{n}", "x"), id=None, key=f"{path}#{n}", n=str(n), element="l", who=(), label="")
            for n in range(1, 201)
        ]
        return text(path, [with_words(each, chance.randint(35, 45)) for each in lines], (), language)

    ours, theirs = poem("ru.xml", "ru", 1), poem("en.xml", "en", 2)
    assert pair(ours, theirs).basis.by == "numbers"
    assert found(ours, theirs) == []
    shorter = replace(theirs, turns=theirs.turns[:99] + theirs.turns[100:])
    assert [each.message for each in found(ours, shorter)] == ["passage 100 has no translation"]


def test_a_stretch_without_links_is_aligned_between_those_that_have_some() -> None:
    turns = [linked(each, n) if n <= 10 or n > 30 else each for n, each in enumerate(faithful(), 1)]
    del turns[19]
    pairing = pair(RUSSIAN, english(turns))
    assert pairing.basis.by == "links and alignment"
    assert codes(found(RUSSIAN, english(turns))) == [("TRN201", "t20")]


def test_a_link_is_believed_against_lengths() -> None:
    turns = [linked(each, n) for n, each in enumerate(faithful(), 1)]
    turns[5] = with_words(turns[5], 4000)
    pairing = pair(RUSSIAN, english(turns))
    assert (pairing.basis.by, pairing.basis.confidence) == ("links", 0.97)


@pytest.mark.parametrize("prefix", ["e", "t"])
def test_two_texts_that_are_not_the_same_are_one_finding(prefix: str) -> None:
    other = english(talk("en.xml", prefix, seed=7))
    assert codes(found(RUSSIAN, other)) == [("TRN105", None)]


def test_who_is_who_is_learned_whatever_the_ids() -> None:
    def own(turns: list[Turn]) -> list[Turn]:
        return [replace(each, who=(f"en.xml#x{each.who[0][-3:]}",), label="") for each in turns]

    turns = own(faithful())
    assert found(RUSSIAN, english(turns)) == []
    other = next(each for each in turns if each.who != turns[7].who)
    turns[7] = replace(turns[7], who=other.who)
    assert codes(found(RUSSIAN, english(turns))) == [("TRN301", "e8")]


def test_one_person_may_have_two_labels() -> None:
    def labelled(turns: Iterable[Turn], **labels: str) -> list[Turn]:
        names = [each.who[0].partition("#")[2] for each in turns]
        return [replace(each, who=(), label=labels[name]) for each, name in zip(turns, names, strict=True)]

    russian = labelled(RUSSIAN.turns, stalin="Сталин", mao="Мао Цзе-дун", zhou="Чжоу", molotov="Молотов")
    russian = [
        replace(each, label="Мао Цзэ-дун") if each.label.startswith("Мао") and each.number > 20 else each
        for each in russian
    ]
    theirs = labelled(faithful(), stalin="Stalin", mao="Mao Zedong", zhou="Zhou", molotov="Molotov")
    assert found(text("ru.xml", russian), english(theirs)) == []


def test_what_its_neighbours_do_not_vouch_for_is_a_warning() -> None:
    turns = faithful()
    strangers = talk("en.xml", "s", seed=9)
    confused = [
        *turns[:18],
        *strangers[:1],
        *turns[20:21],
        *strangers[1:2],
        *turns[23:24],
        *strangers[2:4],
        *turns[26:],
    ]
    severities = {each.severity for each in found(RUSSIAN, english(confused))}
    assert Severity.WARNING in severities
    assert {each.severity for each in found(RUSSIAN, english(turns[:18] + turns[19:]))} == {Severity.ERROR}


def test_a_long_omission_is_one_finding() -> None:
    turns = faithful()
    (finding,) = found(RUSSIAN, english(turns[:10] + turns[20:]))
    assert finding.message.startswith("10 turns in a row have no translation: turn t11")


def test_additions_of_editors_and_stage_directions_have_no_length() -> None:
    spoken = turn("ru.xml", "t1", "mao")
    marks = tuple(Mark(ASIDE, start, end, spoken.location) for start, end in ((4, 13), (5, 8), (18, 23)))
    (paragraph,) = (replace(each, text="one (smiling) two [and] three", marks=marks) for each in spoken.paragraphs)
    assert spoken_words(replace(spoken, paragraphs=(paragraph,))).split() == ["one", "two", "three"]


@pytest.mark.parametrize(("letters", "found"), [((30, 200), ["TRN204"]), ((90, 90), ["TRN301"])])
def test_two_turns_exchanged_in_a_short_dialogue_are_told_by_their_lengths(
    letters: tuple[int, int], found: list[str]
) -> None:
    lengths = [60, 180, 110, *letters, 70, 150, 95]

    def dialogue(path: str, language: str, names: str) -> Text:
        return told(path, language, [(names[n % 2], names[0] * each) for n, each in enumerate(lengths)])

    original, translation = dialogue("ru.xml", "ru", "АБ"), dialogue("en.xml", "en", "VW")
    turns = list(translation.turns)
    turns[3], turns[4] = turns[4], turns[3]
    spoilt = text("en.xml", turns, (), "en")
    assert [each.rule.code for each in compare(Edition(original, spoilt, {})) if each.rule.code[:3] == "TRN"] == found
