"""A witness as it lies on disk: its bytes, its lines, its words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import is_normalized, normalize

from edition import files
from edition.config import LineRange
from edition.errors import EditionError

MAX_BYTES = 16 * 1024 * 1024
_WITNESS = files.Kind("a text file in edition.toml", MAX_BYTES, "divide the witness into several files")

_HEADING = re.compile(r"#{1,6}\s+")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between white space, composed (Unicode NFC). `line` and `column` count from 1."""

    text: str
    line: int
    column: int


def load(root: Path, path: str) -> bytes:
    """The bytes of a witness. Raises EditionError where it is missing, leads out of the edition or is too large."""
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        raise EditionError(f"{path}: leads out of the edition", advice="copy the witness into the edition")
    return files.read_bytes(file, path, _WITNESS)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines_of(data: bytes) -> tuple[str, ...]:
    """The lines of a witness, ended by LF or CRLF, without a byte order mark. Raises UnicodeDecodeError."""
    lines = data.decode("utf-8-sig").split("\n")
    if lines[-1] == "":
        lines.pop()
    return tuple(line.removesuffix("\r") for line in lines)


def words_of(lines: tuple[str, ...], ranges: Iterable[LineRange], *, markdown: bool) -> Iterator[Word]:
    """The words of these lines, in the order of the ranges; of Markdown without marks of headings and emphasis."""
    for wanted in ranges:
        for number in range(wanted.first, min(wanted.last, len(lines)) + 1):
            line = lines[number - 1]
            heading = _HEADING.match(line) if markdown else None
            for found in _WORD.finditer(line, heading.end() if heading else 0):
                text = found[0].replace("**", "") if markdown else found[0]
                if text:
                    yield Word(composed(text), number, found.start() + 1)


def composed(text: str) -> str:
    """The same text with each accent joined to its letter, as far as Unicode has the letter."""
    return text if is_normalized("NFC", text) else normalize("NFC", text)
