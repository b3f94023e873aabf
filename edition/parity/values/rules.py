"""VAL1 and VAL2: numbers, dates and how exact they are, in each text and in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from edition.diagnostics import Location, Severity
from edition.model import DATE, Edition, Paragraph, Text
from edition.parity.values.calendars import in_gregorian
from edition.parity.values.differences import Difference, Values
from edition.parity.values.languages import Language
from edition.parity.values.qualifiers import Qualifier
from edition.parity.values.quantities import SYMBOLS, Date, Day, Number, Sureness
from edition.parity.values.reading import Encoded, encoded_values, is_surely_said, language_in_text, said
from edition.parity.values.shared import Requalified, recounted, requalified
from edition.parity.values.units import lengths_of
from edition.parity.values.unpaired import of_outside
from edition.parity.values.value import Meaning, Value
from edition.rules import Finding, rule

_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_ACCEPT = "accept it as an [[exception]] in edition.toml if the translation was published so"


@rule("VAL101", "value-and-words-disagree", Severity.ERROR)
def value_and_words_disagree(edition: Edition) -> Iterator[Finding]:
    """The attributes of a number or date say what its words say.

    Indexes, timelines and the comparison with the other text are made from the attributes, readers read the words.
    One of the two is wrong, and nobody sees it.

    Wrong: `<num value="52">51%</num>`

    Right: `<num value="51">51%</num>`
    """
    for text in edition.texts():
        language = language_in_text(text)
        for paragraph, turn in _paragraphs(text):
            for encoded in encoded_values(paragraph):
                mark, words = encoded.mark, _contradiction(paragraph, encoded, language)
                if words is None:
                    continue
                value, written = " to ".join(mark.values), _written(paragraph, encoded)
                yield Finding(
                    f'the encoding says {value} of "{written}", its words say {words}',
                    mark.location,
                    hint="correct the attribute, or the words if the witness has them otherwise",
                    turn=turn,
                )


def _paragraphs(text: Text) -> Iterator[tuple[Paragraph, str | None]]:
    for outside in (text.headings, text.frame):
        for paragraph in outside:
            yield paragraph.regular or paragraph, None
    for turn in text.turns:
        for paragraph in turn.paragraphs:
            yield paragraph.regular or paragraph, turn.id


def _contradiction(paragraph: Paragraph, encoded: Encoded, language: Language) -> str | None:
    """What the words say, where that cannot be what the attributes say; None where it can, or is hard to tell."""
    dates, numbers = said(paragraph.text, encoded.mark, language)
    if not (language.has_words or dates) and any(map(str.isalpha, _written(paragraph, encoded))):
        return None
    if encoded.mark.kind == DATE:
        named: list[Date | Number] = sorted([*dates, *numbers], key=lambda each: each.start)
        if encoded.mark.unit or len(named) != len(encoded.ends) or not _is_range(named, encoded, paragraph, language):
            return None
        wrong = any(_is_another(each, stated) for each, stated in zip(named, encoded.ends, strict=True))
        return " to ".join(map(_likely, named)) if wrong else None
    ends = [end for end in encoded.ends if isinstance(end, Decimal)]
    if dates or len(numbers) != len(ends) or _may_be_converted(paragraph, encoded):
        return None
    pairs = zip(sorted(ends), sorted(numbers, key=lambda number: number.likely), strict=True)
    if all(_agrees(end, number, encoded.mark.unit) for end, number in pairs):
        return None
    return " to ".join(f"{number.likely:f}" for number in numbers)


def _is_range(ends: Sequence[Date | Number], encoded: Encoded, paragraph: Paragraph, language: Language) -> bool:
    """Whether words name one date or year, or two that are the ends of a range: «с 1 по 12 мая»."""
    is_year = [isinstance(end, Number) and _day_of_number(end.likely).year is not None for end in ends]
    if len(ends) == 1:  # not «на второй день»
        return is_year[0] or isinstance(ends[0], Date)
    if not (all(is_year) or isinstance(ends[1], Date)) or any(isinstance(end, Number) and end.counts for end in ends):
        return False
    gap = _written(paragraph, encoded)[ends[0].end : ends[1].start].strip(" .,").lower()
    return not gap.strip(_DASHES) or gap in language.ranges or gap in language.through


def _is_another(said: Date | Number, stated: Meaning) -> bool:
    """Whether words say another day than attributes, also by the older calendar."""
    days = said.readings if isinstance(said, Date) else frozenset(map(_day_of_number, said.readings))
    day = stated if isinstance(stated, Day) else Day(int(stated), None, None)
    return bool(days) and all(each.contradicts(day) and in_gregorian(each) != day for each in days)


def _likely(said: Date | Number) -> str:
    return str(said.likely) if isinstance(said, Date) else f"{said.likely:f}"


def _may_be_converted(paragraph: Paragraph, encoded: Encoded) -> bool:
    """Whether the words may count in another unit than the attributes: 5 kt of "5000 tons", not 12 km of "10 km"."""
    unit = encoded.mark.unit
    return unit in SYMBOLS and not re.search(rf"\d\s*{re.escape(unit)}(?!\w)", _written(paragraph, encoded))


def _written(paragraph: Paragraph, encoded: Encoded) -> str:
    return paragraph.text[encoded.mark.start : encoded.mark.end]


def _day_of_number(number: Decimal) -> Day:
    """The year or the day of a month that a number may be, of which nothing is said where it can be neither."""
    if number != int(number) or not (1 <= number <= 31 or 1000 <= number < 2200):
        return Day(None, None, None)
    return Day(int(number), None, None) if number >= 1000 else Day(None, None, int(number))


def _agrees(stated: Decimal, number: Number, unit: str) -> bool:
    if not is_surely_said(number):
        return True
    if 0 < number.likely < 1 and not (unit or number.sureness):  # "half" alone is no two, though "in half" is in two
        return stated in (number.likely, number.likely * 100)
    if stated in number.readings:
        return True
    as_long = unit != "" and not number.lasts.isdisjoint(lengths_of(stated, unit))
    return as_long or (number.percent and stated * 100 in number.readings)


@rule("VAL201", "number-differs", Severity.ERROR)
def number_differs(values: Values) -> Iterator[Finding]:
    """Every number that one text has in figures or encoded, the other has as well, however it is spelled.

    Numbers are compared by value: "10 тыс.", "10 thousand" and "ten thousand" are the same. How often a turn says
    one is not asked.

    Wrong: "increase it to 52%" where the original has 51%

    Right: "increase it to 51%"
    """
    for difference in (*values.differences, *of_outside(values)):
        if not difference.is_date and difference.sureness is Sureness.FIGURES:
            yield _difference(difference, "number")


@rule("VAL202", "number-word-differs", Severity.WARNING)
def number_word_differs(values: Values) -> Iterator[Finding]:
    """Every number that one text has in words, the other has as well.

    Words that are numbers only sometimes ("one", "both", "first", оба) are never missed; but a third that has become
    a fourth is found. A language without a table of its number words is compared by figures alone.

    Wrong: "three groups of questions" for «две группы вопросов»

    Right: "two groups of questions"
    """
    for difference in (*values.differences, *of_outside(values)):
        if not difference.is_date and difference.sureness is Sureness.WORDS:
            yield _difference(difference, "number")


@rule("VAL203", "date-differs", Severity.ERROR)
def date_differs(values: Values) -> Iterator[Finding]:
    """Every date of one text stands in the other, whole: day, month and year as far as the original says them.

    The order of day and month and their spelling are the language's own; a year may be left to be understood, and a
    month where it was named just before. Of an opening that the two texts divide otherwise, one date for another is
    told, as a warning; so is the date of a heading that stands nowhere outside the turns.

    Wrong: "June 1949" for «июля 1949 года»

    Right: "July 1949"
    """
    for difference in (*values.differences, *of_outside(values)):
        if difference.is_date:
            yield _difference(difference, "date")


def _difference(difference: Difference, what: str) -> Finding:
    passage, ours, theirs = difference.passage, difference.original, difference.translation
    mine, its = _words(ours, difference.counted), _words(theirs, difference.counted)
    if ours is None:
        message = f'{passage.called} says "{its}", which its original {passage.original_called} does not'
        hint = f"take the {what} out, or mark it as <supplied>; {_ACCEPT}"
    elif theirs is None:
        message = f'{passage.called} does not say "{mine}", which its original {passage.original_called} says'
        hint = f"add the {what}; {_ACCEPT}"
    else:
        message = f'{passage.called} says "{its}", its original {passage.original_called} "{mine}"'
        hint = f"write the {what} of the original; {_ACCEPT}"
    where = f'has "{mine}"' if ours else "in the original"
    return Finding(
        message,
        _place(theirs) or passage.place,
        hint=hint,
        turn=passage.turn,
        related=(passage.told(_place(ours), where),),
        doubtful=difference.doubtful,
    )


def _words(value: Value | None, counted: bool = False) -> str:
    """As the text has it, with what it counts if that is asked; of what only the encoding gives, that too."""
    if value is None:
        return ""
    if counted:
        return value.counted
    given = value.given
    if isinstance(given, Decimal) and value.is_in_doubt and f"{given:f}" not in value.words:
        return f"{value.words} ({' '.join((f'{given:f}', value.unit)).strip()})"
    if isinstance(given, Day) and value.is_in_doubt:
        return f"{value.words} ({given})"
    return value.told


def _place(value: Value | None) -> Location | None:
    return value.location if value else None


@rule("VAL204", "exactness-differs", Severity.WARNING)
def exactness_differs(values: Values) -> Iterator[Finding]:
    """A number is as exact in the translation as in the original: about, nearly, at least, at most, or none of these.

    A word of one syllable makes a fact of an estimate, and an estimate of a fact.

    Wrong: "10 thousand people" for «около 10 тыс. человек»

    Right: "about 10 thousand people"
    """
    for pair in values.pairs:
        for found in requalified(pair):
            passage = found.passage
            yield Finding(
                _exactness(found),
                found.translation.location,
                hint=f"say it as the original does; {_ACCEPT}",
                turn=passage.turn,
                related=(passage.told(found.original.location, f'has "{_qualified(found.original, found.said)}"'),),
            )


def _exactness(found: Requalified) -> str:
    passage, said, translated = found.passage, found.said, found.translated
    words = f'{passage.called} says "{_qualified(found.translation, translated)}"'
    if said is None:
        return f'{words}, its original {passage.original_called} "{found.original.words}" without such a word'
    if said.inverted:
        return f'{words}, its original {passage.original_called} "{_qualified(found.original, said)}", about so many'
    if translated is None:
        return f'{words} without the "{said.words}" of its original {passage.original_called}'
    return f'{words}, its original {passage.original_called} "{_qualified(found.original, said)}"'


def _qualified(value: Value, qualifier: Qualifier | None) -> str:
    if qualifier is None or qualifier.words in value.words.lower():
        return value.words
    return f"{qualifier.words} {value.words}" if qualifier.in_front else f"{value.words} {qualifier.words}"


@rule("VAL205", "unit-differs", Severity.WARNING)
def unit_differs(values: Values) -> Iterator[Finding]:
    """A number counts the same in both texts.

    Compared are the units that both texts encode, percentages against bare numbers, and in words the units of time.
    Names in two scripts (пуд, pood) are of one unit where they always stand for each other.

    Wrong: `<measure quantity="2" unit="day">` for `<measure quantity="2" unit="hour">`

    Right: `<measure quantity="2" unit="hour">`
    """
    for found in recounted(values):
        passage, ours, theirs = found.passage, found.original, found.translation
        mine, its = found.units
        yield Finding(
            f'{passage.called} counts {its or "no percents"} in "{theirs.counted}", its original '
            f'{passage.original_called} {mine or "no percents"} in "{ours.counted}"',
            theirs.location,
            hint="let both count the same; write units alike in both files",
            turn=passage.turn,
            related=(passage.told(ours.location, f'has "{ours.counted}"'),),
        )


CHECKS = (number_differs, number_word_differs, date_differs, exactness_differs, unit_differs)
