"""Dates of Chinese, Japanese and Korean, which name the year, the month and the day behind each: 1949年10月1日.

They are read in a text of any language, as figures are, with the names of eras and in characters: 昭和24年,
一九四九年十月一日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edition.parity.values.quantities import Date, Day, Sureness

ERAS = {"民國": 1912, "民国": 1912, "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}  # year 1
_DIGITS = {"〇": 0, "○": 0, "零": 0, "元": 1, **{sign: digit for digit, sign in enumerate("一二三四五六七八九", 1)}}
_TENS = {"廿": 20, "卅": 30}
_NUMBER = rf"(?:\d{{1,2}}|[{''.join((*_DIGITS, *_TENS))}十]{{1,3}})"
_DATE = re.compile(
    rf"(?:(?P<era>{'|'.join(ERAS)})?\s?(?P<year>\d{{1,4}}|[{''.join(_DIGITS)}十]{{1,4}})\s?[年년]\s?)?"
    rf"(?<!\d)(?P<month>{_NUMBER})\s?[月월](?:\s?(?P<day>{_NUMBER})\s?[日号號일])?"
)
_BY_THE_MOON = re.compile(
    r"(?:[农農]历|[農陰旧]曆|[农阴旧]历|旧暦|음력)\s?$"
)  # then the other text may say another day
_LONGEST = 8  # characters of these, and then some


def dates_in_characters(text: str) -> Iterator[Date]:
    """The dates of a text that name their month so; a month alone is doubtful, and a day by the moon is any day."""
    for found in _DATE.finditer(text) if "月" in text or "월" in text else ():
        month, day = _number(found["month"]), _number(found["day"])
        if not month or month > 12 or (day is not None and not 1 <= day <= 31):
            continue
        whole = Day(_year(found["era"], _number(found["year"])), month, day)
        by_the_moon = _BY_THE_MOON.search(text, max(0, found.start() - _LONGEST), found.start())
        surely = not by_the_moon and (day is not None or whole.year is not None)
        readings = frozenset[Day]() if by_the_moon else frozenset((whole,))
        yield Date(whole, readings, *found.span(), Sureness.FIGURES if surely else Sureness.DOUBTFUL)


def _number(written: str | None) -> int | None:
    """A number in figures or characters, which stand for digits (一九四九) or count the tens (二十五)."""
    if written is None or written.isdecimal():
        return int(written) if written else None
    if written[0] in _TENS:
        return _TENS[written[0]] + _DIGITS.get(written[1:], 0)
    tens, ten, units = written.partition("十")
    if not ten:
        return int("".join(str(_DIGITS.get(sign, 0)) for sign in written))
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(units, 0)


def _year(era: str | None, year: int | None) -> int | None:
    """The year of an era, or of ours; None of one in two figures, which may be of any century or of another era."""
    if year is None or (era is None and year < 1000):
        return None
    return year if era is None else ERAS[era] - 1 + year
