"""German: numbers, which are one word each up to a thousand and more, months, and what says how exact a number is."""

from __future__ import annotations

from decimal import Decimal

from edition.parity.values.languages import Clock, Language, Qualifiers, counted, forms, listed, values

_UNITS = counted("ein zwei drei vier fünf sechs sieben acht neun")
_TEENS = counted(
    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    10,
)
_TENS = counted("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_BELOW_HUNDRED = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{f"{unit}und{ten}": value + tens for unit, value in _UNITS.items() for ten, tens in _TENS.items()},
}
_HUNDREDS = {f"{unit}hundert": 100 * value for unit, value in {"": 1, **_UNITS}.items()}
_BELOW_THOUSAND = {
    **_BELOW_HUNDRED,
    **_HUNDREDS,
    **{
        hundred + joined + rest: hundreds + value
        for hundred, hundreds in _HUNDREDS.items()
        for rest, value in {**_BELOW_HUNDRED, "eins": 1}.items()
        for joined in ("", "und")
    },
}
_CENTURIES = {f"{teen}hundert": 100 * value for teen, value in _TEENS.items() if value > 10}
_NUMBERS = {
    **_BELOW_THOUSAND,
    **_CENTURIES,
    **{
        century + joined + rest: hundreds + value
        for century, hundreds in _CENTURIES.items()
        for rest, value in _BELOW_HUNDRED.items()
        for joined in ("", "und")
    },
    **{f"{word}tausend": 1000 * value for word, value in _BELOW_THOUSAND.items()},
    **listed("zweien zweier", 2),
    **listed("dreien dreier", 3),
    **listed("vieren", 4),
}
_ORDINAL_STEMS = {
    **counted("erst zweit dritt viert fünft sechst siebt acht neunt"),
    **counted("zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt neunzehnt", 10),
    **{f"{ten}st": value for ten, value in _TENS.items()},
    **{f"{word}st": value for word, value in _BELOW_HUNDRED.items() if "und" in word},
    "siebent": 7,
    "hundertst": 100,
}
_DOUBTFUL = {
    **listed("ein eine einer einem einen eines eins einzige einzigen einziger einmal", 1),
    **listed("beide beiden beider beides paar zweimal doppelt doppelte zwo zweit", 2),
    **listed("dreimal dreifach drittel dritt", 3),
    **listed("viert", 4),
    **listed("woche", 7),
    **listed("mittag mittags mitternacht", 12),
    **listed("dutzend dutzende", 12),
    **listed("mandel", 15),
    **listed("viertelhundert", 25),
    **listed("schock", 60),
    **listed("hundert hunderte hunderten hunderter", 100),
    **listed("tausende tausenden tausender", 1000),
    **listed("null", 0),
}
_AND_A_HALF = {f"{unit}einhalb": value + Decimal("0.5") for unit, value in _UNITS.items() if value > 1}
_FRACTIONS = {
    **listed("halb halbe halben halber halbes hälfte", Decimal("0.5")),
    **listed("anderthalb eineinhalb", Decimal("1.5")),
    **listed("viertel viertelstunde", Decimal("0.25")),
    **listed("dreiviertel dreiviertelstunde", Decimal("0.75")),
}
_ONE_UNITS = {
    **listed("sekunde", "second"),
    **listed("minute", "minute"),
    **listed("viertelstunde", "quarter-hour"),
    **listed("halbstunde halbstündlich", "half-hour"),
    **listed("dreiviertelstunde", "three-quarter-hour"),
    **listed("stunde stündlich", "hour"),
    **listed("tag tages täglich", "day"),
    **listed("woche wöchentlich", "week"),
    **listed("monat monats monatlich", "month"),
    **listed("quartal vierteljahr vierteljahres vierteljährlich", "quarter"),
    **listed("dreivierteljahr dreivierteljahres", "three-quarter-year"),
    **listed("halbjahr halbjahres halbjährlich", "half-year"),
    **forms({"halbjährig": "half-year", "halbstündig": "half-hour", "halbtägig": "half-day"}, "e er es en em -"),
    **listed("jahr jahres jahresfrist jährlich alljährlich", "year"),
    **listed("jahrzehnt jahrzehnts", "decade"),
    **listed("jahrhundert jahrhunderts", "century"),
    **listed("jahrtausend jahrtausends", "millennium"),
}
_MANY_UNITS = {
    **listed("sekunden sek", "second"),
    **listed("minuten min", "minute"),
    **listed("viertelstunden", "quarter-hour"),
    **listed("stunden std", "hour"),
    **listed("tage tagen", "day"),
    **listed("wochen", "week"),
    **listed("monate monaten", "month"),
    **listed("quartale quartalen vierteljahre vierteljahren", "quarter"),
    **listed("jahre jahren", "year"),
    **listed("jahrzehnte jahrzehnten", "decade"),
    **listed("jahrhunderte jahrhunderten", "century"),
    **listed("jahrtausende jahrtausenden", "millennium"),
}
_THINGS = {
    **listed("rubel rubeln", "rouble"),
    **listed("kopeke kopeken", "kopeck"),
    **listed("dollar dollars", "dollar"),
    **listed("cent cents", "cent"),
    **listed("mark", "mark"),
    **listed("franc francs franken", "franc"),
    **listed("kilometer kilometern km", "kilometre"),
    **listed("meter metern", "metre"),
    **listed("werst werste", "verst"),
    **listed("meile meilen", "mile"),
    **listed("tonne tonnen", "ton"),
    **listed("kilogramm kilo kg", "kilogram"),
    **listed("pud", "pood"),
    **listed("hektar ha", "hectare"),
    **listed("division divisionen", "division"),
    **listed("regiment regimenter regimentern", "regiment"),
    **listed("bataillon bataillone bataillonen", "battalion"),
    **listed("brigade brigaden", "brigade"),
    **listed("kompanie kompanien", "company"),
    **listed("panzer panzern", "tank"),
    **listed("flugzeug flugzeuge flugzeugen", "aircraft"),
    **listed("geschütz geschütze geschützen", "gun"),
    **listed("mann leute leuten personen menschen", "people"),
    **listed("blatt blätter blättern", "leaf"),
    **listed("seite seiten", "page"),
    **listed("exemplar exemplare exemplaren", "copy"),
}
_UNIT_STEMS = {
    "minüt": "minute",
    "stünd": "hour",
    "tägig": "day",
    "wöch": "week",
    "monatig": "month",
    "jährig": "year",
}

LANGUAGE = Language(
    decimal=",",
    numbers={
        **{word: value for word, value in _NUMBERS.items() if word not in _DOUBTFUL},
        **_AND_A_HALF,
        **{f"{word}tausend": value * 1000 for word, value in _AND_A_HALF.items()},
        **listed("anderthalbtausend eineinhalbtausend", 1500),
    },
    thousand="tausend",
    scales={
        **listed("tausend tsd", 10**3),
        **listed("million millionen mio", 10**6),
        **listed("milliarde milliarden mrd", 10**9),
    },
    lots={"dutzend": 12},
    endings={"hundert": 100, "tausend": 1000},
    one=frozenset(("eine", "ein", "einer")),
    one_scale=frozenset(("tausend",)),
    joins="und",
    adds="und",
    halves=("und", "eine", "halbe"),
    parts={
        **listed("drittel dritteln", 3),
        **listed("viertel vierteln", 4),
        **counted("fünftel sechstel siebtel achtel neuntel zehntel", 5),
    },
    times=frozenset(("bis zu",)),
    ordinals=forms(_ORDINAL_STEMS, "e er es en em ens"),
    doubtful={**{word: Decimal(value) for word, value in _DOUBTFUL.items()}, **_FRACTIONS},
    # Not `ein`, `elf` and `acht`, with which too many other words begin.
    prefixes={
        "beidseit": Decimal(2),
        **{
            prefix: Decimal(value) for prefix, value in _BELOW_HUNDRED.items() if prefix not in ("ein", "elf", "acht")
        },
    },
    through=frozenset(("bis",)),
    ranges=frozenset(("bis", "oder", "und")),
    books={**listed("könige kön", 2), **listed("psalm psalms ps", -1)},
    decades=frozenset(("er", "ern")),
    months={
        **counted("januar februar märz april mai juni juli august september oktober november dezember"),
        **counted("jänner feber"),
    },
    percent=("prozent", "vom hundert", "v. h.", "v.h."),
    about=Qualifiers(
        before="etwa | ungefähr | circa | ca | rund | annähernd | schätzungsweise | zirka",
        after="oder so | ungefähr | etwa",
        maybe="gegen | um | um die | an die | über | von | vielleicht",
    ),
    almost=Qualifiers(before="fast | beinahe | nahezu | knapp"),
    above=Qualifiers(
        before="mehr als | mindestens | wenigstens | zumindest | nicht weniger als | größer als | länger als",
        after="""
            oder mehr | und mehr | oder später | oder höher | oder neuer | oder jünger | nicht weniger | mindestens |
            und einige | und ein paar
            """,
        maybe="""
            und einige | und ein paar | oder später | oder höher | oder neuer | oder jünger | nicht weniger | min |
            größer | länger | mehr | über | ab | von | seit | minimal
            """,
    ),
    below=Qualifiers(
        before="weniger als | höchstens | nicht mehr als | bis zu | maximal | kleiner als | kürzer als",
        after="oder weniger | nicht mehr | höchstens",
        maybe="nicht mehr | max | kleiner | kürzer | bis | unter | auf | zu",
    ),
    negations=frozenset(("nicht", "kein", "keine", "keinen", "keiner", "nie", "ohne", "niemand")),
    others={
        **values("halb halbe halben halber halbes hälfte", 0.5, 2, 6, 30, 50),
        **values("anderthalb eineinhalb", 1.5, 18, 36, 90),
        **values("viertel", 0.25, 3, 15, 25, 45),
        **values("vierzehn", 2, 14),
        **values("mitternacht", 0, 12, 24),
    },
    definite=frozenset(("die", "den", "der", "diese", "diesen", "unsere", "ihre", "eure")),
    clock=Clock(
        hour="uhr",
        afternoon="nachmittags | abends | nachts | mittags | am nachmittag | am abend | in der nacht",
        night="nachts | morgens | früh | in der nacht | am morgen",
        at="um | gegen | bis | ab | von | vor | nach",
        past="nach",
        before="vor",
        to="halb | viertel | dreiviertel",
    ),
    units={**_ONE_UNITS, **_MANY_UNITS, **_THINGS},
    minus="minus",
    below_zero="unter null | kälte | frost",
    cold="frost | kält | kalt | verlust | verlor | defizit | minus | weniger | abz | gesenk | senk | sank",
    plurals=frozenset(_MANY_UNITS),
    unit_stems=_UNIT_STEMS,
    # To take care, to ban.
    idioms=r"""
        (?:gib|gebt|geb|gebe|geben|gibt|gab|gaben|hab|habt|haben|hat|nimm|nehmt|nehme|in|außer|die|der)\s+acht\b(?!\s+\w+e[nr]?\b)
        |\bacht\s+(?:zu\s+)?(?:geb|gegeben|gab|haben|gehabt|habe|nehm|genommen|lass|gelassen|darauf|auf)
        """,
    fillers="in im am an zu auf mit von den die der das dem alle jede jeden nach vor",
    common=frozenset(("der", "die", "und", "nicht", "das", "ist", "den", "sich", "auf", "ein", "ich", "sie", "wir")),
)
