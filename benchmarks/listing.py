"""What the rule of reading costs: listing 10,000 held rows as a delegate, and as the owner role before whom no wall stands."""

from __future__ import annotations

from benchmarks.house import Connection, House
from benchmarks.measure import least_ms, ratio, table

ROWS = 10_000
#: Why each of the rows is readable, dearest last: audience, who owns it, whether the reader sits in the format.
CASES = (
    ("one's own", "delegation", 0, "today"),
    ("public, of another", "public", 1, "today"),
    ("all members", "format", None, "today"),
    ("all members and observers", "observers", None, "today"),
    ("named parties", "parties", 1, "today"),
    ("all members, as a former one", "format", None, "before"),
    ("another's own: none readable", "delegation", 1, "today"),
)

_LAY_OUT = """
INSERT INTO kernel_wording (id, subject_id, field, language, text, status, translator, audience, format_id, owner_party_id,
                            readers, readable_from, version)
SELECT gen_random_uuid(), gen_random_uuid(), 'title', 'en', 'A title of an item of the agenda, number ' || n, 'final', '',
       %s, %s, %s, %s, '2025-07-26 12:00:00+00', 1
  FROM generate_series(1, %s) n
"""


def run(house: House) -> None:
    """List the same rows with and without the wall, case by case."""
    rows = []
    with house.owner() as owner, house.application() as application:
        for title, audience, owned_by, sat in CASES:
            owner.execute("TRUNCATE kernel_wording")
            readers = [house.parties[0]] if audience == "parties" else []
            party = None if owned_by is None else house.parties[owned_by]
            owner.execute(_LAY_OUT, [audience, house.format, party, readers, ROWS])
            owner.execute("ANALYZE kernel_wording")
            with application.transaction():
                house.delegate(application, sat=sat)
                found = _list(application)
                free, walled = least_ms([lambda: _list(owner), lambda: _list(application)], 15)
            rows.append([title, f"{found:,}", f"{free:.1f} ms", f"{walled:.1f} ms", ratio(walled, free)])
        owner.execute("TRUNCATE kernel_wording")
    table(f"Listing {ROWS:,} held rows", ["readable because", "rows", "no wall", "wall", "ratio"], rows)


def _list(connection: Connection) -> int:
    return len(connection.execute("SELECT id, subject_id, text FROM kernel_wording").fetchall())
