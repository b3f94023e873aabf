"""A document as it was written, where no more is wanted than what stands in it: its tree costs several times as much.

Expat says whether it is well-formed, and where its comments, instructions and CDATA sections stand. What libxml2
might refuse all the same, or would resolve, is not told here: such a file must be read by `parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from xml.parsers import expat

from edition.tei.encoding import encoding_of

PIECE = 4 * 1024**2  # bytes that are decoded at once
LONGEST = 9_000_000  # bytes of a text or comment; libxml2 refuses those of ten million
LONGEST_NAME = 10_000  # letters; libxml2 refuses those of fifty thousand
_REFERENCE = re.compile(r"&(?:(lt|gt|quot|amp|apos)|#(\d+)|#x([0-9a-fA-F]+));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "amp": "&", "apos": "'"}
_MARKS = ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<![CDATA[", b"]]>"))


class UnsureError(Exception):
    """A file of which `parse` might have more to tell: it is not well-formed, has a DOCTYPE, or is not in UTF-8."""


class Written:
    """A document that is well-formed."""

    def __init__(self, data: bytes) -> None:
        """Raises UnsureError for one that may not be, to `parse`."""
        self.data = data
        self._start = -1
        self._marks: list[int] = []  # where comments, instructions and CDATA sections begin
        encoding = encoding_of(data)
        if not encoding.told or encoding.codec not in ("utf-8", "utf-8-sig"):
            raise UnsureError
        self._reader = expat.ParserCreate(namespace_separator=" ")  # thus prefixes must be declared
        self._listen(self._reader)
        try:
            self._reader.Parse(data, True)
        except expat.ExpatError as error:
            raise UnsureError from error
        finally:
            del self._reader  # which knows of us: nobody would let go of the data

    def _listen(self, reader: expat.XMLParserType) -> None:
        reader.StartElementHandler, reader.XmlDeclHandler = self._begin, self._declare
        reader.CommentHandler = reader.StartCdataSectionHandler = self._mark
        reader.ProcessingInstructionHandler, reader.StartDoctypeDeclHandler = self._instruct, self._give_up

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._start = self._reader.CurrentByteIndex
        self._reader.StartElementHandler = None  # to be called for each would take longer than all the rest

    def _mark(self, *said: str) -> None:
        self._marks.append(self._reader.CurrentByteIndex)

    def _instruct(self, target: str, said: str) -> None:
        if ":" in target or len(target) > LONGEST_NAME:
            raise UnsureError
        self._mark()

    def _declare(self, version: str, encoding: str | None, standalone: int) -> None:
        if version != "1.0" or (encoding or "utf-8").lower() != "utf-8":
            raise UnsureError

    def _give_up(self, *said: object) -> None:
        raise UnsureError

    @property
    def root(self) -> bytes:
        """The same document with nothing in its root, up to whose tag it is as it was."""
        end = quote = 0
        for end in range(self._start, len(self.data)):
            letter = self.data[end]
            if letter in b"\"'" and quote in (0, letter):
                quote = letter - quote
            elif letter == ord(">") and not quote:
                break
        return self.data[:end].removesuffix(b"/") + b"/>"

    def runs(self) -> Iterator[str]:
        """Its text in pieces, parted before end tags: what stands between `</` and `</`.

        The first piece begins as if an end tag without a name came before the root. Line ends are \\n; comments and
        instructions are taken out, and CDATA sections are text like all other. Raises UnsureError.
        """
        (body, at), before = self.body, ">"
        while (end := body.find(b"</", at + PIECE)) > 0:
            yield before + body[at:end].decode()
            at, before = end + 2, ""
        yield before + body[at:].decode()

    @cached_property
    def body(self) -> tuple[bytes, int]:
        """What `runs` give, in one piece, and where in it the root begins. Raises UnsureError."""
        body, at = self.data, self._start
        marks = [mark for mark in self._marks if mark > at]
        if marks:
            body, at = b"".join(self._without(marks)), 0
        if b"\r" in body:
            body, at = body[at:].replace(b"\r\n", b"\n").replace(b"\r", b"\n"), 0
        if len(body) > LONGEST and _has_longest_text(body, at):
            raise UnsureError
        return body, at

    def _without(self, marks: list[int]) -> Iterator[bytes]:
        at = self._start
        for mark in marks:
            yield self.data[at:mark]
            opening, closing = next(pair for pair in _MARKS if self.data.startswith(pair[0], mark))
            end = self.data.index(closing, mark + len(opening))
            if end - mark > LONGEST:
                raise UnsureError
            if closing == b"]]>":
                inner = self.data[mark + len(opening) : end]
                yield inner.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
            at = end + len(closing)
        yield self.data[at:]


def _has_longest_text(body: bytes, at: int) -> bool:
    while len(body) - at > LONGEST:
        following = body.rfind(b"<", at + 1, at + LONGEST)
        if following < 0:
            return True
        at = following
    return False


def escaped(value: str) -> str:
    """A value as it may stand in quotation marks."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def unescaped(text: str) -> str:
    """A text or value, its references resolved: to characters and to the five entities of XML."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    named, decimal, hexadecimal = found.groups()
    return _NAMED[named] if named else chr(int(decimal or hexadecimal, 10 if decimal else 16))
