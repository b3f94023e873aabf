"""Notes too long for their page: they go on overleaf, whole to a reader, and the texts stay in step."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.printing.finished import Finished
from edition.printing.inline import Note
from edition.printing.measuring import Line, Measures
from edition.printing.overleaf import note_height, part_notes
from edition.printing.slicing import letters
from tests.printing.printed import codes, printed, rewrite, sample, with_print

LINE = 10.0


def measured(lengths: list[int]) -> tuple[list[Note], Measures]:
    """Notes of so many lines of one word each."""
    notes = [
        Note(f"n{at}", ("textual", "commentary")[at % 2], " ".join(["word"] * length), None)
        for at, length in enumerate(lengths)
    ]
    heights = {note.id: length * LINE for note, length in zip(notes, lengths, strict=True)}
    set_lines = {
        note.id: tuple(Line((at + 1) * LINE, 0, 4 * (at + 1)) for at in range(length))
        for note, length in zip(notes, lengths, strict=True)
    }
    return notes, Measures((), heights, 100.0, note_lines=set_lines)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(40, 200))
def test_page_by_page_all_is_there_once_and_no_more_than_fits(lengths: list[int], room: int) -> None:
    waiting, measures = measured(lengths)
    pages: list[list[Note]] = []
    while waiting:
        kept, waiting = part_notes(waiting, room, measures)
        assert kept
        assert sum(note_height(note, measures) for note in kept) <= room
        assert [note.series for note in kept] == sorted((note.series for note in kept), reverse=True)
        pages.append(kept)
    for at, length in enumerate(lengths):
        parts = [note for page in pages for note in page if note.id.removesuffix(".rest").split(".")[0] == f"n{at}"]
        assert sum(note_height(note, measures) for note in parts) == length * LINE
        assert "".join(letters(note.html).replace(" ", "") for note in parts) == "word" * length
        assert [note.resumes for note in parts] == [False] + [True] * (len(parts) - 1)
        assert [note.cut for note in parts] == [True] * (len(parts) - 1) + [False]


@pytest.mark.parametrize("layout", ["facing", "columns", "sequence"])
def test_a_note_longer_than_a_page_goes_on_overleaf(layout: str, tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), layout=layout)
    words = " ".join(f"word{number}" for number in range(1800))
    rewrite(tmp_path / "talk.en.xml", ("The Russian names no year.", words))
    rendering = printed(config)
    assert codes(rendering) == []
    finished = Finished.of(rendering.pdf)
    with finished.pdf:
        (note,) = (tag for tag in finished.tags.walk() if tag.role == "Note" and "word1799" in tag.text())
        assert "".join(note.text().split()) == "1" + words.replace(" ", "")
        assert len(note.pages) > 2


def test_many_notes_in_a_line_go_on_overleaf_with_their_own_letters(tmp_path: Path) -> None:
    config = with_print(sample(tmp_path), page="120mm 120mm")
    notes = "".join(
        f'<note type="textual">Long note {number}, as long as a line or two.</note>' for number in range(40)
    )
    rewrite(tmp_path / "talk.en.xml", ("We are building", f"We{notes} are building"))
    rendering = printed(config)
    assert codes(rendering) == []
    finished = Finished.of(rendering.pdf)
    with finished.pdf:
        found = [tag.text().split() for tag in finished.tags.walk() if tag.role == "Note"]
    labels = {words[3]: words[0] for words in found if words[1:3] == ["Long", "note"]}
    assert [labels[f"{number},"] for number in (0, 1, 25, 26, 39)] == ["a", "b", "z", "aa", "an"]
