"""A delegation objects to a designation or to a term: before the members, or for itself alone (its red lines)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now, lock_subject, owner_and_entry, save_next, speaker
from sofra.kernel.models import Audience, Entry, Format, Party
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.commands.designations import LONGEST_CITATION, LONGEST_FORM, reasons
from sofra.lexicon.models import Entity, Objection, ObjectionWithdrawal
from sofra.lexicon.queries.objections import standing_objections
from sofra.lexicon.sentences import LEXICON, kept

MOST_ALTERNATIVES = 10


@dataclass(frozen=True)
class Against:
    """What is objected to: a form of an entity (any, where it is empty) or, without an entity, a term in a language.

    `left` and `right` are words beside which alone it applies, `alternatives` words to use instead, by language.
    """

    entity: Entity | None = None
    form: str = ""
    language: str = ""
    term: str = ""
    severity: str = Objection.Severity.DISCOURAGED
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    quoted: bool = False
    alternatives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    citation: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a row. Raises Refusal for what names nothing or too much."""
        term, form = " ".join(self.term.split()), " ".join(self.form.split())
        languages = dict(settings.LANGUAGES)
        if (self.entity is None) == (not term):
            raise Refusal(_("Name an entity, or write a term: one of the two."), "term")
        if self.severity not in Objection.Severity.values:
            raise Refusal(_("Say how grave it is."), "severity")
        if term and self.language not in languages:
            raise Refusal(_("Say in which language the term is."), "language")
        if self.language and self.language not in languages:
            raise Refusal(_("One of the languages is not known here."), "language")
        if max(len(term), len(form)) > LONGEST_FORM or len(self.citation) > LONGEST_CITATION:
            raise Refusal(_("That is too long: at most %(most)s letters.") % {"most": LONGEST_FORM}, "term")
        instead = {code: [each.strip() for each in found if each.strip()] for code, found in self.alternatives.items()}
        instead = {code: found for code, found in instead.items() if found}
        if not set(instead) <= set(languages) or any(len(found) > MOST_ALTERNATIVES for found in instead.values()):
            raise Refusal(
                _("At most %(most)s alternatives in a language.") % {"most": MOST_ALTERNATIVES}, "alternatives"
            )
        when: dict[str, Any] = {}
        for side, words in (("left", self.left), ("right", self.right)):
            if any(words):
                when[side] = [each for each in words if each]
        if self.quoted:
            when["quoted"] = True
        return {
            "entity": self.entity,
            "designations": [] if term or not form else [form],
            "language": self.language,
            "term": term,
            "severity": self.severity,
            "when": when,
            "alternatives": instead,
            "citation": self.citation.strip(),
        }


@command
def object_to_name(
    *,
    format: Format | None,
    against: Against,
    reason: dict[str, str],
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Objection:
    """Object before the members of a format; without a format it is a red line that one's own delegation alone reads.

    Raises NotAllowed, and Refusal for one that names nothing, gives no reason (a red line needs none) or was made before.
    """
    actor = acting.current()
    policy.require(actor, "lexicon.object", format)
    if format is None and entry is not None:
        raise Refusal(_("A red line is a delegation's own; nobody can enter it for another."), "format")
    owner = speaker(format.pk if format else None, party_id, entry)
    columns = against.columns()
    texts = (
        reasons(reason) if format is not None else {code: text.strip() for code, text in reason.items() if text.strip()}
    )
    about = {name: columns[name] for name in ("entity", "designations", "language", "term", "when")}
    audience = Audience.FORMAT if format is not None else Audience.DELEGATION
    same = standing_objections().filter(owner_party_id=owner, audience=audience, format=format, **about)
    if same.exists():
        raise Refusal(_("Your delegation has objected to this already, and the objection stands."), "term")
    now = database_now()
    row = Objection(
        viewpoint=Party.objects.get(pk=owner).code, reason=texts, made_at=now, audience=audience, format=format,
        readable_from=now, **owner_and_entry(owner, entry), **columns,
    )  # fmt: skip
    row.save(force_insert=True)
    said = said_of(row)
    # What a red line says stands in its own row and its own record, and in no other.
    text = kept(LEXICON[sentence_of(format, said)], party=owner, form=said)
    told = {**columns, "entity": against.entity.code if against.entity else None, "reason": texts, "sentence": text}
    recording.record("lexicon.objected" if format is not None else "lexicon.red_line_drawn", row, told, shown=text)
    return row


def said_of(objection: Objection) -> str:
    """The words that an objection speaks of; "" where it is every designation of its entity."""
    return objection.term or ", ".join(objection.designations)


def sentence_of(format: Format | None, said: str) -> str:
    """The key of the sentence an objection is recorded by."""
    if format is None:
        return "red_line" if said else "red_line_any"
    return "object" if said else "object_any"


@command
def withdraw_name_objection(
    *, objection: Objection, party_id: UUID | None = None, entry: Entry | None = None
) -> Objection:
    """Withdraw an objection or a red line; the secretariat enters it from what it received. It stays with the record of
    the act. Raises NotAllowed, Refusal if done before."""
    policy.require(acting.current(), "lexicon.take_back", objection)
    if speaker(objection.format_id, party_id, entry) != objection.owner_party_id:
        raise NotAllowed(_("Only the delegation whose objection it is withdraws it."))
    lock_subject(objection.pk)
    objection.refresh_from_db()
    if objection.withdrawn_at is not None or ObjectionWithdrawal.objects.filter(objection=objection).exists():
        raise Refusal(_("The objection does not stand any more."))
    now = database_now()
    private = objection.audience == Audience.DELEGATION
    key = f"withdraw_{'red_line' if private else 'objection'}"
    text = kept(LEXICON[key], party=objection.owner_party_id, form=said_of(objection) or "—")
    if private:
        objection.withdrawn_at = now
        save_next(objection, ["withdrawn_at"])
        recording.record("lexicon.red_line_withdrawn", objection, {"sentence": text}, shown=text)
        return objection
    row = ObjectionWithdrawal(
        objection=objection, at=now, audience=objection.audience, format_id=objection.format_id, readable_from=now,
        **owner_and_entry(objection.owner_party_id, entry),
    )  # fmt: skip
    row.save(force_insert=True)
    told = {"objection": objection.pk, "sentence": text}
    recording.record("lexicon.objection_withdrawn", row, told, shown=text)
    return objection
