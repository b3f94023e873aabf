"""The Citation File Format 1.2.0 as a form to hold a tree against: which keys there are, and what they hold.

The form follows the published JSON schema of the format. Licences are held to the form of an SPDX identifier and not
to the list of 2021 that the schema copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from edition.diagnostics import Diagnostic, Location
from edition.provenance import licences
from edition.provenance.citation_rules import BAD_VALUE, KEY_MISSING, KEY_TWICE, KEY_UNKNOWN
from edition.provenance.yaml_tree import Node

_MAX_SHOWN = 60  # characters of a value that a message quotes
_MAX_VALUE = 2_000  # characters of a value that has a pattern: the patterns are not made for more
_MAX_KEYS = 25  # that a hint lists


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: `what` it is, as a message says it, an example, the kinds of YAML it may have, and its pattern."""

    what: str
    example: str
    pattern: str = r"(?s).*\S.*"
    kinds: tuple[str, ...] = ("text",)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least one; with `or_one` a single value may stand for it."""

    of: Form
    or_one: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of named keys."""

    what: str
    keys: Mapping[str, Form]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """A table that is `first` if it has the key that marks it, else `second`."""

    mark: str
    first: Table
    second: Table


Form = Scalar | Many | Table | Either


def _each(names: str, form: Form) -> dict[str, Form]:
    return dict.fromkeys(names.split(), form)


TEXT = Scalar("a text", '"…"')
NUMBER = Scalar("a whole number", "12", r"[0-9]+", ("number",))
TEXT_OR_NUMBER = Scalar("a text or a number", '"…"', kinds=("text", "number"))
DATE = Scalar("a date", "2026-11-25", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", ("text", "date"))
DOI = Scalar("a DOI", "10.5281/zenodo.1003150", r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
URL = Scalar("an address", "https://example.org/", r"(https?|s?ftp)://\S+")
EMAIL = Scalar("an e-mail address", "name@example.org", r"[^\s@]+@[^\s@]+\.[^\s@.]{2,}")
ORCID = Scalar("an ORCID", "https://orcid.org/0000-0002-1825-0097", r"https://orcid\.org/(\d{4}-){3}\d{3}[\dX]")
COUNTRY = Scalar("a country in two letters", "RU", r"[A-Z]{2}")
SWHID = Scalar("a SWHID", "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d", r"swh:1:\w{3}:[0-9a-fA-F]{40}")
LICENCE = Scalar("an SPDX identifier", "CC-BY-4.0")
LANGUAGE = Scalar("a language of ISO 639", "ru", r"[a-z]{2,3}")

_ANYONE = {
    **_each("address alias city fax region tel", TEXT),
    **{"country": COUNTRY, "email": EMAIL, "orcid": ORCID, "post-code": TEXT_OR_NUMBER, "website": URL},
}
PERSON = Table("a person", _ANYONE | _each("affiliation family-names given-names name-particle name-suffix", TEXT))
ENTITY = Table(
    "an entity", _ANYONE | {"date-end": DATE, "date-start": DATE, "location": TEXT, "name": TEXT}, ("name",)
)
AGENT = Either("name", ENTITY, PERSON)


def _one_of(names: str) -> Scalar:
    return Scalar(f"one of: {', '.join(names.split())}", names.split()[0], "|".join(map(re.escape, names.split())))


def _identifier(kind: str, value: Scalar) -> Table:
    keys = {"type": _one_of(kind), "value": value, "description": TEXT}
    return Table("an identifier", keys, ("type", "value"))


IDENTIFIERS: Mapping[str, Table] = MappingProxyType(
    {
        "doi": _identifier("doi", DOI),
        "url": _identifier("url", URL),
        "swh": _identifier("swh", SWHID),
        "other": _identifier("other", TEXT),
    }
)
IDENTIFIER = _identifier("doi url swh other", TEXT)

_ANY_WORK: dict[str, Form] = {
    **_each("abstract commit title", TEXT),
    **_each("license-url repository repository-artifact repository-code url", URL),
    **_each("authors contact", Many(AGENT)),
    **{"date-released": DATE, "doi": DOI, "version": TEXT_OR_NUMBER, "license": Many(LICENCE, or_one=True)},
    **{"identifiers": Many(IDENTIFIER), "keywords": Many(TEXT)},
}
REFERENCE = Table(
    "a reference",
    {
        **_ANY_WORK,
        **_each(
            "abbreviation collection-title collection-type copyright data-type database department edition", TEXT
        ),
        **_each("entry filename format issue-date issue-title journal medium nihmsid notes scope term", TEXT),
        **_each("thesis-type volume-title", TEXT),
        **_each("end loc-end loc-start month number-volumes pages start volume year year-original", NUMBER),
        **_each("issue number section", TEXT_OR_NUMBER),
        **_each("date-accessed date-downloaded date-published", DATE),
        **_each("conference database-provider institution location publisher", ENTITY),
        **_each("editors editors-series recipients senders translators", Many(AGENT)),
        "collection-doi": DOI,
        "isbn": Scalar("an ISBN", "978-3-16-148410-0", r"[0-9\- ]{10,17}X?"),
        "issn": Scalar("an ISSN", "1234-5679", r"\d{4}-\d{3}[\dxX]"),
        "pmcid": Scalar("a PMCID", "PMC1234567", r"PMC[0-9]{7}"),
        "languages": Many(LANGUAGE),
        "patent-states": Many(TEXT),
        "status": _one_of("abstract advance-online in-preparation in-press preprint submitted"),
        "type": _one_of(
            "art article audiovisual bill blog book catalogue conference-paper conference data database dictionary "
            "edited-work encyclopedia film-broadcast generic government-document grant hearing historical-work "
            "legal-case legal-rule magazine-article manual map multimedia music newspaper-article pamphlet patent "
            "personal-communication proceedings report serial slides software-code software-container "
            "software-executable software-virtual-machine software sound-recording standard statute thesis "
            "unpublished video website"
        ),
    },
    ("authors", "title", "type"),
)
CITATION = Table(
    "the file",
    {
        **_ANY_WORK,
        "cff-version": Scalar("the version of the format", "1.2.0", r"1\.2\.0"),
        "message": TEXT,
        "preferred-citation": REFERENCE,
        "references": Many(REFERENCE),
        "type": _one_of("dataset software"),
    },
    ("cff-version", "message", "title", "authors"),
)


def faults(root: Node, path: str) -> Iterator[Diagnostic]:
    """What in a tree is not as the format has it. The top is a table: whoever read the file has seen to that."""
    yield from _Reader(path).value(root, CITATION, "")


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str

    def value(self, node: Node, form: Form, name: str) -> Iterator[Diagnostic]:
        match form:
            case Scalar():
                yield from self._scalar(node, form, name)
            case Many():
                yield from self._many(node, form, name)
            case Either():
                yield from self.value(node, form.first if node.get(form.mark) else form.second, name)
            case Table():
                yield from self._table(node, form, name)

    def _scalar(self, node: Node, form: Scalar, name: str) -> Iterator[Diagnostic]:
        if node.kind == "nothing":
            yield self._bad(node, f"{name} is empty", f"write {form.what}, or take the key out")
        elif node.kind in ("list", "table"):
            yield self._bad(node, f"{name} is a {node.kind}, not {form.what}", f"write {_key(name)}: {form.example}")
        elif node.kind not in form.kinds:
            hint = f'put it in quotes: "{_cut(node.text)}"' if "text" in form.kinds else f"write {form.example}"
            yield self._bad(node, f"{name} is {_cut(node.text)}, which YAML reads as {_read_as(node)}", hint)
        elif form is LICENCE:
            if not licences.is_identifier(node.text):
                meant = licences.likely_identifier(node.text) or "one of https://spdx.org/licenses/"
                yield self._bad(node, f"{name} is {_quoted(node)}, which is no SPDX identifier", f"write {meant}")
        elif not _matches(node.text, form):
            yield self._bad(node, f"{name} is {_quoted(node)}, not {form.what}", f"write it as in {form.example}")

    def _many(self, node: Node, form: Many, name: str) -> Iterator[Diagnostic]:
        if node.kind != "list":
            if form.or_one:
                yield from self.value(node, form.of, name)
            else:
                hint = "write each value on a line of its own that begins with `- `"
                yield self._bad(node, f"{name} is not a list", hint)
        elif not node.items:
            yield self._bad(node, f"{name} is an empty list", "write at least one, or take the key out")
        for number, item in enumerate(node.items, 1):
            yield from self.value(item, form.of, f"{name} {number}")

    def _table(self, node: Node, form: Table, name: str) -> Iterator[Diagnostic]:
        if node.kind != "table":
            example = f"{next(iter(form.required or form.keys))}: …"
            yield self._bad(node, f"{name} is not {form.what} with keys and values", f"write it as in `{example}`")
            return
        if form is IDENTIFIER and (kind := node.get("type")) and kind.text in IDENTIFIERS:
            form = IDENTIFIERS[kind.text]
        yield from self._keys(node, form, name)
        for key, value in node.entries:
            if inner := form.keys.get(key.text):
                yield from self.value(value, inner, f"{name}, {key.text}" if name else key.text)

    def _keys(self, node: Node, form: Table, name: str) -> Iterator[Diagnostic]:
        """Keys that are missing, unknown or there twice."""
        whose = name or form.what
        first: dict[str, Node] = {}
        for key, _ in node.entries:
            if key.text not in form.keys:
                near = get_close_matches(key.text, form.keys, 1, cutoff=0.75)
                known = (
                    f"known there: {', '.join(sorted(form.keys))}" if len(form.keys) <= _MAX_KEYS else "take it out"
                )
                hint = f"did you mean {near[0]}?" if near else known
                yield KEY_UNKNOWN.finding(f"{whose} has an unknown key {_quoted(key)}", self.place(key), hint=hint)
            elif key.text in first:
                message = f"{whose} has the key {key.text} twice, first in line {first[key.text].line}"
                yield KEY_TWICE.finding(message, self.place(key), hint="take one of them out")
            first.setdefault(key.text, key)
        for missing in (key for key in form.required if key not in first):
            example = form.keys[missing]
            shown = example.example if isinstance(example, Scalar) else "…"
            yield KEY_MISSING.finding(f"{whose} has no {missing}", self.place(node), hint=f"add {missing}: {shown}")

    def place(self, node: Node) -> Location:
        return Location(self.path, node.line, node.column)

    def _bad(self, node: Node, message: str, hint: str) -> Diagnostic:
        return BAD_VALUE.finding(message, self.place(node), hint=hint)


def _key(name: str) -> str:
    return name.rpartition(", ")[2]


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "…"


def _quoted(node: Node) -> str:
    return f'"{_cut(node.text)}"'


def _read_as(node: Node) -> str:
    kinds = {"text": "a text", "number": "a number", "date": "a date", "truth": "a truth value"}
    return kinds.get(node.kind, f"an object ({_cut(node.kind)})")


def _matches(text: str, form: Scalar) -> bool:
    if form.pattern != TEXT.pattern and len(text) > _MAX_VALUE:
        return False
    return bool(re.fullmatch(form.pattern, text)) and (form is not DATE or _is_day(text))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
