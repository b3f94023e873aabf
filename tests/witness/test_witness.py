"""Texts and their witness: what differs is found at its place in both files, what does not is passed in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition import witness
from edition.config import Config, LineRange, SetAside, Witness
from edition.diagnostics import Diagnostic, Location
from edition.errors import EditionError
from edition.model import Edition, Header, Passage, Text
from edition.witness.reading import MAX_BYTES, digest

LINES = ["Stalin: Let us begin.", "", "Mao: Agreed, let us."]
WITNESS = Witness("witness.txt", "", "plain", (LineRange(1, 3),), (), ())
HEADER = Header("record.xml", None, None, None, None, None, (), (), ())


def text(*passages: str, path: str = "record.xml") -> Text:
    """A text whose passages stand on lines 10, 20 and so on, in turns t1, t2 and so on."""
    found = tuple(Passage(words, 10 * n, f"t{n}") for n, words in enumerate(passages, 1))
    return Text(path, "en", HEADER, (), (), None, (), found)


def found(folder: Path, lines: list[str], whole: Text, declared: Witness = WITNESS) -> list[Diagnostic]:
    (folder / "witness.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return check(folder, whole, declared)


def check(folder: Path, whole: Text, declared: Witness = WITNESS) -> list[Diagnostic]:
    config = Config(folder, "record.xml", witnesses=(declared,))
    return [*witness.check(config, Edition(whole, None, {}))]


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [each.rule.code for each in diagnostics]


def test_white_space_and_line_ends_do_not_count(tmp_path: Path) -> None:
    whole = text("\n  Stalin:\tLet us\u00a0begin. ", " Mao: Agreed,\n let us.\n")
    assert found(tmp_path, [f"{line}\r" for line in LINES], whole) == []


def test_a_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    (tmp_path / "witness.txt").write_text("\n".join(LINES), encoding="utf-8-sig")
    assert check(tmp_path, text("Stalin: Let us begin. ", "Mao: Agreed, let us.")) == []


def test_composed_and_decomposed_letters_are_the_same(tmp_path: Path) -> None:
    declared = replace(WITNESS, original=(LineRange(1, 1),))
    assert found(tmp_path, ["мои\u0306"], text("мой"), declared) == []


def test_a_word_in_several_passages_is_one_word(tmp_path: Path) -> None:
    assert found(tmp_path, LINES, text("Stalin: Let us be", "g", "in. Mao: Agreed, let us.")) == []
    (finding,) = found(tmp_path, LINES, text("Stalin: Let us be", "gg", "in. Mao: Agreed, let us."))
    assert (finding.message, finding.location.line) == ("turn t1: the witness has «begin», the TEI «beggin»", 10)


def test_another_word_is_told_with_both_places(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text("Stalin: Let us begin. ", "Mao: Agreeed, let us."))
    assert finding.rule.code == "WIT201"
    assert finding.message == "turn t2: the witness has «Agreed», the TEI «Agreeed»"
    assert (finding.location, finding.turn) == (Location("record.xml", 20), "t2")
    assert finding.related[0].location == Location("witness.txt", 3, 6)


def test_missing_words_stand_after_the_last_word_that_is_there(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text("Stalin: Let us ", "Mao: Agreed, let us."))
    assert finding.rule.code == "WIT202"
    assert finding.message == "after the last word of turn t1: the witness has «begin.», which the TEI lacks"
    assert finding.location == Location("record.xml", 10)
    assert finding.related[0].location == Location("witness.txt", 1, 16)


def test_added_words(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text("Stalin: Let us begin. ", "Mao: Agreed, let us. ", "All laugh."))
    assert (finding.rule.code, finding.location) == ("WIT203", Location("record.xml", 30))
    assert finding.message == "turn t3: the TEI has «All laugh.», which the witness lacks"


def test_words_at_another_place_are_one_finding(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text("Mao: Agreed, let us. ", "Stalin: Let us begin."))
    assert finding.rule.code == "WIT204"
    assert finding.message == "turn t1: «Mao: Agreed, let us.» stands elsewhere in the witness"
    assert finding.location == Location("record.xml", 10)
    assert [str(each.location) for each in finding.related] == ["witness.txt:3:1", "record.xml:20"]


def test_missing_turns_stand_after_a_turn(tmp_path: Path) -> None:
    lines = [*LINES, "Stalin: Good."]
    declared = replace(WITNESS, original=(LineRange(1, 4),))
    (finding,) = found(tmp_path, lines, text("Stalin: Let us begin. ", "Stalin: Good."), declared)
    assert finding.message.startswith("after the last word of turn t1: the witness has «Mao: Agreed, let us.»")


def test_long_differences_are_shown_by_their_beginning(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text("Stalin: Let us begin. Mao: Agreed, let us." + " word" * 1000))
    assert finding.message.count("word") == 12 + 1
    assert "(1000 words)" in finding.message


def test_a_text_without_words_lacks_them_all(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, LINES, text())
    assert (finding.rule.code, finding.location) == ("WIT202", Location("record.xml"))


def test_letters_that_look_alike_are_named(tmp_path: Path) -> None:
    declared = replace(WITNESS, original=(LineRange(1, 1),))
    (finding,) = found(tmp_path, ["рука"], text("рукa"), declared)
    assert "CYRILLIC SMALL LETTER A against LATIN SMALL LETTER A" in finding.message


def test_marks_of_markdown_are_no_words(tmp_path: Path) -> None:
    lines = ["## Record", "**Stalin:** Let us  ", "be**gin**. #1 - 106"]
    declared = replace(WITNESS, markup="markdown")
    assert found(tmp_path, lines, text("Record Stalin: Let us begin. #1 - 106"), declared) == []
    assert codes(found(tmp_path, lines, text("Record Stalin: Let us begin. #1 - 106"))) != []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text("abcабв.,-", min_size=1), min_size=1, max_size=60), data=st.data())
def test_one_changed_word_is_one_finding_at_its_place(tmp_path: Path, words: list[str], data: st.DataObject) -> None:
    declared = replace(WITNESS, original=(LineRange(1, len(words)),))
    assert found(tmp_path, words, text(*(f"{word} " for word in words)), declared) == []
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], "другое", *words[place + 1 :]]
    (finding,) = found(tmp_path, words, text(*(f"{word}\n" for word in changed)), declared)
    assert (finding.rule.code, finding.turn) == ("WIT201", f"t{place + 1}")
    assert finding.related[0].location == Location("witness.txt", place + 1, 1)


def declared(original: tuple[tuple[int, int], ...], aside: tuple[tuple[int, int], ...] = ()) -> Witness:
    lines = tuple(LineRange(*each) for each in original)
    return replace(WITNESS, original=lines, set_aside=tuple(SetAside(LineRange(*each), "why") for each in aside))


@pytest.mark.parametrize(
    ("ranges", "aside", "expected"),
    [
        (((1, 3),), (), []),
        (((1, 1), (3, 3)), (), []),  # blank lines need no account
        (((1, 1),), ((3, 3),), ["WIT203"]),
        (((3, 3),), (), ["WIT102", "WIT203"]),
        (((1, 3),), ((2, 2),), ["WIT103"]),
        (((1, 3),), ((3, 3),), ["WIT103"]),
        (((1, 4),), (), ["WIT104"]),
        (((1, 10**15),), (), ["WIT104"]),
        (((1, 3), (10**15, 10**16)), (), ["WIT104"]),
    ],
)
def test_every_line_is_accounted_for_once(
    tmp_path: Path, ranges: tuple[tuple[int, int], ...], aside: tuple[tuple[int, int], ...], expected: list[str]
) -> None:
    whole = text("Stalin: Let us begin. ", "Mao: Agreed, let us.")
    assert codes(found(tmp_path, LINES, whole, declared(ranges, aside))) == expected


def test_lines_that_belong_nowhere_are_one_finding_for_each_gap(tmp_path: Path) -> None:
    lines = ["front", "", "matter", *LINES, "", "end"]
    first, last = found(tmp_path, lines, text("Stalin: Let us begin. Mao: Agreed, let us."), declared(((4, 6),)))
    assert (first.rule.code, first.location.line) == ("WIT102", 1)
    assert first.message == "lines 1-3 belong to no text and are not set aside: «front»"
    assert (last.location.line, last.message) == (8, "line 8 belongs to no text and is not set aside: «end»")


def test_a_witness_is_known_by_its_digest(tmp_path: Path) -> None:
    whole = text("Stalin: Let us begin. Mao: Agreed, let us.")
    data = ("\n".join(LINES) + "\n").encode()
    assert found(tmp_path, LINES, whole, replace(WITNESS, sha256=digest(data))) == []
    (finding,) = found(tmp_path, LINES, whole, replace(WITNESS, sha256="0" * 64))
    assert finding.rule.code == "WIT101"
    assert digest(data) in finding.hint


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_another_encoding_is_one_finding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "witness.txt").write_bytes("Сталин: Начнём.\nМао: Да.\n".encode(encoding))
    assert codes(check(tmp_path, text("Сталин: Начнём."))) == ["WIT105"]


def test_both_texts_are_compared_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "witness.txt").write_text("раз два\none two\n", encoding="utf-8")
    both = replace(WITNESS, original=(LineRange(1, 1),), translation=(LineRange(2, 2),))
    config = Config(tmp_path, "ru.xml", "en.xml", witnesses=(both,))
    edition = Edition(text("раз два", path="ru.xml"), text("one too", path="en.xml"), {})
    (finding,) = witness.check(config, edition)
    assert (finding.location.path, finding.related[0].location) == ("en.xml", Location("witness.txt", 2, 5))


def refuse(folder: Path, message: str) -> None:
    with pytest.raises(EditionError, match=message):
        check(folder, text("words"))


def test_a_witness_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    refuse(tmp_path, "witness.txt: there is no such file")
    (tmp_path / "witness.txt").mkdir()
    refuse(tmp_path, "witness.txt: this is a folder")


def test_a_witness_out_of_the_edition_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "edition"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (inside / "witness.txt").symlink_to(tmp_path / "secret.txt")
    refuse(inside, "leads out of the edition")


def test_a_witness_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "witness.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    refuse(tmp_path, "larger than 16 MiB")
