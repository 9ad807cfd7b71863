"""Parties, their posts and holders, and the days their offices are closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from sofra.kernel import wordings
from sofra.kernel.models import Format, Party
from sofra.lexicon.models import PartyWording
from sofra.lexicon.naming import order_parties
from sofra.parties.models import Holiday, Person, Post, Tenure, WeeklyRest

RANKS = {rank: place for place, rank in enumerate(Post.Rank.values)}


def all_parties(language: str) -> list[Party]:
    """Every party, in the order of names."""
    return order_parties(list(Party.objects.all()), language)


def get_party(party_id: UUID) -> Party | None:
    """A party; None where there is none."""
    return Party.objects.filter(pk=party_id).first()


def names_in_use(party: Party) -> dict[str, str]:
    """The forms of a party's name in use, by language: for the form that changes them."""
    rows = PartyWording.objects.filter(party=party, use=PartyWording.Use.RECORD)
    return dict(rows.values_list("language", "form"))


def posts_of(party: Party, language: str) -> list[Post]:
    """A party's posts the actor may read, closed ones too, by rank, each with `worded` and `holders`: tenures, latest first.

    A tenure's `who` is its Person, or None where the name is not released to the actor. A post of the record that the
    party described itself is not listed twice. Four queries, however many posts there are.
    """
    posts = list(Post.objects.filter(party=party))
    replaced = {post.replaces_id for post in posts if post.replaces_id}
    tenures = list(Tenure.objects.filter(post__in=posts, withdrawn=False))
    persons = Person.objects.in_bulk({tenure.person_id for tenure in tenures})
    wordings.attach([*posts, *tenures], language)
    successors = {post.replaces_id: post.pk for post in posts if post.replaces_id}
    held: dict[UUID, list[Tenure]] = {}
    for tenure in tenures:
        tenure.who = persons.get(tenure.person_id)  # type: ignore[attr-defined]
        held.setdefault(successors.get(tenure.post_id, tenure.post_id), []).append(tenure)
    shown = [post for post in posts if post.pk not in replaced]
    for post in shown:
        post.holders = sorted(  # type: ignore[attr-defined]
            held.get(post.pk, []), key=lambda each: (each.since or date.min, each.as_of), reverse=True
        )
    return sorted(shown, key=lambda post: (RANKS.get(post.rank, 99), post.record_id, str(post.pk)))


def get_post(post_id: UUID, language: str) -> Post | None:
    """A post the actor may read, with `worded`."""
    post = Post.objects.select_related("party").filter(pk=post_id).first()
    if post is not None:
        wordings.attach([post], language)
    return post


def get_tenure(tenure_id: UUID, language: str) -> Tenure | None:
    """A tenure the actor may read, with its post worded."""
    tenure = Tenure.objects.select_related("post__party").filter(pk=tenure_id).first()
    if tenure is not None:
        wordings.attach([tenure.post], language)
    return tenure


def holidays_of(party: Party, language: str, year: int | None = None) -> list[Holiday]:
    """A party's holidays that were not withdrawn, with `worded`."""
    rows = Holiday.objects.filter(party=party, withdrawn=False)
    found = list(rows.filter(day__year=year) if year else rows)
    wordings.attach(found, language)
    return found


def get_holiday(holiday_id: UUID) -> Holiday | None:
    """A holiday, with its party."""
    return Holiday.objects.select_related("party").filter(pk=holiday_id).first()


def weekly_rest(party: Party) -> list[int]:
    """The weekdays on which a party's offices are closed, Monday 0 to Sunday 6; none where nobody said."""
    rest = WeeklyRest.objects.filter(party=party).first()
    return list(rest.weekdays) if rest else []


@dataclass
class Closed:
    """The days on which offices in some capitals are closed."""

    holidays: dict[date, list[Holiday]] = field(default_factory=dict)
    rest: dict[int, list[UUID]] = field(default_factory=dict)

    def on(self, day: date) -> list[Holiday]:
        """The holidays of a day, each with `party` and `worded`."""
        return self.holidays.get(day, [])

    def resting(self, day: date) -> list[UUID]:
        """The parties whose weekly rest falls on a day."""
        return self.rest.get(day.weekday(), [])


def closed_days(parties: Iterable[Party], days: Iterable[date], language: str) -> Closed:
    """What closes the offices of parties on some days. Three queries."""
    wanted = list(parties)
    rows = list(
        Holiday.objects.filter(Q(party__in=wanted) & Q(day__in=set(days)) & Q(withdrawn=False)).select_related("party")
    )
    wordings.attach(rows, language)
    found = Closed()
    for row in rows:
        found.holidays.setdefault(row.day, []).append(row)
    for rest in WeeklyRest.objects.filter(party__in=wanted):
        for weekday in rest.weekdays:
            found.rest.setdefault(weekday, []).append(rest.party_id)
    return found


def formats_to_speak_in(party: Party) -> list[Format]:
    """The formats in which a party sits today."""
    from sofra.parties.queries.formats import sitting

    return list(
        Format.objects.filter(
            pk__in=party.memberships.filter(sitting()).values("format_id"),
        ).order_by("-cadence_months", "slug")
    )
