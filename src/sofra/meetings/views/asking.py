"""One serious form: filled in, the sentence it makes is shown, and only then is it recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.models import Meeting
from sofra.meetings.queries.agenda import meeting_at
from sofra.parties.entering import Entering

UNPROCESSABLE = 422


def language() -> str:
    """The page's language."""
    return get_language() or "en"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def stand_in(request: HttpRequest, format: str, meeting: str) -> Meeting:
    """The meeting of the address, made known to the shell; 404 where there is none to read."""
    row = meeting_at(format, meeting, language())
    if row is None:
        raise Http404
    asked: Any = request
    asked.sofra_meeting, asked.sofra_format, asked.exercise = row, row.format, row.exercise
    return row


def address(name: str, meeting: Meeting, **more: Any) -> str:
    """The address of a page of this meeting."""
    assert meeting.format is not None
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def open_to(request: HttpRequest, action: str, obj: Any = None) -> None:
    """Let a reader on who may do what the page asks. To others the page is not there; what they send is refused with the
    reason."""
    decision = policy.decide(actor_of(request), action, obj)
    if decision:
        return
    if request.method == "POST":
        raise NotAllowed(decision.reason)
    raise Http404


class Asking:
    """`act` calls the command and answers where to go; `sentence` words what is about to be recorded.

    A refusal stands next to its field, typed words are kept, the answer is 422 and nothing is written.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        title: Any,
        what: Any,
        back: str,
        action: Any,
        form: Any = None,
        entering: Entering | None = None,
        grave: bool = False,
        obj: Any = None,
        about: Any = None,
    ) -> None:
        self.request, self.form, self.entering = request, form, entering
        self.context: dict[str, Any] = {
            "title": title, "what": what, "back": back, "action": action, "form": form, "entering": entering,
            "grave": grave, "obj": obj, "about": about,
        }  # fmt: skip

    @property
    def party(self) -> UUID | None:
        """The party the act is about to be recorded for."""
        if self.entering is not None and self.entering.form is not None:
            chosen = self.entering.form.cleaned_data.get("for_party")
            return UUID(chosen) if chosen else None
        return actor_of(self.request).party_id

    def answer(
        self,
        act: Callable[[], str],
        sentence: Callable[[], str] | None = None,
        both: Callable[[Conflict], dict[str, Any]] | None = None,
    ) -> HttpResponse:
        """The page for GET; for POST the sentence, the redirect, or the page that says what is wrong."""
        asks = self.form is not None or (self.entering is not None and self.entering.shown)
        self.context["first"] = _("Show the sentence") if sentence is not None and asks else ""
        if self.request.method != "POST":
            if sentence is not None and not asks:
                self.context["sentence"] = sentence()
            return self.page(200)
        valid = self.form is None or self.form.is_valid()
        if self.entering is not None:
            valid = self.entering.is_valid() and valid
        if not valid:
            return self.page(UNPROCESSABLE)
        if sentence is not None:
            said = sentence()
            if self.request.POST.get("sentence") != said:
                # Nothing is written and nothing is refused: the sentence is shown first.
                self.context |= {"sentence": said, "again": bool(self.request.FILES)}
                return self.page(200)
        try:
            return HttpResponseRedirect(act(), status=303)
        except Conflict as met:
            if both is not None:
                self.context |= both(met)
            self.refuse(met)
        except NotAllowed:
            raise
        except Refusal as refusal:
            self.refuse(refusal)
        return self.page(UNPROCESSABLE)

    def refuse(self, refusal: Refusal) -> None:
        """Put the sentence next to its field, or at the top."""
        field = refusal.field
        if self.entering is not None and self.entering.form is not None and field in self.entering.form.fields:
            self.entering.form.add_error(field, str(refusal.sentence))
        elif self.form is not None:
            field = self.form.field_of(field) if hasattr(self.form, "field_of") else field
            self.form.add_error(field if field in self.form.fields else None, str(refusal.sentence))
        else:
            self.context["refused"] = refusal.sentence

    def page(self, status: int) -> HttpResponse:
        """The page as it stands."""
        return render(self.request, "meetings/agenda/asking.html", self.context, status=status)


def both_versions(form: Any, theirs: dict[str, Any], version: int) -> dict[str, Any]:
    """Both versions of a form whose row changed meanwhile; sending it again then takes what is typed.

    `theirs` are the form's initial values as the row stands now.
    """
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data
    left, right = [], []
    for name, field in form.fields.items():
        ours, other = form.cleaned_data.get(name), theirs.get(name)
        if isinstance(field.widget, forms.HiddenInput) or _same(ours, other):
            continue
        left.append((field.label, _said(field, other)))
        right.append((field.label, _said(field, ours)))
    return {"theirs": left or [("", _("The same as yours."))], "yours": right or [("", _("The same as theirs."))]}


def _same(ours: Any, other: Any) -> bool:
    return (ours or "") == (other or "")


def _said(field: Any, value: Any) -> str:
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(each), str(each)) for each in values if each not in (None, "")) or "—"
