"""Whether a capital's name means the town or those who govern from it: “in Ankara” or “Ankara replied”.

What stands right before and behind the name decides, by the language of the name: words of place, case endings with verbs
of motion (Turkish), what belongs to a town (its mayor, its airport), a place and date line. Without any of these a
government is meant. Names that are joined are decided together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sofra.lexicon.engine import folding, surroundings
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.readings import Reading
from sofra.lexicon.engine.recognising import BCMS
from sofra.lexicon.engine.stems import scanned, stems


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _words(words: str, cyrillic: bool = False) -> frozenset[bytes]:
    return frozenset(scanned(words, cyrillic))


#: Right before the name: one is there, or on the way there.
_BEFORE = {
    "en": _words(
        "in at near outside around into through via inside across beyond visit visits visited visiting leave leaves left "
        "reach reached city capital downtown central northern southern eastern western toward towards"
    ),
    "sq": _words("në drejt pranë te deri përmes tek afër rreth kryeqyteti qyteti kryeqytetin qytetin"),
    BCMS: _words(
        "u kod kroz preko blizu oko kraj pored izvan niz nadomak do grad gradu grada gradom kanton kantona "
        "kantonu kantonom sud suda sudu tužilaštvo tužilaštva",
        cyrillic=True,
    ),
    "mk": _words("во кај низ кон преку близу околу до крај покрај градот град"),
}
#: Sarajevo is written alike in many languages, and a short line tells none of them.
_BEFORE["en"] |= (_BEFORE["sq"] | _BEFORE[BCMS]) - _words("te do")
#: What belongs to a town, one to three words before the name: “mayor of”, “kryetari i”, “u posjeti”, “ја посети”; stems.
_OF_TOWNS = {
    "en": stems(
        "mayor airport universit street suburb outskirt district residen citizen north south east west centre center city "
        "cities town kilomet mile treaty siege heart"
    ),
    "sq": stems(
        "vizit kryetar kryebashkiak bashki aeroport universitet qendra qendre qendren qendres "
        "rrug komun qytet banor perifer shesh veri jug lindj "
        "perëndim stadium skuadr ekip klub gjykat prokuror polic lagj spital autostrad hekurudh linj samit kampus maraton "
        "festival teatr panair muze kalaja kalas burg tregu hotel klinik park katedral xhami derbi"
    ),
    BCMS: stems(
        "posjet poset napust gradonačel gradonačal aerodrom univerzitet sveučil ulic centr centar opštin općin stanovni "
        "predgrađ stadion okolin periferij autoput autocest prug pruz linij deklaracij saobraćaj srce srcu festival maraton "
        "sajam sajm pozorišt kazališt muzej tvrđav bolnic klinič škol hotel tržnic pijac zatvor katedral džamij berz fakultet "
        "arhiv bibliotek blizin",
        cyrillic=True,
    ),
    "mk": stems(
        "посет напушт градоначал аеродром универзитет улиц цент општин жител граѓан предград стадион околин автопат пруг "
        "град близин суд апелациј обвинителств клиник"
    ),
}
#: "From" and its like: a town, unless what comes from there is a word or a deed of a government.
_FROM = {"en": _words("from"), "sq": _words("nga"), BCMS: _words("iz", cyrillic=True), "mk": frozenset[bytes]()}
#: "Of" and "from" in one word: a town only behind a word of motion or distance, or before "to".
_OFF = {"en": frozenset[bytes](), "sq": frozenset[bytes](), BCMS: _words("od", cyrillic=True), "mk": _words("од")}
_DISTANCE = stems(
    "sjever sever južno jugo istočn istok zapadn jug udalj dalek nedalek kilomet putu put putev prug", cyrillic=True
) + stems(
    "пристигн дојде дојдо замин допатув патува врати лет авион километ север југ исто запад оддалеч далек пат патот тргна"
)
#: Albanian: on the way *për* a town.
_LEAVING = stems("nis udhëto fluturo")
_UNTIL = _words("to do deri до")
#: Those that leave no doubt.
_AT = {language: words - _UNTIL for language, words in _BEFORE.items()}
#: What stands between them and the name.
_LEADS = frozenset((b" ", b"\n", b"-"))
#: What comes from or goes to a government: words and deeds; stems, up to four words before the name.
_SENT = {
    "en": stems(
        "message letter note reply answer respon statement support signal pressure independence demand criticism offer "
        "approval permission guarantee assurance proposal reaction congratulation appeal call thank aid help pledge "
        "request warning said told close closer loyal opposed ties repl wrote writes proposed gift according threat "
        "grateful important matter concession sale sold due commit acceptable unacceptable hostile friendly alternative "
        "challenge blow boost step steps expect expects expected action gesture concession sought seek seeks want wants wanted"
    ),
    "sq": stems("kërko pret prit presion mbështetj kritik reagim përgjigj mesazh kërkes kërcënim garanci miratim leje"),
    BCMS: stems(
        "pritis poruk ucjen ucena ucenam ucene signal podršk zahtjev zahtev kritik reakcij odgovor prijedlog predlog prijetnj "
        "pretnj saglasnost dozvol garancij traž očekuj",
        cyrillic=True,
    ),
    "mk": stems("бара очекува порак писм апел барањ притис поддршк критик реакци одговор предлог закан гаранци"),
}
#: “Iz Prištine poručuju”: who speaks is a government; stems of the next two words.
_SPEAKING = stems("poruč porač kažu tvrd navode najavlj odgovar", cyrillic=True) + stems(
    "thonë thanë kërkoj reago велат порач тврдат"
)
#: “Zyrat e financuara nga Beogradi”: done by a government, unless it is a coming and going.
_ARTICLES = _words("i e të së")
_DONE = (b"uar", b"uara", b"uari", b"ur", b"ura")
_COME = stems("ardhur larguar kthyer nisur udhëtuar dërguar shpërngulur")
#: Behind the name: something that stands in the town, happens there or lies on the way; stems.
_BEHIND = {
    "en": stems(
        "airport city universit street castle museum festival railway highway motorway road marathon derby stadium district "
        "suburb region station hotel zoo bank film weather residents mayor metro bus based born summit conference embassy "
        "stock police theatre hospital school court canton municipality waterfront lawyer daily newspaper tabloid prosecutor "
        "clinic opera philharmonic fair cathedral prison resident commuter"
    ),
    "tr": stems(
        "havaliman havaalan üniversite kale valis vali büyükşehir belediye cadde sokak kongre otoyol karayol demiryol merkez "
        "ziyaret temas büyükelçi başkonsolos elçili program gezi zirve toplant konferans emniyet adliye başsavcı baro garı "
        "istasyon sefer uçuş semt ilçe kent şehir temsilci muhabir metro tren film maraton ofis müze opera stad hastane "
        "mahkeme cezaev doğum çıkış hareket uçağ borsa"
    ),
    "sq": stems("aeroport airport"),
    BCMS: stems("autoput autocest aerodrom maraton saobraća film fest jazz džez derbi arena", cyrillic=True),
    "mk": stems("автопат аеродром маратон"),
}
#: “Tirana, the capital of”: behind a comma, what says that a town is spoken of.
_CAPITALS = stems("glavni glavnog glavnom prijestonic prijestolnic prestonic", cyrillic=True) + stems(
    "capital kryeqytet главен главниот"
)
_ARTICLE = frozenset((b"the", b"a", b"its"))
#: Turkish: with "to" and "from" and as an object, verbs of motion and sight make a town of it; stems within the clause.
_MOTION = stems(
    "indi inen inecek iniş gel git gid giden vardı varan varış varacak ulaş dön hareket uç taşı ziyaret sefer yolcu yola "
    "kalk ayrıl götür getir taşın düzenlen çıkar çıktı sürgün bildir konuş geç uğra yerleş davet çağrıl yakın uzak gönder "
    "kilomet gez terk sars vur kuşat dolaş yağ"
)
#: Turkish: what a government is told or tells; stems of the next words.
_ANSWERED = stems(
    "mesaj tepki yanıt cevap çağrı destek talep beklent uyarı kına itiraz öneri teklif iste açıkla göre karşı suçla nota "
    "baskı güven teşekkür eleştir"
)
#: Turkish: what a town has; stems of the three words behind a genitive.
_OWN = stems(
    "çarşı merkez ilçe sokak sokağ cadde mahalle meydan köy kent havaliman belediye nüfus kuzeyi güneyi doğusu batısı "
    "yakının yakınlar dışında tarihi simge semt"
)
#: English: what a town has; stems of the three words behind a possessive.
_OWNED = stems(
    "square street airport old downtown cent suburb resident mayor museum stadium bridge skyline traffic market cathedral mosque "
    "universit outskirt population district park theatre hospital university central main"
)
#: Turkish: “başkent Ankara”.
_SEAT = stems("başkent")
#: Words of roads, lines and journeys: what lies between two towns, or leads from one to the other.
_TRAVEL = _each(
    "motorway* highway* railway* flight* flies flew plane* bus buses train* road otoyol* uçak* uçuş* tren* otobüs* "
    "karayolu* demiryolu* autostrad* avion* autobus* treni* hekurudh* linj* autoput* auto-put* autocest* aerodrom* prug* "
    "voz* linij* let letov* lete автопат* воз* пруг* линиј* железничк* патничк*"
)
#: Clubs stand before the names of their towns: FK Sarajevo, Dinamo Zagreb.
_CLUBS = _words(
    "fk kk rk nk hnk ok žkk žrk žok kf fc bc bk sk kb kh dinamo partizan zvezda zvijezda lokomotiva budućnost vardar",
    True,
)
#: Words of sports and weather: a town plays or lies in fog, not a government.
_EVERYDAY = _each(
    "fog smog snowfall snowstorm blizzard yağış* yağmur* sis sisli mjegull* dëbor* borë magla magle magli maglu maglom snijeg* "
    "sneg* snježn* poledic* снег* магла* смог "
    "football* basketball handball volleyball striker* midfielder* goalkeeper* coach derby futbol* basketbol* hentbol* "
    "voleybol* maç maçı maça maçta maçtan maçın maçına maçında maçını maçının maçlar* deplasman* ndeshj* futboll* "
    "basketboll* hendboll* superlig* kampionat* trajner* utakmic* fudbal* nogomet* košark* rukomet* odbojk* prvenstv* "
    "premijerlig* superlig* trener* golov* натпревар* фудбал* ракомет* одбојк* првенств* тренер*"
)
_TRAVEL_TOO = _TRAVEL + _EVERYDAY
#: Before a name, where the sentence is about a journey.
_BETWEEN = {
    "en": _words("between from linking connecting and for"),
    "sq": _words("midis ndërmjet me lidh"),
    BCMS: _words("između za s sa", cyrillic=True),
    "mk": _words("меѓу од за со"),
}
#: Between two names of which the second is as the first.
_JOINED = re.compile(
    rb" ?(?:,|and|ve|ile|dhe|me|i|a|or|as well as|-|/|"
    + b"|".join(re.escape(folding.encode(each)) for each in ("и", "а", "–", "—", "со"))
    + rb") ?"
)
_AND = _words("and ve ile dhe i a или и", cyrillic=True)
_STOPS = frozenset((b"", b",", b".", b"\n", b";", b":"))
_LONGEST_JOINED = len(" as well as ")
_DASH = frozenset(folding.encode("-–"))
_AMONG = re.compile(rb".{0,40} aras")
_TO = re.compile(rb" ?[" + folding.encode("–—") + rb"\-] ?")
_DASHED = frozenset(folding.encode("-–—"))
#: A hyphen or a blank: Sarajevo-born, Sarajevo airport.
_TIED = frozenset((b" ", b"-"))
#: Towns of the region that are no capitals; stems.
_TOWNS = stems(
    "niš mostar tuzl zenic banjaluk bihać trebinj brčk srebrenic prizren peć peja pejë đakovic gjakov gjilan gnjilan ferizaj "
    "urošev mitrovic tetov bitol ohrid ohër kumanov prilep gostivar strumic durrës drač shkod skadar vlor elbasan korç "
    "gjirokast sarand cetinj nikšić ulcinj kotor budv pljevlj bar istanbul stamboll izmir burs edirn antaly subotic kragujev "
    "čača požeg užic višegrad ploč split rijek dubrovnik solun selanik segedin temišvar leskov vranj valjev smederev "
    "pančev zrenjan kraljev krušev zlatibor berane kolašin bijelj beč budimpešt pešt",
    cyrillic=True,
) + stems("тетов битол прилеп охрид куманов гостивар струмиц драч")
#: What governments do with each other, right before their names: no journey though there be a motorway.
_DEEDS = stems(
    "dogovor sporazum pregovor razgovor dijalog odnos izaslanik izaslanic predstavni ministr vlad stav", cyrillic=True
) + stems("marrëveshj bisedim ministr qeveri договор преговор разговор односи министр влад")
_DASHES = b"[" + folding.encode("–—") + rb"\-]"
#: A place and date line: ANKARA (AA); BELGRADE, 5 March; TIRANA, Albania (AP); Tirana –
_DATELINE = re.compile(rb" ?[(/]|, ?[0-9]|,[^\n.,]{1,24},? ?[(/]| " + _DASHES + rb" ")
_PLACE_CASES = frozenset({"loc", "ki", "li", "lik"})
_AROUND, _TOPIC = 70, 300
#: "RS" is the Srpska where nothing speaks for Serbia, and where anything near speaks of Bosnia; stems.
_SRPSKA = "REPUBLIKA-SRPSKA"
_OF_THE_SRPSKA = stems(
    "banjal banjoj dodik bih fbih bosn bosan entitet brčk stevandić višković snsd sarajev federacij dejton dayton ohr "
    "schmidt",
    cyrillic=True,
)
_OF_SERBIA = stems(
    "srbij srbijansk beograd nemanjin vučić brnabić macut vučević dačić dinar novosad kragujev subotic đurić kim "
    "kosov prištin",
    cyrillic=True,
)
_REPUBLIC, _SRPSKE = stems("republi", cyrillic=True), stems("srpsk", cyrillic=True)
_GAZETTES = stems("glasnik", cyrillic=True)
#: Who is spoken of as of the Srpska in Belgrade too: its president, a delegation of it.
_HEADS = stems("predsedn predsjedn delegacij premijer iz", cyrillic=True)


def governs(folded: Folded, start: int, end: int, reading: Reading, before: tuple[int, bool] | None) -> bool:
    """Whether a capital stands for its government. `before`: where the town named before it ends, and whether that stood
    for a government; places are those of the fold."""
    codes, scan, language = folded.codes, folded.scan, reading.group
    if reading.designation.entity == _SRPSKA:
        return _of_serbia(folded, start, end)
    label, behind = _labels(reading.label), codes[end : end + 2]
    if before is not None and start - before[0] <= _LONGEST_JOINED and _JOINED.fullmatch(codes[before[0] : start]):
        # “After talks in Ankara, Belgrade agreed”: no list.
        apart = not before[1] and codes[before[0] : before[0] + 1] == b"," and "nom" in label
        if not apart or _goes_on(codes, scan, end):
            return before[1]
    left = scan[start - _AROUND if start > _AROUND else 0 : start].rsplit(None, 4)[-4:]
    led = language != "tr" and codes[start - 1 : start] in _LEADS
    if led and left and left[-1] in _AT[language]:
        return False
    # Only Turkish has its verb further away.
    right = scan[end : end + _AROUND].split(None, 9 if language == "tr" else 3)[:9]
    if language == "tr":
        local = _in_turkish(label, right, behind[:1] == b" ") or _SEAT.begin_any(left[-1:])
    else:
        local = led and _led(language, left, right)
        local = local or (behind[:1] in _TIED and _BEHIND[language].begin_any(right[:1]))
        local = local or (language == "en" and "gen" in label and _OWNED.begin_any(right[:3]))
    if left and left[-1] in _CLUBS:
        return False
    local = local or (not _DASHED.isdisjoint(behind) and _to_a_town(codes, scan, end))
    if local or (behind[:1] == b"," and _is_capital(right)):
        return False
    before_it = codes[max(0, start - 2) : start]
    begins = (start < 2 or b"\n" in before_it) and not before_it.strip()
    if begins and _DATELINE.match(codes, end):
        return False
    if left and _DEEDS.begin(left[-1]):
        return True
    # The whole sentence last: it costs more than all before.
    told = _TRAVEL_TOO if _on_the_way(folded, start, end, reading, label, left) else _EVERYDAY
    return not surroundings.is_near(told, folded, start, end)


@lru_cache(maxsize=1_000)
def _labels(label: str) -> frozenset[str]:
    return frozenset(label.split("."))


def _to_a_town(codes: bytes, scan: bytes, end: int) -> bool:
    """Whether a dash joins a name to a town that is no capital: Sarajevo–Mostar."""
    dash = _TO.match(codes, end)
    if dash is None or not folding.capital(codes, dash.end()):
        return False
    return _TOWNS.begin_any(scan[dash.end() : dash.end() + 20].split(None, 1)[:1])


def _goes_on(codes: bytes, scan: bytes, end: int) -> bool:
    """Whether a list of names goes on or ends behind a name."""
    return codes[end : end + 1] in _STOPS or b"".join(scan[end : end + 6].split(None, 1)[:1]) in _AND


def _is_capital(right: list[bytes]) -> bool:
    """Whether what follows a comma is an apposition: Tirana, the capital."""
    return bool(right) and _CAPITALS.begin(right[1 if right[0] in _ARTICLE and len(right) > 1 else 0])


def _of_serbia(folded: Folded, start: int, end: int) -> bool:
    """Whether "RS" is the Republika Srbija: in a gazette's name or beside words of Serbia, without any of the Srpska."""
    since, until = max(0, start - _TOPIC), min(len(folded.codes), end + _TOPIC)
    around = folded.scan[since:start].split() + folded.scan[end:until].split()
    if _OF_THE_SRPSKA.begin_any(around) or any(
        _REPUBLIC.begin(one) and _SRPSKE.begin(two) for one, two in pairwise(around)
    ):
        return False
    left = folded.scan[max(0, start - _AROUND) : start].split()[-2:]
    return _GAZETTES.begin_any(left) or (not _HEADS.begin_any(left) and _OF_SERBIA.begin_any(around))


def _led(language: str, left: list[bytes], right: list[bytes]) -> bool:
    """Whether what stands before a name says that it is a town."""
    if not left:
        return False
    last = left[-1]
    if last in _BEFORE[language]:
        return last not in _UNTIL or not _SENT[language].begin_any(left[:-1])
    if language == "en" and last in (b"to", b"from"):
        return not _SENT["en"].begin_any(left[:-1])
    if language == "sq" and last == b"per" and _LEAVING.begin_any(left[:-1]):
        return True
    if last in _FROM[language]:
        by = language == "sq" and len(left) > 2 and left[-3] in _ARTICLES and left[-2].endswith(_DONE)
        if by and not _COME.begin(left[-2]):
            return False
        return not _SENT[language].begin_any(left[:-1]) and not _SPEAKING.begin_any(right[:2])
    if last in _OFF[language]:
        return _DISTANCE.begin_any(left[:-1]) or (bool(right) and right[0] in _UNTIL)
    if language == "en":
        return last == b"of" and _OF_TOWNS["en"].begin_any(left[-3:-1])
    return _OF_TOWNS[language].begin_any(left[-3:])


def _in_turkish(label: frozenset[str], right: list[bytes], spaced: bool) -> bool:
    """Whether case and verb, or what follows, say that it is a town."""
    if label & _PLACE_CASES:
        return True
    if label & {"dat", "abl", "acc"}:
        return not _ANSWERED.begin_any(right[:4]) and _MOTION.begin_any(right[:9])
    if "gen" in label:
        return _OWN.begin_any(right[:3])
    return spaced and _BEHIND["tr"].begin_any(right[:2])


def _on_the_way(
    folded: Folded, start: int, end: int, reading: Reading, label: frozenset[str], left: list[bytes]
) -> bool:
    """In a sentence about a journey: whether a name is one of its ends, and not who speaks of it."""
    if "nom" not in label or (left and left[-1] in _BETWEEN.get(reading.group, frozenset())):
        return True
    around = folded.codes[start - 1 : start] + folded.codes[end : end + 1]
    if any(code in _DASH for code in around):
        return True
    return reading.designation.language == "tr" and _AMONG.match(folded.scan, end, end + 60) is not None
