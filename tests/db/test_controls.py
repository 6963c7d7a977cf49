"""Controls, evidence and the states of tasks: what holds a step in verifying, and what lets it complete."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from obstore.store import LocalStore
from sqlalchemy import text

from tests.world import World, plan_of, step, tasks
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.platform.files.objects import Objects
from tminus.runbook.commands.control import ControlCommand, Written, act_on_control
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.evidence import AddEvidence, add_evidence
from tminus.runbook.commands.evidence_file import AddFile, add_file
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.evidence_sweep import sweep_orphans
from tminus.runbook.commands.evidence_withdraw import WithdrawEvidence, withdraw_evidence
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.domain.control import ControlAction
from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.evidence import EvidenceKind
from tminus.runbook.domain.plan import Control, Plan, Task
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import TaskMark
from tminus.runbook.queries.controls import controls_view
from tminus.runbook.queries.step_detail import step_detail
from tminus.runbook.store.execution import load_network

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def controlled(*, critical: bool = True) -> Plan:
    """TRT-1 and TRT-2 are both tied to C1, which the applications' team validates; TRT-3 waits for TRT-1."""
    tied = (Task("TRT-1-1", "Compare", controls=("C1",), required=False),)
    also = (Task("TRT-2-1", "Compare too", controls=("C1",), required=False),)
    plan = plan_of(step("TRT-1", tasks=tied), step("TRT-2", tasks=also), step("TRT-3", "TRT-1"))
    control = Control("C1", "Balances agree", producer="DBA", validator="APP", critical=critical)
    return replace(plan, controls=(control,))


async def say(world: World, who: str, i: UUID, action: str, **more: object) -> Written:
    """Let somebody say something of C1."""
    command = ControlCommand(i, "C1", ControlAction(action), **more)  # type: ignore[arg-type] # test's own words
    return await act_on_control(world.services, Caller(world.people[who]), command)


async def show(world: World, who: str, aim: Aim, words: str = "42 rows", kind: str = "text") -> UUID:
    """Let somebody show something."""
    return await add_evidence(
        world.services, Caller(world.people[who]), AddEvidence(aim, EvidenceKind(kind), words)
    )


async def mark(world: World, i: UUID, task: str, what: str, **more: object) -> Step:
    """Let Dana say something of a task of TRT-1."""
    command = TaskCommand(i, "TRT-1", task, TaskMark(what), **more)  # type: ignore[arg-type] # test's own words
    return (await tick_task(world.services, Caller(world.people["Dana"]), command)).step


async def now(world: World, i: UUID, code: str) -> Step:
    """Return a step as it stands."""
    async with world.database.read() as connection:
        network = await load_network(connection, i)
    return next(one for one in network.steps.values() if one.code == code)


def in_team(world: World, who: str, team: str) -> None:
    """Put somebody into a team, as their session would."""
    world.people[who] = replace(world.people[who], teams=frozenset({world.teams[team]}))


async def running(world: World, i: UUID, code: str = "TRT-1") -> None:
    await world.press("Dana", i, code, "start")


async def test_a_critical_control_holds_its_step_until_its_validators_pass_it(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    await running(world, i)
    done = await world.press("Dana", i, "TRT-1", "complete")
    assert (done.step.state, done.step.controls_open) == (StepState.VERIFYING, 1)
    async with world.database.read() as connection:
        detail = await step_detail(connection, world.people["Dana"], i, "TRT-1")
    why = [one["sentence"] for one in detail["blockedBy"]]
    assert why == ["It waits for the critical control C1 “Balances agree”, which Applications validates"]
    with pytest.raises(Forbidden, match="Applications, which validates it"):
        await say(world, "Dana", i, "pass")
    with pytest.raises(Invalid, match="takes a reason"):
        await say(world, "Lena", i, "fail")
    await say(world, "Lena", i, "fail", reason="12 cents off")
    assert (await now(world, i, "TRT-1")).state is StepState.VERIFYING
    written = await say(world, "Lena", i, "pass")
    types = [entry.type for entry in written.entries]
    assert types[:2] == ["control.passed", "step.completed"]
    assert "step.ready" in types
    assert (await now(world, i, "TRT-1")).controls_open == 0
    assert (await now(world, i, "TRT-2")).controls_open == 0


async def test_another_attempt_has_its_controls_pending_again_for_all_who_are_tied(world: World) -> None:
    i = await world.iteration(controlled())
    await say(world, "Priya", i, "pass")
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "fail", reason="it broke")
    retried = await world.press("Priya", i, "TRT-1", "retry")
    assert retried.step.controls_open == 1
    other = await now(world, i, "TRT-2")
    assert other.controls_open == 1
    changes = retried.entries[0].detail["waiting"]
    assert changes[str(other.id)]["controlsOpen"] == 1
    await say(world, "Priya", i, "cancel", reason="replaced by C2")
    assert (await now(world, i, "TRT-1")).controls_open == 0
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "fail", reason="again")
    assert (await world.press("Priya", i, "TRT-1", "retry")).step.controls_open == 0


async def test_what_is_not_critical_holds_nothing(world: World) -> None:
    i = await world.iteration(controlled(critical=False))
    await running(world, i)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.COMPLETE


async def test_a_control_moves_as_it_was_seen_and_by_pilots_where_it_is_theirs(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    with pytest.raises(Refused, match="has changed since you looked") as stale:
        await say(world, "Lena", i, "pass", version=7)
    assert stale.value.code == "control_changed"
    for action in ("cancel", "override"):
        with pytest.raises(Forbidden):
            await say(world, "Lena", i, action, reason="no")
    await say(world, "Lena", i, "pass", version=1)
    with pytest.raises(Forbidden):
        await say(world, "Lena", i, "reopen", reason="no")
    await say(world, "Marco", i, "reopen", reason="wrong figures")
    with pytest.raises(NotFound):
        await act_on_control(
            world.services, Caller(world.people["Priya"]), ControlCommand(i, "C9", ControlAction.PASS)
        )
    with pytest.raises(Forbidden):
        await say(world, "Vera", i, "pass")


async def test_a_critical_control_is_passed_by_order_of_two(world: World) -> None:
    i = await world.iteration(controlled())
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "complete")
    asked = await say(world, "Priya", i, "override", reason="the difference is known")
    assert [entry.type for entry in asked.entries] == ["decision.asked"]
    assert (await now(world, i, "TRT-1")).state is StepState.VERIFYING
    key = UUID(asked.entries[0].detail["decisionId"])
    await sign(world, "Marco", key)
    async with world.database.read() as connection:
        view = await controls_view(connection, world.people["Vera"], i)
    (item,) = view["items"]
    assert (item["state"], item["overridden"], item["by"]) == ("passed", True, "Priya and Marco")
    assert (await now(world, i, "TRT-1")).state is StepState.COMPLETE


async def sign(world: World, who: str, key: UUID) -> None:
    """Let somebody give the second signature."""
    await answer_decision(
        world.services, Caller(world.people[who]), AnswerCommand(key, Answer.GO, "I have looked")
    )


async def test_evidence_that_is_asked_for_completes_the_step_when_it_comes(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", evidence_required=True), step("TRT-2", "TRT-1")))
    aim = Aim(i, "TRT-1")
    with pytest.raises(Refused, match="Nothing can be shown for TRT-1"):
        await show(world, "Dana", aim)
    await running(world, i)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING
    async with world.database.read() as connection:
        detail = await step_detail(connection, world.people["Dana"], i, "TRT-1")
    assert detail["blockedBy"][0]["sentence"].startswith("It waits for evidence")
    for who in ("Vera", "Arno", "Lena"):
        with pytest.raises(Forbidden, match="Evidence is added by"):
            await show(world, who, aim)
    key = await show(world, "Dana", aim)
    after = await now(world, i, "TRT-1")
    assert (after.state, after.evidence_count) == (StepState.COMPLETE, 1)
    assert (await now(world, i, "TRT-2")).state is StepState.READY
    with pytest.raises(Refused) as last:
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong"))
    assert last.value.code == "last_evidence"


async def test_withdrawn_evidence_is_kept_and_counts_no_more(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", evidence_required=True)))
    await running(world, i)
    key = await show(world, "Dana", Aim(i, "TRT-1"))
    with pytest.raises(Forbidden, match="only who did"):
        await withdraw_evidence(world.services, Caller(world.people["Lena"]), WithdrawEvidence(key, "wrong"))
    with pytest.raises(Invalid):
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "  "))
    await withdraw_evidence(
        world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong night")
    )
    assert (await now(world, i, "TRT-1")).evidence_count == 0
    with pytest.raises(Refused) as again:
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong"))
    assert again.value.code == "already_withdrawn"
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://host/x", "https://", "http://a b", "data:text/html,x"]
)
async def test_a_link_is_a_web_address(world: World, link: str) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await running(world, i)
    with pytest.raises(Invalid, match="http:// or https://"):
        await show(world, "Dana", Aim(i, "TRT-1"), link, "link")
    await show(world, "Dana", Aim(i, "TRT-1"), " https://wiki.example/run?1 ", "link")
    assert (await now(world, i, "TRT-1")).evidence_count == 1


async def test_a_task_that_failed_holds_and_one_that_does_not_apply_does_not(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 2))))
    await running(world, i)
    with pytest.raises(Invalid, match="takes a reason"):
        await mark(world, i, "TRT-1-1", "fail")
    after = await mark(world, i, "TRT-1-1", "fail", reason="disk full")
    assert (after.tasks_done, after.tasks_open) == (0, 2)
    after = await mark(world, i, "TRT-1-2", "not-applicable", reason="no such index here")
    assert (after.tasks_done, after.tasks_open) == (0, 1)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING
    with pytest.raises(Refused, match="it is failed now"):
        await mark(world, i, "TRT-1-1", "fail", reason="again")
    after = await mark(world, i, "TRT-1-1", "done")
    assert (after.state, after.tasks_done, after.tasks_open) == (StepState.COMPLETE, 1, 0)


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    """Come piece by piece."""
    for part in parts:
        yield part


def zipped(*names: str) -> bytes:
    """A ZIP file with members of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.fixture
def stored(world: World, tmp_path: Path) -> World:
    """The world with a store of files."""
    world.services = replace(world.services, objects=Objects(LocalStore(tmp_path, mkdir=True)))
    return world


async def upload(world: World, i: UUID, name: str, *parts: bytes, who: str = "Dana") -> UUID:
    """Let somebody show a file for TRT-1."""
    command = AddFile(Aim(i, "TRT-1"), name)
    return await add_file(world.services, Caller(world.people[who]), command, pieces(*parts))


async def row_of(world: World, key: UUID) -> tuple[str, str, int, str]:
    async with world.database.read() as connection:
        query = text("SELECT file_name, media_type, size, object_key FROM evidence WHERE id = :id")
        name, kind, size, where = (await connection.execute(query, {"id": key})).one()
        return name, kind, size, where


async def test_a_file_is_kept_as_what_it_is_under_a_name_that_harms_nobody(stored: World) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    key = await upload(stored, i, "../../etc/sh\u202eot<1>.png", PNG[:20], PNG[20:])
    name, kind, size, where = await row_of(stored, key)
    assert (name, kind, size) == ("shot_1_.png", "image/png", len(PNG))
    assert stored.services.objects
    got = b"".join([piece async for piece in await stored.services.objects.get(where)])
    assert got == PNG


REFUSED = [
    ("photo.png", b"MZ\x90\x00" + b"\0" * 60, "a program"),
    ("notes.txt", b"  <!DOCTYPE html><p>hi", "HTML"),
    ("notes.txt", b"#!/bin/sh\nrm -rf /", "a script"),
    ("page.html", b"plain", "a .html file"),
    ("image.svg", b"<svg onload=x>", "a .svg file"),
    ("sheet.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
    ("all.zip", b"PK\x03\x04" + b"\0" * 30, "damaged ZIP"),
    ("data.bin", b"\0\1\2\3", "does not know"),
]


@pytest.mark.parametrize(("name", "content", "what"), REFUSED)
async def test_what_a_file_is_not_is_said(stored: World, name: str, content: bytes, what: str) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    with pytest.raises(Invalid, match=what):
        await upload(stored, i, name, content)
    assert (await now(stored, i, "TRT-1")).evidence_count == 0


TAKEN = [
    ("a.txt", "Saldo geprüft: 42 €".encode(), "text/plain"),
    ("a.log", "Saldo geprüft: 42 €".encode("cp1252"), "text/plain"),
    ("a.csv", b"a;b\n1;2\n", "text/csv"),
    ("a.txt", b'{"rows": 42}', "application/json"),
    ("a.pdf", b"%PDF-1.7\n\0\xff", "application/pdf"),
    ("a.zip", zipped("a.txt"), "application/zip"),
    (
        "a.zip",
        zipped("word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN)
async def test_ten_kinds_are_taken_by_their_bytes(
    stored: World, name: str, content: bytes, kind: str
) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    assert (await row_of(stored, await upload(stored, i, name, content)))[1] == kind


def files_in(folder: Path) -> list[Path]:
    """All files under a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_an_empty_file_a_huge_one_and_one_that_nobody_may_give_leave_nothing(
    stored: World, tmp_path: Path
) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 1_000_000

    dana = Caller(stored.people["Dana"])
    with pytest.raises(Invalid, match="larger than 25 MiB"):
        await add_file(stored.services, dana, AddFile(Aim(i, "TRT-1"), "a.txt"), endless())
    assert read == 27
    with pytest.raises(Invalid, match="is empty"):
        await upload(stored, i, "a.txt")
    read = 0
    with pytest.raises(Forbidden):
        vera = Caller(stored.people["Vera"])
        await add_file(stored.services, vera, AddFile(Aim(i, "TRT-1"), "a.txt"), endless())
    assert read == 0
    assert not files_in(tmp_path)


async def test_the_sweep_removes_what_no_evidence_names_and_nothing_else(stored: World) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    key = await upload(stored, i, "a.png", PNG)
    objects = stored.services.objects
    assert objects
    await objects.put_new(f"evidence/{i}/orphan", io.BytesIO(PNG))
    assert await sweep_orphans(stored.services, datetime.now(UTC) - timedelta(days=1)) == 0
    assert await sweep_orphans(stored.services, datetime.now(UTC) + timedelta(seconds=5)) == 1
    where = (await row_of(stored, key))[3]
    assert [piece async for piece in await objects.get(where)]
    with pytest.raises(NotFound):
        await objects.get(f"evidence/{i}/orphan")


async def test_two_people_who_show_something_at_once_are_both_counted(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await running(world, i)
    await asyncio.gather(
        *(show(world, who, Aim(i, "TRT-1"), who) for who in ("Dana", "Priya", "Marco", "Dana"))
    )
    assert (await now(world, i, "TRT-1")).evidence_count == 4


async def test_evidence_of_a_control_is_given_by_who_produces_or_validates_it(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    for who in ("Dana", "Lena", "Priya"):
        await show(world, who, Aim(i, control_code="C1"), who)
    with pytest.raises(Forbidden):
        await show(world, "Vera", Aim(i, control_code="C1"))
    with pytest.raises(NotFound):
        await show(world, "Priya", Aim(i, "TRT-1", control_code="C9"))
    async with world.database.read() as connection:
        view = await controls_view(connection, world.people["Lena"], i)
    assert [one["words"] for one in view["items"][0]["evidence"]] == ["Dana", "Lena", "Priya"]
    assert (view["total"], view["criticalOpen"], view["items"][0]["mine"]) == (1, 1, True)
    assert [place["stepCode"] for place in view["items"][0]["places"]] == ["TRT-1", "TRT-2"]
