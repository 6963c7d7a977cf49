"""Links as the files write them: whom each one means, what is offered for those that mean nobody, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports.script import carry_out

_NODES = """
    CREATE TEMP TABLE nodes ON COMMIT DROP AS
    SELECT code, min(kind) AS kind FROM (
        SELECT code, kind FROM said WHERE kind IN ('step', 'chapter', 'macroPhase') AND code IS NOT NULL
        UNION ALL SELECT code, kind FROM base_things WHERE kind IN ('step', 'chapter', 'macroPhase') AND {kept}
    ) AS n GROUP BY code
"""
_EMPTY_LINKS = """
    CREATE TEMP TABLE said_links (
        n integer, of integer, owner text, owner_kind text, owner_written text, file integer, row integer,
        chapter text, code text, meant text, at_row integer, kind text, lag_seconds integer, suggested boolean,
        "column" text, target text, own boolean DEFAULT false
    ) ON COMMIT DROP
"""
_LINKS = """
    INSERT INTO said_links
    SELECT l.n, l.of, o.code, o.kind, o.written, o.file, o.row, o.parent, l.code, m.meant, l.at_row, l.kind,
           l.lag_seconds, l.suggested, l."column", x.code, false
    FROM import_links AS l
    JOIN said AS o ON o.n = l.of AND o.kind IN ('step', 'chapter', 'macroPhase')
    LEFT JOIN meanings AS w ON w.scope = 'link' AND w.written = l.code
    CROSS JOIN LATERAL (SELECT CASE WHEN w.written IS NULL THEN l.code ELSE w.becomes[1] END AS meant) AS m
    LEFT JOIN nodes AS x ON l.at_row IS NULL AND x.code = m.meant
    WHERE l.batch_id = :batch AND (m.meant IS NOT NULL OR l.at_row IS NOT NULL)
"""
_BY_ROW = """
    UPDATE said_links AS l SET target = s.code, meant = coalesce(l.meant, l.code) FROM said AS s
    WHERE l.at_row IS NOT NULL AND s.kind IN ('step', 'chapter', 'macroPhase') AND s.file = l.file AND s.row = l.at_row
"""
_BY_LETTERS = """
    UPDATE said_links AS l SET target = f.code
    FROM (SELECT o.n, min(x.code) AS code FROM said_links AS o JOIN nodes AS x ON lower(x.code) = lower(o.meant)
          WHERE o.target IS NULL AND o.at_row IS NULL GROUP BY o.n HAVING count(*) = 1) AS f
    WHERE l.n = f.n
"""
_BY_NAME = """
    UPDATE said_links AS l SET target = f.code
    FROM (SELECT o.n, min(s.code) AS code FROM said_links AS o
          JOIN said AS s ON s.kind = 'step' AND lower(s.name) = lower(o.meant)
          WHERE o.target IS NULL AND o.at_row IS NULL GROUP BY o.n HAVING count(*) = 1) AS f
    WHERE l.n = f.n
"""
_UNCLEAR = text("SELECT EXISTS (SELECT FROM said_links WHERE target IS NULL)")
_OWN = """
    UPDATE said_links SET own = true WHERE target = owner OR (meant = owner_written AND owner_written IS NOT NULL)
"""
_EVIDENCE = """
    CREATE TEMP TABLE evidence_links ON COMMIT DROP AS
    SELECT DISTINCT ON (l.target) l.target AS step, l.owner AS predecessor,
           round(0.96 / count(*) OVER (PARTITION BY l.target), 2)::float8 AS confidence
    FROM (
        SELECT DISTINCT target, owner, chapter FROM said_links
        WHERE suggested AND NOT own AND target IS NOT NULL AND owner IS NOT NULL
    ) AS l
    JOIN said AS s ON s.kind = 'step' AND s.code = l.target
    ORDER BY l.target, (s.parent IS NOT DISTINCT FROM l.chapter) DESC, l.owner
"""
_UNKNOWN = text(
    """
    SELECT DISTINCT meant FROM said_links
    WHERE target IS NULL AND NOT own AND NOT suggested AND at_row IS NULL AND meant IS NOT NULL ORDER BY meant
    """
)
_CODES = text("SELECT code FROM nodes WHERE kind = 'step' ORDER BY code")
_NEAREST = """
    CREATE TEMP TABLE nearest (written text, code text, confidence float8) ON COMMIT DROP
"""
_FILL_NEAREST = text(
    """
    INSERT INTO nearest SELECT written, code, confidence
    FROM jsonb_to_recordset(:rows) AS r (written text, code text, confidence float8)
    """
).bindparams(bindparam("rows", type_=JSONB))
_OFFERS = """
    CREATE TEMP TABLE offers ON COMMIT DROP AS
    SELECT l.n, l.owner, coalesce(e.predecessor, x.code) AS predecessor, e.step IS NOT NULL AS named,
           CASE WHEN e.step IS NULL THEN x.confidence ELSE e.confidence END AS confidence, false AS closes
    FROM said_links AS l LEFT JOIN evidence_links AS e ON e.step = l.owner
    LEFT JOIN nearest AS x ON NOT l.own AND x.written = l.meant AND x.code <> l.owner
    WHERE NOT l.suggested AND (l.own OR l.target IS NULL) AND coalesce(e.predecessor, x.code) IS NOT NULL
"""
"""For each link that cannot stand, the predecessor that is proposed instead; `closes`: it would close a circle."""
_CLOSE = text(
    """
    UPDATE offers AS o SET closes = true FROM jsonb_to_recordset(:rows) AS r (predecessor text, successor text)
    WHERE o.predecessor = r.predecessor AND o.owner = r.successor
    """
).bindparams(bindparam("rows", type_=JSONB))
_NOW = """
    CREATE TEMP TABLE links_now ON COMMIT DROP AS
    SELECT DISTINCT ON (predecessor, successor, kind) predecessor, successor, kind, lag_seconds, n, proposed
    FROM (
        SELECT target AS predecessor, owner AS successor, kind, lag_seconds, n, false AS proposed
        FROM said_links WHERE NOT suggested AND NOT own AND target IS NOT NULL AND owner IS NOT NULL
        UNION ALL
        SELECT o.predecessor, l.owner, l.kind, l.lag_seconds, l.n, true
        FROM said_links AS l JOIN offers AS o ON o.n = l.n
        WHERE NOT o.closes AND CASE WHEN l.own THEN {self} ELSE {unknown} END
    ) AS a ORDER BY predecessor, successor, kind, proposed, n
"""


async def lay_out_links(connection: AsyncConnection, batch_id: UUID, *, replace_all: bool) -> None:
    """Make `nodes`, `said_links` (each with whom it means, where it means anybody) and `evidence_links`.

    And `nearest`, which is empty yet.
    """
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS nodes, said_links, evidence_links, nearest, offers, links_now",
        _NODES.format(kept="false" if replace_all else "true"),
        "CREATE UNIQUE INDEX ON nodes (code)",
        "ANALYZE nodes",
        _EMPTY_LINKS,
        _LINKS,
        "ANALYZE said_links (n, of, owner, owner_kind, code, meant, target)",
        batch=batch_id,
    )
    unclear = (await connection.execute(_UNCLEAR)).scalar_one()
    await carry_out(
        connection, *((_BY_ROW, _BY_LETTERS, _BY_NAME) if unclear else ()), _OWN, _EVIDENCE, _NEAREST
    )


async def unknown_codes(connection: AsyncConnection) -> list[str]:
    """Return what links name and nobody is."""
    return [row.meant for row in await connection.execute(_UNKNOWN)]


async def node_codes(connection: AsyncConnection) -> list[str]:
    """Return the codes of all steps, staged and there."""
    return list((await connection.scalars(_CODES)).all())


async def write_nearest(connection: AsyncConnection, found: Mapping[str, tuple[str, float]]) -> None:
    """Fill `nearest`: for words that name nobody, the code that takes the fewest changes; and make `offers`."""
    rows = [
        {"written": word, "code": code, "confidence": confidence}
        for word, (code, confidence) in found.items()
    ]
    if rows:
        await connection.execute(_FILL_NEAREST, {"rows": rows})
    await carry_out(connection, _OFFERS, "CREATE INDEX ON offers (n)", "ANALYZE offers")


async def any_offer(connection: AsyncConnection) -> bool:
    """Tell whether another predecessor is proposed for any link."""
    return bool((await connection.execute(text("SELECT EXISTS (SELECT FROM offers)"))).scalar_one())


async def refuse_offers(connection: AsyncConnection, pairs: Iterable[tuple[str, str]]) -> None:
    """Withdraw the offers of (predecessor, successor): each would close a circle."""
    rows = [{"predecessor": before, "successor": after} for before, after in pairs]
    if rows:
        await connection.execute(_CLOSE, {"rows": rows})


async def lay_out_links_now(connection: AsyncConnection, *, mend_self: bool, mend_unknown: bool) -> None:
    """Make `links_now`: what the files say, with the repairs that are accepted."""
    words = {True: "true", False: "false"}
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS links_now",
        _NOW.format(self=words[mend_self], unknown=words[mend_unknown]),
        "CREATE INDEX ON links_now (successor)",
        "ANALYZE links_now",
    )


_ALL_LINKS = """
    SELECT predecessor, successor, n, proposed, kind FROM links_now
    UNION ALL
    SELECT b.predecessor, b.successor, -1, false, b.kind FROM base_links AS b
    WHERE {kept} AND NOT EXISTS (
        SELECT FROM said AS s WHERE s.code = b.successor AND s.kind IN ('step', 'chapter', 'macroPhase')
            AND 'after' = ANY (s.given)
    )
"""
_NUMBERED = """
    WITH a AS ({links}), c AS (
        SELECT code, (row_number() OVER (ORDER BY code) - 1)::int AS i
        FROM (SELECT predecessor AS code FROM a UNION SELECT successor FROM a) AS u
    )
    SELECT p.i AS predecessor, s.i AS successor FROM a JOIN c AS p ON p.code = a.predecessor
    JOIN c AS s ON s.code = a.successor
"""
_BACKWARD = """
    WITH a AS ({links}), c AS (
        SELECT code, min(n) AS first, max(n) AS last FROM said
        WHERE kind IN ('step', 'chapter', 'macroPhase') GROUP BY code
    )
    SELECT EXISTS (
        SELECT FROM a LEFT JOIN c AS p ON p.code = a.predecessor LEFT JOIN c AS s ON s.code = a.successor
        WHERE p.code IS NULL OR s.code IS NULL OR p.last >= s.first
    )
"""
_NAMED = """
    WITH a AS ({links}) SELECT predecessor, successor, n, proposed, kind FROM a
    WHERE predecessor = ANY (:codes) AND successor = ANY (:codes)
"""
_CODES_OF = """
    WITH a AS ({links}) SELECT code, (row_number() OVER (ORDER BY code) - 1)::int AS i
    FROM (SELECT predecessor AS code FROM a UNION SELECT successor FROM a) AS u ORDER BY code
"""
_DROP = text(
    """
    DELETE FROM links_now AS l USING jsonb_to_recordset(:rows) AS r (predecessor text, successor text)
    WHERE l.predecessor = r.predecessor AND l.successor = r.successor
    """
).bindparams(bindparam("rows", type_=JSONB))


def _links(replace_all: bool) -> str:
    return _ALL_LINKS.format(kept="false" if replace_all else "true")


async def lead_forward(connection: AsyncConnection, *, replace_all: bool) -> bool:
    """Tell whether every link comes from further up in the files: then there is no circle to look for."""
    query = text(_BACKWARD.format(links=_links(replace_all)))
    return not (await connection.execute(query)).scalar_one()


async def numbered_links(connection: AsyncConnection, *, replace_all: bool) -> tuple[list[int], list[int]]:
    """Return all links that would be, as numbers of nodes: predecessors, and their successors."""
    predecessors: list[int] = []
    successors: list[int] = []
    rows = await connection.execute(text(_NUMBERED.format(links=_links(replace_all))))
    for predecessor, successor in rows:
        predecessors.append(predecessor)
        successors.append(successor)
    return predecessors, successors


async def codes_of_numbers(
    connection: AsyncConnection, numbers: Iterable[int], *, replace_all: bool
) -> list[str]:
    """Return the codes of some of those numbers."""
    wanted = set(numbers)
    rows = await connection.execute(text(_CODES_OF.format(links=_links(replace_all))))
    return [row.code for row in rows if row.i in wanted]


async def links_among(
    connection: AsyncConnection, codes: Sequence[str], *, replace_all: bool
) -> list[tuple[str, str, int, bool]]:
    """Return (predecessor, successor, n, proposed) of the links between some nodes; n = -1: it is there already."""
    rows = await connection.execute(text(_NAMED.format(links=_links(replace_all))), {"codes": list(codes)})
    return [(row.predecessor, row.successor, row.n, row.proposed) for row in rows]


async def drop_links(connection: AsyncConnection, pairs: Iterable[tuple[str, str]]) -> None:
    """Take links out of `links_now`."""
    rows = [{"predecessor": before, "successor": after} for before, after in pairs]
    if rows:
        await connection.execute(_DROP, {"rows": rows})
