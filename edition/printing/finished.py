"""A finished PDF, read again by another library than the one that made it: its tags, and the text of each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pikepdf import Pdf

_Object: TypeAlias = Any  # of a PDF

# What WeasyPrint writes of text: a font, strings of glyphs between marks. All else is passed over.
_TOKEN = re.compile(
    rb"/(?P<font>\w+) [\d.]+ Tf|\[(?P<glyphs>[^\]]*)\] TJ"
    rb"|/(?P<role>\w+)\s+<<(?P<said>.*?)>>\s+BDC|(?P<begin>\bBMC\b)|(?P<end>\bEMC\b)",
    re.DOTALL,
)
_MARK = re.compile(rb"/MCID (\d+)")
_ACTUAL = re.compile(rb"/ActualText (?:<([0-9A-Fa-f]*)>|\(((?:\\.|[^\\)])*)\))", re.DOTALL)
_HEX = re.compile(rb"<([0-9a-fA-F]+)>")
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the tree: `pages` counts from 0, `parts` are its text and what is in it, in order.

    The text of a picture is what is said of it. `marks` are pairs of a page and a mark on it, `links` where those of
    its annotations lead.
    """

    role: str
    id: str
    language: str
    spoken: str
    pages: tuple[int, ...]
    kids: tuple[Tag, ...]
    parts: tuple[str | Tag, ...]
    marks: tuple[tuple[int, int], ...] = ()
    links: tuple[str, ...] = ()

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """The text, without that of the roles named."""
        return "".join(
            part if isinstance(part, str) else "" if part.role in without else part.text(without=without)
            for part in self.parts
        )


@dataclass(frozen=True)
class Finished:
    """A PDF as it is read."""

    pdf: Pdf

    @classmethod
    def of(cls, data: bytes) -> Finished:
        import pikepdf

        return cls(pikepdf.open(io.BytesIO(data)))

    @property
    def dictionaries(self) -> tuple[type, ...]:
        """The kinds of things that have entries."""
        import pikepdf

        return (pikepdf.Dictionary, pikepdf.Stream)

    @property
    def root(self) -> _Object:
        return self.pdf.Root

    @cached_property
    def tags(self) -> Tag:
        """The tree of tags. Raises ValueError where there is none."""
        if "/StructTreeRoot" not in self.root:
            raise ValueError("the file has no tags")
        pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        return self._tag(self.root.StructTreeRoot.K[0], pages)

    def _tag(self, element: _Object, pages: Mapping[tuple[int, int], int]) -> Tag:
        place = pages[element.Pg.objgen] if "/Pg" in element else -1
        marks: list[tuple[int, int]] = []
        links: list[str] = []
        linked: set[int] = set()
        parts: list[str | Tag] = []
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                marks.append((place, kid))
                parts.append(self.marked[place].get(kid, ""))
            elif "/S" in kid:
                parts.append(self._tag(kid, pages))
            elif "/MCID" in kid:
                marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
                parts.append(self.marked[marks[-1][0]].get(marks[-1][1], ""))
            else:
                linked.add(pages[kid.Pg.objgen])
                links.append(str(kid.Obj.get("/Dest", "")))
        said = {name: str(element[name]) if name in element else "" for name in ("/ID", "/Lang", "/Alt")}
        role = str(element.S)[1:]
        if role == "Figure":
            parts.append(said["/Alt"])
        kids = tuple(part for part in parts if isinstance(part, Tag))
        own = tuple(sorted({page for page, _ in marks} | linked))
        return Tag(
            role, said["/ID"], said["/Lang"], said["/Alt"], own, kids, tuple(parts), tuple(marks), tuple(links)
        )

    @cached_property
    def marked(self) -> list[dict[int, str]]:
        """The text of each mark of each page."""
        return [dict(self._marks(page.obj)) for page in self.pdf.pages]

    @cached_property
    def bookmarks(self) -> set[str]:
        """The titles of all bookmarks."""
        with self.pdf.open_outline() as outline:
            waiting = list(outline.root)
        titles: set[str] = set()
        while waiting:
            item = waiting.pop()
            titles.add(item.title)
            waiting += item.children
        return titles

    @cached_property
    def unmarked(self) -> list[int]:
        """The pages, from 0, with text that is neither tagged nor an artifact."""
        return [number for number, page in enumerate(self.marked) if page.get(-1)]

    def _marks(self, page: _Object) -> Iterator[tuple[int, str]]:
        """Pairs of mark and text; text under no mark has -1, and that of artifacts is left out."""
        glyphs: Mapping[bytes, str] = {}
        open_marks: list[tuple[int | None, str | None]] = []
        text: list[str] = []
        found: dict[int, str] = {}
        for token in _TOKEN.finditer(page.Contents.read_bytes()):
            if token["font"]:
                glyphs = self._fonts(page).get(token["font"].decode(), {})
            elif token["glyphs"] is not None:
                for run in _HEX.findall(token["glyphs"]):
                    text += [glyphs.get(run[at : at + 4].lower(), "\ufffd") for at in range(0, len(run), 4)]
                if not open_marks:
                    found[-1] = found.get(-1, "") + "".join(text)
                    text = []
            elif token["end"]:
                mark, instead = open_marks.pop() if open_marks else (None, None)
                if mark is not None:
                    found[mark] = "".join(text) if instead is None else instead
                text = []
            else:
                open_marks.append(_opened(token))
                text = []
        return iter(found.items())

    def _fonts(self, page: _Object) -> Mapping[str, Mapping[bytes, str]]:
        fonts = page.Resources.get("/Font", {})
        key = getattr(fonts, "objgen", (0, 0))
        if key not in self._read_fonts:
            self._read_fonts[key] = {name[1:]: _unicode(font) for name, font in fonts.items()}
        return self._read_fonts[key]

    @cached_property
    def _read_fonts(self) -> dict[tuple[int, int], Mapping[str, Mapping[bytes, str]]]:
        return {}


def _opened(token: re.Match[bytes]) -> tuple[int | None, str | None]:
    """The number of a mark, or None for an artifact, and the text that stands for what it shows, if one does."""
    said = token["said"] or b""
    mark, actual = _MARK.search(said), _ACTUAL.search(said)
    text = None
    if actual:
        raw = bytes.fromhex(actual[1].decode()) if actual[1] is not None else re.sub(rb"\\(.)", rb"\1", actual[2])
        text = raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    return (int(mark[1]) if mark else None, text)


def _unicode(font: _Object) -> dict[bytes, str]:
    """What each glyph of a font stands for (ISO 32000-1, 9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    pairs = _PAIR.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    return {glyph.lower(): bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for glyph, code in pairs}
