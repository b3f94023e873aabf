"""Links written into a file: every other byte stays, whatever the file looks like."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition import cli
from edition.errors import EditionError
from edition.model import Turn
from edition.tei import links, parse
from edition.tei.links import Answer, NewLink, insert, new_links
from edition.tei.parse import Document
from edition.tei.pointers import point, resolve
from edition.tei.reading import read_text

HOME = Path("translation.xml")
NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'

# What an encoding is called in the file, the codec of its bytes, the mark before them, and letters that it has.
ENCODINGS = (
    ("", "utf-8", b"", "Мао é 毛 𐍈"),
    ("UTF-8", "utf-8", b"\xef\xbb\xbf", "Мао é 毛 𐍈"),
    ("UTF-16", "utf-16-le", b"\xff\xfe", "Мао é 毛 𐍈"),
    ("UTF-16", "utf-16-be", b"\xfe\xff", "Мао é 毛 𐍈"),
    ("", "utf-16-le", b"\xff\xfe", "Мао"),
    ("windows-1251", "cp1251", b"", "Мао"),
    ("KOI8-R", "koi8-r", b"", "Мао"),
    ("ISO-8859-1", "iso8859-1", b"", "é"),
    ("GB18030", "gb18030", b"", "毛泽东 Мао é"),
    ("US-ASCII", "ascii", b"", "Mao"),
)
TURNS = (
    '<sp xml:id="{id}">',
    "<sp xml:id='{id}' who='#a'>",
    '<sp\n      xml:id = "{id}"\n      n="a > b"\n    >',
    "<sp n='\"quoted\"' xml:id='{id}' >",
    '<u xml:id="{id}" n="1 &gt; 0 &#x27; &amp;">',
    "<sp>",
    "<t:sp xmlns:t='http://www.tei-c.org/ns/1.0' xml:id=\"{id}\">",
    '<sp xml:id="{id}" corresp="original.xml#t9">',
    '<sp xml:id="{id}" corresp="">',
)
BETWEEN = (
    "",
    "\n",
    "\r\n\t",
    "<!-- <sp xml:id='no'> > -->",
    "<p><![CDATA[<sp xml:id='no'>]]></p>",
    "<?note <sp> ?>",
    "<p>{letters} &#x41; &lt;sp&gt;</p>",
    "<note><sp><p>in a note</p></sp></note>",
    "<stage n='&lt;'/>",
)


def document_of(data: bytes) -> Document:
    found = parse.parsed(data, HOME, HOME.name)
    assert found.root is not None, found.findings
    return found


def original(count: int) -> tuple[Turn, ...]:
    turns = "".join(f'<sp xml:id="t{number}"><p xml:id="t{number}p1">.</p></sp>' for number in range(1, count + 1))
    data = f"<TEI {NAMESPACE}><text><body>{turns}</body></text></TEI>".encode()
    return read_text(parse.parsed(data, Path("original.xml"), "original.xml")).turns


def proposed(document: Document) -> list[NewLink]:
    """A link for each turn that has none, to the turn of the original of the same number, and for its paragraph."""
    text = read_text(document)
    pairs = list(zip(original(len(text.turns)), text.turns, strict=True))
    within = [Answer(ours.paragraphs[0], turn, 0) for ours, turn in pairs if len(turn.paragraphs) == 1]
    return new_links(document, text, [*(Answer(ours, turn) for ours, turn in pairs), *within])


def written(data: bytes) -> bytes:
    document = document_of(data)
    return insert(data, document, proposed(document))


@st.composite
def translations(draw: st.DrawFn) -> tuple[bytes, str, bytes]:
    """A file as hands and programs write them, its codec and its mark."""
    declared, codec, mark, letters = draw(st.sampled_from(ENCODINGS))
    named = f' encoding="{declared}"' if declared else ""
    head = draw(st.sampled_from(("<!DOCTYPE TEI>", "<!DOCTYPE TEI [ <!ELEMENT sp ANY> <!-- <sp> --> ]>", "\r\n")))
    pieces = [f'<?xml version="1.0"{named}?>{head}<TEI {NAMESPACE}><text><body>']
    for number in range(draw(st.integers(1, 6))):
        tag = draw(st.sampled_from(TURNS)).format(id=f"e{number}")
        name = tag[1:].split()[0].rstrip(">")
        inside = draw(st.sampled_from(BETWEEN)) + f"<p>{letters}</p>"
        pieces += [draw(st.sampled_from(BETWEEN)), f"{tag}{inside}</{name}>"]
    text = "".join([*pieces, "</body></text></TEI>", draw(st.sampled_from(("", "\n<!-- <sp> -->\n")))])
    return mark + text.replace("{letters}", letters).encode(codec), codec, mark


@given(translations())
def test_nothing_but_the_links_is_written(file: tuple[bytes, str, bytes]) -> None:
    data, codec, mark = file
    document = document_of(data)
    links = proposed(document)
    new = insert(data, document, links)

    assert new.startswith(mark)
    text = new[len(mark) :].decode(codec)
    for link in links:
        assert text.count(f' corresp="{link.corresp}"') == 1
        text = text.replace(f' corresp="{link.corresp}"', "")
    assert mark + text.encode(codec) == data


@given(translations())
def test_the_tree_is_the_same_but_for_the_links(file: tuple[bytes, str, bytes]) -> None:
    old, new = (list(etree.fromstring(data).iter()) for data in (file[0], written(file[0])))
    assert len(old) == len(new)
    for before, after in zip(old, new, strict=True):
        assert (before.tag, before.text, before.tail) == (after.tag, after.text, after.tail)
        kept = {name: value for name, value in after.attrib.items() if name != "corresp" or name in before.attrib}
        assert dict(before.attrib) == kept


@given(translations())
def test_every_turn_has_a_link_then(file: tuple[bytes, str, bytes]) -> None:
    root = document_of(written(file[0])).root
    assert root is not None
    turns = root.xpath("//*[local-name() = 'sp' or local-name() = 'u'][not(ancestor::*[local-name() = 'note'])]")
    assert [turn.attrib for turn in turns if "corresp" not in turn.attrib] == []


@given(translations())
def test_written_twice_is_written_once(file: tuple[bytes, str, bytes]) -> None:
    once = written(file[0])
    assert written(once) == once


def test_a_link_stands_after_the_last_attribute_of_its_tag() -> None:
    data = f"<TEI {NAMESPACE}><text><body><sp\n  n='1'\n  who='#a > b'\n><p/></sp><u/></body></text></TEI>".encode()
    assert written(data) == data.replace(b"b'\n>", b'b\' corresp="original.xml#t1"\n>').replace(
        b"<p/>", b'<p corresp="original.xml#t1p1"/>'
    ).replace(b"<u/>", b'<u corresp="original.xml#t2"/>')


def test_a_link_in_letters_that_the_encoding_lacks_is_written_in_numbers() -> None:
    data = f'<?xml version="1.0" encoding="us-ascii"?><TEI {NAMESPACE}><text><sp/></text></TEI>'.encode()
    document = document_of(data)
    (link,) = proposed(document)
    new = insert(data, document, [NewLink(link.location, link.start_tag, "подлинник.xml#т1", link.element)])
    assert b"&#1087;" in new
    assert read_text(document_of(new)).turns[0].corresp == ("подлинник.xml#т1",)


def test_an_existing_link_is_refused() -> None:
    data = f'<TEI {NAMESPACE}><text><sp corresp="a#b"/></text></TEI>'.encode()
    document = document_of(data)
    assert proposed(document) == []
    link = NewLink(read_text(document).turns[0].location, "<sp>", "original.xml#t1", 2)
    with pytest.raises(EditionError, match="more than the links would have changed"):
        insert(data, document, [link])


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    data = f"<TEI {NAMESPACE}><text><sp/></text></TEI>".encode()
    document = document_of(data)
    with pytest.raises(EditionError, match="more than the links would have changed"):
        insert(data.replace(b"<sp/>", b"<sp><p/></sp>"), document, proposed(document))


def test_a_text_of_another_file_is_refused() -> None:
    one = document_of(f"<TEI {NAMESPACE}><text><sp/></text></TEI>".encode())
    other = read_text(document_of(f'<TEI {NAMESPACE}><text><sp xml:id="e1"/></text></TEI>'.encode()))
    with pytest.raises(EditionError, match="changed meanwhile"):
        new_links(one, other, map(Answer, original(1), other.turns))


@pytest.mark.parametrize("id_", ["", ' xml:id="two words"', ' xml:id="1"'])
def test_a_turn_without_an_id_to_point_at_gets_no_link(id_: str) -> None:
    there = parse.parsed(f"<TEI {NAMESPACE}><text><sp{id_}/></text></TEI>".encode(), Path("o.xml"), "o.xml")
    document = document_of(f"<TEI {NAMESPACE}><text><sp/></text></TEI>".encode())
    text = read_text(document)
    assert new_links(document, text, map(Answer, read_text(there).turns, text.turns)) == []


@given(
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1).filter(
        lambda name: name not in (".", "..")
    ),
    st.sampled_from(("a.xml", "one/a.xml", "one/two/a.xml")),
)
def test_a_pointer_leads_back_to_what_it_points_at(name: str, home: str) -> None:
    for path in (name, f"one/{name}", f"other/{name}"):
        pointer = point(path, "t1", home)
        assert resolve(pointer, home) == f"{path}#t1"
        assert pointer.split() == [pointer]


# Through the command


ORIGINAL = f"""<TEI {NAMESPACE}><text xml:lang="ru"><body>
<sp xml:id="t1" who="#s"><p>Здравствуйте.</p></sp>
<sp xml:id="t2" who="#m"><p>Добрый день.</p></sp>
<sp xml:id="t3" who="#s"><p>Начнём.</p></sp>
</body></text></TEI>
"""
TRANSLATION = f"""<TEI {NAMESPACE}><text xml:lang="en"><body>\r
<sp xml:id="e1" who="#s" corresp="the%20original.xml#t1"><p>How do you do.</p></sp>\r
<sp xml:id="e2" who='#m'><p>Good day.</p></sp>\r
<sp xml:id="e3" who="#s" corresp="the%20original.xml#t3"><p>Let us begin.</p></sp>\r
</body></text></TEI>"""


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("the original.xml").write_bytes(ORIGINAL.encode())
    Path("translation.xml").write_bytes(TRANSLATION.encode())
    return tmp_path / "translation.xml"


LINE = 'translation.xml:3: <sp xml:id="e2"> corresp="the%20original.xml#t2"\n'


def test_links_are_proposed_and_nothing_is_changed(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", "the original.xml", "translation.xml", "--propose-links"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (LINE, "1 link to be written.\n")
    assert pair.read_bytes() == TRANSLATION.encode()


def test_links_are_written(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair.chmod(0o640)
    assert cli.main(["compare", "the original.xml", "translation.xml", "--write-links"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (LINE, "1 link written.\n")
    assert pair.read_bytes() == TRANSLATION.replace("'#m'", "'#m' corresp=\"the%20original.xml#t2\"").encode()
    assert stat.S_IMODE(pair.stat().st_mode) == 0o640
    assert sorted(path.name for path in pair.parent.iterdir()) == ["the original.xml", "translation.xml"]
    assert cli.main(["compare", "the original.xml", "translation.xml", "--write-links"]) == 0
    assert capsys.readouterr().err == "0 links written.\n"
    assert cli.main(["compare", "the original.xml", "translation.xml"]) == 0


def test_a_symbolic_link_stays_one(pair: Path) -> None:
    real = pair.parent / "elsewhere"
    real.mkdir()
    pair.rename(real / "translation.xml")
    pair.symlink_to(real / "translation.xml")
    assert cli.main(["compare", "the original.xml", "translation.xml", "--write-links", "--quiet"]) == 0
    assert pair.is_symlink()
    assert (real / "translation.xml").read_bytes().count(b"corresp") == 3


def test_a_file_that_changes_while_it_is_written_is_left_alone(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    insert = links.insert

    def slowly(data: bytes, document: Document, new: list[NewLink]) -> bytes:
        pair.write_bytes(data + b"\n")
        return insert(data, document, new)

    monkeypatch.setattr(links, "insert", slowly)
    assert cli.main(["compare", "the original.xml", "translation.xml", "--write-links"]) == 3
    assert "it was changed meanwhile" in capsys.readouterr().err
    assert pair.read_bytes() == TRANSLATION.encode() + b"\n"


@pytest.mark.parametrize("more", [["--format", "json"], ["--output", "x.html"]])
def test_links_are_no_report(pair: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", "the original.xml", "translation.xml", "--propose-links", *more]) == 2
    assert "links are lines of text" in capsys.readouterr().err


def test_an_original_without_ids_cannot_be_pointed_at(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = pair.parent / "the original.xml"
    original.write_text(re.sub(r" xml:id=(['\"])t\d.*?\1", "", original.read_text("utf-8")), "utf-8")
    assert cli.main(["compare", "the original.xml", "translation.xml", "--propose-links"]) == 3
    assert "the original.xml: no turn has an xml:id, so no link can point at one" in capsys.readouterr().err


def test_a_broken_file_is_not_linked(pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair.write_bytes(TRANSLATION.encode()[:-4])
    assert cli.main(["compare", "the original.xml", "translation.xml", "--write-links"]) == 3
    assert re.search(r"translation\.xml: not well-formed", capsys.readouterr().err)
