"""The sentences that acts are recorded by: shown to the person before the act is sent, kept with it afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sofra.kernel.clock import exact as exact
from sofra.lexicon.naming import order_parties, party_name
from sofra.lexicon.sentences import kept as kept_in_all
from sofra.lexicon.sentences import said

SENTENCES: dict[str, Any] = {
    "item.submit": _("%(party)s proposes the agenda item “%(title)s”."),
    "item.cosponsor": _("%(party)s co-sponsors the agenda item “%(title)s”."),
    "item.uncosponsor": _("%(party)s no longer co-sponsors the agenda item “%(title)s”."),
    "item.object": _("%(party)s objects to the agenda item “%(title)s”."),
    "item.object_late": _(
        "%(party)s objects to the agenda item “%(title)s”. The objection was received at %(received)s, before the silence "
        "ended, and entered after it."
    ),
    "item.lift": _("%(party)s withdraws its objection to the agenda item “%(title)s”."),
    "item.consent": _("%(party)s consents to the late agenda item “%(title)s”."),
    "item.withdraw": _("%(party)s withdraws the agenda item “%(title)s”."),
    "agenda.object": _("%(party)s objects to the adoption of the agenda."),
    "agenda.object_late": _(
        "%(party)s objects to the adoption of the agenda. The objection was received at %(received)s, before the silence "
        "ended, and entered after it."
    ),
    "agenda.reopen": _(
        "The chair reopens the adoption of the agenda: an objection of %(party)s was received at %(received)s, before the "
        "silence ended, and entered after it."
    ),
    "agenda.stand": _(
        "The chair records that the adoption of the agenda stands, although an objection of %(party)s was received at "
        "%(received)s, before the silence ended. All members read the reason."
    ),
    "agenda.lift": _("%(party)s withdraws its objection to the adoption of the agenda."),
    "agenda.consensus": _("The chair records that the agenda is adopted by consensus, with %(count)s items."),
    "agenda.silence": _("The agenda, with %(count)s items, is adopted unless a member objects before %(deadline)s."),
    "agenda.stop": _("The chair stops the silence procedure on the agenda; nothing is adopted by it."),
    "outcome.object": _("%(party)s objects to the adoption of “%(title)s”."),
    "outcome.object_late": _(
        "%(party)s objects to the adoption of “%(title)s”. The objection was received at %(received)s, before the silence "
        "ended, and entered after it."
    ),
    "outcome.reopen": _(
        "The chair reopens the adoption of “%(title)s”: an objection of %(party)s was received at %(received)s, before the "
        "silence ended, and entered after it."
    ),
    "outcome.stand": _(
        "The chair records that the adoption of “%(title)s” stands, although an objection of %(party)s was received at "
        "%(received)s, before the silence ended. All members read the reason."
    ),
    "outcome.lift": _("%(party)s withdraws its objection to the adoption of “%(title)s”."),
    "outcome.consensus": _("The chair records that “%(title)s” is adopted by consensus."),
    "outcome.silence": _("“%(title)s” is adopted unless a member objects before %(deadline)s."),
    "outcome.stop": _("The chair stops the silence procedure on “%(title)s”; nothing is adopted by it."),
    "outcome.release": _("“%(title)s” is released to all members at %(instant)s."),
    "outcome.publish": _("“%(title)s” is published: everyone can read it from now on."),
    "programme.publish": _(
        "Version %(number)s of the programme is published: %(what)s. Its rooms and people are held from now on."
    ),
    "document.release": _("“%(title)s” is released at %(instant)s to: %(whom)s."),
    "document.move": _("The release of “%(title)s” is moved from %(before)s to %(instant)s."),
    "document.cancel": _("The release of “%(title)s” at %(before)s is called off; nobody receives it."),
    "document.recall": _("“%(title)s” is recalled: it can no longer be read by those to whom it was released."),
    "document.ask": _("%(party)s asks the secretariat to circulate “%(title)s”, without change, to: %(whom)s."),
    "document.take_back": _("%(party)s no longer asks for the circulation of “%(title)s”."),
    "document.circulate": _("The secretariat circulates “%(title)s” of %(party)s, without change, at %(instant)s."),
    "document.decline": _("The secretariat does not circulate “%(title)s” of %(party)s."),
    "receipts.on": _(
        "The members agreed that the secretariat sees whether a delegation opened a document, and never when."
    ),
    "receipts.off": _("The secretariat no longer sees whether a delegation opened a document."),
    "meeting.announce_observers": _(
        "“%(title)s” is announced to the observers of the format at %(instant)s: date, place, level, format and status, "
        "and nothing else."
    ),
    "meeting.announce_public": _(
        "“%(title)s” is announced to everyone at %(instant)s: date, place, level, format and status, and nothing else."
    ),
    "meeting.unannounce_observers": _(
        "The announcement of “%(title)s” to the observers of the format is withdrawn. What they read they have read."
    ),
    "meeting.unannounce_public": _("The announcement of “%(title)s” to everyone is withdrawn. What was read was read."),
    "agenda.publish_observers": _(
        "Version %(number)s of the agenda is published to the observers of the format at %(instant)s: the titles of its "
        "%(count)s items, in: %(languages)s."
    ),
    "agenda.publish_public": _(
        "Version %(number)s of the agenda is published to everyone at %(instant)s: the titles of its %(count)s items, in: "
        "%(languages)s."
    ),
    "agenda.unpublish_observers": _(
        "The agenda is withdrawn from the observers of the format. What they read they have read."
    ),
    "agenda.unpublish_public": _("The agenda is withdrawn from everyone but the members. What was read was read."),
    "meeting.close": _("The meeting ends with: %(outcomes)s."),
    "meeting.close_none": _("The meeting ends without an outcome document."),
    "delegation.announce": _("%(party)s announces its delegation, at the level of %(level)s."),
    "delegation.release": _("%(party)s releases these names to %(audience)s: %(names)s."),
    "delegation.withdraw": _("%(party)s takes %(name)s out of its delegation."),
    "delegation.deputise": _("%(deputy)s acts for %(principal)s."),
    "invitation.issue": _("These parties are invited, all at the same instant: %(whom)s."),
    "invitation.issued": _("%(party)s is invited at the level of %(level)s."),
    "invitation.withdraw": _("The invitation of %(party)s is called off."),
    "invitation.accept": _("%(party)s accepts the invitation, at the level of %(level)s."),
    "invitation.regrets": _("%(party)s sends its regrets."),
    "letter.issue": _(
        "The letter “%(subject)s” is issued in %(language)s and entered in the register. To: %(addressee)s."
    ),
    "note.withdraw": _("The note “%(subject)s” stays in the register, marked as withdrawn: %(reason)s"),
    "lines.silence": _(
        "The lines “%(title)s” are sent for clearance to: %(whom)s. They are cleared unless one of them objects before "
        "%(deadline)s, or before that once all of them have no objection."
    ),
    "lines.stop": _("The clearance of the lines “%(title)s” is stopped; nothing is cleared by it."),
    "lines.consent": _("%(party)s has no objection to the lines “%(title)s”."),
    "lines.object": _("%(party)s objects to the lines “%(title)s”."),
    "lines.object_late": _(
        "%(party)s objects to the lines “%(title)s”. The objection was received at %(received)s, before the clearance "
        "ended, and entered after it."
    ),
    "lines.lift": _("%(party)s withdraws its objection to the lines “%(title)s”."),
    "lines.reopen": _(
        "The clearance of the lines “%(title)s” is reopened: an objection of %(party)s was received at %(received)s, before "
        "it ended, and entered after it."
    ),
    "lines.stand": _(
        "The clearance of the lines “%(title)s” stands, although an objection of %(party)s was received at %(received)s, "
        "before it ended. The parties that were asked read the reason."
    ),
    "press.issue_advisory": _("The advisory “%(title)s” becomes public at %(instant)s."),
    "press.issue_caption": _("The caption “%(title)s” becomes public at %(instant)s."),
    "press.issue_lines_format": _("The lines “%(title)s” are issued to all members at %(instant)s."),
    "press.issue_lines_public": _("The lines “%(title)s” become public at %(instant)s."),
    "press.move": _("The instant of “%(title)s” is moved from %(before)s to %(instant)s."),
    "press.call_off": _("“%(title)s” at %(before)s is called off; nobody learns of it."),
    "press.withdraw_public": _(
        "“%(title)s” is withdrawn from everyone. That it was issued, and why it is withdrawn, stays."
    ),
    "press.withdraw_format": _(
        "“%(title)s” is withdrawn from the members. That it was issued, and why it is withdrawn, stays."
    ),
    "media.clear": _(
        "What is said of the persons on the accreditation list, %(count)s applications, is removed. How many were accredited "
        "and refused stays."
    ),
    "attendance.confirm": _("The secretariat confirms who took part; all members read it from now on."),
    "attendance.own_present": _("%(party)s confirms that it took part, at the level of %(level)s."),
    "attendance.own_absent": _("%(party)s confirms that it did not take part."),
    "outcome.issue": _("“%(title)s” is issued as version %(number)s at %(instant)s, in %(languages)s, to: %(whom)s."),
    "decision.record": _(
        "From “%(title)s”, version %(number)s, the decision “%(decision)s” is written down as a draft."
    ),
    "act.strike": _("%(party)s strikes this act: it was recorded in error."),
}


def sentence(key: str, *, party: UUID | None = None, **words: Any) -> str:
    """The sentence for an act in the language that is active; a word that depends on it is given as a function."""
    return said(SENTENCES[key], party=party, **words)


def kept(key: str, *, party: UUID | None = None, **words: Any) -> dict[str, str]:
    """The sentence in every kept language, for the record."""
    return kept_in_all(SENTENCES[key], party=party, **words)


def names(parties: list[UUID]) -> str:
    """Parties by name, in the order of their names, for a sentence."""
    language = get_language() or "en"
    return ", ".join(party_name(party, language).text for party in order_parties(parties, language))
