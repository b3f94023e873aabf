"""Attendee lists: compared as persons, each planted error found once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.diagnostics import Diagnostic, Location, Severity
from edition.model import Attendance, Attendee, Edition, Text
from edition.parity import compare
from edition.parity.namesakes import divided

from .texts import LISTED, PERSONS, found, original, paragraph, person, text, translated, translation

SIZE = 12


def listed(*names: str) -> list[Diagnostic]:
    """What is found where the translation's list holds these names."""
    return found(original(SIZE), translation(translated(SIZE), names))


def unnamed(whole: Text, *positions: int) -> Text:
    """The text with entries of its list that point at nobody."""
    assert whole.attendance is not None
    entries = list(whole.attendance.attendees)
    for position in positions:
        entries[position] = replace(entries[position], person=None)
    return replace(whole, attendance=Attendance(tuple(entries), whole.attendance.location))


def test_equal_lists_are_passed_in_silence() -> None:
    assert listed(*LISTED) == []


def test_a_dropped_attendee_who_speaks_is_one_finding() -> None:
    (finding,) = listed("molotov", "malenkov", "zhou", "chen")
    assert finding.rule.code == "ATT101"
    assert finding.message == "Mao is an attendee in the original, not in the translation"
    assert finding.hint == 'add <item><persName ref="persons.xml#mao"> after Malenkov'
    assert (finding.location, finding.related[0].location) == (Location("en.xml", 1002), Location("ru.xml", 1003))


def test_an_attendee_of_the_translation_only() -> None:
    (finding,) = listed(*LISTED, "nobody")
    assert (finding.rule.code, finding.location) == ("ATT101", Location("en.xml", 1006))
    assert finding.message == "nobody is an attendee in the translation, not in the original"


def test_one_person_for_another_is_one_finding() -> None:
    (finding,) = listed("molotov", "nobody", "mao", "zhou", "chen")
    assert finding.rule.code == "ATT101"
    assert finding.message == "the list names nobody where the original names Malenkov"


def test_lists_that_share_nobody_are_one_finding() -> None:
    own = [replace(each, person=f"en.xml#{each.label}") for each in _entries(translation(translated(SIZE)))]
    theirs = replace(translation(translated(SIZE)), attendance=Attendance(tuple(own), Location("en.xml", 1000)))
    assert [each.message for each in found(original(SIZE), theirs) if each.rule.code == "ATT101"] == [
        "the attendee lists have no person in common"
    ]


def _entries(whole: Text) -> tuple[Attendee, ...]:
    return whole.attendance.attendees if whole.attendance else ()


def test_an_entry_at_another_place() -> None:
    (finding,) = listed("malenkov", "mao", "zhou", "chen", "molotov")
    assert (finding.rule.code, finding.location) == ("ATT102", Location("en.xml", 1005))
    assert (finding.hint, finding.related[0].location) == ("put the entry first", Location("ru.xml", 1001))


@given(st.sets(st.sampled_from(LISTED), max_size=len(LISTED) - 1))
def test_each_dropped_attendee_is_found_once(dropped: set[str]) -> None:
    diagnostics = listed(*(name for name in LISTED if name not in dropped))
    assert [each.rule.code for each in diagnostics] == ["ATT101"] * len(dropped)
    names = {each.message.split(" is an attendee")[0].lower() for each in diagnostics}
    assert names == dropped


def test_an_attendee_listed_twice() -> None:
    (finding,) = listed(*LISTED, "mao")
    assert (finding.rule.code, finding.location) == ("ATT103", Location("en.xml", 1006))
    assert finding.related[0].location == Location("en.xml", 1003)


def test_a_speaker_who_is_not_present() -> None:
    ours, theirs = original(SIZE), translation(translated(SIZE))
    diagnostics = found(replace(ours, present=()), theirs)
    assert [(each.rule.code, each.turn) for each in diagnostics] == [("ATT104", "t2")]
    assert diagnostics[0].message == "Stalin speaks, but is neither in the attendee list nor declared present"
    assert found(replace(ours, present=()), replace(theirs, present=()))[1].location == Location("en.xml", 11)


def test_who_speaks_by_mistake_is_not_told_twice() -> None:
    turns = translated(SIZE)
    turns[3] = replace(turns[3], who=("persons.xml#roosevelt",))
    assert [each.rule.code for each in found(original(SIZE), translation(turns))] == ["TRN301"]


def test_the_silent_are_one_note() -> None:
    edition = Edition(original(SIZE), translation(translated(SIZE)), PERSONS)
    (finding,) = compare(edition)
    assert (finding.rule.code, finding.severity) == ("ATT105", Severity.NOTE)
    assert finding.message == "2 of 5 attendees never speak: Malenkov, Chen"


def test_without_a_translation_the_list_is_held_against_the_speakers() -> None:
    alone = Edition(replace(original(SIZE, (*LISTED, "mao")), present=()), None, PERSONS)
    assert sorted(each.rule.code for each in compare(alone)) == ["ATT103", "ATT104", "ATT105"]


def test_an_entry_that_points_at_nobody() -> None:
    ours, theirs = original(SIZE), translation(translated(SIZE))
    (finding,) = found(ours, unnamed(theirs, 1))
    assert (finding.rule.code, finding.severity) == ("ATT106", Severity.NOTE)
    assert finding.message == 'the entry "malenkov" of the attendee list names no person'
    assert found(unnamed(ours, 1), unnamed(theirs, 1)) == []  # "and others", in both
    (finding,) = found(unnamed(original(SIZE, (*LISTED, "ali")), 5), theirs)
    assert (finding.rule.code, finding.location) == ("ATT106", Location("ru.xml", 1006))


def test_an_entry_that_points_at_nobody_may_be_whoever_is_missing() -> None:
    """Mao is not in the translation, unless he is who stands there last."""
    theirs = translation(translated(SIZE), ("molotov", "malenkov", "zhou", "chen", "chairman"))
    diagnostics = found(original(SIZE), unnamed(theirs, 4))
    assert {each.rule.code: each.severity for each in diagnostics} == {
        "ATT101": Severity.WARNING,
        "ATT106": Severity.NOTE,
    }
    diagnostics = found(unnamed(original(SIZE, ("molotov", "malenkov", "zhou", "chen", "chairman")), 4), theirs)
    assert Severity.ERROR not in {each.severity for each in diagnostics if each.rule.code == "ATT101"}
    (finding,) = found(unnamed(original(SIZE, (*LISTED, "others")), 5), unnamed(theirs, 4))
    assert (finding.rule.code, finding.severity) == ("ATT101", Severity.ERROR)  # in both there are others


def test_entries_that_point_at_nobody_are_paired_by_how_they_sound() -> None:
    ours = unnamed(original(SIZE, (*LISTED, "Рощин", "Федоренко")), 5, 6)
    assert found(ours, unnamed(translation(translated(SIZE), (*LISTED, "Roshchin", "Fedorenko")), 5, 6)) == []
    (finding,) = found(ours, unnamed(translation(translated(SIZE), (*LISTED, "Fedorenko", "Roshchin")), 5, 6))
    assert (finding.rule.code, finding.severity) == ("ATT102", Severity.WARNING)
    diagnostics = found(ours, unnamed(translation(translated(SIZE), (*LISTED, "Fedorenko")), 5))
    assert [each.message for each in diagnostics] == ['the entry "Рощин" of the attendee list names no person']


def test_a_list_of_names_alone_is_one_finding() -> None:
    diagnostics = found(original(SIZE), unnamed(translation(translated(SIZE)), *range(len(LISTED))))
    assert "ATT106" in {each.rule.code for each in diagnostics}
    assert "ATT101" not in {each.rule.code for each in diagnostics}


def of_names(ours: str, theirs: str, between: str = ",") -> list[Diagnostic]:
    """What is found in two texts whose attendee lists have these names and nothing else, without notes."""
    whole = original(SIZE), translation(translated(SIZE))
    texts = []
    for each, names in zip(whole, (ours, theirs), strict=True):
        entries = (
            Attendee(None, name.strip(), Location(each.path, 1000 + n))
            for n, name in enumerate(names.split(between), 1)
        )
        texts.append(replace(each, present=(), attendance=Attendance(tuple(entries), Location(each.path, 1000))))
    return [each for each in found(*texts) if each.severity > Severity.NOTE]


_NAMES = "Молотов, Маленков, Вышинский, Мао Цзе-дун, Чжоу Энь-лай, Ван Цзя-сян, Ши Чжэ"
_IN_ENGLISH = "Molotov, Malenkov, Vyshinskii, Mao Zedong, Zhou Enlai, Wang Jiaxiang, Shi Zhe"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (_IN_ENGLISH, ""),
        (
            _IN_ENGLISH.replace("Vyshinskii, ", ""),
            'the entry "Вышинский" is in the attendee list of the original, not in that of the translation',
        ),
        (_IN_ENGLISH.replace(", Shi Zhe", ""), "the attendee list has 6 entries, that of the original 7"),
        (
            _IN_ENGLISH.replace("Wang", "Chen Boda, Wang"),
            "the attendee list has 8 entries, that of the original 7",  # which of the two is Wang nobody can say
        ),
        (
            _IN_ENGLISH + ", Chen Boda",
            'the entry "Chen Boda" is in the attendee list of the translation, not in that of the original',
        ),
        (
            "Malenkov, Molotov" + _IN_ENGLISH.removeprefix("Molotov, Malenkov"),
            '"Malenkov" stands at another place of the list than in the original',
        ),
        (_IN_ENGLISH + ", Mao Zedong", '"Mao Zedong" is in the attendee list twice'),
        (
            _IN_ENGLISH.replace("Malenkov", "Mikoyan"),
            'the list names "Mikoyan" where the original names "Маленков", which sounds nothing like it',
        ),
        (_IN_ENGLISH.replace("Malenkov", "Mikoyan").replace("Molotov", "Beria"), ""),  # two may be known otherwise
        ("A, B, C, D, E, F", "the attendee list has 6 entries, that of the original 7"),
        (
            "Comrades Molotov, Comrade Malenkov, Comrade A. Vyshinskii, President Mao Zedong, Minister Zhou Enlai",
            'the entry "Ван Цзя-сян" is in the attendee list of the original, not in that of the translation',
        ),
    ],
)
def test_lists_of_names_alone_are_compared_by_how_they_sound(names: str, message: str) -> None:
    diagnostics = of_names(_NAMES, names)
    assert [each.message for each in diagnostics][:1] == ([message] if message else [])
    assert {each.severity for each in diagnostics} <= {Severity.WARNING}


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("тт. Сталин, Молотов, Микоян и др.", "Comrades Stalin, Molotov, Mikoyan and others", []),
        ("тт. Сталин, Молотов, Микоян и др.", "Comrades Stalin, Molotov and others", ["Микоян"]),
        ("Сталин, Молотов, Микоян", "Stalin; Molotov; Mikoyan; Beria", ["Beria"]),
        ("Сталин, Молотов, Микоян и Жданов", "Stalin, Molotov, Beria and Zhdanov", ["Beria"]),
        ("Сталин, Молотов и Микоян", "Stalin, Mikoyan and Molotov", ["Mikoyan"]),
        ("Сталин, председатель; Берут, президент Польши", "Stalin, Chairman; Bierut, President of Poland", []),
        ("со стороны СССР — Сталин; со стороны Польши — Берут", "for the USSR, Stalin; for Poland, Bierut", []),
        ("от СССР Сталин и Молотов, от Чили Эдвардс", "for the USSR Stalin, for Chile Edwards", ["Молотов"]),
    ],
)
@pytest.mark.parametrize("where", ["list", "passages", "passage and list"])
def test_attendees_in_one_run_of_words_are_compared_as_persons(
    ours: str, theirs: str, told: list[str], where: str
) -> None:
    texts = []
    for whole, words in ((original(SIZE), ours), (translation(translated(SIZE)), theirs)):
        entry = Attendee(None, words, Location(whole.path, 3))
        said = "Присутствовали: " if whole.path == "ru.xml" else "Present: "
        passage = replace(paragraph(whole.path, "p1", text=said + words), id=None)
        listed = where == "list" or (where != "passages" and whole.path == "en.xml")
        texts.append(
            replace(
                whole,
                present=(),
                attendance=Attendance((entry,), entry.location) if listed else None,
                frame=() if listed else (passage,),
            )
        )
    diagnostics = found(*texts)
    assert [each.message.partition('"')[2].partition('"')[0] for each in diagnostics] == told
    assert {each.severity for each in diagnostics} <= {Severity.WARNING}


@pytest.mark.parametrize(
    ("ours", "theirs"), [("毛泽东、周恩来", "Mao Zedong, Zhou Enlai"), ("Сталин, Молотов", "Eden")]
)
def test_a_run_of_words_that_cannot_be_compared_is_a_note(ours: str, theirs: str) -> None:
    texts = [
        replace(
            whole,
            present=(),
            attendance=Attendance((Attendee(None, words, Location(whole.path, 3)),), Location(whole.path, 2)),
        )
        for whole, words in ((original(SIZE), ours), (translation(translated(SIZE)), theirs))
    ]
    told = found(*texts)
    assert {(each.rule.code, each.severity) for each in told} == {("ATT106", Severity.NOTE)}
    assert told[0].message == "who was present stands in one run of words, which could not be compared"


# Lists that were written by hand, each the same in two scripts: `name; name = name; name`.
IN_TWO_SCRIPTS = (Path(__file__).parent / "attendees.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("lists", IN_TWO_SCRIPTS)
def test_names_that_are_the_same_in_two_scripts_are_passed_in_silence(lists: str) -> None:
    ours, _, theirs = lists.partition(" = ")
    assert of_names(ours, theirs, ";") == []


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("Черчилль; Рузвельт; Сталин; Переводчик", "Churchill; Roosevelt; Molotov; Interpreter", ["Molotov"]),
        (
            "тов. Гротеволь; тов. Ульбрихт; тов. Жданов",
            "Genosse Grotewohl; Ulbricht; Genosse Berija",
            ["Genosse Berija"],
        ),
        ("Хо Ши Мин; Фам Ван Донг; Во Нгуен Зиап", "Ho Chi Minh; Pham Van Dong; Le Duan", ["Le Duan"]),
        ("Мария; Пётр; Ольга; Ключница", "Maria; Pyotr; Olga; Housekeeper", []),  # what she is, not her name
        ("Сталин; Жданов", "Stalin; Beria", []),  # one name says too little
        ("毛泽东; 周恩来; 王稼祥", "Mao Zedong; Zhou Enlai; Beria", []),  # of this script the sounds are not known
    ],
)
def test_one_person_for_another_is_told_where_names_can_be_heard(ours: str, theirs: str, told: list[str]) -> None:
    diagnostics = of_names(ours, theirs, ";")
    assert [each.message.partition('"')[2].partition('"')[0] for each in diagnostics] == told
    assert {each.severity for each in diagnostics} <= {Severity.WARNING}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Молотов; тт. Рощин и Федоренко", "Molotov; Roshchin; Fedorenko"),
        ("Молотов; Маленков; Вышинский", "Molotov and Malenkov; Vyshinskii"),
        ("Молотов, Маленков; Вышинский, Рощин", "Molotov; Malenkov; Vyshinskii; Roshchin"),
        ("Молотов, министр; Сталин, председатель", "Molotov, minister; Stalin, chairman"),
        ("Молотов, заместитель Сталина; Сталин", "Molotov, Stalin's deputy; Stalin"),
    ],
)
def test_several_names_in_one_entry_are_several_attendees(ours: str, theirs: str) -> None:
    assert of_names(ours, theirs, ";") == []
    (finding,) = of_names(ours, theirs + "; Mikoyan", ";")
    assert "Mikoyan" in finding.message or "entries" in finding.message


@given(*[st.lists(st.lists(st.sampled_from((*LISTED, "", ",", " and ")), max_size=4).map(",".join), max_size=6)] * 2)
def test_an_entry_is_divided_into_the_names_in_it(ours: list[str], theirs: list[str]) -> None:
    for label, names in zip(ours, divided(ours, theirs), strict=True):
        assert names == [label] or (names and all(name and name in label for name in names))


def test_two_interpreters_are_no_one_twice() -> None:
    assert of_names(_NAMES + ", Переводчик, Переводчик", _IN_ENGLISH + ", Interpreter, Interpreter") == []


def test_who_may_be_an_entry_that_points_at_nobody_is_doubtful() -> None:
    ours, theirs = replace(original(SIZE), present=()), replace(translation(translated(SIZE)), present=())
    diagnostics = [each for each in found(unnamed(ours, 1), unnamed(theirs, 1)) if each.rule.code == "ATT104"]
    assert [each.severity for each in diagnostics] == [Severity.WARNING] * 2


@pytest.mark.parametrize("whose", ["original", "translation"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_list_that_is_missing_or_empty(whose: str, empty: bool) -> None:
    texts = {"original": original(SIZE), "translation": translation(translated(SIZE))}
    place = Location(texts[whose].path, 1000)
    texts[whose] = replace(texts[whose], attendance=Attendance((), place) if empty else None)
    (finding,) = found(texts["original"], texts["translation"])
    assert (finding.rule.code, finding.location.path) == ("ATT107", texts[whose].path)
    assert finding.related[0].location.line == 1000


@pytest.mark.parametrize(
    ("element", "entry", "whole"),
    [
        ("list", '<item><persName ref="persons.xml#mao">', '<list type="attendees"> with an <item>'),
        ("listPerson", '<person sameAs="persons.xml#mao">', '<listPerson type="attendees"> with a <person>'),
        ("castList", '<castItem><role sameAs="persons.xml#mao">', "<castList> with a <castItem>"),
    ],
)
def test_hints_ask_for_the_elements_of_the_list(element: str, entry: str, whole: str) -> None:
    def in_this(text: Text) -> Text:
        return replace(text, attendance=replace(text.attendance, element=element)) if text.attendance else text

    def hint(ours: Text, theirs: Text) -> str:
        (finding,) = found(in_this(ours), in_this(theirs))
        return finding.hint

    theirs = translation(translated(SIZE), ("molotov", "malenkov", "zhou", "chen"))
    assert hint(original(SIZE), theirs) == f"add {entry} after Malenkov"
    assert hint(original(SIZE), replace(theirs, attendance=None)) == f"add {whole} for each person"


@pytest.mark.parametrize("words", ["see page 4", "См. стр. 4", "p. 4", "(vgl. Anwesenheitsliste)"])
def test_a_list_that_only_says_where_to_look(words: str) -> None:
    place = Location("en.xml", 1000)
    listing = Attendance((Attendee(None, words, place),), place)
    ours, theirs = original(SIZE), replace(translation(translated(SIZE)), attendance=listing)
    (finding,) = found(ours, theirs)
    assert (finding.rule.code, finding.message) == ("ATT107", f'the attendee list has only "{words}"')


def own(text: Text, suffix: str, *names: str) -> Text:
    """The text with persons of its own file, in turns and in a list of these names."""

    def key(person: str) -> str:
        return f"{text.path}#{person.rpartition('#')[2]}{suffix}"

    turns = [replace(turn, who=tuple(map(key, turn.who))) for turn in text.turns]
    entries = tuple(Attendee(key(name), name, Location(text.path, 1000)) for name in names)
    return replace(text, turns=tuple(turns), attendance=Attendance(entries, Location(text.path, 1000)), present=())


EVERYBODY = ("stalin", "mao", "molotov", "zhou", "chen", "malenkov")


def test_lists_of_persons_of_their_own_agree_by_those_who_speak() -> None:
    ours, theirs = own(original(SIZE), "-ru", *EVERYBODY), translation(translated(SIZE))
    assert found(ours, own(theirs, "-en", *EVERYBODY)) == []
    (finding,) = found(ours, own(theirs, "-en", *(name for name in EVERYBODY if name != "mao")))
    assert finding.message == "mao is an attendee in the original, not in the translation"
    (finding,) = found(ours, own(theirs, "-en", *EVERYBODY[:-1]))
    assert finding.message == "malenkov is an attendee in the original, not in the translation"


def test_lists_of_strangers_can_only_be_counted() -> None:
    ours, theirs = own(original(SIZE), "-ru", "chen", "malenkov"), translation(translated(SIZE))
    silent = replace(own(theirs, "-en", "chen", "malenkov"), present=())
    counted = [each for each in found(ours, silent) if each.rule.code == "ATT101"]
    assert counted == []
    (finding,) = [each for each in found(ours, own(theirs, "-en", "chen")) if each.rule.code == "ATT101"]
    assert finding.message == "the attendee list has 1 entries, that of the original 2"


def test_texts_without_lists_are_passed_in_silence() -> None:
    assert found(text("ru.xml", original(SIZE).turns), translation(translated(SIZE), ())) == []


def declared(whole: Text, *names: str) -> Text:
    """The text without a list, whose header declares these present."""
    present = tuple(Attendee(f"persons.xml#{name}", name, Location(whole.path, n)) for n, name in enumerate(names, 5))
    return replace(whole, attendance=None, present=present)


SPEAKING = ("stalin", "mao", "zhou", "molotov")


def in_headers(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    pair = declared(original(SIZE), *ours), declared(translation(translated(SIZE)), *theirs)
    return [each.message for each in found(*pair)]


def test_headers_are_compared_where_neither_text_has_a_list() -> None:
    assert in_headers((*SPEAKING, "chen"), SPEAKING) == [
        "Chen is an attendee in the original, not in the translation"
    ]


def test_the_order_of_a_header_says_nothing() -> None:
    assert in_headers(SPEAKING, SPEAKING[::-1]) == []


def test_headers_that_speak_of_other_people_are_passed_in_silence() -> None:
    assert in_headers(SPEAKING, ("chen", "malenkov")) == []
    assert in_headers(("chen",), ()) == []


def test_who_speaks_is_declared_where_a_header_declares_most() -> None:
    assert in_headers(SPEAKING[:3], SPEAKING[:3]) == [
        f"{name} speaks, but is neither in the attendee list nor declared present" for name in ("Molotov", "Molotov")
    ]
    assert in_headers(("stalin",), ("stalin",)) == []


def test_persons_that_a_header_declares_without_a_key_are_nobody_twice() -> None:
    ours, theirs = declared(original(SIZE), *SPEAKING[:3]), declared(translation(translated(SIZE)), *SPEAKING[:3])
    unkeyed = [
        replace(each, present=(*each.present, *(Attendee(None, name, Location(each.path, 9)) for name in ("A", "B"))))
        for each in (ours, theirs)
    ]
    assert found(*unkeyed) == []  # nor is it known whether Molotov, who speaks, is A


def test_many_who_are_silent_are_not_all_named() -> None:
    names = (*SPEAKING, *(f"x{n}" for n in range(100)))
    pair = declared(original(SIZE), *names), declared(translation(translated(SIZE)), *names)
    (note,) = compare(Edition(*pair, PERSONS))
    assert note.message.startswith("100 of 104 attendees never speak: x0, x1,")
    assert note.message.endswith("x29 and 70 more")


def test_a_translation_may_point_at_the_persons_of_its_original() -> None:
    def moved(whole: Text) -> Text:
        turns = [replace(each, who=(f"ru.xml#{each.who[0].partition('#')[2]}",)) for each in whole.turns]
        entries = [replace(each, person=f"ru.xml#{each.label}") for each in _entries(whole)]
        return replace(whole, turns=tuple(turns), attendance=Attendance(tuple(entries), Location(whole.path, 1000)))

    names = (*SPEAKING, "chen", "malenkov")
    both = moved(original(SIZE, names)), moved(translation(translated(SIZE), names))
    assert found(*both) == []


def test_an_attendee_whose_key_the_turns_of_another_have_is_still_himself() -> None:
    """Malenkov, who is silent, has his entry in both lists, whatever the turns of Mao say."""
    turns = [
        replace(each, who=("persons.xml#malenkov",)) if each.who == ("persons.xml#mao",) else each
        for each in translated(SIZE)
    ]
    (finding,) = found(original(SIZE), translation(turns))
    assert finding.rule.code == "TRN307"


def test_headers_that_each_have_their_own_persons_are_counted() -> None:
    """In whatever order: who speaks seldom cannot be told by the turns."""

    def own(whole: Text, suffix: str, *names: str) -> Text:
        present = tuple(Attendee(f"{whole.path}#{name}{suffix}", name, Location(whole.path, 5)) for name in names)
        turns = [
            replace(each, who=(f"{whole.path}#{each.who[0].partition('#')[2]}{suffix}",)) for each in whole.turns
        ]
        return replace(whole, turns=tuple(turns), attendance=None, present=present)

    ours, theirs = original(SIZE), translation(translated(SIZE))
    same = own(ours, "", *SPEAKING, "chen", "li"), own(theirs, "2", "li", "chen", *SPEAKING[::-1])
    assert found(*same) == []
    (finding,) = found(own(ours, "", *SPEAKING, "chen"), own(theirs, "2", *SPEAKING))
    assert (finding.rule.code, finding.severity) == ("ATT101", Severity.WARNING)
    assert finding.message == "the header declares 4 persons, that of the original 5"


def in_lists(text: Text, *lists: str) -> Text:
    """The text with these lists of attendees, each by names and commas."""
    entries = tuple(
        Attendee(person(name), name, Location(text.path, 1000 + 10 * part + n), part)
        for part, names in enumerate(lists)
        for n, name in enumerate(names.split())
    )
    return replace(text, attendance=Attendance(entries, Location(text.path, 999)))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (("molotov malenkov", "mao zhou chen"), ("molotov malenkov", "mao zhou chen"), []),
        (("molotov malenkov", "mao zhou chen"), ("molotov malenkov mao zhou chen",), []),
        (("molotov malenkov mao zhou chen",), ("molotov malenkov", "mao zhou chen"), []),
        (
            ("molotov malenkov", "mao zhou chen"),
            ("molotov malenkov", "mao chen"),
            ["Zhou is an attendee in the original, not in the translation"],
        ),
        (
            ("molotov malenkov", "mao zhou chen"),
            ("molotov", "malenkov mao zhou chen"),
            ["Malenkov stands in list 2 of the attendees, in the original in list 1"],
        ),
        (
            ("molotov malenkov mao", "malenkov mao zhou chen"),
            ("molotov malenkov mao", "mao zhou chen"),
            ["Malenkov is an attendee in the original, not in the translation"],
        ),
        (("molotov malenkov mao", "mao zhou chen"), ("molotov malenkov mao", "mao zhou chen"), []),
        (("molotov malenkov mao", "mao zhou chen"), ("molotov malenkov mao zhou chen",), []),
        (
            ("molotov malenkov", "mao zhou chen"),
            ("molotov malenkov molotov", "mao zhou chen"),
            ["Molotov is in the attendee list twice"],
        ),
    ],
)
def test_several_lists_are_the_attendees(ours: tuple[str, ...], theirs: tuple[str, ...], expected: list[str]) -> None:
    texts = in_lists(original(SIZE), *ours), in_lists(translation(translated(SIZE)), *theirs)
    assert [each.message for each in found(*texts)] == expected


@pytest.mark.parametrize(
    "theirs", ["Present, Chairman", "See the list attached", "Список прилагается", "Siehe Anlage 3"]
)
def test_a_list_that_says_where_to_look_is_none(theirs: str) -> None:
    whole = translation(translated(SIZE))
    place = Location(whole.path, 7)
    listing = Attendance((Attendee(None, theirs, place),), place)
    raised = [each.rule.code for each in found(original(SIZE), replace(whole, attendance=listing))]
    assert ("ATT107" in raised) == ("Present" not in theirs)


def _by_sides(*lists: list[str]) -> Attendance:
    entries = [
        Attendee(None, name, Location("list.xml", 1000 + part), part)
        for part, each in enumerate(lists)
        for name in each
    ]
    return Attendance(tuple(entries), Location("list.xml", 1000))


def test_who_is_moved_to_the_list_of_the_other_side_is_told_by_name_too() -> None:
    ours = replace(original(SIZE), attendance=_by_sides(["Сталин", "Молотов"], ["Черчилль", "Иден"]))
    whole = translation(translated(SIZE))
    for lists, told in (
        ((["Stalin", "Molotov"], ["Churchill", "Eden"]), []),
        ((["Stalin"], ["Molotov", "Churchill", "Eden"]), ["Molotov"]),
        ((["Stalin", "Molotov", "Churchill", "Eden"],), []),  # one list for both
    ):
        theirs = replace(whole, attendance=_by_sides(*lists))
        moved = [each for each in found(ours, theirs) if each.rule.code == "ATT102"]
        assert [each.message.split()[0].strip('"') for each in moved] == told
        assert all(each.severity is Severity.WARNING for each in moved)
