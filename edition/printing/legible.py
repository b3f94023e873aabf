"""Whether all text can be read in a finished file: no word is missing, and none is where nobody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from edition.diagnostics import Diagnostic
from edition.model import Text
from edition.printing.blocks import Block
from edition.printing.finished import Finished, Tag
from edition.printing.inline import called
from edition.printing.lists import label_of
from edition.printing.promise import Promise
from edition.printing.rules import STYLES, TEXT_LOST
from edition.printing.slicing import letters

_APART = frozenset({"Reference", "Note"})  # what is said beside the text
_AROUND = frozenset({"Note", "L", "Table"})  # what is no text, or has that of others
_EACH = 5  # findings of one kind that are told one by one
_WORDS = 5  # of a text that are told


def complete(tags: Tag, promise: Promise) -> Iterator[Diagnostic]:
    """Whether each paragraph and note that was set can be read, and each turn of the model with its speaker."""
    by_id = {tag.id: tag for tag in tags.walk() if tag.id}
    blocks = (block for row in promise.rows for side in row.sides for block in side)
    lost = [each for block in blocks for each in _block_complete(block, by_id)]
    yield from lost
    if lost:
        return  # the turns would tell the same again
    for text, side in zip(promise.edition.texts(), promise.sides, strict=False):
        own = (tag for name, tag in by_id.items() if name.startswith(f"{side}-") and tag.role not in _AROUND)
        yield from _text_complete(text, "".join(tag.text(without=_APART) for tag in own))


def _block_complete(block: Block, by_id: dict[str, Tag]) -> Iterator[Diagnostic]:
    told = [(block.html, _APART), *((note.html, frozenset({"Lbl"})) for note in block.notes)]
    for (name, what), (html, without) in zip(_named(block), told, strict=True):
        tags = [by_id[each] for each in (label_of(name), name) if each in by_id]
        text = "".join(tag.text(without=without) for tag in tags)
        lost = _lost(letters(called(html, lambda _: "")).split(), _solid(text))
        if lost is not None:
            yield TEXT_LOST.finding(f"{what} is printed without {lost!r}", block.location, hint=STYLES)


def seen(finished: Finished, promise: Promise) -> Iterator[Diagnostic]:
    """The first blocks with text that is in the file, but that nobody can see."""
    if not any(page.hidden for page in finished.pages):
        return
    by_id = {tag.id: tag for tag in finished.tags.walk() if tag.id}
    found = (
        TEXT_LOST.finding(f"nobody can see {text!r} in {what}: it is {why}", block.location, hint=STYLES)
        for row in promise.rows
        for side in row.sides
        for block in side
        for name, what in _named(block)
        for each in (label_of(name), name)
        if each in by_id
        for text, why in islice(_hidden(by_id[each], finished), 1)
    )
    yield from islice(found, _EACH)


def _hidden(tag: Tag, finished: Finished) -> Iterator[tuple[str, str]]:
    """What cannot be seen of a tag and all below it, and why."""
    for page, mark in (mark for each in tag.walk() for mark in each.marks):
        painted = finished.pages[page]
        if mark in painted.hidden:
            yield " ".join(painted.texts[mark].split()[:_WORDS]), painted.hidden[mark]


def _named(block: Block) -> list[tuple[str, str]]:
    """The ids of a block and its notes, and what they are."""
    return [(block.id, f"this {block.kind}"), *((note.id, f"a note on this {block.kind}") for note in block.notes)]


def _text_complete(text: Text, printed: str) -> Iterator[Diagnostic]:
    """The turns of a text, each after the one before it, against all that was printed of it."""
    solid, reached = _solid(printed), 0
    for turn in text.turns:
        words = [*turn.label.split(), *(word for each in turn.paragraphs for word in each.text.split())]
        whole = _solid("".join(words))
        at = solid.find(whole, reached)
        if at >= 0:
            reached = at + len(whole)
            continue
        lost = _lost(words, solid[reached:])
        if lost is not None:
            yield TEXT_LOST.finding(
                f"{turn.title} is printed without {lost!r}", turn.location, turn=turn.id, hint=STYLES
            )
    for paragraph in (*text.headings, *text.frame):
        lost = _lost(paragraph.text.split(), solid)
        if lost is not None:
            yield TEXT_LOST.finding(f"this paragraph is printed without {lost!r}", paragraph.location, hint=STYLES)


def _lost(words: Iterable[str], solid: str) -> str | None:
    """The first of these words, in their order, that a text does not have."""
    reached = 0
    for word in words:
        own = _solid(word)
        at = solid.find(own, reached)
        if at < 0:
            return word
        reached = at + len(own)
    return None


def _solid(text: str) -> str:
    """Letters and digits alone: white space, hyphens and quotation marks are the print's own."""
    return "".join(character for character in text.casefold() if character.isalnum())
