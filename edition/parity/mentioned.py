"""What turns mention that a translation keeps: numbers, and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from edition.model import Text, Turn
from edition.parity.sounds import are_namesakes
from edition.parity.values.reading import language_in_text, values_of

_NAME = re.compile(r"(?<=[^\W\d_]\s)[^\W\d_]{4,}")  # a word that begins no sentence


def numbers_in(text: Text, turns: Sequence[Turn]) -> set[frozenset[Decimal]]:
    """What the numbers and years in turns of a text may mean, those of which it is known that they are numbers."""
    language = language_in_text(text)
    values = (value for turn in turns for each in turn.paragraphs for value in values_of(each, language))
    return {numbers for value in values if value.sureness and (numbers := frozenset(value.numbers))}


def shared_names(ours: Turn, theirs: Turn) -> int:
    """How many names of one turn sound like one of the other."""
    return sum(any(are_namesakes(name, other) for other in names_in(theirs)) for name in {*names_in(ours)})


def names_in(turn: Turn) -> Iterator[str]:
    """What is written with a capital letter within a sentence."""
    for paragraph in turn.paragraphs:
        yield from (found[0] for found in _NAME.finditer(paragraph.text) if found[0][0].isupper())
