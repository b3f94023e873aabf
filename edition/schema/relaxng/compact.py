"""A schema in the compact syntax as the XML syntax has it (RELAX NG Compact Syntax, OASIS 2002).

The specification says what each form means by its translation, and so does this module: what comes out is a tree like
that of any `.rng`, in which every element remembers the line and column that it was written at. What is open while
the file is read stands on a stack of our own, so that nothing is nested too deeply.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from edition.errors import EditionError
from edition.files import Kind, read_bytes
from edition.schema.relaxng.compact_names import Cursor, Declared, NameClasses, ns
from edition.schema.relaxng.compact_notes import Notes, text
from edition.schema.relaxng.compact_tokens import DECLARING, END, IDENTIFIERS, NAMES, Source
from edition.schema.wording import nearest

_SCHEMA = Kind("a schema", 16 * 1024 * 1024, "use a schema for what this edition needs")
_MAX_DEPTH = 2_000
_JOINED = {",": "group", "|": "choice", "&": "interleave"}
_REPEATED = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_COMBINED = {"=": "", "|=": ' combine="choice"', "&=": ' combine="interleave"'}
_OPENING = ("element", "attribute", "list", "mixed", "grammar")
_WITHOUT_NOTES = ("<value", "<param")  # these hold text alone


def read(file: Path, path: str) -> etree._Element:
    """The root of a schema. Raises EditionError, with line and column, for what is not in the compact syntax."""
    source = Source(read_bytes(file, path, _SCHEMA), path)
    markup = _Translation(Cursor(source)).whole()
    try:
        return etree.fromstring(markup, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:  # a namespace that libxml2 does not take, or nested without end
        raise EditionError(f"{path}: the schema cannot be read: {error.msg}") from error


@dataclass(slots=True)
class _Open:
    """What is open: the markup around it, the token that closes it ("" where its pattern does), what it holds."""

    head: str
    tail: str
    closer: str
    at: int
    notes: str = ""
    holds: str = "pattern"  # or "components", "own components" of an include, "one pattern" of an except
    operator: str = ""
    parts: list[str] = field(default_factory=list)


class _Translation:
    """Reads one file. Each step reads an operand or a definition, and closes what ends with it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor, self._declared = cursor, Declared()
        self._notes = Notes(cursor, self._declared)
        self._classes = NameClasses(cursor, self._declared, self._notes.skip)
        self._stack: list[_Open] = []
        self._result = ""

    def whole(self) -> str:
        """The file in the XML syntax. Raises EditionError."""
        cursor = self._cursor
        self._declared.read(cursor)
        begin = cursor.at
        if self._begins_with_pattern():
            self._stack.append(_Open("", "", END, begin))
        else:
            self._stack.append(_Open(self._start("grammar", begin), "</grammar>", END, begin, holds="components"))
        while self._stack:
            if len(self._stack) > _MAX_DEPTH:
                raise cursor.broken(f"more than {_MAX_DEPTH} braces and parentheses are open")
            if self._stack[-1].holds.endswith("components"):
                self._component(self._stack[-1])
            else:
                self._operand()
        name, _, rest = self._result.partition(" ")
        return f"{name}{self._declared.bindings()} {rest}"

    def _begins_with_pattern(self) -> bool:
        """Whether the file is one pattern; else it is the inside of a grammar. Annotations may come before both."""
        cursor = self._cursor
        ahead = cursor.after_notes()
        kind, word, _ = ahead[0]
        if kind == "keyword":
            return word not in ("start", "div", "include")
        return kind != END and not (kind in (*IDENTIFIERS, "prefixed") and ahead[1][0] in (*_COMBINED, "["))

    def _start(self, name: str, at: int, attributes: str = "") -> str:
        return f'<{name} xml:place="{self._cursor.place(at)}"{attributes}>'

    # Patterns.

    def _operand(self) -> None:
        """One pattern, or the beginning of one."""
        notes = self._notes.before()
        cursor, at = self._cursor, self._cursor.at
        kind, word = cursor.kind, cursor.word
        if kind == "keyword" and word in _OPENING:
            self._open(notes)
        elif kind == "(":
            cursor.advance()
            self._stack.append(_Open("", "", ")", at, notes))
        elif kind == "prefixed" or (kind == "keyword" and word in ("string", "token")):
            self._data(notes)
        else:
            self._ended(_noted(self._atom(), notes))

    def _open(self, notes: str) -> None:
        cursor, at = self._cursor, self._cursor.at
        word = cursor.advance()
        names = self._classes.of(word) if word in ("element", "attribute") else ""
        cursor.take("{", '"{"')
        holds = "components" if word == "grammar" else "pattern"
        self._stack.append(_Open(f"{self._start(word, at)}{names}", f"</{word}>", "}", at, notes, holds))

    def _atom(self) -> str:
        """A pattern that holds no other."""
        cursor, at = self._cursor, self._cursor.at
        kind, word = cursor.kind, cursor.word
        if kind == "literal":
            return f"{self._start('value', at)}{text(cursor.literal('a value'))}</value>"
        if kind in IDENTIFIERS:
            cursor.advance()
            return f"{self._start('ref', at, f' name={quoteattr(word)}')}</ref>"
        if kind == "keyword" and word in ("empty", "text", "notAllowed"):
            cursor.advance()
            return f"{self._start(word, at)}</{word}>"
        if kind == "keyword" and word == "parent":
            cursor.advance()
            name = cursor.take(IDENTIFIERS, "the name of a definition")
            return f"{self._start('parentRef', at, f' name={quoteattr(name)}')}</parentRef>"
        if kind == "keyword" and word == "external":
            cursor.advance()
            return f"{self._start('externalRef', at, self._reference())}</externalRef>"
        advice = f"write \\{word} if a definition is called so" if kind == "keyword" else ""
        advice = "declarations come before all else" if word in DECLARING else advice
        raise cursor.broken(f"{cursor.here()} stands where a pattern must stand", advice)

    def _reference(self) -> str:
        """Another file, and the namespace that it inherits."""
        cursor = self._cursor
        href, uri = cursor.literal("the name of a file in quotes"), self._declared.default
        if cursor.skip_keyword("inherit"):
            cursor.take("=", '"="')
            at = cursor.at
            uri = self._declared.namespace(cursor.take(NAMES, "a prefix"), cursor, at)
        return f" href={quoteattr(href)}{ns(uri)}"

    def _data(self, notes: str) -> None:
        """A datatype, alone, with a value, with parameters, or without some of its values."""
        cursor, at = self._cursor, self._cursor.at
        prefix, _, name = cursor.advance().rpartition(":")
        library = self._declared.library(prefix, cursor, at) if prefix else ""
        attributes = f' type="{name}" datatypeLibrary={quoteattr(library)}'
        if cursor.kind == "literal":
            value = text(cursor.literal("a value"))
            self._ended(f"{self._start('value', at, attributes + ns(self._declared.default))}{value}</value>")
            return
        head = self._start("data", at, attributes) + (self._params() if cursor.skip("{") else "")
        if cursor.skip("-"):
            self._stack.append(_Open(f"{head}<except>", "</except></data>", "", at, notes, "one pattern"))
        else:
            self._ended(_noted(f"{head}</data>", notes))

    def _params(self) -> str:
        cursor, params = self._cursor, ""
        while not cursor.skip("}"):
            self._notes.before()
            at, name = cursor.at, cursor.take(NAMES, 'a parameter or "}"')
            cursor.take("=", '"="')
            params += (
                f"{self._start('param', at, f' name={quoteattr(name)}')}{text(cursor.literal('a text'))}</param>"
            )
        return params

    def _ended(self, markup: str) -> None:
        """A pattern has ended. So has all around it that ends with it."""
        cursor = self._cursor
        while markup:
            if self._stack[-1].holds == "one pattern":
                markup = self._excepted(markup)
            elif cursor.kind in _REPEATED:
                name = _REPEATED[cursor.kind]
                markup = f"{self._start(name, cursor.at)}{markup}</{name}>"
                cursor.advance()
            around, after = self._stack[-1], self._notes.after()
            around.parts.append(markup if around.closer == END else markup + after)
            if cursor.kind in _JOINED:
                self._join(around)
                return
            markup = self._placed(self._closed(around))

    def _excepted(self, markup: str) -> str:
        """A datatype whose exception has ended. It stands alone, or in parentheses."""
        data = self._stack.pop()
        around, cursor = self._stack[-1], self._cursor
        if around.holds == "one pattern" or around.operator or cursor.kind in (*_JOINED, *_REPEATED):
            what = "a datatype that values are taken from stands beside other patterns"
            raise cursor.broken(what, "put parentheses around it", data.at)
        return _noted(f"{data.head}{markup}{data.tail}", data.notes)

    def _join(self, around: _Open) -> None:
        cursor = self._cursor
        if around.operator and around.operator != cursor.kind:
            what = f'"{cursor.kind}" stands beside "{around.operator}"'
            raise cursor.broken(what, "put parentheses around what belongs together")
        around.operator = cursor.advance()

    def _placed(self, markup: str) -> str:
        """Put what was closed where it belongs; "" unless it is a pattern, which may go on."""
        if not self._stack:
            self._result = markup
        elif self._stack[-1].holds.endswith("components"):
            self._stack[-1].parts.append(markup)
        else:
            return markup
        return ""

    def _closed(self, last: _Open) -> str:
        """What was open last, whole."""
        cursor = self._cursor
        if last.closer and cursor.kind != last.closer:
            wanted = "the file must end" if last.closer == END else f'"{last.closer}" or one of , | & must stand'
            raise cursor.broken(f"{cursor.here()} stands where {wanted}")
        if last.closer and last.closer != END:
            cursor.advance()
        self._stack.pop()
        inside = "".join(last.parts)
        if last.operator:
            name = _JOINED[last.operator]
            inside = f"{self._start(name, last.at)}{inside}</{name}>"
        return _noted(f"{last.head}{inside}{last.tail}", last.notes)

    # Grammars.

    def _component(self, grammar: _Open) -> None:
        """A definition, a div, an include, an annotation, or the end."""
        if self._cursor.kind == grammar.closer:
            self._ended(self._placed(self._closed(grammar)))
            return
        notes = self._notes.before()
        cursor, at = self._cursor, self._cursor.at
        kind, word = cursor.kind, cursor.word
        further = cursor.following()[0]
        if kind in (*IDENTIFIERS, "prefixed") and further == "[":
            grammar.parts.append(self._notes.element())
        elif further in _COMBINED and (kind in IDENTIFIERS or (kind == "keyword" and word == "start")):
            cursor.advance()
            combine = _COMBINED[cursor.advance()]
            name = "start" if kind == "keyword" else "define"
            attributes = combine if kind == "keyword" else f" name={quoteattr(word)}{combine}"
            self._stack.append(_Open(self._start(name, at, attributes), f"</{name}>", "", at, notes))
        elif cursor.skip_keyword("div"):
            cursor.take("{", '"{"')
            self._stack.append(_Open(self._start("div", at), "</div>", "}", at, notes, grammar.holds))
        elif grammar.holds == "components" and cursor.skip_keyword("include"):
            head = self._start("include", at, self._reference())
            if cursor.skip("{"):
                self._stack.append(_Open(head, "</include>", "}", at, notes, "own components"))
            else:
                grammar.parts.append(_noted(f"{head}</include>", notes))
        else:
            self._no_component()

    def _no_component(self) -> None:
        cursor = self._cursor
        known = ("start", "div", "include")
        near = nearest(cursor.word, known) if cursor.kind == "name" else ""
        advice = f"did you mean {near}?" if near else "write: name = pattern"
        if cursor.kind == "keyword" and cursor.word not in known:
            advice = f"write \\{cursor.word} for a definition that is called so"
        raise cursor.broken(f"{cursor.here()} stands where a definition must stand", advice)


def _noted(markup: str, notes: str) -> str:
    """Annotations put into the element that they are of."""
    if not notes or markup.startswith(_WITHOUT_NOTES):
        return markup
    end = markup.index(">") + 1
    return markup[:end] + notes + markup[end:]
