"""Drafts and the hands that edit them: edits as the page sends them, and a draft to try them on."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update

from tests.world import World, insert_plan
from tminus.kernel.errors import TminusError
from tminus.kernel.ids import new_id
from tminus.runbook.commands.plan_edit import EditDraft, UndoEdit, edit_draft, undo_edit
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_edit_json import edit_from
from tminus.runbook.queries.plan_version import version_view
from tminus.runbook.store import tables
from tminus.runbook.store.plan_edit_read import load_all

Json = dict[str, Any]


def setting(level: str, code: str, field: str, was: Any, to: Any) -> Json:
    return {"op": "set", "level": level, "code": code, "field": field, "was": was, "to": to}


def adding(level: str, item: Json, parent: str | None = None, before: str | None = None) -> Json:
    return {"op": "add", "level": level, "item": item, "parent": parent, "before": before}


def removing(level: str, code: str, *, content: bool = False) -> Json:
    return {"op": "remove", "level": level, "code": code, "withContent": content}


def moving(level: str, code: str, parent: str | None = None, before: str | None = None) -> Json:
    return {"op": "move", "level": level, "code": code, "parent": parent, "before": before}


def linking(to: str, code: str, kind: str = "FS", lag: int = 0, **more: Any) -> Json:
    return {"op": "link", "to": to, "link": {"code": code, "kind": kind, "lagSeconds": lag}, **more}


def unlinking(to: str, code: str, kind: str = "FS") -> Json:
    return {"op": "unlink", "to": to, "link": {"code": code, "kind": kind}}


class Draft:
    """A draft with the hands that edit it."""

    def __init__(self, world: World, version: UUID) -> None:
        self.world = world
        self.version = version

    async def edit(self, who: str, *edits: Json) -> int:
        """Let somebody make some edits at once; through JSON, as the page sends them."""
        command = EditDraft(self.version, [edit_from(json.loads(json.dumps(edit))) for edit in edits])
        return await edit_draft(self.world.database, Caller(self.world.people[who]), command)

    async def undo(self, who: str, number: int) -> int:
        """Let somebody take an edit back."""
        caller = Caller(self.world.people[who])
        return await undo_edit(self.world.database, caller, UndoEdit(self.version, number))

    async def content(self) -> str:
        """Everything the draft says, as text."""
        async with self.world.database.read() as connection:
            found = await load_all(connection, self.version)
        things = {
            f"{level.value} {code}": [thing.values, thing.parent, thing.position]
            for (level, code), thing in found.things.items()
        }
        ties = [[tie.to, tie.code, tie.kind, tie.lag] for tie in found.ties]
        return json.dumps({"things": things, "ties": ties}, sort_keys=True, indent=1)

    async def view(self, who: str = "Priya") -> Json:
        """What the page reads."""
        async with self.world.database.read() as connection:
            return await version_view(connection, self.world.people[who], self.version)

    async def refused(self, code: str, who: str, *edits: Json) -> TminusError:
        """Expect these edits to be refused, and nothing to have changed."""
        before = await self.content(), await self.log()
        with pytest.raises(TminusError) as caught:
            await self.edit(who, *edits)
        assert caught.value.code == code, caught.value.sentence
        assert caught.value.sentence.endswith("Nothing was changed.")
        assert (await self.content(), await self.log()) == before
        return caught.value

    async def log(self) -> list[str]:
        """The sentences of the log about plans."""
        async with self.world.database.read() as connection:
            rows = await connection.execute(
                text(
                    "SELECT detail ->> 'sentence' AS said FROM event_log WHERE type LIKE 'plan.%' ORDER BY seq"
                )
            )
            return [row.said for row in rows]


async def as_draft(world: World, plan: Plan) -> Draft:
    """Write a plan as a draft that the machine's user made."""
    version = await insert_plan(world, plan)
    async with world.database.engine.begin() as connection:
        table = tables.plan_versions
        await connection.execute(update(table).where(table.c.id == version).values(status="draft"))
        for kind, codes in (
            (tables.applications, ("SAP", "CRM")),
            (tables.environments, ("PROD", "REH-2")),
            (tables.environment_roles, ("SOURCE", "TARGET")),
        ):
            for code in codes:
                row = {
                    "id": new_id(),
                    "migration_id": world.migration_id,
                    "code": code,
                    "name": f"The {code}",
                }
                await connection.execute(insert(kind).values(row))
    return Draft(world, version)
