"""A history in which everything is said, and one in which as little is said as can be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from edition.config import Config, SchemaUse, Witness
from edition.diagnostics import Diagnostic, Location, Report, Rule, Severity
from edition.provenance.citation import Author, Reference
from edition.provenance.description import Contributor, Description, Licence, Place
from edition.provenance.history import File, History, checks, steps
from edition.provenance.roles import of_files
from edition.provenance.software import Software

NOWHERE = Location("CITATION.cff", 1)
ORCID = "https://orcid.org/0000-0002-1825-0097"
MADE_AT = datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC)

CONFIG = Config(
    root=Path(),
    name="talks",
    original="source/ru.xml",
    translation="source/en with spaces.xml",
    persons="source/Лица.xml",
    citation="CITATION.cff",
    schemas=(SchemaUse("schemas/a.xsd"),),
    witnesses=(Witness("source/witness/talk.txt", "", "plain", (), (), ()),),
)


def rule(code: str, severity: Severity) -> Rule:
    return Rule(code, code.lower(), severity, "Something holds.")


def found(of: Rule) -> Diagnostic:
    return of.finding("not so", Location("source/ru.xml", 3))


RULES = (
    rule("SCH101", Severity.ERROR),
    rule("TRN201", Severity.ERROR),
    rule("TRN301", Severity.WARNING),
    rule("ATT105", Severity.NOTE),
    rule("HDR201", Severity.ERROR),
    rule("PDF101", Severity.ERROR),
)
REPORT = Report.of("check", RULES, [found(RULES[2]), found(RULES[3])])

SOURCE = Reference(
    "Запись",
    "historical-work",
    NOWHERE,
    authors=(Author("unknown", False, NOWHERE),),
    translators=(Author("Danny R.", True, NOWHERE),),
    publisher="Archive",
    date="1950-01-22",
    identifiers=(("other", "111245"),),
)
DESCRIPTION = Description(
    name="talks",
    title="Беседа: talks & <others>",
    version="1.1.0",
    issued="2026-11-25",
    abstract='What was said, and what "was" not.',
    publisher="The Press",
    doi="10.5281/zenodo.1003150",
    url="https://example.org/talks",
    authors=(
        Author("the project", False, NOWHERE),
        Author("Ann von B.", True, NOWHERE, family="von B.", given="Ann", orcid=ORCID, affiliation="University"),
    ),
    contributors=(
        Contributor("Danny R.", "English translation", "Translator", True),
        Contributor("the project", "encoding", "DataCurator", False),
    ),
    licences=(
        Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("LicenseRef-own", ""),
    ),
    languages=("ru", "en"),
    keywords=("diplomacy", "TEI"),
    identifiers=("swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d", "https://example.org/id/7", "B 17"),
    references=(
        Reference(
            "A book",
            "book",
            NOWHERE,
            authors=(Author("Zed Z.", True, NOWHERE, family="Z.", given="Zed"),),
            identifiers=(("doi", "10.1000/182"), ("isbn", "978-3-16-148410-0")),
        ),
        SOURCE,
        Reference("Nothing else is known", "slides", NOWHERE),
    ),
    sources=(SOURCE,),
    manuscripts=("Moscow, State Archive, f. 4, d. 32",),
    covers=("1950-01-22", "1949/1950"),
    places=(Place("Moscow", ("55.75", "37.6178")), Place("the railway")),
    terms=("The licence covers the encoding alone.",),
)


def files_of(history_steps: tuple[str, ...]) -> tuple[File, ...]:
    return tuple(File(path, 1000 + len(path), f"{len(path):0128x}") for path in history_steps)


STEPS = steps(CONFIG, report="data/talks-report.json", pdf="data/talks.pdf")
PATHS = tuple(sorted({path for step in STEPS for path in (*step.used, *step.made)}))
HISTORY = History(
    description=DESCRIPTION,
    made_at=MADE_AT,
    files=files_of(PATHS),
    steps=STEPS,
    checks=checks(CONFIG, pdf="data/talks.pdf"),
    report=REPORT,
    engines=(Software("Pango", "1.56.3"),),
    commit="0123456789012345678901234567890123456789",
    roles=of_files(CONFIG, report="data/talks-report.json", pdf="data/talks.pdf"),
)

BARE = Config(root=Path(), original="a.xml")
BARE_STEPS = steps(BARE, report="data/edition-report.json", pdf=None)
SILENT = History(
    description=Description(name="edition", title="edition", version="", issued="2026-11-25"),
    made_at=MADE_AT,
    files=files_of(tuple(sorted({path for step in BARE_STEPS for path in (*step.used, *step.made)}))),
    steps=BARE_STEPS,
    checks=checks(BARE, pdf=None),
    report=Report.of("check", (), ()),
)

# What XML can hold, and what the reading of sources lets through: no control characters, white space folded.
WORDS = st.lists(st.text(st.characters(min_codepoint=0x21, exclude_categories=["Cc", "Cs", "Cn", "Z"]), min_size=1))
TEXT = WORDS.map(" ".join)
SOME = TEXT.filter(bool)
PEOPLE = st.builds(Author, name=SOME, is_person=st.booleans(), location=st.just(NOWHERE), family=TEXT, given=TEXT)
CREDITS = st.builds(Contributor, SOME, SOME, st.sampled_from(["Translator", "Other"]), st.booleans())
WORKS = st.builds(
    Reference,
    title=SOME,
    kind=SOME,
    location=st.just(NOWHERE),
    authors=st.lists(PEOPLE, max_size=2).map(tuple),
    publisher=TEXT,
    date=TEXT,
    identifiers=st.lists(st.tuples(st.sampled_from(["doi", "isbn", "other"]), SOME), max_size=2).map(tuple),
)
DESCRIPTIONS = st.builds(
    Description,
    name=st.just("talks"),
    title=SOME,
    version=TEXT,
    issued=st.just("2026"),
    abstract=TEXT,
    publisher=TEXT,
    doi=TEXT,
    authors=st.lists(PEOPLE, max_size=2).map(tuple),
    contributors=st.lists(CREDITS, max_size=2).map(tuple),
    keywords=st.lists(SOME, max_size=2).map(tuple),
    identifiers=st.lists(SOME, max_size=2).map(tuple),
    references=st.lists(WORKS, max_size=2).map(tuple),
    places=st.lists(st.builds(Place, SOME), max_size=2).map(tuple),
    terms=st.lists(SOME, max_size=2).map(tuple),
)
