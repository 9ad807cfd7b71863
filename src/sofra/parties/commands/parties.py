"""Adding parties."""

from __future__ import annotations

from secrets import token_hex

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.models import Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon.commands import name_party
from sofra.parties.engine.local_time import known_zone


def _check(names: dict[str, str], capital_zone: str) -> None:
    if not any(text.strip() for text in names.values()):
        raise Refusal(_("Give the party a name in at least one language."), "name_en")
    if capital_zone and not known_zone(capital_zone):
        raise Refusal(_("No such time zone is known. Write it like Europe/Istanbul."), "capital_zone")


@command
def add_party(*, kind: str, names: dict[str, str], capital_zone: str = "", code: str = "") -> Party:
    """Add a state or an organisation. `code` is what a library of holidays knows it by; it is never shown.

    Raises Refusal for a party without a name, an unknown zone, or a code another party has.
    """
    policy.require(acting.current(), "parties.add")
    _check(names, capital_zone)
    code = code.strip().upper()
    if code and Party.objects.filter(code=code).exists():
        raise Refusal(_("Another party has this code already."), "code")
    party = Party.objects.create(kind=kind, code=code or f"P{token_hex(5).upper()}", capital_zone=capital_zone)
    name_party(party, names)
    recording.record_house("party.made", party.pk, {"code": party.code, "kind": kind, "names": names})
    return party


@command
def change_party(party: Party, *, capital_zone: str, names: dict[str, str]) -> Party:
    """Change the zone of a party's capital and the forms of its name in use."""
    policy.require(acting.current(), "parties.add")
    _check(names, capital_zone)
    party.capital_zone = capital_zone
    party.save(update_fields=["capital_zone"])
    name_party(party, names)
    recording.record_house("party.changed", party.pk, {"capital_zone": capital_zone, "names": names})
    return party
