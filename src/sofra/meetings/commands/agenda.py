"""What parties do to an agenda: propose, edit, submit, withdraw, co-sponsor, object, suggest, consent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, search, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import procedure as deciding
from sofra.meetings.commands.procedure import Subject, act_on, hold, speaker
from sofra.meetings.models import Act, AgendaItem, Meeting, Procedure, SubjectKind, Suggestion, Theme
from sofra.meetings.queries.agenda import ADOPTED, DRAFT, LATE, WITHDRAWN, Agenda, agenda_of, item_of, line_of

LONGEST_TITLE, LONGEST_NOTE = 300, 6000
Texts = dict[str, str]


def subject_of_item(item: AgendaItem, meeting: Meeting | None = None) -> Subject:
    """An item as what acts are about; `meeting` is the one on whose agenda it stands, its own by default."""
    meeting = meeting or item.meeting
    titles = wordings.of([item]).get(item.pk, {}).get("title", {})

    def title() -> str:
        return str(wordings.choose(titles, get_language() or "en"))

    return Subject(meeting, SubjectKind.ITEM, item.pk, meeting.pk, {"title": title})


def subject_of_agenda(meeting: Meeting, **words: Any) -> Subject:
    """The agenda as a whole."""
    return Subject(meeting, SubjectKind.AGENDA, meeting.pk, meeting.pk, words)


def _checked(title: Texts, note: Texts, themes: list[UUID], urgency: str) -> None:
    if not any(text.strip() for text in title.values()):
        raise Refusal(_("Write a title in at least one language."), "title")
    if any(len(text) > LONGEST_TITLE for text in title.values()):
        raise Refusal(_("A title has at most %(most)s letters.") % {"most": LONGEST_TITLE}, "title")
    if any(len(text) > LONGEST_NOTE for text in note.values()):
        raise Refusal(_("A note has at most %(most)s letters.") % {"most": LONGEST_NOTE}, "note")
    if urgency not in AgendaItem.Urgency.values:
        raise Refusal(_("Choose how urgent the item is."), "urgency")
    if themes and Theme.objects.filter(pk__in=themes).count() != len(set(themes)):
        raise Refusal(_("One of the themes is not known here. Choose from the list."), "themes")


@command
def propose(
    *,
    meeting: Meeting,
    title: Texts,
    note: Texts | None = None,
    themes: list[UUID] | None = None,
    urgency: str = AgendaItem.Urgency.THIS_MEETING,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> AgendaItem:
    """Draft an item; its delegation alone reads it (and the secretariat, if it entered it). Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "agenda.speak", meeting)
    party = speaker(meeting, party_id, entry)
    note, themes = note or {}, themes or []
    _checked(title, note, themes, urgency)
    now = hold(meeting.pk)
    item = AgendaItem(
        meeting=meeting,
        urgency=urgency,
        themes=themes,
        made_at=now,
        audience=Audience.DELEGATION,
        format_id=meeting.format_id,
        owner_party_id=party,
        entry=entry,
        readable_from=now,
    )
    item.save(force_insert=True)
    wordings.put(item, "title", title)
    wordings.put(item, "note", note)
    _record("agenda.drafted", item, title, note)
    return item


def _record(action: str, item: AgendaItem, title: Texts, note: Texts, **more: Any) -> None:
    details = {"title": title, "note": note, "urgency": item.urgency, "themes": item.themes, **more}
    recording.record(action, item, details, meeting_id=item.meeting_id, shown={"title": title})


@command
def edit_item(
    *,
    item: AgendaItem,
    seen_version: int | None,
    title: Texts,
    note: Texts,
    themes: list[UUID],
    urgency: str,
    entry: Entry | None = None,
) -> AgendaItem:
    """Change an item. What its delegation changes itself is its own from then on, even if it had been entered.

    Raises NotAllowed; Refusal; Conflict if somebody changed it since `seen_version`.
    """
    policy.require(acting.current(), "agenda.edit", item)
    _hold_all(item)
    _refuse_under_silence(item)
    _checked(title, note, themes, urgency)
    check_version(item, seen_version)
    before = wordings.of([item]).get(item.pk, {})
    _take(item, entry)
    item.urgency, item.themes = urgency, themes
    save_next(item, ["urgency", "themes", "entry"])
    wordings.replace_placement(item)
    wordings.put(item, "title", title)
    wordings.put(item, "note", note)
    _record("agenda.edited", item, title, note, before=before)
    _index(item)
    return item


def _take(item: AgendaItem, entry: Entry | None) -> None:
    """The entry a changed item carries: none once its delegation writes it itself."""
    if acting.current().party_id == item.owner_party_id:
        item.entry = None
    elif entry is not None:
        if entry.owner_party_id != item.owner_party_id:
            raise NotAllowed(_("The entry is another delegation's."))
        item.entry = entry


def _refuse_under_silence(item: AgendaItem) -> None:
    for meeting in (item.meeting, *_meetings_above(item)):
        running = Procedure.objects.filter(subject_id=meeting.pk, state=Procedure.State.OPEN).first()
        if running is not None and any(line["item"] == str(item.pk) for line in running.frozen.content["lines"]):
            raise Refusal(
                _("This item stands in the agenda under silence and cannot change until it ends. Object to stop it.")
            )


def _hold_all(item: AgendaItem) -> datetime:
    # The item may stand on two agendas: its own meeting's, and the one it was handed up to.
    for meeting in _meetings_above(item):
        hold(meeting.pk)
    return hold(item.meeting_id)


def _meetings_above(item: AgendaItem) -> list[Meeting]:
    return [handing.meeting for handing in item.handings.select_related("meeting")]


def _index(item: AgendaItem) -> None:
    assert item.meeting.format is not None
    texts = wordings.of([item]).get(item.pk, {})
    url = f"meetings/{item.meeting.format.slug}/{item.meeting.slug}/agenda/items/{item.pk}/"
    for language, title in texts.get("title", {}).items():
        search.index(item, "agenda_item", language, title, texts.get("note", {}).get(language, ""), url)


@command
def submit_item(*, item: AgendaItem) -> AgendaItem:
    """Put a draft before all members. After the agenda was adopted it is late and needs all members' consent."""
    policy.require(acting.current(), "agenda.edit", item)
    now = hold(item.meeting_id)
    check_version(item, None)
    item.refresh_from_db()
    if item.submitted_at is not None:
        raise Refusal(_("The item was submitted already."))
    if item.entry_id is not None and acting.current().party_id == item.owner_party_id:
        item.entry = None
    item.audience, item.submitted_at, item.readable_from = Audience.FORMAT, now, now
    save_next(item, ["audience", "submitted_at", "readable_from", "entry"])
    wordings.replace_placement(item)
    texts = wordings.of([item]).get(item.pk, {})
    text = sentences.kept("item.submit", party=item.owner_party_id, **subject_of_item(item).words)
    _record("agenda.submitted", item, texts.get("title", {}), texts.get("note", {}), sentence=text)
    _index(item)
    return item


@command
def withdraw_item(
    *, item: AgendaItem, from_view: bool = False, party_id: UUID | None = None, entry: Entry | None = None
) -> Act:
    """Withdraw one's item; `from_view` hides its words from the others too. Nothing is lost, adopted versions keep theirs."""
    policy.require(acting.current(), "agenda.speak", item.meeting)
    party = speaker(item.meeting, party_id or item.owner_party_id, entry or _own_entry(item))
    if party != item.owner_party_id:
        raise NotAllowed(_("Only the delegation that proposed the item withdraws it."))
    now = _hold_all(item)
    _refuse_under_silence(item)
    if deciding.standing_of([item.pk], Act.Kind.WITHDRAW):
        raise Refusal(_("The item was withdrawn already."))
    draft = item.submitted_at is None
    act = act_on(subject_of_item(item), Act.Kind.WITHDRAW, now, party, entry or _own_entry(item), private=draft)
    if from_view and not draft:
        policy.require(acting.current(), "agenda.edit", item)
        check_version(item, None)
        item.audience = Audience.DELEGATION
        save_next(item, ["audience"])
        wordings.replace_placement(item)
        _index(item)
        recording.record("agenda.hidden", item, {}, meeting_id=item.meeting_id)
    return act


def _own_entry(item: AgendaItem) -> Entry | None:
    # The secretariat withdraws what it entered on the same entry, unless it received another word.
    return item.entry if acting.current().party_id is None else None


def _known(meeting: Meeting, item: AgendaItem) -> tuple[Agenda, AgendaItem]:
    agenda = agenda_of(meeting, get_language() or "en")
    found = item_of(agenda, item.pk)
    if found is None:
        raise NotAllowed(_("The item does not stand on this agenda."))
    return agenda, found


@command
def cosponsor(
    *, item: AgendaItem, meeting: Meeting | None = None, party_id: UUID | None = None, entry: Entry | None = None
) -> Act:
    """Co-sponsor another party's submitted item."""
    meeting = meeting or item.meeting
    policy.require(acting.current(), "agenda.speak", meeting)
    party = speaker(meeting, party_id, entry)
    now = hold(meeting.pk)
    _agenda, stands = _known(meeting, item)
    if stands.state in (DRAFT, WITHDRAWN):  # type: ignore[attr-defined]
        raise Refusal(_("Only a submitted item can be co-sponsored."))
    if party == item.owner_party_id:
        raise Refusal(_("Your delegation proposes this item already."), "for_party")
    if any(act.owner_party_id == party for act in stands.cosponsors):  # type: ignore[attr-defined]
        raise Refusal(_("The delegation co-sponsors this item already."), "for_party")
    if any(act.owner_party_id == party for act in stands.objections):  # type: ignore[attr-defined]
        raise Refusal(_("The delegation objects to this item; withdraw the objection first."), "for_party")
    return act_on(subject_of_item(item, meeting), Act.Kind.COSPONSOR, now, party, entry)


@command
def take_back(
    *,
    kind: str,
    subject: Subject,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Withdraw one's objection ("lift") or co-sponsorship ("uncosponsor"). Raises Refusal where none stands."""
    policy.require(acting.current(), "agenda.speak", subject.meeting)
    party = speaker(subject.meeting, party_id, entry)
    now = hold(subject.key)
    what = {Act.Kind.LIFT: Act.Kind.OBJECT, Act.Kind.UNCOSPONSOR: Act.Kind.COSPONSOR}[Act.Kind(kind)]
    if not any(act.owner_party_id == party for act in deciding.standing_of([subject.id], what)):
        raise Refusal(_("There is nothing of that delegation to withdraw here."), "for_party")
    act = act_on(subject, kind, now, party, entry)
    if subject.kind == SubjectKind.ITEM:
        _accept_late_if_complete(subject, now)
    return act


@command
def object_to_item(
    *,
    item: AgendaItem,
    reason: Texts,
    reason_audience: str = Audience.FORMAT,
    meeting: Meeting | None = None,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Object to an item, with a reason. In the agenda under silence it breaks the silence, if it comes before the instant."""
    meeting = meeting or item.meeting
    policy.require(acting.current(), "agenda.speak", meeting)
    party = speaker(meeting, party_id, entry)
    now = hold(meeting.pk)
    agenda, stands = _known(meeting, item)
    if stands.state in (DRAFT, WITHDRAWN):  # type: ignore[attr-defined]
        raise Refusal(_("Only a submitted item can be objected to."))
    in_time = deciding.came_in_time(meeting.pk, entry, now)
    if stands.state == ADOPTED and not agenda.under_silence(item.pk) and not in_time:  # type: ignore[attr-defined]
        raise Refusal(_("The item is part of the adopted agenda. Nothing was recorded."))
    if party == item.owner_party_id:
        raise Refusal(_("Your delegation proposes this item; withdraw it instead."), "for_party")
    if any(act.owner_party_id == party for act in stands.cosponsors):  # type: ignore[attr-defined]
        raise Refusal(_("The delegation co-sponsors this item; withdraw the co-sponsorship first."), "for_party")
    if any(act.owner_party_id == party for act in stands.objections):  # type: ignore[attr-defined]
        raise Refusal(_("The objection of that delegation stands already."), "for_party")
    return deciding.object_to(subject_of_item(item, meeting), now, party, entry, reason, reason_audience)


@command
def object_to_agenda(
    *,
    meeting: Meeting,
    reason: Texts,
    reason_audience: str = Audience.FORMAT,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Object to the adoption of the agenda as a whole. Before the instant of a silence it breaks it."""
    policy.require(acting.current(), "agenda.speak", meeting)
    party = speaker(meeting, party_id, entry)
    now = hold(meeting.pk)
    agenda = agenda_of(meeting, get_language() or "en")
    in_time = deciding.came_in_time(meeting.pk, entry, now)
    if agenda.adopted is not None and agenda.running is None and not agenda.difference and not in_time:
        raise Refusal(_("The agenda is adopted and nothing has changed since. Nothing was recorded."))
    if any(act.owner_party_id == party for act in agenda.objections):
        raise Refusal(_("The objection of that delegation stands already."), "for_party")
    return deciding.object_to(subject_of_agenda(meeting), now, party, entry, reason, reason_audience)


@command
def suggest_wording(
    *, item: AgendaItem, field: str, language: str, text: str, party_id: UUID | None = None, entry: Entry | None = None
) -> Suggestion:
    """Suggest another wording for a submitted item's title or note, in one language."""
    policy.require(acting.current(), "agenda.speak", item.meeting)
    party = speaker(item.meeting, party_id, entry)
    if item.submitted_at is None or deciding.standing_of([item.pk], Act.Kind.WITHDRAW):
        raise Refusal(_("Wordings are suggested for submitted items."))
    if field not in Suggestion.Field.values:
        raise Refusal(_("Choose whether it is for the title or the note."), "field")
    if not text.strip():
        raise Refusal(_("Write the wording you suggest."), "text")
    if len(text) > (LONGEST_TITLE if field == Suggestion.Field.TITLE else LONGEST_NOTE):
        raise Refusal(_("The wording is too long for this field."), "text")
    now = hold(item.meeting_id)
    place = subject_of_item(item).place(party, entry)
    row = Suggestion(item=item, field=field, language=language, at=now, **place)
    row.readable_from = now
    row.save(force_insert=True)
    wordings.put(row, "text", {language: text})
    recording.record(
        "agenda.suggested", row, {"field": field, "language": language, "text": text}, meeting_id=item.meeting_id
    )
    return row


@command
def answer_suggestion(*, suggestion: Suggestion, accept: bool, entry: Entry | None = None) -> Act:
    """Accept a suggested wording into one's item, or decline it. Raises NotAllowed for anyone but the proposer."""
    item = suggestion.item
    policy.require(acting.current(), "agenda.edit", item)
    now = _hold_all(item)
    if any(deciding.standing_of([suggestion.pk], kind) for kind in (Act.Kind.ACCEPT, Act.Kind.DECLINE)):
        raise Refusal(_("The suggestion was answered already."))
    if accept:
        _refuse_under_silence(item)
        check_version(item, None)
        text = wordings.of([suggestion])[suggestion.pk]["text"][suggestion.language]
        before = wordings.of([item]).get(item.pk, {})
        _take(item, entry)
        save_next(item, ["entry"])
        wordings.replace_placement(item)
        wordings.put(item, suggestion.field, {suggestion.language: text})
        after = wordings.of([item]).get(item.pk, {})
        _record("agenda.edited", item, after.get("title", {}), after.get("note", {}), before=before)
        _index(item)
    assert item.owner_party_id is not None
    subject = Subject(item.meeting, SubjectKind.SUGGESTION, suggestion.pk, item.meeting_id, {})
    kind = Act.Kind.ACCEPT if accept else Act.Kind.DECLINE
    return act_on(subject, kind, now, item.owner_party_id, entry or _own_entry(item))


@command
def consent_to_late_item(
    *, item: AgendaItem, meeting: Meeting | None = None, party_id: UUID | None = None, entry: Entry | None = None
) -> Act:
    """Consent to an item that came after the agenda was adopted. With the last consent a new version holds it."""
    meeting = meeting or item.meeting
    policy.require(acting.current(), "agenda.speak", meeting)
    party = speaker(meeting, party_id, entry)
    now = hold(meeting.pk)
    _agenda, stands = _known(meeting, item)
    if stands.state != LATE:  # type: ignore[attr-defined]
        raise Refusal(_("The item does not wait for consent."))
    if party in stands.consenting:  # type: ignore[attr-defined]
        raise Refusal(_("The consent of that delegation is recorded already."), "for_party")
    subject = subject_of_item(item, meeting)
    act = act_on(subject, Act.Kind.CONSENT, now, party, entry)
    _accept_late_if_complete(subject, now)
    return act


def _accept_late_if_complete(subject: Subject, now: datetime) -> None:
    """As the house, add a late item to the agenda once all members consent and none objects."""
    with acting.acting_as_house():
        agenda = agenda_of(subject.meeting, get_language() or "en")
        late = next((item for item in agenda.late if item.pk == subject.id), None)
        if late is None or not late.complete or agenda.adopted is None:  # type: ignore[attr-defined]
            return
        lines = [*agenda.adopted.content["lines"], line_of(late, agenda.texts.get(late.pk, {}))]
        deciding.put_forward(subject, Procedure.Method.CONSENT, now, {"lines": lines})
