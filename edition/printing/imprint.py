"""What the printer is told beside the TEI, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from edition.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Imprint:
    """What title page and colophon say beside the TEI.

    `date` is that of the edition in UTC and becomes the date of the PDF; `digests` are pairs of a path in the edition
    and the SHA-256 of its file; `tool` is name and version of this program.
    """

    title: str
    version: str
    date: datetime
    licence: str
    authors: tuple[str, ...]
    identifier: str
    tool: str
    digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A finished print: the bytes of the PDF, its number of pages, what is wrong with it.

    `printers` is the file for a printer, where one is wanted.
    """

    pdf: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    printers: bytes | None = None

    def __str__(self) -> str:
        return f"{self.pages} page{'s' * (self.pages != 1)}"
