"""Wordings: texts per language, each a row of its own. Never a silent fallback from one language to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sofra.kernel import guarding, recording, search
from sofra.kernel.models import Audience, Held, Wording


@dataclass(frozen=True)
class Worded:
    """A field's text as found for a reader: `language` is the text's own; `asked` the reader's."""

    text: str
    language: str
    asked: str

    @property
    def missing(self) -> bool:
        """There is no wording in any language."""
        return not self.language

    @property
    def foreign(self) -> bool:
        """The text is not in the reader's language, and the page says so."""
        return bool(self.language) and self.language != self.asked

    def __str__(self) -> str:
        return self.text


def put(
    subject: Held, field: str, texts: dict[str, str], *, status: str = Wording.Status.FINAL, translator: str = ""
) -> bool:
    """Write a field's texts, with the subject's own audience. A language that is not named stays as it is; one that is
    named with an empty text is taken from view, and an audit entry of its own keeps what it said.

    Answers whether anything changed. Only commands call it; they record what they did themselves, and index the subject
    anew where search finds it. Whether a field may be without any text is the command's to say.
    """
    stand = {w.language: w for w in Wording.objects.filter(subject_id=subject.pk, field=field)}
    changed = False
    said: dict[str, str] = {}
    for language, text in texts.items():
        text = text.strip()
        wording = stand.get(language)
        if not text:
            if wording is not None and wording.text:
                _empty(subject, wording)
                changed = True
            continue
        if wording is None:
            Wording.objects.create(
                subject_id=subject.pk, field=field, language=language, text=text, status=status, translator=translator,
                **subject.placement(),
            )  # fmt: skip
            said[language] = text
        elif wording.text != text or wording.status != status or _placed_elsewhere(wording, subject):
            for name, value in {
                **subject.placement(),
                "text": text,
                "status": status,
                "translator": translator,
            }.items():
                setattr(wording, name, value)
            wording.version += 1
            wording.save()
            said[language] = text
    if said:
        guarding.say(subject, {field: said})
    return changed or bool(said)


def _empty(subject: Held, wording: Wording) -> None:
    # The row stays: nothing that was said is deleted, and search must not find the words any more.
    said = {"field": wording.field, "language": wording.language, "said": wording.text}
    recording.record("wording.emptied", subject, said, visible=False)
    wording.text = ""
    wording.version += 1
    wording.save(update_fields=["text", "version"])
    search.forget(subject.pk, wording.language)


def replace_placement(subject: Held) -> None:
    """Let all wordings of a row follow it to a new audience."""
    rows = Wording.objects.filter(subject_id=subject.pk)
    fewer = Q(audience__in=_narrower(subject.audience))
    if rows.filter(fewer | Q(audience=subject.audience) & ~Q(readers=list(subject.readers))).exists():
        guarding.say(subject)
    rows.update(**subject.placement())


def _narrower(audience: str) -> list[str]:
    """Audiences that fewer read than this one."""
    circles = (
        (Audience.SECRETARIAT, Audience.DELEGATION), (Audience.PERSONS, Audience.PARTIES), (Audience.FORMAT,),
        (Audience.OBSERVERS,), (Audience.PUBLIC,),
    )  # fmt: skip
    at = next(place for place, circle in enumerate(circles) if audience in circle)
    return [str(each) for circle in circles[:at] for each in circle]


def of(subjects: Iterable[Any]) -> dict[UUID, dict[str, dict[str, str]]]:
    """All texts of many rows in one query: {row id: {field: {language: text}}}. Only what the actor may read."""
    found: dict[UUID, dict[str, dict[str, str]]] = {}
    ids = [getattr(subject, "pk", subject) for subject in subjects]
    rows = Wording.objects.filter(subject_id__in=ids).exclude(text="").order_by("language")
    for subject, field, language, text in rows.values_list("subject_id", "field", "language", "text"):
        found.setdefault(subject, {}).setdefault(field, {})[language] = text
    return found


def attach(subjects: Iterable[Any], language: str) -> None:
    """Give each row `worded`: {field: Worded in the reader's language}, with one query for all of them."""
    rows = list(subjects)
    texts = of(rows)
    for row in rows:
        row.worded = {field: choose(by, language) for field, by in texts.get(row.pk, {}).items()}


def choose(texts: dict[str, str], language: str) -> Worded:
    """The text for a reader: theirs if there is one, else English, else any; the page marks the latter two."""
    for candidate in (language, "en", *sorted(texts)):
        if texts.get(candidate):
            return Worded(texts[candidate], candidate, language)
    return Worded("", "", language)


def _placed_elsewhere(wording: Wording, subject: Held) -> bool:
    return (wording.audience, wording.readers, wording.owner_party_id, wording.entry_id) != (
        subject.audience, subject.readers, subject.owner_party_id, subject.entry_id,
    )  # fmt: skip
