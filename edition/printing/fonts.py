"""The fonts of a print: PT Serif from its package, made ready for WeasyPrint.

WeasyPrint 70 measures a line with the space that follows it and sets it without. Where the font kerns its last letter
against that space the line comes out too wide, and WeasyPrint then breaks it at the last inline element, in the
middle of a name or after one word. So the kerning against spaces, and nothing else, is taken out of the fonts. It is
the PDF that holds them, in part, as it would hold any font; they are not given on.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

FAMILY = "PT Serif"
_FACES = (
    ("Regular", "normal", "normal"),
    ("Italic", "normal", "italic"),
    ("Bold", "bold", "normal"),
    ("BoldItalic", "bold", "italic"),
)
_SPACES = (0x20, 0xA0)


def font_faces() -> str:
    """The @font-face rules for the four faces, with the fonts in them."""
    import fontpkg_pt_serif

    folder = Path(fontpkg_pt_serif.ROOT)
    return "\n".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; font-style: {style}; "
        f"src: url('data:font/ttf;base64,{_ready(next(folder.rglob(f'*-{face}.ttf')))}') }}"
        for face, weight, style in _FACES
    )


def _ready(file: Path) -> str:
    """A font file without kerning against spaces, in Base64. The same file gives the same text."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(file, recalcTimestamp=False, lazy=False) as font:
        characters = font.getBestCmap()
        spaces = {characters[space] for space in _SPACES if space in characters}
        if "GPOS" in font:
            for lookup in font["GPOS"].table.LookupList.Lookup:
                for subtable in lookup.SubTable:
                    _without(getattr(subtable, "ExtSubTable", subtable), spaces)
        if "kern" in font:  # of old programs; GPOS has the same for all scripts
            del font["kern"]
        written = io.BytesIO()
        font.save(written)
    return base64.b64encode(written.getvalue()).decode("ascii")


def _without(subtable: Any, spaces: set[str]) -> None:
    """Take glyphs out of a kerning subtable, as the first of a pair and as the second (OpenType, GPOS type 2)."""
    if subtable.LookupType != 2:
        return
    kept = [at for at, glyph in enumerate(subtable.Coverage.glyphs) if glyph not in spaces]
    if subtable.Format == 1:
        subtable.PairSet = [subtable.PairSet[at] for at in kept]
        for pairs in subtable.PairSet:
            pairs.PairValueRecord = [pair for pair in pairs.PairValueRecord if pair.SecondGlyph not in spaces]
            pairs.PairValueCount = len(pairs.PairValueRecord)
        subtable.PairSetCount = len(subtable.PairSet)
    else:
        for classes in (subtable.ClassDef1, subtable.ClassDef2):
            for space in spaces:
                classes.classDefs.pop(space, None)
    subtable.Coverage.glyphs = [subtable.Coverage.glyphs[at] for at in kept]
