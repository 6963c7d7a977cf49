"""Findings of a batch: each a rule over all rows at once, one statement; and reading them, counted and in pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.findings import Finding
from tminus.runbook.store.imports.script import carry_out

_INTO = """
    INSERT INTO import_findings
        (batch_id, stage, code, severity, file, "row", "column", subject, message, suggestion, repair, mended,
         confidence)
"""
_FILE = (
    "coalesce((SELECT f.name FROM import_files AS f WHERE f.batch_id = :batch AND f.number = {of}.file), '')"
)


def rule(
    code: str,
    source: str,
    message: str,
    *,
    of: str = "s",
    severity: str = "warning",
    column: str = "NULL",
    subject: str = "s.code",
    suggestion: str = "NULL",
    repair: str = "NULL",
    mended: str = "false",
    confidence: str = "NULL::float8",
) -> str:
    """Return the statement of a rule: a finding for each row of `source`, `of` = the staged row that is meant."""
    file = _FILE.format(of=of)
    return (
        f"{_INTO} SELECT :batch, 'check', '{code}', '{severity}', {file}, {of}.row, {column}, {subject},"  # noqa: S608 - parts of this file
        f" {message}, {suggestion}, {repair}, {mended}, {confidence} FROM {source}"
    )


SELF = rule(
    "self_predecessor",
    "said_links AS s LEFT JOIN offers AS e ON e.n = s.n WHERE s.own AND NOT s.suggested",
    "format('%s names itself as its predecessor: nothing could ever begin.', s.owner)",
    column='s."column"',
    subject="s.owner",
    suggestion="CASE WHEN e.n IS NULL THEN 'No other row says that it comes after it: say what comes before it.'"
    " WHEN e.closes THEN format('%s names it as its successor, and waits for it too: say what comes before it.',"
    " e.predecessor) ELSE format('%s names it as its successor.', e.predecessor) END",
    repair="CASE WHEN e.n IS NULL OR e.closes THEN 'The link is dropped.'"
    " ELSE format('The link is dropped, and %s comes before it instead.', e.predecessor) END",
    mended="{accepted}",
    confidence="CASE WHEN NOT e.closes THEN e.confidence END",
)
UNKNOWN = rule(
    "unknown_predecessor",
    "said_links AS s LEFT JOIN offers AS e ON e.n = s.n WHERE s.target IS NULL AND NOT s.own AND NOT s.suggested",
    "format('%s waits for “%s”, which is no step, chapter or macro-phase.', s.owner,"
    " coalesce(left(s.meant, 80), 'row ' || s.at_row))",
    column='s."column"',
    subject="s.owner",
    suggestion="CASE WHEN e.n IS NULL THEN 'Nothing like it is there: say what comes before it.'"
    " WHEN e.closes THEN format('%s would come before it, but waits for it too: say what comes before it.',"
    " e.predecessor) WHEN e.named THEN format('%s names it as its successor.', e.predecessor)"
    " ELSE format('Did you mean “%s”?', e.predecessor) END",
    repair="CASE WHEN e.n IS NULL OR e.closes THEN 'The link is dropped.'"
    " ELSE format('It waits for %s instead.', e.predecessor) END",
    mended="{accepted}",
    confidence="CASE WHEN NOT e.closes THEN e.confidence END",
)
OF_LINKS = ("self_predecessor", "unknown_predecessor")
"""Kinds of findings of links that cannot stand: those with a confidence get another predecessor, the others none."""
EMPTY_PHASE = rule(
    "macro_phase_empty",
    "said AS s LEFT JOIN said AS c ON c.kind = 'chapter' AND c.code = s.parent"
    " LEFT JOIN base_things AS b ON b.kind = 'chapter' AND b.code = s.parent"
    " WHERE s.kind = 'step' AND 'phase' = ANY (s.given) AND (c.code IS NULL OR c.implied)"
    " AND (s.phase_written IS NULL OR EXISTS (SELECT FROM meanings AS m"
    " WHERE m.scope = 'phase' AND m.written = s.phase_written AND cardinality(m.becomes) = 0))",
    "format('%s names no macro-phase.', coalesce(s.code, s.name))",
    column="'phase'",
    repair="format('It is in %s, with its chapter %s.', coalesce(c.parent, b.parent), s.parent)",
    mended="true",
)
NOT_UNDER = rule(
    "task_not_under_its_step",
    "task_codes AS t JOIN said AS s ON s.kind = 'task' AND s.n = t.n WHERE t.written IS NOT NULL"
    " AND (t.step_written IS NULL OR NOT starts_with(t.written, t.step_written || '-') OR NOT t.under)",
    "format('Task “%s” stands under %s and does not carry its code.', left(t.written, 80),"
    " coalesce(t.step_written, 'a step that has none'))",
    column="'code'",
    subject="coalesce(t.step, t.step_written)",
    repair="CASE WHEN t.nth > 1 THEN 'It is there a second time, and gets the step''s next number.'"
    " WHEN t.under THEN format('The step becomes %s, which the task carries.', t.step)"
    " WHEN t.step IS NULL THEN 'The step gets a code first; then the task gets its next number.'"
    " WHEN t.anew THEN format('It becomes %s; the old one is kept in its instructions.', t.code)"
    " ELSE 'It gets the step''s next number; the old one is kept in its instructions.' END",
    mended="(t.nth > 1 OR t.under OR t.anew) IS TRUE",
)
"""Counted by what is written: a step whose code is repaired may have tasks that carried it all along."""
DUPLICATE_TASK = rule(
    "duplicate_task_id",
    "task_codes AS t JOIN said AS s ON s.kind = 'task' AND s.n = t.n WHERE t.written IS NOT NULL AND t.nth > 1",
    "format('Task “%s” is there a second time, under %s.', left(t.written, 80), t.step)",
    column="'code'",
    subject="t.step",
    repair="format('It becomes %s; the old one is kept in its instructions.', t.code)",
    mended="true",
)
NAMELESS = rule(
    "missing_field",
    "said AS s LEFT JOIN base_things AS b ON b.kind = s.kind AND b.code = s.code"
    " WHERE s.kind NOT IN ('plan', 'migration') AND NOT s.implied AND coalesce(s.name, '') = ''"
    " AND (b.code IS NULL OR 'name' = ANY (s.given))",
    "format('%s has no name.', concat_ws(' ', {kind}, '“' || s.code || '”'))",
    severity="error",
    column="'name'",
    suggestion="'Give it one, as people know it.'",
)
BAD_CODE = rule(
    "bad_code",
    "said AS s WHERE s.kind <> 'plan' AND NOT s.implied AND s.code IS NOT NULL"
    " AND (length(s.code) > 60 OR s.code !~ '^[A-Za-z0-9][A-Za-z0-9._-]*$')",
    "format('“%s” is not a code.', left(s.code, 80))",
    severity="error",
    column="'code'",
    suggestion="'A code is made of letters, digits, “-”, “_” and “.”, without blanks, 60 characters at most.'",
)
UNUSED_HEADING = rule(
    "unused_heading",
    "said AS s WHERE s.kind IN ('chapter', 'macroPhase') AND NOT s.implied AND s.code IS NULL AND s.name IS NOT NULL",
    "format('No step stands under “%s”: it was left out.', left(s.name, 80))",
    subject="s.name",
)
TEAM_NEEDS_ADMIN = rule(
    "team_needs_admin",
    "said AS s LEFT JOIN base_things AS b ON b.kind = 'team' AND b.code = s.code"
    " WHERE s.kind = 'team' AND s.code IS NOT NULL AND (b.code IS NULL"
    " OR ('name' = ANY (s.given) AND NOT s.implied AND coalesce(s.name, s.code) <> b.name)"
    " OR ('email' = ANY (s.given) AND s.email IS DISTINCT FROM b.email)"
    " OR ('phone' = ANY (s.given) AND s.phone IS DISTINCT FROM b.phone))",
    "format('Team %s would be %s, and only an admin adds or changes teams.', s.code,"
    " CASE WHEN b.code IS NULL THEN 'added' ELSE 'changed' END)",
    severity="error",
    column="'team'",
    suggestion="'Ask an admin to add the teams (Settings, Import people and teams), or write a team that is there.'",
)
CODELESS = rule(
    "missing_field",
    "said AS s WHERE s.code IS NULL AND s.kind NOT IN ('plan', 'step', 'task')",
    "format('This %s has no code.', {kind})",
    severity="error",
    column="'code'",
    subject="s.name",
)
TOO_LONG = rule(
    "too_long",
    "said AS s WHERE length(s.name) > 300 OR length(s.instructions) > 20000 OR length(s.description) > 20000"
    " OR length(s.nominee) > 300 OR length(s.email) > 300 OR length(s.phone) > 300",
    "format('%s “%s” has a text that is too long.', {kind}, coalesce(s.code, ''))",
    severity="error",
    suggestion="'A name has 300 characters at most, instructions 20,000.'",
)
TWICE = rule(
    "duplicate_code",
    "(SELECT *, count(*) OVER (PARTITION BY kind, code) AS times,"
    " row_number() OVER (PARTITION BY kind, code ORDER BY implied DESC, n) AS place FROM said"
    " WHERE kind NOT IN ('step', 'task')) AS s WHERE s.code IS NOT NULL AND s.times > 1 AND s.place > 1",
    "format('%s “%s” is there %s times.', {kind}, s.code, s.times)",
    severity="error",
    column="'code'",
    suggestion="'Keep one of them.'",
)
TWO_MEANINGS = rule(
    "duplicate_code",
    "(SELECT *, count(*) OVER (PARTITION BY code) AS times, row_number() OVER (PARTITION BY code ORDER BY n) AS place"
    " FROM (SELECT DISTINCT ON (kind, code) * FROM said"
    " WHERE kind IN ('step', 'chapter', 'macroPhase') AND code IS NOT NULL) AS k"
    ") AS s WHERE s.times > 1 AND s.place > 1",
    "format('“%s” names a step and a chapter or macro-phase, or two of these: a link to it could mean either.',"
    " s.code)",
    severity="error",
    column="'code'",
    suggestion="'Give one of them another code.'",
)
HOMELESS = rule(
    "missing_field",
    "said AS s LEFT JOIN base_things AS b ON b.kind = s.kind AND b.code = s.code"
    " WHERE s.kind IN ('chapter', 'step', 'task') AND s.parent IS NULL AND s.of IS NULL AND b.code IS NULL",
    "format('%s “%s” does not say what it is in.', {kind}, coalesce(s.code, s.name))",
    severity="error",
    suggestion="'Name its chapter, its macro-phase, or the step it belongs to.'",
)
LOST = rule(
    "unknown_parent",
    "said AS s WHERE s.kind IN ('chapter', 'task') AND s.parent IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM said AS p WHERE p.code = s.parent"
    " AND p.kind = CASE s.kind WHEN 'chapter' THEN 'macroPhase' ELSE 'step' END)"
    " AND NOT EXISTS (SELECT FROM base_things AS p WHERE p.code = s.parent"
    " AND p.kind = CASE s.kind WHEN 'chapter' THEN 'macroPhase' ELSE 'step' END)",
    "format('%s “%s” is to stand in “%s”, which is not there.', {kind}, coalesce(s.code, s.name), left(s.parent, 80))",
    severity="error",
)
KIND = (
    "CASE s.kind WHEN 'macroPhase' THEN 'Macro-phase' WHEN 'environmentRole' THEN 'Environment role'"
    " WHEN 'type' THEN 'Step type' ELSE initcap(s.kind) END"
)
"""What a row is, in words."""

_COLUMNS = (
    ("phase", "phase", "step", "phase"),
    ("parent", "parent", "step", "group"),
    ("name", "name", "", "prose"),
    ("instructions", "instructions", "", "prose"),
    ("description", "description", "", "prose"),
    ("team", "team", "", "team"),
    ("type", "type", "", "type"),
    ("environment", "environment", "", "environment"),
)
_LIST_COLUMNS = (
    ("impacted_teams", "team"),
    ("applications", "application"),
    ("controls", "control"),
)
_MENDED_ROWS = f"""
    WITH mends AS MATERIALIZED (
        SELECT scope, kind, written, becomes, confidence, mended, of_its_own FROM jsonb_to_recordset(:rows)
            AS r (scope text, kind text, written text, becomes text, confidence float8, mended boolean,
                of_its_own boolean)
    )
    {_INTO}
    SELECT :batch, 'check', m.kind, 'warning', {_FILE.format(of="r")}, r.row,
           v.field, coalesce(s.code, r.code),
           CASE m.kind
               WHEN 'html_entity' THEN format('“%s” has HTML in it.', left(v.written, 80))
               WHEN 'markdown_link' THEN format('“%s” is a link, where a word belongs.', left(v.written, 80))
               WHEN 'placeholder' THEN format('“%s” stands for nothing.', left(v.written, 80))
               WHEN 'team_variant'
                   THEN format('“%s” looks like another spelling of %s.', left(v.written, 80), m.becomes)
               ELSE format(CASE WHEN m.of_its_own THEN '“%s” is a type of this plan alone, of which nothing is said.'
                   ELSE '“%s” is not a type of step.' END, left(v.written, 80)) END,
           CASE WHEN m.kind = 'unknown_type' AND m.becomes IS NOT NULL THEN format('Did you mean “%s”?', m.becomes)
                WHEN m.kind = 'unknown_type'
                    THEN 'Without a repair it becomes a type of this plan, and acts as work.' END,
           CASE WHEN m.becomes IS NOT NULL THEN format('It becomes “%s”.', left(m.becomes, 200))
                WHEN m.kind = 'placeholder' THEN 'It is read as empty.' END,
           m.mended, m.confidence
    FROM (
        {{values}}
    ) AS v JOIN mends AS m ON m.scope = v.scope AND m.written = v.written
    JOIN import_rows AS r ON r.batch_id = :batch AND r.n = v.n LEFT JOIN said AS s ON s.n = v.n AND s.kind = v.kind
    ORDER BY v.n, v.field, m.kind
"""  # noqa: S608 - parts of this file
_LINKED = (
    "SELECT of AS n, 'step' AS kind, 'after' AS field, 'link' AS scope, code AS written FROM import_links"
    " WHERE batch_id = :batch AND NOT suggested"
)


def _values(scopes: Collection[str]) -> str:
    """Every word of the batch that names something of one of the scopes, with where it stands."""
    parts = [
        f"SELECT n, kind, '{field}' AS field, '{scope}' AS scope, {column} AS written FROM import_rows"  # noqa: S608 - our columns
        f" WHERE batch_id = :batch AND {column} IS NOT NULL" + (f" AND kind = '{kind}'" if kind else "")
        for column, field, kind, scope in _COLUMNS
        if scope in scopes
    ]
    parts += [
        f"SELECT n, kind, '{column}' AS field, '{scope}' AS scope, w AS written FROM import_rows"  # noqa: S608 - our columns
        f" CROSS JOIN unnest({column}) AS w WHERE batch_id = :batch"
        for column, scope in _LIST_COLUMNS
        if scope in scopes
    ]
    if "link" in scopes:
        parts.append(_LINKED)
    return " UNION ALL ".join(parts)


_ONE = text(
    f"""
    {_INTO}
    SELECT :batch, 'check', r.code, r.severity, {_FILE.format(of="s")}, s.row, r."column", r.subject, r.message,
           r.suggestion, r.repair, r.mended, r.confidence
    FROM jsonb_to_recordset(:rows) AS r (n int, link int, code text, severity text, "column" text, subject text,
        message text, suggestion text, repair text, mended boolean, confidence float8)
    LEFT JOIN import_links AS k ON k.batch_id = :batch AND k.n = r.link
    LEFT JOIN import_rows AS s ON s.batch_id = :batch AND s.n = coalesce(r.n, k.of)
    """  # noqa: S608 - parts of this file
).bindparams(bindparam("rows", type_=JSONB))
_OF_FILE = text(
    """
    INSERT INTO import_findings
        (batch_id, stage, code, severity, file, "row", line, "column", subject, message, suggestion, repair)
    SELECT :batch, :stage, code, severity, file, "row", line, "column", subject, message, suggestion, repair
    FROM jsonb_to_recordset(:rows) AS r (code text, severity text, file text, "row" int, line int, "column" text,
        subject text, message text, suggestion text, repair text)
    """
).bindparams(bindparam("rows", type_=JSONB))
_WITHDRAWN = text(
    """
    UPDATE import_findings AS f SET repair = 'The link is dropped.', confidence = NULL, suggestion =
        format('%s would come before it, but waits for it too: say what comes before it.', r.predecessor)
    FROM jsonb_to_recordset(:rows) AS r (predecessor text, successor text)
    WHERE f.batch_id = :batch AND f.stage = 'check' AND f.code = ANY (:codes) AND f.subject = r.successor
        AND strpos(f.repair, r.predecessor) > 0
    """
).bindparams(bindparam("rows", type_=JSONB))
_CLEAR = text("DELETE FROM import_findings WHERE batch_id = :batch AND stage = 'check'")
_COUNTED = text(
    """
    SELECT code, min(severity) AS severity, count(*) AS times, count(*) FILTER (WHERE mended) AS mended,
           count(*) FILTER (WHERE severity = 'error' AND NOT mended) AS blocking,
           count(DISTINCT message) AS different, count(repair) AS repairs, min(confidence) AS lowest,
           count(confidence) AS sure, (array_agg(message ORDER BY n))[1] AS example,
           (array_agg(repair ORDER BY n) FILTER (WHERE repair IS NOT NULL))[1] AS repair
    FROM import_findings WHERE batch_id = :batch GROUP BY code
    ORDER BY count(*) FILTER (WHERE severity = 'error' AND NOT mended) DESC, min(severity), count(*) DESC, code
    """
)
_BLOCKED = text(
    """
    SELECT EXISTS (
        SELECT FROM import_findings
        WHERE batch_id = :batch AND severity = 'error' AND NOT mended AND code <> :but
    )
    """
)
_SHOWN = """
    SELECT n, code, severity, file, "row", line, "column", subject, message, suggestion, repair, mended, confidence
    FROM import_findings WHERE batch_id = :batch
"""
_PAGE = text(
    f"{_SHOWN} AND (CAST(:code AS text) IS NULL OR code = :code)"
    " AND (CAST(:replaced AS boolean) IS NULL OR (confidence IS NOT NULL) = :replaced)"
    " AND n > :after ORDER BY n LIMIT :most"
)
_FIRST = text(f"{_SHOWN} ORDER BY severity = 'error' AND NOT mended DESC, n LIMIT :most")


async def clear_checks(connection: AsyncConnection, batch_id: UUID) -> None:
    """Forget what was found over all rows; what the reader found stays."""
    await connection.execute(_CLEAR, {"batch": batch_id})


async def find(connection: AsyncConnection, batch_id: UUID, *rules: str, accepted: bool = False) -> None:
    """Carry out rules, in this order; `accepted` = their repair is."""
    said = {"kind": KIND, "accepted": "true" if accepted else "false"}
    await carry_out(connection, *(rule.format(**said) for rule in rules), batch=batch_id)


async def find_mended(connection: AsyncConnection, batch_id: UUID, mends: Sequence[dict[str, Any]]) -> None:
    """List every row in which a word stands that has a repair."""
    if mends:
        sql = _MENDED_ROWS.format(values=_values({mend["scope"] for mend in mends}))
        statement = text(sql).bindparams(bindparam("rows", type_=JSONB))
        await connection.execute(statement, {"batch": batch_id, "rows": list(mends)})


async def list_findings(connection: AsyncConnection, batch_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Add findings one by one; `n` = the staged row meant, or None."""
    if rows:
        await connection.execute(_ONE, {"batch": batch_id, "rows": list(rows)})


async def withdraw_offers(
    connection: AsyncConnection, batch_id: UUID, pairs: Sequence[tuple[str, str]]
) -> None:
    """Say of (predecessor, successor) that the one is not put before the other, which had been offered."""
    rows = [{"predecessor": before, "successor": after} for before, after in pairs]
    if rows:
        values = {"batch": batch_id, "rows": rows, "codes": list(OF_LINKS)}
        await connection.execute(_WITHDRAWN, values)


async def add_findings(
    connection: AsyncConnection, batch_id: UUID, found: Sequence[Finding], stage: str = "read"
) -> None:
    """Add what was found in a file as such."""
    rows = [
        {
            "code": one.code,
            "severity": one.severity.value,
            "file": one.file,
            "row": one.row,
            "line": one.line,
            "column": str(one.column) if one.column else (one.subject.field or None if one.subject else None),
            "subject": one.subject.code if one.subject else None,
            "message": one.message,
            "suggestion": one.suggestion,
            "repair": one.repair,
        }
        for one in found
    ]
    if rows:
        await connection.execute(_OF_FILE, {"batch": batch_id, "stage": stage, "rows": rows})


async def is_blocked(connection: AsyncConnection, batch_id: UUID, *, but: str) -> bool:
    """Tell whether an error is left that no accepted repair mends, of another kind than `but`."""
    return bool((await connection.execute(_BLOCKED, {"batch": batch_id, "but": but})).scalar_one())


async def counted(connection: AsyncConnection, batch_id: UUID) -> list[Row[Any]]:
    """Return the kinds of findings with their numbers, what blocks first."""
    return list(await connection.execute(_COUNTED, {"batch": batch_id}))


async def first(connection: AsyncConnection, batch_id: UUID, most: int) -> list[Row[Any]]:
    """Return the first findings: what stops the import, then all others in the order they were found."""
    return list(await connection.execute(_FIRST, {"batch": batch_id, "most": most}))


async def page(
    connection: AsyncConnection,
    batch_id: UUID,
    code: str | None,
    after: int,
    most: int,
    *,
    replaced: bool | None = None,
) -> list[Row[Any]]:
    """Return findings (of one kind) after the n-th, in the order they were found.

    `replaced` = those alone for which something else is proposed, or (False) those for which nothing is.
    """
    values = {"batch": batch_id, "code": code, "after": after, "most": most, "replaced": replaced}
    return list(await connection.execute(_PAGE, values))
