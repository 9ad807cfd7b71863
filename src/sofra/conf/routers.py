"""Which connection a table is reached through."""

from __future__ import annotations

from typing import Any


class Apart:
    """Sends the cache to a connection of its own, so that what it counts survives a rolled-back request."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "apart" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return db == "default"
