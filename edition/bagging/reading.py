"""Reading anyone's tag files (RFC 8493, section 2): line by line, so that their size does not matter."""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date

from edition.bagging.rules import (
    BAD_BAG_INFO,
    BAD_BAGIT_TXT,
    LOOSE_BAGIT_TXT,
    ODD_BAG_INFO,
    OTHER_ENCODING,
    UNREADABLE,
)
from edition.bagging.tree import Tree, text_of
from edition.diagnostics import Diagnostic, Location

MAX_LINE = 1 << 16  # characters; a path has at most some thousands

VERSIONS = frozenset([(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)])
BAGIT_TXT_HINT = "write BagIt-Version: 1.0 and, on the second line, Tag-File-Character-Encoding: UTF-8"

# Python's names of the encodings that texts are in; what else it calls an encoding (zip, rot13, idna) is none.
_ENCODING = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*"
    r"|iso2022_\w+|tis-620|johab|hz|ptcp154|hp-roman8"
)

_VERSION_LINE = re.compile(r"BagIt-Version: (0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")
_ENCODING_LINE = re.compile(r"Tag-File-Character-Encoding: ([!-~]{1,40})")
_LOOSE_SPACE = re.compile(r"[ \t]*:[ \t]*")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]+ of (?:[0-9]+|\?)")
_SINGLE = frozenset(["bagging-date", "bag-size", "bag-group-identifier", "bag-count"])  # RFC 8493, 2.2.2


class UnreadableError(Exception):
    """A tag file that cannot be read to its end; the message says why."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the tag files of a bag are written."""

    version: tuple[int, int] = (1, 0)
    encoding: str = "utf-8"

    @property
    def strict(self) -> bool:
        """Whether RFC 8493 rules, and not one of the drafts before it."""
        return self.version >= (1, 0)

    @property
    def info_name(self) -> str:
        """bag-info.txt, which the first drafts called package-info.txt."""
        return "bag-info.txt" if self.version > (0, 95) else "package-info.txt"


def lines(tree: Tree, name: str, encoding: str = "utf-8") -> Iterator[tuple[int, str]]:
    """The lines of a tag file, counted from 1. Raises UnreadableError."""
    number = 0
    try:
        with text_of(tree.open(name), encoding) as text:
            while line := text.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE:
                    raise UnreadableError(f"line {number} is longer than {MAX_LINE} characters")
                yield number, line.removesuffix("\n")
    except OSError as error:
        raise UnreadableError((error.strerror or "unknown reason").lower()) from error
    except UnicodeError as error:
        raise UnreadableError(f"after line {number} it is not in {encoding}") from error


def unreadable(name: str, reason: UnreadableError) -> Diagnostic:
    return UNREADABLE.finding(f"{name} cannot be read: {reason}", Location(name))


def read_bagit_txt(tree: Tree) -> Generator[Diagnostic, None, Dialect]:
    """What bagit.txt says; where it says nothing that can be used, the bag is read as one of BagIt 1.0."""
    found: list[str] = []
    try:
        for number, line in lines(tree, "bagit.txt"):
            found.append(line)
            if number > 9:
                break
    except UnreadableError as reason:
        yield unreadable("bagit.txt", reason)
        return Dialect()
    version = _version(found)
    strict = version is None or version >= (1, 0)
    kept = found if strict else [_LOOSE_SPACE.sub(": ", line.strip(), count=1) for line in found if line.strip()]
    wrong = _wrong_with(kept, version)
    if wrong:
        yield BAD_BAGIT_TXT.finding(f"bagit.txt {wrong[1]}", Location("bagit.txt", wrong[0]), hint=BAGIT_TXT_HINT)
    elif kept != found:
        loose = next(at for at, said in enumerate(found, 1) if at > len(kept) or said != kept[at - 1])
        place, hint = Location("bagit.txt", loose), "write one space after the colon, and nothing more"
        yield LOOSE_BAGIT_TXT.finding("bagit.txt has white space that BagIt 1.0 forbids", place, hint=hint)
    named = _ENCODING_LINE.fullmatch(kept[1].strip()) if len(kept) > 1 else None
    encoding = _encoding(named[1]) if named else "utf-8"
    if encoding not in ("utf-8", ""):
        yield OTHER_ENCODING.finding(
            f"tag files are in {named[1] if named else encoding}",
            Location("bagit.txt", 2),
            hint="write them in UTF-8",
        )
    return Dialect(version or (1, 0), encoding or "utf-8")


def _version(found: list[str]) -> tuple[int, int] | None:
    first = _VERSION_LINE.fullmatch(_LOOSE_SPACE.sub(": ", found[0].strip("\ufeff \t"), count=1)) if found else None
    version = (int(first[1]), int(first[2])) if first else None
    return version if version in VERSIONS else None


def _wrong_with(found: list[str], version: tuple[int, int] | None) -> tuple[int, str] | None:
    """The first line that is wrong, and what is wrong with it."""
    first, second, *more = [*found, "", ""][: max(len(found), 2)]
    named = _ENCODING_LINE.fullmatch(second)
    if first.startswith("\ufeff"):
        return 1, "begins with a byte order mark"
    if any("\ud800" <= letter <= "\udfff" for letter in first):
        return 1, "is not in UTF-8"
    if not _VERSION_LINE.fullmatch(first):
        return 1, f"begins with {first[:40]!r}, not with a version"
    if version is None:
        return 1, f"names version {first.partition(': ')[2]}, which is not known (0.93 to 0.97 and 1.0 are)"
    if named is None:
        return 2, f"has {second[:40]!r} where the encoding stands"
    if not _encoding(named[1]):
        return 2, f"names an encoding that is not known: {named[1][:40]}"
    return (3, "has more than two lines") if more else None


def _encoding(name: str) -> str:
    """Python's name of an encoding, empty where it is none for texts."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return known if _ENCODING.fullmatch(known) else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of bag-info.txt, with the line that its label stands on."""

    label: str
    value: str
    line: int


def read_bag_info(tree: Tree, dialect: Dialect) -> Generator[Diagnostic, None, Field | None]:
    """Findings about bag-info.txt; gives back its Payload-Oxum. Raises UnreadableError."""
    name = dialect.info_name
    oxum: Field | None = None
    seen: set[str] = set()
    for found in read_fields(tree, name, dialect):
        if isinstance(found, Diagnostic):
            yield found
            continue
        label = found.label.lower()
        if label == "payload-oxum" and oxum:
            yield BAD_BAG_INFO.finding(f"{found.label} stands twice", Location(name, found.line), hint="keep one")
        oxum = oxum or (found if label == "payload-oxum" else None)
        yield from _odd(found, name, label in seen)
        seen |= {label} & _SINGLE
    return oxum


def read_fields(tree: Tree, name: str, dialect: Dialect) -> Iterator[Field | Diagnostic]:
    """Fields of a tag file like bag-info.txt, folded lines joined by a space, and findings about lines that are none.

    Raises UnreadableError.
    """
    current: Field | None = None
    for number, line in lines(tree, name, dialect.encoding):
        if line[:1] in (" ", "\t") and line.strip():
            if current is None:
                yield _bad(name, number, line, "begins with a space but continues nothing")
            elif len(current.value) < MAX_LINE:
                current = Field(current.label, f"{current.value} {line.strip()}".strip(), current.line)
            continue
        if current:
            yield current
            current = None
        if not line.strip():
            continue
        wrong = _wrong_with_field(line, dialect)
        if wrong:
            yield _bad(name, number, line, wrong)
        else:
            label, _, value = line.partition(":")
            current = Field(label.strip(), value.strip(), number)
    if current:
        yield current


def _wrong_with_field(line: str, dialect: Dialect) -> str:
    label, colon, value = line.partition(":")
    if not colon:
        return "has no colon"
    if not label.strip():
        return "has no label"
    if any("\ud800" <= letter <= "\udfff" for letter in line):
        return f"is not in {dialect.encoding}"
    if line.startswith("\ufeff"):
        return "begins with a byte order mark"
    if dialect.strict and label != label.rstrip():
        return "has a space before the colon"
    if dialect.strict and value and value[0] not in " \t":
        return "has no space after the colon"
    return ""


def _bad(name: str, number: int, line: str, wrong: str) -> Diagnostic:
    return BAD_BAG_INFO.finding(f"{line[:60]!r} {wrong}", Location(name, number), hint="write Label: value")


def _odd(found: Field, name: str, seen: bool) -> Iterator[Diagnostic]:
    label, place = found.label.lower(), Location(name, found.line)
    if seen:
        yield ODD_BAG_INFO.finding(f"{found.label} stands twice", place, hint="keep one")
    if label == "bagging-date" and not _is_day(found.value):
        yield ODD_BAG_INFO.finding(f"{found.label} is no date: {found.value[:40]}", place, hint="write YYYY-MM-DD")
    if label == "bag-count" and not _COUNT.fullmatch(found.value):
        yield ODD_BAG_INFO.finding(f"{found.label} is {found.value[:40]!r}", place, hint="write 1 of 3, or 1 of ?")


def _is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
