"""Links are claims: turns of two works may be linked one by one, and those of a free translation are free."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from edition.model import Edition, Text, Turn
from edition.parity import pair_up
from edition.parity.claims import Lengths, Speakers

from .texts import codes, found, original, text, translated, translation, turn

SPREAD = 0.9  # of the lengths of turns in a play


def lengths(seed: int, count: int, free: float) -> Lengths:
    """Those of a translation that is so free, as the spread of what it makes longer or shorter."""
    chance = random.Random(seed)
    ours = [4 + chance.gauss(0, SPREAD) for _ in range(count)]
    return Lengths(tuple(ours), tuple(each + 0.1 + chance.gauss(0, free) for each in ours))


def strangers(seed: int, count: int) -> Lengths:
    return Lengths(lengths(seed, count, 0.1).ours, lengths(seed + 1, count, 0.1).ours)


@pytest.mark.parametrize("free", [0.14, 0.2, 0.4])
def test_a_free_translation_is_not_taken_for_strangers(free: float) -> None:
    assert not any(lengths(seed, 8 + seed % 50, free).are_strangers for seed in range(400))


def test_turns_of_a_word_or_two_say_nothing_by_their_lengths() -> None:
    letters = [10, 10, 10, 3, 3, 7, 8, 8], [13, 13, 7, 13, 13, 8, 9, 7]
    logarithms = Lengths(*(tuple(math.log(1 + each) for each in side) for side in letters))
    assert not logarithms.are_strangers
    longer = Lengths(*(tuple(each + math.log(8) for each in side) for side in (logarithms.ours, logarithms.theirs)))
    assert longer.are_strangers


@pytest.mark.parametrize(("count", "least"), [(40, 95), (20, 80), (12, 50), (7, 0)])
def test_strangers_are_told_the_better_the_more_turns_there_are(count: int, least: int) -> None:
    told = sum(strangers(seed, count).are_strangers for seed in range(0, 200, 2))
    assert told >= least
    assert count > 7 or told == 0


def test_lines_of_verse_say_nothing_by_their_lengths() -> None:
    chance = random.Random(1)
    ours, theirs = (tuple(math.log(40 + chance.randint(-5, 5)) for _ in range(300)) for _ in range(2))
    assert not Lengths(ours, theirs).are_strangers


def test_turns_of_one_length_have_no_correlation() -> None:
    even = Lengths((3.0,) * 20, (3.0,) * 20)
    assert (even.correlation, even.are_strangers) == (0.0, False)


def test_how_sure_links_are_is_how_many_speakers_and_lengths_bear_out() -> None:
    both = Lengths((5.0, 5.0, 5.0, 2.0), (5.0, 5.0, 7.0, 3.5))
    stalin, mao = frozenset({"stalin"}), frozenset({"mao"})
    assert both.borne_out([(mao, mao), (mao, stalin), (mao, mao), (None, mao)]) == 0.5
    assert Lengths((), ()).borne_out([]) == 0.0


def speakers(seed: int, count: int, voices: int, wrong: float) -> Speakers:
    """Those of a translation that names them otherwise, a share of them being anyone's."""
    chance = random.Random(seed)
    ours = [chance.randrange(voices) for _ in range(count)]
    theirs = [chance.randrange(voices) if chance.random() < wrong else each for each in ours]
    return Speakers(tuple((frozenset({f"#{a}"}), frozenset({f"#x{b}"})) for a, b in zip(ours, theirs, strict=True)))


@pytest.mark.parametrize("voices", [2, 3, 8, 20])
def test_speakers_of_a_translation_with_slips_are_no_strangers(voices: int) -> None:
    assert not any(speakers(seed, 8 + seed % 60, voices, 0.05).are_strangers for seed in range(400))


@pytest.mark.parametrize(
    ("count", "voices", "least"), [(15, 2, 80), (15, 3, 90), (60, 8, 95), (60, 20, 95), (7, 3, 0)]
)
def test_speakers_of_two_works_are_strangers(count: int, voices: int, least: int) -> None:
    told = sum(speakers(seed, count, voices, 1.0).are_strangers for seed in range(100))
    assert told >= least
    assert count > 7 or told == 0


def test_one_who_speaks_alone_or_nearly_so_says_nothing_and_nor_do_those_who_speak_once() -> None:
    mao, stalin = frozenset({"#mao"}), frozenset({"#stalin"})
    assert not Speakers(((mao, stalin),) * 40).are_strangers
    assert not Speakers((*((mao, mao),) * 40, *((mao, stalin), (stalin, mao)) * 3)).are_strangers
    assert not speakers(1, 12, 400, 1.0).are_strangers
    assert not Speakers(()).are_strangers


def spoken(path: str, name: str, seed: int) -> list[Turn]:
    """Forty turns of four speakers, of many lengths."""
    chance = random.Random(seed)
    turns = [turn(path, f"{name}{n}", chance.choice(("mao", "stalin", "zhou", "molotov"))) for n in range(1, 41)]
    words = "да " if path == "ru.xml" else "yes "
    return [
        replace(each, paragraphs=(replace(each.paragraphs[0], text=words * int(2 ** chance.uniform(1, 7))),))
        for each in turns
    ]


def linked(turns: list[Turn], links: range) -> Text:
    pointing = [replace(each, corresp=(f"ru.xml#t{n}",) if n in links else ()) for n, each in enumerate(turns, 1)]
    return text("en.xml", pointing, (), "en")


OURS = text("ru.xml", spoken("ru.xml", "t", 1))


@pytest.mark.parametrize("links", [range(1, 41), range(1, 31)], ids=["all", "some"])
def test_linked_turns_of_two_works_are_one_finding(links: range) -> None:
    assert codes(found(OURS, linked(spoken("en.xml", "e", 2), links))) == [("TRN105", None)]


@pytest.mark.parametrize(("count", "told"), [(40, [("TRN105", None)]), (7, [])])
def test_linked_turns_of_one_length_are_held_against_each_other_by_their_speakers(
    count: int, told: list[tuple[str, None]]
) -> None:
    ours, theirs = (
        [replace(each, paragraphs=(replace(each.paragraphs[0], text=words * 20),)) for each in turns[:count]]
        for turns, words in ((spoken("ru.xml", "t", 1), "да "), (spoken("en.xml", "e", 7), "yes "))
    )
    theirs = [replace(each, who=tuple(f"en.xml#x{key[-4:]}" for key in each.who)) for each in theirs]
    found_codes = codes(found(text("ru.xml", ours), linked(theirs, range(1, 41))))
    assert [each for each in found_codes if each[0] == "TRN105"] == told


def test_links_in_a_wrong_order_are_told_one_by_one_where_it_is_one_text() -> None:
    theirs = spoken("en.xml", "e", 1)
    mixed = [replace(each, corresp=(f"ru.xml#t{n * 7 % 40 + 1}",)) for n, each in enumerate(theirs, 1)]
    assert "TRN204" in [code for code, _ in codes(found(OURS, text("en.xml", mixed, (), "en")))]


def test_whoever_believes_it_has_two_works_compared() -> None:
    edition = Edition(OURS, linked(spoken("en.xml", "e", 2), range(1, 41)), {})
    doubted, believed = pair_up(edition), pair_up(edition, believed=True)
    assert doubted is not None
    assert believed is not None
    assert (doubted.pairing.same_text, believed.pairing.same_text) == (False, True)
    assert believed.pairing.basis.by == "links"
    assert believed.pairing.basis.confidence < 0.9


def test_a_faithful_translation_is_sure() -> None:
    comparison = pair_up(Edition(original(20), translation(translated(20)), {}))
    assert comparison is not None
    assert str(comparison.pairing.basis) == "by links, 100% sure"


Talk = tuple[list[tuple[str, int]], list[tuple[str, int]]]  # who says so many letters, in original and translation


def talk(seed: int, count: int, *, spread: float = 0.9, free: float = 0.2, wrong: float = 0.0) -> Talk:
    """A talk of two to four and a translation so free, a share of it given to anyone; lengths have this spread."""
    chance = random.Random(seed)
    names = ("mao", "stalin", "zhou", "molotov")[: 2 + seed % 3]
    ours = [(chance.choice(names), int(math.exp(4 + chance.gauss(0, spread)))) for _ in range(count)]
    theirs = [
        (chance.choice(names) if chance.random() < wrong else who, int(letters * math.exp(chance.gauss(0.1, free))))
        for who, letters in ours
    ]
    return ours, theirs


def are_told_apart(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> bool:
    """Whether two texts, linked turn by turn, are said to be two; none of them points at a person of the other."""

    def turns(path: str, name: str, said: list[tuple[str, int]]) -> list[Turn]:
        made = [(turn(path, f"{name}{n}", who), letters) for n, (who, letters) in enumerate(said, 1)]
        return [
            replace(
                each,
                who=tuple(f"{path}#{name}{key[-4:]}" for key in each.who),
                paragraphs=(replace(each.paragraphs[0], text=("д" if name == "t" else "y") * max(letters, 3)),),
            )
            for each, letters in made
        ]

    translation = linked(turns("en.xml", "e", theirs), range(1, len(theirs) + 1))
    comparison = pair_up(Edition(text("ru.xml", turns("ru.xml", "t", ours)), translation, {}))
    return comparison is not None and not comparison.pairing.same_text


@pytest.mark.parametrize("spread", [0.9, 0.3, 0.0])
@pytest.mark.parametrize(("free", "wrong"), [(0.14, 0.0), (0.14, 0.2), (0.4, 0.1)])
def test_a_short_free_translation_with_slips_is_not_taken_for_strangers(
    spread: float, free: float, wrong: float
) -> None:
    talks = (talk(seed, 8 + seed % 30, spread=spread, free=free, wrong=wrong) for seed in range(20))
    assert not any(are_told_apart(*each) for each in talks)


@pytest.mark.parametrize(("count", "least"), [(30, 20), (20, 19), (12, 17), (9, 15), (7, 0)])
def test_strangers_in_a_talk_are_told_the_better_the_more_turns_there_are(count: int, least: int) -> None:
    told = sum(are_told_apart(talk(seed, count)[0], talk(seed + 1000, count)[1]) for seed in range(20))
    assert told >= least
    assert count > 7 or told == 0


@pytest.mark.parametrize(("count", "least"), [(19, 15), (15, 13), (12, 11), (9, 5), (7, 0)])
def test_strangers_whose_turns_are_about_as_long_are_told_by_their_speakers(count: int, least: int) -> None:
    both = ((talk(seed, count, spread=0.3)[0], talk(seed + 1000, count, spread=0.3)[1]) for seed in range(20))
    told = sum(are_told_apart(*each) for each in both)
    assert told >= least
    assert count > 7 or told == 0


def test_one_who_speaks_alone_says_nothing_by_that() -> None:
    assert not are_told_apart([("mao", 60)] * 20, [("mao", 66)] * 20)


@pytest.mark.parametrize(("labels", "told"), [(("Anna", "Boris"), False), (("Clara", "Dorothy"), True)])
def test_where_links_convince_little_the_sound_of_labels_decides(labels: tuple[str, str], told: bool) -> None:
    lengths = [103, 124, 5, 50, 99, 12, 43, 33, 123], [33, 38, 44, 29, 275, 71, 71, 37, 114]

    def turns(path: str, names: tuple[str, str], letters: list[int]) -> list[Turn]:
        made = [replace(turn(path, f"{path[0]}{n}", ""), who=(), label=names[n % 2]) for n in range(1, 10)]
        return [
            replace(each, paragraphs=(replace(each.paragraphs[0], id=None, text="x" * count),))
            for each, count in zip(made, letters, strict=True)
        ]

    original = text("ru.xml", turns("ru.xml", ("Анна", "Борис"), lengths[0]))
    comparison = pair_up(Edition(original, linked_one_by_one(turns("en.xml", labels, lengths[1])), {}))
    assert comparison is not None
    assert comparison.pairing.same_text is not told


def linked_one_by_one(turns: list[Turn]) -> Text:
    return text("en.xml", [replace(each, corresp=(f"ru.xml#r{n}",)) for n, each in enumerate(turns, 1)], (), "en")
