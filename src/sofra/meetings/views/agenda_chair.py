"""What the secretariat does to an agenda on the chair's behalf, and the themes."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SEATED, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to, press, sent
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import AdoptForm, ThemeForm
from sofra.meetings.commands import chairing, themes
from sofra.meetings.models import Procedure, Theme
from sofra.meetings.queries.agenda import agenda_of, all_themes
from sofra.meetings.views.agenda import asking_of, place
from sofra.meetings.views.places import address, meeting_or_404


@door(POST=SECRETARIAT)
def move(request: HttpRequest, format: str, meeting: str, item: UUID) -> HttpResponse:
    """Move an item up or down."""
    row = meeting_or_404(request, format, meeting)
    steps = {"up": -1, "down": 1}.get(request.POST.get("to", ""))
    seen = request.POST.get("version", "")
    if steps is None or not seen.isdigit():
        return render(request, "400.html", status=400)
    move_it = partial(chairing.move_item, meeting=row, item_id=item, steps=steps, seen_version=int(seen))
    return press(request, move_it, address("agenda", row) + f"#item-{item}")


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def adopt(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Put the agenda to adoption: consensus now, or silence until an instant."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.chair", row)
    found = agenda_of(row, language())
    form = AdoptForm(sent(request), initial={"seen": found.fingerprint}, zone=row.zone)
    asking = asking_of(
        request,
        row,
        title=_("Adopt the agenda"),
        what=_("What is adopted is frozen under a number; a later change makes another version."),
        action=_("Record this"),
        form=form,
    )

    def sentence() -> str:
        count = len(found.items)
        if form.cleaned_data["method"] == Procedure.Method.SILENCE:
            return sentences.sentence("agenda.silence", deadline=sentences.exact(form.instant, row.zone), count=count)
        return sentences.sentence("agenda.consensus", count=count)

    def run() -> None:
        seen = form.cleaned_data["seen"] or None
        if form.cleaned_data["method"] == Procedure.Method.SILENCE:
            chairing.open_silence(meeting=row, deadline=form.instant, seen=seen)
        else:
            chairing.adopt_by_consensus(meeting=row, seen=seen)

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def stop(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Stop a silence procedure."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.chair", row)
    asking = asking_of(
        request,
        row,
        title=_("Stop the silence procedure"),
        what=_("The version that was circulated stays readable as not adopted."),
        action=_("Stop it"),
        grave=True,
    )

    return asking.answer(lambda: chairing.stop_silence(meeting=row), lambda: sentences.sentence("agenda.stop"))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def hand_up(request: HttpRequest, format: str, meeting: str, item: UUID) -> HttpResponse:
    """Hand an item up to the meeting that this one prepares."""
    row, _found, one = place(request, format, meeting, item)
    open_to(request, "agenda.chair", row)
    asking = asking_of(
        request,
        row,
        one,
        title=_("Hand the item up"),
        what=_("It then stands on the agenda of the meeting that this one prepares; it stays its proposer's."),
        action=_("Hand it up"),
    )

    return asking.answer(lambda: chairing.hand_up(item=one))


@door(GET=SEATED)
def theme_list(request: HttpRequest) -> HttpResponse:
    """The themes under which items and commitments are filed."""
    rows = all_themes(language())
    may_keep = bool(policy.decide(actor_of(request), "themes.keep"))
    return render(request, "meetings/agenda/themes.html", {"themes": rows, "may_keep": may_keep})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def theme_add(request: HttpRequest) -> HttpResponse:
    """Add a theme."""
    open_to(request, "themes.keep")
    form = ThemeForm(sent(request))
    asking = _theme_asking(request, form, _("Add a theme"))

    return asking.answer(lambda: themes.add_theme(title=form.texts("title"), order=form.cleaned_data["order"]))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def theme_edit(request: HttpRequest, theme: str) -> HttpResponse:
    """Reword, move or retire a theme."""
    open_to(request, "themes.keep")
    row = Theme.objects.filter(slug=theme).first()
    if row is None:
        raise Http404
    titles = wordings.of([row]).get(row.pk, {}).get("title", {})
    initial = {
        **{f"title_{code}": text for code, text in titles.items()},
        "order": row.order,
        "retired": row.retired,
        "version": row.version,
    }
    form = ThemeForm(sent(request), initial=initial)
    asking = _theme_asking(request, form, _("Change the theme"))

    def run() -> None:
        said = form.cleaned_data
        themes.edit_theme(
            theme=row, seen_version=said["version"] or 0, title=form.texts("title"), order=said["order"],
            retired=said["retired"],
        )  # fmt: skip

    return asking.answer(run, stands=lambda theirs: initial | {"version": theirs.version})


def _theme_asking(request: HttpRequest, form: ThemeForm, title: str) -> Asking:
    return Asking(
        request,
        title=title,
        what=_("All formats of the house file their items and commitments under the same themes."),
        back=reverse("themes"),
        about=_("Themes"),
        action=_("Keep it"),
        form=form,
    )
