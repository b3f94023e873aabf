"""What a print may open: files of the edition and of its font packages, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from edition.diagnostics import Diagnostic, Location
from edition.printing.rules import ACCESS_REFUSED

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher, URLFetcherResponse


class Refusals:
    """The addresses that were refused, each once. They are kept because SVG swallows the refusal itself."""

    def __init__(self) -> None:
        self._addresses: dict[str, None] = {}

    def add(self, address: str) -> None:
        self._addresses.setdefault(address)

    def findings(self, place: Location) -> list[Diagnostic]:
        return [
            ACCESS_REFUSED.finding(
                f"the print asks for {_shown(address)}, which is no file of the edition",
                place,
                hint="put the file into the edition and name it there",
            )
            for address in self._addresses
        ]


def closed_fetcher(folders: Sequence[Path], refusals: Refusals) -> URLFetcher:
    """A fetcher that opens files below `folders` alone, after every link in their paths is followed."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    roots = [folder.resolve() for folder in folders]

    class Closed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if urlsplit(url).scheme == "data":  # carries its own content and reaches nothing
                return super().fetch(url, headers)
            file = _local_file(url)
            if file is None or not any(file.is_relative_to(root) for root in roots):
                refusals.add(url)
                raise ValueError(f"refused: {url}")
            if not file.is_file():
                refusals.add(url)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": _media_type(file)})

    return Closed(allowed_protocols=("data",), allow_redirects=False)


def _local_file(url: str) -> Path | None:
    """The file that a file: URL names, links followed, or None for any other URL."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    return Path(unquote(parts.path)).resolve()


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
