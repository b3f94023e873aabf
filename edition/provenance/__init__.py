"""Who, what, when and from what: the citation, the date of what is made, and the record of how it came to be.

The doors are :func:`edition.provenance.citation.read`, :func:`edition.provenance.agreement.check`,
:func:`edition.provenance.dates.made_at`, :func:`edition.provenance.prov.records` and
:func:`edition.provenance.baginfo.fields`. Only here is a date asked for, and never from the clock.
"""
