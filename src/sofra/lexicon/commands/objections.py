"""What members say against a profile: objecting, withdrawing it, striking what was entered in error."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject, speaker
from sofra.kernel.engine.silence import silence
from sofra.kernel.members import members_on
from sofra.kernel.models import Audience, Entry, Wording
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.commands.profiles import hold, settle
from sofra.lexicon.models import Designation, Profile, ProfileObjection, ProfileWithdrawal
from sofra.lexicon.profiles import language_name
from sofra.lexicon.sentences import PROFILE, kept, other

LONGEST_REASON = 4000
Target = ProfileObjection.Target


def sentence_of(target: str, party_id: UUID | None, language: str, number: int) -> tuple[Any, dict[str, Any]]:
    """The pattern of an objection's sentence and the words in it."""
    key = "designation_in" if target == Target.DESIGNATION and language else target
    words: dict[str, Any] = {"number": number}
    if target == Target.DESIGNATION and party_id is not None:
        words["other"] = other(party_id)
        words["language"] = language_name(language)
    return PROFILE[key], words


@command
def object_to_profile(
    *,
    profile: Profile,
    target: str,
    party: UUID | None = None,
    language: str = "",
    reason: dict[str, str],
    reason_audience: str = Audience.FORMAT,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> ProfileObjection:
    """Object to the designation of `party` (in one language, or in all), the order, the footnote, or the whole.

    Before the silence ends it breaks it; at its very end it is too late, and stands beside the profile like an objection to
    host practice. `party_id` and `entry` say whose objection it is. Raises NotAllowed; Refusal for one that names nothing,
    gives no reason or was made before.
    """
    policy.require(acting.current(), "profiles.object", profile)
    party_id = speaker(profile.format_id, party_id, entry)
    assert profile.format is not None
    if party_id not in {member.pk for member in members_on(profile.format)}:
        raise Refusal(
            _("Only members take part in this, and that party is no member of the format today."), "for_party"
        )
    _check_target(profile, target, party, language)
    texts = {code: text.strip() for code, text in reason.items() if text.strip()}
    if not texts:
        raise Refusal(_("Say why your delegation objects, in at least one language."), "reason")
    if any(len(text) > LONGEST_REASON for text in texts.values()):
        raise Refusal(_("A reason has at most %(most)s letters.") % {"most": LONGEST_REASON}, "reason")
    if reason_audience not in (Audience.FORMAT, Audience.SECRETARIAT):
        raise Refusal(_("Choose who may read the reason: all members, or the secretariat alone."), "reason_audience")
    now = hold(profile)
    policy.require(acting.current(), "profiles.object", profile)
    about = {"target": target, "party_id": party, "language": language}
    same = ProfileObjection.objects.filter(
        profile=profile, owner_party_id=party_id, withdrawal=None, struck_at=None, **about
    )
    if same.exists():
        raise Refusal(_("Your delegation has objected to this already, and the objection stands."), "target")
    row = ProfileObjection(
        profile=profile,
        at=now,
        audience=Audience.FORMAT,
        format_id=profile.format_id,
        owner_party_id=party_id,
        entry=entry,
        readable_from=now,
        **about,
    )
    row.save(force_insert=True)
    held = copy.copy(row)
    held.audience = reason_audience
    wordings.put(held, "reason", texts)
    pattern, words = sentence_of(target, party, language, profile.number)
    said = kept(pattern, party=party_id, **words)
    recording.record("profile.objected", row, {**about, "profile": profile.pk, "sentence": said}, shown=said)
    recording.record("profile.objection_explained", held, {"objection": row.pk, "reason": texts}, visible=False)
    if (
        profile.state == Profile.State.PROPOSED
        and profile.opened_at is not None
        and profile.deadline is not None
        and silence(profile.opened_at, profile.deadline, now, [now]) == "broken"
    ):
        settle(profile, Profile.State.BROKEN, now, row)
    return row


def _check_target(profile: Profile, target: str, party: UUID | None, language: str) -> None:
    if target not in Target.values:
        raise Refusal(_("Say what your delegation objects to."), "target")
    if target != Target.DESIGNATION:
        if party is not None or language:
            raise Refusal(_("Name a party only where its designation is objected to."), "party")
        if target == Target.FOOTNOTE and not profile.footnote:
            raise Refusal(_("The profile has no footnote."), "target")
        if target == Target.MAP and not profile.map_rule:
            raise Refusal(_("The profile says nothing of maps."), "target")
        return
    if language and language not in dict(settings.LANGUAGES):
        raise Refusal(_("One of the languages is not known here."), "language")
    found = Designation.objects.filter(profile=profile, party=party) if party else Designation.objects.none()
    if not (found.filter(language=language) if language else found).exists():
        raise Refusal(_("Say which party's designation; the profile has none for this choice."), "party")


@command
def withdraw_objection(
    *, objection: ProfileObjection, party_id: UUID | None = None, entry: Entry | None = None
) -> ProfileWithdrawal:
    """Withdraw an objection; a silence that it broke stays broken. Raises NotAllowed, Refusal where it stands no more."""
    policy.require(acting.current(), "profiles.take_back", objection)
    if speaker(objection.profile.format_id, party_id, entry) != objection.owner_party_id:
        raise NotAllowed(_("Only the delegation whose objection it is withdraws it."))
    _require_standing(objection)
    now = database_now()
    row = ProfileWithdrawal(
        objection=objection,
        at=now,
        audience=Audience.FORMAT,
        format_id=objection.format_id,
        owner_party_id=objection.owner_party_id,
        entry=entry,
        readable_from=now,
    )
    row.save(force_insert=True)
    said = kept(PROFILE["withdraw"], party=objection.owner_party_id, number=objection.profile.number)
    recording.record("profile.objection_withdrawn", row, {"objection": objection.pk, "sentence": said}, shown=said)
    return row


@command
def strike_objection(*, objection: ProfileObjection) -> ProfileObjection:
    """Strike an objection entered for one's delegation in error, and make it one's own. What it broke stays broken."""
    policy.require(acting.current(), "profiles.strike", objection)
    _require_standing(objection)
    objection.struck_at, objection.entry = database_now(), None
    objection.version += 1
    objection.save(update_fields=["struck_at", "entry", "version"])
    Wording.objects.filter(subject_id=objection.pk).update(entry=None)
    said = kept(PROFILE["strike"], party=objection.owner_party_id, number=objection.profile.number)
    recording.record("profile.objection_struck", objection, {"sentence": said}, shown=said)
    return objection


def _require_standing(objection: ProfileObjection) -> None:
    lock_subject(objection.profile_id)
    objection.refresh_from_db()
    if objection.struck_at is not None or ProfileWithdrawal.objects.filter(objection=objection).exists():
        raise Refusal(_("The objection does not stand any more."))
