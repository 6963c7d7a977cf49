"""A small world for stories: a migration, its cast, a plan, and an iteration made by the real commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert, update

from tminus.kernel.ids import new_id
from tminus.people import store as people
from tminus.people.domain.rights import Person, Role
from tminus.platform.clock import freeze, unfreeze
from tminus.platform.database import Database
from tminus.platform.eventlog.store import open_stream
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import Done, StepCommand, act_on_step
from tminus.runbook.domain.plan import STANDARD_TYPES, TRT, Chapter, Dependency, MacroPhase, Plan, Step, Task
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind, StepAction
from tminus.runbook.store import tables as canonical
from tminus.runbook.store.imports.batches import clear_staged
from tminus.runbook.store.imports.from_plan import write_plan
from tminus.runbook.store.imports.making import make_content
from tminus.runbook.store.imports.things import fetch_things

NIGHT = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
"""When the stories begin."""


@dataclass(slots=True)
class World:
    """The migration and its people, by first name; `teams` by code."""

    database: Database
    services: Services
    migration_id: UUID
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)

    async def at(self, moment: datetime | None) -> None:
        """Stop the clock at a moment; None lets it run."""
        async with self.database.engine.begin() as connection:
            await (freeze(connection, moment) if moment else unfreeze(connection))

    async def press(
        self, who: str, iteration_id: UUID, code: str, action: StepAction | str, **more: object
    ) -> Done:
        """Let somebody press a button on a step."""
        command = StepCommand(iteration_id, code, StepAction(action), **more)  # type: ignore[arg-type] # test's own words
        return await act_on_step(self.services, Caller(self.people[who]), command)

    async def move(self, who: str, iteration_id: UUID, action: str, **more: object) -> None:
        """Let somebody press a button of the iteration."""
        await self.move_as(self.people[who], iteration_id, action, **more)

    async def move_as(self, person: Person, iteration_id: UUID, action: str, **more: object) -> None:
        """Let a person press a button of the iteration."""
        command = IterationCommand(iteration_id, IterationAction(action), **more)  # type: ignore[arg-type] # test's own words
        await act_on_iteration(self.services, Caller(person), command)

    async def iteration(
        self,
        plan: Plan,
        name: str = "CUTOVER",
        *,
        live: bool = True,
        comms: Comms = Comms.ON,
        environments: Mapping[str, str] | None = None,
    ) -> UUID:
        """Make an iteration of a plan, scheduled, and live if wanted."""
        version = await insert_plan(self, plan)
        return await self.iteration_of(version, name, live=live, comms=comms, environments=environments)

    async def iteration_of(
        self,
        version: UUID,
        name: str,
        *,
        live: bool = True,
        comms: Comms = Comms.ON,
        environments: Mapping[str, str] | None = None,
    ) -> UUID:
        """Make an iteration of an approved version, scheduled, and live if wanted."""
        kind = IterationKind.CUTOVER if name == "CUTOVER" else IterationKind.RUN
        command = CreateIteration(version, name, kind, NIGHT, environments=environments or {})
        iteration_id = await create_iteration(self.services, Caller(self.people["Priya"]), command)
        await self.move("Priya", iteration_id, "schedule")
        if live:
            await self.move("Priya", iteration_id, "start", comms=comms)
        return iteration_id


CAST = {
    "Priya": ("pilot",),
    "Marco": ("pilot",),
    "Dana": ("member",),
    "Lena": ("data_lead",),
    "Arno": ("approver",),
    "Vera": ("viewer",),
}


async def make_world(database: Database, services: Services) -> World:
    """Make a migration with two teams and its cast: Dana does the DBA team's steps, the rest as their role."""
    world = World(database, services, new_id())
    async with database.engine.begin() as connection:
        await open_stream(connection, world.migration_id)
        await connection.execute(
            insert(people.migrations).values(
                id=world.migration_id, key="ERP", name="ERP go-live", zone="Europe/Berlin", created_at=NIGHT
            )
        )
        for code, name in (("DBA", "Databases"), ("APP", "Applications")):
            world.teams[code] = new_id()
            row = {"id": world.teams[code], "migration_id": world.migration_id, "code": code, "name": name}
            email = f"{code.lower()}@erp.example"
            await connection.execute(insert(people.teams).values(**row, email=email))
        for name, roles in CAST.items():
            key = new_id()
            email = f"{name.lower()}@erp.example"
            await connection.execute(
                insert(people.users).values(id=key, email=email, name=name, created_at=NIGHT)
            )
            for role in roles:
                await connection.execute(
                    insert(people.migration_roles).values(
                        migration_id=world.migration_id, user_id=key, role=role
                    )
                )
            teams = frozenset({world.teams["DBA"]}) if name == "Dana" else frozenset[UUID]()
            held = {world.migration_id: frozenset(Role(role) for role in roles)}
            world.people[name] = Person(key, name, email, roles=held, teams=teams)
        dana = world.people["Dana"].id
        await connection.execute(insert(people.team_members).values(team_id=world.teams["DBA"], user_id=dana))
    await world.at(NIGHT)
    return world


def step(
    code: str, *after: str | Dependency, team: str | None = "DBA", minutes: int = 10, **more: object
) -> Step:
    """Make a step that waits for others; its type is its code's first part where that is one."""
    prefix = code.split("-")[0]
    kind = STANDARD_TYPES.get(prefix, TRT)
    links = tuple(one if isinstance(one, Dependency) else Dependency(one) for one in after)
    zero = kind.code == "DUM"
    return Step(
        code,
        f"Step {code}",
        kind,
        None if zero else team,
        0 if zero else minutes * 60,
        after=links,
        **more,  # type: ignore[arg-type] # test's own words
    )


def tasks(code: str, count: int, *, required: bool = True) -> tuple[Task, ...]:
    """Make the tasks of a step."""
    return tuple(Task(f"{code}-{n}", f"Task {n}", required=required) for n in range(1, count + 1))


def plan_of(*steps: Step, rollback: tuple[Step, ...] = ()) -> Plan:
    """Make a plan of one macro-phase with one chapter, and a rollback chapter if wanted."""
    chapters = [Chapter("A1", "Forward", steps=steps)]
    if rollback:
        chapters.append(Chapter("R1", "Back", rollback=True, steps=rollback))
    return Plan("Plan", macro_phases=(MacroPhase("A", "All", tuple(chapters)),))


async def insert_plan(world: World, plan: Plan) -> UUID:
    """Write a plan as an approved version: the importer has tests of its own."""
    plan_id, version = new_id(), new_id()
    c = canonical
    async with world.database.engine.begin() as connection:
        run = connection.execute
        await run(insert(c.plans).values(id=plan_id, migration_id=world.migration_id, name=f"Plan {plan_id}"))
        await run(
            insert(c.plan_versions).values(
                id=version,
                plan_id=plan_id,
                number=1,
                content_hash=version.bytes,
                created_by_name="Marco",
                created_at=NIGHT,
            )
        )
        for table, things in (
            (canonical.applications, plan.applications),
            (canonical.environments, plan.environments),
            (canonical.environment_roles, plan.environment_roles),
        ):
            for thing in things:
                row = {"id": new_id(), "migration_id": world.migration_id, "code": thing.code}
                await run(insert(table).values(**row, name=thing.name))
        await write_plan(connection, version, plan)
        await fetch_things(connection, version)
        await make_content(connection, world.migration_id, version)
        await clear_staged(connection, version)
        await run(update(c.plan_versions).where(c.plan_versions.c.id == version).values(status="approved"))
    return version
