"""edition.toml -> Config. What an edition says of itself, once and for every command.

A key that is not known, a value of the wrong kind or a path out of the edition is a ConfigError that names the line.
What else is wrong with a setting is found where it is used: `Config.place` says where it stands.
Command line options only ever replace fields of a Config.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from edition.diagnostics import Location, Severity
from edition.errors import ConfigError, EditionError
from edition.model import Term
from edition.rules import Selection
from edition.tables import LineRange as LineRange  # a part of Witness, so it is had from here
from edition.tables import Table, Text

CONFIG_NAME = "edition.toml"
OUTPUT_FOLDER = "output"
SERIES_OF_NOTES = ("textual", "commentary")
FORMS_OF_BAGS = ("folder", "tar", "tar.gz", "zip")
MAX_BYTES = 1024 * 1024  # of an edition.toml


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines of a witness that belong to neither text, and why."""

    lines: LineRange
    reason: str


@dataclass(frozen=True, slots=True)
class SchemaUse:
    """A schema that all sources must obey.

    With `embedded`, also the Schematron rules that stand in it. `phase` chooses among Schematron rules.
    """

    path: str
    embedded: bool = False
    phase: str = ""

    @property
    def has_rules(self) -> bool:
        """Whether Schematron is asked."""
        return self.embedded or self.path.lower().endswith(".sch")


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
class Acceptance:
    """An exception: findings of a rule that the editor accepts, and why.

    Those of one turn, of one file, or whose message has some words in it; what is empty is not asked. `line` is where
    it stands in edition.toml.
    """

    code: str
    turn: str
    path: str
    about: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How the edition is printed. `page` is a CSS page size; `layout` has texts face each other, stand in columns or
    follow one another. `fonts` are families, or font files of the edition; `language` is that of the words around the
    texts, or a table of them in the edition. `notes` are the series that are printed.

    `reading_order` is that of a screen reader: original and translation turn by turn, or text by text. Every so
    many lines of a page are numbered as `line_numbers` says; none if it is 0. Turns have their numbers in the
    margin with `turn_numbers`. With `press_profile`, an ICC profile by its path, or the name of one that is not of
    the edition, a file for a printer is made too.
    """

    page: str = "170mm 240mm"
    margins: str = ""
    layout: str = "facing"
    fonts: tuple[str, ...] = ("PT Serif",)
    language: str = "en"
    notes: tuple[str, ...] = SERIES_OF_NOTES
    reading_order: str = "turn"
    line_numbers: int = 5
    turn_numbers: bool = True
    stylesheets: tuple[str, ...] = ()
    press_profile: str = ""

    @property
    def own_fonts(self) -> tuple[str, ...]:
        """The fonts that are files of the edition."""
        return tuple(font for font in self.fonts if font.lower().endswith((".ttf", ".otf")))

    @property
    def packaged_fonts(self) -> tuple[str, ...]:
        """The fonts that are families of packages."""
        return tuple(font for font in self.fonts if font not in self.own_fonts)

    @property
    def own_words(self) -> str:
        """The table of words that is a file of the edition, if there is one."""
        return self.language if self.language.endswith(".toml") else ""

    @property
    def own_files(self) -> tuple[str, ...]:
        """The files of the edition that a print is made with, beside its texts."""
        return (*self.stylesheets, *self.own_fonts, *filter(None, (self.own_words,)))

    @property
    def own_press_profile(self) -> str:
        """The profile that is a file of the edition, if it is one."""
        return self.press_profile if self.press_profile.lower().endswith((".icc", ".icm")) else ""


@dataclass(frozen=True, slots=True)
class BagSettings:
    """What the bag says beside what CITATION.cff already does. `info` holds further fields of bag-info.txt.

    `serialisation` is one of FORMS_OF_BAGS: a folder, or one file. `profile` is a JSON file, or a name that is
    known; `tags` are further tag files by their names, with their fields. Empty folders are refused, or with
    `keep_empty_folders` packed with a file `.keep` in them.
    """

    algorithms: tuple[str, ...] = ("sha512",)
    info: tuple[tuple[str, str], ...] = ()
    serialisation: str = "folder"
    profile: str = ""
    tags: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    keep_empty_folders: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """An edition: where it lies, what it is called, its files and settings. Paths are relative to `root`.

    `lines` says at which line of edition.toml a key stands (`edition.title`, `bag.info.Contact-Name`), `named` which
    key names a path, and at which line.
    """

    root: Path
    original: str
    translation: str | None = None
    persons: str | None = None
    name: str = "edition"
    title: str = ""
    version: str = ""
    licence: str = ""
    citation: str | None = None
    schemas: tuple[SchemaUse, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    fail_on: Severity = Severity.ERROR
    selection: Selection = field(default_factory=Selection)
    printing: PrintSettings = field(default_factory=PrintSettings)
    bag: BagSettings = field(default_factory=BagSettings)
    exceptions: tuple[Acceptance, ...] = ()
    terms: tuple[Term, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    named: Mapping[str, tuple[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def place(self, key: str) -> Location:
        """Where a key stands in edition.toml."""
        return Location(CONFIG_NAME, self.lines.get(key))

    @property
    def sources(self) -> tuple[str, ...]:
        """The TEI files, original first."""
        return tuple(path for path in (self.original, self.translation, self.persons) if path)

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that makes the edition, edition.toml first, each once."""
        named = (CONFIG_NAME, self.citation, *self.sources, *(schema.path for schema in self.schemas))
        profile = self.bag.profile if self.bag.profile.endswith(".json") else None
        others = (
            *(witness.path for witness in self.witnesses),
            *self.printing.own_files,
            self.printing.own_press_profile,
            profile,
        )
        return tuple(dict.fromkeys(path for path in (*named, *others) if path))

    def refuse_missing(self, paths: Iterable[str]) -> None:
        """Raise EditionError for the first of some files that is not there, with the line that names it."""
        for path in paths:
            if path in self.named and _is_missing(self.root / path):
                key, line = self.named[path]
                raise EditionError(
                    f"{self.root / CONFIG_NAME}:{line}: {key} names {path}, and there is no such file",
                    advice="check the path and its spelling",
                )

    @property
    def output(self) -> Path:
        return self.root / OUTPUT_FOLDER


def _is_missing(file: Path) -> bool:
    """Why another file cannot be read, who reads it says."""
    try:
        file.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


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
    text = _read(file)
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(f"{file}: lists or tables are nested too deep", advice="flatten them") from error
    except ValueError as error:  # TOMLDecodeError is one; so is a number of thousands of digits
        raise ConfigError(_not_toml(file, str(error)), advice="see https://toml.io for how to write it") from error
    return _config(folder, Table("", values, Text(file, text)))


def _read(file: Path) -> str:
    try:
        data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    if data is None:
        raise ConfigError(f"{file}: larger than {MAX_BYTES // 1024} KiB", advice="keep texts in files of their own")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file}:{line}: not in UTF-8", advice="save it as UTF-8") from error


def _not_toml(file: Path, complaint: str) -> str:
    """The parser's complaint with its place where all our messages have it."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", complaint, re.DOTALL)
    return f"{file}:{found[2]}:{found[3]}: not TOML: {found[1]}" if found else f"{file}: not TOML: {complaint}"


def _config(root: Path, top: Table) -> Config:
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
        schemas=tuple(map(_schema, top.tables("schema"))),
        witnesses=tuple(_witness(table) for table in top.tables("witness")),
        fail_on=check.severity("fail-on", default=Severity.ERROR),
        selection=Selection(check.texts("select"), check.texts("ignore")),
        printing=PrintSettings(
            page=printing.text("page", default="170mm 240mm"),
            margins=printing.text("margins"),
            layout=printing.choice("layout", ("facing", "columns", "sequence")),
            fonts=printing.paths("fonts") or ("PT Serif",),
            language=printing.path("language") or "en",
            notes=printing.some_of("notes", SERIES_OF_NOTES),
            line_numbers=printing.number("line-numbers", default=5),
            turn_numbers=printing.switch("turn-numbers", default=True),
            reading_order=printing.choice("reading-order", ("turn", "text")),
            stylesheets=printing.paths("stylesheets"),
            press_profile=printing.path("press-profile"),
        ),
        bag=BagSettings(
            algorithms=bag.texts("algorithms", default=("sha512",)),
            info=tuple(bag.table("info").pairs()),
            serialisation=bag.choice("serialisation", FORMS_OF_BAGS),
            profile=bag.path("profile"),
            tags=tuple((name, tuple(fields.pairs())) for name, fields in bag.table("tags").named_tables()),
            keep_empty_folders=bag.switch("keep-empty-folders", default=False),
        ),
        exceptions=tuple(_exception(table) for table in top.tables("exception")),
        terms=tuple(_term(table) for table in top.tables("term")),
        lines=top.places,
        named=top.named,
    )
    top.refuse_unknown()
    _refuse_same_file(config)
    _refuse_whole_rules(config)
    return config


def _refuse_same_file(config: Config) -> None:
    """A text compared with itself would always agree."""
    for role in ("translation", "persons"):
        path = getattr(config, role)
        if path and config.sources.count(path) > 1:
            raise ConfigError(
                f"{config.root / CONFIG_NAME}:{config.place(f'texts.{role}').line or 1}: texts.{role} is {path!r}, "
                "which has another part already",
                advice="original, translation and persons are three files",
            )


def _refuse_whole_rules(config: Config) -> None:
    """An exception is to one finding or a few; to a whole rule it would hide what nobody has looked at."""
    for accepted in config.exceptions:
        if not (accepted.turn or accepted.path or accepted.about):
            raise ConfigError(
                f"{config.root / CONFIG_NAME}:{accepted.line}: the exception to {accepted.code} says neither turn "
                "nor path nor about",
                advice='write turn = "…"; a whole rule is left out by check.ignore',
            )


def _exception(table: Table) -> Acceptance:
    return Acceptance(
        code=table.text("code", required=True).upper(),
        turn=table.text("turn"),
        path=table.path("path"),
        about=table.text("about"),
        reason=table.text("reason", required=True),
        line=table.line,
    )


def _term(table: Table) -> Term:
    """Two lists of words, of which each has one word at least."""
    original, translation = table.words("original"), table.words("translation")
    return Term(original, translation, required=True)


def _schema(table: Table) -> SchemaUse:
    use = SchemaUse(table.path("path", required=True), table.switch("schematron", default=False))
    return replace(use, phase=table.text("phase")) if use.has_rules else use  # else nothing knows of phases


def _witness(table: Table) -> Witness:
    return Witness(
        path=table.path("path", required=True),
        sha256=table.sha256("sha256"),
        markup=table.choice("markup", ("plain", "markdown")),
        original=table.lines("original"),
        translation=table.lines("translation"),
        set_aside=tuple(
            SetAside(entry.lines("lines", required=True)[0], entry.text("reason", required=True))
            for entry in table.tables("set-aside")
        ),
    )
