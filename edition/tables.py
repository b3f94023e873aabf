"""The tables of a TOML file, asked key by key: what has the wrong kind is refused, and so is what nobody asks for.

Every refusal is a ConfigError that names file and line and says what to write.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from edition.diagnostics import Severity
from edition.errors import ConfigError

_MAX_SHOWN = 60  # characters of a value that a message quotes
# What no XML can hold (XML 1.0, 2.2): an escape in double quotes may write it.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True)
class LineRange:
    """Lines of a text file, counted from 1, both ends included."""

    first: int
    last: int


_HEADING = re.compile(r"\s*\[\[?\s*([^\]]*?)\s*\]")
_SETTING = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[=.]""")


class Text:
    """A TOML file as it was written, to find lines in: tomllib keeps none. Lines count from 0 here."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self._headings: dict[str, list[int]] = {}
        self._settings: dict[str, list[int]] = {}
        self._starts: list[int] = []
        self.named: dict[str, tuple[str, int]] = {}  # each path that a key names: the key, and its line from 1
        for number, line in enumerate(text.split("\n")):
            if heading := _HEADING.match(line):
                self._headings.setdefault(heading[1], []).append(number)
                self._starts.append(number)
            elif setting := _SETTING.match(line):
                key = next(key for key in setting.groups() if key is not None)
                self._settings.setdefault(key, []).append(number)

    def heading(self, name: str, after: int, number: int = 0) -> int | None:
        """Where the `number`th table of this name begins after a line; None where it has no heading of its own."""
        found = self._headings.get(name, [])
        index = bisect_right(found, after) + number
        return found[index] if index < len(found) else None

    def setting(self, key: str, after: int) -> int | None:
        """Where `key = …` stands between a line and the next heading."""
        found, ends = self._settings.get(key, []), bisect_right(self._starts, after)
        index = bisect_right(found, after)
        if index == len(found) or (ends < len(self._starts) and found[index] > self._starts[ends]):
            return None
        return found[index]


def shown(value: object) -> str:
    """A value as a message quotes it, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def _in_terms_of_toml(value: object) -> str:
    """A value of the wrong kind: by its kind where Python and TOML write it differently."""
    if isinstance(value, bool):
        return "true" if value else "false"
    kinds = ((list, "a list"), (dict, "a table"), ((date, time), "a date or time"))
    return next((name for kind, name in kinds if isinstance(value, kind)), shown(value))


class Table:
    """A table of edition.toml that remembers what was asked of it, so that what nobody asked for is refused.

    `start` is the line of its heading, counted from 0: -1 for the file itself, which has none.
    """

    def __init__(self, name: str, values: dict[str, Any], text: Text, start: int = -1) -> None:
        self._name = name
        self._values = values
        self._text = text
        self._start = start
        self._asked: dict[str, None] = {}
        self._inner: list[Table] = []

    @property
    def places(self) -> dict[str, int]:
        """The line of each key in it and below, by full name; where there are several of a table, in the first."""
        below = {key: line for inner in reversed(self._inner) for key, line in inner.places.items()}
        return {self._full(key): self._line(key) for key in self._values} | below

    def text(self, key: str, *, default: str = "", required: bool = False) -> str:
        value = self._get(key, str, "a text in quotes", required)
        if required and value == "":
            raise self._wrong(key, "is empty", advice="write a value")
        if value and _FORBIDDEN.search(value):
            raise self._wrong(key, "holds a control character, written as an escape", advice="take it out")
        return default if value is None else str(value)

    def number(self, key: str, *, default: int = 0) -> int:
        """A whole number that is not below 0."""
        value = self._get(key, int, "a whole number", required=False)
        if value is None:
            return default
        if isinstance(value, bool) or value < 0:
            raise self._wrong(key, f"is {shown(value)}", advice="write a whole number, 0 or more")
        return int(value)

    def switch(self, key: str, *, default: bool) -> bool:
        value = self._get(key, bool, "true or false", required=False)
        return default if value is None else bool(value)

    def texts(self, key: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._get(key, list, "a list of texts", required=False)
        if value is None:
            return default
        if not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "is not a list of texts", advice=f'write {key} = ["…", "…"]')
        return tuple(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Words or phrases, one at least; `*` may end each."""
        value = self._get(key, list, 'words, as in ["…", "…"]', required=True)
        words = self.texts(key)
        if not value or not all(word.removesuffix("*").strip() for word in words):
            raise self._wrong(key, f"is {shown(value)}", advice=f'write {key} = ["…", "…"]')
        return words

    @property
    def line(self) -> int:
        """The line of its heading, counted from 1."""
        return max(self._start, 0) + 1

    @property
    def named(self) -> dict[str, tuple[str, int]]:
        """The paths that were asked for so far, in the whole file: which key names each first, and at which line."""
        return self._text.named

    def path(self, key: str, *, required: bool = False) -> str:
        self._get(key, str, "a path in quotes", required)
        return self._inside(key, self.text(key, required=required))

    def paths(self, key: str) -> tuple[str, ...]:
        return tuple(self._inside(key, path) for path in self.texts(key))

    def name(self, key: str, *, default: str) -> str:
        """A name that can stand in file names on every system."""
        value = self.text(key, default=default)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", value):
            raise self._wrong(
                key, f"is {shown(value)}", advice="use letters, digits, dots and hyphens: it names files"
            )
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.text(key, default=choices[0])
        if value not in choices:
            raise self._wrong(key, f"is {shown(value)}", advice=f"it is one of: {', '.join(choices)}")
        return value

    def some_of(self, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Some of these names: one, a list of them, `all` or `none`; all where nothing is said."""
        value = self._get(key, (str, list), 'one of these in quotes: "all", "none"', required=False)
        words = {"all": names, "none": ()}
        asked = names if value is None else words.get(value, [value]) if isinstance(value, str) else value
        if not all(name in names for name in asked):
            known = ", ".join((*words, *names))
            raise self._wrong(key, f"is {shown(value)}", advice=f"it is one of: {known}")
        return tuple(name for name in names if name in asked)

    def sha256(self, key: str) -> str:
        """A digest in lower case, or empty."""
        value = self.text(key).lower()
        if value and not re.fullmatch(r"[0-9a-f]{64}", value):
            raise self._wrong(key, f"is {shown(value)}", advice="a SHA-256 digest has 64 digits of 0-9 and a-f")
        return value

    def severity(self, key: str, *, default: Severity) -> Severity:
        names = tuple(level.label for level in sorted(Severity, reverse=True))
        return Severity[self.choice(key, names).upper()] if self._get(key, str, "a text", False) else default

    def lines(self, key: str, *, required: bool = False) -> tuple[LineRange, ...]:
        """Line ranges such as "29-213", one or a list of them."""
        value = self._get(key, (str, list), 'lines such as "29-213"', required)
        ranges = [value] if isinstance(value, str) else value or []
        if required and not ranges:
            raise self._wrong(key, "is empty", advice='write lines, as in "1-28"')
        return tuple(self._line_range(key, item) for item in ranges)

    def table(self, key: str, *, required: bool = False) -> Table:
        value = self._get(key, dict, f"a table, as in [{key}]", required)
        return self._add(key, value or {})

    def tables(self, key: str) -> tuple[Table, ...]:
        value = self._get(key, list, f"tables, as in [[{key}]]", required=False) or []
        if not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, "is not a list of tables", advice=f"write [[{key}]] above each")
        return tuple(self._add(key, item, number) for number, item in enumerate(value))

    def named_tables(self) -> tuple[tuple[str, Table], ...]:
        """Every key of a table whose keys are the user's own, with tables as values."""
        return tuple((key, self.table(key)) for key in self._values)

    def pairs(self) -> list[tuple[str, str]]:
        """Every key of a table whose keys are the user's own, with texts as values."""
        return [(key, self.text(key)) for key in self._values]

    def refuse_unknown(self) -> None:
        for key in self._values:
            if key not in self._asked:
                where = f"in [{self._name}]" if self._name else "at the top"
                near = get_close_matches(key, self._asked, 1)
                advice = f"did you mean {near[0]!r}?" if near else f"known there: {', '.join(self._asked)}"
                raise ConfigError(
                    f"{self._text.file}:{self._line(key)}: unknown key {shown(key)} {where}", advice=advice
                )
        for table in self._inner:
            table.refuse_unknown()

    def _add(self, key: str, values: dict[str, Any], number: int = 0) -> Table:
        name = self._full(key)
        heading = self._text.heading(name, self._start, number)
        inner = Table(name, values, self._text, self._line(key) - 1 if heading is None else heading)
        self._inner.append(inner)
        return inner

    def _get(self, key: str, kind: type | tuple[type, ...], wanted: str, required: bool) -> Any:
        self._asked[key] = None
        value = self._values.get(key)
        if value is None:
            if required:
                where = f"[{self._name}]" if self._name else self._text.file.name
                line = max(self._start, 0) + 1
                raise ConfigError(f"{self._text.file}:{line}: {where} has no {key!r}", advice=f"add {key} = {wanted}")
        elif not isinstance(value, kind):
            raise self._wrong(key, f"is {_in_terms_of_toml(value)}", advice=f"it must be {wanted}")
        return value

    def _inside(self, key: str, path: str) -> str:
        """The path if it stays in the edition, links followed; what is not there yet is asked for when it is read."""
        if _ADDRESS.match(path):
            advice = "keep a copy of the file in the edition, and name that"
            raise self._wrong(key, f"is the address {shown(path)}, and nothing is fetched", advice=advice)
        pure = PurePosixPath(path)
        wrong = pure.is_absolute() or ".." in pure.parts or re.search(r"[\\\x00-\x1f\x7f]|^[A-Za-z]:", path)
        if wrong or not self._is_below(path):
            raise self._wrong(key, f"is {shown(path)}", advice="name a file inside the edition, with forward slashes")
        if path == "":
            return ""
        self._text.named.setdefault(str(pure), (self._full(key), self._line(key)))
        return str(pure)

    def _is_below(self, path: str) -> bool:
        root = os.path.realpath(self._text.file.parent)
        return Path(os.path.realpath(Path(root, path))).is_relative_to(root)

    def _line_range(self, key: str, value: object) -> LineRange:
        found = re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?", value) if isinstance(value, str) else None
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise self._wrong(key, f"is {shown(value)}", advice='write lines from 1 on, as in "29-213"')
        return LineRange(first, last)

    def _wrong(self, key: str, what: str, *, advice: str) -> ConfigError:
        return ConfigError(f"{self._text.file}:{self._line(key)}: {self._full(key)} {what}", advice=advice)

    def _full(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _line(self, key: str) -> int:
        """The line of a key, else that of the heading, counted from 1."""
        found = self._text.setting(key, self._start)
        if found is None:
            found = self._text.heading(self._full(key), self._start)
        return max(self._start if found is None else found, 0) + 1
