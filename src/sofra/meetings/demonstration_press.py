"""The rehearsal's press desk: drafts that show what stands there. Nothing of it is issued, nobody is named."""

from __future__ import annotations

from sofra.kernel import acting
from sofra.meetings.commands import press
from sofra.meetings.models import Meeting, PressPiece, Session

ADVISORY = (
    {"en": "Exercise: when the press may come", "tr": "Tatbikat: basın ne zaman gelebilir"},
    {
        "en": "This advisory is part of an exercise.\n\n"
        "The family photo is at 09:45, the press briefing at 16:30 in the press room.",
        "tr": "Bu duyuru bir tatbikatın parçasıdır.\n\nAile fotoğrafı 09.45'te çekilir, basın bilgilendirmesi 16.30'da basın "
        "salonundadır.",
    },
)
LINES = (
    {"en": "Exercise: lines on how the meeting went", "tr": "Tatbikat: toplantının nasıl geçtiğine ilişkin mesajlar"},
    {
        "en": "- The members met and rehearsed how a meeting is prepared.\n- Nothing was negotiated.",
        "tr": "- Üyeler bir araya geldi ve bir toplantının nasıl hazırlandığını prova etti.\n- Hiçbir konu müzakere edilmedi.",
    },
)
PHOTO = {"en": "Exercise: family photo", "tr": "Tatbikat: aile fotoğrafı"}


def add_press(meeting: Meeting) -> int:
    """Write the drafts of a rehearsal's press desk, once; answers how many. Acts as the house."""
    with acting.acting_as_house():
        if not meeting.exercise or PressPiece.objects.filter(meeting=meeting).exists():
            return 0
        photo = Session.objects.filter(meeting=meeting, kind=Session.Kind.FAMILY_PHOTO).first()
        press.draft_piece(meeting=meeting, kind="advisory", title=ADVISORY[0], body=ADVISORY[1])
        press.draft_piece(meeting=meeting, kind="lines", title=LINES[0], body=LINES[1])
        press.draft_piece(meeting=meeting, kind="caption", title=PHOTO, session=photo, rows=[7])
        return 3
