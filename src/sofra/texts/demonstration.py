"""The rehearsal's texts: a joint statement in negotiation, and terms that are under silence. Everything through commands.

Positions are invented and say so; they are dealt out by the order of codes and mean nothing.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sofra.kernel import acting
from sofra.kernel.commands import database_now
from sofra.lexicon.engine.serbian_scripts import to_latin
from sofra.meetings.demonstration_agenda import demonstration_seats
from sofra.meetings.models import Meeting
from sofra.parties.queries.formats import members_on
from sofra.texts.commands import adopting, beginning, deciding, positions, proposing
from sofra.texts.commands import silence as silences
from sofra.texts.commands.rows import latest_stand
from sofra.texts.labels import label_of
from sofra.texts.models import Paragraph, Proposal, Stance, Statement, Status, Text
from sofra.texts.queries.text import paragraphs_now

TITLE = {
    "en": "Exercise: joint statement on transport corridors and youth exchange",
    "tr": "Tatbikat: ulaştırma koridorları ve gençlik değişimi ortak bildirisi",
}
STATEMENT = {
    "en": """Joint statement on transport corridors and youth exchange

Recalling the wish of all participants to make travel in the region [shorter[, safer - {3}] and simpler - {1}; {5} delete / \
simpler - {0} retain],

1. We will publish by 30 June 2027 a joint timetable of works on the corridors that cross our borders.

2. We will open a single window for freight at 4 crossings.

3. We support an exchange of 500 young people a year.

4. We will meet again in 6 months.""",
    "tr": """Ulaştırma koridorları ve gençlik değişimi hakkında ortak bildiri

Tüm katılımcıların bölgede yolculuğu kısaltma ve kolaylaştırma isteğini hatırlayarak,

1. Sınırlarımızı aşan koridorlardaki çalışmaların ortak takvimini 30 Haziran 2027'ye kadar yayımlayacağız.

2. 4 geçiş noktasında yük için tek pencere açacağız.

3. Yılda 500 gencin değişimini destekliyoruz.

4. 6 ay sonra yeniden bir araya geleceğiz.""",
    "sq": """Deklaratë e përbashkët për korridoret e transportit dhe shkëmbimin e të rinjve

Duke kujtuar dëshirën e të gjithë pjesëmarrësve për ta bërë udhëtimin në rajon më të shkurtër dhe më të thjeshtë,

1. Do të botojmë deri më 30 qershor 2027 një orar të përbashkët të punimeve në korridoret që kalojnë kufijtë tanë.

2. Do të hapim një sportel të vetëm për mallrat në 4 pika kalimi.

3. Mbështesim shkëmbimin e 500 të rinjve në vit.

4. Do të takohemi sërish pas 6 muajsh.""",
    "sr": """Заједничка изјава о саобраћајним коридорима и размени младих

Подсећајући на жељу свих учесника да путовање у региону буде краће и једноставније,

1. Објавићемо до 30. јуна 2027. заједнички распоред радова на коридорима који прелазе наше границе.

2. Отворићемо јединствени шалтер за терет на 4 прелаза.

3. Подржавамо размену 500 младих годишње.

4. Поново ћемо се састати за 6 месеци.""",
}
TERMS_TITLE = {
    "en": "Exercise: terms of the youth exchange",
    "tr": "Tatbikat: gençlik değişiminin esasları",
}
TERMS = """Terms of the youth exchange

1. The exchange takes place every summer and lasts 14 days.

2. Each participant hosts 70 young people and covers their board and lodging."""
NOTE = {
    "en": "Exercise: positions invented.",
    "tr": "Tatbikat: tutumlar kurgusaldır.",
}
QUESTION = {
    "en": "Exercise: may the terms of the youth exchange be adopted as they stand?",
    "tr": "Tatbikat: gençlik değişiminin esasları olduğu gibi kabul edilebilir mi?",
}
#: Days for which the terms are under silence.
UNDER_SILENCE = 14
#: Why somebody would like another wording, or does not want one.
SEASON = {
    "en": "Exercise: the works need a second season.",
    "tr": "Tatbikat: çalışmalar ikinci bir mevsim gerektiriyor.",
}
BUDGET = {"en": "Exercise: not before the budget is known.", "tr": "Tatbikat: bütçe bilinmeden olmaz."}
#: Paragraph (from the top), which of the seats (by the order of codes), what it would like it to say, and why.
WORDINGS = (
    (2, 0, "We will publish by 30 June 2027 and keep up to date a joint timetable of works on the corridors that cross our "
           "borders.",
     {"en": "Exercise: an old timetable helps nobody.", "tr": "Tatbikat: eskimiş bir takvim kimsenin işine yaramaz."}),
    (2, 1, "We will publish by 30 June 2027 and keep up to date every month a joint timetable of works on the corridors that "
           "cross our borders.",
     {"en": "Exercise: those who build plan by the month.", "tr": "Tatbikat: inşa edenler aylık plan yapar."}),
    (2, 4, "We will publish by 31 December 2027 a joint timetable of works on the corridors that cross our borders.", SEASON),
    (2, 5, "We will publish by 31 December 2027 a joint timetable of works on the corridors that cross our borders.", SEASON),
    (3, 1, "We will open a single window for freight at 4 crossings, open day and night.",
     {"en": "Exercise: freight does not stop at night.", "tr": "Tatbikat: yük gece durmaz."}),
    (3, 2, "We will study a single window for freight at 4 crossings.", BUDGET),
    (4, 3, "We support an exchange of 700 young people a year, among them apprentices.",
     {"en": "Exercise: there were more applications than places.", "tr": "Tatbikat: başvurular kontenjanı aştı."}),
    (4, 6, "We support an exchange of 500 young people a year, among them apprentices.",
     {"en": "Exercise: apprentices travel least of all.", "tr": "Tatbikat: en az yolculuk edenler çıraklardır."}),
)  # fmt: skip
#: Where the seats stand on the first open point of these paragraphs: by wording, stance by seat. A dash says nothing.
STANCES = {
    2: ("+≈×+?≈-", "≈+≈-++≈"),
    3: ("++-≈+≈+", "≈?+≈-×≈"),
    4: ("≈+≈-≈?+", "+-≈+≈≈≈"),
}
SIGNS = {"+": Stance.SUPPORTS, "≈": Stance.CAN_LIVE_WITH, "×": Stance.OBJECTS, "?": Stance.RESERVES}
#: A paragraph that is agreed already.
AGREED = 5


def add_texts(meeting: Meeting) -> int:
    """Put the rehearsal's texts on the table, once; answers how many. Nothing for a meeting that is no exercise."""
    with acting.acting_as_house():
        seats = demonstration_seats(meeting)  # the house alone knows every seat
        if not meeting.exercise or Text.objects.filter(meeting=meeting).exists() or len(seats) < 7:
            return 0
        assert meeting.format is not None
        codes = sorted(members_on(meeting.format), key=lambda party: party.code)
        english = STATEMENT["en"].format(*(label_of(party.pk) for party in codes))
        notation = {**STATEMENT, "en": english, "sr-latn": to_latin(STATEMENT["sr"])}
        text = beginning.begin(
            meeting=meeting, title=TITLE, languages=["en", "sq", "sr", "sr-latn", "tr"], notation=notation
        )
        rows = [each.row for each in paragraphs_now(text)]
        deciding.circulate(text=text, note=NOTE)
    for at, seat, wording, why in WORDINGS:
        _propose(seats[seat], rows[at], wording, why)
    _add(seats[2], rows[1])
    _positions(seats, text, rows)
    with acting.acting_for(*seats[4]):
        adopting.attach(
            text=text,
            kind=Statement.Kind.RESERVATION,
            words={"en": "Exercise: the dates depend on next year's budget."},
        )
    with acting.acting_as_house():
        deciding.rule_on(paragraph=rows[AGREED], status=Status.AD_REFERENDUM, reason=NOTE)
        terms = beginning.begin(meeting=meeting, title=TERMS_TITLE, languages=["en"], notation={"en": TERMS})
        silences.open_silence(
            text=terms, deadline=database_now() + timedelta(days=UNDER_SILENCE), question=QUESTION, ad_referendum=True
        )
    return 2


def _propose(seat: tuple[UUID, UUID], paragraph: Paragraph, wording: str, why: dict[str, str]) -> Proposal:
    with acting.acting_for(*seat):
        return proposing.propose(
            paragraph=paragraph, wording=wording, language="en", seen=latest_stand(paragraph, "en"), explanation=why
        )


def _add(seat: tuple[UUID, UUID], beside: Paragraph) -> None:
    """A new paragraph of one delegation."""
    with acting.acting_for(*seat):
        proposing.add_paragraph(
            text=beside.text, after=beside, wording="Noting that young people travel by rail and by road,", language="en",
            explanation=NOTE,
        )  # fmt: skip


def _positions(seats: list[tuple[UUID, UUID]], text: Text, rows: list[Paragraph]) -> None:
    for at, wordings in STANCES.items():
        with acting.acting_for(*seats[0]):
            point = paragraphs_now(text, [rows[at].pk])[0].points("en")[0]
        for choice, signs in zip(point.choices, wordings, strict=False):
            for seat, sign in zip(seats, signs, strict=False):
                if (stance := SIGNS.get(sign)) is None:
                    continue
                with acting.acting_for(*seat):
                    positions.take_position(
                        paragraph=rows[at], language="en", choice=choice.key, stance=stance,
                        reason=BUDGET if stance in (Stance.OBJECTS, Stance.RESERVES) else None,
                    )  # fmt: skip
