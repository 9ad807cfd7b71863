"""What the shell brings: the desk in the navigation, and what happens before the doors open."""

from django.utils.translation import gettext_lazy as _

from sofra.kernel.doors import SEATED
from sofra.kernel.rooms import Nav, Room
from sofra.web.opening import before_opening

ROOM = Room(
    name="web",
    title=_("House"),
    order=99,
    nav=(Nav(_("Desk"), "desk", place="house", order=1, key="d", roles=SEATED),),
    opening=before_opening,
)
