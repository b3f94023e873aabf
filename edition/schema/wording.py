"""How messages name things: elements and attributes as an editor writes them, short lists, the nearest name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from edition.tei.names import XML_NAMESPACE

LONGEST_LIST = 6  # names that an editor still reads
ALIKE = 0.67  # likeness from which on one name may be a slip for another
SURELY_ALIKE = 0.8  # and from which on it hardly can be anything else
_LONGEST_WORD = 100  # letters of a name that is compared with others
_LONGEST_NOTE = 160  # characters of a schema's documentation that a hint bears
_LONGEST_QUOTE = 40  # characters of a value or text that a message shows

_DOUBLED = re.compile(r"(.)\1+")

# What hands used to HTML write, and what TEI calls it.
_FAMILIAR = {
    "a": "ref",
    "b": "hi",
    "blockquote": "quote",
    "br": "lb",
    "dd": "item",
    "dt": "label",
    "em": "emph",
    "h1": "head",
    "h2": "head",
    "i": "hi",
    "img": "graphic",
    "li": "item",
    "ol": "list",
    "section": "div",
    "span": "seg",
    "strong": "hi",
    "sub": "hi",
    "sup": "hi",
    "td": "cell",
    "tr": "row",
    "ul": "list",
}
# So with attributes, of which elements have the one or the other; `date` and `value` were those of TEI P4.
_FAMILIAR_ATTRIBUTES = {
    "date": ("when",),
    "href": ("target", "url"),
    "src": ("url", "target"),
    "value": ("when",),
}


@dataclass(frozen=True)
class Names:
    """Writes names with the prefixes of a document; the namespaces in `home` need none."""

    prefixes: Mapping[str, str]
    home: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: etree._Element, home: Iterable[str]) -> Names:
        prefixes = {uri: prefix or "" for prefix, uri in root.nsmap.items()}
        return cls({**prefixes, XML_NAMESPACE: "xml"}, frozenset((*home, "")))

    def plain(self, name: str) -> str:
        """`sp`, `xml:id`, or `m:math`; a namespace without a prefix stands in braces."""
        qname = etree.QName(name)
        namespace = qname.namespace or ""
        if namespace in self.home:
            return qname.localname
        prefix = self.prefixes.get(namespace)
        if prefix is None:
            return name
        return f"{prefix}:{qname.localname}" if prefix else qname.localname

    def tag(self, name: str) -> str:
        return f"<{self.plain(name)}>"

    def attribute(self, name: str, element: etree._Element) -> str:
        """`who`, `xml:id`, or `m:x`: an attribute of a namespace has a prefix, even at home."""
        qname = etree.QName(name)
        if qname.namespace in (None, XML_NAMESPACE):
            return f"xml:{qname.localname}" if qname.namespace else qname.localname
        prefix = next((prefix for prefix, uri in element.nsmap.items() if prefix and uri == qname.namespace), None)
        return f"{prefix}:{qname.localname}" if prefix else name

    def nearest(self, name: str, names: Iterable[str]) -> str | None:
        """The one of `names` that may have been meant by `name`, judged by the spelling without namespaces."""
        return _nearest_name(name, tuple(names))


@lru_cache(maxsize=4096)  # the same slips come again and again
def _nearest_name(name: str, names: tuple[str, ...]) -> str | None:
    by_local: dict[str, str] = {}
    for candidate in names:
        by_local.setdefault(etree.QName(candidate).localname, candidate)
    near = nearest(etree.QName(name).localname, by_local)
    return by_local[near] if near else None


def familiar_attribute(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` by which TEI calls an attribute that HTML or TEI P4 calls `name`."""
    known = frozenset(names)
    return next((other for other in _FAMILIAR_ATTRIBUTES.get(name.lower(), ()) if other in known), None)


def is_slip(name: str, other: str, *, alike: float = ALIKE) -> bool:
    """Whether one name looks like the other misspelt."""
    local, meant = etree.QName(name).localname.lower(), etree.QName(other).localname.lower()
    return likeness(local, meant) >= alike


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that may have been meant: other case, near spelling, or what HTML calls it."""
    return None if len(word) > _LONGEST_WORD else _nearest(word, tuple(sorted(words)))


@lru_cache(maxsize=4096)
def _nearest(word: str, pool: tuple[str, ...]) -> str | None:
    for candidate in pool:
        if candidate.lower() == word.lower():
            return candidate
    for candidate in pool:  # <pp> is <p>, and not <app>
        if _single(candidate) == _single(word):
            return candidate
    if _FAMILIAR.get(word.lower()) in pool:
        return _FAMILIAR[word.lower()]
    from difflib import get_close_matches

    near = get_close_matches(word, list(pool), 1, ALIKE)
    return near[0] if near else None


def _single(word: str) -> str:
    """A word without the doubling of letters."""
    return _DOUBLED.sub(r"\1", word.lower())


@lru_cache(maxsize=32_768)
def likeness(word: str, other: str) -> float:
    """From 0 to 1, how alike two names are."""
    from difflib import SequenceMatcher

    if _single(word) == _single(other):
        return 1
    return SequenceMatcher(None, word[:_LONGEST_WORD], other[:_LONGEST_WORD]).ratio()


def listed(words: Sequence[str], last: str = "or") -> str:
    """`a, b or c`; what is too much is counted: `a, b, c, d, e, f and 12 more`."""
    if len(words) > LONGEST_LIST + 1:
        return f"{', '.join(words[:LONGEST_LIST])} and {len(words) - LONGEST_LIST} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def unlisted(words: Sequence[str]) -> tuple[str, ...]:
    """What `listed` only counts, by the alphabet."""
    return tuple(sorted(words[LONGEST_LIST:])) if len(words) > LONGEST_LIST + 1 else ()


def quoted(text: str) -> str:
    """A value or a text, on one line and cut to a length that a message bears."""
    text = " ".join(text.split()) if text.strip() else text.replace("\n", " ")
    return f'"{text}"' if len(text) <= _LONGEST_QUOTE else f'"{text[:_LONGEST_QUOTE]}…"'


def first_sentence(documentation: str) -> str:
    """The first sentence that a schema's author wrote, without a full stop; "" if none."""
    text = " ".join(documentation.split())
    # TEI's own documentation reads "(paragraph) marks paragraphs in prose. [3.1. Paragraphs]".
    text = re.sub(r"^\([^)]*\)\s*|\s*\[[^\]]*\]$", "", text)
    sentence = re.split(r"(?<=\.)\s+(?=[A-Z])", text, maxsplit=1)[0].removesuffix(".")
    return sentence if len(sentence) <= _LONGEST_NOTE else sentence[:_LONGEST_NOTE].rsplit(" ", 1)[0] + " …"
