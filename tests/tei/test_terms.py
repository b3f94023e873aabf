"""Lists of terms in two languages."""

from __future__ import annotations

from pathlib import Path

from edition.model import Term
from edition.tei.names import TEI_NAMESPACE
from edition.tei.parse import read
from edition.tei.terms import listed_terms

LIST = f"""\
<TEI xmlns="{TEI_NAMESPACE}"><teiHeader><encodingDesc><classDecl><taxonomy>
  <category xml:id="dogovor"><catDesc><term xml:lang="ru">договор</term> (<term xml:lang="ru">договора</term>),
    <term xml:lang="en-GB">treaty</term>: of two states</catDesc></category>
  <category xml:id="only-russian"><catDesc><term xml:lang="ru">дорога</term></catDesc>
    <category><catDesc><term xml:lang="ru">вагон</term><term xml:lang="en"> railway
      carriage</term></catDesc></category></category>
  <category><catDesc><term>no language</term></catDesc></category>
</taxonomy></classDecl></encodingDesc></teiHeader></TEI>
"""


def test_terms_with_words_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "persons.xml"
    file.write_text(LIST, encoding="utf-8")
    document = read(file, "persons.xml")
    assert listed_terms([document], "ru", "en") == (
        Term(("договор", "договора"), ("treaty",)),
        Term(("вагон",), ("railway carriage",)),
    )
    assert listed_terms([document], "ru", None) == ()
