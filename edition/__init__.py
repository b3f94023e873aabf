"""Take a scholarly edition from hand-encoded TEI to a deposited package.

The library has four doors, all in :mod:`edition.pipeline`: ``check``, ``render``, ``package`` and ``build``.
"""

__version__ = "0.1.0"
