"""Proposing a designation of an entity, and what the secretariat rules about one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject, owner_and_entry, speaker
from sofra.kernel.models import Audience, Entry, Format, Party
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.engine.patterns import CannotInflect, inflected
from sofra.lexicon.models import Entity, EntityDesignation, Ruling
from sofra.lexicon.sentences import LEXICON, kept, with_forms

LONGEST_FORM, LONGEST_CITATION, LONGEST_REASON = 300, 500, 4000
Status, Kind, Case = EntityDesignation.Status, EntityDesignation.Kind, EntityDesignation.Case
#: What can be ruled about a designation, by how it stands.
RULINGS: dict[str, tuple[str, ...]] = {
    Status.PROPOSED: (Status.ADMITTED, Status.DECLINED),
    Status.ADMITTED: (Status.DEPRECATED, Status.SUPERSEDED),
    Status.AGREED: (Status.DEPRECATED, Status.SUPERSEDED),
    Status.DEPRECATED: (Status.ADMITTED, Status.SUPERSEDED),
    Status.SUPERSEDED: (Status.ADMITTED,),
    Status.DECLINED: (Status.ADMITTED,),
}


@dataclass(frozen=True)
class Said:
    """What a proposed designation says. `citation` is a source in words; dates are years, months or days; `paradigm` says how
    it inflects (engine.patterns; "" is as it stands)."""

    language: str
    form: str
    kind: str = EntityDesignation.Kind.NAME
    script: str = ""
    contexts: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    citation: str = ""
    paradigm: str = ""

    def forms(self) -> tuple[str, ...]:
        """The forms it is found by. Raises Refusal where it does not inflect as is said."""
        try:
            return inflected(self.language, " ".join(self.form.split()), self.paradigm, self.kind)
        except CannotInflect:
            raise Refusal(
                _("It does not inflect like that example. Choose another, or that it stays as it is."), "like_0"
            ) from None

    def columns(self) -> dict[str, Any]:
        """The columns of a row. Raises Refusal for what says nothing or too much."""
        form = " ".join(self.form.split())
        if not form:
            raise Refusal(_("Write the designation."), "form")
        if len(form) > LONGEST_FORM:
            raise Refusal(_("A designation has at most %(most)s letters.") % {"most": LONGEST_FORM}, "form")
        if self.language not in dict(settings.LANGUAGES):
            raise Refusal(_("One of the languages is not known here."), "language")
        if self.kind not in EntityDesignation.Kind.values:
            raise Refusal(_("Say what kind of designation it is."), "kind")
        if not set(self.contexts) <= set(EntityDesignation.Context.values):
            raise Refusal(_("One of the contexts is not known here."), "contexts")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Refusal(_("It ends before it begins."), "valid_to")
        if len(self.citation.strip()) > LONGEST_CITATION:
            raise Refusal(_("A source has at most %(most)s letters.") % {"most": LONGEST_CITATION}, "citation")
        self.forms()
        # Where adjectives and the names of people are written small, they are found small too.
        small: dict[str, tuple[str, ...]] = {
            Kind.ADJECTIVE: ("en", "tr"),
            Kind.DEMONYM: ("en", "tr", "mk", "bs", "cnr", "sr", "sr-latn"),
        }
        short = self.paradigm.startswith("acr") or (form.isupper() and len(form) > 1 and " " not in form)
        folded = self.kind in small and self.language not in small[self.kind]
        return {
            "form": form,
            "language": self.language,
            "kind": self.kind,
            "script": self.script,
            "paradigm": self.paradigm,
            "abbreviation": short,
            "case": Case.EXACT if short else Case.FOLD if folded else Case.INITIAL,
            "contexts": list(self.contexts),
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "citation": self.citation.strip(),
        }


@command
def propose_designation(
    *,
    entity: Entity,
    format: Format,
    said: Said,
    reason: dict[str, str],
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> EntityDesignation:
    """Propose a designation of an entity to the members of a format.

    A delegation's is its own usage; the secretariat's is nobody's in particular, and needs a source. Raises NotAllowed, and
    Refusal for what says nothing, has no source, or stands in the lexicon already.
    """
    actor = acting.current()
    policy.require(actor, "lexicon.propose", format)
    columns = said.columns()
    owner = None
    if entry is not None or actor.party_id is not None:
        owner = speaker(format.pk, party_id, entry)
    elif not columns["citation"]:
        raise Refusal(_("Say where this form was seen: the secretariat has no usage of its own."), "citation")
    texts = reasons(reason)
    viewpoint = Party.objects.get(pk=owner).code if owner is not None else ""
    same = EntityDesignation.objects.filter(
        entity=entity, viewpoint=viewpoint, current=True,
        **{name: columns[name] for name in ("language", "form", "kind")},
    )  # fmt: skip
    if same.exists():
        raise Refusal(_("The lexicon has this designation already, from the same point of view."), "form")
    now = database_now()
    row = EntityDesignation(
        entity=entity, viewpoint=viewpoint, status=Status.PROPOSED, audience=Audience.FORMAT, format=format,
        readable_from=now, **owner_and_entry(owner, entry), **columns,
    )  # fmt: skip
    row.save(force_insert=True)
    wordings.put(row, "reason", texts)
    pattern = "propose" if owner is not None else "propose_source"
    text = kept(LEXICON[pattern], party=owner, form=columns["form"], source=columns["citation"])
    recording.record(
        "lexicon.designation_proposed",
        row,
        {**columns, "entity": entity.code, "reason": texts, "sentence": with_forms(text, said.forms())},
        shown=text,
    )
    return row


def reasons(reason: dict[str, str], name: str = "reason") -> dict[str, str]:
    """A reason by language, without what is empty. Raises Refusal where there is none or it is too long."""
    texts = {code: text.strip() for code, text in reason.items() if text.strip()}
    if not texts:
        raise Refusal(_("Say why, in at least one language."), name)
    if any(len(text) > LONGEST_REASON for text in texts.values()):
        raise Refusal(_("A reason has at most %(most)s letters.") % {"most": LONGEST_REASON}, name)
    return texts


def standing(designation: EntityDesignation, rulings: Iterable[Ruling] | None = None) -> str:
    """How a designation stands: by its latest ruling, else as it began."""
    found = list(designation.rulings.all() if rulings is None else rulings)
    return found[-1].status if found else designation.status


@command
def rule_on_designation(
    *, designation: EntityDesignation, status: str, reason: dict[str, str], successor: EntityDesignation | None = None
) -> Ruling:
    """Admit, decline, deprecate or supersede a designation, with the reason. It is agreed only where a profile says so.

    Raises NotAllowed; Refusal for a ruling that does not follow from how it stands, admits what has no source, or supersedes
    by nothing.
    """
    policy.require(acting.current(), "lexicon.rule", designation)
    lock_subject(designation.pk)
    stands = standing(designation)
    if status not in RULINGS.get(stands, ()):
        raise Refusal(_("That does not follow from how the designation stands now."), "status")
    if status == Status.ADMITTED and not (designation.source or designation.citation or designation.owner_party_id):
        raise Refusal(_("A designation is admitted with its source, and this one has none."), "status")
    if status == Status.SUPERSEDED:
        if (
            successor is None
            or successor.pk == designation.pk
            or (successor.entity_id, successor.language) != (designation.entity_id, designation.language)
        ):
            raise Refusal(_("Name the designation that takes its place, in the same language."), "successor")
    elif successor is not None:
        raise Refusal(_("Name another designation only where it takes the place of this one."), "successor")
    texts = reasons(reason)
    now = database_now()
    wider = {"audience": designation.audience, "format_id": designation.format_id}
    row = Ruling(
        designation=designation, status=status, successor=successor, reason=texts, at=now, readable_from=now, **wider
    )
    row.save(force_insert=True)
    text = kept(LEXICON[status], form=designation.form, other=successor.form if successor else "")
    recording.record(
        f"lexicon.designation_{status}",
        row,
        {"designation": designation.pk, "from": stands, "reason": texts, "sentence": text},
        shown=text,
    )
    return row


@command
def withdraw_proposal(*, designation: EntityDesignation) -> EntityDesignation:
    """Withdraw a proposal that nobody ruled on yet; what was said stays with the record of the act."""
    actor = acting.current()
    owned = designation.owner_party_id is not None and designation.owner_party_id == actor.party_id
    entered = designation.entry_id is not None and actor.serves(designation.format_id)
    if not (owned or entered or (designation.owner_party_id is None and actor.serves(designation.format_id))):
        raise NotAllowed(_("Only who proposed it withdraws it."))
    lock_subject(designation.pk)
    designation.refresh_from_db()
    if not designation.current or standing(designation) != Status.PROPOSED:
        raise Refusal(_("It is no proposal any more."))
    designation.current = False
    designation.version += 1
    designation.save(update_fields=["current", "version"])
    text = kept(LEXICON["withdraw_proposal"], form=designation.form)
    recording.record("lexicon.designation_withdrawn", designation, {"sentence": text}, shown=text)
    return designation
