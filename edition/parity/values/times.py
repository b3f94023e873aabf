"""Times of day: an hour and its minutes are one value, in whatever words a language tells them.

17.30, "half past five", «половина шестого» and "halb sechs" are the same time, of which each number has a share. So
each answers to any of the other text's, whatever it is alone: the twenty of «без двадцати два» to the forty of 1:40.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from edition.parity.values.languages import Language, any_of
from edition.parity.values.quantities import Number, Sureness, TimeOfDay

_NEAR = 32  # characters around a number in which the words stand that make it a time
_DAY, _HALF_DAY, _HOUR = 1440, 720, 60
_NOON, _LAST_HOUR = 12, 24
_LEAST_SPOKEN = 10  # minutes behind an hour without a word between: "ten fifteen"
_WRITTEN = re.compile(r"(\d{1,2})\.([0-5]\d)")
_MILITARY = re.compile(r"([01]\d|2[0-4])([0-5]\d)")  # 0930 hours
_TWO_FIGURES = re.compile(r"[0-5]\d")
_OPENING = re.compile(r"(?:^|[(\[,;:\u2013\u2014])\s*$")
_CLOSING = re.compile(r"(?:-?[^\W\d_]{1,2})?\s*(?:$|[)\],;.!?…»])")
_DASH = re.compile(r"\s*[-\u2010-\u2015−]\s*")
_QUARTER = Decimal("0.25")
_PARTS = {_QUARTER: 15, Decimal("0.5"): 30, Decimal("0.75"): 45}  # of an hour, in minutes
_THREE = 3  # of the quarters of "drei Viertel fünf"
_NO_MINUTES = "00"  # nobody misses them: «в восемь», "at 20:00"


def with_times(numbers: Sequence[Number], text: str, language: Language) -> list[Number]:
    """The same numbers, each with the time of day that it tells, or has a share in."""
    reader = _Times(numbers, text, language)
    found = [replace(each, time=reader.times[at]) if at in reader.times else each for at, each in enumerate(numbers)]
    silent = [text[each.start : each.end] == _NO_MINUTES for each in found]
    return [replace(each, sureness=Sureness.DOUBTFUL) if no else each for each, no in zip(found, silent, strict=True)]


@dataclass(frozen=True)
class _Phrases:
    """What stands around the numbers of a time, ready to be looked for.

    `surely` are hours by a word that says nothing else: "o'clock", and not «часов», which may be how long.
    """

    hour: re.Pattern[str]
    surely: re.Pattern[str]
    afternoon: re.Pattern[str]
    night: re.Pattern[str]
    at: re.Pattern[str]
    late: re.Pattern[str]
    early: re.Pattern[str]
    past: re.Pattern[str]
    before: re.Pattern[str]
    without: re.Pattern[str]
    plain: re.Pattern[str]
    to_half: re.Pattern[str]
    then: re.Pattern[str]
    hours: re.Pattern[str]
    ordinal: re.Pattern[str]
    minutes: re.Pattern[str]
    less: re.Pattern[str]
    added: re.Pattern[str]


@cache
def _phrases_of(language: Language) -> _Phrases:
    clock, minute = language.clock, any_of(*(word for word, unit in language.units.items() if unit == "minute"))
    hour = any_of(clock.hour) if language.has_words else r"[^\W\d_]{1,6}"
    only = [word for word in _split(clock.hour) if language.units.get(word) != "hour"]
    parts = [word for word in (*_split(clock.afternoon), *_split(clock.night)) if word not in language.units]
    minutes = rf"(?:(?:{minute})\.?(?!\w)\s*)?"
    behind = rf"[\s-]*(?:(?:{hour})(?!\w)\.?\s*)?"
    at = any_of(clock.at)
    return _Phrases(
        hour=re.compile(rf"\s*(?:{hour})(?!\w)"),
        surely=re.compile(rf"\s*(?:{any_of(*only)})(?!\w)|{behind}(?:{any_of(*parts)})(?!\w)"),
        afternoon=re.compile(rf"{behind}(?:{any_of(clock.afternoon)})(?!\w)"),
        night=re.compile(rf"{behind}(?:{any_of(clock.night)})(?!\w)"),
        at=re.compile(rf"(?<!\w)(?:{at})\s+(?:[^\W\d_]+\s+)?$"),
        late=re.compile(rf"(?<!\w)(?:{any_of(clock.afternoon)})\s+(?:{at})\s+$"),
        early=re.compile(rf"(?<!\w)(?:{any_of(clock.night)})\s+(?:{at})\s+$"),
        past=re.compile(rf"[\s-]*{minutes}(?:{any_of(clock.past)})[\s-]+"),
        before=re.compile(rf"[\s-]*{minutes}(?:{any_of(clock.before)})[\s-]+"),
        without=re.compile(rf"(?<!\w)(?:{any_of(clock.without)})\s+$"),
        plain=re.compile(rf"\s+{minutes}"),
        to_half=re.compile(any_of(clock.to)),
        then=re.compile(rf"\s+(?:(?:{any_of(language.spoken_years)})\s+)?"),
        hours=re.compile(rf"\s*(?:{hour})(?!\w)\.?\s*(?:(?:{any_of(language.joins, language.adds)})\s+)?"),
        ordinal=re.compile(rf"-?(?:{any_of(language.ordinal_figures)})(?!\w)"),
        minutes=re.compile(rf"[\s-]*(?:{minute})(?!\w)"),
        less=re.compile(rf"\s*(?:(?:{hour})(?!\w)\.?\s*)?(?:{any_of(clock.less)})\s+"),
        added=re.compile(rf"\s*(?:(?:{hour})(?!\w)\.?\s*)?(?:{any_of(language.joins, language.adds)})\s+"),
    )


def _split(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split("|") if phrase.strip()]


class _Times:
    """Reads numbers from right to left, for "five to half past six" counts from what follows."""

    def __init__(self, numbers: Sequence[Number], text: str, language: Language) -> None:
        self._numbers, self._language = numbers, language
        self._text, self._phrases = text.lower().replace("ё", "е"), _phrases_of(language)
        self.times: dict[int, TimeOfDay] = {}
        for at in reversed(range(len(numbers))):
            found = self._counted(at) or self._full(at) or self._alone(at)
            if found is None and at + 1 in self.times and self._is_range(self._gap(at)):
                found = self._of_a_range(at, self.times[at + 1])
            if found is not None:
                self._share(at, found)

    def _share(self, at: int, time: TimeOfDay) -> None:
        """Give a time to all of its numbers, from this one on."""
        while at < len(self._numbers) and self._numbers[at].start < time.end:
            self.times[at] = time
            at += 1

    def _counted(self, at: int) -> TimeOfDay | None:
        """Minutes before or after an hour: "twenty to two", «двадцать минут второго», "fünf vor halb sechs"."""
        number, minutes = self._numbers[at], self._minutes(at)
        base = self._hour(at + 1) if minutes is not None else None
        if minutes is None or base is None:
            return None
        if self._is_third(at):  # "drei Viertel fünf"
            return replace(self.times[at + 1], start=number.start) if at + 1 in self.times else None
        gap, phrases = self._gap(at), self._phrases
        told = phrases.minutes.match(gap) is not None or number.likely < 1
        if phrases.past.fullmatch(gap):
            return _moved(base, minutes, number.start, sure=told or base.sure or self._is_at(at))
        if phrases.before.fullmatch(gap):
            if told or (base.sure and not self._is_range(gap)):
                return _moved(base, -minutes, number.start, sure=True)
            return self._of_a_range(at, base, _moved(base, -minutes, number.start, sure=base.sure))
        if not phrases.plain.fullmatch(gap):
            return None
        if without := phrases.without.search(self._before(at)):
            return _moved(base, -minutes, number.start - len(without[0]), sure=True)
        if self._is_begun(at):
            closed = _CLOSING.match(self._behind(at + 1)) is not None
            return _moved(base, minutes - _HOUR, number.start, sure=closed or base.sure or self._is_at(at))
        return None

    def _is_third(self, at: int) -> bool:
        """Whether a number says how many quarters of an hour the next ones are."""
        followed = at + 1 in self.times and self._numbers[at + 1].likely == _QUARTER
        return followed and self._numbers[at].likely == _THREE and self._gap(at) == " "

    def _is_begun(self, at: int) -> bool:
        """Whether minutes are of the hour that ends with the next number: «четверть шестого», "halb sechs"."""
        if self._language.clock.to:
            return self._phrases.to_half.fullmatch(self._written(at)) is not None
        hour = self._numbers[at + 1]
        followed = self._written(at + 1).isdigit() and self._phrases.ordinal.match(self._behind(at + 1))
        return self._language.clock.ordinals and (hour.ordinal or bool(followed))

    def _full(self, at: int) -> TimeOfDay | None:
        """An hour with its minutes behind it: 10:15, «10 часов 15 минут», "ten fifteen"."""
        behind = at + 2 if self._leads_on(at + 1) else at + 1
        base, minutes = self._hour(at), self._minutes(behind, least=0)
        if base is None or minutes is None:
            return None
        if (less := self._phrases.less.fullmatch(self._gap(at))) or self._part(behind):
            return self._in_parts(at, behind, -minutes if less else minutes)
        gap, phrases, last = self._gap(at), self._phrases, self._numbers[behind]
        is_at = self._is_at(at)
        written = gap == ":" and _TWO_FIGURES.fullmatch(self._written(behind)) is not None
        worded = (is_at or self._part_behind(behind)) and phrases.then.fullmatch(gap) is not None
        told = phrases.minutes.match(self._behind(behind))
        is_noon = self._numbers[at].likely == _NOON and not self._numbers[at].sureness  # "midi cinq"
        apart = minutes >= _LEAST_SPOKEN or gap != " " or behind > at + 1 or is_noon or told
        in_words = worded and apart and last.sureness is Sureness.WORDS
        if not (written or in_words or phrases.hours.fullmatch(gap)):
            return None
        end = last.end + (told.end() if told else 0)
        hours, surely = int(self._numbers[at].likely), phrases.surely.match(self._behind(at)) is not None
        base = self._in_its_half(hours, at, end)
        return _moved(base, minutes, base.start, sure=written or surely or is_at or base.sure)

    def _in_parts(self, at: int, behind: int, minutes: int) -> TimeOfDay | None:
        """An hour and part of it, or less minutes: "deux heures et quart", "trois heures moins dix"."""
        if minutes > 0 and not (
            self._phrases.added.fullmatch(self._gap(at)) or self._phrases.hours.fullmatch(self._gap(at))
        ):
            return None
        within = self._in_its_half(int(self._numbers[at].likely), at, self._numbers[behind].end)
        surely = self._phrases.surely.match(self._behind(at)) is not None
        is_noon = within.minutes == _both(_NOON * _HOUR) and not self._numbers[at].sureness  # "midi et demi"
        sure = minutes < 0 or surely or within.sure or is_noon or self._is_at(at)
        return _moved(within, minutes, within.start, sure=sure)

    def _leads_on(self, at: int) -> bool:
        """Whether a number only leads on to the minutes: «восемь ноль пять», "six heures un quart"."""
        if at + 1 >= len(self._numbers) or self._gap(at) != " ":
            return False
        return self._numbers[at].likely == 0 or (self._numbers[at].likely == 1 and self._part(at + 1) != 0)

    def _alone(self, at: int) -> TimeOfDay | None:
        """What one number says by itself: 17.30, 1830 hours, «полшестого», "at six"."""
        number, written, phrases = self._numbers[at], self._written(at), self._phrases
        if (hour := self._language.clock.half_past.get(written)) is not None:
            return TimeOfDay(_both(hour * _HOUR + 30), sure=True, start=number.start, end=number.end)
        before, behind = self._before(at), self._behind(at)
        is_at, is_hour = self._is_at(at), phrases.hour.match(behind) is not None
        for pattern in (_WRITTEN, _MILITARY):
            found = pattern.fullmatch(written)
            surely = pattern is _WRITTEN or is_hour or written.startswith("0")  # "at 1800" may be a year
            if found and int(found[1]) <= _LAST_HOUR and (surely or is_at):
                base = self._in_its_half(int(found[1]), at, number.end)
                stands_alone = self._language.decimal != "." and _OPENING.search(before) and _CLOSING.match(behind)
                sure = self._language.has_words and bool(is_hour or is_at or base.sure or stands_alone)
                return _moved(base, int(found[2]), number.start, sure=sure and surely)
        hours = _hours_of(number)
        if hours is None or number.ordinal:
            return None
        known = is_at or is_hour or hours > _NOON or self._part_behind(at) or not self._language.has_words
        return self._hour(at) if known or (hours == _NOON and not number.sureness) else None

    def _of_a_range(self, at: int, last: TimeOfDay, before: TimeOfDay | None = None) -> TimeOfDay | None:
        """The first of two times, "from 5 to 7 p.m."; each may be so many minutes `before` the last as well."""
        number, hours = self._numbers[at], _hours_of(self._numbers[at])
        minutes = before.minutes if before else frozenset()
        if before:
            self.times[at + 1] = replace(last, minutes=last.minutes | minutes)
        first = minutes if hours is None else minutes | _both(hours * _HOUR)
        return TimeOfDay(first, last.sure, number.start, number.end) if first else None

    def _hour(self, at: int) -> TimeOfDay | None:
        """The time that begins with a number, or the full hour that it may be."""
        if at in self.times and not self._numbers[at].ordinal:
            return self.times[at]
        hours = _hours_of(self._numbers[at]) if at < len(self._numbers) else None
        if hours is None or self._is_counted_by_ordinal(at):
            return None
        time, phrases = self._in_its_half(hours, at, self._numbers[at].end), self._phrases
        behind = self._behind(at)
        spoken = phrases.hour.match(behind) or self._part_behind(at)
        is_at = spoken and self._is_at(at)
        return replace(time, sure=bool(phrases.surely.match(behind) or is_at))

    def _is_counted_by_ordinal(self, at: int) -> bool:
        """Whether a word for an hour is the one that an ordinal counts, and no one o'clock: «пятый час пополудни»."""
        follows = at > 0 and self._numbers[at - 1].ordinal and self._gap(at - 1) == " "
        return follows and self._language.units.get(self._written(at)) == "hour"

    def _in_its_half(self, hours: int, at: int, end: int) -> TimeOfDay:
        """A full hour in the half of the day that the words say which stand around it and its minutes.

        It is sure if words behind it do.
        """
        phrases, behind = self._phrases, self._text[end : end + _NEAR]
        late, early = phrases.afternoon.match(behind), phrases.night.match(behind)
        told = late or early
        if not told:
            late, early = phrases.late.search(self._before(at)), phrases.early.search(self._before(at))
        minutes = _both(hours * _HOUR)
        if bool(late) is not bool(early) and hours != _NOON:
            minutes = frozenset(each for each in minutes if (each >= _HALF_DAY) is bool(late)) or minutes
        end += told.end() if told else 0
        return TimeOfDay(minutes, sure=bool(told), start=self._numbers[at].start, end=end)

    def _part_behind(self, at: int) -> bool:
        behind = self._behind(at)
        return bool(self._phrases.afternoon.match(behind) or self._phrases.night.match(behind))

    def _minutes(self, at: int, least: int = 1) -> int | None:
        """The minutes that a number may be, which are no fewer than these."""
        number = self._numbers[at] if at < len(self._numbers) else None
        if number is None or number.percent or (number.ordinal and number.sureness):
            return None
        if part := self._part(at):
            three = at > 0 and self._numbers[at - 1].likely == _THREE and self._gap(at - 1) == " "
            return part * (_THREE if three and number.likely == _QUARTER else 1)
        whole = number.likely == int(number.likely) and least <= number.likely < _HOUR
        return int(number.likely) if whole else None

    def _part(self, at: int) -> int:
        """The minutes that a number is as part of an hour: "quart", the three of "trois quarts"; 0 if it is none."""
        number = self._numbers[at]
        quarters = number.likely == _THREE and _THREE * _QUARTER in number.readings
        return _PARTS.get(_THREE * _QUARTER if quarters else number.likely, 0)

    def _is_at(self, at: int) -> bool:
        return self._phrases.at.search(self._before(at)) is not None

    def _is_range(self, gap: str) -> bool:
        word = gap.strip()
        return _DASH.fullmatch(gap) is not None or word in self._language.ranges or word in self._language.through

    def _before(self, at: int) -> str:
        return self._text[max(0, self._numbers[at].start - _NEAR) : self._numbers[at].start]

    def _behind(self, at: int) -> str:
        return self._text[self._numbers[at].end : self._numbers[at].end + _NEAR]

    def _gap(self, at: int) -> str:
        return self._text[self._numbers[at].end : self._numbers[at + 1].start]

    def _written(self, at: int) -> str:
        return self._text[self._numbers[at].start : self._numbers[at].end]


def _hours_of(number: Number) -> int | None:
    """The hour that a number may be."""
    whole = number.likely == int(number.likely) and 0 <= number.likely <= _LAST_HOUR
    return int(number.likely) if whole and not number.percent and number.scale == 1 else None


def _moved(time: TimeOfDay, minutes: int, start: int, *, sure: bool) -> TimeOfDay:
    return TimeOfDay(frozenset((each + minutes) % _DAY for each in time.minutes), sure, start, time.end)


def _both(minutes: int) -> frozenset[int]:
    """The minutes after midnight or noon that so many on a clock are, of which an hour above twelve is only one."""
    if minutes >= (_NOON + 1) * _HOUR:
        return frozenset((minutes % _DAY,))
    return frozenset((minutes % _HALF_DAY, minutes % _HALF_DAY + _HALF_DAY))
