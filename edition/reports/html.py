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

from edition import __version__
from edition.diagnostics import Diagnostic, Report, Severity
from edition.model import Attendance, Edition, Paragraph, Turn
from edition.reports.excerpt import meant
from edition.reports.printable import printable
from edition.reports.text import summary
from edition.side_by_side import SideBySide, Step, Unit, any_of, quoted

_WHOLE = 3_000  # steps up to which texts are shown whole
_AROUND = 10  # steps on both sides of a finding, where they are not
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # as far as BCP 47 forms go


@dataclass(frozen=True, slots=True)
class _Entry:
    """A finding on the page: its number, by which others link to it, and why it is accepted, if it is."""

    number: int
    found: Diagnostic
    reason: str = ""

    @property
    def kind(self) -> str:
        return "accepted" if self.reason else self.found.severity.label


_Entries = dict[int | None, list[_Entry]]  # by the number of their step, None for those of no place in the texts


def render(report: Report, beside: SideBySide | None = None) -> str:
    """The page. Without texts `beside` it, or for what stands in neither, findings are listed at its head."""
    entries = _entries(report, beside)
    everything = [entry for step in entries.values() for entry in step]
    last = len(everything)
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
            *_head(report, title),
            *(_choice(everything, with_texts=beside is not None) if everything else []),
            "</header>",
            *(_bar() if everything else []),
            "<main>",
            *_elsewhere(entries.get(None, []), last),
            *(_texts(beside, entries, last) if beside else []),
            "</main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _entries(report: Report, beside: SideBySide | None) -> _Entries:
    """All findings, the accepted ones too, numbered in the order in which they stand on the page."""
    found = [(each, "") for each in report.diagnostics]
    found += [(each.diagnostic, each.reason) for each in report.accepted]
    placed = [(beside.step_of(each) if beside else None, each, reason) for each, reason in found]
    placed.sort(key=lambda entry: (entry[0] is not None, entry[0] or 0, bool(entry[2]), entry[1].reading_order))
    entries: _Entries = {}
    for number, (step, each, reason) in enumerate(placed, 1):
        entries.setdefault(step, []).append(_Entry(number, each, reason))
    return entries


def _own(name: str) -> str:
    from importlib.resources import files  # which costs more than all else here, and only this form needs it

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


def _head(report: Report, title: str) -> Iterator[str]:
    if report.diagnostics or report.accepted:
        yield '<a class="skip" href="#f1">To the first finding</a>'
    yield f'<header>\n<h1>{title}</h1>\n<p class="summary">{_safe(summary(report))}</p>'
    for failed in report.failures:
        yield f'<p class="failure"><strong>not judged</strong> {_safe(failed.message)} {_safe(failed.advice)}</p>'


def _choice(entries: Sequence[_Entry], *, with_texts: bool) -> Iterator[str]:
    kinds = Counter(entry.kind for entry in entries)
    rules = Counter((entry.found.rule.code, entry.found.rule.name) for entry in entries)
    yield '<details class="filters" hidden>\n<summary>Choose findings</summary>\n<form>'
    yield "<fieldset><legend>Severity</legend>"
    yield from (_box("severity", kind, kind, kinds[kind]) for kind in _KINDS if kind in kinds)
    yield "</fieldset>\n<fieldset><legend>Rule</legend>"
    yield from (_box("rule", code, f"{code} {name}", count) for (code, name), count in sorted(rules.items()))
    yield "</fieldset>\n<fieldset><legend>Page</legend>"
    if with_texts:
        yield '<label><input type="checkbox" id="only"> only turns with findings</label>'
    yield '<label><input type="checkbox" id="keys" checked> keys <kbd>n</kbd> and <kbd>p</kbd></label>'
    yield "</fieldset>\n</form>\n</details>"


_KINDS = (*(severity.label for severity in sorted(Severity, reverse=True)), "accepted")


def _bar() -> Iterator[str]:
    yield '<nav class="bar" aria-label="Findings" hidden>'
    yield '<button type="button" data-go="-1" aria-keyshortcuts="p">Previous <kbd>p</kbd></button>'
    yield '<button type="button" data-go="1" aria-keyshortcuts="n">Next <kbd>n</kbd></button>'
    yield '<span role="status" aria-live="polite"></span>\n</nav>'


def _box(kind: str, value: str, label: str, count: int) -> str:
    box = f'<input type="checkbox" data-kind="{kind}" value="{_safe(value)}" checked>'
    return f'<label>{box} {_safe(label)} <span class="count">{count}</span></label>'


def _elsewhere(found: Sequence[_Entry], last: int) -> Iterator[str]:
    if found:
        yield '<section class="elsewhere">\n<h2>Findings that are not of one place in the texts</h2>'
        yield from _findings(found, last)
        yield "</section>"


# The texts


def _texts(beside: SideBySide, entries: _Entries, last: int) -> Iterator[str]:
    yield '<h2 class="unseen">The texts</h2>\n<div class="heads">'
    for name, text in (("Original", beside.original), ("Translation", beside.translation)):
        yield f'<p>{name}: <span class="path">{_safe(text.path)}</span></p>'
    yield '</div>\n<ol class="steps">'
    before = -1
    for number in _shown(beside, entries):
        step, here = beside.steps[number], entries.get(number, [])
        yield from _left_out(number - before - 1)
        before = number
        yield f'<li class="step{" found" if here else ""}">'
        yield from _side("original", step, beside, here)
        yield from _side("translation", step, beside, here)
        yield from _findings(here, last)
        yield "</li>"
    yield from _left_out(len(beside.steps) - before - 1)
    yield "</ol>"


def _shown(beside: SideBySide, entries: _Entries) -> Sequence[int]:
    """The steps to show: all, or of long texts those about the findings, and what these lead to."""
    last = len(beside.steps)
    if last <= _WHOLE:
        return range(last)
    with_findings = [number for number in entries if number is not None]
    aims = {id(turn) for number in with_findings if (turn := beside.steps[number].elsewhere)}
    led_to = (number for number, step in enumerate(beside.steps) for turn in step.turns if id(turn) in aims)
    return sorted(
        {
            near
            for number in (*with_findings, *led_to)
            for near in range(max(number - _AROUND, 0), min(number + _AROUND + 1, last))
        }
    )


def _left_out(count: int) -> Iterator[str]:
    if count:
        yield f'<li class="left-out"><p>{count:,} steps without findings are left out here.</p></li>'


def _side(name: str, step: Step, beside: SideBySide, here: Sequence[_Entry]) -> Iterator[str]:
    is_original = name == "original"
    text, units = (beside.original, step.original) if is_original else (beside.translation, step.translation)
    if not units:
        yield f'<div class="side {name} gap"><p>{_gap(name, step)}</p></div>'
        return
    language = text.language if _LANGUAGE.fullmatch(text.language or "") else ""
    yield f'<div class="side {name}" lang="{language}">'
    for unit in units:
        yield _of(name, unit, beside.edition)
        yield from _unit(unit, [each.found for each in here])
    yield "</div>"


def _gap(name: str, step: Step) -> str:
    """What to say where a text has nothing."""
    if step.elsewhere is None:
        return f"Nothing in the {name}"
    title = _safe(step.elsewhere.title)
    return f'In the {name}, {title} stands <a href="#{name}-{step.elsewhere.number}">at another place</a>'


def _of(name: str, unit: Unit, edition: Edition) -> str:
    """The line above a unit: what it is called, who speaks where no label says so, and its line in the file."""
    anchor = f' id="{name}-{unit.number}"' if isinstance(unit, Turn) else ""
    match unit:
        case Turn():
            speakers = ", ".join(map(edition.name_of, unit.who)) if unit.is_speech and not unit.label else ""
            called = [unit.id or unit.title, f"({speakers})" if speakers else ""]
        case Paragraph():
            called = [unit.id or ""]
        case Attendance():
            called = ["attendees"]
    line = "" if unit.location.line is None else f'<span class="line">line {unit.location.line}</span>'
    parts = [f'<span class="which">{name}</span>', *map(_safe, filter(None, called)), line]
    return f'<p class="of"{anchor} lang="en">{" ".join(filter(None, parts))}</p>'


def _unit(unit: Unit, here: Sequence[Diagnostic]) -> Iterator[str]:
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


def _findings(found: Sequence[_Entry], last: int) -> Iterator[str]:
    if not found:
        return
    yield '<ul class="findings">'
    for each in found:
        yield from _finding(each, last)
    yield "</ul>"


def _finding(entry: _Entry, last: int) -> Iterator[str]:
    number, found, kind = entry.number, entry.found, entry.kind
    data = f'data-severity="{kind}" data-rule="{_safe(found.rule.code)}"'
    yield f'<li class="finding {kind}" id="f{number}" tabindex="-1" {data}>'
    named = f'<span class="rule">{_safe(found.rule.code)} {_safe(found.rule.name)}</span>'
    yield f"<p><strong>{kind}</strong> {_safe(found.message)} {named}</p>"
    yield f'<p class="places">{_safe(found.location)}'
    yield from (f"<br>{_safe(other.location)}: {_safe(other.message)}" for other in found.related)
    yield "</p>"
    if entry.reason:
        yield f'<p class="hint">Accepted: {_safe(entry.reason)}</p>'
    elif found.hint:
        yield f'<p class="hint">Hint: {_safe(found.hint)}</p>'
    ways = [(number - 1, "previous"), (number + 1, "next")]
    links = [f'<a href="#f{to}">{name}</a>' for to, name in ways if 1 <= to <= last]
    yield f'<p class="ways">{number} of {last} {" ".join(links)}</p>\n</li>'
