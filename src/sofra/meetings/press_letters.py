"""What is issued for the press as a letter to the media: the same page as every letter, with the embargo's line on top."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import wordings
from sofra.kernel.accounts import mail
from sofra.kernel.clock import exact
from sofra.kernel.commands import database_now
from sofra.lexicon.naming import pieces, under
from sofra.meetings.commands.letters import set_page
from sofra.meetings.engine import letter_docx
from sofra.meetings.engine import letters as engine
from sofra.meetings.models import Meeting, PressIssue
from sofra.meetings.queries.profile import require_profile


def standing(piece: Any) -> PressIssue | None:
    """The issue to everyone that stands or is set for an instant ahead; `piece` as queries.press.stand leaves it."""
    found = [row for row in piece.issued if row.withdrawn_at is None and row.to == PressIssue.To.EVERYONE]
    return found[-1] if found else None


def write(issue: PressIssue, language: str, kind: str) -> bytes:
    """The letter as "pdf", "docx" or "eml". Raises Refusal where nobody can name its sender; CannotSet."""
    page = page_of(issue, language)
    if kind == "pdf":
        return set_page(page, issue.at)
    if kind == "docx":
        return letter_docx.write(page, issue.at)
    said = [
        page.marking,
        f"{page.reference[0]}: {page.reference[1]}",
        page.sender,
        page.subject,
        *page.paragraphs,
        *page.foot,
    ]
    return bytes(mail.letter(to="", subject=page.subject, body="\n\n".join(each for each in said if each)))


def page_of(issue: PressIssue, language: str) -> engine.Page:
    """The letter in one language, the embargo (or since when it is public) where a letter has its reference."""
    meeting, text = issue.meeting, issue.content["texts"][language]
    sender = _sender(meeting, language)
    with override(language):
        label = _("Embargo until") if issue.readable_from > database_now() else _("Public since")
        return engine.Page(
            language=language,
            sender=sender,
            reference=(label, exact(issue.readable_from, meeting.zone)),
            day=date_format(issue.at.astimezone(ZoneInfo(meeting.zone))),
            addressee=(_("To the media"),),
            subject=text["title"],
            paragraphs=engine.paragraphs(text["body"]),
            foot=tuple(text.get("foot", ())),
            marking=_("Exercise: positions invented") if meeting.exercise else "",
            page_word=_("Page"),
        )


def _sender(meeting: Meeting, language: str) -> str:
    texts = wordings.of([meeting.format_id]).get(meeting.format_id, {}) if meeting.format_id else {}
    text = next((texts[name][language] for name in ("title", "name") if texts.get(name, {}).get(language)), "")
    with under(require_profile(meeting) if "{" in text else None):
        return "".join(str(piece) for piece in pieces(text, language))
