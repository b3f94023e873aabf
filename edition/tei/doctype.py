"""What the DOCTYPE of a file declares, and which text the DTD that a catalog has for it gives to entities.

A DTD is read only where a catalog names it, and so is a set of entities that the file brings in by itself
(`<!ENTITY % ISOlat1 PUBLIC …> %ISOlat1;`). What such a file brings in further must be named by a catalog too, or lie
in its folder. Nothing but the text of entities is taken: no default values of attributes, and no elements, which
would stand at no line of the file; nor is a file put in place of an entity (XML 1.0, 4.2.2), whoever names it.
After the first file that is not read no text is taken any more (5.1).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.parsers import expat

from edition import files
from edition.errors import EditionError
from edition.tei.encoding import encoding_of

MAX_BYTES = 16 * 1024 * 1024  # of all files of a DTD together
MAX_FILES = 200
_MAX_DEPTH = 20  # files in files
_LONGEST_NAME = 300  # characters of a public name or an address that a message shows
_KIND = files.Kind("a DTD", MAX_BYTES, "give a catalog that has only what the files need")
_ELEMENT = re.compile(r"<[^\s]")  # in the text of an entity, where its characters by number are put in
_BY_NUMBER = {ord(each): f"&#{ord(each)};" for each in '&%"'}  # what would not stand for itself (4.4)
# Declared at the end of each file: after a %name; that is not declared expat tells of no declaration any more.
_END = "edition.end."

Find = Callable[[str, str], Path | None]  # the file that catalogs have for a public name and an address


def _none(public: str, system: str) -> Path | None:
    return None


_find: ContextVar[Find] = ContextVar("find", default=_none)


@contextlib.contextmanager
def mapped_by(find: Find) -> Iterator[None]:
    """Have the files that are read meanwhile get the entities of the DTDs that `find` knows."""
    before = _find.set(find)
    try:
        yield
    finally:
        _find.reset(before)


def mapped(public: str, system: str) -> Path | None:
    """The file that catalogs have for the names of a DTD or of one of its files."""
    find = _find.get()
    with mapped_by(_none):  # a catalog may have a DOCTYPE too
        return find(public, system)


def entry(public: str, system: str) -> str:
    """What a catalog must have for a DTD of these names."""
    if public:
        return f'<public publicId="{public[:_LONGEST_NAME]}" uri="FILE"/>'
    return f'<system systemId="{system[:_LONGEST_NAME]}" uri="FILE"/>'


@dataclass(frozen=True, slots=True)
class Doctype:
    """What is known of the entities of a file.

    `own` are those that it declares itself, as they are written (`&mao;`, `%ISOlat1;`), with their lines; `texts`
    what is given to others, by name; `withheld` why some have no text. `source` is the first file that a catalog had,
    `unread` are the names, public and system, of those that none has, and `trouble` is why what was read is no DTD.
    """

    own: Mapping[str, int]
    texts: Mapping[str, str]
    withheld: Mapping[str, str]
    source: Path | None
    unread: tuple[tuple[str, str], ...]
    trouble: str

    @property
    def has_own(self) -> bool:
        """Whether the file declares entities for its text; those with % are for its DOCTYPE alone."""
        return any(name.startswith("&") for name in self.own)

    @property
    def declarations(self) -> str:
        """The texts as declarations, of which no more than that can come."""
        return "".join(f'<!ENTITY {name} "{text.translate(_BY_NUMBER)}">' for name, text in self.texts.items())


def read(data: bytes, file: Path) -> Doctype:
    """Of the bytes of a file, those of its DOCTYPE are read. Nothing is known of a file in a strange encoding."""
    reading = _Reading(file.absolute().parent.as_uri() + "/")
    try:
        reading.begin(data.decode(encoding_of(data).codec or "utf-8", "replace"))
    except _AtEnd:
        pass
    except (expat.ExpatError, EditionError, LookupError, ValueError) as error:
        reading.trouble = error.message if isinstance(error, EditionError) else reading.place(error)
        reading.texts.clear()  # who can tell what the rest would have said
    return reading.found


class _AtEnd(Exception):  # noqa: N818 - no error: all of the DOCTYPE has been read
    pass


@dataclass
class _Reading:
    """Reads a DOCTYPE and all that it brings in. `home` is the folder of the file, as an address."""

    home: str
    own: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    read: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    inside: list[tuple[expat.XMLParserType, Path | None]] = field(default_factory=list)
    size: int = 0
    last: str = ""
    trouble: str = ""

    def begin(self, text: str) -> None:
        parser = expat.ParserCreate("utf-8")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.ExternalEntityRefHandler = self._bring_in
        parser.EntityDeclHandler = self._declare
        parser.EndDoctypeDeclHandler = self._stop
        self.inside = [(parser, None)]
        parser.Parse(text, True)

    def place(self, error: Exception) -> str:
        """Where a DTD is broken, and how; nothing of the file itself, which is for others to judge."""
        parser, file = self.inside[-1]
        said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        return "" if file is None else f"{file}:{parser.CurrentLineNumber}: the DTD is broken: {said}"

    @property
    def found(self) -> Doctype:
        source = self.read[0] if self.read else None
        return Doctype(self.own, self.texts, self.withheld, source, tuple(self.unread), self.trouble)

    def _stop(self, *_: object) -> None:
        raise _AtEnd

    def _declare(self, name: str, is_parameter: int, text: str | None, *names: Any) -> None:
        """The first declaration of a name is the one that counts (section 4.2)."""
        parser, file = self.inside[-1]
        self.last = name
        if file is None:
            self.own.setdefault(f"{'%' if is_parameter else '&'}{name};", parser.CurrentLineNumber)
        if is_parameter or self.unread or name in self.texts or name in self.withheld:
            return  # what was not read may have declared the name in another way (section 5.1)
        if text is None:
            self.withheld[name] = "it stands for another file, which is not read: put what it holds in its place"
        elif _ELEMENT.search(text):
            self.withheld[name] = "it stands for elements: write them in its place"
        else:
            self.texts[name] = text

    def _bring_in(self, context: str | None, base: str | None, system: str | None, public: str | None) -> int:
        file = self._file(base, system or "", public or "")
        if file is None:
            self.unread.append((public or "", system or ""))
        text = "" if file is None else self._text(file)
        sub = self.inside[-1][0].ExternalEntityParserCreate(context, "utf-8")
        if file is not None:
            sub.SetBase(file.as_uri())
        self.inside.append((sub, file or self.inside[-1][1]))
        end = f"{_END}{len(self.read)}.{len(self.unread)}"
        sub.Parse(f'{text}\n<!ENTITY % {end} "">', True)
        if self.last != end:
            raise EditionError(f"{self.inside[-1][1]}: the DTD uses a %name; that nothing declares")
        self.inside.pop()
        return 1

    def _file(self, base: str | None, system: str, public: str) -> Path | None:
        """Where a part lies that may be read; None for every other."""
        whole = urljoin(base or self.home, system)
        found = mapped(public, system) or mapped("", whole)
        if found is not None:
            file = found.resolve()
            self.folders.append(file.parent)
            return file
        parts = urlsplit(whole)
        if base is None or parts.scheme != "file" or parts.netloc or "\0" in unquote(parts.path):
            return None
        file = Path(unquote(parts.path)).resolve()
        return file if any(file.is_relative_to(folder) for folder in self.folders) and file.is_file() else None

    def _text(self, file: Path) -> str:
        data = files.read_bytes(file, str(file), _KIND)
        self.read.append(file)
        self.size += len(data)
        if self.size > MAX_BYTES or len(self.read) > MAX_FILES or len(self.inside) > _MAX_DEPTH:
            raise EditionError(
                f"{file}: with it the DTD has more than {MAX_BYTES // 1024**2} MiB, {MAX_FILES} files, "
                f"or {_MAX_DEPTH} files in each other"
            )
        return data.decode(encoding_of(data).codec or "utf-8")
