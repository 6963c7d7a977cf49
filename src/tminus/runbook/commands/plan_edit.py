"""Editing a draft: some edits in one transaction, all of them or none; and taking an edit back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan_edit import Decision, Edit, Key, Level, Names
from tminus.runbook.domain.plan_edit_decide import decide
from tminus.runbook.domain.plan_edit_json import edit_as_json, edit_from
from tminus.runbook.domain.plan_edit_network import check_network, may_close_a_circle
from tminus.runbook.domain.plan_edit_refusals import FieldChanged
from tminus.runbook.domain.plan_edit_words import title as title_of
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_edit_look, plan_edits, plans
from tminus.runbook.store.plan_edit_write import write
from tminus.runbook.store.plan_edits import Head, Kept
from tminus.runbook.store.version import Version

_UNDID, _REDID = "Took back: ", "Did again: "
_NAMED_BY_CODE = (Level.CONTROL, Level.TYPE)


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Edits of a draft, to be made in their order."""

    version_id: UUID
    edits: Sequence[Edit]


@dataclass(frozen=True, slots=True)
class UndoEdit:
    """An edit, by its number, to be taken back; of one that took another back: that one is made again."""

    version_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Edits as `apply_edits` takes them; `undoes` = the number of the edit that they take back."""

    edits: Sequence[Edit]
    title: str = ""
    undoes: int | None = None


@dataclass(slots=True)
class _Work:
    tx: Transaction
    version: Version
    head: Head
    names: Names
    done: list[Decision] = field(default_factory=list)


async def edit_draft(database: Database, caller: Caller, command: EditDraft) -> int:
    """Make some edits and return their number; the newest there is, where everything was that way already.

    Raises `NotFound`, `Forbidden`, `Invalid` (a value, naming the field), `Refused` (`not_a_draft`,
    `field_changed`, `code_taken`, `in_use`, `link_exists`, `link_into_itself`, `cycle`) and `Unavailable`; after
    any of them nothing has changed.
    """
    migration_id = await migration_of_version(database, caller, command.version_id)
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        version = await draft_of(tx, command.version_id)
        return await apply_edits(tx, version, Asked(command.edits))


async def undo_edit(database: Database, caller: Caller, command: UndoEdit) -> int:
    """Take an edit back by a new one and return that one's number.

    Raises as `edit_draft`; `already_undone`, and `field_changed` where somebody changed the same since.
    """
    migration_id = await migration_of_version(database, caller, command.version_id)
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        version = await draft_of(tx, command.version_id)
        kept = await plan_edits.load_edit(tx.connection, version.id, command.number)
        if kept is None:
            raise NotFound("There is no such edit of this draft.", hint="Reload the plan.")
        if kept.undone_by is not None:
            raise Refused(
                f"“{kept.title}” was taken back already. Nothing was changed.",
                code="already_undone",
                hint="Reload the list of edits.",
                undoneBy=kept.undone_by,
            )
        edits = [edit_from(one) for one in kept.inverse]
        number = await apply_edits(tx, version, Asked(edits, _undoing(kept), kept.number))
        await plan_edits.mark_undone(tx.connection, version.id, kept.number, number)
        return number


def _undoing(kept: Kept) -> str:
    bare = kept.title.removeprefix(_UNDID).removeprefix(_REDID)
    return (_REDID if kept.title.startswith(_UNDID) else _UNDID) + bare


async def migration_of_version(database: Database, caller: Caller, version_id: UUID) -> UUID:
    """Return the migration of a version whose plans the caller may change. Raises `NotFound`, `Forbidden`."""
    async with database.read() as connection:
        version = await plans.load_version(connection, version_id)
    if version is None:
        raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
    require(caller.person, Right.PLANS, version.migration_id)
    return version.migration_id


async def draft_of(tx: Transaction, version_id: UUID) -> Version:
    """Return a draft, under the lock. Raises `NotFound` and `Refused` (`not_a_draft`)."""
    version = await plans.load_version(tx.connection, version_id)
    if version is None:
        raise NotFound("This draft was withdrawn. Nothing was changed.", hint="Reload the list of plans.")
    if version.status != "draft":
        raise Refused(
            f"Version {version.number} of {version.plan_name} is {version.status}, and never changes."
            " Nothing was changed.",
            code="not_a_draft",
            hint="Make a new draft from it, and edit that.",
            versionStatus=version.status,
        )
    return version


async def apply_edits(tx: Transaction, version: Version, asked: Asked) -> int:
    """Make edits inside a command that holds the lock; return their number. Raises as `edit_draft`."""
    head = await plan_edits.load_head(tx.connection, version.id)
    names, _ = await plan_edits.load_names(tx.connection, version)
    work = _Work(tx, version, head, names)
    for edit in asked.edits:
        await _one(work, edit)
    if any(may_close_a_circle(decision.edit) for decision in work.done):
        check_network(*await plan_edit_look.load_network(tx.connection, version.id))
    if not work.done and asked.undoes is None:
        return head.last_edit
    return await _keep(work, asked)


async def _one(work: _Work, edit: Edit) -> None:
    connection = work.tx.connection
    seen = await plan_edit_look.look(connection, work.version.id, edit, work.names)
    try:
        decision = decide(edit, seen)
    except FieldChanged as changed:
        raise await _who_and_when(work, changed) from None
    if decision.write is None:
        return
    await write(connection, work.version.id, decision.write)
    work.done.append(decision)
    if any(level in _NAMED_BY_CODE for level, _ in decision.shown):
        work.names, _ = await plan_edits.load_names(connection, work.version)


async def _who_and_when(work: _Work, changed: FieldChanged) -> Refused:
    thing = (changed.level, changed.code)
    found = await plan_edits.last_edit_of(work.tx.connection, work.version.id, thing, changed.field)
    if found is None:
        return changed.refusal(None, None)
    by, at = found
    return changed.refusal(by, at.isoformat(), _clock(at, work.tx.now, work.head.zone))


def _clock(at: datetime, now: datetime, zone: str) -> str:
    here, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%H:%M} on {here:%d %b}"


async def _keep(work: _Work, asked: Asked) -> int:
    tx, version, number = work.tx, work.version, work.head.last_edit + 1
    edits = [edit_as_json(decision.edit) for decision in work.done]
    inverse = [edit_as_json(one.inverse) for one in reversed(work.done) if one.inverse]
    title = asked.title or title_of([decision.edit for decision in work.done])
    shown = list(dict.fromkeys(key for decision in work.done for key in decision.shown))
    kept = {
        "edits": edits,
        "touched": [list(one) for decision in work.done for one in _touched(decision)],
        "items": [[level.value, code] for level, code in shown],
        "undoes": asked.undoes,
    }
    row = {"id": new_id(), "plan_version_id": version.id, "number": number, "by_id": tx.actor.id}
    row |= {"by_name": tx.actor.name, "at": tx.now, "title": title, "edits": kept, "inverse": inverse}
    await plan_edits.insert_edit(tx.connection, row)
    mark = _mark(version.content_hash, edits)
    await plans.update_version(tx.connection, version.id, {"content_hash": mark})
    _record(work, {"edit": number, "title": title, "edits": edits, "undoes": asked.undoes}, mark)
    return number


def _touched(decision: Decision) -> list[tuple[str, str, str]]:
    """Which field of which thing an edit touched: who finds it changed is told whose edit that was."""
    said = edit_as_json(decision.edit)
    field_ = {"set": said.get("field"), "move": "parent"}.get(said["op"])
    if field_:
        also = [said["to"]] if field_ == "code" else []
        return [(said["level"], code, field_) for code in (said["code"], *also)]
    if said["op"] in ("link", "unlink"):
        return [(level.value, code, "after") for level, code in decision.shown]
    outer = said.get("parent") or (said.get("was") or {}).get("parent")
    inside: list[Key] = [(level, code) for level, code in decision.shown if code != outer]
    return [(level.value, code, "after") for level, code in inside] + _listing(said["level"], outer)


def _listing(level: str, outer: str | None) -> list[tuple[str, str, str]]:
    listed = {"task": ("step", "tasks"), "step": ("chapter", "steps"), "chapter": ("macroPhase", "chapters")}
    return [(listed[level][0], outer, listed[level][1])] if outer and level in listed else []


def _mark(before: bytes, edits: list[dict[str, Any]]) -> bytes:
    text = json.dumps(edits, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(before + text.encode()).digest()


def _record(work: _Work, said: dict[str, Any], mark: bytes) -> None:
    tx, version = work.tx, work.version
    title = str(said["title"])
    tx.record(
        plan_fact(
            "plan.edited",
            f"{tx.actor.name} edited version {version.number} of {version.plan_name}: {title}",
            planId=str(version.plan_id),
            versionId=str(version.id),
            number=version.number,
            before={"version": version.version, "contentHash": version.content_hash.hex()},
            after={"version": version.version + 1, "contentHash": mark.hex()},
            **said,
        )
    )
