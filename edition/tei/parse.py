"""Reading XML that nobody vouches for: no network, no entities, no other files, bounded size and depth.

Malformed XML is a finding, not a failure: `read` returns a Document whose `root` is None and whose findings
say what is wrong. A file that cannot be opened at all is an EditionError.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.tei.malformed import explain, unresolved

MAX_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A file as it was parsed. `path` is as messages name it, `file` where it lies; `root` is None if unreadable."""

    path: str
    file: Path
    root: etree._Element | None
    findings: tuple[Diagnostic, ...] = ()


def read(file: Path, path: str) -> Document:
    """Parse one file. Raises EditionError when it cannot be opened or is larger than MAX_BYTES."""
    return parsed(read_bytes(file, path), file, path)


def parsed(data: bytes, file: Path, path: str) -> Document:
    """What `data`, the bytes of a file, say."""
    parser = _parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return Document(path, file, None, tuple(explain(data, path, _parser(recover=True))))
    entities = tuple(unresolved(root, parser, path))
    return Document(path, file, None if entities else root, entities)


def read_bytes(file: Path, path: str) -> bytes:
    """What a regular file holds. Raises EditionError for anything else, and for more than MAX_BYTES."""
    try:
        with open(file, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise EditionError(f"{path}: not a regular file", advice="name an XML file")
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise EditionError(f"{path}: there is no such file", advice="check the path and its spelling") from error
    except IsADirectoryError as error:
        raise EditionError(f"{path}: this is a folder", advice="name an XML file") from error
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise EditionError(f"{path!r}: no file has such a name", advice="check the path and its spelling") from error
    if len(data) > MAX_BYTES:
        raise EditionError(
            f"{path}: larger than {MAX_BYTES // 1024**2} MiB", advice="split the text into several files"
        )
    return data


def _without_waiting(name: str, flags: int) -> int:
    """Open a pipe at once, so that it can be refused, and not when somebody writes into it."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


class _Nothing(etree.Resolver):
    """Whatever a DOCTYPE names is empty: with collect_ids=False libxml2 loads external DTDs, load_dtd or not."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        return self.resolve_string("<!-- -->", context)


def _parser(*, recover: bool = False) -> etree.XMLParser:
    # collect_ids=False: a duplicate xml:id is a finding with both places, not a fatal error.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        recover=recover,
    )
    parser.resolvers.add(_Nothing())
    return parser
