"""Long work of the room. OR-tools is loaded in the worker alone."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.jobs import Progress, job
from sofra.kernel.refusals import Refusal
from sofra.parties.queries.formats import members_on
from sofra.texts.engine.consensus import answer_to_json
from sofra.texts.engine.consensus import search as best_packages
from sofra.texts.models import PackageSearch
from sofra.texts.queries.packages import digest_of, matrix_of


@job("texts.packages", title=_lazy("Search for packages in a text"))
def packages(progress: Progress, search: UUID) -> str | None:
    """Find the best packages for the seat that asked, from what it may read as it runs."""
    row = PackageSearch.objects.filter(pk=search).select_related("text__meeting__format").first()
    if row is None:
        raise Refusal(_("The text is not open to you any more, or the search was asked for anew."))
    meeting = row.text.meeting
    assert meeting.format is not None
    matrix = matrix_of(row.text, row.language, members_on(meeting.format))
    found = best_packages(matrix, tell=progress.say)
    row.answer = {
        **answer_to_json(matrix, found),
        "brackets": {bracket: dict(words) for bracket, words in matrix.brackets.items()},
    }
    row.stood = digest_of(matrix)
    row.save(update_fields=["answer", "stood"])
    place = {"format": meeting.format.slug, "meeting": meeting.slug, "text": row.text.pk}
    return f"{reverse('text_packages', kwargs=place)}?in={row.language}"
