"""Editions for the tests of printing, and PDFs looked into by another library than the one that makes them."""

from __future__ import annotations

import io
import shutil
import struct
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

from pypdf import PdfReader

from edition.config import Config, load
from edition.model import Edition
from edition.printing import Copy, Imprint, Rendering, render
from edition.tei import parse
from edition.tei.parse import Document
from edition.tei.reading import read_edition

SAMPLE = Path(__file__).parent / "sample"
IMPRINT = Imprint(
    title="A Talk on Bridges: Russian and English",
    version="1.0.0",
    date=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    licence="CC-BY-4.0",
    authors=("A. Author", "B. Author"),
    identifier="https://example.org/bridges",
    tool="edition 0.0.0",
    digests=(("talk.ru.xml", "0123456789abcdef" * 4),),
)


def sample(folder: Path) -> Config:
    """A copy of the sample edition in a folder, so that a test may change it."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    return load(folder)


def rewrite(file: Path, *changes: tuple[str, str]) -> None:
    """Change a file of an edition; each change must find its place."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def parsed(config: Config) -> tuple[dict[str, Document], Edition]:
    documents = {path: parse.read(config.root / path, path) for path in config.sources}
    translation, persons = (documents.get(path or "") for path in (config.translation, config.persons))
    return documents, read_edition(documents[config.original], translation, persons)


def printed(config: Config, imprint: Imprint = IMPRINT) -> Rendering:
    documents, edition = parsed(config)
    return render(Copy(config, documents, edition, imprint))


@cache
def printed_sample() -> Rendering:
    """The print of the sample as it is, made once for all tests that look at it."""
    return printed(load(SAMPLE))


def with_print(config: Config, **settings: object) -> Config:
    return replace(config, printing=replace(config.printing, **settings))  # type: ignore[arg-type]


def reader(rendering: Rendering) -> PdfReader:
    return PdfReader(io.BytesIO(rendering.pdf))


def pages(rendering: Rendering) -> list[str]:
    """The text of each page, without white space and without hyphens, which stand where lines happen to end."""
    return [solid(page.extract_text()) for page in reader(rendering).pages]


def solid(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def codes(rendering: Rendering) -> list[str]:
    return [found.rule.code for found in rendering.diagnostics]


def press_profile(name: bytes = b"Test press", target: bytes = b"") -> bytes:
    """The profile of a press that there is not: CMYK to Lab and back, by corners (ICC.1:2001-04, 6.5.10)."""
    seen = bytes(
        value
        for c, m, y, k in product((0, 1), repeat=4)
        for value in (round(255 * (1 - 0.3 * c) * (1 - 0.5 * m) * (1 - 0.1 * y) * (1 - 0.9 * k)), 128, 128)
    )
    ink = bytes(
        value
        for light, a, b in product((0, 1), repeat=3)
        for value in (0 if a else 255, 255 if a else 0, 255 if b else 0, 0 if light else 255)
    )
    text = name + b"\0"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text" + bytes(4) + b"No rights reserved\0",
        b"wtpt": b"XYZ " + bytes(4) + _WHITE,
        b"A2B0": _table(4, 3, seen),
        b"B2A0": _table(3, 4, ink),
    }
    if target:
        tags[b"targ"] = b"text" + bytes(4) + target + b"\0"
    listed, data, start = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        content += bytes(-len(content) % 4)
        listed += tag + struct.pack(">2I", start + len(data), len(content))
        data += content
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = bytes(8) + bytes((2, 0x40, 0, 0)) + b"prtrCMYKLab " + date + b"acsp" + bytes(28) + _WHITE
    whole = head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + listed + data
    return struct.pack(">I", len(whole)) + whole[4:]


_WHITE = struct.pack(">3i", 63190, 65536, 54061)  # D50


def _table(inputs: int, outputs: int, corners: bytes) -> bytes:
    """A lut8Type that has nothing but corners."""
    identity = struct.pack(">9i", *(65536 if at % 4 == 0 else 0 for at in range(9)))
    ramp = bytes(range(256))
    return b"mft1" + bytes(4) + bytes((inputs, outputs, 2, 0)) + identity + ramp * inputs + corners + ramp * outputs
