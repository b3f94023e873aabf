"""Options and fixtures that all tests share."""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from edition.config import Config
from edition.printing import fonts

# How long an example takes says more of the machine than of the code; and a gate asks the same of every change, while
# other runs go on looking.
settings.register_profile("everywhere", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "everywhere")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write what the commands print into the expected.txt of cases"
    )


def pytest_collection_finish() -> None:
    """Look for garbage in what tests make, and not in all that was imported: every print does so thrice."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests leave nothing in the user's cache, and find nothing there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITION_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _type_is_cast_once() -> Iterator[None]:
    """The book face is made ready once and not for each of hundreds of prints. Fonts of editions are made each time.

    That another process makes the same of it is for `test_the_same_input_gives_the_same_bytes_in_another_process`.
    """
    made: dict[fonts.Face, str] = {}
    make = fonts._ready

    def ready(face: fonts.Face, config: Config, *space: float | None) -> str:
        if face.family != "PT Serif" or config.root in face.file.parents:
            return make(face, config, *space)
        if face not in made:
            made[face] = make(face, config)
        return made[face]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_ready", ready)
        yield


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for 256 KiB."""
    with _mounted(tmp_path / "small", "size=256k") as folder:
        yield folder


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that nobody may write to, not even root."""
    with _mounted(tmp_path / "read-only", "size=256k,ro") as folder:
        yield folder


@contextlib.contextmanager
def _mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"faults of disks are tested where mounting is allowed: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
