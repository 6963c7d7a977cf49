"""A night as it might have gone: real commands, pressed by the cast at times in the past, with the clock stopped.

Teams take 80 to 130 % of what was planned, from a seed, so that delays are there to be seen.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tminus.entry.bootstrap import Parts
from tminus.people.domain.rights import Person
from tminus.platform.clock import freeze, release
from tminus.runbook.commands.control import ControlCommand, act_on_control
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.evidence import AddEvidence, add_evidence
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import StepCommand, act_on_step
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.control import ControlAction
from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.evidence import EvidenceKind
from tminus.runbook.domain.state import StepAction
from tminus.runbook.domain.task import TaskMark
from tminus.runbook.queries.board import board
from tminus.runbook.queries.controls import controls_view
from tminus.runbook.queries.step_detail import step_detail

Press = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Actors:
    """Who presses: a pilot, an approver, and one member for each team's key."""

    pilot: Person
    approver: Person
    members: dict[str, Person]


@dataclass(slots=True)
class Night:
    """One iteration played from now on the stopped clock until `end`; returns when nothing is due before it."""

    parts: Parts
    iteration_id: UUID
    actors: Actors
    seed: int = 1
    _queue: list[tuple[datetime, int, Press]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _count: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - a repeatable night, not a secret

    async def play(self, begin: datetime, end: datetime) -> None:
        """Let the night go from `begin` to `end`."""
        now = begin
        await self._plan_ready(now)
        while self._queue and self._queue[0][0] <= end:
            now, _, press = heapq.heappop(self._queue)
            await set_clock(self.parts, now)
            await open_due_steps(self.parts.runbook)
            await press()
            await self._plan_ready(now)

    async def _plan_ready(self, now: datetime) -> None:
        async with self.parts.database.read() as connection:
            view = await board(connection, self.actors.pilot, self.iteration_id)
        for row in view["steps"]:
            # Activated by itself, where the plan says so; its team begins all the same.
            if row["state"] in ("ready", "activated") and row["code"] not in self._known:
                self._known.add(row["code"])
                self._plan_step(row, now)

    def _plan_step(self, row: dict[str, Any], now: datetime) -> None:
        if row["behaviour"] == "gate":
            self._at(now + timedelta(seconds=40), lambda: self._decide(row["decisionId"]))
            return
        code = row["code"]
        took = row["durationSeconds"] * self._chance.uniform(0.8, 1.3)
        begun = now + timedelta(seconds=self._chance.uniform(5, 30))
        if row["state"] == "ready":
            pressed = now + timedelta(seconds=self._chance.uniform(2, 5))
            self._at(pressed, self._pilot(code, StepAction.ACTIVATE))
        self._at(begun, self._member(row, StepAction.START))
        self._at(begun + timedelta(seconds=took), lambda: self._finish(row))

    def _at(self, when: datetime, press: Press) -> None:
        self._count += 1
        heapq.heappush(self._queue, (when, self._count, press))

    def _pilot(self, code: str, action: StepAction) -> Press:
        return lambda: self._press(self.actors.pilot, code, action)

    def _member(self, row: dict[str, Any], action: StepAction) -> Press:
        return lambda: self._press(self._who(row), row["code"], action)

    def _who(self, row: dict[str, Any]) -> Person:
        return self.actors.members.get(row["teamId"] or "", self.actors.pilot)

    async def _press(self, person: Person, code: str, action: StepAction) -> None:
        await act_on_step(self.parts.runbook, Caller(person), StepCommand(self.iteration_id, code, action))

    async def _finish(self, row: dict[str, Any]) -> None:
        caller = Caller(self._who(row))
        async with self.parts.database.read() as connection:
            detail = await step_detail(connection, caller.person, self.iteration_id, row["code"])
        for task in detail["tasks"]:
            command = TaskCommand(self.iteration_id, row["code"], task["code"], TaskMark.DONE)
            await tick_task(self.parts.runbook, caller, command)
        await self._validate(detail["tasks"])
        if row["evidenceRequired"]:
            shown = AddEvidence(
                Aim(self.iteration_id, row["code"]), EvidenceKind.TEXT, "Seen on the console; log kept."
            )
            await add_evidence(self.parts.runbook, caller, shown)
        await self._press(caller.person, row["code"], StepAction.COMPLETE)

    async def _validate(self, tasks: list[dict[str, Any]]) -> None:
        """Let the teams that validate them pass the controls of a step's tasks."""
        pending = {one["code"] for task in tasks for one in task["controls"] if one["state"] == "pending"}
        if not pending:
            return
        async with self.parts.database.read() as connection:
            view = await controls_view(connection, self.actors.pilot, self.iteration_id)
        for control in view["items"]:
            if control["code"] in pending:
                team = control["validator"]["id"] if control["validator"] else ""
                caller = Caller(self.actors.members.get(team, self.actors.pilot))
                command = ControlCommand(self.iteration_id, control["code"], ControlAction.PASS)
                await act_on_control(self.parts.runbook, caller, command)

    async def _decide(self, decision_id: str) -> None:
        command = AnswerCommand(UUID(decision_id), Answer.GO, "All checks of this phase are green.")
        await answer_decision(self.parts.runbook, Caller(self.actors.approver), command)


async def set_clock(parts: Parts, at: datetime | None) -> None:
    """Stop the clock at a time; None lets it run again."""
    async with parts.database.engine.begin() as connection:
        await (freeze(connection, at) if at else release(connection))
