"""Links that name no file but mean the other one: `corresp="#t12"`, where only the other text has a t12.

By TEI such a pointer leads into the file that it stands in (P5, 16.2.1). Whoever writes it thinks of the two texts as
one; so it is taken as it is meant, and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from edition.model import Paragraph, Text, Turn

Keys = tuple[str, ...]


def as_meant(text: Text, other: Text) -> Text:
    """A text whose links lead where they are meant to."""
    instead = meant(text, other)
    return relinked(text, lambda keys: tuple(instead.get(key, key) for key in keys)) if instead else text


def meant(text: Text, other: Text) -> dict[str, str]:
    """Keys that no unit of the text has, by which it links to units of the other; and the keys of these."""
    home = f"{text.path}#"
    pointed = {key for unit in _units(text) for key in unit.corresp if key.startswith(home)}
    if not pointed:
        return {}
    theirs = {unit.key for unit in _units(other)}
    lost = pointed.difference(unit.key for unit in _units(text))
    found = ((key, f"{other.path}#{key.removeprefix(home)}") for key in lost)
    return {key: instead for key, instead in found if instead in theirs}


def units_without_file(text: Text, other: Text) -> Iterator[tuple[Turn | Paragraph, str]]:
    """The units with such a link, each with what it means, in the order of the file."""
    instead = meant(text, other)
    found = (
        (unit, instead[key]) for unit in (_units(text) if instead else ()) for key in unit.corresp if key in instead
    )
    yield from sorted(found, key=lambda each: each[0].location.line or 0)


def relinked(text: Text, change: Callable[[Keys], Keys]) -> Text:
    """A text with other links."""

    def paragraphs(old: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(replace(each, corresp=change(each.corresp)) for each in old)

    turns = (
        replace(each, corresp=change(each.corresp), paragraphs=paragraphs(each.paragraphs)) for each in text.turns
    )
    return replace(text, turns=tuple(turns), frame=paragraphs(text.frame), headings=paragraphs(text.headings))


def _units(text: Text) -> Iterator[Turn | Paragraph]:
    for turn in text.turns:
        yield turn
        yield from turn.paragraphs
    yield from text.frame
    yield from text.headings
