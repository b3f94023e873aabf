"""What the files of an edition are in it, in the words of a reader: those that edition.toml names, and those made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edition.config import CONFIG_NAME, Config


def of_files(config: Config, *, report: str | None, pdf: str | None, payload: str = "data/") -> Mapping[str, str]:
    """By paths in the bag. What is only packed along, such as what a schema was made from, has no role."""
    named = {payload + path: role for path, role in _named(config) if path}
    made = {report: "What the checks found", pdf: "The print"}
    return named | {path: role for path, role in made.items() if path}


def _named(config: Config) -> Iterator[tuple[str | None, str]]:
    """Files with their roles; of two roles of a file, the later one counts."""
    printing = config.printing
    for path in printing.own_files:
        yield path, "How the print looks"
    for path in printing.own_fonts:
        yield path, "A font of the print"
    yield printing.own_press_profile, "The colours of a press"
    for schema in config.schemas:
        yield schema.path, "What the encoding is held to"
    for witness in config.witnesses:
        yield witness.path, "What the texts were made from"
    if config.bag.profile.endswith(".json"):
        yield config.bag.profile, "The BagIt profile that the bag follows"
    yield CONFIG_NAME, "What belongs to the edition, and how it is checked, printed and packed"
    yield config.citation, "Who made the edition, and how to cite it"
    yield config.persons, "The persons of the texts"
    yield config.translation, "The translation"
    yield config.original, "The original" if config.translation else "The text"
