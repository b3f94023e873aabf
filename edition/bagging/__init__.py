"""Bags (RFC 8493): writing them out of place, verifying anyone's, and asking a second opinion."""

from edition.bagging.payload import PayloadFile, gather
from edition.bagging.second_opinion import ask_bagit
from edition.bagging.verifying import verify
from edition.bagging.writing import BagPlan, Staged, stage

__all__ = ["BagPlan", "PayloadFile", "Staged", "ask_bagit", "gather", "stage", "verify"]
