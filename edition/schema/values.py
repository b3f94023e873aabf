"""What a good value looks like, and which one may have been meant.

First what the schema's author wrote of the values, then the values themselves where they are listed, then what is
known of the types that XSD defines, with their bounds and patterns.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping

from edition.schema.declarations import Values
from edition.schema.wording import listed, nearest, quoted
from edition.tei.pointers import is_id

_NUMBER = "a number such as"

# The types of XSD 1.0, part 2, section 3: what it is, and how it is written where several can be joined.
_KINDS = {
    "date": ("a date as", "YYYY-MM-DD"),
    "gYearMonth": ("a date as", "YYYY-MM"),
    "gYear": ("a date as", "YYYY"),
    "gMonthDay": ("a date as", "--MM-DD"),
    "gMonth": ("a date as", "--MM"),
    "gDay": ("a date as", "---DD"),
    "dateTime": ("a date as", "YYYY-MM-DDThh:mm:ss"),
    "time": ("a time as", "hh:mm:ss"),
    "duration": ("a duration such as", "P2D for two days, PT1H30M for an hour and a half"),
    "boolean": ("", "true or false"),
    "decimal": (_NUMBER, "2 or 1.5"),
    "float": (_NUMBER, "2, 1.5 or 1E6"),
    "double": (_NUMBER, "2, 1.5 or 1E6"),
    "byte": ("", "a whole number from -128 to 127"),
    "unsignedByte": ("", "a whole number from 0 to 255"),
    "unsignedShort": ("", "a whole number from 0 to 65535"),
    "unsignedInt": ("", "a whole number, 0 or more"),
    "unsignedLong": ("", "a whole number, 0 or more"),
    "nonNegativeInteger": ("", "a whole number, 0 or more"),
    "positiveInteger": ("", "a whole number, 1 or more"),
    "nonPositiveInteger": ("", "a whole number, 0 or less"),
    "negativeInteger": ("", "a whole number below 0"),
    "anyURI": ("", "a pointer such as #id, or a web address"),
    "ID": ("", "a name that begins with a letter or _ and has no spaces or colons"),
    "IDREF": ("", "the xml:id of an element of this file, without #"),
    "NCName": ("", "a name that begins with a letter or _ and has no spaces or colons"),
    "Name": ("", "a name that begins with a letter or _ and has no spaces"),
    "QName": ("", "a name, perhaps with a prefix that is declared"),
    "NMTOKEN": ("", "one word of letters, digits, dots, hyphens, underscores and colons"),
    "language": ("", "a language code such as en, ru or zh-Hans"),
    "base64Binary": ("", "base64 data"),
    "hexBinary": ("", "pairs of hexadecimal digits"),
}
_WHOLE_NUMBER = re.compile(r"integer|int|long|short|byte|unsigned(Int|Long|Short|Byte)")
_NUMBERS = frozenset(("decimal", "float", "double"))
_RANGE = frozenset(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"))
_A_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)

_BOUNDS = {
    "minInclusive": ", {} or more",
    "minExclusive": ", more than {}",
    "maxInclusive": ", {} or less",
    "maxExclusive": ", less than {}",
    "totalDigits": ", {} digits at most",
    "fractionDigits": ", {} digits after the point at most",
}


def expectation(values: Values) -> str:
    """What a value looks like, as a phrase after "expected:"."""
    forms: dict[str, list[str]] = {}  # what is the same in several members of a union stands once
    for what, form in _phrases(values):
        forms.setdefault(what, []).append(form)
    for numbers in (several for what, several in forms.items() if what == _NUMBER):
        del numbers[1:]  # a decimal is a float as well
    return listed([f"{what} {listed(list(dict.fromkeys(several)))}".strip() for what, several in forms.items()])


def _phrases(values: Values) -> Iterator[tuple[str, str]]:
    if values.note:
        yield "", as_phrase(values.note)
    elif values.choices:
        yield from (("", f'"{choice}"') for choice in values.choices)
    elif values.members:
        for member in values.members:
            yield from _phrases(member)
    elif values.item:
        yield "", f"{expectation(values.item)}; several with spaces between"
    else:
        what, form = _kind(values)
        yield what, form + _bounds(values)


def _kind(values: Values) -> tuple[str, str]:
    has_range = not _RANGE.isdisjoint(dict(values.bounds))
    if _WHOLE_NUMBER.fullmatch(values.kind) and (has_range or values.kind not in _KINDS):
        return "", "a whole number"
    if values.patterns in _FAMILIAR_PATTERNS:
        return "", _FAMILIAR_PATTERNS[values.patterns]
    if values.kind in _NUMBERS and has_range:
        return "", "a number"  # the examples may be out of its range
    return _KINDS.get(values.kind, _TEXT)


_TEXT = ("", "text")
_NO_BLANKS = frozenset((r"\S+", r"[^\p{C}\p{Z}]+"))  # as TEI writes it
_FAMILIAR_PATTERNS = {(r"(\-?[\d]+/\-?[\d]+)",): "a fraction such as 1/2"}  # as TEI writes them


def as_phrase(note: str) -> str:
    """A sentence of a schema without its capital, unless the capital belongs to the word."""
    lower = re.match(r"[A-Z]([a-z]|\s)", note)
    return note[0].lower() + note[1:] if lower else note


def _bounds(values: Values) -> str:
    bounds = dict(values.bounds)
    words = [_length(bounds)]
    if {"minInclusive", "maxInclusive"} <= bounds.keys():
        words.append(f" from {bounds.pop('minInclusive')} to {bounds.pop('maxInclusive')}")
    words += [_BOUNDS[name].format(value) for name, value in bounds.items() if name in _BOUNDS]
    if values.patterns in _FAMILIAR_PATTERNS:
        pass
    elif values.patterns and not set(values.patterns) <= _NO_BLANKS:
        words.append(f" that matches {listed(values.patterns, 'and' if values.all_patterns else 'or')}")
    elif values.patterns:
        words.append(" without spaces")
    if values.excepted:
        words.append(f" but not {listed([quoted(value) for value in values.excepted])}")
    return "".join(words)


def _length(bounds: Mapping[str, str]) -> str:
    """How long a value is."""
    low, high = bounds.get("minLength", "0"), bounds.get("maxLength")
    if "length" in bounds or low == high:
        return f" of {_characters(bounds.get('length', low))}"
    if high is not None:
        return f" of at most {_characters(high)}" if low == "0" else f" of {low} to {_characters(high)}"
    if low == "1":
        return " that is not empty"
    return f" of at least {_characters(low)}" if low != "0" else ""


def _characters(count: str) -> str:
    return f"{count} {'character' if count == '1' else 'characters'}"


def choices(values: Values) -> Iterator[str]:
    """Every value that is listed, in the type itself, its members or its items."""
    for each in _leaves(values):
        yield from each.choices


def _leaves(values: Values) -> Iterator[Values]:
    """The values themselves, and those of their members and items."""
    yield values
    for inner in (*values.members, *([values.item] if values.item else ())):
        yield from _leaves(inner)


def suggestion(values: Values, value: str) -> str | None:
    """A good value that may have been meant, if one is near."""
    near = nearest(value, choices(values))
    if near is not None or values.unchecked or values.accepts(value):
        return near
    may_be_pointed_to = is_id(value.strip()) and any(each.kind == "anyURI" for each in _leaves(values))
    pointer = [f"#{value.strip()}"] if may_be_pointed_to else []
    return next((other for other in (*_repaired(value), *pointer) if other != value and values.accepts(other)), None)


def _repaired(value: str) -> Iterator[str]:
    """The value without the slips that hands make in dates, numbers and words."""
    tidy = value.strip().replace("–", "-").replace("−", "-")
    yield tidy
    yield tidy.lower()
    yield re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", tidy)  # 1950-1-22
    european = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", tidy)  # with full stops the day comes first
    if european:
        yield f"{european[3]}-{int(european[2]):02}-{int(european[1]):02}"
    yield re.sub(r"(?<=\d)\s(?=\d{3})", "", tidy).replace(",", ".")  # 1 234,5
    yield tidy.removesuffix("%").rstrip()


def no_such_day(values: Values, value: str) -> bool:
    """Whether a date is written as it must be, and the calendar has no such day."""
    found = _A_DAY.fullmatch(value.strip())
    if found is None or not any(each.kind == "date" for each in _leaves(values)):
        return False
    year, month, day = map(int, found.groups())
    return year > 0 and day > monthrange(year, month)[1]


def bad_word(values: Values, value: str) -> tuple[str, Values]:
    """What exactly is wrong: the first bad word of a list with the values of its items, else value and values."""
    if values.item is not None:
        for word in value.split():
            if not values.item.accepts(word):
                return word, values.item
    return value, values
