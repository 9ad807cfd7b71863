"""A party's comment beside a public claim: written, corrected, released to the public, withdrawn from view."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, owner_and_entry, save_next
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.sources.models import Claim, Comment

LONGEST = 4000


@command
def write_comment(
    claim: Claim,
    language: str,
    text: str,
    *,
    released: bool = False,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Comment:
    """Write a comment of the actor's party or, with an entry, of the party it was received from.

    Until it is released it is the party's own. Raises NotAllowed, or Refusal for an empty or overlong text.
    """
    actor = acting.current()
    policy.require(actor, "record.comment", claim)
    if entry is None and actor.party_id is None:
        raise NotAllowed(_("The secretariat comments only for a delegation, from a note verbale, an e-mail or a call."))
    owner = entry.owner_party_id if entry else actor.party_id
    if party_id is not None and party_id != owner:
        raise NotAllowed(_("A comment belongs to the party it came from."))
    comment = Comment.objects.create(
        claim=claim,
        language=language,
        text=_checked(text),
        audience=Audience.PUBLIC if released else Audience.DELEGATION,
        released_at=Now() if released else None,
        format_id=claim.format_id,
        **owner_and_entry(owner, entry),
    )
    comment.refresh_from_db()
    recording.record(
        "record.comment_written", comment, {"claim": claim.record_id, "language": language, "text": comment.text}
    )
    return comment


@command
def correct_comment(comment: Comment, text: str, seen: int | None = None) -> Comment:
    """Put another text in a comment's place; the audit keeps the one before. A delegation that corrects what was entered
    for it makes it its own. Raises NotAllowed, Refusal, Conflict."""
    actor = acting.current()
    policy.require(actor, "record.change_comment", comment)
    wanted = _checked(text)
    check_version(comment, seen)
    before, comment.text = comment.text, wanted
    if comment.owner_party_id == actor.party_id:
        comment.entry_id = None
    save_next(comment, ["text", "entry"])
    recording.record("record.comment_corrected", comment, {"before": before, "text": wanted})
    return comment


@command
def release_comment(comment: Comment, seen: int | None = None) -> Comment:
    """Let the public read a comment. Raises NotAllowed, Conflict."""
    policy.require(acting.current(), "record.change_comment", comment)
    check_version(comment, seen)
    comment.audience, comment.released_at = Audience.PUBLIC, Now()
    save_next(comment, ["audience", "released_at"])
    comment.refresh_from_db()
    recording.record("record.comment_released", comment, {"text": comment.text})
    return comment


@command
def withdraw_comment(comment: Comment, seen: int | None = None) -> Comment:
    """Take a comment from view. Its words are kept for its party. Raises NotAllowed, Conflict."""
    policy.require(acting.current(), "record.change_comment", comment)
    check_version(comment, seen)
    comment.audience, comment.withdrawn_at = Audience.DELEGATION, Now()
    save_next(comment, ["audience", "withdrawn_at"])
    comment.refresh_from_db()
    recording.record("record.comment_withdrawn", comment, {"text": comment.text})
    return comment


def _checked(text: str) -> str:
    wanted = text.strip()
    if not wanted:
        raise Refusal(_("The comment is empty. Write what your party says to this claim."), "text")
    if len(wanted) > LONGEST:
        raise Refusal(
            _("The comment has %(length)d characters; up to %(most)d are kept.")
            % {"length": len(wanted), "most": LONGEST},
            "text",
        )
    return wanted
