"""An XSD as `Declarations`, read by the library xmlschema. It is imported here and nowhere else, and only on need.

Groups, extensions, redefinitions and substitution groups are resolved by xmlschema; here its components are put
into our words, each when a document first needs it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from edition.schema.content import EMPTY, All, Choice, Expression, Model, Seq, Slot, repeat
from edition.schema.declarations import Attribute, Declaration, Declarations, Type, Values
from edition.schema.wording import first_sentence, listed
from edition.tei.names import XML_LANG

if TYPE_CHECKING:
    from xmlschema import XMLSchemaBase
    from xmlschema.validators import XsdAnnotation, XsdAnyElement, XsdComplexType, XsdElement, XsdSimpleType

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_NEEDS_PREFIXES = ("QName", "NOTATION")  # these are judged by libxml2 alone, which knows what is declared where
_LONGEST_VALUE = 300  # characters of a value that is judged here; longer ones are left to libxml2


class CannotReadError(Exception):
    """xmlschema does not take the schema."""


def build(file: Path, mapped: Mapping[str, Path], *, strict: bool, version: str = "1.0") -> XMLSchemaBase:
    """The schema as xmlschema sees it, from local files only, `mapped` by their addresses. Raises CannotReadError.

    Unless `strict`, what xmlschema takes for faults of the schema is passed over, such as ambiguous contents.
    """
    import xmlschema

    places = {address: found.as_uri() for address, found in mapped.items()}
    validation = "strict" if strict else "lax"
    kind = xmlschema.XMLSchema11 if version == "1.1" else xmlschema.XMLSchema10
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return kind(str(file), validation=validation, allow="local", defuse="always", uri_mapper=places)
        except (xmlschema.XMLSchemaException, RecursionError, OSError, ValueError) as error:
            raise CannotReadError(str(error)) from error


def read(schema: XMLSchemaBase) -> Declarations:
    """The declarations of a schema."""
    return _Reader(schema).declarations()


def id_types(schema: XMLSchemaBase) -> Mapping[tuple[str, str], str]:
    """Of which attributes, by the names of element and attribute, the type is ID, IDREF or IDREFS, or made of it.

    What two elements of one name have differently is left aside.
    """
    from xmlschema.validators import XsdComplexType, XsdElement

    found: dict[tuple[str, str], str] = {}
    for element in schema.maps.iter_components(XsdElement):
        if isinstance(element, XsdElement) and isinstance(element.type, XsdComplexType):
            for name, attribute in element.type.attributes.items():
                kind = _id_kind(attribute.type) if name else ""
                if found.setdefault((element.name, str(name)), kind) != kind:
                    found[element.name, str(name)] = ""
    return {names: kind for names, kind in found.items() if kind}


def _id_kind(simple: object) -> str:
    while simple is not None:
        name = (getattr(simple, "name", None) or "").removeprefix(_XSD)
        if name in ("ID", "IDREF", "IDREFS"):
            return name
        simple = getattr(simple, "base_type", None)
    return ""


class _Reader:
    """Keeps what has been read, by component, so that each is read once and a type may hold itself."""

    def __init__(self, schema: XMLSchemaBase) -> None:
        self._schema = schema
        self._elements: dict[XsdElement, Declaration] = {}
        self._types: dict[object, Type] = {}
        self._values: dict[object, Values] = {}

    def declarations(self) -> Declarations:
        from xmlschema.validators import XsdElement

        # xmlschema counts the elements of XSD itself among those of every schema.
        named = {name: element for name, element in self._schema.maps.elements.items() if not name.startswith(_XSD)}
        roots = {name: self._element(element) for name, element in named.items()}
        everywhere: dict[str, Declaration | None] = dict(roots)
        inner = {name for name, element in named.items() if element.substitution_group}
        for element in self._schema.maps.iter_components(XsdElement):
            if not isinstance(element, XsdElement) or element.name.startswith(_XSD):
                continue
            if element.ref is not None:
                inner.add(element.name)
            elif element.name not in roots:
                known = element.name in everywhere
                everywhere[element.name] = None if known else self._element(element)
        outermost = tuple(name for name in roots if name not in inner)
        return Declarations(
            roots, everywhere, frozenset((self._schema.target_namespace,)), outermost, self._type_named
        )

    def _element(self, element: XsdElement) -> Declaration:
        if element.ref is not None:
            element = self._schema.maps.elements[element.name]
        if element not in self._elements:
            self._elements[element] = Declaration(
                element.name, note_of(element.annotation), lambda: self._type(element.type)
            )
        return self._elements[element]

    def _type_named(self, name: str) -> Type | None:
        found = self._schema.maps.types.get(name)
        return None if found is None else self._type(found)

    def _type(self, xsd_type: XsdSimpleType | XsdComplexType) -> Type:
        if xsd_type not in self._types:
            self._types[xsd_type] = self._read_type(xsd_type)
        return self._types[xsd_type]

    def _read_type(self, xsd_type: XsdSimpleType | XsdComplexType) -> Type:
        from xmlschema.validators import XsdComplexType, XsdGroup

        if not isinstance(xsd_type, XsdComplexType):
            return Type(values=self._read_values(xsd_type))
        attributes = {
            name: Attribute(self._read_values(attribute.type), attribute.use == "required", attribute.fixed)
            for name, attribute in xsd_type.attributes.items()
            if name is not None and attribute.use != "prohibited"
        }
        wildcard = xsd_type.attributes.get(None)
        other = wildcard.is_matching if wildcard is not None else lambda name: False
        if not isinstance(xsd_type.content, XsdGroup):
            return Type(attributes, other, values=self._read_values(xsd_type.content))
        return Type(attributes, other, content=Model(self._particle(xsd_type.content)), mixed=xsd_type.mixed)

    def _particle(self, particle: object) -> Expression:
        from xmlschema.validators import XsdAnyElement, XsdElement, XsdGroup

        if isinstance(particle, XsdElement):
            return repeat(self._slot(particle), particle.min_occurs, particle.max_occurs)
        if isinstance(particle, XsdAnyElement):
            skips, words = particle.process_contents == "skip", _in_words(particle)
            slot = Slot({}, particle.is_matching, skips=skips, words=words)
            return repeat(slot, particle.min_occurs, particle.max_occurs)
        if not isinstance(particle, XsdGroup):
            return EMPTY
        items = tuple(self._particle(item) for item in particle)
        group = Choice(items) if particle.model == "choice" else All(items) if particle.model == "all" else Seq(items)
        return repeat(group if items else EMPTY, particle.min_occurs, particle.max_occurs)

    def _slot(self, element: XsdElement) -> Slot:
        """An element and what may stand in its place (XSD part 1, 2.2.2.2, substitution groups)."""
        names = self._schema.maps.elements
        members = [element, *(names[name] for name in sorted(element.substitutes or ()) if name in names)]
        return Slot({member.name: self._element(member) for member in members if not member.abstract})

    def _read_values(self, simple: XsdSimpleType | None) -> Values:
        if simple not in self._values:
            self._values[simple] = Values(lambda value: True) if simple is None else self._simple(simple)
        return self._values[simple]

    def _simple(self, simple: XsdSimpleType) -> Values:
        from xmlschema.validators import XsdList, XsdUnion

        chain = list(_chain(simple))
        own = [step for step in chain if not _is_built_in(step)]
        item = next((self._read_values(step.item_type) for step in chain if isinstance(step, XsdList)), None)
        members = [
            self._read_values(part) for step in chain if isinstance(step, XsdUnion) for part in step.member_types
        ]
        kind = next((step.local_name or "" for step in chain if _is_built_in(step)), "")
        unchecked = kind in _NEEDS_PREFIXES or any(
            may_run_away(pattern) for step in own for pattern in _patterns(step)
        )
        unchecked = unchecked or any(part.unchecked for part in (item, *members) if part is not None)
        return Values(
            accepts=(lambda value: True) if unchecked else _acceptor(simple),
            unchecked=unchecked,
            kind=kind,
            note=next((text for text in (note_of(step.annotation) for step in _until_choices(own)) if text), ""),
            choices=tuple(str(value) for step in own[:1] for value in step.enumeration or ()),
            bounds=tuple(_bounds(simple)) if own else (),
            patterns=next((_patterns(step) for step in own if step.patterns), ()),
            item=item,
            members=() if item else tuple(members),
        )


def _in_words(wildcard: XsdAnyElement) -> str:
    """Which elements a wildcard takes (XSD part 1, 3.10.1), such as `any element of the namespace urn:o`."""
    spaces, own = set(wildcard.namespace), wildcard.target_namespace or ""
    but = set(wildcard.not_namespace)
    if "##other" in spaces:
        but = {own, ""}
    if but:
        return f"any element but those of {listed(_spaces(but), 'and')}"
    return "any element" if "##any" in spaces else f"any element of {listed(_spaces(spaces))}"


def _spaces(spaces: set[str]) -> list[str]:
    """With none last, which few think of."""
    return [
        f"the namespace {space}" if space else "no namespace" for space in sorted(spaces, key=lambda s: (not s, s))
    ]


def _chain(simple: XsdSimpleType) -> Iterator[XsdSimpleType]:
    """A simple type and what it restricts, down to one that XSD defines, or a list or union."""
    from xmlschema.validators import XsdSimpleType

    step: object = simple
    while isinstance(step, XsdSimpleType):
        yield step
        step = None if _is_built_in(step) else step.base_type


def _is_built_in(simple: XsdSimpleType) -> bool:
    return (simple.name or "").startswith(_XSD)


def _until_choices(types: Iterable[XsdSimpleType]) -> Iterator[XsdSimpleType]:
    """A list of values says more than what was written of the type that it narrows."""
    for step in types:
        yield step
        if step.enumeration:
            return


def _bounds(simple: XsdSimpleType) -> Iterator[tuple[str, str]]:
    for name, facet in simple.facets.items():
        value = getattr(facet, "value", None)
        if name is not None and value is not None:
            yield name.removeprefix(_XSD), str(value)


def _patterns(simple: XsdSimpleType) -> tuple[str, ...]:
    return tuple(str(element.get("value", "")) for element in simple.patterns or ())


_REPEATED_GROUP = re.compile(r"\(([^()]*)\)(?:[+*]|\{\d+,\})")
_SEPARATOR = re.compile(r"(\\[-.,:;/#@_]|[-,:;/#@_ ])(.*)", re.DOTALL)
_MOST_REPEATS = 3  # without end, in one pattern; each multiplies the time by the length of the value


def may_run_away(pattern: str) -> bool:
    """Whether a pattern repeats a group that can match one text in several ways: `(a+)+` keeps Python busy for ever.

    `(ab)*` cannot, and `(-[a-z]+)*` cannot, since each round begins with what no other part of it matches.
    """
    if len(re.findall(r"(?<!\\)(?:[+*]|\{\d+,\})", pattern)) > _MOST_REPEATS:
        return True
    groups = [found[1] for found in _REPEATED_GROUP.finditer(pattern)]
    if len(re.findall(r"(?<!\\)\)(?:[+*]|\{\d+,\})", pattern)) > len(groups):
        return True  # a group with groups in it
    return any(re.search(r"[+*?{|]", group) and not _is_separated(group) for group in groups)


def _is_separated(group: str) -> bool:
    found = _SEPARATOR.fullmatch(group)
    if found is None:
        return False
    others = re.sub(r"\w-\w", "", found[2])  # ranges as in a-z
    return found[1][-1] not in others and not re.search(r"[|.]|\[\^|\\[A-Zpic]", others)


def _acceptor(simple: XsdSimpleType) -> Callable[[str], bool]:
    """Whether a value is of the type, remembered. What xmlschema cannot tell is let pass: libxml2 has told it."""

    @lru_cache(maxsize=10_000)
    def accepts(value: str) -> bool:
        if len(value) > _LONGEST_VALUE:
            return True
        try:
            return bool(simple.is_valid(value))
        except (ArithmeticError, ValueError, RecursionError):  # years beyond Python's, numbers of thousands of digits
            return True

    return accepts


def note_of(annotation: XsdAnnotation | None) -> str:
    """The first sentence that a schema's author wrote of a component, preferably in English; "" if none."""
    if annotation is None:
        return ""
    notes = [(part.get(XML_LANG, "en"), "".join(part.itertext())) for part in annotation.documentation]
    return first_sentence(min(notes, key=lambda entry: not entry[0].startswith("en"), default=("", ""))[1])
