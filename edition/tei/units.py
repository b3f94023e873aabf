"""What a text is divided into for comparing: speeches, or passages that are cited by number.

Editions of speech have `sp` or `u` (TEI P5, 7.2.2 and 8.3). Others are cited by numbers: divisions of the type
`textpart` or, finer, `p`, `ab` and `l` that have `n` (TEI P5, 3.11.4). A translation is not always divided as finely
as its original, so the choice looks at both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from edition.tei.names import local, tei
from edition.tei.words import PARAGRAPHS, TURNS, running_text, stands_in

AUTOMATIC = "auto"
SPEECHES = {"turns": TURNS, "sp": frozenset((tei("sp"),)), "u": frozenset((tei("u"),))}
_CITED = ("l", "ab", "p", "textpart")  # the finest first
KINDS = (AUTOMATIC, *SPEECHES, *reversed(_CITED))
_TEXT = frozenset((tei("text"),))
_WORKS = frozenset(("edition", "translation", "commentary"))
_ENOUGH = 0.5  # of the paragraphs of a text


Shares = Mapping[str, float]  # how much of a text is in units of a kind, from 0 to 1


def texts_of(root: etree._Element) -> list[etree._Element]:
    """The text of a file, or nothing; of a corpus all texts. What stands in another (group) is of that."""
    return [text for text in root.iter(*_TEXT) if not stands_in(text, _TEXT)]


def shares_of(texts: Sequence[etree._Element]) -> Shares:
    """How much is in units of each kind. Where there are speeches the others are not asked for."""
    if any(next(running_text(text, TURNS), None) is not None for text in texts):
        return {"turns": 1.0}
    return {kind: _share(texts, kind) for kind in _CITED}


def choose(texts: Sequence[Shares]) -> str:
    """The kind of unit that these texts have in common: speeches if there are any, else the finest that is cited.

    `turns` where nothing is found, so that what is missing is called by its name.
    """
    if not texts or any("turns" in shares for shares in texts):
        return "turns"
    for least in (_ENOUGH, 0.0):
        for kind in _CITED:
            if all(shares[kind] > least for shares in texts):
                return kind
    return "turns"


def unlike(texts: Sequence[Shares]) -> tuple[str, ...]:
    """The finest kind of unit that each of these texts has, where they have none in common; else nothing."""
    if choose(texts) != "turns" or any("turns" in shares for shares in texts):
        return ()
    kinds = tuple(next((kind for kind in _CITED if shares[kind]), "") for shares in texts)
    return kinds if all(kinds) else ()


def units_in(body: etree._Element, kind: str) -> list[etree._Element]:
    """The units of a kind, in reading order; a part that is not divided so finely is a unit itself."""
    if kind in SPEECHES:
        return list(running_text(body, SPEECHES[kind]))
    cited = [each for each in running_text(body, frozenset((tei("div"), tei(kind)))) if _is_cited(each)]
    holding = {parent for each in cited for parent in each.iterancestors()}
    return [each for each in cited if each not in holding]


def citation(unit: etree._Element) -> str:
    """The numbers that lead to a unit, outermost first: `1.2.3`. Empty if it has none of its own."""
    own = unit.get("n", "").strip()
    if not own:
        return ""
    above = [parent.get("n", "").strip() for parent in unit.iterancestors(tei("div")) if not _is_work(parent)]
    return ".".join([*(number for number in reversed(above) if number), own])


def _is_work(division: etree._Element) -> bool:
    """Whether a division is all of a text, and `n` its URN: edition, translation, commentary (CTS)."""
    return division.get("type") in _WORKS or division.get("n", "").strip().casefold().startswith("urn:")


def division(unit: etree._Element) -> str:
    """The divisions that a speech stands in, as far as they are numbered: `act 1/scene 2`."""
    parents = [parent for parent in unit.iterancestors(tei("div")) if parent.get("n") and not _is_work(parent)]
    return "/".join(f"{each.get('subtype') or each.get('type', '')} {each.get('n')}" for each in reversed(parents))


def is_speech(unit: etree._Element) -> bool:
    return local(unit) in ("sp", "u")


def _is_cited(element: etree._Element) -> bool:
    return bool(element.get("n")) and (element.tag != tei("div") or element.get("type") == "textpart")


def _share(texts: Sequence[etree._Element], kind: str) -> float:
    """How much of the texts is in units of a kind, counted in paragraphs."""
    found = (unit for text in texts for unit in units_in(text, kind))
    units = frozenset(unit for unit in found if kind in (local(unit), "textpart"))
    paragraphs = [each for text in texts for each in running_text(text, PARAGRAPHS)]
    inside = [each for each in paragraphs if each in units or not units.isdisjoint(each.iterancestors())]
    return len(inside) / len(paragraphs) if paragraphs else float(bool(units))
