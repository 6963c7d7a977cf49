"""One version of a plan whole, as the page reads and edits it; and one thing of it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan import STANDARD_TYPES, Plan
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_edit import Level, Names
from tminus.runbook.domain.plan_edit_plan import plan_of
from tminus.runbook.queries.plan_items import Items, items_of
from tminus.runbook.store import plan_edit_read as read
from tminus.runbook.store import plan_edits, plans
from tminus.runbook.store.plan_edits import Head
from tminus.runbook.store.version import Version

_ITERATIONS = text(
    "SELECT id, name, state FROM iterations WHERE plan_version_id = :version ORDER BY planned_start, name"
)


async def visible_version(connection: AsyncConnection, person: Person, version_id: UUID) -> Version:
    """Return a version that the person may see. Raises `NotFound`, `Forbidden`."""
    version = await plans.load_version(connection, version_id)
    if version is None:
        raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
    require(person, Right.SEE, version.migration_id)
    return version


async def version_view(connection: AsyncConnection, person: Person, version_id: UUID) -> dict[str, Any]:
    """Return a version with all that is in it, what is wrong with it, and what the person may do to it."""
    version = await visible_version(connection, person, version_id)
    head = await plan_edits.load_head(connection, version_id)
    things = await read.load_all(connection, version_id)
    names, environments = await plan_edits.load_names(connection, version)
    found = await _findings(connection, version, things, names)
    items = items_of(things)
    why = await why_not_approve(connection, person, version, found)
    return {
        **_about(version, head),
        "allowedActions": _allowed(person, version, head, why),
        "whyNotApprove": why,
        "iterations": [
            {"id": str(row.id), "name": row.name, "state": row.state}
            for row in await connection.execute(_ITERATIONS, {"version": version_id})
        ],
        "types": _types(items),
        "controls": items.of(Level.CONTROL),
        "teams": _named(names.teams),
        "applications": _named(names.applications),
        "environments": _named(environments),
        "environmentRoles": _named(names.roles),
        "macroPhases": items.nested(),
        "findings": [finding_view(one) for one in found],
    }


async def findings_view(connection: AsyncConnection, person: Person, version_id: UUID) -> dict[str, Any]:
    """Return what is wrong with a version as a whole, with the version of it that was looked at."""
    version = await visible_version(connection, person, version_id)
    return {"version": version.version, "items": await findings_of(connection, version)}


async def findings_of(connection: AsyncConnection, version: Version) -> list[dict[str, Any]]:
    """Return what is wrong with a version as a whole."""
    things = await read.load_all(connection, version.id)
    names, _ = await plan_edits.load_names(connection, version)
    return [finding_view(one) for one in await _findings(connection, version, things, names)]


async def item_view(
    connection: AsyncConnection, person: Person, version_id: UUID, level: Level, code: str
) -> dict[str, Any]:
    """Return one thing whole, with its instructions. Raises `NotFound`, `Forbidden`."""
    await visible_version(connection, person, version_id)
    found = await read.load_some(connection, version_id, {level: [code]})
    if level is Level.STEP and found.things:
        tasks = await read.tasks_of(connection, version_id, [code])
        found.things.update((await read.load_some(connection, version_id, {Level.TASK: tasks})).things)
    item = items_of(found, whole=True).item(level, code)
    if item is None:
        raise NotFound(f"There is no {level.words} {code[:80]} in this version.", hint="Reload the plan.")
    return item


async def why_not_approve(
    connection: AsyncConnection, person: Person, version: Version, found: tuple[Finding, ...]
) -> str | None:
    """Say in a sentence why this person cannot approve this draft now; None = they can, or it is no draft."""
    if version.status != "draft":
        return None
    if not may(person, Right.PLANS, version.migration_id):
        return "A pilot of this migration approves it."
    if person.id in await plan_edits.everybody_who_wrote(connection, version):
        return "You wrote to it: another pilot approves it."
    return why_wrong(found)


def why_wrong(found: tuple[Finding, ...]) -> str | None:
    """Say that a plan has errors, naming the first; None where it has none."""
    errors = [one for one in found if one.is_error]
    if not errors:
        return None
    more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"It cannot be carried out as it is: {errors[0].message.rstrip('.')}{more}."


async def _findings(
    connection: AsyncConnection, version: Version, things: read.Things, names: Names
) -> tuple[Finding, ...]:
    teams = await plans.teams_of(connection, version.migration_id)
    frame = Plan(version.plan_name, teams=teams)
    return check_plan(plan_of(frame, things.things, things.ties, names))


def finding_view(finding: Finding) -> dict[str, Any]:
    """Print a finding about a plan, with what it is about."""
    subject = finding.subject
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "subject": {"level": subject.kind, "code": subject.code, "field": subject.field} if subject else None,
    }


def _about(version: Version, head: Head) -> dict[str, Any]:
    based_on = {"id": str(head.based_on), "number": head.based_on_number} if head.based_on_number else None
    return {
        "id": str(version.id),
        "planId": str(version.plan_id),
        "planName": version.plan_name,
        "description": head.description,
        "migrationId": str(version.migration_id),
        "migrationKey": head.migration_key,
        "zone": head.zone,
        "number": version.number,
        "status": version.status,
        "version": version.version,
        "basedOn": based_on,
        "createdBy": version.created_by_name,
        "createdAt": head.created_at,
        "approvedBy": head.approved_by_name,
        "approvedAt": head.approved_at,
        "lastEdit": head.last_edit,
    }


def _allowed(person: Person, version: Version, head: Head, why: str | None) -> list[str]:
    draft = version.status == "draft"
    pilot = may(person, Right.PLANS, version.migration_id)
    offered = {
        "edit": draft and pilot,
        "approve": draft and pilot and why is None,
        "discard": draft and pilot,
        "newDraft": not draft and pilot and head.draft is None,
        "newIteration": version.status == "approved" and may(person, Right.ITERATIONS, version.migration_id),
    }
    return [action for action, is_offered in offered.items() if is_offered]


def _types(items: Items) -> list[dict[str, Any]]:
    used = Counter(step["type"] for step in items.of(Level.STEP))
    standard = [
        {"code": one.code, "name": one.name, "behaviour": one.behaviour.value, "own": False}
        for one in STANDARD_TYPES.values()
    ]
    return [{**one, "steps": used[one["code"]]} for one in standard + items.of(Level.TYPE)]


def _named(codes: dict[str, str] | Any) -> list[dict[str, str]]:
    return [{"code": code, "name": name} for code, name in codes.items()]
