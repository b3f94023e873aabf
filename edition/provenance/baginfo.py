"""What bag-info.txt says of an edition (RFC 8493, 2.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition import __version__
from edition.config import CONFIG_NAME, Config
from edition.errors import ConfigError
from edition.provenance.citation import Author, Citation

# What the writing of a bag counts and dates itself, so nobody else says it.
RESERVED = ("Payload-Oxum", "Bagging-Date", "Bag-Size")

_NO_LABEL = re.compile(r"[:\x00-\x1f\x7f]|^\s|\s$|^$")


def fields(config: Config, citation: Citation | None) -> tuple[tuple[str, str], ...]:
    """Labels and values in the order they are written: of the citation, of the edition, then those of [bag.info].

    A label of [bag.info] takes the place of the same label here, in whatever case it is written (RFC 8493, 2.2.2).
    Raises ConfigError, with the line, for a label that is reserved or none.
    """
    own = config.bag.info
    for label, _ in own:
        _check(config, label)
    taken = {label.lower() for label, _ in own}
    ours = (*(_cited(citation) if citation else ()), *_configured(config))
    return (*((label, value) for label, value in ours if label.lower() not in taken), *own)


def _check(config: Config, label: str) -> None:
    where = f"{config.root / CONFIG_NAME}:{config.place(f'bag.info.{label}').line or 1}"
    if label.lower() in (reserved.lower() for reserved in RESERVED):
        raise ConfigError(f"{where}: bag.info.{label} is counted when the bag is written", advice="take it out")
    if _NO_LABEL.search(label):
        raise ConfigError(
            f"{where}: {label[:60]!r} is no label of bag-info.txt",
            advice="a label holds no colon, no control character and no blanks around it",
        )


def _cited(citation: Citation) -> Iterator[tuple[str, str]]:
    if organization := _organization(citation.authors):
        yield "Source-Organization", organization
    if contact := next(iter((*citation.contact, *citation.authors)), None):
        yield "Contact-Name", contact.name
        if contact.email:
            yield "Contact-Email", contact.email
    if description := citation.abstract or citation.title:
        yield "External-Description", description.value
    if identifier := next(iter(citation.identifiers), citation.url):
        yield "External-Identifier", identifier.value


def _configured(config: Config) -> Iterator[tuple[str, str]]:
    yield "Internal-Sender-Identifier", " ".join(part for part in (config.name, config.version) if part)
    yield "Bag-Software-Agent", f"edition {__version__}"


def _organization(authors: tuple[Author, ...]) -> str:
    """The first author that is no person, else what the first person who says so belongs to."""
    entities = [author.name for author in authors if not author.is_person]
    affiliations = [author.affiliation for author in authors if author.affiliation]
    return next(iter((*entities, *affiliations)), "")
