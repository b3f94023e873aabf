"""Who, what, when and from what: an edition is described once, and every record of it is written from that.

`citation` reads CITATION.cff, `agreement` holds it to what the other files say, `dates` and `git` find the date and
the commit. `description` and `history` are the one model; `prov`, `premis`, `crate`, `datacite`, `dublin_core`,
`baginfo` and `statement` write it down, each in the form of its standard; `keys` signs. Only here is a date asked
for, and never from the clock.
"""
