"""The page with both texts: what stands where, what a hostile file cannot do in it, how it is used in Chromium."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from edition import cli, comparing
from edition.diagnostics import Accepted, Location, Report, Rule, Severity
from edition.reports import html
from edition.rules import Selection
from tests.reports.chromium import Browser, browser

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
RULE = Rule("VAL201", "number-differs", Severity.ERROR, "Numbers agree.")
VOID = {"meta", "input", "br"}
HOSTILE = '</p><script>document.title = "taken"</script><img src=x onerror="document.title=1"> \u202egnp.exe " \' &'
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def turn(name: str, who: str, words: str, more: str = "") -> str:
    return f'<sp xml:id="{name}" who="#{who}"{more}><speaker>{who}:</speaker><p>{words}</p></sp>\n'


def write(folder: Path, original: str, translation: str, language: str = "en") -> None:
    for name, of, body in (("original.xml", "ru", original), ("translation.xml", language, translation)):
        text = f'<TEI {NAMESPACE}><text xml:lang="{of}"><body>\n{body}</body></text></TEI>'
        (folder / name).write_text(text, encoding="utf-8")


def page_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    compared = comparing.compare("original.xml", "translation.xml", Selection())
    return html.render(compared.report, compared.beside)


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """Two texts that part ways: t2 left out, e3 and e4 exchanged, e6 without an original, another speaker in e7."""
    ours = "".join(turn(f"t{n}", "ab"[n % 2], f"Слово {n}.") for n in range(1, 9) if n != 6)
    theirs = "".join(
        turn(f"e{n}", "ab"[n % 2 if n != 7 else 0], f"Word {n}.", f' corresp="original.xml#t{n}"' * (n != 6))
        for n in (1, 4, 3, 5, 6, 7, 8)
    )
    write(tmp_path, ours, theirs)
    return tmp_path


class _Reader(HTMLParser):
    """Reads a page strictly: every element is closed, in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: Counter[str | None] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    assert [name for name, times in reader.ids.items() if times > 1] == []
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert [link for link in links if link is None or link.removeprefix("#") not in reader.ids] == []
    return reader


def test_of_long_texts_what_is_about_the_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size, gone = 3_100, 1_500
    ours = "".join(turn(f"t{n}", "ab"[n % 2], f"Слово {n}.") for n in range(1, size))
    theirs = "".join(turn(f"t{n}", "ab"[n % 2], f"Word {n}.") for n in range(1, size) if n != gone)
    write(tmp_path, ours, theirs)
    page = page_of(tmp_path, monkeypatch)
    read(page)
    assert re.findall(r'id="original-(\d+)"', page) == [str(n) for n in range(gone - 10, gone + 11)]
    assert page.count(" steps without findings are left out here") == 2
    assert "1,489 steps" in page
    assert "1,589 steps" in page


def steps_of(page: str) -> list[str]:
    return re.findall(r'<li class="step.*?(?=\n<li class="step|\n</ol>)', page, re.DOTALL)


def test_every_turn_stands_beside_its_counterpart_or_a_gap(parted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(parted, monkeypatch)
    read(page)
    words = [re.findall(r"(?:Слово|Word) \d|Nothing in the \w+|at another place", step) for step in steps_of(page)]
    assert ["Слово 1", "Word 1"] in words
    assert ["Слово 2", "Nothing in the translation"] in words
    assert ["Nothing in the original", "Word 6"] in words
    assert sum("at another place" in step for step in words) == 2
    assert Counter(word for step in words for word in step if word[-1].isdigit()).most_common(1)[0][1] == 1


def test_each_finding_stands_with_the_turn_that_it_is_about(parted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(parted, monkeypatch)
    found = {rule: step for step in steps_of(page) for rule in re.findall(r'data-rule="(\w+)"', step)}
    assert "Слово 2" in found["TRN201"]
    assert "Word 6" in found["TRN202"]
    assert "at another place" in found["TRN204"]
    assert "Word 7" in found["TRN301"]
    assert "Слово 7" in found["TRN301"]


def test_the_page_needs_nothing_else_and_says_in_which_language_each_text_is(
    parted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = read(page_of(parted, monkeypatch))
    assert not [tag for tag, attributes in reader.tags if tag in ("link", "img", "iframe") or "src" in attributes]
    assert not [attributes for _, attributes in reader.tags if any(name.startswith("on") for name in attributes)]
    assert not [attributes for _, attributes in reader.tags if "style" in attributes]
    sides = {(attributes["class"], attributes.get("lang")) for tag, attributes in reader.tags if tag == "div"}
    assert {("side original", "ru"), ("side translation", "en")} <= sides


def test_what_a_file_says_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    name = words.replace('"', "&quot;")
    more = ' corresp="original.xml#t1"'
    write(tmp_path, turn("t1", "a", words), turn("e1", "a", words, more), 'x" onload="1'.replace('"', "&quot;"))
    for file in ("original.xml", "translation.xml"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        head = f"<teiHeader><fileDesc><titleStmt><title>{name}</title></titleStmt></fileDesc></teiHeader>"
        (tmp_path / file).write_text(text.replace("<text", f"{head}<text", 1), encoding="utf-8")
    page = page_of(tmp_path, monkeypatch)
    reader = read(page)
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert not any("onerror" in attributes or "onload" in attributes for _, attributes in reader.tags)
    assert "\u202e" not in page
    assert page.count("\\u202egnp.exe") == 4  # title, heading, both texts
    assert 'lang=""' in page


def test_findings_cannot_forge_the_page_either() -> None:
    rule = Rule("XML101", "not-well-formed", Severity.ERROR, "A file is XML.")
    found = rule.finding(HOSTILE, Location(HOSTILE, 1), hint=HOSTILE, turn=HOSTILE)
    page = html.render(Report.of("validate", [rule], [found]))
    reader = read(page)
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert [tag for tag, _ in reader.tags].count("img") == 0
    assert "Findings that are not of one place in the texts" in page


def test_a_page_without_findings_is_only_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, turn("t1", "a", "Слово."), turn("e1", "a", "Word.", ' corresp="original.xml#t1"'))
    page = page_of(tmp_path, monkeypatch)
    assert "No findings." in page
    assert not {"nav", "form", "details"} & {tag for tag, _ in read(page).tags}


def test_turns_without_id_or_label_are_called_as_in_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = ("".join(f'<sp who="#{each}"><p>{word}</p></sp>' for each in "ab") for word in ("Да.", "Yes."))
    write(tmp_path, ours, theirs)
    called = re.findall(r"</span> ([^<]*) <span", page_of(tmp_path, monkeypatch))
    assert called == ["turn 1 (a)", "turn 1 (a)", "turn 2 (b)", "turn 2 (b)"]


def test_the_same_files_give_the_same_bytes(parted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page_of(parted, monkeypatch) == page_of(parted, monkeypatch)


def test_words_that_a_finding_quotes_are_marked(parted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(parted)
    compared = comparing.compare("original.xml", "translation.xml", Selection())
    found = RULE.finding('"word 1" is not "Слово 1"', Location("translation.xml", 2), turn="e1")
    page = html.render(Report.of("compare", [RULE], [found]), compared.beside)
    assert "<mark>Word 1</mark>." in page
    assert "<mark>Слово 1</mark>." in page
    assert page.count('class="said meant"') == 2


def test_an_accepted_finding_stands_at_its_place_with_the_reason(
    parted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(parted)
    compared = comparing.compare("original.xml", "translation.xml", Selection())
    found = RULE.finding("one word is wrong", Location("translation.xml", 2), hint="correct it", turn="e1")
    report = replace(compared.report, accepted=(Accepted(found, "published <so>"),))
    page = html.render(report, compared.beside)
    read(page)
    (step,) = (step for step in steps_of(page) if "Word 1." in step)
    assert 'data-severity="accepted"' in step
    assert "Accepted: published &lt;so&gt;" in step
    assert "correct it" not in step
    assert "accepted <span" in page  # it can be chosen


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        (["--output", "out.html"], "<!DOCTYPE html>"),
        (["--output", "out.HTML"], "<!DOCTYPE html>"),
        (["--output", "out.json"], '{\n  "version"'),
        (["--output", "out.json", "--format", "html"], "<!DOCTYPE html>"),
        (["--output", "out.xml"], "translation.xml:"),
    ],
)
def test_the_name_of_the_file_says_the_form(
    arguments: list[str], form: str, parted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(parted)
    assert cli.main(["compare", "original.xml", "translation.xml", *arguments]) == 1
    assert Path(arguments[1]).read_text(encoding="utf-8").startswith(form)


# In a real browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def shown(parted: Path, monkeypatch: pytest.MonkeyPatch, chromium: Browser) -> Browser:
    """The page of the parted texts, opened afresh."""
    (parted / "page.html").write_text(page_of(parted, monkeypatch), encoding="utf-8")
    chromium.ask("Emulation.setScriptExecutionDisabled", value=False)
    chromium.media()
    chromium.size(1400)
    chromium.complaints.clear()
    chromium.open((parted / "page.html").as_uri())
    return chromium


FOCUS = "document.activeElement.id || document.activeElement.textContent"
STATUS = "document.querySelector('[role=status]').textContent"
VISIBLE = "[...document.querySelectorAll('.finding')].filter((each) => each.checkVisibility()).length"


def test_keys_go_from_finding_to_finding(shown: Browser) -> None:
    total = shown.run("document.querySelectorAll('.finding').length")
    assert total >= 4
    for number in range(1, total + 1):
        shown.press("n")
        assert shown.run(FOCUS) == f"f{number}"
        assert shown.run(STATUS) == f"Finding {number} of {total}"
        box = shown.run("(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())")
        assert 0 <= box[0] < box[1] <= 900
    shown.press("n")
    assert shown.run(FOCUS) == f"f{total}"
    assert shown.run(STATUS) == "No finding after this"
    shown.press("p")
    assert shown.run(FOCUS) == f"f{total - 1}"
    assert shown.complaints == []


def test_keys_can_be_switched_off_and_leave_shortcuts_of_the_browser_alone(shown: Browser) -> None:
    shown.press("n", modifiers=2)  # Ctrl
    assert shown.run("document.activeElement === document.body")
    shown.run("document.getElementById('keys').click()")
    shown.press("n")
    assert shown.run("document.activeElement === document.body")


def test_everything_is_reached_with_the_tab_key(shown: Browser) -> None:
    shown.press("Tab")
    assert shown.run(FOCUS) == "To the first finding"
    assert shown.run("document.activeElement.getBoundingClientRect().left") >= 0
    reached = []
    for _ in range(30):
        shown.press("Tab")
        reached.append(shown.run("document.activeElement.textContent.trim().split(' ')[0]"))
    assert {"Choose", "Previous", "Next"} <= set(reached)


def test_findings_can_be_chosen(shown: Browser) -> None:
    total = shown.run(VISIBLE)
    shown.run("document.querySelector('.filters').open = true")
    shown.run("document.querySelector('[data-kind=rule][value=TRN201]').click()")
    assert shown.run(VISIBLE) == total - 1
    assert shown.run(STATUS) == f"{total - 1} of {total} findings shown"
    shown.run("document.getElementById('only').click()")
    steps = shown.run(
        "[...document.querySelectorAll('.step')].filter((s) => s.checkVisibility()).map((s) => s.innerText)"
    )
    assert not any("Слово 2." in step for step in steps)
    assert any("Word 6." in step for step in steps)
    shown.run("document.querySelectorAll('[data-kind=severity]').forEach((box) => box.click())")
    assert shown.run(VISIBLE) == 0
    shown.press("n")
    assert shown.run(STATUS) == "No findings shown"


@pytest.mark.parametrize("width", [1400, 700, 400, 320])
def test_nothing_is_wider_than_the_window(shown: Browser, width: int) -> None:
    shown.size(width)
    assert shown.run("document.documentElement.scrollWidth") == width
    wide = "(each) => each.getBoundingClientRect().right > innerWidth + 1"
    assert shown.run(f"[...document.querySelectorAll('body *')].filter({wide}).map((each) => each.outerHTML)") == []


def test_without_its_script_the_page_shows_everything_and_links_onward(shown: Browser) -> None:
    total = shown.run(VISIBLE)
    shown.ask("Emulation.setScriptExecutionDisabled", value=True)
    shown.open(shown.run("location.href"))
    assert shown.run("document.body.classList.contains('scripted')") is False
    assert shown.run(VISIBLE) == total
    assert shown.run("document.querySelector('.bar').checkVisibility()") is False
    assert shown.run("document.querySelectorAll('.ways a').length") == 2 * total - 2
    assert shown.run("document.querySelector('.ways').checkVisibility()") is True


def test_in_print_both_texts_and_all_findings_stand_and_nothing_to_press(shown: Browser) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(shown.printed())).pages)
    for words in ("Слово 1.", "Слово 8.", "Word 1.", "Word 8.", "TRN201", "TRN202", "TRN204", "TRN301"):
        assert words in text
    assert "Previous" not in text
    assert "Choose findings" not in text


CONTRAST = """
(() => {
  const light = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number);
    const [r, g, b] = parts.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (each) => {
    const color = getComputedStyle(each).backgroundColor;
    return /, 0\\)$/.test(color) && each.parentElement ? ground(each.parentElement) : color;
  };
  return Math.min(...[...document.querySelectorAll('body *')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((each) => [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => b - a))
    .map(([a, b]) => (a + 0.05) / (b + 0.05)));
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_told_from_its_ground(shown: Browser, scheme: str) -> None:
    shown.media(prefers_color_scheme=scheme)
    shown.run("document.querySelector('.filters').open = true")
    ground = shown.run("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    assert shown.run(CONTRAST) >= 4.5  # WCAG 2.2, 1.4.3


def test_a_picture_of_it_is_no_empty_sheet(shown: Browser) -> None:
    pictures = []
    for width, scheme in ((1400, "light"), (1400, "dark"), (400, "light")):
        shown.size(width)
        shown.media(prefers_color_scheme=scheme)
        pictures.append(shown.picture())
    assert all(picture.startswith(b"\x89PNG") and len(picture) > 10_000 for picture in pictures)
    assert len(set(pictures)) == 3


def test_a_screen_reader_is_told_what_is_what(shown: Browser) -> None:
    nodes: list[dict[str, Any]] = shown.ask("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    roles = Counter(role for role, _ in named)
    assert ("navigation", "Findings") in named
    assert ("heading", "original.xml and translation.xml") in named
    assert roles["main"] == roles["status"] == 1
    assert roles["listitem"] >= 9
    assert all(name for role, name in named if role in ("button", "checkbox", "link"))


def test_a_hostile_page_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: Browser) -> None:
    words = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    write(tmp_path, turn("t1", "a", words), turn("e1", "b", words, ' corresp="original.xml#t1"'))
    page = page_of(tmp_path, monkeypatch)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    chromium.complaints.clear()
    chromium.open((tmp_path / "page.html").as_uri())
    assert chromium.run("document.title") == "original.xml and translation.xml"
    assert chromium.run("document.scripts.length") == 1
    assert chromium.complaints == []
    forged = page.replace("<main>", "<main><script>document.title = 'taken'</script>")
    (tmp_path / "forged.html").write_text(forged, encoding="utf-8")
    chromium.open((tmp_path / "forged.html").as_uri())
    assert chromium.run("document.title") == "original.xml and translation.xml"
    assert any("Content Security Policy" in complaint for complaint in chromium.complaints)


def test_ten_thousand_turns_stay_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: Browser) -> None:
    count = 10_000
    ours = "".join(turn(f"t{n}", "ab"[n % 2], "Слово за слово. " * 20) for n in range(count))
    theirs = "".join(
        turn(f"e{n}", "ab"[n % 2], "Word for word. " * 20, f' corresp="original.xml#t{n}"')
        for n in range(count)
        if n % 1000 != 999
    )
    write(tmp_path, ours, theirs)
    (tmp_path / "page.html").write_text(page_of(tmp_path, monkeypatch), encoding="utf-8")
    chromium.size(1400)
    chromium.open((tmp_path / "page.html").as_uri())
    chromium.run("window.began = performance.now()")
    for number in range(1, 11):
        chromium.press("n")
        assert chromium.run(FOCUS) == f"f{number}"
    assert chromium.run("(performance.now() - window.began) / 10") < 1000  # milliseconds
