"""What the encoding says of the words of a paragraph: numbers, dates, names, terms, what is added, what is foreign.

TEI P5, 3.6 (names, numbers, dates), 3.4.3 (terms) and 13. Only what the elements hold is read here; what it means is
for the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from edition.diagnostics import Location
from edition.model import ASIDE, DATE, FOREIGN, NAME, NUMBER, TERM, Mark
from edition.tei.names import XML_LANG, tei
from edition.tei.words import Place

Keys = Callable[[etree._Element, str], tuple[str, ...]]  # of an element and an attribute, the keys it points at

_NUMBERS = frozenset((tei("num"), tei("measure")))
_DATES = frozenset((tei("date"),))
_TERMS = frozenset((tei("term"),))
# A desc says what is heard or seen, of an incident, a gesture or a gap (TEI P5, 8.3.3).
_ASIDES = frozenset(tei(name) for name in ("supplied", "surplus", "add", "del", "stage", "desc", "figDesc"))
_VARIANT = tei("rdg")
_REFERENCE = tei("ref")
_OPENING = "([{<«„“№§$#"  # after these, figures are of the text
_NAMED = """
    persName placeName orgName name rs geogName eventName objectName country settlement region district bloc
    """
_NAMES = frozenset(tei(name) for name in _NAMED.split())
_MARKED = _NUMBERS | _DATES | _TERMS | _ASIDES | _NAMES | {tei("foreign")}

# In this order: a value is more exact than its bounds (TEI P5, att.ranging, att.datable.w3c).
_NUMBER_VALUES = (("value",), ("quantity",), ("atLeast", "atMost"), ("min", "max"))
_DATE_VALUES = (("when",), ("from", "to"), ("notBefore", "notAfter"))
_PERCENTAGES = frozenset(("percentage", "percent", "%"))


def marks_of(places: list[Place], path: str, keys: Keys) -> Iterator[Mark]:
    """The marks that the elements at these places make, in the same order."""
    for place in places:
        element = place.element
        if element.tag in _MARKED or _is_variant(element) or _is_note_call(element):
            mark = _mark(element, keys)
        elif XML_LANG in element.attrib:
            mark = (FOREIGN, (), (), "")
        else:
            continue
        kind, pointed, values, unit = mark
        yield Mark(kind, place.start, place.end, Location(path, element.sourceline), pointed, values, unit)


def _mark(element: etree._Element, keys: Keys) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    if element.tag in _NUMBERS:
        percent = _PERCENTAGES & {element.get("type", ""), element.get("unit", "")}
        return NUMBER, (), _values(element, _NUMBER_VALUES), "%" if percent else element.get("unit", "")
    if element.tag in _DATES:
        return DATE, (), _values(element, _DATE_VALUES), _calendar(element)
    if element.tag in _ASIDES or element.tag in (_VARIANT, _REFERENCE):
        return ASIDE, (), (), ""
    if element.tag in _NAMES or element.tag in _TERMS:
        key = element.get("key", "").strip()
        pointed = keys(element, "ref") or ((f"key:{key}",) if key else ())
        return (TERM if element.tag in _TERMS else NAME), pointed, (), ""
    return FOREIGN, (), (), ""


def _calendar(element: etree._Element) -> str:
    """The calendar of the words of a date, if it may be another than that of its attributes (TEI P5, 14.4)."""
    custom = next((name for name in element.attrib if str(name).endswith("-custom")), "")
    return element.get("calendar") or element.get("datingMethod") or str(custom)


def _is_variant(element: etree._Element) -> bool:
    """Whether an element is a reading beside the one that the edition prefers (TEI P5, 13.1)."""
    apparatus = next(element.iterancestors(tei("app")), None) if element.tag == _VARIANT else None
    return apparatus is not None and apparatus.find(tei("lem")) is not None


def _is_note_call(element: etree._Element) -> bool:
    """Whether a reference is the figure or sign of a note: close to the word before it, pointing into the file."""
    if element.tag != _REFERENCE or not element.get("target", "").startswith("#"):
        return False
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    last, call = (text or " ")[-1], "".join(element.itertext()).strip()
    return not (last.isspace() or last in _OPENING or any(map(str.isalpha, call)))


def _values(element: etree._Element, attributes: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    for names in attributes:
        values = tuple(element.get(name, "").strip() for name in names)
        if any(values):
            return values
    return ()
