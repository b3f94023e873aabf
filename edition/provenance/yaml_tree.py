"""YAML that nobody vouches for, as a small tree that keeps lines: no aliases, no objects, bounded size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 32
MAX_EVENTS = 20_000
_MAX_MESSAGE = 200  # characters: the parser quotes names as long as they are


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a list or a table. `kind` is text, number, date, truth, nothing, list or table, else the YAML tag.

    `text` is a scalar as it was written, `entries` are pairs of key and value. Lines and columns count from 1.
    """

    kind: str
    line: int
    column: int
    text: str = ""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()

    def get(self, key: str) -> Node | None:
        """The value of a key of a table; the first where it stands twice."""
        return next((value for name, value in self.entries if name.text == key), None)


class YamlError(Exception):
    """A text that is no YAML, or more than is read. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int | None, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.hint = hint


_KINDS = {
    "str": "text",
    "int": "number",
    "float": "number",
    "timestamp": "date",
    "bool": "truth",
    "null": "nothing",
    "seq": "list",
    "map": "table",
}
# What no XML can hold (XML 1.0, 2.2): an escape in double quotes may write it.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = "tag:yaml.org,2002:"


def parse(text: str) -> Node:
    """The tree of one YAML document. Raises YamlError."""
    import yaml

    try:
        _refuse_excess(yaml.parse(text, yaml.SafeLoader))
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        problem = " ".join(str(error.problem or error.context).split())
        message, hint = _in_plain_words(problem)
        raise _error(message, error.problem_mark or error.context_mark, hint) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise YamlError("a character that YAML forbids", line, None, "take the control character out") from error
    except (ValueError, OverflowError) as error:  # escapes such as "\\UFFFFFFFF", which PyYAML does not check
        raise YamlError("a number that is out of range", 1, None, "write the character itself") from error
    if root is None:
        raise YamlError("the file is empty", 1, None, "write at least cff-version, message, title and authors")
    return _node(root)


def _error(message: str, mark: Any, hint: str) -> YamlError:
    return YamlError(message[:_MAX_MESSAGE], mark.line + 1 if mark else 1, mark.column + 1 if mark else None, hint)


# What PyYAML says, and what an editor can do with it: (part of its message, our message, hint).
_PLAIN_WORDS = (
    ("mapping values are not", "a second `: ` in a value that is not in quotes", "put the value into quotes"),
    ("unexpected end of stream", "a quotation mark is not closed", "close it at the end of the value"),
    ("'\\t'", "a tab where blanks have to stand", "indent with blanks"),
    ("cannot start any token", "a value begins with a character that YAML keeps for itself", "put it into quotes"),
    ("another document", "a second document begins here", "take out the line `---` and what belongs to another file"),
)


def _in_plain_words(problem: str) -> tuple[str, str]:
    for part, ours, hint in _PLAIN_WORDS:
        if part in problem:
            return ours, hint
    return problem, "put a value that holds `: `, `#` or quotes into quotes, and indent alike what belongs together"


def _refuse_excess(events: Iterator[yaml.Event]) -> None:
    """Raise YamlError for what is too deep, too long or an alias, before a tree is built by recursion."""
    import yaml

    depth = 0
    for number, event in enumerate(events):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value itself in both places"
            raise _error(f"the alias *{event.anchor} is not followed", event.start_mark, hint)
        if isinstance(event, yaml.ScalarEvent) and _FORBIDDEN.search(event.value):
            raise _error("a control character, written as an escape", event.start_mark, "take it out")
        if depth > MAX_DEPTH or number > MAX_EVENTS:
            what = f"nested more than {MAX_DEPTH} deep" if depth > MAX_DEPTH else f"more than {MAX_EVENTS} values"
            raise _error(what, event.start_mark, "a citation needs far less")


def _node(node: yaml.Node) -> Node:
    import yaml

    kind = _KINDS.get(node.tag.removeprefix(_TAG), node.tag)
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        return Node(kind, line, column, entries=tuple((_node(key), _node(value)) for key, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        return Node(kind, line, column, items=tuple(_node(item) for item in node.value))
    return Node(kind, line, column, text=node.value)
