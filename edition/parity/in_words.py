"""Attendees who are named in one run of words: `Присутствовали: тт. Сталин, Молотов, Микоян и др.`"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.model import BEFORE, Attendance, Attendee, Paragraph, Text
from edition.parity.offices import has_office, names_in

# How minutes begin to say who was there, in languages that editions are often in.
_PRESENT = re.compile(
    r"\W*(?:присутств(?:овали|уют)|участв(?:овали|уют)|участники|присутні|present|those present|attended by"
    r"|attendees|in attendance|participants|anwesende?|teilnehmer|présents|étaient présents|obecni|uczestnicy"
    r"|presenti|presentes|asistentes|παρόντες|出席)\b[^:：]{0,40}[:：]\s*(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"[,;、،]|\s(?:and|und|et|en|y|e|i|и|і|та|й|και)\s")  # names in one entry
# What says for whom those are who are named next: "for Great Britain, W. Churchill and A. Eden".
_SIDE = re.compile(
    r"(?:[Ff]or|[Ff]rom|[Oo]n (?:behalf|the (?:part|side)) of|[Rr]epresenting|[Оо]т|[Сс]о стороны|[Зз]а|[Вв]ід|[Ff]ür"
    r"|[Ss]eitens|[Vv]on [Ss]eiten|[Pp]our|[Dd]u côté|[Pp]or|[Zz]e strony|[Oo]d)\s"
)
RUN = "run"  # what such a list is instead of an element


def pieces(label: str) -> list[str]:
    """The parts of an entry that commas, semicolons and "and" divide."""
    return [piece.strip() for piece in _BETWEEN.split(label) if piece.strip()]


def attendance_of(text: Text) -> Attendance | None:
    """The attendee list of a text, or the first passage before its turns that says who was present."""
    if text.attendance is not None:
        return text.attendance
    for passage in text.frame:
        found = _PRESENT.match(passage.text) if passage.place == BEFORE else None
        if found and len(persons_in(found["names"])) > 1:
            return Attendance((Attendee(None, found["names"].strip(), passage.location),), passage.location, RUN)
    return None


def says_who_was_present(passage: Paragraph) -> bool:
    """Whether a passage outside turns stands for an attendee list."""
    return passage.place == BEFORE and _PRESENT.match(passage.text) is not None


def is_run(attendance: Attendance) -> bool:
    """Whether a list is one entry that names several and points at nobody."""
    (entry, *others) = attendance.attendees or (None,)
    return entry is not None and not others and entry.person is None and len(persons_in(entry.label)) > 1


def persons_in(label: str) -> list[str]:
    """The names in an entry, as they stand; offices that follow them, and "and others", are none."""
    found = _PRESENT.match(label)
    return [piece.rstrip(".") for piece in pieces(found["names"] if found else label) if names_in(piece)]


def without_offices(names: Sequence[str], paired: Sequence[int]) -> list[str]:
    """The names without those that may be an office, "President of Poland", or a side, and that nobody answers to."""
    return [
        name for number, name in enumerate(names) if number in paired or not (has_office(name) or _SIDE.match(name))
    ]


def of_persons(attendance: Attendance, names: Sequence[str]) -> tuple[Attendee, ...]:
    """The one entry of a list as an entry for each of these names."""
    return tuple(replace(attendance.attendees[0], label=name) for name in names)
