"""The words of a schema in the compact syntax (RELAX NG Compact Syntax, A.2), and where each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from edition.errors import EditionError
from edition.schema.relaxng.characters import NAME
from edition.schema.wording import quoted

Token = tuple[str, str, int]  # its kind, what it says, and where it begins

_PATTERNS = ("attribute", "element", "empty", "external", "grammar", "list", "mixed", "notAllowed", "parent", "text")
_OTHERS = ("div", "include", "inherit", "start", "string", "token")
DECLARING = ("namespace", "default", "datatypes")
KEYWORDS = frozenset((*_PATTERNS, *_OTHERS, *DECLARING))
IDENTIFIERS = ("name", "quoted")  # a keyword after a backslash is a name like others
NAMES = (*IDENTIFIERS, "keyword")
END = "end"

# An escape for a line break is none of the file's own lines, and may stand in a literal of one line (A.2.4).
_BREAKS = {"\n": "\0", "\r": "\1"}
_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]+)\}")
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTE_SIGN = re.compile(r"^[ \t]*###* ?", re.MULTILINE)


@cache
def _words() -> re.Pattern[str]:
    """One group for each kind of token. A literal of several lines may hold two of its quotes, but not three."""
    return re.compile(
        rf"""
        (?P<blank>   (?: [ \t\n]+ | \#(?!\#)[^\n]* )+ )
      | (?P<note>    \#\#[^\n]* (?: \n[ \t]*\#\#[^\n]* )* )
      | (?P<literal> \"\"\"(?:\"{{0,2}}[^\"])*\"\"\" | '''(?:'{{0,2}}[^'])*''' | "[^"\n]*" | '[^'\n]*' )
      | (?P<any>     {NAME}:\* )
      | (?P<prefixed>{NAME}:{NAME} )
      | (?P<name>    {NAME} )
      | (?P<quoted>  \\{NAME} )
      | (?P<sign>    >> | \|= | &= | [=,|&?*+(){{}}\[\]~-] )
        """,
        re.VERBOSE,
    )


class Source:
    """A file, its escapes replaced, and the way back from there to lines and columns."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises EditionError, with the place, for bytes and characters that cannot be in a schema."""
        self.path = path
        self._written = _decoded(data, path).replace("\r\n", "\n").replace("\r", "\n")
        self._lines = [0, *(match.end() for match in re.finditer("\n", self._written))]
        self._from: list[int] = [0]  # from there on in `text`, ...
        self._shifts: list[int] = [0]  # ... so many characters more in the file
        wrong = _NO_CHARACTER.search(self._written)
        if wrong:
            raise self.broken(wrong.start(), f"the character U+{ord(wrong[0]):04X} cannot stand in XML")
        self.text = self._replaced()

    def _replaced(self) -> str:
        pieces, last, shift = list[str](), 0, 0
        for match in _ESCAPE.finditer(self._written):
            character = self._character(match)
            pieces += (self._written[last : match.start()], _BREAKS.get(character, character))
            last = match.end()
            shift += len(match[0]) - 1
            self._from.append(last - shift)
            self._shifts.append(shift)
        return "".join((*pieces, self._written[last:]))

    def _character(self, escape: re.Match[str]) -> str:
        number = int(escape[1], 16)
        if number > 0x10FFFF or _NO_CHARACTER.match(chr(number)):
            raise self.broken(escape.start(), f"{quoted(escape[0])} is no character of XML", in_file=True)
        return chr(number)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1, of a place in `text`."""
        return self._place(at + self._shifts[bisect_right(self._from, at) - 1])

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def broken(self, at: int, what: str, advice: str = "", *, in_file: bool = False) -> EditionError:
        """The refusal of a schema for what is wrong at a place in `text`, or in the file as it is written."""
        line, column = self._place(at) if in_file else self.place(at)
        return EditionError(f"{self.path}:{line}:{column}: the schema is broken: {what}", advice=advice)

    def tokens(self) -> list[Token]:
        """All tokens, END the last. Raises EditionError for what is none."""
        found: list[Token] = []
        at, match = 0, _words().match
        while at < len(self.text):
            word = match(self.text, at)
            if word is None:
                raise self._no_word(at)
            kind = word.lastgroup or ""
            if kind != "blank":
                found.append(_token(kind, word[0], at))
            at = word.end()
        return [*found, (END, "", at)]

    def _no_word(self, at: int) -> EditionError:
        if self.text[at] in "\"'":
            return self.broken(at, "a quote is opened here and not closed", 'write "…" on one line, or """…"""')
        return self.broken(at, f"{quoted(self.text[at])} means nothing here")


def _token(kind: str, word: str, at: int) -> Token:
    if kind == "sign":
        return word, word, at
    if kind == "name" and word in KEYWORDS:
        return "keyword", word, at
    if kind == "literal":
        quotes = 3 if len(word) >= 6 and word[:3] in ('"""', "'''") else 1
        word = word[quotes:-quotes].replace("\0", "\n").replace("\1", "\r")
    elif kind == "quoted":
        word = word[1:]
    elif kind == "note":
        word = _NOTE_SIGN.sub("", word)
    return kind, word, at


def _decoded(data: bytes, path: str) -> str:
    """UTF-8, or UTF-16 that says so by its first two bytes (A.2.1)."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EditionError(f"{path}:{line}: the schema is not in UTF-8", advice="save it as UTF-8") from error
