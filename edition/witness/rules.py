"""WIT: what is checked of a witness and of the texts that were made from it."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

WITNESS_CHANGED = declare(
    "WIT101",
    "witness-changed",
    Severity.ERROR,
    """A witness is the file that edition.toml vouches for by its sha256.

    The texts are held against it word by word. A witness that was changed, even by a careless editor that strips
    spaces, proves nothing any more.

    Wrong: a transcription that was corrected in the file of the witness

    Right: the file as it was received; corrections in the TEI, as `<choice><sic/><corr/></choice>`
    """,
)

LINES_UNACCOUNTED = declare(
    "WIT102",
    "witness-lines-unaccounted",
    Severity.ERROR,
    """Every line of a witness belongs to a text, or is set aside with a reason.

    What belongs nowhere has mostly been forgotten: a paragraph at the end, a stamp at the head.

    Wrong: `original = "29-212"` where the original ends in line 213

    Right: `original = "29-213"`, or a `[[witness.set-aside]]` with `lines = "213"` and a reason
    """,
)

LINES_CLAIMED_TWICE = declare(
    "WIT103",
    "witness-lines-claimed-twice",
    Severity.ERROR,
    """A line of a witness belongs to one text only, or is set aside, but not both.

    Two ranges that overlap mean that one of them is wrong, and words would be asked of two texts.

    Wrong: `original = "29-215"` and `translation = "214-375"`

    Right: `original = "29-213"` and `translation = "214-375"`
    """,
)

LINES_PAST_END = declare(
    "WIT104",
    "witness-lines-past-end",
    Severity.ERROR,
    """The lines that edition.toml names are in the witness.

    A range beyond the end of the file was written for another version of it.

    Wrong: `translation = "214-400"` where the file has 376 lines

    Right: `translation = "214-376"`
    """,
)

WRONG_ENCODING = declare(
    "WIT105",
    "witness-encoding",
    Severity.ERROR,
    """A witness is a text file in UTF-8.

    In another encoding its words cannot be told, and nothing can be compared with them.

    Wrong: a file saved as Windows-1251

    Right: the same file saved as UTF-8, with its new sha256 in edition.toml
    """,
)

OTHER_WORD = declare(
    "WIT201",
    "other-word-in-witness",
    Severity.ERROR,
    """The words of a text are those of its witness, or the encoding says what was changed.

    What was corrected in silence cannot be checked by anyone, and what was mistyped looks like a reading of the
    document. White space, notes and `corr` are left out of the comparison.

    Wrong: `договор` where the witness has `догавор`

    Right: `<choice><sic>догавор</sic><corr>договор</corr></choice>`
    """,
)

WORDS_MISSING = declare(
    "WIT202",
    "words-of-witness-missing",
    Severity.ERROR,
    """Every word of the witness stands in the text.

    A line that was skipped in copying leaves no trace but here.

    Wrong: a text that goes from the second paragraph of its witness to the fourth

    Right: the third paragraph between them; stamps and page numbers as `<fw>`
    """,
)

WORDS_ADDED = declare(
    "WIT203",
    "words-not-in-witness",
    Severity.ERROR,
    """Every word of a text stands in its witness, or is marked as the editor's.

    Words that an editor adds must not pass for words of the document.

    Wrong: `<p>Вышинскому (министру)</p>` where the witness has no bracket

    Right: `<p>Вышинскому<note>Minister of foreign affairs.</note></p>`
    """,
)

WORDS_MOVED = declare(
    "WIT204",
    "words-moved",
    Severity.ERROR,
    """The words of a text stand in the order of its witness.

    A paragraph that was copied to another place is all there, and yet the text says something else.

    Wrong: a text that has the third paragraph of its witness before the second

    Right: the paragraphs in the order of the witness; where its pages are in disorder, their order in edition.toml
    """,
)
