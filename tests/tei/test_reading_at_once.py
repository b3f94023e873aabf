"""Two texts whose trees are let go of while they are read are the same two texts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edition.errors import EditionError
from edition.model import Edition
from edition.tei.parse import read
from edition.tei.reading import Wanted, read_edition, read_first, read_pair

_HEADER = """<teiHeader><encodingDesc><listPrefixDef>
<prefixDef ident="who" matchPattern="(.+)" replacementPattern="#$1"/></listPrefixDef></encodingDesc>
<profileDesc><particDesc><listPerson><person xml:id="a"><persName>A</persName></person>
</listPerson></particDesc></profileDesc></teiHeader>"""

_WORDS = st.sampled_from(["", "word ", "слово, 10 тыс. ", "<pb n='2'/>", "<name ref='#a'>A</name>", "\n"])
_LEAVES = st.lists(_WORDS, max_size=4).map("".join)


_ELEMENTS = (
    "<p>{}</p>",
    "<p n='1'>{}</p>",
    "<sp who='#a'><speaker>A</speaker>{}</sp>",
    "<sp xml:id='t' who='who:a' corresp='who:b'>{}</sp>",
    "<u>{}</u>",
    "<note>{}</note>",
    "<quote>{}</quote>",
    "<q>{}</q>",
    "<div>{}</div>",
    "<div n='2'>{}</div>",
    "<head>{}</head>",
    "<list type='attendees'><item><persName ref='#a'>A</persName>{}</item></list>",
    "<floatingText>{}</floatingText>",
    "<item><term xml:lang='ru'>договор</term><term xml:lang='en'>treaty</term>{}</item>",
    "<seg>{}</seg>",
    "<!-- {} -->x",
    "<text><body>{}</body></text>",
    "<l n='3'>{}</l>",
    "<lg>{}</lg>",
    "<figure>{}</figure>",
    "<stage>{}</stage>",
    "<castList>{}</castList>",
    "<person xml:id='b'><persName>B</persName>{}</person>",
    "<fw>{}</fw>",
    "<supplied>{}</supplied>",
    "<!--x--><?y?>{}",
)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(_ELEMENTS)
    pieces = st.tuples(tags, inner).map(lambda each: each[0].format(each[1].replace("--", "")))
    return st.lists(pieces, max_size=4).map("\n".join)


_BODIES = st.recursive(_LEAVES, _around, max_leaves=12)
_FRAMES = st.sampled_from(
    [
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text xml:lang="ru"><body>{body}</body></text></TEI>',
        '<!DOCTYPE TEI [<!ENTITY e "x">]>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>',
        '<!DOCTYPE TEI SYSTEM "tei.dtd">\n<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text>{body}</text></TEI>',
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><TEI>{header}<text>{body}</text></TEI>\n<TEI><text>{body}</text></TEI></teiCorpus>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{body}</text>{header}</TEI>',
    ]
)  # fmt: skip


def _as_a_whole(folder: Path, units: str) -> Edition:
    documents = [read(folder / name, name) for name in ("a.xml", "b.xml")]
    return read_edition(documents[0], documents[1], wanted=Wanted(units, transcription=False))


def _at_once(folder: Path, units: str) -> Edition:
    return read_pair(
        (read_first(folder / "a.xml", "a.xml", units), read_first(folder / "b.xml", "b.xml", units)), units
    )


@given(_FRAMES, _BODIES, _BODIES, st.sampled_from(["auto", "turns", "sp", "u", "p", "textpart"]))
@example(
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>{body}</text></TEI>",
    "<sp><p>a</p></sp> x <sp><p>b</p></sp>",
    "",
    "auto",
)
@example(
    "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>{body}</text></TEI>", "<sp/>" * 9000, "<u>a</u>" * 9000, "auto"
)
def test_a_text_read_turn_by_turn_is_the_text(frame: str, ours: str, theirs: str, units: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, body in (("a.xml", ours), ("b.xml", theirs)):
            (folder / file).write_text(frame.replace("{header}", _HEADER).replace("{body}", body), encoding="utf-8")
        if any(read(folder / file, file).root is None for file in ("a.xml", "b.xml")):
            return
        whole = _as_a_whole(folder, units)
        try:
            assert _at_once(folder, units) == whole
        except EditionError:
            assert not all(text.turns for text in whole.texts())


_TURNS = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><sp><p>a{}</p></sp> {}<sp><p{}>b</p></sp>{}</text></TEI>"


@pytest.mark.parametrize(
    "data",
    [
        "<TEI",
        '<!DOCTYPE a [<!ENTITY e SYSTEM "x">]><a>&e;</a>',
        "",
        '<!DOCTYPE TEI [<!ENTITY e "x">]>' + _TURNS.format("", "", "", ""),
        *(
            '<!DOCTYPE TEI SYSTEM "tei.dtd">' + _TURNS.format(*(used if place == at else "" for place in range(4)))
            for at, used in enumerate(["&one;", "&one;", ' n="&one;"', "&one;"])
        ),
    ],
)
def test_a_broken_text_has_the_same_findings(tmp_path: Path, data: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(data)
    assert read_first(file, "a.xml").findings == read(file, "a.xml").findings != ()
