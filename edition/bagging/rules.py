"""What a bag is held to: RFC 8493. What it forbids is an error; what it discourages, a warning.

1xx the bag's own files, 2xx whether it is complete, 3xx whether it is unchanged, 4xx whether it is safe to read,
5xx bag-info.txt, fetch.txt and the rest, 6xx archives,
7xx profiles, 8xx making it again.
"""

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

    Wrong: a file `50%.xml`, whose name it does not read as RFC 8493 has it written

    Right: a file `50-percent.xml`
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

BAD_ARCHIVE = declare(
    "BAG601",
    "bad-archive",
    Severity.ERROR,
    """An archive can be read to its end, and nothing follows it.

    What is cut off or damaged is not the bag that was packed. What stands behind the end some programs unpack and
    others do not.

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

PROFILE_NOT_MET = declare(
    "BAG701",
    "profile-not-met",
    Severity.ERROR,
    """A bag has what the profile asks for that it is held to (BagIt Profiles 1.4).

    The profile is what its recipient accepts: without the field or the manifest that it names, the bag is sent back.

    Wrong: a bag for APTrust without `aptrust-info.txt`

    Right: `[bag.tags."aptrust-info.txt"]` in edition.toml, with `Title`, `Access` and `Storage-Option`
    """,
)

PROFILE_RECOMMENDS = declare(
    "BAG702",
    "profile-recommends",
    Severity.WARNING,
    """A bag has the fields that its profile recommends.

    It is accepted without, but the recipient will miss them.

    Wrong: a bag for Beyond the Repository without `Contact-Email`

    Right: `Contact-Email = "editor@archive.example"` under `[bag.info]`
    """,
)

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

MAX_FINDINGS = 100  # of one rule about one bag
