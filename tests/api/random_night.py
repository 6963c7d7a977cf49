"""Random commands by several people over the real app's HTTP, from a seed."""

from __future__ import annotations

import random
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from tests.api.door import PAGE, client_for, sign_in
from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.platform.settings import Settings
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.plan import Dependency, Plan

ACTORS = ("Priya", "Priya", "Marco", "Dana", "Dana", "Arno", "Vera")
ANSWERED = {200, 403, 409, 422}
"""Done, or refused with a reason; anything else is a fault."""

REASON = {"reason": "because"}
ACTIONS = [
    "activate",
    "taken",
    "start",
    "complete",
    "undo",
    "block",
    "unblock",
    "fail",
    "retry",
    "reopen",
    "skip",
    "cancel",
    "override",
    "waive",
]
ENDING = ("skip", "fail", "cancel", "override", "block", "reopen", "undo")
"""Pressed as often as the rest, these would be the whole night."""

PLAN = plan_of(
    step("TRT-1", tasks=tasks("TRT-1", 2)),
    step("TRT-2", team="APP"),
    step("TRT-3", "TRT-1", auto_activate=True),
    step("DUM-4", "TRT-1", "TRT-2"),
    step("TRT-5", Dependency("TRT-2", lag_seconds=300), "TRT-3"),
    step("IGO-6", "DUM-4"),
    step("TRT-7", "IGO-6", Dependency("TRT-1", lag_seconds=600), team="APP", tasks=tasks("TRT-7", 1)),
    step("TRT-8", "TRT-5", Dependency("TRT-7", lag_seconds=-120), auto_activate=True),
    step("DUM-9", "TRT-7"),
    step("DUM-10", "DUM-9", "TRT-3"),
    step("TRT-11", "DUM-10", tasks=tasks("TRT-11", 1, required=False)),
    rollback=(step("TRT-12", "TRT-5"),),
)


@dataclass(slots=True)
class RandomNight:
    """One live iteration, its people signed in, and what was pressed; `carried_out` counts what was not refused."""

    world: World
    iteration_id: UUID
    people: dict[str, httpx.AsyncClient]
    chance: random.Random
    now: datetime = NIGHT
    carried_out: int = 0
    refused: int = 0
    kinds: set[str] = field(default_factory=set)

    async def get(self, who: str, path: str, **query: Any) -> dict[str, Any]:
        """Let somebody read something of the iteration."""
        address = f"/api/v1/iterations/{self.iteration_id}/{path}"
        answer = await self.people[who].get(address, params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def board(self, who: str) -> dict[str, Any]:
        """Return the board as somebody sees it now."""
        return await self.get(who, "board")

    async def events(self, who: str, after: int, page: int = 500) -> list[dict[str, Any]]:
        """Return all events after a number, read page by page."""
        found: list[dict[str, Any]] = []
        at: int | None = after
        while at is not None:
            answer = await self.get(who, "events", after=at, limit=page)
            found += answer["items"]
            at = answer["next"]
        return found

    async def go_on(self, presses: int) -> None:
        """Press buttons at random; now and then time passes, and the ticker looks."""
        for _ in range(presses):
            if self.chance.random() < 0.25:
                self.now += timedelta(seconds=self.chance.choice((1, 60, 301)))
                await self.world.at(self.now)
                self.carried_out += await open_due_steps(self.world.services)
            await self._press_something()

    async def _press_something(self) -> None:
        who = self.chance.choice(ACTORS)
        board = await self.board(who)
        held = board["iteration"]["state"] == "on_hold"
        if self.chance.random() < (0.4 if held else 0.05):
            path, body = f"iterations/{self.iteration_id}/{'resume' if held else 'hold'}", REASON
        else:
            path, body = self._button(board["steps"])
        answer = await self.people[who].post(f"/api/v1/{path}", json=body, headers=PAGE)
        assert answer.status_code in ANSWERED, answer.text
        if answer.status_code == 200:
            self.carried_out += 1
            self.kinds.add(path.rsplit("/", 1)[1])
        else:
            self.refused += 1

    def _button(self, rows: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
        """Choose a button that the screen offers, mostly; else hardly anything would happen."""
        offering = [row for row in rows if row["allowedActions"]]
        row = self.chance.choice(offering or rows)
        base = f"iterations/{self.iteration_id}/steps/{row['code']}"
        if row["decisionId"] and "decide" in row["allowedActions"]:
            return f"decisions/{row['decisionId']}/answer", {
                **REASON,
                "answer": self.chance.choice(("go", "no_go")),
            }
        if row["tasksTotal"] and self.chance.random() < 0.5:
            task = f"{row['code']}-{self.chance.randint(1, row['tasksTotal'])}"
            return f"{base}/tasks/{task}/{self.chance.choice(('done', 'done', 'undone'))}", {}
        offered = [action for action in row["allowedActions"] if action in ACTIONS]
        if self.chance.random() < 0.8:
            offered = [action for action in offered if action not in ENDING] or offered
        before = [one["code"] for one in row["predecessors"]]
        action = self.chance.choice(offered or ACTIONS)
        return f"{base}/{action}", {
            **REASON,
            **({"predecessor": before[0]} if action == "waive" and before else {}),
        }


async def random_night(
    stack: AsyncExitStack, world: World, config: Settings, seed: int, plan: Plan = PLAN
) -> RandomNight:
    """Make a live iteration and sign everybody in; the clients are closed with the stack."""
    people: dict[str, httpx.AsyncClient] = {}
    for n, who in enumerate(dict.fromkeys(ACTORS)):
        people[who] = await stack.enter_async_context(client_for(world, config, address=f"192.0.2.{n + 1}"))
        answer = await sign_in(people[who], world, config, who)
        assert answer.status_code == 200, answer.text
    iteration_id = await world.iteration(plan)
    return RandomNight(world, iteration_id, people, random.Random(seed))
