"""A demo that is started again goes on where its people left it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.conftest import TestDatabase
from tests.db.drafts import setting
from tminus.entry.bootstrap import Parts, assemble
from tminus.entry.demo.seed import MACHINE, seed
from tminus.people.commands.roles import set_roles
from tminus.people.domain.rights import Person
from tminus.people.queries import person_by_email
from tminus.platform.settings import Settings
from tminus.runbook.commands.plan_draft import MakeDraft, make_draft
from tminus.runbook.commands.plan_edit import EditDraft, edit_draft
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan_edit_json import edit_from

NIGHTS = """
    SELECT m.key, i.name, i.state, i.version
    FROM iterations AS i JOIN migrations AS m ON m.id = i.migration_id ORDER BY 1, 2
"""
MADE = (
    "SELECT id, number, status, created_by_name, approved_by_name, content_hash, version FROM plan_versions ORDER BY 1",
    "SELECT plan_version_id, code, name FROM steps ORDER BY 1, 2",
    "SELECT * FROM migration_roles ORDER BY 1, 2, 3",
    "SELECT * FROM team_members ORDER BY 1, 2",
    NIGHTS,
)
ERP = """
    SELECT m.id AS migration, p.id AS plan, s.code, s.name
    FROM migrations AS m JOIN plans AS p ON p.migration_id = m.id JOIN plan_versions AS v ON v.plan_id = p.id
    JOIN steps AS s ON s.plan_version_id = v.id WHERE m.key = 'ERP' ORDER BY s.code LIMIT 1
"""


async def rows(parts: Parts, sql: str) -> list[Any]:
    async with parts.database.read() as connection:
        return [tuple(row) for row in await connection.execute(text(sql))]


async def somebody(parts: Parts, email: str) -> Person:
    async with parts.database.read() as connection:
        found = await person_by_email(connection, email)
    assert found is not None
    return found


async def test_what_people_made_of_plans_and_roles_is_theirs(db: TestDatabase, tmp_path: Path) -> None:
    parts = assemble(Settings(home=tmp_path), db.app_url)
    await seed(parts)
    assert [row[:2] for row in await rows(parts, NIGHTS)] == [
        ("BANK", "CUTOVER"),
        ("BANK", "DR1"),
        ("BANK", "RUN1"),
        ("ERP", "CUTOVER"),
        ("ERP", "DR1"),
        ("ERP", "RUN1"),
        ("SWITCH", "CUTOVER"),
        ("SWITCH", "DR1"),
        ("SWITCH", "RUN1"),
    ]
    priya = await somebody(parts, "priya@adventure-works.example")
    dana = await somebody(parts, "dana@adventure-works.example")
    ((migration, plan, code, name),) = await rows(parts, ERP)
    draft = await make_draft(parts.database, Caller(priya), MakeDraft(plan))
    edit = edit_from(setting("step", code, "name", name, "As we do it"))
    await edit_draft(parts.database, Caller(priya), EditDraft(draft.id, [edit]))
    assert dana.id is not None
    await set_roles(parts.database, MACHINE, migration, dana.id, frozenset(), dana.roles[migration])
    before = [await rows(parts, sql) for sql in MADE]
    await seed(parts)
    assert [await rows(parts, sql) for sql in MADE] == before
    await parts.database.close()
