"""Verdicts at the corners of XML and RELAX NG, each on a small schema."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from edition.schema.relaxng import load, tokens
from edition.schema.relaxng.automaton import MAX_TAGS, Automaton
from edition.schema.relaxng.schema import RelaxNgSchema
from edition.tei import written
from edition.tei.written import Written
from tests.schema.relaxng.schemas import attribute, element, findings, grammar, schema, start, told

DATA = '<data type="{}"/>'
DATE, TOKEN = DATA.format("date"), DATA.format("token")
TURN = '<sp who="#a"><p>Yes.</p></sp>'
A, B, X = element("a"), element("b"), attribute("x")


def judged(of: RelaxNgSchema, folder: Path, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if told(of, folder, text)] == []
    assert [text for text in bad if not told(of, folder, text)] == []


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        ("<empty/>", ["<r/>", "<r> \n</r>", "<r><!-- c --><?pi x?></r>"], ["<r>x</r>", "<r>\u00a0</r>", "<r x=''/>"]),
        ("<text/>", ["<r/>", "<r>x<!-- c -->y<?pi x?>z</r>", "<r><![CDATA[<a/>]]></r>"], ["<r><a/></r>"]),
        ("<notAllowed/>", [], ["<r/>"]),
        (f"<choice>{A}{B}</choice>", ["<r><a/></r>", "<r> <b/> </r>"], ["<r/>", "<r><a/><b/></r>", "<r>x<a/></r>"]),
        (f"{A}{B}", ["<r><a/><b/></r>"], ["<r><b/><a/></r>", "<r><a/></r>", "<r><a/><b/><b/></r>"]),
        (f"<interleave>{A}<zeroOrMore>{B}</zeroOrMore></interleave>", ["<r><b/><a/><b/></r>"], ["<r><b/></r>"]),
        (f"<mixed>{A}</mixed>", ["<r>x<a/>y</r>", "<r><a/></r>"], ["<r>x</r>"]),
        (f"<group><text/>{A}</group>", ["<r>x<a/></r>"], ["<r>x<a/>y</r>"]),
        (
            DATE,
            ["<r>2020-01-01</r>", "<r>\n 2020-<!-- c -->01-01 </r>"],
            ["<r/>", "<r> </r>", "<r>2020-01-01<a/></r>"],
        ),
        (f"<choice>{DATE}<empty/></choice>", ["<r/>", "<r> </r>"], ["<r>x</r>"]),
        (f"<choice>{DATE}{A}</choice>", ["<r>2020-01-01</r>", "<r> <a/></r>"], ["<r/>", "<r>2020-01-01<a/></r>"]),
        (TOKEN, ["<r/>", "<r> a </r>"], ["<r><a/></r>"]),
        ("<value>a b</value>", ["<r> a  b </r>"], ["<r>ab</r>", "<r/>"]),
        ("<value></value>", ["<r/>", "<r> </r>"], ["<r>x</r>"]),
        ('<value type="string">a </value>', ["<r>a </r>"], ["<r>a</r>"]),
        ('<value type="integer">1</value>', ["<r>01</r>"], ["<r>1.0</r>"]),
        ('<data type="token"><except><value>x</value></except></data>', ["<r>y</r>"], ["<r>x</r>", "<r> x </r>"]),
        (f"<list>{DATE}<oneOrMore>{TOKEN}</oneOrMore></list>", ["<r> 2020-01-01 a b</r>"], ["<r>2020-01-01</r>"]),
        (f"<list><zeroOrMore>{TOKEN}</zeroOrMore></list>", ["<r/>", "<r>a b</r>"], ["<r><a/></r>"]),
        ("<value>&lt;&amp;\"'&gt;</value>", ["<r>&lt;&amp;&quot;&#39;&#x3e;</r>"], ["<r>&lt;</r>"]),
    ],
)
def test_contents(tmp_path: Path, content: str, good: list[str], bad: list[str]) -> None:
    judged(schema(tmp_path, content), tmp_path, good, bad)


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        (attribute("x"), ["<r x=''/>", "<r x='&lt;&quot;&#10;>'/>"], ["<r/>", "<r y=''/>", "<r x='' y=''/>"]),
        (attribute("x", DATE), ["<r x=' 2020-01-01 '/>"], ["<r x=''/>", "<r x='1'/>"]),
        (attribute("x", '<value>&lt;a "b"&gt;</value>'), ["<r x='&lt;a  &quot;b&quot;>'/>"], ["<r x='a'/>"]),
        (f"<optional>{attribute('x', DATE)}</optional>", ["<r/>"], ["<r x=''/>"]),
        (
            f"<choice>{attribute('x')}{attribute('y')}</choice>",
            ["<r x=''/>", "<r y=''/>"],
            ["<r/>", "<r x='' y=''/>"],
        ),
        (f"<choice>{X}{A}</choice>", ["<r x=''/>", "<r><a/></r>"], ["<r/>", "<r x=''><a/></r>"]),
        (
            f"<choice><group>{attribute('x', '<value>1</value>')}{A}</group>"
            f"<group>{attribute('x', '<value>2</value>')}{B}</group></choice>",
            ["<r x='1'><a/></r>", "<r x='2'><b/></r>"],
            ["<r x='1'><b/></r>", "<r x='2'><a/></r>", "<r x='3'><a/></r>", "<r><a/></r>"],
        ),
        (attribute("xml:lang"), ["<r xml:lang=''/>"], ["<r lang=''/>"]),
        (
            '<oneOrMore><attribute><anyName><except><nsName ns=""/><name>xml:id</name></except></anyName></attribute>'
            "</oneOrMore>",
            ["<r xmlns:p='urn:p' p:x='' p:y=''/>", "<r xml:lang=''/>"],
            ["<r/>", "<r x=''/>", "<r xml:id='a'/>", "<r xmlns:p='urn:p' p:x='' y=''/>"],
        ),
    ],
)
def test_attributes(tmp_path: Path, content: str, good: list[str], bad: list[str]) -> None:
    judged(schema(tmp_path, content), tmp_path, good, bad)


def one_of(*inside: str) -> str:
    return f"<zeroOrMore><choice>{''.join(inside)}</choice></zeroOrMore>"


def test_several_patterns_for_one_name_are_followed_until_its_end(tmp_path: Path) -> None:
    of = schema(
        tmp_path,
        f"<choice><group>{element('a', A)}{element('c')}</group><group>{element('a', B)}{element('d')}</group>"
        f"<group>{element('a', one_of(A, B, '<text/>'))}{element('e')}</group></choice>",
    )
    good = ["<a><a/></a><c/>", "<a><b/></a><d/>", "<a><a/></a><e/>", "<a/><e/>", "<a>x<b/></a><e/>"]
    bad = ["<a><a/></a><d/>", "<a><b/></a><c/>", "<a/><c/>", "<a>x<b/></a><d/>", "<a><c/></a><e/>", "<a>"]
    judged(of, tmp_path, [f"<r>{each}</r>" for each in good], [f"<r>{each}</r>" for each in bad[:-1]])


def test_values_may_decide_which_pattern_an_element_is_of(tmp_path: Path) -> None:
    number, word = element("a", '<data type="integer"/>'), element("a", '<data type="NCName"/>')
    of = schema(tmp_path, f"<choice><group>{number}{A}</group><group>{word}{B}</group></choice>")
    judged(
        of, tmp_path, ["<r><a>1</a><a/></r>", "<r><a>x</a><b/></r>"], ["<r><a>1</a><b/></r>", "<r><a>x</a><a/></r>"]
    )


def test_a_prefix_means_what_it_is_bound_to(tmp_path: Path) -> None:
    inside = one_of('<element name="p:a"><text/></element>', '<element name="b" ns=""><empty/></element>')
    named = f'<element name="p:r" xmlns:p="urn:p">{inside}</element>'
    of = schema(tmp_path, grammar(f"<start>{named}</start>"))
    good = [
        "<r xmlns='urn:p'><a/><a/><b xmlns=''/></r>",
        "<q:r xmlns:q='urn:p'><q:a/><b/><x:a xmlns:x='urn:p'/></q:r>",
        "<q:r xmlns:q='urn:p'><q:a xmlns:q='urn:p' xmlns:z='urn:z'>x</q:a><b/></q:r>",
        "<r xmlns='urn:p' xmlns:q='a&gt;b' xmlns:z='a\"b'><a/></r>",
    ]
    bad = [
        "<r><a/></r>",
        "<r xmlns='urn:p'><a/><a xmlns=''/></r>",
        "<q:r xmlns:q='urn:p'><q:a/><q:a xmlns:q='urn:q'/></q:r>",
        "<q:r xmlns:q='urn:p'><a/></q:r>",
        "<r xmlns='urn:p'><b/></r>",
    ]
    judged(of, tmp_path, good, bad)


def test_wildcards(tmp_path: Path) -> None:
    anything = (
        '<define name="any"><element><anyName><except><nsName ns="urn:t"/><name ns="">r</name></except></anyName>'
        '<zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>'
        "</element></define>"
    )
    of = schema(tmp_path, grammar(start('<zeroOrMore><ref name="any"/></zeroOrMore>'), anything))
    good = ["<r/>", "<r><x y='1'>t<z xmlns='urn:z'/></x></r>"]
    judged(of, tmp_path, good, ["<r><r/></r>", "<r><x><t:a xmlns:t='urn:t'/></x></r>", "<r>text</r>"])


def test_names_as_values_are_compared_by_their_namespaces(tmp_path: Path) -> None:
    name = '<value type="QName" xmlns:p="urn:p">p:x</value>'
    of = schema(tmp_path, f"<zeroOrMore>{element('a', name)}</zeroOrMore>")
    good = ["<r xmlns:p='urn:p'><a>p:x</a></r>", "<r><a xmlns:q='urn:p'>q:x</a><a xmlns:z='urn:p'> z:x </a></r>"]
    bad = ["<r xmlns:p='urn:q'><a>p:x</a></r>", "<r><a>x</a></r>", "<r><a>p:x</a></r>"]
    judged(of, tmp_path, good, bad)
    mixed = "<r><a xmlns:q='urn:p'>q:x</a><a xmlns:q='urn:q'>q:x</a></r>"
    assert [each.rule.code for each in findings(of, tmp_path, mixed)] == ["SCH105"]


def test_a_document_type_is_no_part_of_the_document(tmp_path: Path) -> None:
    of = schema(tmp_path, A)
    judged(
        of, tmp_path, ["<!DOCTYPE r><r><a/></r>", '<!DOCTYPE r SYSTEM "gone.dtd"><r><a/></r>'], ["<!DOCTYPE r><r/>"]
    )


def test_includes_of_xinclude_are_elements_like_others(tmp_path: Path) -> None:
    inclusion = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='gone.xml'/>"
    judged(schema(tmp_path, A), tmp_path, [], [f"<r>{inclusion}</r>"])


def test_names_in_every_script(tmp_path: Path) -> None:
    of = schema(tmp_path, element("стих", attribute("имя")) + element("詩"))
    judged(of, tmp_path, ["<r><стих имя='Мао'/><詩/></r>"], ["<r><стих/><詩/></r>"])


def test_ids_are_given_once_and_never_missing(tmp_path: Path) -> None:
    ids = f"<optional>{attribute('id', DATA.format('ID'))}</optional>"
    references = f"<optional>{attribute('to', DATA.format('IDREFS'))}</optional>"
    of = schema(tmp_path, f"<zeroOrMore>{element('a', ids + references)}</zeroOrMore>")
    assert told(of, tmp_path, "<r><a id='anna' to='emma'/><a id='emma' to='anna emma'/></r>") == []
    first, second = findings(of, tmp_path, "<r><a id='anna'/>\n<a id='anna'/>\n<a to='anna ana'/></r>")
    assert first.message == 'id="anna" of <a> is the name of another element already'
    assert (first.location.line, first.related[0].location.line) == (2, 1)
    assert second.message == 'to="ana" of <a> names no element of this file'
    assert 'did you mean "anna"?' in second.hint


def test_xml_ids_are_left_to_the_rules_of_references(tmp_path: Path) -> None:
    of = schema(tmp_path, f"<oneOrMore>{element('a', attribute('xml:id', DATA.format('ID')))}</oneOrMore>")
    assert told(of, tmp_path, "<r><a xml:id='a'/><a xml:id='a'/><a xml:id='1'/></r>") == []


def test_a_long_document_needs_little_memory(tmp_path: Path) -> None:
    """Tags that are never seen again are not kept for ever, nor are bindings of prefixes."""
    inside = attribute("n") + "<text/>"
    of = schema(tmp_path, f"<zeroOrMore>{element('a', inside)}</zeroOrMore>")
    many = "".join(f"<a n='{number}' xmlns:p{number}='urn:p'>x</a>" for number in range(20_000))
    before = time.process_time()
    assert told(of, tmp_path, f"<r>{many}</r>") == []
    assert time.process_time() - before < 20
    assert of.accepts(Written(f"<r>{many}</r>".encode()).runs())
    automaton = of._judge.automaton
    assert len(automaton._contexts) <= 500
    states = [state for context in automaton._contexts.values() for state in context.states.values()]
    kept = [len(some) for state in states for some in (state, state.runs, state.shapes, state.texts)]
    assert max(kept) <= 2 * MAX_TAGS


@pytest.mark.parametrize("letters", [1, 7, 20, 50])
def test_a_large_document_is_judged_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters: int) -> None:
    of = schema(tmp_path, f"<oneOrMore>{element('a', f'{X}{DATE}')}</oneOrMore>{B}")
    days = "".join(f"<a x='{number}'>2020-01-{number}</a>" for number in range(10, 20))
    texts = [f"<r>{days}<b/></r>", f"<r>{days}</r>", f"<r>{days}<a x=''>no day</a><b/></r>", f"<r>{days}x<b/></r>"]
    texts += [f"<r>{days.replace(f'-{number}<', '-32<')}<b/></r>" for number in range(10, 20)]
    whole = [told(of, tmp_path, text) for text in texts]
    assert whole[0] == []
    assert all(whole[1:])
    monkeypatch.setattr(tokens, "_PIECE", letters)
    assert [told(of, tmp_path, text) for text in texts] == whole
    monkeypatch.setattr(written, "PIECE", letters)
    assert [of.accepts(Written(text.encode()).runs()) for text in texts] == [not faults for faults in whole]


def test_what_looks_like_a_binding_is_a_value(tmp_path: Path) -> None:
    of = schema(tmp_path, f"<oneOrMore>{element('a', X)}</oneOrMore>")
    assert told(of, tmp_path, """<r xmlns:b="'&quot;>&lt;"><a x="&lt; xmlns='u' xmlns:c='>'"/></r>""") == []


def test_a_tag_means_the_same_however_it_is_written(tmp_path: Path) -> None:
    of = schema(tmp_path, f"<zeroOrMore>{element('a', X + attribute('y', TOKEN))}</zeroOrMore>")
    ways = ["<a x='' y=''/>", "<a\n\ty='\"'\r\n  x = '&#9;'></a >", "<a y='&gt;' x=''\n/>", "<a x='' y='>'/>"]
    assert [told(of, tmp_path, f"<r>{way}</r>") for way in ways] == [[]] * 4
    assert [of.accepts(Written(f"<r>{way}</r>".encode()).runs()) for way in ways] == [True, True, True, False]
    assert of.accepts(Written(f"<r>{''.join(ways[:3]) * 3}</r>".encode()).runs())
    wrong = ["<a x=''/>", "<a\nx='' y=''\nz=''/>", "<a x='' y=''>&#32;.</a>", "<a x='' y=''><![CDATA[.]]></a>"]
    assert not any(of.accepts(Written(f"<r>{each}</r>".encode()).runs()) for each in wrong)


def test_what_may_come_in_any_order_does_not_explode(tmp_path: Path) -> None:
    names = [f"e{number}" for number in range(18)]
    of = schema(tmp_path, f"<interleave>{''.join(element(name) for name in names)}</interleave>")
    text = "".join(f"<{name}/>" for name in reversed(names))
    before = time.process_time()
    judged(of, tmp_path, [f"<r>{text}</r>"], [f"<r>{text}<e1/></r>"])
    assert time.process_time() - before < 10


MANY = [f"x{number}" for number in range(1_000)]


def optional(name: str) -> str:
    return f"<optional>{attribute(name)}</optional>"


@pytest.mark.parametrize(
    "components",
    [
        (start("".join(map(optional, MANY))),),
        (
            start('<ref name="x0"/>'),
            *(f'<define name="x{n}"><ref name="x{n + 1}"/>{optional(name)}</define>' for n, name in enumerate(MANY)),
            f'<define name="x{len(MANY)}"><empty/></define>',
        ),
    ],
    ids=["in a row", "each after the next"],
)
@pytest.mark.parametrize("names", [MANY, MANY[::-1], MANY[500:]], ids=["all", "backwards", "half"])
def test_many_attributes_in_any_order_do_not_explode(
    tmp_path: Path, components: tuple[str, ...], names: list[str]
) -> None:
    given = " ".join(f'{name}=""' for name in names)
    (tmp_path / "s.rng").write_text(grammar(*components))
    of = load(tmp_path / "s.rng", "s.rng")
    assert told(of, tmp_path, f"<r {given}/>") == []
    assert told(of, tmp_path, f"<r {given} y=''/>") == ["SCH103 <r> may not have y"]


def test_attributes_of_a_choice_must_all_be_of_one_of_its_ways(tmp_path: Path) -> None:
    x, y, z = map(attribute, "xyz")
    of = schema(
        tmp_path, f"<group><choice>{x}<group>{x}{y}{A}</group>{y}</choice><zeroOrMore>{z}</zeroOrMore>{B}</group>"
    )
    good = ["<r x=''><b/></r>", "<r z='' y=''><b/></r>", "<r y='' z='' x=''><a/><b/></r>"]
    judged(of, tmp_path, good, ["<r x='' y=''><b/></r>", "<r x=''><a/><b/></r>", "<r z=''><b/></r>"])
    assert told(of, tmp_path, "<r x='' z=''/>") == ["SCH102 <r> has no <b>"]


def test_a_valid_file_is_looked_up_and_not_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = schema(
        tmp_path, f"<zeroOrMore>{element('sp', attribute('who') + one_of(element('p', '<text/>')))}</zeroOrMore>"
    )
    text = f"<r>{TURN * 50}</r>"
    assert told(of, tmp_path, text) == []
    assert "_explaining" not in vars(of)
    monkeypatch.delattr(Automaton, "step")  # nothing of it is new
    assert told(of, tmp_path, text) == []


def test_a_large_schema_is_read_whole_once(tmp_path: Path) -> None:
    filler = "".join(f"<define name='d{number}'>{element(f'e{number}', TOKEN)}</define>" for number in range(2_000))
    program = """
from pathlib import Path
from edition.schema.relaxng import load
print(load(Path("s.rng"), "s.rng")._reader._read_whole)"""

    def said(*components: str) -> str:
        (tmp_path / "s.rng").write_text(grammar(start("<empty/>"), filler, *components))
        home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path), "PATH": ""}
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, env=home, check=False
        )
        return run.stdout + run.stderr

    assert (said(), said()) == ("True\n", "False\n")
    assert "<element> has no name" in said("<define name='x'><element/></define>")
