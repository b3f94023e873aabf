"""What a bag in an archive is held to (RFC 8493, section 4)."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

BAD_ARCHIVE = declare(
    "BAG601",
    "bad-archive",
    Severity.ERROR,
    """An archive can be read to its end, in one way only, and nothing follows it.

    What is cut off or damaged is not the bag that was packed. What stands behind the end, between the files of a zip
    or in a second directory of it, some programs unpack and others do not.

    Wrong: a record.tar.gz of which the transfer broke off

    Right: the whole file, copied again
    """,
)

SEVERAL_AT_TOP = declare(
    "BAG602",
    "several-at-top",
    Severity.ERROR,
    """An archive holds one folder at its top, and that is the bag (RFC 8493, 4).

    Unpacked into an empty folder it gives one thing. An archive made inside the bag spills its files over whatever
    lies there.

    Wrong: an archive with `bagit.txt` and `data/` at its top

    Right: an archive with `record-bag/bagit.txt` and `record-bag/data/`
    """,
)

ARCHIVE_TOO_COSTLY = declare(
    "BAG603",
    "archive-too-costly",
    Severity.ERROR,
    """An archive stays within limits: of entries, depth, unpacked bytes, unpacked to packed ones, holes in files.

    A file of some kilobytes can be made to unpack to terabytes. Whoever trusts its maker sets a limit higher.

    Wrong: 40 kilobytes that unpack to 4 terabytes

    Right: `edition verify --limit ratio=1000 record.tar.gz`, if it is known to be right
    """,
)

ENTRY_TWICE = declare(
    "BAG604",
    "entry-twice",
    Severity.ERROR,
    """An archive has one entry for a path.

    Of two entries programs unpack the first, or the last: what is verified here may not be what is unpacked there.

    Wrong: two entries `record-bag/data/record.xml`

    Right: one
    """,
)

OTHER_ARCHIVE_NAME = declare(
    "BAG605",
    "other-archive-name",
    Severity.WARNING,
    """An archive has the name of the bag in it, and an ending for its format (RFC 8493, 4).

    Whoever unpacks it looks for a folder of that name.

    Wrong: deposit.tar, with the folder record-bag in it

    Right: record-bag.tar
    """,
)

UNCLAIMED_BYTES = declare(
    "BAG606",
    "unclaimed-bytes",
    Severity.WARNING,
    """Every byte of a zip belongs to a file in it or to its directory (APPNOTE 4.3.6).

    No manifest vouches for what stands between them, and whoever unpacks the zip never sees it. A comment at the end
    is allowed. What some program might take for a file is an error (BAG601).

    Wrong: a zip in which a file was left without its entry in the directory

    Right: the same files, packed again
    """,
)
