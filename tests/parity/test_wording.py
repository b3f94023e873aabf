"""Names, terms and leftovers of two texts: what one of them names, calls otherwise, or left as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Diagnostic, Location
from edition.model import ASIDE, FOREIGN, NAME, TERM, Edition, Mark, Paragraph, Term
from edition.parity import compare

from .texts import PERSONS, original, translated, translation

# «words|key» marks words with a key; «words|-» are an editor's, as is the name in «words|-key»; «words|!» foreign.
KINDS = {"-": ASIDE, "!": FOREIGN}
PLAIN = ("Хорошо.", "Good.")


def paragraph(path: str, name: str, written: str, kind: str, corresp: str = "") -> Paragraph:
    text, marks = "", []
    for number, part in enumerate(written.replace("»", "«").split("«")):
        words, _, key = part.partition("|")
        if number % 2:
            place = (len(text), len(text) + len(words), Location(path, 40))
            if key in KINDS or key.startswith("-"):
                marks.append(Mark(KINDS[key[0]], *place))
            if key not in KINDS:
                marks.append(Mark(kind, *place, keys=(f"keys.xml#{key.removeprefix('-')}",)))
        text += words
    return Paragraph(name, f"{path}#{name}", (corresp,) if corresp else (), text, Location(path, 40), tuple(marks))


def compared(pairs: list[tuple[str, str]], kind: str = NAME, terms: tuple[Term, ...] = ()) -> list[Diagnostic]:
    """What VAL3 and VAL4 find in a talk whose turns say this and its translation that."""
    ours, theirs = list(original(len(pairs)).turns), translated(len(pairs))
    for number, (mine, other) in enumerate(pairs, 1):
        said = paragraph("ru.xml", f"t{number}p1", mine, kind)
        answered = paragraph("en.xml", f"e{number}p1", other, kind, f"ru.xml#t{number}p1")
        ours[number - 1] = replace(ours[number - 1], paragraphs=(said,))
        theirs[number - 1] = replace(theirs[number - 1], paragraphs=(answered,))
    texts = (replace(original(len(pairs)), turns=tuple(ours)), translation(theirs))
    found = compare(Edition(*texts, PERSONS, terms=terms))
    return [each for each in found if each.rule.code.startswith(("VAL3", "VAL4"))]


def said(
    pairs: list[tuple[str, str]], kind: str = NAME, terms: tuple[Term, ...] = ()
) -> list[tuple[str, str | None]]:
    return [(found.rule.code, found.turn) for found in compared(pairs, kind, terms)]


KNOWN = (
    "«Япония|japan», «Дальний|dalny», «Советский Союз|ussr»",
    "«Japan|japan», «Dalny|dalny», «Soviet Union|ussr»",
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("агрессия со стороны «Японии|japan»", "Japanese aggression"),
        ("японская агрессия", "aggression on the part of «Japan|japan»"),
        ("права «Советского Союза|ussr»", "Soviet rights"),
        ("«Дальний|dalny» и опять «Дальний|dalny»", "«Dalny|dalny» and again"),
        ("порт", "port «Dairen in Japan|-»"),
        ("о «Порт-Артуре|-arthur»", "about «Lushun|arthur»"),
        ("о «Порт-Артуре|arthur»", "about «Lushun|-arthur»"),
        ("о «Порт-Артуре|-arthur»", "about it"),
    ],
)
def test_words_made_from_a_name_and_additions_are_no_finding(ours: str, theirs: str) -> None:
    assert said([KNOWN, (ours, theirs)]) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        ("о «Дальнем|dalny»", "about it", 'turn e2 (Stalin) does not name "Дальнем", which its original t2 names'),
        ("об этом", "about «Japan|japan»", 'turn e2 (Stalin) names "Japan", which its original t2 does not'),
        ("о «Дальнем|dalny»", "about «Dalny|japan»", ""),
    ],
)
def test_a_name_on_one_side_only(ours: str, theirs: str, message: str) -> None:
    found = compared([KNOWN, (ours, theirs)])
    assert found
    assert {each.rule.code for each in found} == {"VAL301"}
    assert message in ("", found[0].message)


def test_names_that_the_texts_mark_by_different_keys_are_not_compared() -> None:
    assert said([("«Япония|ru-1»", "«Japan|en-1»"), ("«Дальний|ru-2»", "the town")]) == []


def test_one_town_under_two_names() -> None:
    (found,) = compared([KNOWN, ("«Дальний|dalny», «Дальнем|dalny»", "«Dalny|dalny», «Dairen|dalny»")])
    assert (found.rule.code, found.turn) == ("VAL302", "e2")
    assert found.message == 'turn e2 (Stalin) says "Dalny" and "Dairen" for what its original t2 calls "Дальний"'


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("«Сталин|stalin», «Сталина|stalin»", "«I. V. Stalin|stalin», «Stalin|stalin»"),
        ("«Советский Союз|ussr», «СССР|ussr»", "«Soviet Union|ussr», «USSR|ussr»"),
        ("«Дальний|dalny», «Дайрен|dalny»", "«Dalny|dalny», «Dairen|dalny»"),
        ("«Дальний|dalny», «Дальний|dalny»", "«Dalny|dalny», «Dalny's|dalny»"),
        ("«Голландия|dalny» и «голландский|dalny» флот", "«Holland|dalny» and the «Dutch|dalny» navy"),
    ],
)
def test_one_name_in_two_forms(ours: str, theirs: str) -> None:
    assert "VAL302" not in {code for code, _ in said([KNOWN, (ours, theirs)])}


TREATY, AGREEMENT = ("«договор|d»", "«treaty|d»"), ("«соглашение|s»", "«agreement|s»")


def test_a_term_rendered_otherwise() -> None:
    mixed = ("В «соглашении|s»; срок «соглашения|s».", "In the «treaty|d»; the term of the «agreement|s».")
    (found,) = compared([TREATY, AGREEMENT, mixed], TERM)
    assert (found.rule.code, found.turn) == ("VAL303", "e3")
    assert found.message == 'turn e3 (Zhou) says "treaty" where its original t3 has "соглашении"'


def test_a_term_in_another_word_than_elsewhere() -> None:
    pairs = [AGREEMENT, AGREEMENT, ("о «соглашении|s»", "on the «treaty|s»"), ("«соглашения|s»", "«agreements|s»")]
    (found,) = compared(pairs, TERM)
    assert (found.rule.code, found.turn) == ("VAL303", "e3")
    assert found.message.endswith('says "treaty" for "соглашении" of t3, which is "agreement" elsewhere')
    assert said([*pairs[:2], ("о «пакте|s»", "on the «pact|s»")], TERM) == []


def test_a_term_said_less_often_or_added_is_no_finding() -> None:
    assert (
        said([TREATY, ("«договор|d», «договора|d»", "the «treaty|d»"), ("об этом", "about the «treaty|d»")], TERM)
        == []
    )


def test_terms_with_keys_of_their_own_agree_by_what_they_mostly_stand_for() -> None:
    pairs = [("«договор|d»", "«treaty|t»")] * 3 + [("«соглашение|s»", "«agreement|a»")] * 3
    assert said([*pairs, ("«соглашение|s»", "«treaty|t»")], TERM) == [("VAL303", "e7")]


LISTED = (Term(("договор", "договора"), ("treaty",), True), Term(("соглашени*",), ("agreement*",), True))


def test_listed_terms() -> None:
    pairs = [
        ("Новый договор.", "A new treaty."),
        ("В соглашении.", "In the treaty."),
        ("По договору.", "By it."),
        ("Текст договора.", "Its text."),
    ]
    assert said(pairs, terms=LISTED) == [("VAL303", "e2"), ("VAL303", "e4")]
    not_required = tuple(replace(term, required=False) for term in LISTED)
    assert said(pairs, terms=not_required) == [("VAL303", "e2")]


def test_marked_terms_win_over_listed_ones() -> None:
    assert said([TREATY, ("В соглашении.", "In the treaty.")], TERM, LISTED) == []


@pytest.mark.parametrize(
    "theirs",
    [
        "We believe that срок действия should be shortened.",
        "Мы считаем, что срок надо сократить.",
    ],
)
def test_words_in_the_script_of_the_original(theirs: str) -> None:
    pairs = [
        ("Мы считаем, что срок действия надо сократить.", theirs),
        *[("Это долгий разговор.", "A long talk.")] * 6,
    ]
    assert said(pairs) == [("VAL401", "e1")]


@pytest.mark.parametrize(
    "theirs", ["He said «срок действия договора|!» twice.", "He said КЧЖД.", "«срок действия договора|-» is meant."]
)
def test_words_that_are_meant_to_be_foreign(theirs: str) -> None:
    assert said([("Он сказал: срок.", theirs), *[("Это долгий разговор.", "A long talk.")] * 6]) == []


def test_letters_of_another_script_in_a_word() -> None:
    found = compared([("Cталин согласен с этим.", "Stalin agrees."), PLAIN])
    assert [(each.rule.code, each.turn, each.location.path) for each in found] == [("VAL402", "t1", "ru.xml")]
    assert found[0].message == 'the word "Cталин" has Latin letters among others: C'


LONG = ("Мы считаем, что в договоре надо предусмотреть пункт о консультации по этим вопросам. " * 2,)


def test_a_passage_that_is_far_too_short() -> None:
    whole = "We believe that the treaty should provide for a paragraph on consultation about these questions. "
    pairs = [(LONG[0] + f"Пункт {n}.", whole * 2 + f"Paragraph {n}.") for n in range(1, 13)]
    assert said(pairs) == []
    pairs[4] = (pairs[4][0], whole[:60] + "Paragraph 5.")
    assert said(pairs) == [("VAL403", "e5")]
    assert said(pairs[:6]) == []  # too few to know what is usual


def test_a_sentence_that_stands_there_twice_in_the_translation_alone() -> None:
    ours, theirs = "Мы шли весь день, не останавливаясь.", "We walked all day without stopping."
    assert said([(ours, theirs), PLAIN]) == []
    assert said([(ours, f"{theirs} {theirs}"), PLAIN]) == [("VAL403", "e1")]
    assert said([(f"{ours} {ours}", f"{theirs} {theirs}"), PLAIN]) == []
    assert said([("Мы шли весь день. Мы шли целый день.", f"{theirs} {theirs}"), PLAIN]) == []
    assert said([("Долой! Долой!", "Down with him! Down with him!"), PLAIN]) == []


@pytest.mark.parametrize("theirs", ["We should like to see that.", "We believe it should, and say so again. " * 12])
def test_a_passage_out_of_proportion_among_short_ones(theirs: str) -> None:
    short = [("Разрешите доложить о переговорах.", "Allow me to report on the talks."), ("Согласен.", "I agree.")] * 8
    assert said([*short, (LONG[0], theirs)]) == [("VAL403", "e17")]
    assert said([*short, (LONG[0], "We believe that the treaty should have a paragraph on consultation.")]) == []
