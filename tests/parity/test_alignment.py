"""Aligning without links: the same path as a table that leaves nothing out, and the errors that were planted."""

from __future__ import annotations

import math
import random
import tracemalloc
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.parity.alignment import Alignment, align, anchors
from edition.parity.alignment.arrays import Reals
from edition.parity.alignment.path import FARTHEST, NEVER, Bead, Costs, Window, cheapest, full_width, moves
from edition.parity.alignment.scoring import Lengths, Meetings, by_recurrence
from edition.parity.alignment.sequences import Kept, Side
from edition.parity.alignment.signs import joined, signs_of

TURNS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 300)), min_size=1, max_size=9)


def side(turns: list[tuple[str, int]]) -> Side:
    return Side.of([speaker for speaker, _ in turns], [letters for _, letters in turns])


def reference(costs: Costs, rows: int, columns: int) -> float:
    """The cheapest path, cell by cell from the definition; a gap is charged as a whole."""
    block = costs.block(Window(1, rows, 0, columns))

    @cache
    def best(row: int, column: int) -> float:
        if row == column == 0:
            return 0.0
        ways = [NEVER]
        if row and column:
            ways.append(best(row - 1, column - 1) + block.one[row - 1, column])
        if row and column > 1:
            ways.append(best(row - 1, column - 2) + block.split[row - 1, column])
        if row > 1 and column:
            ways.append(best(row - 2, column - 1) + block.merged[row - 1, column])
        for (by, _), price in zip(moves(costs.far), block.moved, strict=True):
            if row > by and column > by:
                ways.append(best(row - by - 1, column - by - 1) + price[row - 1, column])
        ways += [best(row - n, column) + costs.open + (n - 1) * costs.extend for n in range(1, row + 1)]
        ways += [best(row, column - n) + costs.open + (n - 1) * costs.extend for n in range(1, column + 1)]
        return min(ways)

    return best(rows, columns)


def price(costs: Costs, beads: tuple[Bead, ...], rows: int, columns: int) -> float:
    """What beads cost together."""
    block = costs.block(Window(1, rows, 0, columns))
    tables = {((1, 1), False): block.one, ((1, 2), False): block.split, ((2, 1), False): block.merged}
    for (by, earlier), prices in zip(moves(costs.far), block.moved, strict=True):
        tables[(by + 1, by + 1), earlier] = prices
    total, before = 0.0, (0, 0)
    for bead in beads:
        if (bead.shape, bead.earlier) in tables:
            total += float(tables[bead.shape, bead.earlier][bead.here_end - 1, bead.there_end])
        else:
            total += costs.extend if bead.shape == before else costs.open
        before = bead.shape
    return total


@settings(max_examples=40)
@given(TURNS, TURNS)
def test_the_path_costs_what_the_definition_says(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> None:
    here, there = side(ours), side(theirs)
    for costs in (by_recurrence(here, there, Lengths.guess(here, there)), align(here, there).scoring):
        path = cheapest(costs, len(there), full_width(len(here), len(there)))
        assert path.cost == pytest.approx(reference(costs, len(here), len(there)))
        assert price(costs, path.beads, len(here), len(there)) == pytest.approx(path.cost)


@settings(max_examples=40)
@given(TURNS, TURNS)
def test_every_turn_is_in_one_bead(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> None:
    beads = align(side(ours), side(theirs)).beads
    for bead in beads:
        if bead.shape[0] == bead.shape[1]:
            assert [here for here, _ in bead.pairs] == list(range(bead.here, bead.here_end))
            assert sorted(there for _, there in bead.pairs) == list(range(bead.there, bead.there_end))
    assert [each for bead in beads for each in range(bead.here, bead.here_end)] == list(range(len(ours)))
    assert [each for bead in beads for each in range(bead.there, bead.there_end)] == list(range(len(theirs)))


@dataclass(frozen=True)
class Play:
    """Scenes of a few speakers each, and a translation in which everybody has another name."""

    turns: list[tuple[str, int]]

    @classmethod
    def of(cls, size: int, seed: int = 1) -> Play:
        chance = random.Random(seed)
        turns: list[tuple[str, int]] = []
        while len(turns) < size:
            cast = chance.sample("abcdefghijkl", 4)
            for _ in range(40):
                speaker = chance.choice([name for name in cast if not turns or name != turns[-1][0]])
                turns.append((speaker, int(math.exp(chance.gauss(4, 1)))))
        return cls(turns[:size])

    def translated(self, kept: list[int] | None = None, seed: int = 2) -> list[tuple[str, int]]:
        chance = random.Random(seed)
        everything = [
            (f"#{speaker.upper()}", int(letters * math.exp(chance.gauss(0.1, 0.2))))
            for speaker, letters in self.turns
        ]
        return everything if kept is None else [everything[position] for position in kept]


def pairs(alignment: Alignment) -> set[tuple[int, int]]:
    return {(bead.here, bead.there) for bead in alignment.beads if bead.shape == (1, 1)}


def test_a_faithful_translation_is_one_to_one() -> None:
    play = Play.of(200)
    alignment = align(side(play.turns), side(play.translated()))
    assert pairs(alignment) == {(n, n) for n in range(200)}


def test_who_is_who_is_learned() -> None:
    play = Play.of(200)
    here, there = side(play.turns), side(play.translated())
    counts = align(here, there).counts
    learned = {here.speakers[row]: there.speakers[counts[row].argmax()] for row in range(1, len(here.speakers))}
    assert learned == {name: f"#{str(name).upper()}" for name in here.speakers[1:]}


@pytest.mark.parametrize("gap", [1, 2, 10, 150])
def test_an_omission_of_any_length_is_one_gap(gap: int) -> None:
    play = Play.of(400)
    kept = [n for n in range(400) if not 100 <= n < 100 + gap]
    alignment = align(side(play.turns), side(play.translated(kept)))
    gone = {bead.here for bead in alignment.beads if bead.shape == (1, 0)}
    assert gone == set(range(100, 100 + gap))


def test_a_turn_in_two_and_two_in_one() -> None:
    play = Play.of(120)
    translated = play.translated()
    translated[30:31] = [(translated[30][0], 300), (translated[30][0], 280)]
    turns = list(play.turns)
    turns[30] = (turns[30][0], 560)
    turns[80:81] = [(turns[80][0], 250), (turns[80][0], 230)]
    translated[81] = (translated[81][0], 500)
    shapes = {bead.shape: (bead.here, bead.there) for bead in align(side(turns), side(translated)).beads}
    assert (shapes[1, 2], shapes[2, 1]) == ((30, 30), (80, 81))


@pytest.mark.parametrize(("past", "earlier"), [(1, False), (2, True), (5, False), (5, True), (FARTHEST, False)])
def test_a_turn_that_has_moved_is_one_bead(past: int, earlier: bool) -> None:
    play = Play.of(200)
    translated = play.translated()
    start, end = (100 + past, 100) if earlier else (100, 100 + past)
    translated.insert(end, translated.pop(start))
    (bead,) = [bead for bead in align(side(play.turns), side(translated)).beads if bead.shape != (1, 1)]
    assert (bead.shape, bead.here) == ((past + 1, past + 1), 100)
    assert (start, end) in bead.pairs


def test_two_who_speak_once_are_known_by_nothing_but_their_place() -> None:
    seen = np.zeros((4, 4))
    seen[1, 1], seen[2, 2], seen[3, 1] = 60, 1, 1
    speakers = np.array([0] + [1] * 60 + [2, 3])
    costs = Meetings(np.zeros((4, 4)), seen).costs(speakers, np.array([0] + [1] * 61 + [2]))
    assert costs[1, 1] < 0
    assert costs[2, 2] == pytest.approx(0, abs=0.1)
    assert costs[3, 1] > 3


def test_signs_settle_what_lengths_cannot_tell() -> None:
    chance = random.Random(5)
    said = [chance.choice(("Was?", "Ja!", "Er geht.", "Wie? Er geht!")) for _ in range(120)]
    said[49:53] = "Er geht.", "Was?", "Ja!", "Er geht."
    both = [("ab"[number % 2], 60) for number in range(120)]
    signs = [signs_of(words) for words in said]

    def spoken(numbers: list[int]) -> Side:
        turns = [both[number] for number in numbers]
        kept = replace(Kept.nothing(len(turns)), signs=[signs[number] for number in numbers])
        return Side.of([speaker for speaker, _ in turns], [letters for _, letters in turns], kept)

    gone = [number for number in range(120) if number not in (50, 51)]
    beads = align(spoken(list(range(120))), spoken(gone)).beads
    assert [bead.here for bead in beads if bead.shape == (1, 0)] == [50, 51]


@pytest.mark.parametrize("omitted", [[], [(200, 1)], [(500, 700)], [(300, 2), (900, 400), (1700, 30)]])
def test_a_band_finds_what_the_full_width_finds(omitted: list[tuple[int, int]]) -> None:
    play = Play.of(2000)
    gone = {n for start, count in omitted for n in range(start, start + count)}
    here = side(play.turns)
    there = side(play.translated([n for n in range(2000) if n not in gone]))
    wide, narrow = align(here, there, full=True), align(here, there, full=False)
    assert narrow.cost == pytest.approx(wide.cost)
    assert pairs(narrow) == pairs(wide)


def test_a_dialogue_that_is_everywhere_alike_takes_no_more_memory() -> None:
    """Each run of turns is the like of every other: millions of pairs, none of which says anything."""
    whole = [("ab"[number % 2], 20) for number in range(4_000)]
    found = align(side(whole), side(whole), full=False)
    assert [bead.shape for bead in found.beads] == [(1, 1)] * len(whole)
    tracemalloc.start()
    try:
        anchors.band(found.scoring)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50 * 1024 * 1024


def test_windows_grow_until_the_path_touches_no_edge() -> None:
    play = Play.of(900)
    here = side(play.turns)
    there = side(play.translated([n for n in range(900) if not 200 <= n < 600]))
    costs = align(here, there, full=True).scoring
    windows = [
        Window(window.first, window.last, max(0, min(window.first, 480) - 70), min(500, window.last + 6))
        for window in full_width(900, 500)
    ]
    path = cheapest(costs, 500, windows)
    while path.touched:
        windows = anchors.widened(windows, path.touched, 500)
        path = cheapest(costs, 500, windows)
    assert path.cost == pytest.approx(cheapest(costs, 500, full_width(900, 500)).cost)


def test_two_texts_that_are_not_the_same_cost_nothing_to_keep_apart() -> None:
    ours, other = Play.of(300, seed=3), Play.of(300, seed=4)
    same = align(side(ours.turns), side(ours.translated()))
    different = align(side(ours.turns), side(other.translated()))
    assert same.cost / 300 < -2
    assert different.cost / 300 > -0.5


def test_a_guess_of_who_is_who_is_only_a_guess() -> None:
    play = Play.of(150)
    here, there = side(play.turns), side(play.translated())
    prior: Reals = np.zeros((len(here.speakers), len(there.speakers)))
    prior[1, there.speakers.index("#A")] = 2.0
    prior[here.speakers.index("a"), there.speakers.index("#B")] = 2.0
    assert pairs(align(here, there, prior)) == {(n, n) for n in range(150)}


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("Wer ist da? – Niemand!", "Кто там? Никого!"),
        ("Ich … ich weiß nicht ...", "Я … я не знаю…"),
        ("„Kommst du?“", "«Ты идёшь?»"),
        ("τίς εἶ;", "Who are you?"),
        ("你是谁？", "Wer bist du?"),
    ],
)
def test_what_is_asked_and_exclaimed_is_the_same_in_all_scripts(words: str, same: str) -> None:
    assert signs_of(words) == signs_of(same)


def test_a_semicolon_asks_in_greek_alone() -> None:
    assert signs_of("He came; he saw;") == signs_of("He came.")


@given(st.text("a?!… .", max_size=12), st.text("a?!… .", max_size=12).filter(lambda words: words.strip("… .")))
def test_signs_of_two_turns_in_one(first: str, second: str) -> None:
    ours, theirs = (np.array([signs_of(words)]) for words in (first + "a.", second + "a"))
    assert joined(ours, theirs)[0] == signs_of(f"{first}a. {second}a")
