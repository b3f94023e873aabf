"""Pointers: which attributes of TEI point, and where a pointer leads. Nothing is opened and nothing is fetched.

A pointer is a URI reference (TEI P5, teidata.pointer; RFC 3986). What it leads to inside the edition is named by a
*key*, as in `edition.model`: the path of the file from the edition's root, `#`, the xml:id.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, unquote

from lxml import etree

from edition.tei.names import tei

# The attributes that TEI P5 types as teidata.pointer, without a namespace. Left out: those that hold words in
# practice (key, type), those that point on some elements and hold dates or names on others (from, to, value, class,
# name, location), and those that name images, which mostly live elsewhere (facs, url). For `ed` see `is_pointer`.
_POINTING = """
    active adj adjFrom adjTo ana calendar change children copyOf corresp datcat datingMethod datingPoint decls
    domains edRef end exclude feats follow fromUnit fVal hand inst lemmaRef mergedIn mutual next nymRef parent
    parts passive perf period prev ref rendition replyTo resp sameAs scheme scribeRef scriptRef select since
    source spanTo start synch target targetDatcat targetEnd toUnit toWhom unitRef valueDatcat where who wit
"""
POINTING_ATTRIBUTES = frozenset(_POINTING.split())

# Attributes of words that may be pointers: only what has a `#` points.
SIGLA_ATTRIBUTES = frozenset({"ed"})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_MAX_POINTER = 500  # characters of a pointer that a prefixDef is matched against


@dataclass(frozen=True, slots=True)
class Target:
    """Where a pointer leads: a file of the edition by path and perhaps an id in it, or a URI that is not followed.

    `path` is None for a URI with a scheme. It begins with `../` or `/` where the pointer leaves the edition.
    """

    written: str
    path: str | None
    id: str | None = None

    @property
    def key(self) -> str:
        """The key that this is, a path alone where the pointer names a whole file, or the URI as it was written."""
        if self.path is None:
            return self.written
        return f"{self.path}#{self.id}" if self.id else self.path


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefixDef that can be applied: what follows `ident:` becomes `replacement`, with `$1` for its groups."""

    pattern: re.Pattern[str]
    replacement: str

    def expand(self, rest: str) -> str | None:
        found = self.pattern.fullmatch(rest) if len(rest) <= _MAX_POINTER else None
        if found is None:
            return None
        groups = found.groups(default="")
        return re.sub(
            r"\$(\d)", lambda use: groups[int(use[1]) - 1] if 0 < int(use[1]) <= len(groups) else "", self.replacement
        )


Prefixes = Mapping[str, tuple[Prefix, ...]]
NO_PREFIXES: Prefixes = MappingProxyType({})


def is_pointer(attribute: str, value: str) -> bool:
    """Whether one word of an attribute's value is a pointer."""
    return attribute in POINTING_ATTRIBUTES or (attribute in SIGLA_ATTRIBUTES and "#" in value)


# An NCName (Namespaces in XML 1.0, section 3), by the fifth edition of XML.
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = f"[{_NAME_START}][{_NAME_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*"
_PLAIN_NCNAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)  # most are, and the other takes long to compile


def is_id(value: str) -> bool:
    """Whether a value can be an xml:id. White space around it does not count (xml:id 1.0, section 4)."""
    name = value.strip(" \t\r\n")
    return bool(_PLAIN_NCNAME.fullmatch(name) or re.fullmatch(_NCNAME, name))


def split(value: str) -> tuple[str, ...]:
    """The pointers of an attribute's value, which stand between white space."""
    return tuple(value.split())


def resolve(pointer: str, path: str, prefixes: Prefixes = NO_PREFIXES) -> str:
    """The key that a pointer in the file `path` leads to.

    `#x` leads into the file itself, `persons.xml#mao` is read from the file's folder; percent signs are decoded and
    the path is normalised. A URI with a scheme comes back unchanged, unless `prefixes` expand it.
    """
    return follow(pointer, path, prefixes).key


def follow(pointer: str, path: str, prefixes: Prefixes = NO_PREFIXES) -> Target:
    """Where a pointer in the file `path` leads, taken apart. `resolve` gives its key alone."""
    written = pointer.strip()
    expanded = _expand(written, prefixes)
    if _DRIVE.match(expanded):
        return Target(written, "/" + expanded.replace("\\", "/"))
    if expanded.startswith("//"):
        return Target(written, expanded)
    if _SCHEME.match(expanded):
        return Target(written, None)
    file, _, fragment = expanded.partition("#")
    if file:
        path = posixpath.join(posixpath.dirname(path), unquote(file))
    return Target(written, posixpath.normpath(path), unquote(fragment) or None)


def point(path: str, name: str, home: str) -> str:
    """How the file `home` points at the element `name` of the file `path`, or at the file where `name` is empty.

    `resolve` leads back from it. What would end a pointer or change its meaning is written with percent signs.
    """
    mark = f"#{name}" if name else ""
    if path == home and name:
        return mark
    relative = posixpath.relpath(path, posixpath.dirname(home) or ".")
    return "".join(each if _stands_for_itself(each) else quote(each, errors="replace") for each in relative) + mark


def _stands_for_itself(character: str) -> bool:
    """Whether the path of a pointer may have it: by RFC 3986, and beyond ASCII by RFC 3987."""
    return character.isalnum() or character in "/-._~!$&'()*+,;=@" or (character > "\x7f" and character.isprintable())


def _expand(pointer: str, prefixes: Prefixes) -> str:
    ident, colon, rest = pointer.partition(":")
    if colon:
        for prefix in prefixes.get(ident, ()):
            expanded = prefix.expand(rest)
            if expanded is not None:
                return expanded
    return pointer


def prefixes_of(root: etree._Element) -> Prefixes:
    """What the header's prefixDef declare (TEI P5, 17.2.3), as far as their patterns are harmless to run."""
    return prefixes_from(root.iterfind(f"{tei('teiHeader')}//{tei('prefixDef')}"))


def prefixes_from(definitions: Iterable[etree._Element]) -> Prefixes:
    """The same of the prefixDef of a header, in their order."""
    found: dict[str, tuple[Prefix, ...]] = {}
    left_out: set[str] = set()  # with all its patterns: which of them is to be applied first could not be told
    for element in definitions:
        ident, replacement = element.get("ident"), element.get("replacementPattern")
        pattern = _harmless(element.get("matchPattern", ""))
        if ident and replacement and pattern is not None:
            found[ident] = (*found.get(ident, ()), Prefix(pattern, replacement))
        elif ident:
            left_out.add(ident)
    return {ident: prefixes for ident, prefixes in found.items() if ident not in left_out}


# One step of a pattern that cannot run away: a letter, `.`, an escape or a class, perhaps repeated; or a bracket of
# a group, which is never repeated. With two open repetitions at most, matching takes at most quadratic time.
_STEP = r"""
        (?P<atom> \\[dDwWsS.\-+*?()\[\]{}|^$/\\] | \[\^?(?:[^\[\]\\]|\\[dws.\-/\\])+\] | [^\\\[\](){}+*?|^$] )
        (?P<repeat> [+*] | \? | \{\d{1,3}(?:,\d{0,3})?\} )?
      | \((?![?]) | \)(?![+*?{]) """
_MAX_REPETITIONS = 2


def _harmless(pattern: str) -> re.Pattern[str] | None:
    """The pattern compiled, or None where matching it could take more than quadratic time."""
    body = pattern.removeprefix("^").removesuffix("$")
    read = re.compile(_STEP, re.VERBOSE)
    position = repetitions = 0
    while position < len(body):
        step = read.match(body, position)
        if step is None:
            return None
        repetitions += step["repeat"] is not None
        position = step.end()
    if not body or len(body) > _MAX_POINTER or repetitions > _MAX_REPETITIONS:
        return None
    try:
        return re.compile(body)
    except re.error:
        return None
