"""What the lexicon brings to the house, and what the record brings where it needs the names of parties."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel import acting, guarding
from sofra.kernel.doors import DELEGATES, SEATED
from sofra.kernel.rooms import Nav, Room
from sofra.lexicon import presenting
from sofra.lexicon.commands import load_party_names
from sofra.lexicon.indexing import index_record
from sofra.lexicon.saving import Guard
from sofra.lexicon.waiting import CARDS, desk


def _canaries(world: Any) -> None:
    """The rows that the record's own canaries hold, let be found; then the lexicon's own."""
    with acting.acting_as_house():
        index_record()
    presenting.canaries(world)


guarding.install(Guard())

ROOM = Room(
    name="lexicon",
    title=_("Lexicon"),
    order=30,
    api="sofra.lexicon.api.router",
    nav=(
        Nav(_("Lexicon"), "lexicon", order=40, key="x", roles=SEATED),
        Nav(_("Lint desk"), "lint_desk", order=41, key="k", roles=SEATED),
        Nav(_("Your red lines"), "red_lines", order=42, roles=DELEGATES),
    ),
    desk=desk,
    cards={
        **CARDS,
        "lexicon.entitydesignation": presenting.designation_cards,
        "lexicon.ruling": presenting.ruling_cards,
        "lexicon.objection": presenting.objection_cards,
        "lexicon.objectionwithdrawal": presenting.withdrawal_cards,
    },
    changes={
        "lexicon.entity_added": _("An entity was added to the lexicon"),
        "lexicon.designation_proposed": _("A designation was proposed"),
        "lexicon.designation_admitted": _("A designation was admitted"),
        "lexicon.designation_declined": _("A designation was not admitted"),
        "lexicon.designation_deprecated": _("A designation was marked as not to be used any more"),
        "lexicon.designation_superseded": _("A designation was superseded"),
        "lexicon.designation_withdrawn": _("The proposal of a designation was withdrawn"),
        "lexicon.objected": _("A party objects to a designation or a term"),
        "lexicon.objection_withdrawn": _("A party withdraws its objection to a designation or a term"),
        "lexicon.red_line_drawn": _("Your delegation drew a red line"),
        "lexicon.red_line_withdrawn": _("Your delegation took a red line away"),
        "lexicon.name_changed": _("A name in the lexicon was changed"),
        "profile.drafted": _("A designation profile was drafted"),
        "profile.written": _("The draft of a designation profile was changed"),
        "profile.proposed": _("A designation profile was put under silence"),
        "profile.cited": _("A designation profile stands as cited host practice"),
        "profile.standing": _("A designation profile came into force"),
        "profile.broken": _("The silence on a designation profile was broken"),
        "profile.stopped": _("The silence on a designation profile was stopped"),
        "profile.ended": _("A designation profile was taken out of force"),
        "profile.objected": _("A party objects to a designation profile"),
        "profile.objection_withdrawn": _("A party withdraws its objection to a designation profile"),
        "profile.objection_struck": _("An objection entered in error was struck"),
    },
    found={
        "claim": _("Claim of the record"),
        "record_meeting": _("Record of a meeting"),
        "record_entry": _("Entry of the record"),
        "source": _("Source"),
        "difference": _("Where the sources differ"),
    },
    record_loaded=index_record,
    samples=presenting.SAMPLES,
    canaries=_canaries,
    opening=presenting.opening,
    record_sections={"party_names": load_party_names},
)
