"""A finished PDF, read again by another library than the one that made it: its tags, and the text of each."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from edition.printing.painted import UNMARKED, Font, Painted, Sheet, read

if TYPE_CHECKING:
    from pikepdf import Pdf

_Object: TypeAlias = Any  # of a PDF

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the tree: `pages` counts from 0, `parts` are its text and what is in it, in order.

    The text of a picture is what is said of it, and a text that a tag states stands for what is in it. `marks` are
    pairs of a page and a mark on it, `links` where those of its annotations lead, `signs` the
    ListNumbering of a list (ISO 32000-1, 14.8.5.5).
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
    signs: str = "None"

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
        if "/ActualText" in element:
            parts = [str(element.ActualText)]
        own = tuple(sorted({page for page, _ in marks} | linked))
        names = (said["/ID"], said["/Lang"], said["/Alt"])
        return Tag(role, *names, own, kids, tuple(parts), tuple(marks), tuple(links), _signs(element))

    @cached_property
    def pages(self) -> list[Painted]:
        """What is painted on each page."""
        return [read(page.obj.Contents.read_bytes(), self._sheet(page.obj)) for page in self.pdf.pages]

    @cached_property
    def marked(self) -> list[dict[int, str]]:
        """The text of each mark of each page."""
        return [page.texts for page in self.pages]

    @cached_property
    def bookmarks(self) -> list[str]:
        """The titles of all bookmarks, each before those below it."""
        with self.pdf.open_outline() as outline:
            waiting = list(reversed(outline.root))
        titles: list[str] = []
        while waiting:
            item = waiting.pop()
            titles.append(item.title)
            waiting += reversed(item.children)
        return titles

    @cached_property
    def unmarked(self) -> list[int]:
        """The pages, from 0, with text that is neither tagged nor an artifact."""
        return [number for number, page in enumerate(self.marked) if page.get(UNMARKED)]

    @property
    def fonts(self) -> list[Font]:
        """The fonts that the pages may use."""
        return list({font.name: font for page in self.pdf.pages for font in self._fonts(page.obj).values()}.values())

    def _sheet(self, page: _Object) -> Sheet:
        """What a page is painted with."""
        left, bottom, right, top = (float(each) for each in page.MediaBox)
        states = page.Resources.get("/ExtGState", {})
        opacities = {name[1:]: float(state.ca) for name, state in states.items() if "/ca" in state}
        return Sheet((left, bottom, right, top), self._fonts(page), opacities)

    def _fonts(self, page: _Object) -> Mapping[str, Font]:
        """The fonts of a page by their names. Pages share them, so they are read once."""
        fonts = page.Resources.get("/Font", {})
        key = getattr(fonts, "objgen", (0, 0))
        if key not in self._read_fonts:
            self._read_fonts[key] = {name[1:]: _font(font) for name, font in fonts.items()}
        return self._read_fonts[key]

    @cached_property
    def _read_fonts(self) -> dict[tuple[int, int], Mapping[str, Font]]:
        return {}


def _signs(element: _Object) -> str:
    """What a list says of the signs before its items. The attributes of a tag of ours are one dictionary."""
    return str(element.get("/A", {}).get("/ListNumbering", "/None"))[1:]


def _font(font: _Object) -> Font:
    own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = own.get("/FontDescriptor", {})
    widths: dict[bytes, float] = {}
    first: int | None = None
    for each in own.get("/W", ()):
        if first is None:
            first = int(each)
        else:
            widths.update((b"%04x" % glyph, float(width)) for glyph, width in enumerate(each, first))
            first = None
    name = str(font.get("/BaseFont", "/"))
    family = str(descriptor.get("/FontFamily", name.partition("+")[2]))
    is_embedded = "/CharProcs" in font or any(each in descriptor for each in FONT_FILES)
    has_gaps = "/DescendantFonts" in font and font.get("/Encoding") != "/Identity-H"
    return Font(name, family, _unicode(font), widths, is_embedded, has_gaps)


def _unicode(font: _Object) -> dict[bytes, str]:
    """What each glyph of a font stands for (ISO 32000-1, 9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    pairs = _PAIR.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    return {glyph.lower(): bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for glyph, code in pairs}
