"""Ways of writing numbers, dates and hours that say the same in both texts, and slips in them that are found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.parity.values.elided import elided
from edition.parity.values.myriads import in_myriads

from .test_values import compared
from .texts import codes

FAITHFUL = [
    ("Пришли с двадцатью семью бойцами.", "They came with twenty-seven fighters."),
    ("Владеет семью тысячами десятин.", "He owns seven thousand desyatinas."),
    ("Он гордился семью и домом.", "He was proud of his family and house."),
    ("Около тысячи двухсот человек.", "About 1,200 people."),
    ("Более тысячи ста голосов.", "More than eleven hundred votes."),
    ("около миллиона двухсот тысяч", "about 1.2 million"),
    ("Тысячи людей ушли.", "Thousands of people left."),
    ("тысячи две", "some two thousand"),
    ("в 1941 году", "in nineteen forty-one"),
    ("в 1905 году", "in nineteen-five"),
    ("в 1904 году", "in nineteen oh four"),
    ("в 1904 году", "in nineteen-oh-four"),
    ("в 1901 году", "in nineteen oh one"),
    ("1812 год", "eighteen twelve"),
    ("в 2021 году", "in twenty twenty-one"),
    ("15 марта 1941 года", "on March 15, nineteen forty-one"),
    ("лет пятнадцать-шестнадцать", "fifteen-sixteen years old"),
    ("девятнадцать сорокалетних", "nineteen forty-year-olds"),
    ("в 11:45", "at eleven forty-five"),
    ("в девятьсот пятом", "in 1905"),
    ("в девятьсот пятом году", "in nineteen-five"),
    ("в восемьсот двенадцатом году", "in 1812"),
    ("Погибло ок. 300 чел.", "About 300 people died."),
    ("ок. 300 человек", "c. 300 people"),
    ("прибл. 40", "approx. 40"),
    ("около 300 человек", "c. 300 men"),
    ("ок. 1300 г.", "ca 1300"),
    ("> 50 %", "more than 50%"),
    ("≥ 50", "at least 50"),
    ("К вечеру, часам к шести.", "By evening, around six."),
    ("годам к тридцати", "by about thirty"),
    ("Мне тридцать с чем-то.", "I'm thirty-something."),
    ("с. 45–47", "pp. 45-7"),
    ("с. 112–118", "pp. 112-18"),
    ("в 1941–1945 годах", "in 1941-5"),
    ("в 1941–1945 годах", "in 1941/45"),
    ("зимой 1941/42 года", "in the winter of 1941/2"),
    ("столбцы 1023–1025", "cols 1023-5"),
    ("листы 15–16", "folios 15-6"),
    ("Половина первого.", "Half past twelve."),
    ("В половине первого ночи.", "At half past midnight."),
    ("в двадцать минут первого", "at twenty past twelve"),
    ("в половине шестого вечера", "at 17:30"),
    ("в двадцать минут шестого вечера", "at 5:20 p.m."),
    ("без четверти шесть", "a quarter to six"),
    ("половина шестого, треть седьмого", "half of the sixth, a third of the seventh"),
    ("половина шестого тома", "half of volume six"),
    ("В полпервого.", "At twelve thirty."),
    ("в полвторого", "at half past one"),
    ("полседьмого", "half past six"),
    ("3 с половиной миллиона", "3.5 million"),
    ("2 с половиной года", "two and a half years"),
    ("3 с половиной миллиона", "three and a half million"),
    ("Заседание закрывается (21.30).", "The sitting closes (9:30 p.m.)."),
    ("Начало в 11.00, конец — 16.20.", "It opened at 11:00 a.m. and ended at 4:20 p.m."),
    ("5 млн", "5m"),
    ("1 500 000", "1.5m"),
    ("200 тыс.", "200k"),
    ("5 метров", "5 m"),
    ("пол-тысячи", "half a thousand"),
    ("Восемьдесят лет.", "Fourscore years."),
    ("семьдесят лет", "threescore years and ten"),
    ("восемьдесят семь лет", "fourscore and seven years"),
    ("Четверть часа", "A quarter of an hour"),
    ("Три четверти часа", "Three quarters of an hour"),
    ("5 р. 50 к.", "5.50"),
    ("Тысячи двух городов опустели.", "Thousands in two cities were left."),
    ("пару сотен", "two hundred"),
    ("В ночь на 1 мая.", "On the night of April 30 to May 1."),
    ("коэффициент 2.15", "a coefficient of 2.15"),
    ("$5 млн", "$5m"),
    ("Он уже на пятом десятке.", "He is in his forties."),
    ("№№ 3, 4 и 5", "nos. 3-5"),
    ("№№ 3—5", "nos. 3, 4, and 5"),
    ("пункты 1, 2 и 3", "points 1 through 3"),
    ("дела 1-е, 2-е, 3-е и 4-е", "files 1-4"),
    ("в 1917, 1918 и 1919 гг.", "in 1917-19"),
    ("с 3 по 5 мая", "on May 3, 4 and 5"),
    ("Он сказал: I am twenty-one years of age.", "He said: I am twenty-one years of age."),
    ("а) хлеб; б) соль", "1) bread; 2) salt"),
    ("В ночь на 15-е марта.", "During the night of 14-15 March."),
    ("в ночь на 15 марта 1945 года", "on the night of March 14, 1945"),
    ("ярдов двести", "a couple of hundred yards"),
    ("пара тысяч", "two thousand"),
    ("Истрачено 15 млн. Один завод не построен", "15 million has been spent. One plant is not built"),
    ("Убито 2 млн. Сто тысяч ранено.", "2 million were killed. A hundred thousand were wounded."),
    ("В 16 час. 45 мин. заседание закрылось", "At 4:45 p.m. the session closed"),
    ("в 00 час. 10 мин.", "at 12:10 a.m."),
    ("В 6.00 подъём.", "Reveille at 0600."),
    ("В 18 часов.", "At 1800."),
    ("На 1 раб. день", "Per working day"),
    ("75% населения", "Three quarters of the population"),
    ("25% урожая", "A quarter of the harvest"),
    ("50 процентов голосов", "Half of the votes"),
    ("33% голосов", "A third of the votes"),
    ("Треть голосов", "33% of the votes"),
    ("20 процентов", "One fifth"),
    ("10% земли", "A tenth of the land"),
    ("На 100%.", "Entirely."),
    ("11 сентября всё изменило", "9/11 changed everything"),
    ("Пополам.", "Fifty-fifty."),
    ("Пятьдесят на пятьдесят.", "Fifty-fifty."),
    ("Открыто круглосуточно", "Open 24/7"),
    ("Открыто 24 часа 7 дней в неделю", "Open 24/7"),
    ("Саммит «Большой семёрки»", "The G7 summit"),
    ("Их было девять. Через полгода — восемь.", "There were nine of them. After six months, eight."),
    ("Двое ждали полчаса.", "Two waited for thirty minutes."),
    ("Он награждён четырежды.", "He was decorated four times."),
    ("Полтыщи рублей.", "Five hundred roubles."),
    ("Сделано это было в два счёта.", "It was done in no time."),
    ("На все четыре стороны!", "Off you go, wherever you like!"),
    ("Семь бед — один ответ.", "In for a penny, in for a pound."),
    ("Сотни две солдат.", "Some two hundred soldiers."),
    ("Сотни три-четыре.", "Three or four hundred."),
    ("Десятка два домов.", "About twenty houses."),
    ("Десятка полтора.", "About fifteen."),
    ("Миллиона два пудов.", "About two million poods."),
    ("За неполных два года.", "In less than two years."),
    ("Не прошло и десяти минут.", "Less than ten minutes had passed."),
    ("Слишком сорок лет.", "More than forty years."),
    ("Это втрое больше, чем в 1926 году.", "That is three times as many as in 1926."),
    ("Почти половина.", "Almost half."),
    ("Более трети.", "More than a third."),
    ("Ушла половина.", "Half of them left."),
    ("Налей до половины.", "Fill it half full."),
    ("До половины шестого.", "Until half past five."),
]

PLANTED = [
    ("Почти половина.", "Half.", "VAL204"),
    ("Более трети.", "A third.", "VAL204"),
    ("едва ли не 300", "300", "VAL204"),
    (">300", "300", "VAL204"),
    ("Десятка два домов.", "About thirty houses.", "VAL202"),
    ("25% урожая", "A third of the harvest", "VAL201"),
    ("В 16 час. 45 мин.", "At 4:30 p.m.", "VAL201"),
    ("В 6.00 подъём.", "Reveille at 0700.", "VAL201"),
    ("Убито 2 млн. Сто тысяч ранено.", "2 million were killed. Two hundred thousand were wounded.", "VAL202"),
    ("Пришли с двадцатью семью бойцами.", "They came with twenty-eight fighters.", "VAL202"),
    ("Около тысячи двухсот человек.", "About 1,300 people.", "VAL201"),
    ("в 1937 году", "in nineteen thirty-six", "VAL201"),
    ("в 1904 году", "in nineteen oh five", "VAL201"),
    ("в девятьсот пятом году", "in 1906", "VAL201"),
    ("Погибло ок. 300 чел.", "300 people died.", "VAL204"),
    ("≥ 50", "50", "VAL204"),
    ("с. 45–47", "pp. 45-8", "VAL201"),
    ("с. 112–118", "pp. 112-19", "VAL201"),
    ("в половине первого", "at half past eleven", "VAL202"),
    ("в половине шестого", "at half past six", "VAL202"),
    ("3 с половиной миллиона", "3 million", "VAL201"),
    ("3 с половиной миллиона", "4.5 million", "VAL201"),
    ("закрывается (21.30)", "closes (8:30 p.m.)", "VAL201"),
    ("5 млн", "6m", "VAL201"),
    ("Четверть часа", "Three quarters of an hour", "VAL202"),
    ("восемьдесят семь лет", "fourscore and eight years", "VAL202"),
    ("коэффициент 2.15", "a coefficient of 2", "VAL201"),
    ("5 долларов", "$5m", "VAL201"),
    ("В ночь на 1 мая.", "On the night of May 3.", "VAL203"),
    ("Он уже на пятом десятке.", "He is in his thirties.", "VAL202"),
    ("№№ 3, 4 и 5", "nos. 3-4", "VAL201"),
    ("№№ 3, 4 и 5", "nos. 3 and 5", "VAL201"),
    ("№№ 3, 5 и 7", "nos. 3-7", "VAL201"),
    ("а) хлеб; б) соль", "1) bread; 3) salt", "VAL201"),
    ("в ночь на 15-е марта", "on the night of March 16", "VAL203"),
    ("пара тысяч", "three thousand", "VAL202"),
]


@pytest.mark.parametrize(("ours", "theirs"), FAITHFUL)
def test_what_is_written_otherwise_and_says_the_same_is_passed_in_silence(ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs)] == []
    assert [found.message for found in compared(theirs, ours, languages="en ru")] == []


@pytest.mark.parametrize(("ours", "theirs", "code"), PLANTED)
def test_a_slip_in_them_is_found_once(ours: str, theirs: str, code: str) -> None:
    assert codes(compared(ours, theirs)) == [(code, "e4")]


OF_OTHER_LANGUAGES = [
    ("de", "um halb eins", "at half past twelve"),
    ("pl", "o godz. 16.45", "at 4:45 p.m."),
    ("el", "στις 16.45", "at 4.45 p.m."),
    ("fr", "50 p. 100 des voix", "50 percent of the votes"),
    ("fr", "1 fr. 50", "1.50 francs"),
    ("fr", "25 et demi", "25 and a half"),
    ("de", "Zwei- bis dreihundert Menschen", "two to three hundred people"),
    ("de", "Zwei- oder dreihundert Mann", "two or three hundred men"),
    ("de", "Ein- bis zweitausend Mark", "one to two thousand marks"),
    ("zh", "3萬5千人", "35,000 people"),
    ("zh", "1億2千萬", "120 million"),
    ("zh", "10万人", "100 thousand men"),
    ("zh", "民國38年", "in 1949"),
    ("zh", "1949年10月1日成立", "founded on October 1, 1949"),
    ("zh", "10月11日他来了", "he came on October 11"),
    ("zh", "12月，他走了", "in December he left"),
    ("zh", "12月，他走了", "that month he left"),
    ("zh", "一九四九年十月一日", "October 1, 1949"),
    ("zh", "十二月二十五日", "December 25"),
    ("zh", "民國三十八年十月", "in October 1949"),
    ("zh", "38年10月1日", "October 1, 1949"),
    ("zh", "农历8月15日", "on September 17"),
    ("zh", "5月1日至13日", "May 1 to 13"),
    ("zh", "3个月", "three months"),
    ("ja", "昭和25年12月25日に来た", "he came on December 25, 1950"),
    ("ja", "昭和元年12月25日", "December 25, 1926"),
    ("ko", "1949년 10월 1일에 건국되었다", "It was founded on October 1, 1949"),
    ("ko", "11월에 떠났다", "he left in November"),
    ("ko", "3만 5천 명", "35,000 people"),
    ("ko", "12명 3만 남았다", "of 12 only 3 were left"),
    ("ko", "제12조", "article 12"),
]


@pytest.mark.parametrize(("language", "ours", "theirs"), OF_OTHER_LANGUAGES)
def test_what_other_languages_write_otherwise(language: str, ours: str, theirs: str) -> None:
    assert [found.message for found in compared(ours, theirs, languages=f"{language} en")] == []


SLIPS_IN_CHARACTERS = [
    ("1949年10月1日成立", "founded on October 1, 1950"),
    ("10月11日他来了", "he came on November 11"),
    ("一九四九年十月二十一日", "October 20, 1949"),
    ("昭和25年12月25日", "December 25, 1951"),
    ("民國三十八年十月", "in October 1948"),
]


@pytest.mark.parametrize(("ours", "theirs"), SLIPS_IN_CHARACTERS)
def test_a_slip_in_a_date_of_characters_is_found(ours: str, theirs: str) -> None:
    assert {code for code, _ in codes(compared(ours, theirs, languages="zh en"))} == {"VAL203"}


@given(st.integers(10, 9999), st.integers(1, 900))
def test_an_end_that_leaves_out_what_both_begin_with_is_read_whole(first: int, more: int) -> None:
    last = first + more
    written = str(last)
    same = len(str(first)) == len(written)
    kept = next(at for at, (a, b) in enumerate(zip(f"{first:05}", f"{last:05}", strict=True)) if a != b) - 5
    short = written[kept:]
    expected = last if same and len(short) < len(written) and len(short) < 4 else None
    assert elided(f"{first}-{short}") == expected


@given(st.integers(1, 9), st.integers(1, 9999), st.sampled_from("萬万"))
def test_myriads_are_a_sum(thousands: int, myriads: int, sign: str) -> None:
    text = f"共{myriads}{sign}{thousands}千人"
    assert in_myriads(text, 1) == (Decimal(myriads * 10_000 + thousands * 1000), len(text) - 1)
