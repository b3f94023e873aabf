"""A page as it is painted: which glyphs, under which mark, and whether anybody can see them.

Read is what WeasyPrint writes: an operator a line, after its numbers or names. Other text is passed over, and is then
told as missing. Forms and pictures that are drawn on the page are not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TypeAlias

_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_Area: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in pt

UNMARKED = -1  # under which text stands that is neither tagged nor an artifact
_SMALLEST = 2.0  # pt of type that can be read
_FAINTEST = 1.3  # contrast (WCAG 2.2) of text that can be told from its ground; black on white has 21
_PALEST = 0.1  # opacity
_SLACK = 1.0  # pt that glyphs may reach over an edge
_PAPER = 1.0  # luminance

_GLYPHS = re.compile(rb"<([0-9a-fA-F]+)>|([-\d.]+)")
_MARK = re.compile(rb"/MCID (\d+)")
_ACTUAL = re.compile(rb"/ActualText (?:<([0-9A-Fa-f]*)>|\(((?:\\.|[^\\)])*)\))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a file: characters and widths, in thousandths, by glyphs, which are four hexadecimal figures each.

    It `has_gaps` where codes are written that it has no glyph for.
    """

    name: str
    family: str
    characters: Mapping[bytes, str]
    widths: Mapping[bytes, float]
    is_embedded: bool = True
    has_gaps: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page is painted with: its area, its fonts by their names, and the opacity of each graphics state."""

    area: _Area
    fonts: Mapping[str, Font]
    opacities: Mapping[str, float]


@dataclass(slots=True)
class Painted:
    """The text of each mark of a page; why that of some cannot be seen; and the glyphs of each font that it takes."""

    texts: dict[int, str] = field(default_factory=dict)
    hidden: dict[int, str] = field(default_factory=dict)
    glyphs: dict[str, set[bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that decides what is seen (ISO 32000-1, 8.4). `ink` is luminance, or unknown."""

    matrix: _Matrix
    clip: _Area
    ink: float | None = 0.0
    space: str = ""
    opacity: float = 1.0


def read(content: bytes, sheet: Sheet) -> Painted:
    """Follow the operators of a page."""
    painter = _Painter(sheet, content.split(b"\n"), _State((1, 0, 0, 1, 0, 0), sheet.area))
    for at, line in enumerate(painter.lines):
        operands, _, operator = line.rpartition(b" ")
        act = _ACTS.get(operator)
        if act is not None:
            painter.at = at
            act(painter, operands)
    return painter.painted


@dataclass
class _Painter:
    sheet: Sheet
    lines: list[bytes]
    state: _State
    at: int = 0
    painted: Painted = field(default_factory=Painted)
    _saved: list[_State] = field(default_factory=list)
    _path: list[tuple[float, float]] = field(default_factory=list)
    _grounds: list[tuple[_Area, float | None]] = field(default_factory=list)
    _seen: list[tuple[int, _Area]] = field(default_factory=list)
    _marks: list[tuple[int | None, str | None]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _text_matrix: _Matrix = (1, 0, 0, 1, 0, 0)
    _font: Font | None = None
    _size: float = 0.0

    def save(self, _: bytes) -> None:
        self._saved.append(self.state)

    def restore(self, _: bytes) -> None:
        self.state = self._saved.pop() if self._saved else self.state

    def transform(self, operands: bytes) -> None:
        self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))

    def set_state(self, operands: bytes) -> None:
        opacity = self.sheet.opacities.get(operands[1:].decode("latin-1"))
        self.state = self.state if opacity is None else replace(self.state, opacity=opacity)

    def set_space(self, operands: bytes) -> None:
        self.state = replace(self.state, space=operands[1:].decode("latin-1"), ink=None)

    def set_ink(self, operands: bytes) -> None:
        """By `scn`, in the space that was set before."""
        numbers = [float(each) for each in operands.split() if not each.startswith(b"/")]
        ink = None
        if self.state.space.startswith("lab") and len(numbers) == 3:
            ink = ((numbers[0] + 16) / 116) ** 3
        elif self.state.space == "DeviceCMYK" and len(numbers) == 4:
            ink = _luminance([(1 - each) * (1 - numbers[3]) for each in numbers[:3]])
        self.state = replace(self.state, ink=ink)

    def set_rgb(self, operands: bytes) -> None:
        self.state = replace(self.state, ink=_luminance([float(each) for each in operands.split()]))

    def add_rectangle(self, operands: bytes) -> None:
        x, y, width, height = map(float, operands.split())
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        self._path += (_point(self.state.matrix, *corner) for corner in corners)

    def add_point(self, operands: bytes) -> None:
        """The end of a line or a curve; the path is known by the area that it needs."""
        x, y = map(float, operands.split()[-2:])
        self._path.append(_point(self.state.matrix, x, y))

    def clip(self, _: bytes) -> None:
        if self._path:
            self.state = replace(self.state, clip=_common(self.state.clip, _around(self._path)))

    def end_path(self, _: bytes) -> None:
        self._path.clear()

    def fill(self, _: bytes) -> None:
        if self._path and self.state.opacity > _PALEST:
            ink = self.state.ink if self.state.opacity == 1 else None
            ground = _common(self.state.clip, _around(self._path))
            self._grounds.append((ground, ink))
            if self.state.opacity == 1:
                self.painted.hidden |= {mark: "painted over" for mark, area in self._seen if _within(area, ground)}
        self._path.clear()

    def open_mark(self, _: bytes) -> None:
        self._marks.append(_opened(self.lines[self.at - 1]))
        self._text.clear()

    def open_artifact(self, _: bytes) -> None:
        self._marks.append((None, None))
        self._text.clear()

    def close_mark(self, _: bytes) -> None:
        mark, instead = self._marks.pop() if self._marks else (None, None)
        if mark is not None:
            self.painted.texts[mark] = "".join(self._text) if instead is None else instead
        self._text.clear()

    def place_text(self, operands: bytes) -> None:
        self._text_matrix = _matrix(operands)

    def set_font(self, operands: bytes) -> None:
        name, size = operands.split()
        self._font, self._size = self.sheet.fonts.get(name[1:].decode("latin-1")), float(size)

    def show(self, operands: bytes) -> None:
        if self._font is None:
            return
        shown = _GLYPHS.findall(operands)
        glyphs = [run[at : at + 4].lower() for run, _ in shown if run for at in range(0, len(run), 4)]
        self.painted.glyphs.setdefault(self._font.name, set()).update(glyphs)
        text = "".join(self._font.characters.get(glyph, "\ufffd") for glyph in glyphs)
        mark = self._marks[-1][0] if self._marks else UNMARKED
        if mark == UNMARKED:
            self.painted.texts[mark] = self.painted.texts.get(mark, "") + text
        else:
            self._text.append(text)
        if mark is not None and text.strip():
            matrix = _times(self._text_matrix, self.state.matrix)
            area = self._area(matrix, shown)
            self._seen.append((mark, area))
            if why := self._why_hidden(matrix, area):
                self.painted.hidden[mark] = why

    def _why_hidden(self, matrix: _Matrix, area: _Area) -> str:
        """Why nobody can see text in an area, if so."""
        if self._size * hypot(matrix[2], matrix[3]) < _SMALLEST:
            return "too small"
        if self.state.opacity < _PALEST:
            return "transparent"
        if not _within(area, _common(self.state.clip, self.sheet.area)):
            return "cut off"
        grounds = (ink for ground, ink in reversed(self._grounds) if _within(area, ground))
        ground, ink = next(grounds, _PAPER), self.state.ink
        if ink is not None and ground is not None and _contrast(ink, ground) < _FAINTEST:
            return "of the colour of its ground"
        return ""

    def _area(self, matrix: _Matrix, shown: list[tuple[bytes, bytes]]) -> _Area:
        """Where glyphs come to stand, as high as an x. Their width is asked for only where something may cut them."""
        width = 0.0
        if self.state.clip != self.sheet.area or matrix[0] < 0 or matrix[1]:
            widths = self._font.widths if self._font else {}
            for run, back in shown:
                width -= float(back or 0)
                width += sum(widths.get(run[at : at + 4].lower(), 0.0) for at in range(0, len(run), 4))
        right, top = width * self._size / 1000, self._size / 2
        return _around([_point(matrix, x, y) for x in (0.0, right) for y in (0.0, top)])


_ACTS: dict[bytes, Callable[[_Painter, bytes], None]] = {
    b"q": _Painter.save,
    b"Q": _Painter.restore,
    b"cm": _Painter.transform,
    b"gs": _Painter.set_state,
    b"cs": _Painter.set_space,
    b"scn": _Painter.set_ink,
    b"rg": _Painter.set_rgb,
    b"re": _Painter.add_rectangle,
    **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _Painter.add_point),
    **dict.fromkeys((b"W", b"W*"), _Painter.clip),
    **dict.fromkeys((b"n", b"S", b"s"), _Painter.end_path),
    **dict.fromkeys((b"f", b"f*", b"B", b"B*", b"b", b"b*"), _Painter.fill),
    b"BDC": _Painter.open_mark,
    b"BMC": _Painter.open_artifact,
    b"EMC": _Painter.close_mark,
    b"Tm": _Painter.place_text,
    b"Tf": _Painter.set_font,
    b"TJ": _Painter.show,
}


def _opened(said: bytes) -> tuple[int | None, str | None]:
    """The number of a mark, or None for an artifact, and the text that stands for what it shows, if one does."""
    mark, actual = _MARK.search(said), _ACTUAL.search(said)
    text = None
    if actual:
        raw = bytes.fromhex(actual[1].decode()) if actual[1] is not None else re.sub(rb"\\(.)", rb"\1", actual[2])
        text = raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")
    return (int(mark[1]) if mark else None, text)


def _matrix(operands: bytes) -> _Matrix:
    a, b, c, d, e, f = map(float, operands.split())
    return a, b, c, d, e, f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    """One transformation after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]]) -> _Area:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: _Area, other: _Area) -> _Area:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _within(area: _Area, larger: _Area) -> bool:
    left, bottom, right, top = larger
    return (
        area[0] >= left - _SLACK
        and area[1] >= bottom - _SLACK
        and area[2] <= right + _SLACK
        and area[3] <= top + _SLACK
    )


def _luminance(rgb: list[float]) -> float:
    """Of a colour of the screen (WCAG 2.2, relative luminance)."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
