"""When an edition was made: a date that the same sources give again, so never the clock's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from edition.config import Config
from edition.errors import EditionError, UsageError

EPOCH = "SOURCE_DATE_EPOCH"

_LATEST = 253_402_300_799  # the last second of the year 9999, after which no format has a date
_GIT_SECONDS = 30

# What a hostile repository could have git run or fetch is turned off: hooks, watchers, pagers, signature checkers and
# the objects that a partial clone left out. Paths are taken as they are written, not as patterns.
_GIT_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never"),
)
_GIT_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def made_at(config: Config) -> datetime:
    """The date of the edition, in UTC and whole seconds.

    It is SOURCE_DATE_EPOCH if that is set, else the date of the newest git commit that touched a file of the edition
    (a shallow clone knows only its own), else the time when the newest of them was changed.

    Raises UsageError when SOURCE_DATE_EPOCH is no number of seconds, EditionError when there is no file to ask.
    """
    stated = os.environ.get(EPOCH)
    if stated is not None:
        return _date(_seconds(stated))
    committed = _committed(config)
    return _date(_changed(config) if committed is None else committed)


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


def _committed(config: Config) -> int | None:
    """The newest commit's date; None where there is no git, no repository, or one that does not hold these files."""
    git = shutil.which("git")
    if git is None:
        return None
    asked = ("log", "-1", "--format=%ct", "--no-show-signature", "--", *config.files)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        answer = subprocess.run(  # noqa: S603 - no shell, and the paths of edition.toml stand after `--`
            [git, "-C", str(config.root), *_GIT_OPTIONS, *asked],
            env=environment | _GIT_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    seconds = answer.stdout.strip()
    return int(seconds) if answer.returncode == 0 and seconds.isdigit() else None


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
