"""One form: filled in, where it is serious the sentence it makes is shown, and only then is it recorded.

Every page of every room that asks for something is one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.kernel import anyway, guarding, remarks
from sofra.kernel.pages import SEE_OTHER, UNPROCESSABLE, actor_of
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal


class Part(Protocol):
    """The part of a form that says for whom the secretariat enters an act: `sofra.parties.entering.Entering`."""

    shown: bool

    @property
    def theirs(self) -> bool:
        """Whether what is written is a delegation's, handed on for it."""

    @property
    def form(self) -> forms.Form | None:
        """The part's own form, where it is shown."""

    def is_valid(self) -> bool:
        """Whether it can be said whose act it is."""


class Asking:
    """A page that asks for one thing.

    `what` is its first line, `about` the line above the title, `obj` the row whose visibility it states, `action` the
    words on its button (`grave`: it refuses or objects), `back` where it leads without doing anything, `notes` warnings
    above the form, `more` what a template of its own shows besides.
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
        entering: Part | None = None,
        grave: bool = False,
        obj: Any = None,
        about: Any = None,
        template: str = "web/asking.html",
        more: dict[str, Any] | None = None,
    ) -> None:
        self.request, self.form, self.entering, self.template = request, form, entering, template
        self.context: dict[str, Any] = {
            "title": title, "what": what, "back": back, "action": action, "form": form, "entering": entering,
            "grave": grave, "obj": obj, "about": about, **(more or {}),
        }  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether the page asks for anything but a yes."""
        shown = self.form is not None and bool(self.form.visible_fields())
        return shown or (self.entering is not None and self.entering.shown)

    @property
    def party(self) -> UUID | None:
        """The party the act is about to be recorded for."""
        if self.entering is not None and self.entering.form is not None:
            chosen = self.entering.form.cleaned_data.get("for_party")
            return UUID(chosen) if chosen else None
        return actor_of(self.request).party_id

    def answer(
        self,
        act: Callable[[], object],
        sentence: Callable[[], Any] | None = None,
        *,
        stands: Callable[[Any], dict[str, Any]] | None = None,
        known: bool = False,
    ) -> HttpResponse:
        """The page for GET; for POST the sentence, what `act` answers, or the page that says what is wrong.

        `act` calls the command; where it answers an address one goes there, where it answers a page that is shown, else one
        goes back. `sentence` words what is about to be recorded; it is
        shown first, and `known` says that it is so before anything is filled in. A refusal stands next to its field, typed
        words are kept, the answer is 422 and nothing is written. `stands` gives the form's initial values from the row as
        another writer left it: both versions are then shown, and sending again takes what is typed.
        """
        at_once = sentence is not None and (known or not self.asks)
        self.context["first"] = sentence is not None and not at_once
        if self.request.method != "POST":
            return self.page(200, sentence() if sentence is not None and at_once else "")
        if "take" in self.request.POST and self.form is not None:
            return self.taken()
        valid = self.form is None or self.form.is_valid()
        if self.entering is not None:
            valid = self.entering.is_valid() and valid
        if not valid:
            return self.page(UNPROCESSABLE, sentence() if sentence is not None and at_once else "")
        said = str(sentence()) if sentence is not None else ""
        if sentence is not None and self.request.POST.get("sentence") != said:
            # Nothing is written and nothing is refused: the sentence is shown first.
            self.context["again"] = bool(self.request.FILES)
            return self.page(200, said)
        try:
            with anyway.asked(self.request), guarding.hearing() as heard:
                done = act()
            if isinstance(done, HttpResponse):
                return done
            onward = done if isinstance(done, str) else self.context["back"]
            return HttpResponseRedirect(remarks.after(self.request, heard) or onward, status=SEE_OTHER)
        except NotAllowed:
            raise
        except Conflict as met:
            if stands is None:
                self.refuse(met)
            else:
                self.context |= both_versions(self.form, stands(met.theirs))
        except anyway.NeedsAnyway as held:
            self.context |= {**anyway.shown(held), "refused": held.sentence}
        except Refusal as refusal:
            self.refuse(refusal)
        return self.page(UNPROCESSABLE, said if at_once else "")

    def refuse(self, refusal: Refusal) -> None:
        """Put the sentence next to its field, or at the top."""
        part = self.entering.form if self.entering is not None else None
        if part is not None and refusal.field in part.fields:
            part.add_error(refusal.field, str(refusal.sentence))
        elif self.form is not None and self.form.visible_fields():
            self.form.add_error(field_of(self.form, refusal.field), str(refusal.sentence))
        else:
            self.context["refused"] = refusal.sentence

    @property
    def theirs(self) -> bool:
        """Whether what is written is a delegation's, handed on for it: nothing is remarked and nothing held up then."""
        return self.entering is not None and self.entering.theirs

    def taken(self) -> HttpResponse:
        """The page after a button put other words into a field. Nothing is saved by it."""
        assert self.form is not None
        self.context["taken"] = "in" if remarks.take(self.request, self.form, theirs=self.theirs) else "changed"
        part = self.entering.form if self.entering is not None else None
        if part is not None:
            part._errors = ErrorDict()  # type: ignore[attr-defined]
        return self.page(200)

    def page(self, status: int, sentence: Any = "") -> HttpResponse:
        """The page as it stands."""
        lost = (status == UNPROCESSABLE or "taken" in self.context) and bool(self.request.FILES)
        self.context["remarked"] = remarks.attach(self.request, self.form, theirs=self.theirs)
        # A box that was ticked stays so while the sentence is shown.
        self.context.setdefault("anyway", bool(self.request.POST.get("anyway")))
        return render(self.request, self.template, {**self.context, "sentence": sentence, "lost": lost}, status=status)


def field_of(form: Any, name: str | None) -> str | None:
    """The field a refusal stands next to: `title` stands next to the title in the first language."""
    if name is None or name in form.fields:
        return name
    return next((field for field in form.fields if field.startswith(f"{name}_")), None)


def both_versions(form: Any, stands: dict[str, Any]) -> dict[str, Any]:
    """Both versions of a form whose row changed meanwhile, for the page that shows them.

    `stands` are the form's initial values as the row stands now. Hidden fields (the version that was seen) take them, so
    that sending again writes what is typed. Where nothing is asked, what stands is shown under its own names.
    """
    visible = [bound.name for bound in form.visible_fields()] if form is not None else []
    hidden = {bound.name: bound.html_name for bound in form.hidden_fields()} if form is not None else {}
    if hidden:
        form.data = form.data.copy()
        form.data.update({hidden[name]: str(value) for name, value in stands.items() if name in hidden})
    if not visible:
        return {"theirs": [(name, value) for name, value in stands.items() if name not in hidden], "yours": []}
    theirs, yours = [], []
    for name in visible:
        field, ours, other = form.fields[name], form.cleaned_data.get(name), stands.get(name)
        if said(field, ours) != said(field, other):
            theirs.append((field.label, said(field, other)))
            yours.append((field.label, said(field, ours)))
    if not theirs:
        theirs, yours = [("", _("The same as yours."))], [("", _("The same as theirs."))]
    return {"theirs": theirs, "yours": yours}


def said(field: forms.Field, value: Any) -> str:
    """A field's value in words."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    if isinstance(value, (list, tuple, set)):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    return choices.get(str(value), str(value))
