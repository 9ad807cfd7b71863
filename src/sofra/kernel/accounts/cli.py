"""The operator's commands: the first invitation into a new house, and the seats of the demonstration."""

from __future__ import annotations

from typing import TypeVar

import click
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import acting
from sofra.kernel.accounts import commands
from sofra.kernel.accounts import demonstration as seats
from sofra.kernel.ground.troubles import Trouble
from sofra.kernel.models import Format, Party, Role
from sofra.kernel.refusals import Refusal

Row = TypeVar("Row")


@click.command()
@click.option(
    "--role", type=click.Choice([str(role) for role in Role]), default=str(Role.SECRETARIAT), show_default=True
)
@click.option("--party", "code", default="", help="The party's code, for a delegate.")
@click.option(
    "--format", "slug", default="", help="The format's short name, for an observer or a format's secretariat."
)
@click.option("--email", default="", help="Only an account with this address can use the invitation then.")
@click.option("--days", type=int, default=commands.DAYS, show_default=True, help="How long the link holds.")
@click.option(
    "--at", "address", default="http://localhost:8000", show_default=True, help="Where the server is reached."
)
def invite(role: str, code: str, slug: str, email: str, days: int, address: str) -> None:
    """Print a link that makes one account, with one seat, once. It acts as the house and is recorded so.

    \b
    Example:
      sofra invite --role secretariat --at https://sofra.example.org
    """
    with acting.acting_as_house():
        party = _one(Party.objects.filter(code=code).first(), code, "--party")
        of_format = _one(Format.objects.filter(slug=slug).first(), slug, "--format")
        try:
            made, secret = commands.invite(
                role=role,
                party_id=party.pk if party else None,
                format_id=of_format.pk if of_format else None,
                email=email,
                days=days,
            )
        except Refusal as no:
            raise Trouble(str(no.sentence)) from None
    with override("en"):
        path = reverse("invitation", kwargs={"secret": secret})
    click.echo(f"{address.rstrip('/')}{path}")
    click.echo(_("It works once, until %(until)s UTC.") % {"until": f"{made.expires_at:%Y-%m-%d %H:%M}"}, err=True)


@click.command()
@click.option("--seats", "wanted", type=click.Choice(["on", "off"]), required=True)
def demonstration(wanted: str) -> None:
    """Open the demonstration's seats, one per role, or end them. They open only on a server started with the demonstration.

    \b
    Example:
      sofra demonstration --seats off
    """
    with acting.acting_as_house():
        count = seats.seats_on() if wanted == "on" else seats.seats_off()
    click.echo(_("Demonstration seats open: %(n)d.") % {"n": count if wanted == "on" else 0})


def _one(found: Row | None, asked: str, option: str) -> Row | None:
    if asked and found is None:
        raise Trouble(f"{option} {asked} is not known here; check its spelling.")
    return found
