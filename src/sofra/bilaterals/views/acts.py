"""What a side does about a request: ask, answer, propose, withdraw, agree on a time, say how it is held and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.bilaterals import sentences
from sofra.bilaterals.commands import holding, requesting, timing
from sofra.bilaterals.forms import (
    AcceptForm,
    ArrangeForm,
    AskForm,
    DeclineForm,
    HeldForm,
    NoteForm,
    ProposeForm,
    ReadoutForm,
    SeenForm,
    TimeForm,
)
from sofra.bilaterals.models import Readout
from sofra.bilaterals.queries.grid import frame_of
from sofra.bilaterals.queries.lines import Line, private_of
from sofra.bilaterals.views.common import (
    BOTH,
    address,
    entering_side,
    language,
    line_of,
    members,
    page_of,
    place,
)
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, door
from sofra.kernel.pages import actor_of, open_to, sent
from sofra.meetings.models import Meeting
from sofra.parties.formfields import to_local


@door(GET=BOTH, POST=BOTH)
def ask(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Ask for a bilateral."""
    row = place(request, format, meeting)
    open_to(request, "bilaterals.ask", row)
    own = actor_of(request).party_id
    form = AskForm(
        sent(request), zone=row.zone, parties=[party for party in members(row) if party.pk != own], language=language(),
        frame=frame_of(row), initial={"priority": 2},
    )  # fmt: skip
    entering = entering_side(request, row)
    if entering.shown:
        for field in ("discreet", "purpose_to_both"):
            del form.fields[field]
    page = Asking(
        request, title=_("Ask for a bilateral"), form=form, entering=entering, action=_("Ask"),
        what=_("The other side reads it at once, and the secretariat unless you keep it from it. Nobody else learns of it."),
        back=address("bilaterals", row), about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> str:
        form.cleaned_data.setdefault("discreet", False)
        form.cleaned_data.setdefault("purpose_to_both", False)
        party, entry = entering.owner()
        made = requesting.ask(meeting=row, terms=form.terms(), party_id=party, entry=entry)
        return address("bilateral", row, request_key=made.pk)

    def sentence() -> str:
        others = [UUID(each) for each in form.cleaned_data["others"]]
        return sentences.asking(page.party, others, form.cleaned_data["level"])

    return page.answer(act, sentence)


def _page(request: HttpRequest, row: Meeting, line: Line, form: Any, **more: Any) -> tuple[Asking, Any]:
    open_to(request, "bilaterals.take_part", line.row)
    entering = entering_side(request, row, line.parties)
    about = sentences.names(each for each in line.parties if each != actor_of(request).party_id)
    return Asking(request, form=form, entering=entering, back=page_of(row, line), about=about, **more), entering


@door(GET=BOTH, POST=BOTH)
def accept(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Accept the terms in force."""
    row, line = line_of(request, format, meeting, request_key)
    form = AcceptForm(sent(request), initial={"seen": line.standing.terms, "priority": 2})
    page, entering = _page(
        request, row, line, form, title=_("Accept"), action=_("Accept"),
        what=_("The schedule places what all sides have accepted."),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        requesting.accept(request=line.row, seen=given["seen"], priority=given["priority"], party_id=party, entry=entry)

    return page.answer(act, lambda: sentences.acting("accepted", page.party))


@door(GET=BOTH, POST=BOTH)
def decline(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Decline."""
    row, line = line_of(request, format, meeting, request_key)
    form = DeclineForm(sent(request), initial={"seen": line.standing.terms})
    page, entering = _page(
        request, row, line, form, title=_("Decline"), action=_("Decline"), grave=True,
        what=_("The other side learns that it is declined, and nobody else does. No reason is needed."),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        requesting.decline(request=line.row, note=given["note"], seen=given["seen"], party_id=party, entry=entry)

    return page.answer(act, lambda: sentences.acting("declined", page.party))


@door(GET=BOTH, POST=BOTH)
def propose(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Propose another level or other windows."""
    row, line = line_of(request, format, meeting, request_key)
    initial = {"seen": line.standing.terms, "level": line.level, **ProposeForm.initial_times(line.windows, row.zone)}
    form = ProposeForm(sent(request), zone=row.zone, initial=initial)
    page, entering = _page(
        request, row, line, form, title=_("Propose other terms"), action=_("Propose"),
        what=_("The other side answers as it would a request. Your delegation agrees to what it proposes."),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        requesting.propose(
            request=line.row, level=given["level"], times=tuple(given["times"]), note=given["note"], seen=given["seen"],
            party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def withdraw(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Withdraw."""
    row, line = line_of(request, format, meeting, request_key)
    form = DeclineForm(sent(request))
    page, entering = _page(
        request, row, line, form, title=_("Withdraw"), action=_("Withdraw"), grave=True,
        what=_("The other sides are told at once. Time and room are free again."),
    )  # fmt: skip

    def act() -> None:
        note = form.cleaned_data["note"]
        party, entry = entering.owner()
        requesting.withdraw(request=line.row, note=note, party_id=party, entry=entry)

    return page.answer(act, lambda: sentences.acting("withdrawn", page.party))


@door(GET=BOTH, POST=BOTH)
def put_time(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Put forward a time agreed elsewhere."""
    row, line = line_of(request, format, meeting, request_key)
    timed = line.timed
    initial = (
        {"begins": to_local(timed.begins_at, row.zone), "ends": to_local(timed.ends_at, row.zone)} if timed else {}
    )
    form = TimeForm(sent(request), zone=row.zone, initial=initial)
    page, entering = _page(
        request, row, line, form, title=_("Enter a time agreed elsewhere"), action=_("Put it forward"),
        what=_("It is pencilled until every side confirms it. Once confirmed, nothing else is held for them then."),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        timing.put_time(
            request=line.row, begins_at=given["begins_at"], ends_at=given["ends_at"], place=given["place"],
            party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def confirm_time(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Confirm the time that was put forward last."""
    row, line = line_of(request, format, meeting, request_key)
    if line.timed is None:
        raise Http404
    form = SeenForm(sent(request), initial={"seen": line.timed.pk})
    assert line.timed.begins_at is not None
    page, entering = _page(
        request, row, line, form, title=_("Confirm the time"), action=_("Confirm it"),
        what=sentences.when(line.timed.begins_at, row.zone),
    )  # fmt: skip

    def act() -> None:
        seen = form.cleaned_data["seen"] or UUID(int=0)
        party, entry = entering.owner()
        timing.confirm_time(request=line.row, seen=seen, party_id=party, entry=entry)

    return page.answer(act, lambda: sentences.acting("confirmed", page.party))


@door(GET=BOTH, POST=BOTH)
def arrange(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Say how it is to be held."""
    row, line = line_of(request, format, meeting, request_key)
    last = line.arrangement
    initial = {
        "receives": str(last.receives_id or ""), "suite": last.suite, "place": last.place, "company": last.company,
        "own_interpreter": last.own_interpreter, "press": last.press,
    } if last else {}  # fmt: skip
    form = ArrangeForm(sent(request), parties=line.parties, language=language(), initial=initial)
    page, entering = _page(
        request, row, line, form, title=_("How it is held"), action=_("Save"),
        what=_("What was said last holds. The sides and the secretariat read it."),
    )  # fmt: skip

    def act() -> None:
        given = dict(form.cleaned_data)
        given["receives"] = UUID(given["receives"]) if given["receives"] else None
        party, entry = entering.owner()
        holding.arrange(request=line.row, party_id=party, entry=entry, **given)

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def say_held(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Write down what became of it on the day."""
    row, line = line_of(request, format, meeting, request_key)
    open_to(request, "bilaterals.day", line.row)
    form = HeldForm(sent(request), zone=row.zone, initial={"state": "held"})
    entering = entering_side(request, row, line.parties, needed=False)
    page = Asking(
        request, title=_("On the day"), form=form, entering=entering, action=_("Write it down"), back=page_of(row, line),
        what=_("Held, not held or moved, and who came. The sides and the secretariat read it."),
        about=sentences.names(line.parties),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        holding.say_held(
            request=line.row, state=given["state"], came=given["came"], begins_at=given["begins_at"], party_id=party,
            entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=DELEGATES, POST=DELEGATES)
def note(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Note something for one's own delegation."""
    row, line = line_of(request, format, meeting, request_key)
    open_to(request, "bilaterals.note", line.row)
    form = NoteForm(sent(request))
    page = Asking(
        request, title=_("A note of your own"), form=form, action=_("Keep it"), back=page_of(row, line),
        what=_("Your delegation alone reads it."), about=sentences.names(line.parties),
    )  # fmt: skip

    def act() -> None:
        holding.note(request=line.row, text=form.cleaned_data["text"])

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def put_readout(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Put one line forward."""
    row, line = line_of(request, format, meeting, request_key)
    form = ReadoutForm(sent(request))
    page, entering = _page(
        request, row, line, form, title=_("Put a line forward"), action=_("Put it forward"),
        what=_("It is agreed once every side agrees to it, word for word. Until then the sides and the secretariat read it."),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        holding.put_readout(
            request=line.row, text=given["text"], language=language(), for_all=given["for_all"], party_id=party,
            entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def agree_readout(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """Agree to the line that was put forward last."""
    row, line = line_of(request, format, meeting, request_key)
    readout = private_of(line).readout
    if readout is None:
        raise Http404
    form = SeenForm(sent(request), initial={"seen": readout.pk})
    page, entering = _page(
        request, row, line, form, title=_("Agree to the line"), action=_("Agree"), what=f"“{readout.text}”"
    )

    def act() -> None:
        wanted = (
            Readout.objects.select_related("request").filter(pk=form.cleaned_data["seen"], request=line.row).first()
        )
        party, entry = entering.owner()
        holding.agree_readout(readout=wanted or readout, party_id=party, entry=entry)

    return page.answer(act, lambda: sentences.acting("readout", page.party))
