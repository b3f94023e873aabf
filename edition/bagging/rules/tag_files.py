"""What bag-info.txt and fetch.txt are held to (RFC 8493, sections 2.2.2 and 2.2.3), and what others say of a bag."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

BAD_BAG_INFO = declare(
    "BAG501",
    "bad-bag-info",
    Severity.ERROR,
    """A field of bag-info.txt is a label, a colon, a space and a value; Payload-Oxum stands there once (2.2.2).

    A line that is no field is lost to every catalogue, or becomes part of the field above it.

    Wrong: `Source-Organization APRF`

    Right: `Source-Organization: APRF`
    """,
)

ODD_BAG_INFO = declare(
    "BAG502",
    "odd-bag-info",
    Severity.WARNING,
    """Fields that RFC 8493 reserves have the form that it gives them, and stand once where it says so (2.2.2).

    A date that is no date is left out when bags are sorted by it.

    Wrong: `Bagging-Date: 22.1.2026`

    Right: `Bagging-Date: 2026-01-22`
    """,
)

BAD_FETCH = declare(
    "BAG503",
    "bad-fetch",
    Severity.ERROR,
    """A line of fetch.txt is a URL, a length or `-`, and a path that every payload manifest lists (RFC 8493, 2.2.3).

    What cannot be read cannot be fetched, and what is not listed cannot be checked when it has been.

    Wrong: `record.xml https://archive.example/record.xml`

    Right: `https://archive.example/record.xml 1024 data/record.xml`
    """,
)

BAGIT_REFUSES = declare(
    "BAG504",
    "bagit-refuses",
    Severity.ERROR,
    """The Library of Congress's `bagit` calls a bag that was just made valid.

    Most libraries verify bags with it. A bag that it refuses will be sent back, whoever is right.

    Wrong: `algorithms = ["blake2b256"]`, which it cannot compute

    Right: `algorithms = ["sha512", "blake2b256"]`
    """,
)

MORE_FINDINGS = declare(
    "BAG505",
    "more-findings",
    Severity.NOTE,
    """A rule has few enough findings to be listed; this says how many are not.

    The first hundred are. So many mostly have one cause, such as a folder that did not arrive.

    Wrong: three hundred files missing from `data/`

    Right: the folder copied whole
    """,
)

BAGIT_MISREADS = declare(
    "BAG506",
    "bagit-misreads",
    Severity.NOTE,
    """The Library of Congress's `bagit` finds every file of a bag that was just made.

    A percent sign in a name is written `%25` in manifests (RFC 8493, 2.1.3), as this bag has it. `bagit` looks for a
    file with `%25` in its name, and calls the bag incomplete. The bag is right and is made; its recipient may ask.

    Wrong: a file `50%.xml`, for a recipient who verifies with `bagit`

    Right: a file `50-percent.xml`
    """,
)

FETCHED_TWICE = declare(
    "BAG507",
    "fetched-twice",
    Severity.WARNING,
    """The file fetch.txt says once where a file is to be fetched from (RFC 8493, 2.2.3).

    Of two lines for a file some programs follow the first and some the last, and others fetch it twice. The RFC has
    no place for a second address of the same file.

    Wrong: two lines that end in `data/record.xml`

    Right: one
    """,
)
