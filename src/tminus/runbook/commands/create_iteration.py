"""Making an iteration: one approved plan version, frozen in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.planned_times import planned_times
from tminus.runbook.domain.state import IterationKind, IterationState
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import instantiation, iterations
from tminus.runbook.store.instantiation import VersionRow

Times = dict[UUID, tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class CreateIteration:
    """Which plan version, what for, when it is to begin, and until when it must be over."""

    plan_version_id: UUID
    name: str
    kind: IterationKind
    planned_start: datetime
    window_end: datetime | None = None


async def create_iteration(services: Services, caller: Caller, command: CreateIteration) -> UUID:
    """Freeze an approved plan version as an iteration in *planning* and return its key."""
    if not command.name.strip() or len(command.name) > 60:
        raise Invalid("An iteration needs a name of 1 to 60 characters.", hint="RUN1, DR1, CUTOVER…")
    version, times = await _prepare(services, caller, command)
    iteration_id = new_id()
    async with unit_of_work(services.database, version.migration_id, caller.person.actor, caller.key) as tx:
        await _still_right(tx, command, version)
        await iterations.insert_iteration(tx.connection, _row(tx, command, version, iteration_id, times))
        planned = [(key, start, end) for key, (start, end) in times.items()]
        await instantiation.freeze(tx.connection, iteration_id, version.id, planned)
        _record(tx, command, version, iteration_id, len(times))
    return iteration_id


async def _prepare(services: Services, caller: Caller, command: CreateIteration) -> tuple[VersionRow, Times]:
    """What takes time is done before the lock: the network is read and scheduled here."""
    async with services.database.read() as connection:
        version = await instantiation.load_version(connection, command.plan_version_id)
        if version is None:
            raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
        require(caller.person, Right.ITERATIONS, version.migration_id)
        steps, links = await instantiation.load_plan_network(connection, version.id)
    running = [(step.id, step.duration_seconds) for step in steps if not step.dormant]
    edges = [(link.predecessor, link.successor, link.kind, link.lag_seconds) for link in links]
    return version, planned_times(running, edges, command.planned_start)


async def _still_right(tx: Transaction, command: CreateIteration, seen: VersionRow) -> None:
    version = await instantiation.load_version(tx.connection, command.plan_version_id)
    if version is None or version.content_hash != seen.content_hash:
        raise Refused(
            "The plan changed while the iteration was being made. Nothing was made.", hint="Try again."
        )
    if version.status != "approved":
        raise Refused(
            f"Version {version.number} of {version.plan_name} is {version.status}, and iterations are made from"
            " approved versions alone.",
            code="not_approved",
            hint="Another pilot than its author approves a version.",
        )
    if await iterations.name_taken(tx.connection, version.migration_id, command.name):
        raise Refused(
            f"This migration already has an iteration named {command.name}.",
            code="name_taken",
            hint="Choose another.",
        )


def _row(
    tx: Transaction, command: CreateIteration, version: VersionRow, key: UUID, times: Times
) -> dict[str, object]:
    return {
        "id": key,
        "migration_id": version.migration_id,
        "plan_version_id": version.id,
        "plan_name": version.plan_name,
        "plan_number": version.number,
        "name": command.name,
        "kind": command.kind.value,
        "state": IterationState.PLANNING.value,
        "planned_start": command.planned_start,
        "planned_end": max((end for _, end in times.values()), default=command.planned_start),
        "window_end": command.window_end,
        "state_since": tx.now,
        "state_by": tx.actor.name,
        "content_hash": version.content_hash.hex(),
        "total_count": 0,
        "total_seconds": 0,
        "counts": {},
    }


def _record(tx: Transaction, command: CreateIteration, version: VersionRow, key: UUID, running: int) -> None:
    tx.record(
        iteration_fact(
            "iteration.created",
            f"{tx.actor.name} made {command.name} from version {version.number} of {version.plan_name}",
            key,
            {},
            {"state": IterationState.PLANNING.value, "name": command.name, "kind": command.kind.value},
            planVersionId=str(version.id),
            contentHash=version.content_hash.hex(),
            steps=running,
            reload=True,
        )
    )
