"""Bags (RFC 8493): writing them out of place, verifying anyone's, and asking a second opinion.

The doors are :func:`edition.bagging.payload.gather`, :func:`edition.bagging.writing.write`,
:func:`edition.bagging.verifying.verify` and :func:`edition.bagging.second_opinion.ask_bagit`.
"""
