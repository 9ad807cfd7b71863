"""The rehearsal's programme: rooms, a team of interpreters and sessions, made through commands. Nobody is named in it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sofra.kernel import acting
from sofra.kernel.models import Audience
from sofra.meetings.commands import programme, programme_entries, publishing, resources
from sofra.meetings.models import Meeting, Resource, Session
from sofra.parties.engine.local_time import instant_of

Texts = dict[str, str]
HALL, ROUND, TERRACE, PRESS = range(4)
ROOMS: tuple[tuple[Texts, int], ...] = (
    ({"en": "Great hall", "tr": "Büyük salon"}, 120),
    ({"en": "Round room", "tr": "Yuvarlak salon"}, 30),
    ({"en": "Terrace", "tr": "Teras"}, 200),
    ({"en": "Press room", "tr": "Basın salonu"}, 60),
)
K = Session.Kind
CHAIR: Texts = {"en": "the chair of the meeting", "tr": "toplantı başkanı"}
HEADS: Texts = {"en": "heads of delegation, in the agreed order", "tr": "heyet başkanları, kararlaştırılan sırayla"}
#: The plenary's entries: from, title, who.
PLENARY: tuple[tuple[str, Texts, Texts], ...] = (
    ("10:00", {"en": "Opening by the chair", "tr": "Başkanın açış konuşması"}, CHAIR),
    ("10:15", {"en": "One statement per delegation", "tr": "Her heyetten bir konuşma"}, HEADS),
    ("11:30", {"en": "Agenda items", "tr": "Gündem maddeleri"}, {}),
    ("12:15", {"en": "What was agreed", "tr": "Üzerinde uzlaşılanlar"}, CHAIR),
)
#: Days from the meeting's first, from, to, room, kind, title, heads of delegation in person, interpretation.
SESSIONS: tuple[tuple[int, str, str, int, str, Texts, bool, bool], ...] = (
    (-1, "19:30", "21:30", TERRACE, K.RECEPTION, {"en": "Evening before", "tr": "Önceki akşam"}, False, False),
    (0, "09:15", "09:45", HALL, K.ARRIVAL, {"en": "Arrival of delegations", "tr": "Heyetlerin gelişi"}, False, False),
    (0, "09:45", "10:00", TERRACE, K.FAMILY_PHOTO, {"en": "Family photo", "tr": "Aile fotoğrafı"}, True, False),
    (0, "10:00", "12:30", HALL, K.PLENARY, {"en": "Plenary", "tr": "Genel oturum"}, True, True),
    (0, "12:45", "14:15", ROUND, K.WORKING_LUNCH, {"en": "Working lunch", "tr": "Çalışma yemeği"}, True, True),
    (0, "14:30", "16:15", ROUND, K.BILATERALS, {"en": "Bilateral meetings", "tr": "İkili görüşmeler"}, False, False),
    (0, "16:30", "17:00", PRESS, K.PRESS, {"en": "Press briefing", "tr": "Basın bilgilendirmesi"}, False, True),
)
SIDE: Texts = {"en": "Side event: young voices of the region", "tr": "Yan etkinlik: bölgenin genç sesleri"}
MARK = {
    "en": "Exercise: invented for practice. No real person acts.",
    "tr": "Tatbikat: alıştırma için kurgulanmıştır. Gerçek kişiler yer almaz.",
}


def add_programme(meeting: Meeting) -> int:
    """Lay out and publish a rehearsal's programme, once; answers how many sessions it has. Acts as the house.

    One session is added after the publication, so that the secretariat sees what differs. Does nothing for a meeting that is
    no exercise, is over, has no hour yet, or has sessions already.
    """
    with acting.acting_as_house():
        if not meeting.exercise or not meeting.open or meeting.begins_at is None or meeting.format is None:
            return 0
        if Session.objects.filter(meeting=meeting).exists():
            return 0
        rooms = _rooms(meeting)
        team = resources.add_resource(
            meeting.format, Resource.Kind.INTERPRETERS,
            resources.About({"en": "Booth one", "tr": "Birinci kabin"}, None, ("en", "tr")),
        )  # fmt: skip
        for day, begins, ends, room, kind, title, principals, interpreted in SESSIONS:
            slot = programme.Slot(_at(meeting, day, begins), _at(meeting, day, ends), rooms[room])
            plan = programme.Plan(
                titles=title, kind=kind, notes=MARK if kind == K.PLENARY else {}, principals=principals,
                languages=("en", "tr") if interpreted else (), teams=(team.pk,) if interpreted else (),
                takes_part=Session.TakesPart.PRESS if kind == K.PRESS else Session.TakesPart.MEMBERS,
            )  # fmt: skip
            session = programme.add_session(meeting, plan, slot)
            for at, name, who in PLENARY if kind == K.PLENARY else ():
                entry = programme_entries.add_entry(session, programme_entries.Point(name, {}, _at(meeting, day, at)))
                if who:
                    programme_entries.add_part(session, programme_entries.Part(label=who), entry)
        publishing.publish_programme(meeting, seen=None)
        side = programme.Slot(_at(meeting, 0, "15:00"), _at(meeting, 0, "16:00"), rooms[PRESS])
        programme.add_session(
            meeting, programme.Plan(titles=SIDE, kind=K.OTHER, side_event=True, shown_to=Audience.OBSERVERS), side
        )
        return len(SESSIONS) + 1


def _rooms(meeting: Meeting) -> list[Resource]:
    assert meeting.format is not None
    return [
        resources.add_resource(meeting.format, Resource.Kind.ROOM, resources.About(name, seats))
        for name, seats in ROOMS
    ]


def _at(meeting: Meeting, day: int, clock: str) -> datetime:
    local = datetime.combine(meeting.day + timedelta(days=day), time.fromisoformat(clock))
    return instant_of(local, meeting.zone)
