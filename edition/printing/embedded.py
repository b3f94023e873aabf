"""The fonts of a finished PDF: all in the file, none but those of the edition, and what each glyph stands for.

At layout the press tells which characters it had no font for. This asks the file itself, which may have been written
otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.finished import Finished
from edition.printing.painted import Font
from edition.printing.rules import GLYPH_MISSING

_HERE = Location(CONFIG_NAME)
_NOTDEF = b"0000"  # the glyph that stands for none (OpenType, glyf)
_NOTHING = frozenset(("", "\0", "\ufeff", "\ufffe"))  # no character that text has (ISO 19005-3, 6.2.11.7.2)
_NAME_IT = "name it in print.fonts, or look for font-family in print.stylesheets"
_ANOTHER = "name another font in print.fonts"


def badly_embedded(finished: Finished, families: Collection[str]) -> Iterator[Diagnostic]:
    """What is wrong with the fonts that text of the file is set in. `families` are those of the edition."""
    drawn: dict[str, set[bytes]] = {}
    for page in finished.pages:
        for name, glyphs in page.glyphs.items():
            drawn.setdefault(name, set()).update(glyphs)
    for font in finished.fonts:
        if font.name in drawn:
            yield from _faults(font, drawn[font.name], families)


def _faults(font: Font, drawn: set[bytes], families: Collection[str]) -> Iterator[Diagnostic]:
    if font.family not in families:
        yield _wrong(f"the file has text in {font.family}, which is no font of the edition", _NAME_IT)
    if not font.is_embedded:
        yield _wrong(f"the file has text in {font.family}, but not the font", _ANOTHER)
    if font.has_gaps or _NOTDEF in drawn:
        yield _wrong(f"the file has the sign of {font.family} for a character that it lacks", _NAME_IT)
    unread = sum(font.characters.get(glyph, "") in _NOTHING for glyph in drawn)
    if unread:
        yield _wrong(f"the file does not say which characters {unread} glyphs of {font.family} are", _ANOTHER)


def _wrong(message: str, hint: str) -> Diagnostic:
    return GLYPH_MISSING.finding(message, _HERE, hint=hint)
