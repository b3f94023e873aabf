"""Which turn of the translation answers to which turn of the original.

By the links that the files hold: `corresp` on either side, else the same xml:id, else the same number (TEI P5, 16.5.1
and 3.11.4). A pointer is meant, so its links are taken as they are, unless the two texts have nothing in common. Ids
and numbers may be counted anew in each file, so they are believed only where an alignment does not contradict them.
Without links the alignment is all there is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol

from edition.diagnostics import Basis
from edition.errors import EditionError
from edition.model import Text, Turn
from edition.parity.claims import Lengths, Speakers
from edition.parity.matching import Match, match
from edition.parity.meant import as_meant, relinked
from edition.parity.shifted import Shift, may_be_shifted, put_right, shifts
from edition.parity.voices import Spoken, Voice, answered, same_persons
from edition.parity.voices import person_in as person_in
from edition.tei.unfit import refusal

Targets = tuple[tuple[int, ...], ...]  # for each unit of the translation what it is linked to in the original

_STRETCH = 4  # turns in a row without a link were never linked; fewer have lost theirs
_HALF = 0.5
_BELIEVED = 0.97  # of the links by ids or numbers are what an alignment finds too
_CONVINCING = 0.9  # of the links that nothing contradicts
_SAME_TEXT = 0.4  # of the evidence that a perfect translation would give; two different texts reach a quarter
_NEARLY = 0.8  # of the turns of the longer text, in monologues that may be one text
_FEW = 8  # turns, about which nothing can be said
_MANY = 20  # turns, of which speakers alone say something


class Linked(Protocol):
    """What can be linked: turns and paragraphs."""

    @property
    def id(self) -> str | None: ...
    @property
    def key(self) -> str: ...
    @property
    def corresp(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Pairing:
    """Two texts and how their turns answer to each other.

    The voices say whose each turn is, both in terms of the original, so that equal voices are the same speaker.
    `doubtful` are positions in both texts at which an alignment is not certain; `same_text` is False where two texts
    have so little in common that comparing their turns says nothing. `shifted` links are taken as they are meant.
    """

    original: Text
    translation: Text
    original_voices: tuple[Voice, ...]
    translation_voices: tuple[Voice, ...]
    same_person: dict[str, str]
    match: Match
    basis: Basis
    doubtful: tuple[frozenset[int], frozenset[int]] = field(default=(frozenset(), frozenset()))
    same_text: bool = True
    shifted: tuple[Shift, ...] = ()


def pair(original: Text, translation: Text, *, believed: bool = False) -> Pairing:
    """Pair the turns of two texts, `believed` to be one text. Raises EditionError where nothing could be compared."""
    if original.path == translation.path:
        raise EditionError(f"{original.path}: original and translation are the same file", advice="name two files")
    for text in (original, translation):
        if not text.turns:
            raise refusal(text.path, is_tei=bool(text.frame or text.headings or text.header.title))
    if all(turn.is_empty for text in (original, translation) for turn in text.turns):
        raise EditionError(
            f"{original.path}, {translation.path}: no turn or passage has words, so nothing could be compared",
            advice="words in notes and stage directions are not compared; see what the passages hold",
        )
    original, translation = as_meant(original, translation), as_meant(translation, original)
    if astray(original, translation):
        # Their ids count still: it may be the original under the name that it had.
        by_id = _by_ids_alone(original, translation)
        return _without_pointers(original, _without_stray(original, translation), by_id)
    if not any(follow(original.turns, translation.turns, by_id=False)):
        return _without_pointers(original, translation, follow(original.turns, translation.turns))
    linked = _by_links(original, translation, follow(original.turns, translation.turns))
    if _are_strangers(linked):
        aligned = _by_alignment(original, translation)
        sure = aligned.basis.confidence
        if not aligned.same_text:
            found, by = (linked, "links") if believed else (aligned, "links and alignment")
            return replace(found, basis=Basis(by, sure))
    linked = _without_shifts(linked)
    if linked.match.lonely and _is_partly_linked(linked):
        return _by_alignment(original, translation, linked.match)
    return linked


def astray(original: Text, translation: Text) -> tuple[Turn, ...]:
    """Turns of the translation whose links lead into another file, where those of most do and none into the original.

    Of a few such links nothing is said: they may lead to pictures, or to another version.
    """
    if any(follow(original.turns, translation.turns, by_id=False)):
        return ()
    files = _other_files(original, translation)
    lost = [turn for turn in translation.turns if any(key.rpartition("#")[0] in files for key in turn.corresp)]
    return tuple(lost) if len(lost) > _HALF * len(translation.turns) else ()


def _other_files(original: Text, translation: Text) -> frozenset[str]:
    """The files that links of turns lead into. A URI with none of the original's ids may be a picture."""
    ids = frozenset(turn.id for turn in original.turns)
    parts = (key.rpartition("#") for turn in translation.turns for key in turn.corresp)
    return frozenset(
        path for path, sign, name in parts if sign and path != translation.path and (":" not in path or name in ids)
    )


def _without_stray(original: Text, translation: Text) -> Text:
    """The translation without the links that lead into other files."""
    files = _other_files(original, translation)
    return relinked(translation, lambda keys: tuple(key for key in keys if key.rpartition("#")[0] not in files))


def _is_partly_linked(linked: Pairing) -> bool:
    """Whether links are wanting because nobody has written them yet, and not because they were lost."""
    turns, free = linked.translation.turns, linked.match.homeless
    bare = [position in free and not turn.corresp for position, turn in enumerate(turns)]
    stretches = (sum(1 for _ in run) for is_bare, run in groupby(bare) if is_bare)
    return max(stretches, default=0) >= _STRETCH or sum(bare) > _HALF * len(turns)


def _without_pointers(original: Text, translation: Text, by_id: Targets) -> Pairing:
    """By ids or numbers, if there are any and they can be believed; else by alignment."""
    links = _by_number(original.turns, translation.turns, by_id)
    if sum(map(bool, links)) < _HALF * min(len(original.turns), len(translation.turns)):
        return _by_alignment(original, translation)
    linked = _by_links(original, translation, links)
    if not any(by_id):
        linked = replace(linked, basis=replace(linked.basis, by="numbers"))
    if _is_plain(linked) or _is_beyond_doubt(linked):
        return linked
    aligned = _by_alignment(original, translation)
    agreed = len({*linked.match.pairs} & {*aligned.match.pairs})
    if aligned.same_text and agreed < _BELIEVED * len(linked.match.pairs):
        return aligned
    return linked if agreed >= _BELIEVED * len(linked.match.pairs) or _lengths(linked).go_together else aligned


def _by_links(original: Text, translation: Text, links: Targets) -> Pairing:
    here, there = Spoken.of(original), Spoken.of(translation, original)
    single = [(targets[0], position) for position, targets in enumerate(links) if len(targets) == 1]
    theirs = answered(here, there, single)
    matched = match(here.voices, theirs, links)
    voices = [(here.voices[mine], theirs[other]) for mine, other in matched.pairs]
    sure = Lengths.of(original.turns, translation.turns, matched.pairs).borne_out(voices)
    same_person = same_persons(there.voices, theirs)
    return Pairing(original, translation, here.voices, theirs, same_person, matched, Basis("links", sure))


def _without_shifts(linked: Pairing) -> Pairing:
    """The same where links have slipped as they are meant."""
    original, translation = linked.original, linked.translation
    close = may_be_shifted(linked.original_voices, linked.translation_voices, linked.match.pairs)
    if not close and linked.basis.confidence >= _CONVINCING:
        return linked
    aligned = _by_alignment(original, translation)
    if not aligned.same_text:
        return linked
    voices = aligned.original_voices, aligned.translation_voices
    found = tuple(shifts((original, translation), voices, aligned.match))
    if not found:
        return linked
    translation = put_right(original, translation, found)
    return replace(_by_links(original, translation, follow(original.turns, translation.turns)), shifted=found)


def _by_alignment(original: Text, translation: Text, held: Match | None = None) -> Pairing:
    from edition.parity.aligned import align_texts

    here, there = Spoken.of(original), Spoken.of(translation, original)
    found = align_texts(here, there, held)
    few, many = sorted((len(original.turns), len(translation.turns)))
    nearly = not found.is_telling and few >= _NEARLY * many
    sure = found.confidence >= _SAME_TEXT
    basis = Basis("links and alignment" if held else "alignment", round(found.confidence, 2))
    doubtful_here, doubtful_there = found.doubtful
    if not held and not (sure and found.is_telling):  # which turn has no counterpart is a guess
        doubtful_here, doubtful_there = doubtful_here | found.match.lonely, doubtful_there | found.match.homeless
    return Pairing(
        original,
        translation,
        here.voices,
        found.translation_voices,
        same_persons(there.voices, found.translation_voices),
        found.match,
        basis,
        (doubtful_here, doubtful_there),
        same_text=bool(held) or few < _FEW or nearly or sure,
    )


def _is_plain(linked: Pairing) -> bool:
    """Whether every turn is linked, in order, to one of the same speaker and of a length that goes with its own."""
    match = linked.match
    whole = not (match.lonely or match.homeless or match.out_of_order or match.merged)
    agreeing = (
        linked.original_voices[here] in (linked.translation_voices[there], None)
        or linked.translation_voices[there] is None
        for here, there in match.pairs
    )
    return whole and all(agreeing) and (len(match.pairs) < _FEW or _lengths(linked).correlation > 0.8)


def _is_beyond_doubt(linked: Pairing) -> bool:
    """Whether there is nothing that could contradict the links: in verse that nobody speaks no line has a mark of its
    own, and an alignment would be a guess."""
    return not any(linked.original_voices) and _lengths(linked).are_even


def _are_strangers(linked: Pairing) -> bool:
    """Whether turns are linked that have nothing to do with each other.

    Told by lengths; where these do not show it by their speakers, or by all that an alignment looks at, the less
    surely the fewer turns there are, unless no label sounds like one of the other text. Of turns that are all about
    as long their speakers alone are asked; and of those of one length only if they are many, for nothing could vouch
    for them against a few slips.
    """
    lengths, pairs = _lengths(linked), linked.match.pairs
    if lengths.are_strangers or lengths.go_together or len(pairs) < _FEW:
        return lengths.are_strangers
    here, there = Spoken.of(linked.original), Spoken.of(linked.translation, linked.original)
    speakers = Speakers.of(here.voices, there.voices, pairs)
    if speakers.are_strangers and (len(pairs) >= _MANY or not lengths.are_equal):
        return True
    if lengths.are_even:
        return False
    from edition.parity.aligned import evidence_of

    evidence = evidence_of(here, there, pairs)
    few = evidence < _SAME_TEXT and here.shares_no_label(there)
    return few or evidence < _SAME_TEXT - 1 / math.sqrt(len(pairs))


def _lengths(linked: Pairing) -> Lengths:
    return Lengths.of(linked.original.turns, linked.translation.turns, linked.match.pairs)


def follow(original: Sequence[Linked], translation: Sequence[Linked], *, by_id: bool = True) -> Targets:
    """For each unit of the translation the positions in the original that it is linked to, in either direction.

    The same xml:id is a link for what has no pointer into the file of the original.
    """
    keys: dict[str, int] = {}
    ids: dict[str, int] = {}
    back: dict[str, list[int]] = {}
    for position, unit in enumerate(original):
        keys.setdefault(unit.key, position)
        if unit.id and by_id:
            ids.setdefault(unit.id, position)
        for key in unit.corresp:
            back.setdefault(key, []).append(position)

    home = frozenset(unit.key.rpartition("#")[0] for unit in original[:1])

    def targets(unit: Linked) -> tuple[int, ...]:
        found = [keys[key] for key in unit.corresp if key in keys] + back.get(unit.key, [])
        if not found and unit.id in ids and home.isdisjoint(key.rpartition("#")[0] for key in unit.corresp):
            found = [ids[unit.id]]
        return tuple(dict.fromkeys(found))

    return tuple(targets(unit) for unit in translation)


def _by_ids_alone(original: Text, translation: Text) -> Targets:
    """What the links would lead to if they named the file of the original."""
    ids = {turn.id: position for position, turn in enumerate(original.turns)}
    pointed = ([key.rpartition("#")[2] for key in turn.corresp] for turn in translation.turns)
    return tuple(tuple(ids[name] for name in names if name in ids) for names in pointed)


def _by_number(original: Sequence[Turn], translation: Sequence[Turn], links: Targets) -> Targets:
    """The links, and where there is none the turn of the same number, if no other turn has that."""
    ours, theirs = (Counter(turn.n for turn in turns if turn.n) for turns in (original, translation))
    numbered = {turn.n: position for position, turn in enumerate(original) if ours[turn.n] == 1}
    return tuple(
        found or ((numbered[turn.n],) if theirs[turn.n] == 1 and turn.n in numbered else ())
        for turn, found in zip(translation, links, strict=True)
    )
