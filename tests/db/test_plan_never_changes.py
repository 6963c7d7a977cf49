"""Whatever is done to plans, what was frozen stays: iterations in every state, and versions once approved.

Random edits, undoings, drafts, approvals, withdrawals and imports; after each of them every row of every
iteration, and every row of every version that is no draft, is what it was, byte for byte.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.db.drafts import (
    Draft,
    Json,
    adding,
    as_draft,
    linking,
    moving,
    removing,
    setting,
    unlinking,
)
from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.kernel.errors import TminusError
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_draft import DiscardDraft, MakeDraft, discard_draft, make_draft
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms, IterationKind
from tminus.runbook.queries.plan_version import version_view
from tminus.runbook.readers.plan_writer import plan_as_json
from tminus.runbook.store import plan_versions, plans

CONTENT = (
    "macro_phases",
    "chapters",
    "steps",
    "tasks",
    "step_types",
    "controls",
    "step_dependencies",
    "group_dependencies",
    "task_controls",
    "step_impacted_teams",
    "step_applications",
    "step_iteration_scope",
    "step_undoes",
)
CHANGING = {
    *CONTENT,
    "plans",
    "plan_versions",
    "plan_edits",
    "import_batches",
    "import_files",
    "import_rows",
    "import_links",
    "applications",
    "environments",
}
CHANGING |= {"import_findings", "import_things", "import_thing_links", "import_changes"}
CHANGING |= {"environment_roles", "event_log", "stream_heads", "teams", "idempotency_keys"}
"""Tables that planning writes to; every other one is the execution's, or of no concern to plans."""
ACTIONS = 40


class Kept:
    """What must not change, as text."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._frozen: dict[UUID, str] = {}

    async def executed(self) -> str:
        """Every row of every table that planning does not write to."""
        async with self._world.database.read() as connection:
            names = await connection.execute(
                text(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
                )
            )
            tables = [name for name in names.scalars() if name not in CHANGING]
            assert {"iterations", "iteration_steps", "iteration_tasks", "decisions"} <= set(tables)
            return "\n".join([f"{name}\n{await self._rows(connection, name)}" for name in tables])

    async def unchanged(self) -> None:
        """Hold every version that was ever approved against what it was then."""
        async with self._world.database.read() as connection:
            found = await connection.execute(text("SELECT id FROM plan_versions WHERE status <> 'draft'"))
            for version in found.scalars():
                which = f"plan_version_id = '{version}'"
                rows = [await self._rows(connection, table, which) for table in CONTENT]
                rows.append(
                    await self._rows(
                        connection,
                        "(SELECT id, number, content_hash, approved_by FROM plan_versions)",
                        f"id = '{version}'",
                    )
                )
                assert self._frozen.setdefault(version, "\n".join(rows)) == "\n".join(rows)
            assert len(self._frozen) == len(set(self._frozen))

    async def _rows(self, connection: Any, table: str, which: str = "true") -> str:
        query = text(f"SELECT CAST(t AS text) AS row FROM {table} AS t WHERE {which} ORDER BY 1")  # noqa: S608 - our own names
        return "\n".join((await connection.execute(query)).scalars())

    @property
    def versions(self) -> int:
        """How many versions have been approved so far."""
        return len(self._frozen)


async def iterations_in_every_state(world: World, version: UUID) -> None:
    """Freeze a version several times: planning, scheduled, live with work done, complete."""
    for name in ("RUN1", "RUN2", "RUN3", "RUN4"):
        command = CreateIteration(version, name, IterationKind.RUN, NIGHT, environments={"TARGET": "PROD"})
        iteration = await create_iteration(world.services, Caller(world.people["Priya"]), command)
        if name == "RUN1":
            continue
        await world.move("Priya", iteration, "schedule")
        if name == "RUN2":
            continue
        await world.move("Priya", iteration, "start", comms=Comms.OFF)
        for code in ("TRT-1", "TRT-2", "TRT-3") if name == "RUN4" else ("TRT-1",):
            await world.press("Priya", iteration, code, "start")
            await world.press("Priya", iteration, code, "complete")
        if name == "RUN4":
            await world.move("Priya", iteration, "complete")
        else:
            await world.press("Priya", iteration, "TRT-2", "start")
            await world.press("Priya", iteration, "TRT-2", "fail", reason="The disk is full.")


class Planner:
    """Somebody who does to plans whatever comes to mind."""

    def __init__(self, world: World, first: Draft, random: Random) -> None:
        self.world, self.random = world, random
        self.plan: UUID | None = None
        self.first = first
        self.done: dict[str, int] = {}

    async def act(self) -> None:
        """Do one thing; a refusal is an answer too."""
        is_draft = (await (await self.newest()).view())["status"] == "draft"
        actions: list[Callable[[], Awaitable[None]]] = [self.edit, self.undo, self.draft, self.bring]
        actions += [self.edit] * 8 + [self.undo, self.approve, self.discard] if is_draft else [self.draft] * 4
        action = self.random.choice(actions)
        with suppress(TminusError):
            await action()
            self.done[action.__name__] = self.done.get(action.__name__, 0) + 1

    def somebody(self) -> Caller:
        """One of two pilots."""
        return Caller(self.world.people[self.random.choice(("Priya", "Marco"))])

    async def newest(self) -> Draft:
        """The plan's newest version; mostly its draft."""
        async with self.world.database.read() as connection:
            first = await plans.load_version(connection, self.first.version)
            assert first is not None
            self.plan = first.plan_id
            return Draft(self.world, (await plan_versions.versions_of(connection, first.plan_id))[0].id)

    async def edit(self) -> None:
        """Make an edit; sometimes of a version that is no draft."""
        draft = await self.newest()
        view = await draft.view()
        chapters = _chapters(view)
        steps = [one for chapter in chapters for one in chapter["steps"]]
        edits = [random_edit(self.random, view, chapters, steps) for _ in range(self.random.randint(1, 3))]
        await draft.edit(self.random.choice(("Priya", "Marco")), *edits)

    async def undo(self) -> None:
        """Take one of the last edits back."""
        draft = await self.newest()
        last = (await draft.view())["lastEdit"]
        await draft.undo("Priya", self.random.randint(max(1, last - 3), max(1, last)))

    async def draft(self) -> None:
        """Begin a draft."""
        await self.newest()
        assert self.plan
        await make_draft(self.world.database, self.somebody(), MakeDraft(self.plan))

    async def approve(self) -> None:
        """Approve the draft: somebody who never writes does it."""
        draft = await self.newest()
        await approve_version(
            self.world.database, Caller(self.world.people["Vera"]), ApproveVersion(draft.version)
        )

    async def discard(self) -> None:
        """Withdraw the draft."""
        draft = await self.newest()
        async with self.world.database.read() as connection:
            seen = await version_view(connection, self.world.people["Priya"], draft.version)
        await discard_draft(
            self.world.database, self.somebody(), DiscardDraft(draft.version, seen["version"])
        )

    async def bring(self) -> None:
        """Import an export of some version, a little changed."""
        draft = await self.newest()
        async with self.world.database.read() as connection:
            file = plan_as_json(await plans.load_plan(connection, draft.version))
        file = file.replace("Step TRT", f"Step {self.random.randint(1, 9)} TRT")
        source = PlanSource("night.json", file.encode(), replace_all=True)
        _, done = await import_plan(self.world.database, self.somebody(), source)
        assert done, "an export could not be imported"


def random_edit(random: Random, view: Json, chapters: list[Json], steps: list[Json]) -> Json:
    """Return an edit that makes sense more often than not."""
    if not chapters or not steps:
        return adding(
            "chapter", {"code": f"N{random.randint(1, 99)}", "name": "New"}, view["macroPhases"][0]["code"]
        )
    chapter, one, other = random.choice(chapters), random.choice(steps), random.choice(steps)
    new = f"TRT-{random.randint(10, 99)}"
    kind = random.choice(("FS", "SS", "FF", "SF"))
    options = [
        setting("step", one["code"], "durationSeconds", one["durationSeconds"], random.randint(1, 9) * 60),
        setting("step", one["code"], "team", one["team"], random.choice(("DBA", "APP", None))),
        setting("step", one["code"], "name", one["name"], f"Step TRT {random.random()}"),
        setting("step", one["code"], "scope", one["scope"], random.sample(["run", "cutover", "DR1"], 2)),
        setting("step", one["code"], "labels", one["labels"], random.sample(["a", "b", "c"], 2)),
        setting("step", one["code"], "code", one["code"], new),
        setting("chapter", chapter["code"], "name", chapter["name"], f"Chapter {random.random()}"),
        adding(
            "step",
            {"code": new, "name": "New", "tasks": [{"code": f"{new}-1", "title": "Look"}]},
            chapter["code"],
        ),
        adding(
            "chapter", {"code": f"N{random.randint(1, 99)}", "name": "New"}, view["macroPhases"][0]["code"]
        ),
        adding("control", {"code": f"C{random.randint(1, 9)}", "name": "New", "producer": "DBA"}),
        removing("step", one["code"], content=random.random() < 0.7),
        removing("chapter", chapter["code"], content=random.random() < 0.2),
        moving("step", one["code"], chapter["code"]),
        linking(one["code"], other["code"], kind, random.randint(-5, 5) * 60),
        linking(chapter["code"], other["code"], kind),
        *(unlinking(one["code"], link["code"], link["kind"]) for link in one["after"][:1]),
        *(setting("task", task["code"], "title", task["title"], "Look again") for task in one["tasks"][:1]),
    ]
    return random.choice(options)


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_that_is_done_to_plans_changes_an_iteration_or_an_approved_version(
    world: World, seed: int
) -> None:
    draft = await as_draft(
        world,
        plan_of(
            step("TRT-1", tasks=tasks("TRT-1", 2, required=False), instructions="Do it."),
            step("TRT-2", "TRT-1", labels=("night",), impacted_teams=("APP",)),
            step("TRT-3", "TRT-2", team="APP", scope=("run",)),
        ),
    )
    await draft.edit(
        "Marco",
        adding("control", {"code": "C9", "name": "Counts", "producer": "DBA", "carriers": ["TRT-1-1"]}),
        setting("step", "TRT-1", "environment", None, "TARGET"),
        setting("step", "TRT-3", "applications", [], ["SAP"]),
    )
    # Vera only reads as a rule; here she is the pilot who never writes, and so approves.
    world.people["Vera"] = world.people["Vera"].__class__(
        world.people["Vera"].id, "Vera", roles=world.people["Priya"].roles
    )
    await approve_version(world.database, Caller(world.people["Vera"]), ApproveVersion(draft.version))
    await iterations_in_every_state(world, draft.version)
    kept, planner = Kept(world), Planner(world, draft, Random(seed))
    executed = await kept.executed()
    for _ in range(ACTIONS):
        await planner.act()
        assert await kept.executed() == executed
        await kept.unchanged()
    assert planner.done.get("edit", 0) >= 5, planner.done
    await approve_one_more(planner)
    assert await kept.executed() == executed
    await kept.unchanged()
    assert kept.versions >= 2


async def approve_one_more(planner: Planner) -> None:
    """Supersede the approved version, whatever state chance has left the plan in."""
    with suppress(TminusError):
        await planner.discard()
    await planner.draft()
    draft = await planner.newest()
    phase = (await draft.view())["macroPhases"][0]
    await draft.edit("Priya", setting("macroPhase", phase["code"], "name", phase["name"], "The last word"))
    await planner.approve()


def _chapters(view: Json) -> list[Json]:
    return [chapter for phase in view["macroPhases"] for chapter in phase["chapters"]]
