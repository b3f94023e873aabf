"""The fonts of a print: families of installed fontpkg-* packages and files of the edition, made ready for WeasyPrint.

WeasyPrint 70 measures a line with the space that follows it and sets it without. Where the font kerns its last letter
against that space the line comes out too wide, and WeasyPrint then breaks it at the last inline element, in the
middle of a name or after one word. So the kerning against spaces, and nothing else, is taken out of the fonts. It is
the PDF that holds them, in part, as it would hold any font; they are not given on.
"""

from __future__ import annotations

import base64
import io
import re
import string
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from edition.config import Config
from edition.errors import ConfigError, EditionError
from edition.printing.words import Words, languages, words_in

_SPACES = (0x20, 0xA0)
_WEIGHTS = (400, 700)
_STYLES = ("normal", "italic")
_BOLD = 600  # weights from here on stand in for bold
_SIZE = 10.0  # pt, for which a font with optical sizes is drawn
_TEXTS = (".xml", ".css", ".toml", ".cff")
_ITALIC = 0x01  # in fsSelection (OpenType, OS/2)
_FAMILY_NAMES = (16, 1)  # typographic family, then the old one (OpenType, name)


@dataclass(frozen=True, slots=True)
class Face:
    """A font file as one face of a family. `weight` is 400 or 700, `style` normal or italic."""

    family: str
    weight: int
    style: str
    file: Path


def faces(config: Config) -> tuple[Face, ...]:
    """The faces that edition.toml names, in its order. Raises ConfigError for a family that is nowhere to be had."""
    own = config.printing.own_fonts
    return tuple(
        face
        for name in config.printing.fonts
        for face in ([_own(config, name)] if name in own else _packaged(config, name))
    )


def families(found: tuple[Face, ...]) -> tuple[str, ...]:
    """Their families, each once: a character is set in the first that has it."""
    return tuple(dict.fromkeys(face.family for face in found))


def characters(found: tuple[Face, ...]) -> frozenset[str]:
    """The characters that some of these faces have. Raises ConfigError for a file that is no font."""
    had: set[str] = set()
    for face in found:
        with _opened(face.file) as font:
            had.update(map(chr, font.getBestCmap() or ()))
    return frozenset(had)


def font_faces(found: tuple[Face, ...], config: Config) -> str:
    """The @font-face rules of some faces, with the fonts in them. Raises ConfigError for a file that is no font.

    All have the space of the first family: WeasyPrint 70 measures a line with the space of the font that its letters
    have, and sets it, once it is justified, with that of the first.
    """
    first = [face for face in found if face.family == found[0].family]
    ready = {face: _ready(face, config) for face in first}
    spaces = {(face.weight, face.style): _width_of_space(ready[face]) for face in first if len(found) > len(first)}
    for face in found:
        if face not in ready:
            width = spaces.get((face.weight, face.style), spaces[first[0].weight, first[0].style])
            ready[face] = _ready(face, config, width)
    return "\n".join(
        f"@font-face {{ font-family: {quoted(face.family)}; font-weight: {face.weight}; font-style: {face.style}; "
        f"src: url('data:font/ttf;base64,{ready[face]}') }}"
        for face in found
    )


def quoted(family: str) -> str:
    """A name as a string of CSS, whatever is in it."""
    return "'" + re.sub(r"[^\w -]", lambda found: f"\\{ord(found[0]):x} ", family) + "'"


def _packaged(config: Config, name: str) -> Iterator[Face]:
    """The faces of a family from its package, regular and bold, upright and italic, as far as it has them."""
    import fontpkg

    try:
        family = fontpkg.family(name)
    except fontpkg.FontpkgError as error:
        installed = ", ".join(sorted(each.name for each in fontpkg.families().values()))
        package = f"fontpkg-{fontpkg.slugify(name)}"
        raise ConfigError(
            f"{config.place('print.fonts')}: print.fonts names {name!r}, and no installed package has that family",
            advice=f"install {package} if there is one, or name font files of the edition; installed: {installed}",
        ) from error
    for style in _STYLES:
        for weight in _WEIGHTS:
            file = next((each for each in family.files if each.style == style and each.covers(weight)), None)
            if file is not None:
                yield Face(family.name, weight, style, file.path)


def _own(config: Config, path: str) -> Face:
    """A font file of the edition, by what it says of itself."""
    file = config.root / path
    with _opened(file) as font:
        names = (font["name"].getDebugName(number) for number in _FAMILY_NAMES)
        family = next(filter(None, names), None) or file.stem
        weight = _WEIGHTS[font["OS/2"].usWeightClass >= _BOLD]
        return Face(family, weight, _STYLES[bool(font["OS/2"].fsSelection & _ITALIC)], file)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """A font to be read. Raises ConfigError for a file that turns out to be none, EditionError for none at all."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # it has no types

    # fontTools trusts the tables of a font, and stumbles over bad ones in all these ways.
    malformed = (TTLibError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
    try:
        with TTFont(file, recalcTimestamp=False, lazy=False) as font:
            yield font
    except OSError as error:
        raise EditionError(f"{file.name}: cannot be read: {error.strerror}") from error
    except (*malformed, struct.error) as error:
        raise ConfigError(f"{file.name}: no font: {error}", advice="name a TrueType or OpenType file") from error


def _ready(face: Face, config: Config, space: float | None = None) -> str:
    """A font file without kerning against spaces, in Base64; with a `space` of so many em, if that is given.

    The same files give the same text.
    """
    with _opened(face.file) as font:
        if "fvar" in font:
            _fix(font, face, _characters(config))
        spaces = _spaces_of(font)
        if "GPOS" in font and font["GPOS"].table.LookupList:
            for lookup in font["GPOS"].table.LookupList.Lookup:
                for subtable in lookup.SubTable:
                    _without(getattr(subtable, "ExtSubTable", subtable), spaces)
        if "kern" in font:  # of old programs; GPOS has the same for all scripts
            del font["kern"]
        for glyph in spaces if space is not None else ():
            font["hmtx"][glyph] = round(space * font["head"].unitsPerEm), 0
        written = io.BytesIO()
        font.save(written)
    return base64.b64encode(written.getvalue()).decode("ascii")


def _spaces_of(font: Any) -> set[str]:
    characters = font.getBestCmap() or {}
    return {characters[space] for space in _SPACES if space in characters}


def _width_of_space(ready: str) -> float | None:
    """In em, of a font in Base64; None where it has no space."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(base64.b64decode(ready))) as font:
        widths = [font["hmtx"][space][0] for space in _spaces_of(font)]
        return max(widths) / font["head"].unitsPerEm if widths else None


def _fix(font: Any, face: Face, characters: frozenset[str]) -> None:
    """Make a variable font one of a certain weight, for the size of running text.

    WeasyPrint 70 writes the widths of another size than it sets. Kerning takes most of the time, so only glyphs that
    may be needed are kept.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # it has no types
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]  # it has no types

    keeper = Subsetter(Options(layout_features=["*"], notdef_outline=True))
    keeper.populate(unicodes=map(ord, characters))
    keeper.subset(font)
    wanted = {"wght": float(face.weight), "opsz": _SIZE}
    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    place = {tag: wanted.get(tag, axis.defaultValue) for tag, axis in axes.items()}
    fixed = {tag: min(max(value, axes[tag].minValue), axes[tag].maxValue) for tag, value in place.items()}
    instantiateVariableFont(font, fixed, inplace=True)


@cache
def _common() -> frozenset[str]:
    """What the words around the texts may need, in any language that they have."""
    words = "".join(text for language in languages() for text in _all(words_in(language)))
    return frozenset(string.printable + words.upper() + words.lower() + words + "".join(map(chr, range(0xA0, 0x100))))


def _all(words: Words) -> Iterator[str]:
    yield from (*words.texts.values(), *words.months, *words.quotes)


def _characters(config: Config) -> frozenset[str]:
    """Every character that the files of the edition have, as itself or as a numeric reference, and some more."""
    files = (config.root / path for path in config.files)
    texts = [unescape(file.read_text("utf-8", errors="replace")) for file in files if file.suffix in _TEXTS]
    parts = (unicodedata.normalize("NFKD", text) for text in texts)  # which some scripts are set with
    return _common().union(*texts, *parts)


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
