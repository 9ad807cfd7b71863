"""Publish a programme: what changed becomes readable, and its rooms and people are held, in one transaction."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, occupancy, policy, recording, search, wordings
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Audience, Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon.commands.profiles import show_names
from sofra.lexicon.naming import party_name
from sofra.lexicon.profiles import ProfileInForce
from sofra.meetings import sentences
from sofra.meetings.commands.programme import wanted
from sofra.meetings.engine.programme import anchor_of, parties_in
from sofra.meetings.models import Meeting, ProgrammeVersion, PublishedSession, Resource, Session
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.queries.programme import Block, Programme, working


def next_number(found: Programme) -> int:
    """The number the next version will bear."""
    return (found.version.number if found.version else 0) + 1


def fingerprint(found: Programme) -> str:
    """Tells whether what was seen is still what would be published."""
    said = [[block.id, block.begins, block.ends, block.content, block.cancelled] for block in found.pending]
    return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def what_changes(found: Programme) -> str:
    """How many sessions are new, changed, cancelled, in words."""
    new = sum(1 for block in found.pending if block.new)
    off = sum(1 for block in found.pending if block.cancelled)
    changed = len(found.pending) - new - off
    said = [
        ngettext("%(n)d new session", "%(n)d new sessions", new) % {"n": new} if new else "",
        ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed} if changed else "",
        ngettext("%(n)d cancelled", "%(n)d cancelled", off) % {"n": off} if off else "",
    ]
    return ", ".join(each for each in said if each)


def sentence_words(found: Programme) -> dict[str, Any]:
    """The words of the sentence that is shown before and recorded after."""
    return {"number": next_number(found), "what": lambda: what_changes(found)}


@command
def publish_programme(meeting: Meeting, *, seen: str | None) -> ProgrammeVersion:
    """Publish the working programme as the next version. `seen` is the fingerprint of what the page showed.

    Raises NotAllowed; Refusal where nothing changed, where it changed since it was seen, where a resource is taken by
    somebody else (nothing is published then), and where parties are named and the meeting has no profile.
    """
    policy.require(acting.current(), "programme.arrange", meeting)
    # One publication after the other, and none beside a change of a session.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = {
        row.pk: row for row in Session.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("pk")
    }
    found = working(meeting, get_language() or "en")
    if not found.pending:
        raise Refusal(_("Nothing differs from what is published."))
    if seen is not None and seen != fingerprint(found):
        raise Refusal(_("The programme changed while you were reading. Look at it again; nothing was published."))
    named = parties_named(found)
    profile = None
    if named:
        profile = require_profile(
            meeting, meeting.working_languages or ["en"], list(Party.objects.filter(pk__in=named))
        )
    now = database_now()
    words = sentences.kept("programme.publish", **sentence_words(found))
    version = ProgrammeVersion.objects.create(
        **_readers_of_all(meeting, found.pending), format_id=meeting.format_id, meeting=meeting,
        number=next_number(found), published_at=now, readable_from=now, sentences=words,
    )  # fmt: skip
    _freeze(meeting, found.pending, version)
    for block in found.pending:
        if not block.cancelled:
            guarding.put_out(rows[block.id], words_of(block.content))
    if profile is not None:
        _show_names(profile, found.pending, version)
    holds = [_holding(rows[block.id], block, version) for block in found.pending]
    try:
        occupancy.publish_together(holds)
    except occupancy.Taken as taken:
        raise Refusal(_taken(taken.resources)) from None
    recording.record(
        "programme.published",
        version,
        {
            "number": version.number,
            "sentence": words,
            "sessions": [block.id for block in found.pending],
            "holds": [[held.holder, sorted(held.wanted, key=str)] for held in holds],
        },
        meeting_id=meeting.pk,
        shown=words,
    )
    return version


def words_of(content: dict[str, Any]) -> guarding.Texts:
    """What the secretariat says of a session: its own words, those of its entries and of parts, and the place."""
    room = (content["room"] or {}).get("name", {})
    found = {"title": content["title"], "note": content["note"], "room": room}
    for number, each in enumerate(content["entries"], 1):
        found |= {f"entry {number} title": each["title"], f"entry {number} note": each["note"]}
    people = [part for each in (content, *content["entries"]) for part in each["people"]]
    return found | {f"part {number}": part.get("label", {}) for number, part in enumerate(people, 1)}


def _freeze(meeting: Meeting, pending: list[Block], version: ProgrammeVersion) -> None:
    ids = [block.id for block in pending]
    before = {row.session_id: row for row in PublishedSession.objects.filter(session__in=ids, current=True)}
    PublishedSession.objects.filter(session__in=ids, current=True).update(current=False)
    for edition in before.values():
        search.forget(edition.pk)
    made = []
    for block in pending:
        old = before.get(block.id)
        # What is called off is shown as it was announced.
        shown = old if block.cancelled and old is not None else None
        content = shown.content if shown else block.content
        made.append(
            PublishedSession(
                **_readers(content), format_id=meeting.format_id, meeting=meeting, session_id=block.id,
                number=version.number, sequence=old.sequence + 1 if old else 0, cancelled=block.cancelled,
                begins_at=shown.begins_at if shown else block.begins, ends_at=shown.ends_at if shown else block.ends,
                published_at=version.published_at, readable_from=version.published_at, content=content,
            )
        )  # fmt: skip
    for row in PublishedSession.objects.bulk_create(made):
        if not row.cancelled:
            _index(meeting, row)


def _show_names(profile: ProfileInForce, pending: list[Block], version: ProgrammeVersion) -> None:
    """Who reads a session beyond the members reads the names it was published under."""
    named = {block.content["shown_to"] for block in pending if parties_in(block.content)}
    for audience in (Audience.PUBLIC, Audience.OBSERVERS):
        if audience in named:
            show_names(profile.profile, version, audience=audience, readable_from=version.published_at)
            return


def _index(meeting: Meeting, row: PublishedSession) -> None:
    """Let a session be found by what was published of it, by those it is shown to."""
    assert meeting.format is not None
    url = f"meetings/{meeting.format.slug}/{meeting.slug}/programme/#{anchor_of(row.content)}"
    content = row.content
    texts = [content["note"], (content["room"] or {}).get("name", {})]
    texts += [each[name] for each in content["entries"] for name in ("title", "note")]
    for language, title in content["title"].items():
        body = "\n".join(said[language] for said in texts if said.get(language))
        search.index(row, "session", language, title, body, url)


def _readers(content: dict[str, Any]) -> dict[str, Any]:
    """Who reads a published session: those it is shown to."""
    named = content["parties"] if content["shown_to"] == Audience.PARTIES else []
    return {"audience": content["shown_to"], "readers": named}


def _readers_of_all(meeting: Meeting, pending: list[Block]) -> dict[str, Any]:
    """Who is told that a version was published: those who read any of what changed, and nobody else."""
    seen = [_readers(block.content) for block in pending]
    for audience in (Audience.PUBLIC, Audience.OBSERVERS, Audience.FORMAT):
        if any(each["audience"] == audience for each in seen):
            return {"audience": audience, "readers": []}
    return {"audience": Audience.PARTIES, "readers": sorted({party for each in seen for party in each["readers"]})}


def _holding(session: Session, block: Block, version: ProgrammeVersion) -> occupancy.Holding:
    placement = {
        **_readers(block.content), "format_id": session.format_id, "owner_party_id": None,
        "readable_from": version.published_at, "entry_id": None,
    }  # fmt: skip
    placement["readers"] = [UUID(str(reader)) for reader in placement["readers"]]
    return occupancy.Holding(session.pk, wanted(session), placement)


def _taken(resources: list[UUID]) -> str:
    """What is taken; by whom is not said. The resources are the programme's own, so their names may be."""
    language = get_language() or "en"
    rows = list(Resource.objects.filter(pk__in=resources))
    texts = wordings.of(rows)
    names = []
    for row in rows:
        if row.party_id:
            party = party_name(row.party_id, language).text
            names.append(_("head of delegation (%(party)s)") % {"party": party})
        else:
            names.append(wordings.choose(texts.get(row.pk, {}).get("name", {}), language).text)
    return _("Taken at a time the programme wants: %(what)s. Nothing was published; move the session or free it.") % {
        "what": ", ".join(sorted(names))
    }


def parties_named(found: Programme) -> set[str]:
    """The ids of the parties that the changed sessions name."""
    return {party for block in found.pending for party in parties_in(block.content)}
