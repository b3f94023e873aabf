"""English: numbers, months, and what says how exact a number is."""

from __future__ import annotations

from decimal import Decimal

from edition.parity.values.languages import Clock, Language, Qualifiers, counted, listed, values

_SMALL = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
    """
_TENS = counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_SCORES = {"threescore": 60, "fourscore": 80}
_DECADES = {word.removesuffix("y") + "ies": value for word, value in _TENS.items()}  # "the thirties"
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth
    """
_DOUBTFUL = {
    **listed("one ones once single", 1),
    **listed("both twice couple pair double doubles doubled doubling either twofold bilateral duplicate", 2),
    **listed("thrice triple triples tripled tripling treble trebled threefold thirds triplicate trilateral", 3),
    **listed("quarters fourfold quadruple quadrupled month", 4),
    **listed("fifths fivefold", 5),
    **counted("twos threes fours fives sixes sevens eights nines", 2),
    **counted("sixfold sevenfold eightfold ninefold tenfold", 6),
    **listed("week", 7),
    **listed("tens decade", 10),
    **listed("noon midday midnight", 12),
    **listed("fortnight", 14),
    **listed("dozen dozens", 12),
    **listed("score", 20),
    **listed("gross", 144),
    **listed("hundred hundreds century", 100),
    **listed("thousands", 1000),
    **listed("millions", 10**6),
    **listed("billions", 10**9),
    **listed("entirely completely fully wholly totally", 100),  # percent
    **listed("zero nought nil", 0),
}
_TIMES = "minute hour day week fortnight month quarter year decade"  # not "second", which is the next more often
_SINGLE_UNITS = {
    **{unit: unit for unit in _TIMES.split()},
    **{f"{unit}ly": unit for unit in ("hour", "week", "fortnight", "month", "quarter", "year")},
    "daily": "day",
    "annual": "year",
    "century": "century",
    "millennium": "millennium",
}
_UNITS = {
    **{f"{unit}s": unit for unit in ("second", *_TIMES.split())},
    **listed("min mins", "minute"),
    **listed("h hr hrs", "hour"),
    **listed("yr yrs", "year"),
    "centuries": "century",
    "millennia": "millennium",
}
_THINGS = {
    **listed("rouble roubles ruble rubles", "rouble"),
    **listed("kopeck kopecks kopek kopeks", "kopeck"),
    **listed("dollar dollars", "dollar"),
    **listed("cent cents", "cent"),
    **listed("mark marks", "mark"),
    **listed("franc francs", "franc"),
    **listed("kilometre kilometres kilometer kilometers km", "kilometre"),
    **listed("metre metres meter meters", "metre"),
    **listed("verst versts", "verst"),
    **listed("mile miles", "mile"),
    **listed("ton tons tonne tonnes", "ton"),
    **listed("kilogram kilograms kilogramme kilogrammes kg", "kilogram"),
    **listed("pood poods pud puds", "pood"),
    **listed("hectare hectares ha", "hectare"),
    **listed("desyatina desyatinas dessiatine dessiatines desiatina desiatinas", "desyatina"),
    **listed("division divisions", "division"),
    **listed("regiment regiments", "regiment"),
    **listed("battalion battalions", "battalion"),
    **listed("brigade brigades", "brigade"),
    **listed("company companies", "company"),
    **listed("tank tanks", "tank"),
    **listed("aircraft airplane airplanes aeroplane aeroplanes plane planes", "aircraft"),
    **listed("gun guns", "gun"),
    **listed("people person persons men", "people"),
    **listed("sheet sheets leaf leaves folio folios", "leaf"),
    **listed("page pages", "page"),
    **listed("copy copies", "copy"),
}
# "talk about two questions": what is talked of, not how many there are.
_TALK = """
    talk* speak* spoke* think* thought question* know knew known say* said concern* opinion* worr* ask* discuss* hear*
    tell* told writ* wrote stor* news information report* what how conversation* argu* learn* remind* complain* agree*
    something anything nothing read*
    """

LANGUAGE = Language(
    decimal=".",
    numbers={**counted(_SMALL, 2), **_TENS, **_SCORES},
    scores=frozenset(_SCORES),
    hundred=frozenset(("hundred",)),
    scales={"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mln": 10**6, "bn": 10**9},
    short_scales={"k": 10**3, "m": 10**6},
    lots={"dozen": 12, "score": 20},
    one=frozenset(("one",)),
    one_scale=frozenset(("thousand", "million", "billion")),
    ordinals={
        **counted(_ORDINALS),
        **{word.removesuffix("y") + "ieth": value for word, value in _TENS.items()},
        "hundredth": 100,
        "thousandth": 1000,
        **_DECADES,
    },
    doubtful={
        **{word: Decimal(value) for word, value in _DOUBTFUL.items()},
        **listed("half halves halve halved halving", Decimal("0.5")),
        "quarter": Decimal("0.25"),
    },
    joins="and",
    adds="and",
    through=frozenset(("to", "through", "till", "until")),
    ranges=frozenset(("to", "or", "and")),
    hyphens=True,
    parts={
        **listed("third thirds", 3),
        **listed("quarter quarters fourth fourths", 4),
        **counted("fifths sixths sevenths eighths ninths tenths", 5),
        **counted("fifth sixth seventh eighth ninth tenth", 5),
    },
    times=frozenset(("up to", "no later than", "older than", "younger than", "longer than")),
    halves=("and", "a", "half"),
    amid=("odd",),
    others={
        **{word: frozenset(map(Decimal, (years, 1800 + years, 1900 + years))) for word, years in _DECADES.items()},
        **values("half halve halved halving", 0.5, 2, 6, 30, 50),
        **values("entirely completely fully wholly totally", 1, 100),
        **values("couple", 2, 3),
        **values("dozen", 12, 13),  # a baker's
        **values("quarter", 0.25, 3, 15, 25, 45),
        **values("fortnight", 2, 14),
        **values("week", 7, 8),
        **values("month", 4, 30),
        **values("midnight", 0, 12, 24),
    },
    definite=frozenset(("the", "these", "those", "our", "your", "their")),
    clock=Clock(
        hour="o'clock | o’clock | oclock | hours | h | hrs",
        afternoon="p.m | pm | p. m | in the afternoon | in the evening | at night | tonight | that evening",
        night="a.m | am | a. m | at night | in the morning",
        at="at | by | until | till | from | to | after | before | towards | toward | about | around",
        past="past | after",
        before="to | of | before | till",
    ),
    running=frozenset(("year", "month", "week", "day", "hour")),
    late=frozenset(("late", "upper")),
    feasts={
        "9/11": (9, 11),
        "may day": (5, 1),
        "women's day": (3, 8),
        "women’s day": (3, 8),
        "new year's day": (1, 1),
    },
    books={**listed("kings kgs", 2), **listed("psalm psalms ps", -1)},
    portions=frozenset(("a", "one", "last", "final", "middle", "latter")),
    decades=frozenset(("s",)),
    months={
        **counted("january february march april may june july august september october november december"),
        **counted("jan feb mar apr may jun jul aug sept oct nov dec"),
    },
    month_or_word=frozenset(("may", "march", "mar", "jan", "dec")),
    before_months=frozenset(("in", "since", "until", "till", "during", "early", "late", "mid", "last", "next")),
    within_dates=frozenset(("st", "nd", "rd", "th", "of")),
    day_after_month=True,
    percent=("percent", "per cent", "pct"),
    about=Qualifiers(
        before="""
            approx. |
            about | approximately | around | roughly | circa | ca | something like | in the region of | an estimated |
            on the order of | of the order of | in the order of | in the neighborhood of | in the neighbourhood of |
            in the vicinity of
            """,
        after="or so | or thereabouts | odd | approximately | give or take",
        maybe="""
            a good | some | toward | towards | estimated | c | perhaps | maybe | close to | say | like | one or |
            hour or | day or |
            week or | month or | year or | minute or
            """,
    ),
    almost=Qualifiers(before="nearly | almost | close to | just under | just short of | not quite"),
    above=Qualifiers(
        before="""
            more than | greater than | at the very least | at the least |
            upwards of | upward of | at least | no less than | not less than |
            no fewer than | not fewer than | a minimum of | in excess of | well over | larger than |
            bigger than | longer than | older than
            """,
        after="""
            something |
            or more | and more | or over | or upwards | or above | and above | or later | and later | or higher |
            and higher | or greater | or newer | no less | no fewer | at least |
            minimum
            """,
        maybe="""
            something |
            or later | and later | or higher | and higher | and above | or greater | or newer | no less | no fewer |
            minimum | over |
            above | exceed | exceeding | exceeds | exceeded | beyond | from | past | odd
            """,
    ),
    below=Qualifiers(
        before="""
            up to | less than | fewer than | no more than | not more than | not exceeding | at most | at the most |
            at the very most | a maximum of | no greater than | smaller than | shorter than | younger than
            """,
        after="or less | or fewer | or earlier | no more | at most | at the most | maximum",
        maybe="""
            no more | maximum | to | under | below | as many as | as much as | as far as | until | till | by |
            within | before | through | fit into | fit in | just under | just short of
            """,
    ),
    common=frozenset(("the", "of", "and", "to", "that", "is", "it", "for", "with", "we", "be", "this", "are")),
    negations=frozenset(("not", "no", "cannot", "never", "t", "nor", "without", "nobody", "none")),
    units={**_SINGLE_UNITS, **_UNITS, **_THINGS},
    phrases={"every": {"other": Decimal(2)}},
    spoken_years="oh | o | aught",
    idioms=r"fifty[\s-]+fifty",
    minus="minus",
    below_zero="below zero | below freezing | of frost",
    cold="""
        frost | cold | freez | negative | below | fewer | short | without | loss | losing | lost |
        lose | deficit | minus | less | down | reduc | cut |
        decreas | drop | fall | fell
        """,
    plurals=frozenset(_UNITS),
    fillers="a an the in at to for on with by of every another all just",
    doubt={
        "about": (2, _TALK),
        "around": (2, "turn* all look* walk* mov* gather* sit* sat cent*"),
        "up to": (2, "leave* left live* look* own* add*"),
    },
)
