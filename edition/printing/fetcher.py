"""What a print may open: files of the edition, and nothing else."""

from __future__ import annotations

import os
import re
from ast import literal_eval
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location
from edition.printing.drawings import left_out
from edition.printing.pictures import is_of_inks, printable
from edition.printing.rules import ACCESS_REFUSED, PICTURE_UNREAD

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher, URLFetcherResponse


REFUSED = "refused by the edition"
_BLANK = b"\xef\xbb\xbf \t\r\n"  # what may stand before XML in UTF-8
_UNREAD = re.compile(r"""Failed to load image at ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"): (.*)""")
_UNDRAWN = re.compile(r"Failed to render SVG image (\S+)")


class Refusals:
    """The addresses that were refused, each once. They are kept because SVG swallows the refusal itself.

    With them those that a drawing has and no print follows, pictures that cannot be read, the texts of drawings by
    their paths in `folder`, and the pictures that are of inks and were printed as a screen shows them.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self._addresses: dict[str, None] = {}
        self._left_out: dict[tuple[str, str], int] = {}
        self._drawings: dict[str, str] = {}
        self._unread: dict[str, str] = {}
        self.pictures_of_inks: list[bytes] = []

    def add(self, address: str) -> None:
        self._addresses.setdefault(address)

    def remade(self, content: bytes) -> bytes | None:
        """A picture as it can be printed, None if it is so already. One of inks is kept, for the printer."""
        shown = printable(content)
        if shown is content:
            return None
        if is_of_inks(content):
            self.pictures_of_inks.append(content)
        return shown

    def look_into(self, address: str, content: bytes) -> None:
        """Keep what a drawing wants from elsewhere."""
        path = self._path(address)
        for wanted, line in left_out(content):
            self._left_out.setdefault((path, wanted), line)
        if not path.startswith("data:"):
            self._drawings[path] = content.decode("utf-8", errors="replace")

    def hear(self, said: Iterable[str]) -> None:
        """Keep the pictures that WeasyPrint says, in its warnings, it cannot show; not those that were refused."""
        for message in said:
            if found := _UNREAD.match(message):
                address = literal_eval(found[1])
                if address not in self._addresses:
                    self._unread.setdefault(address, found[2].partition(": ")[2])
            elif found := _UNDRAWN.match(message):
                self._unread.setdefault(found[1], "")

    @property
    def drawings(self) -> Mapping[str, str]:
        """The texts of the drawings that were opened, by path."""
        return self._drawings

    def __bool__(self) -> bool:
        return bool(self._addresses or self._unread)

    def findings(self, texts: Mapping[str, str]) -> list[Diagnostic]:
        """A finding for each, where one of the edition's stylesheets and sources (texts by path) names it."""
        texts = {**texts, **self._drawings}
        refused = [
            ACCESS_REFUSED.finding(
                f"the print asks for {_shown(self._path(address))}, which is no file of the edition",
                _place(address, texts),
                hint="put the file into the edition and name it there",
            )
            for address in self._addresses
        ]
        unread = [
            PICTURE_UNREAD.finding(
                f"the picture {_shown(self._path(address))} cannot be read{why and f': {why}'}",
                _place(address, texts),
                hint="look at the file, and save it anew as PNG, JPEG or plain SVG",
            )
            for address, why in self._unread.items()
        ]
        left_out = [
            ACCESS_REFUSED.finding(
                f"the drawing {_shown(path)} takes a part from {_shown(wanted)}, which is not printed",
                Location(path, line) if path in self._drawings else _place(wanted, texts),
                hint="put what it needs into the drawing itself",
            )
            for (path, wanted), line in self._left_out.items()
        ]
        return [*refused, *unread, *left_out]

    def _path(self, address: str) -> str:
        """The address of a file as an editor of the edition sees it, any other as it is."""
        below = f"{self._root.as_uri()}/"
        return unquote(address.removeprefix(below)) if address.startswith(below) else address


def _place(address: str, texts: Mapping[str, str]) -> Location:
    """The first line that has the address, or its end as it may be written there."""
    end = address.rpartition("/")[2]
    for written in filter(None, (address, end, unquote(end))):
        for path, text in texts.items():
            if found := re.search(rf"(?<![\w.-]){re.escape(written)}", text):
                return Location(path, text.count("\n", 0, found.start()) + 1)
    return Location(CONFIG_NAME)


def closed_fetcher(folder: Path, refusals: Refusals) -> URLFetcher:
    """A fetcher that opens files below `folder` alone, after every link in their paths is followed."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    root, made = folder.resolve(), dict[str, bytes | None]()

    class Made(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint has no types
        path = None  # from which WeasyPrint would read the picture again, as it was

    def response(url: str, content: bytes, headers: dict[str, str], media_type: str) -> URLFetcherResponse:
        """What came from an address; a picture as it can be printed, looked at once for all passes."""
        if content.lstrip(_BLANK).startswith(b"<"):
            refusals.look_into(url, content)
        elif not media_type.startswith(_NO_PICTURES):
            if url not in made:
                made[url] = refusals.remade(content)
            if remade := made[url]:
                return Made(url, remade, {"Content-Type": "image/png"})
        return URLFetcherResponse(url, content, headers)

    class Closed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        hear = staticmethod(refusals.hear)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if urlsplit(url).scheme == "data":  # carries its own content and reaches nothing
                carried = super().fetch(url, headers)
                return response(url, carried.read(), dict(carried.headers.items()), carried.content_type)
            file = _local_file(url)
            try:
                if file is None or not file.is_relative_to(root) or not file.is_file():
                    raise ValueError(f"{REFUSED}: {url}")
                content = file.read_bytes()
            except (OSError, ValueError):
                refusals.add(url)
                raise
            return response(url, content, {"Content-Type": _media_type(file)}, _media_type(file))

    return Closed(allowed_protocols=("data",), allow_redirects=False)


def _local_file(url: str) -> Path | None:
    """The file that a file: URL names, links followed, or None for any other URL."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    return Path(os.path.realpath(unquote(parts.path)))  # unlike resolve, it bears links that lead to themselves


_NO_PICTURES = ("text/css", "font/")
_MEDIA_TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}


def _media_type(file: Path) -> str:
    # Not mimetypes, which asks the machine and so differs from one to the next.
    return _MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream")


def _shown(address: str) -> str:
    return address if len(address) <= 120 else f"{address[:117]}..."
