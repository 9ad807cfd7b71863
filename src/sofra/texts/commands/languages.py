"""A text in other languages: that there is a version, what it is, and its paragraphs."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.refusals import Refusal
from sofra.parties.queries.formats import members_on
from sofra.texts import labels
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.rows import (
    LATIN,
    LONGEST,
    as_owner_of,
    derived,
    hold,
    latest_stand,
    of_all,
    placing_of,
    put_stand,
    refuse_derived,
    saved,
)
from sofra.texts.engine.amending import Content, content_of, taken_apart
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.consistency import latin_of
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.tree import BadText
from sofra.texts.models import LanguageVersion, Paragraph, Stand, Text
from sofra.texts.queries.text import paragraphs_now

LONGEST_NAME = 200


@command
def put_language(*, text: Text, language: str, authentic: bool = False, translator: str = "") -> LanguageVersion:
    """Say that a text has a version in a language, whether it is equally authentic or a translation, and whose.

    Where the text stands in Serbian Cyrillic, its Latin follows at once. Raises NotAllowed, Refusal.
    """
    policy.require(acting.current(), "texts.render", text)
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("The house does not know this language."), "language")
    if language == text.authoritative:
        raise Refusal(
            _("This is the language that decides; it is neither a translation nor one beside others."), "language"
        )
    name = " ".join(translator.split())
    if len(name) > LONGEST_NAME:
        raise Refusal(_("A name has at most %(most)s letters.") % {"most": LONGEST_NAME}, "translator")
    now = hold(text)
    refuse_closed(text, now)
    by = acting.current().party_id
    with as_owner_of(text):
        row = LanguageVersion(text=text, language=language, authentic=authentic, translator=name, **of_all(text))
        saved(row, now)
        new = language not in text.languages
        text.languages = list(dict.fromkeys([*text.languages, language]))
        if new and derived(text, LATIN) and language in (LATIN, "sr"):
            _derive(text, now)
        details = {"language": language, "authentic": authentic, "translator": name, "by": by}
        recording.record("texts.language", row, details, meeting_id=text.meeting_id)
    return row


def _derive(text: Text, now: object) -> None:
    for each in paragraphs_now(text):
        if each.shared and "sr" in each.stands:
            put_stand(text, each.row, LATIN, latin_of(each.content("sr")), now)  # type: ignore[arg-type]


@command
def enter_paragraph(*, paragraph: Paragraph, language: str, notation: str, seen: UUID | None) -> Stand:
    """Enter or change a paragraph of a language version, in the notation, with the same brackets as the authoritative one.

    `seen` is the stand it was written against; None, where there was none. Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    policy.require(acting.current(), "texts.render", text)
    now = hold(text)
    refuse_closed(text, now)
    if language == text.authoritative:
        raise Refusal(_("The authoritative wording changes by proposals alone."))
    if language not in text.languages:
        raise Refusal(_("The text has no version in this language."))
    refuse_derived(text, language)
    content = _read(text, paragraph, language, notation)
    current = latest_stand(paragraph, language)
    if (current.pk if current is not None else None) != seen:
        raise Refusal(
            _("Somebody changed this version of the paragraph meanwhile. What you wrote stands below; look at both."),
            "notation",
        )
    if current is not None and content_of(current.content) == content:
        raise Refusal(_("That is how the paragraph stands in this language already. Nothing was recorded."), "notation")
    by = acting.current().party_id
    with as_owner_of(text):
        row = put_stand(text, paragraph, language, content, now)
        details = {"paragraph": paragraph.pk, "language": language, "content": row.content, "by": by}
        recording.record("texts.rendered", row, details, meeting_id=text.meeting_id)
    guarding.put_out(row, {"text": {language: project_content(content) or ""}})
    return row


def _read(text: Text, paragraph: Paragraph, language: str, notation: str) -> Content:
    assert text.meeting.format is not None
    if len(notation) > LONGEST:
        raise Refusal(_("A paragraph has at most %(most)s letters.") % {"most": LONGEST}, "notation")
    try:
        parsed = parse(" ".join(notation.split()))
    except BadText as error:
        raise Refusal(str(error), "notation") from error
    if len(parsed.paragraphs) != 1:
        raise Refusal(_("Write the paragraph in this language."), "notation")
    number, _status, content = taken_apart(parsed.paragraphs[0])
    if number and number != placing_of(paragraph).number:
        raise Refusal(_("The number of a paragraph is the same in all languages."), "notation")
    members = [party.pk for party in members_on(text.meeting.format)]
    codes = dict.fromkeys([language, get_language() or "en", "en"])
    return labels.kept(content, labels.known_labels(members, codes))
