"""Themes a commitment can belong to: the house's own, by slug."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Theme


def known_theme(slug: str, standing: str = "") -> str:
    """The slug itself, or empty for none. Raises Refusal for one that is not offered, unless it stands already."""
    if slug and slug != standing and not Theme.objects.filter(slug=slug, retired=False).exists():
        raise Refusal(_("This is not one of the themes."), "theme")
    return slug


def theme_choices(language: str, standing: str = "") -> list[tuple[str, str]]:
    """The themes on offer, in their order, and the one that stands already though it was retired."""
    rows = [each for each in Theme.objects.all() if not each.retired or each.slug == standing]
    wordings.attach(rows, language)
    return [("", "—"), *((each.slug, title_of(each)) for each in rows)]


def title_of(theme: Theme) -> str:
    """A theme whose wordings were attached, in the reader's language as found."""
    return str(theme.worded.get("title") or "") or theme.slug  # type: ignore[attr-defined]
