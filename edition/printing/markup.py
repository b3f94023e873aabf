"""Blocks and notes as HTML: what the pages of every layout are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from math import ceil

from edition.printing.blocks import Block
from edition.printing.inline import SERIES, TEXTUAL, Note, called, unmarked
from edition.printing.joining import BREAK, WORD_JOINER
from edition.printing.lists import BODY, written
from edition.printing.rows import Row
from edition.printing.setting import Face, Heading
from edition.printing.words import ENGLISH, Words

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TOP_HEADING = 2  # h1 is the title of the book
_LOWEST_HEADING = 6
_DEEPEST = 4  # of lists within lists that book.css knows
# Calls of notes without a word between, of which no line could hold any number: the last of so many may begin one.
_CALL = r'<a class="call [^>]*>'
_CROWD = re.compile(rf"((?:{_CALL}{WORD_JOINER}[^<]*</a>){{8}})({_CALL}){WORD_JOINER}")

Label = Callable[[Note], str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The letter or number of each note, by its id."""

    by_id: dict[str, str]

    def of(self, note: Note) -> str:
        return self.by_id[note.id]


def number_notes(pages: Iterable[Sequence[Note]]) -> Labels:
    """Letters for textual notes, anew on each page; numbers for commentary, from 1 through the book."""
    numbers = count(1)
    labels: dict[str, str] = {}
    for notes in pages:
        letters = count()
        for note in notes:
            labels[note.id] = letter(next(letters)) if note.series == TEXTUAL else str(next(numbers))
    return Labels(labels)


def letter(number: int) -> str:
    """a to z, then aa to zz and so on; `number` counts from 0."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        text = _LETTERS[rest] + text
    return text


def wide_labels(rows: Sequence[Row]) -> Label:
    """Labels at least as wide as any their notes may get, so that a text never grows after it was measured."""
    notes = [note for row in rows for side in row.sides for block in side for note in block.notes]
    number = "8" * len(str(len(notes)))
    return lambda note: "m" if note.series == TEXTUAL else number


def block_html(block: Block, label: Label, words: Words = ENGLISH) -> str:
    """One block with the calls of its notes. `words` are for those who hear it."""
    notes = {note.id: note for note in block.notes}

    def call(name: str) -> str:
        note = notes[name]
        shown = escape(label(note))
        told = f'id="call.{name}" href="#{name}" {spoken("note", words, note=shown)}'
        return f'<a class="call {note.series}" {told}>{WORD_JOINER}{shown}</a>'  # it begins no line

    tag = f"h{min(_TOP_HEADING + block.level, _LOWEST_HEADING)}" if block.kind == "head" else "p"
    told = f'class="block {_states(block)}" id="{block.id}"{language(block.language)}'
    told += f' data-within="{written(block.within)}"' if block.within else ""
    html = _CROWD.sub(rf"\1{BREAK}\2", called(block.html, call))
    return f"<div {told}>{_table(block, html)}</div>" if block.is_tabular else f"<{tag} {told}>{html}</{tag}>"


def _states(block: Block) -> str:
    """The classes of a block: what it is, what it is part of, how deep in lists it stands."""
    states = {
        "continued": block.kind == "paragraph" and not (block.opens or block.resumes or block.follows),
        "follows": block.follows,
        "resumes": block.resumes,
        "cut": block.cut,
        "narrow": block.size < 1,
    }
    depth = min(sum(part.role == BODY for part in block.within), _DEEPEST)
    states[f"in-{depth}"] = depth > 0
    return " ".join((block.kind, *(state for state, holds in states.items() if holds)))


def _table(block: Block, rows: str) -> str:
    """Rows of a table, with the columns that all of it has if they are known."""
    if not block.widths:
        return f"<table>{rows}</table>"
    widths = [ceil(width * 1000) / 1000 for width in block.widths]  # in less, the longest word would be divided
    columns = "".join(f'<col style="width: {width:.3f}px"/>' for width in widths)
    style = f"width: {sum(widths):.3f}px; font-size: {block.size:.3f}em"
    return f'<table style="{style}"><colgroup>{columns}</colgroup>{rows}</table>'


def notes_html(notes: Sequence[Note], label: Label, between: float = 0.0, words: Words = ENGLISH) -> str:
    """The notes of a page, textual ones first. `between` is the space between the two series, in px."""
    pieces: list[str] = []
    for series in SERIES:
        own = [note for note in notes if note.series == series]
        if own:
            space = f' style="padding-top: {between:.3f}px"' if pieces else ""
            pieces.append(f'<div class="{series}"{space}>{"".join(_note(note, label, words) for note in own)}</div>')
    return "".join(pieces)


def _note(note: Note, label: Label, words: Words) -> str:
    shown = "" if note.resumes else escape(label(note))
    back = f'href="#call.{note.id}" {spoken("back", words, note=shown)}'
    lang, kind = language(note.language), "note cut" if note.cut else "note"
    begun = "" if note.resumes else f'<a class="label" {back}>{shown}</a> '
    return f'<p class="{kind}" id="{note.id}"{lang}>{begun}{unmarked(note.html)}</p>'


def spoken(name: str, words: Words, **values: str) -> str:
    """The attributes of an element that is heard in other words than it is seen, and in their language."""
    return f'data-spoken="{words.html(name, **values)}" lang="{escape(words.language)}"'


def column(body: str, face: Face, side: int) -> str:
    """The text of a side as it stands on its page: in a column, if it shares the page with the other text."""
    return body if len(face.sides) == 1 else f'<div class="column side-{side}">{body}</div>'


def language(tag: str | None) -> str:
    """The attribute that states a language, if there is one to state (BCP 47)."""
    return f' lang="{escape(tag)}"' if tag else ""


def document_html(body: str, heading: Heading, meta: str = "") -> str:
    """A whole document: what running heads say stands in the attributes of its body."""
    running = f'data-book="{escape(heading.book)}" data-part="{escape(heading.part)}"'
    return (
        f'<html lang="{escape(heading.words.language)}"><head>{meta}</head>'
        f"<body {running}><main>{body}</main></body></html>"
    )
