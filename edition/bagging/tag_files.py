"""How tag files are written (RFC 8493, sections 2.1 and 2.2): lines of UTF-8, each ended by a line feed.

Reading anyone's tag files, and forgiving what older versions allowed, is the matter of `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from edition.errors import EditionError

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

LINE_LENGTH = 79  # characters; RFC 8493, section 2.2.2, recommends no more

# Whatever some reader might take for the end of a line, and other controls; all of it becomes one space.
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LABEL = re.compile(r"[^\s:\x00-\x1f\x7f](?:[^:\r\n\x00-\x1f\x7f\u0085\u2028\u2029]*[^\s:\x00-\x1f\x7f])?")

_ENCODED = {"%": "%25", "\n": "%0A", "\r": "%0D"}


def encode_path(path: str) -> str:
    """A path as manifests write it: percent sign, LF and CR encoded, nothing else (RFC 8493, section 2.1.3)."""
    return re.sub(r"[%\n\r]", lambda found: _ENCODED[found[0]], path)


def manifest(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A manifest of paths and their digests, sorted by the bytes of the paths as written."""
    lines = sorted((encode_path(path).encode("utf-8"), digest.hex().encode("ascii")) for path, digest in entries)
    return b"".join(digest + b"  " + path + b"\n" for path, digest in lines)


def bag_info(fields: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt of labels and values, in their order. A field without a value says nothing and is left out.

    A value stays one field whatever it holds: its white space, line ends included, becomes single spaces.
    Raises EditionError for a label that cannot be one.
    """
    return "".join(_field(label, _SPACE.sub(" ", value).strip()) for label, value in fields).encode(
        "utf-8", "replace"
    )


def _field(label: str, value: str) -> str:
    if not _LABEL.fullmatch(label):
        raise EditionError(
            f"bag-info.txt: {label!r} cannot be a label",
            advice="a label is one line without a colon and with no space around it (RFC 8493, section 2.2.2)",
        )
    if not value:
        return ""
    first, *words = value.split(" ")
    lines = [f"{label}: {first}"]  # a label with nothing behind it is no field, however long the first word
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE_LENGTH:
            lines.append(f"  {word}")
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines) + "\n"
