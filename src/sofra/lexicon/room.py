"""What the lexicon brings to the house."""

from django.utils.translation import gettext_lazy as _

from sofra.kernel.rooms import Room
from sofra.lexicon.commands import load_party_names

ROOM = Room(
    name="lexicon",
    title=_("Lexicon"),
    order=30,
    changes={"lexicon.name_changed": _("A name in the lexicon was changed")},
    record_sections={"party_names": load_party_names},
)
