"""What steps say they undo, in the plan as it would be: rules over `now_things`, given who sleeps (`asleep`).

They are those of `domain.plan_check_undoes` that stop an approval.
"""

from __future__ import annotations

from tminus.runbook.store.imports.findings import rule

_UNDOING = """
    CREATE TEMP TABLE undoing ON COMMIT DROP AS
    SELECT x.code AS step, w AS undone,
           CASE WHEN w = x.code THEN 'itself' WHEN u.code IS NULL THEN 'unknown' WHEN b.code IS NOT NULL THEN 'back'
                WHEN a.code IS NULL THEN 'outside' END AS why
    FROM now_things AS x CROSS JOIN unnest(x.undoes) AS w
    LEFT JOIN now_things AS u ON u.kind = 'step' AND u.code = w
    LEFT JOIN asleep AS b ON b.kind = 'step' AND b.code = w
    LEFT JOIN asleep AS a ON a.kind = 'step' AND a.code = x.code
    WHERE x.kind = 'step'
"""


def _wrong(code: str, why: str, message: str, suggestion: str) -> str:
    return rule(
        code,
        f"undoing AS x LEFT JOIN said AS s ON s.kind = 'step' AND s.code = x.step AND NOT s.implied"
        f" WHERE x.why = '{why}'",
        message,
        severity="error",
        column="'undoes'",
        subject="x.step",
        suggestion=f"'{suggestion}'",
    )


_FORWARD = "Name steps of the way forward by their codes."
STATEMENTS = (
    "DROP TABLE IF EXISTS undoing",
    _UNDOING,
    _wrong(
        "unknown_undone",
        "unknown",
        "format('%s undoes “%s”, which is no step of this plan.', x.step, left(x.undone, 80))",
        _FORWARD,
    ),
    _wrong("undoes_itself", "itself", "format('%s undoes itself.', x.step)", _FORWARD),
    _wrong(
        "undoes_rollback",
        "back",
        "format('%s undoes %s, which is on the way back itself.', x.step, x.undone)",
        _FORWARD,
    ),
    _wrong(
        "undoes_outside_rollback",
        "outside",
        "format('%s says that it undoes %s, and is in no rollback chapter: a back-out would not reach it.',"
        " x.step, x.undone)",
        "Move it to a rollback chapter, or leave out what it undoes.",
    ),
)
"""What lists the findings; one after the other, when `now_things` and `asleep` are there."""
