"""Speakers who are only labels, in scripts that share no letter: known by where they stand, and silent when right."""

from __future__ import annotations

import pytest

from edition.model import Edition
from edition.parity import compare

from .texts import codes, told

# Who speaks, and how many words, as uneven as talk is.
TURNS = (
    *(("S", 21), ("K", 3), ("S", 22), ("K", 17), ("M", 8), ("S", 6), ("K", 26), ("M", 5), ("S", 19), ("K", 2)),
    *(("M", 11), ("S", 6), ("K", 18), ("M", 7), ("S", 23), ("K", 5), ("S", 6), ("M", 20), ("K", 4), ("S", 24)),
)
ENGLISH = {"S": "Sophia", "K": "Konstantin", "M": "Maria"}
SCRIPTS = {
    "el": ("λόγος", {"S": "Σοφία", "K": "Κωνσταντίνος", "M": "Μαρία"}),
    "ar": ("كلمة", {"S": "صوفيا", "K": "قسطنطين", "M": "ماريا"}),
    "he": ("מילה", {"S": "סופיה", "K": "קונסטנטין", "M": "מריה"}),
    "ka": ("სიტყვა", {"S": "სოფიო", "K": "კონსტანტინე", "M": "მარიამ"}),
    "hy": ("բառ", {"S": "Սոֆիա", "K": "Կոստանդին", "M": "Մարիամ"}),
    "hi": ("शब्द", {"S": "सोफिया", "K": "कोंस्टेंटिन", "M": "मारिया"}),
    "zh": ("字", {"S": "索菲亚", "K": "康斯坦丁", "M": "玛丽亚"}),
    "ko": ("단어", {"S": "소피아", "K": "콘스탄틴", "M": "마리아"}),
}


def edition(language: str, without: int | None = None, wrong: int | None = None) -> Edition:
    """The talk in this language, and in English without a turn, or with a turn of Konstantin."""
    word, names = SCRIPTS[language]
    ours = [(names[who], f"{word} " * size) for who, size in TURNS]
    theirs = [
        (ENGLISH["K" if number == wrong else who], "word " * size)
        for number, (who, size) in enumerate(TURNS, 1)
        if number != without
    ]
    return Edition(told("o.xml", language, ours), told("t.xml", "en", theirs), {})


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_whole_translation_is_passed_in_silence(language: str) -> None:
    assert list(compare(edition(language))) == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_turn_left_out_and_a_turn_of_another_are_found(language: str) -> None:
    assert codes(compare(edition(language, without=7))) == [("TRN201", None)]
    assert codes(compare(edition(language, wrong=11))) == [("TRN301", None)]
