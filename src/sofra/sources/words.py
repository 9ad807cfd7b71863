"""What the record's codes are called on a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVELS: dict[str, Any] = {
    "foreign_minister": _("Foreign minister"),
    "deputy_foreign_minister": _("Deputy foreign minister"),
    "deputy_prime_minister": _("Foreign minister and deputy prime minister"),
    "deputy_minister": _("Deputy minister (state secretary)"),
    "senior_official": _("Senior officials, level not told apart"),
}
COLUMNS: dict[str, Any] = {
    "session_expected": _("Meeting: expected"),
    "session_told": _("Meeting: told afterwards"),
    "session_later": _("Meeting: later reports"),
    "reception_told": _("Reception: told afterwards"),
    "reception_later": _("Reception: later reports"),
}
BASICS: dict[str, Any] = {
    "date": _("Date"),
    "place": _("Place"),
    "host": _("Host"),
    "chair": _("Chair"),
}
EFFECTS: dict[str, Any] = {
    "confirms": _("A later report confirms it"),
    "contradicts": _("A later report contradicts it"),
    "corrects_as_of": _("A later report dates it differently"),
    "differs": _("A later report differs"),
    "supports": _("A later report supports it"),
    "qualifies": _("A later report qualifies it"),
    "adds": _("A later report adds to it"),
    "resolves": _("A later report settles it"),
}
SAYS: dict[str, Any] = {
    "confirms": _("Confirms"),
    "contradicts": _("Contradicts"),
    "corrects_as_of": _("Dates differently"),
    "differs": _("Differs from"),
    "supports": _("Supports"),
    "qualifies": _("Qualifies"),
    "adds": _("Adds to"),
    "resolves": _("Settles"),
}
SENSITIVITIES: dict[str, Any] = {
    "status": _("It speaks of status"),
    "ethnic_generalisation": _("It generalises about peoples"),
}
UNITS: dict[str, Any] = {
    "usd_billion": _("billion US dollars"),
    "participants": _("participants"),
    "persons": _("persons"),
    "contributors": _("contributors"),
    "recognitions": _("recognitions"),
    "parties": _("parties"),
    "months": _("months"),
    "years": _("years"),
    "rank": pgettext_lazy("unit of a figure", "by size"),
}
PRECISIONS: dict[str, Any] = {
    "approximately": _("approximately"),
    "around": _("around"),
    "more_than": _("more than"),
    "at_least": _("at least"),
    "many": _("many"),
}
NAME_USES: dict[str, Any] = {
    "record": _("form used by this record"),
    "seen": _("seen in a source"),
    "metonym": _("a capital that stands for its government"),
    "name": _("name"),
    "variant": _("variant"),
    "short": _("short form"),
    "abbreviation": _("abbreviation"),
}
ROLES: dict[str, Any] = {
    "initiator": _("initiator"),
    "host": _("host"),
    "chair": _("chair"),
    "participant": _("participant"),
    "none": _("no part in the platform"),
}
SECTIONS: dict[str, tuple[Any, Any]] = {
    "formats": (
        _("The platform and the consultations"),
        _("What the sources say of the platform itself and of the two trilateral consultations."),
    ),
    "events": (
        _("Events outside meetings"),
        _("Visits, calls, gatherings and changes of command that took place outside a meeting."),
    ),
    "mechanisms": (
        _("Mechanisms and institutions"),
        _("What exists already: processes, councils, missions, bodies."),
    ),
    "agreements": (
        _("Agreements and projects"),
        _("Treaties, memoranda, declarations and concrete projects that the sources name."),
    ),
    "figures": (
        _("Figures"),
        _("Numbers, each with its precision, its unit and the date it speaks for."),
    ),
    "statements": (
        _("Statements on relations"),
        _("What the sources say of relations in the region, opinion marked as such."),
    ),
    "people": (
        _("People and offices"),
        _("Who is named, in which office, and how each source spells the name."),
    ),
    "names": (
        _("Names of parties"),
        _("How each source writes the names of the parties, quoted and attributed."),
    ),
    "places": (
        _("Places and groups"),
        _("Places, regions and groups that the sources mention."),
    ),
}
EVENT_KINDS: dict[str, Any] = {
    "reception": _("Reception"),
    "state_visit": _("State visit"),
    "gathering": _("Gathering"),
    "contact": _("Contact"),
    "statement": _("Statement"),
    "command": _("Change of command"),
}
FLAGS: dict[str, Any] = {"border": _("holds the word “border”")}
