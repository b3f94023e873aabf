"""Why a file cannot be parsed, in an editor's words: wrong bytes, tags without partner, and what else is no XML."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from edition.diagnostics import Diagnostic, Location, Related, Severity
from edition.rules import declare
from edition.tei.encoding import encoding_of, first_wrong_byte, guess
from edition.tei.slips import Slip, Slips
from edition.tei.tags import Tag, Unpaired, unpaired

MAX_ERRORS = 100  # of one file
MAX_PAIRED = 32 * 1024 * 1024  # bytes of a file whose tags are paired here, which takes several times as much memory
MAX_DEPTH = 256  # libxml2's own limit for documents of ordinary size

NOT_WELL_FORMED = declare(
    "XML101",
    "not-well-formed",
    Severity.ERROR,
    """A file is XML: one root, every tag closed, every character allowed (XML 1.0, section 2).

    Nothing else can be said of a file that is not. All errors are listed that do not merely follow from another.

    Wrong: `<p>one <hi>two</p>`

    Right: `<p>one <hi>two</hi></p>`
    """,
)

WRONG_ENCODING = declare(
    "XML102",
    "wrong-encoding",
    Severity.ERROR,
    """A file is in the encoding that it declares, or in UTF-8 if it declares none (XML 1.0, section 4.3.3).

    A file in Windows-1251 or KOI8-R without a declaration would be read as rubbish, so it is not read at all.

    Wrong: a file saved as Windows-1251 that begins with `<TEI`

    Right: the same file saved as UTF-8, or with `<?xml version="1.0" encoding="windows-1251"?>`
    """,
)

ENTITY_DECLARED = declare(
    "XML103",
    "entity-declared",
    Severity.ERROR,
    """A file declares no entities of its own and uses only the five of XML (`&lt; &gt; &amp; &apos; &quot;`).

    Entities can pull in other files or grow without bound, and a file that needs them cannot be read alone.
    Those that a file declares are never resolved. Those of the DTD that its DOCTYPE names are, where a catalog has
    that DTD and they stand for nothing but text.

    Wrong: `<!DOCTYPE TEI [<!ENTITY mao "Mao Zedong">]>` and `&mao;`

    Right: `Mao Zedong`
    """,
)

NO_ENTITIES = "write their text where they are used, and take the declarations out"
NUMBER = "write the character itself, or its number as in &#8212;"


def explain(data: bytes, path: str, parser: etree.XMLParser) -> Iterator[Diagnostic]:
    """Why a file does not parse: one finding at least. `parser` recovers, to see beyond the first error."""
    place = Location(path, 1)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        yield NOT_WELL_FORMED.finding("the file is empty", place, hint="an XML file has one root element")
    elif not data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith((b"<", b"\x4c\x6f\xa7\x94")):  # EBCDIC
        message = "this is not XML: it does not begin with a tag"
        yield NOT_WELL_FORMED.finding(
            message, place, hint="name an XML file, or delete what stands before the first <"
        )
    else:
        wrong = _wrong_encoding(data, path)
        yield from [wrong] if wrong else _listed(_errors(data, path, parser))


def misdeclared(data: bytes, path: str) -> Diagnostic | None:
    """What the first bytes of a file say against its declaration: libxml2 takes them at their word, silently."""
    encoding = encoding_of(data)
    if encoding.told:
        return None
    message = "the file is in UTF-16 or UTF-32 and does not say so"
    if encoding.declared:
        is_in = (encoding.codec or "").upper().removesuffix("-SIG")
        message = f"the file declares the encoding {encoding.declared}, and is in {is_in}"
    return WRONG_ENCODING.finding(message, Location(path, 1), hint="save it as UTF-8")


def _wrong_encoding(data: bytes, path: str) -> Diagnostic | None:
    encoding = encoding_of(data)
    wrong = first_wrong_byte(data, encoding)
    if wrong is None and encoding.told:
        return None
    if wrong is None:
        return misdeclared(data, path)
    if encoding.declared:
        message = f"the file declares the encoding {encoding.declared}, and is in another"
    else:
        message = "the file is not in UTF-8, and declares no other encoding"
    like = guess(data[max(0, wrong - 1_000) : wrong + 100_000])
    hint = "save it as UTF-8" + (f" (it looks like {like})" if like else "")
    return WRONG_ENCODING.finding(message, Location(path, data.count(b"\n", 0, wrong) + 1), hint=hint)


def _listed(errors: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """The first MAX_ERRORS in reading order, one at each place. How many more there are libxml2 does not tell."""
    found: dict[Location, Diagnostic] = {}
    for error in errors:
        found.setdefault(error.location, error)
    ordered = sorted(found.values(), key=lambda each: each.reading_order)
    yield from ordered[:MAX_ERRORS]
    if len(ordered) >= MAX_ERRORS:
        message = f"no more than {MAX_ERRORS} errors are listed"
        yield NOT_WELL_FORMED.finding(message, ordered[MAX_ERRORS - 1].location, hint="correct these and check again")


# Complaints after which nobody can tell what is a tag and what is not.
_UPSETTING = re.compile(
    r"ERR_(ATTRIBUTE_(NOT_STARTED|NOT_FINISHED|WITHOUT_VALUE)|LT_IN_ATTRIBUTE|(GT|SPACE|EQUAL|LTSLASH)_REQUIRED"
    r"|(COMMENT|CDATA|PI|DOCTYPE)_NOT_FINISHED|RESOURCE_LIMIT|NAME_TOO_LONG|(INVALID|UNSUPPORTED)_ENCODING)"
)
_OF_PAIRS = frozenset(("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END"))


def _errors(data: bytes, path: str, parser: etree.XMLParser) -> Iterator[Diagnostic]:
    """Every error that libxml2 finds while it recovers; of tags without partner, those that are found here."""
    with contextlib.suppress(etree.XMLSyntaxError):  # where nothing can be recovered the log still has the errors
        etree.fromstring(data, parser)
    log = [entry for entry in parser.error_log if entry.level >= etree.ErrorLevels.ERROR]
    upset = min((entry.line for entry in log if _UPSETTING.fullmatch(entry.type_name)), default=None)
    found: list[Diagnostic] = []
    slips = Slips(data)
    if upset is not None:
        clear = list(_without_echoes(log))
        open_ = next((slip for slip in map(slips.behind, clear) if slip and slip.is_open), None)
        if open_:  # nothing after it can be told from it
            found = [_told(open_, path)]
            upset = min(upset, open_.line)
            clear = [entry for entry in clear if entry.line < open_.line]
        if any(entry.type_name in _OF_PAIRS and entry.line < upset for entry in log):
            found += _pair_errors(data, path, upset)
        log = clear
    elif any(entry.type_name in _OF_PAIRS for entry in log):
        found = list(_pair_errors(data, path))
        others = [entry for entry in log if entry.type_name not in _OF_PAIRS]
        log = others if found or (others and len(data) <= MAX_PAIRED) else log
    yield from found
    for entry in log:
        slip = slips.behind(entry)
        told = _in_plain_words(entry, path)
        yield _told(slip, path, told.location.column) if slip else told
    if not log and not found:
        yield NOT_WELL_FORMED.finding("the file cannot be parsed, and libxml2 does not say why", Location(path, 1))


def _told(slip: Slip, path: str, column: int | None = None) -> Diagnostic:
    return NOT_WELL_FORMED.finding(slip.message, Location(path, slip.line, slip.column or column), hint=slip.hint)


def _without_echoes(log: Sequence[etree._LogEntry]) -> Iterator[etree._LogEntry]:
    """A broken tag is told of once: what libxml2 says of its line and the next, and of any pairs, follows from it."""
    reached = 0
    for entry in log:
        if entry.type_name not in _OF_PAIRS and entry.line > reached:
            if _UPSETTING.fullmatch(entry.type_name):
                reached = entry.line + 1
            yield entry


def _pair_errors(data: bytes, path: str, before: int | None = None) -> Iterator[Diagnostic]:
    """The tags without partner, of the whole file or of the lines `before` one from which on no tag is certain."""
    codec = encoding_of(data).codec
    if codec is None or len(data) > MAX_PAIRED:
        return
    text = data.decode(codec)
    if before is not None:
        text = "\n".join(text.split("\n", before - 1)[: before - 1])
    for found in islice(unpaired(text), MAX_ERRORS):
        if before is not None and found.cut is None and not found.tag.ends:
            continue  # it may be closed further on
        if found.cut is None and found.tag.ends and re.search(rf"<\s+{re.escape(found.tag.name)}[\s>]", text):
            continue  # the start tag has a space in it, which is told
        yield _cut_off(found, path) if not found.tag.ends else _closes_nothing(found, path)


def _cut_off(found: Unpaired, path: str) -> Diagnostic:
    tag, cut = found.tag, found.cut
    if cut is None:
        message = f"the file ends before <{tag.name}> is closed"
        return NOT_WELL_FORMED.finding(message, _place(tag, path), hint=f"add </{tag.name}>, if nothing is lost")
    message = f"<{tag.name}> is not closed before the </{cut.name}> of line {cut.line}"
    related = [Related(_place(cut, path), f"</{cut.name}>")]
    return NOT_WELL_FORMED.finding(message, _place(tag, path), hint=f"add </{tag.name}> before it", related=related)


def _closes_nothing(found: Unpaired, path: str) -> Diagnostic:
    tag, cut = found.tag, found.cut
    if cut is None:
        message = f"</{tag.name}> closes nothing: no <{tag.name}> is open here"
        return NOT_WELL_FORMED.finding(message, _place(tag, path), hint="take it away, or add its start tag")
    message = f"</{tag.name}> cannot close the <{cut.name}> of line {cut.line}"
    related = [Related(_place(cut, path), f"<{cut.name}>")]
    hint = "write both alike" if tag.name else f"write </{cut.name}>"
    return NOT_WELL_FORMED.finding(message, _place(tag, path), hint=hint, related=related)


def _place(tag: Tag, path: str) -> Location:
    return Location(path, tag.line, tag.column)


# What libxml2 says, what we say, what to do about it.
_PLAIN_WORDS = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        ("Excessive depth", f"elements are nested more than {MAX_DEPTH} deep", "flatten them"),
        ("Buffer size limit|Text node too long", "a text or attribute is larger than 10 MB", "split it"),
        ("Name too long", "a name is longer than 50,000 letters", "shorten it"),
        ("xmlParseEntityRef|EntityRef: expecting", "an & that begins no entity", "write & as &amp;"),
        ("Entity '(.+)' not defined", "the entity &{}; is not defined", NUMBER),
        ("tag mismatch: (.+) line (.+) and (.+)", "</{2}> cannot close the <{0}> of line {1}", "close each element"),
        (
            "Premature end of data in tag (.+) line (.+)",
            "the file ends before the <{}> of line {} is closed",
            "close it",
        ),
        ("Extra content at the end", "something stands after the end of the root element", "put it inside"),
        ("Namespace prefix (.+?) .*is not defined", "the prefix {} is not declared", 'add xmlns:{}="…" to the root'),
        (
            "Failed to parse QName '(.+)'",
            "{} is no name",
            "write one colon at most, and something on both sides of it",
        ),
        ("invalid element name", "a < that begins no tag", "write &lt;, or take away the space after it"),
        ("expected '>'", "an end tag is not written as it must be", "write </name>, with no space after the <"),
        ("Unescaped '<'", "a < in the value of an attribute", "write &lt;, or close the quotation marks before it"),
        ("AttValue: \" or '", "the value of an attribute has no quotation marks", 'write name="value"'),
        ("AttValue:", "the file ends within an attribute", "close its quotation marks"),
        ("mandates value for attribute (.+)", "the attribute {} has no value", 'write {}="…"'),
        ("error parsing attribute name", "something in a tag is no attribute", 'write name="value", or take it out'),
        (
            "Space required after the Public",
            "the DOCTYPE has a public name and no address, as in SGML",
            'write PUBLIC "…" "file.dtd"',
        ),
        ("Space required after '(.+)'", "{} names no file", 'write {} "…"'),
        ("Space required after the (.+)", "something is missing after the {}", "write all of the declaration"),
        ("Entity value required", "the entity that is declared has no text", 'write <!ENTITY name "text">'),
        ("DOCTYPE improperly terminated", "the DOCTYPE has no end", "close it with >"),
        ("ParsePI: PI (.+?) (?:never|space)", "the instruction <?{} has no end", "close it with ?>"),
        ("ParsePI|Invalid PI name", "a <? that begins no instruction", "write &lt;?, or a name right after it"),
        ("CharRef: invalid", "the number of a character is wrong", "write it as &#8212; or &#x2014;"),
        (
            "attributes construct error",
            "an attribute is not written as it must be",
            'write name="value", after a space',
        ),
        ("find end of Start Tag (.+?) ", "the start tag of {} has no end", "close it with >"),
        ("Attribute (.+) redefined", "the attribute {} stands twice in one tag", "keep one of them"),
        ("XML declaration allowed only", "the XML declaration does not begin the file", "delete what is before it"),
        ("Sequence ']]>'", "]]> in a text", "write ]]&gt;"),
        ("Comment not terminated", "a comment has no end", "close it with -->"),
        ("CData section not finished", "a CDATA section has no end", "close it with ]]>"),
        ("Double hyphen", "-- in a comment", "write one hyphen, or a dash"),
        (r"[Cc]har (?:value )?(\w+)", "the character {} is not allowed", "take it out: XML has no such character"),
    )
)
_OF_ENTITIES = ("entity nesting depth", "amplification", "Detected an entity reference loop")


def _in_plain_words(entry: etree._LogEntry, path: str) -> Diagnostic:
    place, message = Location(path, entry.line or 1, entry.column or None), entry.message.strip()
    if any(part in message for part in _OF_ENTITIES):
        message = "the file declares entities that grow without bound"  # the place is one within them
        return ENTITY_DECLARED.finding(message, Location(path, 1), hint=NO_ENTITIES)
    if entry.type_name in ("ERR_UNSUPPORTED_ENCODING", "ERR_INVALID_ENCODING"):
        return WRONG_ENCODING.finding(message[:1].lower() + message[1:], place, hint="save it as UTF-8")
    for pattern, ours, hint in _PLAIN_WORDS:
        found = pattern.search(message)
        if found:
            return NOT_WELL_FORMED.finding(ours.format(*found.groups()), place, hint=hint.format(*found.groups()))
    return NOT_WELL_FORMED.finding(message, place)
