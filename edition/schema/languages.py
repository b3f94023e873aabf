"""The schema languages there are: one module each, and one line here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Protocol

from edition.diagnostics import Diagnostic
from edition.errors import UsageError
from edition.tei.parse import Document


class Schema(Protocol):
    """A schema that was loaded. `path` is what messages call it."""

    path: str

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Why a document is not valid; nothing if it is, or if it could not be parsed."""
        ...


# Each is imported when a schema is in it.
LANGUAGES: Mapping[str, tuple[str, str]] = {
    ".xsd": ("XSD", "edition.schema.xsd"),
    ".rng": ("RELAX NG", "edition.schema.relaxng"),
    ".rnc": ("RELAX NG, compact syntax", "edition.schema.relaxng"),
    ".sch": ("Schematron", "edition.schema.schematron.engine"),
    ".dtd": ("DTD", "edition.schema.dtd"),
}


def load(file: Path, path: str, language: str = "", phase: str = "") -> Schema:
    """The schema in `file`, in the language that its suffix names, or in `language`, which is such a suffix too.

    `phase` chooses among the rules of Schematron, which alone has phases.

    Raises UsageError for a suffix that no language has, and EditionError, with the place, for a broken schema.
    """
    suffix = (language or PurePosixPath(path).suffix).lower()
    _, module = LANGUAGES.get(suffix, ("", ""))
    if not module:
        known = ", ".join(f"{name} (*{ending})" for ending, (name, _) in LANGUAGES.items())
        what = (
            f"no schema language has files that end in {suffix}"
            if suffix
            else "its name has no ending that tells the language"
        )
        raise UsageError(f"{path}: {what}", advice=f"schemas are read in: {known}")
    read = import_module(module).load
    if suffix == ".sch":
        schema: Schema = read(file, path, phase)
    elif suffix in (".rng", ".rnc"):  # one language in two syntaxes
        schema = read(file, path, suffix)
    else:
        schema = read(file, path)
    return schema
