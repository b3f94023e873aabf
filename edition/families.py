"""The families of rules and the modules that declare them: one line a family, imported when somebody asks."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from edition.diagnostics import Rule
from edition.errors import UsageError
from edition.rules import Selection, declared

_HOMES = {
    "XML": ("edition.tei.malformed",),
    "SCH": ("edition.schema.rules", "edition.schema.schematron.rules"),
    "REF": ("edition.schema.references",),
    "TRN": ("edition.parity",),
    "ATT": ("edition.parity",),
    "VAL": ("edition.parity",),
    "WIT": ("edition.witness.rules",),
    "HDR": ("edition.provenance.citation_rules", "edition.provenance.agreement"),
    "PDF": ("edition.printing.rules",),
    "BAG": ("edition.bagging.rules", "edition.provenance.signature_rules"),
    "EXC": ("edition.exceptions",),
}


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by code."""
    return rules_of(_HOMES)


def rules_of(asked: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of these families, by code; an entry may also be one code. One of no family has no rules."""
    wanted = tuple(asked)
    for family in dict.fromkeys(entry[:3].upper() for entry in wanted):
        for module in _HOMES.get(family, ()):
            importlib.import_module(module)
    return tuple(rule for rule in declared() if rule.code.startswith(wanted))


def refuse_unknown(selection: Selection, likely: Iterable[str] = ()) -> None:
    """Raise UsageError for an entry of --select or --ignore that is no rule.

    Mostly an entry is of one of the `likely` families: then the others need not be imported.
    """
    if not selection.knows_all(rules_of(likely)):
        selection.check_known(all_rules())


def refuse_silence(selection: Selection, asked: Iterable[str]) -> None:
    """Raise UsageError where --select and --ignore leave no rule of these families: no findings would say nothing."""
    families = tuple(asked)
    if not any(selection.takes(rule) for rule in rules_of(families)):
        advice = f"name some of {', '.join(families)}"
        raise UsageError("none of the rules that are asked is one of this command's", advice=advice)
