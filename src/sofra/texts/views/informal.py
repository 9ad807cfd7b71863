"""Wordings without a name, on pages."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.doors import DELEGATES, door
from sofra.kernel.pages import open_to, sent
from sofra.texts.commands import informal
from sofra.texts.forms import InformalForm
from sofra.texts.models import InformalOwn
from sofra.texts.views.places import place_of


@door(GET=DELEGATES, POST=DELEGATES)
def put_forward(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Put a wording forward without one's delegation's name."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.informal", place.text)
    now = place.now(paragraph)
    form = InformalForm(sent(request))
    form.fields["wording"].widget.attrs["lang"] = place.tongue
    asking = place.asking(
        now,
        title=_("Put a wording forward without a name"),
        what=_(
            "All members read it at the next ten minutes of the clock, with whatever else comes until then. The room tells "
            "nobody whose it is; among so few, others may guess."
        ),
        action=_("Put it forward"),
        form=form,
    )

    def act() -> None:
        informal.put_forward(paragraph=now.row, language=place.tongue, wording=form.cleaned_data["wording"])

    return asking.answer(act)


@door(GET=DELEGATES, POST=DELEGATES)
def take_from_view(request: HttpRequest, format: str, meeting: str, text: UUID, own: UUID) -> HttpResponse:
    """Take one's informal wording from view."""
    place = place_of(request, format, meeting, text)
    row = InformalOwn.objects.filter(paragraph__text=place.text, pk=own).first()
    if row is None:
        raise Http404
    open_to(request, "texts.informal_own", row)
    now = place.now(row.paragraph_id)
    asking = place.asking(
        now,
        title=_("Take the wording from view"),
        what=_("It goes at once, for everybody but your own delegation. Whoever read it has read it."),
        action=_("Take it from view"),
        grave=True,
    )

    def act() -> None:
        informal.take_from_view(own=row)

    return asking.answer(
        act, lambda: _("From now on your own delegation alone reads: %(words)s") % {"words": row.wording}
    )
