"""Posts, and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, owner_and_entry, save_next
from sofra.kernel.models import Audience, Entry, Format, Party
from sofra.kernel.refusals import Refusal
from sofra.parties.models import Person, Post, Tenure

#: Who may read a post or a name: a choice a form offers.
AUDIENCES = (Audience.PUBLIC, Audience.OBSERVERS, Audience.FORMAT, Audience.DELEGATION)


@dataclass(frozen=True)
class Speaking:
    """For whom a row of a party is written: the party and format, and the entry where the secretariat writes it down."""

    party: Party
    format: Format
    entry: Entry | None = None

    def columns(self, audience: str) -> dict[str, Any]:
        """The columns of a row that belongs to the party."""
        return {
            "audience": audience,
            "format_id": self.format.pk,
            **owner_and_entry(self.party.pk, self.entry),
        }

    def require(self) -> None:
        """Raise NotAllowed unless the actor may keep this party's posts."""
        policy.require(acting.current(), "posts.keep", (self.party.pk, self.format.pk))


def _audience(audience: str, field: str = "audience") -> str:
    if audience not in AUDIENCES:
        raise Refusal(_("Say who may read it."), field)
    return audience


def _titled(titles: dict[str, str]) -> None:
    if not any(text.strip() for text in titles.values()):
        raise Refusal(_("Write the title in at least one language."), "title_en")


@command
def add_post(
    speaking: Speaking, *, rank: str, titles: dict[str, str], audience: str, replaces: Post | None = None
) -> Post:
    """Describe a post of a party. `replaces` is a post of the record that this one takes the place of on pages."""
    speaking.require()
    _titled(titles)
    if rank not in Post.Rank.values:
        raise Refusal(_("Choose the rank of the post."), "rank")
    post = Post.objects.create(
        party=speaking.party, rank=rank, replaces=replaces, **speaking.columns(_audience(audience))
    )
    post.refresh_from_db()
    wordings.put(post, "title", titles)
    recording.record("post.added", post, {"rank": rank, "titles": titles}, shown={"title": titles})
    return post


@command
def change_post(
    post: Post, speaking: Speaking, *, seen_version: int, rank: str, titles: dict[str, str], audience: str
) -> Post:
    """Change a post. A delegation that changes what was entered for it makes it its own.

    A post of the record is left as it is and replaced by the party's own. Raises Conflict for a second writer.
    """
    speaking.require()
    if post.owner_party_id is None:
        return add_post(speaking, rank=rank, titles=titles, audience=audience, replaces=post)
    check_version(post, seen_version)
    post.refresh_from_db()
    _titled(titles)
    if rank not in Post.Rank.values:
        raise Refusal(_("Choose the rank of the post."), "rank")
    post.rank, post.audience = rank, _audience(audience)
    post.entry = speaking.entry
    save_next(post, ["rank", "audience", "entry"])
    wordings.put(post, "title", titles)
    recording.record("post.changed", post, {"rank": rank, "titles": titles}, shown={"title": titles})
    return post


@command
def add_tenure(
    post: Post,
    speaking: Speaking,
    *,
    name: str,
    since: date | None,
    until: date | None = None,
    source: str = "",
    name_audience: str = Audience.PUBLIC,
    native: str = "",
    person: Person | None = None,
) -> Tenure:
    """Say who holds a post. The name is a row of its own and may stay with the delegation until it is released."""
    speaking.require()
    if person is None and not name.strip():
        raise Refusal(_("Write the person's name."), "name")
    _ordered(since, until)
    if person is None:
        person = Person.objects.create(
            party=speaking.party,
            name=name.strip(),
            native=native.strip(),
            **speaking.columns(_audience(name_audience, "name_audience")),
        )
        recording.record("person.added", person, {"name": person.name}, visible=False)
    tenure = Tenure.objects.create(
        post=post,
        person=person,
        since=since,
        until=until,
        source=source.strip(),
        **speaking.columns(post.audience),
    )
    tenure.refresh_from_db()
    recording.record("tenure.added", tenure, {"post": str(post.pk), "since": since, "until": until, "source": source})
    return tenure


@command
def change_tenure(
    tenure: Tenure,
    speaking: Speaking,
    *,
    seen_version: int,
    name: str,
    since: date | None,
    until: date | None,
    source: str,
    name_audience: str,
    native: str = "",
) -> Tenure:
    """Change who holds a post, from when to when; also how a name is released. Raises Conflict for a second writer."""
    speaking.require()
    if tenure.owner_party_id is None:
        raise Refusal(_("This comes from the public record and stays as its source has it. Add your own beside it."))
    check_version(tenure, seen_version)
    tenure.refresh_from_db()
    if not name.strip():
        raise Refusal(_("Write the person's name."), "name")
    _ordered(since, until)
    person = tenure.person
    if person.owner_party_id == speaking.party.pk:
        person.name, person.native = name.strip(), native.strip()
        person.audience, person.entry = _audience(name_audience, "name_audience"), speaking.entry
        save_next(person, ["name", "native", "audience", "entry"])
        recording.record("person.changed", person, {"name": person.name, "audience": person.audience}, visible=False)
    tenure.since, tenure.until, tenure.source, tenure.entry = since, until, source.strip(), speaking.entry
    save_next(tenure, ["since", "until", "source", "entry"])
    recording.record("tenure.changed", tenure, {"since": since, "until": until, "source": source})
    return tenure


@command
def close_post(post: Post, speaking: Speaking, *, seen_version: int, until: date) -> Post:
    """Say that a post is no more. It stays on its party's page as a former one, and whoever holds it held it until `until`.

    Raises Refusal for a post of the record, one that is closed already, and a day before its holder took it; Conflict for a
    second writer.
    """
    _own(post, speaking, seen_version)
    if post.closed:
        raise Refusal(_("This post is closed already."))
    for tenure in Tenure.objects.filter(post=post, owner_party=speaking.party, until=None, withdrawn=False):
        check_version(tenure, None)
        _ordered(tenure.since, until)
        tenure.until, tenure.entry = until, speaking.entry
        save_next(tenure, ["until", "entry"])
        recording.record("tenure.changed", tenure, {"until": until})
    post.closed, post.entry = True, speaking.entry
    save_next(post, ["closed", "entry"])
    recording.record("post.closed", post, {"until": until})
    return post


@command
def reopen_post(post: Post, speaking: Speaking, *, seen_version: int) -> Post:
    """Take back that a post is no more. Its holders stay as they are. Raises Refusal where it is open, Conflict as above."""
    _own(post, speaking, seen_version)
    if not post.closed:
        raise Refusal(_("This post is not closed."))
    post.closed, post.entry = False, speaking.entry
    save_next(post, ["closed", "entry"])
    recording.record("post.reopened", post, {})
    return post


def _own(post: Post, speaking: Speaking, seen_version: int) -> None:
    speaking.require()
    if post.owner_party_id != speaking.party.pk:
        raise Refusal(_("This comes from the public record and stays as its source has it. Add your own beside it."))
    check_version(post, seen_version)
    post.refresh_from_db()


def _ordered(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until < since:
        raise Refusal(_("The last day lies before the first one."), "until")


def speaking_for(party: Party, format: Format, entry: Entry | None, owner: UUID | None) -> Speaking:
    """What a view makes of `Entering.owner()`. Raises NotAllowed where the owner is not the party whose posts these are."""
    policy.require(acting.current(), "posts.keep", (party.pk if owner == party.pk else None, format.pk))
    return Speaking(party, format, entry)
