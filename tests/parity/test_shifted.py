"""Links in a row that lead a turn too far or too few are one finding, and what was lost is told by itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from edition.model import Turn
from edition.parity.shifted import may_be_shifted

from .texts import PERSONS, codes, found, paragraph, text, translation, turn

SIZE = 40


def texts(links: Sequence[int], keep: Sequence[int], seed: int = 1, size: int = SIZE) -> list[str]:
    """The findings of a translation of which the turns `keep` are left, linked in their order to `links`.

    Short texts are of three persons, who have other keys in the translation.
    """
    chance = random.Random(seed)
    names = [name.rpartition("#")[2] for name in PERSONS][: 3 if size < SIZE else None]
    said = [(chance.choice(names), chance.choice((5, 12, 40, 90, 200))) for _ in range(size)]

    def spoken(path: str, name: str, of: int, link: str) -> Turn:
        who, length = said[of]
        words = ("words " * length)[: length if path == "ru.xml" else round(1.1 * length)]
        made = turn(path, name, who if path == "ru.xml" or size == SIZE else f"{who}-en", (link,) if link else ())
        return replace(made, paragraphs=(replace(paragraph(path, f"{name}p1"), text=words),))

    ours = text("ru.xml", [spoken("ru.xml", f"t{n}", n, "") for n in range(size)])
    theirs = [spoken("en.xml", f"e{n}", n, f"ru.xml#t{link}") for n, link in zip(keep, links, strict=True)]
    return [code for code, _ in codes(found(ours, translation(theirs))) if code.startswith(("TRN2", "TRN3"))]


@pytest.mark.parametrize("seed", range(6))
def test_links_as_they_should_be_are_let_be(seed: int) -> None:
    assert texts(range(SIZE), range(SIZE), seed) == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lost", [2, 11, 25, 30])
def test_links_that_go_on_after_a_lost_turn_are_told_once(seed: int, lost: int) -> None:
    keep = [n for n in range(SIZE) if n != lost]
    assert sorted(texts(range(SIZE - 1), keep, seed)) == ["TRN201", "TRN207"]


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_links_that_are_wrong_from_the_start_do_not_say_who_is_who(seed: int) -> None:
    assert sorted(texts(range(11), range(1, 12), seed, 12)) == ["TRN201", "TRN207"]


@pytest.mark.parametrize("seed", range(6))
def test_links_that_skip_one_lead_too_far(seed: int) -> None:
    links = [*range(12), *range(13, 27), *range(27, SIZE)]
    keep = [*range(26), *range(27, SIZE)]
    assert texts(links, keep, seed).count("TRN207") == 1


def test_a_few_wrong_links_are_each_told() -> None:
    links = [*range(12), 13, 14, 15, 15, *range(16, SIZE)]
    assert "TRN207" not in texts(links, range(SIZE))


def test_an_alignment_is_asked_only_where_other_speakers_stand_close_together() -> None:
    mine, other = frozenset("a"), frozenset("b")
    ours = [mine] * 60
    wide = [other if n % 10 == 0 else mine for n in range(60)]
    close = [other if n in (20, 22, 24) else mine for n in range(60)]
    pairs = [(n, n) for n in range(60)]
    assert not may_be_shifted(ours, ours, pairs)
    assert not may_be_shifted(ours, wide, pairs)
    assert may_be_shifted(ours, close, pairs)
