"""A silence that ran out unbroken has adopted its version; whoever writes next to the text finds it so and records it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from sofra.kernel import acting, recording, wordings
from sofra.kernel.refusals import Refusal
from sofra.texts.commands.signing import sign_adoption
from sofra.texts.models import Adoption, Silence, SilenceEvent, Text
from sofra.texts.queries.silence import adoption_of, running_on


def record_lapse(text: Text, now: datetime) -> None:
    """Record, as the house, a silence that ran out by `now`. The caller holds the text. The adoption is of the deadline."""
    row = Silence.objects.filter(text=text).order_by("-at").select_related("version_under").first()
    if row is None or now < row.deadline:
        return
    if SilenceEvent.objects.filter(silence=row, kind__in=SilenceEvent.ENDINGS).exists():
        return
    place = {"audience": text.audience, "format_id": text.format_id, "readers": list(text.readers)}
    with acting.acting_as_house():
        ended = SilenceEvent(
            silence=row, kind=SilenceEvent.Kind.ADOPTED, at=row.deadline, readable_from=row.deadline, **place
        )
        ended.save(force_insert=True)
        recording.record("texts.silence_adopted", ended, {"silence": row.pk}, meeting_id=text.meeting_id, visible=False)
        adoption = Adoption(
            text=text, version_adopted=row.version_under, method=Adoption.Method.SILENCE, silence=row,
            ad_referendum=row.ad_referendum, digests=row.version_under.digests, at=row.deadline,
            readable_from=row.deadline, **place,
        )  # fmt: skip
        adoption.save(force_insert=True)
        signatures = sign_adoption(adoption)
        wordings.put(adoption, "question", wordings.of([row]).get(row.pk, {}).get("question", {}))
        recording.record(
            "texts.adopted",
            adoption,
            {"version": row.version_under.number, "method": "silence", "digests": adoption.digests, "at": row.deadline,
             "signatures": signatures},
            meeting_id=text.meeting_id,
        )  # fmt: skip


def refuse_under_silence(text: Text, now: datetime) -> None:
    """Raise Refusal while a silence runs on a text: an amendment is sent as what breaks it."""
    if running_on(text, now) is not None:
        raise Refusal(
            _("The text is under silence and does not change until it ends. An objection or an amendment breaks it.")
        )


def refuse_closed(text: Text, now: datetime) -> None:
    """Raise Refusal where a text does not change: it is under silence, or adopted."""
    refuse_under_silence(text, now)
    if adoption_of(text) is not None:
        raise Refusal(_("The text is adopted and does not change, unless it is reopened."))
