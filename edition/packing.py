"""What goes into the bag of an edition: its files, what was made of them, and the record of how."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from edition import __version__
from edition.bagging import BagPlan, PayloadFile, gather
from edition.config import Config
from edition.errors import EditionError
from edition.printing.imprint import Imprint
from edition.provenance import baginfo, citation, history, prov
from edition.provenance.citation import Citation
from edition.provenance.dates import made_at
from edition.provenance.history import File, History

PAYLOAD = "data/"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of an edition at one moment: for each its time of change, size and number on the disk."""

    root: Path
    stamps: tuple[tuple[str, tuple[int, int, int]], ...]

    @classmethod
    def of(cls, config: Config) -> Snapshot:
        return cls(config.root, tuple((path, _stamp(config.root / path)) for path in config.files))

    def refuse_changes(self) -> None:
        """Raise EditionError where a file is not what it was: what was checked would not be what is packed."""
        for path, stamp in self.stamps:
            if _stamp(self.root / path) != stamp:
                raise EditionError(f"{path}: changed while the edition was made", advice="run again when it is saved")


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError as error:
        raise EditionError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from error
    return found.st_mtime_ns, found.st_size, found.st_ino


def cited(config: Config) -> Citation | None:
    """What the edition's CITATION.cff says, if it has one; what is wrong in it the checks have told."""
    if not config.citation:
        return None
    return citation.read(config.root / config.citation, config.citation)[0]


def imprint(config: Config) -> Imprint:
    """What title page and colophon say: of edition.toml, else of CITATION.cff."""
    cites = cited(config)
    title, version = (
        (stated.value if stated else "" for stated in (cites.title, cites.version)) if cites else ("", "")
    )
    identifiers = cites.identifiers if cites else ()
    licences = cites.licences if cites else ()
    return Imprint(
        title=config.title or title or config.name,
        version=config.version or version,
        date=made_at(config),
        licence=config.licence or " or ".join(licence.value for licence in licences),
        authors=tuple(author.name for author in cites.authors) if cites else (),
        identifier=identifiers[0].value if identifiers else "",
        tool=f"edition {__version__}",
        digests=tuple((path, _digest(config.root / path, "sha256")) for path in config.sources),
    )


def plan(config: Config, made: Mapping[str, bytes]) -> BagPlan:
    """The bag of an edition and of what was made of it, `made` by file names (the report and the PDF).

    Its payload is every file that edition.toml names, with all that stands in the folders of sources and schemas.
    Raises EditionError for files that no bag can hold, and ConfigError for fields of bag-info.txt.
    """
    found = gather(config.root, _paths(config))
    taken = {file.path for file in found}
    if twice := sorted(taken.intersection(made)):
        raise EditionError(f"{twice[0]}: a file of the edition has the name of one that is made", advice="rename it")
    payload = (*found, *(PayloadFile(name, data) for name, data in made.items()))
    return BagPlan(
        payload=tuple(sorted(payload, key=lambda file: file.path)),
        date=made_at(config),
        info=baginfo.fields(config, cited(config)),
        tag_files=prov.records(_history(config, payload, made)),
        algorithms=config.bag.algorithms,
    )


def _paths(config: Config) -> tuple[str, ...]:
    """Files at the root one by one; of the others the folder at the root in which they lie."""
    return tuple(dict.fromkeys(PurePosixPath(path).parts[0] for path in config.files))


def _history(config: Config, payload: tuple[PayloadFile, ...], made: Mapping[str, bytes]) -> History:
    cites, said = cited(config), imprint(config)
    report, pdf = (next(PAYLOAD + name for name in made if name.endswith(suffix)) for suffix in (".json", ".pdf"))
    return History(
        name=config.name,
        version=said.version,
        title=said.title,
        made_at=said.date,
        authors=cites.authors if cites else (),
        files=tuple(_file(each) for each in payload),
        steps=history.steps(config, report=report, pdf=pdf),
    )


def _file(each: PayloadFile) -> File:
    if isinstance(each.source, bytes):
        return File(PAYLOAD + each.path, len(each.source), hashlib.sha512(each.source).hexdigest())
    return File(PAYLOAD + each.path, each.source.stat().st_size, _digest(each.source, "sha512"))


def _digest(file: Path, algorithm: str) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, algorithm).hexdigest()
    except OSError as error:
        raise EditionError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from error
