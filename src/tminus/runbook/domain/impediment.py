"""What stands in the way of a step, or of the whole iteration: who may keep it, and how it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Refused
from tminus.kernel.facts import Fact
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, actor_for, may, require


class ImpedimentSeverity(StrEnum):
    """How bad it is, the worst first."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class ImpedimentState(StrEnum):
    """It stands in the way, or no longer does."""

    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Impediment:
    """One of them; without a step, of the whole iteration. `expected_at` = when it should be resolved."""

    id: UUID
    migration_id: UUID
    iteration_id: UUID
    number: int
    step_id: UUID | None
    step_code: str | None
    team_id: UUID | None
    title: str
    detail: str
    severity: ImpedimentSeverity
    owner_id: UUID | None
    owner_name: str | None
    expected_at: datetime | None
    state: ImpedimentState
    opened_by: str
    opened_at: datetime
    resolved_by: str | None
    resolved_at: datetime | None
    resolution: str | None
    version: int


Where = tuple[UUID | None, UUID | None]
"""The step and the team that owns it."""


def _rights(where: Where) -> list[tuple[Right, UUID | None]]:
    step_id, team_id = where
    if step_id is None:
        return [(Right.DATA, None)]  # a data lead's, and a pilot's
    return [(Right.ANY_STEP, None), (Right.OWN_STEPS, team_id)]


def may_keep(person: Person, migration_id: UUID, where: Where) -> bool:
    """Tell whether somebody may open, change and resolve: a step's team, a pilot; of the iteration, a data lead."""
    return any(may(person, right, migration_id, team) for right, team in _rights(where))


def keeper(person: Person, migration_id: UUID, where: Where) -> Actor:
    """Return how the log names who may; raise `Forbidden` for anybody else."""
    held = [
        actor_for(person, right, migration_id, team)
        for right, team in _rights(where)
        if may(person, right, migration_id, team)
    ]
    if not held:
        right, team = _rights(where)[-1]
        asked = "Keeping the impediments of " + ("this step" if where[0] else "a whole iteration")
        require(person, right, migration_id, team, asked=asked)
    return person.actor if person.actor in held else held[0]


def check_seen(now: Impediment, version: int | None, wanted: ImpedimentState, zone_time: str) -> None:
    """Raise `Refused` if it is not in the state that is wanted, or was changed since it was seen."""
    if now.state is not wanted:
        state = f"resolved by {now.resolved_by}" if now.state is ImpedimentState.RESOLVED else "open"
        raise Refused(
            f"Impediment {now.number} is {state}{zone_time}. Nothing was changed.",
            code=f"impediment_{now.state.value}",
            hint="Look at it as it is now, then decide again.",
            current=shown(now),
        )
    if version is not None and version != now.version:
        raise Refused(
            f"Impediment {now.number} was changed meanwhile. What you typed was not saved.",
            code="impediment_changed",
            hint="Look at it as it is now, then change it again.",
            current=shown(now),
        )


def shown(one: Impediment) -> dict[str, Any]:
    """Print its own members as the API and the log have them."""
    return {
        "title": one.title,
        "detail": one.detail,
        "severity": one.severity.value,
        "ownerId": str(one.owner_id) if one.owner_id else None,
        "owner": one.owner_name,
        "expectedAt": instant(one.expected_at) if one.expected_at else None,
        "state": one.state.value,
        "resolution": one.resolution,
        "version": one.version,
    }


def differences(old: Impediment, new: Impediment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the members that differ, as they were and as they are; the version apart."""
    before, after = shown(old), shown(new)
    changed = [name for name in before if before[name] != after[name] and name != "version"]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def impediment_fact(
    type_: str,
    sentence: str,
    one: Impediment,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    **more: Any,
) -> Fact:
    """State what became of it; its parts lie under `impediment`, since a board's row holds none of them."""
    told = {"id": str(one.id), "number": one.number, "before": dict(before), "after": dict(after), **more}
    code = {"stepCode": one.step_code} if one.step_code else {}
    return Fact(type_, sentence, one.iteration_id, one.step_id, {**code, "impediment": told})
