"""Bags (RFC 8493): writing them out of place, verifying anyone's, and asking a second opinion."""

from edition.bagging.limits import Limits
from edition.bagging.payload import PayloadFile, gather
from edition.bagging.placing import refuse_taken
from edition.bagging.profiles import Profile
from edition.bagging.profiles import load as load_profile
from edition.bagging.second_opinion import ask_bagit
from edition.bagging.serialising import FORMS, Serialised, serialise
from edition.bagging.verifying import Asked, verify
from edition.bagging.writing import BagPlan, Staged, refuse_impossible, stage

__all__ = [
    "FORMS",
    "Asked",
    "BagPlan",
    "Limits",
    "PayloadFile",
    "Profile",
    "Serialised",
    "Staged",
    "ask_bagit",
    "gather",
    "load_profile",
    "refuse_impossible",
    "refuse_taken",
    "serialise",
    "stage",
    "verify",
]
