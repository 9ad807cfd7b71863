"""The follow-up as a sheet: which columns it has, what stands in its rows, and what its words mean when it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.cooperation.engine.sheet import Column
from sofra.cooperation.models import Commitment, Report
from sofra.cooperation.queries import FollowUp
from sofra.cooperation.queries.lines import now
from sofra.kernel import wordings
from sofra.kernel.models import Audience, Format, Party
from sofra.lexicon.naming import names_basis, names_footnotes, order_parties, party_name, record_name
from sofra.meetings.models import Theme
from sofra.parties.formfields import OFFERED
from sofra.parties.queries.formats import members_on

#: Rows prepared for new commitments, each with an id of its own: handed in twice, it is written once.
PREPARED = 10
WORDS = ("title", "indicator", "ministry")


def columns(place: Format, language: str) -> list[Column]:
    """The columns in the reader's language."""
    owners = tuple(party_name(each, language).text for each in order_parties(members_on(place), language))
    themes = tuple(label for label, _slug in _themes(language))
    origins = tuple(str(label) for _value, label in Commitment.Origin.choices)
    names = dict(settings.LANGUAGES)

    def worded(key: str, head: str, width: int) -> list[Column]:
        return [Column(f"{key}:{code}", f"{head} ({names[code]})", width) for code in OFFERED]

    return [
        Column("id", "", hidden=True),
        *worded("title", _("What will be done"), 36),
        Column("owner", _("Owner"), 20, choices=owners),
        Column("origin", _("Arises from"), 20, choices=origins),
        Column("theme", _("Theme"), 20, choices=themes),
        Column("due", _("By when"), 13, date=True),
        Column("zone", _("Time zone"), 18),
        Column(f"reason:{language}", _("Reason for another date"), 28),
        *worded("indicator", _("How it will be seen to be done"), 36),
        *worded("ministry", _("Lead ministry"), 24),
        Column("state", _("State"), 16),
        Column("said", _("What was said"), 44),
        Column("report_on", _("New report: as of"), 13, date=True),
        Column("report_claim", _("New report: it is"), 14, choices=tuple(str(each.label) for each in Report.Claim)),
        Column(f"report_text:{language}", _("New report: what was done"), 44),
        Column("source_title", _("Source: title"), 28),
        Column("source_date", _("Source: date"), 13, date=True),
        Column("source_link", _("Source: link"), 28),
    ]


def about(found: FollowUp, place: Format, language: str, *, public: bool = False) -> list[str]:
    """What the sheet is, as of when, for whom, and whether it is an exercise."""
    meeting = found.meeting
    title = str(meeting.worded.get("title") or "") or date_format(meeting.day)  # type: ignore[attr-defined]
    format_title = str(place.worded.get("title") or place.worded.get("name") or "")  # type: ignore[attr-defined]
    said = _("Follow-up: %s") % " · ".join(each for each in (format_title, title) if each)
    lines = [
        f"{_('Exercise: positions invented')} · {said}" if meeting.exercise else said,
        _("As of %s (UTC)") % found.at.strftime("%Y-%m-%d %H:%M:%S"),
        _("Visible to: %(whom)s") % {"whom": Audience.PUBLIC.label}
        if public
        else _("Visible to: %s, and the secretariat") % Audience.FORMAT.label,
        " ".join([names_basis(language), *names_footnotes(language)]),
    ]
    if public:
        return [*lines, _("What the owners made public, and nothing else. The state is reckoned from that alone.")]
    return [
        *lines,
        _("Change what stands in a row, or fill an empty row, and hand the sheet in. State is never read from it."),
    ]


def rows_of(lines: Iterable[Any], language: str, *, prepared: Format | None = None) -> list[dict[str, Any]]:
    """The rows: one per commitment, then empty ones with ids for new commitments."""
    found = list(lines)
    texts = wordings.of([line.worded_by for line in found])
    themes = {slug: label for label, slug in _themes(language)}
    rows = [values_of(line, texts.get(line.worded_by.pk, {}), themes, language) for line in found]
    if prepared is not None:
        rows += [{"id": new_id(prepared)} for _number in range(PREPARED)]
    return rows


def values_of(line: Any, texts: dict[str, dict[str, str]], themes: dict[str, str], language: str) -> dict[str, Any]:
    """A commitment's row."""
    row = line.row
    values: dict[str, Any] = {
        "id": str(row.pk),
        "owner": party_name(row.owner, language).text,
        "origin": str(Commitment.Origin(row.origin_kind).label),
        "theme": themes.get(row.theme, row.theme),
        "due": line.due,
        "zone": line.state.zone or (line.newest.row.zone if line.newest else ""),
        "state": state_words(line),
        "said": "\n".join(_said(report) for report in line.said),
    }
    for name in WORDS:
        for code, text in texts.get(name, {}).items():
            values[f"{name}:{code}"] = text
    return values


def state_words(line: Any) -> str:
    """The state in words."""
    return str(
        {
            "proposed": _("Waits for its owner"),
            "countered": _("Another date asked"),
            "declined": _("Date declined"),
            "on_time": _("On time"),
            "late": _("Late"),
            "done": _("Done"),
            "lapsed": _("Lapsed"),
            "withdrawn": _("Withdrawn"),
        }[line.state.code.value]
    )


def new_id(place: Format) -> str:
    """An id for a row to come, which only the house can have given out."""
    return _signer(place).sign(f"new:{uuid4()}")


def read_id(text: str, place: Format) -> tuple[UUID, bool] | None:
    """The commitment's id, and whether it is one prepared for a new row; None where the house never gave it out."""
    try:
        if not text.startswith("new:"):
            return UUID(text), False
        return UUID(_signer(place).unsign(text).removeprefix("new:")), True
    except (ValueError, BadSignature):
        return None


def read_day(text: str) -> date | None:
    """A day as a sheet holds it; None where it is none."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10] if "T" in text else text, pattern).replace(tzinfo=None).date()
        except ValueError:
            continue
    return None


def owners(place: Format) -> dict[str, Party]:
    """Members by their names in every language of the house: as the page names them, and as the record does.

    A phrase that stands for more than one of them names nobody.
    """
    found: dict[str, dict[UUID, Party]] = {}
    for party in members_on(place):
        for code, _name in settings.LANGUAGES:
            for name in (party_name(party, code), record_name(party, code)):
                found.setdefault(name.text.casefold(), {})[party.pk] = party
    return {text: next(iter(parties.values())) for text, parties in found.items() if len(parties) == 1}


def choice(kind: type[TextChoices], text: str) -> str | None:
    """The value of a choice by its word in a complete language of the house; None where there is none."""
    for code in OFFERED:
        with override(code):
            for value, label in kind.choices:
                if str(label).casefold() == text.casefold():
                    return str(value)
    return None


def theme_of(text: str) -> str | None:
    """The slug of a theme by its title in any language; None where there is none."""
    if not text:
        return ""
    rows = list(Theme.objects.all())
    titles = wordings.of(rows)
    for row in rows:
        known = {row.slug, *(each.casefold() for each in titles.get(row.pk, {}).get("title", {}).values())}
        if text.casefold() in known:
            return row.slug
    return None


def _said(report: Any) -> str:
    text = str(report.worded.get("text") or "")
    mark = _("entered by the secretariat") if report.entry_id else ""
    claim = Report.Claim(report.claim).label
    head = " · ".join(each for each in (date_format(report.on), str(claim), mark) if each)
    return f"{head}: {text}"


def _themes(language: str) -> list[tuple[str, str]]:
    rows = list(Theme.objects.filter(retired=False))
    wordings.attach(rows, language)
    return [(str(row.worded.get("title") or row.slug), row.slug) for row in rows]  # type: ignore[attr-defined]


def _signer(place: Format) -> Signer:
    return Signer(salt=f"cooperation.sheet.{place.pk}", sep="|")


def file_name(found: FollowUp) -> str:
    """The name of the file: no party and no id in it."""
    return f"follow-up-{found.meeting.slug}-{now():%Y-%m-%d}.xlsx"
