"""Proposing a designation, objecting to one, withdrawing that: acts of delegations, which the secretariat also enters from
what it received.

The lexicon keeps them; they are asked for here, where it is known for whom an act is entered.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Audience, Format
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.kernel.refusals import NotAllowed
from sofra.lexicon.commands.designations import propose_designation
from sofra.lexicon.commands.entities import add_entity
from sofra.lexicon.commands.red_lines import object_to_name, said_of, sentence_of, withdraw_name_objection
from sofra.lexicon.forms import EntityForm, ObjectionForm, ProposalForm
from sofra.lexicon.models import Entity
from sofra.lexicon.queries.entities import designations_of, get_entity, of_kind
from sofra.lexicon.queries.objections import get_objection
from sofra.lexicon.sentences import LEXICON, found_as, said
from sofra.parties.entering import Entering
from sofra.parties.queries.formats import word_formats

SPEAKERS = DELEGATES | SECRETARIAT


def _formats(request: HttpRequest, action: str) -> list[Format]:
    """The formats before whose members the actor may act, that of the address first. 404 or a refusal where there is none."""
    actor = actor_of(request)
    rows = [row for row in Format.objects.order_by("kind", "slug") if policy.decide(actor, action, row)]
    # A platform's members know more names than those of a consultation: it stands first where nothing else is asked.
    rows.sort(key=lambda row: (row.slug != request.GET.get("format"), row.kind != Format.Kind.PLATFORM))
    if not rows:
        if request.method == "POST":
            raise NotAllowed(policy.decide(actor, action, None).reason)
        raise Http404
    word_formats(rows, language())
    return rows


def _named(formats: list[Format]) -> list[tuple[str, Any]]:
    return [
        (row.slug, _("all members of %(format)s") % {"format": row.worded.get("name", "")})  # type: ignore[attr-defined]
        for row in formats
    ]


def _entity(key: UUID) -> Entity:
    found = get_entity(key, language())
    if found is None:
        raise Http404
    return found


@door(GET=SPEAKERS, POST=SPEAKERS)
def propose(request: HttpRequest, entity: UUID) -> HttpResponse:
    """Propose a designation: a delegation its own usage, the secretariat what a source has or what it received."""
    row = _entity(entity)
    formats = _formats(request, "lexicon.propose")
    delegate = actor_of(request).party_id is not None
    entering = Entering(request, formats[0], needed=False)
    form = ProposalForm(
        sent(request), initial={"language": language(), "kind": "name"}, cited=not delegate and entering.left_out
    )
    asking = Asking(
        request,
        title=_("Propose a designation of %(entity)s") % {"entity": row.shown},  # type: ignore[attr-defined]
        what=_(
            "All members of %(format)s read it. It is admitted with its source, or not; it is agreed only in a profile."
        )
        % {"format": formats[0].worded.get("name", "")},  # type: ignore[attr-defined]
        back=reverse("lexicon_entity", kwargs={"entity": row.pk}),
        action=_("Propose it"),
        form=form,
        entering=entering,
    )

    def sentence() -> str:
        party = None if entering.left_out else asking.party
        key = "propose" if party is not None else "propose_source"
        words = form.words_said()
        recorded = said(LEXICON[key], party=party, form=words.form, source=words.citation)
        return f"{recorded} {found_as(words.forms())}"

    def run() -> None:
        party, entry = entering.owner()
        propose_designation(
            entity=row, format=formats[0], said=form.words_said(), reason=form.reason(), party_id=party, entry=entry
        )

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def add(request: HttpRequest) -> HttpResponse:
    """Add an entity that the lexicon does not have, with its first designation and where that was seen."""
    formats = _formats(request, "lexicon.add")
    parents = {str(row.pk): row for row in of_kind(str(Entity.Kind.PARTY), language())}
    named = [(key, str(row.shown)) for key, row in parents.items()]  # type: ignore[attr-defined]
    form = EntityForm(sent(request), initial={"language": language()}, parents=named)
    asking = Asking(
        request,
        title=_("Add an entity"),
        what=_(
            "All members of %(format)s read it. Its first designation is admitted with its source; more are proposed."
        )
        % {"format": formats[0].worded.get("name", "")},  # type: ignore[attr-defined]
        back=reverse("lexicon"),
        action=_("Add it"),
        form=form,
    )

    def sentence() -> str:
        words = form.words_said()
        return f"{said(LEXICON['add'], form=words.form, source=words.citation)} {found_as(words.forms())}"

    def run() -> str:
        made = add_entity(
            format=formats[0], kind=form.cleaned_data["entity_kind"], said=form.words_said(),
            parent=parents.get(form.cleaned_data["parent"]),
        )  # fmt: skip
        return reverse("lexicon_entity", kwargs={"entity": made.pk})

    return asking.answer(run, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def object_to(request: HttpRequest, entity: UUID) -> HttpResponse:
    """Object to designations of an entity, before members or for one's own delegation alone."""
    row = _entity(entity)
    return _objecting(request, row, reverse("lexicon_entity", kwargs={"entity": row.pk}))


@door(GET=SPEAKERS, POST=SPEAKERS)
def object_to_term(request: HttpRequest) -> HttpResponse:
    """Object to a word that names no entity."""
    return _objecting(request, None, reverse("lexicon_terms"))


def _objecting(request: HttpRequest, entity: Entity | None, back: str) -> HttpResponse:
    formats = _formats(request, "lexicon.object")
    own = bool(policy.decide(actor_of(request), "lexicon.object", None))
    entering = Entering(request, formats[0])
    form = ObjectionForm(
        sent(request),
        entity=entity,
        designations=designations_of(entity) if entity is not None else (),
        formats=_named(formats if own else formats[:1]),
        own=own,
        here=language(),
        initial={"language": language()} if own else {"language": language(), "readers": formats[0].slug},
    )
    asking = Asking(
        request,
        title=_("Object to a designation of %(entity)s") % {"entity": entity.shown}  # type: ignore[attr-defined]
        if entity is not None
        else _("Object to a term"),
        what=_(
            "An objection says to what, how grave it is and what to say instead. Texts are checked for it at the lint desk."
        ),
        back=back,
        action=_("Record the objection"),
        form=form,
        entering=entering,
        grave=True,
    )

    def sentence() -> str:
        against = form.against()
        words = against.term or against.form
        return said(LEXICON[sentence_of(form.format(), words)], party=asking.party, form=words)

    def run() -> str:
        party, entry = entering.owner()
        made = object_to_name(
            format=form.format(), against=form.against(), reason=form.reason(), party_id=party, entry=entry
        )
        return reverse("red_lines") if made.format_id is None else back

    return asking.answer(run, sentence)


@door(GET=SPEAKERS, POST=SPEAKERS)
def take_back(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Withdraw an objection: a delegation its own, the secretariat from what it received; or a red line of one's own."""
    row: Any = get_objection(objection, language())
    if row is None:
        raise Http404
    open_to(request, "lexicon.take_back", row)
    private = row.audience == Audience.DELEGATION
    if private:
        back = reverse("red_lines")
    elif row.entity_id is None:
        back = reverse("lexicon_terms")
    else:
        back = reverse("lexicon_entity", kwargs={"entity": row.entity_id}) + "#objections"
    key = "withdraw_red_line" if private else "withdraw_objection"
    entering = None if private else Entering(request, row.format, party=row.owner_party)
    title = _("Take the red line away") if private else _("Withdraw the objection")
    asking = Asking(
        request,
        title=title,
        what=_("It stands no more, and texts are no longer checked for it."),
        back=back,
        action=title,
        grave=True,
        obj=row,
        entering=entering,
    )

    def run() -> None:
        party, entry = entering.owner() if entering is not None else (None, None)
        withdraw_name_objection(objection=row, party_id=party, entry=entry)

    return asking.answer(run, lambda: said(LEXICON[key], party=row.owner_party_id, form=said_of(row) or "—"))
