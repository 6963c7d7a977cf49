"""The log as a screen reads it: what changed, by number, so that nothing is missed or read twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.platform.eventlog import store as log
from tminus.platform.eventlog.record import Entry
from tminus.runbook.queries.iteration import visible_iteration


async def events_after(
    connection: AsyncConnection, person: Person, iteration_id: UUID, after: int, limit: int
) -> dict[str, Any]:
    """Return the iteration's next events after a number, its newest number, and where to read on."""
    await visible_iteration(connection, person, iteration_id)
    entries = await log.read_iteration(connection, iteration_id, after, limit)
    head = await log.newest_of_iteration(connection, iteration_id)
    more = bool(entries) and entries[-1].seq < head
    return {
        "items": [live_event(entry) for entry in entries],
        "head": head,
        "next": entries[-1].seq if more else None,
    }


def live_event(entry: Entry) -> dict[str, Any]:
    """Print one entry as the page applies it: `changes` merged by key into the board give the board after it."""
    return {
        "seq": entry.seq,
        "prev": entry.prev,
        "at": instant(entry.at),
        "type": entry.type,
        "actor": entry.actor.name,
        "iterationId": str(entry.iteration_id) if entry.iteration_id else None,
        "stepId": str(entry.step_id) if entry.step_id else None,
        "stepCode": entry.detail.get("stepCode"),
        "sentence": entry.sentence,
        "changes": _changes(entry),
        "reload": bool(entry.detail.get("reload")),
    }


def _changes(entry: Entry) -> dict[str, Any]:
    detail = entry.detail
    iteration: dict[str, Any] = {"progress": detail["progress"]} if "progress" in detail else {}
    if entry.step_id is None:
        iteration |= detail.get("after", {})
    members: dict[str, dict[str, Any]] = {key: dict(told) for key, told in detail.get("waiting", {}).items()}
    if entry.step_id is not None and detail.get("after"):
        members.setdefault(str(entry.step_id), {}).update(detail["after"])
    steps = [{"id": key, **told} for key, told in members.items()]
    parts = {"iteration": iteration, "steps": steps, "tasks": detail.get("tasks", [])}
    return {name: value for name, value in parts.items() if value}
