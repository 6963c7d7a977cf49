"""Writes what base data changes: people into the system's stream, the rest into the migration's."""

from __future__ import annotations

from collections.abc import Sequence

from tminus.kernel.ids import new_id
from tminus.people.commands.base_data import Wanted, write_people, write_teams
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.base_data.there import CATALOGUE
from tminus.runbook.commands.catalogue import record_entry
from tminus.runbook.domain.base_data.said import BaseChange, BaseKind, Here
from tminus.runbook.store import catalogue
from tminus.runbook.store.base_data import insert_entries
from tminus.runbook.store.catalogue import CatalogueKind, Entry


async def write_changes(
    system: Transaction, tx: Transaction, changes: Sequence[BaseChange], here: Here
) -> None:
    """Write all changes, teams before the people who are in them."""
    teams = _wanted(changes, BaseKind.TEAM, here)
    await write_teams(tx, teams)
    keys = {code: known.id for code, known in here[BaseKind.TEAM].items()}
    keys |= {team.code: team.id for team in teams}
    await write_people(system, tx, _wanted(changes, BaseKind.USER, here), keys)
    for kind, entries in CATALOGUE.items():
        await _write_entries(tx, entries, _wanted(changes, kind, here))


def _wanted(changes: Sequence[BaseChange], kind: BaseKind, here: Here) -> list[Wanted]:
    return [
        Wanted(one.id or new_id(), one.code, _name(one, here), one.before if one.id else None, one.after)
        for one in changes
        if one.kind is kind
    ]


def _name(change: BaseChange, here: Here) -> str:
    known = here[change.kind].get(change.code)
    return str(known.values["name"] if known else change.after["name"])


async def _write_entries(tx: Transaction, kind: CatalogueKind, wanted: Sequence[Wanted]) -> None:
    entries = [Entry(one.id, tx.stream, one.code, one.after["name"], 1) for one in wanted]
    new = [entry for entry, one in zip(entries, wanted, strict=True) if one.before is None]
    await insert_entries(tx.connection, kind, new)
    for entry, one in zip(entries, wanted, strict=True):
        if one.before is None:
            record_entry(tx, kind, ("added", entry), {}, {"code": entry.code, "name": entry.name})
        else:
            await catalogue.rename_entry(tx.connection, kind, entry.id, entry.name)
            record_entry(tx, kind, ("renamed", entry), dict(one.before), dict(one.after))
