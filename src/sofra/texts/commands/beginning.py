"""A text is put on the table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording, search, wordings
from sofra.kernel.commands import command, database_now
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Meeting
from sofra.parties.queries.formats import members_on
from sofra.texts import labels
from sofra.texts.commands.rows import derived, of_all, put_stand, saved
from sofra.texts.engine.amending import Content, taken_apart
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.tree import BadText
from sofra.texts.models import Paragraph, Placing, Ruling, Status, Text

LONGEST_TITLE, MOST_PARAGRAPHS = 300, 3000
#: A heading is short and ends without a sign.
_HEADING = 90
_STATUS = {
    "agreed in working group": Status.WORKING_GROUP,
    "agreed ad referendum": Status.AD_REFERENDUM,
    "agreed": Status.AGREED,
}


@command
def begin(
    *,
    meeting: Meeting,
    title: dict[str, str],
    languages: list[str],
    notation: dict[str, str],
    equally_authentic: bool = False,
) -> Text:
    """Put a text on the table: its paragraphs in the notation, by language; the first of `languages` is authoritative.

    A language may have no text yet; one that has must have the same number of paragraphs. Raises NotAllowed, Refusal.
    """
    policy.require(acting.current(), "texts.begin", meeting)
    if not any(text.strip() for text in title.values()):
        raise Refusal(_("Write a title in at least one language."), "title")
    if any(len(text) > LONGEST_TITLE for text in title.values()):
        raise Refusal(_("A title has at most %(most)s letters.") % {"most": LONGEST_TITLE}, "title")
    if not languages or len(set(languages)) != len(languages):
        raise Refusal(_("Choose the languages of the text, each once."), "languages")
    read = {language: _read(meeting, language, notation.get(language, "")) for language in languages}
    first = read[languages[0]]
    if not first:
        raise Refusal(_("Write or paste the text in its authoritative language."), "notation")
    if len(first) > MOST_PARAGRAPHS:
        raise Refusal(_("A text has at most %(most)s paragraphs.") % {"most": MOST_PARAGRAPHS}, "notation")
    for language in languages[1:]:
        if read[language] and len(read[language]) != len(first):
            raise Refusal(
                _("The versions do not have the same number of paragraphs: %(first)s and %(other)s.")
                % {"first": len(first), "other": len(read[language])},
                "notation",
            )
    now = database_now()
    text = Text(
        meeting=meeting, languages=languages, equally_authentic=equally_authentic,
        audience="format", format_id=meeting.format_id,
    )  # fmt: skip
    saved(text, now)
    wordings.put(text, "title", title)
    guarding.put_out(text, {"text": {language: _base(some) for language, some in read.items() if some}})
    for number, (marked, status, _content) in enumerate(first, 1):
        paragraph = _put(text, float(number), marked, first, number - 1, now)
        for language in languages:
            if read[language] and not derived(text, language):
                put_stand(text, paragraph, language, read[language][number - 1][2], now)
        if status in _STATUS:
            saved(Ruling(paragraph=paragraph, sequence=1, status=_STATUS[status], **of_all(text)), now)
    recording.record(
        "texts.begun",
        text,
        {"title": title, "languages": languages, "paragraphs": len(first)},
        meeting_id=meeting.pk,
        shown={"title": title},
    )
    index(text)
    return text


Read = list[tuple[str, str, Content]]


def _base(read: Read) -> str:
    """What is nobody's in a text but of whoever puts it on the table."""
    return "\n\n".join(words for _number, _status, content in read if (words := project_content(content)))


def _read(meeting: Meeting, language: str, notation: str) -> Read:
    assert meeting.format is not None
    try:
        parsed = parse(notation.replace("\r\n", "\n"))
    except BadText as error:
        raise Refusal(str(error), "notation") from error
    members = [party.pk for party in members_on(meeting.format)]
    known = labels.known_labels(members, dict.fromkeys([language, get_language() or "en", "en"]))
    return [
        (number, status, labels.kept(content, known)) for number, status, content in map(taken_apart, parsed.paragraphs)
    ]


def _put(text: Text, place: float, number: str, read: Read, at: int, now: datetime) -> Paragraph:
    paragraph: Paragraph = saved(Paragraph(text=text, **of_all(text)), now)
    kind, level = _kind(read, at)
    saved(
        Placing(
            paragraph=paragraph, sequence=1, kind=kind, level=level, number=number, place=place, **of_all(text)
        ),
        now,
    )  # fmt: skip
    return paragraph


def _kind(read: Read, at: int) -> tuple[str, int]:
    number, _status, content = read[at]
    words = (project_content(content) or "").rstrip()
    if number.startswith("("):
        return Placing.Kind.OPERATIVE, 2 if number.strip("().") in ("i", "ii", "iii", "iv", "v", "vi") else 1
    if not number and len(words) < _HEADING and words[-1:] not in (".", ",", ";", ":"):
        return Placing.Kind.HEADING, 0
    if not number and words.endswith(",") and not any(each[0] for each in read[:at]):
        return Placing.Kind.PREAMBULAR, 0
    return Placing.Kind.OPERATIVE, 0


def index(text: Text) -> None:
    """Let a text be found by its title."""
    assert text.meeting.format is not None
    titles: dict[str, Any] = wordings.of([text]).get(text.pk, {}).get("title", {})
    url = f"meetings/{text.meeting.format.slug}/{text.meeting.slug}/texts/{text.pk}/"
    for language, title in titles.items():
        search.index(text, "text", language, title, "", url)
