"""Entities whose DTD a catalog has: their text, and nothing that could be a danger or stands at no line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.tei.doctype import Doctype, mapped_by
from edition.tei.parse import Document, parsed

LATIN = (
    '<!ENTITY eacute "&#233;"><!ENTITY amper "&#38;#38;"><!ENTITY less "&#38;#60;"><!ENTITY all "100&#37; \'&#34;\'">'
)
PLAY = """<?xml version="1.0" encoding="iso-8859-1"?>
<!ENTITY % latin PUBLIC "-//A//ENTITIES Latin//EN" "latin.ent"> %latin;
<!ENTITY cafe "caf\xe9 &eacute;">
<!ENTITY logo "<g/>">
<!ENTITY framed "[&logo;]">
<!ENTITY chapter SYSTEM "chapter.xml">
<!ENTITY % only "for the DTD">
<!ENTITY self "&self;">
<!ATTLIST p n CDATA "given by the DTD" type NMTOKENS #IMPLIED>
"""


class Parse(Protocol):
    def __call__(self, text: str) -> Document: ...


@pytest.fixture
def parse(tmp_path: Path) -> Iterator[Parse]:
    """Parses a file; what begins with `map:` lies in a folder that only a catalog knows."""
    folder = tmp_path / "dtds"
    folder.mkdir()
    (folder / "latin.ent").write_text(LATIN, encoding="utf-8")
    (folder / "play.dtd").write_text(PLAY, encoding="latin-1")

    def find(public: str, system: str) -> Path | None:
        return folder / system.removeprefix("map:") if system.startswith("map:") else None

    with mapped_by(find):
        yield lambda text: parsed(text.encode("utf-8"), tmp_path / "text.xml", "text.xml")


def content(document: Document) -> str:
    assert document.root is not None, document.findings
    return etree.tostring(document.root, encoding="unicode")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>a &eacute; b</p>", "<p>a é b</p>"),
        ("<p>&cafe;</p>", "<p>café é</p>"),
        ("<p>&amper; &less; &all;</p>", "<p>&amp; &lt; 100% '\"'</p>"),
        ('<p n="  &cafe; &less;"/>', '<p n="  café é &lt;"/>'),
        ('<p type="  a   b "/>', '<p type="  a   b "/>'),
        ('<p xmlns="no uri">&eacute;</p>', '<p xmlns="no uri">é</p>'),
    ],
)
def test_text_is_given_and_nothing_else(parse: Parse, written: str, read: str) -> None:
    assert content(parse(f'<!DOCTYPE p SYSTEM "map:play.dtd">{written}')) == read


def test_a_set_of_entities_that_the_file_brings_in_itself(parse: Parse) -> None:
    brought = '<!ENTITY % TEI.XML "INCLUDE"> <!ENTITY % latin SYSTEM "map:latin.ent"> %latin;'
    far = '<!ENTITY % far SYSTEM "http://a.b/far.ent"> %far;'
    assert content(parse(f"<!DOCTYPE p [{brought} {far}]><p>&eacute;</p>")) == "<p>é</p>"
    assert (
        content(parse(f'<!DOCTYPE p PUBLIC "-//A//B" "http://a.b/c.dtd" [{brought}]><p>&eacute;</p>')) == "<p>é</p>"
    )


def test_no_text_is_taken_from_what_follows_a_set_that_is_not_read(parse: Parse) -> None:
    """It may declare the same name in another way (XML 1.0, section 5.1)."""
    far = '<!ENTITY % far SYSTEM "http://a.b/far.ent"> %far;'
    brought = '<!ENTITY % latin SYSTEM "map:latin.ent"> %latin;'
    (found,) = parse(f"<!DOCTYPE p [{far} {brought}]><p>&eacute;</p>").findings
    assert found.message == "the entity &eacute; is not resolved"
    assert '<system systemId="http://a.b/far.ent" uri="FILE"/>' in found.hint
    (found,) = parse(f'<!DOCTYPE p SYSTEM "map:play.dtd" [{far}]><p>&cafe;</p>').findings
    assert found.message == "the entity &cafe; is not resolved"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("<p>&logo;</p>", "the entity &logo; is not resolved", "it stands for elements: write them in its place"),
        ("<p>&chapter;</p>", "the entity &chapter; is not resolved", "it stands for another file, which is not read"),
        ("<p>&framed;</p>", "the entities of play.dtd cannot be put in: Entity 'logo' not defined", "write the char"),
        ("<p>&self;</p>", "the entities of play.dtd cannot be put in: ", "write the character"),
        ("<p>&only;</p>", "the entity &only; is not resolved", "play.dtd does not declare it: check its spelling"),
        (
            "<p>&alpha;\n&alpha;</p>",
            "the entity &alpha; is not resolved (on 2 lines)",
            "play.dtd does not declare it",
        ),
    ],
)
def test_what_is_withheld(parse: Parse, written: str, message: str, hint: str) -> None:
    (found,) = parse(f'<!DOCTYPE p SYSTEM "map:play.dtd">\n{written}').findings
    assert found.rule.code == "XML103"
    assert found.message.startswith(message)
    assert found.hint.startswith(hint)
    assert found.location.line == 2


def test_an_entity_that_leads_back_to_itself_is_told_where_it_is_used(parse: Parse) -> None:
    (found,) = parse('<!DOCTYPE p SYSTEM "map:play.dtd">\n<p>&cafe;\n\n&self;</p>').findings
    assert found.message.startswith("the entities of play.dtd cannot be put in: ")
    assert found.location.line == 4


def test_what_a_file_declares_itself_counts_for_nothing(parse: Parse) -> None:
    brought = '<!ENTITY % latin SYSTEM "map:latin.ent"> %latin;'
    (found,) = parse(f'<!DOCTYPE p [{brought}\n<!ENTITY mao "Mao">]><p>&eacute; &mao;</p>').findings
    assert found.message == "the file declares entities of its own: &mao;"
    assert found.location.line == 2
    assert content(parse(f'<!DOCTYPE p [{brought}<!ENTITY eacute "E">]><p>&eacute;</p>')) == "<p>é</p>", (
        "the first counts"
    )


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ('SYSTEM "play.dtd"', '<system systemId="play.dtd" uri="FILE"/>'),
        ('PUBLIC "-//A//B" "play.dtd"', '<public publicId="-//A//B" uri="FILE"/>'),
        ('[<!ENTITY % latin SYSTEM "latin.ent"> %latin;]', '<system systemId="latin.ent" uri="FILE"/>'),
    ],
)
def test_without_a_catalog_it_is_said_how_to_give_it(parse: Parse, tmp_path: Path, name: str, entry: str) -> None:
    (tmp_path / "play.dtd").write_text(LATIN, encoding="utf-8")
    (tmp_path / "latin.ent").write_text(LATIN, encoding="utf-8")
    (found,) = parse(f"<!DOCTYPE p {name}><p>&eacute;</p>").findings
    assert found.message == "the entity &eacute; is not resolved"
    assert found.hint == f"write é, or give a catalog that has {entry} with --catalog or XML_CATALOG_FILES"


@pytest.mark.parametrize(
    ("dtd", "hint"),
    [
        (None, "play.dtd: there is no such file; put that right, or write é"),
        ("<!ENTITY eacute 'x'>\n<!ENTITY >", "play.dtd:2: the DTD is broken: syntax error; put that right"),
        ("<!ENTITY % a SYSTEM 'play.dtd'> %a; <!ENTITY eacute 'x'>", "recursive entity reference; put that right"),
        ("<!ENTITY eacute '%gone;x'>", "play.dtd: the DTD uses a %name; that nothing declares"),
        ("%gone; <!ENTITY eacute 'x'>", "play.dtd: the DTD uses a %name; that nothing declares"),
        ("<!ENTITY % a SYSTEM '../out.ent'> %a;", '<system systemId="../out.ent" uri="FILE"/>'),
        ("<!ENTITY % a SYSTEM 'http://a.b/c.ent'> %a;", '<system systemId="http://a.b/c.ent" uri="FILE"/>'),
        ("<!ENTITY % a SYSTEM 'pipe'> %a;", '<system systemId="pipe" uri="FILE"/>'),
        ("<!ENTITY % a SYSTEM 'link'> %a;", '<system systemId="link" uri="FILE"/>'),
        (
            "<!ENTITY % a0 'x'>" + "".join(f"<!ENTITY % a{n} '{f'%a{n - 1};' * 100}'>" for n in range(1, 9)),
            "the DTD is broken: ",
        ),
    ],
)
def test_a_dtd_that_cannot_be_read_gives_nothing(parse: Parse, tmp_path: Path, dtd: str | None, hint: str) -> None:
    (tmp_path / "out.ent").write_text("<!ENTITY eacute 'OUTSIDE'>", encoding="utf-8")
    (tmp_path / "dtds" / "link").symlink_to(tmp_path / "out.ent")
    (tmp_path / "dtds" / "play.dtd").unlink()
    if dtd is not None:
        (tmp_path / "dtds" / "play.dtd").write_text(dtd, encoding="utf-8")
    (found,) = parse('<!DOCTYPE p SYSTEM "map:play.dtd"><p>&eacute;</p>').findings
    assert found.message == "the entity &eacute; is not resolved"
    assert hint in found.hint


def test_files_of_a_dtd_are_bounded_in_depth(parse: Parse, tmp_path: Path) -> None:
    for number in range(40):
        further = f'<!ENTITY % a{number} SYSTEM "{number + 1}.ent"> %a{number};'
        (tmp_path / "dtds" / f"{number}.ent").write_text(further, encoding="utf-8")
    (found,) = parse('<!DOCTYPE p SYSTEM "map:0.ent"><p>&eacute;</p>').findings
    assert "20 files in each other" in found.hint


def test_entities_that_grow_without_bound(parse: Parse, tmp_path: Path) -> None:
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    (tmp_path / "dtds" / "bomb.dtd").write_text('<!ENTITY e0 "aaaaaaaaaa">' + "".join(lines), encoding="utf-8")
    for written in ("<p>&e11;</p>", '<p n="&e11;"/>'):
        (found,) = parse(f'<!DOCTYPE p SYSTEM "map:bomb.dtd">{written}').findings
        assert found.message == "the entities of bomb.dtd cannot be put in: they grow without bound"


LETTERS = st.characters(blacklist_categories=["Cs", "Cc", "Cn"], blacklist_characters="<&") | st.sampled_from("\t\n")


@given(st.text(LETTERS, max_size=30))
def test_a_text_is_declared_as_it_is(text: str) -> None:
    said = Doctype({}, {"e": text}, {}, None, (), "")
    root = etree.fromstring(f"<!DOCTYPE p [{said.declarations}]><p>&e;</p>".encode())
    assert (root.text or "") == text


DECLARATIONS = (
    '<!ENTITY % a "x">',
    '<!ENTITY % switch "IGNORE">',
    "<!ENTITY % made \"<!ENTITY b 'made'>\">%made;",
    "<![%switch;[<!ENTITY b 'switched'>]]>",
    "<![INCLUDE[<!ENTITY c 'included'>]]>",
    "<![IGNORE[<!ENTITY c 'ignored'>]]>",
    "<!ENTITY a 't'>",
    "<!ENTITY a '50&#37; &#38;#38;'>",
    "<!ENTITY b '&#233;&#38;#60;'>",
    "<!ENTITY c '&d;-&a;'>",
    "<!ENTITY d '%a;\"'>",
    "<!-- d -->",
)


@given(
    st.lists(st.sampled_from(DECLARATIONS), max_size=8),
    st.sampled_from(["", '<!ENTITY % switch "INCLUDE">', '<!ENTITY % a "own">']),
    st.lists(st.sampled_from(["&a;", "&b;", "&c;", '<q n="&d; &a;"/>']), min_size=1, max_size=3),
)
def test_what_is_taken_is_what_libxml2_would_take(declared: list[str], own: str, written: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dtd = Path(folder) / "a.dtd"
        dtd.write_text("\n".join(declared), encoding="utf-8")
        text = f'<!DOCTYPE p SYSTEM "{dtd.as_uri()}" [{own}]><p>{"".join(written)}</p>'.encode()
        with mapped_by(lambda public, system: dtd if system == dtd.as_uri() else None):
            ours = parsed(text, Path(folder) / "text.xml", "text.xml")
        if ours.root is not None:
            theirs = etree.fromstring(text, etree.XMLParser(load_dtd=True, resolve_entities=True))
            assert etree.tostring(ours.root) == etree.tostring(theirs)
