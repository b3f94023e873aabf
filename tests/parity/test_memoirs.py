"""Faithful translations of minutes, letters and memoirs, with times, ages and dates as people write them."""

from __future__ import annotations

import pytest

from .test_values import compared

RUSSIAN = [
    (
        "Заседание открылось в четверть одиннадцатого и закрылось без пяти час.",
        "The meeting opened at a quarter past ten and closed at five to one.",
    ),
    (
        "Присутствовало свыше полутораста делегатов от двадцати трёх губерний.",
        "More than a hundred and fifty delegates from twenty-three provinces attended.",
    ),
    (
        "За предложение голосовали двенадцать, против — трое, воздержались двое.",
        "Twelve voted for the motion, three against, with two abstentions.",
    ),
    ("Письмо Ваше от 3-го с. м. получил только вчера.", "Your letter of the 3rd inst. reached me only yesterday."),
    (
        "Мне шёл тогда двадцать второй год, а брату не было и восемнадцати.",
        "I was then in my twenty-second year, and my brother was not yet eighteen.",
    ),
    ("Мы прожили в этом доме без малого тридцать лет.", "We lived in this house for almost thirty years."),
    ("Вёрст за сорок от города нас застала метель.", "Some forty versts from the town a blizzard caught us."),
    (
        "Каждому выдали по полфунта хлеба и по четыре куска сахару.",
        "Each was given half a pound of bread and four lumps of sugar.",
    ),
    ("В первых числах мая я выехал из Москвы.", "In the first days of May I left Moscow."),
    ("В ночь с 24 на 25 октября он не спал.", "On the night of 24 to 25 October he did not sleep."),
    ("Лет через пять-шесть всё переменилось.", "Some five or six years later everything had changed."),
    ("Двое суток шёл дождь.", "It rained for two days and nights."),
    ("Двое суток шёл дождь.", "It rained for forty-eight hours."),
    ("Ему под шестьдесят, ей за сорок.", "He is getting on for sixty, she is past forty."),
    ("Сто с лишним рублей долгу осталось.", "A hundred-odd roubles of debt remained."),
    ("Проект принят большинством в две трети голосов.", "The draft was adopted by a two-thirds majority."),
    (
        "Один из троих братьев погиб, двое других эмигрировали.",
        "One of the three brothers was killed, the other two emigrated.",
    ),
    ("Половина второго, а обеда всё нет.", "Half past one, and still no dinner."),
    ("В третьем часу ночи нас разбудили.", "Some time after two in the morning we were woken."),
    ("Пятого декабря 1931 года, в субботу, храм взорвали.", "On Saturday, 5 December 1931, the church was blown up."),
    (
        "Тираж — пять тысяч экземпляров, цена 1 р. 20 к.",
        "The print run was 5,000 copies, the price 1 rouble 20 kopecks.",
    ),
    ("Ассигновать 2 млн. 350 тыс. рублей.", "To allocate 2,350,000 roubles."),
    ("Слушали: п. 7. О ходе посевной.", "Heard: item 7. On the progress of the sowing."),
    ("План выполнен на 103,5 процента.", "The plan was fulfilled by 103.5 per cent."),
    (
        "Двадцатипятилетие Академии праздновали дважды.",
        "The twenty-fifth anniversary of the Academy was celebrated twice.",
    ),
    ("Столетие со дня рождения поэта", "The centenary of the poet's birth"),
    ("Полвека спустя я вернулся туда.", "Half a century later I went back there."),
    ("Стояли тридцатиградусные морозы.", "There were thirty degrees of frost."),
    ("Я видел его раза два-три, не больше.", "I saw him two or three times, no more."),
    ("Десятки тысяч людей, сотни орудий.", "Tens of thousands of people, hundreds of guns."),
    ("Явилось человек двадцать пять — тридцать.", "Some twenty-five or thirty people came."),
    ("На седьмом десятке начал он учить английский.", "In his sixties he began to learn English."),
    ("Начало в 19 ч. 30 мин.", "It begins at 7.30 p.m."),
    ("Четвёртый день не получаю писем.", "For four days I have had no letters."),
    ("Вот уже вторая неделя, как я болен.", "I have been ill for over a week now."),
    ("Осталось минут десять до отхода поезда.", "There were about ten minutes left before the train was to go."),
    ("Потеряли убитыми и ранеными до полутора тысяч.", "They lost up to fifteen hundred killed and wounded."),
    ("Дом в три этажа, окон в двадцать.", "A three-storeyed house with some twenty windows."),
    ("Полтора месяца ни строчки.", "Not a line for six weeks."),
    ("Не позднее двенадцати часов дня 1 июня", "Not later than twelve noon on 1 June"),
    ("Я родился в тысяча восемьсот девяносто шестом году.", "I was born in eighteen ninety-six."),
    ("Шёл тысяча девятьсот девятнадцатый год.", "It was the year nineteen nineteen."),
    ("В сорок первом ушёл на фронт, в сорок пятом вернулся.", "In '41 he left for the front, in '45 he came back."),
    ("Из ста сорока двух человек уцелело одиннадцать.", "Of one hundred and forty-two men eleven survived."),
]
FRENCH = [
    ("La séance est ouverte à neuf heures moins le quart.", "The sitting opened at a quarter to nine."),
    ("Il y avait une vingtaine de personnes.", "There were about twenty people."),
    ("Dans huit jours je serai à Paris.", "In a week I shall be in Paris."),
    ("J'ai quatre-vingt-dix ans passés.", "I am past ninety."),
    ("Le trois mai mil neuf cent quarante", "The third of May nineteen hundred and forty"),
    ("Une quinzaine de jours plus tard", "About a fortnight later"),
    ("Il était midi et demi.", "It was half past twelve."),
    ("Il était minuit moins dix.", "It was ten to midnight."),
    ("Louis XIV et Henri IV", "Louis XIV and Henry IV"),
    ("Au XVIIe siècle, vers 1650", "In the seventeenth century, about 1650"),
    ("Les deux tiers des voix, soit 67 %", "Two thirds of the votes, that is 67%"),
    ("Une demi-heure après, à six heures et demie", "Half an hour later, at half past six"),
    ("Ils étaient trois ou quatre mille.", "There were three or four thousand of them."),
    ("Mille deux cents francs par an", "Twelve hundred francs a year"),
    ("Le 1er janvier, à 17 h 30", "On 1 January, at 5.30 p.m."),
    ("Un million et demi d'habitants", "A million and a half inhabitants"),
    ("Dans sa dix-neuvième année", "In his nineteenth year"),
    ("Pour la troisième fois en deux mois", "For the third time in two months"),
    ("Soixante-douze voix contre quinze", "Seventy-two votes to fifteen"),
    ("Il a la quarantaine.", "He is in his forties."),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "language"),
    [*((*pair, "ru") for pair in RUSSIAN), *((*pair, "fr") for pair in FRENCH)],
)
def test_a_faithful_translation_is_passed_in_silence(ours: str, theirs: str, language: str) -> None:
    assert [each.message for each in compared(ours, theirs, languages=f"{language} en")] == []
    assert [each.message for each in compared(theirs, ours, languages=f"en {language}")] == []
