"""Take a scholarly edition from hand-encoded TEI to a deposited package.

The doors of the library: `check` and `verify` in :mod:`edition.pipeline`; `compare` and `link` in
:mod:`edition.comparing`; `pdf`, `bag` and `build` in :mod:`edition.making`; `validate` in :mod:`edition.corpus`;
`rebuild` in :mod:`edition.rebuilding`. Each takes an :class:`edition.config.Config` or bare files and gives back a
:class:`edition.diagnostics.Report`, or what holds one.
"""

__version__ = "0.1.0"
