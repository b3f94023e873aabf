"""What a screen reader is told, held against what was to be printed: languages, notes, order, bookmarks, labels.

Validators ask whether tags are well made; whether they are the right ones only the edition knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.finished import Finished, Tag
from edition.printing.languages import Heard
from edition.printing.lists import BODY, LIST, ROWS, Part, label_of
from edition.printing.rules import NOT_ACCESSIBLE, STYLES
from edition.printing.structure import TEXT_BY_TEXT

if TYPE_CHECKING:
    from edition.printing.blocks import Block
    from edition.printing.rows import Row

_HERE = Location(CONFIG_NAME)
_ROWS_AND_CELLS = re.compile("<(tr|th|td)[ >]")
_SAID = {"LI": "items", "TR": "rows", "TH": "headings", "TD": "cells"}


@dataclass(frozen=True, slots=True)
class Told:
    """Tags by their ids, each with the language in which it is read, and links with theirs, in order."""

    tags: Mapping[str, Tag]
    languages: Mapping[str, str]
    links: Sequence[tuple[Tag, str]]

    @classmethod
    def by(cls, root: Tag, language: str) -> Told:
        tags: dict[str, Tag] = {}
        languages: dict[str, str] = {}
        links: list[tuple[Tag, str]] = []

        def walk(tag: Tag, inherited: str) -> None:
            own = tag.language or inherited
            if tag.id:
                tags[tag.id], languages[tag.id] = tag, own
            if tag.links:
                links.append((tag, own))
            for kid in tag.kids:
                walk(kid, own)

        walk(root, language)
        return cls(tags, languages, links)


def read_aloud(finished: Finished, rows: Sequence[Row], order: str) -> Iterator[Diagnostic]:
    """What of the texts a screen reader would read wrongly. `order` is one of `structure.ORDERS`."""
    language = str(finished.root.get("/Lang", ""))
    told = Told.by(finished.tags, language)
    blocks = [block for row in rows for side in row.sides for block in side]
    heard = Heard(finished.tags, language)
    for block in blocks:
        yield from _in_its_language(block, told, language)
        yield from _in_other_languages(block, told, heard)
        yield from _with_its_notes(block, told)
    yield from _as_lists_and_tables(blocks, told)
    yield from _listed_in_its_language(blocks, told, language)
    yield from _in_order(rows, finished.tags, order)
    yield from _bookmarked(rows, finished)
    yield from _without_furniture(blocks, finished, told)


def _in_its_language(block: Block, told: Told, otherwise: str) -> Iterator[Diagnostic]:
    wanted = [(block.id, f"this {block.kind}", block.language)]
    wanted += [(note.id, f"a note on this {block.kind}", note.language) for note in block.notes]
    for name, what, language in wanted:
        spoken = told.languages.get(name)
        if spoken is not None and spoken != (language or otherwise):
            yield _wrong(
                f"{what} is read as {spoken or 'no language'}, not as {language or otherwise}", block.location
            )


def _in_other_languages(block: Block, told: Told, heard: Heard) -> Iterator[Diagnostic]:
    """Words in another language than the paragraph or note that they stand in."""
    texts = [(block.id, f"this {block.kind}", block.html, block.language)]
    texts += [(note.id, f"a note on this {block.kind}", note.html, note.language) for note in block.notes]
    for name, what, html, language in texts:
        if name in told.tags and " lang=" in html:
            for other, words in heard.lacks(told.tags[name], language or heard.language, html):
                yield _wrong(f"{words!r} in {what} is not read as {other}", block.location)


def _listed_in_its_language(blocks: Sequence[Block], told: Told, otherwise: str) -> Iterator[Diagnostic]:
    """The contents repeat a head in the language that it has."""
    heads = {block.id: block for block in blocks if block.title}
    for tag, spoken in told.links:
        for block in (heads[name] for name in set(tag.links) if name in heads):
            said, title = _solid(tag.text()), _solid(block.title)
            is_listed = said.startswith(title) and said[len(title) :].isdigit()  # the number of its page
            if is_listed and spoken != (block.language or otherwise):
                yield _wrong(
                    f"in the contents this head is read as {spoken}, not as {block.language or otherwise}",
                    block.location,
                )


def _with_its_notes(block: Block, told: Told) -> Iterator[Diagnostic]:
    """Each note is a `Note`, called from the block by a reference that leads to it, and leads back."""
    if block.id not in told.tags:
        return  # its text is missing, which is told as that
    own = (tag for name in (label_of(block.id), block.id) if name in told.tags for tag in told.tags[name].walk())
    called = {link for tag in own if tag.role == "Reference" for link in _links(tag)}
    for note in block.notes:
        tag = told.tags.get(note.id)
        if tag is None or tag.role != "Note":
            yield _wrong(f"a note on this {block.kind} is not tagged as one", block.location)
        elif note.id not in called:
            yield _wrong(f"nothing in this {block.kind} leads to its note", block.location)
        elif not _links(tag):
            yield _wrong(f"nothing leads from a note back to this {block.kind}", block.location)


def _links(tag: Tag) -> list[str]:
    return [link for each in tag.walk() for link in each.links]


def _as_lists_and_tables(blocks: Sequence[Block], told: Told) -> Iterator[Diagnostic]:
    """Each list and table is one to a reader, with as many items, or rows and cells, as it has."""
    wholes: dict[str, list[tuple[Part, Block]]] = {}
    for block in blocks:
        for part in block.within:
            wholes.setdefault(part.whole, []).append((part, block))
    for name, own in wholes.items():
        kind, place = own[0][0].kind, own[0][1].location
        what = "list" if kind == LIST else "table"
        tag = told.tags.get(name)
        if tag is None or tag.role != kind:
            yield _wrong(f"this {what} is not tagged as one", place)
            continue
        inside = {each.id for each in tag.walk()}
        for block in (block for _, block in own if block.id in told.tags and block.id not in inside):
            yield _wrong(f"this {block.kind} is not read as a part of its {what}", block.location)
        wanted = _items(part for part, _ in own) if kind == LIST else _cells(block for _, block in own)
        found = Counter(_roles(tag))
        for role, said in _SAID.items():
            if role in wanted | found and wanted[role] != found[role]:
                yield _wrong(f"this {what} is read with {found[role]} {said}, not {wanted[role]}", place)
        signs = next((part.signs for part, _ in own if part.signs != "None"), "None")
        if tag.signs != signs:
            yield _wrong(f"the signs of the items of this {what} are read as {tag.signs}, not as {signs}", place)


def _items(parts: Iterable[Part]) -> Counter[str]:
    return Counter({"LI": len({part.number for part in parts if part.role == BODY})})


def _cells(blocks: Iterable[Block]) -> Counter[str]:
    tags = (tag.upper() for block in blocks if block.is_tabular for tag in _ROWS_AND_CELLS.findall(block.html))
    return Counter(tags)


def _roles(tag: Tag) -> Iterator[str]:
    """The items of a list, or the rows and cells of a table, without those of a list or table in it."""
    for kid in tag.kids:
        if kid.role in _SAID:
            yield kid.role
        if kid.role in ("TR", ROWS):
            yield from _roles(kid)


def _in_order(rows: Sequence[Row], root: Tag, order: str) -> Iterator[Diagnostic]:
    sides = [side for row in rows for side in row.sides]
    if order == TEXT_BY_TEXT:
        sides = sides[::2] + sides[1::2]
    places = {tag.id: place for place, tag in enumerate(root.walk()) if tag.id}
    blocks = [block for block in _lists_together(sides) if block.id in places]
    for before, block in pairwise(blocks):
        if places[block.id] < places[before.id]:
            yield _wrong(f"this {block.kind} is read before what stands before it", block.location)
            return


def _lists_together(sides: Iterable[Sequence[Block]]) -> list[Block]:
    """Blocks in order, but those of a list or table together, where the first of them stands."""
    begun: dict[str, int] = {}

    def place(numbered: tuple[int, Block]) -> tuple[int, int]:
        at, block = numbered
        return (begun.setdefault(block.within[0].whole, at) if block.within else at), at

    return [block for _, block in sorted(enumerate(block for side in sides for block in side), key=place)]


def _bookmarked(rows: Sequence[Row], finished: Finished) -> Iterator[Diagnostic]:
    """Each head has a bookmark, those of the one text before those of the other."""
    blocks = (block for side in (0, 1) for row in rows for block in row.sides[side])
    titles, reached = finished.bookmarks, 0
    for block in blocks:
        if not block.title:
            continue
        if block.title not in titles:
            yield _wrong("this head has no bookmark", block.location)
        elif block.title not in titles[reached:]:
            yield _wrong("this head has its bookmark before that of the head above it", block.location)
        else:
            reached = titles.index(block.title, reached) + 1


def _without_furniture(blocks: Sequence[Block], finished: Finished, told: Told) -> Iterator[Diagnostic]:
    """Running heads and numbers are read by nobody: a mark that is no artifact is text, and has a tag."""
    names = {name for block in blocks for name in (block.id, *(note.id for note in block.notes))}
    names |= {part.whole for block in blocks for part in block.within}
    own = {mark for name in names if name in told.tags for tag in told.tags[name].walk() for mark in tag.marks}
    tagged = {mark for tag in finished.tags.walk() for mark in tag.marks}
    pages = {page for page, _ in own}
    for number, marks in enumerate(finished.marked):
        here = {(number, mark) for mark in marks if mark >= 0}
        if not here <= tagged:
            yield _wrong(f"text on page {number + 1} is marked, but no tag has it", _HERE)
        elif number in pages and not here <= own:
            yield _wrong(f"something on page {number + 1} is read that is no text of the edition", _HERE)


def labels_as_printed(root: Any) -> bool:
    """Whether pages are labelled as they are numbered: from 1 on, in figures (ISO 32000-1, 12.4.2)."""
    if "/PageLabels" not in root or "/Nums" not in root.PageLabels:
        return False
    first, style, *further = root.PageLabels.Nums
    return not further and first == 0 and style.get("/S") == "/D" and style.get("/St", 1) == 1 and "/P" not in style


def _solid(text: str) -> str:
    return "".join(text.split())


def _wrong(message: str, place: Location) -> Diagnostic:
    return NOT_ACCESSIBLE.finding(message, place, hint=STYLES)
