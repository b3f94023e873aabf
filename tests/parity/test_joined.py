"""Turns joined and left out in texts of a few turns, without links: which of the two it is."""

from __future__ import annotations

import pytest

from .test_exchanged import ASSEMBLY, EXCHANGES, SCENE, TALKS, found

TURNS = [(name, at) for name, (_, theirs) in TALKS.items() for at in range(len(theirs))]


@pytest.mark.parametrize(("name", "at"), EXCHANGES)
def test_two_turns_joined_are_told_as_that(name: str, at: int) -> None:
    ours, theirs = TALKS[name]
    joined = (theirs[at][0], f"{theirs[at][1]} {theirs[at + 1][1]}")
    (finding,) = found(ours, (*theirs[:at], joined, *theirs[at + 2 :]))
    assert finding.rule.code == "TRN206"
    assert finding.message.endswith(f"turn {at + 1} and turn {at + 2}")


@pytest.mark.parametrize(("name", "at"), TURNS)
def test_a_turn_left_out_is_not_taken_for_one_that_was_joined_to_another(name: str, at: int) -> None:
    ours, theirs = TALKS[name]
    (finding,) = found(ours, (*theirs[:at], *theirs[at + 1 :]))
    assert finding.rule.code == "TRN201"
    assert finding.message.startswith(f"turn {at + 1} ({ours[at][0]})")


def test_a_turn_divided_is_told_as_that_and_one_put_in_as_what_it_is() -> None:
    ours, theirs = ASSEMBLY
    speaker, words = theirs[1]
    first, full_stop, second = words.partition("plan.")
    divided = ((speaker, first + full_stop), (speaker, second.strip()))
    (finding,) = found(ours, (*theirs[:1], *divided, *theirs[2:]))
    assert (finding.rule.code, finding.location.line) == ("TRN203", 12)
    (finding,) = found(ours, (*theirs[:2], ("Chairman", "Order, please!"), *theirs[2:]))
    assert (finding.rule.code, finding.location.line) == ("TRN202", 12)


@pytest.mark.parametrize(
    ("at", "speaker", "words"),
    [
        (1, "Pyotr", "Nobody has ever asked me whether I should like to see the sea, or the mountains beyond it."),
        (3, "Pyotr", "The road is closed, the bridge has been blown up, and the telegraph has been silent for days."),
        (5, "Olga", "Every year we plant these apple trees anew, and every year the frost takes them in May."),
        (6, "Maria", "So much the worse for all of us."),
    ],
)
def test_a_turn_put_in_is_no_part_of_the_next_however_long_and_whoever_speaks(
    at: int, speaker: str, words: str
) -> None:
    ours, theirs = SCENE
    (finding,) = found(ours, (*theirs[:at], (speaker, words), *theirs[at:]))
    assert (finding.rule.code, finding.location.line) == ("TRN202", 10 + at)
