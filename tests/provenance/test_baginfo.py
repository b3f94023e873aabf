"""What bag-info.txt says: of the citation, of the edition, and what edition.toml puts in its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edition import __version__
from edition.config import BagSettings, Config
from edition.diagnostics import Location
from edition.errors import ConfigError
from edition.model import Stated
from edition.provenance.baginfo import fields
from edition.provenance.citation import Author, Citation

PLACE = Location("CITATION.cff", 1)
PROJECT = Author("the project", False, PLACE)
PERSON = Author("A. B.", True, PLACE, email="a@example.org", affiliation="An Academy")
CITATION = Citation(
    path="CITATION.cff",
    title=Stated("Talks", PLACE),
    version=None,
    date_released=None,
    abstract=Stated("Two talks.", PLACE),
    doi=None,
    url=Stated("https://example.org/talks", PLACE),
    repository=None,
    licence_url=None,
    licences=(),
    identifiers=(Stated("10.5281/zenodo.1", PLACE), Stated("other", PLACE)),
    keywords=(),
    authors=(PERSON, PROJECT),
    contact=(),
)
CONFIG = Config(root=Path("talks"), original="a.xml", name="talks", version="1.0.0")


def configured(*info: tuple[str, str], line: int = 31) -> Config:
    return replace(CONFIG, bag=BagSettings(info=info), lines={f"bag.info.{label}": line for label, _ in info})


def test_what_the_citation_says() -> None:
    assert fields(CONFIG, CITATION) == (
        ("Source-Organization", "the project"),
        ("Contact-Name", "A. B."),
        ("Contact-Email", "a@example.org"),
        ("External-Description", "Two talks."),
        ("External-Identifier", "10.5281/zenodo.1"),
        ("Internal-Sender-Identifier", "talks 1.0.0"),
        ("Bag-Software-Agent", f"edition {__version__}"),
    )


def test_what_is_not_known_is_not_said() -> None:
    assert [label for label, _ in fields(CONFIG, None)] == ["Internal-Sender-Identifier", "Bag-Software-Agent"]
    bare = replace(CITATION, abstract=None, identifiers=(), url=None, authors=(PERSON,), contact=(PROJECT,))
    said = dict(fields(replace(CONFIG, version=""), bare))
    assert said["Source-Organization"] == "An Academy"
    assert said["Contact-Name"] == "the project"
    assert said["External-Description"] == "Talks"
    assert said["Internal-Sender-Identifier"] == "talks"
    assert "Contact-Email" not in said
    assert "External-Identifier" not in said


def test_edition_toml_has_the_last_word() -> None:
    said = fields(configured(("source-organization", "An Archive"), ("Bag-Group-Identifier", "f. 45")), CITATION)
    assert said[-2:] == (("source-organization", "An Archive"), ("Bag-Group-Identifier", "f. 45"))
    assert "the project" not in dict(said).values()


@pytest.mark.parametrize("label", ["Payload-Oxum", "bagging-date", "BAG-SIZE"])
def test_what_is_counted_is_not_written_by_hand(label: str) -> None:
    with pytest.raises(ConfigError, match=rf"talks/edition\.toml:31: bag\.info\.{label} is counted") as caught:
        fields(configured((label, "1.1")), CITATION)
    assert caught.value.advice == "take it out"


@pytest.mark.parametrize("label", ["", "a:b", "a\nb", " a", "a\t", "a\x7f"])
def test_what_is_no_label(label: str) -> None:
    with pytest.raises(ConfigError, match=r"talks/edition\.toml:31: .* is no label"):
        fields(configured((label, "x")), CITATION)
