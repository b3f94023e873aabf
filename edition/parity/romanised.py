"""Names in Latin letters, whatever script they are in: so that Молотов and Molotov can be compared."""

from __future__ import annotations

import unicodedata

# Letters as they are mostly romanised, without their accents; a dot is nothing.
_CYRILLIC = """
    а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
    ъ . ы y ь . э e ю yu я ya і i є ie ґ g ў u ј j љ l њ n ђ dj ћ ch џ dzh ѕ dz ѣ e ѳ f ѵ i
    """
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_GEORGIAN = """
    ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch
    ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h
    """
_ARMENIAN = """
    ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch
    պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev
    """
_HEBREW = """
    א . ב b ג g ד d ה h ו w ז z ח kh ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע . פ p ף p צ ts ץ ts ק k ר r ש sh ת t
    """
_ARABIC = """
    ا . ء . ب b ت t ث th ج j ح h خ kh د d ذ z ر r ز z س s ش sh ص s ض d ط t ظ z ع . غ gh ف f ق q ك k ل l م m ن n
    ه h ة . و w ي y ى . پ p چ ch ژ zh گ g ک k ی y
    """
_LATIN = "ł l ø o đ d ß ss æ ae œ oe ı i þ th ð d"  # which have no accent that could be taken off


def _table(letters: str) -> dict[str, str]:
    pairs = letters.split()
    return {letter: latin.replace(".", "") for letter, latin in zip(pairs[::2], pairs[1::2], strict=True)}


_LETTERS = {
    letter: latin
    for script in (_CYRILLIC, _GREEK, _GEORGIAN, _ARMENIAN, _HEBREW, _ARABIC, _LATIN)
    for letter, latin in _table(script).items()
}
_TO_LATIN = str.maketrans(_LETTERS)


def romanised(name: str) -> str:
    """Small Latin letters and digits, as near as a table of letters comes; other scripts are kept."""
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)
    )
    return " ".join("".join(each if each.isalnum() else " " for each in plain.translate(_TO_LATIN)).split())
