"""Writes of the forms of names that the record knows."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sofra.kernel import recording
from sofra.kernel.commands import command
from sofra.kernel.models import Audience, Format, Party
from sofra.lexicon import naming
from sofra.lexicon.models import PartyWording

_COLUMNS = ("language", "form", "use", "sources")


def load_party_names(rows: list[dict[str, Any]]) -> int:
    """Forms of names by id. A form that changed is audited with the one before."""
    known = {wording.record_id: wording for wording in PartyWording.objects.all()}
    parties = dict(Party.objects.values_list("code", "pk"))
    formats = dict(Format.objects.values_list("slug", "pk"))
    changed = 0
    for order, row in enumerate(rows):
        wanted = {name: row[name] for name in _COLUMNS}
        wording = known.get(row["id"])
        if wording is None:
            wording = PartyWording.objects.create(
                record_id=row["id"],
                party_id=parties[row["party"]],
                order=order,
                audience=Audience.PUBLIC,
                format_id=formats[row["format"]],
                **wanted,
            )
            recording.record("lexicon.name_added", wording, wanted, visible=False)
        elif any(getattr(wording, name) != value for name, value in wanted.items()):
            before = {name: getattr(wording, name) for name in _COLUMNS}
            for name, value in wanted.items():
                setattr(wording, name, value)
            wording.version += 1
            wording.save(update_fields=[*_COLUMNS, "version"])
            recording.record("lexicon.name_changed", wording, {"before": before, "after": wanted})
        else:
            continue
        changed += 1
    if changed:
        naming.forget()
    return changed


@command
def name_party(party: Party, forms: dict[str, str]) -> None:
    """Give a party, or change, the form in use per language; {language: form}, an empty form leaves a language as it is."""
    for language, form in forms.items():
        form = form.strip()
        found = PartyWording.objects.filter(party=party, language=language, use=PartyWording.Use.RECORD).first()
        if not form or (found is not None and found.form == form):
            continue
        if found is None:
            found = PartyWording.objects.create(
                record_id=f"house-{uuid4()}",
                party=party,
                language=language,
                form=form,
                use=PartyWording.Use.RECORD,
                order=0,
                audience=Audience.PUBLIC,
            )
            recording.record("lexicon.name_added", found, {"form": form, "language": language}, visible=False)
        else:
            before, found.form, found.sources = found.form, form, []
            found.version += 1
            found.save(update_fields=["form", "sources", "version"])
            recording.record("lexicon.name_changed", found, {"before": before, "after": form, "language": language})
    naming.forget()
