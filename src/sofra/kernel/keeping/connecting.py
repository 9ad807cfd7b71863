"""Connections of the keeper: past Django, as a named role, each statement its own transaction unless one is opened."""

from __future__ import annotations

from typing import Any

import psycopg
from django.utils.translation import gettext as _

from sofra.kernel.environment import Database
from sofra.kernel.refusals import Refusal


def connect(database: Database) -> psycopg.Connection[Any]:
    """Connect as the role of a database. Raises Refusal with the server's own words where it does not answer."""
    try:
        return psycopg.connect(
            dbname=database.name,
            user=database.user,
            password=database.password or None,
            host=database.host or None,
            port=database.port or None,
            application_name="sofra keeping",
            autocommit=True,
            **dict(database.options),  # type: ignore[arg-type]
        )
    except psycopg.OperationalError as error:
        raise Refusal(
            _("The database {name} does not answer the role {role}: {error}").format(
                name=database.name, role=database.user, error=str(error).strip().splitlines()[-1]
            )
        ) from error
