"""Whether a bag can be read, copied and unpacked without harm (RFC 8493, sections 5 and 6.1)."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

PATH_LEADS_OUT = declare(
    "BAG401",
    "path-leads-out",
    Severity.ERROR,
    """No path in a manifest or in fetch.txt leads out of the bag, on any system (RFC 8493, 5.1).

    A program that follows it reads or overwrites files of whoever receives the bag. Such a path is never followed
    here.

    Wrong: `data/../../record.xml`, `/etc/passwd`, `~/record.xml`, `C:/record.xml`

    Right: `data/record.xml`
    """,
)

NOT_A_PLAIN_FILE = declare(
    "BAG402",
    "not-a-plain-file",
    Severity.ERROR,
    """A bag holds files and folders and nothing else: no links, no devices (RFC 8493, 2 and 5.1).

    What a link leads to is not in the bag: elsewhere it is missing, or something else.

    Wrong: `data/record.xml`, a symbolic link to a file outside

    Right: the file itself
    """,
)

NAME_DOES_NOT_TRAVEL = declare(
    "BAG403",
    "name-does-not-travel",
    Severity.WARNING,
    """Every system can hold the names of the files (RFC 8493, 6.1.2).

    Windows refuses some characters and names, and some programs stumble over spaces at the ends and over control
    characters: there the file is lost or gets another name. Marks that nobody sees make two names look like one, or
    show a name that is not the one that is opened.

    Wrong: `data/who?.xml`, `data/aux.xml`

    Right: `data/who.xml`
    """,
)
