"""Which tags have no partner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edition.tei.tags import tags, unpaired


def written(text: str) -> list[str]:
    return [("/" if each.tag.ends else "") + each.tag.name for each in unpaired(text)]


@given(
    st.recursive(
        st.just(""),
        lambda inner: st.tuples(st.sampled_from("abc"), st.lists(inner, max_size=3)).map(
            lambda element: f"<{element[0]}>{''.join(element[1])}</{element[0]}>"
        ),
    )
)
def test_of_sound_tags_none_is_unpaired(inner: str) -> None:
    assert written(f"<r>{inner}</r>") == []


def test_what_is_cut_off_is_told_of_once_each() -> None:
    assert written("<a><b><i>x</a>") == ["i", "b"]
    assert written("<a><b>1</b><b>2<b>3</b></a>") == ["b"]


def test_overlapping_elements_are_one_fault() -> None:
    assert written("<a><b><i>x</b></i></a>") == ["i"]


def test_an_end_tag_with_a_slip_goes_with_its_start_tag() -> None:
    (fault,) = unpaired("<a><persName>x</perName></a>")
    assert fault.tag.ends
    assert fault.cut is not None
    assert fault.cut.name == "persName"


def test_an_end_tag_of_another_name_closes_nothing() -> None:
    (fault,) = unpaired("<a><b>x</b></zzz></a>")
    assert (fault.tag.name, fault.cut) == ("zzz", None)


def test_only_the_innermost_of_what_the_file_leaves_open_is_told() -> None:
    assert written("<a><b><i>x") == ["i"]


def test_tags_know_their_places_and_pass_over_what_is_none() -> None:
    text = '<!DOCTYPE a [<!ELEMENT a ANY>]>\n<a x="1 > 0">\n  <!-- <b> --><![CDATA[<b>]]><?b <b>?><c/>1 < 2</a>'
    found = [(each.name, each.line, each.column, each.ends, each.empty) for each in tags(text)]
    assert found == [("a", 2, 1, False, False), ("c", 3, 39, False, True), ("a", 3, 48, True, False)]


@given(st.text(alphabet="<>/!-[]?ab\"' =\n", max_size=60))
def test_any_text_has_tags_of_some_kind(text: str) -> None:
    assert all(each.line >= 1 and each.column >= 1 for each in tags(text))
    list(unpaired(text))
