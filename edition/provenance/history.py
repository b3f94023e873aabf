"""How an edition came to be: which step, with which software, made which file from which. Data without a format.

Paths are those in the bag, so that who opens the bag finds what the record speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from edition.config import Config
from edition.provenance.citation import Author


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path in the bag, with its size in bytes and its SHA-512 digest in hexadecimal digits."""

    path: str
    size: int
    sha512: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: it used files and made others, each of those from each of these.

    `libraries` are the distributions whose versions matter for it. What was done by hand has no date and no software:
    it is the authors' work.
    """

    name: str
    description: str
    used: tuple[str, ...]
    made: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The whole story of one build: the last step makes the bag, of all files. What a step names is among them."""

    name: str
    version: str
    title: str
    made_at: datetime
    authors: tuple[Author, ...]
    files: tuple[File, ...]
    steps: tuple[Step, ...]


_CHECKING = ("lxml", "xmlschema", "PyYAML")
_PACKING = ("bagit", "prov")
_PRINTING = ("lxml", "weasyprint", "fontpkg-pt-serif")


def steps(config: Config, *, report: str, pdf: str | None, payload: str = "data/") -> tuple[Step, ...]:
    """The steps of a build: encoding, checking, printing, packing. `report` and `pdf` are paths in the bag.

    `payload` stands before the path of each file of the edition.
    """

    def packed(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(payload + path for path in paths)

    witnesses = packed(tuple(witness.path for witness in config.witnesses))
    texts = packed(tuple(path for path in (config.original, config.translation) if path))
    printed = packed((*config.sources, *config.printing.stylesheets))
    encode = Step("encode", "Encoding in TEI, by hand", witnesses, texts, by_hand=True)
    check = Step("check", "Checks of schema, parity, witness and header", packed(config.files), (report,), _CHECKING)
    package = Step("package", "Packing into a bag (RFC 8493)", (), (), _PACKING)
    render = [Step("render", "Printing as PDF", printed, (pdf,), _PRINTING)] if pdf else []
    return (*([encode] if witnesses else []), check, *render, package)


def installed(distribution: str) -> str | None:
    """The version of an installed distribution."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
