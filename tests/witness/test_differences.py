"""Where two sequences of words differ: found at the right place, never missed, never at the price of hours."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from edition.witness.differences import Stretch, differences

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=400)


def mended(words: list[str], others: list[str]) -> list[str]:
    """`words` with every difference replaced by what `others` have there."""
    pieces, reached = [], 0
    for each in differences(words, others):
        pieces += words[reached : each.start] + others[each.other_start : each.other_end]
        reached = each.end
    return pieces + words[reached:]


@given(WORDS)
def test_a_text_does_not_differ_from_itself(words: list[str]) -> None:
    assert [*differences(words, words)] == []


@given(WORDS, WORDS)
def test_replacing_the_differences_gives_the_other_text(words: list[str], others: list[str]) -> None:
    assert mended(words, others) == others


@given(WORDS.filter(bool), st.data())
def test_one_changed_word_is_one_difference_at_its_place(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], "x", *words[place + 1 :]]
    assert [*differences(words, changed)] == [Stretch(place, place + 1, place, place + 1)]


@given(st.sets(st.integers(0, 999), max_size=40))
def test_changes_in_a_long_text_are_each_found(places: set[int]) -> None:
    words = [f"w{number % 700}" for number in range(1000)]
    changed = [word + "!" if number in places else word for number, word in enumerate(words)]
    differing = {number for each in differences(words, changed) for number in range(each.start, each.end)}
    assert differing == places


def test_a_paragraph_left_out_of_a_long_text_is_one_difference() -> None:
    words = [f"w{number % 900}" for number in range(5000)]
    assert [*differences(words, words[:2000] + words[2080:])] == [Stretch(2000, 2080, 2000, 2000)]


def test_texts_that_have_nothing_in_common_are_one_difference() -> None:
    assert len([*differences(["a", "b"] * 50_000, ["c", "d"] * 50_000)]) == 1


def test_texts_made_to_be_slow_are_not() -> None:
    began = time.process_time()
    words = [("a", "b")[number * number % 7 < 3] for number in range(100_000)]
    others = [("a", "b")[number * number % 11 < 5] for number in range(100_000)]
    assert mended(words, others) == others
    nested = [f"w{number // 2}" if number % 3 else "x" for number in range(60_000)]
    assert mended(nested, nested[::-1]) == nested[::-1]
    assert time.process_time() - began < 10
