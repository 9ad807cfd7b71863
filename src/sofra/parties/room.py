"""What parties bring to the house."""

from django.utils.translation import gettext_lazy as _

from sofra.kernel.rooms import Room

ROOM = Room(name="parties", title=_("Parties"), order=30)
