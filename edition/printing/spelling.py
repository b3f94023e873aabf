"""What the glyphs of a font stand for, where a letter takes several or is one with its neighbours.

WeasyPrint 70 gives the whole text of such a cluster to its last glyph and nothing to the others, and keeps for good
what it saw first: a vowel sign of Devanagari stands for nothing, its consonant for both (ISO 32000-1, 9.10.3). The
font itself knows better, by its characters and by how it puts one glyph in the place of others.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edition.printing.joining import WORD_JOINER

_ROUNDS = 8  # of substitutions one after the other; fonts have three or four
_FORMS = ((0xFB00, 0xFDFF), (0xFE70, 0xFEFC))  # ligatures and positional forms with codes of their own
_PRIVATE = "Co"

_Step = tuple[tuple[str, ...], tuple[str, ...]]  # glyphs, and those that stand in their place


@dataclass
class Speller:
    """Mends what WeasyPrint's fonts say of their glyphs, while pages are painted."""

    _known: dict[Any, int] = field(default_factory=dict)
    _spelled: dict[Any, Mapping[int, str]] = field(default_factory=dict)

    def mend(self, fonts: Mapping[Any, Any]) -> None:
        """Look at the glyphs that have come since the last time. What has no text of its own joins its neighbours."""
        for key, font in fonts.items():
            known = self._known.get(key, 0)
            if known == len(font.to_unicode):
                continue
            texts: MutableMapping[int, str] = font.to_unicode
            for glyph, text in list(texts.items())[known:]:
                if len(text) != 1:
                    texts[glyph] = self._of(key, font).get(glyph, text) or WORD_JOINER
            self._known[key] = len(texts)

    def _of(self, key: Any, font: Any) -> Mapping[int, str]:
        if key not in self._spelled:
            self._spelled[key] = spelled(font.file_content, font.index)
        return self._spelled[key]


def spelled(content: bytes, number: int = 0) -> dict[int, str]:
    """The text of each glyph of a font file that has any, by its number in the font."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

    with TTFont(io.BytesIO(content), fontNumber=number) as font:
        texts = _characters(font.getBestCmap() or {})
        steps = list(_steps(font["GSUB"].table)) if "GSUB" in font else []
        for _ in range(_ROUNDS):
            before = len(texts)
            for glyphs, instead in steps:
                if all(glyph in texts for glyph in glyphs) and instead[0] not in texts:
                    texts[instead[0]] = "".join(texts[glyph] for glyph in glyphs)
            if len(texts) == before:
                break
        return {font.getGlyphID(glyph): text for glyph, text in texts.items()}


def _characters(cmap: Mapping[int, str]) -> dict[str, str]:
    """By glyph, the lowest of its characters; of a ligature or form that has a code, the letters that it shows."""
    texts: dict[str, str] = {}
    for code, glyph in sorted(cmap.items()):
        text = chr(code)
        if unicodedata.category(text) == _PRIVATE:
            continue
        if any(first <= code <= last for first, last in _FORMS):
            text = unicodedata.normalize("NFKC", text)
        texts.setdefault(glyph, text)
    return texts


def _steps(table: Any) -> Iterator[_Step]:
    """What a font puts in the place of what (OpenType, GSUB types 1 to 4 and 8), of whatever feature and context."""
    for lookup in table.LookupList.Lookup if table.LookupList else ():
        for subtable in lookup.SubTable:
            yield from _steps_of(getattr(subtable, "ExtSubTable", subtable))


def _steps_of(subtable: Any) -> Iterator[_Step]:
    if subtable.LookupType == 1:
        yield from (((glyph,), (instead,)) for glyph, instead in subtable.mapping.items())
    elif subtable.LookupType == 2:
        yield from (((glyph,), tuple(several)) for glyph, several in subtable.mapping.items() if several)
    elif subtable.LookupType == 3:
        yield from (((glyph,), (each,)) for glyph, several in subtable.alternates.items() for each in several)
    elif subtable.LookupType == 4:
        for first, ligatures in subtable.ligatures.items():
            yield from (((first, *_rest(each)), (each.LigGlyph,)) for each in ligatures)
    elif subtable.LookupType == 8:
        pairs = zip(subtable.Coverage.glyphs, subtable.Substitute, strict=False)
        yield from (((glyph,), (instead,)) for glyph, instead in pairs)


def _rest(ligature: Any) -> Sequence[str]:
    return tuple(ligature.Component)
