"""A night as it might have gone: real commands, pressed by the cast at times in the past, with the clock stopped.

What each step takes is drawn from a seed, so that delays are there to be seen; a script says what goes otherwise.
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
from tminus.entry.demo import look
from tminus.entry.demo.script import Script
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
    script: Script = field(default_factory=Script)
    _queue: list[tuple[datetime, int, Press]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _failed: set[str] = field(default_factory=set)
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
        gone_by = await look.over(self.parts, self.iteration_id, list(self.script.waits.values()))
        for row in await look.ready_steps(self.parts, self.iteration_id):
            # Activated by itself, where the plan says so; its team begins all the same.
            if row.code not in self._known and self.script.waits.get(row.code) in (None, *gone_by):
                self._known.add(row.code)
                self._plan_step(row, now)

    def _plan_step(self, row: Any, now: datetime) -> None:
        if row.behaviour == "gate":
            self._at(now + timedelta(seconds=40), lambda: self._decide(row.decision_id))
            return
        code = row.code
        if code in self.script.skips:
            self._at(now + timedelta(seconds=60), self._skip(code))
            return
        took = row.duration_seconds * self.script.takes.get(code, self._chance.uniform(*self.script.spread))
        begun = now + timedelta(seconds=self._chance.uniform(5, 30))
        if row.state == "ready":
            pressed = now + timedelta(seconds=self._chance.uniform(2, 5))
            self._at(pressed, self._pilot(code, StepAction.ACTIVATE))
        self._at(begun, self._member(row, StepAction.START))
        if code in self.script.fails and code not in self._failed:
            self._at(begun + timedelta(seconds=took / 2), lambda: self._fail(row))
            return
        self._at(begun + timedelta(seconds=took), lambda: self._finish(row))

    def _at(self, when: datetime, press: Press) -> None:
        self._count += 1
        heapq.heappush(self._queue, (when, self._count, press))

    def _pilot(self, code: str, action: StepAction) -> Press:
        return lambda: self._press(self.actors.pilot, code, action)

    def _member(self, row: Any, action: StepAction) -> Press:
        return lambda: self._press(self._who(row), row.code, action)

    def _who(self, row: Any) -> Person:
        return self.actors.members.get(str(row.team_id), self.actors.pilot)

    async def _press(self, person: Person, code: str, action: StepAction) -> None:
        await act_on_step(self.parts.runbook, Caller(person), StepCommand(self.iteration_id, code, action))

    def _skip(self, code: str) -> Press:
        why = StepCommand(self.iteration_id, code, StepAction.SKIP, reason=self.script.skips[code])
        return lambda: act_on_step(self.parts.runbook, Caller(self.actors.pilot), why)

    async def _fail(self, row: Any) -> None:
        """The first attempt fails; a pilot has it tried again at once, and it is planned like a new one."""
        code = row.code
        why = StepCommand(self.iteration_id, code, StepAction.FAIL, reason=self.script.fails[code])
        await act_on_step(self.parts.runbook, Caller(self._who(row)), why)
        await self._press(self.actors.pilot, code, StepAction.RETRY)
        self._failed.add(code)
        self._known.discard(code)

    async def _finish(self, row: Any) -> None:
        caller = Caller(self._who(row))
        for task in await look.tasks(self.parts, self.iteration_id, row.code):
            command = TaskCommand(self.iteration_id, row.code, task, TaskMark.DONE)
            await tick_task(self.parts.runbook, caller, command)
        await self._validate(row.code)
        if row.evidence_required:
            shown = AddEvidence(
                Aim(self.iteration_id, row.code), EvidenceKind.TEXT, "Seen on the console; log kept."
            )
            await add_evidence(self.parts.runbook, caller, shown)
        await self._press(caller.person, row.code, StepAction.COMPLETE)

    async def _validate(self, code: str) -> None:
        """Let the teams that validate them pass the controls of a step's tasks."""
        for control in await look.pending_controls(self.parts, self.iteration_id, code):
            caller = Caller(self.actors.members.get(str(control.validator_team_id), self.actors.pilot))
            command = ControlCommand(self.iteration_id, control.code, ControlAction.PASS)
            await act_on_control(self.parts.runbook, caller, command)

    async def _decide(self, decision_id: UUID) -> None:
        command = AnswerCommand(decision_id, Answer.GO, "All checks of this phase are green.")
        await answer_decision(self.parts.runbook, Caller(self.actors.approver), command)


async def set_clock(parts: Parts, at: datetime | None) -> None:
    """Stop the clock at a time; None lets it run again."""
    async with parts.database.engine.begin() as connection:
        await (freeze(connection, at) if at else release(connection))
