"""What kind of file a path names: its media type as IANA registers it, and what people call it."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".xml": ("application/tei+xml", "TEI XML"),
    ".xsd": ("application/xml", "XML Schema"),
    ".rng": ("application/xml", "RELAX NG schema"),
    ".rnc": ("application/relax-ng-compact-syntax", "RELAX NG schema, compact syntax"),
    ".sch": ("application/xml", "Schematron schema"),
    ".odd": ("application/tei+xml", "TEI ODD"),
    ".dtd": ("application/xml-dtd", "Document type definition"),
    ".pdf": ("application/pdf", "PDF"),
    ".json": ("application/json", "JSON"),
    ".html": ("text/html", "HTML"),
    ".css": ("text/css", "Style sheet"),
    ".txt": ("text/plain", "Plain text"),
    ".md": ("text/markdown", "Markdown"),
    ".csv": ("text/csv", "Comma-separated values"),
    ".cff": ("application/yaml", "Citation File Format"),
    ".yaml": ("application/yaml", "YAML"),
    ".toml": ("application/toml", "TOML"),
    ".png": ("image/png", "PNG image"),
    ".jpg": ("image/jpeg", "JPEG image"),
    ".jpeg": ("image/jpeg", "JPEG image"),
    ".tif": ("image/tiff", "TIFF image"),
    ".tiff": ("image/tiff", "TIFF image"),
}
_UNKNOWN = ("application/octet-stream", "Data")


def media_type(path: str) -> str:
    """The media type of a file (RFC 6838), by the ending of its name."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), _UNKNOWN)[0]


def called(path: str) -> str:
    """What a reader would call such a file."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), _UNKNOWN)[1]
