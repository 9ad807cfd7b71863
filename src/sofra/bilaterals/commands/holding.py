"""How a bilateral is to be held, and what became of it: arrangements, the day, notes, the agreed line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import locked, own, placed, whose, words
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Arrangement, Note, Outcome, Readout, ReadoutAgreement, Request
from sofra.bilaterals.policy import sides_of
from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now, lock_subject
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal


@command
def arrange(
    *, request: Request, receives: UUID | None = None, suite: bool = False, place: str = "", company: int | None = None,
    own_interpreter: bool = False, press: bool = False, party_id: UUID | None = None, entry: Entry | None = None,
) -> Arrangement:  # fmt: skip
    """Say how it is to be held. What was said last holds; all of it stays readable by the sides."""
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    if stands.code in (Code.WITHDRAWN, Code.DECLINED, Code.LAPSED):
        raise Refusal(_("It is closed; nothing is arranged for it any more."))
    if receives is not None and receives not in sides_of(request):
        raise Refusal(_("One of the sides receives."), "receives")
    if company is not None and not 0 <= company <= 50:
        raise Refusal(_("Besides the principal at most fifty come."), "company")
    row = Arrangement.objects.create(
        request=request, receives_id=receives, suite=suite, place=words(place, "place", 200), company=company,
        own_interpreter=own_interpreter, press=press, at=now, **placed(request, party, entry),
    )  # fmt: skip
    details = {"receives": receives, "suite": suite, "place": row.place, "company": company,
               "own_interpreter": own_interpreter, "press": press}  # fmt: skip
    recording.record("bilaterals.arranged", row, details, meeting_id=request.meeting_id)
    return row


@command
def say_held(
    *, request: Request, state: str, came: str = "", begins_at: datetime | None = None,
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Outcome:  # fmt: skip
    """Write down that it was held, not held or moved, and who came. A side says so for itself, or the secretariat."""
    actor = acting.current()
    policy.require(actor, "bilaterals.day", request)
    if state not in Outcome.State.values:
        raise Refusal(_("Choose from the list."), "state")
    if state == Outcome.State.MOVED and begins_at is None:
        raise Refusal(_("Say when it was held instead."), "begins")
    stands, now = locked(request)
    if stands.code != Code.ACCEPTED:
        raise Refusal(_("Only what was accepted is held."))
    if actor.serves(request.format_id) and entry is None:
        place = {
            "audience": Audience.PARTIES, "format_id": request.format_id, "owner_party_id": None,
            "readers": sides_of(request), "entry_id": None,
        }  # fmt: skip
    else:
        place = placed(request, whose(request, party_id, entry), entry)
    row = Outcome.objects.create(
        request=request, state=state, came=words(came, "came", 500), begins_at=begins_at, at=now, **place
    )
    details = {"state": state, "came": row.came, "begins_at": begins_at}
    recording.record("bilaterals.held", row, details, meeting_id=request.meeting_id)
    return row


@command
def note(*, request: Request, text: str) -> Note:
    """Note something for one's own delegation alone. It is kept; a later note does not replace it."""
    policy.require(acting.current(), "bilaterals.note", request)
    party = whose(request, None, None)
    text = words(text, "text")
    if not text:
        raise Refusal(_("Write the note."), "text")
    row = Note.objects.create(
        request=request, text=text, at=database_now(), **own(request, party, None, secretariat=False)
    )
    recording.record("bilaterals.noted", row, {"text": text}, visible=False)
    return row


@command
def put_readout(
    *, request: Request, text: str, language: str, for_all: bool = False,
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Readout:  # fmt: skip
    """Put one line forward on what was spoken of. It is agreed once every side agrees to it word for word."""
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    if stands.code != Code.ACCEPTED:
        raise Refusal(_("Only what was accepted is held."))
    text = " ".join(words(text, "text", 500).split())
    if not text:
        raise Refusal(_("Write the line."), "text")
    if for_all and request.discreet:
        raise Refusal(_("The request is kept between its sides; so is its line."), "for_all")
    row = Readout.objects.create(
        request=request, text=text, language=language, for_all=for_all, at=now, **placed(request, party, entry)
    )
    recording.record("bilaterals.readout", row, {"text": text, "for_all": for_all}, meeting_id=request.meeting_id)
    return row


@command
def agree_readout(*, readout: Readout, party_id: UUID | None = None, entry: Entry | None = None) -> ReadoutAgreement:
    """Agree to a line, word for word. The agreement of the last side lets those read it for whom it was put forward."""
    request = readout.request
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    lock_subject(request.pk)
    newest = Readout.objects.filter(request=request).order_by("-at", "-id").first()
    if newest is None or newest.pk != readout.pk:
        raise Refusal(_("Another line was put forward meanwhile. It stands below; nothing was agreed."))
    agreed = {readout.owner_party_id, *readout.agreements.values_list("owner_party_id", flat=True)}
    if party in agreed:
        raise Refusal(_("Your delegation agrees to this line already."))
    sides = sides_of(request)
    complete = agreed | {party} >= set(sides)
    place = placed(request, party, entry)
    if complete and readout.for_all:
        place |= {"audience": Audience.FORMAT, "readers": []}
    row = ReadoutAgreement.objects.create(
        readout=readout, meeting_id=request.meeting_id, text=readout.text, language=readout.language, complete=complete,
        parties=sides, at=database_now(), **place,
    )  # fmt: skip
    recording.record("bilaterals.readout_agreed", row, {"text": row.text}, meeting_id=request.meeting_id)
    return row
