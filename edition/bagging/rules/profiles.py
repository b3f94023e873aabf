"""Whether a bag is what a profile asks for (BagIt Profiles 1.4)."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

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
