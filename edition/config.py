"""edition.toml -> Config. What an edition says of itself, once and for every command.

A key that is not known, a value of the wrong kind or a path out of the edition is a ConfigError that names the line.
Command line options only ever replace fields of a Config.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from edition.diagnostics import Severity
from edition.errors import ConfigError
from edition.rules import Selection

CONFIG_NAME = "edition.toml"
OUTPUT_FOLDER = "output"


@dataclass(frozen=True, slots=True)
class LineRange:
    """Lines of a text file, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines of a witness that belong to neither text, and why."""

    lines: LineRange
    reason: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A file that texts were made from, and which of its lines are which text.

    `markup` says what is not the witness's own: `markdown` leaves out the marks of headings and emphasis.
    """

    path: str
    sha256: str
    markup: str
    original: tuple[LineRange, ...]
    translation: tuple[LineRange, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How the edition is printed. `page` is a CSS page size."""

    page: str = "170mm 240mm"
    notes: tuple[str, ...] = ("textual", "commentary")
    stylesheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BagSettings:
    """What the bag says beside what CITATION.cff already does. `info` holds further fields of bag-info.txt."""

    algorithms: tuple[str, ...] = ("sha512",)
    info: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """An edition: where it lies, what it is called, its files and settings. Paths are relative to `root`."""

    root: Path
    original: str
    translation: str | None = None
    persons: str | None = None
    name: str = "edition"
    title: str = ""
    version: str = ""
    licence: str = ""
    citation: str | None = None
    schemas: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    fail_on: Severity = Severity.ERROR
    selection: Selection = field(default_factory=Selection)
    printing: PrintSettings = field(default_factory=PrintSettings)
    bag: BagSettings = field(default_factory=BagSettings)

    @property
    def sources(self) -> tuple[str, ...]:
        """The TEI files, original first."""
        return tuple(path for path in (self.original, self.translation, self.persons) if path)

    @property
    def output(self) -> Path:
        return self.root / OUTPUT_FOLDER


def load(folder: Path) -> Config:
    """The Config of the edition in `folder`. Raises ConfigError, with the line of edition.toml, for what is wrong."""
    file = folder / CONFIG_NAME
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder", advice="name the folder that holds edition.toml")
    if not file.is_file():
        raise ConfigError(
            f"{file}: there is no edition.toml here",
            advice="`edition init DIR` writes one; `edition validate` and `edition compare` work on bare files",
        )
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not in UTF-8", advice="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}", advice="see https://toml.io for how to write it") from error
    return _config(folder, _Table("", values, text, str(file)))


def _config(root: Path, top: _Table) -> Config:
    edition, texts = top.table("edition"), top.table("texts", required=True)
    check, printing, bag = top.table("check"), top.table("print"), top.table("bag")
    config = Config(
        root=root,
        original=texts.path("original", required=True),
        translation=texts.path("translation") or None,
        persons=texts.path("persons") or None,
        name=edition.name("name", default="edition"),
        title=edition.text("title"),
        version=edition.text("version"),
        licence=edition.text("licence"),
        citation=edition.path("citation") or None,
        schemas=tuple(schema.path("path", required=True) for schema in top.tables("schema")),
        witnesses=tuple(_witness(table) for table in top.tables("witness")),
        fail_on=check.severity("fail-on", default=Severity.ERROR),
        selection=Selection(check.texts("select"), check.texts("ignore")),
        printing=PrintSettings(
            page=printing.text("page", default="170mm 240mm"),
            notes=printing.texts("notes", default=("textual", "commentary")),
            stylesheets=printing.paths("stylesheets"),
        ),
        bag=BagSettings(
            algorithms=bag.texts("algorithms", default=("sha512",)),
            info=tuple(bag.table("info").pairs()),
        ),
    )
    top.refuse_unknown()
    return config


def _witness(table: _Table) -> Witness:
    return Witness(
        path=table.path("path", required=True),
        sha256=table.text("sha256").lower(),
        markup=table.choice("markup", ("plain", "markdown")),
        original=table.lines("original"),
        translation=table.lines("translation"),
        set_aside=tuple(
            SetAside(entry.lines("lines", required=True)[0], entry.text("reason", required=True))
            for entry in table.tables("set-aside")
        ),
    )


class _Table:
    """A table of edition.toml that remembers what was asked of it, so that what nobody asked for is refused."""

    def __init__(self, name: str, values: dict[str, Any], text: str, file: str) -> None:
        self._name = name
        self._values = values
        self._text = text
        self._file = file
        self._asked: dict[str, None] = {}
        self._inner: list[_Table] = []

    def text(self, key: str, *, default: str = "", required: bool = False) -> str:
        value = self._get(key, str, "a text in quotes", required)
        if required and value == "":
            raise self._wrong(key, "is empty", advice="write a value")
        return default if value is None else str(value)

    def texts(self, key: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._get(key, list, "a list of texts", required=False)
        if value is None:
            return default
        if not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "is not a list of texts", advice=f'write {key} = ["…", "…"]')
        return tuple(value)

    def path(self, key: str, *, required: bool = False) -> str:
        return self._inside(key, self.text(key, required=required))

    def paths(self, key: str) -> tuple[str, ...]:
        return tuple(self._inside(key, path) for path in self.texts(key))

    def name(self, key: str, *, default: str) -> str:
        """A name that can stand in file names on every system."""
        value = self.text(key, default=default)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", value):
            raise self._wrong(key, f"is {value!r}", advice="use letters, digits, dots and hyphens: it names files")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.text(key, default=choices[0])
        if value not in choices:
            raise self._wrong(key, f"is {value!r}", advice=f"it is one of: {', '.join(choices)}")
        return value

    def severity(self, key: str, *, default: Severity) -> Severity:
        names = tuple(level.label for level in sorted(Severity, reverse=True))
        return Severity[self.choice(key, names).upper()] if self._get(key, str, "a text", False) else default

    def lines(self, key: str, *, required: bool = False) -> tuple[LineRange, ...]:
        """Line ranges such as "29-213", one or a list of them."""
        value = self._get(key, (str, list), 'lines such as "29-213"', required)
        ranges = [value] if isinstance(value, str) else value or []
        return tuple(self._line_range(key, item) for item in ranges)

    def table(self, key: str, *, required: bool = False) -> _Table:
        value = self._get(key, dict, f"a table, as in [{key}]", required)
        return self._add(key, value or {})

    def tables(self, key: str) -> tuple[_Table, ...]:
        value = self._get(key, list, f"tables, as in [[{key}]]", required=False) or []
        if not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, "is not a list of tables", advice=f"write [[{key}]] above each")
        return tuple(self._add(key, item) for item in value)

    def pairs(self) -> list[tuple[str, str]]:
        """Every key of a table whose keys are the user's own, with texts as values."""
        return [(key, self.text(key)) for key in self._values]

    def refuse_unknown(self) -> None:
        for key in self._values:
            if key not in self._asked:
                where = f"in [{self._name}]" if self._name else "at the top"
                near = get_close_matches(key, self._asked, 1)
                advice = f"did you mean {near[0]!r}?" if near else f"known there: {', '.join(self._asked)}"
                raise ConfigError(f"{self._file}:{self._line(key)}: unknown key {key!r} {where}", advice=advice)
        for table in self._inner:
            table.refuse_unknown()

    def _add(self, key: str, values: dict[str, Any]) -> _Table:
        inner = _Table(f"{self._name}.{key}" if self._name else key, values, self._text, self._file)
        self._inner.append(inner)
        return inner

    def _get(self, key: str, kind: type | tuple[type, ...], wanted: str, required: bool) -> Any:
        self._asked[key] = None
        value = self._values.get(key)
        if value is None:
            if required:
                where = f"[{self._name}]" if self._name else "edition.toml"
                raise ConfigError(f"{self._file}: {where} has no {key!r}", advice=f"add {key} = {wanted}")
        elif not isinstance(value, kind):
            raise self._wrong(key, f"is {value!r}", advice=f"it must be {wanted}")
        return value

    def _inside(self, key: str, path: str) -> str:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or re.match(r"[A-Za-z]:", path):
            raise self._wrong(key, f"is {path!r}", advice="name a file inside the edition, with forward slashes")
        return "" if path == "" else str(pure)

    def _line_range(self, key: str, value: object) -> LineRange:
        found = re.fullmatch(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?", value) if isinstance(value, str) else None
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise self._wrong(key, f"is {value!r}", advice='write lines from 1 on, as in "29-213"')
        return LineRange(first, last)

    def _wrong(self, key: str, what: str, *, advice: str) -> ConfigError:
        name = f"{self._name}.{key}" if self._name else key
        return ConfigError(f"{self._file}:{self._line(key)}: {name} {what}", advice=advice)

    def _line(self, key: str) -> int:
        """The line of a key: tomllib keeps none, so the first line that sets it, within its table if it has one."""
        lines = self._text.splitlines()
        heading = re.compile(r"\s*\[\[?\s*" + re.escape(self._name) + r"\s*\]\]?") if self._name else None
        start = next((n for n, line in enumerate(lines) if heading and heading.match(line)), 0)
        setting = re.compile(r"""\s*(?:\[\[?\s*)?["']?""" + re.escape(key) + r"""["']?\s*[=\].]""")
        return next((n + 1 for n, line in enumerate(lines) if n >= start and setting.match(line)), start + 1)
