"""The distinct words a batch uses, with how often: what a name means is decided once for each, not for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.import_names import Known, Word
from tminus.runbook.store.imports.script import carry_out

_WORDS = text(
    """
    WITH r AS MATERIALIZED (
        SELECT kind, type, team, producer, validator, environment, impacted_teams, applications, controls
        FROM import_rows WHERE batch_id = :batch
    )
    SELECT 'team' AS scope, team AS word, count(*) AS times FROM r WHERE team IS NOT NULL GROUP BY team
    UNION ALL SELECT 'team', producer, count(*) FROM r WHERE producer IS NOT NULL GROUP BY producer
    UNION ALL SELECT 'team', validator, count(*) FROM r WHERE validator IS NOT NULL GROUP BY validator
    UNION ALL SELECT 'team', w, count(*) FROM r CROSS JOIN unnest(impacted_teams) AS w GROUP BY w
    UNION ALL SELECT 'type', type, count(*) FROM r WHERE type IS NOT NULL GROUP BY type
    UNION ALL SELECT 'environment', environment, count(*) FROM r WHERE environment IS NOT NULL GROUP BY environment
    UNION ALL SELECT 'application', w, count(*) FROM r CROSS JOIN unnest(applications) AS w GROUP BY w
    UNION ALL SELECT 'control', w, count(*) FROM r CROSS JOIN unnest(controls) AS w GROUP BY w
    """
)
_PROSE = text(
    """
    SELECT DISTINCT w AS word FROM import_rows
    CROSS JOIN LATERAL (VALUES (name), (instructions), (description)) AS v (w)
    WHERE batch_id = :batch AND strpos(w, '&') > 0 AND w ~ '&(#?[0-9a-zA-Z]{1,32});'
    """
)
_LINKS = text(
    r"""
    SELECT DISTINCT code AS word FROM import_links
    WHERE batch_id = :batch AND (code ~ '[&;()\[\]]|^\s*[-–—.]*\s*$' OR lower(code) IN ('nan', 'n/a', 'none', 'null'))
    """
)
_USES = text(
    """
    SELECT coalesce(parent, '') AS chapter, coalesce(phase, '') AS phase, count(*) AS times
    FROM import_rows AS r
    WHERE batch_id = :batch AND kind = 'step' AND (
        parent IS NOT NULL OR phase IS NOT NULL
        OR NOT EXISTS (SELECT FROM base_things AS b WHERE b.kind = 'step' AND b.code = r.code)
    )
    GROUP BY parent, phase ORDER BY min(n)
    """
)
_KNOWN = text(
    """
    SELECT kind, code, coalesce(name, code) AS name, parent, false AS there, false AS loose, n FROM import_rows
    WHERE batch_id = :batch AND kind <> ALL (:others) AND code IS NOT NULL
    UNION ALL
    SELECT kind, code, coalesce(name, code), parent, true, loose, position FROM base_things WHERE kind <> ALL (:others)
    ORDER BY there, n
    """
)


_OF_THE_WHOLE = text(
    """
    SELECT kind, code, name, zone, description FROM import_rows
    WHERE batch_id = :batch AND kind IN ('plan', 'migration') ORDER BY n
    """
)
_NOT_NAMED = ("step", "task", "plan", "migration")
"""Kinds that no word of another row names, but for links; they are many."""


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing that words may name; `there`: in the plan or its migration already, and not only in the files."""

    known: Known
    parent: str | None
    there: bool


_ROWS_OF_TEAMS = text(
    """
    SELECT team, count(*) AS times FROM base_things WHERE kind IN ('step', 'task') AND team IS NOT NULL GROUP BY team
    """
)


async def rows_of_teams(connection: AsyncConnection) -> Mapping[str, int]:
    """Return how many steps and tasks of the plan as it is each team has, by its code."""
    return {row.team: row.times for row in await connection.execute(_ROWS_OF_TEAMS)}


async def of_the_whole(connection: AsyncConnection, batch_id: UUID) -> Sequence[Row[Any]]:
    """Return the rows in which the files say which plan they are, and of which migration."""
    return (await connection.execute(_OF_THE_WHOLE, {"batch": batch_id})).all()


async def words_of(connection: AsyncConnection, batch_id: UUID) -> Mapping[str, list[Word]]:
    """Return the words by what they name: team, type, environment, application, control."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await connection.execute(_WORDS, {"batch": batch_id}):
        counts[row.scope][row.word] = counts[row.scope].get(row.word, 0) + row.times
    return {
        scope: [Word(word, count) for word, count in sorted(said.items())] for scope, said in counts.items()
    }


async def prose_of(connection: AsyncConnection, batch_id: UUID) -> list[str]:
    """Return the names and instructions that have HTML entities in them."""
    return [row.word for row in await connection.execute(_PROSE, {"batch": batch_id})]


async def odd_links_of(connection: AsyncConnection, batch_id: UUID) -> list[str]:
    """Return what stands for a predecessor and is more, or less, than a code."""
    return [row.word for row in await connection.execute(_LINKS, {"batch": batch_id})]


async def uses_of(connection: AsyncConnection, batch_id: UUID) -> list[tuple[str, str, int]]:
    """Return the chapter and macro-phase that steps name, as written, and how many do."""
    found = await connection.execute(_USES, {"batch": batch_id})
    return [(row.chapter, row.phase, row.times) for row in found]


async def known_things(connection: AsyncConnection, batch_id: UUID) -> Mapping[str, list[KnownThing]]:
    """Return by kind what words may name: what the files have rows for, and then what is there."""
    found: dict[str, list[KnownThing]] = defaultdict(list)
    for row in await connection.execute(_KNOWN, {"batch": batch_id, "others": list(_NOT_NAMED)}):
        if row.code:
            found[row.kind].append(KnownThing(Known(row.code, row.name, row.loose), row.parent, row.there))
    return found


_EMPTY = (
    "DROP TABLE IF EXISTS meanings, places",
    "CREATE TEMP TABLE meanings (scope text, written text, becomes text[]) ON COMMIT DROP",
    "CREATE TEMP TABLE places (chapter text, phase text, code text) ON COMMIT DROP",
)
_FILL_MEANINGS = text(
    """
    INSERT INTO meanings SELECT scope, written, becomes
    FROM jsonb_to_recordset(:rows) AS r (scope text, written text, becomes text[])
    """
).bindparams(bindparam("rows", type_=JSONB))
_FILL_PLACES = text(
    """
    INSERT INTO places SELECT chapter, phase, code
    FROM jsonb_to_recordset(:rows) AS r (chapter text, phase text, code text)
    """
).bindparams(bindparam("rows", type_=JSONB))


async def write_meanings(
    connection: AsyncConnection,
    meanings: Mapping[tuple[str, str], Sequence[str]],
    places: Mapping[tuple[str, str], str],
) -> None:
    """Make `meanings`: by what it names and how it is written, the codes (or the text) each word means.

    And `places`: the chapter of each pair of words a step names its chapter and macro-phase by.
    """
    meant = [
        {"scope": scope, "written": written, "becomes": list(codes)}
        for (scope, written), codes in meanings.items()
    ]
    placed = [{"chapter": chapter, "phase": phase, "code": code} for (chapter, phase), code in places.items()]
    await carry_out(connection, *_EMPTY)
    if meant:
        await connection.execute(_FILL_MEANINGS, {"rows": meant})
    if placed:
        await connection.execute(_FILL_PLACES, {"rows": placed})
