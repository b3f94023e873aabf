"""What the tests of bags share: a small plan, and a way to see everything that lies in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edition.bagging import BagPlan, PayloadFile, stage

Picture = dict[str, tuple[int, int, bytes]]


@pytest.fixture
def plan() -> BagPlan:
    return BagPlan(
        payload=(PayloadFile("source/record.xml", b"<TEI/>\n"), PayloadFile("edition.toml", b"[edition]\n")),
        date=datetime(2026, 1, 22, 23, 30, tzinfo=UTC),
        info=(("Source-Organization", "The archive"), ("Contact-Name", "Ёлкин")),
        tag_files=(("metadata/prov.json", b"{}\n"),),
    )


@pytest.fixture
def bag(plan: BagPlan, tmp_path: Path) -> Path:
    """A valid bag."""
    with stage(plan, tmp_path / "bag") as staged:
        staged.publish()
    return tmp_path / "bag"


@pytest.fixture
def picture() -> Callable[[Path], Picture]:
    """Everything below a folder: its mode, its time and its bytes."""

    def look(folder: Path) -> Picture:
        seen: Picture = {}
        for path in [folder, *folder.rglob("*")]:
            status = path.lstat()
            data = path.read_bytes() if path.is_file() else b""
            seen[os.path.relpath(path, folder)] = (status.st_mode, int(status.st_mtime), data)
        return seen

    return look
