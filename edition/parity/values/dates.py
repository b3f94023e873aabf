"""The days, months and years that a text names: "22 января 1950 г.", "July 1949", 22.01.1950.

A year alone is a number; a month alone is doubtful, for texts say "in that month" as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.parity.values.calendars import in_both_calendars
from edition.parity.values.characters import dates_in_characters
from edition.parity.values.figures import Token
from edition.parity.values.languages import MOST_WORDS, Language, counted
from edition.parity.values.quantities import Date, Day, Sureness

_ISO = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
_NUMERIC = r"(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4}|\d\d)"
_ROMAN = (
    r"(?P<d1>\d{1,2})[./-](?P<m1>[IVX]{1,4})(?![^\W\d_])(?:[./-](?P<y1>\d{4}|\d\d))?"  # 5.III.1942, 5/III-42, 5/III
)
_IN_FIGURES = re.compile(rf"(?<![\d.,/-])(?:{_ISO}|{_NUMERIC}|{_ROMAN})(?![\d/-])")
_ENCODED = re.compile(r"(?P<y>-?\d{4,6})?(?:-{1,3}(?P<m>\d\d))?(?:-{1,2}(?P<d>\d\d))?(?:T.*)?")
_ROMAN_MONTHS = counted("I II III IV V VI VII VIII IX X XI XII")
_LAST_DAYS = range(28, 32)  # of a month
_APART = re.compile(r"\.?\s*[-\u2010-\u2015−(/]\s*|\s+(?:and|и)\s+")  # of 5-6 May, and of 5 (17) May


def day_of(value: str) -> Day | None:
    """The day that an attribute holds, as far as it says (ISO 8601, as XML Schema has it)."""
    found = _ENCODED.fullmatch(value)
    if not found or not any(found.groups()):
        return None
    return Day(*(None if found[part] is None else int(found[part]) for part in "ymd"))


def dates_of(text: str, tokens: Sequence[Token], language: Language) -> list[Date]:
    """The dates that these tokens of a text name, in order."""
    found = [*_in_figures(text)] if any(token.figures for token in tokens) else []
    found += dates_in_characters(text)
    taken = [(date.start, date.end) for date in found]
    for at, token in enumerate(tokens):
        if token.text in language.months and not any(start <= token.start < end for start, end in taken):
            found += _Month(text, tokens, language, at).dates()
    found += _feasts(text, language)
    return in_both_calendars(sorted(found, key=lambda date: date.start), text)


def _feasts(text: str, language: Language) -> Iterator[Date]:
    """Days that have names, which the other text may call by day and month."""
    plain = text.lower() if language.feasts else ""
    for name, (month, day) in language.feasts.items():
        at = plain.find(name)
        around = plain[max(0, at - 1) : at] + plain[at + len(name) :][:1]
        if at >= 0 and not any(sign.isdigit() or sign == "/" for sign in around):  # no part of 19/11
            feast = Day(None, month, day)
            yield Date(feast, frozenset((feast,)), at, at + len(name), Sureness.DOUBTFUL)


def _in_figures(text: str) -> Iterator[Date]:
    for found in _IN_FIGURES.finditer(text):
        days = frozenset(day for day in _days(found) if _possible(day))
        if days:
            likely = min(days, key=lambda day: (day.day != _int(found["a"]), abs((day.year or 0) - 1950)))
            sureness = Sureness.DOUBTFUL if likely.year is None else Sureness.FIGURES
            yield Date(likely, days, found.start(), found.end(), sureness)


def _days(found: re.Match[str]) -> Iterator[Day]:
    """What a date in figures may mean: day or month first, this century or the last."""
    if found["y"]:
        yield Day(int(found["y"]), int(found["m"]), int(found["d"]))
        return
    if found["m1"]:
        for year in _years(found["y1"]):
            yield Day(year, _ROMAN_MONTHS.get(found["m1"], 0), int(found["d1"]))
        return
    first, second = int(found["a"]), int(found["b"])
    for year in _years(found["c"]):
        yield Day(year, second, first)
        yield Day(year, first, second)


def _years(written: str | None) -> tuple[int | None, ...]:
    """What the figures of a year may mean, of which there may be only two or none."""
    if written is None:
        return (None,)
    year = int(written)
    return (year,) if len(written) == 4 else (1800 + year, 1900 + year, 2000 + year)


def _int(text: str | None) -> int:
    return int(text) if text and len(text) <= 4 and text.isdigit() else 0


def _possible(day: Day) -> bool:
    return 1 <= (1 if day.month is None else day.month) <= 12 and 1 <= (1 if day.day is None else day.day) <= 31


class _Month:
    """The date around the name of a month."""

    def __init__(self, text: str, tokens: Sequence[Token], language: Language, at: int) -> None:
        self._text, self._tokens, self._language, self._at = text, tokens, language, at
        self._month = language.months[tokens[at].text]

    def dates(self) -> Iterator[Date]:
        day, first, surely = self._day_before()
        last, after_month = self._at, False
        if day is None and self._language.day_after_month:
            day, last = self._day_after()
            after_month = day is not None
        year, end = self._year(last + 1)
        last = end if year is not None else last
        written = self._text[self._tokens[self._at].start :][:1]
        if day is None and year is None and not self._is_meant():
            return
        # Where months have capitals: not "version 3 may be wrong".
        if year is None and self._language.day_after_month and not written.isupper():
            return
        whole = Day(year, self._month, day)
        # "In January 15 people came": with no year after it the number need not be a day.
        readings = frozenset((whole, Day(None, self._month, None)) if after_month and year is None else (whole,))
        readings |= frozenset(self._night_before(first, whole))
        sureness = surely if day is not None or year is not None else Sureness.DOUBTFUL
        start = self._tokens[first].start
        other = self._other_day(first, whole)
        if other is not None:
            yield other
        yield Date(whole, readings, start, self._tokens[last].end, sureness)

    def _night_before(self, first: int, whole: Day) -> Iterator[Day]:
        """The day before, where a night ends on the one that is said: «в ночь на 15-е марта»."""
        start, eve = self._tokens[first].start, f"{self._language.eve} "
        before = self._text[max(0, start - len(eve)) : start]
        if not self._language.eve or whole.day is None or before.lower() != eve:
            return
        if whole.day > 1:
            yield replace(whole, day=whole.day - 1)
        elif self._month > 1:
            yield from (Day(whole.year, self._month - 1, last) for last in _LAST_DAYS)

    def _is_meant(self) -> bool:
        """Whether a word that need not be a month is one by its neighbours: "in May", "January or March"."""
        language, at = self._language, self._at
        if self._tokens[at].text not in language.month_or_word:
            return True
        before = [token.text for token in reversed(self._tokens[max(0, at - 2) : at])]
        after = [token.text for token in self._tokens[at + 1 : at + 3]]
        if before and before[0] in language.before_months:
            return True
        return any(
            len(each) == 2 and each[0] in language.ranges and each[1] in language.months for each in (before, after)
        )

    def _day_before(self) -> tuple[int | None, int, Sureness]:
        """The day in front of the month, the token it begins at, and how sure it is."""
        at = self._at - 1
        while at >= 0 and self._at - at < 4 and self._tokens[at].text in self._language.within_dates:
            at -= 1
        if at < 0 or not (self._near(at, self._at) or self._is_bracketed(at)):
            return None, self._at, Sureness.FIGURES
        token = self._tokens[at]
        if token.figures and 1 <= _int(token.text) <= 31:
            return int(token.text), at, Sureness.FIGURES
        if (day := self._in_cardinals(at)) is not None:
            return *day, Sureness.WORDS
        ordinal = 0 if self._is_part(at) else self._language.ordinals.get(token.text, 0)
        tens = int(self._language.numbers.get(self._tokens[at - 1].text, 0)) if at > 0 else 0
        if ordinal and tens in (20, 30) and ordinal < 10:
            return tens + ordinal, at - 1, Sureness.WORDS
        return (ordinal, at, Sureness.WORDS) if 1 <= ordinal <= 31 else (None, self._at, Sureness.FIGURES)

    def _in_cardinals(self, at: int) -> tuple[int, int] | None:
        """The day that ends with a token, in a language that says "twenty-two January", and where it begins."""
        language = self._language
        for first in range(max(0, at + 1 - MOST_WORDS), at + 1) if language.cardinal_days else ():
            words = [token.text for token in self._tokens[first : at + 1]]
            one = language.numbers.get(words[0]) if len(words) == 1 else language.compounds.get(" ".join(words))
            if one is not None and 1 <= one <= _LAST_DAYS[-1]:
                return int(one), first
        return None

    def _is_part(self, at: int) -> bool:
        """Whether an ordinal says which part of a month it is: "the last third of July"."""
        before = self._tokens[at - 1].text if at else ""
        language = self._language
        return self._tokens[at].text in language.parts and (
            before in language.portions or before in language.ordinals
        )

    def _is_bracketed(self, at: int) -> bool:
        """Whether a day stands in brackets, for it is that of another calendar: «9 (22) января»."""
        token, month = self._tokens[at], self._tokens[self._at]
        before, after = self._text[: token.start][-1:], self._text[token.end : month.start]
        return before == "(" and after.strip(" .\u00a0") == ")"

    def _near(self, first: int, last: int) -> bool:
        """Whether no more than a hyphen or a space stands between the words from one token to another."""
        pairs = zip(self._tokens[first:last], self._tokens[first + 1 : last + 1], strict=True)
        return all(self._text[a.end : b.start].strip(" -.\u00a0") == "" for a, b in pairs)

    def _day_after(self) -> tuple[int | None, int]:
        at = self._at + 1
        if at < len(self._tokens) and self._near(self._at, at):
            token = self._tokens[at]
            if token.figures and 1 <= _int(token.text) <= 31:
                following = at + 1 < len(self._tokens) and self._tokens[at + 1].text in self._language.within_dates
                return int(token.text), at + 1 if following else at
        return None, self._at

    def _year(self, at: int) -> tuple[int | None, int]:
        """The year after day and month, and the token it stands in."""
        if at < len(self._tokens) and self._tokens[at].text == "of":
            at += 1
        if at >= len(self._tokens):
            return None, at
        token = self._tokens[at]
        gap = self._text[self._tokens[at - 1].end : token.start].strip(" ,.\u00a0")
        if gap == "" and token.figures and len(token.text) == 4 and 1000 <= _int(token.text) < 2200:
            return int(token.text), at
        return None, at

    def _other_day(self, first: int, whole: Day) -> Date | None:
        """The first of two days of a month: 22-25 января."""
        if first == 0 or whole.day is None:
            return None
        token = self._tokens[first - 1]
        between = self._tokens[first] if self._tokens[first].figures else None
        if between is None or not token.figures or not 1 <= _int(token.text) <= 31:
            return None
        if not _APART.fullmatch(self._text[token.end : between.start]):
            return None
        day = Day(whole.year, self._month, int(token.text))
        return Date(day, frozenset((day,)), token.start, token.end, Sureness.FIGURES)
