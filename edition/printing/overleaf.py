"""Notes that are too long for the page of their call: what of them stands there, and what goes on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from edition.printing.inline import SERIES, Note
from edition.printing.measuring import Line, Measures
from edition.printing.slicing import cut_html

_FEWEST = 2  # lines of a note that may stand alone


def note_height(note: Note, measures: Measures) -> float:
    """The height of a note, or of the part of it that ends or begins with a page, in px."""
    return measures.notes[_key(note)]


def part_notes(notes: Sequence[Note], room: float, measures: Measures) -> tuple[list[Note], list[Note]]:
    """Those that so many px hold, in the order of the foot of a page, and the others; one may be in both in part."""
    kept: list[Note] = []
    waiting = sorted(notes, key=lambda note: SERIES.index(note.series))
    while waiting and note_height(waiting[0], measures) <= room:
        room -= note_height(waiting[0], measures)
        kept.append(waiting.pop(0))
    parted = _part(waiting[0], room, measures) if waiting else None
    if parted is not None:
        kept.append(parted[0])
        waiting[0] = parted[1]
    return kept, waiting


def _part(note: Note, room: float, measures: Measures) -> tuple[Note, Note] | None:
    """A note in two, the first as long as so many px hold. Its parts are added to what was measured."""
    set_lines = measures.note_lines.get(_key(note), ())
    ends = range(len(set_lines) - _FEWEST, _FEWEST - 1, -1)
    at = next((at for at in ends if set_lines[at - 1].bottom <= room and set_lines[at - 1].letters is not None), None)
    if at is None:
        return None
    last, height = set_lines[at - 1], note_height(note, measures)
    head, tail = cut_html(note.html, last.letters or 0)
    first, rest = replace(note, html=head, cut=True), replace(note, id=f"{note.id}.rest", html=tail, resumes=True)
    measures.notes[_key(first)], measures.notes[_key(rest)] = last.bottom, height - last.bottom
    measures.note_lines[_key(rest)] = tuple(_moved(line, last) for line in set_lines[at:])
    return first, rest


def _key(note: Note) -> str:
    """What a note was measured as: a part, which may be cut at another line the next time, as what is in it."""
    return f"{note.id} {len(note.html)}" if note.cut or note.resumes else note.id


def _moved(line: Line, last: Line) -> Line:
    """A line counted from the end of another one."""
    letters = None if line.letters is None else line.letters - (last.letters or 0)
    return replace(line, bottom=line.bottom - last.bottom, letters=letters)
