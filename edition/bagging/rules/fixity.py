"""Whether what is there is what was packed (RFC 8493, sections 2.4 and 3)."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

WRONG_CHECKSUM = declare(
    "BAG301",
    "wrong-checksum",
    Severity.ERROR,
    """Every file has the checksum that its manifest gives (RFC 8493, 3).

    The file is not what was packed: it was damaged or changed, or the manifest was.

    Wrong: a comma changed in `data/record.xml` after the bag was made

    Right: the file as it was packed, or a new bag
    """,
)

WRONG_OXUM = declare(
    "BAG302",
    "wrong-oxum",
    Severity.ERROR,
    """Payload-Oxum is the number of bytes and of files of the payload (RFC 8493, 2.2.2).

    It is the quick test whether all has arrived; when it is wrong, files are missing, cut off or too many.

    Wrong: `Payload-Oxum: 1024.2` for one file

    Right: `Payload-Oxum: 1024.1`
    """,
)

NO_OXUM = declare(
    "BAG303",
    "no-oxum",
    Severity.WARNING,
    """The file bag-info.txt has a Payload-Oxum (RFC 8493, 2.2.2, which recommends it).

    With it an incomplete transfer shows before a single checksum is computed.

    Wrong: a bag-info.txt of Contact-Name alone

    Right: `Payload-Oxum: 1024.1`
    """,
)

WEAK_ALGORITHMS = declare(
    "BAG304",
    "weak-algorithms",
    Severity.WARNING,
    """A payload manifest uses an algorithm for which nobody can make two files of one checksum (RFC 8493, 2.4).

    md5 and sha1 show accidents but no intent: a file can be exchanged for another of the same checksum.

    Wrong: manifest-md5.txt alone

    Right: manifest-sha512.txt beside it
    """,
)

UNREADABLE = declare(
    "BAG305",
    "unreadable",
    Severity.ERROR,
    """Every file and folder of a bag can be read, and folders lie within each other no more than 64 deep.

    What cannot be read cannot be verified.

    Wrong: a file that only its owner may read

    Right: `chmod -R a+rX` on the bag
    """,
)
