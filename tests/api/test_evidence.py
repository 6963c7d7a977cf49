"""Evidence over HTTP: files go up as bytes, come down as attachments, and a request sent twice is kept once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import httpx
import pytest_asyncio

from tests.api.door import PAGE, client_for, settings_for, sign_in
from tests.world import World, plan_of, step, tasks
from tminus.platform.files.objects import open_objects

BYTES = PAGE | {"Content-Type": "application/octet-stream"}


@dataclass(slots=True)
class Desk:
    """Dana at her browser, with TRT-1 of a live iteration begun."""

    client: httpx.AsyncClient
    iteration_id: UUID
    world: World

    @property
    def evidence(self) -> str:
        """Where the evidence of TRT-1 is."""
        return f"/api/v1/iterations/{self.iteration_id}/steps/TRT-1/evidence"


@pytest_asyncio.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    """Make it."""
    settings = settings_for(tmp_path)
    world.services = replace(world.services, objects=open_objects("", tmp_path))
    iteration_id = await world.iteration(
        plan_of(step("TRT-1", tasks=tasks("TRT-1", 1), evidence_required=True))
    )
    await world.press("Dana", iteration_id, "TRT-1", "start")
    async with client_for(world, settings) as client:
        await sign_in(client, world, settings, "Dana")
        yield Desk(client, iteration_id, world)


async def test_a_file_goes_up_as_bytes_and_comes_down_to_be_saved(desk: Desk) -> None:
    query = {"fileName": "../../Zähler 1.csv", "words": "counts", "taskCode": "TRT-1-1"}
    answer = await desk.client.post(
        f"{desk.evidence}/file", params=query, content=b"a;b\n1;2\n", headers=BYTES
    )
    assert answer.status_code == 201, answer.text
    one = answer.json()
    assert (one["fileName"], one["mediaType"], one["size"], one["taskCode"]) == (
        "Zähler 1.csv",
        "text/csv",
        8,
        "TRT-1-1",
    )
    got = await desk.client.get(f"/api/v1/evidence/{one['id']}/file")
    assert got.content == b"a;b\n1;2\n"
    assert got.headers["content-disposition"] == (
        "attachment; filename=\"Z_hler 1.csv\"; filename*=UTF-8''Z%C3%A4hler%201.csv"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert got.headers["content-length"] == "8"
    (listed,) = (await desk.client.get(desk.evidence)).json()["items"]
    assert (listed["id"], listed["counted"], listed["allowedActions"]) == (one["id"], True, ["withdraw"])
    gone = await desk.client.post(
        f"/api/v1/evidence/{one['id']}/withdraw", json={"reason": "old"}, headers=PAGE
    )
    assert (gone.json()["counted"], gone.json()["withdrawnReason"]) == (False, "old")


async def test_a_request_that_is_sent_twice_is_kept_once(desk: Desk) -> None:
    once = PAGE | {"Idempotency-Key": "abc"}
    body = {"kind": "text", "words": "42 rows"}
    first, second = [await desk.client.post(desk.evidence, json=body, headers=once) for _ in range(2)]
    assert first.json()["id"] == second.json()["id"]
    sent = BYTES | {"Idempotency-Key": "def"}
    files = [
        await desk.client.post(f"{desk.evidence}/file?fileName=a.txt", content=b"x", headers=sent)
        for _ in range(2)
    ]
    assert files[0].json()["id"] == files[1].json()["id"]
    assert len((await desk.client.get(desk.evidence)).json()["items"]) == 2


async def test_what_is_not_taken_is_said_and_nothing_is_kept(desk: Desk) -> None:
    async def huge() -> AsyncIterator[bytes]:
        for _ in range(25):
            yield b"x" * 1024 * 1024
        yield b"x"

    bad = [
        (
            await desk.client.post(
                desk.evidence, json={"kind": "link", "words": "javascript:x"}, headers=PAGE
            ),
            422,
        ),
        (
            await desk.client.post(desk.evidence, json={"kind": "text", "words": "a\u202eb"}, headers=PAGE),
            422,
        ),
        (await desk.client.post(desk.evidence, json={"kind": "file", "words": "a"}, headers=PAGE), 422),
        (await desk.client.post(f"{desk.evidence}/file?fileName=a.png", content=b"MZ\0", headers=BYTES), 422),
        (await desk.client.post(f"{desk.evidence}/file?fileName=a.txt", content=b"", headers=BYTES), 422),
        (await desk.client.post(f"{desk.evidence}/file?fileName=a.txt", content=huge(), headers=BYTES), 422),
        (await desk.client.post(f"{desk.evidence}/file", content=b"x", headers=BYTES), 422),
    ]
    for answer, status in bad:
        assert answer.status_code == status, answer.text
    assert (await desk.client.get(desk.evidence)).json()["items"] == []


async def test_a_step_that_waits_for_evidence_completes_by_it_and_its_task_says_why_not(desk: Desk) -> None:
    at = f"/api/v1/iterations/{desk.iteration_id}/steps/TRT-1"
    mark = await desk.client.post(
        f"{at}/tasks/TRT-1-1/not-applicable", json={"reason": "no index"}, headers=PAGE
    )
    assert mark.json()["events"][0]["changes"]["tasks"][0]["reason"] == "no index"
    await desk.client.post(f"{at}/complete", json={}, headers=PAGE)
    assert (await desk.client.get(at)).json()["state"] == "verifying"
    await desk.client.post(desk.evidence, json={"kind": "text", "words": "42 rows"}, headers=PAGE)
    assert (await desk.client.get(at)).json()["state"] == "complete"
