"""What the room's pages share: where they stand, and the form whose sentence is shown before it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from sofra.cooperation.queries import Line, get_line
from sofra.cooperation.queries.lines import now
from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Format
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings.models import Meeting
from sofra.parties.entering import Entering
from sofra.parties.queries.formats import get_format


def language() -> str:
    """The page's language."""
    return get_language() or "en"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def place_of(request: HttpRequest, slug: str) -> Format:
    """The format of the address; 404 where there is none to read."""
    found = get_format(slug, language())
    if found is None:
        raise Http404
    request.sofra_format = found  # type: ignore[attr-defined]
    return found


def meeting_of(request: HttpRequest, format_slug: str, slug: str) -> Meeting:
    """The meeting of the address, worded; 404 where there is none to read. The page then stands in it."""
    place = place_of(request, format_slug)
    found = Meeting.objects.filter(format=place, slug=slug).first()
    if found is None:
        raise Http404
    wordings.attach([found], language())
    found.format = place
    request.sofra_meeting = found  # type: ignore[attr-defined]
    request.exercise = found.exercise  # type: ignore[attr-defined]
    return found


def line_of(request: HttpRequest, format_slug: str, key: UUID) -> Line:
    """The commitment of the address as it stands now; 404 where there is none to read."""
    place_of(request, format_slug)
    line = get_line(format_slug, key, now(), language())
    if line is None:
        raise Http404
    request.exercise = line.row.exercise  # type: ignore[attr-defined]
    if line.row.meeting is not None:
        wordings.attach([line.row.meeting], language())
        request.sofra_meeting = line.row.meeting  # type: ignore[attr-defined]
    return line


def page_of(line: Line) -> str:
    """The address of a commitment's page."""
    assert line.row.format is not None
    return reverse("commitment", kwargs={"format": line.row.format.slug, "commitment": line.row.pk})


class Asking:
    """One serious form: it is filled in, the sentence it makes is shown, and only then is it recorded.

    `sentence(form)` words what is about to be recorded; `act(form)` calls the command and answers where to go. Where a
    refusal names a field its sentence stands there; typed words are kept, the answer is 422 and nothing is written.
    """

    template = "cooperation/ask.html"

    def __init__(
        self,
        request: HttpRequest,
        *,
        what: Any,
        title: Any,
        form: forms.Form | None,
        back_url: str,
        action: Any,
        entering: Entering | None = None,
        grave: bool = False,
        obj: Any = None,
    ) -> None:
        self.request, self.form, self.entering = request, form, entering
        self.context: dict[str, Any] = {
            "what": what, "title": title, "form": form, "back_url": back_url, "action": action, "entering": entering,
            "grave": grave, "obj": obj,
        }  # fmt: skip

    def answer(
        self,
        act: Callable[[], str],
        sentence: Callable[[], str] | None = None,
        theirs: Callable[[Any], list[tuple[Any, Any]]] | None = None,
    ) -> HttpResponse:
        """The page for GET, the sentence or the redirect for POST."""
        if self.request.method != "POST":
            if sentence is not None and self.form is None:
                self.context["sentence"] = sentence()
            return self.page(200)
        valid = self.form is None or self.form.is_valid()
        if self.entering is not None:
            valid = self.entering.is_valid() and valid
        if not valid:
            return self.page(422)
        if sentence is not None:
            said = sentence()
            self.context["sentence"] = said
            if self.request.POST.get("sentence") != said:
                self.context["again"] = bool(self.request.FILES)
                return self.page(200)
        try:
            return HttpResponseRedirect(act(), status=303)
        except Conflict as met:
            self.context |= {"conflict": met.sentence, "theirs": theirs(met.theirs) if theirs else []}
            self.context["yours"] = self.typed()
        except Refusal as refusal:
            self.refuse(refusal)
        self.context.pop("sentence", None)
        return self.page(422)

    def refuse(self, refusal: Refusal) -> None:
        """Put the sentence where it belongs: beside its field, or at the top."""
        if self.form is None and (self.entering is None or self.entering.form is None):
            self.context["refused"] = refusal.sentence
            return
        if self.form is not None and refusal.field and f"{refusal.field}_en" in self.form.fields:
            refusal = Refusal(refusal.sentence, f"{refusal.field}_en")
        if self.entering is not None:
            self.entering.refused(refusal, self.form if self.form is not None else self.entering.form)
        elif self.form is not None:
            self.form.add_error(refusal.field if refusal.field in self.form.fields else None, str(refusal.sentence))

    def typed(self) -> list[tuple[Any, Any]]:
        """What was typed, by the labels of the fields."""
        if self.form is None:
            return []
        return [(each.label, each.value()) for each in self.form.visible_fields() if each.value() not in (None, "")]

    def page(self, status: int) -> HttpResponse:
        """The form's page."""
        return render(self.request, self.template, self.context, status=status)
