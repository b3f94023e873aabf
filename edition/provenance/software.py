"""Which software is installed: distributions with all that they need in turn, each in its version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution


@dataclass(frozen=True, slots=True)
class Software:
    """A program or library, a typeface too, in the version that was used; empty where it does not say.

    `home` is its address on the web, as its own metadata give it; two are the same whatever it is.
    """

    name: str
    version: str
    home: str = field(default="", compare=False)


def needed(names: Iterable[str]) -> Iterator[Software]:
    """Distributions, and what they require of those that are installed, each once.

    One of `names` that is not installed has no version. Markers of systems and versions of Python are not judged:
    what they ask for is installed or it is not.
    """
    waiting, seen = list(names), set[str]()
    asked = {_read(requirement)[0] for requirement in waiting}
    while waiting:
        requirement = waiting.pop()
        if requirement in seen:
            continue
        name, extras = _read(requirement)
        first = _plain(name) not in seen
        seen |= {requirement, _plain(name)}
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if name in asked:
                yield Software(name, "")
            continue
        if first:
            yield Software(str(found.metadata["Name"]), found.version, _home(found))
        waiting += [each.partition(";")[0].strip() for each in found.requires or () if _asked(each, extras)]


_LABELS = ("homepage", "home", "documentation", "docs", "repository", "source", "sourcecode", "code", "github")
_FORM = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")


def _read(requirement: str) -> tuple[str, frozenset[str]]:
    """Name and extras of a requirement (PEP 508)."""
    found = _FORM.match(requirement)
    if not found:
        return requirement, frozenset()
    return found[1], frozenset(_plain(extra) for extra in (found[2] or "").split(",") if extra.strip())


def _home(found: Distribution) -> str:
    """The address of a distribution: its home page, else its documentation or source, as they are mostly called.

    See PEP 753.
    """
    labelled = {"homepage": "".join(found.metadata.get_all("Home-page") or ())}
    for each in found.metadata.get_all("Project-URL") or ():
        label, _, address = each.partition(",")
        labelled[re.sub(r"[^a-z]", "", label.lower())] = address.strip()
    addresses = (labelled.get(label, "") for label in _LABELS)
    return next((address for address in addresses if address.startswith(("https://", "http://"))), "")


def _asked(requirement: str, extras: frozenset[str]) -> bool:
    """Whether a requirement holds for these extras: one without an extra always does."""
    wanted = {_plain(extra) for extra in _EXTRA.findall(requirement.partition(";")[2])}
    return not wanted or bool(wanted & extras)


def _plain(name: str) -> str:
    """A name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
