"""ISO Schematron (ISO/IEC 19757-3:2016 and 2020): rules of its own, and those embedded in RELAX NG and XSD.

`reading` makes one schema of all its files, which `structure` looks through; `translating` makes one XSLT 3
stylesheet of that, with what the schema has of XSLT as `own` lets it pass; `engine` runs it on `saxon`.
"""
