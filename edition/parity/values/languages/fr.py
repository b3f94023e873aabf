"""French: numbers, also as Belgium and Switzerland count, months, and what says how exact a number is."""

from __future__ import annotations

from decimal import Decimal

from edition.parity.values.languages import Clock, Language, Qualifiers, counted, listed, values

_SMALL = counted("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 2)
_TENS = {
    **counted("vingt trente quarante cinquante soixante", 20, 10),
    **listed("septante", 70),
    **listed("huitante octante", 80),
    **listed("nonante", 90),
}
_BELOW_TWENTY = {
    "un": 1,
    "une": 1,
    **_SMALL,
    **{f"dix {unit}": 10 + _SMALL[unit] for unit in ("sept", "huit", "neuf")},
}
_COUNTED_ON = {"soixante": 60, "quatre vingt": 80}  # to nineteen more: soixante-douze, quatre-vingt-dix-neuf


def _ordinal(word: str) -> str:
    """The ordinal of a number: deuxième, quatrième, vingt et unième."""
    stems = {"cinq": "cinqu", "neuf": "neuv", "une": "un"}
    *before, last = word.split()
    return " ".join((*before, stems.get(last, last.removesuffix("e")) + "ième"))


_COMPOUNDS = {
    **{word: value for word, value in _BELOW_TWENTY.items() if " " in word},
    "quatre vingts": 80,
    **{
        f"{ten}{joined}{unit}": tens + value
        for ten, tens in {**_TENS, **_COUNTED_ON}.items()
        for unit, value in _BELOW_TWENTY.items()
        for joined in (" ", " et ")
        if value < 10 or ten in _COUNTED_ON
    },
    "quatre vingt": 80,
}
_ONE_WORD = {**_SMALL, **_TENS, "cent": 100}
_ORDINALS = {
    **listed("premier première premiers premières", 1),
    **listed("second seconde seconds secondes", 2),
    **listed("tierce", 3),
    **{_ordinal(word): value for word, value in _ONE_WORD.items()},
    "unième": 1,
    "millième": 1000,
}
_DOUBTFUL = {
    **listed("un une l'un l'une d'un d'une unique seul seule", 1),
    **listed("paire couple double doubles doubler doublé doublée doublés doublées deuxièmement duo", 2),
    **listed("triple triples tripler triplé triplée trio tiers", 3),
    **listed("quadruple quadrupler quadruplé quatuor", 4),
    **listed("neuf", 9),  # new as well
    **listed("huitaine semaine", 7),
    **listed("dizaine dizaines décuple", 10),
    **listed("midi minuit douzaine douzaines", 12),
    **listed("quinzaine", 15),
    **listed("vingtaine", 20),
    **listed("trentaine", 30),
    **listed("quarantaine", 40),
    **listed("cinquantaine", 50),
    **listed("soixantaine", 60),
    **listed("centaine centaines centuple", 100),
    **listed("millier milliers", 1000),
    **listed("grosse", 144),
    **listed("zéro nul nulle", 0),
}
_FRACTIONS = {
    **listed("demi demie demis demies moitié mi", Decimal("0.5")),
    **listed("quart", Decimal("0.25")),
}


def _elided(words: str) -> str:
    """The words, and those that begin with a vowel after an apostrophe too: heure, d'heure, l'heure."""
    vowels = tuple("aeiouéêhœ")
    return " ".join(
        form
        for word in words.split()
        for form in ((word, f"d'{word}", f"l'{word}") if word.startswith(vowels) else (word,))
    )


_SINGLE_UNITS = {
    "minute": "minute",
    **listed(_elided("heure horaire"), "hour"),
    **listed("jour journée journalier quotidien", "day"),
    **listed("semaine hebdomadaire huitaine", "week"),
    "quinzaine": "fortnight",
    **listed("mois mensuel mensuelle", "month"),
    **listed("trimestre trimestriel", "quarter"),
    **listed("semestre semestriel", "half-year"),
    **listed(_elided("an année annuel annuelle"), "year"),
    **listed("décennie", "decade"),
    **listed("siècle", "century"),
    **listed("millénaire", "millennium"),
}
_UNITS = {
    **listed("minutes min", "minute"),
    **listed(_elided("heures h"), "hour"),
    **listed("jours journées", "day"),
    "semaines": "week",
    "quinzaines": "fortnight",
    "trimestres": "quarter",
    "semestres": "half-year",
    **listed(_elided("ans années"), "year"),
    "décennies": "decade",
    "siècles": "century",
    "millénaires": "millennium",
}
_THINGS = {
    **listed("rouble roubles", "rouble"),
    **listed("kopeck kopecks", "kopeck"),
    **listed("dollar dollars", "dollar"),
    **listed("mark marks", "mark"),
    **listed("franc francs fr frs", "franc"),
    **listed("centime centimes", "centime"),
    **listed("kilomètre kilomètres km", "kilometre"),
    **listed("mètre mètres", "metre"),
    **listed("verste verstes", "verst"),
    **listed("mille milles", "mile"),
    **listed("tonne tonnes", "ton"),
    **listed("kilogramme kilogrammes kilo kilos kg", "kilogram"),
    **listed("poud pouds", "pood"),
    **listed(_elided("hectare hectares ha"), "hectare"),
    **listed("division divisions", "division"),
    **listed("régiment régiments", "regiment"),
    **listed("bataillon bataillons", "battalion"),
    **listed("brigade brigades", "brigade"),
    **listed("compagnie compagnies", "company"),
    **listed("char chars tank tanks", "tank"),
    **listed(_elided("avion avions"), "aircraft"),
    **listed("canon canons", "gun"),
    **listed("personne personnes gens hommes d'hommes", "people"),
    **listed("feuillet feuillets feuille feuilles folio folios", "leaf"),
    **listed("page pages", "page"),
    **listed(_elided("exemplaire exemplaires"), "copy"),
}
del _THINGS["mille"]  # a thousand far more often

LANGUAGE = Language(
    decimal=",",
    numbers={word: value for word, value in _ONE_WORD.items() if word != "neuf"},
    compounds={**_COMPOUNDS, **{_ordinal(word): value for word, value in _COMPOUNDS.items()}},
    hundred=frozenset(("cent", "cents")),
    scales={
        **listed("mille mil", 10**3),
        **listed("million millions", 10**6),
        **listed("milliard milliards", 10**9),
        **listed("billion billions", 10**12),
    },
    lots={
        **listed("douzaine douzaines", 12),
        **listed("dizaine dizaines", 10),
        **listed("vingtaine vingtaines", 20),
        **listed("centaine centaines", 100),
        **listed("millier milliers", 1000),
    },
    one=frozenset(("un", "une")),
    within={"neuf": 9},
    one_scale=frozenset(("mille", "mil")),
    ordinals=_ORDINALS,
    doubtful={**{word: Decimal(value) for word, value in _DOUBTFUL.items()}, **_FRACTIONS},
    ordinal_figures="e | er | ère | re | ème | ième | è | nd | nde | o",
    adds="et",
    through=frozenset(("à", "au")),
    ranges=frozenset(("à", "au", "ou", "et")),
    hyphens=True,
    halves=("et", "demi|demie"),
    parts={
        **listed("tiers", 3),
        **listed("quart quarts", 4),
        **counted("cinquième sixième septième huitième neuvième dixième", 5),
        **counted("cinquièmes sixièmes septièmes huitièmes neuvièmes dixièmes", 5),
    },
    times=frozenset(("jusqu'à", "jusqu'en", "jusqu'au")),
    cardinal_days=True,
    months={
        **{
            form: month
            for name, month in counted(
                "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
            ).items()
            for form in _elided(name).split()
        },
        **counted("janv févr"),
        **listed("fév", 2),
        **listed("avr", 4),
        **listed("juill juil", 7),
        **listed("aout", 8),
        **counted("oct nov déc", 10),
    },
    month_or_word=frozenset(("mars",)),
    before_months=frozenset(
        ("en", "depuis", "dès", "fin", "début", "mi", "jusqu'en", "mois", "de", "avant", "après")
    ),
    within_dates=frozenset(("er", "ier", "e")),
    portions=frozenset(("dernier", "premier", "second", "deuxième", "le", "un")),
    percent=("pour cent", "p. 100", "p. cent"),
    about=Qualifiers(
        before="""
            environ | à peu près | approximativement | aux environs de | aux environs d' | aux alentours de |
            autour de | autour d' | de l'ordre de | quelque chose comme
            """,
        after="environ | à peu près | ou à peu près | approximativement | ou environ",
        maybe="quelque | quelques | vers | sur les | dans les | près de | près d' | un bon | une bonne | bien | sur",
    ),
    almost=Qualifiers(before="presque | près de | près d' | pas loin de | pas loin d' | un peu moins de"),
    above=Qualifiers(
        before="""
            plus de | plus d' | au moins | pour le moins | pas moins de | pas moins d' | au-delà de | au minimum |
            un peu plus de | un peu plus d' | un minimum de | plus grand que | plus grande que | plus long que |
            plus longue que
            """,
        after="""
            ou plus | et plus | ou plusieurs | ou davantage | et davantage | au moins | pour le moins | au minimum |
            et quelques | passés | passées
            """,
        maybe="""
            plus | plus du | au-dessus de | dépassant | dépasse | dépassait | depuis | à partir de | dès | passé |
            minimum | supérieur à | supérieure à | excédant | excède
            """,
    ),
    below=Qualifiers(
        before="""
            moins de | moins d' | au plus | tout au plus | pas plus de | pas plus d' | au maximum | un maximum de |
            n'excédant pas | ne dépassant pas | plus petit que | plus petite que | plus court que | plus courte que
            """,
        after="au plus | tout au plus | ou moins | et moins | au maximum",
        maybe="""
            moins | jusqu'à | jusqu'au | jusqu'en | avant | sous | inférieur à | inférieure à | à peine | d'ici |
            dans | au-dessous de | un peu moins de
            """,
    ),
    negations=frozenset(("ne", "n", "pas", "sans", "aucun", "aucune", "jamais", "ni", "point", "nul", "guère")),
    fillers="de la le les l' des d' du à en dans par pour aux au sur avec chaque tous toutes vers",
    others={
        **values("demi demie demis demies moitié mi", 0.5, 2, 6, 30, 50),
        **values("quart", 0.25, 3, 15, 25, 45),
        **values("tiers", 3, 33),
        **values("quinzaine", 2, 14, 15),
        **values("semaine huitaine", 7, 8),
        **values("minuit", 0, 12, 24),
        **values("douzaine", 12, 13),
    },
    definite=frozenset(("les", "des", "ces", "nos", "vos", "leurs", "aux", "ses", "tous", "toutes", "entre")),
    clock=Clock(
        hour="heures | heure | h | hrs",
        afternoon="de l'après-midi | du soir | de l’après-midi | après midi | de relevée",
        night="du matin | de la nuit",
        at="à | vers | dès | avant | après | jusqu'à | jusqu’à | de | entre | sur les | depuis",
        less="moins | moins le | moins un",
    ),
    feasts={"quatorze juillet": (7, 14), "le 14 juillet": (7, 14), "jour de l'an": (1, 1)},
    books={**listed("rois", 2), **listed("psaume psaumes ps", -1)},
    units={**_SINGLE_UNITS, **_UNITS, **_THINGS},
    plurals=frozenset(_UNITS),
    minus="moins",
    below_zero="au-dessous de zéro | sous zéro | en dessous de zéro | de froid | de gel",
    cold="gel | froid | perte | perdu | déficit | moins | rédui | rédu | baiss | dimin | sans",
    # In short, one thing or the other, to pace about, to lose one's head: nobody counts.
    idioms=r"""
        \ben\s+(?:deux|trois|quatre)\s+mots\b|\bde\s+deux\s+choses\b|\bà\s+deux\s+(?:pas|doigts)\s+d[e'’]|\bdeux-points\b|\bcent\s+pas\b
        |\bquatre\s+(?:pattes|vérités|coins|vents|yeux|épingles)\b|\b(?:en|comme|à)\s+quatre\b(?=\s*[.,;!?]|$)
        |\btrente\s+et\s+un\b(?<=son\ trente\ et\ un)|\btrente-six\s+(?:chandelles|façons|manières|fois)\b
        |\bune\s+fois\s+sur\s+deux\b|\bcent\s+fois\b|\bmille\s+fois\b|\bpiquer?\s+des\s+deux\b
        """,
    common=frozenset(
        ("le", "la", "les", "et", "de", "des", "que", "qui", "dans", "est", "pour", "pas", "il", "vous")
    ),
)
