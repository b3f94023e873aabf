"""The files that pointers lead to, and whether what a pointer names is there."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice
from pathlib import Path

from lxml import etree

from edition.diagnostics import Rule, Severity
from edition.errors import EditionError
from edition.rules import declare
from edition.schema.wording import nearest, quoted
from edition.tei.names import XML_ID
from edition.tei.parse import Document, read
from edition.tei.pointers import Target

_LONGEST_PATH = 200  # letters of a path that is compared with others
_MAX_NEAR = 5_000  # ids among which the nearest is looked for
_MAX_GUESSES = 200  # searches for the nearest in one run; the same mistake needs but one
_COPY = "put the file into the edition and point to it there"
_SPELLING = "check the spelling; an id of the same file is written with #"
_BY_SCHEME = re.compile(r"[A-Za-z][\w.-]*\(")  # TEI P5, 17.2.4: xpath(…), range(…); an id has no brackets

DANGLING_POINTER = declare(
    "REF201",
    "dangling-pointer",
    Severity.ERROR,
    """A pointer leads to an xml:id that is there, in the file that it names or in its own.

    Speakers, corresponding turns and named persons are found by pointers. Where one leads nowhere, the turn has no
    speaker, the name means nobody, and no program complains: it is left out.

    Pointers by TEI's own schemes, such as `#xpath(//p)`, and to the web are not followed.

    Wrong: `<sp who="persons.xml#maoo">`, and persons.xml has `<person xml:id="mao">`

    Right: `<sp who="persons.xml#mao">`
    """,
)

MISSING_FILE = declare(
    "REF202",
    "missing-file",
    Severity.ERROR,
    """A pointer names a file that is there. It is read from the folder of the file that it stands in.

    Mostly the `#` was forgotten, and what was meant as an id is taken for the name of a file.

    Wrong: `<sp who="mao">`

    Right: `<sp who="#mao">`
    """,
)

POINTER_OUT = declare(
    "REF203",
    "pointer-out-of-edition",
    Severity.ERROR,
    """A pointer stays within the edition, or leads to the web.

    What lies elsewhere on one machine is not in the package that is deposited. Such files are never opened.

    Wrong: `<ref target="file:///home/anna/persons.xml#mao">`, `<ref target="../../persons.xml#mao">`

    Right: `<ref target="persons.xml#mao">`
    """,
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a pointer."""

    rule: Rule
    what: str
    hint: str


UNFIT = Wrong(
    DANGLING_POINTER, "does not fit what prefixDef declares for its prefix", "see matchPattern in the header"
)


class Shelf:
    """The files that pointers lead to, each with its ids; None stands for a file that has none to offer."""

    def __init__(self, root: Path, documents: Sequence[Document], beside: Sequence[str] = ()) -> None:
        self._root = root
        self._beside = beside
        self._documents = documents
        self._ids: dict[str, Collection[str] | None] = {}
        self._given: list[str] = []
        self._guesses: dict[tuple[str, str], str | None] = {}
        for document in documents:
            path = posixpath.normpath(document.path)
            self._given.append(path)
            self._ids[path] = None if document.root is None else ids_of(document.root)

    def hold(self, path: str, ids: Collection[str]) -> None:
        """Put a file there of which only the ids are known."""
        self._ids[posixpath.normpath(path)] = ids

    @cached_property
    def _folders(self) -> set[Path]:
        """Where files may lie that pointers name; most documents of a corpus need not know."""
        return {self._root.resolve(), *(document.file.parent.resolve() for document in self._documents)}

    def wrong(self, target: Target, source: str) -> Wrong | None:
        """What is wrong with a pointer in the file `source`; None if it leads somewhere or is not to be followed."""
        if target.path is None:
            is_local = target.written.lower().startswith("file:")
            return Wrong(POINTER_OUT, "leads to one machine's disk", _COPY) if is_local else None
        if target.path not in self._ids:
            wrong = self._open(target, source)
            if wrong is not None:
                return wrong
        return self._look_up(target, source)

    def _open(self, target: Target, source: str) -> Wrong | None:
        """Put a file on the shelf that is not yet there."""
        path = target.path or ""
        file = self._root / path
        try:
            lies = file.resolve()
        except (OSError, RuntimeError, ValueError):  # too long a name, a circle of links, a NUL
            lies = None
        if lies is not None and not any(lies.is_relative_to(folder) for folder in self._folders):
            return Wrong(POINTER_OUT, f"leads out of the edition, to {quoted(path)}", _COPY)
        if lies is None or not os.path.exists(lies):  # noqa: PTH110 - Path.exists fails where one may not look
            what = f"leads nowhere: there is no file {quoted(path)}"
            return Wrong(MISSING_FILE, what, self._hint_for_file(target, source))
        if target.id is not None:
            self._ids[path] = _ids_of_file(file, path)
        return None

    def _look_up(self, target: Target, source: str) -> Wrong | None:
        path, name = target.path or "", target.id
        if name is None:
            if target.written.endswith("#"):
                return Wrong(DANGLING_POINTER, "names no id", "write the id after the #")
            return None
        ids = self._ids[path]
        if ids is None:
            given = path in self._given  # and could not be parsed, which is a finding of its own
            hint = "point to an XML file, or to the whole file without #"
            return None if given else Wrong(DANGLING_POINTER, f"leads nowhere: {path} cannot be read as XML", hint)
        if name in ids or _BY_SCHEME.match(name):
            return None
        where = "this file" if path == posixpath.normpath(source) else path
        return Wrong(
            DANGLING_POINTER, f"leads nowhere: {where} has no xml:id {quoted(name)}", self._hint(path, name, source)
        )

    def _hint_for_file(self, target: Target, source: str) -> str:
        """A file that is not there is mostly an id without its #, or a slip in the name."""
        if target.id is None:
            home = self._home(target.written, source)
            return f"did you mean {self._pointer(home, target.written, source)}?" if home else _SPELLING
        from difflib import get_close_matches

        having = [path for path in self._all() if target.id in (self._ids[path] or ())]
        near = get_close_matches((target.path or "")[-_LONGEST_PATH:], having, 1)
        return f"did you mean {self._pointer(near[0], target.id, source)}?" if near else _SPELLING

    def _hint(self, path: str, name: str, source: str) -> str:
        """The same id in another file, or else a similar one in the file that was meant."""
        home = self._home(name, source)
        if home:
            return f"{home} has it: write {self._pointer(home, name, source)} if that is meant"
        near = self._nearest(path, name)
        if near:
            return f"did you mean {self._pointer(path, near, source)}?"
        return f"add xml:id={quoted(name)} where it belongs, or point to an id that is there"

    def _all(self) -> Iterator[str]:
        """The given files, then those beside them, each opened when it is its turn."""
        yield from self._given
        for path in self._beside:
            if path not in self._ids:
                self._ids[path] = _ids_of_file(self._root / path, path)
            yield path

    def _home(self, name: str, source: str) -> str | None:
        """Which of the files has this id: its own before the others."""
        paths = chain([posixpath.normpath(source)], self._all())
        return next((path for path in paths if name in (self._ids.get(path) or ())), None)

    def _nearest(self, path: str, name: str) -> str | None:
        if (path, name) not in self._guesses and len(self._guesses) < _MAX_GUESSES:
            ids = islice(self._ids[path] or (), _MAX_NEAR)
            self._guesses[path, name] = nearest(name, ids)
        return self._guesses.get((path, name))

    def _pointer(self, path: str, name: str, source: str) -> str:
        """How to write a pointer to an id from the file `source`."""
        folder = posixpath.dirname(posixpath.normpath(source)) or "."
        return f"#{name}" if path == posixpath.normpath(source) else f"{posixpath.relpath(path, folder)}#{name}"


def _ids_of_file(file: Path, path: str) -> Collection[str] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return _ids_of_state(file, path, (found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=32)  # a corpus points into the same few lists of persons from each of its files
def _ids_of_state(file: Path, path: str, _state: tuple[int, int]) -> Collection[str] | None:
    try:
        document = read(file, path)
    except EditionError:  # a folder, a file that may not be read, one that is too large
        return None
    return None if document.root is None else ids_of(document.root)


def ids_of(root: etree._Element) -> Collection[str]:
    """The ids of a file, in its order."""
    found = (element.get(XML_ID) for element in root.iter(etree.Element))
    return dict.fromkeys(name.strip() for name in found if name is not None)
