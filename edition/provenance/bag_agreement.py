"""Where `[bag.info]` of edition.toml says what CITATION.cff, `[edition]` and the TEI headers say, it has to agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edition.diagnostics import Severity
from edition.model import Stated
from edition.provenance.description import doi
from edition.provenance.said import (
    Descriptions,
    Said,
    cited,
    configured,
    disagreements,
    each_of,
    folded,
    in_bag_info,
    same_text,
    together,
)
from edition.rules import Finding, rule

_VERSION = re.compile(r"v?(\d+(?:\.\d+)+\S*)")


@rule("HDR208", "identifier-of-bag-differs", Severity.ERROR)
def identifier_of_bag_differs(said: Descriptions) -> Iterator[Finding]:
    """A DOI that `[bag.info]` gives as External-Identifier is the one that CITATION.cff gives.

    An archive registers the bag under the one, readers cite the other.

    Wrong: `doi: 10.5281/zenodo.1003150` and `External-Identifier = "10.5281/zenodo.1003151"`

    Right: `External-Identifier` left out: it is taken from CITATION.cff
    """
    given = [one for one in in_bag_info(said, "External-Identifier") if doi(one.values[0])]
    known = together(dois(said.citation.identifiers)) if said.citation else []
    known = known or [each for header in said.headers for each in together(dois(header.identifiers))]
    yield from disagreements("DOI", [*known, *given], same_doi)
    if said.citation and not known:
        for one in given:
            yield Finding(
                f"the DOI {one} is given to archives alone: {said.config.citation} has none",
                one.location,
                hint=f"write doi: {doi(one.values[0])} into {said.config.citation}, and take it out here",
            )


@rule("HDR209", "contact-of-bag-differs", Severity.WARNING)
def contact_of_bag_differs(said: Descriptions) -> Iterator[Finding]:
    """Whom `[bag.info]` names as Contact-Name and Contact-Email is a contact that CITATION.cff names.

    Whoever has a question years later finds one of the two, and it should be answered.

    Wrong: `contact: [{name: "The Press"}]` and `Contact-Name = "Ann Bee"`

    Right: `contact: [{given-names: Ann, family-names: Bee}]` and `Contact-Name = "Ann Bee"`
    """
    contacts = said.citation.contact if said.citation else ()
    for label, of in (("Contact-Name", lambda one: one.names), ("Contact-Email", lambda one: (one.email,))):
        values = [value for contact in contacts for value in of(contact) if value]
        known = [Said(tuple(values), contacts[0].location)] if values else []
        yield from disagreements(label.replace("-", " ").lower(), [*known, *in_bag_info(said, label)], _same_words)


@rule("HDR214", "version-of-bag-differs", Severity.ERROR)
def version_of_bag_differs(said: Descriptions) -> Iterator[Finding]:
    """A version that `[bag.info]` gives at the end of Internal-Sender-Identifier is that of the edition.

    By it an archive tells two deposits of an edition apart. A version that was raised everywhere else lets the new
    one pass for the old. An identifier of another form than name or title and version is left alone: it may be a
    shelfmark.

    Wrong: `version = "1.1.0"` and `Internal-Sender-Identifier = "record-1950 1.0.0"`

    Right: `Internal-Sender-Identifier` left out: it is name and version of the edition
    """
    given = []
    for one in in_bag_info(said, "Internal-Sender-Identifier"):
        name, _, version = one.values[0].rpartition(" ")
        of_edition = name.rstrip(" ,;:").casefold() in (said.config.name.casefold(), said.config.title.casefold())
        if of_edition and (found := _VERSION.fullmatch(version)):
            given.append(Said((found[1],), one.location))
    known = [*configured(said, "version"), *cited(said, "version"), *each_of(each.version for each in said.headers)]
    yield from disagreements("version", [*known[:1], *given], _same_version)


@rule("HDR215", "description-of-bag-differs", Severity.WARNING)
def description_of_bag_differs(said: Descriptions) -> Iterator[Finding]:
    """What `[bag.info]` gives as External-Description is the abstract or the title in CITATION.cff, or part of it.

    Whoever finds the bag in a catalogue and the edition in a citation reads of one work, not of two.

    Wrong: `abstract: The record of a talk in Moscow.` and `External-Description = "Letters from Leningrad"`

    Right: `External-Description` left out: it is taken from CITATION.cff
    """
    known = together([one for one in (said.citation.abstract, said.citation.title) if one] if said.citation else [])
    given = in_bag_info(said, "External-Description")
    yield from disagreements("description", [*known, *given], _within)


def dois(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """Those that are DOIs."""
    return tuple(one for one in stated if doi(one.value))


def same_doi(one: str, other: str) -> bool:
    """A DOI is the same in capitals (ISO 26324)."""
    return (doi(one) or "").lower() == (doi(other) or "").lower()


def _same_words(one: str, other: str) -> bool:
    return folded(one).casefold() == folded(other).casefold()


def _same_version(one: str, other: str) -> bool:
    return same_text(one.removeprefix("v"), other.removeprefix("v"))


def _within(one: str, other: str) -> bool:
    """Whether one says the other, and perhaps more."""
    short, long = sorted((folded(each).casefold().rstrip(".") for each in (one, other)), key=len)
    return short in long
