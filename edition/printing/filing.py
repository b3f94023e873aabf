"""Under which word a name is filed in an index: the family name, last in some languages and first in others.

What the encoding says goes first (TEI P5, 14.2: surname). A name of which it says nothing is filed under its last
word, unless its language, or that of the person, puts the family name first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from edition.tei.names import XML_LANG, tei
from edition.tei.words import as_read

_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|iao|ian|ing|ang|eng|ong|uai|uan|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|üe|[aoeiuü])"
)


def filed(name: etree._Element, names: Sequence[etree._Element]) -> str:
    """A personal name as an index has it. `names` are all names of the person, in any language."""
    whole = as_read(name)
    surname = name.find(tei("surname"))
    family = "" if surname is None else as_read(surname)
    if not family and not _has_family_first(name, names):
        family = whole.rpartition(" ")[2]
    if not family or whole.startswith(family):
        return whole
    given = " ".join(whole.replace(family, "", 1).split())
    return f"{family}, {given}" if given else family


def _has_family_first(name: etree._Element, names: Sequence[etree._Element]) -> bool:
    """Whether a name is in the order of a language that begins with the family, or spells a Chinese name out."""
    if name.get(XML_LANG, "").split("-")[0] in _FAMILY_FIRST:
        return True
    counts = {len(each) for each in map(as_read, names) if _HAN.fullmatch(each)}
    spelled = [as_read(each).casefold() for each in names]
    return any(re.fullmatch(rf"(?:{_SYLLABLE}[ '’-]?){{{count}}}", each) for count in counts for each in spelled)
