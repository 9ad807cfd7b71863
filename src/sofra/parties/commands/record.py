"""Carries posts and persons of a record file into the house. Loading again changes nothing."""

from __future__ import annotations

from typing import Any

from sofra.kernel import recording, wordings
from sofra.kernel.commands import save_next
from sofra.kernel.models import Audience, Party
from sofra.parties.models import Person, Post, Tenure

Row = dict[str, Any]


def load_posts(rows: list[Row]) -> int:
    """Posts by id; a changed title or rank is audited."""
    known = {post.record_id: post for post in Post.objects.exclude(record_id="")}
    parties = {party.code: party for party in Party.objects.all()}
    changed = 0
    for row in rows:
        post, made = known.get(row["id"]), False
        if post is None:
            post = Post.objects.create(
                record_id=row["id"], party=parties[row["party"]], rank=row["rank"], audience=Audience.PUBLIC
            )
            post.refresh_from_db()
            made = True
        worded = wordings.put(post, "title", row.get("title", {}))
        if not made and post.rank != row["rank"]:
            post.rank = row["rank"]
            save_next(post, ["rank"])
            worded = True
        if made or worded:
            recording.record("post.recorded", post, row, visible=False)
            changed += 1
    return changed


def load_persons(rows: list[Row]) -> int:
    """Persons by id, each with the post they were seen in. Somebody whom no source names is left out here: the facts tell."""
    known = {person.record_id: person for person in Person.objects.exclude(record_id="")}
    parties = {party.code: party for party in Party.objects.all()}
    posts = {post.record_id: post for post in Post.objects.exclude(record_id="")}
    changed = 0
    for row in rows:
        if not row.get("name"):
            continue
        wanted = {
            "name": row["name"],
            "native": next((each["form"] for each in row.get("native", []) if each["script"] != "Latn"), ""),
            "spellings": row.get("spellings", []),
            "party": parties.get(row.get("party", "")),
        }
        person = known.get(row["id"])
        if person is None:
            person = Person.objects.create(record_id=row["id"], audience=Audience.PUBLIC, **wanted)
            person.refresh_from_db()
            recording.record("person.recorded", person, row, visible=False)
            changed += 1
        elif any(getattr(person, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(person, name, value)
            save_next(person, list(wanted))
            recording.record("person.recorded", person, row, visible=False)
            changed += 1
        if row.get("post"):
            changed += _tenure(person, posts[row["post"]], row)
    return changed


def _tenure(person: Person, post: Post, row: Row) -> int:
    wanted = {
        "as_of": row.get("as_of") or "",
        "modality": row.get("modality") or "",
        "sources": row.get("sources", []),
    }
    tenure = Tenure.objects.filter(person=person, post=post, owner_party=None).first()
    if tenure is None:
        tenure = Tenure.objects.create(person=person, post=post, audience=Audience.PUBLIC, **wanted)
        tenure.refresh_from_db()
    elif all(getattr(tenure, name) == value for name, value in wanted.items()):
        return 0
    else:
        for name, value in wanted.items():
            setattr(tenure, name, value)
        save_next(tenure, list(wanted))
    if isinstance(row.get("note"), dict):
        wordings.put(tenure, "note", row["note"])
    recording.record("tenure.recorded", tenure, row, visible=False)
    return 1
