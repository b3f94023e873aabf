"""Why a document is not valid, in an editor's words: a walk over it with what the schema declares.

All independent errors are found and no follow-on ones: every element is held to its own declaration, once. How the
walk goes on after a child that does not fit is told in `misfits`, what is wrong with attributes in `attributes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml import etree

from edition.schema.attributes import XSI, attribute_faults
from edition.schema.content import Model, State
from edition.schema.declarations import Declaration, Declarations, Type
from edition.schema.faults import Fault
from edition.schema.gaps import over
from edition.schema.guide import Guide, Refused, good_value, is_good
from edition.schema.meant import children_of, may_have
from edition.schema.misfits import children_faults
from edition.schema.parents import Held, declaration_of
from edition.schema.places import Spot
from edition.schema.rules import (
    BAD_VALUE,
    ELEMENT_MISSING,
    ELEMENT_NOT_ALLOWED,
    TEXT_NOT_ALLOWED,
)
from edition.schema.torn import together
from edition.schema.values import bad_word
from edition.schema.wording import is_slip, quoted
from edition.schema.wrapping import takers
from edition.tei.names import is_element
from edition.tei.shells import Shells, is_shell

_MAX_TRIED = 1_000  # names that an element may have been meant for
_A_LITTLE_ALIKE = 0.5  # likeness of two names whose elements have the same children
_DEEP = 8  # levels on which whole elements are asked for, so that none is looked through more often
_LARGE = 20  # nodes in an element that is asked for whole: a smaller one is sooner explained
_BLANK = " \t\n\r"  # a no-break space is text to XML


def explain(
    declarations: Declarations, root: etree._Element, refused: Refused = frozenset(), shells: Shells | None = None
) -> Iterator[Fault]:
    """The faults of a document, nearly in reading order.

    `refused` are values that are known to be bad; the others are judged here, as far as that takes no time. The
    `shells` of a large document stand for elements that are as their names are declared.
    """
    guide = Guide.to(declarations, root, refused, shells)
    declaration = declarations.roots.get(str(root.tag))
    if declaration is None:
        fault, declaration = _wrong_root(guide, root)
        yield fault
    pending = [] if declaration is None else [(Held(root, declaration), 1)]
    while pending:
        held, depth = pending.pop()
        if shells is not None:
            shells.open(held.element)
        children: list[Held] = []
        faults = list(_faults(guide, held.element, held.declaration, children))
        meant = _meant(guide, held, faults)
        if meant is not None:
            children.clear()
            faults = list(_faults(guide, held.element, meant, children))
            faults += [] if held.told else [_misnamed(guide, held.element, meant)]
        yield from faults
        pending.extend((child, depth + 1) for child in reversed(children) if not _is_sound(guide, child, depth))


def _is_sound(guide: Guide, held: Held, depth: int) -> bool:
    """Whether nothing is wrong in a child and all that is in it: if there are shells, it is one.

    Else it is asked, if it is large enough to ask at once.
    """
    if guide.shells is not None:
        is_own = held.declaration is guide.only(str(held.element.tag))  # by which it was found sound
        return is_own and not held.told and is_shell(held.element)
    if depth > _DEEP:
        return False
    large = next(islice(held.element.iter(), _LARGE, None), None) is not None
    return large and not held.told and held.declaration.takes(held.element)


def _wrong_root(guide: Guide, root: etree._Element) -> tuple[Fault, Declaration | None]:
    """A root element that the schema does not begin with, and what it is held to if it is a slip.

    Mostly the namespace is missing; then those below it lack it too.
    """
    name, roots = str(root.tag), guide.declarations.roots
    local, here = etree.QName(name).localname, etree.QName(name).namespace
    twin = next((other for other in roots if etree.QName(other).localname == local), None)
    if twin is not None:
        wanted = etree.QName(twin).namespace
        message = f"<{local}> is in {f'the namespace {here}' if here else 'no namespace'}"
        hint = (
            f'write <{local} xmlns="{wanted}">' if wanted else "the schema knows it in no namespace: take xmlns away"
        )
        return Fault(ELEMENT_NOT_ALLOWED, Spot(root), message, hint), None
    message = f"{guide.tag(name)} may not be the root of a document"
    near = guide.names.nearest(name, roots) or _root_of(guide, root)
    if near is None:
        hint = f"expected: {guide.some(guide.declarations.outermost or roots, like=name)}"
        return Fault(ELEMENT_NOT_ALLOWED, Spot(root), message, hint), None
    return Fault(ELEMENT_NOT_ALLOWED, Spot(root), message, guide.meant(near)), roots[near]


def _root_of(guide: Guide, root: etree._Element) -> str | None:
    """The root that may have the children of this one; of several, the one that is spelt a little alike."""
    children = children_of(root)
    able = [name for name, declaration in guide.declarations.roots.items() if may_have(declaration, children)]
    if not children or len(able) > 1:
        able = [name for name in able if is_slip(str(root.tag), name, alike=_A_LITTLE_ALIKE)]
    return able[0] if len(able) == 1 else None


def _meant(guide: Guide, held: Held, faults: list[Fault]) -> Declaration | None:
    """What an element must have been meant for whose attributes and contents are those of another.

    One by one they would be told as faults, and all are of the name. Where the name may stand, that is a guess: then
    only what the document has elsewhere is meant, or the one element whose children these can be, if it may not
    have most of them. Text alone that is astray says nothing of the name.
    """
    state, wrong = held.state, [fault.rule for fault in faults if fault.rule is not BAD_VALUE]
    if state is None or not wrong:
        return None
    is_doubtful = len(wrong) > 1 and set(wrong) != {TEXT_NOT_ALLOWED} and _has_names(held.element)
    if not held.told and not is_doubtful:
        return None
    names = sorted(state.names()[:_MAX_TRIED], key=lambda name: -guide.used[name])
    fitting = _fitting(guide, held, state, [name for name in names if held.told or guide.used[name]])
    sure = next(fitting, None)
    if sure is not None:
        return sure
    strangers = _strangers(guide, held)
    others = [name for name, _ in takers(guide, state, strangers[:2])] if strangers else []
    ways = list(islice(_fitting(guide, held, state, others), 2))
    return ways[0] if len(ways) == 1 else None


def _has_names(element: etree._Element) -> bool:
    """Whether more than text tells what an element is."""
    return bool(element.attrib) or any(map(is_element, element))


def _fitting(guide: Guide, held: Held, state: State, names: Iterable[str]) -> Iterator[Declaration]:
    for name in names:
        taken = state.step(name) if name != held.element.tag else None
        declaration = declaration_of(guide, taken[1], name) if taken else None
        if declaration is not None and _fits(guide, held.element, declaration):
            yield declaration


def _strangers(guide: Guide, held: Held) -> list[str]:
    """The children that an element may not have at all, if they are several, and more than those that it may."""
    content = _type(guide, held.element, held.declaration).content
    known = frozenset(content.names if content else ())
    children = children_of(held.element)
    strangers = [name for name in children if name not in known]
    return strangers if content and len(strangers) > max(1, len(children) - len(strangers)) else []


def _fits(guide: Guide, element: etree._Element, declaration: Declaration) -> bool:
    """Whether a declaration knows all names of an element's attributes and children, and takes them."""
    kind = _type(guide, element, declaration)
    if kind.content is None or any(name not in kind.attributes for name in element.attrib):
        return False
    known = all(child.tag in kind.content.names for child in element.iterchildren(etree.Element))
    return known and not any(True for _ in _element(guide, element, kind, []))


def _misnamed(guide: Guide, element: etree._Element, meant: Declaration) -> Fault:
    message = f"{guide.tag(str(element.tag))} may not have these attributes and contents"
    return Fault(ELEMENT_NOT_ALLOWED, Spot(element), message, guide.meant(meant.name))


def _faults(guide: Guide, element: etree._Element, declaration: Declaration, children: list[Held]) -> Iterator[Fault]:
    return _element(guide, element, _type(guide, element, declaration), children)


def _type(guide: Guide, element: etree._Element, declaration: Declaration) -> Type:
    """The type of an element: in XSD xsi:type may name another than the declaration does (part 1, 2.6.1)."""
    named, type_named = element.get(f"{XSI}type"), guide.declarations.type_named
    if named is None or type_named is None:
        return declaration.type_for(element)
    prefix, _, local = named.strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    name = f"{{{namespace}}}{local}" if namespace else local
    return type_named(name) or declaration.type


def _element(guide: Guide, element: etree._Element, kind: Type, children: list[Held]) -> Iterator[Fault]:
    """The faults of one element. Its children go to `children`, each with the declaration it is to be held to."""
    yield from attribute_faults(guide, element, kind)
    if guide.declarations.type_named and element.get(f"{XSI}nil", "").strip() in ("true", "1"):
        return
    if kind.values is not None:
        yield from _value(guide, element, kind)
    elif kind.content is not None:
        loose = [] if kind.mixed else list(_loose_text(guide, element, kind.content))
        faults = children_faults(guide, element, kind.content, children)
        if loose:  # what is missing is around the text
            others = [fault for fault in faults if fault.rule is not ELEMENT_MISSING]
            faults = iter(together(guide, element, kind.content, (loose, others)))
        yield from faults


def _value(guide: Guide, element: etree._Element, kind: Type) -> Iterator[Fault]:
    """An element that holds a value and no children (XSD part 1, 3.4.4, simple content)."""
    tag = guide.tag(str(element.tag))
    children = [child for child in element if is_element(child)]
    for child in children:
        message = f"{guide.tag(str(child.tag))} may not stand in {tag}, which holds text and no elements"
        yield Fault(ELEMENT_NOT_ALLOWED, Spot(child), message, "write its text alone")
    value = "".join(_texts(element))
    if children or kind.values is None:
        return
    if (element, "") in guide.refused or not is_good(kind.values, value, element):
        word, values = bad_word(kind.values, value)
        message = f"{quoted(word)} in {tag} is not valid" if value.strip() else f"{tag} is empty"
        yield Fault(BAD_VALUE, Spot(element), message, good_value(values, word, element))


def _loose_text(guide: Guide, element: etree._Element, model: Model) -> Iterator[Fault]:
    state, children = model.start, children_of(element)
    hints: dict[tuple[State, tuple[str, ...]], str] = {}  # by what comes before and after
    for number, text in enumerate(_texts(element)):
        taken = state.step(children[number - 1]) if number else None
        state = state if taken is None else taken[0]
        if text.strip(_BLANK):
            place = state, tuple(children[number : number + 1])
            if place not in hints:
                fitting = [name for name in model.names if over(state, [name, *place[1]])[1] is not None]
                hints[place] = _home_hint(guide, model, fitting)
            message = f"the text {quoted(text.strip(_BLANK))} may not stand directly in {guide.tag(str(element.tag))}"
            yield Fault(TEXT_NOT_ALLOWED, Spot(element, number), message, hints[place])


def _home_hint(guide: Guide, model: Model, fitting: Sequence[str]) -> str:
    """Where text can go: into what an element must have or what is in that, else into what it may have.

    Meant is first what is `fitting`: it may stand there, and what comes next may stand after it.
    """
    homes = [name for name in fitting if _holds_text(guide, name)]
    homes = homes or [name for name in model.names if _holds_text(guide, name)]
    needs = model.start.needs()
    if needs and needs[0] not in homes:
        declaration = guide.only(needs[0])
        content = None if declaration is None else declaration.type.content
        inner = [] if content is None else [name for name in content.start.needs() if _holds_text(guide, name)]
        if inner:
            return f"put it into {guide.some(inner)} in {guide.tag(needs[0])}"
    return f"put it into {guide.some(homes, needs)}" if homes else "take it away"


def _texts(element: etree._Element) -> list[str]:
    """The text of an element itself: before its first child, and after each child."""
    texts = [element.text or ""]
    for node in element:
        if is_element(node):
            texts.append(node.tail or "")
        else:
            texts[-1] += node.tail or ""
    return texts


def _holds_text(guide: Guide, name: str) -> bool:
    declaration = guide.only(name)
    return declaration is not None and (declaration.type.mixed or declaration.type.values is not None)
