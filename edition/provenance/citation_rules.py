"""What a CITATION.cff has to be: the rules that reading it finds for."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

NOT_YAML = declare(
    "HDR101",
    "citation-not-yaml",
    Severity.ERROR,
    """CITATION.cff is one YAML document in UTF-8 whose top is a table of keys.

    Reference managers and code hosts read the file by program and show nothing at all of one that they cannot parse.
    Anchors and aliases are refused too: the format does not need them, and they can grow without bound.

    Wrong: `title: Talks: the record`

    Right: `title: "Talks: the record"`
    """,
)

KEY_MISSING = declare(
    "HDR102",
    "citation-key-missing",
    Severity.ERROR,
    """CITATION.cff has the keys that the Citation File Format 1.2.0 requires.

    These are `cff-version`, `message`, `title` and `authors` for the file, `name` for an entity, `type` and `value`
    for an identifier, `authors`, `title` and `type` for a reference. A citation without them cannot be made.

    Wrong: a file without `authors`

    Right: `authors: [{name: "the edition-toolkit project"}]`
    """,
)

KEY_UNKNOWN = declare(
    "HDR103",
    "citation-key-unknown",
    Severity.ERROR,
    """CITATION.cff has only keys that the Citation File Format 1.2.0 knows, each where it belongs.

    A misspelt key is read by nobody, and validators refuse the whole file for it.

    Wrong: `licence: CC-BY-4.0`

    Right: `license: CC-BY-4.0`
    """,
)

BAD_VALUE = declare(
    "HDR104",
    "citation-bad-value",
    Severity.ERROR,
    """A value in CITATION.cff is of the kind that the Citation File Format 1.2.0 asks for.

    YAML guesses kinds: a title that is all digits becomes a number, and `yes` becomes a truth value, unless they
    stand in quotes. Dates are whole (`2026-11-25`), a DOI comes without the address of its resolver, and a licence is
    an identifier of the SPDX list.

    Wrong: `license: CC BY 4.0`

    Right: `license: CC-BY-4.0`
    """,
)

KEY_TWICE = declare(
    "HDR105",
    "citation-key-twice",
    Severity.ERROR,
    """A key stands once in its table of CITATION.cff.

    YAML forbids the second (YAML 1.2.2, 3.2.1.1), and readers differ in which of the two they take.

    Wrong: `version: 1.0.0` and, further down, `version: 1.1.0`

    Right: `version: 1.1.0`
    """,
)
