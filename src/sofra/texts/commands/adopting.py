"""Adoption in a session, reopening, and what parties attach to a text."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command
from sofra.kernel.models import Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.procedure import member_ids, speaker
from sofra.texts.commands.deciding import freeze
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.rows import hold, of_all, of_party, reasoned, saved
from sofra.texts.commands.signing import sign_adoption
from sofra.texts.commands.silence import refuse_open_brackets
from sofra.texts.models import Adoption, Paragraph, Reopening, Statement, Text
from sofra.texts.queries.positions import objecting, standing_on
from sofra.texts.queries.silence import adoption_of


@command
def adopt(*, text: Text, question: dict[str, str], ad_referendum: bool = False) -> Adoption:
    """Record that a session adopted the text by consensus, with the question the chair put. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    refuse_closed(text, now)
    kept = {language: said.strip() for language, said in question.items() if said.strip()}
    if not kept:
        raise Refusal(_("Write the question that was put, in at least one language."), "question")
    found = refuse_open_brackets(text)
    keys = {one.key for each in found for language in each.stands for p in each.points(language) for one in p.choices}
    against = [
        each.owner_party_id
        for each in objecting(standing_on([each.row.pk for each in found]))
        if each.choice in keys and each.owner_party_id is not None
    ]
    if against:
        raise Refusal(
            _("An objection stands, so nothing can be adopted. Objecting: %(who)s.")
            % {"who": sentences.names(list(dict.fromkeys(against)))}
        )
    version = freeze(text, now)
    row = Adoption(
        text=text, version_adopted=version, method=Adoption.Method.CONSENSUS, ad_referendum=ad_referendum,
        digests=version.digests, **of_all(text),
    )  # fmt: skip
    saved(row, now)
    wordings.put(row, "question", kept)
    recording.record(
        "texts.adopted",
        row,
        {"version": version.number, "method": "consensus", "digests": version.digests, "question": kept,
         "signatures": sign_adoption(row)},
        meeting_id=text.meeting_id,
    )  # fmt: skip
    return row


@command
def reopen(*, text: Text, reason: dict[str, str], asked_by: UUID | None = None) -> Reopening:
    """Negotiate an adopted text again; who asked and why is read by all. The adoption stays in the history."""
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    adopted = adoption_of(text)
    if adopted is None:
        raise Refusal(_("The text is not adopted."))
    if asked_by is not None and asked_by not in member_ids(text.meeting):
        raise Refusal(_("Only members ask for this."), "asked_by")
    row = Reopening(text=text, adoption=adopted, asked_by_id=asked_by, **of_all(text))
    saved(row, now)
    kept = reasoned(row, reason)
    recording.record(
        "texts.reopened_whole", row, {"adoption": adopted.pk, "asked_by": asked_by, "reason": kept},
        meeting_id=text.meeting_id,
    )  # fmt: skip
    return row


@command
def attach(
    *,
    text: Text,
    kind: str,
    words: dict[str, str],
    paragraph: Paragraph | None = None,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Statement:
    """Attach a reservation, an interpretative statement or a footnote; also to an adopted text. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "texts.speak", text)
    party = speaker(text.meeting, party_id, entry)
    if kind not in Statement.Kind.values:
        raise Refusal(_("Choose what it is: a reservation, an interpretative statement or a footnote."), "kind")
    kept = {language: said.strip() for language, said in words.items() if said.strip()}
    if not kept:
        raise Refusal(_("Write the statement, in at least one language."), "words")
    if paragraph is not None and paragraph.text_id != text.pk:
        raise NotAllowed(_("That paragraph is another text's."))
    now = hold(text)
    row = Statement(text=text, paragraph=paragraph, kind=kind, **of_party(text, party, entry))
    saved(row, now)
    wordings.put(row, "words", kept)
    recording.record("texts.attached", row, {"kind": kind, "words": kept}, meeting_id=text.meeting_id)
    return row


@command
def detach(*, statement: Statement) -> Statement:
    """Take back what one's delegation attached; it stays in the history. Raises NotAllowed, Refusal."""
    actor = acting.current()
    text = statement.text
    policy.require(actor, "texts.speak", text)
    if statement.owner_party_id is None or statement.owner_party_id != actor.party_id:
        raise NotAllowed(_("Only the delegation that attached it takes it back."))
    now = hold(text)
    if Statement.objects.filter(withdraws=statement).exists():
        raise Refusal(_("It was taken back already."))
    row = Statement(
        text=text, paragraph=statement.paragraph, kind=statement.kind, withdraws=statement,
        **of_party(text, actor.party_id, None),
    )  # fmt: skip
    saved(row, now)
    recording.record("texts.detached", row, {"statement": statement.pk}, meeting_id=text.meeting_id)
    return row
