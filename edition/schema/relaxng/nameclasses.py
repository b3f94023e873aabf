"""Name classes (RELAX NG 4.8, 4.16): which names an element or attribute pattern takes.

Names are in the notation of lxml: `{namespace}local`, or `local` in no namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from edition.schema.wording import listed


@dataclass(frozen=True, slots=True)
class Name:
    """One name."""

    name: str


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, but those of `but`."""

    but: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of a namespace ("" for none), but those of `but`."""

    namespace: str
    but: NameClass | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """What one of these takes. There may be thousands: `single` are the names that are items, `wide` the others."""

    items: tuple[NameClass, ...]
    single: frozenset[str] = field(init=False, repr=False, compare=False)
    wide: tuple[NameClass, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        single = frozenset(item.name for item in self.items if isinstance(item, Name))
        object.__setattr__(self, "single", single)
        object.__setattr__(self, "wide", tuple(item for item in self.items if not isinstance(item, Name)))


NameClass = Name | AnyName | NsName | Either

_NOBODYS = "\0"  # stands for a namespace or local name that no schema mentions


def namespace_of(name: str) -> str:
    """The namespace of a name, "" for none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def full_name(namespace: str, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


def takes(names: NameClass, name: str) -> bool:
    match names:
        case Name(one):
            return one == name
        case AnyName(but):
            return but is None or not takes(but, name)
        case NsName(namespace, but):
            return namespace_of(name) == namespace and (but is None or not takes(but, name))
        case Either(single=single, wide=wide):
            return name in single or any(takes(item, name) for item in wide)


def finite(names: NameClass) -> tuple[str, ...] | None:
    """All names of a class, or None where there is no end of them."""
    match names:
        case Name(one):
            return (one,)
        case Either(items):
            lists = [finite(item) for item in items]
            return tuple(dict.fromkeys(name for each in lists for name in each or ())) if None not in lists else None
        case _:
            return None


def in_words(names: NameClass, what: str) -> str:
    """Such as `any element of the namespace urn:o but a and b`, where `what` is `any element`."""
    match names:
        case Name(name):
            return f"{what} {_local(name)}"
        case AnyName(but):
            return what + _excepted(but)
        case NsName(namespace, but):
            return f"{what} of {_space(namespace)}{_excepted(but)}"
        case Either():
            return listed([in_words(item, what) for item in _items(names)])


def _excepted(names: NameClass | None) -> str:
    if names is None:
        return ""
    items = [_local(item.name) if isinstance(item, Name) else in_words(item, "those") for item in _items(names)]
    return f" but {listed(list(dict.fromkeys(items)), 'and')}"


def _items(names: NameClass) -> Iterator[NameClass]:
    """What a class is made of, however it is put together."""
    if isinstance(names, Either):
        for item in names.items:
            yield from _items(item)
    else:
        yield names


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _space(namespace: str) -> str:
    return f"the namespace {namespace}" if namespace else "no namespace"


def overlap(one: NameClass, other: NameClass) -> bool:
    """Whether some name is in both. It is enough to try the names and namespaces that they mention (7.4)."""
    return any(takes(one, name) and takes(other, name) for name in {*_samples(one), *_samples(other)})


def _samples(names: NameClass) -> Iterator[str]:
    match names:
        case Name(one):
            yield one
        case AnyName(but):
            yield full_name(_NOBODYS, _NOBODYS)
            if but is not None:
                yield from _samples(but)
        case NsName(namespace, but):
            yield full_name(namespace, _NOBODYS)
            if but is not None:
                yield from _samples(but)
        case Either(items):
            for item in items:
                yield from _samples(item)
