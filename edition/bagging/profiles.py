"""BagIt Profiles (specification 1.1 to 1.4): what a recipient asks of bags beside RFC 8493. Read, never fetched.

Two things stand in published profiles and not in the specification: `recommended` for a field, and `Other-Info` for
the fields of further tag files (`APTrust-Info` for aptrust-info.txt). Both are read and written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from edition.bagging.hashing import ALGORITHMS
from edition.errors import ConfigError

KNOWN = ("aptrust", "beyond-the-repository")
MAX_BYTES = 1 << 20
IDENTIFIER = "BagIt-Profile-Identifier"

_TEXTS = (
    *("Manifests-Required", "Manifests-Allowed", "Tag-Manifests-Required", "Tag-Manifests-Allowed"),
    *("Tag-Files-Required", "Tag-Files-Allowed", "Payload-Files-Required", "Payload-Files-Allowed"),
    *("Accept-Serialization", "Accept-BagIt-Version"),
)
_FLAGS = ("Allow-Fetch.txt", "Fetch.txt-Required", "Data-Empty")
_SERIALIZATION = ("forbidden", "optional", "required")
_STRONGEST_FIRST = ("sha512", "sha3512", "sha384", "sha256", "sha3256", "sha224")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a profile asks of one field of a tag file. Without `values`, any value will do."""

    required: bool
    recommended: bool
    repeatable: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile. `fields` are the wishes for each tag file by label; `lists` and `flags` what else its keys say.

    A list that is not there is None: of manifests, then, any is allowed.
    """

    name: str
    identifier: str
    fields: Mapping[str, Mapping[str, Wish]]
    serialization: str
    lists: Mapping[str, tuple[str, ...] | None]
    flags: Mapping[str, bool]

    def all(self, key: str) -> tuple[str, ...]:
        """The entries of a list, none where it is not there."""
        return self.lists[key] or ()

    def algorithms(self, wished: Iterable[str]) -> tuple[str, ...]:
        """The algorithms to use: those wished that are allowed, those required, and one that is strong among them."""
        allowed = self.lists["Manifests-Allowed"]
        chosen = [name for name in wished if allowed is None or name in allowed]
        chosen += [*self.all("Manifests-Required"), *self.all("Tag-Manifests-Required")]
        if not any(name in ALGORITHMS and not ALGORITHMS[name].weak for name in chosen):
            chosen += [name for name in _STRONGEST_FIRST if allowed is None or name in allowed][:1]
        return tuple(dict.fromkeys(chosen))


def load(name: str, root: Path = Path()) -> Profile:
    """A profile by its name (KNOWN), or from a file whose name ends in .json. Raises ConfigError."""
    if name in KNOWN:
        return _profile(name, files("edition.bagging").joinpath("known", f"{name}.json").read_bytes())
    if "://" in name:
        raise ConfigError(f"{name}: an address, and nothing is fetched", advice="save it as a file, and name that")
    if not name.endswith(".json"):
        advice = f"known: {', '.join(KNOWN)}; a profile of your own is a file that ends in .json"
        raise ConfigError(f"no profile is called {name!r}", advice=advice)
    try:
        with (root / name).open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise ConfigError(f"{name}: {reason}", advice="name a BagIt profile in JSON") from error
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{name}: larger than {MAX_BYTES} bytes", advice="name a BagIt profile in JSON")
    return _profile(name, data)


def _profile(name: str, data: bytes) -> Profile:
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _wrong(name, f"is no JSON: {error}") from error
    top = _table(name, "a profile", said)
    about = _table(name, "BagIt-Profile-Info", top.get("BagIt-Profile-Info"))
    for key in ("BagIt-Profile-Identifier", "Source-Organization", "External-Description", "Version"):
        if not isinstance(about.get(key), str) or not about[key]:
            raise _wrong(name, f"has no {key} in BagIt-Profile-Info")
    serialization = top.get("Serialization", "optional")
    if serialization not in _SERIALIZATION:
        raise _wrong(name, f"has a Serialization that is none of {', '.join(_SERIALIZATION)}")
    profile = Profile(
        name=name,
        identifier=about["BagIt-Profile-Identifier"],
        fields=_fields(name, top),
        serialization=serialization,
        lists={key: _texts(name, key, top.get(key)) for key in _TEXTS},
        flags={key: _flag(name, key, top.get(key), key == "Allow-Fetch.txt") for key in _FLAGS},
    )
    if not profile.lists["Accept-BagIt-Version"]:
        raise _wrong(name, "names no version in Accept-BagIt-Version")
    for kind in ("Manifests", "Tag-Manifests"):
        allowed = profile.lists[f"{kind}-Allowed"]
        if allowed is not None and not set(allowed).issuperset(profile.all(f"{kind}-Required")):
            raise _wrong(name, f"requires manifests that {kind}-Allowed does not name")
    return profile


def _fields(name: str, top: dict[str, Any]) -> dict[str, dict[str, Wish]]:
    found = {"bag-info.txt": _table(name, "Bag-Info", top.get("Bag-Info", {}))}
    other = top.get("Other-Info", [])
    for each in other if isinstance(other, list) else [other]:
        for title, wishes in _table(name, "Other-Info", each).items():
            found[f"{title.lower()}.txt"] = _table(name, title, wishes)
    return {
        file: {label: _wish(name, label, wish) for label, wish in wishes.items()} for file, wishes in found.items()
    }


def _wish(name: str, label: str, said: object) -> Wish:
    wish = _table(name, label, said)
    return Wish(
        required=_flag(name, label, wish.get("required"), False),
        recommended=_flag(name, label, wish.get("recommended"), False),
        repeatable=_flag(name, label, wish.get("repeatable"), True),
        values=_texts(name, label, wish.get("values")) or (),
    )


def _table(name: str, key: str, said: object) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise _wrong(name, f"has something else where {key} should be a table")
    return said


def _texts(name: str, key: str, said: object) -> tuple[str, ...] | None:
    if said is None:
        return None
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise _wrong(name, f"has something else where {key} should be a list of texts")
    return tuple(said)


def _flag(name: str, key: str, said: object, default: bool) -> bool:
    flags = {"true": True, "false": False, True: True, False: False, None: default}
    if not isinstance(said, str | bool | None) or said not in flags:
        raise _wrong(name, f"has something else where {key} should be true or false")
    return flags[said]


def _wrong(name: str, what: str) -> ConfigError:
    return ConfigError(f"{name} {what}", advice="see https://bagit-profiles.github.io/bagit-profiles-specification/")
