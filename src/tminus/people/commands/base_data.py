"""Writes many teams and people at once, inside a larger command; what is to be written was decided there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from tminus.people import events, store
from tminus.platform.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """A team or a person to be made (`before` is None) or changed: the values that differ.

    `code` = of a person the mail address; `name` = what sentences call it.
    """

    id: UUID
    code: str
    name: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


async def write_teams(tx: Transaction, wanted: Sequence[Wanted]) -> None:
    """Make and change teams of the transaction's migration."""
    new = [one for one in wanted if one.before is None]
    if new:
        empty = {"email": None, "phone": None}
        rows = [
            {"id": one.id, "migration_id": tx.stream, "code": one.code, **empty, **one.after} for one in new
        ]
        await tx.connection.execute(insert(store.teams), rows)
    for one in wanted:
        if one.before is not None:
            await store.update_team(tx.connection, one.id, one.after)
        tx.record(events.team_changed((one.id, one.code), one.before, one.after, tx.actor.name))


async def write_people(
    system: Transaction, here: Transaction, wanted: Sequence[Wanted], teams: Mapping[str, UUID]
) -> None:
    """Make and change people (`system`), and give them roles and teams in a migration (`here`).

    Roles and teams in `after` are all that the person has then; `teams` has the key of each team's code.
    """
    await _write_users(system, wanted)
    await _write_roles(here, wanted)
    await _write_members(here, wanted, teams)


async def _write_users(tx: Transaction, wanted: Iterable[Wanted]) -> None:
    rows: list[dict[str, Any]] = []
    for one in wanted:
        own = {name: one.after[name] for name in ("name", "phone") if name in one.after}
        if one.before is None:
            values = {"email": one.code, "phone": None, **own}
            rows.append({"id": one.id, "created_at": tx.now, "is_admin": False, **values})
            tx.record(events.user_created(one.id, {**values, "isAdmin": False}, tx.actor.name))
        elif own:
            await store.update_user(tx.connection, one.id, own)
            before = {name: one.before[name] for name in own}
            tx.record(events.user_changed((one.id, one.name), before, own, tx.actor.name))
    if rows:
        await tx.connection.execute(insert(store.users), rows)


async def _write_roles(tx: Transaction, wanted: Iterable[Wanted]) -> None:
    rows: list[dict[str, Any]] = []
    for one in wanted:
        before, after = _gained(one, "roles")
        if after != before:
            rows.extend(
                {"migration_id": tx.stream, "user_id": one.id, "role": role} for role in after - before
            )
            tx.record(events.roles_changed((one.id, one.name), sorted(before), sorted(after), tx.actor.name))
    if rows:
        await tx.connection.execute(insert(store.migration_roles), rows)


async def _write_members(tx: Transaction, wanted: Iterable[Wanted], teams: Mapping[str, UUID]) -> None:
    added: dict[str, set[UUID]] = defaultdict(set)
    for one in wanted:
        before, after = _gained(one, "teams")
        for code in after - before:
            added[code].add(one.id)
    for code, people in sorted(added.items()):
        were = await store.members_of(tx.connection, teams[code])
        await store.save_members(tx.connection, teams[code], people - were, ())
        keys = [sorted(map(str, members)) for members in (were, were | people)]
        tx.record(events.members_changed((teams[code], code), keys[0], keys[1], tx.actor.name))


def _gained(one: Wanted, field: str) -> tuple[frozenset[str], frozenset[str]]:
    before = frozenset((one.before or {}).get(field) or ())
    return before, frozenset(one.after.get(field, before))
