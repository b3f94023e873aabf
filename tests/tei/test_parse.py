"""Reading XML that nobody vouches for: every input ends in a document, in findings, or in a refusal."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.diagnostics import Diagnostic
from edition.errors import EditionError
from edition.tei import parse, written
from edition.tei.parse import Document, read

RUSSIAN = (
    "<TEI><p>Товарищ Сталин спрашивает, какие вопросы следует обсудить сегодня, и что ответит на это Мао.</p></TEI>"
)


def parsed(tmp_path: Path, data: str | bytes) -> Document:
    file = tmp_path / "a.xml"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    document = read(file, "a.xml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "LARGE", 0)
        large = read(file, "a.xml")
    assert (large.root is None, large.findings) == (document.root is None, document.findings)
    return document


def found(tmp_path: Path, data: str | bytes) -> tuple[Diagnostic, ...]:
    """The findings of a file that must not be readable."""
    document = parsed(tmp_path, data)
    assert document.root is None
    assert document.findings
    return document.findings


def places(findings: tuple[Diagnostic, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(each.rule.code, each.location.line, each.location.column) for each in findings]


@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode("utf-8"),
        RUSSIAN.encode("utf-8-sig"),
        RUSSIAN.encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16LE"?>' + RUSSIAN).encode("utf-16-le"),
        ('<?xml version="1.0" encoding="utf-16"?>' + RUSSIAN).encode("utf-16"),
        ('<?xml version="1.0" encoding="ISO-10646-UCS-2"?>' + RUSSIAN).encode("utf-16"),
        ('<?xml version="1.0" encoding="utf-8"?>' + RUSSIAN).encode("utf-8-sig"),
        ('<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN).encode("cp1251"),
        ("<?xml version='1.0' encoding='koi8-r'?>" + RUSSIAN).encode("koi8-r"),
        RUSSIAN.replace("<p>", "<p>\r\n").encode(),
    ],
)
def test_an_encoding_that_is_declared_or_marked_is_read(tmp_path: Path, data: bytes) -> None:
    document = parsed(tmp_path, data)
    assert document.findings == ()
    assert document.root is not None
    assert "Товарищ Сталин" in "".join(document.root.itertext())


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (RUSSIAN.encode("cp1251"), "Windows-1251"),
        (RUSSIAN.encode("koi8-r"), "KOI8-R"),
        (RUSSIAN.encode("cp866"), "IBM866"),
        (b'<?xml version="1.0" encoding="UTF-8"?>' + RUSSIAN.encode("cp1251"), "Windows-1251"),
        (b'<?xml version="1.0" encoding="us-ascii"?>' + RUSSIAN.encode(), "save it as UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-16"?>' + RUSSIAN.encode(), "save it as UTF-8"),
        (b'<?xml version="1.0" encoding="windows-99"?>' + RUSSIAN.encode(), "save it as UTF-8"),
        (b'<?xml version="1.0" encoding="punycode"?>' + RUSSIAN.encode(), "save it as UTF-8"),
        (RUSSIAN.encode("utf-16-le"), "save it as UTF-8"),
        (RUSSIAN.encode("utf-16-be"), "save it as UTF-8"),
        *(
            (f'{mark}<?xml version="1.0" encoding="{name}"?>{RUSSIAN}'.encode(codec), "save it as UTF-8")
            for mark in ("", "\ufeff")
            for name, codec in (("UTF-8", "utf-16-le"), ("UTF-8", "utf-16-be"), ("windows-1251", "utf-16-le"))
        ),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode(), "save it as UTF-8"),
    ],
)
def test_a_wrong_encoding_is_named(tmp_path: Path, data: bytes, hint: str) -> None:
    (finding,) = found(tmp_path, data)
    assert finding.rule.code == "XML102"
    assert hint in finding.hint


def test_a_wrong_byte_is_found_on_its_line(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, b"<a>\n" + b"x\n" * 700_000 + b"\xd2</a>")  # beyond the first piece that is decoded
    assert places((finding,)) == [("XML102", 700_002, None)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", [("XML101", 1, None)]),
        ("\ufeff\n", [("XML101", 1, None)]),
        ("Record of talks", [("XML101", 1, None)]),
        (b"\x89PNG\r\n\x1a\n\0\0", [("XML101", 1, None)]),
        ("<a>\n<b>one</a>", [("XML101", 2, 1)]),
        ("<a>\n<b>one</b></b>\n</a>", [("XML101", 2, 11)]),
        ("<a>\n<speaker>one</speakr>\n</a>", [("XML101", 2, 13)]),
        ("<a>\n<b><i>one</b></i>\n</a>", [("XML101", 2, 4)]),
        ("<a>\n<b>one", [("XML101", 2, 1)]),
        ("<a>\n<b>\n<b/>\n<b></b>\n</a>", [("XML101", 2, 1)]),
        ("<a/>\n<b/>", [("XML101", 2, 1)]),
        ("<a>\n<!-- </a> --><![CDATA[</a>]]><b></a>", [("XML101", 2, 30)]),
        ('<a>\n<b who="#mao>\n<i/>\n</b>\n<b who="#mao">x</b>\n</a>', [("XML101", 2, None)]),
        ("<a>\n<b who=mao>\n<i>x</i>\n</b>\n</a>", [("XML101", 2, 8)]),
        ("<a>\n1 & 2\n3 < 4</a>", [("XML101", 2, 4), ("XML101", 3, 4)]),
        ("<a>\n&nbsp;</a>", [("XML101", 2, 7)]),
        ('<a>\n<b n="1" n="2"/></a>', [("XML101", 2, 15)]),
        ("<a>\n<m:b/></a>", [("XML101", 2, 5)]),
        ("<a>\nx\0y</a>", [("XML101", 2, 2)]),
        ('\n<?xml version="1.0"?><a/>', [("XML101", 2, 6)]),
    ],
)
def test_errors_are_placed_and_bring_no_others(
    tmp_path: Path, data: str | bytes, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert places(found(tmp_path, data)) == expected


def test_errors_that_do_not_follow_from_each_other_are_all_found(tmp_path: Path) -> None:
    findings = found(tmp_path, "<TEI>\n<p>one <hi>two</p>\n<p>three & four</p>\n<p>five</p></p>\n</TEI>")
    assert [each.location.line for each in findings] == [2, 3, 4]
    assert "<hi> is not closed before the </p> of line 2" in findings[0].message
    assert findings[0].related[0].location.line == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<a>\n<b>\n<c>\n</b>\n<d x=1/>\n</a>\n", [(3, "<c> is not closed"), (5, "no quotation marks")]),
        (
            "<r>\n<p>\n</q>\n<c x=1/>\n<d>\n</e>\n</p>\n</r>\n",
            [(3, "</q> closes nothing"), (4, "no quotation marks")],
        ),
        ('<a>\n<b>\n<c>\n</b>\n<d x="1>\n<e/>\n</a>\n', [(3, "<c> is not closed"), (5, "x is not closed")]),
        ("<a>\n<b>\n<d x=1/>\n</b>\n</a>\n", [(3, "no quotation marks")]),
        ("<a>\n<!-- <b>\n</c>\n</a>\n", [(2, "comment has no end")]),
        ("<a>\n<b>x <![CDATA[y</b>\n</a>\n", [(2, "cdata section has no end")]),
        ('<a>\n<p>x <b n="x>y</b> z</p>\n<p n="1">w</p>\n<p/></a>\n', [(2, "value of n is not closed")]),
        ("<a>\n<HEAD>x</head>\n</a>\n", [(2, "</head> cannot close the <head>")]),
        ("<a>\n<p>x <b>y</p> <i>z</i></p>\n<p/></a>\n", [(2, "</p> cannot close the <b> of line 2")]),
        ("<a>\n<p>x <b>y</p>\n<p>z</p>\n</p></a>\n", [(2, "<b> is not closed"), (4, "</p> closes nothing")]),
        ("<a>\n<p>x</>\n</a>\n", [(2, "</> cannot close the <p> of line 2")]),
        ("<a>\n< ref n='1'>x</ref>\n</a>\n", [(2, "a < that begins no tag")]),
        ("<a>\nx &mdash y\n&c y\n</a>\n", [(2, "the ; after &mdash is missing"), (3, "begins no entity")]),
        ("<!doctype a>\n<a/>\n", [(1, "<!doctype is not in capitals")]),
        ('<!SGML "x">\n<a/>\n', [(1, "<!sgml is no xml")]),
        ("<a>\n<!DOCTYPE a></a>\n", [(2, "the doctype does not stand before the root")]),
        ('<!DOCTYPE a PUBLIC "-//A//B">\n<a/>\n', [(1, "a public name and no address")]),
    ],
)
def test_tags_are_paired_up_to_the_first_broken_tag(
    tmp_path: Path, data: str, expected: list[tuple[int, str]]
) -> None:
    findings = found(tmp_path, data)
    assert [each.location.line for each in findings] == [line for line, _ in expected]
    assert all(what in each.message.lower() for each, (_, what) in zip(findings, expected, strict=True))


def test_a_file_with_very_many_errors_is_cut_off_and_says_so(tmp_path: Path) -> None:
    findings = found(tmp_path, "<a>\n" + "x & y\n" * 5000 + "</a>")
    assert len(findings) == 101
    assert "no more than 100" in findings[-1].message


def test_tags_of_a_huge_broken_file_are_told_in_the_words_of_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edition.tei.malformed.MAX_PAIRED", 10)
    assert "</a> cannot close the <b>" in found(tmp_path, "<a>\n<b>one</a>")[0].message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("<a>" * 10_000 + "</a>" * 10_000, "256 deep"),
        ('<a n="' + "x" * 11_000_000 + '"/>', "larger than 10 MB"),
        ("<a>" + "x" * 11_000_000 + "</a>", "larger than 10 MB"),
        (f"<{'a' * 100_000}/>", "name is longer"),
    ],
    ids=["deep", "attribute", "text", "name"],
)
def test_what_is_too_large_is_refused(tmp_path: Path, data: str, what: str) -> None:
    findings = found(tmp_path, data)
    assert len(findings) == 1
    assert what in findings[0].message


def bomb(use: str) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    return f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{entities}]>\n{use}'


@pytest.mark.parametrize(
    "data",
    [
        bomb("<a>&e29;</a>"),
        bomb('<a n="&e29;"/>'),
        bomb("<a/>"),
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
        '<!DOCTYPE a [<!ENTITY % e SYSTEM "file:///etc/hostname"> %e;]><a/>',
        '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://example.org/e.dtd"> %e;]><a/>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a>&one;</a>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a n="&one;"/>',
    ],
)
def test_entities_are_refused(tmp_path: Path, data: str) -> None:
    assert {finding.rule.code for finding in found(tmp_path, data)} == {"XML103"}


@pytest.mark.parametrize("system", ["{}/a.dtd", "a.dtd", "http://example.org/a.dtd", "{}/pipe"])
def test_an_external_dtd_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.dtd").write_text('<!ENTITY one "LOADED">')
    os.mkfifo(tmp_path / "pipe")
    document = parsed(tmp_path, f'<!DOCTYPE a SYSTEM "{system.format(tmp_path)}"><a/>')
    assert document.root is not None
    dtd = document.root.getroottree().docinfo.externalDTD
    assert dtd is None or not list(dtd.entities())


@pytest.mark.parametrize("name", ["urn:т", "a b", "http://x/<"])
def test_a_namespace_may_have_any_name(tmp_path: Path, name: str) -> None:
    data = f'<a xmlns="{escape(name)}"><b xmlns:c="{escape(name)}"/></a>'
    root = parsed(tmp_path, data).root
    assert root is not None
    assert [element.tag for element in root.iter()] == [f"{{{name}}}a", f"{{{name}}}b"]
    assert parsed(tmp_path, data.replace("/>", ">")).root is None


def test_a_duplicate_id_does_not_stop_the_parser(tmp_path: Path) -> None:
    assert parsed(tmp_path, '<a><b xml:id="x"/><b xml:id="x"/></a>').root is not None


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing.xml", "no such file"),
        (".", "folder"),
        ("pipe", "not a regular file"),
        ("a\0b", "no file has such a name"),
    ],
)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, name: str, what: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    refusals: list[str] = []

    def refused() -> None:
        with pytest.raises(EditionError) as refusal:
            read(tmp_path / name, "given.xml")
        refusals.append(str(refusal.value))

    reading = threading.Thread(target=refused, daemon=True)
    reading.start()
    reading.join(10)
    assert refusals, "reading hangs"
    assert what in refusals[0]
    assert "given.xml" in refusals[0]


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_XML", replace(parse._XML, max_bytes=1024 * 1024))
    with pytest.raises(EditionError, match="larger than 1 MiB"):
        parsed(tmp_path, b"<a>" + b"x" * 1024 * 1024 + b"</a>")


PIECES = [
    "<a>",
    "</a>",
    "<b>",
    "</b>",
    "<b/>",
    '<b n="1">',
    '<b n="',
    "&",
    "&amp;",
    "&x;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
]
PIECES += ["x", "\n", "\0", "é", "<?pi", "?>", "<!DOCTYPE a [", "]>", "<m:b/>", "<", ">", "'", '"', "\ufeff"]


def is_well_formed_as_written(data: bytes) -> bool:
    """Whether those who make no tree are sure that a document is well-formed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written, "PIECE", 5)
        try:
            return bool(list(written.Written(data).runs()))
        except written.UnsureError:
            return False


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-8-sig"]))
def test_whatever_is_given_is_read_or_explained(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], encoding: str
) -> None:
    data = "".join(pieces).encode(encoding)
    document = parsed(tmp_path_factory.getbasetemp(), data)
    assert (document.root is None) == bool(document.findings)
    assert all(each.message for each in document.findings)
    if is_well_formed_as_written(data):
        assert document.root is not None


@given(st.binary(max_size=200))
def test_whatever_bytes_are_given_are_read_or_explained(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    document = parsed(tmp_path_factory.getbasetemp(), b"<a>" + data)
    assert (document.root is None) == bool(document.findings)
    if is_well_formed_as_written(b"<a>" + data):
        assert document.root is not None
