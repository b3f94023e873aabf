"""Whether a bag, one that is there or one that is planned, is what a profile asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate

from edition.bagging.comparing import Count
from edition.bagging.manifests import Manifests
from edition.bagging.profiles import IDENTIFIER, Profile, Wish
from edition.bagging.reading import Dialect, Field, UnreadableError, read_fields
from edition.bagging.rules import PROFILE_NOT_MET, PROFILE_RECOMMENDS
from edition.bagging.tree import PlainFile, Tree
from edition.bagging.writing import COUNTED, BagPlan
from edition.diagnostics import Diagnostic, Location

BAG_INFO = "bag-info.txt"

_TYPES = {  # IANA registers none for tar; these are found in profiles
    "folder": frozenset[str](),
    "tar": frozenset({"application/tar", "application/x-tar"}),
    "tar.gz": frozenset(
        {
            *("application/gzip", "application/x-gzip", "application/tar+gzip", "application/x-tar+gzip"),
            *("application/x-compressed-tar", "application/x-gtar", "application/x-tgz"),
        }
    ),
    "zip": frozenset({"application/zip", "application/x-zip-compressed"}),
}
_ALWAYS = re.compile(r"bagit\.txt|(?:bag|package)-info\.txt|fetch\.txt|(?:tag)?manifest-[^/]*\.txt")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a profile speaks of. `form` is `folder` or that of the archive; of manifests the algorithms are named.

    `fields` are those of each tag file that a profile may have wishes for, `payload` walks over the payload.
    A plan has a `place` in edition.toml where everything is said that is not met.
    """

    version: str
    form: str
    manifests: frozenset[str]
    tag_manifests: frozenset[str]
    tag_files: frozenset[str]
    fields: Mapping[str, tuple[Field, ...]]
    count: Count
    payload: Callable[[], Iterable[str]]
    place: Location | None = None

    def at(self, path: str, line: int | None = None) -> Location:
        return self.place or Location(path, line)

    def write(self, file: str, label: str, value: str = "…") -> str:
        """How to say what is not said."""
        if self.place is None:
            return f"write {label}: {value}"
        return f'under [{"bag.info" if file == BAG_INFO else f"bag.tags.{file!r}"}] write {label} = "{value}"'


def of_plan(plan: BagPlan, fields: Mapping[str, tuple[tuple[str, str], ...]], form: str, place: Location) -> Facts:
    """What a bag will be, `fields` those of further tag files."""
    info = (*plan.info, *((label, "") for label in COUNTED))
    sources = [each.source for each in plan.payload]
    octets = sum(len(each) if isinstance(each, bytes) else each.stat().st_size for each in sources)
    said = {BAG_INFO: info, **fields}
    return Facts(
        version="1.0",
        form=form,
        manifests=frozenset(plan.algorithms),
        tag_manifests=frozenset(plan.algorithms),
        tag_files=frozenset(path for path, _ in plan.tag_files),
        fields={file: tuple(Field(label, value, 0) for label, value in pairs) for file, pairs in said.items()},
        count=Count(octets, len(plan.payload)),
        payload=lambda: (f"data/{each.path}" for each in plan.payload),
        place=place,
    )


def of_tree(profile: Profile, tree: Tree, dialect: Dialect, manifests: Manifests, count: Count) -> Facts:
    """What a bag is."""
    tags = frozenset(path for path in _paths(tree, "", "data" if tree.is_folder("data") else ""))
    fields = {file: _said(tree, dialect, file) for file in profile.fields if _real(dialect, file) in tags}
    return Facts(
        version=".".join(map(str, dialect.version)),
        form=tree.form,
        manifests=frozenset(each.algorithm.name for each in manifests.payload),
        tag_manifests=frozenset(each.algorithm.name for each in manifests.tags),
        tag_files=tags,
        fields=fields,
        count=count,
        payload=lambda: _paths(tree, "data", ""),
    )


def _paths(tree: Tree, folder: str, skip: str) -> Iterator[str]:
    return (found.path for found in tree.survey(folder, skip) if isinstance(found, PlainFile))


def _real(dialect: Dialect, file: str) -> str:
    return dialect.info_name if file == BAG_INFO else file


def _said(tree: Tree, dialect: Dialect, file: str) -> tuple[Field, ...]:
    try:
        return tuple(each for each in read_fields(tree, _real(dialect, file), dialect) if isinstance(each, Field))
    except UnreadableError:  # told of already
        return ()


def judge(profile: Profile, facts: Facts) -> Iterator[Diagnostic]:
    """What a profile asks for and a bag does not have."""
    for message, hint, path in (
        *_of_form(profile, facts),
        *_of_manifests(profile, facts),
        *_of_files(profile, facts),
        *_of_payload(profile, facts),
    ):
        yield PROFILE_NOT_MET.finding(f"{profile.name}: {message}", facts.at(path), hint=hint)
    yield from _of_identifier(profile, facts)
    for file, wishes in profile.fields.items():
        for label, wish in wishes.items():
            yield from _of_field(profile, facts, (file, label, wish))


_Unmet = Iterator[tuple[str, str, str]]  # message, hint, and the path of which it speaks


def _of_form(profile: Profile, facts: Facts) -> _Unmet:
    if facts.version not in profile.all("Accept-BagIt-Version"):
        accepted = ", ".join(profile.all("Accept-BagIt-Version"))
        yield f"BagIt {facts.version} is not accepted", f"make it anew with BagIt {accepted}", "bagit.txt"
    forms = [form for form, types in _TYPES.items() if types.intersection(profile.all("Accept-Serialization"))]
    if facts.form == "folder" and profile.serialization == "required":
        yield "the bag is to come as one file", _serialise(facts, forms), "bagit.txt"
    elif facts.form != "folder" and profile.serialization == "forbidden":
        yield "the bag is to come as a folder", _serialise(facts, ["folder"]), "bagit.txt"
    elif facts.form != "folder" and facts.form not in forms:
        yield f"{facts.form} is not accepted", _serialise(facts, forms), "bagit.txt"


def _serialise(facts: Facts, forms: list[str]) -> str:
    accepted = " or ".join(forms) or "a form that is not made here"
    return f'write serialisation = "{accepted}"' if facts.place else f"send it as {accepted}"


def _of_manifests(profile: Profile, facts: Facts) -> _Unmet:
    for kind, key, having in (
        ("manifest", "Manifests", facts.manifests),
        ("tagmanifest", "Tag-Manifests", facts.tag_manifests),
    ):
        for name in profile.all(f"{key}-Required"):
            if name not in having:
                yield f"there is no {kind}-{name}.txt", f"add {kind}-{name}.txt", f"{kind}-{name}.txt"
        allowed = profile.lists[f"{key}-Allowed"]
        for name in sorted(having.difference(having if allowed is None else allowed)):
            hint = f"use {', '.join(allowed or ())} alone"
            yield f"{kind}-{name}.txt is not allowed", hint, f"{kind}-{name}.txt"


def _of_files(profile: Profile, facts: Facts) -> _Unmet:
    fetch = "fetch.txt" in facts.tag_files
    if fetch and not profile.flags["Allow-Fetch.txt"]:
        yield "fetch.txt is not allowed", "put the files themselves into the bag", "fetch.txt"
    if not fetch and profile.flags["Fetch.txt-Required"]:
        yield "there is no fetch.txt", "write one", "fetch.txt"
    for path in profile.all("Tag-Files-Required"):
        if path not in facts.tag_files:
            hint = f"write [bag.tags.{path!r}] with its fields" if facts.place else "add it"
            yield f"there is no {path}", hint, path
    allowed = profile.lists["Tag-Files-Allowed"]
    if allowed is not None:
        for path in sorted(facts.tag_files):
            if not _ALWAYS.fullmatch(path) and not _matches(path, (*allowed, *profile.all("Tag-Files-Required"))):
                yield f"{path} is not allowed", "make the bag without it", path


def _of_payload(profile: Profile, facts: Facts) -> _Unmet:
    if profile.flags["Data-Empty"] and (facts.count.files > 1 or facts.count.octets):
        yield "data/ is to be empty", "make the bag without payload", "data"
    allowed, required = profile.lists["Payload-Files-Allowed"], set(profile.all("Payload-Files-Required"))
    if allowed is None and not required:
        return
    for path in facts.payload():
        required -= {path, *(path[: end + 1] for end, letter in enumerate(path) if letter == "/")}
        if allowed is not None and not _matches(path, allowed):
            yield f"{path} is not allowed", "make the bag without it", path
    for path in sorted(required):
        yield f"there is no {path}", "add it", path


def _matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path is one of these, or below one that ends in a slash; an asterisk stands for anything."""
    return any(
        path == each or re.match(translate(f"{each}*" if each.endswith("/") else each), path) for each in patterns
    )


def _of_identifier(profile: Profile, facts: Facts) -> Iterator[Diagnostic]:
    said = [each for each in facts.fields.get(BAG_INFO, ()) if each.label.lower() == IDENTIFIER.lower()]
    if all(each.value != profile.identifier for each in said):
        yield PROFILE_NOT_MET.finding(
            f"{profile.name}: {IDENTIFIER} is not {profile.identifier}",
            facts.at(BAG_INFO, said[0].line if said else None),
            hint=facts.write(BAG_INFO, IDENTIFIER, profile.identifier),
        )


def _of_field(profile: Profile, facts: Facts, asked: tuple[str, str, Wish]) -> Iterator[Diagnostic]:
    file, label, wish = asked
    said = [each for each in facts.fields.get(file, ()) if each.label.lower() == label.lower()]
    filled = [each for each in said if each.value or (facts.place and each.label.lower() in _COUNTED)]
    if not filled and (wish.required or wish.recommended):
        rule = PROFILE_NOT_MET if wish.required else PROFILE_RECOMMENDS
        value = " or ".join(wish.values[:4]) or "…"
        message = f"{profile.name}: {file} has no {label}"
        yield rule.finding(message, facts.at(file), hint=facts.write(file, label, value))
    for each in filled:
        if wish.values and each.value not in wish.values:
            message = f"{profile.name}: {label} is {each.value[:40]!r}"
            hint = f"accepted: {', '.join(wish.values)}"
            yield PROFILE_NOT_MET.finding(message, facts.at(file, each.line), hint=hint)
    for each in said[1:] if not wish.repeatable else ():
        message = f"{profile.name}: {label} stands twice"
        yield PROFILE_NOT_MET.finding(message, facts.at(file, each.line), hint="keep one")


_COUNTED = frozenset(label.lower() for label in COUNTED)
