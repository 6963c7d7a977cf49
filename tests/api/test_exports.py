"""Plans and runsheets as files over HTTP: right names and types, nothing that a browser would run."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from tests.api.people_door import API, Door, make_door
from tests.world import World, insert_plan, plan_of, step, tasks
from tminus.platform.settings import Settings
from tminus.runbook.domain.plan import Plan
from tminus.runbook.readers.exports import XLSX

EVIL = "<script>alert(1)</script> =cmd|'/c calc'!A1"


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast and an admin, each with a browser."""
    async with make_door(world, config) as door:
        yield door


def night() -> Plan:
    first = replace(step("TRT-1"), name=EVIL, tasks=tasks("TRT-1", 1))
    return replace(plan_of(first, step("TRT-2", "TRT-1", team="APP")), name="Night / one")


async def file(door: Door, path: str, **params: str) -> httpx.Response:
    answer = await (await door.browser("Vera")).get(f"{API}{path}/export", params=params)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    ("form", "media", "ending", "begin"),
    [
        ("yaml", "application/yaml", "yaml", b"tminus"),
        ("json", "application/json", "json", b"{"),
        ("csv", "text/csv; charset=utf-8", "csv", b"\xef\xbb\xbfKind,"),
        ("xlsx", XLSX, "xlsx", b"PK\x03\x04"),
        ("msproject", "application/xml", "xml", b"<?xml"),
        ("mermaid", "text/plain; charset=utf-8", "mmd", b"%% "),
        ("svg", "image/svg+xml", "svg", b"<"),
    ],
)
async def test_a_version_in_every_form_is_a_file_to_be_saved(
    door: Door, form: str, media: str, ending: str, begin: bytes
) -> None:
    version = await insert_plan(door.world, night())
    answer = await file(door, f"/plan-versions/{version}", format=form)
    assert answer.headers["content-type"] == media
    kept = answer.headers["content-disposition"]
    assert kept.startswith("attachment; ")
    assert f".{ending}" in kept
    assert "/" not in kept.split("filename*")[0]
    assert answer.content.startswith(begin)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert ("style-src" in policy) == (form == "svg")
    if form in ("svg", "msproject"):
        assert b"<script>" not in answer.content


async def test_what_a_form_cannot_hold_is_told(door: Door) -> None:
    version = await insert_plan(door.world, night())
    asked = f"GET /plan-versions/{version}/export/left-out?format="
    assert (await door.ok("Vera", f"{asked}yaml"))["items"] == []
    assert any("task" in one for one in (await door.ok("Vera", f"{asked}msproject"))["items"])
    await door.refused("invalid", "Vera", f"{asked}pdf")


async def test_a_runsheet_has_states_and_times_by_a_clock(door: Door) -> None:
    iteration = await door.world.iteration(night())
    await door.world.press("Dana", iteration, "TRT-1", "start")
    answer = await file(door, f"/iterations/{iteration}", format="csv")
    heading, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    told = {row[heading.index("Code")]: dict(zip(heading, row, strict=True)) for row in rows}
    assert (told["TRT-1"]["State"], told["TRT-2"]["State"]) == ("in progress", "not ready")
    assert told["TRT-1"]["Actual start (Europe/Berlin)"] == "2026-11-21 21:30"
    assert told["TRT-1"]["Name"] == EVIL  # a name that begins with no sign of a formula is as it was
    utc = await file(door, f"/iterations/{iteration}", format="csv", zone="UTC")
    assert "Actual start (UTC)" in utc.text.splitlines()[0]
    book = await file(door, f"/iterations/{iteration}")
    assert (book.headers["content-type"], book.content[:2]) == (XLSX, b"PK")
    assert "CUTOVER.xlsx" in book.headers["content-disposition"]
    await door.refused("invalid", "Vera", f"GET /iterations/{iteration}/export?zone=Mars")
