"""Texts for tests, made without XML: a talk, and a faithful translation of it that tests then spoil."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from edition.diagnostics import Diagnostic, Location
from edition.model import Attendance, Attendee, Edition, Header, Paragraph, Text, Turn
from edition.parity import compare

PERSONS = {
    f"persons.xml#{name}": name.capitalize() for name in ("stalin", "mao", "molotov", "zhou", "malenkov", "chen")
}
SPEAKERS = ("stalin", "mao", "stalin", "zhou", "molotov", "mao")


def person(name: str) -> str:
    return f"persons.xml#{name}"


def header(path: str) -> Header:
    return Header(path, None, None, None, None, None, (), (), ())


def paragraph(path: str, name: str, corresp: Iterable[str] = (), *, text: str = "words", line: int = 1) -> Paragraph:
    return Paragraph(name, f"{path}#{name}", tuple(corresp), text, Location(path, line))


def turn(path: str, name: str, who: str, corresp: Iterable[str] = (), *, line: int = 1) -> Turn:
    """A turn of one paragraph; where it is linked so is its paragraph."""
    links = tuple(f"{key}p1" for key in corresp)
    words = paragraph(path, f"{name}p1", links, line=line)
    return Turn(name, f"{path}#{name}", 0, (person(who),), f"{who}:", (words,), tuple(corresp), Location(path, line))


def attendance(path: str, names: Sequence[str], line: int) -> Attendance:
    entries = tuple(Attendee(person(name), name, Location(path, line + n)) for n, name in enumerate(names, 1))
    return Attendance(entries, Location(path, line))


def text(path: str, turns: Sequence[Turn], listed: Sequence[str] = (), language: str = "ru") -> Text:
    """A text of these turns, each on a line of its own, from line 10 on; its attendee list begins in line 1000."""
    placed = tuple(replace(each, number=n, location=Location(path, 9 + n)) for n, each in enumerate(turns, 1))
    present = (Attendee(person("stalin"), "Stalin", Location(path, 5)),)
    lists = attendance(path, listed, 1000) if listed else None
    return Text(path, language, header(path), placed, (), lists, present, ())


LISTED = ("molotov", "malenkov", "mao", "zhou", "chen")


def original(size: int, listed: Sequence[str] = LISTED) -> Text:
    turns = [turn("ru.xml", f"t{n}", SPEAKERS[n % len(SPEAKERS)]) for n in range(1, size + 1)]
    return text("ru.xml", turns, listed)


def translated(size: int) -> list[Turn]:
    """The turns of a faithful translation, to be spoilt and then given to `translation`."""
    return [turn("en.xml", f"e{n}", SPEAKERS[n % len(SPEAKERS)], [f"ru.xml#t{n}"]) for n in range(1, size + 1)]


def translation(turns: Sequence[Turn], listed: Sequence[str] = LISTED) -> Text:
    return text("en.xml", turns, listed, "en")


Said = Sequence[tuple[str, str]]  # by whom, and what


def told(path: str, language: str, said: Said) -> Text:
    """A text without ids and persons: labels and words alone."""
    turns = [
        replace(turn(path, f"x{n}", "x"), id=None, key=f"{path}#turn({n})", who=(), label=f"{label}:")
        for n, (label, _) in enumerate(said, 1)
    ]
    spoken = [
        replace(each, paragraphs=(replace(paragraph(path, f"p{n}", text=words), id=None),))
        for n, (each, (_, words)) in enumerate(zip(turns, said, strict=True), 1)
    ]
    return text(path, spoken, (), language)


def found(original: Text, translation: Text) -> list[Diagnostic]:
    """What the checks find, without the note on silent attendees."""
    edition = Edition(original, translation, PERSONS)
    return [each for each in compare(edition) if each.rule.code != "ATT105"]


def codes(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str | None]]:
    return sorted((each.rule.code, each.turn) for each in diagnostics)
