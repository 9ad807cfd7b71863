"""What parties do on the pages of an agenda."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import (
    ItemForm,
    ReasonForm,
    SuggestionForm,
    WithdrawForm,
    item_initial,
    languages_of,
)
from sofra.meetings.commands import agenda as commands
from sofra.meetings.commands.procedure import strike_act
from sofra.meetings.models import Act, AgendaItem, Meeting, Suggestion
from sofra.meetings.queries.agenda import agenda_of, all_themes, item_of
from sofra.meetings.views.agenda import asking_of, place
from sofra.meetings.views.places import address, entering_at, meeting_or_404, objecting
from sofra.parties.entering import Entering, entry_of

SPEAKERS = DELEGATES | SECRETARIAT


@door(GET=SPEAKERS, POST=SPEAKERS)
def propose(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Draft an item."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.speak", row)
    form = ItemForm(sent(request), languages=languages_of(row), themes=all_themes(language(), retired=False))
    entering = entering_at(request, row)
    asking = asking_of(
        request,
        row,
        title=_("Propose an item"),
        what=_("A draft is read by your delegation alone until you submit it."),
        action=_("Keep as a draft"),
        form=form,
        entering=entering,
    )

    def act() -> str:
        party, entry = entering.owner()
        item = commands.propose(meeting=row, **form.values(), party_id=party, entry=entry)
        return address("agenda_item", row, item=item.pk)

    return asking.answer(act)


@door(GET=SPEAKERS, POST=SPEAKERS)
def edit(request: HttpRequest, format: str, meeting: str, item: UUID) -> HttpResponse:
    """Change one's item."""
    row, found, one = place(request, format, meeting, item)
    open_to(request, "agenda.edit", one)
    initial = item_initial(one, found.texts.get(one.pk, {}))
    form = ItemForm(
        sent(request),
        initial=initial,
        languages=languages_of(row),
        themes=[theme for theme in all_themes(language()) if not theme.retired or theme.pk in one.themes],
    )
    asking = asking_of(
        request,
        row,
        one,
        title=_("Change the item"),
        what=_("What you change replaces the wording; adopted versions keep theirs."),
        action=_("Keep the change"),
        form=form,
    )

    def act() -> None:
        commands.edit_item(item=one, seen_version=form.cleaned_data["version"] or 0, **form.values())

    return asking.answer(act, stands=lambda theirs: initial | {"version": theirs.version})


def _act_forms(row: Meeting, post: Any) -> dict[str, Callable[[], forms.Form]]:
    return {
        "object": lambda: ReasonForm(post, languages=languages_of(row)),
        "withdraw": lambda: WithdrawForm(post),
    }


#: What an act asks, says on its button, and whether it is grave.
ACTS: dict[str, tuple[Any, Any, bool]] = {
    "submit": (lambda: _("Submit the item"), lambda: _("Submit to all members"), False),
    "cosponsor": (lambda: _("Co-sponsor the item"), lambda: _("Co-sponsor"), False),
    "uncosponsor": (lambda: _("No longer co-sponsor the item"), lambda: _("Record this"), False),
    "object": (lambda: _("Object to the item"), lambda: _("Object"), True),
    "lift": (lambda: _("Withdraw the objection"), lambda: _("Withdraw the objection"), False),
    "consent": (lambda: _("Consent to the late item"), lambda: _("Consent"), False),
    "withdraw": (lambda: _("Withdraw the item"), lambda: _("Withdraw the item"), True),
}


@door(GET=SPEAKERS, POST=SPEAKERS)
def act(request: HttpRequest, format: str, meeting: str, item: UUID, act: str) -> HttpResponse:
    """One act on an item: the form where it needs one, the sentence, then the record."""
    if act not in ACTS:
        raise Http404
    row, _found, one = place(request, format, meeting, item)
    open_to(request, "agenda.speak", row)
    title, action, grave = ACTS[act]
    form = _act_forms(row, sent(request)).get(act, lambda: None)()
    own = act == "submit" or (act == "withdraw" and one.entry_id is not None)
    entering = None if own else entering_at(request, row, party=one.owner_party if act == "withdraw" else None)
    asking = asking_of(
        request,
        row,
        one,
        title=title(),
        what=_("Nothing is recorded before you have read the sentence."),
        action=action(),
        form=form,
        entering=entering,
        grave=grave,
    )

    def sentence() -> str:
        if act == "object":
            return objecting(asking, "item", row.pk, row, **commands.subject_of_item(one, row).words)
        party = one.owner_party_id if own else asking.party
        return sentences.sentence(f"item.{act}", party=party, **commands.subject_of_item(one, row).words)

    def run() -> str:
        _perform(act, row, one, form, entering)
        hidden = act == "withdraw" and item_of(agenda_of(row, language()), one.pk) is None
        return address("agenda", row) if hidden else address("agenda_item", row, item=one.pk)

    return asking.answer(run, sentence)


def _perform(act: str, row: Meeting, item: AgendaItem, form: Any, entering: Entering | None) -> None:
    party, entry = entering.owner() if entering is not None else (None, None)
    if act == "submit":
        commands.submit_item(item=item)
    elif act == "withdraw":
        commands.withdraw_item(item=item, from_view=form.cleaned_data["from_view"], party_id=party, entry=entry)
    elif act == "cosponsor":
        commands.cosponsor(item=item, meeting=row, party_id=party, entry=entry)
    elif act == "consent":
        commands.consent_to_late_item(item=item, meeting=row, party_id=party, entry=entry)
    elif act == "object":
        commands.object_to_item(
            item=item, meeting=row, reason=form.texts("reason"),
            reason_audience=form.cleaned_data["reason_audience"], party_id=party, entry=entry,
        )  # fmt: skip
    else:
        subject = commands.subject_of_item(item, row)
        commands.take_back(kind=act, subject=subject, party_id=party, entry=entry)


@door(GET=SPEAKERS, POST=SPEAKERS)
def object_whole(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Object to the adoption of the agenda as a whole."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.speak", row)
    form = ReasonForm(sent(request), languages=languages_of(row))
    entering = entering_at(request, row)
    asking = asking_of(
        request,
        row,
        title=_("Object to the agenda"),
        what=_("While an objection stands, nothing is adopted; before the end of a silence it breaks the silence."),
        action=_("Object"),
        form=form,
        entering=entering,
        grave=True,
    )

    def run() -> None:
        party, entry = entering.owner()
        commands.object_to_agenda(
            meeting=row, reason=form.texts("reason"), reason_audience=form.cleaned_data["reason_audience"],
            party_id=party, entry=entry,
        )  # fmt: skip

    return asking.answer(run, lambda: objecting(asking, "agenda", row.pk, row))


@door(GET=SPEAKERS, POST=SPEAKERS)
def lift_whole(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Withdraw the objection to the agenda as a whole."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "agenda.speak", row)
    entering = entering_at(request, row)
    asking = asking_of(
        request,
        row,
        title=_("Withdraw the objection"),
        what=_("A silence that the objection broke stays broken."),
        action=_("Withdraw the objection"),
        entering=entering,
    )

    def run() -> None:
        party, entry = entering.owner()
        commands.take_back(kind=Act.Kind.LIFT, subject=commands.subject_of_agenda(row), party_id=party, entry=entry)

    return asking.answer(run, lambda: sentences.sentence("agenda.lift", party=asking.party))


@door(GET=SPEAKERS, POST=SPEAKERS)
def suggest(request: HttpRequest, format: str, meeting: str, item: UUID) -> HttpResponse:
    """Suggest another wording to the proposer."""
    row, _found, one = place(request, format, meeting, item)
    open_to(request, "agenda.speak", row)
    form = SuggestionForm(sent(request), languages=languages_of(row))
    entering = entering_at(request, row)
    asking = asking_of(
        request,
        row,
        one,
        title=_("Suggest a wording"),
        what=_("All members read it; the proposer accepts or declines it."),
        action=_("Send the suggestion"),
        form=form,
        entering=entering,
    )

    def run() -> str:
        party, entry = entering.owner()
        said = {key: form.cleaned_data[key] for key in ("field", "language", "text")}
        commands.suggest_wording(item=one, **said, party_id=party, entry=entry)
        return address("agenda_item", row, item=one.pk) + "#suggestions"

    return asking.answer(run)


@door(GET=SPEAKERS, POST=SPEAKERS)
def answer(request: HttpRequest, format: str, meeting: str, suggestion: UUID, how: str) -> HttpResponse:
    """Accept a suggested wording into one's item, or decline it."""
    row = meeting_or_404(request, format, meeting)
    one = Suggestion.objects.select_related("item__meeting").filter(pk=suggestion).first()
    if one is None or how not in ("accept", "decline"):
        raise Http404
    item = item_of(agenda_of(row, language()), one.item_id)
    if item is None:
        raise Http404
    open_to(request, "agenda.edit", item)
    accept = how == "accept"
    entering = entering_at(request, row, party=item.owner_party)
    asking = asking_of(
        request,
        row,
        item,
        title=_("Accept the wording") if accept else _("Decline the wording"),
        what=_("The wording replaces yours in that language.") if accept else _("Your wording stays as it is."),
        action=_("Accept the wording") if accept else _("Decline the wording"),
        entering=entering,
    )

    def run() -> str:
        commands.answer_suggestion(suggestion=one, accept=accept, entry=entry_of(entering))
        return address("agenda_item", row, item=item.pk) + "#suggestions"

    return asking.answer(run)


@door(GET=DELEGATES, POST=DELEGATES)
def strike(request: HttpRequest, format: str, meeting: str, act: UUID) -> HttpResponse:
    """Strike an act that was entered for one's delegation in error."""
    row = meeting_or_404(request, format, meeting)
    one = Act.objects.filter(pk=act, meeting=row).first()
    if one is None:
        raise Http404
    open_to(request, "agenda.strike", one)
    asking = asking_of(
        request,
        row,
        title=_("Strike an act entered in error"),
        what=_("It stays readable as struck. What was recorded because of it stays recorded."),
        action=_("Strike it"),
        obj=one,
        grave=True,
    )

    return asking.answer(lambda: strike_act(one), lambda: sentences.sentence("act.strike", party=one.owner_party_id))
