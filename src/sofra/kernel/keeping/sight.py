"""Whether a role sees every row: a keeper that is blind in one table would report an empty house as a whole one."""

from __future__ import annotations

from typing import Any

import psycopg

_HIDDEN = """
SELECT c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND NOT (has_table_privilege(c.oid, 'SELECT')
            AND (NOT row_security_active(c.oid)
                 OR (EXISTS (SELECT 1 FROM pg_policy p
                              WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
                                AND pg_get_expr(p.polqual, p.polrelid) = 'true'
                                AND EXISTS (SELECT 1 FROM unnest(p.polroles) AS r (role)
                                             WHERE r.role = 0 OR pg_has_role(r.role, 'USAGE')))
                     AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive))))
 ORDER BY c.relname
"""


def hidden_tables(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables in which the connection's role may not see every row; empty when it sees the whole house."""
    return [row[0] for row in connection.execute(_HIDDEN).fetchall()]
