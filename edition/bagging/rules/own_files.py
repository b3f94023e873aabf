"""What the bag's own files are held to (RFC 8493, sections 2.1 and 2.2.1): bagit.txt and the manifests."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

NO_BAGIT_TXT = declare(
    "BAG101",
    "no-bagit-txt",
    Severity.ERROR,
    """A bag has a file bagit.txt (RFC 8493, 2.1.1).

    It says that the folder is a bag, of which version, and how its tag files are encoded. Without it nothing else in
    the folder is looked at.

    Wrong: a folder with `data/` and a manifest

    Right: the same folder with a bagit.txt
    """,
)

BAD_BAGIT_TXT = declare(
    "BAG102",
    "bad-bagit-txt",
    Severity.ERROR,
    """The file bagit.txt has its two lines, in UTF-8 and without a byte order mark (RFC 8493, 2.1.1).

    Every reader begins here, and many look for exactly these bytes.

    Wrong: `Bagit version 1`

    Right: `BagIt-Version: 1.0` and, on the second line, `Tag-File-Character-Encoding: UTF-8`
    """,
)

NO_PAYLOAD_FOLDER = declare(
    "BAG103",
    "no-payload-folder",
    Severity.ERROR,
    """A bag has a folder `data` (RFC 8493, 2.1.2).

    What the bag is made for stands in it; all else speaks about it.

    Wrong: record.xml beside bagit.txt

    Right: `data/record.xml`
    """,
)

NO_MANIFEST = declare(
    "BAG104",
    "no-manifest",
    Severity.ERROR,
    """A bag has a payload manifest in an algorithm that can be computed (RFC 8493, 2.1.3).

    Without one nobody can tell whether the payload is complete and unchanged.

    Wrong: a bag with only tagmanifest-sha512.txt

    Right: a bag with manifest-sha512.txt
    """,
)

BAD_MANIFEST_LINE = declare(
    "BAG105",
    "bad-manifest-line",
    Severity.ERROR,
    """A line of a manifest is a checksum in hexadecimal digits, spaces or tabs, and a path (RFC 8493, 2.1.3).

    A line that cannot be read vouches for nothing.

    Wrong: `data/record.xml 2c26b46b68ff`

    Right: all digits of the checksum, two spaces, `data/record.xml`
    """,
)

BAD_MANIFEST_NAME = declare(
    "BAG106",
    "bad-manifest-name",
    Severity.ERROR,
    """A manifest names its algorithm in small letters and digits (RFC 8493, 2.4).

    Programs look for the exact name. A manifest that they pass over is not checked, whatever it says.

    Wrong: `manifest-SHA-512.txt`

    Right: `manifest-sha512.txt`
    """,
)

UNKNOWN_ALGORITHM = declare(
    "BAG107",
    "unknown-algorithm",
    Severity.WARNING,
    """The checksums of every manifest can be computed.

    A manifest in an algorithm that is not known here was not checked, nor will most others be able to check it.

    Wrong: only `manifest-whirlpool.txt` besides an md5 one

    Right: `manifest-sha512.txt`
    """,
)

OTHER_ENCODING = declare(
    "BAG108",
    "other-encoding",
    Severity.WARNING,
    """Tag files are in UTF-8 (RFC 8493, 2.1.1, which allows others but recommends this one).

    Names in another encoding are misread by programs that take UTF-8 for granted.

    Wrong: `Tag-File-Character-Encoding: ISO-8859-1`

    Right: `Tag-File-Character-Encoding: UTF-8`
    """,
)

NO_TAG_MANIFEST = declare(
    "BAG109",
    "no-tag-manifest",
    Severity.WARNING,
    """A bag has a tag manifest (RFC 8493, 2.2.1).

    It vouches for the manifests and for bag-info.txt; without it they can be changed and nobody sees it.

    Wrong: manifest-sha512.txt alone

    Right: manifest-sha512.txt and tagmanifest-sha512.txt
    """,
)

LEGACY_MANIFEST = declare(
    "BAG110",
    "legacy-manifest",
    Severity.WARNING,
    """A manifest writes paths as RFC 8493 has them, not as older tools did (2.1.3).

    `./` before a path, `*` from md5sum, a bare `%`, a line that stands twice and, before 1.0, an empty line are read
    here, but not everywhere.

    Wrong: `./data/record.xml`, `*data/record.xml`, `data/50%.xml`

    Right: `data/record.xml`, `data/50%25.xml`
    """,
)

LOOSE_BAGIT_TXT = declare(
    "BAG111",
    "loose-bagit-txt",
    Severity.WARNING,
    """The lines of bagit.txt have one space after the colon and no other white space, in older versions too.

    The drafts before BagIt 1.0 let readers pass over white space there and empty lines. Since 1.0 it is an error
    (BAG102), and programs that look for these very bytes do not find them in an older bag either.

    Wrong: `BagIt-Version :  0.97`

    Right: `BagIt-Version: 0.97`
    """,
)
