"""TRN2: every turn of the original has its one turn in the translation, and they stand in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from edition.diagnostics import Severity
from edition.model import Turn
from edition.parity.comparison import Comparison
from edition.rules import Finding, rule

LONG = 6  # turns in a row that are told as one finding


@rule("TRN201", "turn-not-translated", Severity.ERROR)
def turn_not_translated(comparison: Comparison) -> Iterator[Finding]:
    """Every turn of the original has a turn in the translation that points at it.

    A turn that was skipped is the commonest loss in a long text, and no reader of the translation can see it.

    Wrong: a translation in which e11 and e13 stand in a row, and nothing points at t12

    Right: `<sp xml:id="e12" corresp="original.xml#t12">` between them
    """
    for run in runs(comparison.match.only_original):
        if len(run) < LONG:
            yield from (_not_translated(comparison, here) for here in run)
        else:
            yield _many_not_translated(comparison, run)


def _not_translated(comparison: Comparison, here: int) -> Finding:
    turn, doubtful = comparison.original.turns[here], comparison.is_doubtful(here=here)
    return Finding(
        f"{comparison.called(turn)}{', or one near it,' if doubtful else ''} has no translation",
        comparison.place_of(here),
        hint=f"add {comparison.start_tag(here)} {comparison.between(here)}",
        turn=turn.id,
        related=(comparison.told(turn, " in the original"),),
        doubtful=doubtful,
    )


def _many_not_translated(comparison: Comparison, run: Sequence[int]) -> Finding:
    first, last = comparison.original.turns[run[0]], comparison.original.turns[run[-1]]
    return Finding(
        f"{len(run)} turns in a row have no translation: {comparison.called(first)} to {comparison.called(last)}",
        comparison.place_of(run[0]),
        hint=f"add them {comparison.between(run[0])}, or say that the translation is of a part",
        turn=first.id,
        related=(
            comparison.told(first, " is the first of them"),
            comparison.told(last, " is the last of them"),
        ),
        doubtful=comparison.is_doubtful(here=run[0]),
    )


@rule("TRN202", "turn-without-original", Severity.ERROR)
def turn_without_original(comparison: Comparison) -> Iterator[Finding]:
    """Every turn of the translation points at a turn of the original.

    A turn that points nowhere is either an addition, which a reader must be able to tell from the text, or it has
    lost its link, and then it cannot be printed beside what it translates.

    Wrong: `<sp xml:id="e12" who="persons.xml#mao">`

    Right: `<sp xml:id="e12" who="persons.xml#mao" corresp="original.xml#t12">`
    """
    for run in runs(each for each in comparison.match.only_translation if not _is_at_its_place(comparison, each)):
        if len(run) < LONG or comparison.linked:
            yield from (_without_original(comparison, there) for there in run)
        else:
            yield _many_without_original(comparison, run)


def _is_at_its_place(comparison: Comparison, there: int) -> bool:
    """Whether a passage whose number another has too stands where the passage of its number is wanted."""
    turn, guess = comparison.translation.turns[there], comparison.match.by_place.get(there)
    return guess is not None and turn.n != "" and turn.n == comparison.original.turns[guess].n and not turn.corresp


def _without_original(comparison: Comparison, there: int) -> Finding:
    match, turn = comparison.match, comparison.translation.turns[there]
    guess, before = match.by_place.get(there), match.original_before(there)
    near = comparison.original.turns[before or 0 if guess is None else guess]
    if turn.corresp:
        said = f"points at {comparison.pointer_to(turn.corresp[0])}, which is no turn of the original"
    elif comparison.linked and not turn.is_speech:
        other = "another passage has too" if _is_twice(comparison, turn) else "no passage of the original has"
        said = f"has a number that {other}"
    else:
        said = "points at no turn of the original" if comparison.linked else "answers to no turn of the original"
    if guess is not None and near.id is None:
        hint = f'write n="{near.n.rpartition(".")[2]}": {near.title} stands at this place and has no translation'
    elif guess is not None:
        hint = f'write corresp="{comparison.pointer(near)}": it stands at this place and has no translation'
    elif comparison.linked or turn.corresp:
        hint = "write corresp with the turn that it translates, or take it out if the original has no such turn"
    else:
        hint = "take it out, or add it to the original if that was cut; if it translates another turn, link the two"
    what = "" if guess is not None else " is what the original has before it" if before is not None else ""
    return Finding(
        f"{comparison.called(turn)} {said}",
        turn.location,
        hint=hint,
        turn=turn.id,
        related=(comparison.told(near, what or " in the original"),),
        doubtful=comparison.is_doubtful(there=there),
    )


def _is_twice(comparison: Comparison, turn: Turn) -> bool:
    return sum(each.n == turn.n for each in comparison.translation.turns) > 1


def _many_without_original(comparison: Comparison, run: Sequence[int]) -> Finding:
    first, last = comparison.translation.turns[run[0]], comparison.translation.turns[run[-1]]
    before = comparison.original.turns[comparison.match.original_before(run[0]) or 0]
    return Finding(
        f"{len(run)} turns in a row answer to no turn of the original: {comparison.called(first)} to "
        f"{comparison.called(last)}",
        first.location,
        hint="take them out, or add them to the original if that was cut",
        turn=first.id,
        related=(
            comparison.told(last, " is the last of them"),
            comparison.told(before, " is near them in the original"),
        ),
        doubtful=comparison.is_doubtful(there=run[0]),
    )


@rule("TRN203", "turn-translated-twice", Severity.ERROR)
def turn_translated_twice(comparison: Comparison) -> Iterator[Finding]:
    """No turn of the original is translated by two turns.

    Either one of the two links is wrong, or the translation has split a speech; on facing pages the second half
    stands beside nothing.

    Wrong: `<sp xml:id="e12" corresp="original.xml#t12">` and `<sp xml:id="e13" corresp="original.xml#t12">`

    Right: `<sp xml:id="e12" corresp="original.xml#t12">` and `<sp xml:id="e13" corresp="original.xml#t13">`
    """
    match = comparison.match
    for here, there in match.split:
        original, turn = comparison.original.turns[here], comparison.translation.turns[there]
        first = comparison.translation.turns[match.translations[here]]
        guess = match.by_place.get(there)
        if not comparison.linked and not turn.corresp:
            yield _divided(comparison, here, there)
            continue
        if guess is not None:
            pointer = comparison.pointer(comparison.original.turns[guess])
            hint = f'write corresp="{pointer}": it stands at this place and has no translation'
        else:
            hint = f"join it to {first.title}, or point it at the turn that it translates"
        yield Finding(
            f"{comparison.called(turn)} points at {original.title}, which {first.title} translates already",
            turn.location,
            hint=hint,
            turn=turn.id,
            related=(comparison.told(original, " in the original"), comparison.told(first, " translates it already")),
        )


def _divided(comparison: Comparison, here: int, there: int) -> Finding:
    original, turn = comparison.original.turns[here], comparison.translation.turns[there]
    first = comparison.translation.turns[comparison.match.translations[here]]
    return Finding(
        f"{comparison.called(turn)} goes on with {original.title}, which {first.title} begins to translate",
        turn.location,
        hint=f"join it to {first.title}",
        turn=turn.id,
        related=(comparison.told(original, " in the original"), comparison.told(first, " is its first part")),
        doubtful=comparison.is_doubtful(here=here, there=there),
    )


@rule("TRN204", "turn-out-of-order", Severity.ERROR)
def turn_out_of_order(comparison: Comparison) -> Iterator[Finding]:
    """The turns of the translation stand in the order of the original.

    An answer that stands before its question changes what was said. Reported are the fewest turns that must move, not
    every turn that follows.

    Wrong: e11, e13, e12, e14

    Right: e11, e12, e13, e14
    """
    for here, there in comparison.match.out_of_order:
        original, turn = comparison.original.turns[here], comparison.translation.turns[there]
        yield Finding(
            f"{comparison.called(turn)} stands at another place than its original {original.id or original.title}",
            turn.location,
            hint=f"move it {comparison.between(here)}" + (", or correct its corresp" if turn.corresp else ""),
            turn=turn.id,
            related=(comparison.told(original, " in the original"),),
            doubtful=comparison.is_doubtful(here=here, there=there),
        )


@rule("TRN205", "empty-turn", Severity.ERROR)
def empty_turn(comparison: Comparison) -> Iterator[Finding]:
    """A turn says something, unless its counterpart says nothing either.

    A turn without words is counted as translated though nothing of it is.

    Wrong: `<sp xml:id="e12" corresp="original.xml#t12"><speaker>Mao:</speaker><p/></sp>`

    Right: `<sp xml:id="e12" corresp="original.xml#t12"><speaker>Mao:</speaker><p>Agreed.</p></sp>`
    """
    sides = (
        (comparison.original.turns, comparison.translation.turns, comparison.match.translations),
        (comparison.translation.turns, comparison.original.turns, comparison.match.originals),
    )
    for turns, others, partners in sides:
        for position, turn in enumerate(turns):
            partner = others[partners[position]] if position in partners else None
            if turn.is_empty and not (partner and partner.is_empty):
                yield Finding(
                    f"{comparison.called(turn)} has no words",
                    turn.location,
                    hint="write what is said, or take the turn out of both texts",
                    turn=turn.id,
                    related=(comparison.told(partner, " has words"),) if partner else (),
                )


@rule("TRN206", "turns-merged", Severity.ERROR)
def turns_merged(comparison: Comparison) -> Iterator[Finding]:
    """No turn of the translation stands for two turns of the original.

    Who said which part can then no longer be told, and on facing pages the second turn stands beside nothing.

    Wrong: `<sp xml:id="e12" corresp="original.xml#t12 original.xml#t13">`

    Right: `<sp xml:id="e12" corresp="original.xml#t12">` and `<sp xml:id="e13" corresp="original.xml#t13">`
    """
    merged: dict[int, list[int]] = {}
    for here, there in comparison.match.merged:
        merged.setdefault(there, [comparison.match.originals[there]]).append(here)
    for there, positions in merged.items():
        turn = comparison.translation.turns[there]
        originals = [comparison.original.turns[here] for here in sorted(positions)]
        named = " and ".join(original.id or original.title for original in originals)
        verb = "points at" if turn.corresp or comparison.linked else "translates"
        yield Finding(
            f"{comparison.called(turn)} {verb} {len(originals)} turns of the original: {named}",
            turn.location,
            hint=f"divide it, one <{turn.element}> for each turn of the original"
            + (", or point it at the one that it translates" if verb == "points at" else ""),
            turn=turn.id,
            related=tuple(comparison.told(original, " in the original") for original in originals),
            doubtful=comparison.is_doubtful(there=there),
        )


@rule("TRN207", "links-shifted", Severity.ERROR)
def links_shifted(comparison: Comparison) -> Iterator[Finding]:
    """Links do not lead, one after the other, a turn too far or too few.

    So they do where numbers were filled in downwards and a turn was lost or added on the way. Told once for each such
    stretch, where speakers and lengths both show which turns are meant; all else is compared as if they were linked.

    Wrong: `<sp xml:id="e12" corresp="original.xml#t12">` where e12 translates t13, e13 t14, and so on

    Right: `<sp xml:id="e12" corresp="original.xml#t13">`, and so on
    """
    turns, written = comparison.original.turns, comparison.edition.translation
    for shift in comparison.pairing.shifted:
        first, last = (comparison.translation.turns[each] for each in (shift.first, shift.last))
        meant = turns[comparison.match.originals[shift.first]]
        led = comparison.pointer_to(written.turns[shift.first].corresp[0]) if written else ""
        many, far = abs(shift.by), "far on" if shift.by > 0 else "far back"
        yield Finding(
            f"the links of {shift.last - shift.first + 1} turns, {_short(first)} to {_short(last)}, lead {many} "
            f"turn{'s' * (many > 1)} too {far}: the first to {led}, though it translates {_short(meant)}",
            first.location,
            hint=f'write corresp="{comparison.pointer(meant)}" in the first, and so on to the last',
            turn=first.id,
            related=(
                comparison.told(meant, " is what the first translates"),
                comparison.told(last, " is the last of them"),
            ),
        )


def _short(turn: Turn) -> str:
    return turn.id or turn.title


def runs(positions: Iterable[int]) -> Iterator[list[int]]:
    """Positions that follow each other, together."""
    run: list[int] = []
    for position in positions:
        if run and position != run[-1] + 1:
            yield run
            run = []
        run.append(position)
    if run:
        yield run


CHECKS = (
    turn_not_translated,
    turn_without_original,
    turn_translated_twice,
    turn_out_of_order,
    empty_turn,
    turns_merged,
    links_shifted,
)
