"""What is done to designations: ruling, withdrawing. Each shows its sentence first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, open_to, sent
from sofra.lexicon.commands.designations import RULINGS, rule_on_designation, withdraw_proposal
from sofra.lexicon.forms import RulingForm
from sofra.lexicon.models import EntityDesignation
from sofra.lexicon.queries.entities import Status, designations_of
from sofra.lexicon.sentences import LEXICON, said


def _designation(key: UUID) -> tuple[EntityDesignation, list[EntityDesignation]]:
    """A designation with how it stands, and every designation of its entity; 404 where the reader knows of none such."""
    row = EntityDesignation.objects.select_related("entity").filter(pk=key, current=True).first()
    if row is None:
        raise Http404
    beside = designations_of(row.entity)
    return next(each for each in beside if each.pk == key), beside


def _page(row: EntityDesignation) -> str:
    return reverse("lexicon_entity", kwargs={"entity": row.entity_id})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def rule(request: HttpRequest, designation: UUID) -> HttpResponse:
    """Admit, decline, deprecate or supersede a designation."""
    row, beside = _designation(designation)
    open_to(request, "lexicon.rule", row)
    stands = row.standing  # type: ignore[attr-defined]
    others = [
        (str(each.pk), each.form)
        for each in beside
        if each.language == row.language and each.pk != row.pk and each.standing in (Status.ADMITTED, Status.AGREED)  # type: ignore[attr-defined]
    ]
    form = RulingForm(sent(request), allowed=RULINGS.get(stands, ()), successors=others)
    asking = Asking(
        request,
        title=_("Rule on “%(form)s”") % {"form": row.form},
        what=_(
            "The lexicon admits what a source or a delegation uses; it prefers none. Only a profile agrees on a name."
        ),
        back=_page(row),
        action=_("Record the ruling"),
        form=form,
        obj=row,
    )

    def chosen() -> EntityDesignation | None:
        return next((each for each in beside if str(each.pk) == form.cleaned_data["successor"]), None)

    def sentence() -> str:
        found = chosen()
        return said(LEXICON[form.cleaned_data["status"]], form=row.form, other=found.form if found else "—")

    def run() -> None:
        rule_on_designation(
            designation=row, status=form.cleaned_data["status"], reason=form.reason(), successor=chosen()
        )

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT | DELEGATES, POST=SECRETARIAT | DELEGATES)
def withdraw(request: HttpRequest, designation: UUID) -> HttpResponse:
    """Withdraw a proposal."""
    row, _beside = _designation(designation)
    actor = actor_of(request)
    own = row.owner_party_id is not None and row.owner_party_id == actor.party_id
    if request.method == "GET" and not own and not policy.decide(actor, "lexicon.rule", row):
        raise Http404
    asking = Asking(
        request,
        title=_("Withdraw the proposal"),
        what=_(
            "The designation leaves the page; that it was proposed and withdrawn stays with the record of the acts."
        ),
        back=_page(row),
        action=_("Withdraw the proposal"),
        grave=True,
        obj=row,
    )
    return asking.answer(
        lambda: withdraw_proposal(designation=row), lambda: said(LEXICON["withdraw_proposal"], form=row.form)
    )
