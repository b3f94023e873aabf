"""Numbers that may be one together: "3 тыс. 500", "two hours and a half", 5 dollars 50 cents, threescore and ten."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from edition.parity.values.languages import Language
from edition.parity.values.quantities import Number

_HALF = Decimal("0.5")
_COUNTED = re.compile(r"\s*[^\W\d_]+\.?,?\s+(?:[^\W\d_]{1,3}\s+)?")  # a unit, and a word such as "and"
_MONEY = re.compile(r"\s*(?:frs?|kr|mk|lei|zł|kč|din|pts?|руб|р)\.?\s*", re.IGNORECASE)  # 1 fr. 50
_PARTS = (12, 60, 100, 1000)  # of a year, an hour, a dollar, a kilogram


def in_steps(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """The same numbers; those that may be one together may mean it too: "3 тыс. 500", "two hours and a half".

    They may be two as well: "They lost 3 тыс. 500 came back."
    """
    for at in range(len(numbers)):
        total, last = numbers[at].likely, at
        if last + 1 < len(numbers) and (parts := _with_parts(numbers[at], numbers[at + 1], text)):
            for step in (at, at + 1):
                numbers[step] = replace(numbers[step], readings=numbers[step].readings | parts)
        while last + 1 < len(numbers) and _steps_down(numbers[last], numbers[last + 1], text, language):
            last += 1
            total += numbers[last].likely
            for step in range(at, last + 1):
                numbers[step] = replace(numbers[step], readings=numbers[step].readings | {total})
        whole, following = numbers[at].likely + _HALF, numbers[at + 1 : at + 2]
        if following and following[0].likely == _HALF and whole in following[0].readings:
            numbers[at] = replace(numbers[at], readings=numbers[at].readings | {whole})
    return numbers


def _steps_down(first: Number, last: Number, text: str, language: Language) -> bool:
    """Whether a number may go on what another begins: it is less than the thousand that the other counts in.

    After "and" only units may, for what is more is counted for itself: «1000 и 1 ночь», not "100 and 50".
    """
    gap = text[first.end : last.start].strip().lower()
    if gap in ("", "."):
        return 1 <= last.likely < first.scale
    if text[first.start : first.end].lower() in language.scores:  # "threescore years and ten"
        return 1 <= last.likely < 20 and _COUNTED.fullmatch(text[first.end : last.start]) is not None
    return gap == language.adds != "" and first.likely >= 100 and first.likely % 100 == 0 and 1 <= last.likely < 10


def _with_parts(first: Number, last: Number, text: str) -> frozenset[Decimal]:
    """What two numbers may be as one, if the second counts parts of what the first does: «5 долл. 50 центов»."""
    gap = text[first.end : last.start]
    if _MONEY.fullmatch(gap) and last.end - last.start == 2 and 0 < last.likely < 100:
        return frozenset((first.likely + last.likely / 100,))
    if not _COUNTED.fullmatch(gap) or not text[last.end : last.end + 2].strip():
        return frozenset()
    whole = first.likely == int(first.likely) and last.likely == int(last.likely)
    return frozenset(first.likely + last.likely / parts for parts in _PARTS if whole and 0 < last.likely < parts)
