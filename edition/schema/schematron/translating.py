"""A Schematron schema as one XSLT 3 stylesheet, which goes over a document once, whatever the number of patterns.

Each rule is a template for its context. All are of one mode, the first rule with the highest priority; each hands on
to the next one (`xsl:next-match`), and a rule of whose pattern another one has already matched the node does nothing:
that is Schematron's "first rule that matches" within a pattern, and "all patterns" beside each other (section 6.5 of
2016). The last template goes on to the children.

A finding is written as `<f n="number of the assertion">`, with its place (see `prologue`), which can be found again
in another tree of the file, with `<m>` for the message and `<h>` for each hint. `<e>` is an assertion that cannot be
evaluated, and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from edition.errors import EditionError, UsageError
from edition.schema.schematron import own, prologue
from edition.schema.schematron.names import SCH, XSL, place_of
from edition.schema.schematron.reading import Source
from edition.schema.schematron.structure import TOP_XSL
from edition.schema.schematron.stylesheet import Assertion, Stylesheet, attributes, words
from edition.schema.wording import listed, quoted

_VERSION = {"": "1.0", "xslt": "1.0", "xslt1": "1.0", "xpath": "1.0"} | dict.fromkeys(
    ("xslt2", "xslt3", "xpath2", "xpath3", "xpath31"), "3.0"
)
_FIRST = 10**9
_IS_THERE = "__ed:is-there(., $__ed:here)"


def translate(source: Source, phase: str) -> Stylesheet:
    """Raises UsageError for a phase or a query binding that is not there, EditionError for what is not allowed."""
    return _Translator(source, _active(source, phase)).stylesheet()


def _active(source: Source, phase: str) -> tuple[Sequence[etree._Element], etree._Element | None]:
    """The patterns of a phase (section 5.4.11), and the phase; all of them where none is named."""
    phases = {each.get("id", ""): each for each in source.root.iterchildren(f"{SCH}phase")}
    name = phase if phase not in ("", "#DEFAULT") else source.root.get("defaultPhase", "#ALL")
    if name == "#ALL":
        return source.patterns, None
    if name not in phases:
        known = listed(sorted(phases), "and") or "none"
        raise UsageError(f"{source.path}: there is no phase {quoted(name)}", advice=f"its phases: {known}")
    active = {each.get("pattern") for each in phases[name].iterchildren(f"{SCH}active")}
    return [pattern for pattern in source.patterns if pattern.get("id") in active], phases[name]


class _Translator:
    def __init__(self, source: Source, active: tuple[Sequence[etree._Element], etree._Element | None]) -> None:
        self._source = source
        self._patterns, self._phase = active
        self._renamed: dict[int, dict[str, str]] = {}  # variables, by the pattern that they are of
        self._names: dict[str, str] = {}  # those of the pattern that is translated now
        self._out = Stylesheet()
        root = source.root
        self._helps = {
            node.get("id", ""): node
            for group in root.iter(f"{SCH}diagnostics", f"{SCH}properties")
            for node in group.iterchildren(f"{SCH}diagnostic", f"{SCH}property")
        }
        binding = root.get("queryBinding", "").strip().lower()
        if binding not in _VERSION:
            known = "xslt, xslt2, xslt3, xpath2 and xpath3"
            raise EditionError(f"{place_of(root)}: the query binding {quoted(binding)} is not known", advice=known)
        self._version = _VERSION[binding]

    def stylesheet(self) -> Stylesheet:
        self._begin()
        self._global_lets()
        for node in self._source.root.iterchildren(*TOP_XSL):
            self._copy(node)
        for key in self._source.root.iterchildren(f"{SCH}key"):  # Schematron 1.5
            use, match = key.get("path") or key.get("use") or "", key.get("match") or key.get("context") or ""
            name = key.get("name", "")
            self._out.add(f"<xsl:key{attributes(name=name, match=match, use=use)}/>", place_of(key))
        own = [pattern for pattern in self._patterns if not pattern.get("documents")]
        passes = [own, *([pattern] for pattern in self._patterns if pattern.get("documents"))]
        for number, patterns in enumerate(passes):
            self._pass(f"__ed:pass-{number}", patterns)
        names = "".join(f'<xsl:call-template name="__ed:pass-{number}"/>' for number in range(len(passes)))
        # Over all templates that a schema may have for calls of its own.
        self._out.add(f'<xsl:template match="/" priority="{_FIRST}"><found>{names}</found></xsl:template>')
        self._out.add("</xsl:stylesheet>")
        return self._out

    def _pass(self, mode: str, patterns: Sequence[etree._Element]) -> None:
        """One pass for some patterns: over the document, or over those that a pattern names (section 5.4.9)."""
        self._out.add(f'<xsl:mode name="{mode}" on-no-match="shallow-skip"/>')
        self._out.add(f'<xsl:template name="{mode}">')
        select = "/"
        for pattern in patterns:
            if pattern.get("documents"):
                self._documents(pattern)
                select = f"__ed:document($__ed:named[{_IS_THERE}], $__ed:here)"
        self._out.add(f'<xsl:apply-templates mode="{mode}"{attributes(select=select)}/></xsl:template>')
        rules = [(pattern, rule) for pattern in patterns for rule in pattern.iterchildren(f"{SCH}rule")]
        crowded = {id(pattern) for pattern, count in Counter(map(_first, rules)).items() if count > 1}
        numbers = {id(pattern): number for number, pattern in enumerate(patterns, 1)}
        for number, (pattern, rule) in enumerate(rules):
            done = numbers[id(pattern)] if id(pattern) in crowded else 0
            head = f'<xsl:template mode="{mode}" priority="{len(rules) - number}"'
            self._rule(rule, pattern, head, done)
        self._end(mode, [rule.get("context", "") for _, rule in rules], forget=bool(crowded))

    def _documents(self, pattern: etree._Element) -> None:
        """The documents that a pattern names; one that cannot be read is a finding where its name stands."""
        out, place, self._names = self._out, place_of(pattern), self._renamed.get(id(pattern), {})
        named = self._xpath(pattern, pattern.get("documents", ""))
        number = len(out.assertions)
        out.assertions.append(Assertion(place, pattern.get("role", ""), pattern.get("see", "")))
        out.add('<xsl:variable name="__ed:here" select="/"/>', place)
        out.add(f'<xsl:variable name="__ed:named"{attributes(select=named)}/>', place)
        out.add(f'<xsl:for-each select="$__ed:named[not({_IS_THERE})]"><f n="{number}">', place)
        out.add('<xsl:sequence select="__ed:place(., $__ed:here)"/><m><xsl:value-of select="."/>')
        out.add(f" cannot be read, and the rules of {escape(place)} are for it</m>")
        out.add("<h>check its name; it must lie in the edition or in the folder of the schema</h></f></xsl:for-each>")

    def _begin(self) -> None:
        names = {"xs": "http://www.w3.org/2001/XMLSchema", "xsl": XSL.strip("{}")}
        names |= {each.get("prefix", ""): each.get("uri", "") for each in self._source.root.iterchildren(f"{SCH}ns")}
        names |= {"__ed": prologue.OURS, "__err": "http://www.w3.org/2005/xqt-errors"}
        declared = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in names.items())
        self._out.add(f'<xsl:stylesheet{declared} version="{self._version}" exclude-result-prefixes="#all">')
        self._out.add(prologue.TEXT)

    def _global_lets(self) -> None:
        """Those of the schema, the phase and the patterns. What two patterns call alike is two variables."""
        taken: set[str] = set()
        for scope in (self._source.root, self._phase, *self._patterns):
            if scope is None:
                continue
            names = self._renamed.setdefault(id(scope), {})
            for let in scope.iterchildren(f"{SCH}let"):
                name = let.get("name", "")
                if name in taken:
                    names[name] = f"{name}.{len(taken)}"
                self._names = names
                self._let(let, names.get(name, name))
                taken.add(names.get(name, name))
        self._names = {}

    def _let(self, let: etree._Element, name: str) -> None:
        given = attributes(name=name, **{"as": let.get("as", "")})
        value = let.get("value")
        if value is not None:
            select = self._xpath(let, value)
            self._out.add(f"<xsl:variable{given}{attributes(select=select)}/>", place_of(let))
        else:
            inside = "".join(
                (self._own_xslt(child) if isinstance(child.tag, str) else "") + escape(child.tail or "")
                for child in let
            )
            self._out.add(f"<xsl:variable{given}>{escape(let.text or '')}{inside}</xsl:variable>", place_of(let))

    def _copy(self, node: etree._Element) -> None:
        self._out.add(self._own_xslt(node), place_of(node))

    def _own_xslt(self, node: etree._Element) -> str:
        return own.xslt(node, self._names)

    def _xpath(self, node: etree._Element, expression: str) -> str:
        return own.xpath(node, expression, self._names)

    def _rule(self, rule: etree._Element, pattern: etree._Element, head: str, done: int) -> None:
        """`head` begins its template; `done` numbers the pattern, where another of its rules may have matched."""
        out, place, context = self._out, place_of(rule), rule.get("context", "")
        self._names = self._renamed.get(id(pattern), {})
        context = self._xpath(rule, context)
        out.add(f"{head}{attributes(match=context)}>", place)
        if done:
            out.add('<xsl:param name="__ed:done" as="item()*" select="()" tunnel="yes"/>', place)
            out.add(f'<xsl:if test="not($__ed:done = {done})">', place)
        for child in rule.iterchildren(etree.Element):
            if child.tag == f"{SCH}let":
                self._let(child, child.get("name", ""))
                self._names = {name: new for name, new in self._names.items() if name != child.get("name")}
            elif child.tag in (f"{SCH}assert", f"{SCH}report"):
                self._assertion(child, rule, pattern)
            elif child.tag in (f"{XSL}variable", f"{XSL}param"):
                self._copy(child)
        if done:
            more = f'<xsl:with-param name="__ed:done" select="($__ed:done, {done})" tunnel="yes"/>'
            out.add(f"</xsl:if><xsl:next-match>{more}</xsl:next-match></xsl:template>")
        else:
            out.add("<xsl:next-match/></xsl:template>")

    def _assertion(self, node: etree._Element, rule: etree._Element, pattern: etree._Element) -> None:
        out, place, test = self._out, place_of(node), node.get("test", "")
        test = self._xpath(node, test)
        chain = (node, rule, pattern)
        role = next((each.get(name, "") for each in chain for name in ("severity", "role") if each.get(name)), "")
        see = next((each.get("see", "") for each in chain if each.get("see")), "")
        subject = next((each.get("subject", "") for each in (node, rule) if each.get("subject")), "()")
        number = len(out.assertions)
        out.assertions.append(Assertion(place, role, see))
        failed = f"not({test})" if node.tag == f"{SCH}assert" else test
        out.add("<xsl:try>")
        out.add(f"<xsl:if{attributes(test=failed)}>", place)
        spot = f"__ed:place(({self._xpath(node, subject)}), .)"
        out.add(f'<f n="{number}"><xsl:sequence{attributes(select=spot)}/>', place)
        out.add(f"<m>{self._message(node)}</m>", place)
        for name in f"{node.get('diagnostics', '')} {node.get('properties', '')}".split():
            if name not in self._helps:
                raise EditionError(
                    f"{place}: there is no diagnostic or property {quoted(name)}", advice="check its id"
                )
            out.add(f"<h>{self._message(self._helps[name])}</h>", place_of(self._helps[name]))
        out.add("</f></xsl:if>", place)
        wrong = f'<e n="{number}"><xsl:value-of select="$__err:description"/></e>'
        out.add(f'<xsl:catch errors="*">{wrong}</xsl:catch></xsl:try>')

    def _message(self, node: etree._Element) -> str:
        """What a message says, on one line; its markup is left out, its words are kept."""
        parts = [words(node.text)]
        for child in node:
            if child.tag == f"{SCH}value-of":
                select = self._xpath(child, child.get("select", ""))
                parts.append(f"<xsl:value-of{attributes(select=select)}/>")
            elif child.tag == f"{SCH}name":
                named = f"name({child.get('path', '.')})"
                parts.append(f"<xsl:value-of{attributes(select=named)}/>")
            elif str(child.tag).startswith(XSL):
                parts.append(" ".join(self._own_xslt(child).split("\n")))
            elif isinstance(child.tag, str):
                parts.append(self._message(child))
            parts.append(words(child.tail))
        return "".join(parts)

    def _end(self, mode: str, contexts: Sequence[str], *, forget: bool) -> None:
        """Go on to the children, and to attributes, texts and the rest only where a rule may look at them."""
        bare = [_without_predicates(context) for context in contexts]
        kinds = ["*"]
        every = any(re.search(r"node\(|\$|\bkey\(|\bid\(|^\s*\.|\bitem\(", context) for context in bare)
        for kind, pattern in (
            ("@*", r"@|attribute"),
            ("text()", r"text\("),
            ("comment()", r"comment\("),
            ("processing-instruction()", r"processing-instruction"),
            ("namespace::node()", r"namespace"),
        ):
            if every or any(re.search(pattern, context) for context in bare):
                kinds.append(kind)
        reset = '<xsl:with-param name="__ed:done" select="()" tunnel="yes"/>' if forget else ""
        self._out.add(
            f'<xsl:template mode="{mode}" match="*|/" priority="0">'
            f'<xsl:apply-templates mode="{mode}" select="{" | ".join(kinds)}">{reset}</xsl:apply-templates>'
            "</xsl:template>"
        )


def _first(pair: tuple[etree._Element, etree._Element]) -> etree._Element:
    return pair[0]


def _without_predicates(pattern: str) -> str:
    """A context without strings and what stands in square brackets, innermost first."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", pattern)
    while True:
        shorter = re.sub(r"\[[^\[\]]*\]", "", bare)
        if shorter == bare:
            return bare
        bare = shorter
