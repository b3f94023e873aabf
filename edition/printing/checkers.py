"""Checkers of PDF that are not ours: page, a library, and what a machine may happen to have, by what they print."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edition.config import CONFIG_NAME
from edition.diagnostics import Diagnostic, Location, Rule
from edition.printing.rules import NOT_ACCESSIBLE, NOT_ARCHIVAL, NOT_FOR_PRINTERS, NOT_JUDGED, STYLES

_HERE = Location(CONFIG_NAME)
_EACH = 5  # findings of one standard that are told one by one
_MINUTES = 5
_WRONG = re.compile(r"^FAIL|\b[1-9]\d* error\(s\)", re.MULTILINE)
_RIGHT = re.compile(r"^(?:PASS|OK)\b|\b0 error\(s\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checker:
    """A program, how it is asked about a file, and the rule of what it finds wrong."""

    name: str
    command: tuple[str, ...]
    wrong: Rule


ARCHIVAL = (
    Checker("veraPDF", ("verapdf", "--flavour", "3a", "--format", "text"), NOT_ACCESSIBLE),
    Checker("veraPDF", ("verapdf", "--flavour", "ua1", "--format", "text"), NOT_ACCESSIBLE),
    Checker("outloud", ("outloud", "--skip", "TAG-002"), NOT_ACCESSIBLE),  # which takes a long running head for prose
)
PRINTERS = (Checker("proof-pdf", ("proof-pdf", "verify", "--no-pdfa"), NOT_FOR_PRINTERS),)


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard that page judges by, and the rule of what breaks it; `mistaken` are rules that page gets wrong."""

    name: str
    profile: str
    wrong: Rule
    mistaken: frozenset[str] = frozenset()


# page 0.11.0 takes the last byte of a stream that is CR for a part of the line end that follows.
PDF_A = Standard("PDF/A-3a", "3a", NOT_ARCHIVAL, frozenset(("PDFA3A-STREAM-LENGTH-001",)))
PDF_UA = Standard("PDF/UA-1", "ua1", NOT_ACCESSIBLE)


def judged(data: bytes, by: Standard) -> Iterator[Diagnostic]:
    """What page finds. Its limits are for files of strangers; this one was just made."""
    import page

    try:
        report = page.validate_pdf_bytes(data, profile=by.profile, limits=page.SafetyLimits.unlimited())
    except page.PageError as fault:
        yield NOT_JUDGED.finding(f"{by.name}: page came to no verdict: {fault}", _HERE, hint=STYLES)
        return
    told = (found for found in report.failures if found.rule_id not in by.mistaken)
    said = dict.fromkeys(f"{found.message} ({found.rule_id})" for found in told)
    for message in list(said)[:_EACH]:
        yield by.wrong.finding(f"{by.name}: {message}", _HERE, hint=STYLES)


def asked(data: bytes, checkers: Sequence[Checker]) -> Iterator[Diagnostic]:
    """What those that are on the PATH say of a PDF; beyond the verdict their reports stay unread."""
    there = [(each, program) for each in checkers if (program := shutil.which(each.command[0]))]
    if not there:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "print.pdf")
        file.write_bytes(data)
        for checker, program in there:
            done = _run([program, *checker.command[1:], str(file)])
            said = " ".join(done.replace(str(file), "").split())[:200]
            hint = f"run {' '.join(checker.command)} on the PDF"
            if _WRONG.search(done):
                yield checker.wrong.finding(f"{checker.name}: {said}", _HERE, hint=hint)
            elif not _RIGHT.search(done):
                what = f"{checker.name} came to no verdict: {said or 'it says nothing'}"
                yield NOT_JUDGED.finding(what, _HERE, hint=hint)


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * _MINUTES, check=False)  # noqa: S603 - a checker that we name
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout
