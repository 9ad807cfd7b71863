"""What delegations do to a text, and the secretariat from what it received or for the chair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.meetings.views.places import entering_at
from sofra.parties.entering import Entering
from sofra.parties.queries.formats import members_on
from sofra.texts import sentences
from sofra.texts.commands import bringing, positions, proposing
from sofra.texts.engine.projecting import project_content
from sofra.texts.forms import AddForm, BringForm, DeleteForm, PositionForm, WordingForm, languages_of
from sofra.texts.labels import label_of
from sofra.texts.models import Position, Proposal, Stance, Stand
from sofra.texts.queries.positions import Elsewhere, open_elsewhere
from sofra.texts.queries.reshaping import choice_of, waiting_on
from sofra.texts.queries.text import Now
from sofra.texts.views.places import Place, called, place_of

SPEAKERS = DELEGATES | SECRETARIAT
#: How many wordings a form offers with which an objection may fall.
MOST_NAMED = 40


def entering_of(request: HttpRequest, place: Place) -> Entering:
    """The part by which the secretariat says for whom; left out, it is the chair's."""
    assert place.meeting.format is not None
    return Entering(request, place.meeting.format, zone=place.meeting.zone, needed=False)


def party_of(asking: Asking, entering: Entering) -> UUID | None:
    """Whose proposal is about to be recorded; nobody's is the chair's."""
    return None if entering.left_out else asking.party


def owner_of(entering: Entering) -> dict[str, Any]:
    """Whose it is, and from where the secretariat has it: arguments of the commands."""
    party, entry = entering.owner()
    return {"party_id": party, "entry": entry, "chair": party is None}


def _form(kind: Any, request: HttpRequest, place: Place, **initial: Any) -> Any:
    form = kind(sent(request), languages=languages_of(place.meeting), initial=initial)
    assert place.meeting.format is not None
    form.address_fields(members_on(place.meeting.format), language(), own=actor_of(request).party_id)
    return form


def _current(now: Now, place: Place) -> Stand:
    if place.tongue not in now.stands:
        raise Http404
    return now.stands[place.tongue]


def _done(place: Place, now: Now, row: Proposal) -> str:
    return place.url("text_paragraph", paragraph=now.row.pk) + ("#outdated" if row.outdated else "")


@door(GET=SPEAKERS, POST=SPEAKERS)
def propose(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Write the wording one would like a paragraph to have."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    stand = _current(now, place)
    party = actor_of(request).party_id
    content = now.content(place.tongue)
    wording = project_content(content, label_of(party))
    form = _form(WordingForm, request, place, wording=wording or "", seen=stand.pk)
    form.fields["wording"].widget.attrs["lang"] = place.tongue
    entering = entering_of(request, place)
    asking = place.asking(
        now,
        title=_("Propose a wording"),
        what=_("Write the paragraph as you would like it. Others' wordings stay beside yours."),
        action=_("Propose"),
        form=form,
        entering=entering,
    )

    def act() -> str:
        seen = Stand.objects.filter(pk=form.cleaned_data["seen"], paragraph=now.row).first()
        row = proposing.propose(
            paragraph=now.row, wording=form.cleaned_data["wording"], language=place.tongue, seen=seen or stand,
            **form.values(), **owner_of(entering),
        )  # fmt: skip
        return _done(place, now, row)

    def sentence() -> str:
        changed = proposing.would_stand(stand, party_of(asking, entering), form.cleaned_data["wording"])
        return sentences.proposing(party_of(asking, entering), called(now), changed, form.cleaned_data["audience"])

    return asking.answer(act, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def delete(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Propose that a paragraph goes."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    stand = _current(now, place)
    form, entering = _form(DeleteForm, request, place, seen=stand.pk), entering_of(request, place)
    asking = place.asking(
        now,
        title=_("Propose to delete the paragraph"),
        what=_("It stays in the text, in brackets, until the bracket is closed."),
        action=_("Propose to delete it"),
        form=form,
        entering=entering,
        grave=True,
    )

    def act() -> str:
        row = proposing.propose(
            paragraph=now.row, wording="", language=place.tongue, seen=stand, kind=Proposal.Kind.DELETE, **form.values(),
            **owner_of(entering),
        )  # fmt: skip
        return _done(place, now, row)

    def sentence() -> str:
        changed = proposing.would_stand(stand, party_of(asking, entering), "", Proposal.Kind.DELETE)
        return sentences.proposing(party_of(asking, entering), called(now), changed, form.cleaned_data["audience"])

    return asking.answer(act, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def add(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Propose a paragraph behind another, or an alternative to it."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    form, entering = _form(AddForm, request, place), entering_of(request, place)
    form.fields["wording"].widget.attrs["lang"] = place.tongue
    asking = place.asking(
        now,
        title=_("Propose a paragraph"),
        what=_("It stands after this one, in brackets, until the bracket is closed."),
        action=_("Propose"),
        form=form,
        entering=entering,
    )

    def act() -> str:
        cleaned = form.cleaned_data
        row = proposing.add_paragraph(
            text=place.text, after=now.row, wording=cleaned["wording"], language=place.tongue, number=cleaned["number"],
            alternative=cleaned["alternative"], **form.values(), **owner_of(entering),
        )  # fmt: skip
        return place.url("text_paragraph", paragraph=row.paragraph_id)

    def sentence() -> str:
        cleaned = form.cleaned_data
        return sentences.adding(party_of(asking, entering), called(now), cleaned["wording"], cleaned["audience"])

    return asking.answer(act, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def bring(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Bring in a file: what it changes becomes one's proposals."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    assert place.meeting.format is not None
    form = BringForm(sent(request), request.FILES or None, languages=languages_of(place.meeting))
    form.address_fields(members_on(place.meeting.format), language(), own=actor_of(request).party_id)
    entering = entering_of(request, place)
    asking = place.asking(
        title=_("Bring in a file"),
        what=_("Every paragraph that it changes becomes a proposal; what others wrote stays beside it."),
        action=_("Make the proposals"),
        form=form,
        entering=entering,
    )

    def act() -> None:
        given = form.cleaned_data["file"]
        bringing.bring(
            text=place.text, language=place.tongue, wordings=bringing.paragraphs_of(given.read(), given.name),
            **form.values(), **owner_of(entering),
        )  # fmt: skip

    return asking.answer(act)


@door(GET=SPEAKERS, POST=SPEAKERS)
def position(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID, choice: str) -> HttpResponse:
    """Say where one's delegation stands on a wording."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    words = next((one.words for each in now.points(place.tongue) for one in each.choices if one.key == choice), None)
    shape = next((each for each in waiting_on(place.text, now.row.pk) if choice_of(each.pk) == choice), None)
    if words is None and shape is None:
        raise Http404
    others = _elsewhere(place, now, choice) if shape is None else []
    elsewhere = [(f"{each.paragraph}:{each.choice}", _called(each)) for each in others]
    form = PositionForm(sent(request), languages=languages_of(place.meeting), elsewhere=elsewhere)
    entering = entering_at(request, place.meeting)
    asking = place.asking(
        now,
        title=_("Say where your delegation stands"),
        what=_("Consensus is the absence of objection: “can live with” never blocks."),
        action=_("Record the position"),
        form=form,
        entering=entering,
    )

    def act() -> None:
        party, entry = entering.owner()
        positions.take_position(
            paragraph=now.row, language=place.tongue, choice=choice, stance=form.cleaned_data["stance"],
            audience=form.cleaned_data["audience"], reason=form.texts("reason"), heard=entry is not None,
            unless=form.unless(), party_id=party, entry=entry,
        )  # fmt: skip

    def sentence() -> str:
        cleaned = form.cleaned_data
        said = words if shape is None else shape.get_kind_display()
        named = {(each.paragraph, each.choice): each.words for each in others}
        unless = [named[each] for each in form.unless()] if cleaned["stance"] == Stance.OBJECTS else []
        return sentences.standing(
            asking.party, Stance(cleaned["stance"]).label, said or "", cleaned["audience"], unless
        )

    return asking.answer(act, sentence)


def _elsewhere(place: Place, now: Now, choice: str) -> list[Elsewhere]:
    """The wordings of other brackets with which an objection may fall; of a long text those nearest to the paragraph."""
    found = open_elsewhere(place.text, now.row.pk, place.tongue, choice)
    here = next((number for number, each in enumerate(found) if each.paragraph == now.row.pk), 0)
    first = max(0, min(here - MOST_NAMED // 2, len(found) - MOST_NAMED))
    return found[first : first + MOST_NAMED]


def _called(each: Elsewhere) -> str:
    return f"{each.called} · {sentences.quoted(each.words)}"


@door(GET=SPEAKERS, POST=SPEAKERS)
def withdraw(request: HttpRequest, format: str, meeting: str, text: UUID, proposal: UUID) -> HttpResponse:
    """Take back a proposal."""
    place = place_of(request, format, meeting, text)
    row = Proposal.objects.filter(text=place.text, pk=proposal).select_related("paragraph").first()
    if row is None:
        raise Http404
    row.text = place.text
    open_to(request, "texts.withdraw", row)
    now = place.now(row.paragraph_id)
    row.paragraph.text = place.text
    asking: Asking = place.asking(
        now,
        title=_("Take back the proposal"),
        what=_("What was said stays in the history; nothing is lost."),
        action=_("Take it back"),
        grave=True,
    )

    def act() -> None:
        proposing.withdraw(proposal=row)

    return asking.answer(act, lambda: sentences.withdrawing(row.owner_party_id, called(now)))


@door(GET=DELEGATES, POST=DELEGATES)
def confirm(request: HttpRequest, format: str, meeting: str, text: UUID, position: UUID) -> HttpResponse:
    """Confirm a position that was entered for one's delegation."""
    place = place_of(request, format, meeting, text)
    row = Position.objects.filter(paragraph__text=place.text, pk=position).select_related("paragraph").first()
    if row is None:
        raise Http404
    open_to(request, "texts.confirm", row)
    now = place.now(row.paragraph_id)
    row.paragraph.text = place.text
    asking = place.asking(
        now,
        title=_("Confirm the position"),
        what=_("The chair noted it; once confirmed it is your delegation's own. To correct it, take another."),
        action=_("Confirm"),
    )

    def act() -> None:
        positions.confirm_position(position=row)

    said = Stance(row.stance).label
    return asking.answer(act, lambda: sentences.standing(row.owner_party_id, said, row.words, row.audience))
