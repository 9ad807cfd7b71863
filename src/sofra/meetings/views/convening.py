"""Convening, changing, moving, calling off."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import anyway, policy, remarks, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import Format
from sofra.kernel.pages import UNPROCESSABLE, actor_of, language, press, seen_version, sent
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import convening as commands
from sofra.meetings.commands.cycle import ensure_cycle, offset_of
from sofra.meetings.engine.cycle import due, numbered_title
from sofra.meetings.forms import CancelForm, ConveneForm, DetailsForm, PostponeForm
from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import get_meeting, meetings_of, propose_next, shut_at, steps_of
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.formfields import OFFERED, add_refusal, to_local, wording_initial
from sofra.parties.queries.formats import members_on
from sofra.parties.views.formats import format_or_404


def _initial(format: Format) -> dict[str, Any]:
    next_one = propose_next(format)
    titles = numbered_title(next_one.ordinal)
    begins = datetime.combine(next_one.day, time(10)) if next_one.day else None
    return {
        "kind": Meeting.Kind.ORDINARY,
        "begins": begins,
        "zone": next_one.zone,
        "level": next_one.level,
        "working_languages": next_one.languages,
        **wording_initial(titles, "title"),
    }


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def convene(request: HttpRequest, format: str) -> HttpResponse:
    """Ask for the meeting, show its plan and the sentence that will be recorded, then convene."""
    row = format_or_404(format, request)
    policy.require(actor_of(request), "meetings.convene", row)
    parents = [each for each in meetings_of(row, language()) if each.open and each.begins_at]
    form = ConveneForm(sent(request), meetings=parents, initial=_initial(row))
    context: dict[str, Any] = {"format": row, "form": form, "step": "ask", "proposed": _initial(row)["begins"]}
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            if "take" in request.POST:
                context["taken"] = remarks.take(request, form)
            elif request.POST.get("confirmed"):
                try:
                    with anyway.asked(request):
                        return redirect(_convened(row, form, parents))
                except NotAllowed:
                    raise
                except anyway.NeedsAnyway as held:
                    context |= {"step": "plan", "refused": held.sentence, **anyway.shown(held), **_plan(row, form)}
                    return render(request, "meetings/convene.html", context, status=UNPROCESSABLE)
                except Refusal as refusal:
                    add_refusal(refusal, form)
            elif not request.POST.get("again"):
                # Nothing is written: the plan is shown before anything is sent. 200, for nothing was refused.
                context |= {"step": "plan", **_plan(row, form)}
            status = 200 if not form.errors else UNPROCESSABLE
    context["remarked"] = remarks.attach(request, form) if context["step"] == "ask" else []
    return render(request, "meetings/convene.html", context, status=status)


def _convened(format: Format, form: ConveneForm, parents: list[Meeting]) -> str:
    cleaned = form.cleaned_data
    meeting = commands.convene(
        format,
        cleaned["when"],
        form.details(),
        kind=cleaned["kind"],
        prepares=next((each for each in parents if str(each.pk) == cleaned["prepares"]), None),
        exercise=cleaned["exercise"],
    )
    return reverse("meeting", kwargs={"format": format.slug, "meeting": meeting.slug})


def _plan(format: Format, form: ConveneForm) -> dict[str, Any]:
    """The tasks as they would be planned, with what stands in their way."""
    ensure_cycle(format)
    when, now = form.cleaned_data["when"], timezone.now()
    steps = [step for step in steps_of(format, language()) if step.kind == form.cleaned_data["kind"]]
    instants = {step.pk: due(offset_of(step), when.begins_at, when.zone) for step in steps}
    members = members_on(format, when.columns()["day"])
    shut = shut_at([when.begins_at, *instants.values()], members, when.zone, language())
    rows = [
        {"step": step, "due_at": instants[step.pk], "passed": instants[step.pk] < now, "shut": shut[instants[step.pk]]}
        for step in sorted(steps, key=lambda each: instants[each.pk])
    ]
    titles = form.details().titles
    return {
        "plan": rows,
        "when": when,
        "title": titles.get(language()) or next(filter(None, titles.values()), ""),
        "day_shut": shut[when.begins_at],
        "passed": sum(1 for each in rows if each["passed"]),
        "kind": Meeting.Kind(form.cleaned_data["kind"]).label,
        "level": Meeting.Level(form.cleaned_data["level"]).label,
    }


def _details_initial(meeting: Meeting) -> dict[str, Any]:
    texts = wordings.of([meeting]).get(meeting.pk, {})
    return {
        "version": meeting.version,
        "level": meeting.level,
        "working_languages": list(meeting.working_languages),
        **{key: value for name in commands.WORDED for key, value in wording_initial(texts.get(name, {}), name).items()},
    }


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def meeting_edit(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Change what is said of a meeting."""
    row = meeting_or_404(request, format, meeting)
    policy.require(actor_of(request), "meetings.convene", row.format)
    form = DetailsForm(sent(request), initial=_details_initial(row))
    asking = Asking(
        request,
        title=_("Change the meeting"),
        what=_("Title, place, level and working languages. The date is moved on a page of its own."),
        form=form,
        action=_("Save"),
        back=_url(row),
        obj=row,
        about=row.worded.get("title", ""),  # type: ignore[attr-defined]
    )

    return asking.answer(
        lambda: commands.change_meeting(row, form.details(), seen_version=form.cleaned_data["version"] or 0),
        stands=_details_initial,
    )


def _url(meeting: Meeting) -> str:
    assert meeting.format is not None
    return reverse("meeting", kwargs={"format": meeting.format.slug, "meeting": meeting.slug})


def _sentences(template: str, meeting: Meeting, context: dict[str, Any]) -> dict[str, str]:
    """A sentence as it is shown and will be recorded, in each offered language."""
    assert meeting.format is not None
    found = {}
    for code in OFFERED:
        with override(code):
            read = get_meeting(meeting.format.slug, meeting.slug, code)
            text = render_to_string(template, {**context, "meeting": read})
            found[code] = " ".join(text.split())
    return found


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def meeting_postpone(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Set a new date: first the date, then the sentence, then it is sent."""
    row = meeting_or_404(request, format, meeting)
    policy.require(actor_of(request), "meetings.convene", row.format)
    form = PostponeForm(sent(request), initial=_when_initial(row))
    return _serious(
        request, row, form, template="meetings/parts/sentence_postpone.html", title=_("Set a new date"),
        what=_("The tasks follow the meeting, but for those that are done or were set by hand."),
        action=_("Set the new date"),
        send=lambda cleaned, sentences: commands.postpone(
            row, cleaned["when"], reason=cleaned["reason"], sentences=sentences, seen_version=cleaned["version"]
        ),
        initial=_when_initial,
    )  # fmt: skip


def _when_initial(row: Meeting) -> dict[str, Any]:
    return {
        "version": row.version,
        "begins": to_local(row.begins_at, row.zone),
        "ends": to_local(row.ends_at, row.zone),
        "zone": row.zone,
    }


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def meeting_cancel(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Call a meeting off: first the reason, then the sentence, then it is sent."""
    row = meeting_or_404(request, format, meeting)
    policy.require(actor_of(request), "meetings.convene", row.format)
    form = CancelForm(sent(request), initial={"version": row.version})
    return _serious(
        request, row, form, template="meetings/parts/sentence_cancel.html", title=_("Call the meeting off"),
        what=_("Everything said of it stays, and its page says that it was called off."),
        action=_("Call it off"), grave=True,
        send=lambda cleaned, sentences: commands.cancel(
            row, reason=cleaned["reason"], sentences=sentences, seen_version=cleaned["version"]
        ),
        initial=lambda theirs: {"version": theirs.version},
    )  # fmt: skip


def _serious(
    request: HttpRequest, row: Meeting, form: Any, *, template: str, title: Any, what: Any, action: Any, send: Any,
    initial: Any, grave: bool = False,
) -> HttpResponse:  # fmt: skip
    """One serious thing: the form, then the sentence that will be recorded, then the act."""
    asking = Asking(
        request, title=title, what=what, form=form, action=action, back=_url(row), obj=row, grave=grave,
        about=row.worded.get("title", ""),  # type: ignore[attr-defined]
    )  # fmt: skip
    said: dict[str, str] = {}

    def sentence() -> str:
        said.update(_sentences(template, row, form.cleaned_data))
        return said.get(language()) or said["en"]

    return asking.answer(lambda: send(form.cleaned_data, said), sentence, stands=initial)


@door(POST=SECRETARIAT)
def meeting_advance(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Open a meeting, or close it."""
    row = meeting_or_404(request, format, meeting)
    seen = seen_version(request.POST.get("version"))
    return press(request, lambda: commands.advance(row, to=request.POST.get("to", ""), seen_version=seen), _url(row))
