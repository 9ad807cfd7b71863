"""How the room shows its rows in lists of changes, and what the house's tests walk it with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from sofra.kernel import wordings
from sofra.kernel.models import Audience
from sofra.kernel.rooms import Card
from sofra.texts.models import (
    Adoption,
    Closing,
    LanguageVersion,
    PenHolding,
    Position,
    Proposal,
    Reopening,
    Ruling,
    Settlement,
    Silence,
    SilenceBreak,
    SilenceEvent,
    Stand,
    Statement,
    Text,
    Version,
)

#: The meeting of the world that walks every route.
SAMPLE = "canaries-texts"


def _texts(keys: set[UUID], language: str) -> dict[UUID, Text]:
    rows = list(Text.objects.select_related("meeting__format").filter(pk__in=keys))
    wordings.attach(rows, language)
    return {row.pk: row for row in rows}


def _card(text: Any, paragraph: UUID | None = None) -> Card:
    place = {"format": text.meeting.format.slug, "meeting": text.meeting.slug, "text": text.pk}
    url = reverse("text", kwargs=place)
    if paragraph is not None:
        url = reverse("text_paragraph", kwargs={**place, "paragraph": paragraph})
    return Card(text.worded.get("title", ""), url)


def text_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Texts by their title."""
    return {key: _card(row) for key, row in _texts(set(ids), language).items()}


def _of_text(model: Any) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def found(ids: list[UUID], language: str) -> dict[UUID, Card]:
        rows = dict(model.objects.filter(pk__in=ids).values_list("pk", "text_id"))
        texts = _texts(set(rows.values()), language)
        return {pk: _card(texts[text]) for pk, text in rows.items() if text in texts}

    return found


def _of_silence(model: Any) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def found(ids: list[UUID], language: str) -> dict[UUID, Card]:
        rows = dict(model.objects.filter(pk__in=ids).values_list("pk", "silence__text_id"))
        texts = _texts(set(rows.values()), language)
        return {pk: _card(texts[text]) for pk, text in rows.items() if text in texts}

    return found


def _of_paragraph(model: Any) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def found(ids: list[UUID], language: str) -> dict[UUID, Card]:
        rows = list(model.objects.filter(pk__in=ids).values_list("pk", "paragraph_id", "paragraph__text_id"))
        texts = _texts({text for _pk, _paragraph, text in rows}, language)
        return {pk: _card(texts[text], paragraph) for pk, paragraph, text in rows if text in texts}

    return found


def cards() -> dict[str, Callable[[list[UUID], str], dict[UUID, Card]]]:
    """Cards by table."""
    return {
        "texts.text": text_cards,
        "texts.proposal": _of_paragraph(Proposal),
        "texts.position": _of_paragraph(Position),
        "texts.closing": _of_paragraph(Closing),
        "texts.ruling": _of_paragraph(Ruling),
        "texts.settlement": _of_paragraph(Settlement),
        "texts.penholding": _of_text(PenHolding),
        "texts.version": _of_text(Version),
        "texts.languageversion": _of_text(LanguageVersion),
        "texts.stand": _of_paragraph(Stand),
        "texts.adoption": _of_text(Adoption),
        "texts.reopening": _of_text(Reopening),
        "texts.statement": _of_text(Statement),
        "texts.silence": _of_text(Silence),
        "texts.silencebreak": _of_silence(SilenceBreak),
        "texts.silenceevent": _of_silence(SilenceEvent),
    }


def _meeting(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug, "meeting": SAMPLE}


def _text(world: Any) -> dict[str, Any]:
    return {**_meeting(world), "text": world.found["texts.text"]}


def _under(world: Any) -> dict[str, Any]:
    return {**_meeting(world), "text": world.found["texts.under"]}


def _paragraph(world: Any) -> dict[str, Any]:
    return {**_text(world), "paragraph": world.found["texts.paragraph"]}


def samples() -> dict[str, Callable[[Any], dict[str, Any]]]:
    """Arguments for every route."""
    return {
        **dict.fromkeys(("texts", "text_begin"), _meeting),
        **dict.fromkeys(
            ("text", "text_pen", "text_circulate", "text_silence_open", "text_adopt", "text_attach"), _text
        ),
        **dict.fromkeys(
            (
                "text_bring",
                "text_burn_down",
                "text_compare",
                "text_red_lines",
                "text_matrix",
                "text_packages",
                "text_packages_standing",
                "text_files",
                "text_ours",
                "text_history",
                "text_screen",
                "text_screen_live",
            ),
            _text,
        ),
        **dict.fromkeys(("signing_key", "signing_key_file"), lambda world: {}),
        "text_version_signed": lambda world: {**_under(world), "number": 1},
        "text_file": lambda world: {**_text(world), "form": "txt"},
        **dict.fromkeys(("text_languages", "text_language"), _text),
        "text_render": lambda world: {**_paragraph(world), "tongue": "tr"},
        "text_paper": lambda world: {**_text(world), "kind": "clean", "form": "docx"},
        **dict.fromkeys(("text_silences", "text_reopen"), _under),
        "text_detach": lambda world: {**_text(world), "statement": world.found["texts.statement"]},
        **{
            f"text_silence_{act}": lambda world: {**_under(world), "silence_id": world.found["texts.silence"]}
            for act in ("break", "withdraw", "answer")
        },
        **dict.fromkeys(("text_paragraph", "text_propose", "text_delete", "text_add", "text_status"), _paragraph),
        **dict.fromkeys(("text_compromise", "text_move", "text_split", "text_merge", "text_informal"), _paragraph),
        **dict.fromkeys(("text_version", "text_version_words"), lambda world: {**_text(world), "number": 1}),
        "text_settle": lambda world: {**_text(world), "proposal": world.found["texts.shape"]},
        "text_informal_take": lambda world: {**_text(world), "own": world.found["texts.informal"]},
        "text_position": lambda world: {**_paragraph(world), "choice": world.found["texts.choice"]},
        "text_close": lambda world: {**_paragraph(world), "point": world.found["texts.point"]},
        "text_withdraw": lambda world: {**_text(world), "proposal": world.found["texts.proposal"]},
        "text_confirm": lambda world: {**_text(world), "position": world.found["texts.position"]},
    }


def canaries(world: Any) -> None:
    """A text with words of all members, of one delegation for the chair, and of one delegation for itself."""
    from sofra.kernel.commands import database_now, enter_for
    from sofra.meetings.models import Meeting
    from sofra.texts.commands import adopting, beginning, deciding, languages, positions, proposing
    from sofra.texts.queries.text import paragraphs_now

    shared, chair = world.token("format"), world.token("AL+secretariat")
    with world.act("secretariat"):
        meeting = Meeting.objects.create(
            format=world.format, slug=SAMPLE, day=date(2027, 1, 24), zone="Europe/Istanbul", audience=Audience.PUBLIC
        )
        wordings.put(meeting, "title", {"en": "Meeting of the canaries: texts"})
        text = beginning.begin(
            meeting=meeting, title={"en": f"Text {shared}"}, languages=["en"],
            notation={"en": f"We meet {shared}.\n\n2. We part."},
        )  # fmt: skip
        first, second = (each.row for each in paragraphs_now(text))
        deciding.circulate(text=text, note={"en": world.token("format")})
    with world.act("AL"):
        made = proposing.propose(
            paragraph=first, wording=f"We meet {shared} often {world.token('format')}.", language="en", seen=None,
            explanation={"en": world.token("AL+secretariat")}, explanation_audience=Audience.SECRETARIAT,
        )  # fmt: skip
        proposing.propose(
            paragraph=first, wording=f"We meet {chair}.", language="en", seen=None, audience=Audience.SECRETARIAT
        )
        proposing.propose(
            paragraph=second, wording=f"We part {world.token('AL')}.", language="en", seen=None,
            audience=Audience.DELEGATION, explanation={"en": world.token("AL")},
        )  # fmt: skip
        proposing.add_paragraph(
            text=text, after=second, wording=f"We {chair}.", language="en", audience=Audience.SECRETARIAT
        )
        now = paragraphs_now(text, [first.pk])[0]
        point = now.points("en")[0]
        said: dict[str, Any] = {"paragraph": first, "language": "en", "choice": point.choices[0].key}
        for audience, holder in ((Audience.DELEGATION, "AL"), (Audience.SECRETARIAT, "AL+secretariat")):
            positions.take_position(**said, stance="objects", audience=audience, reason={"en": world.token(holder)})
    with world.act("RS"):
        positions.take_position(**said, stance="reserves", reason={"en": world.token("format")})
    with world.act("secretariat"):
        entry = enter_for(
            world.parties["AL"].pk, world.format.pk, channel="call", received_at=database_now(), reference="heard"
        )
        heard = positions.take_position(
            **said, stance="supports", heard=True, party_id=world.parties["AL"].pk, entry=entry
        )
        deciding.rule_on(paragraph=second, status="agreed", reason={"en": world.token("format")})
        deciding.rule_on(paragraph=second, status="open", reason={"en": world.token("format")})
        deciding.pass_pen(text=text, holder=world.parties["AL"].pk, reason={"en": world.token("format")})
        deciding.pass_pen(text=text, holder=None)
        languages.put_language(text=text, language="tr", translator=world.token("format"))
        words = f"{shared} {world.token('format')} buluşuyoruz."
        languages.enter_paragraph(paragraph=first, language="tr", notation=words, seen=None)
    _silent(world, meeting)
    _shaped(world, first, second)
    with world.act("AL"):
        stated = adopting.attach(text=text, kind="reservation", words={"en": world.token("format")})
        world.found["texts.statement"] = stated.pk
    world.found |= {
        "texts.text": text.pk, "texts.paragraph": first.pk, "texts.point": point.key, "texts.choice": point.choices[0].key,
        "texts.proposal": made.pk, "texts.position": heard.pk,
    }  # fmt: skip


def _shaped(world: Any, first: Any, second: Any) -> None:
    """Proposals to move, waiting and decided; wordings without a name, in and out of view; a version that was opened."""
    from sofra.texts.commands import informal, receipts, reshaping
    from sofra.texts.models import Version

    with world.act("AL"):
        waiting = reshaping.reshape(paragraph=second, kind="move", explanation={"en": world.token("format")})
        reshaping.reshape(
            paragraph=second, kind="merge", target=first, audience=Audience.SECRETARIAT,
            explanation={"en": world.token("AL+secretariat")},
        )  # fmt: skip
        done = reshaping.reshape(paragraph=second, kind="move")
        own = informal.put_forward(
            paragraph=first, language="en", wording=f"We stay {world.token('AL')}.", step=timedelta(days=9000)
        )
        taken = informal.put_forward(
            paragraph=first, language="en", wording=f"We stay {world.token('AL')}.", step=timedelta(0)
        )
        informal.take_from_view(own=taken)
        informal.put_forward(
            paragraph=first, language="en", wording=f"We stay {world.token('format')}.", step=timedelta(0)
        )
        receipts.note_version(Version.objects.get(text=first.text, number=1))
    with world.act("secretariat"):
        reshaping.settle(proposal=done, accepted=False, reason={"en": world.token("format")})
    world.found |= {"texts.shape": waiting.pk, "texts.informal": own.pk}


def _silent(world: Any, meeting: Any) -> None:
    """A second text: adopted and reopened, then put under a silence that one party broke without being named."""
    from sofra.kernel.commands import database_now
    from sofra.texts.commands import adopting, beginning, silence

    with world.act("secretariat"):
        text = beginning.begin(
            meeting=meeting,
            title={"en": f"Second {world.token('format')}"},
            languages=["en"],
            notation={"en": "We stay."},
        )
        adopting.adopt(text=text, question={"en": world.token("format")})
        adopting.reopen(text=text, reason={"en": world.token("format")})
        row = silence.open_silence(
            text=text, deadline=database_now() + timedelta(days=400), question={"en": world.token("format")},
            names_breaker=False,
        )  # fmt: skip
    with world.act("AL"):
        silence.break_silence(silence=row, words={"en": world.token("AL+secretariat")})
    world.found |= {"texts.under": text.pk, "texts.silence": row.pk}
