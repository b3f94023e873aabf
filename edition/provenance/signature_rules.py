"""What signing a bag and checking its signature find."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

SIGNATURE_MISSING = declare(
    "BAG901",
    "signature-missing",
    Severity.ERROR,
    """Beside a bag that is checked with a key lie its signature, its statement and the signature of that.

    Without them nothing shows who made the bag: whoever changes its files can change its checksums as well. The three
    are called after the bag and travel with it.

    Wrong: `edition verify letters-bag --key letters.pub` where letters-bag.minisig is not there

    Right: `letters-bag.minisig`, `letters-bag.intoto.json` and `letters-bag.intoto.json.minisig` beside the bag
    """,
)

SIGNATURE_WRONG = declare(
    "BAG902",
    "signature-wrong",
    Severity.ERROR,
    """The signatures of a bag and of its statement were made with the key that is asked for, over just these bytes.

    The first is of the tag manifest, by which every other file can be checked. One that does not fit means that the
    bag was changed or made anew after it was signed, or that somebody else signed it.

    Wrong: a bag that was made anew beside the signature of the old one

    Right: a bag and the signature that the same `edition bag --sign` wrote
    """,
)

STATEMENT_DIFFERS = declare(
    "BAG903",
    "statement-differs",
    Severity.ERROR,
    """The signed statement names every file of the payload with the digest that the bag has, and no other.

    It is an in-toto Statement with SLSA provenance: it tells others what was built, from what and with what. A
    statement on other files tells nothing about these.

    Wrong: the statement of version 1.0.0, with its signature, beside the bag of version 1.1.0

    Right: the statement that was written with the bag
    """,
)

KEY_OPEN = declare(
    "BAG904",
    "key-open-to-others",
    Severity.WARNING,
    """The file of a secret key can be read and written by its owner alone.

    Who can read the key can sign in its owner's name. One that was ever open should be thought of as known.

    Wrong: a key with the mode 644, as most programs write files

    Right: `chmod 600 letters.key`
    """,
)
