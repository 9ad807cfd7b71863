"""Write templates of letters; issue a letter: filled, set as files, entered in the register, and from then on unchanged."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import acting, guarding, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import set_paper
from sofra.lexicon.profiles import language_name
from sofra.meetings import sentences
from sofra.meetings.commands.register import draw_mark, keep_made, register_note
from sofra.meetings.engine import letter_docx
from sofra.meetings.engine import letters as engine
from sofra.meetings.models import Invitation, Letter, LetterTemplate, Meeting, Note
from sofra.meetings.queries.delegations import parties_of
from sofra.meetings.queries.letters import Filled, fill_letter

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_TEXT = 120, 300, 20_000
Texts = dict[str, str]


def _texts(subject: Texts, text: Texts) -> None:
    written = False
    for language in {*subject, *text}:
        head, body = subject.get(language, "").strip(), text.get(language, "").strip()
        if not head and not body:
            continue
        if not head:
            raise Refusal(_("Write the subject in this language too."), f"subject_{language}")
        if not body:
            raise Refusal(_("Write the text in this language too."), f"text_{language}")
        if len(head) > LONGEST_SUBJECT or len(body) > LONGEST_TEXT:
            raise Refusal(
                _("The template is too long: at most 300 letters of subject and 20,000 of text."), f"text_{language}"
            )
        for said, field in ((head, "subject"), (body, "text")):
            try:
                engine.places(said, language)
            except engine.UnknownPlace as unknown:
                raise Refusal(
                    _("“%(named)s” is no place a letter has. The places are: %(places)s.")
                    % {"named": unknown.named, "places": ", ".join(f"{{{each}}}" for each in engine.PLACES)},
                    f"{field}_{language}",
                ) from unknown
        written = True
    if not written:
        raise Refusal(_("Write the subject and the text in at least one language."), "subject")


def _name(name: str) -> str:
    name = engine.plain(name).strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(_("Give the template a name of at most 120 letters."), "name")
    return name


@command
def write_template(*, format: Format, name: str, kind: str, subject: Texts, text: Texts) -> LetterTemplate:
    """Write a template. Raises NotAllowed; Refusal for a place there is none of, and for texts that lack a part."""
    policy.require(acting.current(), "register.keep", format.pk)
    if kind not in LetterTemplate.Kind.values:
        raise Refusal(_("Say what kind of letter it is."), "kind")
    _texts(subject, text)
    row = LetterTemplate(name=_name(name), kind=kind, format=format, audience=Audience.SECRETARIAT)
    row.save(force_insert=True)
    row.refresh_from_db()
    wordings.put(row, "subject", subject)
    wordings.put(row, "text", text)
    recording.record("letter.template", row, {"name": row.name, "subject": subject, "text": text})
    return row


@command
def edit_template(
    *, template: LetterTemplate, seen_version: int | None, name: str, kind: str, subject: Texts, text: Texts
) -> LetterTemplate:
    """Change a template; letters issued from it stay as they are. Raises NotAllowed, Conflict, Refusal."""
    policy.require(acting.current(), "register.keep", template.format_id)
    check_version(template, seen_version)
    template.refresh_from_db()
    if kind not in LetterTemplate.Kind.values:
        raise Refusal(_("Say what kind of letter it is."), "kind")
    _texts(subject, text)
    template.name, template.kind = _name(name), kind
    save_next(template, ["name", "kind"])
    wordings.put(template, "subject", subject)
    wordings.put(template, "text", text)
    recording.record("letter.template_changed", template, {"name": template.name, "subject": subject, "text": text})
    return template


@command
def retire_template(*, template: LetterTemplate) -> LetterTemplate:
    """Offer a template no more; it stays for the letters that came from it. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "register.keep", template.format_id)
    check_version(template, None)
    template.refresh_from_db()
    if template.retired_at is not None:
        raise Refusal(_("The template is retired already."))
    template.retired_at = database_now()
    save_next(template, ["retired_at"])
    recording.record("letter.template_retired", template, {"name": template.name})
    return template


@command
def issue_letter(
    *,
    meeting: Meeting,
    party_id: UUID,
    template: LetterTemplate,
    language: str,
    addressee: str,
    invitation: Invitation | None = None,
) -> Letter:
    """Issue a letter to a party in one language: it is entered in the register and kept as DOCX and PDF, and never changes.

    Raises NotAllowed; Refusal where no designation profile is in force, for a place for which nothing is known, a template
    without a text in that language, and a party that does not sit in the format.
    """
    policy.require(acting.current(), "register.keep", meeting.format_id)
    if party_id not in parties_of(meeting):
        raise Refusal(
            _("That party neither is a member of the format nor observes it on the day of the meeting."), "party"
        )
    if template.format_id != meeting.format_id or template.retired_at is not None:
        raise Refusal(_("Choose a template of this format that is not retired."), "template")
    if invitation is not None:
        if invitation.issued_at is None or invitation.withdrawn_at is not None:
            raise Refusal(_("Issue the invitation first; a letter follows it."))
        if invitation.party_id != party_id or invitation.meeting_id != meeting.pk:
            raise Refusal(_("Choose an invitation of the same party."), "party")
    mark = draw_mark()
    filled = fill_letter(
        meeting=meeting, party_id=party_id, template=template, language=language, addressee=addressee, mark=mark,
        invitation=invitation,
    )  # fmt: skip
    now = database_now()
    assert meeting.format is not None
    note = register_note(
        format=meeting.format, direction=Note.Direction.OUTGOING, subject=filled.subject, at=now, party_id=party_id,
        meeting=meeting, invitation=invitation, mark=mark, language=language,
    )  # fmt: skip
    row = Letter(
        meeting=meeting, note=note, template=template.pk, template_version=template.version, language=language,
        addressee="\n".join(filled.addressee), issued_at=now, **note.placement(),
    )  # fmt: skip
    row.save(force_insert=True)
    wordings.put(row, "text", {language: "\n\n".join(filled.paragraphs)})
    guarding.put_out(note)
    guarding.put_out(row, words_of(filled))
    page = page_of(filled, meeting, now, mark)
    keep_made(note, BytesIO(letter_docx.write(page, now)), f"{mark}.docx", language)
    keep_made(note, BytesIO(set_page(page, now)), f"{mark}.pdf", language)
    said = issue_sentence(filled, sentences.kept)
    recording.record(
        "letter.issued", row, {"sentence": said, "template": str(template.pk), "version": template.version},
        meeting_id=meeting.pk, shown=said,
    )  # fmt: skip
    return row


def words_of(filled: Filled) -> guarding.Texts:
    """The words of a filled letter, as the guard looks at them: with its foot, which holds the profile's footnote."""
    text = "\n\n".join([*filled.paragraphs, *filled.foot])
    return {"addressee": {filled.language: "\n".join(filled.addressee)}, "text": {filled.language: text}}


def issue_sentence(filled: Filled, word: Any) -> Any:
    """The sentence of issuing a letter; `word` is sentences.sentence or sentences.kept."""
    return word(
        "letter.issue", subject=filled.subject, addressee=filled.addressee[0], language=language_name(filled.language)
    )


def page_of(filled: Filled, meeting: Meeting, at: datetime, mark: str) -> engine.Page:
    """A filled letter as it is set on paper."""
    with override(filled.language):
        return engine.Page(
            language=filled.language,
            sender=filled.sender,
            reference=(_("Our reference"), mark),
            day=date_format(at.astimezone(ZoneInfo(meeting.zone))),
            addressee=filled.addressee,
            subject=filled.subject,
            paragraphs=filled.paragraphs,
            foot=filled.foot,
            marking=_("Exercise: positions invented") if meeting.exercise else "",
            page_word=_("Page"),
        )


def set_page(page: engine.Page, at: datetime) -> bytes:
    """A letter as PDF. Raises CannotSet for a fault of the template."""
    content = {
        "sender": page.sender,
        "facts": [f"{page.reference[0]}: {page.reference[1]}", page.day],
        "addressee": list(page.addressee),
        "subject": page.subject,
        "paragraphs": [each.split("\n") for each in page.paragraphs],
        "foot": list(page.foot),
    }
    return set_paper(
        "letter", content, language=page.language, title=page.subject, made=at, marking=page.marking,
        running=page.reference[1],
    )  # fmt: skip
