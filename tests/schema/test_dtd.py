"""DTDs: verdicts, places, words; and what a DTD may not bring in."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.errors import EditionError
from edition.schema import dtd
from edition.tei.doctype import mapped_by
from edition.tei.parse import read

DTD = """<!ELEMENT list (head?, item+)>
<!ELEMENT head (#PCDATA)>
<!ELEMENT item (#PCDATA|emph)*>
<!ELEMENT emph (#PCDATA)>
<!ELEMENT lb EMPTY>
<!ATTLIST item n NMTOKEN #REQUIRED rend (a|b) #IMPLIED ref IDREF #IMPLIED id ID #IMPLIED v CDATA #FIXED "1">
"""


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ('<list><head>x</head><item n="1">y</item></list>', []),
        ('<list><item n="1"/><head/></list>', ["SCH101"]),
        ("<list><item/></list>", ["SCH104"]),
        ('<list><item n="1" m="2"/></list>', ["SCH103"]),
        ('<list><item n="1" rend="c"/></list>', ["SCH105"]),
        ('<list><item n="1" v="2"/></list>', ["SCH105"]),
        ('<list><item n="1" ref="q"/></list>', ["SCH107"]),
        ('<list><item n="1" id="a"/><item n="2" id="a"/></list>', ["SCH107"]),
        ("<lb>x</lb>", ["SCH106"]),
        ("<other/>", ["SCH101"]),
    ],
)
def test_verdicts(tmp_path: Path, content: str, codes: list[str]) -> None:
    (tmp_path / "a.dtd").write_text(DTD, encoding="utf-8")
    (tmp_path / "text.xml").write_text(f"\n{content}", encoding="utf-8")
    found = list(dtd.load(tmp_path / "a.dtd", "a.dtd").check(read(tmp_path / "text.xml", "text.xml")))
    assert [each.rule.code for each in found] == codes
    assert {each.location.line for each in found} <= {2}


def test_of_an_id_that_is_taken_both_places_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text(DTD, encoding="utf-8")
    (tmp_path / "text.xml").write_text(
        '<list>\n<item n="a"/>\n<item n="1" id="a"/>\n<item n="2" id="a"/></list>', encoding="utf-8"
    )
    (found,) = dtd.load(tmp_path / "a.dtd", "a.dtd").check(read(tmp_path / "text.xml", "text.xml"))
    assert (found.message, found.location.line) == ('the id "a" is taken', 4)
    assert [each.location.line for each in found.related] == [3]
    assert found.hint == "give one of them another, and change what points to it"


@pytest.mark.parametrize(
    ("attribute", "hint"),
    [
        ('rend="blue"', "expected: bold, italic or small-caps"),
        ('rend="itallic"', 'did you mean "italic"? expected: bold, italic or small-caps'),
        ('m:kind="c"', "expected: a or b"),
    ],
)
def test_the_values_that_a_dtd_lists_are_named(tmp_path: Path, attribute: str, hint: str) -> None:
    declared = "rend (bold|italic|small-caps) #IMPLIED m:kind (a|b) #IMPLIED xmlns:m CDATA #FIXED 'urn:m'"
    (tmp_path / "a.dtd").write_text(f"<!ELEMENT m:hi EMPTY><!ATTLIST m:hi {declared}>", encoding="utf-8")
    (tmp_path / "text.xml").write_text(f'<m:hi xmlns:m="urn:m" {attribute}/>', encoding="utf-8")
    (found,) = dtd.load(tmp_path / "a.dtd", "a.dtd").check(read(tmp_path / "text.xml", "text.xml"))
    assert (found.rule.code, found.hint) == ("SCH105", hint)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<!ELEMENT a (b>", r"a\.dtd:1: the DTD is broken"),
        ("<!ELEMENT a ANY>\n<!ELEMENT b (c>", r"a\.dtd:2: the DTD is broken"),
        ("hello", "broken"),
        ("", "declares no element"),
        ('<!ENTITY % x SYSTEM "/etc/passwd"> %x; <!ELEMENT a ANY>', "outside its folder"),
        ('<!ENTITY % x SYSTEM "../x.dtd"> %x; <!ELEMENT a ANY>', "outside its folder"),
        ('<!ENTITY % x SYSTEM "http://a.b/x.dtd"> %x; <!ELEMENT a ANY>', "outside its folder"),
        ('<!ENTITY % x SYSTEM "gone.dtd"> %x; <!ELEMENT a ANY>', "no such file"),
        ('<!ENTITY % x SYSTEM "a.dtd"> %x; <!ELEMENT a ANY>', "broken|loop"),
    ],
)
def test_a_dtd_that_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "a.dtd").write_text(content, encoding="utf-8")
    with pytest.raises(EditionError, match=says):
        dtd.load(tmp_path / "a.dtd", "a.dtd")


def test_a_dtd_of_several_files(tmp_path: Path) -> None:
    (tmp_path / "all.dtd").write_text('<!ENTITY % a SYSTEM "a.dtd">\n%a;', encoding="utf-8")
    (tmp_path / "a.dtd").write_text(DTD, encoding="utf-8")
    (tmp_path / "text.xml").write_text("<list/>", encoding="utf-8")
    assert list(dtd.load(tmp_path / "all.dtd", "all.dtd").check(read(tmp_path / "text.xml", "text.xml")))


def test_files_of_a_dtd_that_a_catalog_has(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "far").mkdir()
    wanted = '<!ENTITY % far PUBLIC "-//A//Far//EN" "http://a.b/far.dtd">\n%far;'
    (tmp_path / "own" / "all.dtd").write_text(wanted, encoding="utf-8")
    (tmp_path / "far" / "far.dtd").write_text('<!ENTITY % a SYSTEM "a.dtd">\n%a;', encoding="utf-8")
    (tmp_path / "far" / "a.dtd").write_text(DTD, encoding="utf-8")
    (tmp_path / "text.xml").write_text("<list/>", encoding="utf-8")
    with pytest.raises(EditionError, match="outside its folder") as raised:
        dtd.load(tmp_path / "own" / "all.dtd", "all.dtd")
    assert '<public publicId="-//A//Far//EN" uri="FILE"/>' in raised.value.advice

    def find(public: str, system: str) -> Path | None:
        return tmp_path / "far" / "far.dtd" if public == "-//A//Far//EN" else None

    with mapped_by(find):
        schema = dtd.load(tmp_path / "own" / "all.dtd", "all.dtd")
    assert [each.rule.code for each in schema.check(read(tmp_path / "text.xml", "text.xml"))] == ["SCH102"]


def test_what_is_too_much_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text(DTD, encoding="utf-8")
    (tmp_path / "text.xml").write_text(f"<list>{'<item/>' * 150}</list>".replace("><", ">\n<"), encoding="utf-8")
    found = list(dtd.load(tmp_path / "a.dtd", "a.dtd").check(read(tmp_path / "text.xml", "text.xml")))
    assert len(found) == 101
    assert "50 more" in found[-1].message
