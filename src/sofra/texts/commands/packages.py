"""A search for packages is asked for. It changes nothing of the text, and nobody else learns of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sofra.kernel import acting
from sofra.kernel.commands import command, database_now
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.texts.models import PackageSearch, Text


@command
def ask_packages(*, text: Text, language: str, open_brackets: int) -> PackageSearch:
    """Search for the best packages of a language version, as the actor may read it; what it asked for before makes way.

    Raises NotAllowed without a seat, Refusal where nothing is open or a search is under way.
    """
    from sofra.texts.jobs import packages

    seat = acting.current().seat_id
    if seat is None:
        raise NotAllowed(_("Only who holds a seat asks for this."))
    if not open_brackets:
        raise Refusal(_("Nothing is open in this text."))
    rows = PackageSearch.objects.filter(seat_id=seat, text=text, language=language)
    last = rows.select_related("progress").first()
    if last is not None and last.progress is not None and last.progress.open:
        raise Refusal(_("A search is under way already. Stop it before you ask for another."))
    rows.delete()
    row = PackageSearch.objects.create(seat_id=seat, text=text, language=language, at=database_now())
    row.progress = packages.ask(search=row.pk)
    row.save(update_fields=["progress"])
    return row
