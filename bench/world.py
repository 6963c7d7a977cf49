"""What the benches work on, made by the product's own commands: a migration, 50 people, plan, iterations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert, text

from tminus.kernel.ids import new_id
from tminus.notify.notifier import Notifier
from tminus.people import store as people
from tminus.people.domain.rights import Person, Role
from tminus.platform.auth import tokens
from tminus.platform.database import Database
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind

BEGIN = datetime(2026, 11, 21, 20, tzinfo=UTC)
MACHINE = Person(None, "cli:bench", machine=True)

# Steps are put to work by one statement: starting them is not what is measured.
_AT_WORK = text(
    """
    UPDATE iteration_steps SET state = 'in_progress', version = version + 1, started_at = clock_timestamp()
    WHERE iteration_id = :iteration AND state = 'ready'
    """
)
_COUNTS = text(
    """
    UPDATE iterations SET counts = (
        SELECT jsonb_object_agg(state, n) FROM (
            SELECT state, count(*) AS n FROM iteration_steps WHERE iteration_id = :iteration GROUP BY state
        ) AS by_state)
    WHERE id = :iteration
    """
)


@dataclass(frozen=True, slots=True)
class World:
    """A migration with an approved plan; its people by token."""

    services: Services
    pilot: Person
    migration_id: UUID
    version_id: UUID
    tokens: tuple[str, ...]

    async def night(self, name: str) -> UUID:
        """Make an iteration, live, with every step that waits for nothing in progress."""
        caller = Caller(self.pilot)
        command = CreateIteration(self.version_id, name, IterationKind.RUN, BEGIN)
        iteration_id = await create_iteration(self.services, caller, command)
        moves: tuple[tuple[IterationAction, Comms | None], ...] = (
            (IterationAction.SCHEDULE, None),
            (IterationAction.START, Comms.OFF),
        )
        for action, comms in moves:
            move = IterationCommand(iteration_id, action, comms=comms)
            await act_on_iteration(self.services, caller, move)
        async with self.services.database.engine.begin() as connection:
            await connection.execute(_AT_WORK, {"iteration": iteration_id})
            await connection.execute(_COUNTS, {"iteration": iteration_id})
        return iteration_id


async def make_world(database: Database, key: str, plan: bytes, crowd: int) -> World:
    """Import and approve a plan file, and make `crowd` people of its one team, each with a token."""
    services = Services(database, Notifier("http://bench.example", ""))
    source = PlanSource(f"{key}.json", plan)
    prepared, imported = await import_plan(database, Caller(MACHINE), source)
    if imported is None:
        raise RuntimeError(f"the bench's plan was not imported: {prepared.findings}")
    migration = imported.migration_id
    pilot, secrets = await _people(database, migration, key, crowd)
    await approve_version(database, Caller(pilot), ApproveVersion(imported.version_id))
    return World(services, pilot, migration, imported.version_id, tuple(secrets))


async def _people(database: Database, migration: UUID, key: str, crowd: int) -> tuple[Person, list[str]]:
    secrets: list[str] = []
    async with database.engine.begin() as connection:
        team = (
            await connection.execute(text("SELECT id FROM teams WHERE migration_id = :m"), {"m": migration})
        ).scalar_one()
        pilot = Person(new_id(), "Priya", roles={migration: frozenset({Role.PILOT})})
        for n in range(crowd + 1):
            user = pilot.id if n == crowd else new_id()
            name = "Priya" if n == crowd else f"Member {n}"
            row = {"id": user, "email": f"{key.lower()}-{n}@bench.example", "name": name, "created_at": BEGIN}
            await connection.execute(insert(people.users).values(row))
            role = "pilot" if n == crowd else "member"
            held = {"migration_id": migration, "user_id": user, "role": role}
            await connection.execute(insert(people.migration_roles).values(held))
            if n == crowd:
                break
            await connection.execute(insert(people.team_members).values(team_id=team, user_id=user))
            assert user is not None
            secrets.append((await tokens.create(connection, user, "bench", None))[1])
    return pilot, secrets
