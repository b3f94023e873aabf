"""Reading XML that nobody vouches for: no network, no entities, bounded size and depth.

Malformed XML is a finding, not a failure: `read` returns a Document whose `root` is None and whose findings
say what is wrong. A file that cannot be opened at all is an EditionError.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from edition.diagnostics import Diagnostic, Location, Severity
from edition.errors import EditionError
from edition.rules import declare

MAX_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 256  # libxml2's own limit for documents of ordinary size
MAX_ERRORS = 100

NOT_WELL_FORMED = declare(
    "XML101",
    "not-well-formed",
    Severity.ERROR,
    """A file is XML: one root, every tag closed, every character allowed (XML 1.0, section 2).

    Nothing else can be said of a file that is not. All errors the parser sees are listed; the later ones often
    follow from the first.

    Wrong: `<p>one <hi>two</p>`

    Right: `<p>one <hi>two</hi></p>`
    """,
)

WRONG_ENCODING = declare(
    "XML102",
    "wrong-encoding",
    Severity.ERROR,
    """A file is in the encoding that it declares, or in UTF-8 if it declares none (XML 1.0, section 4.3.3).

    A file in Windows-1251 or KOI8-R without a declaration would be read as rubbish, so it is not read at all.

    Wrong: a file saved as Windows-1251 that begins with `<TEI`

    Right: the same file saved as UTF-8, or with `<?xml version="1.0" encoding="windows-1251"?>`
    """,
)

ENTITY_DECLARED = declare(
    "XML103",
    "entity-declared",
    Severity.ERROR,
    """A file declares no entities of its own and uses only the five of XML (`&lt; &gt; &amp; &apos; &quot;`).

    Entities can pull in other files or grow without bound, and a file that needs them cannot be read alone.
    They are never resolved.

    Wrong: `<!DOCTYPE TEI [<!ENTITY mao "Mao Zedong">]>` and `&mao;`

    Right: `Mao Zedong`
    """,
)


@dataclass(frozen=True)
class Document:
    """A file as it was parsed. `path` is as messages name it, `file` where it lies; `root` is None if unreadable."""

    path: str
    file: Path
    root: etree._Element | None
    findings: tuple[Diagnostic, ...] = ()


def read(file: Path, path: str) -> Document:
    """Parse one file. Raises EditionError when it cannot be opened or is larger than MAX_BYTES."""
    data = _load(file, path)
    if not data.strip():
        found = NOT_WELL_FORMED.finding(
            "the file is empty", Location(path, 1), hint="an XML file has at least one element"
        )
        return Document(path, file, None, (found,))
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError:
        return Document(path, file, None, tuple(_syntax_errors(data, path)))
    found_entities = tuple(_entities(root.getroottree(), path))
    return Document(path, file, None if found_entities else root, found_entities)


def _load(file: Path, path: str) -> bytes:
    try:
        if not file.exists():
            raise EditionError(f"{path}: there is no such file", advice="check the path and its spelling")
        if not file.is_file():
            raise EditionError(f"{path}: not a regular file", advice="name an XML file")
        if file.stat().st_size > MAX_BYTES:
            raise EditionError(
                f"{path}: larger than {MAX_BYTES // 1024**2} MiB", advice="split the text into several files"
            )
        return file.read_bytes()
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {error.strerror}") from error


def _parser(*, recover: bool = False) -> etree.XMLParser:
    # collect_ids=False: a duplicate xml:id is a finding with both places, not a fatal error.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        recover=recover,
    )


def _syntax_errors(data: bytes, path: str) -> Iterator[Diagnostic]:
    """Every error of a file that does not parse; a second, recovering pass finds those after the first."""
    wrong = _first_wrong_byte(data)
    if wrong is not None:
        yield WRONG_ENCODING.finding(
            "the file is not in UTF-8, and declares no other encoding",
            Location(path, data.count(b"\n", 0, wrong) + 1),
            hint="save it as UTF-8" + _guess_encoding(data),
        )
        return
    parser = _parser(recover=True)
    with contextlib.suppress(etree.XMLSyntaxError):  # where nothing can be recovered the log still has the errors
        etree.fromstring(data, parser)
    places: set[Location] = set()
    for entry in parser.error_log:
        place = Location(path, entry.line or 1, entry.column or None)
        if place not in places and len(places) < MAX_ERRORS:
            places.add(place)
            message, hint = _in_plain_words(entry.message.strip())
            yield NOT_WELL_FORMED.finding(message, place, hint=hint)


def _first_wrong_byte(data: bytes) -> int | None:
    """Where a file that claims to be UTF-8, or claims nothing, stops being so."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    declared = re.match(rb"""\s*<\?xml[^>]*encoding=["']([^"']+)""", data)
    if declared and declared[1].upper() not in (b"UTF-8", b"UTF8"):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _guess_encoding(data: bytes) -> str:
    """A word on what the encoding may be: for Cyrillic text the commonest letters decide."""
    for encoding in ("cp1251", "koi8-r"):
        text = data.decode(encoding, errors="ignore")
        lower = sum("а" <= letter <= "я" for letter in text)
        upper = sum("А" <= letter <= "Я" for letter in text)
        if lower > 50 and lower > 4 * upper:
            name = {"cp1251": "Windows-1251", "koi8-r": "KOI8-R"}[encoding]
            return f" (it looks like {name})"
    return ""


# What libxml2 says, and what an editor can do with it: (part of its message, our message or "", hint).
_PLAIN_WORDS = (
    ("Excessive depth", f"elements are nested more than {MAX_DEPTH} deep", "flatten them"),
    ("amplification", "entities would grow without bound", "take the entity declarations out"),
    ("Buffer size limit", "a single text or attribute is larger than 10 MB", "split it"),
    ("xmlParseEntityRef", "an & that begins no entity", "write & as &amp;"),
    ("Entity '", "", "write the character itself, or its number as in &#8212;"),
    ("mismatch", "", "close the element that the message names"),
    ("Premature end", "", "close the element that the message names"),
    ("Namespace prefix", "", "declare the prefix on the root element"),
    ("'<' not found", "this is not XML: it does not begin with a tag", "name an XML file"),
    ("invalid element name", "a < that begins no tag", "write < as &lt;"),
    ("Extra content at the end", "", "a file has one root element; put the others inside it"),
)


def _in_plain_words(message: str) -> tuple[str, str]:
    for part, ours, hint in _PLAIN_WORDS:
        if part in message:
            return ours or message, hint
    return message, ""


def _entities(tree: etree._ElementTree, path: str) -> Iterator[Diagnostic]:
    subset = tree.docinfo.internalDTD
    declared = [entity.name for entity in subset.entities()] if subset is not None else []
    if declared:
        names = ", ".join(f"&{name};" for name in declared[:5])
        yield ENTITY_DECLARED.finding(
            f"the file declares entities of its own: {names}",
            Location(path, 1),
            hint="write their text where they are used, and take the declarations out",
        )
    elif subset is not None:
        for node in tree.getroot().iter(etree.Entity):
            yield ENTITY_DECLARED.finding(
                f"the entity {node.text} is not resolved",
                Location(path, node.sourceline),
                hint="write the character itself, or its number as in &#8212;",
            )
