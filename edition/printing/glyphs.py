"""Which characters no font of the edition has, and where the sources have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.rules import GLYPH_MISSING
from edition.tei.parse import Document


def missing_glyphs(strange: Iterable[str], documents: Iterable[Document]) -> list[Diagnostic]:
    """A finding for each of the `strange` characters, at the first place of each source that has it."""
    documents = tuple(documents)
    found: list[Diagnostic] = []
    for character in sorted(strange):
        places = [place for document in documents for place in _first(character, document)]
        what = f"no font of the edition has {character!r} (U+{ord(character):04X} {_name(character)})"
        found += (
            GLYPH_MISSING.finding(
                what,
                place,
                hint="write it in other letters, or name a font that has it in print.fonts",
            )
            for place in places or [Location(CONFIG_NAME)]
        )
    return found


def _first(character: str, document: Document) -> list[Location]:
    """The first place of a character in a file, as itself or as a numeric reference."""
    encoding = None if document.root is None else document.root.getroottree().docinfo.encoding
    text = document.file.read_text(encoding=encoding or "utf-8", errors="replace")
    code = ord(character)
    at = re.search(f"{re.escape(character)}|&#(?:0*{code}|[xX]0*(?i:{code:x}));", text)
    if at is None:
        return []
    line = text.count("\n", 0, at.start()) + 1
    return [Location(document.path, line, at.start() - text.rfind("\n", 0, at.start()))]


def _name(character: str) -> str:
    return unicodedata.name(character, "without a name")
