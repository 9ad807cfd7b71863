"""Adding an entity that the lexicon does not have: what the secretariat met in a document and texts are to be searched for."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.lexicon.commands.designations import Said, Status
from sofra.lexicon.models import Entity, EntityDesignation
from sofra.lexicon.sentences import LEXICON, kept, with_forms

#: Signs of an identity that is drawn: none that is read for another.
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"


def drawn_code() -> str:
    """The stable identity of an entity of the house: drawn, so that it tells nothing and can never be the package's."""
    return "house-" + "".join(secrets.choice(SIGNS) for _sign in range(8))


@command
def add_entity(*, format: Format, kind: str, said: Said, parent: Entity | None = None) -> Entity:
    """Add an entity with its first designation, which is admitted with its source; the members of the format read both.

    Parties come with the package or a file alone: profiles speak of them. Raises NotAllowed; Refusal for an unknown kind, a
    designation without a source, and a name that an entity of this kind has already.
    """
    policy.require(acting.current(), "lexicon.add", format)
    if kind not in Entity.Kind.values or kind == Entity.Kind.PARTY:
        raise Refusal(_("Say what kind of entity it is."), "entity_kind")
    if parent is not None and parent.kind != Entity.Kind.PARTY:
        raise Refusal(_("Choose the party it belongs to."), "parent")
    columns = said.columns()
    if not columns["citation"]:
        raise Refusal(_("Say where this form was seen: the secretariat has no usage of its own."), "citation")
    same = EntityDesignation.objects.filter(
        entity__kind=kind, entity__current=True, current=True, language=columns["language"], form=columns["form"]
    )
    if same.exists():
        raise Refusal(
            _("An entity of this kind has this designation already. Propose further ones on its page."), "form"
        )
    now = database_now()
    place = {"audience": Audience.FORMAT, "format": format, "readable_from": now}
    entity = Entity(code=drawn_code(), kind=kind, parent=parent, **place)
    entity.save(force_insert=True)
    row = EntityDesignation(entity=entity, status=Status.ADMITTED, **place, **columns)
    row.save(force_insert=True)
    text = kept(LEXICON["add"], form=columns["form"], source=columns["citation"])
    recording.record(
        "lexicon.entity_added",
        row,
        {
            **columns,
            "entity": entity.code,
            "entity_kind": kind,
            "parent": parent.code if parent else "",
            "sentence": with_forms(text, said.forms()),
        },
        shown=text,
    )
    return entity
