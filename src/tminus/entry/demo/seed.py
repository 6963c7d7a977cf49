"""What the demo begins with: three migrations, their cast, one cutover live in its night and one scheduled.

Everything is made by the product's own commands. A seed that was cut off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from tminus.entry.bootstrap import Parts
from tminus.entry.demo.bank import bank_plan
from tminus.entry.demo.cast import CAST, EXTRAS, extra_email
from tminus.entry.demo.night import Actors, Night, set_clock
from tminus.entry.demo.rehearsed import Rehearsal, rehearse
from tminus.entry.demo.script import ERP_DRESS, ERP_RUN, SWITCH_DRESS, SWITCH_RUN, Script
from tminus.kernel.errors import Invalid
from tminus.people.commands.roles import grant_role
from tminus.people.commands.sign_in import make_link
from tminus.people.commands.teams import add_member
from tminus.people.commands.users import NewUser, ensure_user
from tminus.people.domain.rights import Person, Role
from tminus.people.queries import list_teams, person_by_email
from tminus.platform.clock import server_now
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.imports.commit import Imported
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind
from tminus.runbook.readers.plan_writer import plan_as_yaml

PLANS = Path(__file__).parent / "plans"
MACHINE = Person(None, "demo", machine=True)
MIDDLE = 0.45
"""How much of its planned time the live night has behind it."""

_ITERATION = text("SELECT id, state FROM iterations WHERE migration_id = :migration AND name = :name")
_APPROVED = text(
    """
    SELECT m.id AS migration_id, p.id AS plan_id, v.id AS version_id, v.number
    FROM migrations AS m JOIN plans AS p ON p.migration_id = m.id JOIN plan_versions AS v ON v.plan_id = p.id
    WHERE m.key = :key AND v.status <> 'draft' ORDER BY v.number LIMIT 1
    """
)


async def seed(parts: Parts) -> list[tuple[str, str]]:
    """Make what is missing of the demo; return (who, sign-in link) for each of the cast."""
    users = await _people(parts)
    await set_clock(parts, None)
    async with parts.database.read() as connection:
        now = await server_now(connection)
    try:
        await _switchover(parts, users, now)
        await _go_live(parts, users, now)
    finally:
        await set_clock(parts, None)
    await _bank(parts, users, now)
    settings = parts.settings.model_copy(update={"demo": True})
    return [
        (f"{one.name}, {one.label}", await make_link(parts.database, settings, MACHINE, users[one.email]))
        for one in CAST
    ]


async def _people(parts: Parts) -> dict[str, UUID]:
    wanted = [NewUser(one.email, one.name, one.admin) for one in CAST]
    wanted += [NewUser(extra_email(name), name) for name in EXTRAS]
    return {new.email: await ensure_user(parts.database, MACHINE, new) for new in wanted}


async def _switchover(parts: Parts, users: dict[str, UUID], now: datetime) -> None:
    """The night that is live: everything before now happened on a stopped clock."""
    await set_clock(parts, now - timedelta(days=30))
    imported = await _plan(parts, users, "SWITCH", _file("data-centre-switchover.yaml"))
    actors = await _actors(parts, imported.migration_id)
    runs = _rehearsals(now - timedelta(days=21), now - timedelta(days=12), SWITCH_RUN, SWITCH_DRESS)
    for rehearsal in runs:
        await rehearse(parts, imported.migration_id, imported.version_id, actors, rehearsal)
    await set_clock(parts, now - timedelta(days=9))
    iteration, state = await _find(parts, imported.migration_id)
    pilot = await _person(parts, "priya@adventure-works.example")
    if iteration is None:
        iteration = await _make(parts, pilot, imported, now, now + timedelta(minutes=40))
    if state != "planning":
        return
    async with parts.database.read() as connection:
        row = (
            await connection.execute(
                text("SELECT planned_start, planned_end FROM iterations WHERE id = :id"), {"id": iteration}
            )
        ).one()
    length = row.planned_end - row.planned_start
    begin = (now - length * MIDDLE).replace(second=0, microsecond=0)
    await set_clock(parts, now - timedelta(days=2))
    command = IterationCommand(iteration, IterationAction.SCHEDULE, planned_start=begin)
    await act_on_iteration(parts.runbook, Caller(pilot), command)
    await set_clock(parts, begin)
    start = IterationCommand(iteration, IterationAction.START, comms=Comms.ON)
    await act_on_iteration(parts.runbook, Caller(pilot), start)
    await Night(parts, iteration, actors).play(begin, now - timedelta(seconds=20))


async def _go_live(parts: Parts, users: dict[str, UUID], now: datetime) -> None:
    """The cutover that waits for its pilot: rehearsed twice, scheduled for the coming Friday evening."""
    friday = _friday(now, ZoneInfo("America/Los_Angeles"))
    await set_clock(parts, now - timedelta(days=70))
    imported = await _plan(parts, users, "ERP", _file("erp-go-live-weekend.yaml"))
    actors = await _actors(parts, imported.migration_id)
    runs = _rehearsals(friday - timedelta(weeks=8), friday - timedelta(weeks=3), ERP_RUN, ERP_DRESS)
    for rehearsal in runs:
        await rehearse(parts, imported.migration_id, imported.version_id, actors, rehearsal)
    await set_clock(parts, None)
    iteration, state = await _find(parts, imported.migration_id)
    pilot = await _person(parts, "priya@adventure-works.example")
    if iteration is None:
        iteration = await _make(parts, pilot, imported, friday, friday + timedelta(hours=60))
        state = "planning"
    if state == "planning":
        command = IterationCommand(iteration, IterationAction.SCHEDULE)
        await act_on_iteration(parts.runbook, Caller(pilot), command)


async def _bank(parts: Parts, users: dict[str, UUID], now: datetime) -> None:
    """The large one: a rehearsal, its dress rehearsal and the cutover of one plan, side by side."""
    imported = await _plan(parts, users, "BANK", _bank_file)
    pilot = Caller(await _person(parts, "priya@adventure-works.example"))
    begin = _wednesday(now, ZoneInfo("Europe/Berlin"))
    for weeks, name, kind, where in _BANK_NIGHTS:
        roles = {"NEW": where, "OLD": where, "REPORT": where}
        start = begin + timedelta(weeks=weeks)
        window = start + timedelta(days=14)
        iteration, state = await _find(parts, imported.migration_id, name)
        if iteration is None:
            command = CreateIteration(imported.version_id, name, kind, start, window, roles)
            iteration = await create_iteration(parts.runbook, pilot, command)
        if state == "planning":
            schedule = IterationCommand(iteration, IterationAction.SCHEDULE)
            await act_on_iteration(parts.runbook, pilot, schedule)


_BANK_NIGHTS = (
    (1, "RUN1", IterationKind.RUN, "REH"),
    (5, "DR1", IterationKind.DRESS_REHEARSAL, "REH"),
    (9, "CUTOVER", IterationKind.CUTOVER, "PROD"),
)
"""In how many weeks, under which name, as what and where."""


def _rehearsals(run: datetime, dress: datetime, first: Script, second: Script) -> tuple[Rehearsal, Rehearsal]:
    """A run and a dress rehearsal that began at these times."""
    return (
        Rehearsal("RUN1", IterationKind.RUN, run, first, seed=2),
        Rehearsal("DR1", IterationKind.DRESS_REHEARSAL, dress, second, seed=3),
    )


def _file(name: str) -> Callable[[], PlanSource]:
    return lambda: PlanSource(name, (PLANS / name).read_bytes())


def _bank_file() -> PlanSource:
    return PlanSource("bank-in-two-weekends.yaml", plan_as_yaml(bank_plan()).encode())


async def _plan(parts: Parts, users: dict[str, UUID], key: str, read: Callable[[], PlanSource]) -> Imported:
    """Import a plan, give its migration the cast, and have the second pilot approve it, once.

    What people made of plan and cast since the approval is theirs.
    """
    async with parts.database.read() as connection:
        there = (await connection.execute(_APPROVED, {"key": key})).one_or_none()
    if there:
        return Imported(there.migration_id, there.plan_id, there.version_id, there.number, changes=0)
    source = read()
    prepared, imported = await import_plan(parts.database, Caller(MACHINE), source)
    if imported is None:
        raise Invalid(f"{source.file_name} has errors: {prepared.findings[0].message}")
    await _cast(parts, users, imported.migration_id)
    async with parts.database.read() as connection:
        status = await connection.execute(
            text("SELECT status FROM plan_versions WHERE id = :id"), {"id": imported.version_id}
        )
    if status.scalar_one() == "draft":
        marco = Caller(await _person(parts, "marco@adventure-works.example"))
        await approve_version(parts.database, marco, ApproveVersion(imported.version_id))
    return imported


async def _cast(parts: Parts, users: dict[str, UUID], migration_id: UUID) -> None:
    database = parts.database
    for one in CAST:
        for role in one.roles:
            await grant_role(database, MACHINE, migration_id, users[one.email], role)
    async with database.read() as connection:
        teams = await list_teams(connection, migration_id)
    for team, name in zip(teams, EXTRAS, strict=False):
        await grant_role(database, MACHINE, migration_id, users[extra_email(name)], Role.MEMBER)
        await add_member(database, MACHINE, team["id"], users[extra_email(name)])
        for one in CAST:
            if team["code"] in one.teams:
                await add_member(database, MACHINE, team["id"], users[one.email])


async def _find(parts: Parts, migration_id: UUID, name: str = "CUTOVER") -> tuple[UUID | None, str]:
    wanted = {"migration": migration_id, "name": name}
    async with parts.database.read() as connection:
        row = (await connection.execute(_ITERATION, wanted)).one_or_none()
    return (row.id, row.state) if row else (None, "planning")


async def _make(parts: Parts, pilot: Person, imported: Imported, start: datetime, window: datetime) -> UUID:
    command = CreateIteration(imported.version_id, "CUTOVER", IterationKind.CUTOVER, start, window)
    return await create_iteration(parts.runbook, Caller(pilot), command)


async def _actors(parts: Parts, migration_id: UUID) -> Actors:
    async with parts.database.read() as connection:
        teams = await list_teams(connection, migration_id)
    members: dict[str, Person] = {}
    for team in teams:
        first = next(iter(team["members"]), None)
        if first:
            members[str(team["id"])] = await _person_by_name(parts, first["name"])
    pilot = await _person(parts, "priya@adventure-works.example")
    approver = await _person(parts, "arno@adventure-works.example")
    return Actors(pilot, approver, members)


async def _person_by_name(parts: Parts, name: str) -> Person:
    known = {one.name: one.email for one in CAST}
    return await _person(parts, known.get(name) or extra_email(name))


async def _person(parts: Parts, email: str) -> Person:
    async with parts.database.read() as connection:
        person = await person_by_email(connection, email)
    if person is None:
        raise Invalid(f"The demo has lost {email}.", hint="Start it on an empty TMINUS_HOME.")
    return person


def _friday(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Friday, 18:00 in the zone."""
    return _next(now, zone, 4, 18)


def _wednesday(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Wednesday, 08:00 in the zone."""
    return _next(now, zone, 2, 8)


def _next(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> datetime:
    local = now.astimezone(zone)
    day = local + timedelta(days=(weekday - local.weekday()) % 7 or 7)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
