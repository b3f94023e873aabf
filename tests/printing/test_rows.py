"""Which blocks stand side by side."""

from __future__ import annotations

from edition.diagnostics import Location
from edition.printing.blocks import Block, Group
from edition.printing.rows import align


def group(name: str, *links: str, paragraphs: int = 1, kind: str = "paragraph") -> Group:
    blocks = tuple(
        Block(f"{name}.{number}", kind, name, None, Location("x.xml", 1), opens=number == 0)
        for number in range(paragraphs)
    )
    return Group(blocks, (f"#{name}",), tuple(f"#{link}" for link in links), name if kind == "turn" else None)


def shown(original: list[Group], translation: list[Group]) -> list[tuple[str, str]]:
    return [
        (" ".join(block.id for block in row.original), " ".join(block.id for block in row.translation))
        for row in align(original, translation)
    ]


def test_paragraph_by_paragraph_where_both_have_as_many() -> None:
    rows = shown(
        [group("a", paragraphs=2), group("b", paragraphs=2)], [group("x", "a", paragraphs=2), group("y", "b")]
    )
    assert rows == [("a.0", "x.0"), ("a.1", "x.1"), ("b.0 b.1", "y.0")]


def test_what_has_no_partner_stands_alone_in_its_place() -> None:
    rows = shown([group("a"), group("b"), group("c")], [group("x", "a"), group("n", "nowhere"), group("z", "c")])
    assert rows == [("a.0", "x.0"), ("", "n.0"), ("b.0", ""), ("c.0", "z.0")]


def test_each_text_keeps_its_order_though_the_other_has_another() -> None:
    rows = shown([group("a"), group("b"), group("c")], [group("z", "c"), group("x", "a")])
    assert [left for left, _ in rows if left] == ["a.0", "b.0", "c.0"]
    assert [right for _, right in rows if right] == ["z.0", "x.0"]


def test_a_date_without_link_stands_beside_the_date() -> None:
    rows = shown(
        [group("h", kind="head"), group("d", kind="dateline"), group("a")],
        [group("eh", "h", kind="head"), group("ed", kind="dateline"), group("x", "a")],
    )
    assert rows == [("h.0", "eh.0"), ("d.0", "ed.0"), ("a.0", "x.0")]


def test_an_original_alone() -> None:
    assert shown([group("a"), group("b", paragraphs=2)], []) == [("a.0", ""), ("b.0 b.1", "")]


def test_what_is_left_of_a_longer_list_stands_alone_and_what_follows_beside_its_like() -> None:
    listed = [group(name, kind="item") for name in "abc"]
    rows = shown([*listed, group("p")], [group("x", kind="item"), group("y")])
    assert rows == [("a.0", "x.0"), ("b.0", ""), ("c.0", ""), ("p.0", "y.0")]
    rows = shown([group("a", kind="item"), group("p")], [*(group(name, kind="item") for name in "xy"), group("z")])
    assert rows == [("a.0", "x.0"), ("", "y.0"), ("p.0", "z.0")]


def test_no_list_is_passed_over_for_what_has_a_link_behind_it() -> None:
    rows = shown([group("a", kind="item"), group("p")], [group("n"), group("y", "p")])
    assert rows == [("", "n.0"), ("a.0", ""), ("p.0", "y.0")]
