"""French beside English and Russian: every number is read, faithful pairs are passed in silence, errors are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from edition.parity.values.figures import tokens_of
from edition.parity.values.languages import language_of
from edition.parity.values.numbers import numbers_of

from .test_values import compared
from .texts import codes

FRENCH = language_of("fr")
SMALL = """
    - un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
    dix-neuf
    """
UNITS = SMALL.split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
BELGIAN = {70: "septante", 80: "huitante", 90: "nonante"}


def below_a_hundred(number: int, tens: dict[int, str]) -> str:
    """A number as Paris says it, or as Brussels and Geneva do where `tens` has their words."""
    if number < 20:
        return UNITS[number]
    ten, unit = number // 10 * 10, number % 10
    if ten not in tens:
        score, rest = ("soixante", number - 60) if number < 80 else ("quatre-vingt", number - 80)
        if rest == 0:
            return f"{score}s"
        return f"{score} et {UNITS[rest]}" if number == 71 else f"{score}-{UNITS[rest]}"
    return tens[ten] + (" et un" if unit == 1 else f"-{UNITS[unit]}" if unit else "")


def in_words(number: int, tens: dict[int, str]) -> Iterator[str]:
    """The words of a number below 10,000."""
    thousands, hundreds, rest = number // 1000, number // 100 % 10, number % 100
    if thousands:
        yield from (UNITS[thousands], "mille") if thousands > 1 else ("mille",)
    if hundreds:
        yield from (UNITS[hundreds], "cent" if rest else "cents") if hundreds > 1 else ("cent",)
    if rest:
        yield below_a_hundred(rest, tens)


def read(words: list[str]) -> list[int]:
    text = " hommes; ".join((*words, ""))
    return [int(each.likely) for each in numbers_of(text, tokens_of(text), FRENCH)]


def test_every_number_below_ten_thousand_is_read_as_itself() -> None:
    numbers = range(1, 10_000)
    assert read([" ".join(in_words(number, TENS)) for number in numbers]) == list(numbers)


@pytest.mark.parametrize("tens", [TENS, TENS | BELGIAN], ids=["of Paris", "of Brussels"])
def test_and_as_it_is_spelt_since_1990(tens: dict[int, str]) -> None:
    numbers = range(1, 1100)
    assert read(["-".join(in_words(number, tens)).replace(" ", "-") for number in numbers]) == list(numbers)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf", 99_999),
        ("deux cent mille", 200_000),
        ("dix-neuf cent quarante-cinq", 1945),
        ("mil neuf cent dix-sept", 1917),
        ("un million deux cent mille", 1_200_000),
        ("vingt et unième", 21),
        ("soixante-dixième", 70),
        ("quatre-vingt-onzième", 91),
    ],
)
def test_larger_numbers_and_ordinals(words: str, value: int) -> None:
    (number,) = (each for each in numbers_of(words, tokens_of(words), FRENCH) if each.readings)
    assert number.likely == value


WITH_ENGLISH = [
    (
        "Le 22 janvier 1950, à deux heures et demie, on se réunit au Kremlin.",
        "On 22 January 1950, at half past two, they met in the Kremlin.",
    ),
    ("Le vingt-deux janvier mil neuf cent cinquante", "On 22 January 1950"),
    ("le 1er mai 1886", "on 1 May 1886"),
    ("le premier mai", "on the first of May"),
    ("le 1er septembre", "on September 1"),
    ("au mois d'août 1914", "in August 1914"),
    ("fin octobre 1917", "at the end of October 1917"),
    ("Il est mort en 1793, le 21 janvier.", "He died in 1793, on 21 January."),
    ("mil sept cent quatre-vingt-neuf", "1789"),
    ("en mil huit cent quarante-huit", "in 1848"),
    ("au XVIIIe siècle", "in the eighteenth century"),
    ("au XVIIIe siècle", "in the 1700s"),
    (
        "à la fin du XIXe siècle et au début du XXe",
        "at the end of the nineteenth century and the beginning of the twentieth",
    ),
    ("Louis XIV et Louis XV", "Louis XIV and Louis XV"),
    ("Napoléon III", "Napoleon the Third"),
    ("Henri IV", "Henry the Fourth"),
    ("François Ier", "Francis I"),
    ("une douzaine d'hommes", "a dozen men"),
    ("une vingtaine de soldats", "some twenty soldiers"),
    ("une vingtaine de soldats", "about twenty soldiers"),
    ("une centaine de voix", "about a hundred votes"),
    ("une cinquantaine de députés", "some fifty deputies"),
    ("des milliers d'ouvriers", "thousands of workers"),
    ("des dizaines de milliers d'hommes", "tens of thousands of men"),
    ("deux douzaines d'œufs", "two dozen eggs"),
    ("une quinzaine de jours", "a fortnight"),
    ("quinze jours plus tard", "two weeks later"),
    ("huit jours après", "a week later"),
    ("dans les huit jours", "within a week"),
    ("d'ici quinze jours", "within a fortnight"),
    ("environ 10 000 hommes", "about ten thousand men"),
    ("près de 10 000 hommes", "nearly ten thousand men"),
    ("près de cent mille francs", "close to a hundred thousand francs"),
    ("plus de trois cents députés", "more than three hundred deputies"),
    ("plus d'un million de francs", "over a million francs"),
    ("plus d'un an", "more than a year"),
    ("au moins deux cents morts", "at least two hundred dead"),
    ("jusqu'à 51 %", "up to 51%"),
    ("cinquante et un pour cent", "51 percent"),
    ("51 pour cent des voix", "fifty-one per cent of the votes"),
    ("dix pour cent", "ten percent"),
    ("2,5 millions de roubles", "two and a half million roubles"),
    ("deux millions et demi de roubles", "2.5 million roubles"),
    ("trois ans et demi", "three and a half years"),
    ("un an et demi", "eighteen months"),
    ("une heure et demie", "ninety minutes"),
    ("une demi-heure", "thirty minutes"),
    ("un quart d'heure", "a quarter of an hour"),
    ("trois quarts d'heure", "forty-five minutes"),
    ("la moitié des voix", "half of the votes"),
    ("le tiers des voix", "a third of the votes"),
    ("les deux tiers de l'assemblée", "two thirds of the assembly"),
    ("les trois quarts", "three quarters"),
    ("à midi et demi", "at half past twelve"),
    ("à minuit", "at midnight"),
    ("à trois heures moins le quart", "at a quarter to three"),
    ("à huit heures du soir", "at eight in the evening"),
    ("à 20 heures", "at 8 p.m."),
    ("à 2 h 30", "at 2:30"),
    ("vers six heures", "towards six o'clock"),
    ("entre six et sept heures", "between six and seven"),
    ("de neuf heures à midi", "from nine to noon"),
    ("dix-neuf cent quarante-cinq", "1945"),
    ("quatre-vingt-dix-neuf voix", "99 votes"),
    ("soixante-dix mille hommes", "seventy thousand men"),
    ("septante ans", "seventy years"),
    ("nonante-cinq francs", "ninety-five francs"),
    ("quatre-vingt mille hommes", "80,000 men"),
    ("onze cents hommes", "eleven hundred men"),
    ("deux cent mille", "200,000"),
    ("trois mille cinq cents chevaux", "3,500 horses"),
    ("12 345 francs", "12,345 francs"),
    ("1,2 milliard de francs", "1.2 billion francs"),
    ("un milliard deux cents millions", "1,200 million"),
    ("Il avait un habit neuf.", "He had a new coat."),
    ("Quoi de neuf ?", "What news?"),
    ("une idée neuve, un chapeau tout neuf", "a fresh idea, a brand-new hat"),
    ("Ils étaient neuf.", "There were nine of them."),
    ("neuf heures sonnaient", "nine o'clock was striking"),
    ("C'est un homme de trente ans.", "He is a man of thirty."),
    ("J'ai vu une femme et un enfant.", "I saw a woman and a child."),
    ("L'un dit oui, l'autre dit non.", "One says yes, the other no."),
    ("les uns et les autres", "both sides"),
    ("tous les deux", "both"),
    ("tous deux sont partis", "both have left"),
    ("les deux pays", "both countries"),
    ("l'un des trois délégués", "one of the three delegates"),
    ("pour la première fois", "for the first time"),
    ("en second lieu", "secondly"),
    ("une tierce personne", "a third party"),
    ("le tiers état", "the Third Estate"),
    ("Un instant, une seconde !", "Just a second!"),
    ("En deux mots : non.", "In a word, no."),
    ("De deux choses l'une", "It is one or the other"),
    ("Il faisait les cent pas.", "He was pacing up and down."),
    ("mille excuses", "a thousand pardons"),
    ("je vous l'ai dit cent fois", "I have told you a hundred times"),
    ("à quatre pattes", "on all fours"),
    ("un chapeau sur la tête, il sortit", "with a hat on his head he went out"),
    ("Ni l'un ni l'autre.", "Neither of them."),
    ("chaque deuxième jour", "every other day"),
    ("tous les deux jours", "every other day"),
    ("tous les quinze jours", "every fortnight"),
    ("une fois par semaine", "once a week"),
    ("deux fois par an", "twice a year"),
    ("deux fois plus", "twice as much"),
    ("trois fois moins", "three times less"),
    ("le double", "twice as much"),
    ("le triple", "three times as much"),
    ("doubler la production", "to double output"),
    ("l'article 3 du traité", "Article 3 of the treaty"),
    ("article premier", "Article 1"),
    ("le troisième article", "the third article"),
    ("le chapitre II", "chapter two"),
    ("la IIe Internationale", "the Second International"),
    ("la IIIe République", "the Third Republic"),
    ("le 5e bataillon", "the Fifth Battalion"),
    ("la 6e armée", "the Sixth Army"),
    ("page 12, ligne 3", "page 12, line 3"),
    ("feuillet 4 verso", "folio 4 verso"),
    ("n° 12", "No. 12"),
    ("lettre n° 45 du 3 mars", "letter No. 45 of 3 March"),
    ("dans les années trente", "in the thirties"),
    ("dans les années 1930", "in the 1930s"),
    ("les années quarante", "the 1940s"),
    ("vers 1850", "around 1850"),
    ("entre 1914 et 1918", "between 1914 and 1918"),
    ("la guerre de 1914-1918", "the war of 1914-18"),
    ("la guerre de Trente Ans", "the Thirty Years' War"),
    ("la guerre de Cent Ans", "the Hundred Years' War"),
    ("les Cent-Jours", "the Hundred Days"),
    ("le 14 juillet", "14 July"),
    ("le 18 brumaire an VIII", "18 Brumaire, Year VIII"),
    ("dix degrés au-dessous de zéro", "ten degrees below zero"),
    ("moins vingt degrés", "minus twenty degrees"),
    ("il y a trois ans", "three years ago"),
    ("dans trois jours", "in three days"),
    ("six semaines", "a month and a half"),
    ("dix ou douze personnes", "ten or twelve people"),
    ("de dix à quinze mille hommes", "from ten to fifteen thousand men"),
    ("deux à trois heures", "two to three hours"),
    ("dix jours au plus", "ten days at most"),
    ("Elle avait dix-sept ans.", "She was seventeen."),
    ("un vieillard de soixante-quinze ans", "an old man of seventy-five"),
    ("un enfant de deux ans", "a two-year-old child"),
    ("le XXe congrès", "the 20th Congress"),
    ("la première moitié du siècle", "the first half of the century"),
    ("deux francs cinquante", "two francs fifty"),
    ("5 fr. 50", "5.50 francs"),
    ("à vingt milles de la côte", "twenty miles off the coast"),
    ("Elle est arrivée à six heures un quart.", "She arrived at a quarter past six."),
    ("trois heures trois quarts", "a quarter to four"),
    ("sur les huit heures", "around eight o'clock"),
    ("vers les cinq heures du matin", "towards five in the morning"),
    ("au bout d'une heure et quart", "after an hour and a quarter"),
    ("deux heures après", "two hours later"),
    ("deux heures après midi", "two in the afternoon"),
    ("cinq cents hommes et deux canons", "five hundred men and two guns"),
    ("le 9 (22) janvier 1905", "9 January 1905"),
    ("le 25 octobre (7 novembre) 1917", "7 November 1917"),
    ("4 Rois 5", "4 Kings 5"),
    ("il avait neuf ans", "he was nine"),
    ("vingt-neuf ans", "twenty-nine"),
    ("dix-neuf personnes", "nineteen people"),
    ("neuf cents francs", "nine hundred francs"),
    ("neuf mille hommes", "nine thousand men"),
    ("deux à deux", "two by two"),
    ("un mois et demi", "six weeks"),
    ("un sou", "a penny"),
    ("une bonne centaine", "a good hundred"),
    ("quelque trois cents hommes", "some three hundred men"),
    ("il y a une dizaine d'années", "about ten years ago"),
    ("la moitié de l'année", "half a year"),
    ("dans la première quinzaine de mai", "in the first half of May"),
    ("le 2 décembre 1851", "the second of December 1851"),
    ("le deux décembre", "December 2"),
    ("nos deux armées", "our two armies"),
    ("Charles X", "Charles the Tenth"),
    ("le chiffre de 1,5 %", "a figure of 1.5%"),
    ("les 27, 28 et 29 juillet 1830", "27, 28 and 29 July 1830"),
    ("du 5 au 7 mai", "from 5 to 7 May"),
    ("le 12 courant", "the 12th inst."),
    ("rue de Rivoli, 12", "12 rue de Rivoli"),
    ("12 bis, rue de Rivoli", "12 bis, rue de Rivoli"),
    ("Un jour, un homme vint.", "One day a man came."),
    ("un peu plus de mille francs", "a little over a thousand francs"),
    ("moins de deux mois", "less than two months"),
    ("moins de mille hommes", "fewer than a thousand men"),
    ("trente et quelques années", "thirty-odd years"),
]
WITH_RUSSIAN = [
    (
        "Le 22 janvier 1950, à deux heures et demie, on se réunit au Kremlin.",
        "22 января 1950 года, в половине третьего, собрались в Кремле.",
    ),
    ("le 1er mai 1886", "1 мая 1886 г."),
    ("au XVIIIe siècle", "в XVIII веке"),
    ("au dix-neuvième siècle", "в девятнадцатом веке"),
    ("une vingtaine de soldats", "человек двадцать солдат"),
    ("une dizaine de jours", "дней десять"),
    ("des dizaines de milliers d'hommes", "десятки тысяч людей"),
    ("une centaine de voix", "около ста голосов"),
    ("environ 10 000 hommes", "около 10 тыс. человек"),
    ("plus d'un million de francs", "более миллиона франков"),
    ("au moins deux cents morts", "не менее двухсот убитых"),
    ("jusqu'à 51 %", "до 51%"),
    ("deux millions et demi de roubles", "два с половиной миллиона рублей"),
    ("un an et demi", "полтора года"),
    ("trois ans et demi", "три с половиной года"),
    ("une demi-heure", "полчаса"),
    ("un quart d'heure", "четверть часа"),
    ("quinze jours", "две недели"),
    ("huit jours", "неделя"),
    ("à trois heures moins le quart", "без четверти три"),
    ("à trois heures moins vingt", "без двадцати три"),
    ("à midi et demi", "в половине первого"),
    ("à huit heures du soir", "в восемь вечера"),
    ("à 20 heures", "в 8 часов вечера"),
    ("soixante-dix mille hommes", "семьдесят тысяч человек"),
    ("quatre-vingt-dix-neuf voix", "девяносто девять голосов"),
    ("dix-neuf cent quarante-cinq", "1945"),
    ("mil neuf cent dix-sept", "тысяча девятьсот семнадцатый"),
    ("Il avait un habit neuf.", "На нём был новый фрак."),
    ("Ils étaient neuf.", "Их было девять."),
    ("les deux pays", "обе страны"),
    ("tous les deux", "оба"),
    ("deux fois plus", "вдвое больше"),
    ("les deux tiers", "две трети"),
    ("la moitié", "половина"),
    ("l'article 3", "статья третья"),
    ("la IIIe République", "Третья республика"),
    ("il y a environ cinq ans", "лет пять назад"),
    ("dans les années trente", "в тридцатых годах"),
    ("dix ou douze personnes", "человек десять-двенадцать"),
    ("de dix à quinze mille hommes", "от десяти до пятнадцати тысяч человек"),
    ("dix degrés au-dessous de zéro", "десять градусов мороза"),
    ("tous les deux jours", "через день"),
    ("onze cents hommes", "тысяча сто человек"),
    ("trois heures et quart", "четверть четвёртого"),
    ("quatre heures moins cinq", "без пяти четыре"),
    ("le 9 (22) janvier 1905", "9 января 1905 г."),
    ("une bonne centaine", "добрая сотня"),
    ("cinq cents hommes", "пятьсот человек"),
    ("vers la fin de 1917", "к концу 1917 г."),
    ("dans les années 1860", "в 1860-е годы"),
    ("la semaine dernière", "на прошлой неделе"),
    ("six semaines", "полтора месяца"),
    ("neuf mille hommes", "девять тысяч человек"),
    ("quatre-vingt-dix mille", "девяносто тысяч"),
    ("soixante et onze", "семьдесят один"),
    ("deux roubles cinquante", "два рубля пятьдесят копеек"),
]
PLANTED_WITH_ENGLISH = [
    ("le 22 janvier 1950", "on 23 January 1950", "VAL203"),
    ("le 22 janvier 1950", "on 22 February 1950", "VAL203"),
    ("le vingt-deux janvier", "on 21 January", "VAL203"),
    ("le 1er mai 1886", "on 2 May 1886", "VAL203"),
    ("au mois d'août 1914", "in July 1914", "VAL203"),
    ("en mil huit cent quarante-huit", "in 1849", "VAL201"),
    ("dix-neuf cent quarante-cinq", "1954", "VAL201"),
    ("quatre-vingt-dix-neuf voix", "89 votes", "VAL201"),
    ("soixante-douze députés", "sixty-two deputies", "VAL202"),
    ("soixante-dix mille hommes", "sixty thousand men", "VAL202"),
    ("septante ans", "sixty years", "VAL202"),
    ("quatre-vingt mille hommes", "24,000 men", "VAL201"),
    ("onze cents hommes", "eleven hundred and ten men", "VAL202"),
    ("2,5 millions de roubles", "2.4 million roubles", "VAL201"),
    ("deux millions et demi", "two million", "VAL202"),
    ("un milliard de francs", "a million francs", "VAL202"),
    ("trois mille cinq cents chevaux", "3,400 horses", "VAL201"),
    ("cinquante et un pour cent", "52 percent", "VAL201"),
    ("51 pour cent des voix", "fifty-one votes", "VAL205"),
    ("environ 10 000 hommes", "10,000 men", "VAL204"),
    ("10 000 hommes", "about 10,000 men", "VAL204"),
    ("plus de trois cents députés", "three hundred deputies", "VAL204"),
    ("plus de trois cents députés", "less than three hundred deputies", "VAL204"),
    ("au moins deux cents morts", "at most two hundred dead", "VAL204"),
    ("deux cents morts ou plus", "two hundred dead", "VAL204"),
    ("près de cent mille francs", "more than a hundred thousand francs", "VAL204"),
    ("à trois heures moins le quart", "at a quarter past three", "VAL202"),
    ("à deux heures et demie", "at half past three", "VAL202"),
    ("à huit heures du soir", "at eight in the morning", "VAL202"),
    ("à 20 heures", "at 9 p.m.", "VAL201"),
    ("trois ans et demi", "four and a half years", "VAL202"),
    ("quinze jours", "fifteen weeks", "VAL205"),
    ("trois semaines", "three months", "VAL205"),
    ("six divisions et sept régiments", "seven divisions and six regiments", "VAL202"),
    ("la guerre de Trente Ans", "the Forty Years' War", "VAL202"),
    ("moins vingt degrés", "twenty degrees", "VAL202"),
    ("le troisième article", "the fourth article", "VAL202"),
    ("au XVIIIe siècle", "in the seventeenth century", "VAL202"),
    ("page 12, ligne 3", "page 12, line 4", "VAL201"),
    ("de dix à quinze mille hommes", "from ten to sixteen thousand men", "VAL202"),
]
PLANTED_WITH_RUSSIAN = [
    ("environ 10 000 hommes", "10 тыс. человек", "VAL204"),
    ("à trois heures moins vingt", "без двадцати два", "VAL202"),
    ("dix-sept ans", "шестнадцать лет", "VAL202"),
    ("quatre-vingt-onze", "восемьдесят один", "VAL202"),
]


@pytest.mark.parametrize(("ours", "theirs"), WITH_ENGLISH)
def test_faithful_english(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs, languages="fr en")] == []


@pytest.mark.parametrize(("ours", "theirs"), WITH_RUSSIAN)
def test_faithful_russian(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs, languages="fr ru")] == []


@pytest.mark.parametrize(("ours", "theirs", "code"), PLANTED_WITH_ENGLISH)
def test_planted_in_english(ours: str, theirs: str, code: str) -> None:
    assert codes(compared(ours, theirs, languages="fr en")) == [(code, "e4")]


@pytest.mark.parametrize(("ours", "theirs", "code"), PLANTED_WITH_RUSSIAN)
def test_planted_in_russian(ours: str, theirs: str, code: str) -> None:
    assert codes(compared(ours, theirs, languages="fr ru")) == [(code, "e4")]
