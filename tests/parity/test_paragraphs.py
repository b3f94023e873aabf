"""Paragraphs of turns and passages outside turns: what is lost, added, mislinked or crossed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Diagnostic, Location, Severity
from edition.model import AFTER, BEFORE, PART, PROSE, VERSE, Paragraph, Series, Text

from .texts import LISTED, attendance, codes, found, original, paragraph, text, translated, translation

SIZE = 6


def texts(links: list[str | None], of: int = 3) -> tuple[Text, Text]:
    """A talk whose fourth turn has `of` paragraphs, translated in paragraphs with these links."""
    turns, ours = translated(SIZE), list(original(SIZE).turns)
    ours[3] = replace(ours[3], paragraphs=tuple(paragraph("ru.xml", f"t4p{n}", line=n) for n in range(1, of + 1)))
    theirs = tuple(
        paragraph("en.xml", f"e4p{n}", [f"ru.xml#{link}"] if link else [], line=n) for n, link in enumerate(links, 1)
    )
    turns[3] = replace(turns[3], paragraphs=theirs)
    return text("ru.xml", ours, LISTED), translation(turns)


def raised(links: list[str | None]) -> list[tuple[str, str]]:
    return [(each.rule.code, each.hint) for each in found(*texts(links))]


def test_linked_paragraphs_are_passed_in_silence() -> None:
    assert raised(["t4p1", "t4p2", "t4p3"]) == []


def test_a_lost_paragraph_is_named_and_not_only_counted() -> None:
    (finding,) = found(*texts(["t4p1", "t4p3"]))
    assert (finding.rule.code, finding.turn) == ("TRN303", "e4")
    assert finding.message == "paragraph t4p2 of turn t4 (Molotov) has no translation"
    assert finding.hint == 'add <p corresp="ru.xml#t4p2"> after e4p1'
    assert (finding.location, finding.related[0].location) == (Location("en.xml", 1), Location("ru.xml", 2))


@pytest.mark.parametrize("wrong", [None, "t4p9", "t5p1", "t4", "t4p1", "t4p3"])
def test_a_paragraph_that_points_elsewhere(wrong: str | None) -> None:
    assert raised(["t4p1", wrong, "t4p3"]) == [("TRN304", 'write corresp="ru.xml#t4p2"')]


def test_an_added_paragraph() -> None:
    hint = "write corresp with the paragraph that it translates"
    assert raised(["t4p1", "t4p2", None, "t4p3"]) == [("TRN304", hint)]


def test_crossed_links_are_one_finding() -> None:
    assert [code for code, _ in raised(["t4p2", "t4p1", "t4p3"])] == ["TRN305"]


@pytest.mark.parametrize("links", [[None, None], ["t4p1", "t4p2", "t4p3", "t4p3"]])
def test_another_number_of_paragraphs(links: list[str | None]) -> None:
    (finding,) = found(*texts(links))
    assert finding.rule.code == "TRN302"
    assert finding.message == f"turn e4 (Molotov) has {len(links)} paragraphs, its original t4 3"


def test_paragraphs_that_nothing_links_are_only_counted() -> None:
    assert raised([None, None, None]) == []


def framed(links: dict[str, str | None]) -> list[Diagnostic]:
    """Findings for an original with opening and duration, translated with these passages and their links."""
    ours = (paragraph("ru.xml", "opening", line=2), paragraph("ru.xml", "duration", line=900))
    theirs = tuple(
        paragraph("en.xml", name, [f"ru.xml#{link}"] if link else [], line=n)
        for n, (name, link) in enumerate(links.items(), 2)
    )
    return found(replace(original(SIZE), frame=ours), replace(translation(translated(SIZE)), frame=theirs))


def test_a_frame_is_passed_in_silence() -> None:
    assert framed({"e-opening": "opening", "e-duration": "duration"}) == []


def test_a_lost_passage_of_the_frame() -> None:
    (finding,) = framed({"e-opening": "opening"})
    assert finding.rule.code == "TRN401"
    assert finding.message == 'the passage duration outside turns has no translation: "words"'
    assert (finding.location, finding.related[0].location) == (Location("en.xml", 15), Location("ru.xml", 900))


@pytest.mark.parametrize("link", [None, "nothing"])
def test_a_passage_that_lost_its_link_is_one_finding(link: str | None) -> None:
    (finding,) = framed({"e-opening": "opening", "e-duration": link})
    assert (finding.rule.code, finding.hint) == ("TRN402", 'write corresp="ru.xml#duration"')


def test_a_paragraph_that_fell_out_of_its_turn_is_not_told_twice() -> None:
    turns = translated(SIZE)
    del turns[3]
    fallen = paragraph("en.xml", "e4p1", ["ru.xml#t4p1"], line=13)
    opening = paragraph("en.xml", "e-opening", ["ru.xml#opening"], line=2)
    ours = replace(original(SIZE), frame=(paragraph("ru.xml", "opening", line=2),))
    theirs = replace(translation(turns), frame=(opening, fallen))
    assert codes(found(ours, theirs)) == [("TRN201", "t4")]


def test_frames_that_nothing_links_are_not_compared_if_one_has_more() -> None:
    assert framed({"preface": None, "e-opening": None, "afterword": None}) == []


def test_a_translation_without_a_frame_is_told_once_and_without_certainty() -> None:
    (finding,) = framed({})
    assert (finding.rule.code, finding.severity) == ("TRN401", Severity.WARNING)
    assert finding.message == (
        'the translation has nothing outside turns, the original 2 passages, the first of them "words"'
    )
    assert (finding.location, finding.hint) == (
        Location("en.xml", 10),
        'add <p corresp="ru.xml#opening"> where it stands in the original',
    )


@pytest.mark.parametrize(
    ("place", "link", "told"),
    [
        (AFTER, None, ["VAL201"]),
        (BEFORE, None, []),  # they stand at another place: no two of them are known to be one
        (AFTER, "nothing", []),  # where there are links nothing is guessed
    ],
)
def test_passages_that_nothing_links_are_held_against_each_other_in_their_order(
    place: str, link: str | None, told: list[str]
) -> None:
    def frame(*passages: Paragraph, last: str) -> tuple[Paragraph, ...]:
        return (*passages[:-1], replace(passages[-1], place=last))

    ours = (paragraph("ru.xml", f"o{n}", text="Беседа длилась 3 часа.") for n in (1, 2))
    theirs = (
        paragraph("en.xml", "e1", text="The talk took 3 hours."),
        paragraph("en.xml", "e2", [f"ru.xml#{link}"] if link else [], text="The talk took 4 hours."),
    )
    mine = replace(original(SIZE), frame=frame(*ours, last=AFTER))
    its = replace(translation(translated(SIZE)), frame=frame(*theirs, last=place))
    assert [code for code, _ in codes(found(mine, its))] == told


@pytest.mark.parametrize(("items", "told"), [(2, []), (3, []), (1, ["TRN302"]), (0, ["TRN302"])])
def test_items_of_a_list_may_be_paragraphs_in_the_other_text(items: int, told: list[str]) -> None:
    ours, theirs = texts([None])
    listed = replace(theirs.turns[3].paragraphs[0], items=items)
    turns = [replace(each, paragraphs=(listed,)) if each.id == "e4" else each for each in theirs.turns]
    assert [code for code, _ in codes(found(ours, translation(turns)))] == told
    whole = [replace(each, corresp=()) for each in turns]
    back = [replace(each, corresp=(f"en.xml#e{n}",)) for n, each in enumerate(ours.turns, 1)]
    turned = found(text("en.xml", whole, LISTED, "en"), text("ru.xml", back, LISTED, "ru"))
    assert [code for code, _ in codes(turned)] == told


@pytest.mark.parametrize(
    ("element", "kinds", "told"),
    [
        ("quote", [PROSE, PART, PROSE], []),
        ("item", [PROSE, PART, PART, PROSE], []),
        ("head", [PROSE, PART, PROSE], ["TRN302"]),
        ("quote", [PROSE, PROSE, PART], ["TRN302"]),
    ],
)
def test_what_goes_on_after_a_quotation_may_be_joined_with_it(
    element: str, kinds: list[str], told: list[str]
) -> None:
    ours, theirs = texts([None])
    said = tuple(
        replace(paragraph("ru.xml", f"p{n}", text="wo"), kind=kind, element=element if kind == PART else "p")
        for n, kind in enumerate(kinds)
    )
    turns = [replace(each, paragraphs=said) if each.id == "t4" else each for each in ours.turns]
    assert [code for code, _ in codes(found(text("ru.xml", turns, LISTED), theirs))] == told


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("list 4", "list 2", ["the list"]),
        ("list 4, list 3, table 2", "list 4, list 2, table 5", ["list 2", "the table"]),
        ("list 4", "list 4", []),
        ("list 4", "", []),
        ("list 4, list 2", "list 6", []),
        ("list 4", "table 2", []),
    ],
)
def test_lists_that_both_texts_have_are_counted(ours: str, theirs: str, told: list[str]) -> None:
    def series(path: str, counted: str) -> tuple[Series, ...]:
        found = (each.split() for each in counted.split(", ") if each)
        return tuple(Series(element, int(members), Location(path, 7)) for element, members in found)

    mine, its = original(SIZE), translation(translated(SIZE))
    turns = [
        [replace(each, series=series(text.path, counted)) if each.number == 4 else each for each in text.turns]
        for text, counted in ((mine, ours), (its, theirs))
    ]
    in_turns = found(replace(mine, turns=tuple(turns[0])), replace(its, turns=tuple(turns[1])))
    outside = found(replace(mine, series=series("ru.xml", ours)), replace(its, series=series("en.xml", theirs)))
    for findings in (in_turns, outside):
        assert [each.rule.code for each in findings] == ["TRN302"] * len(told)
        assert [each.message.split(" of ")[0] for each in findings] == told


@pytest.mark.parametrize(("paragraphs", "told"), [(1, []), (2, []), (3, ["TRN302"]), (4, ["TRN302"]), (5, [])])
def test_a_list_in_fewer_paragraphs_than_items_is_told(paragraphs: int, told: list[str]) -> None:
    ours, theirs = texts([None] * paragraphs)
    said = [paragraph("ru.xml", f"p{n}", text="wo", line=n) for n in range(5)]
    listing = (said[0], *(replace(each, kind=PART, element="item") for each in said[1:]))
    series = (Series("list", 4, Location("ru.xml", 2)),)
    turns = [replace(each, paragraphs=listing, series=series) if each.id == "t4" else each for each in ours.turns]
    assert [code for code, _ in codes(found(text("ru.xml", turns, LISTED), theirs))] == told


def test_the_paragraph_of_a_lost_attendee_list_is_not_told_twice() -> None:
    def frame(path: str, names: list[str], links: bool) -> tuple[Paragraph, ...]:
        lines = {"opening": 2, "attendance": 999}
        return tuple(paragraph(path, n, [f"ru.xml#{n}"] if links else [], line=lines[n]) for n in names)

    ours = replace(original(SIZE), frame=frame("ru.xml", ["opening", "attendance"], False))
    theirs = translation(translated(SIZE))
    theirs = replace(theirs, frame=frame("en.xml", ["opening"], True), attendance=None)
    assert ours.attendance == attendance("ru.xml", LISTED, 1000)
    assert codes(found(ours, theirs)) == [("ATT107", None)]


@pytest.mark.parametrize(
    ("words", "count"),
    [("A. B! C? D… E.", 0), ("One, two, three and four.", 1), ("A. B. C.", 0), ("So it is.", 1)],
)
def test_far_fewer_sentences_are_worth_a_note(words: str, count: int) -> None:
    ours, turns = list(original(SIZE).turns), translated(SIZE)
    ours[3] = replace(ours[3], paragraphs=(paragraph("ru.xml", "t4p1", text="А. Б. В. Г. (Д.) Е!"),))
    turns[3] = replace(turns[3], paragraphs=(paragraph("en.xml", "e4p1", ["ru.xml#t4p1"], text=words),))
    raised = [each for each in found(text("ru.xml", ours, LISTED), translation(turns)) if each.rule.code == "TRN306"]
    assert [each.turn for each in raised] == ["e4"] * count


@pytest.mark.parametrize(
    ("signs", "count"),
    [("。", 0), ("।", 0), ("؟", 0), ("", 0), (".", 1)],
)
def test_sentences_end_by_the_signs_of_their_script(signs: str, count: int) -> None:
    """Six sentences each; six that no sign tells apart are not counted; one with one sign is one."""
    ours, turns = list(original(SIZE).turns), translated(SIZE)
    words = f"語{signs}" * 6
    ours[3] = replace(ours[3], paragraphs=(paragraph("ru.xml", "t4p1", text=words),))
    turns[3] = replace(turns[3], paragraphs=(paragraph("en.xml", "e4p1", ["ru.xml#t4p1"], text="A. B. C. D. E. F."),))
    raised = [each for each in found(text("zh.xml", ours, LISTED), translation(turns)) if each.rule.code == "TRN306"]
    assert len(raised) == count


def _verses(path: str, number: int, verse: bool = True) -> tuple[Paragraph, ...]:
    words = "Mond" if path == "ru.xml" else "Moon"
    return tuple(
        replace(paragraph(path, f"{path}{n}", text=words), kind=VERSE if verse else PROSE) for n in range(number)
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (_verses("ru.xml", 14), _verses("en.xml", 15), []),
        (_verses("ru.xml", 4), _verses("en.xml", 3), []),
        (_verses("ru.xml", 14), _verses("en.xml", 1, verse=False), []),
        (_verses("ru.xml", 14), _verses("en.xml", 7), ["turn e4 (Molotov) has 7 verse lines, its original t4 14"]),
        (
            (*_verses("ru.xml", 2, verse=False), *_verses("ru.xml", 8)),
            (*_verses("en.xml", 1, verse=False), *_verses("en.xml", 8)),
            ["turn e4 (Molotov) has 1 paragraph, its original t4 2"],
        ),
    ],
)
def test_verse_is_counted_apart(
    ours: tuple[Paragraph, ...], theirs: tuple[Paragraph, ...], expected: list[str]
) -> None:
    turns, others = list(original(SIZE).turns), translated(SIZE)
    turns[3] = replace(turns[3], paragraphs=ours)
    others[3] = replace(others[3], paragraphs=theirs)
    assert [each.message for each in found(text("ru.xml", turns, LISTED), translation(others))] == expected


def test_ids_that_are_counted_anew_are_no_links() -> None:
    """A paragraph left out before: from there on each id is that of the paragraph before."""
    turns, others = list(original(SIZE).turns), translated(SIZE)
    turns[3] = replace(turns[3], paragraphs=tuple(paragraph("ru.xml", name) for name in ("p5", "p6")))
    others[3] = replace(others[3], paragraphs=tuple(paragraph("en.xml", name) for name in ("p4", "p5")))
    assert found(text("ru.xml", turns, LISTED), translation(others)) == []


def test_the_same_ids_name_the_paragraph_that_is_missing() -> None:
    turns, others = list(original(SIZE).turns), translated(SIZE)
    turns[3] = replace(turns[3], paragraphs=tuple(paragraph("ru.xml", name) for name in ("p5", "p6", "p7")))
    others[3] = replace(others[3], paragraphs=tuple(paragraph("en.xml", name) for name in ("p5", "p7")))
    (finding,) = found(text("ru.xml", turns, LISTED), translation(others))
    assert finding.message == "paragraph p6 of turn t4 (Molotov) has no translation"


def _item(path: str, name: str, *corresp: str, text: str = "an item") -> Paragraph:
    return replace(paragraph(path, name, corresp, text=text), kind=PART)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([_item("ru.xml", "i1")], [_item("en.xml", "k1")], []),
        ([_item("ru.xml", "i1"), _item("ru.xml", "i2")], [_item("en.xml", "k1", "ru.xml#i1")], ["TRN303"]),
        ([_item("ru.xml", "i1")], [_item("en.xml", "k1", "ru.xml#i1"), _item("en.xml", "k2")], ["TRN304"]),
        ([_item("ru.xml", f"i{n}") for n in range(3)], [_item("en.xml", "k1")], []),
        ([_item("ru.xml", "i1", text="An item of very many words. " * 9)], [], ["TRN302"]),
        ([], [_item("en.xml", "k1", text="An item of very many words. " * 9)], ["TRN302"]),
    ],
)
def test_items_are_asked_for_links_only_where_some_have_one(
    ours: list[Paragraph], theirs: list[Paragraph], expected: list[str]
) -> None:
    """One paragraph, linked, and then items; without links of theirs they may be part of what stands before them."""
    mine, turns = list(original(SIZE).turns), translated(SIZE)
    mine[3] = replace(mine[3], paragraphs=(*mine[3].paragraphs, *ours))
    turns[3] = replace(turns[3], paragraphs=(*turns[3].paragraphs, *theirs))
    raised = [each.rule.code for each in found(text("ru.xml", mine, LISTED), translation(turns))]
    assert [code for code in raised if code.startswith("TRN3") and code != "TRN306"] == expected
