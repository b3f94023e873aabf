"""CITATION.cff: how the edition wants to be cited (Citation File Format 1.2.0), read with the line of each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edition import files
from edition.diagnostics import Diagnostic, Location
from edition.model import Stated
from edition.provenance import citation_form, yaml_tree
from edition.provenance.citation_rules import NOT_YAML
from edition.provenance.yaml_tree import Node

MAX_BYTES = 256 * 1024
_CITATION = files.Kind("a CITATION.cff", MAX_BYTES, "keep what is not needed out of it")


@dataclass(frozen=True, slots=True)
class Author:
    """A person or an entity as CITATION.cff names it. `name` is in reading order: given names first."""

    name: str
    is_person: bool
    location: Location
    family: str = ""
    given: str = ""
    orcid: str = ""
    email: str = ""
    affiliation: str = ""
    website: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The ways in which other files may write the name."""
        return (self.name, f"{self.family}, {self.given}") if self.family and self.given else (self.name,)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that CITATION.cff refers to. `kind` is its type in the words of the format.

    `identifiers` are pairs of a kind (`doi`, `isbn`, `issn`, `url`, `swh`, `other`) and a value.
    """

    title: str
    kind: str
    location: Location
    authors: tuple[Author, ...] = ()
    translators: tuple[Author, ...] = ()
    publisher: str = ""
    date: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a CITATION.cff states; what it leaves out or says in the wrong form is None or empty.

    `licences` are SPDX identifiers, any one of which may be chosen; `identifiers` begin with the DOI.
    """

    path: str
    title: Stated | None
    version: Stated | None
    date_released: Stated | None
    abstract: Stated | None
    doi: Stated | None
    url: Stated | None
    repository: Stated | None
    licence_url: Stated | None
    licences: tuple[Stated, ...]
    identifiers: tuple[Stated, ...]
    keywords: tuple[Stated, ...]
    authors: tuple[Author, ...]
    contact: tuple[Author, ...]
    references: tuple[Reference, ...] = ()


def read(file: Path, path: str) -> tuple[Citation | None, tuple[Diagnostic, ...]]:
    """The citation in `file`, and what is wrong with it; `path` is as messages name the file.

    There is no citation where the file is no YAML table. Raises EditionError where it cannot be opened or is larger
    than MAX_BYTES.
    """
    data = files.read_bytes(file, path, _CITATION)
    try:
        root = yaml_tree.parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (NOT_YAML.finding("the file is not in UTF-8", Location(path, line), hint="save it as UTF-8"),)
    except yaml_tree.YamlError as error:
        place = Location(path, error.line, error.column)
        return None, (NOT_YAML.finding(f"not YAML: {error.message}", place, hint=error.hint),)
    if root.kind != "table":
        hint = "begin with `cff-version: 1.2.0`"
        return None, (
            NOT_YAML.finding("the file is no table of keys and values", Location(path, root.line), hint=hint),
        )
    return _citation(root, path), tuple(citation_form.faults(root, path))


def _citation(root: Node, path: str) -> Citation:
    def one(key: str) -> Stated | None:
        return _stated(root.get(key), path)

    def several(key: str) -> tuple[Stated, ...]:
        return tuple(found for node in _listed(root.get(key)) if (found := _stated(node, path)))

    doi = one("doi")
    others = (_stated(node.get("value"), path) for node in _listed(root.get("identifiers")))
    return Citation(
        path=path,
        title=one("title"),
        version=one("version"),
        date_released=one("date-released"),
        abstract=one("abstract"),
        doi=doi,
        url=one("url"),
        repository=one("repository") or one("repository-code"),
        licence_url=one("license-url"),
        licences=several("license"),
        identifiers=tuple(_distinct(found for found in (doi, *others) if found)),
        keywords=several("keywords"),
        authors=tuple(_agents(root.get("authors"), path)),
        contact=tuple(_agents(root.get("contact"), path)),
        references=tuple(_references(root.get("references"), path)),
    )


def _listed(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; a value that stands alone is a list of one."""
    if node is None:
        return ()
    return node.items if node.kind == "list" else (node,)


def _stated(node: Node | None, path: str) -> Stated | None:
    if node is None or node.kind not in ("text", "number", "date"):
        return None
    value = " ".join(node.text.split())
    return Stated(value, Location(path, node.line)) if value else None


def _distinct(stated: Iterator[Stated]) -> Iterator[Stated]:
    seen: set[str] = set()
    for one in stated:
        if one.value not in seen:
            seen.add(one.value)
            yield one


def _agents(listed: Node | None, path: str) -> Iterator[Author]:
    for node in _listed(listed):
        said = {key.text: found.value for key, value in node.entries if (found := _stated(value, path))}
        family = " ".join(said[key] for key in ("name-particle", "family-names") if key in said)
        parts = (said.get("given-names"), family, said.get("name-suffix"))
        name = said.get("name") or " ".join(part for part in parts if part) or said.get("alias")
        if name:
            yield Author(
                name=name,
                is_person="name" not in said,
                location=Location(path, node.line),
                family=family,
                given=said.get("given-names", ""),
                **{key: said.get(key, "") for key in ("orcid", "email", "affiliation", "website")},
            )


_DATES = ("date-published", "date-released", "issue-date", "year")  # the first that is there
_IDENTIFIED = ("doi", "isbn", "issn", "url")


def _references(listed: Node | None, path: str) -> Iterator[Reference]:
    for node in _listed(listed):
        said = {key.text: found.value for key, value in node.entries if (found := _stated(value, path))}
        others = (
            (kind.value, value.value)
            for each in _listed(node.get("identifiers"))
            if (kind := _stated(each.get("type"), path)) and (value := _stated(each.get("value"), path))
        )
        if "title" in said:
            yield Reference(
                title=said["title"],
                kind=said.get("type", "generic"),
                location=Location(path, node.line),
                authors=tuple(_agents(node.get("authors"), path)),
                translators=tuple(_agents(node.get("translators"), path)),
                publisher=next((agent.name for agent in _agents(node.get("publisher"), path)), ""),
                date=next((said[key] for key in _DATES if key in said), ""),
                notes=said.get("notes", ""),
                identifiers=tuple(
                    dict.fromkeys([*((key, said[key]) for key in _IDENTIFIED if key in said), *others])
                ),
            )
