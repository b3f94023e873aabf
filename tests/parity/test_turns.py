"""Turns: each planted error is found, at its place in both files, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edition.diagnostics import Diagnostic, Location
from edition.errors import EditionError
from edition.model import Turn
from edition.order import longest_rising
from edition.parity.pairing import pair

from .texts import LISTED, codes, found, original, paragraph, person, text, translated, translation, turn

SIZE = 24


def one(turns: list[Turn]) -> Diagnostic:
    """The only finding of a translation of these turns."""
    diagnostics = found(original(SIZE), translation(turns))
    assert len(diagnostics) == 1, [each.message for each in diagnostics]
    return diagnostics[0]


def test_a_faithful_translation_is_passed_in_silence() -> None:
    assert found(original(SIZE), translation(translated(SIZE))) == []


def test_the_same_ids_are_links_too() -> None:
    same_ids = [turn("en.xml", f"t{n}", each.who[0].partition("#")[2]) for n, each in enumerate(translated(SIZE), 1)]
    assert found(original(SIZE), translation(same_ids)) == []


def test_links_may_stand_in_the_original() -> None:
    pointing = [replace(each, corresp=(f"en.xml#x{each.number}",)) for each in original(SIZE).turns]
    bare = [replace(each, id=f"x{n}", key=f"en.xml#x{n}", corresp=()) for n, each in enumerate(translated(SIZE), 1)]
    lonely = [replace(each, paragraphs=(replace(each.paragraphs[0], corresp=()),)) for each in bare]
    assert found(text("ru.xml", pointing), translation(lonely, ())) == []


def test_a_deleted_turn() -> None:
    turns = translated(SIZE)
    del turns[11]
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN201", "t12")
    assert finding.message == "turn t12 (Stalin) has no translation"
    assert finding.location == Location("en.xml", 20), "the line of e11, after which it belongs"
    assert finding.related[0].location == Location("ru.xml", 21)
    assert finding.hint == ('add <sp xml:id="e12" who="persons.xml#stalin" corresp="ru.xml#t12"> between e11 and e13')


@pytest.mark.parametrize(("position", "where"), [(0, "before e2"), (SIZE - 1, f"after e{SIZE - 1}")])
def test_a_deleted_turn_at_an_end(position: int, where: str) -> None:
    turns = translated(SIZE)
    del turns[position]
    assert one(turns).hint.endswith(f"> {where}")


def test_an_added_turn() -> None:
    turns = translated(SIZE)
    turns.insert(11, turn("en.xml", "e-new", "mao"))
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN202", "e-new")
    assert finding.location == Location("en.xml", 21)
    assert finding.related[0].message == "turn t11 (Mao) is what the original has before it"


@pytest.mark.parametrize(
    "corresp", [(), ("ru.xml#t999",), ("other.xml#t12",), ("no-id",), ("https://a.org/#t12",), ("#",)]
)
def test_a_lost_or_broken_link_is_one_finding_that_names_the_turn_meant(corresp: tuple[str, ...]) -> None:
    turns = translated(SIZE)
    turns[11] = replace(turns[11], corresp=corresp)
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN202", "e12")
    assert finding.hint.startswith('write corresp="ru.xml#t12"')
    assert finding.related[0].location == Location("ru.xml", 21)


@pytest.mark.parametrize(("wrong", "target"), [(11, "t11"), (11, "t13"), (11, "t14"), (9, "t12"), (14, "t12")])
def test_a_link_to_a_turn_that_another_translates(wrong: int, target: str) -> None:
    turns = translated(SIZE)
    turns[wrong] = replace(turns[wrong], corresp=(f"ru.xml#{target}",))
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN203", f"e{wrong + 1}")
    assert f'corresp="ru.xml#t{wrong + 1}"' in finding.hint


def test_a_turn_split_in_two() -> None:
    turns = translated(SIZE)
    turns.insert(12, turn("en.xml", "e12b", "stalin", ["ru.xml#t12"]))
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN203", "e12b")
    assert finding.message == "turn e12b (Stalin) points at turn t12, which turn e12 translates already"
    assert [str(each.location) for each in finding.related] == ["ru.xml:21", "en.xml:21"]


def test_two_turns_merged_into_one() -> None:
    turns = translated(SIZE)
    turns[11:13] = [replace(turns[11], corresp=("ru.xml#t12", "ru.xml#t13"))]
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN206", "e12")
    assert finding.message == "turn e12 (Stalin) points at 2 turns of the original: t12 and t13"


def test_two_neighbours_exchanged_are_one_finding() -> None:
    turns = translated(SIZE)
    turns[11], turns[12] = turns[12], turns[11]
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN204", "e13")
    assert finding.hint == "move it between e12 and e14, or correct its corresp"


def test_two_speakers_exchanged_are_two_findings() -> None:
    turns = translated(SIZE)
    turns[10], turns[11] = replace(turns[10], who=turns[11].who), replace(turns[11], who=turns[10].who)
    diagnostics = found(original(SIZE), translation(turns))
    assert codes(diagnostics) == [("TRN301", "e11"), ("TRN301", "e12")]
    assert diagnostics[0].message == "turn e11 is spoken by Stalin, its original t11 by Mao"
    assert diagnostics[0].related[0].location == Location("ru.xml", 20)


def test_a_speaker_who_is_nobody_is_told_with_both_places() -> None:
    turns = translated(SIZE)
    turns[11] = replace(turns[11], who=("persons.xml#nobody",))
    assert one(turns).message == "turn e12 is spoken by nobody, its original t12 by Stalin"


def test_a_turn_without_words() -> None:
    turns = translated(SIZE)
    turns[11] = replace(turns[11], paragraphs=())
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN205", "e12")


def test_a_turn_without_who() -> None:
    turns = translated(SIZE)
    turns[11] = replace(turns[11], who=())
    assert one(turns).rule.code == "TRN101"


def test_one_language_twice() -> None:
    diagnostics = found(original(SIZE), text("en.xml", translated(SIZE), ("mao", "zhou", "molotov"), "ru-Latn"))
    assert "TRN102" in {each.rule.code for each in diagnostics}


Change = Callable[[Turn], list[Turn]]

# What an editor can do to one turn, and the one finding that must come of it.
CHANGES: dict[str, tuple[Change, str]] = {
    "drop": (lambda _: [], "TRN201"),
    "unlink": (lambda each: [replace(each, corresp=())], "TRN202"),
    "add": (lambda each: [each, turn("en.xml", f"{each.id}x", "mao")], "TRN202"),
    "split": (lambda each: [each, replace(each, id=f"{each.id}x", key=f"{each.key}x")], "TRN203"),
    "empty": (lambda each: [replace(each, paragraphs=())], "TRN205"),
    "speaker": (lambda each: [replace(each, who=(person(f"x{each.id}"),))], "TRN301"),
    "anonymous": (lambda each: [replace(each, who=())], "TRN101"),
}


# Of all turns under one label the only one that still has a key has the wrong one.
_ONE_KEY_LEFT = dict.fromkeys((7, 10, 16), "anonymous") | dict.fromkeys((15, 3), "unlink") | {13: "speaker"}
_ONE_KEY_LEFT |= dict.fromkeys((1, 2, 4, 19), "drop") | dict.fromkeys((0, 5, 6, 8, 9), "add")


@given(st.dictionaries(st.integers(0, 19), st.sampled_from(sorted(CHANGES)), max_size=20))
@example(_ONE_KEY_LEFT)
def test_changes_apart_from_each_other_are_each_found_once(planted: dict[int, str]) -> None:
    turns, expected = translated(41), []
    changed: list[Turn] = []
    for position, each in enumerate(turns):
        kind = planted.get(position // 2) if position % 2 else None
        change, code = CHANGES[kind] if kind else (lambda kept: [kept], "")
        changed += change(each)
        if kind:
            name = {"drop": f"t{position + 1}", "add": f"{each.id}x", "split": f"{each.id}x"}.get(kind, each.id)
            expected.append((code, name))
    assert codes(found(original(41), translation(changed))) == sorted(expected)


@given(st.permutations(range(12)))
def test_out_of_order_are_the_fewest_that_must_move(order: list[int]) -> None:
    turns = translated(12)
    diagnostics = found(original(12), translation([turns[number] for number in order]))
    lengths: list[int] = []
    for place, number in enumerate(order):
        lengths.append(1 + max((lengths[n] for n in range(place) if order[n] < number), default=0))
    assert {each.rule.code for each in diagnostics} <= {"TRN204"}
    assert len(diagnostics) == 12 - max(lengths)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_the_longest_run_rises_on_both_sides(pairs: list[tuple[int, int]]) -> None:
    run = longest_rising(pairs)
    assert set(run) <= set(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(run))
    best: dict[tuple[int, int], int] = {}
    for each in sorted(set(pairs)):
        best[each] = 1 + max((best[o] for o in best if o[0] < each[0] and o[1] < each[1]), default=0)
    assert len(run) == max(best.values(), default=0)


@given(st.lists(st.lists(st.integers(1, 12).map(lambda n: f"ru.xml#t{n}"), max_size=3), min_size=1, max_size=12))
def test_any_links_at_all_are_matched_one_to_one(links: list[list[str]]) -> None:
    turns = [turn("en.xml", f"e{n}", "mao", corresp) for n, corresp in enumerate(links, 1)]
    if not any(links):
        return
    match = pair(original(12), translation(turns)).match
    assert len({here for here, _ in match.pairs}) == len({there for _, there in match.pairs}) == len(match.pairs)
    paired = {there for _, there in match.pairs}
    accounted = [*paired, *(there for _, there in match.split), *match.only_translation]
    assert sorted(accounted) == list(range(len(links)))
    here = (
        {here for here, _ in (*match.pairs, *match.merged)} | set(match.by_place.values()) | set(match.only_original)
    )
    assert here == set(range(12))


@pytest.mark.parametrize("side", ["original", "translation"])
def test_a_text_without_turns_is_refused(side: str) -> None:
    empty = text(f"{side}.xml", [])
    prose = replace(empty, frame=(paragraph(empty.path, "p1"),))
    for wrong, match in ((empty, "no text of TEI"), (prose, "no turns")):
        with pytest.raises(EditionError, match=match):
            pair(*((wrong, translation(translated(3))) if side == "original" else (original(3), wrong)))


def test_one_text_twice_is_one_finding_whatever_language_it_says() -> None:
    turns = [
        replace(each, paragraphs=(replace(each.paragraphs[0], text=f"Here are the {n} words of a turn."),))
        for n, each in enumerate(original(SIZE).turns)
    ]
    copied = [replace(each, key=f"en.xml#{each.id}") for each in turns]
    finding, misstated = found(text("ru.xml", turns, LISTED), translation(copied))
    assert (finding.rule.code, misstated.rule.code) == ("TRN102", "TRN104")
    assert finding.message.startswith("original and translation say the same words in most turns")


@pytest.mark.parametrize("stem", ["t", "d"])
def test_links_that_lead_elsewhere_are_told_once_and_the_texts_are_compared(stem: str) -> None:
    """By the same ids in the other file, or where it has other ids by what the turns say."""
    turns = [replace(each, corresp=(f"draft.xml#{stem}{n}",)) for n, each in enumerate(translated(SIZE), 1)]
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN106", "e1")
    assert finding.message == "no turn is linked to one of ru.xml, the links lead into draft.xml: 24 of 24 turns"
    assert 'corresp="ru.xml#t1"' in finding.hint
    turns[4] = replace(turns[4], who=(person("malenkov"),))
    assert codes(found(original(SIZE), translation(turns))) == [("TRN106", "e1"), ("TRN301", "e5")]


def test_links_to_the_original_where_it_is_published_are_told_once() -> None:
    file = "https://example.org/ed/ru.xml"
    turns = [replace(each, corresp=(f"{file}#t{n}",)) for n, each in enumerate(translated(SIZE), 1)]
    finding = one(turns)
    assert (finding.rule.code, finding.turn) == ("TRN106", "e1")
    assert finding.message == f"no turn is linked to one of ru.xml, the links lead into {file}: 24 of 24 turns"


def test_links_to_recordings_and_within_the_file_lead_nowhere_else() -> None:
    turns = [replace(each, id=f"t{n}", corresp=("en.xml#w1",)) for n, each in enumerate(translated(SIZE), 1)]
    assert found(original(SIZE), translation(turns)) == []
    turns = [replace(each, corresp=("https://example.org/a.ogg#t=1",)) for each in turns]
    assert found(original(SIZE), translation(turns)) == []
    turns[2:] = [replace(each, corresp=()) for each in turns[2:]]
    turns[:2] = [replace(each, corresp=("leaves.xml#f1",)) for each in turns[:2]]
    assert found(original(SIZE), translation(turns)) == []


def test_a_file_is_not_compared_with_itself() -> None:
    with pytest.raises(EditionError, match="same file"):
        pair(original(3), original(3))


def test_speakers_are_compared_by_labels_where_files_know_no_persons() -> None:
    labels = {"stalin:": "Сталин:", "mao:": "Мао:"}
    russian = [replace(each, who=(), label=labels.get(each.label, each.label)) for each in original(SIZE).turns]
    english = [replace(each, who=()) for each in translated(SIZE)]
    assert found(text("ru.xml", russian), translation(english, ())) == []
    english[11] = replace(english[11], label="mao:")
    assert codes(found(text("ru.xml", russian), translation(english, ()))) == [("TRN301", "e12")]


def test_speakers_of_separate_person_lists_are_matched_by_the_links() -> None:
    def own(path: str, turns: list[Turn], suffix: str) -> list[Turn]:
        return [replace(each, who=(f"{path}{each.who[0].removeprefix('persons.xml')}{suffix}",)) for each in turns]

    russian = text("ru.xml", own("ru.xml", list(original(SIZE).turns), "-ru"))
    english = own("en.xml", translated(SIZE), "-en")
    assert found(russian, translation(english, ())) == []
    english[11] = replace(english[11], who=english[10].who)
    assert codes(found(russian, translation(english, ()))) == [("TRN301", "e12")]


def _called(turns: list[Turn], name: str, other: str) -> list[Turn]:
    """The turns of a person under another key, one of the file's own."""
    return [replace(each, who=(f"en.xml#{other}",)) if each.who == (person(name),) else each for each in turns]


def test_a_person_called_otherwise_throughout_is_told_once_and_is_present() -> None:
    finding = one(_called(translated(SIZE), "stalin", "S1"))
    assert (finding.rule.code, finding.turn) == ("TRN307", "e2")
    assert finding.message == 'Stalin is "#S1" in all 8 turns, "persons.xml#stalin" in the original'
    assert finding.hint.startswith('write who="persons.xml#stalin"')


def test_an_attendee_called_otherwise_in_turns_and_list_is_told_once() -> None:
    turns = _called(translated(SIZE), "mao", "S2")
    renamed = translation(turns, ("molotov", "malenkov", "mao", "zhou", "chen"))
    assert renamed.attendance is not None
    entries = [
        replace(each, person="en.xml#S2") if each.label == "mao" else each for each in renamed.attendance.attendees
    ]
    listed = replace(renamed, attendance=replace(renamed.attendance, attendees=tuple(entries)))
    assert codes(found(original(SIZE), listed)) == [("TRN307", "e1")]


def test_the_right_key_among_the_other_is_no_slip() -> None:
    turns = _called(translated(SIZE), "stalin", "S1")
    turns[7] = translated(SIZE)[7]
    finding = one(turns)
    assert finding.message == 'Stalin is "#S1" in 7 of 8 turns, "persons.xml#stalin" in the original'


def test_the_other_key_at_a_turn_of_somebody_else_is_a_slip() -> None:
    turns = _called(translated(SIZE), "stalin", "S1")
    turns[8] = replace(turns[8], who=("en.xml#S1",))
    assert codes(found(original(SIZE), translation(turns))) == [("TRN301", "e9"), ("TRN307", "e2")]


def test_a_key_in_few_turns_is_another_person() -> None:
    turns = translated(SIZE)
    for position in (1, 7):
        turns[position] = replace(turns[position], who=(person("malenkov"),))
    assert codes(found(original(SIZE), translation(turns))) == [("TRN301", "e2"), ("TRN301", "e8")]


def _passages(path: str, *numbers: str) -> list[Turn]:
    each = [turn(path, f"x{position}", "x") for position, _ in enumerate(numbers)]
    return [
        replace(
            one,
            id=None,
            key=f"{path}#turn({n})",
            who=(),
            label="",
            element="p",
            n=n,
            paragraphs=(replace(one.paragraphs[0], id=None, text=f"{path} " * (1 + position * 5 % 7)),),
        )
        for position, (one, n) in enumerate(zip(each, numbers, strict=True))
    ]


def test_a_number_that_two_passages_have_is_one_finding_with_the_number_that_is_missing() -> None:
    ours, theirs = _passages("ru.xml", *"123456"), _passages("en.xml", *"123356")
    (finding,) = found(text("ru.xml", ours), text("en.xml", theirs, language="en"))
    assert finding.message == "passage 3 has a number that another passage has too"
    assert finding.hint == 'write n="4": passage 4 stands at this place and has no translation'


def test_a_passage_that_is_missing_is_asked_for_by_its_number_alone() -> None:
    ours, theirs = _passages("ru.xml", *"123456"), _passages("en.xml", *"123456")
    del theirs[3]
    (finding,) = found(text("ru.xml", ours), text("en.xml", theirs, language="en"))
    assert finding.hint == 'add <p n="4"> between passage 3 and passage 5'


def _exchanged(first: int, stop: int) -> list[Turn]:
    other = {person("stalin"): person("mao"), person("mao"): person("stalin")}
    turns = translated(SIZE)
    turns[first:stop] = [replace(each, who=(other.get(each.who[0], each.who[0]),)) for each in turns[first:stop]]
    return turns


def test_two_who_have_changed_places_are_one_finding() -> None:
    (finding,) = found(original(SIZE), translation(_exchanged(0, SIZE)))
    assert (finding.rule.code, finding.turn) == ("TRN301", "e1")
    assert finding.message.startswith("Stalin and Mao have changed places in 16 turns, turn e1 to turn e24")
    assert finding.hint == "exchange them in all of these turns, or correct corresp"
    (finding,) = found(original(SIZE), translation(_exchanged(6, SIZE)))
    assert finding.turn == "e7"


def test_a_few_speakers_exchanged_are_each_told() -> None:
    assert len(found(original(SIZE), translation(_exchanged(6, 12)))) == 4
