"""How a page of a text finds its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.models import Role
from sofra.kernel.pages import actor_of, language
from sofra.meetings.models import Meeting
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.queries.formats import members_on
from sofra.texts.models import Text
from sofra.texts.presenting import Shown
from sofra.texts.queries.room import words_of
from sofra.texts.queries.text import Now, paragraphs_now, text_of
from sofra.texts.views.keeping import Keeping


@dataclass
class Place:
    """A text, the reader's view of it, and the language in which its words are read."""

    request: HttpRequest
    meeting: Meeting
    text: Text
    tongue: str
    shown: Shown

    def url(self, name: str, **more: Any) -> str:
        """The address of a page of this text, in the language that is read."""
        found = address(name, self.meeting, text=self.text.pk, **more)
        return found if self.tongue == self.text.authoritative else f"{found}?in={self.tongue}"

    def can(self, action: str) -> bool:
        """Whether the reader may do something to the text."""
        return bool(policy.decide(actor_of(self.request), action, self.text))

    def now(self, paragraph: UUID) -> Now:
        """One paragraph as it stands; 404 where the reader knows of none such."""
        found = paragraphs_now(self.text, [paragraph])
        if not found:
            raise Http404
        found[0].row.text = self.text
        return found[0]

    def asking(self, now: Now | None = None, **more: Any) -> Asking:
        """A page that asks for one thing about the text or one of its paragraphs."""
        title: Any = self.text
        if now is None:
            return Keeping(self.request, back=self.url("text"), about=title.worded["title"], obj=self.text, **more)
        back = self.url("text_paragraph", paragraph=now.row.pk)
        return Keeping(self.request, back=back, about=title.worded["title"], obj=now.row, **more)


def place_of(request: HttpRequest, format: str, meeting: str, text: UUID) -> Place:
    """The text of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    found = text_of(row, text, language())
    if found is None:
        raise Http404
    assert row.format is not None
    asked = request.GET.get("in", "")
    tongue = asked if asked in found.languages else found.authoritative
    return Place(request, row, found, tongue, Shown(members_on(row.format), language()))


def may_have_files(request: HttpRequest) -> bool:
    """Whether the reader is of those to whom files of a text are handed out: delegations and the secretariat."""
    actor = actor_of(request)
    return actor.party_id is not None or actor.role == Role.SECRETARIAT


def called(now: Now) -> str:
    """What a paragraph is called in a sentence: its number, or its first words."""
    if now.placing.number:
        return str(now.placing.number)
    words = next((words_of(now.stands[each].content) for each in sorted(now.stands)), "").split()
    return f"“{' '.join(words[:6])}…”" if words else "—"
