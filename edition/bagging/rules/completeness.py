"""Whether all is there that a bag says it holds, and nothing else (RFC 8493, sections 3 and 6.1)."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

FILE_MISSING = declare(
    "BAG201",
    "file-missing",
    Severity.ERROR,
    """Every file that a manifest lists is in the bag (RFC 8493, 3).

    A bag without it is incomplete: something was lost on the way, or fetch.txt names where it still lies.

    Wrong: a manifest with `data/record.xml`, and no such file

    Right: the file in its place
    """,
)

FILE_NOT_LISTED = declare(
    "BAG202",
    "file-not-listed",
    Severity.ERROR,
    """Every file of the payload is listed, since BagIt 1.0 in every payload manifest (RFC 8493, 3).

    Nobody vouches for a file that is not listed; it may have got in on the way.

    Wrong: a file `data/notes.txt` that no manifest names

    Right: its line in every manifest
    """,
)

TAG_FILE_NOT_LISTED = declare(
    "BAG203",
    "tag-file-not-listed",
    Severity.WARNING,
    """Every tag file is listed in every tag manifest, tag manifests apart (RFC 8493, 2.2.1).

    Nobody vouches for a file that is not listed.

    Wrong: a bag-info.txt that tagmanifest-sha512.txt does not name

    Right: its line in tagmanifest-sha512.txt
    """,
)

MANIFEST_NOT_LISTED = declare(
    "BAG204",
    "manifest-not-listed",
    Severity.ERROR,
    """Every payload manifest is listed in every tag manifest (RFC 8493, 2.2.1).

    A tag manifest is there to vouch for the manifests first of all.

    Wrong: a tagmanifest-sha512.txt with bagit.txt alone

    Right: its line for manifest-sha512.txt
    """,
)

LISTED_TWICE = declare(
    "BAG205",
    "listed-twice",
    Severity.ERROR,
    """A manifest lists a file once (RFC 8493, 2.1.3).

    Of two lines with different checksums one is wrong, and programs differ in which of them they believe.

    Wrong: two lines for `data/record.xml`

    Right: one
    """,
)

NAMES_COLLIDE = declare(
    "BAG206",
    "names-collide",
    Severity.WARNING,
    """Names in a folder differ in more than case and Unicode form (RFC 8493, 6.1.1).

    On Windows and macOS such names are one: unpacked there, the second file overwrites the first.

    Wrong: `data/Record.xml` and `data/record.xml`

    Right: `data/record-1.xml` and `data/record-2.xml`
    """,
)

OTHER_UNICODE_FORM = declare(
    "BAG207",
    "other-unicode-form",
    Severity.WARNING,
    """A manifest spells names in the Unicode form that they have on the disk (RFC 8493, 6.1.1).

    A letter with an accent is one character or two. A system changed one for the other; the file was found and
    checked all the same, but many programs call it missing.

    Wrong: `é` as one character in the manifest, as two in the name of the file

    Right: the same in both
    """,
)

WRONG_MANIFEST = declare(
    "BAG208",
    "wrong-manifest",
    Severity.ERROR,
    """Payload manifests and fetch.txt list files in `data/`, tag manifests the others (RFC 8493, 2.1.3 and 2.2.1).

    A tag manifest that listed itself could never be right, and what stands in the wrong list is not looked for there.

    Wrong: `bag-info.txt` in manifest-sha512.txt

    Right: `bag-info.txt` in tagmanifest-sha512.txt
    """,
)

CLUTTER = declare(
    "BAG209",
    "clutter",
    Severity.WARNING,
    """A bag holds nothing that an operating system left there.

    Such files say nothing to a reader, come and go by themselves, and then the bag is no longer valid.

    Wrong: `data/.DS_Store`, `data/Thumbs.db`

    Right: a bag that was made without them
    """,
)
