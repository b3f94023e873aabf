"""Whether a bag can be made again from what is in it."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

OTHER_VERSIONS = declare(
    "BAG801",
    "other-versions",
    Severity.ERROR,
    """A bag is made again with the software that its provenance names.

    Another version of a library sets another line or writes another byte; then nothing can be said of the bag.

    Wrong: a bag that WeasyPrint 69.0 made, and WeasyPrint 70.0 here

    Right: an environment with the versions of `metadata/prov.json`
    """,
)

REBUILD_DIFFERS = declare(
    "BAG802",
    "rebuild-differs",
    Severity.ERROR,
    """A bag that is made again from its own payload is the same, byte by byte.

    Then its PDF is the print of its sources, its report is what the checks say of them, and its records are true.

    Wrong: a PDF in which a word was changed, in a bag whose manifests were made anew

    Right: the bag as it was made
    """,
)

NOT_REBUILT = declare(
    "BAG803",
    "not-rebuilt",
    Severity.ERROR,
    """A bag holds what is needed to make it again: a valid edition, and a record of provenance that says how.

    Without them it may still be a good bag; but what is in it can only be believed.

    Wrong: `edition verify --rebuild` of a bag of scans

    Right: `edition verify` of a bag of scans
    """,
)
