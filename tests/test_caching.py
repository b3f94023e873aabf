"""Where things are kept for the next run, and that nothing stops where they cannot be."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import platformdirs
import pytest

from edition import caching


@pytest.fixture(autouse=True)
def _no_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EDITION_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="those have folders of their own for it")
def test_it_is_where_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert caching.folder() == tmp_path / ".cache" / "edition"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/whole")
    assert caching.folder() == tmp_path / ".cache" / "edition", "the standard wants whole paths"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert caching.folder() == tmp_path / "caches" / "edition"
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "own"))
    assert caching.folder() == tmp_path / "own"


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr(platformdirs, "user_cache_path", none)
    caching.put("kind", "0123", [1])
    caching.put_own("kind", "4567", b"1")
    assert caching.get("kind", "0123") is None
    assert caching.get_own("kind", "4567") is None
    assert not caching.place("kind", "0123").exists()
