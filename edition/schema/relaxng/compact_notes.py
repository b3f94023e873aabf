"""Annotations of the compact syntax as elements of the XML syntax (RELAX NG Compact Syntax, section 5)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from edition.schema.relaxng.compact_names import Cursor, Declared
from edition.schema.relaxng.compact_tokens import NAMES
from edition.schema.relaxng.syntax import RELAXNG
from edition.schema.wording import quoted

_ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"


class Notes:
    """Reads annotations. Attributes that they put on RELAX NG's own elements are looked at and left out."""

    def __init__(self, cursor: Cursor, declared: Declared) -> None:
        self._cursor, self._declared = cursor, declared

    def skip(self) -> None:
        """Pass over annotations of what can have none in the XML syntax."""
        self.before()
        self.after()

    def before(self) -> str:
        """The annotations before a pattern or definition: comments with ##, and elements in brackets."""
        cursor, notes = self._cursor, ""
        while cursor.kind == "note":
            notes += f'<documentation xmlns="{_ANNOTATIONS}">{text(cursor.advance())}</documentation>'
        if cursor.skip("["):
            self._attributes(prefixed=True)
            while not cursor.skip("]"):
                notes += self.element()
        return notes

    def after(self) -> str:
        """The annotations that follow a pattern, each after >>."""
        notes = ""
        while self._cursor.skip(">>"):
            notes += self.element()
        return notes

    def element(self) -> str:
        """An element of another namespace, with all that it holds."""
        cursor, pieces, open_tags = self._cursor, list[str](), list[str]()
        while True:
            if cursor.kind == "literal":
                pieces.append(text(cursor.literal("a text")))
            elif open_tags and cursor.skip("]"):
                pieces.append(open_tags.pop())
                if not open_tags:
                    return "".join(pieces)
            else:
                head, tail = self._foreign_name()
                cursor.take("[", '"["')
                pieces.append(f"<{head}{self._attributes(prefixed=False)}>")
                open_tags.append(f"</{tail}>")

    def _foreign_name(self) -> tuple[str, str]:
        """The name of an annotation as start and end tag have it."""
        cursor, at, kind = self._cursor, self._cursor.at, self._cursor.kind
        word = cursor.take((*NAMES, "prefixed"), "the name of an annotation")
        uri = self._declared.namespace(word.partition(":")[0], cursor, at) if kind == "prefixed" else ""
        if uri == RELAXNG:
            raise cursor.broken(f"{quoted(word)} is of RELAX NG, and no annotation", at=at)
        local = word.rpartition(":")[2]
        return (word, word) if uri else (f'{local} xmlns=""', local)

    def _attributes(self, *, prefixed: bool) -> str:
        """The attributes of an annotation. If `prefixed`, they belong to RELAX NG's own element and need a prefix."""
        cursor, found = self._cursor, dict[str, str]()
        while cursor.following()[0] == "=":
            at, kind = cursor.at, cursor.kind
            name = cursor.take(("prefixed",) if prefixed else (*NAMES, "prefixed"), "an attribute with a prefix")
            uri = self._declared.namespace(name.partition(":")[0], cursor, at) if kind == "prefixed" else None
            if uri == RELAXNG:
                raise cursor.broken(f"{quoted(name)} is of RELAX NG, and no annotation", at=at)
            cursor.advance()
            name = name if uri else name.rpartition(":")[2]
            if name in found or name == "xmlns":
                raise cursor.broken(f"the attribute {name} cannot stand here", at=at)
            found[name] = cursor.literal("a text in quotes")
        return "".join(f" {name}={quoteattr(value)}" for name, value in found.items())


def text(value: str) -> str:
    """What a literal says, as XML text."""
    return escape(value, {"\r": "&#13;"})
