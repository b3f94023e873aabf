"""The rules that a schema decides, whatever language it is written in. Each validator finds for these."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

ELEMENT_NOT_ALLOWED = declare(
    "SCH101",
    "element-not-allowed",
    Severity.ERROR,
    """An element stands only where the schema lets it stand.

    The name may be misspelt, the element may stand in the wrong parent, in the wrong order, or once too often. A
    program that looks for `sp` does not see `spp`, and what it does not see is missing from every list and print.

    Wrong: `<sp who="#mao"><p>Yes.</p><speaker>Mao:</speaker></sp>`

    Right: `<sp who="#mao"><speaker>Mao:</speaker><p>Yes.</p></sp>`
    """,
)

ELEMENT_MISSING = declare(
    "SCH102",
    "element-missing",
    Severity.ERROR,
    """An element has the children that the schema requires.

    What is required is what readers and programs rely on: a turn without a paragraph says nothing, a header without
    a title cannot be catalogued.

    Wrong: `<sp who="#mao"><speaker>Mao:</speaker></sp>`

    Right: `<sp who="#mao"><speaker>Mao:</speaker><p>Yes.</p></sp>`
    """,
)

ATTRIBUTE_NOT_ALLOWED = declare(
    "SCH103",
    "attribute-not-allowed",
    Severity.ERROR,
    """An element has only attributes that the schema knows on it.

    A misspelt attribute is as good as none: nobody asks for it under that name.

    Wrong: `<sp whoo="#mao">`

    Right: `<sp who="#mao">`
    """,
)

ATTRIBUTE_MISSING = declare(
    "SCH104",
    "attribute-missing",
    Severity.ERROR,
    """An element has the attributes that the schema requires.

    They say what the text alone does not, such as who speaks or which leaf begins.

    Wrong: `<sp><speaker>Mao:</speaker><p>Yes.</p></sp>`

    Right: `<sp who="#mao"><speaker>Mao:</speaker><p>Yes.</p></sp>`
    """,
)

BAD_VALUE = declare(
    "SCH105",
    "bad-value",
    Severity.ERROR,
    """The value of an attribute, or of an element that holds a value, is of the kind that the schema asks for.

    Values are what programs sort, compare and follow. A date that is no date is left out of every timeline.

    Wrong: `<date when="22.1.1950">`

    Right: `<date when="1950-01-22">`
    """,
)

TEXT_NOT_ALLOWED = declare(
    "SCH106",
    "text-not-allowed",
    Severity.ERROR,
    """Text stands only in elements that may hold text.

    Loose words between two paragraphs belong to neither: they are printed at the wrong place or not at all.

    Wrong: `<sp who="#mao">Yes.</sp>`

    Right: `<sp who="#mao"><p>Yes.</p></sp>`
    """,
)

NOT_VALID = declare(
    "SCH107",
    "not-valid",
    Severity.ERROR,
    """A file obeys its schema in everything else that a schema can say.

    Here stands what no other rule of this family names, such as keys that must be unique, in the words of the
    validator.

    Wrong: two `<item n="1">` in a list whose schema wants every `n` once

    Right: `<item n="1">` and `<item n="2">`
    """,
)
