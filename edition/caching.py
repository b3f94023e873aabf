"""What a run may remember for the next one, in the user's cache folder; it can be deleted at any time.

Entries are named by what they depend on and are never changed. One is written beside its place and renamed, and holds
a digest of itself: what was cut off, damaged or written by another version is as good as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "EDITION_CACHE"  # names another folder


def folder() -> Path:
    """The cache folder of this user for `edition` (XDG base directories; on a Mac and Windows, their own)."""
    if os.environ.get(FOLDER_VARIABLE):
        return Path(os.environ[FOLDER_VARIABLE])
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "edition"


def get(kind: str, key: str) -> Any:
    """What was put there; None if nothing was, or nothing that can be believed."""
    try:
        head, _, body = _place(kind, key).read_text(encoding="utf-8").partition("\n")
        return json.loads(body) if head == _digest(body) else None
    except (OSError, ValueError, RecursionError):
        return None


def put(kind: str, key: str, value: Any) -> None:
    """Keep a value that JSON can hold. Where nothing can be written, nothing is kept."""
    place = _place(kind, key)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    body = json.dumps(value, separators=(",", ":"))
    with contextlib.suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            beside.write_text(f"{_digest(body)}\n{body}", encoding="utf-8")
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def _place(kind: str, key: str) -> Path:
    return folder() / kind / key[:2] / key[2:]


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()
