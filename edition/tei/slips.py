"""Slips that the text before a complaint shows better than the place where libxml2 stumbles over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from edition.tei.encoding import encoding_of

_LONGEST_TAG = 2_000  # bytes that are looked back over
_OPEN_QUOTE = re.compile(rb"""([^\s<>"'=]+)\s*=\s*(?:"[^"<>]*|'[^'<>]*)>?[^<>"']*\Z""")
_OPEN_IN_LINE = re.compile(rb"""<[^\s<>]+[^<>"']*?\s([^\s<>"'=]+)\s*=\s*(?:"[^"<>]*|'[^'<>]*)>[^<>"']*<""")
_NO_SEMICOLON = re.compile(rb"&([A-Za-z][A-Za-z0-9.]{0,40})(?![\w.;=-])")  # &copy= is of an address
_DECLARATION = re.compile(rb"<!([A-Za-z]{1,20})")
# What libxml2 calls it, where it begins, where it should end, and what it is.
_UNFINISHED = {
    "ERR_COMMENT_NOT_FINISHED": (b"<!--", b"-->", "the comment"),
    "ERR_CDATA_NOT_FINISHED": (b"<![CDATA[", b"]]>", "the CDATA section"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, where, and what to write; if it is `open`, nothing after it can be told from it."""

    message: str
    hint: str
    line: int
    column: int | None = None
    is_open: bool = False


class Slips:
    """Looks for them in the bytes of a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[tuple[str, int], Slip | None] = {}  # one line may have thousands of complaints

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._data.split(b"\n")

    def behind(self, entry: etree._LogEntry) -> Slip | None:
        """The slip that made libxml2 complain, if it is one of those that are known."""
        key = entry.type_name, entry.line
        if key not in self._known:
            self._known[key] = self._look(entry)
        return self._known[key]

    def _look(self, entry: etree._LogEntry) -> Slip | None:
        if entry.type_name in _UNFINISHED:
            return self._unfinished(*_UNFINISHED[entry.type_name])
        if entry.type_name == "ERR_LT_IN_ATTRIBUTE":
            return self._open_quote(entry.line)
        if entry.type_name == "ERR_ENTITYREF_SEMICOL_MISSING":
            return self._no_semicolon(entry.line)
        if entry.type_name == "ERR_NAME_REQUIRED" and "invalid element name" in entry.message:
            return self._declaration(entry.line)
        return None

    def _unfinished(self, begin: bytes, end: bytes, what: str) -> Slip | None:
        start = self._data.find(begin, self._data.rfind(end) + 1)
        if start < 0:
            return None
        line, before = self._data.count(b"\n", 0, start) + 1, self._data.rfind(b"\n", 0, start) + 1
        column = len(self._data[before:start].decode(encoding_of(self._data).codec or "utf-8", "replace")) + 1
        return Slip(f"{what} has no end", f"close it with {end.decode()}", line, column, is_open=True)

    def _open_quote(self, line: int) -> Slip | None:
        """The attribute that a < was found in, if its value begins on an earlier line, or its tag ends before."""
        before = b"\n".join(each[-_LONGEST_TAG:] for each in self._lines[max(0, line - 3) : line - 1])[-_LONGEST_TAG:]
        earlier = _OPEN_QUOTE.search(before)
        found = earlier or _OPEN_IN_LINE.search(
            self._lines[line - 1][:_LONGEST_TAG] if line <= len(self._lines) else b""
        )
        if found is None:
            return None
        begins = line - before.count(b"\n", found.start()) - 1 if earlier else line
        message = f"the value of {found[1].decode('utf-8', 'replace')} is not closed"
        return Slip(message, "add the quotation mark at its end", begins, is_open=True)

    def _no_semicolon(self, line: int) -> Slip | None:
        from html.entities import html5  # has the names that ISO gave to characters

        written = self._lines[line - 1] if line <= len(self._lines) else b""
        names = [found[1].decode() for found in _NO_SEMICOLON.finditer(written)]
        known = [name for name in names if f"{name};" in html5]
        if len(names) != 1 or not known:
            return None
        meant = html5[f"{known[0]};"]
        write = f"write {meant}" if meant.isprintable() and meant.strip() else f"write &#{ord(meant[0])};"
        return Slip(f"the ; after &{known[0]} is missing", write, line)

    def _declaration(self, line: int) -> Slip | None:
        """A declaration where XML has none."""
        written = self._lines[line - 1] if line <= len(self._lines) else b""
        names = [found[1].decode() for found in _DECLARATION.finditer(written)]
        if len(names) != 1:
            return None
        (name,) = names
        if name == "DOCTYPE":
            return Slip("the DOCTYPE does not stand before the root element", "move it there, or take it out", line)
        if name.upper() == "DOCTYPE":
            return Slip(f"<!{name} is not in capitals", "write <!DOCTYPE", line)
        return Slip(f"<!{name} is no XML", "take it out: declarations stand in a DTD", line)
