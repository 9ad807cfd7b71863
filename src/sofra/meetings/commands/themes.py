"""Themes: loaded with a record, kept by the secretariat of the house."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Theme


@command
def load_themes(rows: list[dict[str, Any]]) -> int:
    """Load the section "themes" of a record: `id`, `order`, `title` by language. Answers how many themes changed.

    A theme that the house has since reworded or retired is left as the house keeps it.
    """
    policy.require(acting.current(), "themes.keep")
    known = {theme.slug for theme in Theme.objects.all()}
    new = [row for row in rows if row["id"] not in known]
    for row in new:
        _add(row["id"], int(row.get("order", 0)), row["title"])
    return len(new)


def _add(slug: str, order: int, title: dict[str, str]) -> Theme:
    theme = Theme(slug=slug, order=order, audience=Audience.PUBLIC)
    theme.save(force_insert=True)
    wordings.put(theme, "title", title)
    recording.record("theme.added", theme, {"slug": slug, "title": title}, shown={"title": title})
    return theme


def _checked(title: dict[str, str]) -> None:
    if not any(text.strip() for text in title.values()):
        raise Refusal(_("Write the theme in at least one language."), "title")
    if any(len(text) > 120 for text in title.values()):
        raise Refusal(_("A theme has at most 120 letters."), "title")


@command
def add_theme(*, title: dict[str, str], order: int = 100) -> Theme:
    """Add a theme. Raises Refusal for one without a title or with the same short name as another."""
    policy.require(acting.current(), "themes.keep")
    _checked(title)
    slug = slugify(title.get("en") or next(text for text in title.values() if text.strip()))[:60] or "theme"
    if Theme.objects.filter(slug=slug).exists():
        raise Refusal(_("There is a theme of that name."), "title")
    return _add(slug, order, title)


@command
def edit_theme(*, theme: Theme, seen_version: int | None, title: dict[str, str], order: int, retired: bool) -> Theme:
    """Reword, move or retire a theme; it stays where it was used. Raises Conflict, Refusal."""
    policy.require(acting.current(), "themes.keep")
    _checked(title)
    check_version(theme, seen_version)
    theme.order, theme.retired = order, retired
    save_next(theme, ["order", "retired"])
    wordings.put(theme, "title", title)
    recording.record(
        "theme.edited", theme, {"title": title, "order": order, "retired": retired}, shown={"title": title}
    )
    return theme
