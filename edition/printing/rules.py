"""The rules that only a finished print can break."""

from __future__ import annotations

from edition.diagnostics import Severity
from edition.rules import declare

# The hint of what is wrong with a finished file: ours are right, so a style of the edition has changed it.
STYLES = "look for what print.stylesheets change; without them the file is sound"

GLYPH_MISSING = declare(
    "PDF101",
    "glyph-missing",
    Severity.ERROR,
    """Every character is set in a font of the edition.

    Where a font has no glyph for a character, another font of the machine would take its place, which looks wrong
    and differs from machine to machine; where no font has it, the reader sees an empty box. The finished file is
    asked again: whether all its fonts are in it and in the list, and of each glyph which character it is.

    Wrong: `<persName xml:lang="zh">毛泽东</persName>` in a text that is set in PT Serif

    Right: the same with `fonts = ["PT Serif", "fonts/Han-Regular.ttf"]` in `[print]`, or `Mao Zedong`
    """,
)

OUT_OF_STEP = declare(
    "PDF201",
    "out-of-step",
    Severity.ERROR,
    """Original and translation of a paragraph begin on the same spread, at the same height.

    Facing texts that have drifted apart cannot be compared. The print is measured after it is made, so this is
    found only where a stylesheet makes the height of a paragraph depend on its page.

    Wrong: a stylesheet with `.row { height: 3cm }`

    Right: a stylesheet that leaves height, margin and padding of `.row` and `.page` alone
    """,
)

OVERFULL = declare(
    "PDF202",
    "page-overfull",
    Severity.ERROR,
    """No line, table or picture is larger than the space it has.

    What does not fit is cut off or printed over something else, and on paper nobody can scroll. Words are divided as
    their language has it, addresses after their signs; a word that is neither, and too long for its line, is told
    where it stands, as is a table that is too wide in type of seven tenths of the size.

    Wrong: `page = "80mm 45mm"`, whose margins leave no room for two lines

    Right: `page = "170mm 240mm"`
    """,
)

ACCESS_REFUSED = declare(
    "PDF301",
    "access-refused",
    Severity.ERROR,
    """A print uses only files of the edition, and the fonts that come with this program.

    What lies elsewhere changes or disappears without notice, and a stylesheet or picture that somebody sent must not
    reach into the machine or the network. The file is not opened, and the print goes without it.

    A drawing (SVG) has in it all that it needs: what it takes from another file, by `use`, `@import` or a stylesheet,
    is left out of the print, even where that file is one of the edition.

    Wrong: `@import url("https://example.org/style.css");`

    Right: `@import url("style.css");` with style.css beside it in the edition
    """,
)

NOT_APPLIED = declare(
    "PDF302",
    "style-not-applied",
    Severity.WARNING,
    """Every rule of a stylesheet is understood.

    A misspelt property is passed over in silence, and the page is not what its designer thinks it is.

    Wrong: `p { colour: black }`

    Right: `p { color: black }`
    """,
)

PICTURE_UNREAD = declare(
    "PDF303",
    "picture-unread",
    Severity.ERROR,
    """Every picture can be read, whole.

    Where a file is not the picture that its name promises, breaks off or is not well-formed, a gap or the words of
    its description would stand on the page in its place, and nobody looks at all pages of a reprint.

    PNG, JPEG, TIFF, GIF, WebP and SVG are read. Sixteen bits of grey become eight, and four inks the colours of a
    screen; 32 bits of grey do not say which number is white.

    Wrong: `<graphic url="map.svg"/>`, a drawing that was compressed (SVGZ)

    Right: `<graphic url="map.svg"/>`, the same drawing as plain SVG
    """,
)

NOT_ARCHIVAL = declare(
    "PDF401",
    "not-archival",
    Severity.ERROR,
    """The PDF is PDF/A-3, as it says it is.

    An archive takes a file for what it claims to be. What PDF/A forbids depends on the machine that shows it: colours
    without a profile, fonts that are not in the file, programs.

    Wrong: `.speaker { color: device-cmyk(0 1 1 0) }`, a colour that only the printer's file can have

    Right: `.speaker { color: #b00 }`
    """,
)

NOT_JUDGED = declare(
    "PDF402",
    "not-judged",
    Severity.WARNING,
    """Everything in the PDF is something that the check of PDF/A knows.

    The check lets pass only what it knows to be right. What it does not know may be right or wrong: nobody has
    looked. So it is where another checker on the PATH, such as veraPDF, comes to no verdict.

    Wrong: `.head { background: linear-gradient(white, silver) }`

    Right: `.head { background: silver }`
    """,
)

NOT_ACCESSIBLE = declare(
    "PDF403",
    "not-accessible",
    Severity.ERROR,
    """A screen reader can read the PDF: all text is tagged, pictures have words, notes, lists and tables are such.

    Who cannot see the page has nothing but the tags. They are made from the TEI; a picture that nobody describes
    there is only announced as a picture.

    Wrong: `<figure><graphic url="map.png"/></figure>`

    Right: `<figure><graphic url="map.png"/><figDesc>Map of the two lines</figDesc></figure>`
    """,
)

TEXT_LOST = declare(
    "PDF404",
    "text-not-printed",
    Severity.ERROR,
    """Every word of the texts and their notes can be read in the PDF, in its order, and seen on its page.

    The text is taken out of the finished file and compared with the TEI. What is there, but white on white, cut off,
    outside of the page, transparent, smaller than 2 pt or painted over, nobody sees. A stylesheet that does so would
    otherwise be noticed by a reader, years later.

    Wrong: `.speaker { display: none }`

    Right: `.speaker { font-weight: normal }`
    """,
)

NOT_FOR_PRINTERS = declare(
    "PDF501",
    "not-for-printers",
    Severity.ERROR,
    """The file for a printer is PDF/X-4 in the inks of the press.

    Colours of the screen come out as whatever the printer's software makes of them, and black text that is mixed of
    four inks has coloured edges. The file is made where `print.press-profile` names the profile of a press.

    Colours given as rgb or by name become inks by the profile; those of other kinds cannot.

    Wrong: `.speaker { color: lab(40% 60 40) }` in an edition with a `press-profile`

    Right: `.speaker { color: #b00 }`
    """,
)

NOT_MADE_FOR_PRINTERS = declare(
    "PDF502",
    "no-file-for-printers",
    Severity.WARNING,
    """The profile that `print.press-profile` names is at hand, so that the file for a printer can be made.

    The name "general" stands for a profile that comes with `edition-toolkit[press]`, any other for a profile that is
    installed on this machine. Without it, all else is made. A profile in the edition is at hand wherever it goes.

    Wrong: `press-profile = "PSOcoated_v3"` where no such profile is installed

    Right: `press-profile = "press/PSOcoated_v3.icc"` with the file in the edition
    """,
)
