"""RELAX NG 1.0: our own validator, a verdict by automaton and explanations by the declarations of the schema."""

from edition.schema.relaxng.schema import load

__all__ = ["load"]
