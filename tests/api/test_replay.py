"""The log, replayed from its first event, gives what the board shows now."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.api.random_night import random_night
from tests.world import World
from tminus.platform.settings import Settings

AT_FIRST: dict[str, Any] = {
    "state": "not_ready",
    "attempt": 1,
    "version": 1,
    "tasksDone": 0,
    "startAssumed": False,
    **dict.fromkeys(
        ("opensAt", "readyAt", "activatedAt", "startedAt", "workEndedAt", "endedAt"),
    ),
    **dict.fromkeys(("reason", "lastActor", "lastAt", "decisionId", "delaySeconds")),
}
"""How every step is frozen: what the log starts from."""


@pytest.mark.parametrize("seed", range(4))
async def test_the_log_replayed_gives_the_board(world: World, config: Settings, seed: int) -> None:
    async with AsyncExitStack() as stack:
        night = await random_night(stack, world, config, 100 + seed)
        await night.go_on(60)
        board = await night.board("Priya")
        events = await night.events("Priya", 0)
    assert [event["prev"] for event in events] == [0, *(event["seq"] for event in events[:-1])]
    assert events[-1]["seq"] == board["seq"]
    steps: dict[str, dict[str, Any]] = {row["id"]: dict(AT_FIRST) for row in board["steps"]}
    iteration: dict[str, Any] = {}
    for event in events:
        iteration |= event["changes"].get("iteration", {})
        for change in event["changes"].get("steps", ()):
            steps[change["id"]] |= change
    for row in board["steps"]:
        told = {name: steps[row["id"]][name] for name in AT_FIRST}
        assert told == {name: row[name] for name in AT_FIRST}, row["code"]
    for name in ("state", "comms", "version", "progress", "startedAt", "plannedStart", "plannedEnd"):
        if name in iteration:
            assert iteration[name] == board["iteration"][name], name
    assert {"state", "progress", "version"} <= set(iteration)
