"""TRN102 and TRN104 to TRN107: the two texts as wholes: in which languages, whether they are one text at all, and
whether the translation says that it is one of this original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from edition.diagnostics import Location, Related, Severity
from edition.model import Text, Turn
from edition.parity.brief import have_nothing_in_common
from edition.parity.comparison import Comparison
from edition.parity.meant import as_meant, units_without_file
from edition.parity.pairing import astray
from edition.parity.scripts import script_of
from edition.rules import Finding, rule
from edition.tei.pointers import point

# Languages that are all but always written in one script; of the others nothing is said.
_WRITTEN = {
    "LATIN": "en de fr es it pt nl sv da no nb nn fi pl cs sk hu ro la et lv lt tr is ga cy ca",
    "CYRILLIC": "ru uk be bg mk",
    "GREEK": "el grc",
    "HEBREW": "he",
    "ARABIC": "ar fa ur",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "CJK": "zh",
}
_SCRIPTS = {language: script for script, languages in _WRITTEN.items() for language in languages.split()}


@rule("TRN102", "same-language", Severity.WARNING)
def same_language(comparison: Comparison) -> Iterator[Finding]:
    """Original and translation are in different languages, as `xml:lang` says and as their words show.

    Two files in one language are mostly the same file twice, or one of them says the wrong language; hyphenation and
    quotation marks of the print then go wrong with it.

    Wrong: `<text xml:lang="ru">` in the translation into English

    Right: `<text xml:lang="en">`
    """
    ours, theirs = (_stated_language(text) for text in (comparison.original, comparison.translation))
    if comparison.is_one_text_twice:
        yield Finding(
            "original and translation say the same words in most turns, so these are not in two languages",
            Location(comparison.translation.path, 1),
            hint="compare an original with its translation",
            related=(Related(Location(comparison.original.path, 1), "the original"),),
        )
    elif ours and ours == theirs and not _misstated(comparison.original) and not _misstated(comparison.translation):
        yield Finding(
            f"original and translation are both in {comparison.translation.language}",
            Location(comparison.translation.path, 1),
            hint="compare an original with its translation, or correct xml:lang",
            related=(
                Related(Location(comparison.original.path, 1), f"the original, in {comparison.original.language}"),
            ),
        )


@rule("TRN104", "language-misstated", Severity.WARNING)
def language_misstated(comparison: Comparison) -> Iterator[Finding]:
    """The text is written in the script of the language that `xml:lang` says.

    Mostly the header of another file was copied. Fonts, hyphenation and screen readers follow `xml:lang`, and so do
    the rules that read numbers and dates.

    Wrong: `<text xml:lang="en">` around a text in Russian

    Right: `<text xml:lang="ru">`
    """
    for text in (comparison.original, comparison.translation):
        script = _misstated(text)
        if script:
            yield Finding(
                f"xml:lang says {text.language}, but the text is written in {script.capitalize()} letters",
                Location(text.path, 1),
                hint="correct xml:lang of text or TEI",
                related=(Related(text.turns[0].location, "the first turn"),),
            )


@rule("TRN105", "not-the-same-text", Severity.ERROR)
def not_the_same_text(comparison: Comparison) -> Iterator[Finding]:
    """The two files are one text in two languages.

    Two different texts, or versions that have little in common, would differ in nearly every turn; so nothing else is
    compared. Told by speakers and lengths, which in a translation go with those of the original, linked or not; of
    fewer than eight turns it is told only where no larger number and no name of one is in the other either, or where
    by their names others speak in nearly all of them. Who ignores this rule by its name has the two compared all the
    same.

    Wrong: `edition compare act1.ru.xml act2.en.xml`

    Right: `edition compare act1.ru.xml act1.en.xml`
    """
    if not comparison.pairing.same_text:
        ours, theirs, lost = comparison.original, comparison.translation, _astray(comparison)
        right = f"{_files(lost)}, into which its links lead" if lost else "the file that it translates"
        linked = ", though its turns are linked" if comparison.claimed else ""
        else_ = "ignore TRN105" if linked else "link its turns by corresp, or ignore TRN105"
        few = have_nothing_in_common(comparison)
        why = (
            "they have no number and no name in common"
            if few
            else "speakers and lengths of the turns do not go together"
        )
        yield Finding(
            f"this is no translation of {ours.path}{linked}: {why}",
            Location(theirs.path, 1),
            hint=f"compare {right}; if it is this one, {else_}",
            related=(Related(Location(ours.path, 1), f"{len(ours.turns)} turns here, {len(theirs.turns)} there"),),
        )


@rule("TRN106", "links-lead-elsewhere", Severity.WARNING)
def links_lead_elsewhere(comparison: Comparison) -> Iterator[Finding]:
    """The links of the translation lead into the original.

    A translation whose links all lead into another file was made from that one, or the original has a new name since.
    The two are compared all the same, by what the turns say.

    Wrong: `<sp corresp="draft.xml#t12">` in every turn, where the original is original.xml

    Right: `<sp corresp="original.xml#t12">`
    """
    lost = _astray(comparison)
    if not lost:
        return
    ours, first = comparison.original, lost[0].number - 1
    partner = comparison.match.originals.get(first)
    instead = "" if partner is None else f' in all turns, as in corresp="{comparison.pointer(ours.turns[partner])}"'
    file, of = _files(lost), f"{len(lost)} of {len(comparison.translation.turns)} turns"
    if file == ours.path:
        said, hint = f"the links name ids that no turn of {file} has", f"name those of {file}{instead}"
    else:
        said = f"no turn is linked to one of {ours.path}, the links lead into {file}"
        hint = f"compare it with {file} if it translates that; else name {ours.path}{instead}"
    yield Finding(
        f"{said}: {of}",
        lost[0].location,
        hint=hint,
        turn=lost[0].id,
        related=(Related(ours.turns[partner or 0].location, "in the original"),),
    )


@rule("TRN107", "link-names-no-file", Severity.WARNING)
def link_names_no_file(comparison: Comparison) -> Iterator[Finding]:
    """A link into the other text names its file.

    A pointer that begins with `#` leads into the file that it stands in. Where that has no such turn or paragraph and
    the other text has, the link is taken as it is meant; other programs will not find what it points at.

    Wrong: `<sp corresp="#t12">` in the translation, where t12 is a turn of original.xml

    Right: `<sp corresp="original.xml#t12">`
    """
    edition = comparison.edition
    if edition.translation is None:
        return
    for text, other in ((edition.original, edition.translation), (edition.translation, edition.original)):
        found = list(units_without_file(text, other))
        if not found:
            continue
        first, key = found[0]
        name, turn = key.rpartition("#")[2], other.turns_by_key.get(key)
        yield Finding(
            f"{_times(len(found), 'link')} to {other.path} without the name of that file, as in #{name}",
            first.location,
            hint=f"write {point(other.path, name, text.path)}, and so in all of them: # leads into the same file",
            turn=first.id if isinstance(first, Turn) else None,
            related=(Related(turn.location, f"{turn.title} of {other.path}"),) if turn else (),
        )


def _times(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def _astray(comparison: Comparison) -> tuple[Turn, ...]:
    """Turns as they stand in the file: those of the comparison are without such links."""
    translation = comparison.edition.translation
    return astray(comparison.original, as_meant(translation, comparison.original)) if translation else ()


def _files(lost: tuple[Turn, ...]) -> str:
    """The file that most of these turns point into."""
    paths = Counter(key.rpartition("#")[0] for turn in lost for key in turn.corresp)
    return paths.most_common(1)[0][0]


def _stated_language(text: Text) -> str:
    return (text.language or "").split("-")[0].lower()


def _misstated(text: Text) -> str:
    """The script of a text that cannot be in the language it says, or nothing."""
    expected = _SCRIPTS.get(_stated_language(text)) if "-" not in (text.language or "") else None
    found = script_of(paragraph.text for turn in text.turns for paragraph in turn.paragraphs)
    return found if expected and found and found != expected else ""


CHECKS = (same_language, language_misstated, links_lead_elsewhere, link_names_no_file)
