"""Which characters no font of the edition has, and where the sources have them; which text is in another font."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import unescape

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.fonts import characters
from edition.printing.press import Press
from edition.printing.rows import Row
from edition.printing.rules import GLYPH_MISSING
from edition.printing.slicing import letters
from edition.tei.parse import Document

_SHOWN = 12  # characters of text in another font
_NO_TEXT = re.compile(r"(?P<kept><!\[CDATA\[.*?\]\]>)|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_REFERENCE = r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});"
_NO_LINE_END = re.compile(r"[^\n]")
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt) but for the format controls, which need no font.
_IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_ASKS_FOR_FONTS = re.compile(r"\bfont(?:-family)?\s*:")


def wrong_glyphs(
    strange: Mapping[str, set[str]], press: Press, rows: Sequence[Row], documents: Iterable[Document]
) -> list[Diagnostic]:
    """A finding for each character that no font of the edition has, and for each other font that text is set in.

    `strange` is what the press says of it. Spaces beside such a character are set in its font, and nobody sees it.
    """
    if not strange:
        return []
    documents, had = list(documents), characters(press.faces)
    missing = {each for family, found in strange.items() for each in found if not family or each not in had}
    if not all(strange.values()):  # a font was taken for what it draws nothing for
        missing |= _unseen(rows, documents) - had
    told = any(found.rule is GLYPH_MISSING for found in press.findings)  # that its font cannot be read
    others = {} if told else {family: _seen(found & had) for family, found in sorted(strange.items()) if family}
    places = _places(missing, rows, documents)
    return [
        *(_missing(each, place) for each in places for place in places[each] or [_in_drawing(each, each, press)]),
        *(_in_another(family, found, press) for family, found in others.items() if found),
    ]


def _seen(found: Iterable[str]) -> str:
    return "".join(sorted(each for each in found if not each.isspace()))


def _unseen(rows: Sequence[Row], documents: Iterable[Document]) -> set[str]:
    """The characters without a sign of their own that the texts have, or if none, the lists."""
    blocks = (block for row in rows for side in row.sides for block in side)
    written = (html for block in blocks for html in (block.html, *(note.html for note in block.notes)))
    printed = "".join(map(letters, written))
    listed = "".join("".join(each.root.itertext()) for each in documents if each.root is not None)
    return set(_IGNORABLE.findall(printed)) or set(_IGNORABLE.findall(listed))


def _missing(character: str, place: Location) -> Diagnostic:
    name = unicodedata.name(character, "without a name")
    return GLYPH_MISSING.finding(
        f"no font of the edition has {character!r} (U+{ord(character):04X} {name})",
        place,
        hint="write it in other letters, or name a font that has it in print.fonts",
    )


def _in_another(family: str, found: str, press: Press) -> Diagnostic:
    asking = ((path, _ASKS_FOR_FONTS.search(text), text) for path, text in press.own_texts.items())
    places = (Location(path, text.count("\n", 0, at.start()) + 1) for path, at, text in asking if at)
    shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
    return GLYPH_MISSING.finding(
        f"text is set in {family}, which is no font of the edition: {shown}",
        next(places, None) or _in_drawing(found, "<text", press),
        hint="end each font-family with a family of print.fonts, or bring the font by @font-face",
    )


def _in_drawing(characters: str, sign: str, press: Press) -> Location:
    """The line with a sign in the first drawing that has all of these characters; edition.toml if none has."""
    for path, text in press.refusals.drawings.items():
        if set(characters) <= set(unescape(text)):
            lines = enumerate(text.split("\n"), 1)
            return Location(path, next((number for number, line in lines if sign in unescape(line)), 1))
    return Location(CONFIG_NAME)


def _places(
    missing: Collection[str], rows: Sequence[Row], documents: Iterable[Document]
) -> dict[str, list[Location]]:
    """Where each stands in what is printed of the texts, once in each; else in any source, if it is in one."""
    printed = _printed(missing, rows)
    in_texts = {character for found in printed.values() for character in found}
    told: dict[str, list[Location]] = {each: [] for each in sorted(missing)}
    for document in documents:
        lines = printed.get(document.path, {})
        wanted = {each: lines.get(each, 1) for each in missing if each in lines or each not in in_texts}
        for character, place in _first(wanted, document).items():
            told[character].append(place)
    return told


def _printed(missing: Collection[str], rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """By the path of a text, the characters that its blocks and notes have, each with a line it stands after."""
    found: dict[str, dict[str, int]] = {}
    for side in (0, 1):
        before = 1  # the line of the block before, for a label stands before its own
        for block in (block for row in rows for block in row.sides[side]):
            here = set(letters(block.html)).union(*(letters(note.html) for note in block.notes))
            for character in here.intersection(missing):
                found.setdefault(block.location.path, {}).setdefault(character, before)
            before = block.location.line or before
    return found


def _first(wanted: Mapping[str, int], document: Document) -> dict[str, Location]:
    """The first place of each character in a file from a line on, as itself or as a numeric reference.

    In text, if it is there, else in an attribute; not in comments and the like.
    """
    if not wanted:
        return {}
    encoding = None if document.root is None else document.root.getroottree().docinfo.encoding
    text = document.file.read_text(encoding=encoding or "utf-8", errors="replace")
    text = _NO_TEXT.sub(lambda found: found[0] if found["kept"] else _blank(found), text)
    begins = [0, *(end.end() for end in re.finditer("\n", text))]
    pattern = re.compile(f"{_REFERENCE}|[{re.escape(''.join(wanted))}]")
    places: dict[str, Location] = {}
    for searched in (_TAG.sub(_blank, text), text):
        for found in pattern.finditer(searched):
            character = unescape(found[0])
            if character in wanted and character not in places:
                line = bisect_right(begins, found.start())
                if line >= wanted[character]:
                    places[character] = Location(document.path, line, found.start() - begins[line - 1] + 1)
    return places


def _blank(found: re.Match[str]) -> str:
    return _NO_LINE_END.sub(" ", found[0])
