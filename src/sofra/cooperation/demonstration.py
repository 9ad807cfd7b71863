"""Commitments of the rehearsal: invented, neutral, made through the same commands as real ones."""

from __future__ import annotations

from datetime import date, timedelta

from sofra.cooperation import commands
from sofra.cooperation.models import Commitment
from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Entry, Party
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import Meeting, Theme
from sofra.parties.queries.formats import members_on

#: The words are kept in the two complete languages. Nothing in them touches who anybody is or what anybody holds.
WORKSHOP = {
    "en": "Hold an expert workshop on energy security data",
    "tr": "Enerji güvenliği verileri üzerine uzman çalıştayı düzenlemek",
}
CONTACTS = {
    "en": "Circulate a list of contact points for digital services",
    "tr": "Dijital hizmetler için irtibat noktaları listesini dağıtmak",
}
YOUTH = {"en": "Open a joint summer school to forty young people", "tr": "Kırk gence ortak bir yaz okulu açmak"}
SURVEY = {
    "en": "Map the missing links of one transport corridor",
    "tr": "Bir ulaştırma koridorunun eksik bağlantılarını haritalamak",
}
MINUTES = {"en": "The minutes are circulated to all members", "tr": "Tutanak tüm üyelere dağıtılmıştır"}
LIST = {"en": "The list is circulated to all members", "tr": "Liste tüm üyelere dağıtılmıştır"}
PROGRAMME = {"en": "The programme and the dates are published", "tr": "Program ve tarihler yayımlanmıştır"}
MAP = {"en": "The map and its sources are circulated", "tr": "Harita ve kaynakları dağıtılmıştır"}
REASON = {"en": "The venue is free only then.", "tr": "Toplantı yeri ancak o tarihte boş."}
SAID = {"en": "The list was sent to all delegations.", "tr": "Liste tüm heyetlere gönderildi."}
PROGRESS = {
    "en": "A venue is found; the programme is being written.",
    "tr": "Toplantı yeri bulundu; program yazılıyor.",
}


def add_commitments(meeting: Meeting) -> int:
    """Lay out the rehearsal's commitments for a meeting marked as an exercise. Answers how many were made; 0 the second time.

    Call it as the secretariat of the format. Owners' acts are entered, as they would be for parties without an account.
    Raises ValueError for a meeting that is no exercise.
    """
    place = meeting.format
    if not meeting.exercise or place is None:
        raise ValueError("Invented commitments belong to a meeting marked as an exercise.")
    if Commitment.objects.filter(meeting=meeting, exercise=True).exists():
        return 0
    owners = order_parties(members_on(place), "en")
    if len(owners) < 4:
        return 0
    today = database_now().date()
    for owner, title, indicator, theme, days in (
        (owners[0], WORKSHOP, MINUTES, "energy-security", 45),
        (owners[1], CONTACTS, LIST, "digitalisation", 20),
        (owners[2], SURVEY, MAP, "transport-corridors", 90),
    ):
        made = commands.propose(
            format=place, owner=owner, title=title, indicator=indicator, due=today + timedelta(days=days),
            zone=meeting.zone, origin_kind=Commitment.Origin.CHAIR_SUMMARY, meeting=meeting, theme=_theme(theme),
        )  # fmt: skip
        if owner != owners[2]:
            commands.answer_date(made.dates.get(), accepted=True, entry=_entry(meeting, owner))
        if owner == owners[0]:
            _extend(made, meeting, today + timedelta(days=75))
        if owner == owners[1]:
            source = commands.NewSource(
                "Contact points (exercise)", today, "https://example.org/exercise/contact-points"
            )
            commands.report(made, on=today, claim="done", text=SAID, sources=[source], entry=_entry(meeting, owner))
    own = commands.announce(
        format=place, title=YOUTH, indicator=PROGRAMME, due=today + timedelta(days=10), zone=meeting.zone,
        meeting=meeting, theme=_theme("youth"), entry=_entry(meeting, owners[3]),
    )  # fmt: skip
    commands.report(own, on=today, claim="in_progress", text=PROGRESS, entry=_entry(meeting, owners[3]))
    return 4


def _extend(made: Commitment, meeting: Meeting, due: date) -> None:
    commands.set_date(
        made,
        due=due,
        zone=meeting.zone,
        reason=REASON,
        seen_date=made.dates.get().pk,
        entry=_entry(meeting, made.owner),
    )


def _entry(meeting: Meeting, owner: Party) -> Entry:
    return enter_for(
        owner.pk,
        meeting.format_id,
        channel=Entry.Channel.EMAIL,
        received_at=database_now(),
        reference="Exercise · Tatbikat",
    )


def _theme(slug: str) -> str:
    return slug if Theme.objects.filter(slug=slug, retired=False).exists() else ""
