"""Documents as they were written say what their trees say, or nobody is sure of them."""

from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.tei import written
from edition.tei.written import UnsureError, Written

LEAVES = [
    "",
    "x",
    "ü&lt;",
    " \r\n",
    "<!--<e>-->",
    "<?p <e>?>",
    "<![CDATA[<e>]]>",
    "<![CDATA[]]>",
    "<e/>",
    "<e n='>'/>",
]
XML = st.recursive(
    st.sampled_from(LEAVES),
    lambda inside: (
        st.builds("<e xmlns:n='urn:n' n:a='x'>{}</e>{}".format, inside, inside)
        | st.builds("<n:f xmlns:n='urn:f'>{0}</n:f\n>{0}".format, inside)
        | st.builds("{}{}".format, inside, inside)
    ),
    max_leaves=20,
)


def canonical(data: bytes | str) -> bytes:
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    return etree.tostring(etree.fromstring(data, parser), method="c14n")


def is_sure(data: bytes) -> bool:
    try:
        return bool(list(Written(data).runs()))
    except UnsureError:
        return False


@given(XML, st.integers(1, 30), st.sampled_from(["", "\ufeff", "<?xml version='1.0'?>", "<!--b--><?p q?>"]))
def test_what_is_written_is_what_the_tree_has(content: str, size: int, before: str) -> None:
    data = f"{before}<r\nn='/>'>{content}</r><!--a-->\r\n<?p?>".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written, "PIECE", size)
        document = Written(data)
        text = "</".join(document.runs())
    assert canonical(text.removeprefix(">")) == canonical(data)
    assert etree.fromstring(document.root).items() == [("n", "/>")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<!DOCTYPE a><a/>",
        b"<a>&b;</a>",
        b"<b:a/>",
        b"<a><?b:c?></a>",
        b"<?xml version='1.1'?><a/>",
        b"<?xml version='1.0' encoding='iso-8859-1'?><a/>",
        b"<?xml version='1.0' encoding='utf-16'?><a/>",
        "<a/>".encode("utf-16"),
        "<a/>".encode("utf-16-le"),
        b"<a>\xff</a>",
        b"<a>\xed\xa0\x80</a>",
        b"<a>\0</a>",
        b"<a>]]></a>",
        b"<a b='' b=''/>",
        b"<a xmlns:b='u' xmlns:c='u' b:d='' c:d=''/>",
    ],
)
def test_nobody_is_sure_of_what_libxml2_might_refuse(data: bytes) -> None:
    assert not is_sure(data)


def test_what_is_too_long_for_libxml2_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "LONGEST", 100)
    short, long = b"x" * 80, b"x" * 120
    assert is_sure(b"<a>" + (short + b"<b/>") * 5 + b"</a>")
    assert is_sure(b"<a>" + b"<!--" + short + b"-->" * 5 + b"</a>")
    for text in (long, b"<!--" + long + b"-->", b"<?p " + long + b"?>", b"<![CDATA[" + long + b"]]>"):
        assert not is_sure(b"<a>" + (short + b"<b/>") * 5 + text + b"<b/></a>")
    assert not is_sure(b"<?" + b"p" * 20_000 + b"?><a/>")


def test_a_document_that_nobody_needs_is_let_go_at_once() -> None:
    gc.disable()
    try:
        document = Written(b"<a><!-- b --></a>")
        gone = weakref.ref(document)
        del document
        assert gone() is None
    finally:
        gc.enable()


def test_references_are_resolved() -> None:
    assert written.unescaped("&lt;&amp;lt;&#65;&#x1F600;&apos;&quot;&gt;&x;") == "<&lt;A\U0001f600'\">&x;"
