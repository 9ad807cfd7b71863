"""What parties bring to the house."""

from django.utils.translation import gettext_lazy as _

from sofra.kernel.rooms import Nav, Room
from sofra.parties.cards import CARDS
from sofra.parties.commands.record import load_persons, load_posts
from sofra.parties.samples import SAMPLES, canaries

CHANGES = {
    "membership.made": _("A party joined a format"),
    "membership.changed": _("What is known of a membership was mended"),
    "membership.ended": _("A membership in a format was ended"),
    "post.added": _("A post was described"),
    "post.changed": _("A post was changed"),
    "post.closed": _("A post was closed"),
    "post.reopened": _("A post that was closed is open again"),
    "tenure.added": _("The holder of a post was named"),
    "tenure.changed": _("What is known of a post's holder was changed"),
}

ROOM = Room(
    name="parties",
    title=_("Parties"),
    order=35,
    api="sofra.parties.api.router",
    nav=(
        Nav(_("Formats"), "formats", order=20, key="f"),
        Nav(_("Parties"), "parties", order=30, key="p"),
    ),
    record_sections={"posts": load_posts, "persons": load_persons},
    changes=CHANGES,
    cards=CARDS,
    samples=SAMPLES,
    canaries=canaries,
)
