"""Running text: each piece of markup as HTML, notes taken out, everything escaped."""

from __future__ import annotations

import pytest
from lxml import etree

from edition.printing.inline import SERIES, Style, Writer, called, calls, leaves, names
from edition.tei.pointers import NO_PREFIXES

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


def written(content: str, *, series: tuple[str, ...] = SERIES, quotes: bool = False) -> Writer:
    writer = Writer(Style("o", "text.xml", NO_PREFIXES, frozenset(series), quotes))
    writer.into(etree.fromstring(f'<p {TEI} xml:lang="ru">{content}</p>'))
    return writer


def html(content: str, *, quotes: bool = False) -> str:
    return called(written(content, quotes=quotes).html, lambda name: f"({name})")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a &lt;b&gt; &amp; \"c\" 'd'", "a &lt;b&gt; &amp; &quot;c&quot; &#x27;d&#x27;"),
        ("a\n      b\t c", "a b c"),
        ("a\u00a0b", "a\u00a0b"),
        ("<choice><orig>об&quot;явить</orig><reg>объявить</reg></choice>", "об&quot;явить"),
        ("<choice><abbr>тов.</abbr><expan>товарищ</expan></choice>", "тов."),
        ("<sic>авиапункт</sic>", "авиапункт"),
        ("<reg>объявить</reg>", "объявить"),
        ("<supplied>Andrei</supplied> V.", "[Andrei] V."),
        ("a <gap/> b", "a […] b"),
        ("НАРОД-<lb break='no'/>НОЙ", "НАРОДНОЙ"),
        ("ЗАПИСЬ<lb/>БЕСЕДЫ", "ЗАПИСЬ БЕСЕДЫ"),
        ("a <fw>2.</fw>b", "a b"),
        ("a<!-- not this --> b<?nor this?>", "a b"),
        ("<list><item>a,</item><item>b</item></list>", "a,  b"),
        ("<hi rend='italic'>a</hi> <hi rend='odd'>b</hi>", "<em>a</em> b"),
        ("<foreign xml:lang='la'>et</foreign>", '<i lang="la">et</i>'),
        ("<seg xml:lang='la'>et</seg>", '<span lang="la">et</span>'),
        ("<ref target='https://x.org/?a=1&amp;b=2'>x</ref>", '<a href="https://x.org/?a=1&amp;b=2">x</a>'),
        ("<ref target='javascript:alert(1)'>x</ref>", "x"),
        ("<ref target='#t1'>x</ref>", "x"),
        ("<gi>sic</gi> and <att>cert</att>", "<code>&lt;sic&gt;</code> and <code>@cert</code>"),
        ("<figure><figDesc>A &amp; B</figDesc></figure>", "[A &amp; B ]"),
    ],
)
def test_markup(content: str, expected: str) -> None:
    assert html(content).strip() == expected


@pytest.mark.parametrize(
    ("language", "quotes", "expected"),
    [("ru", False, "a"), ("ru", True, "«a»"), ("en-GB", True, "“a”"), ("de", True, "„a“"), ("zu", True, "“a”")],
)
def test_quotation_marks_are_added_only_where_the_sources_leave_them_out(
    language: str, quotes: bool, expected: str
) -> None:
    """Those of the language of what is quoted."""
    assert f">{expected}</span>" in html(f"<seg xml:lang='{language}'><q>a</q></seg>", quotes=quotes)


def test_a_note_is_taken_out_and_called_right_after_the_word() -> None:
    writer = written("word <note xml:id='n1' type='textual' xml:lang='en'>A <mentioned>b</mentioned>.</note> next")
    assert called(writer.html, lambda name: f"({name})") == "word(o-n1)  next"
    (note,) = writer.notes
    assert (note.id, note.series, note.html, note.language) == ("o-n1", "textual", "A\u00a0<i>b</i>.", "en")


def test_a_note_without_type_is_commentary_and_one_that_is_not_wanted_leaves_nothing() -> None:
    assert [note.series for note in written("a<note>b</note>").notes] == ["commentary"]
    writer = written("a<note>b</note>", series=("textual",))
    assert (writer.html, writer.notes) == ("a", [])


def test_a_correction_tells_what_was_corrected() -> None:
    (note,) = written("<choice><sic>мопст</sic><corr cert='low'>мост</corr></choice>").notes
    assert note.html == '<i lang="ru">мост</i>] corrected from <i lang="ru">мопст</i> (uncertain).'


def test_the_note_after_a_correction_becomes_part_of_its_own() -> None:
    choice = "<choice><sic>a</sic><corr>b</corr></choice>"
    (note,) = written(f"<name>{choice}</name><note xml:id='n' type='textual' xml:lang='en'>So c.</note>").notes
    assert note.id == "o-n"
    assert note.html.endswith(". So\u00a0c.")
    assert len(written(f"{choice} x <note type='textual'>So c.</note>").notes) == 2
    assert len(written(f"{choice}<note type='commentary'>So c.</note>").notes) == 2


def test_names_and_leaves_leave_marks() -> None:
    writer = written("<name ref='p.xml#a #b'>A</name> <pb n='7' cert='low'/>b")
    assert names(writer.html) == ("p.xml#a", "text.xml#b")
    assert leaves(writer.html) == ("7",)
    assert 'data-shown="[7]"' in writer.html
    assert calls(writer.html) == ()


def test_a_leaf_number_cannot_break_out_of_its_attribute() -> None:
    writer = written("<pb n='\"&gt;&lt;script'/>")
    assert "<script" not in writer.html
    assert leaves(writer.html) == ('"><script',)
