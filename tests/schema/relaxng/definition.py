"""What RELAX NG means, word for word as section 6 of its specification defines it, and as slow as that is.

Patterns are tuples: their kind, then their parts. Every way to part attributes and children between two patterns is
tried. The validator is held to this on small schemas and documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Pattern = tuple[Any, ...]
Attributes = frozenset[tuple[str, str]]
Content = tuple[Any, ...]  # texts, and elements as (name, attributes, content)

EMPTY: Pattern = ("empty",)


@cache
def matches(pattern: Pattern, attributes: Attributes, content: Content) -> bool:
    """Whether attributes and content are of a pattern (6.2)."""
    kind, *parts = pattern
    if kind == "empty":
        return not attributes and not content
    if kind == "text":
        return not attributes and all(isinstance(each, str) for each in content)
    if kind == "choice":
        return any(matches(part, attributes, content) for part in parts)
    if kind == "optional":
        return matches(EMPTY, attributes, content) or matches(parts[0], attributes, content)
    if kind in ("group", "interleave"):
        return any(
            matches(parts[0], *one) and matches(parts[1], *two) for one, two in _parted(kind, attributes, content)
        )
    if kind == "oneOrMore":
        return matches(parts[0], attributes, content) or any(
            one != (frozenset(), ())
            and matches(parts[0], *one)
            and two != (attributes, content)
            and matches(pattern, *two)
            for one, two in _parted("group", attributes, content)
        )
    if kind == "attribute":
        if content or len(attributes) != 1:
            return False
        ((name, value),) = attributes
        return name in parts[0] and (
            of(parts[1], value) or (not value.strip() and matches(parts[1], frozenset(), ()))
        )
    if kind == "element":
        return not attributes and len(content) == 1 and _is_of(content[0], *parts)
    return not attributes and (
        (len(content) == 1 and isinstance(content[0], str) and of(pattern, content[0]))
        or (not content and of(pattern, ""))
    )


def _is_of(node: Any, names: str, content: Pattern) -> bool:
    return (
        not isinstance(node, str)
        and node[0] in names
        and any(matches(content, node[1], children) for children in _readings(node[2]))
    )


def _readings(children: Content) -> Iterator[Content]:
    """Blank texts beside elements are nothing; a blank text alone is a value or nothing (6.2.7)."""
    if any(not isinstance(child, str) for child in children):
        yield tuple(child for child in children if not isinstance(child, str) or child.strip())
        return
    yield children
    if not "".join(children).strip():
        yield ()


def of(pattern: Pattern, value: str) -> bool:
    """Whether a text is of a pattern of values."""
    kind, *parts = pattern
    words = value.split()
    if kind == "text":
        return True
    if kind == "choice":
        return any(of(part, value) for part in parts)
    if kind == "value":
        return words == [parts[0]]
    if kind == "data":
        return len(words) == 1 and words[0].isdigit() and not (parts and any(of(part, value) for part in parts))
    return kind == "list" and _words(parts[0], tuple(words))


def _words(pattern: Pattern, words: tuple[str, ...]) -> bool:
    kind, *parts = pattern
    if kind == "empty":
        return not words
    if kind == "choice":
        return any(_words(part, words) for part in parts)
    if kind == "optional":
        return not words or _words(parts[0], words)
    if kind == "group":
        return any(_words(parts[0], words[:cut]) and _words(parts[1], words[cut:]) for cut in range(len(words) + 1))
    if kind == "oneOrMore":
        cuts = range(1, len(words))
        return _words(parts[0], words) or any(
            _words(parts[0], words[:cut]) and _words(pattern, words[cut:]) for cut in cuts
        )
    return len(words) == 1 and of(pattern, words[0])


def _parted(kind: str, attributes: Attributes, content: Content) -> Iterator[tuple[Any, Any]]:
    listed = sorted(attributes)
    for chosen in range(2 ** len(listed)):
        some = frozenset(each for number, each in enumerate(listed) if chosen >> number & 1)
        for one, two in _cut(content) if kind == "group" else _mingled(content):
            yield (some, one), (attributes - some, two)


def _cut(content: Content) -> Iterator[tuple[Content, Content]]:
    for cut in range(len(content) + 1):
        yield content[:cut], content[cut:]


def _mingled(content: Content) -> Iterator[tuple[Content, Content]]:
    for chosen in range(2 ** len(content)):
        yield (
            tuple(each for number, each in enumerate(content) if chosen >> number & 1),
            tuple(each for number, each in enumerate(content) if not chosen >> number & 1),
        )


def written(pattern: Pattern) -> str:
    """A pattern in the XML syntax."""
    kind, *parts = pattern
    if kind in ("element", "attribute"):
        names = "".join(f"<name>{name}</name>" for name in parts[0])
        return f"<{kind}><choice>{names}</choice>{written(parts[1])}</{kind}>"
    if kind == "value":
        return f"<value>{escape(parts[0])}</value>"
    if kind == "data":
        but = f"<except>{''.join(map(written, parts))}</except>" if parts else ""
        return f'<data type="nonNegativeInteger">{but}</data>'
    return f"<{kind}>{''.join(map(written, parts))}</{kind}>"


def document(node: Any) -> str:
    if isinstance(node, str):
        return escape(node)
    name, attributes, content = node
    values = "".join(f" {key}={quoteattr(value)}" for key, value in sorted(attributes))
    return f"<{name}{values}>{''.join(map(document, content))}</{name}>"
