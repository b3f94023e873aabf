"""Datatypes: those of XSD (part 2) and the two of RELAX NG itself, with their parameters.

What a value means counts where values are compared: 01 is 1 as an integer, not as a token.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from edition.schema.relaxng.characters import collapsed, is_name, is_ncname, is_nmtoken, is_qname, words
from edition.schema.relaxng.moments import DURATION, FORMS, Duration, Moment, duration, moment
from edition.schema.relaxng.regex import Regex, RegexError
from edition.schema.relaxng.uris import is_uri

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
ID_TYPES = ("ID", "IDREF", "IDREFS")  # what their values are, or name, is an element
MAX_KNOWN = 2_000  # values that a datatype remembers
_MAX_DIGITS = 4_000  # of a number that is judged; Python refuses to read longer ones

Bindings = Mapping[str, str]  # namespaces by prefix, "" for the default one
Meaning = object  # what a value stands for, to be compared


class DatatypeError(ValueError):
    """A schema asks for a type or parameter that there is not. The message says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A built-in type: how values are written (an expression or a test), what they mean, how long they are."""

    form: str | Callable[[str], bool]
    meaning: Callable[[str], Meaning | None] = str
    length: Callable[[str], int] | None = None
    ordered: bool = False
    keeps_blanks: bool = False


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value) if len(value) <= _MAX_DIGITS else None
    except InvalidOperation:
        return None


def _real(value: str) -> float:
    return float(value.replace("INF", "inf"))


def _between(low: int | None, high: int | None) -> Callable[[str], Decimal | None]:
    def meaning(value: str) -> Decimal | None:
        number = _number(value)
        if number is None or (low is not None and number < low) or (high is not None and number > high):
            return None
        return number

    return meaning


def _moment(kind: str) -> Callable[[str], Moment | None]:
    return lambda value: moment(kind, value)


def _binary(value: str) -> bytes:
    return b64decode(value.replace(" ", ""))


def _count(value: str) -> int:
    return len(words(value))


def _integer(low: int | None, high: int | None) -> Kind:
    return Kind(r"[+-]?[0-9]+", _between(low, high), ordered=True)


_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_REAL = Kind(rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|-?INF|NaN", _real, ordered=True)
_QNAME = Kind(is_qname, length=len)
_NCNAME = Kind(is_ncname, length=len)
_NCNAMES = Kind(lambda value: value != "" and all(map(is_ncname, value.split(" "))), length=_count)
_ANY = r"(?s:.*)"
_64 = "[A-Za-z0-9+/] ?"
_BASE64 = rf"(?:(?:{_64}){{4}})*(?:(?:{_64}){{2}}[AEIMQUYcgkosw048] ?=|{_64}[AQgw] ?= ?=)?"

KINDS: Mapping[str, Kind] = {
    "string": Kind(_ANY, length=len, keeps_blanks=True),
    "normalizedString": Kind(_ANY, length=len, keeps_blanks=True),
    "token": Kind(_ANY, length=len),
    "anyURI": Kind(is_uri, length=len),
    "boolean": Kind("true|false|1|0", lambda value: "true" if value in ("true", "1") else "false"),
    "decimal": Kind(_DECIMAL, _number, ordered=True),
    "integer": _integer(None, None),
    "nonNegativeInteger": _integer(0, None),
    "positiveInteger": _integer(1, None),
    "nonPositiveInteger": _integer(None, 0),
    "negativeInteger": _integer(None, -1),
    **{name: _integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in (("long", 64), ("int", 32))},
    **{name: _integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in (("short", 16), ("byte", 8))},
    **{f"unsigned{name}": _integer(0, 2**bits - 1) for name, bits in (("Long", 64), ("Int", 32))},
    **{f"unsigned{name}": _integer(0, 2**bits - 1) for name, bits in (("Short", 16), ("Byte", 8))},
    "double": _REAL,
    "float": _REAL,
    **{name: Kind(form, _moment(name), ordered=True) for name, form in FORMS.items()},
    "duration": Kind(DURATION, duration, ordered=True),
    "language": Kind(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*", length=len),
    "Name": Kind(is_name, length=len),
    "NMTOKEN": Kind(is_nmtoken, length=len),
    "NMTOKENS": Kind(lambda value: value != "" and all(map(is_nmtoken, value.split(" "))), length=_count),
    "NCName": _NCNAME,
    "ID": _NCNAME,
    "IDREF": _NCNAME,
    "IDREFS": _NCNAMES,
    "ENTITY": _NCNAME,
    "ENTITIES": _NCNAMES,
    "QName": _QNAME,
    "NOTATION": _QNAME,
    "hexBinary": Kind("(?:[0-9a-fA-F]{2})*", str.lower, lambda value: len(value) // 2),
    "base64Binary": Kind(_BASE64, _binary, lambda value: len(_binary(value))),
}


@cache
def _matches(form: str) -> Callable[[str], object]:
    return re.compile(form, re.ASCII).fullmatch


def _is_of(kind: Kind, value: str) -> bool:
    if isinstance(kind.form, str) and not _matches(kind.form)(value):
        return False
    return (isinstance(kind.form, str) or kind.form(value)) and kind.meaning(value) is not None


class Datatype:
    """A type with its parameters. `plain` is one of RELAX NG's own, which takes every value.

    `is_of_ids` are those whose values name elements, or are such names.
    """

    def __init__(self, library: str, name: str, params: tuple[tuple[str, str], ...] = ()) -> None:
        """Raises DatatypeError."""
        self.library, self.name, self.params = library, name, params
        if library == "":
            known = name in ("string", "token")
        elif library == XSD:
            known = name in KINDS
        else:
            raise DatatypeError(f"there is no datatype library {library} here; write {XSD}")
        if not known:
            raise DatatypeError(f"there is no type {name} in {'RELAX NG itself' if not library else 'XSD'}")
        if params and not library:
            raise DatatypeError(f"the type {name} of RELAX NG itself has no parameters; name the library {XSD}")
        self.plain = not library
        self.is_of_ids = bool(library) and name in ID_TYPES
        self.has_prefixes = bool(library) and name in ("QName", "NOTATION")
        self._kind = KINDS[name]
        self._facets = [_facet(self._kind, name, parameter, value) for parameter, value in params]
        self._known: dict[str, bool] = {}
        self._always = self._kind.form == _ANY and not params

    def allows(self, value: str, bindings: Bindings) -> bool:
        """Whether a value is of this type. Raises RegexError where a pattern cannot be judged."""
        if self._always:
            return True
        known = self._known.get(value)
        if known is None:
            known = self._judge(self.tidy(value))
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[value] = known
        return known and (not self.has_prefixes or self._resolved(value, bindings) is not None)

    def tidy(self, value: str) -> str:
        """The value as its type sees its blanks (XSD part 2, 4.3.6; RELAX NG 6.2.9)."""
        if not self._kind.keeps_blanks:
            return collapsed(value)
        return value if self.name == "string" else re.sub(r"[\t\n\r]", " ", value)

    def same(self, value: tuple[str, Bindings], other: tuple[str, Bindings]) -> bool:
        """Whether two values mean the same. The second one is known to be of this type."""
        if not self.allows(*value):
            return False
        if self.has_prefixes:
            return self._resolved(*value) == self._resolved(*other)
        one, two = self.tidy(value[0]), self.tidy(other[0])
        return one == two or (not self.plain and self._kind.meaning(one) == self._kind.meaning(two))

    def _judge(self, value: str) -> bool:
        return _is_of(self._kind, value) and all(facet(value) for facet in self._facets)

    def _resolved(self, value: str, bindings: Bindings) -> tuple[str, str] | None:
        prefix, _, local = self.tidy(value).rpartition(":")
        namespace = bindings.get(prefix, "" if not prefix else None)
        return None if namespace is None else (namespace, local)


Facet = Callable[[str], bool]


def _facet(kind: Kind, name: str, parameter: str, value: str) -> Facet:
    """A test for one parameter of a type (XSD part 2, 4.3). Raises DatatypeError."""
    if parameter == "pattern":
        try:
            return Regex(value).matches
        except RegexError as error:
            raise DatatypeError(f'the pattern "{value}" is none: {error}') from error
    value = collapsed(value)
    if parameter in ("length", "minLength", "maxLength") and kind.length is not None:
        return _length(kind.length, parameter, _whole(parameter, value))
    if parameter in ("totalDigits", "fractionDigits") and (kind.meaning is _number or name in _INTEGERS):
        return _digits(parameter, _whole(parameter, value))
    if parameter in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive") and kind.ordered:
        bound = kind.meaning(value) if _is_of(kind, value) else None
        if bound is None:
            raise DatatypeError(f'{parameter} is "{value}", which is no {name}')
        return _bound(kind, parameter, bound)
    raise DatatypeError(f"the type {name} has no parameter {parameter}")


_INTEGERS = frozenset(name for name, kind in KINDS.items() if kind.form == KINDS["integer"].form)


def _whole(parameter: str, value: str) -> int:
    if not re.fullmatch(r"\+?[0-9]{1,9}", value):
        raise DatatypeError(f'{parameter} is "{value}", and should be a whole number')
    return int(value)


def _length(length: Callable[[str], int], parameter: str, number: int) -> Facet:
    if parameter == "length":
        return lambda value: length(value) == number
    return (
        (lambda value: length(value) >= number) if parameter == "minLength" else lambda value: length(value) <= number
    )


def _digits(parameter: str, number: int) -> Facet:
    def digits(value: str) -> bool:
        whole, _, fraction = value.lstrip("+-").partition(".")
        fraction = fraction.rstrip("0")
        counted = fraction if parameter == "fractionDigits" else whole.lstrip("0") + fraction
        return len(counted) <= number

    return digits


def _bound(kind: Kind, parameter: str, bound: Meaning) -> Facet:
    def test(value: str) -> bool:
        meaning = kind.meaning(value)
        if parameter.endswith("Inclusive") and meaning == bound:
            return True
        return _before(bound, meaning) if parameter.startswith("min") else _before(meaning, bound)

    return test


def _before(one: Meaning, other: Meaning) -> bool:
    match one, other:
        case (Moment(), Moment()):
            return one.before(other)
        case (Duration(), Duration()):
            return one.before(other)
        case (Decimal(), Decimal()):
            return one < other
        case (float(), float()):
            return one < other
    return False
