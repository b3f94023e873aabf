"""ISO Schematron (ISO/IEC 19757-3:2016 and 2020): rules of its own, and those embedded in RELAX NG and XSD.

`reading` makes one schema of all its files, `translating` makes one XSLT 3 stylesheet of that, `engine` runs it.
"""
