"""Cutting a paragraph in two, at the end of a line, so that it can go on overleaf."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape

from edition.printing.blocks import Block
from edition.printing.inline import calls

_TOKEN = re.compile("(?P<tag><[^>]*>)|(?P<mark>\0[^\0]*\0)|(?P<letter>&[^;]*;|.)", re.DOTALL)
_ID = re.compile(' id="[^"]*"')


def letters(html: str) -> str:
    """The text of a block's HTML without tags and marks."""
    return "".join(unescape(found["letter"]) for found in _TOKEN.finditer(html) if found["letter"])


def cut(block: Block, length: int) -> tuple[Block, Block]:
    """The block up to `length` letters (white space not counted), and the rest. Notes go where they are called."""
    first, rest = cut_html(block.html, length)
    called = set(calls(first))
    return (
        replace(block, html=first, notes=tuple(note for note in block.notes if note.id in called), cut=True),
        replace(
            block,
            id=f"{block.id}.rest",
            html=rest,
            notes=tuple(note for note in block.notes if note.id not in called),
            opens=False,
            resumes=True,
            turn="",
        ),
    )


def cut_html(html: str, length: int) -> tuple[str, str]:
    """Both parts are whole HTML: what is open at the cut is closed before it and opened again after it."""
    reader = _Reader(html)
    reader.read(length)
    closing = "".join(f"</{_name(tag)}>" for tag in reversed(reader.open))
    opening = "".join(_ID.sub("", tag) for tag in reader.open)
    return html[: reader.at].rstrip() + closing, opening + html[reader.at :].lstrip()


@dataclass
class _Reader:
    """Reads on in HTML: `at` is how far, `open` the tags that are open there."""

    html: str
    at: int = 0
    open: list[str] = field(default_factory=list)

    def read(self, length: int) -> None:
        """Read so many letters, and what belongs to the last of them: marks, and the ends of tags."""
        for found in _TOKEN.finditer(self.html):
            tag, letter = found["tag"], found["letter"]
            if length == 0 and (letter or (tag and not tag.startswith("</"))):
                return
            if tag:
                self._follow(tag)
            elif letter and not unescape(letter).isspace():
                length -= 1
            self.at = found.end()

    def _follow(self, tag: str) -> None:
        if tag.startswith("</"):
            self.open.pop()
        elif not tag.endswith("/>"):
            self.open.append(tag)


def _name(tag: str) -> str:
    return tag[1:].split()[0].rstrip(">")
