"""What form pages of rooms share: one template, one way to show errors, one way to show two versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.refusals import Conflict
from sofra.parties.entering import Entering

UNPROCESSABLE = 422


@dataclass
class FormPage:
    """A page that asks for one thing. `what` is its first line, `obj` the row whose visibility it states."""

    title: Any
    what: Any
    form: forms.Form
    action: Any
    back: str
    obj: Any = None
    eyebrow: Any = ""
    entering: Entering | None = None
    grave: bool = False
    sentence: Any = ""
    notes: list[Any] = field(default_factory=list)
    theirs: list[tuple[Any, Any]] = field(default_factory=list)
    yours: list[tuple[Any, Any]] = field(default_factory=list)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page; with status 422 where something was posted, for then it was refused and nothing may stay written."""
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "parties/form_page.html", {"page": self, "form": self.form}, status=status)

    def conflict(self, refusal: Conflict, theirs: dict[str, Any]) -> None:
        """Show both versions: `theirs` are the form's initial values as they stand now. Saving again then takes what is typed."""
        posted: dict[str, Any] = self.form.data.copy()  # type: ignore[attr-defined]
        posted["version"] = str(refusal.theirs.version)
        self.form.data = posted
        for name, form_field in self.form.fields.items():
            if name == "version":
                continue
            ours, other = self.form.cleaned_data.get(name), theirs.get(name)
            if said(form_field, ours) != said(form_field, other):
                self.theirs.append((form_field.label, said(form_field, other)))
                self.yours.append((form_field.label, said(form_field, ours)))
        if not self.theirs:
            self.theirs, self.yours = [("", _("The same as yours."))], [("", _("The same as theirs."))]


def said(form_field: forms.Field, value: Any) -> str:
    """A field's value in words."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {str(key): str(label) for key, label in getattr(form_field, "choices", [])}
    if isinstance(value, (list, tuple, set)):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return choices.get(str(value), str(value))
