"""Proposals that move, split and merge paragraphs, on pages."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.parties.entering import Entering
from sofra.parties.queries.formats import members_on
from sofra.texts import sentences
from sofra.texts.commands import reshaping
from sofra.texts.engine.projecting import project_content
from sofra.texts.forms import SettleForm, ShapeForm, SplitForm, languages_of
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal
from sofra.texts.queries.reshaping import waiting_on
from sofra.texts.queries.text import Now, paragraphs_now
from sofra.texts.views.acts import SPEAKERS, entering_of, owner_of, party_of
from sofra.texts.views.places import Place, called, place_of

Kind = Proposal.Kind
PENS = DELEGATES | SECRETARIAT


def names_of(found: list[Now]) -> dict[UUID, str]:
    """What the paragraphs of a text are called."""
    return {each.row.pk: called(each) for each in found}


@door(GET=SPEAKERS, POST=SPEAKERS)
def move(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Propose that a paragraph moves."""
    place = place_of(request, format, meeting, text)
    return _to_another(
        place, paragraph, Kind.MOVE, _("Propose to move the paragraph"),
        _("It moves with what stands under it, in all languages, once whoever holds the pen accepts it."),
    )  # fmt: skip


@door(GET=SPEAKERS, POST=SPEAKERS)
def merge(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Propose that a paragraph takes in another."""
    place = place_of(request, format, meeting, text)
    return _to_another(
        place, paragraph, Kind.MERGE, _("Propose to take in another paragraph"),
        _("The other's words come behind its own, with their brackets, once whoever holds the pen accepts it."),
    )  # fmt: skip


def _to_another(place: Place, paragraph: UUID, kind: str, title: str, what: str) -> HttpResponse:
    request = place.request
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    standing = [each for each in paragraphs_now(place.text) if each.shared and not each.placing.gone]
    rows = {str(each.row.pk): each for each in standing if each.row.pk != now.row.pk}
    others = [(key, called(each)) for key, each in rows.items()]
    form = ShapeForm(sent(request), languages=languages_of(place.meeting), others=others, top=kind == Kind.MOVE)
    assert place.meeting.format is not None
    form.address_fields(members_on(place.meeting.format), language(), own=actor_of(request).party_id)
    entering = entering_of(request, place)
    asking = place.asking(now, title=title, what=what, action=_("Propose"), form=form, entering=entering)

    def act() -> None:
        chosen = rows.get(form.cleaned_data["target"])
        reshaping.reshape(
            paragraph=now.row, kind=kind, target=chosen.row if chosen else None, **form.values(), **owner_of(entering)
        )

    def sentence() -> str:
        chosen = rows.get(form.cleaned_data["target"])
        row = Proposal(kind=kind, paragraph=now.row, target=chosen.row if chosen else None)
        return sentences.shaping(party_of(asking, entering), row, names_of([now, *standing]))

    return asking.answer(act, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def split(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """Propose that a paragraph is split in two."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.speak", place.text)
    now = place.now(paragraph)
    own = label_of(actor_of(request).party_id)
    wordings = {code: project_content(now.content(code), own) or "" for code in reshaping.written_in(now)}
    form = SplitForm(sent(request), languages=languages_of(place.meeting), wordings=wordings)
    assert place.meeting.format is not None
    form.address_fields(members_on(place.meeting.format), language(), own=actor_of(request).party_id)
    entering: Entering = entering_of(request, place)
    asking = place.asking(
        now,
        title=_("Propose to split the paragraph"),
        what=_("It becomes two in all languages, every bracket where it stood, once whoever holds the pen accepts it."),
        action=_("Propose"),
        form=form,
        entering=entering,
    )

    def act() -> None:
        reshaping.reshape(paragraph=now.row, kind=Kind.SPLIT, cuts=form.cuts(), **form.values(), **owner_of(entering))

    def sentence() -> str:
        tongue = place.text.authoritative
        row = Proposal(kind=Kind.SPLIT, paragraph=now.row, language=tongue, cuts=form.cuts())
        return sentences.shaping(party_of(asking, entering), row, names_of([now]))

    return asking.answer(act, sentence)


@door(GET=PENS, POST=PENS)
def settle(request: HttpRequest, format: str, meeting: str, text: UUID, proposal: UUID) -> HttpResponse:
    """Decide on a proposal to move, split or merge."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.pen", place.text)
    row = next((each for each in waiting_on(place.text) if each.pk == proposal), None)
    if row is None:
        raise Http404
    row.text = place.text
    now = place.now(row.paragraph_id)
    form = SettleForm(sent(request), languages=languages_of(place.meeting), numbered=row.kind != Kind.MERGE)
    asking: Asking = place.asking(
        now,
        title=_("Decide on the proposal"),
        what=sentences.shaping(row.owner_party_id, row, names_of(paragraphs_now(place.text))),
        action=_("Decide"),
        form=form,
    )

    def act() -> None:
        cleaned = form.cleaned_data
        reshaping.settle(
            proposal=row, accepted=cleaned["how"] == "accepted", reason=form.texts("reason"),
            number=cleaned.get("number", ""),
        )  # fmt: skip

    def sentence() -> str:
        if form.cleaned_data["how"] == "accepted":
            return _("The proposal is accepted and done in all languages of the text.")
        return _("The proposal is set aside; it stays in the history.")

    return asking.answer(act, sentence)
