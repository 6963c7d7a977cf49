"""The schedule over HTTP: typed, shifted, refused in words; and the macro-plan as files with the headers they need."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.people_door import API, Door, make_door
from tests.world import NIGHT, World, plan_of, step
from tminus.platform.settings import Settings
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.domain.plan import Plan

EVIL = "</script><script>alert(1)</script>"


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast and an admin, each with a browser."""
    async with make_door(world, config) as door:
        yield door


def night() -> Plan:
    return plan_of(step("TRT-1", minutes=60), step("TRT-2", "TRT-1", team="APP", minutes=30))


def later(minutes: int) -> str:
    return (NIGHT + timedelta(minutes=minutes)).isoformat()


async def export(door: Door, iteration: object, **params: str) -> httpx.Response:
    browser = await door.browser("Vera")
    return await browser.get(f"{API}/iterations/{iteration}/schedule/export", params=params)


async def test_a_schedule_is_typed_and_told(door: Door) -> None:
    iteration = await door.world.iteration(night(), live=False)
    path = f"/iterations/{iteration}/schedule"
    chapter = {"chapterCode": "A1", "start": later(30), "end": later(90)}
    would: dict[str, Any] = await door.ok("Priya", f"POST {path}/preview", {"chapters": [chapter]})
    typed: dict[str, Any] = await door.ok("Priya", f"PUT {path}", {"chapters": [chapter]})
    assert would["conflicts"] == typed["conflicts"]
    assert [one["code"] for one in typed["conflicts"]] == ["too_short"]
    assert typed["version"] == would["version"] + 1
    board = await door.ok("Vera", f"GET /iterations/{iteration}/board")
    assert board["steps"][0]["plannedStart"].startswith("2026-11-21T21:00:00")
    assert board["iteration"]["version"] == typed["version"]
    asked: dict[str, Any] = await door.ok("Priya", f"POST {path}/shift/preview", {"minutes": 15})
    await door.ok("Priya", f"POST {path}/shift", {"minutes": 15, "version": typed["version"]})
    shown = await door.ok("Vera", f"GET {path}")
    assert [asked[name] for name in ("planned", "macroPhases")] == [
        shown[name] for name in ("planned", "macroPhases")
    ]
    seen = {"start": later(30), "end": later(90), "typed": True}
    told = await door.refused(
        "chapter_changed", "Priya", f"PUT {path}", {"chapters": [chapter | {"seen": seen}]}
    )
    assert "Priya changed it at 21:30 CET" in told["detail"]
    await door.refused("start_in_past", "Priya", f"POST {path}/shift/preview", {"minutes": -10_000})
    assert shown["planned"]["start"].startswith("2026-11-21T20:45:00")
    assert shown["whyNot"]
    await door.refused("iteration_changed", "Priya", f"POST {path}/derive", {"version": 1})
    await door.refused("no_window", "Priya", f"POST {path}/fit", {})
    await door.refused("invalid", "Priya", f"POST {path}/shift", {"minutes": 10**9})
    await door.refused("invalid", "Priya", f"PUT {path}", {"chapters": []})
    await door.ok("Priya", f"POST {path}/re-baseline", {"reason": "Agreed"})
    events = (await door.ok("Vera", f"GET /iterations/{iteration}/events"))["items"]
    assert [one["type"] for one in events][-3:] == [
        "iteration.schedule_changed",
        "iteration.schedule_changed",
        "iteration.rebaselined",
    ]
    assert all(one["reload"] for one in events[-3:])


@pytest.mark.parametrize(
    ("form", "media", "name", "begins"),
    [
        ("table", "text/html; charset=utf-8", "CUTOVER macro-plan table.html", "<table "),
        ("page", "text/html; charset=utf-8", "CUTOVER macro-plan.html", "<!doctype html>"),
        ("ics", "text/calendar; charset=utf-8", "ERP CUTOVER.ics", "BEGIN:VCALENDAR"),
    ],
)
async def test_the_macro_plan_is_a_file_to_be_saved(
    door: Door, form: str, media: str, name: str, begins: str
) -> None:
    iteration = await door.world.iteration(night())
    answer = await export(door, iteration, form=form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == media
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.text.startswith(begins)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy  # the application's own policy stays as it is; the page brings another


async def test_zones_and_teams_are_asked_for(door: Door) -> None:
    iteration = await door.world.iteration(night())
    assert "Sat 21 Nov 21:30" in (await export(door, iteration)).text
    assert "Sat 21 Nov 15:30" in (await export(door, iteration, zone="America/New_York")).text
    assert (await export(door, iteration, zone="Mars/Olympus")).status_code == 422
    both = (await export(door, iteration, form="ics")).text
    one = (await export(door, iteration, form="ics", team="APP")).text
    assert (both.count("BEGIN:VEVENT"), one.count("BEGIN:VEVENT")) == (2, 1)
    assert "SUMMARY:Planned: TRT-2" in one
    assert "Europe/Berlin" in one
    assert "clock of UTC" in (await export(door, iteration, form="ics", zone="UTC")).text.replace("\r\n ", "")
    assert (await export(door, iteration, form="ics", team="NOBODY")).status_code == 404
    assert (await export(door, iteration, form="pdf")).status_code == 422


async def test_what_has_happened_is_in_it(door: Door) -> None:
    iteration = await door.world.iteration(night())
    await door.world.at(NIGHT + timedelta(minutes=10))
    await door.world.press("Dana", iteration, "TRT-1", "start")
    await door.world.at(NIGHT + timedelta(minutes=80))
    await door.world.press("Dana", iteration, "TRT-1", "complete")
    html = (await export(door, iteration)).text
    assert "&#9654; in progress 1/2" in html
    assert "Sat 21 Nov 21:40" in html
    ics = (await export(door, iteration, form="ics", team="DBA")).text
    assert "DTSTART:20261121T204000Z\r\nDTEND:20261121T215000Z" in ics


async def test_what_is_open_stands_where_the_forecast_has_it(door: Door) -> None:
    iteration = await door.world.iteration(night())
    await door.world.at(NIGHT + timedelta(minutes=30))
    forecaster = Forecaster(door.world.services)
    await forecaster.renew(iteration)
    table = (await export(door, iteration)).text
    assert "by forecast" in table
    assert "not begun as of Sat 21 Nov 22:00" in table
    page = (await export(door, iteration, form="page")).text
    assert "Forecast finish, as of Sat 21 Nov 22:00" in page
    first = (await export(door, iteration, form="ics", team="DBA")).text.replace("\r\n ", "")
    assert "SUMMARY:Forecast: TRT-1" in first
    assert "DTSTART:20261121T210000Z" in first  # planned at 20:30, and now is 21:00
    await door.world.at(NIGHT + timedelta(minutes=31))
    await forecaster.renew(iteration)
    forecaster.close()
    again = (await export(door, iteration, form="ics", team="DBA")).text
    assert sequence(again) > sequence(first)  # nothing was pressed, and it moved


def sequence(ics: str) -> int:
    return int(ics.split("SEQUENCE:")[1].split("\r\n")[0])
