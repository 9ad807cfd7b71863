"""Search through sofra_search against the same match as a plain query under row security, on 100,000 documents.

Row security forbids an index for a condition whose operators are not leakproof: it must decide about every row first.
"""

from __future__ import annotations

from benchmarks.house import Connection, House
from benchmarks.measure import least_ms, ratio, table

DOCUMENTS = 100_000
#: A word in every so many documents: 10 hits, 100, 1,000.
WORDS = {"ferry": 10_000, "corridor": 1000, "border": 100}

_LAY_OUT = """
INSERT INTO kernel_searchdocument (id, subject_id, kind, language, title, body, url, audience, format_id, owner_party_id,
                                   readers, readable_from, version)
SELECT gen_random_uuid(), gen_random_uuid(), 'bench', 'en', 'Document ' || n,
       'An item of the agenda about ' || (ARRAY['energy', 'youth', 'transport', 'industry', 'technology'])[1 + n %% 5]
       || CASE WHEN n %% %(corridor)s = 0 THEN ' and the corridor' ELSE '' END
       || CASE WHEN n %% %(ferry)s = 1 THEN ' and the ferry' ELSE '' END
       || CASE WHEN n %% %(border)s = 7 THEN ' at the border' ELSE '' END || ', number ' || md5(n::text),
       '/bench/', (ARRAY['public', 'format', 'delegation', 'parties'])[1 + n %% 4], %(format)s,
       (%(parties)s::uuid[])[1 + n %% 7], CASE WHEN n %% 4 = 3 THEN (%(parties)s::uuid[])[1:2] ELSE '{}' END,
       now() - interval '1 day', 1
  FROM generate_series(1, %(documents)s) n
"""

# What sofra_search asks, written as anyone would write it, where the wall is the policy's.
_PLAIN = """
WITH q AS (SELECT websearch_to_tsquery('pg_catalog.english', %s) AS wanted)
SELECT d.id, ts_headline('pg_catalog.english', d.body, q.wanted,
                         'StartSel="", StopSel="", MaxWords=28, MinWords=10, MaxFragments=1')
  FROM kernel_searchdocument d, q WHERE d.words @@ q.wanted AND d.language = 'en'
 ORDER BY ts_rank(d.words, q.wanted) DESC, d.title, d.id LIMIT 50
"""
_THROUGH = "SELECT id, snippet FROM sofra_search(%s, 'en', 50)"


def run(house: House) -> None:
    """Lay the documents out, ask both ways as one delegate, and print the ratio."""
    with house.owner() as owner:
        owner.execute("TRUNCATE kernel_searchdocument")
        owner.execute(
            _LAY_OUT,  # type: ignore[arg-type]
            {**WORDS, "format": house.format, "parties": list(house.parties), "documents": DOCUMENTS},
        )
        owner.execute("ANALYZE kernel_searchdocument")
    rows = []
    with house.application() as connection:
        for word in WORDS:
            with connection.transaction():
                house.delegate(connection)
                through, plain = _ids(connection, _THROUGH, word), _ids(connection, _PLAIN, word)
                if through != plain:
                    raise RuntimeError("The two ways found different documents; the comparison means nothing.")
                slow, fast = least_ms(
                    [
                        lambda word=word: _ids(connection, _PLAIN, word),  # type: ignore[misc]
                        lambda word=word: _ids(connection, _THROUGH, word),  # type: ignore[misc]
                    ],
                    7,
                )
            rows.append([f"“{word}”, {len(through)} shown", f"{slow:.1f} ms", f"{fast:.2f} ms", ratio(slow, fast)])
    table(
        f"Search in {DOCUMENTS:,} documents, as one delegate",
        ["word", "plain query under row security", "sofra_search", "ratio"],
        rows,
    )


def _ids(connection: Connection, query: str, word: str) -> list[object]:
    return [row[0] for row in connection.execute(query, [word]).fetchall()]  # type: ignore[arg-type]
