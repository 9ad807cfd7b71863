"""Access tokens of one's seat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sofra.kernel.accounts import token_commands as commands
from sofra.kernel.accounts import token_queries as queries
from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import UNPROCESSABLE, actor_of, press, sent
from sofra.kernel.refusals import NotAllowed, Refusal


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("For example: our register's nightly reading. You alone see it."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it holds"), coerce=int, widget=forms.RadioSelect, initial=commands.DAYS[0]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days}) for days in commands.DAYS]
        self.fields["days"].choices = offered  # type: ignore[attr-defined]


@door(GET=SEATED, POST=SEATED)
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of one's seat; a new one is shown this once."""
    form = TokenForm(sent(request))
    made, status = "", 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                _token, made = commands.make_token(name=form.cleaned_data["name"], days=form.cleaned_data["days"])
                form, status = TokenForm(), 200
            except NotAllowed:
                raise
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal.sentence))
    standing, ended = queries.tokens_of(actor_of(request))
    context = {"form": form, "made": made, "tokens": standing, "ended": ended}
    response = render(request, "accounts/tokens.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@door(POST=SEATED)
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Revoke a token of one's own."""
    row = queries.get_token(token)
    if row is None:
        raise Http404
    done = _("The token is revoked. It opens nothing any more.")
    return press(request, lambda: commands.revoke_token(row), reverse("tokens"), done=done)
