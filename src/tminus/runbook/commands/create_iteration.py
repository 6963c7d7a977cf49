"""Making an iteration: one approved plan version, frozen in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.kernel.network import Cyclic
from tminus.people.commands.migration_status import check_goes_on
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.state import IterationKind, IterationState
from tminus.runbook.domain.timing import Times, plan_times
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import instantiation, iterations
from tminus.runbook.store.instantiation import Part, VersionRow


@dataclass(frozen=True, slots=True)
class CreateIteration:
    """Which plan version, what for, when it is to begin, until when it must be over, and where it runs.

    `environments` = the environment's code for each role that its steps name.
    """

    plan_version_id: UUID
    name: str
    kind: IterationKind
    planned_start: datetime
    window_end: datetime | None = None
    environments: Mapping[str, str] = field(default_factory=dict)
    window_start: datetime | None = None

    @property
    def part(self) -> Part:
        """What the scope of a step may name of it."""
        return Part(self.kind.value, self.name)


@dataclass(frozen=True, slots=True)
class _Prepared:
    version: VersionRow
    steps: tuple[UUID, ...]
    times: Times
    in_scope: int


async def create_iteration(services: Services, caller: Caller, command: CreateIteration) -> UUID:
    """Freeze an approved plan version as an iteration in *planning* and return its key.

    Raises `NotFound`, `Forbidden`, `Invalid` (an environment nobody knows), `Refused` (`not_approved`,
    `migration_over`, `name_taken`, `role_unresolved`, `nothing_in_scope`, `cycle`) and `Unavailable`; then there is
    none.
    """
    _can_be(command)
    prepared = await _prepare(services, caller, command)
    version, iteration_id = prepared.version, new_id()
    actor = caller.actor(Right.ITERATIONS, version.migration_id)
    async with unit_of_work(services.database, version.migration_id, actor, caller.key) as tx:
        await check_goes_on(tx, f"Making {command.name}")
        await _still_right(tx, command, version)
        await iterations.insert_iteration(tx.connection, _row(tx, command, prepared, iteration_id))
        part, times = command.part, (prepared.steps, prepared.times)
        await instantiation.freeze(
            tx.connection, iteration_id, version.id, part, *times, command.environments
        )
        _record(tx, command, prepared, iteration_id)
    return iteration_id


def _can_be(command: CreateIteration) -> None:
    name = command.name
    if not name[:1].isalnum() or len(name) > 60 or not name.isprintable():
        raise Invalid(
            "An iteration's name has 1 to 60 characters on one line and begins with a letter or a digit."
            " Nothing was made.",
            hint="RUN1, DR1, CUTOVER…",
        )
    begins = max(filter(None, (command.planned_start, command.window_start)))
    if command.window_end is not None and command.window_end <= begins:
        raise Invalid(
            f"The window of {command.name} would be over before it begins. Nothing was made.",
            hint="Say a later end, or none.",
        )


async def _prepare(services: Services, caller: Caller, command: CreateIteration) -> _Prepared:
    """What takes time is done before the lock: the network is read and scheduled here."""
    async with services.database.read() as connection:
        version = await instantiation.load_version(connection, command.plan_version_id)
        if version is None:
            raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
        require(caller.person, Right.ITERATIONS, version.migration_id)
        steps, links = await instantiation.load_plan_network(connection, version.id, command.part)
        roles = await instantiation.roles_used(connection, version.id, command.part)
        known = await instantiation.environments_of(connection, version.migration_id)
    _approved(version)
    _resolved(command, roles, known)
    in_scope = sum(step.in_scope and not step.dormant for step in steps)
    if not in_scope:
        raise Refused(
            f"No step of {version.plan_name} is part of {command.name}, a {command.kind.value.replace('_', ' ')}."
            " Nothing was made.",
            code="nothing_in_scope",
            hint="Choose another kind or name, or change the scope of steps in the plan.",
        )
    try:
        times = plan_times(steps, links, command.planned_start, version.zone)
    except Cyclic as circle:
        raise Refused(
            f"The plan cannot be scheduled: {circle}. Nothing was made.",
            code="cycle",
            hint="Take one link of the circle out of the plan, and have the new version approved.",
        ) from None
    return _Prepared(version, tuple(step.id for step in steps), times, in_scope)


def _resolved(command: CreateIteration, roles: list[instantiation.RoleUse], known: Mapping[str, str]) -> None:
    unknown = sorted(code for code in command.environments.values() if code not in known)
    if unknown:
        raise Invalid(
            f"There is no environment {' and none '.join(unknown)} in this migration. Nothing was made.",
            hint=f"It has {', '.join(known)}."
            if known
            else "It has none yet: the plan's catalogue lists them.",
        )
    missing = [role for role in roles if role.code not in command.environments]
    if missing:
        named = ", ".join(f"{role.code} ({role.steps} steps)" for role in missing)
        raise Refused(
            f"It is not said which environment is {named}. Nothing was made.",
            code="role_unresolved",
            hint="Choose an environment for each role: the steps say where they are done by it.",
            roles=[{"code": role.code, "name": role.name, "steps": role.steps} for role in missing],
        )


def _approved(version: VersionRow) -> None:
    if version.status != "approved":
        raise Refused(
            f"Version {version.number} of {version.plan_name} is {version.status}, and iterations are made from"
            " approved versions alone.",
            code="not_approved",
            hint="Another pilot than its author approves a version.",
        )


async def _still_right(tx: Transaction, command: CreateIteration, seen: VersionRow) -> None:
    version = await instantiation.load_version(tx.connection, command.plan_version_id)
    if version is None or version.content_hash != seen.content_hash:
        raise Refused(
            "The plan changed while the iteration was being made. Nothing was made.", hint="Try again."
        )
    _approved(version)
    if await iterations.name_taken(tx.connection, version.migration_id, command.name):
        raise Refused(
            f"This migration already has an iteration named {command.name}.",
            code="name_taken",
            hint="Choose another.",
        )


def _row(tx: Transaction, command: CreateIteration, prepared: _Prepared, key: UUID) -> dict[str, object]:
    version = prepared.version
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
        "planned_end": prepared.times.end,
        "window_start": command.window_start,
        "window_end": command.window_end,
        "state_since": tx.now,
        "state_by": tx.actor.name,
        "content_hash": version.content_hash.hex(),
        "total_count": 0,
        "total_seconds": 0,
        "counts": {},
    }


def _record(tx: Transaction, command: CreateIteration, prepared: _Prepared, key: UUID) -> None:
    version = prepared.version
    tx.record(
        iteration_fact(
            "iteration.created",
            f"{tx.actor.name} made {command.name} from version {version.number} of {version.plan_name}",
            key,
            {},
            {"state": IterationState.PLANNING.value, "name": command.name, "kind": command.kind.value},
            planVersionId=str(version.id),
            contentHash=version.content_hash.hex(),
            steps=prepared.in_scope,
            environments=dict(command.environments),
            reload=True,
        )
    )
