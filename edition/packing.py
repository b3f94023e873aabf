"""What goes into the bag of an edition: its files, what was made of them, and the record of how."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from edition import __version__
from edition.bagging import BagPlan, PayloadFile, Profile, gather
from edition.bagging.conforming import judge, of_plan
from edition.bagging.profiles import IDENTIFIER, load
from edition.bagging.rules import PROFILE_NOT_MET
from edition.bagging.tag_files import bag_info as fields_of_tags
from edition.bagging.tree import Tree, bytes_of
from edition.bagging.writing import algorithms_called
from edition.config import CONFIG_NAME, Config
from edition.diagnostics import Diagnostic, Report
from edition.errors import ConfigError, EditionError
from edition.model import Edition
from edition.printing.imprint import Imprint
from edition.provenance import baginfo, crate, datacite, dublin_core, git, history, premis, prov, roles
from edition.provenance.citation import Citation
from edition.provenance.dates import made_at
from edition.provenance.description import Description, describe
from edition.provenance.history import File, History
from edition.provenance.prov import Told
from edition.provenance.software import Software

PAYLOAD = "data/"
Records = tuple[tuple[str, bytes], ...]  # what tells of the edition beside its payload, by paths in the bag
MAX_RECORD = 64 << 20  # bytes of a record of provenance


Stamp = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of an edition at one moment, and all in the folders that are packed: when each was changed."""

    config: Config
    stamps: dict[str, Stamp]

    @classmethod
    def of(cls, config: Config) -> Snapshot:
        return cls(config, dict(_stamps(config)))

    def refuse_changes(self) -> None:
        """Raise EditionError where a file is not what it was: what was checked would not be what is packed."""
        now = dict(_stamps(self.config))
        for path in sorted({*self.stamps, *now}):
            if self.stamps.get(path) != now.get(path):
                raise EditionError(f"{path}: changed while the edition was made", advice="run again when it is saved")


def _stamps(config: Config) -> Iterator[tuple[str, Stamp]]:
    """Named files, and all in the folders that go into a bag with them: a schema may bring in others."""
    for path in config.files:
        yield path, _stamp(config.root / path)
    for folder in (path for path in _paths(config) if (config.root / path).is_dir()):
        for at, _, names in os.walk(config.root / folder):
            for file in (Path(at, name) for name in names):
                if not file.is_symlink():
                    yield file.relative_to(config.root).as_posix(), _stamp(file)


def _stamp(file: Path) -> Stamp:
    """When it was changed, also by the count of the disk itself, which nobody can put back; its size and number."""
    try:
        found = file.stat()
    except OSError as error:
        raise EditionError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from error
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def imprint(config: Config, edition: Edition, citation: Citation | None) -> Imprint:
    """What title page and colophon say: the same that the records of the bag do."""
    date = made_at(config)
    said = describe(config, citation, edition, date)
    return Imprint(
        title=said.title,
        version=said.version,
        date=date,
        licence=" or ".join(licence.identifier or licence.address for licence in said.licences),
        authors=tuple(author.name for author in said.authors),
        identifier=_identifier(said, edition, citation),
        tool=f"edition {__version__}",
        digests=tuple((path, _digest(config.root / path, "sha256")) for path in config.sources),
    )


def _identifier(said: Description, edition: Edition, citation: Citation | None) -> str:
    """What names the edition to others: its DOI, else an identifier that it states, else its address."""
    headed = (stated.value for header in edition.headers for stated in header.identifiers)
    repository = citation.repository.value if citation and citation.repository else ""
    return next(filter(None, (said.doi, *said.identifiers, *headed, said.url, repository)), "")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bag is made from beside edition.toml: model, citation, report, and what was made, by file names.

    `commit` is that of git which holds the sources; None to ask git.
    """

    edition: Edition
    citation: Citation | None
    report: Report
    made: Mapping[str, bytes]
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A bag as it will be, and how it came to be: the history's files are the payload without the crate."""

    plan: BagPlan
    history: History


def told_by(tree: Tree) -> Told:
    """What the record of provenance in a bag tells. Raises OSError, or ValueError for a record that is not ours."""
    return prov.read(bytes_of(tree, prov.JSON_PATH, MAX_RECORD))


def gathered(config: Config) -> tuple[PayloadFile, ...]:
    """Every file that edition.toml names, with all that stands in the folders of sources and schemas.

    Raises EditionError for files that no bag can hold.
    """
    return gather(config.root, _paths(config), keep_empty=config.bag.keep_empty_folders)


def package(config: Config, contents: Contents) -> Package:
    """The bag of an edition and of what was made of it.

    Its payload is what was gathered of the edition, what was made of it, and the crate that describes them. Raises
    EditionError for files that no bag can hold, and ConfigError for fields of bag-info.txt.
    """
    found = gathered(config)
    taken = {file.path for file in found}
    if twice := sorted(taken.intersection((*contents.made, crate.METADATA, crate.PREVIEW))):
        raise EditionError(f"{twice[0]}: a file of the edition has the name of one that is made", advice="rename it")
    payload = (*found, *(PayloadFile(name, data) for name, data in contents.made.items()))
    told = _history(config, contents, payload)
    if contents.commit is None:
        told = replace(told, commit=_commit(config, found))
    described = (PayloadFile(name, data) for name, data in crate.files(told))
    plan = _plan(config, contents.citation, (*payload, *described), _records(told))
    return Package(plan, told)


def draft(config: Config, citation: Citation | None) -> BagPlan:
    """The bag of an edition as far as it is known before anything is made, which has its name but no bytes yet.

    Raises as `package` does.
    """
    payload = (PayloadFile(name, b"") for name in (*names_of_made(config), crate.METADATA, crate.PREVIEW))
    records = (prov.JSON_PATH, prov.XML_PATH, premis.PATH, datacite.PATH, dublin_core.PATH)
    return _plan(config, citation, (*gathered(config), *payload), tuple((path, b"") for path in records))


def names_of_made(config: Config) -> tuple[str, str]:
    """What the PDF and the report of an edition are called."""
    return f"{config.name}.pdf", f"{config.name}-report.json"


def _plan(config: Config, citation: Citation | None, payload: tuple[PayloadFile, ...], records: Records) -> BagPlan:
    profile, info = profile_of(config), baginfo.fields(config, citation)
    if profile and IDENTIFIER.lower() not in (label.lower() for label, _ in info):
        info += ((IDENTIFIER, profile.identifier),)
    return BagPlan(
        payload=tuple(sorted(payload, key=lambda file: file.path)),
        date=made_at(config),
        info=info,
        tag_files=(*records, *((name, fields_of_tags(fields)) for name, fields in config.bag.tags)),
        algorithms=_algorithms(config, profile),
    )


def _algorithms(config: Config, profile: Profile | None) -> tuple[str, ...]:
    """Those of edition.toml that the profile allows, and what it adds. Raises ConfigError, with the line."""
    wished = config.bag.algorithms
    chosen = profile.algorithms(wished) if profile else wished
    try:
        algorithms_called((*chosen, *wished))
    except EditionError as error:
        raise _wrong(config, "bag.algorithms", error) from error
    return chosen


def _wrong(config: Config, key: str, error: EditionError) -> ConfigError:
    place = f"{config.root / CONFIG_NAME}:{config.place(key).line or 1}"
    return ConfigError(f"{place}: {key}: {error.message}", advice=error.advice)


def profile_of(config: Config) -> Profile | None:
    """The profile that edition.toml names. Raises ConfigError for one that cannot be understood."""
    if not config.bag.profile:
        return None
    try:
        return load(config.bag.profile, config.root)
    except ConfigError as error:
        raise _wrong(config, "bag.profile", error) from error


def unmet(config: Config, plan: BagPlan) -> Iterator[Diagnostic]:
    """What the profile that edition.toml names asks for and the bag would not have, before anything is written."""
    profile, place = profile_of(config), config.place("bag.profile")
    if profile is None:
        return
    yield from judge(profile, of_plan(plan, dict(config.bag.tags), config.bag.serialisation, place))
    allowed = profile.lists["Manifests-Allowed"]
    if allowed is not None and (stated := config.place("bag.algorithms")).line:
        for name in sorted(set(config.bag.algorithms).difference(allowed)):
            hint = f"use {', '.join(allowed)} alone, or leave algorithms out"
            yield PROFILE_NOT_MET.finding(f"{profile.name}: {name} is not allowed", stated, hint=hint)


def _records(told: History) -> Records:
    """What tells of the edition beside its payload: provenance, preservation, description."""
    return (*prov.records(told), *((each.PATH, each.record(told)) for each in (premis, datacite, dublin_core)))


def refuse_other_digests(told: History, folder: Path) -> None:
    """Raise EditionError where a file in the bag is not the one that its records tell of."""
    for file in told.files:
        if _digest(folder / file.path, "sha512") != file.sha512:
            name = file.path.removeprefix(PAYLOAD)
            raise EditionError(f"{name}: changed while the edition was made", advice="run again when it is saved")


def _paths(config: Config) -> tuple[str, ...]:
    """Files at the root one by one; of the others the folder at the root in which they lie."""
    return tuple(dict.fromkeys(PurePosixPath(path).parts[0] for path in config.files))


def _history(config: Config, contents: Contents, payload: tuple[PayloadFile, ...]) -> History:
    date = made_at(config)
    report, pdf = (
        next((PAYLOAD + name for name in contents.made if name.endswith(ending)), None)
        for ending in (".json", ".pdf")
    )
    return History(
        description=describe(config, contents.citation, contents.edition, date),
        made_at=date,
        files=tuple(_file(each) for each in payload),
        steps=history.steps(config, report=report, pdf=pdf),
        checks=history.checks(config, pdf=pdf),
        report=contents.report,
        engines=_engines() if pdf else (),
        commit=contents.commit or "",
        unasked=_unasked(config),
        roles=roles.of_files(config, report=report, pdf=pdf),
    )


def _unasked(config: Config) -> tuple[str, ...]:
    """The codes of all rules that --select and --ignore leave out, of what checks and verifying ask."""
    from edition.families import all_rules

    return tuple(rule.code for rule in all_rules() if not config.selection.takes(rule))


def _engines() -> tuple[Software, ...]:
    from edition.printing import engine

    return tuple(Software(name, version) for name, version in engine.versions())


def _commit(config: Config, found: tuple[PayloadFile, ...]) -> str:
    """The commit that holds what is packed; where a file is not as it was committed, none."""
    newest = git.newest(config.root, config.files)
    taken = (file.path for file in found if isinstance(file.source, Path))
    return newest.name if newest and git.holds(config.root, newest, taken) else ""


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
