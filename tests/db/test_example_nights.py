"""Both example plans imported, approved and run to their end on a moved clock; then the log is judged."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.conftest import TestDatabase
from tminus.entry.bootstrap import Parts, assemble
from tminus.entry.demo.night import Actors, Night, set_clock
from tminus.entry.demo.seed import PLANS
from tminus.people.commands.roles import grant_role
from tminus.people.commands.teams import add_member
from tminus.people.commands.users import NewUser, ensure_user
from tminus.people.domain.rights import Person, Role
from tminus.people.queries import list_teams, person_by_id
from tminus.platform.settings import Settings
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.imports.commit import Imported
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.state import Comms, IterationAction, IterationKind

BEGIN = datetime(2026, 11, 20, 18, tzinfo=UTC)
MACHINE = Person(None, "cli:tester", machine=True)
SATISFIED = {"step.completed", "step.skipped"}
ENDED = {"step.completed", "step.skipped", "step.failed"}


async def rows(parts: Parts, sql: str, **values: Any) -> list[Any]:
    async with parts.database.read() as connection:
        return list(await connection.execute(text(sql), values))


async def person(parts: Parts, migration: UUID, name: str, role: Role, team: UUID | None = None) -> Person:
    user = await ensure_user(parts.database, MACHINE, NewUser(f"{name.lower()}@night.example", name))
    await grant_role(parts.database, MACHINE, migration, user, role)
    if team:
        await add_member(parts.database, MACHINE, team, user)
    async with parts.database.read() as connection:
        found = await person_by_id(connection, user)
    assert found is not None
    return found


async def cast_of(parts: Parts, migration: UUID) -> Actors:
    async with parts.database.read() as connection:
        teams = await list_teams(connection, migration)
    members = {
        str(team["id"]): await person(parts, migration, f"Member{n}", Role.MEMBER, team["id"])
        for n, team in enumerate(teams)
    }
    pilot = await person(parts, migration, "Priya", Role.PILOT)
    return Actors(pilot, await person(parts, migration, "Arno", Role.APPROVER), members)


async def imported_and_approved(parts: Parts, name: str) -> Imported:
    source = PlanSource(name, (PLANS / name).read_bytes())
    prepared, imported = await import_plan(parts.database, Caller(MACHINE), source)
    assert imported is not None, prepared.findings
    again, unchanged = await import_plan(parts.database, Caller(MACHINE), source)
    assert unchanged is not None
    assert unchanged.changes == 0, again.findings
    marco = await person(parts, imported.migration_id, "Marco", Role.PILOT)
    await approve_version(parts.database, Caller(marco), ApproveVersion(imported.version_id))
    return imported


async def live(parts: Parts, imported: Imported, pilot: Person) -> UUID:
    await set_clock(parts, BEGIN)
    caller = Caller(pilot)
    command = CreateIteration(imported.version_id, "CUTOVER", IterationKind.CUTOVER, BEGIN)
    iteration = await create_iteration(parts.runbook, caller, command)
    await act_on_iteration(parts.runbook, caller, IterationCommand(iteration, IterationAction.SCHEDULE))
    start = IterationCommand(iteration, IterationAction.START, comms=Comms.ON)
    await act_on_iteration(parts.runbook, caller, start)
    return iteration


async def play_to_the_end(parts: Parts, iteration: UUID, actors: Actors) -> None:
    """Play while anybody has something to do, and where nobody has, go on to the next step that time opens."""
    night, now = Night(parts, iteration, actors), BEGIN
    while True:
        await night.play(now, BEGIN + timedelta(days=30))
        due = await rows(
            parts, "SELECT min(opens_at) AS at FROM iteration_steps WHERE iteration_id = :i", i=iteration
        )
        if due[0].at is None:
            return
        now = due[0].at
        await set_clock(parts, now)
        assert await open_due_steps(parts.runbook) > 0, "a step is due and does not open"


@dataclass(slots=True)
class Story:
    """What the log tells of one iteration, read without the product's code."""

    entries: list[Any]
    links: list[Any]
    begun: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    satisfied: dict[UUID, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            if entry.type == "step.started":
                self.begun[entry.step_id].append(entry)
            if entry.type in ENDED:
                self.ended[entry.step_id].append(entry)
            if entry.type in SATISFIED:
                self.satisfied[entry.step_id] = entry

    def check_order(self) -> None:
        """No step turned ready, or began, before each step it waits for was over, and the lag with it."""
        first = {}
        for entry in self.entries:
            if entry.type in ("step.ready", "step.started") and entry.step_id not in first:
                first[entry.step_id] = entry
        for link in self.links:
            if link.successor_id not in first:
                continue
            before, after = self.satisfied[link.predecessor_id], first[link.successor_id]
            assert link.kind == "FS"
            assert before.seq < after.seq or link.lag_seconds < 0
            assert after.at >= before.at + timedelta(seconds=link.lag_seconds) or link.lag_seconds < 0

    def check_attempts(self, steps: list[Any]) -> None:
        """One start and one end an attempt; a milestone and a gate have only their end."""
        for step in steps:
            if step.dormant:
                assert step.id not in self.begun
                assert step.id not in self.ended
                continue
            assert len(self.ended[step.id]) == step.attempt, step.code
            works = step.behaviour not in ("milestone", "gate")
            assert len(self.begun[step.id]) == (step.attempt if works else 0), step.code
            if works:
                assert self.begun[step.id][-1].seq < self.ended[step.id][-1].seq


def check_chain(entries: list[Any]) -> None:
    """Numbers without a gap, and every hash from the bytes and the one before."""
    before = b""
    last: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        assert entry.seq == number
        assert bytes(entry.prev_hash) == before
        before = hashlib.sha256(before + bytes(entry.canonical)).digest()
        assert bytes(entry.hash) == before
        said = json.loads(bytes(entry.canonical))
        assert (said["seq"], said["type"], said["detail"]) == (entry.seq, entry.type, entry.detail)
        if entry.iteration_id:
            assert entry.detail["prev"] == last.get(entry.iteration_id, 0)
            last[entry.iteration_id] = entry.seq


@pytest.mark.parametrize("name", ["data-centre-switchover.yaml", "erp-go-live-weekend.yaml"])
async def test_an_example_plan_runs_to_its_end(db: TestDatabase, tmp_path: Path, name: str) -> None:
    parts = assemble(Settings(home=tmp_path), db.app_url)
    imported = await imported_and_approved(parts, name)
    actors = await cast_of(parts, imported.migration_id)
    iteration = await live(parts, imported, actors.pilot)
    await play_to_the_end(parts, iteration, actors)
    await act_on_iteration(
        parts.runbook, Caller(actors.pilot), IterationCommand(iteration, IterationAction.COMPLETE)
    )

    steps = await rows(parts, "SELECT * FROM iteration_steps WHERE iteration_id = :i", i=iteration)
    assert {step.state for step in steps if not step.dormant} == {"complete"}
    log = await rows(parts, "SELECT * FROM event_log WHERE stream = :s ORDER BY seq", s=imported.migration_id)
    check_chain(log)
    links = await rows(parts, "SELECT * FROM iteration_dependencies WHERE iteration_id = :i", i=iteration)
    story = Story([entry for entry in log if entry.iteration_id == iteration], links)
    story.check_order()
    story.check_attempts(steps)
    told = Counter(entry.step_id for entry in log if entry.type == "step.activated")
    mails = Counter(row.step_id for row in await rows(parts, "SELECT step_id FROM outbox"))
    assert set(told) <= set(mails), "a team was not told"
    final = log[-1].detail["after"]["state"] if log[-1].type == "iteration.completed" else ""
    assert final == "complete"
    await parts.database.close()
