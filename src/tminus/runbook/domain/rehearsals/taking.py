"""What an accepted insight does to a draft, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan_edit import Add, Level, Link, SetField, Tie
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight, InsightKind, named

MOST_EVIDENCE = 20
"""Lines of evidence that stand in a text; the log's entry has all."""
MOST_TIMES = 4
"""Measured times that stand in a title."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def duration_of(insight: Insight, was: int | None) -> SetField:
    """Return the edit that gives the step its new duration, if it still has the one that was seen."""
    return SetField(Level.STEP, insight.code, "durationSeconds", was, insight.proposed)


def link_of(insight: Insight) -> Link:
    """Return the edit that lets the step wait for the other one."""
    return Link(Tie(insight.code, insight.other or ""))


def step_before(
    insight: Insight, item: tuple[str, str], place: tuple[str, str | None], ties: Sequence[Tie]
) -> Add:
    """Return the edit that adds a step before the insight's own one.

    `item` = code and name, `place` = the chapter and the team of the step it comes before, `ties` = what that one
    waits for: the new one waits for the same, and is waited for. How long it takes nobody knows: its duration is
    left at none, which the check of the plan lists.
    """
    code, name = item
    chapter, team = place
    after = [{"code": tie.code, "kind": "FS", "lagSeconds": tie.lag} for tie in ties if tie.kind == "FS"]
    said = {"code": code, "name": name, "team": team, "instructions": lesson(insight, ""), "after": after}
    return Add(Level.STEP, said, chapter, insight.code, (Tie(insight.code, code),))


def free_code(code: str, taken: Sequence[str]) -> str:
    """Return a code for a step before another: that one's with the first letter that is free."""
    used = set(taken)
    longer = (code + letter for letter in _LETTERS)
    return next((one for one in longer if one not in used), f"{code}-before")


def title(insight: Insight) -> str:
    """Return what was done, as the list of edits tells it."""
    where = f"Took over from {_nights(insight)}{_took(insight)}"
    match insight.kind:
        case InsightKind.DURATION:
            return f"{where}: the duration of {insight.code} is {format_duration(insight.proposed or 0)}"
        case InsightKind.DEPENDENCY:
            return f"{where}: {insight.code} waits for {insight.other}"
        case InsightKind.STEP:
            return f"{where}: a step before {insight.code}"


def lesson(insight: Insight, migration: str) -> str:
    """Return the insight as a text with its evidence, each with the address of its step; without a key, none."""
    lines = [insight.sentence, *(_line(one, migration) for one in insight.evidence[:MOST_EVIDENCE])]
    more = len(insight.evidence) - MOST_EVIDENCE
    return "\n".join([*lines, f"And {more} more."] if more > 0 else lines)


def address(migration: str, one: Evidence) -> str:
    """Return where the page shows the step in its iteration."""
    parts = [quote(part, safe="") for part in (migration, one.night.name, one.cell.code)]
    return "/migrations/{}/iterations/{}?step={}".format(*parts)


def subject(insight: Insight) -> Evidence:
    """Return the newest evidence of the very step that the insight is about."""
    return insight.evidence[-1]


def evidence_json(insight: Insight) -> list[dict[str, str]]:
    """Return the evidence as the log keeps it."""
    return [
        {"iteration": one.night.name, "stepCode": one.cell.code, "sentence": one.sentence}
        for one in insight.evidence
    ]


def _line(one: Evidence, migration: str) -> str:
    said = f"{one.night.name}: {one.cell.code} {one.sentence}"
    return f"{said} ({address(migration, one)})" if migration else said


def _took(insight: Insight) -> str:
    """What was measured, as far as a title holds it: ` (26m, 29m)`."""
    took = [one.took for one in insight.evidence if one.took]
    more = ", …" if len(took) > MOST_TIMES else ""
    return f" ({', '.join(took[:MOST_TIMES])}{more})" if took else ""


def _nights(insight: Insight) -> str:
    return named(list({one.night.id: one.night for one in insight.evidence}.values()))
