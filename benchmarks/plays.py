"""Plays for benchmarks: made up or read from a folder, "translated" by a cipher, spoilt, and written as TEI.

The translation is none: its letters are exchanged for those of another alphabet, speakers get other names and ids,
and every turn becomes longer or shorter at random. What it shares with its original is what a translation shares
too: the order of speakers, lengths, figures, and signs such as question marks; no word could be recognised. It keeps
less of them than a translation does. In the record of this repository, Russian and English, all 66 turns have the
same question and exclamation marks, and lengths are spread by 0.14; here signs are left out and doubled with the
words that they stand at, and lengths are spread by 0.2.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from edition.errors import EditionError
from edition.tei import parse
from edition.tei.reading import Wanted, read_text

LENGTHS = 0.2  # spread of the logarithm of a translation's lengths around its original's
_CIPHER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "нопрстуфхцчшщыэюяабвгдежзи")
_SYLLABLES = ["ba", "do", "ke", "li", "mu", "na", "po", "ra", "se", "ti", "vo", "wen", "gar", "tus", "mol", "fi"]


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn: an id of its own, the speaker's id and label, the words, and the turn that it is linked to."""

    id: str
    who: str
    label: str
    words: str
    corresp: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """A play, and its cast, labels by id, in the order of appearance."""

    name: str
    language: str
    speeches: tuple[Speech, ...]
    cast: dict[str, str]

    @classmethod
    def of(cls, name: str, language: str, speeches: Iterable[Speech]) -> Play:
        whole = tuple(speeches)
        return cls(name, language, whole, {speech.who: speech.label for speech in whole})

    def write(self, file: Path, without: frozenset[str] = frozenset()) -> Path:
        """As TEI; `without` are members of the cast that its list leaves out."""
        cast = "".join(
            f"<person xml:id={quoteattr(who)}><persName>{escape(label)}</persName></person>\n"
            for who, label in self.cast.items()
            if who not in without
        )
        speeches = "".join(
            f"<sp xml:id={quoteattr(each.id)} who={quoteattr('#' + each.who)}{_link(each)}>"
            f"<speaker>{escape(each.label)}.</speaker>\n<p>{escape(each.words)}</p></sp>\n"
            for each in self.speeches
        )
        file.write_text(
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>\n<text xml:lang="{self.language}"><front>'
            f'<listPerson type="participants">\n{cast}</listPerson></front><body>\n{speeches}</body></text></TEI>\n',
            encoding="utf-8",
        )
        return file


def _link(speech: Speech) -> str:
    return f" corresp={quoteattr(speech.corresp)}" if speech.corresp else ""


def corpus(folder: Path) -> list[Play]:
    """The plays of a folder whose turns have speakers and words."""
    plays = []
    for file in sorted(folder.glob("*.xml")):
        try:
            text = read_text(parse.read(file, file.name), Wanted("sp", transcription=False))
        except (EditionError, ValueError):
            continue
        speeches = tuple(
            Speech(f"o{turn.number}", "-".join(key.rpartition("#")[2] for key in turn.who), turn.label, words)
            for turn in text.turns
            if turn.who and (words := " ".join(paragraph.text for paragraph in turn.paragraphs).strip())
        )
        plays += [Play.of(file.stem, text.language or "de", speeches)] if len(speeches) >= 60 else []
    return plays


def made_up(count: int, seed: int = 1) -> list[Play]:
    """Plays of scenes of two to six speakers, for where no corpus is at hand."""
    return [_made_up(f"made-up-{number}", random.Random(seed * 1000 + number)) for number in range(count)]


def _made_up(name: str, chance: random.Random) -> Play:
    cast = [_word(chance).capitalize() + str(number) for number in range(chance.randint(4, 16))]
    speeches: list[Speech] = []
    for _ in range(chance.randint(4, 10)):
        present = chance.sample(cast, min(len(cast), chance.randint(2, 6)))
        for _ in range(chance.randint(20, 60)):
            who = chance.choice([each for each in present if not speeches or each != speeches[-1].label])
            words = " ".join(_sentences(1 + int(math.exp(chance.gauss(2.2, 1))), chance))
            speeches.append(Speech(f"o{len(speeches) + 1}", who.lower(), who, words))
    return Play.of(name, "de", speeches)


def _sentences(words: int, chance: random.Random) -> Iterator[str]:
    """So many words in sentences of nine and less, which end as those of plays do: of six one asks, two exclaim."""
    while words > 0:
        count = min(words, chance.randint(3, 9))
        yield " ".join(_word(chance) for _ in range(count)).capitalize() + chance.choice("...!!?")
        words -= count


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 4)))


def translated(play: Play, chance: random.Random, lengths: float = LENGTHS) -> Play:
    """The cipher of a play. Ids are of no use: they are other ones, in no order. `lengths` are spread by so much."""
    numbers = chance.sample(range(10 * len(play.speeches)), len(play.speeches))
    names = {who: f"p{number}" for number, who in enumerate(chance.sample(list(play.cast), len(play.cast)))}
    labels = {who: _word(chance).translate(_CIPHER).capitalize() + str(n) for n, who in enumerate(play.cast)}
    return Play.of(
        play.name,
        "ru",
        (
            Speech(f"x{number}", names[each.who], labels[each.who], _in_cipher(each.words, chance, lengths))
            for number, each in zip(numbers, play.speeches, strict=True)
        ),
    )


def _in_cipher(words: str, chance: random.Random, lengths: float) -> str:
    """Each word in other letters; all of them longer or shorter, and some left out or doubled."""
    factor = math.exp(chance.gauss(0.05, lengths))
    found: list[str] = []
    for word in words.split():
        plain = "".join(each for each in word.casefold() if each.isascii()).translate(_CIPHER) or word
        figures = any(each.isdigit() for each in word)
        found += [plain] * (1 if figures else int(factor) + (chance.random() < factor % 1))
    return " ".join(found) or "да"


def long_play(plays: list[Play], size: int, chance: random.Random) -> Play:
    """As many turns as are asked for: scenes of all the plays, shuffled and repeated."""
    scenes = [
        [replace(each, who=f"{number}-{each.who}") for each in play.speeches[start : start + 60]]
        for number, play in enumerate(plays)
        for start in range(0, len(play.speeches), 60)
    ]
    speeches: list[Speech] = []
    while len(speeches) < size:
        chance.shuffle(scenes)
        speeches += [each for scene in scenes for each in scene]
    return Play.of("long", "de", (replace(each, id=f"o{n}") for n, each in enumerate(speeches[:size], 1)))


@dataclass(frozen=True, slots=True)
class Planted:
    """An error, and the findings that would name it: a code, and the id of the turn or None for any place."""

    kind: str
    findings: tuple[tuple[str, str | None], ...]


@dataclass
class Spoilt:
    """Two texts in the making, turn by turn, with the errors planted so far."""

    original: list[Speech]
    translation: list[Speech]
    planted: list[Planted]
    chance: random.Random

    def plant(self, kind: str, *findings: tuple[str, str | None]) -> None:
        self.planted.append(Planted(kind, findings))


def _drop(texts: Spoilt, here: int, there: int) -> None:
    texts.plant("drop", ("TRN201", texts.original[here].id))
    del texts.translation[there]


def _drop_scene(texts: Spoilt, here: int, there: int) -> None:
    count = texts.chance.randint(6, 12)
    # Where a long gap begins is a matter of one turn more or less, if the same person speaks at both its ends.
    texts.plant("drop many", *(("TRN201", each.id) for each in texts.original[here - 2 : here + 3]))
    del texts.translation[there : there + count]


def _insert(texts: Spoilt, here: int, there: int) -> None:
    words = texts.translation[texts.chance.randrange(len(texts.translation))].words
    beside = {texts.translation[there - 1].who, texts.translation[there].who}
    others = [each for each in texts.translation[max(there - 20, 0) : there + 20] if each.who not in beside]
    new = replace(texts.chance.choice(others or [texts.translation[there - 2]]), id=f"new{there}", words=words)
    texts.plant("insert", ("TRN202", new.id))
    texts.translation.insert(there, new)


def _swap(texts: Spoilt, here: int, there: int) -> None:
    first, second = texts.translation[there : there + 2]
    texts.plant("swap", ("TRN204", first.id), ("TRN204", second.id))
    texts.translation[there : there + 2] = second, first


def _merge(texts: Spoilt, here: int, there: int) -> None:
    first, second = texts.translation[there : there + 2]
    texts.plant("merge", ("TRN206", first.id))
    texts.translation[there : there + 2] = [replace(first, words=f"{first.words} {second.words}")]


def _split(texts: Spoilt, here: int, there: int) -> None:
    whole = texts.translation[there]
    words = whole.words.split()
    middle = len(words) // 2
    texts.plant("split", ("TRN203", f"{whole.id}b"))
    halves = (
        replace(whole, words=" ".join(words[:middle])),
        replace(whole, id=f"{whole.id}b", words=" ".join(words[middle:])),
    )
    texts.translation[there : there + 1] = halves


def _speaker(texts: Spoilt, here: int, there: int) -> None:
    turn = texts.translation[there]
    other = texts.chance.choice([each for each in texts.translation if each.who != turn.who])
    texts.plant("speaker", ("TRN301", turn.id))
    texts.translation[there] = replace(turn, who=other.who, label=other.label)


def _empty(texts: Spoilt, here: int, there: int) -> None:
    texts.plant("empty", ("TRN205", texts.translation[there].id))
    texts.translation[there] = replace(texts.translation[there], words="")


def _number(texts: Spoilt, here: int, there: int) -> None:
    ours, theirs = texts.original[here], texts.translation[there]
    figure = texts.chance.randint(21, 989)
    texts.plant("number", ("VAL201", ours.id), ("VAL201", theirs.id))
    texts.original[here] = replace(ours, words=f"{ours.words} {figure}")
    texts.translation[there] = replace(theirs, words=f"{theirs.words} {figure + 10}")


def _move(texts: Spoilt, here: int, there: int) -> None:
    moved = texts.translation.pop(there)
    texts.plant("move", ("TRN204", moved.id))
    texts.translation.insert(there + 5, moved)


Plant = Callable[[Spoilt, int, int], None]
PLANTS: tuple[Plant, ...] = (
    _drop, _insert, _swap, _merge, _split, _speaker, _number, _empty, _drop_scene, _move,
)  # fmt: skip
# What a plant needs to be an error that could be told at all.
_NEEDS: dict[Plant, Callable[[list[Speech], int], bool]] = {
    _split: lambda turns, at: len(turns[at].words) > 80,
    # A short turn at the end of a long one is within the spread of lengths.
    _merge: lambda turns, at: (
        turns[at].who != turns[at + 1].who and len(turns[at + 1].words) > max(40, len(turns[at].words) / 3)
    ),
    _insert: lambda turns, at: turns[at].who != turns[at - 2].who,
    _swap: lambda turns, at: turns[at].who != turns[at + 1].who,
    _move: lambda turns, at: len(turns[at].words) > 40,
    _drop: lambda turns, at: turns[at].who != turns[at + 1].who or len(turns[at].words) > 40,
    # Names are no help, so of whoever speaks less often nobody could know who he is.
    _speaker: lambda turns, at: sum(each.who == turns[at].who for each in turns) > 3,
}


EVERY = 25  # turns an error


def spoil(play: Play, translation: Play, chance: random.Random) -> tuple[Play, Play, list[Planted], frozenset[str]]:
    """Original, translation and the errors in it, and whom the list of the translation's cast lacks."""
    texts = Spoilt(list(play.speeches), list(translation.speeches), [], chance)
    kinds = list(PLANTS)
    chance.shuffle(kinds)
    # From the end, so that positions before are the same in both texts.
    for number, place in enumerate(range(len(play.speeches) - 40, 10, -EVERY)):
        plant, at = kinds[number % len(kinds)], place - chance.randrange(8)
        if at > 5 and _NEEDS.get(plant, _anywhere)(texts.original, at):
            plant(texts, at, at)
    speaking = [who for who in translation.cast if sum(each.who == who for each in texts.translation) > 5]
    gone = frozenset(chance.sample(speaking, 1)) if len(speaking) > 2 else frozenset()
    if gone:
        texts.plant("attendee", ("ATT101", None))
    ours = replace(play, speeches=tuple(texts.original))
    return ours, replace(translation, speeches=tuple(texts.translation)), texts.planted, gone


def _anywhere(turns: list[Speech], at: int) -> bool:
    return True
