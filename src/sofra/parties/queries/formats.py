"""Formats and who sits in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from sofra.kernel import wordings
from sofra.kernel.members import members_on as members_on
from sofra.kernel.members import sitting as sitting
from sofra.kernel.models import Format, Membership, Party
from sofra.lexicon.naming import order_parties, with_names


def word_formats(formats: Iterable[Format], language: str, beside: Iterable[Any] = ()) -> None:
    """Give each format `worded`, with the names of parties in their places: a format's name may hold some.

    One query, which words the rows `beside` them too.
    """
    rows = list(formats)
    wordings.attach([*beside, *rows], language)
    for row in rows:
        texts: dict[str, wordings.Worded] = row.worded  # type: ignore[attr-defined]
        for name, worded in texts.items():
            if "{" in worded.text:
                texts[name] = replace(worded, text=with_names(worded.text, worded.language))


def all_formats(language: str) -> list[Format]:
    """Every format the actor may read, with `worded`, parents before their working groups. Two queries."""
    rows = list(Format.objects.order_by("slug"))
    word_formats(rows, language)
    order = {Format.Kind.PLATFORM: 0, Format.Kind.CONSULTATION: 1, Format.Kind.WORKING_GROUP: 2}
    by_parent: dict[Any, list[Format]] = {}
    for row in rows:
        by_parent.setdefault(row.parent_id, []).append(row)
    known = {row.pk for row in rows}
    roots = [row for row in rows if row.parent_id not in known]
    found: list[Format] = []
    for root in sorted(roots, key=lambda row: (order[Format.Kind(row.kind)], row.slug)):
        found += [root, *by_parent.get(root.pk, [])]
    return found


def get_format(slug: str, language: str) -> Format | None:
    """A format the actor may read, with `worded`; None where there is none."""
    row = Format.objects.select_related("parent").filter(slug=slug).first()
    if row is not None:
        word_formats([row, *([row.parent] if row.parent else [])], language)
    return row


def memberships(format: Format, language: str) -> list[Membership]:
    """Every membership of a format, past ones included, members first, in the order of the parties' names."""
    rows = list(Membership.objects.filter(format=format).select_related("party"))
    rank = {pk: place for place, pk in enumerate(order_parties({row.party_id for row in rows}, language))}
    rows.sort(key=lambda row: (row.capacity != "member", rank[row.party_id], row.since or date.min))
    today = timezone.now().date()
    for row in rows:
        row.current = (row.since is None or row.since <= today) and (row.until is None or row.until > today)  # type: ignore[attr-defined]
        row.to_come = row.since is not None and row.since > today  # type: ignore[attr-defined]
    return rows


def formats_of(party: Party, language: str) -> list[Membership]:
    """The memberships of a party in formats the actor may read, with `format.worded`."""
    rows = list(Membership.objects.filter(party=party).select_related("format").order_by("format__slug", "since"))
    readable = [row for row in rows if row.format is not None]
    word_formats([row.format for row in readable if row.format is not None], language)
    return readable


def counted_members(formats: Iterable[Format]) -> dict[Any, list[Party]]:
    """Today's members per format, in one query."""
    found: dict[Any, list[Party]] = {}
    rows = Membership.objects.filter(sitting(), format__in=list(formats), capacity=Membership.Capacity.MEMBER)
    for row in rows.select_related("party"):
        found.setdefault(row.format_id, []).append(row.party)
    return found
