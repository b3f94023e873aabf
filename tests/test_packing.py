"""What is packed is what was checked: every file that goes into the bag is watched meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edition.config import load
from edition.errors import EditionError
from edition.init import create
from edition.packing import Snapshot


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small edition, with a schema that imports another which edition.toml does not name."""
    create(tmp_path / "letters")
    return tmp_path / "letters"


def overwrite(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"</", b"<<", 1))


def put_back(file: Path) -> None:
    """Other bytes, as many, and the time of change as it was."""
    before = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("source/translation.xml", overwrite),
        ("schemas/xml.xsd", overwrite),
        ("source/translation.xml", put_back),
        ("schemas/new.xsd", Path.touch),
        ("schemas/xml.xsd", Path.unlink),
    ],
)
def test_a_change_is_refused(home: Path, path: str, change: object) -> None:
    before = Snapshot.of(load(home))
    before.refuse_changes()
    change(home / path)  # type: ignore[operator]
    with pytest.raises(EditionError, match=f"{path}: changed while the edition was made"):
        before.refuse_changes()
