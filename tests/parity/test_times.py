"""Times of day: each that a clock shows is read as itself in all the words that four languages have for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.parity.values.figures import tokens_of
from edition.parity.values.languages import language_of
from edition.parity.values.numbers import numbers_of

from .test_values import compared

Forms = Callable[[int, int], Iterator[str]]
STEP = 5  # minutes: "five past", "ten past"


def numbered(words: str, step: int = 1) -> dict[int, str]:
    """Words by their numbers, from the step on; `_` is a space."""
    return {step * number: word.replace("_", " ") for number, word in enumerate(words.split(), 1)}


RUSSIAN = numbered("один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать")
HOURS_BEGUN = numbered("""
    первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого
    """)
RUSSIAN_MINUTES = numbered("пять десять пятнадцать двадцать двадцать_пять", STEP)
LACKING = numbered("пяти десяти четверти двадцати двадцати_пяти", STEP)
ENGLISH = numbered("one two three four five six seven eight nine ten eleven twelve")
ENGLISH_MINUTES = numbered("five ten quarter twenty twenty-five", STEP)
GERMAN = numbered("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf")
GERMAN_MINUTES = numbered("fünf zehn Viertel zwanzig fünfundzwanzig", STEP)
FRENCH = numbered("une deux trois quatre cinq six sept huit neuf dix onze")
FRENCH_MINUTES = numbered("cinq dix le_quart vingt vingt-cinq", STEP)


def on_a_dial(hour: int) -> int:
    return (hour - 1) % 12 + 1


def russian(hour: int, minute: int) -> Iterator[str]:
    now, following = on_a_dial(hour), on_a_dial(hour + 1)
    part = "ночи" if hour < 4 else "утра" if hour < 12 else "дня" if hour < 17 else "вечера"
    next_part = "ночи" if following == 12 and hour > 12 else part
    spoken, begun = ("час" if each == 1 else RUSSIAN[each] for each in (now, following))
    yield from (f"в {hour}:{minute:02}", f"{hour}.{minute:02}.", f"в {hour} ч. {minute} м.")
    if minute == 0:
        yield from (f"в {spoken} {part}", f"в {now} ч. {part}", f"в {hour} часов")
    elif minute < 30:
        ordinal, minutes = HOURS_BEGUN[following], RUSSIAN_MINUTES[minute]
        yield from (f"{minutes} минут {ordinal}.", f"в {minute} мин. {following}-го", f"в {minutes} минут {ordinal}")
    elif minute == 30:
        ordinal = HOURS_BEGUN[following]
        yield from (f"в половине {ordinal}", f"половина {ordinal} {next_part}", f"в пол{ordinal}")
    else:
        lacking = LACKING[60 - minute]
        yield from (f"без {lacking} {begun}", f"было без {lacking} {begun} {next_part}, когда")
        yield f"без {60 - minute} минут {begun}"
    if minute == 5:
        yield f"в {spoken} ноль пять"
    if minute % 30 == 15:
        yield f"без четверти {begun}" if minute > 30 else f"в четверть {HOURS_BEGUN[following]}"


def english(hour: int, minute: int) -> Iterator[str]:
    now, following = ENGLISH[on_a_dial(hour)], ENGLISH[on_a_dial(hour + 1)]
    half = "a.m." if hour < 12 else "p.m."
    yield from (f"at {hour}:{minute:02}", f"at {on_a_dial(hour)}.{minute:02} {half}", f"{hour:02}{minute:02} hours")
    if minute == 0:
        yield from (f"at {now} o'clock", f"at {on_a_dial(hour)} {half}")
    elif minute < 30:
        yield from (f"at {ENGLISH_MINUTES[minute]} past {now}", f"{ENGLISH_MINUTES[minute]} minutes after {now}")
    elif minute == 30:
        yield from (f"half past {now}", f"at half-past {now}", f"at half past {on_a_dial(hour)} {half}")
    else:
        yield from (
            f"{ENGLISH_MINUTES[60 - minute]} to {following}",
            f"a {ENGLISH_MINUTES[60 - minute]} of {following}",
        )
        yield f"{60 - minute} minutes before {following}"
    if minute in (10, 30):
        yield f"at {now} {'thirty' if minute == 30 else 'ten'} {half}"
    if minute == 5:
        yield f"at {now} oh five"


def german(hour: int, minute: int) -> Iterator[str]:
    now, following = GERMAN[on_a_dial(hour)], GERMAN[on_a_dial(hour + 1)]
    yield from (f"um {hour}:{minute:02} Uhr", f"{hour}.{minute:02} Uhr", f"um {hour} Uhr {minute}")
    if minute == 0:
        yield from (f"um {now}", f"{now.removesuffix('s') if now == 'eins' else now} Uhr")
    elif minute < 30:
        yield from (f"um {GERMAN_MINUTES[minute]} nach {now}", f"{GERMAN_MINUTES[minute]} nach {now} Uhr")
    elif minute == 30:
        yield from (f"halb {following}", f"um halb {following} Uhr")
    else:
        yield from (f"um {GERMAN_MINUTES[60 - minute]} vor {following}", f"{60 - minute} Minuten vor {following}")
    if minute in (20, 25):
        yield f"{GERMAN_MINUTES[30 - minute]} vor halb {following}"
    if minute in (35, 40):
        yield f"um {GERMAN_MINUTES[minute - 30]} nach halb {following}"
    if minute in (15, 45):
        quarters = "viertel" if minute < 30 else "dreiviertel"
        yield from (f"um {quarters} {following}", f"um {quarters.replace('dreiv', 'drei V')} {following}")


def french(hour: int, minute: int) -> Iterator[str]:
    now, following = french_hour(hour), french_hour(hour + 1)
    yield from (f"à {hour} h {minute:02}", f"à {hour}h{minute:02}", f"à {hour} heures {minute} minutes")
    if minute == 0:
        yield from (f"à {now}", f"à {on_a_dial(hour)} heures {'du matin' if hour < 12 else 'du soir'}")
    elif minute in (15, 30):
        part = "quart" if minute == 15 else "demi" if now[0] == "m" else "demie"
        yield from (f"{now} et {part}", f"à {now} et {part}")
    elif minute < 30:
        yield f"à {now} {FRENCH_MINUTES[minute]}"
    else:
        yield from (f"à {following} moins {FRENCH_MINUTES[60 - minute]}", f"{following} moins {60 - minute}")


def french_hour(hour: int) -> str:
    if hour % 12 == 0:
        return "midi" if hour == 12 else "minuit"
    return f"{FRENCH[hour % 12]} heure{'s' if hour % 12 > 1 else ''}"


LANGUAGES: dict[str, Forms] = {"ru": russian, "en": english, "de": german, "fr": french}
TIMES = [(hour, minute) for hour in range(24) for minute in range(0, 60, STEP)]


def read(words: str, language: str) -> set[int]:
    """The minutes after midnight that the time may be which these words tell."""
    numbers = numbers_of(words, tokens_of(words), language_of(language))
    return {minute for number in numbers if number.time for minute in number.time.minutes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_time_is_read_as_itself(language: str) -> None:
    for hour, minute in TIMES:
        for words in LANGUAGES[language](hour, minute):
            found = read(words, language)
            assert hour * 60 + minute in found, (hour, minute, words)
            assert len(found) <= 6, (words, found)  # two, and those that "ten to one" has as a range


two_languages = st.permutations(list(LANGUAGES)).map(lambda codes: (codes[0], codes[1]))


@settings(max_examples=40)
@given(st.data(), two_languages, st.sampled_from(TIMES))
def test_one_time_in_two_languages_is_passed_in_silence(
    data: st.DataObject, languages: tuple[str, str], time: tuple[int, int]
) -> None:
    ours, theirs = (data.draw(st.sampled_from(list(LANGUAGES[code](*time)))) for code in languages)
    assert [found.message for found in compared(ours, theirs, languages=" ".join(languages))] == []


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        ("без двадцати два", "at twenty past two", 'says "twenty past two", its original t4 "без двадцати два"'),
        ("в половине шестого", "at half past six", 'says "half past six", its original t4 "половине шестого"'),
        ("в 17:30", "at 4:30 p.m.", 'says "4:30 p.m", its original t4 "17:30"'),
        ("в 6 ч. вечера", "at 6 a.m.", 'says "6 a.m", its original t4 "6 ч. вечера"'),
        (
            "без четверти семь",
            "a quarter past seven",
            'says "quarter past seven", its original t4 "без четверти семь"',
        ),
    ],
)
def test_another_time_is_found_once_and_shown_whole(ours: str, theirs: str, message: str) -> None:
    (found,) = compared(ours, theirs)
    assert message in found.message


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("с 10 до 12", "from ten to twelve"),
        ("от пяти до десяти человек", "five to ten people"),
        ("Принято десятью голосами против двух.", "Carried by ten to two."),
        ("в 10 часов 15 человек ушли", "at ten o'clock 15 people left"),
        ("половина второго тома", "half of the second volume"),
        ("через 15 часов", "15 hours later"),
        ("3 дня", "three days"),
        ("по цене 5.50", "at 5.50"),
        ("с 5 до 7 часов вечера", "from 17 to 19 hours"),
    ],
)
def test_what_is_no_time_or_may_be_none(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs)] == []
