"""What the files that describe an edition say of one thing, each with its place, and where they do not agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from edition.config import Config
from edition.diagnostics import Location, Related
from edition.model import Header, Stated
from edition.provenance.citation import Citation
from edition.rules import Finding


@dataclass(frozen=True, slots=True)
class Descriptions:
    """All files that describe the edition."""

    config: Config
    citation: Citation | None
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one file says of one thing: a value, or several of which one has to fit."""

    values: tuple[str, ...]
    location: Location

    def __str__(self) -> str:
        return " and ".join(f'"{value}"' for value in self.values)


Same = Callable[[str, str], bool]


def disagreements(what: str, said: Sequence[Said], same: Same) -> Iterator[Finding]:
    """Each statement that does not fit the one that most of them fit; the first of those, where several do."""

    def agree(one: Said, other: Said) -> bool:
        return any(same(value, another) for value in one.values for another in other.values)

    if not said:
        return
    usual = max(said, key=lambda one: sum(agree(one, other) for other in said))
    for one in said:
        if not agree(one, usual):
            yield Finding(
                f"the {what} is {one} here, but {usual} in {usual.location.path}",
                one.location,
                hint=f"decide which {what} is right, and write it in both files",
                related=(Related(usual.location, f"the {what} is {usual}"),),
            )


def cited(said: Descriptions, key: str) -> list[Said]:
    """What CITATION.cff says."""
    return each_of([getattr(said.citation, key)] if said.citation else [])


def configured(said: Descriptions, key: str) -> list[Said]:
    """What `[edition]` of edition.toml says."""
    value = getattr(said.config, key)
    return [Said((" ".join(value.split()),), said.config.place(f"edition.{key}"))] if value else []


def in_bag_info(said: Descriptions, label: str) -> list[Said]:
    """What `[bag.info]` of edition.toml says under a label, in whatever case it is written (RFC 8493, 2.2.2)."""
    return [
        Said((" ".join(value.split()),), said.config.place(f"bag.info.{written}"))
        for written, value in said.config.bag.info
        if written.lower() == label.lower() and value.strip()
    ]


def each_of(stated: Iterable[Stated | None]) -> list[Said]:
    return [Said((one.value,), one.location) for one in stated if one]


def together(stated: Sequence[Stated]) -> list[Said]:
    """Values of which one has to fit, as one statement."""
    return [Said(tuple(one.value for one in stated), stated[0].location)] if stated else []


def present(stated: Stated | None) -> tuple[Stated, ...]:
    return (stated,) if stated else ()


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_text(one: str, other: str) -> bool:
    return folded(one) == folded(other)
