"""Editions for the tests of printing, and PDFs looked into by another library than the one that makes them."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime
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
