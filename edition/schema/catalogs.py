"""OASIS XML Catalogs 1.1: which file on this machine stands for a public name or an address of the web.

Catalogs are the user's own (`--catalog`, XML_CATALOG_FILES), so what they name may lie anywhere on the disk. What
they do not name is not found, and an entry that leads to the network is no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from edition.errors import ConfigError, EditionError
from edition.tei.names import XML_NAMESPACE
from edition.tei.parse import read

CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
_BASE = f"{{{XML_NAMESPACE}}}base"
_URN = "urn:publicid:"

# What each kind of entry compares, and what it gives.
_ATTRIBUTES = {
    "public": ("publicId", "uri"),
    "system": ("systemId", "uri"),
    "uri": ("name", "uri"),
    "rewriteSystem": ("systemIdStartString", "rewritePrefix"),
    "rewriteURI": ("uriStartString", "rewritePrefix"),
    "systemSuffix": ("systemIdSuffix", "uri"),
    "uriSuffix": ("uriSuffix", "uri"),
    "delegatePublic": ("publicIdStartString", "catalog"),
    "delegateSystem": ("systemIdStartString", "catalog"),
    "delegateURI": ("uriStartString", "catalog"),
    "nextCatalog": ("", "catalog"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a catalog. `target` is a whole URI; `prefers_public` says what wins over a system name."""

    kind: str
    key: str
    target: str
    prefers_public: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: an address as such, or the two names of a DOCTYPE."""

    address: str = ""
    public: str = ""
    is_system: bool = False


class _Delegated(Exception):  # noqa: N818 - no error: other catalogs are the only ones to ask (7.1.2, steps 5 and 7)
    def __init__(self, catalogs: tuple[str, ...]) -> None:
        super().__init__()
        self.catalogs = catalogs


class Catalogs:
    """The catalogs of a run, in the order in which they are asked."""

    def __init__(self, files: Iterable[tuple[Path, str]]) -> None:
        """Each with the name that messages have for it. Raises ConfigError for what is no catalog."""
        self._first = tuple(_Catalog(file, path) for file, path in files)
        self._known = {each.file.resolve(): each for each in self._first}
        for each in self._first:
            _ = each.entries  # a wrong catalog is told before anything is validated

    @property
    def opened(self) -> frozenset[Path]:
        """The catalog files that have been asked so far."""
        return frozenset(each.file.absolute() for each in self._known.values())

    def schema(self, address: str) -> Path | None:
        """The file for an address that a document or schema names (section 7.2)."""
        return self._look(Asked(_plain(address)))

    def external(self, public: str, system: str) -> Path | None:
        """The file for the names of a DOCTYPE or an entity (section 7.1)."""
        if system.startswith(_URN):
            public, system = public or _public_of(system), ""
        return self._look(Asked(_plain(system), " ".join(public.split()), is_system=True))

    def _look(self, asked: Asked) -> Path | None:
        if asked.address.startswith(_URN):
            asked = Asked("", _public_of(asked.address), is_system=True)
        return self._among(list(self._first), asked)

    def _among(self, catalogs: list[_Catalog], asked: Asked) -> Path | None:
        """Ask each and those that it sends to, depth first; each once, for they may name each other in circles."""
        seen: set[Path] = set()
        while catalogs:
            catalog = catalogs.pop(0)
            if catalog.file.resolve() in seen:
                continue
            seen.add(catalog.file.resolve())
            try:
                found = _match(catalog.entries, asked)
            except _Delegated as delegated:
                catalogs = [each for each in map(self._open, delegated.catalogs) if each]
                continue
            if found is not None:
                return local_file(found)
            further = [self._open(entry.target) for entry in catalog.entries if entry.kind == "nextCatalog"]
            catalogs[:0] = [each for each in further if each]
        return None

    def _open(self, address: str) -> _Catalog | None:
        file = local_file(address)
        if file is None or not file.is_file():
            return None
        return self._known.setdefault(file.resolve(), _Catalog(file, str(file)))


@dataclass(frozen=True)
class _Catalog:
    """One catalog file, read when it is first asked."""

    file: Path
    path: str

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Raises ConfigError for what is no catalog."""
        try:
            document = read(self.file, self.path)
        except EditionError as error:
            raise ConfigError(f"catalog {error.message}", advice=error.advice) from error
        if document.root is None:
            wrong = document.findings[0]
            raise ConfigError(f"{wrong.location}: the catalog is not sound XML: {wrong.message}", advice=wrong.hint)
        if document.root.tag != f"{CATALOG}catalog":
            raise ConfigError(
                f"{self.path}: no XML catalog",
                advice=f'a catalog begins with <catalog xmlns="{CATALOG.strip("{}")}">',
            )
        return tuple(_entries(document.root, self.file.resolve().as_uri()))


def _entries(root: etree._Element, base: str) -> Iterator[Entry]:
    for element in root.iter(f"{CATALOG}*"):
        kind = etree.QName(element).localname
        compared, given = _ATTRIBUTES.get(kind, ("", ""))
        target = element.get(given) if given else None
        if target is not None and (not compared or element.get(compared)):
            key = element.get(compared, "") if compared else ""
            key = " ".join(key.split()) if kind in ("public", "delegatePublic") else _plain(key)
            yield Entry(kind, key, urljoin(_base(element, base), target), _prefers_public(element))


def _base(element: etree._Element, base: str) -> str:
    for node in reversed([element, *element.iterancestors()]):
        base = urljoin(base, node.get(_BASE, ""))
    return base


def _prefers_public(element: etree._Element) -> bool:
    """`prefer` of the nearest group or catalog; public where none says (section 4.1.1)."""
    written = (node.get("prefer") for node in (element, *element.iterancestors()))
    return next((value for value in written if value), "public") == "public"


def _match(entries: Sequence[Entry], asked: Asked) -> str | None:
    """What one catalog file says, in the order of the standard. Raises _Delegated when it sends elsewhere."""
    system, uri = ("system", "System") if asked.is_system else ("uri", "URI")
    if asked.address:
        found = (
            _best(entries, system, lambda entry: entry.key == asked.address)
            or _rewritten(entries, f"rewrite{uri}", asked.address)
            or _best(entries, f"{system}Suffix", lambda entry: asked.address.endswith(entry.key))
        )
        if found:
            return found
        _delegate(entries, f"delegate{uri}", asked.address)
    if asked.public:
        usable = [entry for entry in entries if entry.prefers_public or not asked.address]
        found = _best(usable, "public", lambda entry: entry.key == asked.public)
        if found:
            return found
        _delegate(usable, "delegatePublic", asked.public)
    return None


def _best(entries: Iterable[Entry], kind: str, fits: Callable[[Entry], bool]) -> str | None:
    """The target of the entry that says most, the first of those that say as much."""
    fitting = [entry for entry in entries if entry.kind == kind and fits(entry)]
    return max(fitting, key=lambda entry: len(entry.key)).target if fitting else None


def _rewritten(entries: Sequence[Entry], kind: str, address: str) -> str | None:
    fitting = [entry for entry in entries if entry.kind == kind and address.startswith(entry.key)]
    if not fitting:
        return None
    longest = max(fitting, key=lambda entry: len(entry.key))
    return longest.target + address[len(longest.key) :]


def _delegate(entries: Iterable[Entry], kind: str, name: str) -> None:
    fitting = [entry for entry in entries if entry.kind == kind and name.startswith(entry.key)]
    if fitting:
        longest_first = sorted(fitting, key=lambda entry: -len(entry.key))
        raise _Delegated(tuple(dict.fromkeys(entry.target for entry in longest_first)))


def _plain(address: str) -> str:
    return address.strip()


def _public_of(urn: str) -> str:
    """`urn:publicid:-:OASIS:DTD+DocBook` is `-//OASIS//DTD DocBook` (RFC 3151)."""
    text = urn.removeprefix(_URN)
    for written, meant in ((":", "//"), (";", "::"), ("+", " ")):
        text = text.replace(written, meant)
    return unquote(text)


def local_file(address: str) -> Path | None:
    """The file that a URI with `file:` names on this machine; None for every other."""
    parts = urlsplit(address)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    return Path(unquote(parts.path))


def from_environment(value: str) -> list[str]:
    """The catalogs that XML_CATALOG_FILES names, with spaces between them, as paths or as file: addresses."""
    return [str(local_file(name) or name) for name in value.split()]
