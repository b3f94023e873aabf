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
    """The whole story of one build. Every path that a step names is among `files`."""

    name: str
    version: str
    title: str
    made_at: datetime
    authors: tuple[Author, ...]
    files: tuple[File, ...]
    steps: tuple[Step, ...]


def steps(config: Config, *, report: str, pdf: str | None, payload: str = "data/") -> tuple[Step, ...]:
    """The steps of a build: encoding, checking, printing, packing. `report` and `pdf` are paths in the bag.

    `payload` stands before the path of each file of the edition. The last step uses everything and makes the bag.
    """

    def packed(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(payload + path for path in paths)

    sources, witnesses = packed(config.sources), packed(tuple(witness.path for witness in config.witnesses))
    texts = packed(tuple(path for path in (config.original, config.translation) if path))
    everything = packed(config.files)
    made = (report, pdf) if pdf else (report,)
    story = [
        Step("check", "Checks of schema, parity, witness and header", everything, (report,), ("lxml", "xmlschema")),
        Step("package", "Packing into a bag (RFC 8493)", (*everything, *made), (), ("bagit", "prov")),
    ]
    if pdf:
        styles = packed(config.printing.stylesheets)
        print_step = Step(
            "render", "Printing as PDF", (*sources, *styles), (pdf,), ("lxml", "weasyprint", "fontpkg-pt-serif")
        )
        story.insert(1, print_step)
    if witnesses:
        story.insert(0, Step("encode", "Encoding in TEI, by hand", witnesses, texts, by_hand=True))
    return tuple(story)


def installed(distribution: str) -> str | None:
    """The version of an installed distribution."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
