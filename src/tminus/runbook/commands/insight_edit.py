"""Which edits of a draft an insight comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.plan_edit import Edit, Level, Seen
from tminus.runbook.domain.rehearsals.insight import Insight, InsightKind
from tminus.runbook.domain.rehearsals.taking import duration_of, free_code, link_of, step_before
from tminus.runbook.store import plan_edit_look, plan_edit_read
from tminus.runbook.store.version import Version

LONGEST_NAME = 300
"""Characters of a step's name."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """Code and name of a step that is to be added, as far as somebody said them."""

    code: str | None = None
    name: str | None = None


async def edits_of(
    connection: AsyncConnection, version: Version, insight: Insight, was: int | None, new: NewStep
) -> list[Edit]:
    """Return the edits that put an insight into a draft; `was` = the duration that it must still say.

    Raises `NotFound` where the draft has no such step.
    """
    if insight.kind is InsightKind.DURATION:
        return [duration_of(insight, was)]
    if insight.kind is InsightKind.DEPENDENCY:
        return [link_of(insight)]
    found = await plan_edit_read.load_some(connection, version.id, {Level.STEP: [insight.code]})
    step = Seen(things=found.things).thing(Level.STEP, insight.code)
    nodes, _ = await plan_edit_look.load_network(connection, version.id)
    code = new.code or free_code(insight.code, [node.code for node in nodes])
    name = new.name or f"Before {insight.code}: {insight.evidence[-1].sentence}"[:LONGEST_NAME]
    ties = [tie for tie in found.ties if tie.to == insight.code]
    return [step_before(insight, (code, name), (step.parent or "", step.values.get("team")), ties)]
