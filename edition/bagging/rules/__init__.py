"""What a bag is held to: RFC 8493. What it forbids is an error; what it discourages, a warning.

A module for each hundred of codes.
"""

from __future__ import annotations

from edition.bagging.rules.again import (
    NOT_REBUILT,
    OTHER_VERSIONS,
    REBUILD_DIFFERS,
)
from edition.bagging.rules.archives import (
    ARCHIVE_TOO_COSTLY,
    BAD_ARCHIVE,
    ENTRY_TWICE,
    OTHER_ARCHIVE_NAME,
    SEVERAL_AT_TOP,
    UNCLAIMED_BYTES,
)
from edition.bagging.rules.completeness import (
    CLUTTER,
    FILE_MISSING,
    FILE_NOT_LISTED,
    LISTED_TWICE,
    MANIFEST_NOT_LISTED,
    NAMES_COLLIDE,
    OTHER_UNICODE_FORM,
    TAG_FILE_NOT_LISTED,
    WRONG_MANIFEST,
)
from edition.bagging.rules.fixity import (
    NO_OXUM,
    UNREADABLE,
    WEAK_ALGORITHMS,
    WRONG_CHECKSUM,
    WRONG_OXUM,
)
from edition.bagging.rules.own_files import (
    BAD_BAGIT_TXT,
    BAD_MANIFEST_LINE,
    BAD_MANIFEST_NAME,
    LEGACY_MANIFEST,
    LOOSE_BAGIT_TXT,
    NO_BAGIT_TXT,
    NO_MANIFEST,
    NO_PAYLOAD_FOLDER,
    NO_TAG_MANIFEST,
    OTHER_ENCODING,
    UNKNOWN_ALGORITHM,
)
from edition.bagging.rules.profiles import (
    PROFILE_NOT_MET,
    PROFILE_RECOMMENDS,
)
from edition.bagging.rules.safety import (
    NAME_DOES_NOT_TRAVEL,
    NOT_A_PLAIN_FILE,
    PATH_LEADS_OUT,
)
from edition.bagging.rules.tag_files import (
    BAD_BAG_INFO,
    BAD_FETCH,
    BAGIT_MISREADS,
    BAGIT_REFUSES,
    FETCHED_TWICE,
    MORE_FINDINGS,
    ODD_BAG_INFO,
)

EVERY_BAG = tuple(
    f"BAG{hundred}" for hundred in range(1, 7)
)  # what every bag is held to; the rest, where it is asked
PROFILES, REBUILDING, SIGNATURES = "BAG7", "BAG8", "BAG9"
MAX_FINDINGS = 100  # of one rule about one bag

__all__ = [
    "ARCHIVE_TOO_COSTLY",
    "BAD_ARCHIVE",
    "BAD_BAGIT_TXT",
    "BAD_BAG_INFO",
    "BAD_FETCH",
    "BAD_MANIFEST_LINE",
    "BAD_MANIFEST_NAME",
    "BAGIT_MISREADS",
    "BAGIT_REFUSES",
    "CLUTTER",
    "ENTRY_TWICE",
    "EVERY_BAG",
    "FETCHED_TWICE",
    "FILE_MISSING",
    "FILE_NOT_LISTED",
    "LEGACY_MANIFEST",
    "LISTED_TWICE",
    "LOOSE_BAGIT_TXT",
    "MANIFEST_NOT_LISTED",
    "MAX_FINDINGS",
    "MORE_FINDINGS",
    "NAMES_COLLIDE",
    "NAME_DOES_NOT_TRAVEL",
    "NOT_A_PLAIN_FILE",
    "NOT_REBUILT",
    "NO_BAGIT_TXT",
    "NO_MANIFEST",
    "NO_OXUM",
    "NO_PAYLOAD_FOLDER",
    "NO_TAG_MANIFEST",
    "ODD_BAG_INFO",
    "OTHER_ARCHIVE_NAME",
    "OTHER_ENCODING",
    "OTHER_UNICODE_FORM",
    "OTHER_VERSIONS",
    "PATH_LEADS_OUT",
    "PROFILES",
    "PROFILE_NOT_MET",
    "PROFILE_RECOMMENDS",
    "REBUILDING",
    "REBUILD_DIFFERS",
    "SEVERAL_AT_TOP",
    "SIGNATURES",
    "TAG_FILE_NOT_LISTED",
    "UNCLAIMED_BYTES",
    "UNKNOWN_ALGORITHM",
    "UNREADABLE",
    "WEAK_ALGORITHMS",
    "WRONG_CHECKSUM",
    "WRONG_MANIFEST",
    "WRONG_OXUM",
]
