"""Numbers, dates and how exact they are, of two texts: planted errors are found, faithful translations are passed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edition.diagnostics import Diagnostic, Location
from edition.model import ASIDE, DATE, NUMBER, Edition, Mark, Paragraph
from edition.parity import compare

from .texts import PERSONS, codes, original, translated, translation

SIZE = 6


def said(path: str, name: str, text: str, marks: tuple[Mark, ...] = (), corresp: str = "") -> Paragraph:
    links = (corresp,) if corresp else ()
    return Paragraph(name, f"{path}#{name}", links, text, Location(path, 40), marks)


Marks = tuple[tuple[Mark, ...], tuple[Mark, ...]]


def compared(ours: str, theirs: str, marks: Marks = ((), ()), languages: str = "ru en") -> list[Diagnostic]:
    """What is found where the fourth turn of a talk says this and its translation that."""
    return talked([(ours, theirs)], marks, languages)


def talked(passages: list[tuple[str, str]], marks: Marks = ((), ()), languages: str = "ru en") -> list[Diagnostic]:
    """The same, where the last passage is the fourth turn, which has the marks; the others are those before it."""
    turns, others = list(original(SIZE).turns), translated(SIZE)
    for number, (ours, theirs) in enumerate(passages, 5 - len(passages)):
        mine, its = marks if number == 4 else ((), ())
        at = number - 1
        turns[at] = replace(turns[at], paragraphs=(said("ru.xml", f"t{number}p1", ours, mine),))
        paragraph = said("en.xml", f"e{number}p1", theirs, its, f"ru.xml#t{number}p1")
        others[at] = replace(others[at], paragraphs=(paragraph,))
    first, second = languages.split()
    texts = (
        replace(original(SIZE), turns=tuple(turns), language=first),
        replace(translation(others), language=second),
    )
    return [each for each in compare(Edition(*texts, PERSONS)) if each.rule.code.startswith(("VAL1", "VAL2"))]


FAITHFUL = [
    ("Имеется две группы вопросов: одна группа … вторая группа …", "There are two groups: the first … the second …"),
    ("интересов двух сторон", "the interests of both sides"),
    ("обоих государств", "of our two countries"),
    ("Мы согласны на любой вариант", "We agree with both scenarios"),
    ("через каждые два-три года", "every two or three years"),
    ("с 5 до 3-4 лет", "from 5 to 3-4 years"),
    ("увеличить до 51%", "increase to 51%"),
    ("поднялось до 51%", "reached 51 percent"),
    ("всего лишь один процент", "only one percent"),
    ("около 10 тыс. человек", "about ten thousand people"),
    ("приблизительно 10 000 человек", "10,000 people approximately"),
    ("человек десять", "about ten people"),
    ("не менее двухсот", "at least 200"),
    ("в течение 5 лет", "over five years"),
    ("не более двух", "cannot have more than two"),
    ("не должно превышать 10 тыс.", "at most 10 thousand"),
    ("говорили о двух вопросах", "talked about two questions"),
    ("1 января 1950 года", "January 1, 1950"),
    ("с июля того же года", "from July 1949"),
    ("в январе пришло 15 человек", "In January 15 people came"),
    ("22.01.1950", "22 January 1950"),
    ("в 50-х годах", "in the 1950s"),
    ("двухлетний срок", "a two-year term"),
    ("XIX съезд", "the 19th Congress"),
    ("вдвое больше", "two times more"),
    ("полтора года", "a year and a half"),
    ("три четверти", "three quarters"),
    ("2,5 млн рублей", "two and a half million roubles"),
    ("3-4 тысячи", "three to four thousand"),
    ("десятки тысяч", "tens of thousands"),
    ("в 1945-50 годах", "in 1945-1950"),
    ("ровно в 10:30", "at 10:30 sharp"),
    ("1½ часа", "an hour and a half"),
    ("1,5 года", "a year and a half"),
    ("два с половиной часа", "two hours and a half"),
    ("3 тыс. 500 человек", "3,500 people"),
    ("2 млн. 300 тыс. тонн", "2,300,000 tons"),
    ("2 млн. 300 тыс. тонн", "2 million 300 thousand tons"),
    ("Потеряли 3 тыс. 500 вернулись", "They lost 3 thousand. 500 came back"),
    ("Два товарища. Две группы. Два вопроса.", "Two comrades, the same number of groups and questions."),
    ("один из двух", "one of the two"),
    ("на двести пятьдесят тысяч", "by a quarter of a million, 250,000"),
    ("двести пятьдесят тысяч", "two hundred and fifty thousand"),
    ("полмиллиона рублей", "half a million roubles"),
    ("полтора года", "eighteen months"),
    ("час с половиной", "an hour and a half"),
    ("полчаса", "thirty minutes"),
    ("десять лет", "a decade"),
    ("полторы сотни рублей, да ещё два десятка", "a hundred and fifty roubles and another score"),
    ("двадцать четыре человека", "two dozen people"),
    ("три с половиной сотни", "350"),
    ("2 дюжины", "24"),
    ("сотни тысяч людей", "hundreds of thousands of people"),
    ("часу в десятом", "after nine"),
    ("в десятом часу", "after nine"),
    ("вырос в три раза", "tripled"),
    ("через две недели", "in a fortnight"),
    ("дня через два", "in about two days"),
    ("с десяток", "about ten"),
    ("двадцать с лишним лет", "twenty-odd years"),
    ("по крайней мере, в двух случаях", "in at least two cases"),
    ("версии 3 или более поздней", "version 3 or later"),
    ("15-20 проц.", "15-20 per cent"),
    ("между СССР и Китаем", "between the two countries"),
    ("2-й пятилетний план", "the Second Five-Year Plan"),
    ("с 9 до 17 часов", "from 9 a.m. to 5 p.m."),
    ("в 17.30", "at 5:30 p.m."),
    ("в 19 часов", "at seven in the evening"),
    ("в половине шестого", "at half past five"),
    ("в шестом часу", "after five o'clock"),
    ("в 12 часов ночи", "at midnight"),
    ("в 0 часов 15 минут", "at 12:15 a.m."),
    ("в час дня", "at 1 p.m."),
    ("в сорок пятом году", "in 1945"),
    ("в 49-м году", "in 1949"),
    ("1 Мая", "on May Day"),
    ("ключ СТА", "the key OLD"),
    ("рулонов тридцать", "thirty rolls or so"),
    ("на 200 га, не больше", "for no more than 200 hectares"),
    ("не менее пяти", "five, no less"),
    ("половина процента", "half a percent"),
    ("без четверти три", "2:45"),
    ("полтора суток", "36 hours"),
    ("5 тысяч 300 человек", "5,300 people"),
    ("5 млн 300 тыс.", "5.3 million"),
    ("С 41-го по 45-й.", "From 1941 to 1945."),
    ("С 17-го по 22-й год", "From 1917 to 1922"),
    ("с сорок первого по сорок пятый", "from 1941 to 1945"),
    ("Восемнадцатилетний парень", "An 18-year-old lad"),
    ("Тридцатипятилетний инженер", "A 35-year-old engineer"),
    ("двадцатипятилетний договор", "a twenty-five-year treaty"),
    ("стопятидесятилетие", "the 150th anniversary"),
    ("Трёхмиллионная армия", "An army of three million"),
    ("Полуторатысячная толпа", "A crowd of fifteen hundred"),
    ("Полумиллионная армия", "An army of half a million"),
    ("Около полумиллиона", "About half a million"),
    ("Более полумиллиона", "Over half a million"),
    ("В восемь вечера", "At 20:00"),
    ("В 5-м часу", "After four"),
    ("5 долл. 50 центов", "$5.50"),
    ("5 рублей 50 копеек", "5 rubles 50 kopecks"),
    ("2 часа 30 минут", "2.5 hours"),
    ("1000 и 1 ночь", "The thousand and one nights"),
    ("Тысяча и одна ночь", "A thousand and one nights"),
    ("12 человек", "12 people [out of 40 invited]"),
    ("3/4 дивизий", "Three quarters of the divisions"),
    ("2/3 голосов", "Two-thirds of the votes"),
    ("Две трети голосов", "2/3 of the votes"),
    ("Три четверти", "75%"),
    ("1/2 миллиона", "Half a million"),
    ("1/4 миллиона", "A quarter of a million"),
    ("3½ миллиона", "3 1/2 million"),
    ("Тысячи две", "Some two thousand"),
    ("Тысяч пять-шесть", "Five or six thousand"),
    ("Миллионов десять", "Ten million or so"),
    ("Порядка 40 судов", "Of the order of 40 ships"),
    ("По меньшей мере сорок", "At the very least forty"),
    ("Чуть меньше 40 судов", "Just under forty ships"),
    ("до 1945 года", "by 1945"),
    ("Приезжайте в июле", "Come in the summer"),
    ("в мае или июне", "in May or June"),
    ("5 янв. 1947 г.", "5 January 1947"),
    ("июльский пленум 1947 года", "the July 1947 plenum"),
    ("июль 47-го", "July 1947"),
    ("5/III-42 г.", "5 March 1942"),
    ("5/III", "on 5 March"),
    ("22.01.1950г.", "22 January 1950"),
    ("пункт 5/II", "item 5 of part II"),
    ("Наполовину", "By 50%"),
    ("с 5 по 7 июля 1947 года", "from July 5 to 7, 1947"),
    ("в версии 3 может быть", "in version 3 may be"),
    ("Mon, 14 Aug 2006", "Mon, 14 Aug 2006"),
    ("10 человек", "[about] 10 people"),
]


@pytest.mark.parametrize(("ours", "theirs"), FAITHFUL)
def test_a_faithful_translation_is_passed_in_silence(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs)] == []


TIMES = [
    ("14 дней", "two weeks"),
    ("14 дней", "a fortnight"),
    ("в двухнедельный срок", "within 14 days"),
    ("полтора часа", "90 minutes"),
    ("1,5 часа", "90 minutes"),
    ("через сутки", "in 24 hours"),
    ("через сутки", "24 hours later"),
    ("двое суток", "48 hours"),
    ("двое суток", "two days"),
    ("полгода", "six months"),
    ("шесть месяцев", "half a year"),
    ("шестимесячный срок", "a half-year term"),
    ("дюжина", "twelve"),
    ("двенадцать стульев", "a dozen chairs"),
    ("полдюжины", "six"),
    ("шесть", "half a dozen"),
    ("пара сапог", "two boots"),
    ("двести лет", "two centuries"),
    ("200 лет", "two centuries"),
    ("два века", "200 years"),
    ("полчаса", "30 minutes"),
    ("полчаса", "half an hour"),
    ("30 минут", "half an hour"),
    ("тридцать минут", "half an hour"),
    ("четверть часа", "15 minutes"),
    ("15 минут", "a quarter of an hour"),
    ("пятнадцать минут", "quarter of an hour"),
    ("три четверти часа", "45 minutes"),
    ("45 минут", "three quarters of an hour"),
    ("19 век", "the 1800s"),
    ("XIX век", "the 1800s"),
    ("XIX век", "the nineteenth century"),
    ("19 век", "the nineteenth century"),
    ("XIX век", "19th-century"),
    ("в XIX в.", "in the 19th century"),
    ("в девятнадцатом веке", "in the 1800s"),
    ("в XVIII столетии", "in the 1700s"),
    ("Около того: сорок", "Forty or so"),
    ("сорок или около того", "forty or so"),
    ("сорок или около того", "about forty"),
    ("сорок с лишним", "forty-odd"),
    ("сорок с чем-то", "forty-odd"),
    ("Около того: сорок человек", "Forty people or so"),
    ("30-е годы", "the thirties"),
    ("30-е годы", "the 1930s"),
    ("в 30-х годах", "in the '30s"),
    ("в 30-х годах", "in the ’30s"),
    ("в тридцатых годах", "in the 1930s"),
    ("в тридцатые годы", "in the thirties"),
    ("в 30-е гг.", "in the 30s"),
    ("в 1930-х годах", "in the thirties"),
    ("в начале 30-х", "in the early thirties"),
    ("в восьмидесятых годах прошлого века", "in the 1880s"),
    ("за семь дней", "in a week"),
    ("за неделю", "in seven days"),
    ("через 7 дней", "a week later"),
    ("через 10 дней", "ten days later"),
    ("декада", "ten days"),
    ("12 месяцев", "a year"),
    ("в течение года", "for twelve months"),
    ("за 24 часа", "in a day"),
    ("за 24 часа", "within a day"),
    ("12 лет", "a dozen years"),
    ("40 лет", "four decades"),
    ("сорок лет", "four decades"),
    ("четыре десятилетия", "forty years"),
    ("полвека", "fifty years"),
    ("пятьдесят лет", "half a century"),
    ("100 лет", "a century"),
    ("столетие", "100 years"),
    ("тысячелетие", "1000 years"),
    ("1000 лет", "a millennium"),
    ("три месяца", "a quarter"),
    ("90 дней", "three months"),
    ("тридцать дней", "a month"),
    ("полтора месяца", "six weeks"),
    ("полтора месяца", "45 days"),
    ("полтора года", "18 months"),
    ("18 месяцев", "a year and a half"),
    ("два с половиной года", "30 months"),
    ("два с половиной часа", "150 minutes"),
    ("2 часа 30 минут", "150 minutes"),
    ("1 час 30 минут", "90 minutes"),
    ("час с половиной", "90 minutes"),
    ("час двадцать", "80 minutes"),
    ("длилась 1 ч. 30 м.", "took 90 minutes"),
    ("36 часов", "a day and a half"),
    ("полтора дня", "36 hours"),
    ("120 минут", "two hours"),
    ("48 часов", "two days"),
    ("72 часа", "three days"),
    ("72-часовой ультиматум", "a three-day ultimatum"),
    ("трехдневный срок", "72 hours"),
    ("60 секунд", "a minute"),
    ("полминуты", "30 seconds"),
    ("два десятка", "a score"),
    ("шестьдесят лет", "three score years"),
    ("чёртова дюжина", "thirteen"),
    ("чертова дюжина", "a baker's dozen"),
    ("пять дюжин", "sixty"),
    ("гросс", "144"),
    ("две недели", "fourteen days"),
    ("четыре недели", "a month"),
    ("четыре недели", "28 days"),
    ("пятилетка", "five years"),
]


@pytest.mark.parametrize(("ours", "theirs"), TIMES)
def test_what_lasts_as_long_and_dozens_are_the_same(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs)] == []


SIGNS_AND_COUNTS = [
    ("неотрицательная 20-битная константа", "a non-negative 20-bit constant"),
    ("минус пять", "minus five"),
    ("минус 5 градусов", "5 degrees below zero"),
    ("5 градусов мороза", "minus 5"),
    ("-5°", "5 below zero"),
    ("5 ниже нуля", "five degrees of frost"),
    ("мороз в 5 градусов", "minus five"),
    ("было -5 машин", "it was -5 machines"),
    ("было - 5 машин", "there were 5 machines"),
    ("плюс-минус 5", "plus or minus 5"),
    ("плюс-минус 5", "give or take 5"),
    ("десять минус пять", "ten less five"),
    ("10 минус 5", "5 from 10"),
    ("убыток 5 тысяч", "minus 5 thousand"),
    ("минус 5 тысяч", "a loss of 5 thousand"),
    ("минус 5%", "-5%"),
    ("минус 5%", "down 5%"),
    ("минус 5%", "a fall of 5%"),
    ("сократилось на 5%", "minus 5%"),
    ("25 градусов ниже нуля", "25 below"),
    ("-25 градусов", "minus 25"),
    ("- 25 июня мы встретились", "- On 25 June we met"),
    ("пункты: - 5 дивизий; - 7 полков", "items: - 5 divisions; - 7 regiments"),
    ("1945−1950 гг.", "1945-1950"),
    ("5−7 дней", "5-7 days"),
    ("минус сорок", "forty below zero"),
    ("сорок градусов мороза", "forty degrees below"),
    ("от минус 5 до плюс 10", "from -5 to +10"),
    ("за минусом пяти рублей", "less five roubles"),
    ("минус два человека", "two people fewer"),
    ("5 дней и 7 недель", "7 weeks and 5 days"),
    ("5 дивизий и 7 полков", "7 regiments and 5 divisions"),
    ("на 7 полков 5 дивизий", "5 divisions for 7 regiments"),
    ("50 из 100 рублей", "50 roubles out of 100"),
    ("по 5 рублей за 7 человек", "7 people at 5 roubles each"),
    ("за 7 лет 5%", "5% in 7 years"),
    ("5 танков и 7 самолетов", "5 tanks and 7 planes"),
    ("двадцать минут девятого", "twenty past eight"),
    ("8-часовой рабочий день", "an eight-hour day"),
    ("пятидневная неделя", "the five-day week"),
    ("5 дней в неделю", "five days a week"),
    ("два раза в год", "twice a year"),
    ("два раза в год", "two times a year"),
    ("10 часов в день", "ten hours daily"),
    ("два часа дня", "two in the afternoon"),
    ("в 12 часов дня", "at 12 noon"),
    ("двое суток", "two days and nights"),
    ("на третий день", "on the third day"),
    ("трое суток", "three nights"),
    ("3 месяца", "a quarter of a year"),
    ("5 лет назад", "five years ago"),
    ("пятилетний план", "the five-year plan"),
    ("пять лет три месяца", "five years and three months"),
    ("за последние 24 часа", "in the last 24 hours"),
    ("семь дней недели", "seven days of the week"),
    ("первые 100 дней", "the first hundred days"),
    ("дня два", "a day or two"),
    ("лет пять назад", "some five years ago"),
    ("человек пять-шесть", "five or six people"),
    ("на сто человек пять врачей", "five doctors for a hundred people"),
    ("Было человек двадцать.", "There were twenty or so people."),
    ("лет через десять", "in about ten years"),
    ("лет через десять", "in a decade or so"),
    ("часов в пять", "around five"),
    ("минут через десять.", "in ten minutes or so."),
    ("слово [5] и", "word [6] and"),
    ("слово [л. 5] и", "word [p. 6] and"),
    ("[две недели] он", "he came [14 days]"),
    ("[1945] он приехал", "he came [1945]"),
    ("[1945] он приехал", "he came [in 1945-46]"),
]


@pytest.mark.parametrize(("ours", "theirs"), SIGNS_AND_COUNTS)
def test_what_is_below_zero_or_counts_the_same_is_passed_in_silence(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs)] == []


PLANTED = [
    ("увеличить до 51%", "increase to 52%", "VAL201"),
    ("увеличить до 51%", "increase it", "VAL201"),
    ("Как быть?", "What of the 51%?", "VAL201"),
    ("10 тыс. человек", "10 million people", "VAL201"),
    ("10 тыс. человек", "a hundred thousand people", "VAL201"),
    ("в статье 3", "in article four", "VAL201"),
    ("двумя государствами", "by three countries", "VAL202"),
    ("двумя государствами", "by countries", "VAL202"),
    ("один процент", "two percent", "VAL202"),
    ("два-три года", "two to four years", "VAL202"),
    ("двумя … два-три", "three … two-three", "VAL202"),
    ("1 января 1950 года", "1 February 1950", "VAL203"),
    ("1 января 1950 года", "January 2, 1950", "VAL203"),
    ("июля 1949 года", "July 1948", "VAL203"),
    ("22 января 1950 года", "January 1950", "VAL203"),
    ("июля 1949 года", "then", "VAL203"),
    ("около 10 тыс. человек", "10 thousand people", "VAL204"),
    ("10 тыс. человек", "about 10 thousand people", "VAL204"),
    ("более двухсот", "two hundred", "VAL204"),
    ("не более двухсот", "more than two hundred", "VAL204"),
    ("до 10 тыс. человек", "10 thousand people", "VAL204"),
    ("10 тыс. человек", "up to 10 thousand people", "VAL204"),
    ("почти сто двадцать", "a hundred and twenty", "VAL204"),
    ("двадцать лет с лишним", "twenty years", "VAL204"),
    ("мы платим 2%", "we pay 2", "VAL205"),
    ("третья статья", "the fourth article", "VAL202"),
    ("в 1920-е годы", "in the 1930s", "VAL202"),
    ("в XIX веке", "in the eighteenth century", "VAL202"),
    ("в 17:30", "at 4:30 p.m.", "VAL201"),
    ("в 49-м году", "in 1950", "VAL201"),
    ("в половине шестого", "at half past seven", "VAL202"),
    ("С 41-го по 45-й", "From 1941 to 1946", "VAL201"),
    ("5 июля 1947 года", "in 1947", "VAL203"),
    ("в июле 1947 года", "in 1947", "VAL203"),
    ("в 1947 году", "in July 1947", "VAL203"),
    ("5 июля", "on the 5th", "VAL203"),
    ("5/III-42 г.", "5 April 1942", "VAL203"),
    ("5-го числа", "on 5 July", "VAL203"),
    ("в июле", "in August", "VAL203"),
    ("в январе или феврале", "in January or March", "VAL203"),
    ("июльский пленум", "the June plenum", "VAL203"),
    ("Две трети голосов", "Three quarters of the votes", "VAL202"),
    ("1/2 миллиона", "two million", "VAL201"),
    ("Тысяч пять", "six thousand", "VAL202"),
    ("свыше 1000 человек", "less than 1000 people", "VAL204"),
    ("свыше 1000 человек", "1000 people", "VAL204"),
    ("Порядка 40 судов", "40 ships", "VAL204"),
    ("Восемнадцатилетний парень", "A 19-year-old lad", "VAL201"),
    ("двадцатипятилетний договор", "a thirty-year treaty", "VAL202"),
    ("Трёхмиллионная армия", "An army of two million", "VAL202"),
    ("В восемь вечера", "At 20:15", "VAL201"),
    ("В 5-м часу", "After six", "VAL201"),
    ("25 октября (7 ноября) 1917 г.", "26 October 1917", "VAL203"),
    ("25 октября (7 ноября) 1917 г.", "25 October (8 November) 1917", "VAL203"),
    ("12 человек", "13 people [out of 40 invited]", "VAL201"),
    ("минус 5 градусов", "5 degrees", "VAL201"),
    ("минус пять", "five", "VAL202"),
    ("минус пять", "plus five", "VAL202"),
    ("5 градусов", "minus 5 degrees", "VAL201"),
    ("−5°", "5°", "VAL201"),
    ("5 дней и 7 недель", "7 days and 5 weeks", "VAL201"),
    ("5 дивизий и 7 полков", "7 divisions and 5 regiments", "VAL201"),
    ("5 лет и 7 месяцев", "7 years and 5 months", "VAL201"),
    ("3 года 2 месяца", "two years and three months", "VAL201"),
    ("5% за 7 лет", "7% in 5 years", "VAL201"),
    ("5 рублей за 7 пудов", "7 roubles for 5 poods", "VAL201"),
    ("через 5 дней", "in 5 weeks", "VAL205"),
    ("через пять дней", "in five hours", "VAL205"),
    ("лет двадцать назад", "twenty years ago", "VAL204"),
    ("Пришло человек пять.", "Five people came.", "VAL204"),
    ("часов в пять.", "at five.", "VAL204"),
    ("[в 1945 г.] он приехал", "he came [in 1946]", "VAL201"),
    ("[12 января 1945 г.] он", "he [12 January 1946]", "VAL203"),
    ("[51%] акций", "[52%] of shares", "VAL201"),
    ("[около 20 тыс.] рублей", "[about 30 thousand] roubles", "VAL201"),
    ("[через 5 дней] он", "he came [in 7 days]", "VAL201"),
    ("[два] слова", "[three] words", "VAL202"),
    ("10 верст", "seven miles", "VAL201"),
    ("10 пудов", "360 pounds", "VAL201"),
    ("5 дней", "7 days", "VAL201"),
    ("14 дней", "two months", "VAL201"),
    ("полтора часа", "80 minutes", "VAL201"),
    ("длилась 1 ч. 30 м.", "took 80 minutes", "VAL201"),
    ("полгода", "seven months", "VAL202"),
    ("200 лет", "three centuries", "VAL201"),
    ("XIX век", "the 1700s", "VAL202"),
    ("в 30-х годах", "in the forties", "VAL202"),
    ("в 30-х годах", "in the 1940s", "VAL202"),
]


@pytest.mark.parametrize(("ours", "theirs", "code"), PLANTED)
def test_a_planted_error_is_found_once_and_as_what_it_is(ours: str, theirs: str, code: str) -> None:
    assert codes(compared(ours, theirs)) == [(code, "e4")]


def test_both_places_are_named() -> None:
    (found,) = compared("около 10 тыс. человек", "10 thousand people")
    assert found.message == 'turn e4 (Molotov) says "10 thousand" without the "около" of its original t4'
    assert found.location == Location("en.xml", 40)
    assert (found.related[0].location, found.related[0].message) == (Location("ru.xml", 40), 't4 has "около 10 тыс"')


def number(text: str, words: str, *values: str, unit: str = "", path: str = "en.xml") -> Mark:
    start = text.index(words)
    return Mark(NUMBER, start, start + len(words), Location(path, 41), values=values, unit=unit)


def date(text: str, words: str, *values: str, calendar: str = "") -> Mark:
    return replace(number(text, words, *values, unit=calendar), kind=DATE)


def test_what_is_encoded_wins_over_the_words() -> None:
    ours, theirs = "половину от 100", "half of 100"
    marks = ((number(ours, "половину", "0.5"),), (number(theirs, "half", "0.4"),))
    assert codes(compared(ours, theirs, marks)) == [("VAL101", "e4")]
    assert codes(compared(ours, theirs)) == []
    several = ((number("несколько", "несколько", "5"),), (number("several", "several", "6"),))
    assert codes(compared("несколько", "several", several)) == [("VAL201", "e4")]
    assert codes(compared("несколько", "several", ((), several[1]))) == []


def test_a_word_for_a_part_or_an_ordinal_is_held_against_its_attribute() -> None:
    each = (("половина", "half", "0.5", "2"), ("третья", "third", "3", "4"), ("четверть", "a quarter", "0.25", "4"))
    for ours, theirs, right, wrong in each:
        mine = (number(ours, ours, right),)
        assert codes(compared(ours, theirs, (mine, (number(theirs, theirs, right),)))) == []
        assert codes(compared(ours, theirs, (mine, (number(theirs, theirs, wrong),)))) == [("VAL101", "e4")]


def test_attributes_that_say_a_year_which_the_words_leave_out_are_held_against_each_other() -> None:
    def found(ours: str, when: str, theirs: str, other: str) -> list[str]:
        marks = ((date(ours, ours, *when.split()),), (date(theirs, theirs, *other.split()),))
        return [each.message.partition(" says ")[2] for each in compared(ours, theirs, marks)]

    differ = '"January 22 (1951-01-22)", its original t4 "22 января (1950-01-22)"'
    assert found("22 января", "1950-01-22", "January 22", "1951-01-22") == [differ]
    assert found("22 января", "1950-01-22", "January 22", "1950-01-22") == []
    assert found("в мае", "1950-05", "May", "1951-05") == ['"May (1951-05)", its original t4 "в мае (1950-05)"']
    from_to = "1941 1944"
    assert found("война", from_to, "the war", "1941 1945") == ['"the war (1945)", its original t4 "война (1944)"']
    assert found("война", from_to, "the war", from_to) == []


def test_both_ends_of_a_range_of_dates_are_held_against_its_words() -> None:
    def is_told(words: str, *values: str) -> bool:
        return codes(compared(words, words, ((date(words, words, *values),), ()), "ru ru"))[:1] == [("VAL101", "t4")]

    assert is_told("1941–1944", "1941", "1945")
    assert is_told("в 1939–1945 гг.", "1938", "1945")
    assert is_told("с 1 по 12 мая", "1950-05-01", "1950-05-10")
    assert not is_told("с 1 по 12 мая", "1950-05-01", "1950-05-12")
    assert not is_told("1941-44", "1941-06-22", "1944-05-09")
    assert not is_told("две недели в мае 1950 г.", "1950-05-01", "1950-05-15")
    assert not is_told("на второй день", "1950-05-01")


def test_units_of_attributes_are_known_by_symbols_and_names() -> None:
    def found(ours: str, mine: str, unit: str, theirs: str, its: str, other: str) -> list[str]:
        marks = ((number(ours, ours, mine, unit=unit),), (number(theirs, theirs, its, unit=other),))
        return [code for code, _ in codes(compared(ours, theirs, marks))]

    for week, day in (("week", "day"), ("weeks", "d"), ("wk", "days"), ("неделя", "день")):
        assert found("две недели", "2", week, "fourteen days", "14", day) == []
        assert found("две недели", "2", week, "fifteen days", "15", day) == ["VAL201"]
    assert found("два года", "2", "year", "24 months", "24", "month") == []
    assert found("три километра", "3", "km", "three kilometres", "3", "kilometre") == []
    assert found("три километра", "3", "km", "three miles", "3", "mile") == ["VAL205"]


def test_an_open_range_says_how_exact_it_is() -> None:
    ours, theirs = "200 или больше", "200"
    marks = (number(ours, "200 или больше", "200", ""),)
    (found,) = compared(ours, theirs, (marks, ()))
    assert found.rule.code == "VAL204"


def test_what_a_translator_added_is_left_out() -> None:
    ours, theirs = "Хорошо, 5 лет.", "Good, 5 years from 1950 on."
    start = theirs.index("from")
    marks = (Mark(ASIDE, start, start + len("from 1950 on"), Location("en.xml", 40)),)
    assert compared(ours, theirs, ((), marks)) == []
    assert codes(compared(ours, theirs)) == [("VAL201", "e4")]


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        ("10 человек", "[about] 10 people", ""),
        ("[около] 10 человек", "10 people", ""),
        ("[около] 10 человек", "about 10 people", ""),
        ("10 [тыс.] человек", "10 thousand people", ""),
        ("10 [тыс.] человек", "10 people", ""),
        ("10 тыс. человек", "10 [thousand] people", ""),
        ("51[%] акций", "51 of the shares", ""),
        ("51% акций", "51 [percent] of the shares", ""),
        ("3[-4] года", "3 years", ""),
        ("1[5] человек", "15 people", ""),
        ("пят[надцать] человек", "fifteen people", ""),
        ("двадцать [пять] человек", "twenty-five people", ""),
        ("двадцать [пять] человек", "twenty people", ""),
        ("двадцать [пять] человек", "thirty people", "VAL202"),
        ("10 [тыс.] человек", "11 thousand people", "VAL201"),
        ("около 10 [тыс.] человек", "10 people", "VAL204"),
    ],
)
def test_what_was_supplied_causes_no_finding_and_hides_none(ours: str, theirs: str, code: str) -> None:
    def supplied(text: str, path: str) -> tuple[str, tuple[Mark, ...]]:
        before, _, rest = text.partition("[")
        inside, closed, after = rest.partition("]")
        mark = Mark(ASIDE, len(before), len(before) + len(inside), Location(path, 41))
        return before + inside + after, (mark,) if closed else ()

    (first, marks), (second, others) = supplied(ours, "ru.xml"), supplied(theirs, "en.xml")
    assert [found for found, _ in codes(compared(first, second, (marks, others)))] == ([code] if code else [])


@pytest.mark.parametrize(
    ("ours", "asides", "theirs", "expected"),
    [
        ("Нужно 15 станков", ["15"], "It needs 15 machine tools", []),
        ("Нужно 1215 станков", ["12", "15"], "It needs 15 machine tools", []),  # <del>12</del><add>15</add>
        ("2, 2, 15", ["15"], "2, 15, 15", []),
        ("Нужно 15 станков", ["15"], "It needs 16 machine tools", ["VAL201"]),
        ("Нужно 15 станков", ["15"], "It needs machine tools", []),
    ],
)
def test_what_was_added_may_be_translated_and_is_not_missed(
    ours: str, asides: list[str], theirs: str, expected: list[str]
) -> None:
    place = Location("ru.xml", 40)
    marks = tuple(Mark(ASIDE, ours.index(each), ours.index(each) + len(each), place) for each in asides)
    assert [code for code, _ in codes(compared(ours, theirs, (marks, ())))] == expected


@pytest.mark.parametrize(
    ("text", "words", "values"),
    [
        ("51%", "51%", ("52",)),
        ("two of them", "two", ("3",)),
        ("both", "both", ("3",)),
        ("two or three years", "two or three", ("2", "4")),
        ("10 thousand", "10 thousand", ("1000",)),
    ],
)
def test_encoding_and_words_that_disagree(text: str, words: str, values: tuple[str, ...]) -> None:
    found = compared("…", text, ((), (number(text, words, *values),)))
    assert ("VAL101", "e4") in codes(found)


@pytest.mark.parametrize(
    ("text", "words", "values"),
    [
        ("51%", "51%", ("0.51",)),
        ("a dozen eggs", "dozen", ("13",)),
        ("thousands", "thousands", ("3000",)),
        ("1 hour 30 minutes", "1 hour 30 minutes", ("90",)),
        ("some time", "some time", ("7",)),
        ("10 thousand", "10 thousand", ("10000.0",)),
        ("51%", "51%", ("many",)),
        ("51%", "51%", ("9" * 400,)),
        ("51%", "51%", ("NaN",)),
        ("51%", "51%", ("1E+999999",)),
        ("51 thousand", "51", ("1E-999999",)),
    ],
)
def test_encoding_that_may_be_right_or_is_no_number(text: str, words: str, values: tuple[str, ...]) -> None:
    assert "VAL101" not in {code for code, _ in codes(compared("…", text, ((), (number(text, words, *values),))))}


def test_a_month_that_was_said_just_before_may_be_understood() -> None:
    def severities(ours: str, theirs: str, before: str) -> list[str]:
        found = talked([("5 июля мы говорили.", before), (ours, theirs)])
        return [each.severity.name for each in found if each.turn == "e4"]

    assert severities("6 июля", "on the 6th", "On 5 July we talked.") == []
    assert severities("6 июля", "on the 6th", "On the 5th we talked.") == ["WARNING"]
    assert severities("в июле 1947 года", "in 1947", "On 5 July we talked.") == ["WARNING"]
    assert severities("в июле 1947 года", "in 1947", "On the 5th we talked.") == ["ERROR"]


def test_an_encoded_month_is_missed_unless_its_words_say_the_year_alone() -> None:
    def found(ours: str, when: str, theirs: str, *other: str) -> list[str]:
        marks = (date(ours, ours, *when.split()),), (date(theirs, theirs, *other),) if other else ()
        return [code for code, _ in codes(compared(ours, theirs, marks))]

    assert found("в июле 1947 г.", "1947-07", "in 1947", "1947") == ["VAL203"]
    assert found("в июле 1947 г.", "1947-07", "in 1947") == ["VAL203"]
    assert found("летом 1947 г.", "1947-07", "in the summer of 1947") == []
    assert found("22-го", "1950-01-22", "on the 22nd") == []
    assert found("в июле 1947 г.", "1947-07-01 1947-07-31", "in July 1947") == []


def test_names_of_units_in_two_scripts_are_learned_from_the_texts() -> None:
    def of(*units: str) -> list[str]:
        """What is found of "2; and then 3 …" where these are the units, original and translation in turn."""
        text = "; and then ".join(str(2 + each) for each in range(len(units) // 2))
        marks = [number(text, str(2 + at // 2), str(2 + at // 2), unit=unit) for at, unit in enumerate(units)]
        return [code for code, _ in codes(compared(text, text, (tuple(marks[::2]), tuple(marks[1::2]))))]

    assert of("пуд", "pood") == []
    assert of("пуд", "pood", "пуд", "pood", "верста", "verst") == []
    assert of("пуд", "pood", "пуд", "pood", "пуд", "verst") == ["VAL205"]
    assert of("pood", "verst") == ["VAL205"]
    assert of("пуд", "%") == ["VAL205"]


def test_attributes_may_hold_another_power_of_ten() -> None:
    for unit, expected in (("kt", []), ("km", []), ("MWh", []), ("тонна", [("VAL101", "e4")])):
        marks = (number("10 thousand", "10 thousand", "10", unit=unit),)
        assert codes(compared("10 тыс.", "10 thousand", ((), marks))) == expected


@pytest.mark.parametrize(
    ("words", "value", "theirs", "other", "unit", "expected"),
    [
        ("десять тонн", "10", "ten tons", "12", "t", ["VAL201"]),  # the words agree, what is encoded does not
        ("десять тонн", "10", "ten tons", "10", "t", []),
        ("10 км", "10", "12 km", "12", "km", ["VAL201"]),
        ("10 км", "10", "10 km", "12", "km", ["VAL101", "VAL201"]),  # "km" is in the words: nothing is converted
        ("5000 тонн", "5", "5,000 tons", "5", "kt", []),
        ("пять недель", "35", "five weeks", "35", "d", []),
    ],
)
def test_measures_of_one_unit(
    words: str, value: str, theirs: str, other: str, unit: str, expected: list[str]
) -> None:
    ours_marks = (number(words, words, value, unit=unit),)
    marks = (number(theirs, theirs, other, unit=unit),)
    assert sorted(code for code, _ in codes(compared(words, theirs, (ours_marks, marks)))) == expected


@pytest.mark.parametrize(
    ("ours", "value", "unit", "theirs", "other", "another", "expected"),
    [
        ("14 дней", "2", "wk", "two weeks", "14", "d", []),
        ("5000 тонн", "5", "kt", "5000 tons", "5000", "t", []),
        ("полтора часа", "90", "min", "an hour and a half", "1.5", "h", []),
        ("полтора часа", "90", "min", "an hour and a half", "2", "h", ["VAL201"]),
        ("10 вёрст", "10.67", "km", "ten versts", "10.7", "km", []),  # rounded
        ("10 вёрст", "10.67", "km", "ten versts", "11.7", "km", ["VAL201"]),
        ("один пуд", "16.38", "kg", "one pood", "16", "kg", []),
        ("один пуд", "16.38", "kg", "one pood", "18", "kg", ["VAL201"]),
        ("много", "10", "t", "a lot", "12", "t", ["VAL201"]),  # no words say it
        ("много", "10", "t", "a lot", "10000", "kg", []),
        ("много", "10", "t", "a lot", "12", "km", []),  # other things
    ],
)
def test_measures_are_compared_in_one_unit(
    ours: str, value: str, unit: str, theirs: str, other: str, another: str, expected: list[str]
) -> None:
    marks = (number(ours, ours, value, unit=unit),), (number(theirs, theirs, other, unit=another),)
    assert sorted(code for code, _ in codes(compared(ours, theirs, marks))) == expected


def test_what_only_the_encoding_says_stands_in_the_message() -> None:
    marks = (number("много", "много", "10", unit="t"),), (number("a lot", "a lot", "12", unit="t"),)
    (finding,) = compared("много", "a lot", marks)
    assert finding.message.endswith('says "a lot (12 t)", its original t4 "много (10 t)"')


@pytest.mark.parametrize(
    ("text", "values", "calendar", "wrong"),
    [
        ("July 1949", ("1949-06",), "", True),
        ("1 January 1950", ("1950-01-02",), "", True),
        ("1950", ("1949-12",), "", True),
        ("1 January", ("1950-01-01",), "", False),
        ("July 1949", ("1949-07-14",), "", False),
        ("yesterday", ("1950-01-21",), "", False),
        ("9 January 1950", ("1950-01-22",), "#julian", False),
        ("25 October 1917", ("1917-11-07",), "", False),
        ("25 October 1917", ("1917-11-08",), "", True),
        ("29 February 1900", ("1900-03-13",), "", True),
        ("July 1949", ("1949-06", "1949-08"), "", False),
    ],
)
def test_dates_and_their_words(text: str, values: tuple[str, ...], calendar: str, wrong: bool) -> None:
    found = compared("…", text, ((), (date(text, text, *values, calendar=calendar),)))
    assert ("VAL101" in {code for code, _ in codes(found)}) is wrong


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("twee mannen", "two men"),
        ("tienduizend man", "10,000 men"),
        ("op 3 mei 1921", "on 3 May 1921"),
        ("ongeveer 10", "10"),
        ("ongeveer 10 duizend man", "about 10 thousand men"),
        ("12,5 miljoen", "12.5 million"),
        ("10万人", "100 thousand men"),
        ("1 miljoen 200 duizend", "1,200,000"),
        ("25 man", "1" + "0" * 60 + " and 25"),
        ("一九四五年签订的", "signed in 1945"),
        ("anno MDCCXII", "in the year 1712"),
        ("vijfentwintig dagen", "25 days"),
        ("vijfentwintig man, 31 vrouwen", "25 men, 31 women"),
    ],
)
def test_a_language_without_a_table_raises_no_alarm(ours: str, theirs: str) -> None:
    assert compared(ours, theirs, languages="nl en") == []
    assert compared(theirs, ours, languages="en nl") == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("253 miljoen", "254 million"),
        ("45", "45 thousand"),
        ("253", "1" + "0" * 60),
        ("350 machines", "340 machines"),
    ],
)
def test_of_a_language_without_a_table_other_figures_are_found(ours: str, theirs: str) -> None:
    assert "VAL201" in {code for code, _ in codes(compared(ours, theirs, languages="nl en"))}


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("etwa zweihundertfünfzig Mann", "about 250 men", []),
        ("zwei Dutzend Mann", "24 men", []),
        ("anderthalb Dutzend", "eighteen", []),
        ("am 3. Mai 1921", "on 3 May 1921", []),
        ("einundzwanzig von zehntausend", "twenty-one of ten thousand", []),
        ("zweieinhalb Jahre", "two and a half years", []),
        ("fast hundert", "nearly a hundred", []),
        ("nicht mehr als zwei", "at most two", []),
        ("etwa zweihundertfünfzig Mann", "250 men", ["VAL204"]),
        ("am 3. Mai 1921", "on 3 March 1921", ["VAL203"]),
        ("einundzwanzig Männer", "twelve men", ["VAL202"]),
        ("51 Prozent", "15 percent", ["VAL201"]),
        ("um halb sechs", "at half past five", []),
        ("um 17.30 Uhr", "at 5:30 p.m.", []),
        ("vierzehn Tage", "two weeks", []),
        ("in acht Tagen", "in a week", []),
        ("neunzehnhundertfünfundvierzig", "1945", []),
        ("tausend und eine Nacht", "a thousand and one nights", []),
        ("Gib acht!", "Take care!", []),
        ("eintausendzweihundert", "1200", []),
        ("hunderteins", "101", []),
        ("zweieinhalb Millionen", "2.5 million", []),
        ("51 v. H.", "51 per cent", []),
        ("über dreißig Jahre", "more than thirty years", []),
        ("über zwei Fragen", "about two questions", []),
        ("eintausendzweihundert", "1300", ["VAL201"]),
        ("acht Männer", "seven men", ["VAL202"]),
        ("3 Tsd. 500 Mann", "3,500 men", []),
        ("14 Tage", "a fortnight", []),
        ("zwei Wochen", "fourteen days", []),
        ("acht Tage", "one week", []),
        ("anderthalb Stunden", "90 minutes", []),
        ("eine halbe Stunde", "30 minutes", []),
        ("eine Viertelstunde", "15 minutes", []),
        ("eine Dreiviertelstunde", "45 minutes", []),
        ("dreiviertel Stunde", "three quarters of an hour", []),
        ("ein halbes Jahr", "six months", []),
        ("sechs Monate", "half a year", []),
        ("ein Dutzend Eier", "twelve eggs", []),
        ("ein halbes Dutzend", "six", []),
        ("zwei Jahrhunderte", "200 years", []),
        ("ein Jahrzehnt", "ten years", []),
        ("zehn Jahre", "a decade", []),
        ("24 Stunden", "one day", []),
        ("binnen 24 Stunden", "within a day", []),
        ("das 19. Jahrhundert", "the 1800s", []),
        ("im 19. Jahrhundert", "in the nineteenth century", []),
        ("in den dreißiger Jahren", "in the 1930s", []),
        ("in den 30er Jahren", "in the thirties", []),
        ("die Dreißiger", "the thirties", []),
        ("in den zwanziger Jahren", "in the twenties", []),
        ("etwa vierzig", "forty or so", []),
        ("an die vierzig", "about forty", []),
        ("vierzig oder so", "some forty", []),
        ("sechswöchig", "six-week", []),
        ("ein dreitägiger Besuch", "a three-day visit", []),
        ("ein zweistündiges Gespräch", "a 120-minute conversation", []),
        ("die halbjährige Frist", "the six-month term", []),
        ("ein Vierteljahr", "three months", []),
        ("drei Monate", "a quarter", []),
        ("fünfzig Jahre", "half a century", []),
        ("ein Schock", "sixty", []),
        ("anderthalb Jahre", "eighteen months", []),
        ("zweieinhalb Jahre", "30 months", []),
        ("zwei Tage", "48 hours", []),
        ("48 Stunden", "two days", []),
        ("ein Mandel", "fifteen", []),
        ("im Jahre 1848", "in 1848", []),
        ("am 5. d. M.", "on the 5th inst.", []),
        ("den 3. Mai abends um 8 Uhr", "the evening of 3 May at 8 o'clock", []),
        ("zum ersten Mal seit 15 Jahren", "for the first time in fifteen years", []),
        ("1,5 Mio. Mark", "one and a half million marks", []),
        ("zu zweit", "the two of us", []),
        ("beide Minister", "both ministers", []),
        ("ein paar Tage", "a few days", []),
        ("etliche zwanzig Mann", "twenty-odd men", []),
        ("ein gutes Dutzend", "a dozen or so", []),
        ("gut zwanzig Mann", "a good twenty men", []),
        ("knapp zwanzig Mann", "nearly twenty men", []),
        ("vierzehn Tage", "three weeks", ["VAL202"]),
    ],
)
def test_german(ours: str, theirs: str, expected: list[str]) -> None:
    assert [code for code, _ in codes(compared(ours, theirs, languages="de en"))] == expected


def test_figures_are_compared_in_any_language() -> None:
    assert codes(compared("in de jaren 1947 en 1949", "in 1947 and 1948", languages="nl en")) == [("VAL201", "e4")]


def test_what_a_text_that_writes_figures_lacks_is_found_in_any_language() -> None:
    lost = compared("1947, 1948 en 1951", "1947, 1948, 1951 and 1953", languages="nl en")
    assert codes(lost) == [("VAL202", "e4")]


def test_what_the_words_of_a_wrong_attribute_say_is_told_as_that_alone() -> None:
    assert codes(compared("51% акций", "51% of the shares", ((), (number("51% of the shares", "51%", "52"),)))) == [
        ("VAL101", "e4")
    ]


def test_years_that_only_the_encoding_gives_are_compared_as_days_are() -> None:
    def year(words: str, when: str) -> tuple[Mark, ...]:
        return (replace(number(words, words, when), kind=DATE),)

    ours, theirs = "в том году", "that year"
    assert compared(ours, theirs, (year(ours, "1945"), year(theirs, "1945"))) == []
    assert compared(ours, theirs, (year(ours, "1945"), ())) == []
    (found,) = compared(ours, theirs, (year(ours, "1945"), year(theirs, "1946")))
    assert found.rule.code == "VAL201"
    assert "that year (1946)" in found.message


def test_days_that_only_the_encoding_gives_are_compared_where_both_texts_do() -> None:
    def day(text: str, words: str, when: str) -> Mark:
        return replace(number(text, words, when), kind=DATE)

    ours, theirs = "в тот день", "on that day"
    marks = (day(ours, ours, "1950-01-22"),), (day(theirs, theirs, "1950-01-23"),)
    (found,) = compared(ours, theirs, marks)
    assert found.rule.code == "VAL203"
    assert "on that day (1950-01-23)" in found.message
    assert compared(ours, theirs, (marks[0], ())) == []
    assert compared(ours, theirs, (marks[0], (day(theirs, theirs, "1950-01-22"),))) == []
