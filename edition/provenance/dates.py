"""When an edition was made: a date that the same sources give again, so never the clock's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from edition.config import Config
from edition.errors import EditionError, UsageError
from edition.provenance import git

EPOCH = "SOURCE_DATE_EPOCH"

_LATEST = 253_402_300_799  # the last second of the year 9999, after which no format has a date


def made_at(config: Config) -> datetime:
    """The date of the edition, in UTC and whole seconds.

    It is SOURCE_DATE_EPOCH if that is set, else the date of the newest git commit that touched a file of the edition
    (a shallow clone knows only its own), else the time when the newest of them was changed.

    Raises UsageError when SOURCE_DATE_EPOCH is no number of seconds, EditionError when there is no file to ask.
    """
    stated = os.environ.get(EPOCH)
    if stated is not None:
        return _date(_seconds(stated))
    committed = git.newest(config.root, config.files)
    return _date(committed.seconds if committed else _changed(config))


def _date(seconds: int) -> datetime:
    return datetime.fromtimestamp(max(0, min(seconds, _LATEST)), UTC)


def _seconds(stated: str) -> int:
    """SOURCE_DATE_EPOCH as its specification has it: digits alone, seconds since 1970."""
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 12 and int(stated) <= _LATEST):
        raise UsageError(
            f"{EPOCH} is {stated[:40]!r}, which is no number of seconds since 1970",
            advice=f"set it as in {EPOCH}=$(git log -1 --format=%ct), or unset it",
        )
    return int(stated)


def _changed(config: Config) -> int:
    newest = max(_times(config.root / path for path in config.files), default=None)
    if newest is None:
        raise EditionError(f"{config.root}: none of the edition's files is there", advice="check edition.toml")
    return newest


def _times(files: Iterator[Path]) -> Iterator[int]:
    for file in files:
        try:
            yield int(file.stat().st_mtime)
        except OSError:  # whoever needs the file says that it is missing
            continue
