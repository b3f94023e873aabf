"""The report as one page that needs nothing else: both texts side by side in step, each finding at its place.

It says all that it says without its script too; that only filters findings and goes from one to the next. Whatever
comes from files is escaped, and a policy in the page allows its own style and script and nothing else (CSP 3).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files

from edition import __version__
from edition.diagnostics import Diagnostic, Report, Severity
from edition.model import Attendance, Paragraph, Text, Turn
from edition.reports.excerpt import any_of, meant, quoted
from edition.reports.printable import printable
from edition.reports.text import summary
from edition.side_by_side import SideBySide, Step, Unit

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # as far as BCP 47 forms go


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A finding and its number on the page, by which others link to it."""

    number: int
    found: Diagnostic


def render(report: Report, beside: SideBySide | None = None) -> str:
    """The page. Without texts `beside` it, or for what stands in neither, findings are listed at its head."""
    steps = [beside.step_of(found) if beside else None for found in report.diagnostics]
    order = sorted(range(len(steps)), key=lambda n: (steps[n] is not None, steps[n] or 0, n))
    by_step: dict[int | None, list[_Numbered]] = {}
    for number, n in enumerate(order, 1):
        by_step.setdefault(steps[n], []).append(_Numbered(number, report.diagnostics[n]))
    last = len(steps)
    style, script = _own("page.css"), _own("page.js")
    title = _title(report, beside)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="generator" content="edition {__version__}">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *_head(report, beside, title),
            "<main>",
            *_elsewhere(by_step.get(None, []), last),
            *(_texts(beside, by_step, last) if beside else []),
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _own(name: str) -> str:
    return (files("edition.reports") / "page" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    style_hash, script_hash = (
        f"'sha256-{b64encode(sha256(own.encode()).digest()).decode()}'" for own in (style, script)
    )
    return (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; base-uri 'none'; form-action 'none'"
    )


def _safe(text: object) -> str:
    """Text from a file, for an element or an attribute in double quotes."""
    return escape(printable(str(text)))


def _title(report: Report, beside: SideBySide | None) -> str:
    if beside is None:
        return f"edition {report.command}"
    title = beside.original.header.title or beside.translation.header.title
    return _safe(title.value if title else f"{beside.original.path} and {beside.translation.path}")


# The head: what was found, and what to show of it


def _head(report: Report, beside: SideBySide | None, title: str) -> Iterator[str]:
    found = report.diagnostics
    if found:
        yield '<a class="skip" href="#f1">To the first finding</a>'
    yield f'<header>\n<h1>{title}</h1>\n<p class="summary">{_safe(summary(report))}</p>'
    if found:
        severities = Counter(each.severity for each in found)
        rules = Counter((each.rule.code, each.rule.name) for each in found)
        yield '<details class="filters" hidden>\n<summary>Choose findings</summary>\n<form>'
        yield "<fieldset><legend>Severity</legend>"
        yield from (
            _box("severity", each.label, each.label, severities[each])
            for each in sorted(Severity, reverse=True)
            if each in severities
        )
        yield "</fieldset>\n<fieldset><legend>Rule</legend>"
        yield from (_box("rule", code, f"{code} {name}", count) for (code, name), count in sorted(rules.items()))
        yield "</fieldset>\n<fieldset><legend>Page</legend>"
        if beside:
            yield '<label><input type="checkbox" id="only"> only turns with findings</label>'
        yield '<label><input type="checkbox" id="keys" checked> keys <kbd>n</kbd> and <kbd>p</kbd></label>'
        yield "</fieldset>\n</form>\n</details>"
    yield "</header>"
    if found:
        yield '<nav class="bar" aria-label="Findings" hidden>'
        yield '<button type="button" data-go="-1" aria-keyshortcuts="p">Previous <kbd>p</kbd></button>'
        yield '<button type="button" data-go="1" aria-keyshortcuts="n">Next <kbd>n</kbd></button>'
        yield '<span role="status" aria-live="polite"></span>\n</nav>'


def _box(kind: str, value: str, label: str, count: int) -> str:
    box = f'<input type="checkbox" data-kind="{kind}" value="{_safe(value)}" checked>'
    return f'<label>{box} {_safe(label)} <span class="count">{count}</span></label>'


def _elsewhere(found: Sequence[_Numbered], last: int) -> Iterator[str]:
    if found:
        yield '<section class="elsewhere">\n<h2>Findings that are not of one place in the texts</h2>'
        yield from _findings(found, last)
        yield "</section>"


# The texts


def _texts(beside: SideBySide, by_step: dict[int | None, list[_Numbered]], last: int) -> Iterator[str]:
    yield '<h2 class="unseen">The texts</h2>\n<div class="heads">'
    for name, text in (("Original", beside.original), ("Translation", beside.translation)):
        yield f'<p>{name}: <span class="path">{_safe(text.path)}</span></p>'
    yield '</div>\n<ol class="steps">'
    for number, step in enumerate(beside.steps):
        here = by_step.get(number, [])
        yield f'<li class="step{" found" if here else ""}">'
        yield from _side("original", step, beside.original, here)
        yield from _side("translation", step, beside.translation, here)
        yield from _findings(here, last)
        yield "</li>"
    yield "</ol>"


def _side(name: str, step: Step, text: Text, here: Sequence[_Numbered]) -> Iterator[str]:
    units = step.original if name == "original" else step.translation
    if not units:
        yield f'<div class="side {name} gap"><p>{_gap(name, step)}</p></div>'
        return
    language = text.language if _LANGUAGE.fullmatch(text.language or "") else ""
    yield f'<div class="side {name}" lang="{language}">'
    for unit in units:
        yield from _unit(name, unit, [each.found for each in here])
    yield "</div>"


def _gap(name: str, step: Step) -> str:
    """What to say where a text has nothing."""
    if step.elsewhere is None:
        return f"Nothing in the {name}"
    title = _safe(step.elsewhere.title)
    return f'In the {name}, {title} stands <a href="#{name}-{step.elsewhere.number}">at another place</a>'


def _unit(name: str, unit: Unit, here: Sequence[Diagnostic]) -> Iterator[str]:
    anchor = f' id="{name}-{unit.number}"' if isinstance(unit, Turn) else ""
    title = unit.id if isinstance(unit, Turn | Paragraph) else "attendees"
    line = "" if unit.location.line is None else f' <span class="line">line {unit.location.line}</span>'
    yield f'<p class="of"{anchor} lang="en"><span class="which">{name}</span> {_safe(title or "")}{line}</p>'
    match unit:
        case Attendance():
            yield '<ul class="attendees">'
            yield from (f'<li dir="auto">{_safe(entry.label)}</li>' for entry in unit.attendees)
            yield "</ul>"
        case Paragraph():
            yield f'<p class="said" dir="auto">{_words(unit.text, here)}</p>'
        case Turn():
            yield from _turn(unit, here)


def _turn(turn: Turn, here: Sequence[Diagnostic]) -> Iterator[str]:
    spoken_of = {number for found in here for number in meant(turn, found)}
    label = f'<b class="speaker">{_safe(turn.label)}</b> ' if turn.label else ""
    for number, paragraph in enumerate(turn.paragraphs):
        mark = " meant" if number in spoken_of else ""
        start = "" if number else label
        yield f'<p class="said{mark}" dir="auto">{start}{_words(paragraph.text, here)}</p>'
    if not turn.paragraphs:
        yield f'<p class="said" dir="auto">{label}</p>'


def _words(text: str, here: Iterable[Diagnostic]) -> str:
    """The text with the words marked that findings quote."""
    words = any_of([word for found in here for word in quoted(found)])
    pieces: list[str] = []
    end = 0
    for match in words.finditer(text):
        pieces += [_safe(text[end : match.start()]), f"<mark>{_safe(match[0])}</mark>"]
        end = match.end()
    return "".join(pieces) + _safe(text[end:])


# The findings


def _findings(found: Sequence[_Numbered], last: int) -> Iterator[str]:
    if not found:
        return
    yield '<ul class="findings">'
    for each in found:
        yield from _finding(each.number, each.found, last)
    yield "</ul>"


def _finding(number: int, found: Diagnostic, last: int) -> Iterator[str]:
    severity, rule = found.severity.label, found.rule
    kind = f'data-severity="{severity}" data-rule="{_safe(rule.code)}"'
    yield f'<li class="finding {severity}" id="f{number}" tabindex="-1" {kind}>'
    named = f'<span class="rule">{_safe(rule.code)} {_safe(rule.name)}</span>'
    yield f"<p><strong>{severity}</strong> {_safe(found.message)} {named}</p>"
    yield f'<p class="places">{_safe(found.location)}'
    yield from (f"<br>{_safe(other.location)}: {_safe(other.message)}" for other in found.related)
    yield "</p>"
    if found.hint:
        yield f'<p class="hint">Hint: {_safe(found.hint)}</p>'
    ways = [(number - 1, "previous"), (number + 1, "next")]
    links = [f'<a href="#f{to}">{name}</a>' for to, name in ways if 1 <= to <= last]
    yield f'<p class="ways">{number} of {last} {" ".join(links)}</p>\n</li>'
