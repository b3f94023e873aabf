"""What was found before and is let be for now, so that a corpus with old errors can take no new ones.

A baseline is a JSON file that people can read and git can merge: each finding by path, rule and message, without its
line, so that it is known again when lines move. The same finding may stand there several times.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.diagnostics import Diagnostic
from edition.errors import UsageError
from edition.staging import replace_file

VERSION = 1
_KEYS = ("path", "code", "message")


class Baseline:
    """A baseline in use: it takes away what it holds. With `update` it learns what is found instead."""

    def __init__(self, file: Path, held: Counter[tuple[str, ...]], *, update: bool) -> None:
        self._file, self._update = file, update
        self._held = held
        self._found: Counter[tuple[str, ...]] = Counter()

    @classmethod
    def open(cls, file: Path, *, update: bool) -> Baseline:
        """Raises UsageError for a file that is not there, unless it is to be written, and for what is no baseline."""
        if update:
            return cls(file, Counter(), update=True)
        try:
            written = json.loads(file.read_text(encoding="utf-8"))
            held = Counter(
                {tuple(str(each[key]) for key in _KEYS): int(each["count"]) for each in written["findings"]}
            )
        except FileNotFoundError as error:
            raise UsageError(
                f"{file}: there is no such baseline", advice="write one: add --update-baseline once"
            ) from error
        except OSError as error:
            raise UsageError(f"{file}: the baseline cannot be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(f"{file}: this is no baseline", advice="write it anew with --update-baseline") from error
        return cls(file, held, update=False)

    def new(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What it does not hold; none at all while it learns."""
        for each in found:
            if self._update:
                self._found[each.identity] += 1
            elif self._held[each.identity] > 0:
                self._held[each.identity] -= 1
            else:
                yield each

    def close(self) -> list[str]:
        """Write it if it was to learn. Gives back what to tell the user. Raises EditionError."""
        if self._update:
            replace_file(self._file, _as_text(self._found).encode("utf-8"))
            return [f"{self._file}: the baseline holds {_number(self._found.total())} now"]
        left = +self._held
        if not left:
            return []
        return [f"{self._file}: {_number(left.total())} of the baseline are gone; --update-baseline takes them out"]


def _number(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def _as_text(found: Counter[tuple[str, ...]]) -> str:
    entries = [
        {**dict(zip(_KEYS, identity, strict=True)), "count": count} for identity, count in sorted(found.items())
    ]
    lines = ",\n".join(f"  {json.dumps(entry, ensure_ascii=True)}" for entry in entries)
    return f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n'
