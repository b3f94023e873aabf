"""Links that name no file, in either direction: they are taken as they are meant, and told once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edition.model import Edition, Text
from edition.parity import compare, pair_up, unlinked
from edition.parity.meant import as_meant

from .texts import codes, found, original, text, translated, translation

OURS = original(12)


def pointing(*names: str) -> Text:
    """A translation whose turns point at these ids as if they were of its own file."""
    turns = [
        replace(each, corresp=(f"en.xml#{name}",) if name else ())
        for each, name in zip(translated(len(names)), names, strict=True)
    ]
    return translation(turns)


def test_a_link_without_the_name_of_the_file_is_meant_for_the_other() -> None:
    theirs = pointing(*(f"t{n}" for n in range(1, 13)))
    (finding,) = found(OURS, theirs)
    assert finding.rule.code == "TRN107"
    assert finding.message == "12 links to ru.xml without the name of that file, as in #t1"
    assert "ru.xml#t1" in finding.hint
    comparison = pair_up(Edition(OURS, theirs, {}))
    assert comparison is not None
    assert comparison.pairing.basis.by == "links"
    assert unlinked(comparison) == ()


def test_so_it_is_in_the_other_direction() -> None:
    theirs = pointing(*[""] * 12)
    pointed = [replace(each, corresp=(f"ru.xml#e{n}",)) for n, each in enumerate(OURS.turns, 1)]
    (finding,) = [
        each
        for each in compare(Edition(replace(OURS, turns=tuple(pointed)), theirs, {}))
        if each.rule.code != "ATT105"
    ]
    assert (finding.rule.code, finding.location.path) == ("TRN107", "ru.xml")


def test_what_a_wrong_link_hides_is_told_beside_it() -> None:
    names = [f"t{n}" for n in range(1, 13)]
    names[7] = "t7"
    assert {code for code, _ in codes(found(OURS, pointing(*names)))} >= {"TRN107", "TRN203"}


def test_an_id_of_the_own_file_is_meant_for_that() -> None:
    theirs = text(
        "en.xml", [replace(each, id=f"t{n}", key=f"en.xml#t{n}") for n, each in enumerate(translated(12), 1)]
    )
    own = replace(theirs, turns=tuple(replace(each, corresp=("en.xml#t3",)) for each in theirs.turns))
    assert as_meant(own, OURS) is own


@given(st.lists(st.sampled_from(["", "t1", "t2", "e1", "x9"]), min_size=1, max_size=12))
def test_only_ids_of_the_other_text_alone_are_taken_otherwise(names: list[str]) -> None:
    theirs = pointing(*names)
    for before, after in zip(theirs.turns, as_meant(theirs, OURS).turns, strict=True):
        other = before.corresp and before.corresp[0] in ("en.xml#t1", "en.xml#t2")
        assert after.corresp == (("ru.xml" + before.corresp[0][6:],) if other else before.corresp)
