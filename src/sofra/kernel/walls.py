"""Raises and inspects the walls: row security on every table, rights of the application role.

`after_migrate` runs as the owner role after every migration, so that a table without a wall cannot come to be: a model is
either walled (it is Held, or says its own Wall) or stands in OPEN_TABLES with the reason. What is neither is out of the
application role's reach, and `findings` (and with it the start of the server) says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from sofra.kernel.models.held import Held
from sofra.kernel.wall import Wall

ALL = "SELECT, INSERT, UPDATE, DELETE"

#: Tables without party material, reached before an actor exists or by libraries; each with its rights and the reason.
OPEN_TABLES: dict[str, tuple[str, str]] = {
    "kernel_account": ("SELECT, INSERT, UPDATE", "sign-in asks for it before an actor exists"),
    "django_session": (ALL, "opened before an actor exists; holds no party material"),
    "django_migrations": ("SELECT", "start-up compares it with the code"),
    "django_content_type": ("SELECT", "Django's own list of tables"),
    "account_emailaddress": (ALL, "sign-in library: an account's own address"),
    "account_emailconfirmation": (ALL, "sign-in library: an address being confirmed"),
    "mfa_authenticator": (ALL, "sign-in library: second factors, asked before an actor exists"),
    "socialaccount_socialapp": ("SELECT", "sign-in library; empty, settings decide"),
    "socialaccount_socialaccount": (ALL, "sign-in library: link to an identity provider"),
    "socialaccount_socialtoken": (ALL, "sign-in library; tokens are not kept"),
    "house_cache": (ALL, "counters of the sign-in library, committed apart"),
    "procrastinate_jobs": (ALL, "job queue: ids only"),
    "procrastinate_events": (ALL, "job queue: ids only"),
    "procrastinate_periodic_defers": (ALL, "job queue: ids only"),
    "procrastinate_workers": (ALL, "job queue: ids only"),
}

#: Tables of libraries the application never touches.
CLOSED_TABLES = {
    "auth_permission", "auth_group", "auth_group_permissions", "kernel_throttle", "socialaccount_socialapp_sites",
}  # fmt: skip

OWN_SQL = ("actor.sql", "may_read.sql", "audit.sql", "house.sql")


def application_role() -> str:
    """The name of the role that serves pages."""
    from sofra.kernel.environment import read_environment

    return read_environment().database.user


def walled_models() -> dict[str, Wall]:
    """Every table behind a wall, with its wall."""
    found: dict[str, Wall] = {}
    for model in apps.get_models(include_auto_created=True):
        wall = getattr(model, "wall", None) or (Wall() if issubclass(model, Held) else None)
        if wall is not None and not model._meta.proxy:
            found[model._meta.db_table] = wall
    return found


def after_migrate(app_config: AppConfig, using: str = "default", **_: Any) -> None:
    """Raise every wall anew. Django's signal comes once per app that has models, and the last of them is enough."""
    if app_config is not [app for app in apps.get_app_configs() if app.models_module is not None][-1]:
        return
    tables = set(connection.introspection.table_names())
    if using != "default" or not set(walled_models()) <= tables:
        return
    raise_walls(tables)


def raise_walls(tables: set[str]) -> None:
    """Define the house's functions, wall every table, and give the application role exactly its rights."""
    role = connection.ops.quote_name(application_role())
    with connection.cursor() as cursor:
        for name in OWN_SQL:
            cursor.execute(resources.files("sofra.kernel").joinpath("sql", name).read_text(encoding="utf-8"))
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}, PUBLIC")
        for table, wall in walled_models().items():
            cursor.execute(_wall_sql(connection.ops.quote_name(table), wall, role))
        for table in tables & OPEN_TABLES.keys():
            cursor.execute(f"GRANT {OPEN_TABLES[table][0]} ON {connection.ops.quote_name(table)} TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        _mark_policies(cursor)
        cursor.execute(f"COMMENT ON SCHEMA public IS '{state_of_code()}'")


def state_of_code() -> str:
    """A mark over everything that `sofra migrate` brings into a database: migrations, the house's functions, the walls."""
    told = [sorted(MigrationLoader(None).disk_migrations), sorted(OPEN_TABLES.items()), sorted(CLOSED_TABLES)]
    told += [resources.files("sofra.kernel").joinpath("sql", name).read_text(encoding="utf-8") for name in OWN_SQL]
    told += [(table, repr(wall)) for table, wall in sorted(walled_models().items())]
    return hashlib.sha256(repr((told, application_role())).encode()).hexdigest()


def up_to_date() -> bool:
    """Whether the database stands as this version's `sofra migrate` left it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        return bool(cursor.fetchone()[0] == state_of_code())


def _policies(wall: Wall) -> dict[str, tuple[str, str, str]]:
    """The application role's policies by name: command, USING, WITH CHECK."""
    policies = {
        "may_read": ("SELECT", wall.may_read(), ""),
        "may_insert": ("INSERT", "", wall.may_write()),
        "may_change": ("UPDATE", wall.may_touch(), wall.may_write()),
    }
    if wall.delete != "false":
        policies["may_delete"] = ("DELETE", wall.delete, "")
    return policies


def _rights(wall: Wall) -> list[str]:
    return ["SELECT", "INSERT", "UPDATE"] + (["DELETE"] if wall.delete != "false" else [])


def _wall_sql(table: str, wall: Wall, role: str) -> str:
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS the_owner_role ON {table}",
        f"CREATE POLICY the_owner_role ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
    ]
    for name, (command, using, check) in _policies(wall).items():
        clauses = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
        statements += [
            f"DROP POLICY IF EXISTS {name} ON {table}",
            f"CREATE POLICY {name} ON {table} FOR {command} TO {role}{clauses}",
        ]
    statements.append(f"GRANT {', '.join(_rights(wall))} ON {table} TO {role}")
    return ";\n".join(statements)


def findings() -> list[str]:
    """What is wrong with the walls, a sentence each; empty when all stand.

    Asked at every start, as the application role: what it compares is what the database will really apply.
    """
    with connection.cursor() as cursor:
        return _role_findings(cursor) or _table_findings(cursor)


def _role_findings(cursor: Any) -> list[str]:
    cursor.execute(
        """SELECT current_user, r.rolsuper OR r.rolbypassrls, EXISTS (
                    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
             FROM pg_roles r WHERE r.rolname = current_user"""
    )
    user, unbound, owns = cursor.fetchone()
    if unbound:
        return [f"The application role {user} is a superuser or may bypass row security; give it neither."]
    if owns:
        return [f"The application role {user} owns tables or is a member of their owner; use a role of its own."]
    return []


def _table_findings(cursor: Any) -> list[str]:
    marks: dict[str, dict[str, bool]] = {}
    for policy in _standing_policies(cursor):
        marks.setdefault(policy.table, {})[policy.name] = policy.mark == policy.told
    cursor.execute(
        """SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                  ARRAY(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
                         WHERE has_table_privilege(c.oid, p))
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.relname"""
    )
    walled = walled_models()
    found = []
    for table, forced, rights in cursor.fetchall():
        if table not in walled:
            if rights and table not in OPEN_TABLES:
                found.append(
                    f"The table {table} has no wall and is not listed as open; wall it or list it with a reason."
                )
            continue
        if not forced:
            found.append(f"The table {table} has no forced row security; run sofra migrate.")
        if marks.get(table) != dict.fromkeys(_policies(walled[table]), True):
            found.append(f"A policy of the table {table} is not as the house defines it; run sofra migrate.")
        if rights != _rights(walled[table]):
            found.append(
                f"The application role holds rights on the table {table} that the house did not give; run sofra migrate."
            )
    return found


@dataclass(frozen=True)
class _Standing:
    """A policy as the database applies it, with the mark it should bear and the one it was given."""

    table: str
    name: str
    mark: str
    told: str


def _standing_policies(cursor: Any) -> list[_Standing]:
    """Every policy of the application role, marked over what the house defined and what PostgreSQL made of it."""
    cursor.execute(
        """SELECT c.relname, p.polname, p.polcmd::text, p.polpermissive, p.polroles::regrole[]::text,
                  coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
                  coalesce(obj_description(p.oid, 'pg_policy'), '')
             FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname <> 'the_owner_role'"""
    )
    walled = walled_models()
    standing = []
    for table, name, *applied, told in cursor.fetchall():
        defined = _policies(walled[table]).get(name) if table in walled else None
        mark = hashlib.sha256(repr((table, name, defined, applied)).encode()).hexdigest()
        standing.append(_Standing(table, name, mark, told))
    return standing


def _mark_policies(cursor: Any) -> None:
    """Give each policy the mark of what it is now, so that a later change by hand is noticed."""
    walled = walled_models()
    statements = [
        f"COMMENT ON POLICY {policy.name} ON {connection.ops.quote_name(policy.table)} IS '{policy.mark}'"
        for policy in _standing_policies(cursor)
        if policy.table in walled
    ]
    cursor.execute(";\n".join(statements))


def unwalled_models() -> list[type[models.Model]]:
    """Models that are neither walled nor listed: a test holds this empty."""
    listed = walled_models().keys() | OPEN_TABLES.keys() | CLOSED_TABLES
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in listed]
