"""A written background note for the rehearsal: how the exercise goes. It holds no position of anybody."""

from __future__ import annotations

from sofra.kernel import acting
from sofra.kernel.models import Audience
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, Meeting

NOTE = {
    "en": Content(
        "Exercise: how this meeting is rehearsed",
        "# Purpose\n\n"
        "This note is part of an exercise. It holds no position of anybody and no subject of negotiation. "
        "It shows how a document reaches all members *at the same instant*.\n\n"
        "# Before the meeting\n\n"
        "1. Members propose items for the agenda and co-sponsor those of others.\n"
        "2. The secretariat puts the items in the chair's order and puts the agenda to adoption.\n"
        "3. Documents are released to all members together. Each delegation sees when it opened them; nobody else does.\n\n"
        "# At the meeting\n\n"
        "- The chair opens the plenary and states the agenda.\n"
        "- Outcomes are written down while the meeting goes on.\n"
        "- Commitments name an owner, a date and how it will be seen that they are kept.",
    ),
    "tr": Content(
        "Tatbikat: bu toplantı nasıl prova edilir",
        "# Amaç\n\n"
        "Bu not bir tatbikatın parçasıdır. Kimsenin tutumunu ve hiçbir müzakere konusunu içermez. "
        "Bir belgenin bütün üyelere *aynı anda* nasıl ulaştığını gösterir.\n\n"
        "# Toplantıdan önce\n\n"
        "1. Üyeler gündem maddesi önerir ve başkalarının önerdiklerine ortak olur.\n"
        "2. Sekretarya maddeleri başkanın sırasına koyar ve gündemi kabule sunar.\n"
        "3. Belgeler bütün üyelere birlikte dağıtılır. Her heyet belgeyi ne zaman açtığını görür; başka kimse görmez.\n\n"
        "# Toplantıda\n\n"
        "- Başkan genel oturumu açar ve gündemi bildirir.\n"
        "- Sonuçlar toplantı sürerken yazılır.\n"
        "- Her taahhüdün bir sahibi, bir tarihi ve yerine getirildiğinin nasıl görüleceği bellidir.",
    ),
}


def add_note(meeting: Meeting) -> bool:
    """Write and release the note of a rehearsal, once; answers whether it was done now. Acts as the house."""
    with acting.acting_as_house():
        if not meeting.exercise or Document.objects.filter(meeting=meeting, owner_party=None).exists():
            return False
        note = circulation.draft_document(meeting=meeting, kind=Document.Kind.BACKGROUND, contents=NOTE)
        releasing.release_document(document=note, audience=Audience.OBSERVERS)
        return True
