"""TEI -> HTML -> PDF: original and translation on facing pages in step, with what a book has around its texts.

`render` is all that the rest of the package calls. WeasyPrint is imported when it runs, not before.
"""

from edition.printing.book import Copy, render
from edition.printing.imprint import Imprint, Rendering

__all__ = ["Copy", "Imprint", "Rendering", "render"]
