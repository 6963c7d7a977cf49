"""What stories of evidence, tasks and controls have in common."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from tests.world import World, plan_of, step
from tminus.runbook.commands.evidence import AddEvidence, add_evidence
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.evidence import EvidenceKind
from tminus.runbook.domain.plan import Control, Plan, Task
from tminus.runbook.domain.step import Step
from tminus.runbook.store.execution import load_network


def controlled(*, critical: bool = True) -> Plan:
    """TRT-1 and TRT-2 are both tied to C1, which the applications' team validates; TRT-3 waits for TRT-1."""
    tied = (Task("TRT-1-1", "Compare", controls=("C1",), required=False),)
    also = (Task("TRT-2-1", "Compare too", controls=("C1",), required=False),)
    plan = plan_of(step("TRT-1", tasks=tied), step("TRT-2", tasks=also), step("TRT-3", "TRT-1"))
    control = Control("C1", "Balances agree", producer="DBA", validator="APP", critical=critical)
    return replace(plan, controls=(control,))


async def show(world: World, who: str, aim: Aim, words: str = "42 rows", kind: str = "text") -> UUID:
    """Let somebody show something."""
    return await add_evidence(
        world.services, Caller(world.people[who]), AddEvidence(aim, EvidenceKind(kind), words)
    )


async def now(world: World, i: UUID, code: str) -> Step:
    """Return a step as it stands."""
    async with world.database.read() as connection:
        network = await load_network(connection, i)
    return next(one for one in network.steps.values() if one.code == code)


def in_team(world: World, who: str, team: str) -> None:
    """Put somebody into a team, as their session would."""
    world.people[who] = replace(world.people[who], teams=frozenset({world.teams[team]}))


async def running(world: World, i: UUID, code: str = "TRT-1") -> None:
    """Let Dana begin a step."""
    await world.press("Dana", i, code, "start")
