"""What names mean in the compact syntax: its declarations, and its name classes in the XML syntax."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from edition.errors import EditionError
from edition.schema.relaxng.compact_tokens import DECLARING, NAMES, Source, Token
from edition.schema.relaxng.syntax import RELAXNG
from edition.schema.wording import nearest, quoted
from edition.tei.names import XML_NAMESPACE

XSD_TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
_XMLNS = "http://www.w3.org/2000/xmlns"
_MAX_DEPTH = 100  # parentheses in a name class
_EXCEPTED = ("</except></anyName>", "</except></nsName>")

Uri = str | None  # None where it is what the including file says


class Cursor:
    """Goes through the tokens of a file. `kind`, `word` and `at` are of the next one."""

    def __init__(self, source: Source) -> None:
        """Raises EditionError for what is no token."""
        self._source, self._tokens, self._next = source, source.tokens(), 0
        self.kind, self.word, self.at = self._tokens[0]

    def advance(self) -> str:
        """Go on by one token; what it said."""
        word = self.word
        self._next += 1
        self.kind, self.word, self.at = self._tokens[self._next]
        return word

    def following(self) -> Token:
        """The token after the next."""
        return self._tokens[min(self._next + 1, len(self._tokens) - 1)]

    def after_notes(self) -> tuple[Token, Token]:
        """The next two tokens, but for annotations before them."""
        at, depth = self._next, 0
        while self._tokens[at][0] in ("note", "[") or (depth and self._tokens[at][0] != "end"):
            depth += {"[": 1, "]": -1}.get(self._tokens[at][0], 0)
            at += 1
        return self._tokens[at], self._tokens[min(at + 1, len(self._tokens) - 1)]

    def skip(self, kind: str) -> bool:
        """Whether the next token is of a kind, which is gone past then."""
        if self.kind == kind:
            self.advance()
            return True
        return False

    def skip_keyword(self, word: str) -> bool:
        if self.kind == "keyword" and self.word == word:
            self.advance()
            return True
        return False

    def take(self, kinds: Sequence[str], what: str) -> str:
        """The word of the next token, which must be of one of these kinds. Raises EditionError."""
        if self.kind not in kinds:
            raise self.broken(f"{self.here()} stands where {what} must stand")
        return self.advance()

    def literal(self, what: str) -> str:
        """A text, of as many parts as ~ joins."""
        parts = [self.take(("literal",), what)]
        while self.skip("~"):
            parts.append(self.take(("literal",), "a text in quotes"))
        return "".join(parts)

    def here(self) -> str:
        """The next token, for messages."""
        return {"end": "the end", "note": "a ## comment", "literal": "a text"}.get(self.kind) or quoted(self.word)

    def broken(self, what: str, advice: str = "", at: int | None = None) -> EditionError:
        """The refusal, with the place of the next token or of another."""
        return self._source.broken(self.at if at is None else at, what, advice)

    def place(self, at: int) -> str:
        line, column = self._source.place(at)
        return f"{line}:{column}"


@dataclass
class Declared:
    """The declarations at the beginning of a file."""

    default: Uri = None
    namespaces: dict[str, Uri] = field(default_factory=lambda: {"xml": XML_NAMESPACE})
    datatypes: dict[str, str] = field(default_factory=lambda: {"xsd": XSD_TYPES})

    def read(self, cursor: Cursor) -> None:
        """Raises EditionError for broken ones."""
        while cursor.kind == "keyword" and cursor.word in DECLARING:
            at, word = cursor.at, cursor.advance()
            if word == "datatypes":
                prefix = cursor.take(NAMES, "a prefix")
                cursor.take("=", '"="')
                self.datatypes[prefix] = cursor.literal("the address of a datatype library in quotes")
                continue
            if word == "default" and not cursor.skip_keyword("namespace"):
                raise cursor.broken(f'{cursor.here()} stands where "namespace" must stand')
            prefix = cursor.advance() if cursor.kind in NAMES else ""
            if not prefix and word != "default":
                raise cursor.broken(f"{cursor.here()} stands where a prefix must stand")
            cursor.take("=", '"="')
            uri = None if cursor.skip_keyword("inherit") else cursor.literal("a namespace in quotes")
            if prefix:
                self._declare(prefix, uri, cursor, at)
            if word == "default":
                self.default = uri

    def _declare(self, prefix: str, uri: Uri, cursor: Cursor, at: int) -> None:
        if prefix == "xmlns" or (prefix == "xml") != (uri == XML_NAMESPACE) or (uri or "").startswith(_XMLNS):
            raise cursor.broken(f"the prefix {prefix} cannot stand for {quoted(uri or 'inherit')}", at=at)
        self.namespaces[prefix] = uri

    def namespace(self, prefix: str, cursor: Cursor, at: int) -> Uri:
        """What a prefix stands for. Raises EditionError if nothing says so."""
        if prefix not in self.namespaces:
            near = nearest(prefix, self.namespaces)
            advice = f"did you mean {near}?" if near else f'add: namespace {prefix} = "…"'
            raise cursor.broken(f"the prefix {prefix} is not declared", advice, at)
        return self.namespaces[prefix]

    def library(self, prefix: str, cursor: Cursor, at: int) -> str:
        """The datatype library that a prefix stands for. Raises EditionError if nothing says so."""
        if prefix not in self.datatypes:
            near = nearest(prefix, self.datatypes)
            advice = f"did you mean {near}?" if near else f'add: datatypes {prefix} = "…"'
            raise cursor.broken(f"the prefix {prefix} of a datatype is not declared", advice, at)
        return self.datatypes[prefix]

    def bindings(self) -> str:
        """The prefixes as the XML syntax declares them, for values that are names and for annotations."""
        prefixes = "".join(
            f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in self.namespaces.items() if uri and prefix != "xml"
        )
        return f' xmlns="{RELAXNG}"{prefixes}'


def ns(uri: Uri) -> str:
    """The attribute `ns`, which is left out to inherit."""
    return "" if uri is None else f" ns={quoteattr(uri)}"


class NameClasses:
    """Reads name classes. `skip_notes` passes over annotations, which names have none of here."""

    def __init__(self, cursor: Cursor, declared: Declared, skip_notes: Callable[[], object]) -> None:
        self._cursor, self._declared, self._skip_notes = cursor, declared, skip_notes
        self._default: Uri = ""

    def of(self, kind: str) -> str:
        """Of an `element` or `attribute`, whose names without a prefix are in no namespace. Raises EditionError."""
        self._default = self._declared.default if kind == "element" else ""
        return self._class(0)

    def _class(self, depth: int) -> str:
        cursor, at = self._cursor, self._cursor.at
        parts = [self._part(depth)]
        while cursor.skip("|"):
            parts.append(self._part(depth))
        if len(parts) == 1:
            return parts[0]
        if any(part.endswith(_EXCEPTED) for part in parts):
            raise cursor.broken(
                "names that others are taken from stand beside further names", "put parentheses around", at
            )
        return f'<choice xml:place="{cursor.place(at)}">{"".join(parts)}</choice>'

    def _part(self, depth: int) -> str:
        self._skip_notes()
        cursor, at = self._cursor, self._cursor.at
        if depth > _MAX_DEPTH:
            raise cursor.broken("names are nested too deeply")
        if cursor.skip("("):
            names = self._class(depth + 1)
            cursor.take(")", '")"')
            names = f"{names} " if names.endswith(_EXCEPTED) else names  # which may stand beside others then
        elif cursor.kind in ("*", "any"):
            names = self._wildcard(cursor.kind, depth)
        else:
            kind, word = cursor.kind, cursor.take((*NAMES, "prefixed"), "a name")
            prefix, _, local = word.rpartition(":")
            uri = self._declared.namespace(prefix, cursor, at) if kind == "prefixed" else self._default
            names = f'<name xml:place="{cursor.place(at)}"{ns(uri)}>{local}</name>'
        self._skip_notes()
        return names

    def _wildcard(self, kind: str, depth: int) -> str:
        cursor, at = self._cursor, self._cursor.at
        word = cursor.advance()
        name, uri = "anyName", ""
        if kind == "any":
            name, uri = "nsName", ns(self._declared.namespace(word[:-2], cursor, at))
        but = f"<except>{self._part(depth + 1)}</except>" if cursor.skip("-") else ""
        return f'<{name} xml:place="{cursor.place(at)}"{uri}>{but}</{name}>'
