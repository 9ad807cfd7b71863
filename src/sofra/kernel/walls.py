"""Raises and inspects the walls: row security on every table, rights of the application role.

`after_migrate` runs as the owner role after every migration, so that a table without a wall cannot come to be: a model is
either walled (it is Held, or says its own Wall) or stands in OPEN_TABLES with the reason. What is neither is out of the
application role's reach, and `findings` (and with it the start of the server) says so.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

from django.apps import apps
from django.db import connection, models

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


def after_migrate(using: str = "default", **_: Any) -> None:
    """Raise every wall anew. Runs once per app with Django's signal; only the last one finds all tables."""
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


def _wall_sql(table: str, wall: Wall, role: str) -> str:
    rights = ["SELECT", "INSERT", "UPDATE"] + (["DELETE"] if wall.delete != "false" else [])
    policies = {
        "the_owner_role": "TO CURRENT_USER USING (true) WITH CHECK (true)",
        "may_read": f"FOR SELECT TO {role} USING ({wall.may_read()})",
        "may_insert": f"FOR INSERT TO {role} WITH CHECK ({wall.may_write()})",
        "may_change": f"FOR UPDATE TO {role} USING ({wall.may_touch()}) WITH CHECK ({wall.may_write()})",
    }
    if wall.delete != "false":
        policies["may_delete"] = f"FOR DELETE TO {role} USING ({wall.delete})"
    statements = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    for name, policy in policies.items():
        statements += [f"DROP POLICY IF EXISTS {name} ON {table}", f"CREATE POLICY {name} ON {table} {policy}"]
    statements.append(f"GRANT {', '.join(rights)} ON {table} TO {role}")
    return ";\n".join(statements)


def findings() -> list[str]:
    """What is wrong with the walls, a sentence each; empty when all stand. Asked at every start, as the application role."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_user, r.rolsuper, r.rolbypassrls,
                      EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                               WHERE n.nspname = 'public' AND c.relowner = r.oid),
                      EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                               WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relowner <> r.oid
                                 AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
                 FROM pg_roles r WHERE r.rolname = current_user"""
        )
        user, superuser, bypass, owns, member = cursor.fetchone()
        cursor.execute(
            """SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                      (SELECT coalesce(array_agg(p.polname || ':' || pg_get_expr(coalesce(p.polqual, p.polwithcheck), c.oid)),
                              '{}') FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname <> 'the_owner_role'),
                      has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.relname"""
        )
        rows = cursor.fetchall()
    found = []
    if superuser or bypass:
        found.append(f"The application role {user} is a superuser or may bypass row security; give it neither.")
    if owns or member:
        found.append(f"The application role {user} owns tables or is a member of their owner; use a role of its own.")
    walled = walled_models()
    for table, forced, policies, reachable in rows:
        if table in walled:
            if not forced:
                found.append(f"The table {table} has no forced row security; run sofra migrate.")
            elif any(policy.endswith(":true") for policy in policies) and "true" not in {
                walled[table].read,
                walled[table].write,
            }:
                found.append(f"A policy of the table {table} is open to everyone; run sofra migrate.")
        elif reachable and table not in OPEN_TABLES:
            found.append(f"The table {table} has no wall and is not listed as open; wall it or list it with a reason.")
    return found


def unwalled_models() -> list[type[models.Model]]:
    """Models that are neither walled nor listed: a test holds this empty."""
    listed = walled_models().keys() | OPEN_TABLES.keys() | CLOSED_TABLES
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in listed]
