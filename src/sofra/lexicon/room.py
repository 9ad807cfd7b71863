"""What the lexicon brings to the house, and what the record brings where it needs the names of parties."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel import acting
from sofra.kernel.rooms import Room
from sofra.lexicon.commands import load_party_names
from sofra.lexicon.indexing import index_record
from sofra.lexicon.waiting import CARDS, desk


def _canaries(_world: Any) -> None:
    """The rows that the record's own canaries hold, let be found."""
    with acting.acting_as_house():
        index_record()


ROOM = Room(
    name="lexicon",
    title=_("Lexicon"),
    order=30,
    desk=desk,
    cards=CARDS,
    changes={
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
    canaries=_canaries,
    record_sections={"party_names": load_party_names},
)
