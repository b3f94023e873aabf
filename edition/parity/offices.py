"""Words of attendee lists that are no names, though a capital letter may begin them: what somebody is, or is called.

Also a few names that languages have each in another word, so that they need not sound alike.
"""

from __future__ import annotations

import re
from functools import cache

# In small letters; of five letters and more the beginnings of words.
_OFFICES = """
    переводч секретар председат стенограф посол посл министр представит член заместит директор советник атташе
    делегат генерал маршал адмирал полковник майор капитан лейтенант сержант офицер адъютант начальник заведующ
    руководит эксперт референт врач доктор профессор академик президент премьер канцлер король королев император
    цар принц граф барон папа епископ патриарх митрополит гост друг остальн проч отсутств приглаш присутств
    сопровожд машинист протокол помощник консул комиссар свидет судья прокурор адвокат защитник подсудим обвиняем
    рабоч крестьян переклад заступ голов керівник учасник interpret translat secretar chair stenograph typist
    ambassador minist represent member deput director advis attach delegat general marshal admiral colonel major
    captain lieutenant sergeant officer adjutant head chief expert assistant aide doctor professor academic
    president premier prime chancellor king queen emperor tsar czar prince count baron pope bishop patriarch
    metropolitan guest other rest absent invite present accompan clerk consul commissa commissioner witness judge
    prosecut counsel lawyer defendant accused worker peasant foreign affairs state council committee union soviet
    central party embass people defence defense war finance trade first second vice dolmetsch übersetz sekret
    vorsitz stenogra schriftf protoko botschaft gesandt minister stellvertret mitglied direktor berat delegier
    oberst hauptmann leutnant leiter sachverst arzt doktor präsident kanzler könig kaiser zar prinz graf papst
    bischof gast gäste ander übrige abwesend eingelad konsul zeuge richter staatsanwalt anwalt angeklagt arbeiter
    bauer staatssekr interprèt traduct secrét présid sténogra ambassad représent membre adjoint direct conseil
    génér maréchal amiral capitaine chef médecin docteur professeur roi reine empereur pape évêque invité autre
    témoin juge procureur avocat tłumacz sekretarz przewodnicz członek członk zastęp dyrektor dorad jenera marszał
    pułkow kapitan lekarz prezydent kancler król cesarz papież biskup gość goście inni pozosta świad sędzia
    prokurat intérpret traduc presid embajad miembro consej rey reina obispo otro testigo juez fiscal abogado
    segretar ambasciat membro consigl papa vescovo altri testimon giudice διερμην γραμματ πρόεδρ υπουργ πρέσβ
    μέλος слуга слуги служанк лакей горничн солдат купец няня сторож вестник хор голос servant maid soldier
    merchant nurse guard herald chorus voice diener magd soldat bote stimme kaufmann domestique valet messager
    marchand housekeep innkeep coachman gardener butler footman waiter ключниц кучер садовник повар трактирщик
    staff
"""
_TITLES = """
    товарищ товарищи гражданин гражданка господин госпожа comrade comrades mister mr mrs ms miss lord lady sir
    genosse genossin herr frau camarade monsieur madame messrs towarzysz pan pani тов тт
"""
# Countries and a few first names: China is Китай, and Saint James Иаков.
_OTHERWISE = """
    китай китая china chine cina kina германия германии deutschland germany allemagne niemcy австрия австрии
    österreich austria венгрия венгрии ungarn hungary hongrie węgry греция греции ελλάδα hellas greece финляндия
    финляндии suomi finland швейцария швейцарии suisse schweiz нидерланды голландия голландии holland netherlands
    англия англии england великобритания великобритании britain сша ссср usa us uk ussr udssr urss оон un япония
    японии japan албания shqipëria грузия georgia армения հայաստան яков иаков james jacques людовик louis ludwig
    lajos стефан étienne иван john jean иоанн
"""
_LONG = 5  # letters
_WORD = re.compile(r"[^\W\d_]+")


def names_in(entry: str) -> list[str]:
    """The words of an entry that may be a name: no office or title, and with a capital letter if there are such."""
    return [word for word in _WORD.findall(entry) if len(word) > 1 and not word[0].islower() and not _is_none(word)]


def has_office(entry: str) -> bool:
    """Whether an entry says what somebody is."""
    return any(map(is_office, _WORD.findall(entry)))


def is_office(word: str) -> bool:
    """Whether a word says what somebody is."""
    folded = word.casefold()
    whole, beginnings = _offices()
    return folded in whole or folded.startswith(beginnings)


def _is_none(word: str) -> bool:
    """Whether a word is no name, or one that languages do not share."""
    return is_office(word) or word.casefold() in _others()


@cache
def _offices() -> tuple[frozenset[str], tuple[str, ...]]:
    """Words that are meant as they are, and those with which others begin."""
    offices = frozenset(_OFFICES.split())
    return offices, tuple(each for each in offices if len(each) >= _LONG)


@cache
def _others() -> frozenset[str]:
    return frozenset((*_TITLES.split(), *_OTHERWISE.split()))
